"""What is known at the gears of a train: their values, over them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from scenes.parts.page import NEAR, Box, Near, Need
from scenes.parts.page.near import apart
from scenes.parts.theme import LABEL
from scenes.parts.things.base import Shown
from scenes.parts.things.gear_train import WITHIN, GearTrain
from scenes.parts.things.letters import number
from scenes.parts.things.part import Part, or_nothing
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
    """

    def __init__(self, pen: Pen, train: GearTrain, names: Sequence[str], spots: Sequence[int]) -> None:
        self.train, self.spots = train, () if train.crowded else tuple(spots)
        made = [number(pen, names[i], height=LABEL, form="equation", called=f"known {names[i]}") for i in self.spots]
        self._needs = [part.form.across for part in made]
        self._leaves = {i: or_nothing(part, "known") for i, part in zip(self.spots, made, strict=True)}

    @property
    def box(self) -> Box:
        """It as a box whose origin is that of the train: each number over its gear, and over what it reaches across."""
        at = [self.train.columns[i] for i in self.spots]
        drops = [-up for up in map(self._up, self.spots, at, apart(at, self._needs, NEAR.least, WITHIN), self._needs)]
        return Near(list(self._leaves.values()), at=at, within=WITHIN, drops=drops)

    def _up(self, i: int, at: float, moved: float, need: Need) -> float:
        """Return how far over the hub line the number of a gear stands: over wheels around it, and names under it."""
        train = self.train
        up = max(train.top(i), train.over(at, need.least))  # to both sides as far as it is wide: it may stand aside
        names = train.names_in(moved - need.before, moved + need.after, up, up + LABEL)
        return max([up, *map(train.top, names)])

    def at(self, i: int) -> Sequence[Shown]:
        """Return what stands over gear ``i``."""
        return cast(Part, self._leaves[i].part).shown if i in self._leaves else ()

    @property
    def everything(self) -> list[Shown]:
        """All of it."""
        return [shown for i in self.spots for shown in self.at(i)]
