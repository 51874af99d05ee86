"""Measure wheels by synthesis: how far each has turned, where its hub is and how large it is, all fitted together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.plans.wheel_plan import WheelPlan
from studio.audit.colours import check_colour
from studio.audit.drawn import Piece
from studio.audit.drawn_gears import Pose, wheel_pieces
from studio.audit.finding import Finding
from studio.audit.frames import Window, grown
from studio.audit.glance import Glance, Mask
from studio.audit.layers import Layer
from studio.audit.synthesis import Synthesis, fitted_to

__all__ = ["Turned", "check_ratios", "check_wheel", "check_wheel_colours"]

Array = npt.NDArray[np.float64]
_LEAST_TURN: Final = 1.0  # degrees: of less, a ratio is not to be told
_LEAST_TOOTH: Final = 0.01  # of the pitch radius: an outline that varies by less is a circle
_SOFT: Final = 2
_OPEN: Final = 0.99  # of a pixel, over which nothing else lies


@dataclass(frozen=True)
class Turned:
    """A wheel with a mark: by how many degrees it has turned on a frame, as claimed and as measured, and its limit."""

    glance: Glance
    place: int
    claimed: float
    measured: float
    limit: float


def check_wheel(glance: Glance, turned: list[Turned]) -> Iterator[Finding]:
    """Yield angle, radius, place and shape of a wheel; what it has turned by is added to ``turned``."""
    plan, row, sample = glance.facts.wheels.plan(glance.row, glance.sample), glance.row, glance.sample
    if plan is None or not sample.ends or len(sample.colours) not in (4, 5):
        yield glance.finding("shapes", np.inf, glance.limits.lettering, "", "the settings plan no such wheel")
        return
    claimed = Pose(np.array(sample.ends[0]), sample.angle or 0.0)
    scene = Synthesis.of(glance, _painted(glance, plan, claimed))
    reach = max(plan.pitch_radius, 0.05) * glance.facts.unit
    marked = plan.outline is not None and plan.mark is not None

    def pose(by: Array) -> Pose:
        return Pose(claimed.hub + by[:2], claimed.angle + (by[3] / reach if marked else 0.0), 1 + by[2] / reach)

    by = fitted_to(scene, lambda by: _painted(glance, plan, pose(by)), 4 if marked else 3)
    yield from _differences(glance, by, scene.misfit(_painted(glance, plan, pose(by))))
    if marked:
        off = float(np.degrees(by[3] / reach))
        limit = _angle_limit(glance, plan, reach)
        yield glance.finding(
            "hub angles", abs(off), limit, "deg", f"it is turned by {off:+.3f} degrees more than claimed"
        )
        if row.turn is not None:
            angle = float(np.degrees(claimed.angle))
            turned.append(Turned(glance, glance.facts.wheels.place(plan.key), angle, angle + off, limit))


def _angle_limit(glance: Glance, plan: WheelPlan, reach: float) -> float:
    """Return how many degrees a wheel may be off, or some hundredths of a pixel at its rim in two cases.

    In a sweep an encoder leaves a picture as it is where so little moves that hardly a pixel changes; and on a wheel
    without teeth the mark alone tells an angle, by its place.
    """
    radii = np.linalg.norm(plan.outline, axis=1) if plan.outline is not None else np.ones(1)
    is_round = float(np.ptp(radii)) < _LEAST_TOOTH * plan.pitch_radius
    allowed = glance.limits.length if is_round else 0.0 if glance.resting else glance.limits.moving_rim
    return max(glance.limits.hub_angle, float(np.degrees(allowed / reach)))


def _painted(glance: Glance, plan: WheelPlan, pose: Pose) -> list[tuple[Piece, str]]:
    pieces = zip(wheel_pieces(plan, pose, glance.facts), glance.sample.colours, strict=True)
    return [(piece, colour) for piece, colour in pieces if len(piece.points)]


def _differences(glance: Glance, by: Array, misfit: float) -> Iterator[Finding]:
    """Yield place and radius from the fitted changes in pixels: right, down, larger; and how much is left."""
    limits, away = glance.limits, float(np.hypot(*by[:2]))
    yield glance.finding("positions", away, glance.place_limit, "px", f"its hub is {away:.2f} px away from its place")
    yield glance.finding(
        "radii", abs(float(by[2])), limits.radius, "px", f"its radius is {by[2]:+.2f} px larger than its value"
    )
    limit = limits.wheel if glance.resting else limits.moving_wheel
    yield glance.finding("shapes", misfit, limit, "", "what is drawn there is not this wheel")


def check_ratios(turned: Sequence[Turned]) -> Iterator[Finding]:
    """Yield whether neighbouring wheels of a frame have turned in the ratio that the ledger gives.

    The error is how far the two measured turns, as a point of the plane, are from the line of that ratio, in degrees.
    """
    for one, other in pairwise(sorted(turned, key=lambda wheel: wheel.place)):
        size = float(np.hypot(one.claimed, other.claimed))
        if size < _LEAST_TURN:
            continue
        error = abs(one.measured * other.claimed - other.measured * one.claimed) / size
        said = f"it and {other.glance.name} turn by {one.measured:.3f} and {other.measured:.3f} degrees"
        limit = (one.limit * abs(other.claimed) + other.limit * abs(one.claimed)) / size
        yield one.glance.finding(
            "ratios", error, limit, "deg", f"{said}, not by {one.claimed:.3f} and {other.claimed:.3f}"
        )


def check_wheel_colours(glance: Glance, window: Window, layers: Sequence[Layer]) -> Iterator[Finding]:
    """Yield how far the colour of each piece of a wheel is from the claimed one, where no other wheel lies over it."""
    covered = grown(glance.around(window).open_share < _OPEN, _SOFT)
    for layer in layers:
        others = [other.ink for other in layers if other is not layer and (other.colour or not other.body)]
        over = grown(np.sum(others, axis=0) > 0.01, _SOFT) if others else np.zeros(window.shape, dtype=bool)
        own, hidden = grown(layer.ink > 0.01, _SOFT), glance.hidden(window) | covered | over
        piece = replace(
            glance,
            sample=glance.sample.model_copy(update={"colours": (glance.sample.colours[layer.colour],)}),
            hidden=partial(_same, hidden),
            drawn=partial(_same, own),
        )
        found = list(check_colour(piece, window, layer.ink))
        yield from (finding for finding in found if not layer.body or finding.check == "colours")


def _same(mask: Mask, window: Window) -> Mask:
    """Return a mask that was made for this window."""
    return mask
