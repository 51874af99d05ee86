"""The loss over the rate of a step: what its slope promises, and what is found, at the rate that was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scenes.parts.measure import Scale
from scenes.parts.page import Place
from scenes.parts.theme import CURVE, STROKES_PER_UNIT
from scenes.parts.things.base import Shown
from scenes.parts.things.path import HEAD
from scenes.parts.things.plane import Plane
from scenes.parts.things.plot import Curve, Dot

__all__ = ["RatePlane"]


@dataclass
class RatePlane(Plane):
    """Two curves from one point, and the place of each at the rate; its quantities are those of `OneStep`."""

    def _draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        super()._draw(place, scales)
        self.slope, self.curve = self._curve("slope_L", "slope_rate"), self._curve("over_L", "over_rate")
        self.promised, self.found = self._dot("promised"), self._dot("new_L")
        return [*self.frame, self.slope, self.curve, self.promised, self.found]

    def _curve(self, y: str, x: str) -> Curve:
        return self.pen.curve(y, self.up, x, self.across, stroke=CURVE * STROKES_PER_UNIT)

    def _dot(self, name: str) -> Dot:
        known = self.pen.quantities
        colour = self.pen.colour_of(known[name])
        return Dot(known[name], self.up, across=(known["rate"], self.across), colour=colour, radius=HEAD)
