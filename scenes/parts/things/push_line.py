"""The push on each shaft, as a number under its gear."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from scenes.parts.page import ROWS, Box, Column, Near
from scenes.parts.theme import NAME
from scenes.parts.things.base import Shown
from scenes.parts.things.gear_train import WITHIN, GearTrain
from scenes.parts.things.letters import number, symbol
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.wire import leader, placed

__all__ = ["PushLine"]

_ASIDE: Final = 0.3  # so far beside its gear a number has a leader to it
_FROM: Final = 0.08  # under a gear, where a leader begins


class PushLine:
    """Numbers under the gears, on a few lines where gears are close.

    Parameters
    ----------
    spots
        The places of the gears that have one.
    pushes
        The gradient at each gear.
    """

    def __init__(self, pen: Pen, train: GearTrain, pushes: Sequence[str], spots: Sequence[int]) -> None:
        self.pen, self.train = pen, train
        self.spots = tuple(spots)
        self.numbers = [number(pen, pushes[i], called=f"push {pushes[i]}") for i in spots]
        named = self.spots if train.crowded else ()
        self.names = [symbol(pen, train.nodes[i], called=f"node {train.nodes[i]}") for i in named]

    @property
    def parts(self) -> list[Part]:
        """Its parts."""
        return [*self.numbers, *self.names]

    @property
    def box(self) -> Box:
        """It as a box whose origin is that of the train."""
        pairs = zip_longest(self.names, self.numbers)
        each = [Column(*filter(None, pair), gap=ROWS, align="origin", anchor=0) for pair in pairs]
        return Near(each, at=[self.train.columns[i] for i in self.spots], levels=2, within=WITHIN)

    def arriving(self, i: int) -> list[Shown]:
        """Return the number under gear ``i``, if it has one, and a leader to it where it stands aside."""
        if i not in self.spots:
            return []
        at = self.spots.index(i)
        shown = [*(self.names[at].shown if self.names else ()), *self.numbers[at].shown]
        place, (x, y) = placed(self.names[at] if self.names else self.numbers[at]), self.train.hub(i)
        first = max(placed(part).y for part in self.names or self.numbers)
        if abs(place.x - x) < _ASIDE or place.y < first:  # to a second line it would run over the numbers of the first
            return shown
        foot, top = y - self.train.below[i] - _FROM, place.y + 1.3 * NAME
        return [leader(self.pen.theme, (x, foot), (place.x, top)), *shown]
