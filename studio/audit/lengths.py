"""Measure what stands for a number by its length, by synthesis.

The outline is drawn with slightly other lengths, places, directions and widths until it fits the pixels best; what fits
best is the measurement. This finds a length to 0.05 pixels, where the tip's last lit pixel would be off by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from studio.audit.drawn import HEAD, Piece, ink_of
from studio.audit.finding import Finding
from studio.audit.fit import distance, nearest
from studio.audit.frames import Window
from studio.audit.glance import Glance

__all__ = [
    "SHORT",
    "Free",
    "Line",
    "claimed_line",
    "differences",
    "fitted",
    "free_of_others",
    "look_alone",
    "misfit",
    "thinned",
]

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Build = Callable[["Line"], Sequence[Piece]]
Free = Callable[[Glance, Window], Mask]
SHORT = 60.0  # pixels: below, a direction is known less well
_LEAST = 8.0  # pixels: below, a length is told by its whole look alone


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


def free_of_others(glance: Glance, window: Window) -> Mask:
    """Return the pixels of a window on which nothing else lies."""
    return ~glance.hidden(window)


def differences(glance: Glance, claimed: Line, found: Line, *, thinned: float = 1.0) -> Iterator[Finding]:
    """Yield by how much a line that was found differs from the claimed one, and from what its value asks for.

    Parameters
    ----------
    thinned
        By how much it is thinner than it was asked for.
    """
    limits, row = glance.limits, glance.row
    moving = 0.0 if glance.resting or row.follows is None else limits.moving_spoke
    value = 1.0 if glance.sample.value is None else abs(glance.sample.value.number)
    way = claimed.end - claimed.start
    expected = (row.scale or 0.0) * value * claimed.length / float(np.linalg.norm(way / glance.facts.units))
    said = f"it is {found.length:.2f} px long, {expected:.2f} px stand for its value"
    yield glance.finding("lengths", abs(found.length - expected), max(limits.length, moving), "px", said)
    turn = np.degrees(abs(_angle(found.end - found.start, claimed.end - claimed.start)))
    limit = max(limits.direction if expected >= SHORT else limits.short_direction, _beside(moving, expected))
    yield glance.finding("directions", turn, limit, "deg", f"it is turned by {turn:.2f} degrees")
    drawn, asked = (line.width * thinned for line in (found, claimed))
    said = f"it is {drawn:.2f} px wide, not {asked:.2f} px"
    yield glance.finding("strokes", abs(drawn - asked), max(limits.stroke, moving), "px", said)
    away = float(np.linalg.norm(found.start - claimed.start))
    yield glance.finding("positions", away, limits.place, "px", f"it starts {away:.2f} px away from its place")


def _beside(pixels: float, length: float) -> float:
    """Return by how many degrees a line is turned whose end is so far beside its place."""
    return float(np.degrees(pixels / length)) if length else 0.0


def thinned(glance: Glance, line: Line) -> float:
    """Return by how much the shaft of an arrow is thinner than asked: one shorter than two heads shrinks."""
    return min(1.0, line.length / (2 * HEAD * glance.facts.unit))


def _angle(one: Array, other: Array) -> float:
    cross = one[0] * other[1] - one[1] * other[0]
    return float(np.arctan2(cross, np.dot(one, other)))


def claimed_line(glance: Glance, width: float) -> Line | None:
    """Return the line between the ends that a sample claims; None where it is too short to be measured."""
    ends = glance.sample.ends
    if len(ends) != 2 or np.linalg.norm(np.subtract(*ends)) < _LEAST:
        return None
    return Line(np.array(ends[0]), np.array(ends[1]), width)


def look_alone(glance: Glance, pieces: Sequence[Piece], free: Free = free_of_others) -> Finding:
    """Return whether what is too short to be measured looks as it should."""
    error = misfit(glance, pieces, free=free)
    return glance.finding("shapes", error, glance.limits.lettering, "", "this is not what is drawn there")


def fitted(glance: Glance, line: Line, build: Build, strength: float = 1.0, free: Free = free_of_others) -> Line:
    """Return the line whose drawing, so strongly inked, is nearest to the pixels that are ``free``."""
    window = _window(glance, build(line))
    change = nearest(
        lambda by: ink_of(build(line.moved(by)), window) * strength, glance.ink(window), free(glance, window), 5
    )
    return line.moved(change)


def misfit(glance: Glance, pieces: Sequence[Piece], strength: float = 1.0, free: Free = free_of_others) -> float:
    """Return the distance of a drawing from the pixels, as a share of its own ink."""
    window = _window(glance, pieces)
    return distance(glance.ink(window), ink_of(pieces, window) * strength, free(glance, window))


def _window(glance: Glance, pieces: Sequence[Piece]) -> Window:
    return glance.window(np.concatenate([piece.points for piece in pieces]), 3.0)
