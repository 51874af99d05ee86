"""Audit the ground of a plot: a plain rectangle; what lies on it is told against its colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from scenes.parts.things.shapes import polygon
from studio.audit.figure import Figure
from studio.audit.outlined import Numbers, Shape

__all__ = ["GROUND"]


class Ground(Figure):
    """A rectangle of a colour near the background's."""

    def figure(self, sizes: Numbers) -> Sequence[Shape]:
        """Return the rectangle."""
        right, top = sizes["width"], sizes["height"]
        corners = [[0.0, 0.0, 0.0], [0.0, top, 0.0], [right, top, 0.0], [right, 0.0, 0.0]]
        return [Shape(polygon(corners), body=True, faint=True)]


GROUND: Final = Ground()
