"""Audit wheels by synthesis: how far each has turned, where its hub is and how large it is, all fitted together.

Sizes are stated here a second time, on purpose; the outline of a wheel is planned by the clip's settings.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.plans.wheel_plan import WheelPlan
from scenes.parts.things.shapes import dashed_circle, disc, polygon, rectangle, spatial
from studio.audit.colours import Tint
from studio.audit.drawn import NOTHING, Facts, Piece
from studio.audit.finding import Finding
from studio.audit.geometry import Space, Verdict, hub_of
from studio.audit.glance import Glance, Turned
from studio.audit.kind import Kind
from studio.audit.synthesis import LEAST_LOUD, NOT_THERE, Synthesis, faintness, fitted_to

__all__ = ["HUB", "IDLER", "MARK_WIDTH", "RIM", "Pose", "Wheel", "WheelLike", "rotation"]

Array = npt.NDArray[np.float64]
RIM, HUB, MARK_WIDTH = 0.025, 0.075, 0.06  # frame units: stroke; radius; width
_SPECK, _FREE, _DASHES = 0.05, (0.12, 0.06), 12  # what is smaller has a dashed ring; radii of a free hub's
_BAND, _SHARE, _DOT, _OPENS = 0.12, 0.22, 0.1, 1.6  # of a ring: width under the root, in units and of the radius; from
# which radius on it has a bore, and how fast that opens
_FAINT_RIM: Final = 0.02  # pixels: what an encoder leaves at the rim of a wheel out of focus
_LEAST_RING: Final = 12.0  # pixels: on a smaller wheel solid and hollow are much the same
_LEAST_TOOTH: Final = 0.01  # of the pitch radius: an outline that varies by less is a circle


@dataclass(frozen=True)
class Pose:
    """How a wheel stands: its hub in pixels, how far it has turned from rest, and how many times as large it is."""

    hub: Array
    angle: float
    size: float = 1.0


class WheelLike(Kind):
    """A wheel or a rack: its first piece is its body, and so is a bore, through which one sees the ground."""

    valued, layered, tint = True, True, Tint(crossed=True)

    def posed(self, plan: WheelPlan, pose: Pose, facts: Facts) -> list[Piece]:
        """Return its pieces, one to a colour, as it stands so."""
        raise TypeError(f"{type(self).__name__} says no pieces")

    def pieces(self, row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        """Return its pieces as planned, where the ledger says that it stands."""
        plan = facts.wheels.plan(row, sample)
        if plan is None or not sample.ends:
            return []
        return self.posed(plan, _claimed(plan, sample), facts)

    def bodies(self, row: ShownRow, sample: SampleRow, facts: Facts) -> Sequence[bool]:
        """Return that the first piece is a body, and each in the colour of the ground."""
        return [i == 0 or colour == facts.ground for i, colour in enumerate(sample.colours)]

    def painted(self, glance: Glance, plan: WheelPlan, pose: Pose) -> list[tuple[Piece, str]]:
        """Return its pieces with their colours, as it stands so."""
        pieces = zip(self.posed(plan, pose, glance.facts), glance.sample.colours, strict=True)
        return [(piece, colour) for piece, colour in pieces if len(piece.points)]


class Wheel(WheelLike):
    """A wheel that turns: an idler as it is."""

    colours: ClassVar[int] = 6

    def verdict(self, space: Space, row: ShownRow, sample: SampleRow) -> Verdict:
        """Compare a wheel with its plan: hub, pitch radius, and the angle that its turning value gives."""
        plan = space.wheels.plan(row, sample)
        if plan is None or (plan.quantity, plan.turn) != (row.quantity, row.turn):
            return math.inf, f"the settings plan no wheel {row.wheel!r} of {row.quantity} that {row.turn} turns", sample
        marked = plan.outline is not None and plan.mark is not None
        if len(sample.ends) != 1 + marked:
            return math.inf, "it does not say where its hub and the end of its mark are", sample
        if fault := self.radius_fault(plan, row, sample):
            return math.inf, fault, sample
        if sample.stands is None:
            return math.inf, "it does not say where the origin of its train stands", sample
        hub = space.placed(sample.ends[0])
        error = math.dist(hub, hub_of(space, plan, sample.stands))
        if marked:
            turned = plan.turned(sample.turned.number) if sample.turned else 0.0
            angle = math.nan if sample.angle is None else sample.angle
            tip = _from(hub, plan.pitch_radius, (plan.mark or 0.0) + turned)
            off = math.dist(space.placed(sample.ends[1]), tip), abs(angle - turned) * plan.pitch_radius
            error = max(error, *off) if not math.isnan(angle) else math.inf
        said = f"hub {sample.ends[0]}, angle {sample.angle!r} or the end of its mark are not what its numbers give"
        return error * space.unit, said, sample

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield how far hub, mark and angle are from what the plan and the turning value give."""
        yield self.verdict(space, row, sample)

    def radius_fault(self, plan: WheelPlan, row: ShownRow, sample: SampleRow) -> str:
        """Return what is wrong with a radius that measures, or nothing."""
        return ""

    def posed(self, plan: WheelPlan, pose: Pose, facts: Facts, *, hollow: bool | None = None) -> list[Piece]:
        """Return body, wash, ring, rim, mark and hub; of a free hub the ring alone."""
        centre, size = np.zeros(3), pose.size
        if plan.outline is None:
            ring = disc(centre, *(part * size for part in _FREE))
            return [NOTHING, NOTHING, Piece(facts.placed(ring, pose.hub)), NOTHING, NOTHING, NOTHING]
        inner = _bore(plan) * size
        teeth = polygon(spatial(plan.outline @ rotation(plan.rest + pose.angle).T * size))
        hole = disc(centre, inner) if inner else np.zeros((0, 3))
        band = Piece(facts.placed(np.concatenate([teeth, hole[::-1]]), pose.hub))
        rim, dotted = Piece(band.points, RIM * facts.unit), _dotted(plan)
        if dotted:
            dashes = dashed_circle(centre, _FREE[0], _DASHES)[:, :2] @ rotation(pose.angle).T  # it turns, too
            rim = Piece(facts.placed(dashes, pose.hub), RIM * facts.unit)
        open_ring = (plan.hollow if hollow is None else hollow) and not dotted
        wash, ink = (band, NOTHING) if open_ring else (NOTHING, band)
        hub = Piece(facts.placed(disc(centre, min(HUB, _bore(plan) / 2)), pose.hub)) if inner else NOTHING
        body = Piece(facts.placed(hole, pose.hub))
        return [body, wash, ink, rim if open_ring or dotted else NOTHING, _mark(plan, pose, facts), hub]

    def bodies(self, row: ShownRow, sample: SampleRow, facts: Facts) -> Sequence[bool]:
        """Return that what one sees through a ring is a body, and so is the wash of a hollow one."""
        return [True, True, False, False, False, False]

    def check(self, glance: Glance) -> Iterator[Finding]:
        """Yield angle, radius, place and shape; what it has turned by is noted for its neighbours."""
        plan, row, sample = glance.facts.wheels.plan(glance.row, glance.sample), glance.row, glance.sample
        if plan is None or not sample.ends or len(sample.colours) != self.colours:
            yield glance.finding("shapes", np.inf, glance.limits.lettering, "", "the settings plan no such wheel")
            return
        claimed = _claimed(plan, sample)
        scene = Synthesis.of(glance, self.painted(glance, plan, claimed))
        reach = max(plan.pitch_radius, _SPECK) * glance.facts.unit
        swing = _FREE[0] * glance.facts.unit if _dotted(plan) else reach
        marked = plan.outline is not None and plan.mark is not None
        turns = marked or (_dotted(plan) and row.turn is not None)

        def pose(by: Array) -> Pose:
            return Pose(claimed.hub + by[:2], claimed.angle + (by[3] / swing if turns else 0.0), 1 + by[2] / reach)

        by = fitted_to(scene, lambda by: self.painted(glance, plan, pose(by)), 4 if turns else 3)
        faint = faintness(scene.contrast)
        drawn = self.painted(glance, plan, pose(by))
        if _dotted(plan) and scene.loudness(drawn) < LEAST_LOUD:  # dashes out of focus
            yield glance.finding("shapes", 0.0, NOT_THERE, "", "it can hardly be told from what it lies on")
            return
        yield from _differences(glance, by, scene.misfit(drawn, calm=faint > 1), faint, faint if _dotted(plan) else 1.0)
        if plan.radius_scale is not None and plan.pitch_radius * glance.facts.unit >= _LEAST_RING:
            yield self._sign(glance, plan, pose(by), scene)
        if turns:
            off = float(np.degrees(by[3] / swing))
            limit = max(_angle_limit(glance, plan, swing), np.degrees(_FAINT_RIM / swing) * (faint > 1)) * faint
            yield glance.finding(
                "hub angles", abs(off), limit, "deg", f"it is turned by {off:+.3f} degrees more than claimed"
            )
            if marked and row.turn is not None:
                angle = float(np.degrees(claimed.angle))
                glance.turned.append(Turned(glance, glance.facts.wheels.place(plan.key), angle, angle + off, limit))

    def _sign(self, glance: Glance, plan: WheelPlan, pose: Pose, scene: Synthesis) -> Finding:
        """Return whether a ring that should be solid is hollow, or the other way round."""

        def painted(hollow: bool) -> list[tuple[Piece, str]]:
            pieces = self.posed(plan, pose, glance.facts, hollow=hollow)
            return [(p, c) for p, c in zip(pieces, glance.sample.colours, strict=True) if len(p.points)]

        likeness = scene.likeness(painted(plan.hollow), painted(not plan.hollow))
        said = f"its ring is {'solid' if plan.hollow else 'hollow'}, so its sign is the other one"
        return glance.finding("signs", likeness, glance.limits.rival, "", said)


