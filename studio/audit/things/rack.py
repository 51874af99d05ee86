"""Audit racks by synthesis: where one stands, and that it is drawn there as the settings plan it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.plans.rack_plan import RackPlan
from scenes.parts.plans.wheel_plan import WheelPlan
from scenes.parts.things.shapes import disc, polygon, rectangle, spatial
from studio.audit.drawn import NOTHING, Facts, Piece
from studio.audit.finding import Finding
from studio.audit.geometry import Space, Verdict, hub_of
from studio.audit.glance import Glance
from studio.audit.synthesis import Synthesis, fitted_to
from studio.audit.things.wheel import HUB, MARK_WIDTH, RIM, Pose, WheelLike

__all__ = ["RACK"]

Array = npt.NDArray[np.float64]
_PIECES: Final = 5


class Rack(WheelLike):
    """A rack or a carriage; it cannot turn, so no angle is free."""

    scaled = True

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield how far its place is from its plan's, and its way from scale times value, to the right for plus."""
        yield _verdict(space, row, sample)

    def posed(self, plan: WheelPlan, pose: Pose, facts: Facts) -> list[Piece]:
        """Return body, rim, way, the line across, and the pin of an arm; its size is its plan's."""
        return _pieces(plan, pose, facts) if isinstance(plan, RackPlan) else []

    def check(self, glance: Glance) -> Iterator[Finding]:
        """Yield place and shape."""
        plan, sample = glance.facts.wheels.plan(glance.row, glance.sample), glance.sample
        if not isinstance(plan, RackPlan) or len(sample.ends) != 1 or len(sample.colours) != _PIECES:
            yield glance.finding("shapes", np.inf, glance.limits.lettering, "", "the settings plan no such rack")
            return
        claimed = np.array(sample.ends[0])

        def build(by: Array) -> list[tuple[Piece, str]]:
            return self.painted(glance, plan, Pose(claimed + by, 0.0))

        scene = Synthesis.of(glance, build(np.zeros(2)))
        by = fitted_to(scene, build, 2)
        away = float(np.hypot(*by))
        yield glance.finding("positions", away, glance.place_limit, "px", f"it is {away:.2f} px away from its place")
        limit = glance.limits.wheel if glance.resting else glance.limits.moving_wheel
        yield glance.finding("shapes", scene.misfit(build(by)), limit, "", "what is drawn there is not this rack")


def _verdict(space: Space, row: ShownRow, sample: SampleRow) -> Verdict:
    """Compare a rack with its plan, and its way from its start with scale times value, to the right for plus."""
    plan = space.wheels.plan(row, sample)
    if not isinstance(plan, RackPlan) or (plan.quantity, None) != (row.quantity, row.turn):
        return math.inf, f"the settings plan no rack {row.wheel!r} that {row.quantity} moves", sample
    if len(sample.ends) != 1 or sample.value is None or sample.shown is None:
        return math.inf, "it does not say where it stands, or what its way stands for", sample
    if plan.travel_scale.per_unit != row.scale:
        return math.inf, f"its way has the scale {row.scale!r}, which is not the one that the settings state", sample
    if sample.stands is None:
        return math.inf, "it does not say where the origin of its train stands", sample
    (x, y), value, unit = space.placed(sample.ends[0]), sample.value.number, plan.travel_scale.per_unit
    way = x - space.placed(sample.stands)[0] - plan.start
    off = (
        math.dist((x, y), hub_of(space, plan, sample.stands)),
        abs(way - unit * value),
        unit * abs(sample.shown - value),
    )
    error = max(off) * space.unit if not any(map(math.isnan, off)) else math.inf
    return error, f"its place {sample.ends[0]} or its way, which stands for {sample.shown!r}, is not {value!r}", sample


def _pieces(plan: RackPlan, pose: Pose, facts: Facts) -> list[Piece]:
    """Return body, rim, way, the line across, and the pin of an arm; it never turns, and its size is its plan's."""
    shape = polygon(spatial(plan.outline)) if plan.outline is not None else np.zeros((0, 3))
    outline, (start, end) = facts.placed(shape, pose.hub), spatial(plan.line)
    line = facts.placed(rectangle(start, end, MARK_WIDTH), pose.hub)
    way = np.concatenate([polygon(spatial(corners)) for corners in plan.way])
    gone = Piece(facts.placed(way, pose.hub), straight=True)
    pin = Piece(facts.placed(disc(np.array([*plan.pin, 0.0]), HUB), pose.hub)) if plan.pin else NOTHING
    rim = Piece(outline, RIM * facts.unit, straight=True)
    return [Piece(outline, straight=True), rim, gone, Piece(line, straight=True), pin]


RACK: Final = Rack()
