"""What a push is, in words at a train: the force at a tooth, with what leads there, and force times radius."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

import numpy as np

from scenes.parts.page import Box, Near
from scenes.parts.things.base import Shown
from scenes.parts.things.gear_train import WITHIN, GearTrain
from scenes.parts.things.letters import words
from scenes.parts.things.mesh_line import meets
from scenes.parts.things.part import Part, instead, or_nothing
from scenes.parts.things.push_line import PushLine
from scenes.parts.things.spoke import ToothPush
from scenes.parts.things.wire import leader, placed

__all__ = ["ForceWords"]

_OVER: Final = 0.2  # from wheels, and from names beside them, to words over them
_CLEAR: Final = 0.08  # from words, an arrow or a number to what leads there; and from that to a name
_SHORTEST: Final = 0.2  # no leader is shorter


class ForceWords:
    """The force over a mesh, or under it where there is no room over the wheels; force times radius under its gear.

    Parameters
    ----------
    line
        The numbers under the gears.
    mesh
        The place of the mesh; the gear is the one behind it.
    legend, arms
        The words for the force, as they stand under the mesh, and those for force times radius.
    """

    def __init__(self, train: GearTrain, line: PushLine, mesh: int, legend: Part, arms: Part) -> None:
        self.train, self.line, self.mesh, self.arms = train, line, mesh, arms
        self._words = words(train.pen, "legend", colour="ink", align="centre", most=1, called="legend over")
        self._leaf_over, self._leaf_under = or_nothing(self._words, "known"), instead(legend, "known")

    @property
    def row(self) -> Near:
        """What stands under the numbers, as a box whose origin is that of the train."""
        at = self.train.mesh_columns[self.mesh], self.train.columns[self.mesh + 1]
        return Near([self._leaf_under, self.arms], at=at, within=WITHIN)

    @property
    def over(self) -> Box:
        """What stands over the mesh, clear of all wheels and names that it reaches, as such a box."""
        room, train = self._words.form, self.train
        half = room.across.least / 2
        at = min(max(train.mesh_columns[self.mesh], half - WITHIN), WITHIN - half)
        tops = [train.top(i) for i, column in enumerate(train.columns) if abs(column - at) < half + _OVER]
        up = max([train.under(at, half) + _OVER, *tops]) + room.upright.after
        return Near([self._leaf_over], at=[at], within=WITHIN, drops=[-up])

    @property
    def under(self) -> list[Part]:
        """The words that stand under the numbers."""
        return [part for part in (cast(Part, self._leaf_under.part), self.arms) if part.shown]

    def said(self, pushes: Sequence[ToothPush]) -> list[Part | Shown]:
        """Return all of it, with what leads from the pushes at the mesh, and from the number of the gear."""
        above, below = (cast(Part, leaf.part) for leaf in (self._leaf_over, self._leaf_under))
        leaders = [led for note, way in ((above, 1), (below, -1)) for led in self._from_teeth(note, pushes, way)]
        return [*leaders, *self._from_number(), above, below, self.arms]

    def _from_teeth(self, note: Part, pushes: Sequence[ToothPush], way: int) -> list[Shown]:
        """Return what leads up (1) or down (-1) to words, from the arrow that is nearest to them in height."""
        drawn = [push.bodies()[1][:, :2] for push in pushes]
        ends = sorted((each[(way * each[:, 1]).argmax()].tolist() for each in drawn), key=lambda end: -way * end[1])
        return next(filter(None, (self._led(note, (x, y + way * _CLEAR), way) for x, y in ends)), [])

    def _from_number(self) -> list[Shown]:
        """Return what leads from the number of the gear down to force times radius."""
        if self.mesh + 1 not in self.line.spots:
            return []
        said = placed(self.line.numbers[self.line.spots.index(self.mesh + 1)])
        return self._led(self.arms, (said.x, said.y - said.down - _CLEAR), -1)

    def _led(self, note: Part, start: tuple[float, float], way: int) -> list[Shown]:
        """Return the shortest leader to words that is clear of numbers and names, if there is one."""
        place, (x, y) = placed(note), start
        edge = place.y - place.down - _CLEAR if way > 0 else place.y + place.up + _CLEAR
        if not note.shown or way * (edge - y) < _SHORTEST:
            return []
        for end in sorted(np.linspace(place.x - place.left, place.x + place.right, 41), key=lambda end: abs(end - x)):
            if self._is_free(start, (float(end), edge)):
                return [leader(self.train.pen.theme, start, (float(end), edge))]
        return []

    def _is_free(self, start: tuple[float, float], end: tuple[float, float]) -> bool:
        """Return whether a leader runs over no number, and not close by a name."""
        names = (body[:, :2] for name in self.train.names for body in name.bodies() if len(body))
        way = np.linspace(start, end, 21)[:, None]
        near = (bool(np.linalg.norm(way - name, axis=2).min() < _CLEAR) for name in names)
        return not any(near) and not any(meets(start, end, part) for part in self.line.numbers)
