"""Audit stretches along a number line: where they begin, how long they are, and to which side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import ShownRow
from scenes.parts.things.shapes import arrow, disc, polygon
from studio.audit.geometry import Space
from studio.audit.outlined import Numbers, Outlined, Shape

__all__ = ["STRETCH"]

Array = npt.NDArray[np.float64]
_SPECK, _ZERO = 0.05, (0.12, 0.06)  # frame units
_NOTHING: Final = np.zeros((0, 3))


class Stretch(Outlined):
    """A bar or an arrow along an axis, from the place of its quantity on."""

    roles = ("length",)

    def unstated(self, space: Space, row: ShownRow) -> str:
        """Return what is wrong with its scale, which is that of its axis, or nothing."""
        if len(row.axes) != 2 or row.axes[0] != row.axes[1] or row.across != row.through:
            return "it is not laid off along the axis that it begins on"
        return super().unstated(space, row)

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return wash, ink, and the mark of what has no length to see."""
        length, lift, half = drawn["length"], sizes["lift"], sizes["thick"] / 2
        middle = np.array([0.0, lift, 0.0])
        if length == 0.0:
            return [Shape(_NOTHING), Shape(_NOTHING), Shape(disc(middle, *_ZERO))]
        speck = Shape(disc(middle, _SPECK) if abs(length) < _SPECK else _NOTHING)
        if sizes["head"]:
            tip = middle + np.array([length, 0.0, 0.0])
            parts = arrow(middle, tip, width=sizes["thick"], head=sizes["head"], filled=length > 0)
            return [Shape(_NOTHING), Shape(np.concatenate(parts)), speck]
        box = (min(0.0, length), max(0.0, length), lift - half, lift + half)
        if length > 0:
            return [Shape(_NOTHING), Shape(_box(box)), speck]
        rim = min(sizes["rim"], -length / 3, sizes["thick"] / 3)
        hole = _box((box[0] + rim, box[1] - rim, box[2] + rim, box[3] - rim))[::-1]
        return [Shape(_box(box), body=True), Shape(np.concatenate([_box(box), hole])), speck]


def _box(box: tuple[float, float, float, float]) -> Array:
    left, right, low, high = box
    return polygon([[left, low, 0.0], [right, low, 0.0], [right, high, 0.0], [left, high, 0.0]])


STRETCH: Final = Stretch()
