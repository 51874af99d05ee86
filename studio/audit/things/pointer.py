"""Audit pointers: where they begin, and how far they go across and upward."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from scenes.parts.film.ledger import ShownRow
from scenes.parts.things.shapes import arrow, disc
from studio.audit.geometry import Space
from studio.audit.outlined import Numbers, Outlined, Shape, of_axis

__all__ = ["POINTER"]

_SPECK, _ZERO = 0.05, (0.12, 0.06)  # frame units
_NOTHING: Final = np.zeros((0, 3))


class Pointer(Outlined):
    """An arrow in the plane of two axes, measured on them."""

    roles, axes = ("across", "upward"), (2, 2)

    def unstated(self, space: Space, row: ShownRow) -> str:
        """Return what is wrong with its scales, which are those of its two axes, or nothing."""
        if wrong := super().unstated(space, row):
            return wrong
        pairs = zip(row.axes, (row.scale, *(number.scale for number in row.numbers)), strict=True)
        return "" if all(of_axis(space, *pair) for pair in pairs) else "it is not as long as its axes say"

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return the arrow, and the mark of what is too short to be seen, or of exactly 0."""
        tip, tail = np.array([drawn["across"], drawn["upward"], 0.0]), np.zeros(3)
        if not tip.any():
            return [Shape(_NOTHING), Shape(disc(tail, *_ZERO))]
        parts = arrow(tail, tip, width=sizes["width"], head=sizes["head"], filled=True)
        small = float(np.hypot(*tip[:2])) < _SPECK
        return [Shape(np.concatenate(parts)), Shape(disc(tail, _SPECK) if small else _NOTHING)]


POINTER: Final = Pointer()
