"""A stretch along a number line: a number laid off from a place on it, as a flat bar or as an arrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.errors import StageError
from scenes.parts.measure import Axis
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import HOLLOW, RING, SPECK, Theme
from scenes.parts.things.base import Paint, Source
from scenes.parts.things.outlined import Numbers, Outlined, Spot
from scenes.parts.things.shapes import arrow, disc, rectangle

__all__ = ["Stretch"]

Points = npt.NDArray[np.float64]
_NOTHING: Final = np.zeros((0, 3))


class Stretch(Outlined):
    """A bar from a place on an axis, as long as its number is large there: rightward for plus, leftward for minus.

    A positive one is solid, a negative one hollow; an arrow's head is filled or open in the same way. Too short to be
    seen it is a dot, and exactly 0 is the ring.

    Parameters
    ----------
    start
        Where it begins.
    axis
        Runs from left to right; its scale is that of the length.
    lift
        How far over the axis it lies, in frame units; under it, if negative.
    thick
        Of the bar, or of the arrow's shaft.
    head
        Length of the arrow's head; 0 is a bar.
    """

    kind = "stretch"
    roles = ("length",)

    def __init__(
        self,
        length: Quantity | Source,
        *,
        start: Quantity | Source,
        axis: Axis,
        lift: float,
        thick: float,
        head: float = 0.0,
        theme: Theme,
        colour: str,
    ) -> None:
        if axis.start[1] != axis.end[1] or axis.start[0] >= axis.end[0]:
            raise StageError(f"stretch: its axis {axis.key} runs from left to right")
        sizes = {"lift": lift, "thick": thick, "head": head, "rim": HOLLOW[0]}
        paints = [Paint(theme.mixed(colour, HOLLOW[1])), Paint(colour), Paint(colour)]
        super().__init__([(length, axis.scale)], origin=Spot((start, axis), (start, axis)), sizes=sizes, paints=paints)

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        """Return the wash of what is hollow, the ink, and what marks a length of 0, or one that is too short to see."""
        length, lift = drawn["length"], np.array([0.0, sizes["lift"], 0.0])
        if length == 0.0:
            return [_NOTHING, _NOTHING, disc(lift, *RING)]
        tip = lift + np.array([length, 0.0, 0.0])
        speck = disc(lift, SPECK) if abs(length) < SPECK else _NOTHING
        if sizes["head"]:
            parts = arrow(lift, tip, width=sizes["thick"], head=sizes["head"], filled=length > 0)
            return [_NOTHING, np.concatenate(parts), speck]
        whole = rectangle(lift, tip, sizes["thick"])
        if length > 0:
            return [_NOTHING, whole, speck]
        rim = min(sizes["rim"], abs(length) / 3, sizes["thick"] / 3)
        step = np.array([rim, 0.0, 0.0])
        inner = rectangle(lift - step, tip + step, sizes["thick"] - 2 * rim)
        return [whole, np.concatenate([whole, inner[::-1]]), speck]

    @classmethod
    def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
        """Return how far its ink reaches, and to which side."""
        x = shapes[1][:, 0] if len(shapes[1]) else np.zeros(1)
        return {"length": float(x[np.argmax(np.abs(x))])}
