"""The ground of a plot: a plain rectangle on which everything else of it lies."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from scenes.parts.theme import Theme
from scenes.parts.things.base import Paint
from scenes.parts.things.figure import Figure
from scenes.parts.things.outlined import Numbers
from scenes.parts.things.shapes import polygon

__all__ = ["Ground"]

Points = npt.NDArray[np.float64]


class Ground(Figure):
    """A rectangle, so wide and so high, from its lower left corner."""

    kind = "ground"

    def __init__(self, left: float, low: float, right: float, top: float, *, theme: Theme) -> None:
        sizes = {"width": right - left, "height": top - low}
        super().__init__(origin=(left, low), sizes=sizes, paints=[Paint(theme.colour("body"))])

    @classmethod
    def shapes(cls, sizes: Numbers) -> Sequence[Points]:
        """Return the rectangle."""
        wide, high = sizes["width"], sizes["height"]
        return [polygon([[0.0, 0.0, 0.0], [wide, 0.0, 0.0], [wide, high, 0.0], [0.0, high, 0.0]])]
