"""Audit bent arrows: on the gear of their value, pointing the way of its sign."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.plans.wheel_plan import MARK, WheelPlan
from scenes.parts.things.shapes import arc_arrow
from studio.audit.colours import Tint
from studio.audit.drawn import HEAD, SHAFT, Facts, Piece
from studio.audit.finding import Finding
from studio.audit.geometry import Space, Verdict, value_of
from studio.audit.glance import Glance
from studio.audit.kind import Kind
from studio.audit.planned import PlannedWheels
from studio.audit.synthesis import Synthesis, fitted_to, place_finding, shape_finding

__all__ = ["SENSE"]

Array = npt.NDArray[np.float64]
_HALF: Final = 0.75  # radians from the top to each end; stated a second time, on purpose


class Sense(Kind):
    """The bent arrow that says which way a shaft is pushed."""

    valued, tint = True, Tint(crossed=True)

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield whether it points the way of the sign: counter-clockwise for plus, from beside the top."""
        yield _verdict(space, row, sample)

    def pieces(self, row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        """Return shaft and head."""
        value = sample.value.number if sample.value else 0.0
        return _pieces(row, sample, facts, value, value > 0)

    def check(self, glance: Glance) -> Iterator[Finding]:
        """Yield place and shape of a bent arrow, and whether it points the way of its value."""
        row, sample, facts = glance.row, glance.sample, glance.facts
        value = sample.value.number if sample.value else 0.0
        if not sample.ends:
            return

        def build(by: Array, way: float = value, filled: bool = value > 0) -> list[tuple[Piece, str]]:
            pieces = _pieces(row, sample, facts, way, filled)
            return [(Piece(piece.points + by, piece.stroke), glance.colour) for piece in pieces]

        if not build(np.zeros(2)):
            yield glance.finding("shapes", np.inf, glance.limits.lettering, "", "it lies on no gear of its value")
            return
        scene = Synthesis.of(glance, [*build(np.zeros(2)), *build(np.zeros(2), -value)])
        by = fitted_to(scene, build, 2)
        misfit = scene.misfit(build(by))
        yield place_finding(glance, by)
        yield shape_finding(glance, misfit)
        others = [
            (way, filled) for way in (value, -value) for filled in (True, False) if (way, filled) != (value, value > 0)
        ]
        ratio = misfit / min(scene.misfit(build(by, *other)) for other in others)
        yield glance.finding("signs", ratio, glance.limits.rival, "", "it points the other way, or has the other head")


def _verdict(space: Space, row: ShownRow, sample: SampleRow) -> Verdict:
    """Compare the way that a bent arrow points with the sign: counter-clockwise for plus, from beside the top."""
    value = value_of(sample)
    if value == 0.0 and not sample.ends:
        return 0.0, "", sample
    plan = _plan_of(space.wheels, row, [space.placed(end) for end in sample.ends])
    if plan is None or len(sample.ends) != 2 or math.isnan(value):
        return math.inf, "it lies on no gear of its value", sample
    start, tip = (space.placed(end) for end in sample.ends)
    radius, direction = math.dist(start, plan.centre), MARK - math.copysign(_HALF, value)
    wanted = plan.centre[0] + radius * math.cos(direction), plan.centre[1] + radius * math.sin(direction)
    if (start[0] > tip[0]) != (value > 0):
        return math.inf, f"it points the wrong way for {value!r}", sample
    return math.dist(start, wanted) * space.unit, f"it does not begin where it should, at {start}", sample


def _plan_of(wheels: PlannedWheels, row: ShownRow, ends: list[tuple[float, float]]) -> WheelPlan | None:
    """Return the gear that a bent arrow lies on, of its own value: the one whose hub is nearest to it."""
    own = wheels.gears_of(row.quantity)
    return min(own, key=lambda plan: math.dist(plan.centre, ends[0]), default=None) if ends else None


def _pieces(row: ShownRow, sample: SampleRow, facts: Facts, value: float, filled: bool) -> list[Piece]:
    """Return shaft and head of the arrow that is bent the way of a value, where the ledger says that it lies."""
    ends = [facts.framed(end) for end in sample.ends]
    plan = _plan_of(facts.wheels, row, [(float(x), float(y)) for x, y in ends])
    if plan is None or len(ends) != 2:
        return []
    radius, half = math.dist(ends[0], plan.centre), math.copysign(_HALF, value)
    head = min(HEAD, 0.6 * radius)
    turned = MARK - half, MARK + half
    shapes = arc_arrow(np.zeros(3), radius, *turned, width=SHAFT * head / HEAD, head=head, filled=filled)
    hub = facts.pixel(plan.centre)
    return [Piece(facts.placed(shape, hub)) for shape in shapes]


SENSE: Final = Sense()
