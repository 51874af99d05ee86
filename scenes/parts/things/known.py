"""What is known at the gears of a train: their values, over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scenes.parts.page import ROWS, Box, Column, Leaf, Near
from scenes.parts.theme import LABEL
from scenes.parts.things.base import Shown
from scenes.parts.things.gear_train import WITHIN, GearTrain
from scenes.parts.things.letters import number
from scenes.parts.things.part import Part, or_nothing, shown_of
from scenes.parts.things.pen import Pen

__all__ = ["Known"]


class Known:
    """Small numbers over the gears, each with its symbol, where all have room; over crowded gears there are none.

    Parameters
    ----------
    names
        The quantity over each gear.
    spots
        The places of the gears that have one.
    over
        What stands over some of them: quantities by the places of the gears.
    """

    def __init__(
        self,
        pen: Pen,
        train: GearTrain,
        names: Sequence[str],
        spots: Sequence[int],
        over: Mapping[int, str] | None = None,
    ) -> None:
        self.train, self.spots = train, () if train.crowded or len(spots) < len(names) else tuple(spots)
        self._leaves, self._over = (
            {i: or_nothing(number(pen, of[i], height=LABEL, form="equation", called=f"known {of[i]}"), "known")
             for i in self.spots if i in of}
            for of in (dict(enumerate(names)), over or {})
        )  # fmt: skip

    @property
    def box(self) -> Box:
        """It as a box whose origin is that of the train."""
        drops = [-self.train.top(i) for i in self.spots]
        each = [self._column(*(of[i] for of in (self._over, self._leaves) if i in of)) for i in self.spots]
        return Near(each, at=[self.train.columns[i] for i in self.spots], within=WITHIN, drops=drops)

    @staticmethod
    def _column(*leaves: Leaf) -> Column:
        """Return what stands at a gear, its own number at the bottom."""
        return Column(*leaves, gap=ROWS, align="origin", anchor=len(leaves) - 1)

    def at(self, i: int) -> Sequence[Shown]:
        """Return what stands over gear ``i``."""
        parts = [of[i].part for of in (self._over, self._leaves) if i in of]
        return shown_of(*(part for part in parts if isinstance(part, Part)))

    @property
    def everything(self) -> list[Shown]:
        """All of it."""
        return [shown for i in self.spots for shown in self.at(i)]
