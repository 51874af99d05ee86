"""What stands on the line of centres of a pair of gears: its origin is one of the two hubs, its unit their distance.

Where the line lies, and so how large the pair is, is found by the page; the ledger says it as the ends of an axis.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Axis, Scale
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.things.base import Paint, Source, moved
from scenes.parts.things.outlined import Numbers, Outlined
from scenes.parts.things.shapes import arc, rectangle

__all__ = ["Arm", "Centred", "Round"]

Points = npt.NDArray[np.float64]
ARM: Final = 0.075
"""Width of an arm."""

_DASHES: Final = 36
_STROKE: Final = 2.8


class Centred(Outlined):
    """Outlines about one of the hubs.

    Parameters
    ----------
    numbers
        As of any outlines; a length is measured on the line of centres.
    centres
        The line of centres, from hub to hub.
    far
        Whether it stands at the hub where the line ends.
    """

    def __init__(
        self,
        numbers: Sequence[tuple[Quantity | Source, Scale]],
        *,
        centres: Axis,
        far: bool,
        sizes: Mapping[str, float],
        paints: Sequence[Paint],
    ) -> None:
        self.centres = centres
        x, y, _ = centres.end if far else centres.start
        super().__init__(numbers, origin=(x, y), sizes={"far": float(far), **sizes}, paints=paints)

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The line of centres."""
        return (self.centres,)

    def fault(self) -> str | None:
        """Return what is drawn wrongly: what turns about a hub stays on it."""
        return super().fault() or moved(self, "its hub")


class Arm(Centred):
    """How far from its hub a gear touches the other: a bar along the line of centres, from the hub to the contact."""

    kind = "arm"
    roles = ("length",)
    measures = False  # it lies on its gear, whose name stands in the hub

    def __init__(self, source: Quantity | Source, *, centres: Axis, far: bool, colour: str) -> None:
        super().__init__(
            [(source, centres.scale)], centres=centres, far=far, sizes={"width": ARM}, paints=[Paint(colour)]
        )

    @property
    def outline(self) -> Points:
        """The bar as it stands now."""
        return np.array(self.submobjects[0].points)

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        """Return the bar."""
        way = -1.0 if sizes["far"] else 1.0
        return [rectangle(np.zeros(3), np.array([way * drawn["length"], 0.0, 0.0]), sizes["width"])]

    @classmethod
    def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
        """Return how far it reaches."""
        return {"length": float(np.ptp(shapes[0][:, 0]))}


class Round(Centred):
    """The round gear that turns alike at one x: its pitch circle, dashed, through the contact."""

    kind = "round"
    roles = ("radius",)
    measures = False

    def __init__(self, source: Quantity | Source, *, centres: Axis, far: bool, colour: str) -> None:
        sizes = {"dashes": float(_DASHES)}
        paints = [Paint(colour, stroke=_STROKE)]
        super().__init__([(source, centres.scale)], centres=centres, far=far, sizes=sizes, paints=paints)

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        """Return the dashes, one of them in the middle of the contact."""
        step, first = 2 * np.pi / sizes["dashes"], np.pi if sizes["far"] else 0.0
        at = first + step * (np.arange(int(sizes["dashes"])) - 0.25)
        return [np.concatenate([arc(np.zeros(3), drawn["radius"], a, a + step / 2) for a in at])]

    @classmethod
    def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
        """Return the radius."""
        return {"radius": float(np.linalg.norm(shapes[0][0]))}
