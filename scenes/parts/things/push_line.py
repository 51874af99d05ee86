"""The push on each shaft, as a number under its gear, and between two gears the slope that multiplies it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from scenes.parts.page import LABEL, Box, Column, Near
from scenes.parts.theme import VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.gate import gate
from scenes.parts.things.gear_train import GearTrain
from scenes.parts.things.letters import number
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
        form = "equation" if train.crowded else "number"
        self.numbers = [number(pen, name, form=form, called=f"push {name}") for name in pushes]  # type: ignore[arg-type]
        self.plates = [gate(pen, name) for name in slopes]

    @property
    def parts(self) -> list[Part]:
        """Its parts."""
        return [*self.numbers, *self.plates]

    @property
    def box(self) -> Box:
        """It as a box whose origin is that of the train."""
        numbers = Near(self.numbers, at=self.train.columns, levels=3)
        plates = Near(self.plates, at=self.train.mesh_columns, levels=2)
        return Column(numbers, plates, gap=LABEL, align="origin", anchor=0)

    def arriving(self, i: int) -> list[Shown]:
        """Return the number under gear ``i``, and a leader to it where it stands aside."""
        place, (x, y) = placed(self.numbers[i]), self.train.hub(i)
        if abs(place.x - x) < _ASIDE:
            return [*self.numbers[i].shown]
        foot, top = y - self.train.below[i] - _FROM, place.y + 1.3 * VALUE
        return [leader(self.pen.theme, (x, foot), (place.x, top)), *self.numbers[i].shown]
