"""Lengths that measure: gradient arrows, bars, and the legend that says how long one unit is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Scale
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import HEAD, RING, SHAFT, SIDE, SPECK
from scenes.parts.things.answers import Place, Remedy, Stated, unstated_scale
from scenes.parts.things.base import Bound, Paint, Reading, Shown, Source
from scenes.parts.things.shapes import arrow, disc, rectangle

__all__ = ["Bar", "GradientArrow", "Legend"]

Points = npt.NDArray[np.float64]


class GradientArrow(Bound):
    """An arrow whose length is scale x |value|; its head and its side of the baseline say the sign.

    Positive: filled head, on the left of the direction's back (above a baseline that runs left). Negative: open head,
    on the other side. Zero is a ring where the arrow would begin; what is too short for a head to show gets a dot.

    Parameters
    ----------
    tail
        The point of the baseline at which the value stands, (x, y).
    direction
        Where the flow goes, (x, y), of any length but 0.
    """

    kind = "arrow"
    measures = True

    def __init__(
        self,
        source: Quantity | Source,
        scale: Scale,
        *,
        tail: tuple[float, float],
        direction: tuple[float, float] = (-1.0, 0.0),
        colour: str,
    ) -> None:
        self.tail = np.array([*tail, 0.0])
        along = np.array([*direction, 0.0])
        self.along = along / np.linalg.norm(along)
        super().__init__(source, [Paint(colour), Paint(colour), Paint(colour)], scale)

    @property
    def side(self) -> Points:
        """Unit vector from the baseline to the side of the value's sign."""
        normal = np.array([self.along[1], -self.along[0], 0.0])
        return -normal if np.signbit(self.quantity.number) else normal

    def ends_expected(self) -> tuple[Points, Points]:
        """Return tail and tip before any move, shape (3,) each."""
        scale = self.scale_used
        start = self.tail + self.side * SIDE
        return start, start + self.along * (scale.length(self.quantity.number) if scale else 0.0)

    def outlines(self) -> Sequence[Points]:
        """Return shaft, head and speck."""
        value = self.quantity.number
        start, tip = self.ends_expected()
        if value == 0.0:
            return [np.zeros((0, 3)), np.zeros((0, 3)), disc(start, *RING)]
        shaft, head = arrow(start, tip, width=SHAFT, head=HEAD, filled=value > 0)
        small = float(np.linalg.norm(tip - start)) < SPECK
        return [shaft, head, disc(start, SPECK) if small else np.zeros((0, 3))]

    def reading(self) -> Reading:
        """Return the signed value that the drawn length and side stand for."""
        shaft, head, _ = (piece.points for piece in self.submobjects)
        if not len(shaft) or self.scale_used is None:
            return Reading(value=0.0)
        tail = (shaft[0] + shaft[-5]) / 2
        tip = head[4]
        baseline = self.tail + self.offset
        above = float(np.dot(tail - baseline, np.array([self.along[1], -self.along[0], 0.0])))
        length = float(np.dot(tip - tail, self.along))
        ends = ((float(tail[0]), float(tail[1])), (float(tip[0]), float(tip[1])))
        return Reading(value=self.scale_used.value(length) * (1.0 if above > 0 else -1.0), ends=ends)


class Bar(Bound):
    """A bar as long as scale x |value|: one way from its baseline for a positive value, the other for a negative."""

    kind = "bar"
    measures = True

    def __init__(
        self,
        source: Quantity | Source,
        scale: Scale,
        *,
        base: tuple[float, float],
        direction: tuple[float, float] = (0.0, 1.0),
        width: float = 0.3,
        colour: str,
    ) -> None:
        self.base = np.array([*base, 0.0])
        along = np.array([*direction, 0.0])
        self.along, self.width_drawn = along / np.linalg.norm(along), width
        super().__init__(source, [Paint(colour)], scale)

    def outlines(self) -> Sequence[Points]:
        """Return the bar, or a thin line where the value is 0."""
        length = (self.scale_used.per_unit if self.scale_used else 0.0) * self.quantity.number
        if length == 0.0:
            side = np.array([-self.along[1], self.along[0], 0.0]) * self.width_drawn / 2
            return [rectangle(self.base - side, self.base + side, 0.02)]
        return [rectangle(self.base, self.base + self.along * length, self.width_drawn)]

    def reading(self) -> Reading:
        """Return the signed value that the drawn length stands for."""
        points = self.submobjects[0].points
        if self.scale_used is None or self.quantity.number == 0.0:
            return Reading(value=0.0)
        start, end = (points[0] + points[-5]) / 2, (points[3] + points[8]) / 2
        ends = ((float(start[0]), float(start[1])), (float(end[0]), float(end[1])))
        return Reading(value=float(np.dot(end - start, self.along)) / self.scale_used.per_unit, ends=ends)


class Legend(Shown):
    """A bar of one unit of a scale: what a length on this frame means."""

    kind = "legend"
    measures = True

    def __init__(
        self, scale: Scale, *, start: tuple[float, float], colour: str, direction: tuple[float, float] = (1.0, 0.0)
    ) -> None:
        super().__init__([Paint(colour)])
        self.scale_used = scale
        self.start = np.array([*start, 0.0])
        self.end = self.start + np.array([*direction, 0.0]) / np.hypot(*direction) * scale.per_unit
        self.draw()

    def fields(self, place: Place) -> dict[str, Any]:
        """Return the scale."""
        return {**super().fields(place), "scale": self.scale_used.per_unit}

    def unstated(self, stated: Stated) -> str | None:
        """Return whether no setting states the scale."""
        return unstated_scale(self.name, self.scale_used, stated) or super().unstated(stated)

    @property
    def remedy(self) -> Remedy | None:
        """What makes it shorter: a lower scale."""
        return Remedy(2, f"lower {self.scale_used.key}", self.scale_used.key)

    def outlines(self) -> Sequence[Points]:
        """Return the bar with a short cross line at each end."""
        along = (self.end - self.start) / np.linalg.norm(self.end - self.start)
        cross = np.array([-along[1], along[0], 0.0]) * 0.09
        inset = along * 0.0175
        ends = [rectangle(p - cross, p + cross, 0.035) for p in (self.start + inset, self.end - inset)]
        return [np.concatenate([rectangle(self.start, self.end, 0.05), *ends])]

    def reading(self) -> Reading:
        """Return the value that the drawn length stands for: 1."""
        points = self.submobjects[0].points
        start, end = (points[0] + points[11]) / 2, (points[3] + points[8]) / 2
        ends = ((float(start[0]), float(start[1])), (float(end[0]), float(end[1])))
        return Reading(value=self.scale_used.value(float(np.linalg.norm(end - start))), ends=ends)
