"""Rungs: a short line across an axis at each of the numbers of a sweep, so that one sees how they are spaced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Axis
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.things.answers import Place
from scenes.parts.things.base import Bound, Paint, Reading, moved
from scenes.parts.things.shapes import rectangle

__all__ = ["Rungs"]

Points = npt.NDArray[np.float64]
_HALF, _WIDTH = 0.1, 0.034  # half the length, and the width, in frame units: of the form of a line on a gear


class Rungs(Bound):
    """A line across an axis at each number of a quantity that is a whole sweep; each is a piece of its own."""

    kind = "rungs"
    measures = True

    def __init__(self, numbers: Quantity, axis: Axis, *, colour: str) -> None:
        self.axis = axis
        super().__init__(numbers, [Paint(colour)] * np.size(numbers.value))

    @property
    def axes(self) -> tuple[Axis, ...]:
        """Its axis."""
        return (self.axis,)

    def fields(self, place: Place) -> dict[str, Any]:
        """Return how long and how wide its lines are."""
        return {**super().fields(place), "sizes": {"half": _HALF, "width": _WIDTH}}

    def outlines(self) -> Sequence[Points]:
        """Return the lines."""
        start, end = np.array(self.axis.start), np.array(self.axis.end)
        x, y, _ = (end - start) / np.linalg.norm(end - start)
        across = _HALF * np.array([-y, x, 0.0])
        feet = self.axis.point(np.asarray(self.quantity.value))
        return [rectangle(foot - across, foot + across, _WIDTH) for foot in feet]

    def reading(self) -> Reading:
        """Return the middles of its lines."""
        middles = (piece.points.mean(axis=0) for piece in self.submobjects)
        return Reading(ends=tuple((float(x), float(y)) for x, y, _ in middles))

    def fault(self) -> str | None:
        """Return what is drawn wrongly: beside its axis a line would be read as another number."""
        return Bound.fault(self) or moved(self, "its axis")
