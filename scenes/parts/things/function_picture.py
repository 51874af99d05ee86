"""One function with its wheels, its graph and its numbers: a page, and what each beat lets onto it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from scenes.parts.page import GROUP, LABEL, LINES, NEAR, Box, Column, Row, Slot, during
from scenes.parts.recipe.sweep import Live, Sweep
from scenes.parts.theme import VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.function_pair import FunctionPair
from scenes.parts.things.letters import live, number, sign, symbol, words
from scenes.parts.things.live_graph import LiveGraph
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.pen import Pen
from scenes.parts.things.sector import Sector

__all__ = ["FunctionPicture"]

_MOMENTS: Final = 33  # of the way of x, by which the widest number is found
_OTHERWISE: Final = "otherwise"  # any other beat
_RATIO: Final = 1.25  # of a graph alone, width by height


class FunctionPicture:
    """A function of the clip.

    Parameters
    ----------
    keep
        What keeps a part so that a layout can give it its place.
    i
        Which function.
    called
        What stands before the names of its parts, where a clip has it twice.
    """

    def __init__(self, pen: Pen, keep: Callable[[Part], Part], i: int, called: str = "") -> None:
        swept, piece = pen.clip.sweeps()[f"piece_{i}"], pen.clip.shown[i]
        self.pen, self.keep, self.i, self.found, self.called = pen, keep, i, piece.found, called
        self.sweep, self.low, self.high = Sweep(swept.low, swept.quantities), swept.low, swept.high
        self._moments = [swept.quantities(x) for x in np.linspace(swept.low, swept.high, _MOMENTS).tolist()]
        (left, right), (low, high) = piece.found.across, piece.found.up
        self.is_alone = piece.found.picture == "graph"
        self.graph = LiveGraph(pen, i, self.sweep, _RATIO if self.is_alone else (right - left) / (high - low))
        self.pair = None if self.is_alone else FunctionPair(pen, piece.function, piece.found, i, self.sweep)

    @property
    def middle(self) -> float:
        """The x in the middle of its turn."""
        return float(self.low + self.high) / 2

    def page(self, parting: str = "") -> Box:
        """Return wheels and graph side by side, and the numbers under them.

        Parameters
        ----------
        parting
            The beat in which the ratio of two round gears stands there, too.
        """
        piece = self.pen.clip.shown[self.i]
        pictures = [self._kept(each.part) for each in (self.pair, self.graph) if each]
        self.values = [self._equation(self.sweep[f"{name}_{self.i}"]) for name in "xh"]
        local = self.sweep[f"local_{self.i}"]
        self.ratio = self._equation(local, *(["arms"] if self.found.picture == "gears" else []))
        self.said = [self._words("per_turn")]
        if piece.found.turns != piece.x_range:
            self.said.append(self._words("part"))
        self.still = [self._kept(number(self.pen, "circle_local")), self._words("circles")] if parting else []
        said: Box = Column(*self.said, gap=LINES, align="left")
        if parting:
            said = Slot(during(said, _OTHERWISE), during(Row(*self.still, gap=NEAR), parting))
        row = Row(*(Row(*each, gap=LABEL) for each in (*self.values, self.ratio)), said, gap=GROUP)
        return Column(Row(*pictures, gap=GROUP), NEAR, row)

    def _kept(self, part: Part) -> Part:
        part.name = f"{self.called}{part.name}"
        return self.keep(part)

    def _words(self, key: str) -> Part:
        return self._kept(words(self.pen, key, colour="quiet", called=f"words {key} of {self.i}"))

    def _equation(self, source: Live, *also: str, height: float = VALUE) -> list[Part]:
        """Return symbol = number, live; with what else it is between them."""
        names = [source.name, *(f"{name}_{self.i}" for name in also)]
        found: list[Part] = []
        for name in names:
            found.append(symbol(self.pen, name, height=height, called=f"symbol {name}"))
            found.append(sign(self.pen, "=", height=height, called=f"equals {name}"))
        ends = [moment[source.name].number for moment in self._moments]
        found.append(live(self.pen, source, ends, height=height, called=f"live {source.name}"))
        return [self._kept(part) for part in found]

    # -- what the beats show ------------------------------------------------------------------------------------------

    @property
    def wheels(self) -> Sequence[Sector]:
        """Its wheels, that of x first."""
        return self.pair.wheels if self.pair else ()

    @property
    def standing(self) -> list[Shown]:
        """Wheels and graph, without what comes later."""
        return shown_of(*(each.part for each in (self.graph, self.pair) if each))

    @property
    def numbers(self) -> list[Shown]:
        """x and h."""
        return shown_of(*(part for value in self.values for part in value))

    def everything(self) -> Sequence[Shown]:
        """Return all of a function that is met later: with the point, the triangle and the arms already in place."""
        gears = self.found.picture == "gears" and self.pair
        near, far, contact = gears.arms() if gears else (None, None, None)
        rungs = self.graph.rungs() if gears else ()
        top = self.pair.top if self.pair else []
        drawn = [shown for shown in self.standing if shown not in top]
        riding = [*rungs, contact, self.graph.legs(), self.graph.dot()]
        shown = [*drawn, near, far, *top, *riding, *self.numbers, *shown_of(*self.ratio, *self.said)]
        return [each for each in shown if each is not None]
