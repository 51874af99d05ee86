"""Measure racks by synthesis: where one stands, and that it is drawn there as the settings plan it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.plans.rack_plan import RackPlan
from studio.audit.drawn import Piece
from studio.audit.drawn_gears import Pose, rack_pieces
from studio.audit.finding import Finding
from studio.audit.glance import Glance
from studio.audit.synthesis import Synthesis, fitted_to

__all__ = ["check_rack"]

Array = npt.NDArray[np.float64]
_PIECES: Final = 4


def check_rack(glance: Glance) -> Iterator[Finding]:
    """Yield place and shape of a rack or a carriage; it cannot turn, so no angle is free."""
    plan, sample = glance.facts.wheels.plan(glance.row, glance.sample), glance.sample
    if not isinstance(plan, RackPlan) or len(sample.ends) != 1 or len(sample.colours) != _PIECES:
        yield glance.finding("shapes", np.inf, glance.limits.lettering, "", "the settings plan no such rack")
        return
    claimed = np.array(sample.ends[0])

    def build(by: Array) -> list[tuple[Piece, str]]:
        pieces = zip(rack_pieces(plan, Pose(claimed + by, 0.0), glance.facts), sample.colours, strict=True)
        return [(piece, colour) for piece, colour in pieces if len(piece.points)]

    scene = Synthesis.of(glance, build(np.zeros(2)))
    by = fitted_to(scene, build, 2)
    away = float(np.hypot(*by))
    yield glance.finding("positions", away, glance.place_limit, "px", f"it is {away:.2f} px away from its place")
    limit = glance.limits.wheel if glance.resting else glance.limits.moving_wheel
    yield glance.finding("shapes", scene.misfit(build(by)), limit, "", "what is drawn there is not this rack")
