"""The hub of a wheel, as large as its name needs: a disc of the ground with a ring round it. It does not turn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import Theme
from scenes.parts.things.base import Paint
from scenes.parts.things.figure import Figure
from scenes.parts.things.outlined import Numbers
from scenes.parts.things.shapes import disc

__all__ = ["HUB_RING", "Hub"]

Points = npt.NDArray[np.float64]
HUB_RING = 0.03
"""Width of its ring."""


class Hub(Figure):
    """The hub of the wheel that a quantity turns; the name of the quantity is lettering over it."""

    kind = "hub"

    def __init__(self, of: Quantity, *, origin: tuple[float, float], radius: float, theme: Theme, colour: str) -> None:
        paints = [Paint(theme.colour("background")), Paint(colour)]
        super().__init__(origin=origin, sizes={"radius": radius, "ring": HUB_RING}, paints=paints, of=of)

    @classmethod
    def shapes(cls, sizes: Numbers) -> Sequence[Points]:
        """Return the disc, and its ring."""
        radius, inside = sizes["radius"], sizes["radius"] - sizes["ring"]
        return [disc(np.zeros(3), inside), disc(np.zeros(3), radius, inside)]
