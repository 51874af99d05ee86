"""Settings of the scene `two_layer_network`: x, a weight, a function, a weight, and a loss."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from core.errors import CoreError
from core.functions import FUNCTIONS
from scenes.parts.measure import Scale
from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.nudge import Nudge
from scenes.parts.recipe.quantity import Role, Row
from scenes.parts.recipe.recipe import Recipe, Run
from scenes.parts.recipe.terms import Constant, Moving, Term
from scenes.parts.settings.base import BeatWords, ClipSettings, FitScale, OneOf, Positive, SceneWords, Swept, Text
from scenes.parts.settings.faults import Problem, listed
from scenes.parts.settings.fitting import fitted
from scenes.parts.settings.graphs import graph_ranges, graph_rows
from scenes.parts.settings.lengths import half_turn, too_thick
from scenes.parts.settings.scalar_losses import LOSS_FORMULAS, NEEDS_CLASSES, SCALAR_LOSSES, shrinking, suits_loss
from scenes.parts.settings.symbols import ratio, slope, subscripted
from scenes.parts.type.numbers import format_resting

THICKEST, WIDEST = 0.9, 1.4
"""Most that a ribbon may be thick, and that the side of an area may be long, in units of a frame 8 high."""

CODE_LINES = 6

NODES, WEIGHTS = "xzhyL", ("w1", "w2")
"""The values from first to last, and the weights between them."""

STEP_POINTS = 24
"""Points of the way of a step at which a dial is asked."""

LINE_ROOM = 0.5
"""How far the number line of the answer goes on behind answer and target, as a share of what lies between."""

AREAS = {"w1": ("x", "z"), "w2": ("h", "y")}
"""What went in at each weight, and where its push comes back from."""


class Words(SceneWords):
    """Every word that the scene shows: labels first, then the beats in order."""

    title: Text = Field(description="The title: on the opening card, then small over every page.")
    code: tuple[Text, ...] = Field(
        min_length=CODE_LINES, max_length=CODE_LINES, description="The six lines of code beside the picture."
    )
    function: Text = Field(description="What the gate between the weights says while values go forward.")
    push: Text = Field(description="What the bracket beside L says: how thick a push of 1 is.")
    area: Text = Field(description="What half the squared error is, on the number line of the answer.")
    weight: Text = Field(description="Column head: the weight that is nudged.")
    step: Text = Field(description="Column head: how far a weight is nudged, up and down.")
    predicted: Text = Field(description="Column head: the slope that backpropagation gave.")
    recomputed: Text = Field(description="Column head: the slope found by running the network twice more.")
    gap: Text = Field(description="Column head: recomputed less predicted.")
    before: Text = Field(description="Column head: before the step of learning.")
    gradient: Text = Field(description="Column head: the gradient.")
    after: Text = Field(description="Column head: after the step.")
    pose_question: BeatWords = Field(description="The opening card: the answer that came out, and the one wanted.")
    push_forward: BeatWords = Field(description="The forward pass: each dial turns to its value.")
    measure_loss: BeatWords = Field(description="The loss compares the output with the target.")
    ask: BeatWords = Field(description="The question to the class, before the answer.")
    flow_backward: BeatWords = Field(description="The push flows back, gate by gate.")
    collect_weight_gradients: BeatWords = Field(description="Each weight's gradient is an area.")
    confirm_by_nudging: BeatWords = Field(description="Small steps of both weights confirm their gradients.")
    take_one_step: BeatWords = Field(description="A step against both gradients, and what it does to the loss.")
    show_full_digits: BeatWords = Field(description="All gradients in full digits.")


class TwoLayerNetwork(ClipSettings):
    """A clip of the scene `two_layer_network`: `y = w2 * activation(w1 * x)`, compared with a target by a loss."""

    placeholders: ClassVar[tuple[str, ...]] = (
        *("activation", "loss", "x", "w1", "w2", "target", "z", "h", "y", "L"),
        *("dL_dy", "dL_dh", "dL_dz", "dL_dx", "dL_dw1", "dL_dw2", "rate", "new_L", "new_y"),
    )

    scene: Literal["two_layer_network"] = Field(description="The scene that draws this clip.")
    x: float = Field(description="The input.")
    w1: float = Field(description="The first weight: z = w1 * x.")
    w2: float = Field(description="The second weight: y = w2 * h.")
    target: float = Field(description="The answer that is wanted.")
    activation: Annotated[str, OneOf(tuple(FUNCTIONS), "The function between the weights: h = activation(z).")]
    loss: Annotated[str, OneOf(SCALAR_LOSSES, "How the answer is compared with the target.", NEEDS_CLASSES)]
    scale: FitScale = Field(
        default="auto", description="How thick a push of 1 is, in units of a frame 8 high; auto: as thick as fits."
    )
    nudges: Annotated[tuple[Positive, ...], AfterValidator(shrinking)] = Field(
        min_length=1, max_length=3, description="Steps that show the gap between prediction and truth, shrinking."
    )
    nudge: Positive = Field(le=1, description="The small step that confirms the gradients, equal in every digit shown.")
    rate: Positive = Field(default=0.5, description="Learning rate of the one step at the end.")
    step_seconds: float = Field(default=3.0, ge=0.5, le=20, description="How long that step takes, in seconds.")
    words: Words = Field(
        description=f"All words on screen; these names in braces are filled in: {listed(placeholders)}."
    )

    @field_validator("loss")
    @classmethod
    def _target_suits_loss(cls, loss: str, info: ValidationInfo) -> str:
        return suits_loss(loss, info.data.get("target"))

    @cached_property
    def run(self) -> Run:
        """The network at the clip's own numbers."""
        recipe = Recipe.chain(("w1", self.activation, "w2"), NODES, WEIGHTS, self.loss)
        return Run.of(recipe, **{name: self.given(name) for name in ("x", *WEIGHTS)}, t=self.given("target"))

    @property
    def steps(self) -> tuple[Term, ...]:
        """The steps by which each weight is nudged, shrinking; the last one confirms."""
        return (*(self.given("nudges", i) for i in range(len(self.nudges))), self.given("nudge"))

    def learning(self, rate: Term) -> Run:
        """Return the network after one step of learning at a rate: both weights move against their gradients."""
        return self.run.but(**{w: self.run.input(w) - rate * self.run.grad(w) for w in WEIGHTS})

    @cached_property
    def half_turn(self) -> Term:
        """What half a turn of a dial stands for: 1, 2, 5 x 10^k, no smaller than any value on the way of the step."""
        way = [self.given("rate") * Constant(i / STEP_POINTS) for i in range(1, STEP_POINTS + 1)]
        runs = [self.run, *map(self.learning, way)]
        return Constant(half_turn(number(run.value(name)) for run in runs for name in NODES))

    def nudged(self, weight: str, step: Term) -> Nudge:
        """Return what nudging a weight by a step, down and up, does to the loss."""
        return Nudge.of(self.run, weight, step)

    def table(self) -> Mapping[str, Row]:
        """Return the quantities: inputs, values, local derivatives, gradients, and what each nudge gave."""
        nudges = [self._nudge_rows(weight, i, step) for weight in WEIGHTS for i, step in enumerate(self.steps)]
        nudged = {name: row for rows in nudges for name, row in rows.items()}
        roles: dict[str, Role] = {"L": "loss"}
        graphs = [graph_rows(self.run, node, roles.get(node, "value")) for node in NODES[1:]]
        curves = {name: row for rows in graphs for name, row in rows.items()}
        return self._input_rows() | self._pass_rows() | nudged | curves | self._step_rows(Moving("now_rate", 0.0))

    def _input_rows(self) -> dict[str, Row]:
        run = self.run
        weights = {w: Row(subscripted(w), run.input(w), "weight", typed=True) for w in WEIGHTS}
        target = {"target": Row("t", run.input("t"), "ink", typed=True)}
        return {"x": Row("x", run.input("x"), typed=True), **weights, **target}

    def _pass_rows(self) -> dict[str, Row]:
        run = self.run
        rows = {name: Row(name, run.value(name), "loss" if name == "L" else "value") for name in NODES[1:]}
        for before, name in pairwise(NODES):
            rows[f"local_{name}"] = Row(slope(name, before), run.slope(name), "ink")
        for name in reversed(NODES):
            rows[f"dL_d{name}"] = Row(ratio("L", name), run.delta(name), "gradient", typed=name == "L")
        for w in WEIGHTS:
            rows[f"dL_d{w}"] = Row(ratio("L", subscripted(w)), run.grad(w), "gradient")
        rows["rate"] = Row("eta", self.given("rate"), "ink", typed=True)
        rows["half_turn"] = Row('"half a turn"', self.half_turn * Constant(1.0), "quiet", typed=True)
        after = self.learning(self.given("rate"))
        for w in WEIGHTS:
            rows[f"new_{w}"] = Row(subscripted(w), after.input(w), "weight")
        rows |= {f"new_{name}": Row(name, after.value(name), "loss" if name == "L" else "value") for name in NODES[1:]}
        rows["loss_formula"] = Row(LOSS_FORMULAS[self.loss], run.value("L"), "loss")
        return rows

    def _nudge_rows(self, weight: str, i: int, step: Term) -> dict[str, Row]:
        nudge = self.nudged(weight, step)
        rows = {
            "step": Row('"step"', nudge.step, "ink", typed=True),
            "nudged": Row('"nudged"', nudge.slope, "gradient"),
            "gap": Row('"gap"', nudge.gap, "ink"),
            "run": Row(f"2 Delta {subscripted(weight)}", nudge.across, "weight"),
            "rise": Row("Delta L", nudge.rise, "loss"),
        }
        return {f"{name}_{weight}_{i}": row for name, row in rows.items()}

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """Return the ranges of the graphs: what is used in the middle, and the whole triangle of its slope."""
        found = dict(graph_ranges(self.run, NODES[1:]))
        low, high = (choose(number(self.run.value("y")), self.target) for choose in (min, max))
        room = (high - low) * LINE_ROOM or 1.0
        found["answers"] = low - room, high + room
        return found

    def _step_rows(self, rate: Term) -> dict[str, Row]:
        """Return what follows the rate while it is turned up from 0: both weights, and all that they make."""
        run = self.learning(rate)
        rows = {"now_rate": Row("eta", rate, "ink")}
        rows |= {f"now_{w}": Row(subscripted(w), run.input(w), "weight") for w in WEIGHTS}
        return rows | {f"now_{name}": Row(name, run.value(name), "loss" if name == "L" else "value") for name in NODES}

    def sweeps(self) -> Mapping[str, Swept]:
        """Return the step of learning: its rate is turned up from 0."""
        return {"step": Swept("now_rate", 0.0, self.rate, self._step_rows)}

    def scales(self) -> Mapping[str, Scale]:
        """Return how thick a push of 1 is, how far a dial turns, and how long the sides of areas are."""
        run = self.run
        pushes = [number(run.delta(name)) for name in NODES]
        ribbon = fitted(THICKEST, pushes) if self.scale == "auto" else self.scale
        sides = [number(t) for value, push in AREAS.values() for t in (run.value(value), run.delta(push))]
        return {
            "ribbon": Scale("scale", ribbon),
            "dial": Scale("half_turn", math.pi / number(self.half_turn)),
            "area": Scale("area", fitted(WIDEST, [1.0, *sides])),
        }

    def named(self) -> Mapping[str, str]:
        """Return what `{activation}` and `{loss}` stand for."""
        return {"activation": self.activation, "loss": self.loss}

    def only_rounding_is_left(self, weight: str) -> bool:
        """Return whether every gap of a weight's nudges is what rounding makes it: the loss is a parabola there."""
        return all(self._is_rounding(weight, step) for step in self.steps[:-1])

    def _is_rounding(self, weight: str, step: Term) -> bool:
        nudge = self.nudged(weight, step)
        largest = max(abs(number(nudge.low)), abs(number(nudge.high)))
        return abs(number(nudge.gap)) <= 8 * sys.float_info.epsilon * largest / number(step)

    def fit(self, digits: int) -> list[Problem]:
        """Return what would not fit, as the base class says: a ribbon that is too thick, nudges that do not confirm."""
        try:
            self.quantities()
            pushes = {f"dL_d{name}": number(self.run.delta(name)) for name in NODES}
            return [*too_thick(self.scale, pushes, THICKEST), *self._nudges_that_fail(digits)]
        except CoreError as error:
            return [Problem((), f"the network cannot be computed: {error}")]

    def _nudges_that_fail(self, digits: int) -> Iterator[Problem]:
        for index, step in enumerate(self.steps[:-1]):
            for weight in WEIGHTS:
                try:
                    number(self.nudged(weight, step).slope)
                except CoreError as error:
                    yield Problem(("nudges", index), f"{weight} cannot be nudged by {self.nudges[index]!r}: {error}")
        for weight in WEIGHTS:
            if not self._confirms(weight, self.given("nudge"), digits):
                yield Problem(("nudge",), self._why_not(weight, digits))
                return

    def _confirms(self, weight: str, step: Term, digits: int) -> bool:
        """Return whether nudging the weight gives its gradient, equal in every digit shown."""
        nudged = self.nudged(weight, step)
        try:
            numeric, analytic = (format_resting(number(term), digits) for term in (nudged.slope, nudged.predicted))
        except CoreError:
            return False
        return numeric == analytic

    def _why_not(self, weight: str, digits: int) -> str:
        """Return why the confirming nudge is refused, and what would do instead."""
        told = f"a step of {self.nudge!r} does not give dL_d{weight} in all {digits} digits"
        step = self._confirming_step(digits)
        if step is not None:
            return f"{told}; {step!r} does"
        fewer = next((count for count in range(digits - 1, 1, -1) if self._confirming_step(count)), None)
        if fewer is not None:
            return f"{told}, nor does any other step; digits: {fewer} would do"
        return f"{told}, nor does any other step: the loss has a kink there, or is flat; change a value"

    def _confirming_step(self, digits: int) -> float | None:
        """Return the step nearest to the given one that confirms both weights, if there is one."""
        near = _steps_near(self.nudge)
        confirm = (step for step in near if all(self._confirms(w, Constant(step), digits) for w in WEIGHTS))
        return next(confirm, None)


def _steps_near(step: float) -> list[float]:
    """Return steps that are short to write, the nearest to the given one (by ratio) first."""
    steps = [float(f"{lead}e-{power}") for power in range(1, 10) for lead in (1, 2, 5)]
    return sorted(steps, key=lambda other: abs(math.log(other / step)))
