"""Angles that a ledger claims: of wheels, of the mark that shows how far one has turned, of dials and bent arrows.

All verdicts are in pixels: an angle is told by how far it moves the point that is farthest from its hub.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.plans.rack_plan import RackPlan
from scenes.parts.plans.wheel_plan import MARK, WheelPlan
from studio.audit.planned import PlannedWheels

if TYPE_CHECKING:
    from studio.audit.geometry import Drawing

__all__ = ["SENSE_HALF", "TURNED", "plan_of_sense", "riding_error"]

SENSE_HALF: Final = 0.75
"""Radians from the top to each end of a bent arrow; stated a second time, on purpose."""

Point = tuple[float, float]
Verdict = tuple[float, str, SampleRow]
Check = Callable[["Drawing", ShownRow, SampleRow], Verdict]


def wheel_verdict(drawing: Drawing, row: ShownRow, sample: SampleRow) -> Verdict:
    """Compare a wheel with its plan: hub, pitch radius, and the angle that its turning value gives."""
    plan = drawing.wheels.plan(row, sample)
    if plan is None or (plan.quantity, plan.turn) != (row.quantity, row.turn):
        return math.inf, f"the settings plan no wheel {row.wheel!r} of {row.quantity} that {row.turn} turns", sample
    marked = plan.outline is not None and plan.mark is not None
    if len(sample.ends) != 1 + marked:
        return math.inf, "it does not say where its hub and the end of its mark are", sample
    if row.kind == "gear" and (fault := _radius_fault(plan, row, sample)):
        return math.inf, fault, sample
    hub = drawing.placed(sample.ends[0])
    error = math.dist(hub, plan.centre)
    if marked:
        turned = plan.turned(sample.turned.number) if sample.turned else 0.0
        angle = math.nan if sample.angle is None else sample.angle
        tip = _from(hub, plan.pitch_radius, (plan.mark or 0.0) + turned)
        off = math.dist(drawing.placed(sample.ends[1]), tip), abs(angle - turned) * plan.pitch_radius
        error = max(error, *off) if not math.isnan(angle) else math.inf
    said = f"hub {sample.ends[0]}, angle {sample.angle!r} or the end of its mark are not what its numbers give"
    return error * drawing.unit, said, sample


def rack_verdict(drawing: Drawing, row: ShownRow, sample: SampleRow) -> Verdict:
    """Compare a rack with its plan, and its way from its start with scale times value, to the right for plus."""
    plan = drawing.wheels.plan(row, sample)
    if not isinstance(plan, RackPlan) or (plan.quantity, None) != (row.quantity, row.turn):
        return math.inf, f"the settings plan no rack {row.wheel!r} that {row.quantity} moves", sample
    if len(sample.ends) != 1 or sample.value is None or sample.shown is None:
        return math.inf, "it does not say where it stands, or what its way stands for", sample
    if plan.travel_scale.per_unit != row.scale:
        return math.inf, f"its way has the scale {row.scale!r}, which is not the one that the settings state", sample
    (x, y), value, unit = drawing.placed(sample.ends[0]), sample.value.number, plan.travel_scale.per_unit
    off = math.dist((x, y), plan.centre), abs(x - plan.start - unit * value), unit * abs(sample.shown - value)
    error = max(off) * drawing.unit if not any(map(math.isnan, off)) else math.inf
    return error, f"its place {sample.ends[0]} or its way, which stands for {sample.shown!r}, is not {value!r}", sample


def _radius_fault(plan: WheelPlan, row: ShownRow, sample: SampleRow) -> str:
    """Return what is wrong with the radius of a gear, or nothing: it is its scale times the magnitude of its value."""
    scale, value = row.scale or 0.0, abs(sample.value.number) if sample.value else math.nan
    shown = math.nan if sample.shown is None else sample.shown
    if plan.radius_scale is None or plan.radius_scale.per_unit != scale:
        return f"its radius has the scale {scale!r}, which is not the one that the settings state for it"
    if not abs(plan.pitch_radius - scale * value) <= 1e-9 or not abs(shown - value) * scale <= 1e-6:
        return f"its radius stands for {shown!r}, its value is {value!r}"
    return ""


def riding_error(drawing: Drawing, row: ShownRow, sample: SampleRow) -> Verdict:
    """Compare where a spoke begins, or the hub that a name keeps over, with the hub of its wheel."""
    plan = drawing.wheels.plan(row, sample)
    if plan is None or (row.kind == "spoke" and plan.quantity != row.quantity):
        return math.inf, f"the settings plan no wheel {row.wheel!r} of {row.quantity}", sample
    if not sample.ends:
        return 0.0, "", sample
    off = math.dist(drawing.placed(sample.ends[0]), plan.centre) * drawing.unit
    return off, f"it does not stand on the hub of {row.wheel}", sample


def sense_verdict(drawing: Drawing, row: ShownRow, sample: SampleRow) -> Verdict:
    """Compare the way that a bent arrow points with the sign: counter-clockwise for plus, from beside the top."""
    value = sample.value.number if sample.value else math.nan
    if value == 0.0 and not sample.ends:
        return 0.0, "", sample
    plan = plan_of_sense(drawing.wheels, row, [drawing.placed(end) for end in sample.ends])
    if plan is None or len(sample.ends) != 2 or math.isnan(value):
        return math.inf, "it lies on no gear of its value", sample
    start, tip = (drawing.placed(end) for end in sample.ends)
    wanted = _from(plan.centre, math.dist(start, plan.centre), MARK - math.copysign(SENSE_HALF, value))
    if (start[0] > tip[0]) != (value > 0):
        return math.inf, f"it points the wrong way for {value!r}", sample
    return math.dist(start, wanted) * drawing.unit, f"it does not begin where it should, at {start}", sample


def plan_of_sense(wheels: PlannedWheels, row: ShownRow, ends: list[Point]) -> WheelPlan | None:
    """Return the gear that a bent arrow lies on, of its own value: the one whose hub is nearest to it."""
    own = wheels.gears_of(row.quantity)
    return min(own, key=lambda plan: math.dist(plan.centre, ends[0]), default=None) if ends else None


def dial_verdict(drawing: Drawing, row: ShownRow, sample: SampleRow) -> Verdict:
    """Compare the slice between the direction of rest and now with scale times value."""
    value = sample.value.number if sample.value else math.nan
    shown = math.nan if sample.shown is None else sample.shown
    turned = value * (row.scale or 0.0)
    if value == 0.0 and not sample.ends:
        return 0.0 if shown == 0.0 else math.inf, f"it stands for {shown!r}, its value is 0", sample
    if len(sample.ends) != 3:
        return math.inf, "it does not say between which points it is measured", sample
    hub, start, end = (drawing.placed(point) for point in sample.ends)
    radius = math.dist(hub, start)
    off = [math.dist(start, _from(hub, radius, MARK)), math.dist(end, _from(hub, radius, MARK + turned))]
    off.append(abs(shown - value) * (row.scale or 0.0) * radius)
    error = max(off) * drawing.unit if not any(map(math.isnan, off)) else math.inf
    return error, f"its angle stands for {shown!r}, its value is {value!r}", sample


def _from(hub: Point, radius: float, direction: float) -> Point:
    return hub[0] + radius * math.cos(direction), hub[1] + radius * math.sin(direction)


TURNED: Final[Mapping[str, Check]] = {
    "gear": wheel_verdict,
    "idler": wheel_verdict,
    "sector": wheel_verdict,
    "rack": rack_verdict,
    "sense": sense_verdict,
    "dial": dial_verdict,
}
