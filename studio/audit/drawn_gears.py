"""What wheels and the marks on them look like in pixels: the outlines that an audit looks for.

Sizes are stated here a second time, as in `drawn`; the outline of a wheel is planned by the clip's settings.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.plans.rack_plan import RackPlan
from scenes.parts.plans.sector_plan import SectorPlan
from scenes.parts.plans.wheel_plan import MARK, WheelPlan
from scenes.parts.things.shapes import arc_arrow, dashed_circle, disc, polygon, rectangle, sector, spatial
from studio.audit.drawn import HEAD, SHAFT, Facts, Piece, arrow_pieces
from studio.audit.turned import SENSE_HALF, plan_of_sense

__all__ = [
    "GEARED",
    "WHEELS",
    "Pose",
    "dashes_of",
    "dial_piece",
    "geared_pieces",
    "rack_pieces",
    "reach",
    "ring_piece",
    "sector_pieces",
    "sense_pieces",
    "wheel_pieces",
]

Array = npt.NDArray[np.float64]
WHEELS: Final = ("gear", "idler", "sector", "rack")
GEARED: Final = (*WHEELS, "spoke", "sense", "dial", "circle")
_RIM, _HUB, _MARK = 0.025, 0.08, (0.72, 0.06)  # stroke; radius; where the mark begins, of the radius, and its width
_SPECK, _FREE = 0.05, (0.12, 0.06)  # radius of a dot at least; radii of a free hub
_TICK = 0.03  # width of a fine line
_CIRCLE, _DASH = 0.03, 0.11  # stroke of a pitch circle; about the length of a dash
_NOTHING: Final = Piece(np.zeros((0, 2)))


@dataclass(frozen=True)
class Pose:
    """How a wheel stands: its hub in pixels, how far it has turned from rest, and how many times as large it is."""

    hub: Array
    angle: float
    size: float = 1.0


def wheel_pieces(plan: WheelPlan, pose: Pose, facts: Facts) -> list[Piece]:
    """Return body, rim, mark and hub of a wheel; of a wheel too small for teeth only the last, a disc or a ring."""
    if isinstance(plan, SectorPlan):
        return sector_pieces(plan, pose, facts)
    if isinstance(plan, RackPlan):
        return rack_pieces(plan, pose, facts)
    centre = np.zeros(3)
    if plan.outline is None:
        small = max(plan.pitch_radius, _SPECK) * pose.size
        outline = disc(centre, small) if plan.pitch_radius else disc(centre, *(part * pose.size for part in _FREE))
        return [_NOTHING, _NOTHING, _NOTHING, Piece(_placed(outline, pose.hub, facts))]
    body = polygon(spatial(plan.outline @ _rotation(plan.rest + pose.angle).T * pose.size))
    outline, hub = (_placed(shape, pose.hub, facts) for shape in (body, disc(centre, _HUB)))
    rim = Piece(outline, _RIM * facts.unit, straight=True)
    return [Piece(outline, straight=True), rim, _mark_piece(plan, pose, facts), Piece(hub)]


def _mark_piece(plan: WheelPlan, pose: Pose, facts: Facts) -> Piece:
    """Return the mark that shows how far a wheel has turned, of one that has a mark."""
    if plan.mark is None:
        return _NOTHING
    direction, (start, width) = plan.mark + pose.angle, _MARK
    tip = np.array([math.cos(direction), math.sin(direction), 0.0]) * plan.pitch_radius * pose.size
    return Piece(_placed(rectangle(tip * start, tip, width), pose.hub, facts), straight=True)


def rack_pieces(plan: RackPlan, pose: Pose, facts: Facts) -> list[Piece]:
    """Return body, rim, the line across, and the pin of an arm; it never turns, and its size is its plan's."""
    shape = polygon(spatial(plan.outline)) if plan.outline is not None else np.zeros((0, 3))
    outline, (start, end) = _placed(shape, pose.hub, facts), spatial(plan.line)
    line = _placed(rectangle(start, end, _MARK[1]), pose.hub, facts)
    pin = Piece(_placed(disc(np.array([*plan.pin, 0.0]), _HUB), pose.hub, facts)) if plan.pin else _NOTHING
    rim = Piece(outline, _RIM * facts.unit, straight=True)
    return [Piece(outline, straight=True), rim, Piece(line, straight=True), pin]


