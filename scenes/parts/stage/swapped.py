"""A stage for functions side by side: columns are looked at alone, or all, and bars grow in any of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scenes.parts.stage.motions import Appear, Motion, SweepTo, Unfold, Vanish
from scenes.parts.stage.paged import PagedStage
from scenes.parts.stage.travel import Travel
from scenes.parts.things.base import Shown
from scenes.parts.things.swap_line import SwapLine
from scenes.parts.things.swaps import Swaps

__all__ = ["SwappedStage"]


class SwappedStage(PagedStage):
    """A clip about functions in one place of a network.

    Attributes
    ----------
    net, swaps
        The network on one line, and the columns of the functions.
    all
        The numbers of all functions.
    """

    net: SwapLine
    swaps: Swaps

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.aside, self.past = list[Shown](), list[Shown]()

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
        away += [] if line else self.net.all_shown
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

    def go_over(self, *told: Shown, beside: Sequence[Motion] = ()) -> None:
        """Let the input go to its other place and each point with it; where it was stays, out of focus."""
        swaps = self.swaps
        self.play(Appear(*told, *swaps.points(1), *swaps.feet(0)), *beside)
        self.past = swaps.slopes(0)
        self.play(self.unlit(*self.past), Vanish(*swaps.points(0)))
        self.play(SweepTo(swaps.sweep, self.clip.other_x, run_time=self.clip.sweep_seconds, steady=False))
        self.play(Appear(*swaps.leaders(1), *swaps.feet(1)))

    def measure(self, at: int, bar: str, *functions: int) -> None:
        """Let tangents tip onto the curves of those functions that have none, and bars grow from what they rise by."""
        swaps = self.swaps
        functions = tuple(i for i in functions if swaps.slopes(at, [i])[0] not in self.standing)
        slopes = swaps.slopes(at, functions)
        self.play(Unfold(*slopes, under=swaps.points(at, functions)))
        numbers = Travel(*swaps.numbers(bar, functions), from_=slopes)
        self.play(numbers, Unfold(*swaps.bars(bar, functions)), Appear(*swaps.said(bar, functions)))

    def come_to(self, prefix: str, *functions: int) -> None:
        """Say of some functions what the network answers with each, and what comes in to it."""
        swaps, bar = self.swaps, f"{prefix}in"
        self.play(Appear(*swaps.answers(int(bool(prefix)), functions)))
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
