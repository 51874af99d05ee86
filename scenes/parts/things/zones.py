"""Flat zones: where a slope lies between minus a limit and the limit, hatched along an axis.

The slope is known at points along the axis and runs straight from each to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from scenes.parts.errors import StageError
from scenes.parts.measure import Axis
from scenes.parts.page import Form
from scenes.parts.page import Place as Spot
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import FINE, Theme
from scenes.parts.things.answers import Place
from scenes.parts.things.base import Bound, Paint, Reading, Shown, moved
from scenes.parts.things.decor import Decor
from scenes.parts.things.part import Part
from scenes.parts.things.shapes import polygon, rectangle

__all__ = ["HATCHING", "Zones", "flat_stretches", "swatch"]

Points = npt.NDArray[np.float64]
_NOTHING: Final = np.zeros((0, 3))
_SWATCH: Final = (0.36, 0.22)  # width and height
HATCHING: Final = 0.14  # from a line to the next, along the axis
_SHORTEST: Final = 0.03  # of a line
_WASH, _LINES = 0.2, 0.75  # so much of the quiet colour is left


class Zones(Bound):
    """Rectangles on an axis that lies flat, hatched upward to the right, wherever a slope is flatter than a limit.

    Parameters
    ----------
    slope, along
        The slope, and where on the axis: a value each per point of a sweep, rising along the axis.
    limit
        How far from 0 a flat slope may be.
    height
        How high the rectangles stand on the axis, in frame units.

    Raises
    ------
    StageError
        If the axis does not run from left to right.
    """

    kind = "zones"

    def __init__(
        self, slope: Quantity, along: Quantity, limit: Quantity, axis: Axis, *, height: float, theme: Theme
    ) -> None:
        if axis.start[1] != axis.end[1] or axis.start[0] >= axis.end[0]:
            raise StageError(f"zones: their axis {axis.key} runs from left to right")
        self.along, self.limit, self.axis, self.height_of_zones = along, limit, axis, height
        super().__init__(slope, _paints(theme))

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The axis that they stand on."""
        return (self.axis,)

    def fields(self, place: Place) -> dict[str, Any]:
        """Return where the slope is known, the limit, and how high they are."""
        sizes = {"height": self.height_of_zones}
        return {**super().fields(place), "across": self.along.name, "through": self.limit.name, "sizes": sizes}

    def grounds(self) -> tuple[object, ...]:
        """Return what the outlines follow from, which never changes."""
        return self.quantity, self.along, self.limit

    @property
    def boxes(self) -> list[tuple[float, float]]:
        """Left and right of each rectangle, from left to right, in frame units."""
        found = flat_stretches(np.asarray(self.along.value), np.asarray(self.quantity.value), self.limit.number)
        return [(float(a), float(b)) for a, b in self.axis.point(np.array(found).reshape(-1, 2))[..., 0]]

    def outlines(self) -> Sequence[Points]:
        """Return the rectangles, and the lines on them."""
        low, start = self.axis.start[1], self.axis.start[0]
        corners = [((left, low), (right, low + self.height_of_zones)) for left, right in self.boxes]
        wash = [polygon([[a, b, 0], [c, b, 0], [c, d, 0], [a, d, 0]]) for (a, b), (c, d) in corners]
        lines = [line for box in self.boxes for line in _hatched(*box, low, self.height_of_zones, start)]
        return [np.concatenate([_NOTHING, *wash]), np.concatenate([_NOTHING, *lines])]

    def reading(self) -> Reading:
        """Return the lower left and the upper right corner of each rectangle as drawn."""
        wash = self.submobjects[0].points.reshape(-1, 16, 3)
        return Reading(ends=tuple((float(x), float(y)) for box in wash for x, y, _ in (box[0], box[8])))

    def fault(self) -> str | None:
        """Return what is drawn wrongly: zones beside their axis would be read as other ones."""
        return super().fault() or moved(self, "its axis")


def swatch(theme: Theme, called: str = "swatch") -> Part:
    """Return a little hatching, to stand before the words that say what it means."""
    wide, high = _SWATCH

    def draw(place: Spot, _: object) -> Sequence[Shown]:
        left, low = place.x - wide / 2, place.y
        wash = polygon([[left, low, 0], [left + wide, low, 0], [left + wide, low + high, 0], [left, low + high, 0]])
        return [Decor(_paints(theme), [wash, np.concatenate(_hatched(left, left + wide, low, high, left))])]

    return Part(called, Form.fixed(wide / 2, wide / 2, high), draw=draw)


def _paints(theme: Theme) -> list[Paint]:
    return [Paint(theme.mixed(theme.colour("quiet"), share)) for share in (_WASH, _LINES)]


def flat_stretches(at: Points, slope: Points, limit: float) -> list[tuple[float, float]]:
    """Return where a slope lies between minus a limit and the limit, from each point straight to the next.

    Examples
    --------
    >>> flat_stretches(np.array([0.0, 1.0, 2.0, 3.0]), np.array([1.0, 0.0, 0.0, -1.0]), 0.5)
    [(0.5, 2.5)]
    """
    found: list[tuple[float, float]] = []
    for i in range(len(at) - 1):
        low, high = _share_between(slope[i], slope[i + 1], limit)
        a, b = (float(at[i] + share * (at[i + 1] - at[i])) for share in (low, high))
        if not a < b:
            continue
        joined = found and low == 0.0 and found[-1][1] == a
        found[-1:] = [(found[-1][0], b)] if joined else [*found[-1:], (a, b)]
    return found


def _share_between(one: float, other: float, limit: float) -> tuple[float, float]:
    """Return from which to which share of the way a number lies between two limits; the same one twice if never."""
    if one == other:
        return (0.0, 1.0) if abs(one) < limit else (0.0, 0.0)
    with np.errstate(over="ignore"):
        shares = sorted(float((end - one) / (other - one)) for end in (-limit, limit))
    low, high = max(0.0, shares[0]), min(1.0, shares[1])
    return (low, high) if low < high else (0.0, 0.0)


def _hatched(left: float, right: float, low: float, height: float, start: float) -> list[Points]:
    """Return the lines on one rectangle; those of all rectangles on an axis belong to one grid."""
    first, last = np.floor((left - height - start) / HATCHING), np.ceil((right - start) / HATCHING)
    found = []
    for foot in start + HATCHING * np.arange(first, last + 1):
        a, b = max(left, float(foot)), min(right, float(foot) + height)
        if (b - a) * np.sqrt(2) > _SHORTEST:
            tail, tip = (np.array([x, low + x - foot, 0.0]) for x in (a, b))
            found.append(rectangle(tail, tip, FINE))
    return found
