"""A pointer: an arrow in the plane of two axes, as far across and upward as two numbers say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import RING, SHAFT, SPECK
from scenes.parts.things.base import Paint, Source, moved
from scenes.parts.things.outlined import Numbers, Outlined, Spot
from scenes.parts.things.shapes import arrow, disc

__all__ = ["Pointer"]

Points = npt.NDArray[np.float64]
_HEAD: Final = 0.22
_NOTHING: Final = np.zeros((0, 3))


class Pointer(Outlined):
    """An arrow from a point of a plane, measured on the two axes themselves, such as a step of two weights.

    Too short to be seen it is a dot, and where both numbers are exactly 0 it is the ring.

    Parameters
    ----------
    across, upward
        How far it goes along each axis; its direction is their signs.
    spot
        Where it begins.
    gives
        What stands at its tip: a number of that quantity comes out of it.
    """

    kind = "pointer"
    roles = ("across", "upward")

    def __init__(
        self,
        across: Quantity | Source,
        upward: Quantity | Source,
        *,
        spot: Spot,
        colour: str,
        gives: Quantity | None = None,
    ) -> None:
        x, y = spot.axes
        sizes, paints = {"width": SHAFT, "head": _HEAD}, [Paint(colour), Paint(colour)]
        numbers = [(across, x.scale), (upward, y.scale)]
        super().__init__(numbers, origin=spot, sizes=sizes, paints=paints, product=gives)

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        """Return the arrow, and the mark of what is too short to be seen."""
        tip = np.array([drawn["across"], drawn["upward"], 0.0])
        length = float(np.linalg.norm(tip))
        if length == 0.0:
            return [_NOTHING, disc(np.zeros(3), *RING)]
        shaft, head = arrow(np.zeros(3), tip, width=sizes["width"], head=sizes["head"], filled=True)
        return [np.concatenate([shaft, head]), disc(np.zeros(3), SPECK) if length < SPECK else _NOTHING]

    @classmethod
    def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
        """Return where the tip of its head stands: the second corner of a triangle that is drawn last."""
        x, y, _ = shapes[0][-8] if len(shapes[0]) else np.zeros(3)
        return {"across": float(x), "upward": float(y)}

    @property
    def mouth(self) -> Points:
        """Where its tip stands."""
        x, y = (scale.per_unit * source.now.number for source, scale in self.numbers)
        return np.asarray(self.origin + self.offset + np.array([x, y, 0.0]))

    def fault(self) -> str | None:
        """Return what is drawn wrongly: it begins where its axes put it."""
        return super().fault() or moved(self, "its axes")
