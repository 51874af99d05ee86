"""Audit bent arrows: on the gear of their value, pointing the way of its sign."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.plans.wheel_plan import MARK
from scenes.parts.things.shapes import arc_arrow
from studio.audit.colours import Tint
from studio.audit.drawn import Facts, Piece
from studio.audit.finding import Finding
from studio.audit.geometry import Space, Verdict, hub_of, value_of
from studio.audit.glance import Glance
from studio.audit.kind import Kind
from studio.audit.synthesis import Synthesis, fitted_to, place_finding, shape_finding

__all__ = ["SENSE"]

Array = npt.NDArray[np.float64]
_WIDTH, _HEAD = 0.055, 0.19  # frame units
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
    plan = space.wheels.plan(row, sample)
    if plan is None or plan.quantity != row.quantity or len(sample.ends) != 2 or math.isnan(value):
        return math.inf, "it lies on no gear of its value", sample
    if sample.stands is None:
        return math.inf, "it does not say where the origin of its train stands", sample
    (start, tip), (x, y) = (space.placed(end) for end in sample.ends), hub_of(space, plan, sample.stands)
    radius, direction = math.dist(start, (x, y)), MARK - math.copysign(_HALF, value)
    wanted = x + radius * math.cos(direction), y + radius * math.sin(direction)
    if (start[0] > tip[0]) != (value > 0):
        return math.inf, f"it points the wrong way for {value!r}", sample
    return math.dist(start, wanted) * space.unit, f"it does not begin where it should, at {start}", sample


def _pieces(row: ShownRow, sample: SampleRow, facts: Facts, value: float, filled: bool) -> list[Piece]:
    """Return shaft and head of the arrow that is bent the way of a value, where the ledger says that it lies."""
    plan = facts.wheels.plan(row, sample)
    if plan is None or plan.quantity != row.quantity or len(sample.ends) != 2 or sample.stands is None:
        return []
    hub = np.array(sample.stands) + np.array(plan.centre) * facts.units
    radius, half = float(np.linalg.norm((np.array(sample.ends[0]) - hub) / facts.units)), math.copysign(_HALF, value)
    head = min(_HEAD, 0.6 * radius)
    turned = MARK - half, MARK + half
    shapes = arc_arrow(np.zeros(3), radius, *turned, width=_WIDTH * head / _HEAD, head=head, filled=filled)
    return [Piece(facts.placed(shape, hub)) for shape in shapes]


SENSE: Final = Sense()
