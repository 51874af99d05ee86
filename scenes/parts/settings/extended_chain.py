"""Settings of the scene `extended_chain`: functions join a chain one by one, and long chains stand side by side."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from core.errors import CoreError
from scenes.parts.measure import Scale
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.terms import Constant, Term
from scenes.parts.settings.base import BeatWords, ClipSettings, Interval, Positive, Swept, complaint
from scenes.parts.settings.deep_chain import DeepChain, DeepChains
from scenes.parts.settings.faults import Problem, listed
from scenes.parts.settings.gear_chain import MOST_STAGES, Weights
from scenes.parts.settings.joined_chain import JoinedChain
from scenes.parts.settings.joined_words import JoinedWords
from scenes.parts.settings.listed_stages import known_stages
from scenes.parts.type.by_hand import ByHand

_OF_LONG = ("count", "function", "gates", "closed", "push", "least", "most")
Tells = Literal["joins", "joins and long chains", "x and long chains", "all"]
Stages = Annotated[tuple[str, ...], Field(min_length=1, max_length=MOST_STAGES)]


class Words(JoinedWords):
    """Every word that the scene shows: labels first, then the beats in order."""

    show_chain: BeatWords = Field(description="A few functions in a row, and the question of the clip.")
    read_slopes: BeatWords = Field(description="The slope of each gate, read off its graph; left out without graphs.")
    push_back: BeatWords = Field(description="A push of 1 comes back: a bar under each value.")
    ask: BeatWords = Field(description="A function will join: the question to the class; left out if none does.")
    ask_any: BeatWords = Field(description="In its place, where every bar will change by as much.")
    join: BeatWords = Field(description="It joins, and all bars follow; left out if none does.")
    compare: BeatWords = Field(description="Adding beside multiplying, with numbers; left out if none joins.")
    compare_alike: BeatWords = Field(description="In its place, where every bar has changed by as much.")
    ask_turn: BeatWords = Field(description="A second function will join: another question; left out if none does.")
    turn: BeatWords = Field(description="A second function joins; left out if none does.")
    ask_flat: BeatWords = Field(description="x moves: where is the first bar nearest 0? Left out if x does not.")
    sweep: BeatWords = Field(description="x moves, and every bar follows; left out if it does not.")
    sweep_left: BeatWords = Field(description="In its place, where no slope is 0 when x has stopped.")
    name_gates: BeatWords = Field(description="A long chain: gates and values; left out without room for them.")
    read_gates: BeatWords = Field(description="The slope of each of its gates; left out with them.")
    draw_first: BeatWords = Field(description="A long chain as bars, on an axis as it is; left out if not told.")
    draw_long: BeatWords = Field(description="Another one beside it: a question; left out if not told.")
    draw_log: BeatWords = Field(description="The same on an axis of powers of ten; left out where the axis is linear.")
    say_claim: BeatWords = Field(description="The answer, with the same numbers from a nudge.")


class ExtendedChain(ClipSettings):
    """A clip of the scene `extended_chain`: what one more function does to the push at every value."""

    placeholders: ClassVar[tuple[str, ...]] = (
        *("x", "x_low", "x_high", "stop", "half_turn", "joined", "then", "change", "times", "first_x", "second_x"),
        *("left", "tempting_x", "step", "push_0_x", "guess_x"),
        *(f"{key}_{of}" for key in ("first", "second") for of in (*_OF_LONG,)),
    )

    scene: Literal["extended_chain"] = Field(description="The scene that draws this clip.")
    tells: Tells = Field(default="joins", description="What is told: functions join, x moves, long chains.")
    x: float = Field(description="The input.")
    weights: Weights = Field(description="The weights by name, as in {w1: 1.2}; each is a stage of its own.")
    stages: Stages = Field(description="The chain at first: names of functions and of weights, first to last.")
    joins: Annotated[tuple[str, ...], Field(max_length=2)] = Field(
        default=("sin", "cos"), description="What joins at its end, one after the other; none: [ ]."
    )
    x_range: Interval = Field(description="Where x moves, as in [-2, 2].")
    first: Stages = Field(description="The first long chain.")
    second: Stages = Field(description="The second long chain.")
    first_x: float = Field(description="The input of the first long chain.")
    second_x: float = Field(description="The input of the second long chain.")
    axis: Literal["linear", "log"] = Field(default="log", description="On which axis the long chains end.")
    step: Positive = Field(default=0.001, description="How far x is nudged to find the push at x a second time.")
    join_seconds: float = Field(default=1.5, ge=0.5, le=20, description="How long a function takes to join.")
    sweep_seconds: float = Field(default=6.0, ge=1, le=60, description="How long x takes for its whole way.")
    words: Words = Field(description=f"All words on screen; names in braces are filled in: {listed(placeholders)}.")

    @field_validator("stages", "joins", "first", "second")
    @classmethod
    def _known(cls, stages: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if info.field_name != "joins":
            return known_stages(stages, info.data.get("weights", ()))
        before: tuple[str, ...] = info.data.get("stages", ())
        if len(before) + len(stages) > MOST_STAGES:
            raise complaint(f"{len(before)} stages and {len(stages)} that join are more than {MOST_STAGES}")
        return known_stages((*before, *stages), info.data.get("weights", ()))[len(before) :]

    @cached_property
    def chain(self) -> JoinedChain:
        """The chain that others join."""
        low, high = (self.given("x_range", i) if self.is_told("x") else self.given("x") for i in (0, 1))
        joins = self.joins if self.is_told("joins") else ()
        return JoinedChain(self.stages, joins, self._weights, self.given("x"), low, high, self.given("step"))

    def is_told(self, part: Literal["joins", "x", "long chains"]) -> bool:
        """Return whether a part is told: functions join, x moves, or long chains stand side by side."""
        return self.tells == "all" or part in self.tells.split(" and ")

    @cached_property
    def long(self) -> DeepChains:
        """The long chains."""
        pairs = (("first", self.first), ("second", self.second))
        made = (DeepChain(k, s, self._weights, self.given(f"{k}_x"), self.given("step")) for k, s in pairs)
        return DeepChains(tuple(made))

    @property
    def _weights(self) -> tuple[tuple[str, Term], ...]:
        return tuple((name, self.given("weights", name)) for name in self.weights)

    def table(self) -> Mapping[str, Row]:
        """Return the quantities: those of the chain, of the long chains, and where x moves."""
        ends = {f"x_{end}": Row("x", self.given("x_range", i), typed=True) for i, end in enumerate(("low", "high"))}
        turn = Row('"half a turn"', Constant(self.chain.half_turn) * Constant(1.0), "quiet", typed=True)
        nudge = Row("Delta x", self.given("step"), "quiet", typed=True)
        return {**self.chain.rows(), **self.long.rows(), **ends, "half_turn": turn, "step": nudge}

    def by_hand(self) -> Iterable[ByHand]:
        """Return the sums of the chain."""
        return self.chain.by_hand()

    def named(self) -> Mapping[str, str]:
        """Return the functions by what they make, and those that join."""
        pairs = zip(self.chain.nodes[1:], self.chain.all, strict=True)
        made = {f"function_{node}": name for node, name in pairs if name not in self.weights}
        long = {key: said for chain in self.long.each for key, said in chain.named().items()}
        return {**made, **long, **dict(zip(("joined", "then"), self.joins, strict=False))}

    @property
    def instead(self) -> Mapping[str, str]:
        """Beats that come in place of others, as slopes are."""
        return self.chain.instead

    def sweeps(self) -> Mapping[str, Swept]:
        """Return what moves: the slope of each that joins, and x."""
        return self.chain.sweeps()

    def scales(self) -> Mapping[str, Scale]:
        """Return how far a dial turns, and how high a push of 1 is, on each page."""
        dial = Scale("half_turn", math.pi / self.chain.half_turn)
        return {"dial": dial, "bar": Scale("bar", self.chain.scale), **self.long.scales()}

    @cached_property
    def _ranges(self) -> Mapping[str, tuple[float, float]]:
        return {**self.chain.ranges(), **self.long.ranges()}

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """Return the ranges of graphs, of the axes of long chains, of x, and of the first push."""
        return self._ranges

    def fit(self, digits: int) -> list[Problem]:
        """Return what would not fit, as the base class says: a chain that cannot be computed."""
        try:
            self.scales(), self.quantities(), self.ranges()
            return list(self.chain.poles())
        except CoreError as error:
            return [Problem(("stages",), f"the chain cannot be computed: {error}")]
