"""Audit the slices that show by how much something has turned."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.plans.wheel_plan import MARK
from scenes.parts.things.shapes import sector
from studio.audit.colours import LEAST_SOLID, Tint
from studio.audit.drawn import Facts, Piece
from studio.audit.finding import Finding
from studio.audit.geometry import Space, Verdict, value_of
from studio.audit.glance import Glance
from studio.audit.kind import Kind
from studio.audit.limits import SHORT
from studio.audit.synthesis import Synthesis, fitted_to, place_finding, shape_finding

__all__ = ["ANGLE"]

Array = npt.NDArray[np.float64]
_LEAST: Final = 8.0  # pixels: a narrower slice is a sliver
_INNER, _CLEAR = 0.105, 0.03  # frame units: where it begins, and what is clear round it; stated twice, on purpose


class AngleScale(Kind):
    """A slice between the mark's direction at rest and now."""

    valued, scaled, layered = True, True, True
    tint = Tint(crossed=True, least=LEAST_SOLID)  # a sliver is all edge

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield how far the slice is from scale times value."""
        yield _verdict(space, row, sample)

    def pieces(self, row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        """Return what is clear round the slice, and the slice; of no turn, nothing."""
        if len(sample.ends) != 3:
            return []
        turned = (sample.value.number if sample.value else 0.0) * (row.scale or 0.0)
        return _slice(np.array(sample.ends[0]), _reach(sample, facts), MARK, MARK + turned, facts)

    def check(self, glance: Glance) -> Iterator[Finding]:
        """Yield angle, radius, place and shape of a slice."""
        sample, facts = glance.sample, glance.facts
        if len(sample.ends) != 3 or sample.value is None:
            return
        if len(sample.colours) != 2:
            yield glance.finding("shapes", np.inf, glance.limits.lettering, "", "it has not the pieces of its kind")
            return
        hub, radius, turned = (
            np.array(sample.ends[0]),
            _reach(sample, facts),
            sample.value.number * (glance.row.scale or 0.0),
        )
        size = radius * facts.unit

        def build(by: Array) -> list[tuple[Piece, str]]:
            start, end = MARK + by[3] / size, MARK + turned + by[4] / size
            pieces = _slice(hub + by[:2], radius + by[2] / facts.unit, start, end, facts)
            return list(zip(pieces, sample.colours, strict=True))

        scene = Synthesis.of(glance, build(np.zeros(5)))
        if not scene.shows([piece for piece, _ in build(np.zeros(5))]):
            return  # so thin a sliver that no pixel tells it; the angle of its wheel is measured by its teeth
        by = fitted_to(scene, build, 5)
        is_wide = abs(turned) * size >= _LEAST
        if is_wide and glance.resting:
            yield place_finding(glance, by)
        if is_wide or glance.resting:  # in a sweep an encoder smears a sliver
            yield _angle(glance, float(by[4] - by[3]), size)
            yield shape_finding(glance, scene.misfit(build(by)), None if is_wide else glance.limits.thin)


def _angle(glance: Glance, off: float, size: float) -> Finding:
    """Return by how many degrees a slice is too wide; at its bow as much is allowed as a place may be off."""
    least = glance.limits.direction if size >= SHORT else glance.limits.short_direction
    wider, limit = float(np.degrees(off / size)), max(least, float(np.degrees(glance.place_limit / size)))
    return glance.finding("slice angles", abs(wider), limit, "deg", f"it is {wider:+.2f} degrees wider than its value")


def _verdict(space: Space, row: ShownRow, sample: SampleRow) -> Verdict:
    """Compare the slice between the direction of rest and now with scale times value."""
    value = value_of(sample)
    shown = math.nan if sample.shown is None else sample.shown
    turned = value * (row.scale or 0.0)
    if value == 0.0 and not sample.ends:
        return 0.0 if shown == 0.0 else math.inf, f"it stands for {shown!r}, its value is 0", sample
    if len(sample.ends) != 3:
        return math.inf, "it does not say between which points it is measured", sample
    hub, start, end = (space.placed(point) for point in sample.ends)
    radius = math.dist(hub, start)
    off = [math.dist(start, _from(hub, radius, MARK)), math.dist(end, _from(hub, radius, MARK + turned))]
    off.append(abs(shown - value) * (row.scale or 0.0) * radius)
    error = max(off) * space.unit if not any(map(math.isnan, off)) else math.inf
    return error, f"its angle stands for {shown!r}, its value is {value!r}", sample


def _from(hub: tuple[float, float], radius: float, direction: float) -> tuple[float, float]:
    return hub[0] + radius * math.cos(direction), hub[1] + radius * math.sin(direction)


def _slice(hub: Array, radius: float, start: float, end: float, facts: Facts) -> list[Piece]:
    """Return what is clear round a slice, and the slice between two directions; the hub in pixels."""
    points = facts.placed(sector(np.zeros(3), _INNER, radius, start, end), hub)
    return [Piece(points, 2 * _CLEAR * facts.unit), Piece(points)]


def _reach(sample: SampleRow, facts: Facts) -> float:
    """Return how far the second end of a sample is from the first, in frame units."""
    return float(np.linalg.norm(np.subtract(sample.ends[1], sample.ends[0]) / facts.units))


ANGLE: Final = AngleScale()
