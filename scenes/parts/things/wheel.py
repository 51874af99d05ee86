"""Wheels: gears and idlers that turn by what a quantity says, and what is read from them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar, Final

import numpy as np
import numpy.typing as npt

from scenes.parts.plans.wheel_plan import WheelPlan
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import BAND, DASHES, HOLLOW, HUB, MARK_WIDTH, RIM, RING, SPECK, Theme
from scenes.parts.things.answers import Place, Stated, Told
from scenes.parts.things.base import Bound, Paint, Reading, Source, as_source
from scenes.parts.things.following import Following
from scenes.parts.things.shapes import dashed_circle, disc, polygon, rectangle, spatial

__all__ = ["Gear", "Idler", "Wheel", "bore_of", "followed_by", "ring_paints", "unplanned", "wheel_fields"]

Points = npt.NDArray[np.float64]
_NOTHING: Final = np.zeros((0, 3))
_ANGLE_TOLERANCE: Final = 1e-7  # radians: 0.0002 px at the rim of the largest gear at 2160p


class Wheel(Bound):
    """A wheel on its shaft, in its place in a train, which stands about an origin of its own.

    A flat ring with teeth, solid or hollow, what one sees through it, a hub, and a mark that ends on the pitch circle
    and shows how far it turned. It is drawn once and only rotated, by the absolute angle that its quantity gives, so
    that nothing adds up over the frames; it is drawn anew only where its plan follows a moving input. Too small for
    teeth, it is a disc of its true radius, with a dashed ring round it where nobody would see it; of radius 0, a free
    hub, which is a bold ring.

    Parameters
    ----------
    source
        What it measures.
    plan
        The wheel, from the clip's settings, or what says how it stands while an input moves.
    turn
        What turns it; None while it stands still.
    paints
        One for each of its ``parts``.
    origin
        Where the origin of its train stands.
    """

    parts: ClassVar[tuple[str, ...]] = ("body", "wash", "ring", "rim", "mark", "hub")

    def __init__(
        self,
        source: Quantity | Source,
        plan: WheelPlan | Following,
        *,
        turn: Source | Quantity | None,
        paints: Sequence[Paint],
        origin: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        self.follow = plan if isinstance(plan, Following) else None
        self._plan, self.stands, self._home = plan, origin, origin
        self.turn = as_source(turn) if turn is not None else None
        self._still_for = self.plan
        self._still = self._unrotated()
        super().__init__(source, paints, self.plan.radius_scale)

    @property
    def sources(self) -> tuple[Source, ...]:
        """What it measures, and what turns it."""
        followed = (self.follow.source,) if self.follow else ()
        return (self.source, *((self.turn,) if self.turn else ()), *followed)

    def grounds(self) -> tuple[object, ...]:
        """Return the quantities of this frame, and where the origin of its train stands."""
        return (*super().grounds(), self.stands)

    @property
    def plan(self) -> WheelPlan:
        """The wheel as it is planned for this frame, apart from how far it has turned."""
        return self._plan.now if isinstance(self._plan, Following) else self._plan

    def draw(self) -> None:
        """Write the outlines of this moment into the pieces."""
        self._drawn, self._drawn_for = tuple(self.outlines()), self.grounds()
        for piece, points in zip(self.submobjects, self._drawn, strict=True):
            piece.points = np.array(points)  # its own: what moves one by hand must not move what it is compared with

    def stand(self, size: float, offset: Points) -> None:
        """Stand so far away from where it was placed, shape (3,): with it goes the origin of its train."""
        (x, y), (right, up, _) = self._home, offset.tolist()
        self.size, self.stands = size, (x + right, y + up)
        self.draw()

    @property
    def hub(self) -> Points:
        """Where its hub stands on this frame, shape (3,)."""
        (x, y), (a, b) = self.stands, self.plan.centre
        return np.array([x + a, y + b, 0.0])

    def told(self) -> Told:
        """Return what it measures, what turns it and what it follows."""
        turned = self.turn.now.number if self.turn else None
        return replace(super().told(), turned=turned, followed=followed_by(self))

    def fields(self, place: Place) -> dict[str, Any]:
        """Return which wheel it is, what turns it and what it follows."""
        turn = self.turn.now.name if self.turn else None
        return {**super().fields(place), **wheel_fields(self), "turn": turn}

    def unstated(self, stated: Stated) -> str | None:
        """Return whether the settings plan it otherwise."""
        return super().unstated(stated) or unplanned(self.name, self, stated)

    @property
    def turned(self) -> float:
        """Radians from rest, as the core says."""
        return self.plan.turned(self.turn.now.number) if self.turn else 0.0

    def part(self, name: str) -> Points:
        """Return the points of one of its pieces, as drawn."""
        return np.asarray(self.submobjects[self.parts.index(name)].points)

    def _unrotated(self) -> list[Points]:
        """Return its pieces about its hub, the wheel at rest."""
        plan = self.plan
        if plan.outline is None:
            return [_NOTHING, _NOTHING, disc(np.zeros(3), *RING), _NOTHING, _NOTHING, _NOTHING]
        inner = bore_of(plan.outline, plan.pitch_radius)
        outer, hole = polygon(spatial(plan.outline @ _rotation(plan.rest).T)), disc(np.zeros(3), inner)
        body, eye = (hole, disc(np.zeros(3), min(HUB, inner / 2))) if inner else (_NOTHING, _NOTHING)
        band = np.concatenate([outer, hole[::-1]]) if inner else outer
        small, mark = plan.pitch_radius < SPECK, self._mark(inner)
        if small:
            return [body, _NOTHING, band, dashed_circle(np.zeros(3), RING[0], DASHES), mark, eye]
        if plan.hollow:
            return [body, band, _NOTHING, band, mark, eye]
        return [body, _NOTHING, band, _NOTHING, mark, eye]

    def _mark(self, inner: float) -> Points:
        """Return the mark about the hub, the wheel at rest: across the ring, up to the pitch circle."""
        if self.plan.mark is None:
            return _NOTHING
        along = _towards(self.plan.mark)
        return rectangle(along * inner, along * self.plan.pitch_radius, MARK_WIDTH)

    def outlines(self) -> Sequence[Points]:
        """Return its pieces, turned."""
        plan = self.plan
        if plan is not self._still_for:
            self._still_for, self._still = plan, self._unrotated()
        matrix = np.eye(3)
        matrix[:2, :2] = _rotation(self.turned)
        return [points @ matrix.T + self.hub for points in self._still]

    def reading(self) -> Reading:
        """Return what its pitch radius stands for, without a sign, its hub and the end of its mark, and its angle.

        Without a mark it has no angle. Of what is exactly 0 the radius is that of its plan, and not its ring's.
        """
        hub = self._drawn_hub()
        x, y = hub
        stands = x - self.plan.centre[0], y - self.plan.centre[1]
        per_unit = self.plan.radius_scale.per_unit if self.plan.radius_scale else None
        mark = self.part("mark")
        if self.plan.mark is None or not len(mark):
            band = self._band()
            radius = self.plan.pitch_radius
            if self.plan.outline is not None:
                edge = band[: 4 * len(self.plan.outline)]
                radius = float(np.linalg.norm(edge - np.array([x, y, 0.0]), axis=1).max())
            return Reading(value=radius / per_unit if per_unit else None, ends=(hub,), stands=stands)
        (x1, y1, _) = ((mark[3] + mark[8]) / 2).tolist()
        drawn = math.atan2(y1 - y, x1 - x) - self.plan.mark
        angle = drawn + math.tau * round((self.turned - drawn) / math.tau)
        value = math.hypot(x1 - x, y1 - y) / per_unit if per_unit else None
        return Reading(value=value, ends=(hub, (x1, y1)), angle=angle, stands=stands)

    def _band(self) -> Points:
        """Return its ring, as drawn: solid, or the wash of a hollow one."""
        ring = self.part("ring")
        return ring if len(ring) else self.part("wash")

    def _drawn_hub(self) -> tuple[float, float]:
        """Return the middle of what is round about its shaft, as drawn."""
        eye = self.part("hub")
        round_about = eye if len(eye) else self._band()
        low, high = round_about.min(axis=0), round_about.max(axis=0)
        x, y, _ = ((low + high) / 2).tolist()
        return x, y

    def fault(self) -> str | None:
        """Return what is drawn wrongly: outline, place, radius or angle."""
        if wrong := super(Bound, self).fault():
            return wrong
        if self.turn and self.turn.now.name != self.plan.turn:
            return f"{self.turn.now.name} turns it, and should not: {self.plan.turn} does"
        if np.abs(self.offset).max() > 1e-6:
            return "it was moved away from its shaft"
        angle = self.reading().angle
        if angle is not None and abs(angle - self.turned) > _ANGLE_TOLERANCE:
            return f"it has turned by {angle!r} radians, the core says {self.turned!r}"
        return None


def bore_of(outline: Points, pitch_radius: float) -> float:
    """Return the inner radius of a ring with this outline, shape (n, 2): 0 for what is as small as a dot.

    It grows from nothing, so that a wheel which grows from a dot does not jump.
    """
    root = float(np.hypot(*outline.T).min())
    return max(0.0, min(root - min(BAND[0], BAND[1] * pitch_radius), BAND[3] * (root - BAND[2])))


class Gear(Wheel):
    """The gear of a value: its pitch radius is scale x |gradient|, hollow for minus, and it turns as the value does."""

    kind = "gear"
    measures = False  # its name stands inside

    def fault(self) -> str | None:
        """Return what is drawn wrongly: as of any wheel, or a radius that is not the gradient's."""
        scale = self.plan.radius_scale
        if scale is None or self.quantity.name != self.plan.quantity:
            return f"the radius of {self.plan.key} is {self.plan.quantity}"
        value, expected = self.reading().value or 0.0, abs(self.quantity.number)
        if abs(value - expected) * scale.per_unit > 1e-6:
            return f"its radius stands for {value!r}, the core says {expected!r}"
        if self.plan.hollow != (self.quantity.number < 0):
            return f"its ring is {'hollow' if self.plan.hollow else 'solid'}, of {self.quantity.number!r}"
        return super().fault()


