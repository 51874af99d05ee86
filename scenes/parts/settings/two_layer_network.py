"""Settings of the scene `two_layer_network`: x, a weight, a function, a weight, and a loss."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from core.errors import CoreError
from core.functions import FUNCTIONS
from scenes.parts.measure import Scale
from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.nudge import Nudge
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Recipe, Run
from scenes.parts.recipe.terms import Constant, Term
from scenes.parts.settings.base import BeatWords, ClipSettings, OneOf, Positive, SceneWords, Text
from scenes.parts.settings.faults import Problem, listed
from scenes.parts.settings.fitting import round_below
from scenes.parts.settings.scalar_losses import LOSS_FORMULAS, NEEDS_CLASSES, SCALAR_LOSSES, shrinking, suits_loss
from scenes.parts.settings.symbols import ratio, slope, subscripted
from scenes.parts.type.numbers import format_resting

LONGEST_ARROW = 1.6
"""Longest gradient arrow that has room between two nodes, in units of a frame 8 high."""

LONGEST_ARROWS: Mapping[str, float] = MappingProxyType({"dL_dx": 1.41, "dL_dw1": 1.9, "dL_dw2": 1.9})
"""The same where there is less room or more: left of x, and on the last frames."""

CODE_LINES = 6

NODES, WEIGHTS = "xzhyL", ("w1", "w2")
"""The values from first to last, and the weights between them."""


class Words(SceneWords):
    """Every word that the scene shows: labels first, then the beats in order."""

    title: Text = Field(description="The title, on screen throughout.")
    said: Text = Field(description="Label of the answer that came out.")
    target: Text = Field(description="Label of the wanted answer.")
    code: tuple[Text, ...] = Field(
        min_length=CODE_LINES, max_length=CODE_LINES, description="The six lines of code beside the picture."
    )
    function: Text = Field(description="What f is in the code, and over its stage.")
    legend: Text = Field(description="What the bar that explains the arrows' length says.")
    local: Text = Field(description="Column head: the local derivative.")
    incoming: Text = Field(description="Column head: the gradient that comes in from the right.")
    outgoing: Text = Field(description="Column head: the gradient that goes out to the left.")
    step: Text = Field(description="Column head: how far a weight is nudged, up and down.")
    predicted: Text = Field(description="Column head: the slope that backpropagation gave.")
    recomputed: Text = Field(description="Column head: the slope found by running the network twice more.")
    gap: Text = Field(description="Column head: recomputed less predicted.")
    magnified: Text = Field(description="Says how much larger a nudge is drawn; {magnification} may stand in it.")
    rounding: Text = Field(description="Said where every gap is as small as rounding alone makes it.")
    turn_up: Text = Field(description="What a negative gradient asks of a weight.")
    turn_down: Text = Field(description="What a positive gradient asks of a weight.")
    stay: Text = Field(description="What a gradient of exactly 0 asks of a weight.")
    data: Text = Field(description="Why nothing is asked of x.")
    pose_question: BeatWords = Field(description="The answer that came out, and the one that was wanted.")
    push_forward: BeatWords = Field(description="The forward pass fills in the values.")
    measure_loss: BeatWords = Field(description="The loss compares the output with the target.")
    ask: BeatWords = Field(description="The question to the class, before the answer.")
    flow_backward: BeatWords = Field(description="The gradient flows back, stage by stage.")
    collect_weight_gradients: BeatWords = Field(description="Each weight's gradient: push behind it times value.")
    nudge_w1: BeatWords = Field(description="Small steps of the first weight confirm its gradient.")
    nudge_w2: BeatWords = Field(description="Small steps of the second weight confirm its gradient.")
    show_full_digits: BeatWords = Field(description="All gradients in full digits.")


class TwoLayerNetwork(ClipSettings):
    """A clip of the scene `two_layer_network`: `y = w2 * activation(w1 * x)`, compared with a target by a loss."""

    placeholders: ClassVar[tuple[str, ...]] = (
        *("activation", "loss", "x", "w1", "w2", "target", "z", "h", "y", "L"),
        *("dL_dy", "dL_dh", "dL_dz", "dL_dx", "dL_dw1", "dL_dw2", "magnification"),
    )

    scene: Literal["two_layer_network"] = Field(description="The scene that draws this clip.")
    x: float = Field(description="The input.")
    w1: float = Field(description="The first weight: z = w1 * x.")
    w2: float = Field(description="The second weight: y = w2 * h.")
    target: float = Field(description="The answer that is wanted.")
    activation: Annotated[str, OneOf(tuple(FUNCTIONS), "The function between the weights: h = activation(z).")]
    loss: Annotated[str, OneOf(SCALAR_LOSSES, "How the answer is compared with the target.", NEEDS_CLASSES)]
    scale: Positive = Field(le=1e6, description="Length of the arrow of a gradient of 1, in units of a frame 8 high.")
    nudges: Annotated[tuple[Positive, ...], AfterValidator(shrinking)] = Field(
        min_length=1, max_length=3, description="Steps that show the gap between prediction and truth, shrinking."
    )
    nudge: Positive = Field(le=1, description="The small step that confirms the gradients, equal in every digit shown.")
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

    @property
    def magnification(self) -> Term:
        """How much larger than on the gradients' own scale the confirming nudge is drawn: the run becomes one unit."""
        return Constant(0.5) / self.given("nudge")

    def nudged(self, weight: str, step: Term) -> Nudge:
        """Return what nudging a weight by a step, down and up, does to the loss."""
        return Nudge.of(self.run, weight, step)

    def table(self) -> Mapping[str, Row]:
        """Return the quantities: inputs, values, local derivatives, gradients, and what each nudge gave."""
        nudges = [self._nudge_rows(weight, i, step) for weight in WEIGHTS for i, step in enumerate(self.steps)]
        return self._input_rows() | self._pass_rows() | {name: row for rows in nudges for name, row in rows.items()}

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
        rows["magnification"] = Row("times", self.magnification, "ink")
        rows["f"] = Row("f", run.slope("h"), "ink")
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

    def scales(self) -> Mapping[str, Scale]:
        """Return the scale of gradients, and that of the confirming nudge, whose run is drawn one unit long."""
        return {
            "scale": Scale("scale", self.scale),
            "magnified": Scale("scale", self.scale * number(self.magnification)),
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

    def gradients(self) -> dict[str, float]:
        """Return every gradient that is drawn as an arrow, by its name."""
        found = {f"dL_d{name}": self.run.delta(name) for name in NODES[:-1]}
        found |= {f"dL_d{name}": self.run.grad(name) for name in WEIGHTS}
        return {name: number(term) for name, term in found.items()}

    def fit(self, digits: int) -> list[Problem]:
        """Return what would not fit, as the base class says: arrows that are too long, nudges that do not confirm."""
        try:
            return [*self._arrows_too_long(), *self._nudges_that_fail(digits)]
        except CoreError as error:
            return [Problem((), f"the network cannot be computed: {error}")]

    def _arrows_too_long(self) -> Iterator[Problem]:
        drawn = self.gradients()
        room = {name: LONGEST_ARROWS.get(name, LONGEST_ARROW) for name in drawn}
        crowding = {name: self.scale * abs(value) / room[name] for name, value in drawn.items()}
        name = max(crowding, key=lambda name: crowding[name])
        if crowding[name] > 1:
            yield Problem(
                ("scale",),
                f"{self.scale!r} would draw {name} {crowding[name] * room[name]:.4g} units long, "
                f"and {room[name]} is the most that fits; {round_below(self.scale / crowding[name])!r} would fit",
            )

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
