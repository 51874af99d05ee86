"""Audit gears drawn larger: discs, solid for plus, hollow for minus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from scenes.parts.things.shapes import disc
from studio.audit.outlined import Numbers, Outlined, Shape

__all__ = ["INSET"]

_NONE: Final = Shape(np.zeros((0, 2)))
_RIM: Final = 0.028  # frame units


class Inset(Outlined):
    """A disc about its middle."""

    roles = ("radius",)

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return wash and ink."""
        radius, middle = abs(drawn["radius"]), np.zeros(3)
        if drawn["radius"] > 0.0:
            return [_NONE, Shape(disc(middle, radius))]
        if radius == 0.0:
            return [_NONE, _NONE]
        return [Shape(disc(middle, radius), faint=True), Shape(disc(middle, radius, radius - min(_RIM, radius / 2)))]


INSET: Final = Inset()
