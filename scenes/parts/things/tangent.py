"""The tangent: a line through a point of a curve, whose slope is the local derivative there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Axis
from scenes.parts.things.answers import Place
from scenes.parts.things.base import TOLERANCE, Bound, Paint, Reading, Source, as_source
from scenes.parts.things.shapes import polyline

__all__ = ["Tangent"]

Points = npt.NDArray[np.float64]
_HALF: Final = 0.9  # of its length, in frame units, the same whatever the slope, where nobody says another


class Tangent(Bound):
    """A straight line through (x, y) in the plane of two axes, with a quantity as its slope.

    Parameters
    ----------
    source
        The slope, in units of the y axis per unit of the x axis.
    x, y
        The point that it passes through, each with its axis.
    half
        How far it reaches to both sides of the point, in frame units.
    """

    kind = "tangent"

    def __init__(
        self, source: Source, x: tuple[Source, Axis], y: tuple[Source, Axis], *, colour: str, half: float = _HALF
    ) -> None:
        (at_x, self.x_axis), (at_y, self.y_axis) = x, y
        self.half = half
        self.at_x, self.at_y = as_source(at_x), as_source(at_y)
        super().__init__(source, [Paint(colour, stroke=4.0)])

    @property
    def sources(self) -> tuple[Source, ...]:
        """Its slope, and the point that it passes through."""
        return (self.source, self.at_x, self.at_y)

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The axis of x, and that of y."""
        return self.x_axis, self.y_axis

    def fields(self, place: Place) -> dict[str, Any]:
        """Return the point that it passes through."""
        return {**super().fields(place), "across": self.at_x.now.name, "through": self.at_y.now.name}

    def outlines(self) -> Sequence[Points]:
        """Return the line."""
        x, y, slope = (source.now.number for source in (self.at_x, self.at_y, self.source))
        point = np.array([self.x_axis.point(x)[0], self.y_axis.point(y)[1], 0.0])
        way = np.array([self.x_axis.scale.per_unit, slope * self.y_axis.scale.per_unit, 0.0])
        way *= self.half / math.hypot(*way)  # of an axis of powers of ten the squares would be 0
        return [polyline([point - way, point + way])]

    def reading(self) -> Reading:
        """Return the slope of the drawn line, and its ends; of one that is upright the steepest that can be told."""
        points = self.submobjects[0].points
        start, end = points[0], points[-1]
        run, rise = (end - start)[:2]
        run = run or np.spacing(abs(start[0]))  # a line less steep would have had a run
        ends = tuple((float(x), float(y)) for x, y, _ in (start, end))
        return Reading(value=float(rise / run / self._steep), ends=ends)

    @property
    def _steep(self) -> float:
        """How steep a slope of 1 is drawn."""
        return self.y_axis.scale.per_unit / self.x_axis.scale.per_unit

    def misread(self, reading: Reading) -> str | None:
        """Return how its slope differs from the quantity: by how far its ends are moved, however steep it is."""
        shown, expected = reading.value or 0.0, self.source.now.number
        turned = math.atan(shown * self._steep) - math.atan(expected * self._steep)
        return f"it shows {shown!r}, the core says {expected!r}" if self.half * abs(turned) > TOLERANCE else None

    def fault(self) -> str | None:
        """Return what is drawn wrongly: slope, point, or place."""
        wrong = super().fault()
        return wrong or (None if np.abs(self.offset).max() <= TOLERANCE else "it was moved away from its axes")
