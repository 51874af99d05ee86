"""The plus: the node at which two values are added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Scale
from scenes.parts.page import Form, Place
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import POST, Theme
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.figure import Figure
from scenes.parts.things.outlined import Numbers
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.shapes import disc, polygon

__all__ = ["RADIUS", "Plus", "plus"]

Points = npt.NDArray[np.float64]
RADIUS: Final = 0.26
_WIDE: Final = 0.05  # of the ring
_CLEAR: Final = 0.05  # beyond the ring, what runs through the node is covered
_ARM: Final = 0.52  # of the radius: half of each stroke
_CENTRE: Final = np.zeros(3)


class Plus(Figure):
    """A node with a plus inside, about its middle; what runs through it is covered."""

    kind = "plus"

    def __init__(self, of: Quantity, *, origin: tuple[float, float], theme: Theme) -> None:
        paints = [Paint(theme.colour(role)) for role in ("background", "body", "edge", "ink")]
        super().__init__(origin=origin, sizes={"radius": RADIUS}, paints=paints, of=of)

    @classmethod
    def shapes(cls, sizes: Numbers) -> Sequence[Points]:
        """Return what clears the ground, the body, the ring and the plus."""
        radius, half = sizes["radius"], _WIDE / 2
        ring = disc(_CENTRE, radius + half, radius - half)
        return [disc(_CENTRE, radius + half + _CLEAR), disc(_CENTRE, radius), ring, _cross(_ARM * radius, POST / 2)]


def _cross(arm: float, half: float) -> Points:
    """Return the outline of a plus, as one, so that its strokes do not overlap."""
    quarter = [(arm, -half), (arm, half), (half, half)]
    corners = [(x * c - y * s, x * s + y * c, 0.0) for c, s in ((1, 0), (0, 1), (-1, 0), (0, -1)) for x, y in quarter]
    return polygon(corners)


def plus(pen: Pen, name: str) -> Part:
    """Return the plus that makes a value: its origin is its middle."""

    def draw(place: Place, _: Mapping[str, Scale]) -> tuple[Shown, ...]:
        return (Plus(pen.quantities[name], origin=(place.x, place.y), theme=pen.theme),)

    reach = RADIUS + _WIDE / 2 + _CLEAR
    return Part(f"plus {name}", Form.fixed(reach, reach, reach, reach), draw=draw)
