"""Audit a branch: how thick it is across its own course, round both bends, and whether it is solid or hollow."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from studio.audit.outlined import Numbers, Outlined, Shape

__all__ = ["BRANCH", "band", "bends"]

Array = npt.NDArray[np.float64]
_NOTHING: Final = np.zeros((0, 2))
_PIECES: Final = 24  # of each bend


class Branch(Outlined):
    """A band of one thickness from the origin to an end on another level."""

    roles = ("push",)

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return the wash of a hollow band, and the ink."""
        way = bends(0.0, sizes["across"], sizes["rise"], sizes["lead"], sizes["foot"])
        return [Shape(points, body=True) for points in band(way, drawn["push"], sizes["rim"])]


def bends(begin: float, across: float, rise: float, lead: float, foot: float) -> Array:
    """Return the middle of a band from (0, begin) to (across, rise) with the direction across it, shape (n, 4).

    Level at both ends; two arcs of one radius that touch each other, or an upright piece between them.
    """
    side, high = math.copysign(1.0, across), rise - begin
    up = math.copysign(1.0, high)
    if abs(high) < 1e-9:
        return np.array([[0.0, begin, 0.0, 1.0], [across, rise, 0.0, 1.0]])
    wide, high = abs(across) - lead - foot, abs(high)
    turn = min(2 * math.atan2(high, wide), math.pi / 2)
    radius = wide / 2 / math.sin(turn)
    found = [[0.0, 0.0, 0.0, 1.0]]
    for i in range(_PIECES + 1):
        at = turn * i / _PIECES
        found.append([lead + radius * math.sin(at), radius * (1 - math.cos(at)), -math.sin(at), math.cos(at)])
    for i in range(_PIECES, -1, -1):
        at = turn * i / _PIECES
        x, y = wide - radius * math.sin(at), high - radius * (1 - math.cos(at))
        found.append([lead + x, y, -math.sin(at), math.cos(at)])
    found.append([wide + lead + foot, high, 0.0, 1.0])
    return np.array(found) * [side, up, side * up, 1.0] + [0.0, begin, 0.0, 0.0]


def band(way: Array, push: float | Array, rim: float) -> tuple[Array, Array]:
    """Return the wash and the ink of a band along a way: of one thickness, or of one at each of its points."""
    thick = np.atleast_1d(push)[:, None]
    if not np.any(thick):
        return _NOTHING, _NOTHING
    half = way[:, 2:] * np.abs(thick) / 2
    left, right = way[:, :2] + half, way[:, :2] - half
    if np.any(thick > 0):
        return _NOTHING, _round(left, right)
    inset = way[:, 2:] * np.minimum(rim, np.abs(thick) / 3)
    return _round(left, right), np.concatenate([_round(left, left - inset), _round(right + inset, right)])


def _round(one: Array, other: Array) -> Array:
    """Return the outline along one edge and back along the other, as straight cubic pieces."""
    corners = np.concatenate([one, other[::-1], one[:1]])
    steps = np.linspace(0.0, 1.0, 4)[None, :, None]
    return np.asarray((corners[:-1, None] * (1 - steps) + corners[1:, None] * steps).reshape(-1, 2))


BRANCH: Final = Branch()
