"""Audit gates: posts and plates where they belong, in the colour that says whether the slope is a weight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from scenes.parts.things.shapes import rectangle
from scenes.parts.things.strips import plate, rod
from studio.audit.figure import Figure
from studio.audit.outlined import Numbers, Shape

__all__ = ["PLATE", "POST"]

_POST, _CLEAR, _RIM, _CORNER = 0.05, 0.11, 0.02, 0.07  # frame units


class Plate(Figure):
    """A plate about its middle, on which lettering lies."""

    measured = ("width", "height")

    def figure(self, sizes: Numbers) -> Sequence[Shape]:
        """Return rim and body."""
        width, height = sizes["width"], sizes["height"]
        outer, inner = plate(width, height, _CORNER), plate(width - 2 * _RIM, height - 2 * _RIM, _CORNER - _RIM)
        return [Shape(np.concatenate([outer, inner[::-1]])), Shape(inner, body=True)]


class Post(Figure):
    """A post across the wire."""

    def figure(self, sizes: Numbers) -> Sequence[Shape]:
        """Return what clears the wire, and the post."""
        low, high = np.array([0.0, -sizes["down"], 0.0]), np.array([0.0, sizes["up"], 0.0])
        return [Shape(rectangle(low, high, _CLEAR), body=True), Shape(rod(low, high, _POST))]


PLATE: Final = Plate()
POST: Final = Post()
