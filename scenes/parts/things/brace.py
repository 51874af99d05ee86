"""The brace: a change, as wide as it is large; it stands over a number line, or in a fraction of two of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.errors import StageError
from scenes.parts.measure import Axis, Scale
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import HOLLOW, RING, SPECK, Theme
from scenes.parts.things.base import Paint, Source
from scenes.parts.things.outlined import Numbers, Outlined, Spot
from scenes.parts.things.shapes import arc, disc, polyline

__all__ = ["BRACE_UP", "Brace"]

Points = npt.NDArray[np.float64]
_NOTHING: Final = np.zeros((0, 3))
_THICK: Final = 0.07  # of its line, where it is wide enough
_BEND: Final = 0.13  # radius of its bends, in the middle of the line
_RIM: Final = 0.02  # of a hollow one
_SLENDER: Final = 6.0  # how many times wider it is than its line is thick, at least
BRACE_UP: Final = 2 * _BEND  # from its feet to its point


class Brace(Outlined):
    """A curly brace on its feet, point upward, from its origin on: rightward for plus, leftward for minus.

    A positive one is solid, a negative one hollow. Too narrow to be seen it is a dot, and exactly 0 is the ring.

    Parameters
    ----------
    change
        What it is as wide as.
    scale
        Frame units per 1; on an axis that of the axis.
    origin
        Where it begins: a place, or what stood there before the change, on an axis from left to right.
    lift
        How far over its origin its feet stand.
    product
        What it gives together with another one, such as their ratio.
    """

    kind = "brace"
    roles = ("width",)

    def __init__(
        self,
        change: Quantity | Source,
        scale: Scale | None = None,
        *,
        origin: tuple[float, float] | tuple[Quantity | Source, Axis],
        lift: float = 0.0,
        theme: Theme,
        colour: str,
        product: Quantity | None = None,
    ) -> None:
        sizes = {"lift": lift, "thick": _THICK, "bend": _BEND, "rim": _RIM}
        paints = [Paint(theme.mixed(colour, HOLLOW[1])), Paint(colour), Paint(colour)]
        start, axis = origin
        if not isinstance(axis, Axis):
            if scale is None or not isinstance(start, float | int):
                raise StageError("brace: it has a scale and a place, or an axis and what stands on it")
            super().__init__([(change, scale)], origin=(start, axis), sizes=sizes, paints=paints, product=product)
            return
        if axis.start[1] != axis.end[1] or axis.start[0] >= axis.end[0] or isinstance(start, float | int):
            raise StageError(f"brace: its axis {axis.key} runs from left to right, and a quantity stands on it")
        spot = Spot((start, axis), (start, axis))
        super().__init__([(change, axis.scale)], origin=spot, sizes=sizes, paints=paints, product=product)

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        """Return the wash of what is hollow, the ink, and what marks a width of 0, or one that is too small to see."""
        width, lift = drawn["width"], np.array([0.0, sizes["lift"], 0.0])
        if width == 0.0:
            return [_NOTHING, _NOTHING, disc(lift, *RING)]
        wide, side = abs(width), np.array([np.sign(width), 1.0, 1.0])
        thick = min(sizes["thick"], wide / _SLENDER)
        whole = _brace(wide, thick, sizes["bend"], 0.0) * side + lift
        speck = disc(lift, SPECK) if wide < SPECK else _NOTHING
        if width > 0.0:
            return [_NOTHING, whole, speck]
        inner = _brace(wide, thick, sizes["bend"], min(sizes["rim"], thick / 3)) * side + lift
        return [whole, np.concatenate([whole, inner[::-1]]), speck]

    @classmethod
    def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
        """Return how far its ink reaches, and to which side."""
        x = shapes[1][:, 0] if len(shapes[1]) else np.zeros(1)
        return {"width": float(x[np.argmax(np.abs(x))])}


def _brace(wide: float, thick: float, bend: float, inset: float) -> Points:
    """Return the outline of a brace from 0 to a width, feet at height 0; ``inset`` is how far inside its edge."""
    bend, half = min(bend, (wide - thick) / 4), thick / 2 - inset
    foot, point = np.array([thick / 2 + bend, 0.0, 0.0]), np.array([wide / 2 - bend, 2 * bend, 0.0])
    outer, inner = bend + half, bend - half
    low, high = (float(np.arcsin(inset / radius)) for radius in (outer, inner))  # where the ends of its line are cut
    cross = -float(np.arccos(bend / outer))  # where the lower edges of both halves meet
    over = _joined(arc(foot, outer, np.pi - low, np.pi / 2), arc(point, inner, -np.pi / 2, -high))
    under = _joined(arc(point, outer, cross, -np.pi / 2), arc(foot, inner, np.pi / 2, np.pi - high))
    flip, far = np.array([-1.0, 1.0, 1.0]), np.array([wide, 0.0, 0.0])
    whole = _joined(over, (over * flip + far)[::-1], (under * flip + far)[::-1], under)
    return np.concatenate([whole, polyline([whole[-1], whole[0]])])


def _joined(*curves: Points) -> Points:
    """Return curves one after the other, with straight lines between them."""
    lines = [np.concatenate([polyline([a[-1], b[0]]), b]) for a, b in pairwise(curves)]
    return np.concatenate([curves[0], *lines])
