"""Lengths and places that a ledger claims, against the values that they stand for, its scales and its axes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from scenes.parts.film.ledger import Ledger, Pixel, SampleRow, ShownRow, SpanRow
from scenes.parts.settings import ClipSettings
from studio.audit.planned import PlannedWheels
from studio.audit.turned import TURNED, riding_error

__all__ = ["LIMIT", "Drawing"]

LIMIT: Final = 0.005
"""Pixels: the ledger rounds to 0.001 px, and up to four rounded numbers meet in one comparison."""

LENGTHS: Final = ("arrow", "bar", "legend", "spoke", "circle")

SPOKE_LEAST: Final = 0.16
"""Length in frame units below which no spoke is drawn on a hub; stated a second time, on purpose."""

_FRAME_WIDTH: Final = 128 / 9  # frame units

Verdict = tuple[float, str, SampleRow]
ValueAt = Callable[[str, int, bool], float | None]


@dataclass(frozen=True)
class Drawing:
    """How the things of a clip should lie: ``value_at(name, frame, live)`` says what a quantity is on a frame."""

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

    @cached_property
    def wheels(self) -> PlannedWheels:
        """The wheels as the settings plan them."""
        return PlannedWheels.of(self.clip)

    def verdicts(self, row: ShownRow, span: SpanRow, live: bool) -> Iterator[Verdict]:
        """Yield by how many pixels a thing is off in each sample, and what that means."""
        if said := self._unstated(row):
            yield math.inf, said, span.samples[0]
            return
        for sample in span.samples:
            if row.kind in LENGTHS:
                yield self._length(row, sample)
                if row.wheel is not None:
                    yield riding_error(self, row, sample)
            elif row.kind in TURNED:
                yield TURNED[row.kind](self, row, sample)
            elif row.kind == "dot":
                yield self._place(row, sample, live)
            elif row.kind == "tangent":
                yield self._slope(row, sample, live)

    def _unstated(self, row: ShownRow) -> str:
        """Return what is wrong with the scale or the axes that a thing claims, or nothing."""
        stated = {scale.per_unit for scale in self.clip.scales().values()}
        if row.kind in (*LENGTHS, "gear", "rack", "dial") and row.scale not in stated:
            return f"no setting states its scale of {row.scale!r}"
        wrong = [key for key, *_ in row.axes if key not in self.clip.ranges()]
        if wrong:
            return f"no setting states the range of its axis {wrong[0]!r}"
        if row.kind in ("dot", "curve", "axis") and not row.axes:
            return "it names no axis"
        if row.kind == "tangent" and len(row.axes) != 2:
            return "it does not name its two axes"
        return ""

    def _length(self, row: ShownRow, sample: SampleRow) -> Verdict:
        """Compare the value that is read from the drawn length, and the measured ends, with the value."""
        value = 1.0 if row.kind == "legend" else sample.value.number if sample.value else math.nan
        per_unit = (row.scale or 0.0) * self.unit
        tiny = row.kind == "spoke" and row.wheel is not None and 0 < abs(value) * (row.scale or 0.0) < SPOKE_LEAST
        if tiny and not sample.ends:
            return 0.0, "", sample
        shown = math.nan if sample.shown is None else sample.shown
        error = abs(shown - value) * per_unit
        if value and len(sample.ends) != 2:
            return math.inf, "it does not say between which points it is measured", sample
        if len(sample.ends) == 2:
            error = max(error, abs(self.distance(*sample.ends) - abs(value) * per_unit))
        return _nan_as_inf(error), f"its length stands for {shown!r}, its value is {value!r}", sample

    def _place(self, row: ShownRow, sample: SampleRow, live: bool) -> Verdict:
        """Compare the centre of a dot with its value on its own axis, and with the other quantity on the other."""
        if sample.value is None or len(sample.ends) != 1 or sample.shown is None:
            return math.inf, "it does not say where its centre is", sample
        value, centre = sample.value.number, sample.ends[0]
        own = row.axes[0]
        error = max(self._off(own, value, centre), abs(sample.shown - value) * self._per_unit(own))
        if len(row.axes) > 1:
            across = self.value_at(row.across or "", sample.frame, live)
            if across is None:
                return math.inf, "nothing says what it is drawn against", sample
            error = max(error, self._off(row.axes[1], across, centre))
        return _nan_as_inf(error), f"its centre {centre} is not where {value!r} stands", sample

    def _slope(self, row: ShownRow, sample: SampleRow, live: bool) -> Verdict:
        """Compare a tangent with its slope and with the point that it passes through, its middle."""
        point = [self.value_at(name or "", sample.frame, live) for name in (row.across, row.through)]
        if len(sample.ends) != 2 or sample.value is None or sample.shown is None or None in point:
            return math.inf, "nothing says between which ends it lies, or through which point", sample
        (x0, y0), (x1, y1) = sample.ends
        middle = (x0 + x1) / 2, (y0 + y1) / 2
        error = max(self._off(axis, value or 0.0, middle) for axis, value in zip(row.axes, point, strict=True))
        across, up = (self._per_unit(axis) for axis in row.axes)
        slope = sample.value.number
        rise = slope * up / across * (x1 - x0)
        error = max(error, abs((y0 - y1) - rise), abs(sample.shown - slope) * up)
        return _nan_as_inf(error), f"it does not pass with slope {slope!r} through its point", sample

    def _off(self, axis: tuple[str, Pixel, Pixel], value: float, point: Pixel) -> float:
        """Return how far a point is, along an axis, from where a value stands on it."""
        key, (x0, y0), (x1, y1) = axis
        low, high = self.clip.ranges()[key]
        length = math.hypot(x1 - x0, y1 - y0)
        if length == 0:
            return math.inf
        along = ((point[0] - x0) * (x1 - x0) + (point[1] - y0) * (y1 - y0)) / length
        return abs(along - (value - low) / (high - low) * length)

    def _per_unit(self, axis: tuple[str, Pixel, Pixel]) -> float:
        key, start, end = axis
        low, high = self.clip.ranges()[key]
        return math.dist(start, end) / (high - low)


def _nan_as_inf(error: float) -> float:
    return math.inf if math.isnan(error) else error
