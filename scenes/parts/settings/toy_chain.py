"""Settings of the scene `toy_chain`: functions one after the other, while x sweeps over a range."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from pydantic import Field

from scenes.parts.recipe.by_core import number
from scenes.parts.settings.base import BeatWords, SceneWords, Text
from scenes.parts.settings.faults import listed
from scenes.parts.settings.swept_clip import SweptClip


class Words(SceneWords):
    """Every word that the scene shows: labels first, then the beats in order."""

    title: Text = Field(description="The title: large on the opening card, then small over every beat.")
    push: Text = Field(description="What the bracket at y says: how thick a push of 1 is.")
    half_turn: Text = Field(description="How a dial is read, under the first one, while values go forward.")
    run: Text = Field(description="At the run of the first triangle under a tangent.")
    rise: Text = Field(description="Before the rise of that tangent, and of the tangent to y over x.")
    hollow: Text = Field(description="What a hollow ribbon says, where a push is negative on the way.")
    smallest: Text = Field(description="Over the column of a table with the slope nearest to 0.")
    hatched: Text = Field(description="What is hatched on the graphs, and on the curves over x.")
    pose_question: BeatWords = Field(description="The opening card: the question, and the bare chain.")
    show_functions: BeatWords = Field(description="The gates of the chain, and the graph of each.")
    sweep_forward: BeatWords = Field(description="x sweeps, the values follow; then y is small.")
    ask: BeatWords = Field(description="The question to the class, with a tempting wrong answer.")
    read_first: BeatWords = Field(description="The slope of one gate of several is read off its graph.")
    read_slopes: BeatWords = Field(description="The slope of each gate is read off its graph.")
    pour_push: BeatWords = Field(description="A push of 1 flows back from y, gate by gate.")
    ask_more: BeatWords = Field(description="A question before x moves: does more come back where y is another?")
    sweep_gradients: BeatWords = Field(description="x sweeps back, slopes and pushes follow.")
    stop_at_first: BeatWords = Field(description="x stops at the first flat gate of several; left out if there is one.")
    stop_at_flat_places: BeatWords = Field(description="x stops wherever a gate is flat; left out if none is.")
    draw_curve: BeatWords = Field(description="y drawn over x; its slope is what comes back to x.")
    ask_most: BeatWords = Field(description="A question: where does most come back, where y is largest?")
    draw_slope: BeatWords = Field(description="What comes back to x is drawn over x, too; x goes where most does.")
    tell_small: BeatWords = Field(description="y is small, and much comes back; left out where it is not.")
    warn_of_zero: BeatWords = Field(description="A gradient near zero does not mean done; left out for fewer stops.")
    say_claim: BeatWords = Field(description="The answer to the question.")


class ToyChain(SweptClip):
    """A clip of the scene `toy_chain`: `y = f_n(... f_2(f_1(x)))`, and the gradient of y at every node."""

    scene: Literal["toy_chain"] = Field(description="The scene that draws this clip.")
    words: Words = Field(
        description=f"All words on screen; these names in braces are filled in: {listed(SweptClip.placeholders)}."
    )

    @cached_property
    def cases(self) -> tuple[int, ...]:
        """The cases as they are told: y small, if it is one; then the stops, last where least comes back."""
        back = [abs(number(self.chain.at(x).delta("x"))) for x in self.chain.stops]
        last = min(reversed(range(len(back))), key=back.__getitem__)
        return *self.small, *(i for i in range(len(back)) if i != last), last

    @property
    def small(self) -> tuple[int, ...]:
        """The case in which y is small and yet much comes back, if there is one."""
        return tuple(range(len(self.chain.stops), len(self.chain.cases)))

    @property
    def told(self) -> Mapping[str, tuple[int, ...]]:
        """Which of the cases, by their order, are written in which beat."""
        first, last = len(self.small), len(self.cases) - 1
        rows = {"tell_small": range(first), "warn_of_zero": range(first, last), "say_claim": range(last, last + 1)}
        return {beat: tuple(them) for beat, them in rows.items()}

    @property
    def left_out(self) -> frozenset[str]:
        """The beats that would have nothing to show."""
        stops = len(self.chain.stops) if self.chain.flat_nodes else 0
        without = {"read_first": len(self.functions) < 2, "stop_at_first": stops < 2, "stop_at_flat_places": not stops}
        without |= {beat: not self.told[beat] for beat in ("tell_small", "warn_of_zero")}
        return frozenset(name for name, gone in without.items() if gone)