def _claimed(plan: WheelPlan, sample: SampleRow) -> Pose:
    """Return how a wheel should stand; one without a mark says no angle: its dashes turn as far as its number says."""
    turned = plan.turned(sample.turned.number) if sample.turned else 0.0
    return Pose(np.array(sample.ends[0]), turned if sample.angle is None else sample.angle)


def _dotted(plan: WheelPlan) -> bool:
    """Return whether a wheel is so small that a ring of dashes stands round it."""
    return plan.outline is not None and plan.pitch_radius < _SPECK


def _bore(plan: WheelPlan) -> float:
    """Return the inner radius of a planned ring; 0 of a dot."""
    outline = np.ones((1, 2)) if plan.outline is None else plan.outline
    root = float(np.linalg.norm(outline, axis=1).min())
    return max(0.0, min(root - min(_BAND, _SHARE * plan.pitch_radius), _OPENS * (root - _DOT)))


def _mark(plan: WheelPlan, pose: Pose, facts: Facts) -> Piece:
    """Return the mark that shows how far a wheel has turned, of one that has a mark: across the ring."""
    if plan.mark is None:
        return NOTHING
    direction = plan.mark + pose.angle
    along = np.array([math.cos(direction), math.sin(direction), 0.0]) * pose.size
    bar = rectangle(along * _bore(plan), along * plan.pitch_radius, MARK_WIDTH)
    return Piece(facts.placed(bar, pose.hub), straight=True)


