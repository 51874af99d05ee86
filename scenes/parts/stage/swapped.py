"""A stage for functions side by side: columns are looked at alone, or all, and bars grow in any of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scenes.parts.stage.motions import Appear, Motion, Unfold
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
        away = [each for each in away if each in stays]
        back = [each for each in self.aside if each not in away and each in stays]
        new = [each for each in away if each not in self.aside]
        self.aside = away
        return [self.unlit(*each, back=lit) for each, lit in ((back, True), (new, False)) if each]

    def turn_line(self, before: str, after: str) -> list[Shown]:
        """Let what the line shows in the one beat alone leave with it, and return what it shows in the other alone."""
        gone, new = self.net.change(before, after)
        self.leave(*gone)
        return new

    def explain(self, *bars: str, of: Sequence[int] = ()) -> list[Shown]:
        """Return the words that say what a hollow bar and a ring are, where one comes first."""
        return [each for each in self.swaps.marks(bars, of) if each not in self.standing]

    def measure(self, at: int, bar: str, *functions: int) -> None:
        """Let the tangents of some functions tip onto the curves, and a bar grow from what each rises by."""
        swaps = self.swaps
        slopes = swaps.slopes(at, functions)
        self.play(Unfold(*slopes, under=swaps.points(at, functions)))
        numbers = Travel(*swaps.numbers(bar, functions), from_=slopes)
        said = Appear(*swaps.said(bar, functions), *self.explain(bar, of=functions))
        self.play(numbers, Unfold(*swaps.bars(bar, functions)), said)

    def pass_through(self, prefix: str, *functions: int, bare: Sequence[str] = ()) -> None:
        """Say of some functions at once what comes in and what goes out: the slope times that; ``bare``: no numbers."""
        swaps, names = self.swaps, [f"{prefix}{name}" for name in ("slope", "in", "out")]
        told = swaps.answers(int(bool(prefix)), functions) if len(functions) == 1 else []
        said = [*(each for name in names for each in swaps.said(name, functions)), *swaps.signs(functions)]
        self.grow(*names[1:], of=functions, bare=bare, beside=[*self.looking(*functions), Appear(*said, *told)])

    def grow(
        self, *bars: str, of: Sequence[int], bare: Sequence[str] = (), beside: Sequence[Motion] = (), tells: bool = True
    ) -> None:
        """Let bars of some functions grow, and read their numbers off them."""
        pairs = [(name, i) for i in of for name in bars]
        found = {pair: self.swaps.bars(pair[0], pair[1:])[0] for pair in pairs}
        marks = self.explain(*bars, of=of) if tells else []
        self.play(*beside, Unfold(*found.values()), Appear(*marks))
        read = [pair for pair in pairs if pair[0] not in bare]
        numbers = (self.swaps.numbers(name, [i])[0] for name, i in read)
        self.play(Travel(*numbers, from_=[found[pair] for pair in read]))
