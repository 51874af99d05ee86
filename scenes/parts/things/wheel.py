"""Wheels: gears and idlers that turn by what a quantity says, and what is read from them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from scenes.parts.plans.wheel_plan import WheelPlan
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import HUB, MARK_FROM, MARK_WIDTH, RIM, RING, SPECK
from scenes.parts.things.answers import Place, Stated, Told
from scenes.parts.things.base import Bound, Paint, Reading, Source, as_source
from scenes.parts.things.following import Following
from scenes.parts.things.shapes import disc, polygon, rectangle, spatial

__all__ = ["Gear", "Idler", "Wheel", "followed_by", "unplanned", "wheel_fields"]

Points = npt.NDArray[np.float64]
_ANGLE_TOLERANCE: Final = 1e-7  # radians: 0.0002 px at the rim of the largest gear at 2160p


class Wheel(Bound):
    """A wheel on its shaft: body, rim, hub, and a mark that ends on the pitch circle and shows how far it turned.

    It is drawn once and only rotated, by the absolute angle that its quantity gives, so that nothing adds up over the
    frames; it is drawn anew only where its plan follows a moving input. Too small for teeth, it is a plain disc; of
    radius 0, a free hub, which is a ring.

    Parameters
    ----------
    source
        What it measures.
    plan
        The wheel, from the clip's settings, or what says how it stands while an input moves.
    turn
        What turns it; None while it stands still.
    """

    def __init__(
        self,
        source: Quantity | Source,
        plan: WheelPlan | Following,
        *,
        turn: Source | Quantity | None,
        body: str,
        rim: str,
        mark: str,
    ) -> None:
        self.follow = plan if isinstance(plan, Following) else None
        self._plan = plan
        self.turn = as_source(turn) if turn is not None else None
        self._still_for = self.plan
        self._still = self._unrotated()
        super().__init__(source, self._paints(body, rim, mark), self.plan.radius_scale)

    @property
    def sources(self) -> tuple[Source, ...]:
        """What it measures, and what turns it."""
        followed = (self.follow.source,) if self.follow else ()
        return (self.source, *((self.turn,) if self.turn else ()), *followed)

    @property
    def plan(self) -> WheelPlan:
        """The wheel as it is planned for this frame, apart from how far it has turned."""
        return self._plan.now if isinstance(self._plan, Following) else self._plan

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

    def _paints(self, body: str, rim: str, mark: str) -> list[Paint]:
        """Return the paints of body, rim, mark and hub."""
        return [Paint(body), Paint(rim, stroke=RIM), Paint(mark), Paint(rim)]

    def _unrotated(self) -> list[Points]:
        """Return body, rim, mark and hub about the origin, the wheel at rest."""
        plan, nothing, hub = self.plan, np.zeros((0, 3)), np.zeros(3)
        if plan.outline is None:
            size = (max(plan.pitch_radius, SPECK), 0.0) if plan.pitch_radius else RING
            return [nothing, nothing, nothing, disc(hub, *size)]
        body = polygon(spatial(plan.outline @ _rotation(plan.rest).T))
        return [body, body, self._mark(), disc(hub, HUB)]

    def _mark(self) -> Points:
        """Return the mark about the origin, the wheel at rest."""
        if self.plan.mark is None:
            return np.zeros((0, 3))
        tip = _towards(self.plan.mark) * self.plan.pitch_radius
        return rectangle(tip * MARK_FROM, tip, MARK_WIDTH)

    def outlines(self) -> Sequence[Points]:
        """Return body, rim, mark and hub, turned."""
        plan = self.plan
        if plan is not self._still_for:
            self._still_for, self._still = plan, self._unrotated()
        matrix, centre = np.eye(3), np.array([*plan.centre, 0.0])
        matrix[:2, :2] = _rotation(self.turned)
        return [points @ matrix.T + centre for points in self._still]

    def reading(self) -> Reading:
        """Return what its pitch radius stands for, without a sign, its hub and the end of its mark, and its angle.

        Without a mark it has no angle. Of a wheel without a body the radius is its plan's: a speck, a ring.
        """
        body, _, mark, hub = (piece.points for piece in self.submobjects[:4])
        (x0, y0, _) = ((hub.min(axis=0) + hub.max(axis=0)) / 2).tolist()
        per_unit = self.plan.radius_scale.per_unit if self.plan.radius_scale else None
        if self.plan.mark is None or not len(mark):
            radius = float(np.ptp(body[:, 0])) / 2 if len(body) else self.plan.pitch_radius
            return Reading(value=radius / per_unit if per_unit else None, ends=((x0, y0),))
        (x1, y1, _) = ((mark[3] + mark[8]) / 2).tolist()
        drawn = math.atan2(y1 - y0, x1 - x0) - self.plan.mark
        angle = drawn + math.tau * round((self.turned - drawn) / math.tau)
        value = math.hypot(x1 - x0, y1 - y0) / per_unit if per_unit else None
        return Reading(value=value, ends=((x0, y0), (x1, y1)), angle=angle)

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


class Gear(Wheel):
    """The gear of a value: its pitch radius is scale x |gradient|, and it turns as the value does."""

    kind = "gear"
    measures = True

    def fault(self) -> str | None:
        """Return what is drawn wrongly: as of any wheel, or a radius that is not the gradient's."""
        scale = self.plan.radius_scale
        if scale is None or self.quantity.name != self.plan.quantity:
            return f"the radius of {self.plan.key} is {self.plan.quantity}"
        value, expected = self.reading().value or 0.0, abs(self.quantity.number)
        if abs(value - expected) * scale.per_unit > 1e-6:
            return f"its radius stands for {value!r}, the core says {expected!r}"
        return super().fault()


class Idler(Wheel):
    """A wheel that only turns the direction back: no value, any size."""

    kind = "idler"
    measures = True


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
