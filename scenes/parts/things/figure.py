"""The base of what shows no number: outlines about an origin that follow from sizes alone, such as the post of a gate.

`studio.audit.figure` is its other half.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from scenes.parts.recipe.quantity import Quantity
from scenes.parts.things.answers import Place, Reading
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.outlined import Numbers

__all__ = ["Figure"]

Points = npt.NDArray[np.float64]


class Figure(Shown):
    """Outlines that follow from sizes.

    Parameters
    ----------
    origin
        Where (0, 0) of the shapes lies.
    sizes
        Lengths in frame units that the layout chose, by name; the ledger says them.
    paints
        One for each shape.
    of
        The quantity that it belongs to, if it does.
    """

    def __init__(
        self,
        *,
        origin: tuple[float, float],
        sizes: Mapping[str, float],
        paints: Sequence[Paint],
        of: Quantity | None = None,
    ) -> None:
        super().__init__(paints)
        self.origin, self.sizes, self.of = np.array([*origin, 0.0]), dict(sizes), of
        self.draw()

    @classmethod
    def shapes(cls, sizes: Numbers) -> Sequence[Points]:
        """Return one outline for each paint, shape (4 k, 3), about the origin."""
        raise TypeError(f"{cls.__name__} says no shapes")

    def outlines(self) -> Sequence[Points]:
        """Return the shapes at the origin."""
        return [np.asarray(points + self.origin) for points in self.shapes(self.sizes)]

    def reading(self) -> Reading:
        """Return the origin, wherever it was moved to."""
        x, y, _ = self.origin + self.offset
        return Reading(ends=((float(x), float(y)),))

    def fields(self, place: Place) -> dict[str, Any]:
        """Return its sizes, and the quantity that it belongs to."""
        return {**super().fields(place), "sizes": self.sizes, "quantity": self.of.name if self.of else None}

    @property
    def name(self) -> str:
        """The kind, and the quantity that it belongs to."""
        return f"{self.kind} of {self.of.name}" if self.of else self.kind

    @name.setter
    def name(self, value: str) -> None:
        """Ignore the name that manim gives every mobject."""
