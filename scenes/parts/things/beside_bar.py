"""Where a text may stand beside an upright bar that a graph is read by: on no line, and as near as may be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Axis
from scenes.parts.theme import LABEL
from scenes.parts.things.base import Shown
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.letters import room_of

__all__ = ["Points", "free_along", "free_beside", "points_along", "told_beside"]

Points = npt.NDArray[np.float64]
_BESIDE, _END, _FREE = 0.22, 0.12, 0.05  # from the middle of a bar, and from its ends, to a text; around that
_BEFORE, _LINE = 0.1, 0.12  # from words to a number behind them, and to one under them
_PLACES: Final = 31  # beside a bar, or along a line, that are tried
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
    (x, low, high), (wide, tall) = bar, room
    beside, within, middle = x + _BESIDE, x + _FREE - wide, (low + high - tall) / 2
    feet = sorted(np.linspace(low - tall, high, _PLACES), key=lambda foot: abs(foot - middle))
    places = [*((beside, float(foot)) for foot in feet), (within, low - _END - tall), (within, high + _END)]
    return _free(places, room, lines, axes)


def free_along(
    base: tuple[float, float, float], room: tuple[float, float], lines: Points, axes: tuple[Axis, Axis], *, over: bool
) -> tuple[float, float] | None:
    """Return the left lower corner of the first free place of a text along a level line: under it, or ``over`` it.

    ``base`` is where the line begins, where it ends and how high it lies; the rest is as in `free_beside`.
    """
    (left, right, high), (wide, tall) = base, room
    feet = [high + _END, high + 2 * _END] if over else [high - _END - tall, high - 2 * _END - tall]
    middle = (left + right - wide) / 2
    ats = sorted(np.linspace(left, right - wide, _PLACES), key=lambda at: abs(at - middle))
    return _free([(float(at), foot) for foot in feet for at in ats], room, lines, axes)


def told_beside(
    bar: tuple[float, float, float], said: Lettering, number: Lettering, lines: Points, axes: tuple[Axis, Axis]
) -> list[Shown]:
    """Return words and the number behind them or, where only that is free, under them, beside a bar; none otherwise."""
    wide = [room_of(each).across.least for each in (said, number)]
    if place := free_beside(bar, (wide[0] + _BEFORE + wide[1], LABEL), lines, axes):
        return [said.at(*place), number.at(place[0] + wide[0] + _BEFORE, place[1])]
    if place := free_beside(bar, (max(wide), 2 * LABEL + _LINE), lines, axes):
        return [said.at(place[0], place[1] + LABEL + _LINE), number.at(*place)]
    return []


def _free(
    places: Iterable[tuple[float, float]], room: tuple[float, float], lines: Points, axes: tuple[Axis, Axis]
) -> tuple[float, float] | None:
    """Return the first of some places at which a text lies on no line and inside a graph."""
    (wide, tall), (across, up), (x, y) = room, axes, lines.T
    for left, foot in places:
        low, high = (left - _FREE, foot - _FREE), (left + wide + _FREE, foot + tall + _FREE)
        if not (across.start[0] <= low[0] and up.start[1] <= low[1]):
            continue
        if not (high[0] <= across.end[0] and high[1] <= up.end[1]):
            continue
        if not ((x >= low[0]) & (x <= high[0]) & (y >= low[1]) & (y <= high[1])).any():
            return left, foot
    return None


def points_along(shown: Iterable[Shown]) -> Points:
    """Return points along all lines that are drawn, from each of theirs to the next, shape (n, 2)."""
    return np.concatenate([_along(piece.points) for each in shown for piece in each.submobjects])


def _along(points: Points) -> Points:
    first, then = points[:-1, np.newaxis, :2], points[1:, np.newaxis, :2]
    return np.asarray((first + (then - first) * _SAMPLES[:, np.newaxis]).reshape(-1, 2))
