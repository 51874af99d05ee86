"""Audit tangents: slope, and the point that they pass through."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.things.shapes import polyline, spatial
from studio.audit.drawn import Facts, Piece
from studio.audit.finding import Finding
from studio.audit.geometry import Space, Verdict, nan_as_inf
from studio.audit.glance import Glance
from studio.audit.kind import Kind
from studio.audit.limits import SHORT
from studio.audit.synthesis import Synthesis, faintness, fitted_to, shape_finding

__all__ = ["TANGENT"]

Array = npt.NDArray[np.float64]
_WIDTH: Final = 0.04  # frame units


@dataclass(frozen=True)
class Line:
    """A straight thing: both ends, shape (2,) each, and its width, in pixels."""

    start: Array
    end: Array
    width: float

    def moved(self, by: Array) -> Line:
        """Return the line with its start and end moved along and across, and its width changed, by five numbers."""
        way = self.end - self.start
        along = way / (np.linalg.norm(way) or 1.0)
        across = np.array([-along[1], along[0]])
        start = self.start + along * by[0] + across * by[1]
        return Line(start, self.end + along * by[2] + across * by[3], self.width + by[4])


class Tangent(Kind):
    """A line through a point of the plane of two axes whose slope is a local derivative."""

    valued, axes = True, (2, 2)

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield how far it is from its slope, and from its point."""
        yield _slope(space, row, sample, live)

    def pieces(self, row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        """Return the line."""
        if len(sample.ends) != 2:
            return []
        start, end = (np.array(point) for point in sample.ends)
        return [_piece(Line(start, end, _WIDTH * facts.unit))]

    def check(self, glance: Glance) -> Iterator[Finding]:
        """Yield length, direction, width and place of a tangent."""
        if len(glance.sample.ends) != 2:
            return
        start, end = (np.array(point) for point in glance.sample.ends)
        claimed = Line(start, end, _WIDTH * glance.facts.unit)

        def build(line: Line) -> list[tuple[Piece, str]]:
            return [(_piece(line), glance.colour)]

        scene = Synthesis.of(glance, build(claimed))
        found = claimed.moved(fitted_to(scene, lambda by: build(claimed.moved(by)), 5))
        off = found.end - found.start, claimed.end - claimed.start
        turn = float(np.degrees(abs(np.arctan2(off[0][0] * off[1][1] - off[0][1] * off[1][0], off[0] @ off[1]))))
        least = glance.limits.direction if np.hypot(*(end - start)) >= SHORT else glance.limits.short_direction
        limit = least * faintness(scene.loudness(build(claimed)))
        yield glance.finding("directions", turn, limit, "deg", f"it is turned by {turn:.2f} degrees")
        away = float(np.linalg.norm((found.start + found.end) - (claimed.start + claimed.end))) / 2
        said = f"its middle is {away:.2f} px away from its point"
        yield glance.finding("positions", away, glance.place_limit, "px", said)
        contrast = min(scene.loudness(build(found)), scene.contrast_of(build(found)))  # it lies along its own curve
        yield shape_finding(glance, scene.misfit(build(found)), contrast=contrast)


def _slope(space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Verdict:
    """Compare a tangent with its slope and with the point that it passes through, its middle."""
    point = [space.value_at(name or "", sample.frame, live) for name in (row.across, row.through)]
    if len(sample.ends) != 2 or sample.value is None or sample.shown is None or None in point:
        return math.inf, "nothing says between which ends it lies, or through which point", sample
    (x0, y0), (x1, y1) = sample.ends
    middle = (x0 + x1) / 2, (y0 + y1) / 2
    error = max(space.off(axis, value or 0.0, middle) for axis, value in zip(row.axes, point, strict=True))
    across, up = (space.per_unit(axis) for axis in row.axes)
    slope = sample.value.number
    rise = slope * up / across * (x1 - x0)
    steep = math.hypot(1.0, slope * up / across)  # across the line: along it, steep ones end where rounding has them
    error = max(error, abs((y0 - y1) - rise) / steep, abs(sample.shown - slope) * up / steep)
    return nan_as_inf(error), f"it does not pass with slope {slope!r} through its point", sample


def _piece(line: Line) -> Piece:
    return Piece(polyline(spatial(np.stack([line.start, line.end])))[:, :2], line.width)


TANGENT: Final = Tangent()
