"""The push on each shaft, as a number under its gear, and between two gears the slope that multiplies it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from scenes.parts.page import LABEL, ROWS, Box, Column, Near
from scenes.parts.theme import NAME
from scenes.parts.things.base import Shown
from scenes.parts.things.gate import gate
from scenes.parts.things.gear_train import WITHIN, GearTrain
from scenes.parts.things.letters import number, symbol
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.wire import leader, placed

__all__ = ["PushLine"]

_ASIDE: Final = 0.3  # so far beside its gear a number has a leader to it
_FROM: Final = 0.08  # under a gear, where a leader begins


class PushLine:
    """Numbers under the gears, plates under the meshes, each on a few lines where gears are close.

    Parameters
    ----------
    pushes, slopes
        The gradient at each gear, and the local derivative of each mesh.
    """

    def __init__(self, pen: Pen, train: GearTrain, pushes: Sequence[str], slopes: Sequence[str]) -> None:
        self.pen, self.train = pen, train
        self.numbers = [number(pen, name, called=f"push {name}") for name in pushes]
        self.names = [symbol(pen, name, called=f"node {name}") for name in train.nodes] if train.crowded else []
        self.plates = [gate(pen, name) for name in slopes]

    @property
    def parts(self) -> list[Part]:
        """Its parts."""
        return [*self.numbers, *self.names, *self.plates]

    @property
    def box(self) -> Box:
        """It as a box whose origin is that of the train."""
        pairs = zip_longest(self.names, self.numbers)
        each = [Column(*filter(None, pair), gap=ROWS, align="origin", anchor=0) for pair in pairs]
        numbers = Near(each, at=self.train.columns, levels=2, within=WITHIN)
        plates = Near(self.plates, at=self.train.mesh_columns, gap=LABEL, levels=2, within=WITHIN)
        return Column(numbers, plates, gap=LABEL, align="origin", anchor=0)

    def arriving(self, i: int) -> list[Shown]:
        """Return the number under gear ``i``, and a leader to it where it stands aside."""
        shown = [*(self.names[i].shown if self.names else ()), *self.numbers[i].shown]
        place, (x, y) = placed(self.names[i] if self.names else self.numbers[i]), self.train.hub(i)
        first = max(placed(part).y for part in self.names or self.numbers)
        if abs(place.x - x) < _ASIDE or place.y < first:  # to a second line it would run over the numbers of the first
            return shown
        foot, top = y - self.train.below[i] - _FROM, place.y + 1.3 * NAME
        return [leader(self.pen.theme, (x, foot), (place.x, top)), *shown]
