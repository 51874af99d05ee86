"""A path: where two quantities stand after each step, as dots joined by straight lines, as far as a sweep has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Axis
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import STROKES_PER_UNIT
from scenes.parts.things.answers import Place, Told
from scenes.parts.things.base import Bound, Paint, Reading, Source, moved
from scenes.parts.things.shapes import clipped, disc

__all__ = ["Path"]

Points = npt.NDArray[np.float64]
STROKE, DOT, HEAD = 0.022, 0.05, 0.085
"""Width of the line; radii of the dots, and of the one at its end."""

APART: Final = 2.2  # radii: a dot nearer to the one before is left out, so that a crowd does not run together
_NOTHING: Final = np.zeros((0, 3))
_EDGE: Final = 1e-9  # frame units


class Path(Bound):
    """The way of two quantities in the plane of two axes, a dot for each step; what lies beyond the plane is cut off.

    Parameters
    ----------
    ys, xs
        Where it stands after each step, the start first: numbers side by side, as many of both.
    until
        The step that it has come to, whole or on the way to the next; None is the whole path.
    stroke
        Width of its line.
    """

    kind = "path"
    measures = True

    def __init__(
        self,
        ys: Quantity,
        y_axis: Axis,
        xs: Quantity,
        x_axis: Axis,
        *,
        colour: str,
        until: Source | None = None,
        stroke: float = STROKE,
    ) -> None:
        self.xs, self.x_axis, self.y_axis, self.until, self.stroke = xs, x_axis, y_axis, until, stroke
        across, up = (np.asarray(each.value, dtype=np.float64) for each in (xs, ys))
        self._corners = np.stack([x_axis.point(across)[:, 0], y_axis.point(up)[:, 1], np.zeros(len(across))], axis=1)
        self._box = np.array(x_axis.start), np.array([x_axis.end[0], y_axis.end[1], 0.0])
        super().__init__(ys, [Paint(colour, stroke=stroke * STROKES_PER_UNIT), Paint(colour), Paint(colour)])

    @property
    def sources(self) -> tuple[Source, ...]:
        """Its own quantity, and the step that it has come to."""
        return (self.source, self.until) if self.until else (self.source,)

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The axis across, and that upward."""
        return self.x_axis, self.y_axis

    def fields(self, place: Place) -> dict[str, Any]:
        """Return what it is drawn against, what moves it, and how large its parts are."""
        until = self.until.now.name if self.until else None
        sizes = {"dot": DOT, "head": HEAD}
        return {
            **super().fields(place),
            "across": self.xs.name,
            "through": until,
            "stroke": self.stroke,
            "sizes": sizes,
        }

    def told(self) -> Told:
        """Return the step that it has come to."""
        return replace(super().told(), values=(self.until.now.number,) if self.until else ())

    def outlines(self) -> Sequence[Points]:
        """Return the line, the dots of the steps, and the dot at its end."""
        reached = self._reached()
        low, high = self._box
        steps, kept = reached[:-1], list[Points]()
        for step in steps:
            if not kept or np.hypot(*(step - kept[-1])[:2]) >= APART * DOT:
                kept.append(step)
        dots = [disc(step, DOT) for step in kept if _inside(step, low, high)]
        head = disc(reached[-1], HEAD) if _inside(reached[-1], low, high) else _NOTHING
        return [clipped(reached, low, high), np.concatenate([_NOTHING, *dots]), head]

    @property
    def corners(self) -> Points:
        """Where its steps stand, shape (n, 3)."""
        return self._corners

    def bodies(self) -> Sequence[Points]:
        """Return each of its straight pieces and each of its dots."""
        line, dots, head = (piece.points for piece in self.submobjects)
        round_one = len(disc(np.zeros(3), DOT))
        return [*np.split(line, len(line) // 4 or 1), *np.split(dots, len(dots) // round_one or 1), head]

    def _reached(self) -> Points:
        """Return the corners as far as it has come: those of whole steps, and where it is now."""
        last = len(self._corners) - 1
        step = min(self.until.now.number, last) if self.until else float(last)
        whole = min(int(step), last)
        here = self._corners[whole]
        if step > whole:
            here = here + (self._corners[whole + 1] - here) * (step - whole)
        return np.concatenate([self._corners[: whole + 1], here[None]])

    def reading(self) -> Reading:
        """Return where it begins and where it has come to, as it is drawn; nothing of what lies beyond the plane."""
        ends = [(points.min(axis=0) + points.max(axis=0)) / 2 for points in (self._first, self.submobjects[2].points)
                if len(points)]  # fmt: skip
        return Reading(ends=tuple((float(x), float(y)) for x, y, _ in ends))

    @property
    def _first(self) -> Points:
        dots = self.submobjects[1].points
        return np.asarray(dots[: len(disc(np.zeros(3), DOT))])

    def fault(self) -> str | None:
        """Return what is drawn wrongly: beside its axes it would be read as other numbers."""
        return super().fault() or moved(self, "its axes")


def _inside(point: Points, low: Points, high: Points) -> bool:
    """Return whether a point lies between two corners, or on an edge, however the numbers of both are rounded."""
    return bool((low[:2] - _EDGE <= point[:2]).all() and (point[:2] <= high[:2] + _EDGE).all())
