"""Settings of the scene `two_layer_network`: x, a weight, a function, a weight, and a loss."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from core.errors import CoreError
from scenes.parts.measure import Scale
from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Run
from scenes.parts.recipe.terms import Constant, Moving, Term
from scenes.parts.settings.base import BeatWords, FitScale, Positive, SceneWords, Swept, Text
from scenes.parts.settings.faults import Problem, listed
from scenes.parts.settings.fitting import fitted
from scenes.parts.settings.network import around
from scenes.parts.settings.nudging import Nudging
from scenes.parts.settings.scalar_losses import LOSS_FORMULAS, shrinking
from scenes.parts.settings.symbols import ratio, subscripted
from scenes.parts.settings.two_layers import WEIGHTS, TwoLayers

CODE_LINES, STEP_POINTS = 6, 24
WIDEST = 1.4  # the longest side of an area
STEP_RULE = f"w arrow.l w - eta dot {ratio('L', 'w')}"
AREAS = (("x", "z"), ("h", "y"))
"""What went in at each weight, and where its push comes back from."""


class Words(SceneWords):
    """Every word that the scene shows: labels first, then the beats in order."""

    title: Text = Field(description="The title: on the opening card, then small over every page.")
    code: tuple[Text, ...] = Field(
        min_length=CODE_LINES, max_length=CODE_LINES, description="The six lines of code beside the picture."
    )
    half_turn: Text = Field(description="What half a turn of a dial stands for, right of the title.")
    push: Text = Field(description="What the bracket beside L says: how thick a push of 1 is.")
    area: Text = Field(description="What half the squared error is, on the number line of the answer.")
    weight: Text = Field(description="Column head: the weight that is nudged.")
    step: Text = Field(description="Column head: how far a weight is nudged, up and down.")
    predicted: Text = Field(description="Column head: the slope that backpropagation gave.")
    recomputed: Text = Field(description="Column head: the slope found by running the network twice more.")
    gap: Text = Field(description="Column head: recomputed less predicted.")
    pose_question: BeatWords = Field(description="The opening card: the answer that came out, and the one wanted.")
    push_forward: BeatWords = Field(description="The forward pass: each dial turns to its value.")
    measure_loss: BeatWords = Field(description="The loss compares the output with the target.")
    ask: BeatWords = Field(description="The question to the class, before the answer.")
    flow_backward: BeatWords = Field(description="The push flows back, gate by gate.")
    collect_weight_gradients: BeatWords = Field(description="Each weight's gradient is an area.")
    confirm_by_nudging: BeatWords = Field(description="Small steps of both weights confirm their gradients.")
    take_one_step: BeatWords = Field(description="A step against both gradients, and what it does to the loss.")
    show_full_digits: BeatWords = Field(description="All gradients in full digits.")


class TwoLayerNetwork(TwoLayers):
    """A clip of the scene `two_layer_network`: `y = w2 * activation(w1 * x)`, compared with a target by a loss."""

    placeholders: ClassVar[tuple[str, ...]] = (
        *("activation", "loss", "x", "w1", "w2", "target", "z", "h", "y", "L"),
        *("dL_dy", "dL_dh", "dL_dz", "dL_dx", "dL_dw1", "dL_dw2", "rate", "new_L", "new_y", "half_turn"),
    )

    scene: Literal["two_layer_network"] = Field(description="The scene that draws this clip.")
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

    @cached_property
    def nudging(self) -> Nudging:
        """How the gradients are confirmed."""
        steps = (*(self.given("nudges", i) for i in range(len(self.nudges))), self.given("nudge"))
        return Nudging(self.network.run, WEIGHTS, steps)

    @cached_property
    def way(self) -> tuple[Run, ...]:
        """The network at points on the way of the step, evenly apart."""
        rates = (self.given("rate") * Constant(i / STEP_POINTS) for i in range(1, STEP_POINTS + 1))
        return tuple(map(self.network.after, rates))

    @cached_property
    def half_turn(self) -> Term:
        """What half a turn of a dial stands for, also on the way of the step."""
        return self.network.half_turn(*self.way)

    def table(self) -> Mapping[str, Row]:
        """Return the quantities: inputs, values, local derivatives, gradients, and what each nudge gave."""
        run, rate = self.network.run, self.given("rate")
        after = self.network.after(rate)
        rows = self.network.rows() | self.nudging.rows() | self._step_rows(Moving("now_rate", 0.0))
        rows["miss"] = Row("y - t", run.value("y") - run.input("t"), "loss")
        rows["target"] = Row("t", run.input("t"), "ink", typed=True)
        rows["rate"], rows["step_rule"] = (Row(said, rate, "ink", typed=True) for said in ("eta", STEP_RULE))
        rows["half_turn"] = Row("pi", self.half_turn * Constant(1.0), "quiet", typed=True)
        rows["loss_formula"] = Row(LOSS_FORMULAS[self.loss], run.value("L"), "loss")
        rows |= {f"new_{w}": Row(subscripted(w), after.input(w), "weight") for w in WEIGHTS}
        return rows | {f"new_{name}": Row(name, after.value(name), self.network.role(name)) for name in self.nodes[1:]}

    def _step_rows(self, rate: Term) -> dict[str, Row]:
        """Return what follows the rate while it is turned up from 0: both weights, and all that they make."""
        here, run = self.network.run, self.network.after(rate)
        rows = {"now_rate": Row("eta", rate, "ink"), "now_dL_dy": Row(ratio("L", "y"), run.delta("y"), "gradient")}
        rows["now_miss"] = Row("y - t", run.value("y") - run.input("t"), "loss")
        rows |= {f"now_{w}": Row(subscripted(w), run.input(w), "weight") for w in WEIGHTS}
        rows |= {f"moved_{w}": Row(f"Delta {subscripted(w)}", run.input(w) - here.input(w)) for w in WEIGHTS}
        return rows | {f"now_{name}": Row(name, run.value(name), self.network.role(name)) for name in self.nodes}

    def sweeps(self) -> Mapping[str, Swept]:
        """Return the step of learning: its rate is turned up from 0."""
        return {"step": Swept("now_rate", 0.0, self.rate, self._step_rows)}

    def misses(self) -> tuple[float, ...]:
        """Return how far off the answer is before the step, and on its way."""
        return tuple(number(run.delta("y")) for run in (self.network.run, *self.way))

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """Return the ranges of the graphs, of the answer's number lines, and of the knobs."""
        run, found = self.network.run, dict(self.network.ranges())
        answers = [number(each.value("y")) for each in (run, *self.way)]
        found["answers"], found["moved_answers"] = (around([*ys, self.target]) for ys in (answers[:1], answers))
        ends = [(run.input(w), run.input(w) + run.grad(w), self.way[-1].input(w)) for w in WEIGHTS]
        knobs = [around(map(number, each)) for each in ends]
        half = max(high - low for low, high in knobs) / 2  # one scale for both
        middles = ((low + high) / 2 for low, high in knobs)
        return found | {f"knob_{w}": (middle - half, middle + half) for w, middle in zip(WEIGHTS, middles, strict=True)}

    def scales(self) -> Mapping[str, Scale]:
        """Return how thick a push of 1 is, how far a dial turns, and how long the sides of areas are."""
        run = self.network.run
        sides = [number(term) for value, push in AREAS for term in (run.value(value), run.delta(push))]
        return {
            "ribbon": Scale("scale", self.network.ribbon(self.scale)),
            "dial": Scale("half_turn", math.pi / number(self.half_turn)),
            "area": Scale("area", fitted(WIDEST, [1.0, *sides])),
        }

    def fit(self, digits: int) -> list[Problem]:
        """Return what would not fit, as the base class says: a ribbon that is too thick, nudges that do not confirm."""
        try:
            self.quantities()
            return [*self.network.too_thick(self.scale), *self.nudging.problems(digits)]
        except CoreError as error:
            return [Problem((), f"the network cannot be computed: {error}")]
