"""Positions that measure: dots on axes, and curves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Axis
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import DIM_LINE, STROKES_PER_UNIT
from scenes.parts.things.answers import Place, Remedy, Told
from scenes.parts.things.base import Bound, Paint, Reading, Source, as_source, moved
from scenes.parts.things.shapes import disc, polyline

__all__ = ["Curve", "Dot"]

Points = npt.NDArray[np.float64]


class Dot(Bound):
    """A dot on an axis, or in the plane of two axes when a second quantity and a second axis are given."""

    kind = "dot"
    measures = True

    def __init__(
        self,
        source: Quantity | Source,
        axis: Axis,
        *,
        across: tuple[Source | Quantity, Axis] | None = None,
        colour: str,
        radius: float = 0.09,
    ) -> None:
        self.axis, self.radius = axis, radius
        self.across = (as_source(across[0]), across[1]) if across else None
        super().__init__(source, [Paint(colour)])

    @property
    def sources(self) -> tuple[Source, ...]:
        """Its own quantity, and the one it is drawn against."""
        return (self.source, self.across[0]) if self.across else (self.source,)

    @property
    def axes(self) -> tuple[Axis, ...]:
        """Its own axis, and the one across."""
        return (self.axis, self.across[1]) if self.across else (self.axis,)

    def told(self) -> Told:
        """Return its number, and the one that it is drawn against."""
        return replace(super().told(), values=(self.across[0].now.number,) if self.across else ())

    def fields(self, place: Place) -> dict[str, Any]:
        """Return what it is drawn against."""
        return {**super().fields(place), "across": self.across[0].now.name if self.across else None}

    @property
    def unit(self) -> float:
        """Frame units for one unit along its axis."""
        return self.axis.scale.per_unit

    @property
    def remedy(self) -> Remedy | None:
        """What moves it away: a wider range."""
        return Remedy(2, f"widen {self.axis.key}", self.axis.key)

    @property
    def place(self) -> Points:
        """Where the centre should be, shape (3,): the across axis gives x, the dot's own axis gives y."""
        point = self.axis.point(self.quantity.number)
        if self.across is None:
            return point
        source, axis = self.across
        return np.array([axis.point(source.now.number)[0], point[1], 0.0])

    def outlines(self) -> Sequence[Points]:
        """Return the disc."""
        return [disc(self.place, self.radius)]

    def reading(self) -> Reading:
        """Return the number under the drawn centre."""
        points = self.submobjects[0].points
        centre = (points.min(axis=0) + points.max(axis=0)) / 2
        return Reading(value=self.axis.value(centre), ends=((float(centre[0]), float(centre[1])),))

    def fault(self) -> str | None:
        """Return what is drawn wrongly: a dot beside its axes would be read as another number."""
        return super().fault() or moved(self, "its axes")


class Curve(Bound):
    """One quantity against another along a sweep, as a line through every computed point.

    Parameters
    ----------
    until
        The live x and y that it grows with: x comes from the high end of the sweep, and the curve
        reaches only as far as it has come, and ends exactly there.
    """

    kind = "curve"
    keeps = DIM_LINE

    def __init__(
        self,
        ys: Quantity,
        y_axis: Axis,
        xs: Quantity,
        x_axis: Axis,
        *,
        colour: str,
        stroke: float = 4.0,
        until: tuple[Source, Source] | None = None,
    ) -> None:
        self.xs, self.x_axis, self.y_axis, self.until = xs, x_axis, y_axis, until
        across, up = np.asarray(xs.value), np.asarray(ys.value)
        self._corners = np.stack([x_axis.point(across)[:, 0], y_axis.point(up)[:, 1], np.zeros(len(across))], axis=1)
        self._whole = polyline(self._corners)
        super().__init__(ys, [Paint(colour, stroke=stroke)])

    def let_go(self) -> None:
        """Stop following the sweep: from now on the whole line stands."""
        self.until = None

    @property
    def sources(self) -> tuple[Source, ...]:
        """Its own quantity, and the live ones that it grows with."""
        return (self.source, *(self.until or ()))

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The axis of x, and that of y."""
        return self.x_axis, self.y_axis

    def fields(self, place: Place) -> dict[str, Any]:
        """Return what it is drawn against, and how wide the line is."""
        stroke = float(self.submobjects[0].get_stroke_width()) / STROKES_PER_UNIT
        return {**super().fields(place), "across": self.xs.name, "stroke": stroke}

    def outlines(self) -> Sequence[Points]:
        """Return the line through the points of the sweep."""
        if self.until is None:
            return [self._whole]
        x, y = (source.now.number for source in self.until)
        across = np.asarray(self.xs.value)
        end = np.array([self.x_axis.point(x)[0], self.y_axis.point(y)[1], 0.0])
        behind = int(np.searchsorted(across, x, side="right"))
        return [np.concatenate([polyline([end, *self._corners[behind : behind + 1]]), self._whole[4 * behind :]])]

    def reading(self) -> Reading:
        """Return both ends of the drawn line."""
        points = self.submobjects[0].points
        return Reading(ends=tuple((float(p[0]), float(p[1])) for p in points[[0, -1]]) if len(points) else ())

    def fault(self) -> str | None:
        """Return what is drawn wrongly: a curve beside its axes would be read as other numbers."""
        return super().fault() or moved(self, "its axes")
