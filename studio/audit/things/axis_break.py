"""Audit the broken place of an upright axis: where it is, and that the line stops there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from scenes.parts.things.shapes import rectangle
from studio.audit.figure import Figure
from studio.audit.outlined import Numbers, Shape

__all__ = ["AXIS_BREAK"]

_FINE, _GAP, _WIDE, _SLANT = 0.02, 0.09, 0.13, 0.07
"""How thick its lines are; between both strokes; half of one, and how far it climbs to either side."""


class AxisBreak(Figure):
    """Two slanted strokes across a line that stops between them."""

    measured = ("length",)

    def figure(self, sizes: Numbers) -> Sequence[Shape]:
        """Return the line, which the strokes cross, and the strokes."""
        low, middle = sizes["length"], sizes["length"] / 2
        pieces = [(0.0, middle - _GAP / 2), (middle + _GAP / 2, low)]
        line = [rectangle(np.array([0.0, -a, 0.0]), np.array([0.0, -b, 0.0]), _FINE) for a, b in pieces]
        strokes = []
        for at in (middle - _GAP / 2, middle + _GAP / 2):
            ends = np.array([[-_WIDE, -at - _SLANT, 0.0], [_WIDE, -at + _SLANT, 0.0]])
            strokes.append(rectangle(ends[0], ends[1], _FINE))
        return [Shape(np.concatenate(line), body=True, faint=True), Shape(np.concatenate(strokes))]


AXIS_BREAK: Final = AxisBreak()
