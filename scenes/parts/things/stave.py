"""A bar on a baseline: up and solid for plus, down and hollow for minus, a ring for exactly zero."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Scale
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import HOLLOW, RING, Theme
from scenes.parts.things.base import Paint, Source
from scenes.parts.things.outlined import Numbers, Outlined, Spot
from scenes.parts.things.shapes import disc
from scenes.parts.things.strips import beam

__all__ = ["NARROW", "WIDE", "Stave"]

Points = npt.NDArray[np.float64]
WIDE, NARROW = 0.3, 0.2  # where there is little room
_NOTHING: Final = np.zeros((0, 3))
_FOOT: Final = np.zeros(3)


class Stave(Outlined):
    """A bar about its foot, scale x value high.

    Parameters
    ----------
    source
        What it measures.
    origin
        Its foot, in the middle of the baseline under it; or two quantities on two axes, and the second's scale is its.
    width
        How wide it is: 0.3 where others stand close.
    """

    kind = "stave"
    roles: ClassVar[tuple[str, ...]] = ("height",)

    def __init__(
        self,
        source: Quantity | Source,
        scale: Scale,
        *,
        origin: tuple[float, float] | Spot,
        theme: Theme,
        colour: str,
        width: float = WIDE,
    ) -> None:
        sizes, wash = {"width": width, "rim": HOLLOW[0]}, theme.mixed(colour, HOLLOW[1])
        paints = [Paint(wash), Paint(colour), Paint(colour)]
        super().__init__([(source, scale)], origin=origin, sizes=sizes, paints=paints)

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        """Return wash, ink, and the ring of exactly zero."""
        height = drawn["height"]
        if height == 0.0:
            return [_NOTHING, _NOTHING, disc(_FOOT, *RING)]
        tip = np.array([0.0, height, 0.0])
        return [*beam(_FOOT, tip, sizes["width"], sizes["rim"], solid=height > 0), _NOTHING]

    @classmethod
    def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
        """Return how far it reaches, downward for minus."""
        ink = shapes[1]
        if not len(ink):
            return {"height": 0.0}
        start, end = (ink[0] + ink[11]) / 2, (ink[3] + ink[8]) / 2
        return {"height": float(end[1] - start[1])}
