"""Audit number lines: the line, its ticks at the round numbers of its range, their numbers, and marks on it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

import numpy as np

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.settings import ClipSettings
from scenes.parts.things.shapes import rectangle
from scenes.parts.things.strips import rod
from studio.audit.drawn import Facts, Piece
from studio.audit.figure import Figure
from studio.audit.geometry import LIMIT, Space, Verdict
from studio.audit.kind import Kind
from studio.audit.outlined import Numbers, Outlined, Shape
from studio.audit.script import Script
from studio.audit.things.dot import place_verdict
from studio.audit.things.lettering import Number

__all__ = ["MARK", "RULER", "TICK"]

_WIDTH, _HALF = 0.02, 0.07  # frame units: of the line and its ticks; half length of a tick
_MARK: Final = (0.195, 0.05, 0.20, 0.12)  # half length and width of a mark, and of what clears its ground
_TICKS: Final = range(2, 100)  # how many an axis may have at most
_SIDE, _UP = np.array([1.0, 0.0, 0.0]), np.array([0.0, 1.0, 0.0])


def ticks(low: float, high: float, most: int) -> tuple[float, ...]:
    """Return the multiples of the finest round step, 1, 2 or 5 x 10^k, from low to high that are at most so many.

    The page has its own; both read the ends as the decimal numbers that they are written as.

    Examples
    --------
    >>> ticks(-0.85, 1.0, 5), ticks(0.0, 0.3, 4)
    ((-0.5, 0.0, 0.5, 1.0), (0.0, 0.1, 0.2, 0.3))
    """
    first, last = Fraction(repr(low)), Fraction(repr(high))
    power = math.floor(math.log10(float(last - first) / most)) - 1
    for step in (lead * Fraction(10) ** k for k in range(power, power + 5) for lead in (1, 2, 5)):
        found = range(math.ceil(first / step), math.floor(last / step) + 1)
        if len(found) <= most:
            return tuple(float(i * step) for i in found)
    return ()


def _ticks(clip: ClipSettings, row: ShownRow) -> tuple[float, ...]:
    """Return the ticks of a thing's one axis by the settings; none where the ledger names no such axis or number."""
    most = row.sizes.get("most", 0.0)
    if len(row.axes) != 1 or row.axes[0][0] not in clip.ranges() or most not in _TICKS:
        return ()
    return ticks(*clip.ranges()[row.axes[0][0]], int(most))


class Ruler(Figure):
    """A line with a tick at each multiple of a round step."""

    axes, measured = (1, 1), ("length",)

    def unstated(self, space: Space, row: ShownRow) -> str:
        """Return what is wrong with its range, or nothing."""
        if row.scale is not None or row.numbers:
            return "it claims to measure something, and a line with ticks shows no number"
        if not _ticks(space.clip, row):
            return "it does not say how many ticks there may be on its axis"
        if space.clip.ranges()[row.axes[0][0]] != (row.sizes.get("low"), row.sizes.get("high")):
            return f"it does not show the range of {row.axes[0][0]}"
        return Kind.unstated(self, space, row)

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield what the base says, and how far its ends are from those of its axis."""
        yield from super().verdicts(space, row, sample, live)
        if len(sample.ends) == 1:
            _, start, end = row.axes[0]
            way = (0.0, 1.0) if row.sizes.get("upright") else (1.0, 0.0)
            far = space.pixels(np.array([way]) * row.sizes["length"], sample.ends[0])[0]
            off = math.dist(start, sample.ends[0]) + math.dist(end, far)
            yield off, "it does not lie where its axis does", sample

    def figure(self, sizes: Numbers) -> Sequence[Shape]:
        """Return the line and its ticks."""
        low, high, length = sizes["low"], sizes["high"], sizes["length"]
        along, across = (_UP, _SIDE) if sizes.get("upright") else (_SIDE, _UP)
        feet = (along * length * (v - low) / (high - low) for v in ticks(low, high, int(sizes["most"])))
        lines = [rectangle(foot - across * _HALF, foot + across * _HALF, _WIDTH) for foot in feet]
        return [Shape(rectangle(np.zeros(3), along * length, _WIDTH)), Shape(np.concatenate(lines))]


class Tick(Number):
    """The number at a tick."""

    valued, axes = False, (1, 1)

    def text_fault(self, script: Script, row: ShownRow, sample: SampleRow, live: bool) -> str:
        """Return what is wrong with the number, with the tick, or with its place under it, or nothing."""
        found = _ticks(script.clip, row)
        value = sample.value.number if sample.value else math.nan
        if value not in found:
            return f"there is no tick at {value!r}"
        (low, high), (_, start, end) = script.clip.ranges()[row.axes[0][0]], row.axes[0]
        way = int(start[0] == end[0])  # along an upright axis
        wanted = start[way] + (value - low) / (high - low) * (end[way] - start[way])
        off = abs((sample.box[way] + sample.box[way + 2]) / 2 - wanted)
        if not off <= LIMIT:
            return f"it stands {off:.2f} px beside its tick"
        return super().text_fault(script, row, sample, live)


class Mark(Outlined):
    """A bold line across an axis."""

    axes = (1, 1)

    def unstated(self, space: Space, row: ShownRow) -> str:
        """Return what is wrong with its axis, or nothing."""
        return Kind.unstated(self, space, row)

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield how far its middle is from where its value stands."""
        yield place_verdict(space, row, sample, live)

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return what clears its ground, and the line."""
        half, width, clear, across = _MARK
        return [
            Shape(rectangle(-_UP * clear, _UP * clear, across), body=True),
            Shape(rod(-_UP * half, _UP * half, width)),
        ]

    def pieces(self, row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        """Return both in pixels."""
        return self._pieces({}, row.sizes, np.array(sample.ends[0]), facts) if len(sample.ends) == 1 else []


RULER: Final = Ruler()
TICK: Final = Tick()
MARK: Final = Mark()
