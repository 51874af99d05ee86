"""The broken place of an upright axis: beyond it the axis stands for no number but the one that is written there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.theme import FINE, Theme
from scenes.parts.things.base import Paint
from scenes.parts.things.figure import Figure
from scenes.parts.things.outlined import Numbers
from scenes.parts.things.shapes import rectangle

__all__ = ["BROKEN", "AxisBreak"]

Points = npt.NDArray[np.float64]
BROKEN: Final = 0.4  # from the end of the axis to what stands beyond the broken place
_GAP, _WIDE, _SLANT = 0.09, 0.13, 0.07  # between both strokes; half of one, and how far it climbs to either side


class AxisBreak(Figure):
    """Two slanted strokes under the end of an axis, which is the origin, and the rest of its line behind them."""

    kind = "axis_break"

    def __init__(self, *, origin: tuple[float, float], theme: Theme) -> None:
        sizes = {"length": BROKEN}
        super().__init__(origin=origin, sizes=sizes, paints=[Paint(theme.colour(r)) for r in ("grid", "quiet")])

    @classmethod
    def shapes(cls, sizes: Numbers) -> Sequence[Points]:
        """Return the line before and behind the broken place, and both strokes."""
        middle = sizes["length"] / 2
        down, ends = np.array([0.0, -1.0, 0.0]), [(0.0, middle - _GAP / 2), (middle + _GAP / 2, sizes["length"])]
        line = np.concatenate([rectangle(down * a, down * b, FINE) for a, b in ends])
        slant = np.array([_WIDE, _SLANT, 0.0])
        at = (down * (middle + side * _GAP / 2) for side in (-1, 1))
        return [line, np.concatenate([rectangle(foot - slant, foot + slant, FINE) for foot in at])]
