"""Settings of the scene `chain_of_influence`: the worked example, nudged, and what its gradients cost."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from core.errors import CoreError
from scenes.parts.measure import Scale
from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.terms import Constant, Term
from scenes.parts.settings.base import BeatWords, FitScale, Positive, SceneWords, Swept, Text, complaint
from scenes.parts.settings.faults import Problem, listed
from scenes.parts.settings.influence import Influence, work_rows
from scenes.parts.settings.scalar_losses import LOSS_FORMULAS
from scenes.parts.settings.symbols import subscripted
from scenes.parts.settings.two_layers import TwoLayers

ONE = Constant(1.0)
TALLEST = 1.5  # of the bars of a pair, in frame units
NAME = re.compile(r"[a-km-su-z][0-9]?")  # l reads as 1, and t is the target
TAKEN = ("x", "y", "w1", "w2")


def apart(pair: tuple[str, str]) -> tuple[str, str]:
    """Return two names of values, or complain."""
    wrong = next((name for name in pair if name in TAKEN or not NAME.fullmatch(name)), pair[0] * (pair[0] == pair[1]))
    if wrong:
        raise complaint(f"'{wrong}' is no name here: a letter, perhaps with a digit, of its own, but not l or t")
    return pair


class Words(SceneWords):
    """Every word that the scene shows: labels first, then the beats in order."""

    title: Text = Field(description="The title, small over every beat.")
    half_turn: Text = Field(description="What half a turn of a dial stands for, right of the title.")
    push: Text = Field(description="What the bracket beside L says: how thick a push of 1 is.")
    out: Text = Field(description="What comes out of a gate: what stands over the first slot of the recurrence.")
    slope: Text = Field(description="The slope of a gate: what stands over its second slot.")
    into: Text = Field(description="What comes into a gate: what stands over its third slot.")
    one_by_one: Text = Field(description="The work of multiplying anew for each value, over the bars.")
    reused: Text = Field(description="The work of one sweep from the back, over the bars.")
    here: Text = Field(description="Under the first pair of bars: the chain of this clip.")
    row: Text = Field(description="Under the second pair of bars: a long chain.")
    lines: BeatWords = Field(description="Five number lines; the question of the clip.")
    nudge: BeatWords = Field(description="x moves a little, and every value answers.")
    ratios: BeatWords = Field(description="Change out by change in, while the step shrinks.")
    equation: BeatWords = Field(description="The slopes fly into the slots of the chain rule.")
    ask: BeatWords = Field(description="The question to the class, with a tempting wrong answer.")
    front: BeatWords = Field(description="From the front: for each value all is multiplied anew.")
    back: BeatWords = Field(description="From the back: each push is the one behind it times one slope.")
    branch: BeatWords = Field(description="Each weight takes one number from the row, and one from the way forward.")
    count: BeatWords = Field(description="How many multiplications both ways take.")


class ChainOfInfluence(TwoLayers):
    """A clip of the scene `chain_of_influence`: the network of `two_layer_network`, nudged, front against back."""

    placeholders: ClassVar[tuple[str, ...]] = (
        *("activation", "loss", "x", "w1", "w2", "target", "y", "L", "dL_dx", "dL_dy", "dL_dw1", "dL_dw2", "half_turn"),
        *("step", "long", "inputs", *(f"{way}_{of}" for way in ("front", "back") for of in ("here", "long", "net"))),
    )

    scene: Literal["chain_of_influence"] = Field(description="The scene that draws this clip.")
    names: Annotated[tuple[str, str], AfterValidator(apart)] = Field(
        default=("z", "h"), description="What the two values between x and y are called."
    )
    scale: FitScale = Field(
        default="auto", description="How thick a push of 1 is, in units of a frame 8 high; auto: as thick as fits."
    )
    step: Positive = Field(default=0.1, description="How far x is nudged.")
    smallest: Positive = Field(default=0.001, description="To what the nudge shrinks.")
    step_seconds: float = Field(default=2.0, ge=0.5, le=20, description="How long each of both takes, in seconds.")
    long: int = Field(default=50, ge=2, le=200, description="Slopes in a row, of the longer chain that is counted.")
    widths: tuple[Annotated[int, Field(ge=1, le=1000)], ...] = Field(
        default=(784, 128, 64, 10), min_length=2, max_length=5, description="Layers of the network that is counted."
    )
    words: Words = Field(
        description=f"All words on screen; these names in braces are filled in: {listed(placeholders)}."
    )

    @property
    def called(self) -> tuple[str, ...]:
        """The names of the values, first to last."""
        return "x", *self.names, "y", "L"

    @cached_property
    def influence(self) -> Influence:
        """What the nudge of x does."""
        return Influence(self.network, self.given("step"), self.given("smallest"))

    @cached_property
    def half_turn(self) -> Term:
        """What half a turn of a dial stands for, also when x is nudged."""
        return self.network.half_turn(self.influence.after(self.given("step")))

    def table(self) -> Mapping[str, Row]:
        """Return the quantities: those of the network, what the nudge does, products of slopes, and the work."""
        rows = self.network.rows() | self.influence.follow(self.given("smallest")) | self.influence.products()
        rows["half_turn"] = Row("pi", self.half_turn * ONE, "quiet", typed=True)
        rows["loss_formula"] = Row(LOSS_FORMULAS[self.loss], self.run.value("L"), "loss")
        rows["same"] = Row(
            f'{subscripted(self.names[0])} = z"," quad {subscripted(self.names[1])} = h', self.run.value("y")
        )
        rows["step"], rows["long"] = (Row(f'"{key}"', self.given(key), typed=True) for key in ("step", "long"))
        rows["inputs"] = Row(" arrow.r ".join(map(str, self.widths)), self.given("widths", 0), "quiet", typed=True)
        net = [self.given("widths", i) for i in range(len(self.widths))]
        chains = {"here": ([ONE] * 4, 4), "long": ([ONE] * self.long, self.long), "net": (net, 1)}
        return rows | {name: row for key, chain in chains.items() for name, row in work_rows(key, *chain).items()}

    def sweeps(self) -> Mapping[str, Swept]:
        """Return the nudge of x."""
        influence = self.influence
        return {"step": Swept(influence.input, self.smallest, self.step, influence.follow)}

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """Return the ranges of the number lines."""
        return self.influence.ranges()

    def scales(self) -> Mapping[str, Scale]:
        """Return how thick a push of 1 is, how far a dial turns, how wide a change of 1, and how high bars are."""
        drawn = {"ribbon": ("scale", self.network.ribbon(self.scale)), "change": ("step", self.influence.scale())}
        drawn["dial"] = "half_turn", math.pi / number(self.half_turn)
        works = {name: self.quantities()[f"front_{name}"].number for name in ("here", "long", "net")}
        drawn |= {f"work_{name}": (f"work_{name}", TALLEST / (most or 1.0)) for name, most in works.items()}
        return {name: Scale(*each) for name, each in drawn.items()}

    def fit(self, digits: int) -> list[Problem]:
        """Return what would not fit, as the base class says: a ribbon that is too thick, a step that shows nothing."""
        try:
            if problems := list(self.influence.problems("step", "smallest")):
                return problems
            self.quantities()
            return list(self.network.too_thick(self.scale))
        except CoreError as error:
            return [Problem((), f"the network cannot be computed: {error}")]
