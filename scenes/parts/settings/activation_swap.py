"""Settings of the scene `activation_swap`: one network, and several functions in the same place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from core.errors import CoreError
from scenes.parts.measure import Scale
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Recipe, Run
from scenes.parts.settings.base import BeatWords, ClipSettings, FitScale, OneOf, Positive, Swept, Text
from scenes.parts.settings.faults import Problem, listed
from scenes.parts.settings.graphs import SLOPE_FORMULAS
from scenes.parts.settings.lengths import too_thick
from scenes.parts.settings.scalar_losses import LOSS_FORMULAS, NEEDS_CLASSES, SCALAR_LOSSES, suits_loss
from scenes.parts.settings.swapped import TALLEST, Compared, Swapped, SwapWords
from scenes.parts.settings.symbols import ratio
from scenes.parts.settings.two_layers import WEIGHTS
from scenes.parts.type.by_hand import ByHand


class Words(SwapWords):
    """Every word that the scene shows: labels first, then the beats in order."""

    title: Text = Field(description="The title, small over every beat.")
    show_functions: BeatWords = Field(description="One network, several functions; the question of the clip.")
    read_values: BeatWords = Field(description="What each function makes of the same input.")
    ask: BeatWords = Field(description="The question to the class, with a tempting wrong answer.")
    read_first: BeatWords = Field(description="The answer to it: of a push of 1 a function passes on its slope.")
    read_slopes: BeatWords = Field(description="The slopes of all the others.")
    come_in: BeatWords = Field(description="What the network answers with one, and what really comes in to it.")
    pass_on: BeatWords = Field(description="Slope times what comes in is what it passes back.")
    ask_in: BeatWords = Field(description="Does as much come in to all others? A question, told with pushes.")
    come_all: BeatWords = Field(description="The answer to it: what comes in to all others; told with pushes.")
    all_back: BeatWords = Field(description="What they pass back; told with pushes.")
    ask_other: BeatWords = Field(description="The second question: x goes somewhere else; told with slopes.")
    other_side: BeatWords = Field(description="The slopes there, beside those of before; told with slopes.")
    say_claim: BeatWords = Field(description="The answer: where the slope is largest; told with slopes.")
    ask_push: BeatWords = Field(description="x goes somewhere else, and a question about it; told with pushes.")
    other_turned: BeatWords = Field(description="Those with which the answer is past the target; left out if none.")
    other_back: BeatWords = Field(description="What the others pass back there; told with pushes.")
    say_pushes: BeatWords = Field(description="What each passed back before and now; told with pushes.")


class ActivationSwap(ClipSettings):
    """A clip of the scene `activation_swap`: `y = w2 * f(w1 * x)` with several functions f, compared with a target."""

    placeholders: ClassVar[tuple[str, ...]] = (
        *("loss", "x", "other_x", "w1", "w2", "target", "z", "other_z", "most", "most_slope", "most_later"),
        *("most_then", "then_slope", "odd", "odd_h", "odd_slope", "odd_y", "odd_in", "odd_out", "back", "back_out"),
        *("back_then", "then_out", "nudge", "nudged"),
    )

    scene: Literal["activation_swap"] = Field(description="The scene that draws this clip.")
    x: float = Field(description="The input.")
    other_x: float = Field(description="Where the input goes then.")
    w1: float = Field(description="The first weight: z = w1 * x.")
    w2: float = Field(description="The second weight: y = w2 * h.")
    target: float = Field(description="The answer that is wanted.")
    activations: Compared = Field(min_length=2, max_length=6, description="The functions that are compared.")
    tells: Literal["slopes", "pushes"] = Field("slopes", description="Of a push of 1, or of those that really come.")
    loss: Annotated[str, OneOf(SCALAR_LOSSES, "How the answer is compared with the target.", NEEDS_CLASSES)]
    scale: FitScale = Field(
        default="auto", description="How tall a push of 1 is, in units of a frame 8 high; auto: as tall as fits."
    )
    step: Positive = Field(default=0.001, description="How far x is nudged to find a gradient a second time.")
    sweep_seconds: float = Field(default=1.0, ge=0.5, le=20, description="How long x goes to its other place.")
    words: Words = Field(
        description=f"All words on screen; these names in braces are filled in: {listed(placeholders)}."
    )

    @field_validator("loss")
    @classmethod
    def _target_suits_loss(cls, loss: str, info: ValidationInfo) -> str:
        return suits_loss(loss, info.data.get("target"))

    @cached_property
    def swapped(self) -> Swapped:
        """The network with each of the functions."""
        inputs = {**{name: self.given(name) for name in ("x", *WEIGHTS)}, "t": self.given("target")}
        chains = (Recipe.chain(("w1", name, "w2"), "xzhyL", WEIGHTS, self.loss) for name in self.activations)
        runs = tuple(Run.of(chain, **inputs) for chain in chains)
        pushes = self.tells == "pushes"
        rule = SLOPE_FORMULAS.get(self.loss, ratio("L", "y")).format(x="y")
        return Swapped(runs, ("x", "z", "h", "y"), self.given("other_x"), self.given("step"), pushes, rule)

    def table(self) -> Mapping[str, Row]:
        """Return the quantities: weights and target, what belongs to the loss, and all of each function."""
        run = self.swapped.runs[0]
        rows = {w: Row(f"w_{w[1]}", run.input(w), "weight", typed=True) for w in WEIGHTS}
        rows |= {"target": Row("t", run.input("t"), "ink", typed=True)}
        rows["loss_formula"] = Row(LOSS_FORMULAS[self.loss], run.value("L"), "loss")
        rows |= {"L": Row("L", run.value("L"), "loss"), "rule_L": Row(self.swapped.rule, run.slope("L"), "ink")}
        rows["dL_dL"] = Row(ratio("L", "L"), run.delta("L"), "gradient", typed=True)
        return {**rows, **self.swapped.rows()}

    def by_hand(self) -> Iterable[ByHand]:
        """Return the sums of all functions."""
        return self.swapped.by_hand()

    def named(self) -> Mapping[str, str]:
        """Return the functions by their numbers and by what words call them, and the loss."""
        names = {f"function_{i}": name for i, name in enumerate(self.activations)}
        return {**names, **{key: self.activations[i] for key, i in self.swapped.told.items()}, "loss": self.loss}

    def sweeps(self) -> Mapping[str, Swept]:
        """Return the way of x to its other place."""
        return {"x": Swept("now_x", min(self.x, self.other_x), max(self.x, self.other_x), self.swapped.follow)}

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """Return the ranges of the axes that all plots share."""
        return self.swapped.ranges()

    def scales(self) -> Mapping[str, Scale]:
        """Return how tall a push of 1 is."""
        return {"ribbon": Scale("scale", self.swapped.scale() if self.scale == "auto" else self.scale)}

    def hanging(self, per_unit: float) -> float:
        """Return how far the lowest bar hangs under the baseline, or the ring of one that is exactly 0."""
        return self.swapped.hanging(per_unit)

    def fit(self, digits: int) -> list[Problem]:
        """Return what would not fit, as the base class says: an x that does not move, a bar too tall."""
        if self.x == self.other_x:
            return [Problem(("other_x",), "x is there already; it must go somewhere else")]
        try:
            self.ranges()
            return list(too_thick(self.scale, self.swapped.bars, TALLEST))
        except CoreError as error:
            return [Problem((), f"the network cannot be computed: {error}")]
