"""Settings of the scene `chain_of_influence`: the worked example, nudged, and what its gradients cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import ClassVar, Literal

from pydantic import Field

from scenes.parts.measure import Scale
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.terms import Constant, Term
from scenes.parts.settings.base import BeatWords, Positive, SceneWords, Swept, Text
from scenes.parts.settings.costs import Costs
from scenes.parts.settings.faults import Problem, listed
from scenes.parts.settings.influence import Influence
from scenes.parts.settings.two_layers import Names, TwoLayers
from scenes.parts.type.by_hand import ByHand

WAYS = "guess", "front", "back"


class Words(SceneWords):
    """Every word that the scene shows: labels first, then the beats in order."""

    title: Text = Field(description="The title, small over every beat.")
    half_turn: Text = Field(description="How a dial is read, under the first one.")
    push: Text = Field(description="What the bracket beside L says: how thick a push of 1 is.")
    glass: Text = Field(description="Under the fractions: they are enlarged as the step shrinks.")
    out: Text = Field(description="Over the first slot of the recurrence: what comes out of a gate.")
    slope: Text = Field(description="Over its second slot: the slope of the gate.")
    into: Text = Field(description="Over its third slot: what comes into the gate.")
    measured: Text = Field(description="Under the chain rule: what the nudges of x gave.")
    unknown: Text = Field(description="Beside each gradient that is asked for.")
    guess_bar: Text = Field(description="Under a grey bar: a guess, each gradient as long as the first.")
    front_bar: Text = Field(description="Under its bar: the work of multiplying anew for each value.")
    back_bar: Text = Field(description="Under its bar: the work of one sweep from the back.")
    sums: tuple[Text, Text, Text] = Field(description="Under those: how each bar adds up.")
    answer: Text = Field(description="In the end: how far L moved, which was the first question.")
    lines: BeatWords = Field(description="Five numbers; the question of the clip to the class.")
    nudge: BeatWords = Field(description="x moves a little, and every value answers.")
    ratios: BeatWords = Field(description="Change out by change in: each pair of braces is a fraction.")
    settle: BeatWords = Field(description="The step shrinks, and each fraction settles.")
    rules: BeatWords = Field(description="What each settles to: the derivative of its gate.")
    equation: BeatWords = Field(description="The slopes fly into the slots of the chain rule.")
    ask: BeatWords = Field(description="The question to the class, with a tempting wrong answer.")
    front: BeatWords = Field(description="From the front: for each value all is multiplied anew.")
    back: BeatWords = Field(description="From the back: each push is the one that came, times one slope.")
    branch: BeatWords = Field(description="Each weight takes a push from the row, and a value from the way forward.")
    count: BeatWords = Field(description="How many multiplications both ways take in this chain.")


class ChainOfInfluence(TwoLayers):
    """A clip of the scene `chain_of_influence`: the network of `two_layer_network`, nudged; front against back."""

    placeholders: ClassVar[tuple[str, ...]] = (
        *("activation", "loss", "x", "w1", "w2", "target", "y", "L", "dL_dx", "dL_dy", "dL_dw1", "dL_dw2", "half_turn"),
        *("step", "smallest", "measured", "closer", "change_L"),
        *(f"{of}{way}_here" for way in WAYS for of in ("", "sum_")),
    )

    scene: Literal["chain_of_influence"] = Field(description="The scene that draws this clip.")
    names: Names = Field(default=("z", "h"), description="What the two values between x and y are called.")
    step: Positive = Field(default=0.1, description="How far x is nudged.")
    smallest: Positive = Field(default=0.001, description="To what the nudge shrinks.")
    step_seconds: float = Field(default=2.0, ge=0.5, le=20, description="How long each of both takes, in seconds.")
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

    @cached_property
    def costs(self) -> Costs:
        """What the gradients of the chain cost: how many multiplications."""
        return Costs({"here": ([Constant(1.0)] * len(self.network.nodes[1:]), len(self.network.nodes[1:]))}, ["here"])

    def table(self) -> Mapping[str, Row]:
        """Return the quantities: those of the network, what the nudge does, products of slopes, and the work."""
        given = {"step": self.given("step"), "smallest": self.given("smallest")}
        rows = {name: Row(f'"{name}"', term, typed=True) for name, term in given.items()}
        rows["target"] = Row("t", self.run.input("t"), "ink", typed=True)
        return rows | {**super().table()} | self.influence.rows() | self.costs.rows()

    def by_hand(self) -> Iterable[ByHand]:
        """Return the sums of the network, and change out by change in."""
        return self.influence.by_hand()

    def named(self) -> Mapping[str, str]:
        """Return what `{activation}`, `{loss}` and sums stand for."""
        return {**super().named(), **self.costs.sums()}

    def sweeps(self) -> Mapping[str, Swept]:
        """Return the nudge of x."""
        return {"step": Swept(self.influence.input, self.smallest, self.step, self.influence.follow)}

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """Return the ranges of the number lines."""
        return self.influence.ranges()

    def scales(self) -> Mapping[str, Scale]:
        """Return the scales of the network, how wide a change of 1 is, and how tall bars are."""
        return {**super().scales(), "change": Scale("step", self.influence.scale()), **self.costs.scales()}

    def problems(self, digits: int) -> Iterator[Problem]:
        """Yield why the step cannot be taken, or not be shown."""
        yield from self.influence.problems("step", "smallest")
