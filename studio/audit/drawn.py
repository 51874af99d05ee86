"""What each kind of thing looks like in pixels, from the ledger's row of it: the outlines that an audit looks for.

Sizes that the ledger does not give (the shaft of an arrow, the ticks of an axis) are stated here a second time, on
purpose: an audit that took them from the stage would follow the stage into an error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import Ledger, SampleRow, ShownRow
from scenes.parts.settings.models import Fonts
from scenes.parts.theme import FRAME_WIDTH, HEAD, RING, SPECK
from scenes.parts.things.shapes import arrow, disc, polygon, polyline, rectangle, spatial
from studio.audit.custody import settings_of
from studio.audit.frames import Window
from studio.audit.glyphs import coverage
from studio.audit.planned import PlannedWheels, ranges_of_ledger, wheels_of_ledger
from studio.audit.script import Script

__all__ = [
    "HEAD",
    "SHAFT",
    "TANGENT",
    "Facts",
    "Piece",
    "arrow_pieces",
    "axis_pieces",
    "bar_pieces",
    "bar_width",
    "curve_corners",
    "ink_of",
    "legend_pieces",
    "on_axis",
    "pieces_of",
    "tangent_piece",
]

Array = npt.NDArray[np.float64]
SHAFT: Final = 0.085  # frame units, all of them
TANGENT: Final = 0.04
_LEGEND: Final = (0.05, 0.09, 0.035)  # width of the bar; half length and width of its ends
_AXIS: Final = (0.025, 0.08)  # width of the line and its ticks; half length of a tick


@dataclass(frozen=True)
class Facts:
    """What a ledger says of the whole clip, for a picture of a certain size.

    Attributes
    ----------
    unit, unit_across
        Pixels per frame unit, upwards and across; they may differ in a copy of another size.
    ground
        The background, ``#RRGGBB``.
    family
        The family that words are set in.
    script
        What the clip may write, by its settings; None where they cannot be used.
    quantities
        The values of each.
    ranges
        The ranges of the clip's axes by their keys.
    middle
        The middle of the frame, in pixels, shape (2,).
    wheels
        The wheels that the settings plan.
    """

    unit: float
    unit_across: float
    ground: str
    family: str
    script: Script | None
    quantities: Mapping[str, Array]
    ranges: Mapping[str, tuple[float, float]]
    middle: Array
    wheels: PlannedWheels

    @classmethod
    def of(cls, ledger: Ledger, height: int, width: int) -> Facts:
        """Return the facts of a clip for a picture of this size."""
        settings, _ = settings_of(ledger)
        return cls(
            unit=height / ledger.video.frame_height,
            unit_across=width / FRAME_WIDTH,  # manim keeps the frame's width and lets its height follow the pixels
            ground=ledger.video.background,
            family=(settings.fonts if settings else Fonts()).words,
            script=Script.of(settings, ledger.clip),
            quantities={row.name: np.array([value.number for value in row.values]) for row in ledger.quantities},
            ranges=ranges_of_ledger(ledger),
            middle=np.array([width / 2, height / 2]),
            wheels=wheels_of_ledger(ledger),
        )

    def values(self, name: str | None) -> Array:
        """Return the values of a quantity; none if there is no such quantity."""
        return self.quantities.get(name or "", np.zeros(0))

    @property
    def units(self) -> Array:
        """Pixels per frame unit across and down, of frame units that point right and up, shape (2,)."""
        return np.array([self.unit_across, -self.unit])

    def range(self, key: str) -> tuple[float, float]:
        """Return the range that the settings give an axis, (0, 0) if they do not."""
        return self.ranges.get(key, (0.0, 0.0))


@dataclass(frozen=True)
class Piece:
    """An outline in pixels, shape (4 k, 2): filled, or a line of width ``stroke``; ``straight`` if it has no bend."""

    points: Array
    stroke: float = 0.0
    straight: bool = False


def ink_of(pieces: Sequence[Piece], window: Window) -> Array:
    """Return how much of each pixel of a window the pieces cover together, 0 to 1."""
    left = np.ones(window.shape)
    for piece in pieces:
        left *= 1 - coverage(piece.points, window, piece.stroke, straight=piece.straight)
    return 1 - left


def arrow_pieces(tail: Array, tip: Array, facts: Facts, *, width: float, filled: bool) -> list[Piece]:
    """Return shaft and head of an arrow, and the speck that marks one which is too short."""
    unit = facts.unit
    shaft, head = arrow(spatial(tail), spatial(tip), width=width, head=HEAD * unit, filled=filled)
    pieces = [Piece(shaft[:, :2]), Piece(head[:, :2])]
    small = np.linalg.norm(tip - tail) < SPECK * unit
    return [*pieces, Piece(disc(spatial(tail), SPECK * unit)[:, :2])] if small else pieces


def zero_pieces(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
    """Return what stands for exactly zero: a ring for an arrow, a thin line across for a bar."""
    left, top, right, bottom = sample.box
    if row.kind == "arrow":
        outer, hole = (radius * facts.unit for radius in RING)
        return [Piece(disc(np.array([(left + right) / 2, (top + bottom) / 2, 0.0]), outer, hole)[:, :2])]
    return [Piece(polygon([[left, top, 0], [right, top, 0], [right, bottom, 0], [left, bottom, 0]])[:, :2])]


def bar_pieces(start: Array, end: Array, width: float) -> list[Piece]:
    """Return a bar."""
    return [Piece(rectangle(spatial(start), spatial(end), width)[:, :2])]


def legend_pieces(start: Array, end: Array, facts: Facts, width: float) -> list[Piece]:
    """Return the bar of one unit, with the short lines across its ends."""
    _, half, thick = (part * facts.unit for part in _LEGEND)
    a, b = spatial(start), spatial(end)
    along = (b - a) / np.linalg.norm(b - a)
    cross, inset = np.array([-along[1], along[0], 0.0]) * half, along * thick / 2
    ends = [rectangle(p - cross, p + cross, thick) for p in (a + inset, b - inset)]
    return [Piece(np.concatenate([rectangle(a, b, width), *ends])[:, :2])]


def axis_pieces(start: Array, end: Array, facts: Facts, key: str, width: float) -> list[Piece]:
    """Return the line of an axis with a tick at each end of its range and at 0."""
    (low, high), half = facts.range(key), _AXIS[1] * facts.unit
    a, b = spatial(start), spatial(end)
    cross = np.array([a[1] - b[1], b[0] - a[0], 0.0]) / np.linalg.norm(b - a) * half
    shares = [0.0, *([-low / (high - low)] if low < 0.0 < high else []), 1.0]
    ticks = [a + (b - a) * share for share in shares]
    lines = [rectangle(a, b, width), *(rectangle(p - cross, p + cross, width) for p in ticks)]
    return [Piece(np.concatenate(lines)[:, :2])]


def curve_corners(row: ShownRow, sample: SampleRow, facts: Facts) -> Array:
    """Return the points of a curve in pixels, shape (n, 2): those of the sweep, as far as it has come, and its ends."""
    across, up = facts.values(row.across), facts.values(row.quantity)
    if len(row.axes) != 2 or len(across) != len(up) or not len(up) or len(sample.ends) != 2:
        return np.zeros((0, 2))
    x, y = (on_axis(axis, values, facts) for axis, values in zip(row.axes, (across, up), strict=True))
    corners = np.stack([x[:, 0], y[:, 1]], axis=1)
    (first, _), (last, _) = sorted(sample.ends)
    inside = corners[(corners[:, 0] > first) & (corners[:, 0] < last)]
    return np.concatenate([np.array(sorted(sample.ends))[:1], inside, np.array(sorted(sample.ends))[1:]])


def on_axis(axis: tuple[str, tuple[float, float], tuple[float, float]], values: Array, facts: Facts) -> Array:
    """Return where values lie on an axis (its key and both ends in pixels), shape (n, 2)."""
    key, start, end = axis
    low, high = facts.range(key)
    share = (values - low) / ((high - low) or 1.0)
    return np.asarray(np.array(start) + share[:, None] * (np.array(end) - np.array(start)))


def pieces_of(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
    """Return what a thing without lettering looks like."""
    ends, unit = [np.array(end) for end in sample.ends], facts.unit
    if row.kind in ("arrow", "bar") and len(ends) != 2:
        return zero_pieces(row, sample, facts)
    if row.kind == "arrow":
        filled = sample.value is None or sample.value.number > 0
        return arrow_pieces(ends[0], ends[1], facts, width=SHAFT * unit, filled=filled)
    if row.kind == "bar":
        return bar_pieces(ends[0], ends[1], bar_width(sample))
    if row.kind == "legend":
        return legend_pieces(ends[0], ends[1], facts, _LEGEND[0] * unit)
    if row.kind == "tangent" and len(ends) == 2:
        return [tangent_piece(ends[0], ends[1], TANGENT * unit)]
    if row.kind == "axis":
        key, start, end = row.axes[0]
        return axis_pieces(np.array(start), np.array(end), facts, key, _AXIS[0] * unit)
    if row.kind == "dot" and ends:
        return [Piece(disc(spatial(ends[0]), (sample.box[2] - sample.box[0]) / 2)[:, :2])]
    if row.kind == "curve":
        corners = curve_corners(row, sample, facts)
        return [Piece(polyline(spatial(corners))[:, :2], (row.stroke or 0.0) * unit)] if len(corners) > 1 else []
    return [Piece(np.array(outline.points), outline.stroke * unit) for outline in row.outlines]


def tangent_piece(start: Array, end: Array, width: float) -> Piece:
    """Return a tangent: a line without heads or ends."""
    return Piece(polyline(spatial(np.stack([start, end])))[:, :2], width)


def bar_width(sample: SampleRow) -> float:
    """Return the width of a bar, from its box and its two ends."""
    along = np.abs(np.subtract(sample.ends[1], sample.ends[0]))
    size = np.array([sample.box[2] - sample.box[0], sample.box[3] - sample.box[1]])
    across = along[::-1] / (np.linalg.norm(along) or 1.0)
    return float(np.dot(size - along, across) / (np.dot(across, across) or 1.0))
