"""Audit level lines: each runs where the ledger's numbers on the grid have its height, and its number stands there."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt
from contourpy import LineType, contour_generator

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.settings import ClipSettings
from scenes.parts.things.shapes import polyline, spatial
from studio.audit.colours import Tint
from studio.audit.drawn import Facts, Piece, ink_of
from studio.audit.finding import Finding
from studio.audit.geometry import LIMIT, Space, Verdict, nan_as_inf
from studio.audit.glance import Glance
from studio.audit.kind import Kind
from studio.audit.script import Script
from studio.audit.synthesis import Synthesis, shape_finding
from studio.audit.things.curve import along, offset
from studio.audit.things.lettering import Number
from studio.audit.things.ruler import ticks

__all__ = ["LEVEL", "LEVELS"]

Array = npt.NDArray[np.float64]
Named = Mapping[str, Array]
_MOST: Final = range(2, 100)  # lines of round heights
_BETWEEN: Final = ("from", "to"), ("until", "beyond")  # of the lines between two quantities; of all others
_BESIDE: Final = 6.0  # pixels across a line that are looked at, at most
_PAST: Final = 3.0  # pixels past its edge: thin lines are dim, and farther away there is noise alone
_SOFT: Final = 1.0  # pixels past the edge of another line, as far as an encoder leaves its ink
_LEAST: Final = 0.4  # of a line's width: with less ink across it, it is not there


class Levels(Kind):
    """The lines of a grid."""

    axes, tint = (2, 2), Tint(any_width=True)

    def unstated(self, space: Space, row: ShownRow) -> str:
        """Return what is wrong with its axes, its heights or its grid, or nothing."""
        if wrong := super().unstated(space, row):
            return wrong
        named = {q.name: np.array([v.number for v in q.values]) for q in space.ledger.quantities}
        if _grid(row, named) is None:
            return "it is drawn on no grid"
        return _heights_fault(space.clip, row, named)

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield how far the box of its lines is from what its grid gives."""
        named = {q.name: np.array([v.number for v in q.values]) for q in space.ledger.quantities}
        lines = list(_lines(row, named, space.clip.ranges()))
        whole = np.concatenate(lines) if lines else np.zeros((1, 2))
        box = (*whole.min(axis=0).tolist(), *whole.max(axis=0).tolist())
        off = max(abs(a - b) for a, b in zip(box, sample.box, strict=True))
        yield nan_as_inf(off), "its lines are not those of its numbers", sample
        pairs = zip(lines, sample.ends, strict=False)
        off = max((math.dist(line[0], end) for line, end in pairs), default=0.0)
        said = "its lines do not begin where its numbers say"
        yield nan_as_inf(off) if len(lines) == len(sample.ends) else math.inf, said, sample

    def pieces(self, row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        """Return the lines."""
        if _grid(row, facts.quantities) is None or any(key not in facts.ranges for key, *_ in row.axes):
            return []
        width = (row.stroke or 0.0) * facts.unit
        return [Piece(polyline(spatial(line))[:, :2], width) for line in _lines(row, facts.quantities, facts.ranges)]

    def check(self, glance: Glance) -> Iterator[Finding]:
        """Yield whether all lines are there, and how far the worst of them runs beside its numbers."""
        pieces = self.pieces(glance.row, glance.sample, glance.facts)
        if not pieces:
            return
        drawn = [(piece, glance.colour) for piece in pieces]
        scene = Synthesis.of(glance, drawn)
        yield shape_finding(glance, scene.misfit(drawn), glance.limits.thin)
        worst = max((off for i in range(len(pieces)) for off in self._beside(glance, pieces, i)), default=0.0)
        said = f"a line of it runs {worst:.2f} px beside its numbers"
        yield glance.finding("positions", worst, glance.place_limit, "px", said)

    def _beside(self, glance: Glance, pieces: list[Piece], i: int) -> Iterator[float]:
        """Yield how far a line runs beside its numbers, away from other lines: the mean of neighbouring points."""
        corners = np.concatenate([pieces[i].points[::4], pieces[i].points[-1:]])
        window = glance.window(corners, _BESIDE + 2)
        others = [replace(each, stroke=each.stroke + 2 * _SOFT) for j, each in enumerate(pieces) if j != i]
        ink, hidden = glance.ink(window), glance.hidden(window)
        hidden = hidden | (ink_of(others, window) > 0.01 if others else np.zeros(window.shape, dtype=bool))
        least, reach = _LEAST * pieces[i].stroke, min(_BESIDE, pieces[i].stroke / 2 + _PAST)
        found = (offset(*at, ink, hidden, window, least, reach) for at in along(corners))
        run = [off for off in found if off is not None]
        yield from np.convolve(run, np.full(3, 1 / 3), "valid").tolist() if len(run) > 2 else ()


class Level(Number):
    """The number of a level line."""

    valued, axes = False, (2, 2)

    def text_fault(self, script: Script, row: ShownRow, sample: SampleRow, live: bool) -> str:
        """Return what is wrong with the number, with its line, or with its place beside it, or nothing."""
        named = {q.name: np.ravel(q.value) for q in script.quantities.values()}
        if _grid(row, named) is None or (wrong := _heights_fault(script.clip, row, named)):
            return "it belongs to no lines" if _grid(row, named) is None else wrong
        value = sample.value.number if sample.value else math.nan
        equal = "at" in row.sizes
        if value not in ((0.0,) if equal else _heights(row)):
            return f"there is no line of height {value!r}"
        (low, high), (_, start, end) = script.clip.ranges()[row.axes[1][0]], row.axes[1]
        middle = (sample.box[1] + sample.box[3]) / 2
        at = [start[1] + (y - low) / (high - low) * (end[1] - start[1])
              for y in _crossings(row, named, row.sizes["at"] if equal else value)]  # fmt: skip
        off = min((abs(middle - y) for y in at), default=math.inf)
        if not off <= LIMIT or not sample.box[0] >= row.axes[0][2][0]:
            return f"it stands {off:.2f} px beside its line"
        return super().text_fault(script, row, sample, live)


def _grid(row: ShownRow, named: Named) -> tuple[Array, Array, Array] | None:
    """Return the places across and upward, and what stands there; None where they are no grid."""
    xs, ys, heights = (named.get(name or "", np.zeros(0)) for name in (row.across, row.through, row.quantity))
    if len(xs) < 2 or len(ys) < 2 or len(heights) != len(xs) * len(ys) or len(row.axes) != 2:
        return None
    return xs, ys, heights.reshape(len(ys), len(xs))


def _heights_fault(clip: ClipSettings, row: ShownRow, named: Named) -> str:
    """Return what is wrong with its heights: they are round numbers of a stated range, or the target."""
    if set(row.sizes) == {"at"}:
        return "" if [row.sizes["at"]] == named.get("target", np.zeros(0)).tolist() else "its height is not the target"
    ends = set(row.sizes) - {"low", "high", "most"}
    if ends not in (set(), *map(set, _BETWEEN)) or len(row.sizes) - len(ends) < 3 or row.sizes["most"] not in _MOST:
        return "it does not say of which heights it is"
    if not all([row.sizes[end]] in (number.tolist() for number in named.values()) for end in ends):
        return "no quantity says between which heights it is"
    stated = (row.sizes["low"], row.sizes["high"]) in clip.ranges().values()
    return "" if stated else "no setting states the range of its heights"


def _heights(row: ShownRow) -> tuple[float, ...]:
    sizes = row.sizes
    if "at" in sizes:
        return (sizes["at"],)
    inner, outer = _BETWEEN
    left = outer[0] in sizes
    one, other = outer if left else inner
    low, high = sorted((sizes.get(one, -math.inf), sizes.get(other, math.inf)))
    return tuple(each for each in ticks(sizes["low"], sizes["high"], int(sizes["most"])) if (low < each < high) != left)


def _lines(row: ShownRow, named: Named, ranges: Mapping[str, tuple[float, float]]) -> Iterator[Array]:
    """Yield the lines of all heights in pixels, shape (n, 2) each."""
    if (grid := _grid(row, named)) is None:
        return
    (_, left, right), (_, foot, top) = row.axes
    (a, b), (c, d) = (ranges[key] for key, *_ in row.axes)
    for height in _heights(row):
        lines = contour_generator(*grid, line_type=LineType.Separate).lines(height)
        for line in map(np.asarray, lines):
            x = left[0] + (line[:, 0] - a) / (b - a) * (right[0] - left[0])
            y = foot[1] + (line[:, 1] - c) / (d - c) * (top[1] - foot[1])
            yield np.stack([x, y], axis=1)


def _crossings(row: ShownRow, named: Named, height: float) -> list[float]:
    """Return where lines of a height meet the right edge, in units of the axis upward."""
    if (grid := _grid(row, named)) is None:
        return []
    _, ys, heights = grid
    column = heights[:, -1]
    found = []
    for low, high, below, above in zip(ys, ys[1:], column, column[1:], strict=False):
        if (below < height) != (above < height):
            found.append(float(low + (high - low) * ((height - below) / (above - below))))
    return found


LEVELS: Final = Levels()
LEVEL: Final = Level()
