"""Audit wheels that are not round: what turns one is what it measures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.plans.sector_plan import SectorPlan
from scenes.parts.plans.wheel_plan import WheelPlan
from scenes.parts.things.shapes import disc, polygon, rectangle, spatial
from studio.audit.drawn import NOTHING, Facts, Piece
from studio.audit.things.wheel import HUB, MARK_WIDTH, RIM, Pose, Wheel, WheelLike, rotation

__all__ = ["SECTOR"]

_TICK: Final = 0.03  # width of a fine line, in frame units


class Sector(Wheel):
    """One of a function gear's pair, or a part of a lug and stop."""

    colours = 5

    def posed(self, plan: WheelPlan, pose: Pose, facts: Facts, *, hollow: bool | None = None) -> list[Piece]:
        """Return body, rim, mark, hub and fine lines; a bore shows the ground."""
        return _pieces(plan, pose, facts) if isinstance(plan, SectorPlan) else super().posed(plan, pose, facts)

    def bodies(self, row: ShownRow, sample: SampleRow, facts: Facts) -> Sequence[bool]:
        """Return that the first piece is a body, and each in the colour of the ground."""
        return WheelLike.bodies(self, row, sample, facts)


def _pieces(plan: SectorPlan, pose: Pose, facts: Facts) -> list[Piece]:
    """Return body, rim, mark, hub and fine lines of a wheel that is not round; a bore shows the ground."""
    turn = rotation(plan.rest + pose.angle).T * pose.size
    holes = [plan.opening[::-1]] if plan.opening is not None else []
    shapes = [polygon(spatial(shape @ turn)) for shape in (plan.outline, *holes) if shape is not None]
    bore = [disc(np.zeros(3), plan.bore * pose.size)[::-1]] if plan.bore else []
    outline = facts.placed(np.concatenate([*shapes, *bore]), pose.hub)
    direction = plan.mark + pose.angle
    along = np.array([math.cos(direction), math.sin(direction), 0.0]) * pose.size
    mark = rectangle(along * plan.mark_from, along * plan.pitch_radius, MARK_WIDTH)
    covered = plan.opening is not None  # by the disc that stands in the opening
    centre = disc(np.zeros(3), (plan.bore or HUB) * pose.size)
    hub = NOTHING if covered else Piece(facts.placed(centre, pose.hub))
    ends = [spatial(line @ turn) for line in plan.ticks]
    lines = [rectangle(start, end, _TICK) for start, end in ends]
    ticks = Piece(facts.placed(np.concatenate(lines), pose.hub), straight=True) if lines else NOTHING
    straight = not plan.bore
    rim = Piece(outline, RIM * facts.unit, straight=straight)
    return [Piece(outline, straight=straight), rim, Piece(facts.placed(mark, pose.hub), straight=True), hub, ticks]


SECTOR: Final = Sector()