class Idler(Wheel):
    """A wheel that only turns the direction back: no value, any size."""

    kind = "idler"
    measures = True


def ring_paints(theme: Theme, colour: str, *, hollow: bool = False) -> list[Paint]:
    """Return the paints of a wheel whose ring has this colour: body, wash, ring, rim, mark and hub."""
    wash, mark = theme.mixed(colour, HOLLOW[1]), colour if hollow else theme.colour("background")
    fills = Paint(theme.colour("body")), Paint(wash), Paint(colour)
    return [*fills, Paint(colour, stroke=RIM), Paint(mark), Paint(theme.colour("ink"))]


def wheel_fields(wheel: Wheel) -> dict[str, Any]:
    """Return what the ledger says of the wheel that a thing is or stands on."""
    return {"wheel": wheel.plan.key, "follows": wheel.follow.source.now.name if wheel.follow else None}


def followed_by(wheel: Wheel) -> float | None:
    """Return the input that place and size of a wheel follow, as it stands on this frame."""
    return wheel.follow.source.now.number if wheel.follow else None


def unplanned(name: str, wheel: Wheel, stated: Stated) -> str | None:
    """Return the fault of a wheel that the settings do not plan, or None."""
    return None if stated.planned(wheel) else f"{name}: the settings know no such wheel {wheel.plan.key!r}"


def _towards(direction: float) -> Points:
    """Return the unit vector in a direction, shape (3,)."""
    return np.array([math.cos(direction), math.sin(direction), 0.0])


def _rotation(angle: float) -> Points:
    """Return the matrix that turns counter-clockwise, shape (2, 2)."""
    c, s = math.cos(angle), math.sin(angle)
    return np.array([[c, -s], [s, c]])
