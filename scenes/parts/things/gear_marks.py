"""What is drawn on gears: the sense of a push, and the slice of a turn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Scale
from scenes.parts.plans.wheel_plan import MARK
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import HUB, SENSE_HEAD, SENSE_WIDTH, STROKES_PER_UNIT
from scenes.parts.things.answers import Place, Stated, Told
from scenes.parts.things.base import Bound, Paint, Reading, Source
from scenes.parts.things.shapes import arc_arrow, sector
from scenes.parts.things.wheel import Gear, followed_by, unplanned, wheel_fields

__all__ = ["AngleScale", "Sense"]

Points = npt.NDArray[np.float64]
_NOTHING: Final = np.zeros((0, 3))
_SENSE_HALF: Final = 0.75  # radians from the top to each end of the arc
_CLEAR: Final = 0.03  # between the hub and a slice; and round that, in the colour of the ground


class Sense(Bound):
    """Which way the shaft of a gear is pushed while L is pushed by 1: counter-clockwise, with a filled head, for plus.

    Only its direction and its head mean anything; of exactly 0 nothing is drawn.
    """

    kind = "sense"

    def __init__(self, gear: Gear, *, radius: float, colour: str) -> None:
        self.wheel, self.radius = gear, radius
        super().__init__(gear.source, [Paint(colour), Paint(colour)])

    @property
    def sources(self) -> tuple[Source, ...]:
        """Its gradient, and what its gear follows."""
        return (self.source, *((self.wheel.follow.source,) if self.wheel.follow else ()))

    def grounds(self) -> tuple[object, ...]:
        """Return the quantities of this frame, and where its gear stands."""
        return (*super().grounds(), self.wheel.stands)

    def told(self) -> Told:
        """Return its gradient, and what its gear follows."""
        return replace(super().told(), followed=followed_by(self.wheel))

    def fields(self, place: Place) -> dict[str, Any]:
        """Return the gear that it stands on."""
        return {**super().fields(place), **wheel_fields(self.wheel)}

    def unstated(self, stated: Stated) -> str | None:
        """Return whether the settings plan no gear like the one that it stands on."""
        return super().unstated(stated) or unplanned(self.name, self.wheel, stated)

    def outlines(self) -> Sequence[Points]:
        """Return shaft and head."""
        value = self.quantity.number
        if value == 0.0:
            return [_NOTHING, _NOTHING]
        half = math.copysign(_SENSE_HALF, value)
        size = min(SENSE_HEAD, 0.6 * self.radius)
        ends, width = (MARK - half, MARK + half), SENSE_WIDTH * size / SENSE_HEAD
        return arc_arrow(self.wheel.hub, self.radius, *ends, width=width, head=size, filled=value > 0)

    def reading(self) -> Reading:
        """Return where it begins and where its tip is, and where the origin of its train then is."""
        shaft, head = (piece.points for piece in self.submobjects)
        if not len(shaft):
            return Reading()
        start = (shaft[0] + shaft[-4]) / 2
        hub, (a, b) = self.wheel.hub + self.offset, self.wheel.plan.centre
        ends = tuple((float(x), float(y)) for x, y, _ in (start, head[4]))
        return Reading(ends=ends, stands=(float(hub[0] - a), float(hub[1] - b)))

    def fault(self) -> str | None:
        """Return what is drawn wrongly: outline, or the way it points."""
        value, ends = self.quantity.number, self.reading().ends
        if value and (len(ends) != 2 or (ends[0][0] > ends[1][0]) != (value > 0)):
            return f"it points the wrong way for {value!r}"
        return super().fault()


class AngleScale(Bound):
    """How far something has turned: a slice between the mark's direction at rest and now, clear of hub and rim."""

    kind = "angle"

    def __init__(
        self,
        source: Quantity | Source,
        scale: Scale,
        *,
        hub: tuple[float, float],
        radius: float,
        colour: str,
        ground: str,
    ) -> None:
        self.hub, self.radius = np.array([*hub, 0.0]), radius
        super().__init__(source, [Paint(ground, stroke=2 * _CLEAR * STROKES_PER_UNIT), Paint(colour)], scale)

    def outlines(self) -> Sequence[Points]:
        """Return what is clear round the slice, and the slice; of no turn, nothing."""
        turned = self.quantity.number * (self.scale_used.per_unit if self.scale_used else 0.0)
        if not turned:
            return [_NOTHING] * 2
        return [sector(self.hub, HUB + _CLEAR, self.radius, MARK, MARK + turned)] * 2

    def reading(self) -> Reading:
        """Return the value of the drawn angle, and hub, start and end of the bow."""
        points = self.submobjects[1].points
        if not len(points) or self.scale_used is None:
            return Reading(value=0.0)
        hub, start, end = self.hub + self.offset, points[0], points[len(points) // 2 - 5]
        a, b = start - hub, end - hub
        angle = math.atan2(a[0] * b[1] - a[1] * b[0], float(np.dot(a, b)))
        expected = self.quantity.number * self.scale_used.per_unit
        angle += math.tau * round((expected - angle) / math.tau)
        ends = tuple((float(x), float(y)) for x, y, _ in (hub, start, end))
        return Reading(value=angle / self.scale_used.per_unit, ends=ends)
