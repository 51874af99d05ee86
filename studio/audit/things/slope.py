"""Audit the slope at a point: the rise of its bar, on the side of its sign, and the tangent through the point."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from studio.audit.outlined import Numbers, Outlined, Shape

__all__ = ["SLOPE"]

Array = npt.NDArray[np.float64]
_NOTHING: Final = np.zeros((0, 2))
_RUN: Final = 0.02  # width of the line of the run, in frame units


class Slope(Outlined):
    """A triangle with its right angle straight under the origin, or over it; its upright side is a bar."""

    roles = ("rise",)

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return triangle, run, tangent, the body of a hollow bar, and the bar's ink."""
        run, rise, bar = sizes["run"], drawn["rise"], sizes["bar"]
        length = math.hypot(run, rise)
        end = (run * sizes["beyond"] / length, rise * sizes["beyond"] / length)
        tangent = Shape(_bar((-run, -rise), end, sizes["tangent"]))
        level = Shape(_bar((-run, -rise), (0.0, -rise), _RUN))
        if rise == 0:
            return [Shape(_NOTHING), level, tangent, Shape(_NOTHING), Shape(_NOTHING)]
        triangle = Shape(_closed([(-run, -rise), (0.0, -rise), (0.0, 0.0)]), body=True)
        whole = _bar((0.0, -rise), (0.0, 0.0), bar)
        if rise > 0:
            return [triangle, level, tangent, Shape(_NOTHING), Shape(whole, body=True)]
        rim = min(sizes["rim"], bar / 3, -rise / 3)
        inner = _bar((0.0, -rise - rim), (0.0, rim), bar - 2 * rim)
        return [triangle, level, tangent, Shape(whole, body=True), Shape(np.concatenate([whole, inner[::-1]]))]


def _closed(corners: Sequence[tuple[float, float]]) -> Array:
    ends = np.array([*corners, corners[0]])
    steps = np.linspace(0.0, 1.0, 4)[None, :, None]
    return np.asarray((ends[:-1, None] * (1 - steps) + ends[1:, None] * steps).reshape(-1, 2))


def _bar(start: tuple[float, float], end: tuple[float, float], width: float) -> Array:
    """Return a straight bar of a width between two points."""
    (x0, y0), (x1, y1) = start, end
    length = math.hypot(x1 - x0, y1 - y0)
    dx, dy = -(y1 - y0) / length * width / 2, (x1 - x0) / length * width / 2
    return _closed([(x0 + dx, y0 + dy), (x1 + dx, y1 + dy), (x1 - dx, y1 - dy), (x0 - dx, y0 - dy)])


SLOPE: Final = Slope()