def _angle_limit(glance: Glance, plan: WheelPlan, reach: float) -> float:
    """Return how many degrees a wheel may be off, or some hundredths of a pixel at its rim in two cases.

    In a sweep an encoder leaves a picture as it is where so little moves that hardly a pixel changes; and on a wheel
    without teeth the mark alone tells an angle, by its place.
    """
    radii = np.linalg.norm(plan.outline, axis=1) if plan.outline is not None else np.ones(1)
    is_round = float(np.ptp(radii)) < _LEAST_TOOTH * plan.pitch_radius
    limits = glance.limits
    allowed = limits.length if is_round else limits.rim if glance.resting else limits.moving_rim
    return max(limits.hub_angle, float(np.degrees(allowed / reach)))


def _differences(glance: Glance, by: Array, misfit: float, faint: float, loose: float = 1.0) -> Iterator[Finding]:
    """Yield place and radius from the fitted changes in pixels: right, down, larger; and how much is left.

    Of a wheel out of focus, so many times fainter than others, an encoder leaves as many times as much; and the radius
    of dashes that nearly touch one another may be off by so many times as much as that of others.
    """
    limits, away = glance.limits, float(np.hypot(*by[:2]))
    yield glance.finding("positions", away, glance.place_limit, "px", f"its hub is {away:.2f} px away from its place")
    yield glance.finding(
        "radii", abs(float(by[2])), limits.radius * loose, "px", f"its radius is {by[2]:+.2f} px larger than its value"
    )
    limit = (limits.wheel if glance.resting else limits.moving_wheel) * faint
    limit = min(limit, NOT_THERE) if faint > 1 else limit
    yield glance.finding("shapes", misfit, limit, "", "what is drawn there is not this wheel")


def _from(hub: tuple[float, float], radius: float, direction: float) -> tuple[float, float]:
    return hub[0] + radius * math.cos(direction), hub[1] + radius * math.sin(direction)


def rotation(angle: float) -> Array:
    """Return the matrix that turns counter-clockwise, shape (2, 2)."""
    c, s = math.cos(angle), math.sin(angle)
    return np.array([[c, -s], [s, c]])


IDLER: Final = Wheel()
