"""Audit a plus: where it stands, its ring, and that it is a plus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from scenes.parts.things.shapes import disc, polygon
from studio.audit.figure import Figure
from studio.audit.outlined import Numbers, Shape

__all__ = ["PLUS"]

_WIDE, _CLEAR, _ARM, _THICK = 0.05, 0.05, 0.52, 0.05
"""Of the ring, of the bare ground round it; half a stroke as a share of the radius, and how thick it is."""


class Plus(Figure):
    """A body with a ring, and two strokes across one another."""

    measured = ("radius",)

    def figure(self, sizes: Numbers) -> Sequence[Shape]:
        """Return the bare ground, the body, the ring, and the strokes as one outline."""
        middle, radius = np.zeros(3), sizes["radius"]
        ring = disc(middle, radius + _WIDE / 2, radius - _WIDE / 2)
        arm, half = _ARM * radius, _THICK / 2
        right = [(half, -half), (arm, -half), (arm, half)]
        turns = [np.array([[c, -s], [s, c]]) for c, s in ((1, 0), (0, 1), (-1, 0), (0, -1))]
        corners = np.array([turn @ corner for turn in turns for corner in right])
        strokes = polygon(np.column_stack([corners, np.zeros(len(corners))]))
        return [
            Shape(disc(middle, radius + _WIDE / 2 + _CLEAR), body=True),
            Shape(disc(middle, radius), body=True),
            Shape(ring, body=True),
            Shape(strokes),
        ]


PLUS: Final = Plus()
