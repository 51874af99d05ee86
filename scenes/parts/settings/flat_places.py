"""Where something is flat along a line of points: the places at which a sweep stops."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["flat_points"]

Points = npt.NDArray[np.float64]


def flat_points(slope: Points, limit: float) -> list[int]:
    """Return the flattest point near the middle of each stretch on which a slope is nearer to 0 than a limit.

    Examples
    --------
    >>> flat_points(np.array([0.0, 0.01, 1.0, 0.2, -0.05, -0.3, -0.02, 0.0]), 0.1)
    [0, 4, 7]
    """
    steep = np.abs(slope)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], steep < limit, [False]])))
    return [_flattest(steep, first, end) for first, end in edges.reshape(-1, 2).tolist()]


def _flattest(steep: Points, first: int, end: int) -> int:
    """Return the flattest point of the middle half of a run of points; of several the one nearest to its middle."""
    middle, quarter = (first + end - 1) / 2, (end - first) / 4
    near = [point for point in range(first, end) if abs(point - middle) <= quarter]
    return min(near or range(first, end), key=lambda point: (steep[point], abs(point - middle)))
