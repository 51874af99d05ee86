"""Audit gates: post and plate where they belong, in the colour that says whether the slope is a weight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from scenes.parts.things.shapes import rectangle
from scenes.parts.things.strips import plate, rod
from studio.audit.figure import Figure
from studio.audit.outlined import Numbers, Shape

__all__ = ["GATE"]

_POST, _CLEAR, _RIM, _CORNER = 0.05, 0.11, 0.02, 0.07  # frame units


class Gate(Figure):
    """A post across the wire with a plate on it."""

    measured = ("width", "height")

    def figure(self, sizes: Numbers) -> Sequence[Shape]:
        """Return what clears the wire, the post, the plate's rim and its body."""
        low, high, middle = (np.array([0.0, sizes[name], 0.0]) for name in ("bottom", "top", "over"))
        width, height = sizes["width"], sizes["height"]
        outer, inner = plate(width, height, _CORNER), plate(width - 2 * _RIM, height - 2 * _RIM, _CORNER - _RIM)
        rim = np.concatenate([outer, inner[::-1]]) + middle
        cleared = Shape(rectangle(low, high, _CLEAR), body=True)
        return [cleared, Shape(rod(low, high, _POST)), Shape(rim), Shape(inner + middle, body=True)]


GATE: Final = Gate()
