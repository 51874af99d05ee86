"""Lengths and places that a ledger claims, against the values that they stand for, its scales and its axes."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import Ledger, Pixel, SampleRow, ShownRow
from scenes.parts.plans.wheel_plan import WheelPlan
from scenes.parts.settings import ClipSettings
from studio.audit.planned import PlannedWheels

__all__ = ["LIMIT", "Space", "Verdict", "hub_of", "nan_as_inf", "riding_error", "value_of"]

LIMIT: Final = 0.005
"""Pixels: the ledger rounds to 0.001 px, and up to four rounded numbers meet in one comparison."""

_FRAME_WIDTH: Final = 128 / 9  # frame units

Array = npt.NDArray[np.float64]
Verdict = tuple[float, str, SampleRow]
ValueAt = Callable[[str, int, bool], float | None]


@dataclass(frozen=True)
class Space:
    """Where numbers lie on the frames of a clip; ``value_at(name, frame, live)`` says what a quantity is on a frame."""

    ledger: Ledger
    clip: ClipSettings
    value_at: ValueAt

    @property
    def unit(self) -> float:
        """Pixels per frame unit, up and down."""
        return self.ledger.video.height / self.ledger.video.frame_height

    def distance(self, one: Pixel, two: Pixel) -> float:
        """Return the distance of two points in pixels of `unit`; at 854 x 480 a pixel is not quite as wide as high."""
        return math.dist(self.placed(one), self.placed(two)) * self.unit

    def placed(self, point: Pixel) -> tuple[float, float]:
        """Return where a pixel lies in frame units that point right and up from the middle of the frame."""
        video = self.ledger.video
        return (point[0] / video.width - 0.5) * _FRAME_WIDTH, (0.5 - point[1] / video.height) * video.frame_height

    def pixels(self, points: Array, origin: Pixel) -> Array:
        """Return points about an origin, shape (n, 2 or 3) in frame units, in pixels, shape (n, 2)."""
        video = self.ledger.video
        units = np.array([video.width / _FRAME_WIDTH, -video.height / video.frame_height])
        return np.asarray(points[:, :2] * units + np.array(origin))

    @cached_property
    def wheels(self) -> PlannedWheels:
        """The wheels as the settings plan them."""
        return PlannedWheels.of(self.clip)

    def states(self, per_unit: float | None) -> bool:
        """Return whether a setting states this scale."""
        return per_unit in {scale.per_unit for scale in self.clip.scales().values()}

    def off(self, axis: tuple[str, Pixel, Pixel], value: float, point: Pixel) -> float:
        """Return how far a point is, along an axis, from where a value stands on it."""
        key, (x0, y0), (x1, y1) = axis
        low, high = self.clip.ranges()[key]
        length = math.hypot(x1 - x0, y1 - y0)
        if length == 0:
            return math.inf
        along = ((point[0] - x0) * (x1 - x0) + (point[1] - y0) * (y1 - y0)) / length
        return abs(along - (value - low) / (high - low) * length)

    def per_unit(self, axis: tuple[str, Pixel, Pixel]) -> float:
        """Return how many pixels one unit of an axis is."""
        key, start, end = axis
        low, high = self.clip.ranges()[key]
        return math.dist(start, end) / (high - low)


def value_of(sample: SampleRow) -> float:
    """Return the value that a sample claims; NaN where it claims none."""
    return sample.value.number if sample.value else math.nan


def riding_error(space: Space, row: ShownRow, sample: SampleRow, *, ahead: bool = False) -> Verdict:
    """Compare where something rides with the hub of its wheel, or with where that meets the next wheel."""
    plan = space.wheels.plan(row, sample)
    if plan is None:
        return math.inf, f"the settings plan no wheel {row.wheel!r}", sample
    if not sample.ends:
        return 0.0, "", sample
    if sample.stands is None:
        return math.inf, "it does not say where the origin of its train stands", sample
    where = hub_of(space, plan, sample.stands)
    if row.sizes.get("on_top"):
        where = where[0], where[1] + plan.pitch_radius
    if ahead:
        turn = math.nan if plan.ahead is None else plan.ahead
        where = where[0] + plan.pitch_radius * math.cos(turn), where[1] + plan.pitch_radius * math.sin(turn)
    off = math.dist(space.placed(sample.ends[0]), where) * space.unit
    return nan_as_inf(off), f"it does not stand on its place on {row.wheel}", sample


def hub_of(space: Space, plan: WheelPlan, stands: Pixel) -> tuple[float, float]:
    """Return where the hub of a wheel stands whose train has its origin there, in frame units."""
    x, y = space.placed(stands)
    return x + plan.centre[0], y + plan.centre[1]


def nan_as_inf(error: float) -> float:
    """Return an error of which nothing can be said as the largest of all."""
    return math.inf if math.isnan(error) else error