def sector_pieces(plan: SectorPlan, pose: Pose, facts: Facts) -> list[Piece]:
    """Return body, rim, mark, hub and fine lines of a wheel that is not round; a bore shows the ground."""
    turn = _rotation(plan.rest + pose.angle).T * pose.size
    holes = [plan.opening[::-1]] if plan.opening is not None else []
    shapes = [polygon(spatial(shape @ turn)) for shape in (plan.outline, *holes) if shape is not None]
    bore = [disc(np.zeros(3), plan.bore * pose.size)[::-1]] if plan.bore else []
    outline = _placed(np.concatenate([*shapes, *bore]), pose.hub, facts)
    direction = plan.mark + pose.angle
    along = np.array([math.cos(direction), math.sin(direction), 0.0]) * pose.size
    mark = rectangle(along * plan.mark_from, along * plan.pitch_radius, _MARK[1])
    covered = plan.opening is not None  # by the disc that stands in the opening
    centre = disc(np.zeros(3), (plan.bore or _HUB) * pose.size)
    hub = _NOTHING if covered else Piece(_placed(centre, pose.hub, facts))
    ends = [spatial(line @ turn) for line in plan.ticks]
    lines = [rectangle(start, end, _TICK) for start, end in ends]
    ticks = Piece(_placed(np.concatenate(lines), pose.hub, facts), straight=True) if lines else _NOTHING
    straight = not plan.bore
    rim = Piece(outline, _RIM * facts.unit, straight=straight)
    return [Piece(outline, straight=straight), rim, Piece(_placed(mark, pose.hub, facts), straight=True), hub, ticks]


def sense_pieces(row: ShownRow, sample: SampleRow, facts: Facts, value: float, filled: bool) -> list[Piece]:
    """Return shaft and head of the arrow that is bent the way of a value, where the ledger says that it lies."""
    ends = [_framed(end, facts) for end in sample.ends]
    plan = plan_of_sense(facts.wheels, row, [(float(x), float(y)) for x, y in ends])
    if plan is None or len(ends) != 2:
        return []
    radius, half = math.dist(ends[0], plan.centre), math.copysign(SENSE_HALF, value)
    head = min(HEAD, 0.6 * radius)
    turned = MARK - half, MARK + half
    shapes = arc_arrow(np.zeros(3), radius, *turned, width=SHAFT * head / HEAD, head=head, filled=filled)
    hub = _pixel(np.array(plan.centre), facts)
    return [Piece(_placed(shape, hub, facts)) for shape in shapes]


def dial_piece(hub: Array, radius: float, start: float, end: float, facts: Facts) -> Piece:
    """Return the slice between two directions; the hub in pixels, the radius in frame units."""
    return Piece(_placed(sector(np.zeros(3), radius, start, end), hub, facts))


def ring_piece(hub: Array, radius: float, facts: Facts, dashes: int) -> Piece:
    """Return a dashed circle; the hub in pixels, the radius in frame units."""
    return Piece(_placed(dashed_circle(np.zeros(3), radius, dashes), hub, facts), _CIRCLE * facts.unit)


def dashes_of(radius: float) -> int:
    """Return of how many dashes a circle is made."""
    return max(8, round(math.pi * radius / _DASH))


def geared_pieces(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
    """Return what a wheel or a mark on it looks like; nothing where the ledger does not say enough."""
    ends = [np.array(end) for end in sample.ends]
    if row.kind in WHEELS:
        plan = facts.wheels.plan(row, sample)
        return wheel_pieces(plan, Pose(ends[0], sample.angle or 0.0), facts) if plan and ends else []
    value = sample.value.number if sample.value else 0.0
    if row.kind == "spoke" and len(ends) == 2:
        return arrow_pieces(ends[0], ends[1], facts, width=SHAFT * facts.unit, filled=value > 0)[:2]
    if row.kind == "sense":
        return sense_pieces(row, sample, facts, value, value > 0)
    if row.kind == "dial" and len(ends) == 3:
        return [dial_piece(ends[0], reach(sample, facts), MARK, MARK + value * (row.scale or 0.0), facts)]
    if row.kind == "circle" and len(ends) == 2:
        radius = abs(value) * (row.scale or 0.0)
        return [ring_piece(ends[0], radius, facts, row.dashes or dashes_of(radius))]
    return []


def reach(sample: SampleRow, facts: Facts) -> float:
    """Return how far the second end of a sample is from the first, in frame units."""
    return float(np.linalg.norm(np.subtract(sample.ends[1], sample.ends[0]) / facts.units))


def _framed(pixel: tuple[float, float], facts: Facts) -> Array:
    return np.asarray((np.array(pixel) - facts.middle) / facts.units)


def _pixel(point: Array, facts: Facts) -> Array:
    return np.asarray(point * facts.units + facts.middle)


def _placed(points: Array, hub: Array, facts: Facts) -> Array:
    """Return points about a hub, shape (n, 3) in frame units, in pixels, shape (n, 2)."""
    return np.asarray(points[:, :2] * facts.units + hub)


def _rotation(angle: float) -> Array:
    c, s = math.cos(angle), math.sin(angle)
    return np.array([[c, -s], [s, c]])
