"""The loss over the rate of a step: what its slope promises, and what is found, at the rate that was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from scenes.parts.measure import Scale
from scenes.parts.page import Need, Place
from scenes.parts.page.near import apart
from scenes.parts.recipe.quantity import Role
from scenes.parts.theme import CURVE, LABEL, STROKES_PER_UNIT, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.letters import room_of
from scenes.parts.things.path import HEAD
from scenes.parts.things.plane import Plane
from scenes.parts.things.plot import Curve, Dot

__all__ = ["RatePlane"]

_AFTER: Final = 0.24  # from a dot to what it is called
_BETWEEN: Final = 0.18  # from words to their number
_LINE: Final = 0.38  # from one of them to the next
_BAR: Final = 0.05  # width of the bar between both dots


@dataclass
class RatePlane(Plane):
    """Two curves from one point as far as the rate, and what lies between their ends; its quantities are `OneStep`'s.

    Parameters
    ----------
    says
        The keys of what is said of the promised end, of the gap, and of the end that is found.
    """

    says: tuple[str, str, str] = ("", "", "")

    @cached_property
    def ends(self) -> list[tuple[Lettering, Lettering]]:
        """Words and number at the promised end, at the gap, and at the end that is found."""
        roles: tuple[Role, Role, Role] = ("gradient", "ink", "loss")
        each = zip(self.says, ("promised", "gap", "new_L"), roles, strict=True)
        return [
            (self.pen.words(key, height=LABEL, colour=role), self.pen.readout(name, height=VALUE, align="left"))
            for key, name, role in each
        ]

    @property
    def aside(self) -> float:
        """What stands at the ends."""
        return _AFTER + max(said.advance + _BETWEEN + room_of(number).across.least for said, number in self.ends)

    def _draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        super()._draw(place, scales)
        self.slope, self.curve = self._curve("slope_L", "slope_rate"), self._curve("over_L", "over_rate")
        self.promised, self.found = self._dot("promised"), self._dot("new_L")
        self.gap = self.pen.curve("gap_L", self.up, "gap_rate", self.across, stroke=_BAR * STROKES_PER_UNIT)
        self._place_ends()
        texts = [piece for pair in self.ends for piece in pair]
        return [*self.frame, self.gap, self.slope, self.curve, self.promised, self.found, *texts]

    def _curve(self, y: str, x: str) -> Curve:
        return self.pen.curve(y, self.up, x, self.across, stroke=CURVE * STROKES_PER_UNIT)

    def _dot(self, name: str) -> Dot:
        known = self.pen.quantities
        colour = self.pen.colour_of(known[name])
        return Dot(known[name], self.up, across=(known["rate"], self.across), colour=colour, radius=HEAD)

    def _place_ends(self) -> None:
        """Stand what is said right of the dots and between them, as near as the others let it."""
        low, high = float(self.promised.place[1]), float(self.found.place[1])
        at = {0: low, 1: (low + high) / 2, 2: high}
        order = sorted(at, key=at.__getitem__)
        foot, top = self.up.start[1], self.up.end[1]
        middle, half = (foot + top) / 2, (top - foot) / 2
        needs = [Need(LABEL / 2, LABEL / 2)] * len(order)
        places = apart([at[i] - middle for i in order], needs, _LINE - LABEL, half)
        for i, y in zip(order, places, strict=True):
            said, number = self.ends[i]
            x = self.across.end[0] + _AFTER
            said.at(x, middle + y - LABEL / 2)
            number.at(x + said.advance + _BETWEEN + room_of(number).across.before, middle + y - LABEL / 2)
