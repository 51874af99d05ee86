"""A stage for functions side by side: columns are looked at alone, or all, and bars grow in any of them."""

from __future__ import annotations

from typing import Any

from scenes.parts.stage.motions import Appear, Unfold
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
        self.aside = list[Shown]()

    @property
    def all(self) -> tuple[int, ...]:
        """The numbers of all functions."""
        return tuple(range(len(self.swaps.plots)))

    def but(self, *functions: int) -> tuple[int, ...]:
        """Return the numbers of all other functions."""
        return tuple(i for i in self.all if i not in functions)

    def look_at(self, *functions: int) -> None:
        """Let the columns of all other functions step aside; of none that are named, let all come back."""
        away = [each for i in self.but(*functions) for each in self.swaps.column(i)] if functions else []
        away = [each for each in away if each in self.standing]
        back = [each for each in self.aside if each not in away and each in self.standing]
        new = [each for each in away if each not in self.aside]
        self.aside = away
        if motions := [self.unlit(*each, back=lit) for each, lit in ((back, True), (new, False)) if each]:
            self.play(*motions)

    def turn_line(self, before: str, after: str) -> list[Shown]:
        """Let what the line shows in the one beat alone leave with it, and return what it shows in the other alone."""
        gone, new = self.net.change(before, after)
        self.leave(*gone)
        return new

    def measure(self, at: int, bar: str, *functions: int) -> None:
        """Let the tangents of some functions tip onto the curves, and a bar grow from what each rises by."""
        swaps = self.swaps
        slopes = swaps.slopes(at, functions)
        self.play(Unfold(*slopes, under=swaps.points(at, functions)))
        numbers = Travel(*swaps.numbers(bar, functions), from_=slopes)
        self.play(numbers, Unfold(*swaps.bars(bar, functions)))
        self.play(Appear(*swaps.said(bar, 1, functions)))

    def grow(self, bar: str, *functions: int) -> None:
        """Let bars of some functions grow, and read their numbers off them."""
        swaps = self.swaps
        bars = swaps.bars(bar, functions)
        self.play(Unfold(*bars), Appear(*swaps.said(bar, 0, functions)))
        self.play(Travel(*swaps.numbers(bar, functions), from_=bars))

    def multiply(self, out: str, *functions: int) -> None:
        """Let what goes out grow: the slope times what comes in."""
        if signs := self.swaps.signs(functions):
            self.play(Appear(*signs))
        self.grow(out, *functions)
