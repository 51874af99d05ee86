"""Measure what stands for a number by its length: arrows, bars and legends, by synthesis.

The outline is drawn with slightly other lengths, places, directions and widths until it fits the pixels best; what fits
best is the measurement. This finds a length to 0.05 pixels, where the tip's last lit pixel would be off by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from studio.audit.drawn import (
    HEAD,
    SHAFT,
    Facts,
    Piece,
    arrow_pieces,
    bar_pieces,
    bar_width,
    ink_of,
    legend_pieces,
    pieces_of,
)
from studio.audit.finding import Finding
from studio.audit.fit import distance, nearest
from studio.audit.frames import Window
from studio.audit.glance import Glance

__all__ = ["SHORT", "Line", "check_length", "differences", "fitted", "misfit"]

Array = npt.NDArray[np.float64]
Build = Callable[["Line"], Sequence[Piece]]
SHORT = 60.0  # pixels: below, a direction is known less well
_LEAST = 8.0  # pixels: below, a length is told by its whole look alone
_SIDE = 0.15  # how far an arrow lies from its baseline, in frame units


@dataclass(frozen=True)
class Line:
    """A straight thing: both ends, shape (2,) each, and its width, in pixels."""

    start: Array
    end: Array
    width: float

    @property
    def length(self) -> float:
        """How far it is from start to end."""
        return float(np.linalg.norm(self.end - self.start))

    def moved(self, by: Array) -> Line:
        """Return the line with its start and end moved along and across, and its width changed, by five numbers."""
        along = (self.end - self.start) / (self.length or 1.0)
        across = np.array([-along[1], along[0]])
        start = self.start + along * by[0] + across * by[1]
        return Line(start, self.end + along * by[2] + across * by[3], self.width + by[4])


def check_length(glance: Glance) -> Iterator[Finding]:
    """Yield length, direction, width, place and sign of an arrow, a bar or a legend."""
    row, sample = glance.row, glance.sample
    if len(sample.ends) != 2 or np.linalg.norm(np.subtract(*sample.ends)) < _LEAST:
        yield _look_alone(glance)
        return
    start, end = (np.array(point) for point in sample.ends)
    claimed = Line(start, end, _width(glance))
    filled = sample.value is None or sample.value.number > 0
    build = _builder(glance, filled)
    found = fitted(glance, claimed, build)
    yield from differences(glance, claimed, found)
    if row.kind == "arrow":
        other = misfit(glance, _builder(glance, not filled)(found))
        ratio = misfit(glance, build(found)) / (other or 1e-9)
        said = f"its head is {'open' if filled else 'filled'}, so its sign is the other one"
        yield glance.finding("signs", ratio, glance.limits.rival, "", said)
    if row.kind == "bar" and sample.value is not None:
        way = (found.end - found.start) @ np.array([1.0, -1.0])  # right and up is positive
        right = (way > 0) == (sample.value.number > 0)
        yield glance.finding("signs", 0.0 if right else np.inf, glance.limits.rival, "", "it points the other way")


def _look_alone(glance: Glance) -> Finding:
    error = misfit(glance, pieces_of(glance.row, glance.sample, glance.facts))
    return glance.finding("shapes", error, glance.limits.lettering, "", "this is not what is drawn there")


def differences(glance: Glance, claimed: Line, found: Line) -> Iterator[Finding]:
    """Yield by how much a line that was found differs from the claimed one, and from what its value asks for."""
    limits, row = glance.limits, glance.row
    moving = 0.0 if glance.resting or row.follows is None else limits.moving_spoke
    value = 1.0 if row.kind == "legend" or glance.sample.value is None else abs(glance.sample.value.number)
    way = claimed.end - claimed.start
    expected = (row.scale or 0.0) * value * claimed.length / float(np.linalg.norm(way / glance.facts.units))
    said = f"it is {found.length:.2f} px long, {expected:.2f} px stand for its value"
    yield glance.finding("lengths", abs(found.length - expected), max(limits.length, moving), "px", said)
    turn = np.degrees(abs(_angle(found.end - found.start, claimed.end - claimed.start)))
    limit = max(limits.direction if expected >= SHORT else limits.short_direction, _beside(moving, expected))
    yield glance.finding("directions", turn, limit, "deg", f"it is turned by {turn:.2f} degrees")
    drawn, asked = (line.width * _thinned(glance, claimed) for line in (found, claimed))
    said = f"it is {drawn:.2f} px wide, not {asked:.2f} px"
    yield glance.finding("strokes", abs(drawn - asked), max(limits.stroke, moving), "px", said)
    away = float(np.linalg.norm(found.start - claimed.start))
    yield glance.finding("positions", away, limits.place, "px", f"it starts {away:.2f} px away from its place")


def _beside(pixels: float, length: float) -> float:
    """Return by how many degrees a line is turned whose end is so far beside its place."""
    return float(np.degrees(pixels / length)) if length else 0.0


def _thinned(glance: Glance, line: Line) -> float:
    """Return by how much a shaft is thinner than asked: an arrow shorter than two heads shrinks."""
    return min(1.0, line.length / (2 * HEAD * glance.facts.unit)) if glance.row.kind in ("arrow", "spoke") else 1.0


def _angle(one: Array, other: Array) -> float:
    cross = one[0] * other[1] - one[1] * other[0]
    return float(np.arctan2(cross, np.dot(one, other)))


def _width(glance: Glance) -> float:
    if glance.row.kind == "bar":
        return bar_width(glance.sample)
    return (SHAFT if glance.row.kind == "arrow" else 0.05) * glance.facts.unit


def _builder(glance: Glance, filled: bool) -> Build:
    facts: Facts = glance.facts
    if glance.row.kind == "arrow":
        return lambda line: arrow_pieces(line.start, line.end, facts, width=line.width, filled=filled)
    if glance.row.kind == "legend":
        return lambda line: legend_pieces(line.start, line.end, facts, line.width)
    return lambda line: bar_pieces(line.start, line.end, line.width)


def fitted(glance: Glance, line: Line, build: Build, strength: float = 1.0) -> Line:
    """Return the line whose drawing, so strongly inked, is nearest to the pixels."""
    window = _window(glance, build(line))
    change = nearest(
        lambda by: ink_of(build(line.moved(by)), window) * strength, glance.ink(window), _free(glance, window), 5
    )
    return line.moved(change)


def misfit(glance: Glance, pieces: Sequence[Piece], strength: float = 1.0) -> float:
    """Return the distance of a drawing from the pixels, as a share of its own ink."""
    window = _window(glance, pieces)
    return distance(glance.ink(window), ink_of(pieces, window) * strength, _free(glance, window))


def _window(glance: Glance, pieces: Sequence[Piece]) -> Window:
    return glance.window(np.concatenate([piece.points for piece in pieces]), 3.0)


def _free(glance: Glance, window: Window) -> npt.NDArray[np.bool_]:
    """Return the pixels that may be measured: not those of other things, nor those of a baseline beside an arrow."""
    free = ~glance.hidden(window)
    ends = glance.sample.ends
    if glance.row.kind != "arrow" or len(ends) != 2:
        return free
    start, end = (np.array(point) for point in ends)
    along = (end - start) / (np.linalg.norm(end - start) or 1.0)
    rows, columns = np.mgrid[window.top : window.bottom, window.left : window.right] + 0.5
    off = np.abs(-(columns - start[0]) * along[1] + (rows - start[1]) * along[0])
    return np.asarray(free & (np.abs(off - _SIDE * glance.facts.unit) > 0.015 * glance.facts.unit + 1.5))
