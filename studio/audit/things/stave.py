"""Audit bars on a baseline: up and solid for plus, down and hollow for minus, a ring for exactly zero."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from scenes.parts.things.shapes import disc, rectangle
from studio.audit.outlined import Numbers, Outlined, Shape

__all__ = ["STAVE"]

_NONE: Final = Shape(np.zeros((0, 2)))
_RIM, _RING = 0.028, (0.12, 0.06)  # frame units, stated a second time, on purpose


class Stave(Outlined):
    """A bar about its foot."""

    roles, comes_from = ("height",), frozenset({"spoke"})
    told = (1.0, 0.25)  # its foot stands on a line

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return wash, ink and ring."""
        height, foot, up = drawn["height"], np.zeros(3), np.array([0.0, 1.0, 0.0])
        if height == 0.0:
            return [_NONE, _NONE, Shape(disc(foot, *_RING))]
        wide = sizes["width"]
        bar = rectangle(foot, up * height, wide)
        if height > 0.0:
            return [_NONE, Shape(bar), _NONE]
        rim = up * -min(_RIM, -height / 3)
        inside = rectangle(foot + rim, up * height - rim, wide - 2 * _RIM)
        return [Shape(bar, faint=True), Shape(np.concatenate([bar, inside[::-1]])), _NONE]


STAVE: Final = Stave()
