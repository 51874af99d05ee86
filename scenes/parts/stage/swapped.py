"""A stage for functions side by side: columns are looked at alone, or all, and bars grow in any of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scenes.parts.page import LABEL as GAP
from scenes.parts.page import SPRING, Row, Slot, during
from scenes.parts.stage.motions import Appear, Motion, SweepTo, Unfold, Vanish
from scenes.parts.stage.paged import PagedStage
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import LABEL
from scenes.parts.things.base import Shown
from scenes.parts.things.letters import number, symbol, words
from scenes.parts.things.part import Part, or_nothing, shown_of
from scenes.parts.things.swap_line import SwapLine
from scenes.parts.things.swaps import Swaps

__all__ = ["SwappedStage"]


class SwappedStage(PagedStage):
    """A clip about functions in one place of a network.

    Attributes
    ----------
    net, noted, nudge, swaps
        The network on one line, what is said of it under it, also of a nudge, and the columns of the functions.
    sums
        Of which function it is told in numbers how what comes in follows, by the beats in which it is.
    all
        The numbers of all functions.
    """

    net: SwapLine
    noted: Sequence[Part]
    nudge: Sequence[Part]
    swaps: Swaps
    sums: Mapping[str, tuple[str, int]]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.aside, self.past = list[Shown](), list[Shown]()

    def note(self, nudged: str, law: str, target: str, beat: str) -> Row:
        """Return what is said under the network: what a nudge finds in a beat, how the loss follows, what is wanted.

        How it follows is left out where there is no room; it and what is wanted are what is ``noted``.
        """
        self.nudge = words(self.pen, nudged, colour="gradient", most=1), number(self.pen, nudged, height=LABEL)
        wanted = number(self.pen, target, form="equation", align="right")
        follows = or_nothing(symbol(self.pen, law, height=LABEL, align="right"), law)
        self.noted = [part for part in (follows.part, wanted) if isinstance(part, Part)]
        return Row(Slot(during(Row(*self.nudge, gap=GAP), beat)), SPRING, follows, wanted)

    def sums_of(self, beats: Sequence[str], back: int, then: int) -> dict[str, tuple[str, int]]:
        """Return of which function it is told in numbers how what comes in follows, in which beat, at each input.

        Parameters
        ----------
        beats
            Those in which it comes in: to all others than the first, with the answer past the target, and to the rest.
        back, then
            The functions that pass most back.
        """
        swapped, (first, turned, rest) = self.clip.swapped, beats
        if not swapped.pushes:
            return {}
        here = next(i for i in (back, 0, 1) if i != swapped.told["odd"])
        return {first: ("", here), turned if then in swapped.turned else rest: ("other_", then)}

    def sum_in(self, beat: str) -> list[Shown]:
        """Return how what comes in to one of the functions follows, if told in this beat; it leaves with that."""
        told = self.swaps.follows(*self.sums[beat]) if beat in self.sums else []
        self.leave(*told)
        return told

    @property
    def all(self) -> tuple[int, ...]:
        """The numbers of all functions."""
        return tuple(range(len(self.swaps.plots)))

    def but(self, *functions: int) -> tuple[int, ...]:
        """Return the numbers of all other functions."""
        return tuple(i for i in self.all if i not in functions)

    def look_at(self, *functions: int, line: bool = False) -> None:
        """Let the columns of all other functions step aside, of none if none is named, and the network unless asked."""
        if motions := self.looking(*functions, line=line):
            self.play(*motions)

    def look_next(self, *functions: int, line: bool = False) -> None:
        """Do so as the next beat begins."""
        self.turn(*self.looking(*functions, line=line))

    def looking(self, *functions: int, line: bool = False) -> list[Motion]:
        """Return the motions of that."""
        away = [each for i in (self.but(*functions) if functions else ()) for each in self.swaps.column(i)]
        away += [] if line else [*self.net.all_shown, *shown_of(*self.noted)]
        stays = [each for each in self.standing if each not in self._leaving]
        away = [each for each in away if each in stays and each not in self.past]
        back = [each for each in self.aside if each not in away and each in stays]
        new = [each for each in away if each not in self.aside]
        self.aside = away
        return [self.unlit(*each, back=lit) for each, lit in ((back, True), (new, False)) if each]

    def turn_line(self, before: str, after: str) -> list[Shown]:
        """Let what the line shows in the one beat alone leave with it, and return what it shows in the other alone."""
        gone, new = self.net.change(before, after)
        self.leave(*gone)
        return new

    def go_over(self, *told: Shown, beside: Sequence[Motion] = ()) -> Appear:
        """Let the input go to its other place and each point with it; where it was stays, out of focus.

        Return how it is said where they are, which is to be played next.
        """
        swaps = self.swaps
        self.past = swaps.slopes(0)
        goes = self.unlit(*self.past), Vanish(*swaps.points(0))
        self.play(Appear(*told, *swaps.points(1), *swaps.feet(0)), *beside, *goes)
        self.play(SweepTo(swaps.sweep, self.clip.other_x, run_time=self.clip.sweep_seconds, steady=False))
        return Appear(*swaps.leaders(1), *swaps.feet(1))

    def measure(self, at: int, bar: str, *functions: int, beside: Sequence[Motion] = ()) -> None:
        """Let tangents tip onto the curves of those functions that have none, and bars grow from what they rise by."""
        swaps = self.swaps
        functions = tuple(i for i in functions if swaps.slopes(at, [i])[0] not in self.standing)
        slopes = swaps.slopes(at, functions)
        self.play(Unfold(*slopes), *beside)  # a small rise would be hidden under its point
        numbers = Travel(*swaps.numbers(bar, functions), from_=slopes)
        self.play(numbers, Unfold(*swaps.bars(bar, functions)), Appear(*swaps.said(bar, functions)))

    def come_to(self, prefix: str, *functions: int, told: Sequence[Shown] = ()) -> None:
        """Say of some functions what the network answers with each, and what comes in to it; more is ``told`` first."""
        swaps, bar = self.swaps, f"{prefix}in"
        answers = (each for each in swaps.answers(int(bool(prefix)), functions) if each not in self.standing)
        if come := [*answers, *told]:
            self.play(Appear(*come))
        self.grow(bar, *swaps.said(bar, functions), of=functions)

    def multiply(self, prefix: str, *functions: int) -> None:
        """Multiply the slope of each by what comes in: so much goes out."""
        swaps, bar = self.swaps, f"{prefix}out"
        said = [*swaps.said(f"{prefix}slope", functions), *swaps.said(bar, functions), *swaps.signs(functions)]
        self.grow(bar, *(each for each in said if each not in self.standing), of=functions)

    def grow(self, bar: str, *said: Shown, of: Sequence[int]) -> None:
        """Let bars of some functions grow with what is said of them, and read their numbers off them."""
        found = self.swaps.bars(bar, of)
        self.play(Appear(*said), Unfold(*found))
        self.play(Travel(*self.swaps.numbers(bar, of), from_=found))
