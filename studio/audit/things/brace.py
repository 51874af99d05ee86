"""Audit braces: where they begin, how wide they are, and to which side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import ShownRow
from scenes.parts.things.shapes import arc, disc
from studio.audit.geometry import Space
from studio.audit.outlined import Numbers, Outlined, Shape

__all__ = ["BRACE"]

Array = npt.NDArray[np.float64]
_SPECK, _ZERO = 0.05, (0.12, 0.06)  # frame units
_THICK, _BEND, _RIM, _SLENDER = 0.07, 0.13, 0.02, 6.0
_NOTHING: Final = np.zeros((0, 3))


class Brace(Outlined):
    """A curly brace from its origin on, feet down."""

    roles = ("width",)

    def unstated(self, space: Space, row: ShownRow) -> str:
        """Return what is wrong with its scale, or with the axis that it stands over, or nothing."""
        if row.axes and (len(row.axes) != 2 or row.axes[0] != row.axes[1] or row.across != row.through):
            return "it does not stand over the axis that it begins on"
        return super().unstated(space, row)

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return wash, ink, and the mark of what has no width to see."""
        width, foot = drawn["width"], np.array([0.0, sizes["lift"], 0.0])
        if width == 0.0:
            return [Shape(_NOTHING), Shape(_NOTHING), Shape(disc(foot, *_ZERO))]
        speck = Shape(disc(foot, _SPECK) if abs(width) < _SPECK else _NOTHING)
        whole = _outline(width, 0.0) + foot
        if width > 0:
            return [Shape(_NOTHING), Shape(whole), speck]
        thick = min(_THICK, -width / _SLENDER)
        ring = np.concatenate([whole, (_outline(width, min(_RIM, thick / 3)) + foot)[::-1]])
        return [Shape(whole, faint=True), Shape(ring), speck]


def _outline(width: float, inset: float) -> Array:
    """Return the edge of its line, so far inside: round the left half, round the right one, and back under both."""
    wide = abs(width)
    thick = min(_THICK, wide / _SLENDER)
    bend = min(_BEND, (wide - thick) / 4)
    big, small = bend + thick / 2 - inset, bend - thick / 2 + inset
    ends = [np.array([x, 0.0, 0.0]) for x in (thick / 2 + bend, wide - thick / 2 - bend)]
    tips = [np.array([wide / 2 + side * bend, 2 * bend, 0.0]) for side in (-1, 1)]
    low, high, meet = np.arcsin(inset / big), np.arcsin(inset / small), np.arccos(bend / big)
    right, up, left, down = 0.0, np.pi / 2, np.pi, -np.pi / 2
    bows = [
        arc(ends[0], big, left - low, up),
        arc(tips[0], small, down, right - high),
        arc(tips[1], small, left + high, left - down),
        arc(ends[1], big, up, right + low),
        arc(ends[1], small, right + high, up),
        arc(tips[1], big, left - down, left + meet),
        arc(tips[0], big, -meet, down),
        arc(ends[0], small, up, left - high),
    ]
    parts = [part for bow, after in zip(bows, [*bows[1:], bows[0]], strict=True) for part in (bow, _line(bow, after))]
    return np.asarray(np.concatenate(parts) * [np.sign(width), 1.0, 1.0])


def _line(one: Array, other: Array) -> Array:
    return np.asarray(one[-1] + (other[0] - one[-1]) * np.linspace(0.0, 1.0, 4)[:, None])


BRACE: Final = Brace()
