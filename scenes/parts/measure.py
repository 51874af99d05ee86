"""Stated measures: how many frame units stand for one unit of a quantity. They come from the settings alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

__all__ = ["Axis", "Scale"]

Point = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Scale:
    """Frame units per one unit of a quantity, and the settings key that says so.

    Examples
    --------
    >>> Scale("scale", 1.5).length(-2.0)
    3.0
    """

    key: str
    per_unit: float

    def length(self, value: float) -> float:
        """Return the drawn length of ``value``: never negative, the sign is drawn as a side."""
        return self.per_unit * abs(value)

    def value(self, length: float) -> float:
        """Return the magnitude that a drawn ``length`` shows."""
        return length / self.per_unit


@dataclass(frozen=True)
class Axis:
    """A straight map from the numbers of a range onto a line of the frame.

    Attributes
    ----------
    key
        The settings key that states the range.
    low, high
        The range.
    start, end
        Where its ends are drawn, shape (3,).

    Examples
    --------
    >>> axis = Axis("x_range", -2.0, 2.0, (0.0, 0.0, 0.0), (4.0, 0.0, 0.0))
    >>> axis.point(1.0).tolist()
    [3.0, 0.0, 0.0]
    """

    key: str
    low: float
    high: float
    start: tuple[float, float, float]
    end: tuple[float, float, float]

    def point(self, value: float | npt.NDArray[np.float64]) -> Point:
        """Return where ``value`` is drawn: shape (3,), or (n, 3) for an array."""
        return np.asarray(self._origin + np.multiply.outer(np.asarray(value, dtype=np.float64) - self.low, self._step))

    def value(self, point: Point) -> float:
        """Return the number that stands at ``point``, or beside it on the axis."""
        way = np.array(self.end) - self._origin
        return self.low + (self.high - self.low) * float((point - self._origin) @ way / (way @ way))

    @cached_property
    def _origin(self) -> Point:
        return np.array(self.start)

    @cached_property
    def _step(self) -> Point:
        """The way on the frame from a number to the next, shape (3,)."""
        return (np.array(self.end) - self._origin) / (self.high - self.low)

    @property
    def scale(self) -> Scale:
        """Frame units per unit along this axis."""
        length = float(np.linalg.norm(np.asarray(self.end) - np.asarray(self.start)))
        return Scale(self.key, length / (self.high - self.low))
