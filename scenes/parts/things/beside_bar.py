"""Where a text may stand beside an upright bar that a graph is read by: on no line, and as near as may be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Axis
from scenes.parts.things.base import Shown

__all__ = ["free_beside", "points_along"]

Points = npt.NDArray[np.float64]
_BESIDE, _END, _FREE = 0.22, 0.12, 0.05  # from the middle of a bar, and from its ends, to a text; around that
_PLACES: Final = 31  # beside the bar, that are tried
_SAMPLES: Final = np.linspace(0.0, 1.0, 30)  # of a line, near enough to one another that no text slips between


def free_beside(
    bar: tuple[float, float, float], room: tuple[float, float], lines: Points, axes: tuple[Axis, Axis]
) -> tuple[float, float] | None:
    """Return the left lower corner of the first free place of a text: right of a bar, else under it or over it.

    Parameters
    ----------
    bar
        Where it stands, and its lower and upper end.
    room
        How wide and how high the text is.
    lines
        Points that it may not cover, see `points_along`, shape (n, 2).
    axes
        Those of the graph, which it stays inside.
    """
    (x, low, high), (wide, tall), (across, up) = bar, room, axes
    beside, within, middle = x + _BESIDE, x + _FREE - wide, (low + high - tall) / 2
    feet = sorted(np.linspace(low - tall, high, _PLACES), key=lambda foot: abs(foot - middle))
    places = [*((beside, float(foot)) for foot in feet), (within, low - _END - tall), (within, high + _END)]
    for left, foot in places:
        ends = np.array([[left - _FREE, foot - _FREE], [left + wide + _FREE, foot + tall + _FREE]])
        is_inside = ends[0] >= (across.start[0], up.start[1]), ends[1] <= (across.end[0], up.end[1])
        if np.all(is_inside) and not ((lines >= ends[0]) & (lines <= ends[1])).all(axis=1).any():
            return left, foot
    return None


def points_along(shown: Iterable[Shown]) -> Points:
    """Return points along all lines that are drawn, from each of theirs to the next, shape (n, 2)."""
    return np.concatenate([_along(piece.points) for each in shown for piece in each.submobjects])


def _along(points: Points) -> Points:
    first, then = points[:-1, np.newaxis, :2], points[1:, np.newaxis, :2]
    return np.asarray((first + (then - first) * _SAMPLES[:, np.newaxis]).reshape(-1, 2))
