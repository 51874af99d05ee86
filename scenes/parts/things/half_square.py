"""Half the squared error as an area: half of the square on the miss, standing on the number line of the answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.errors import StageError
from scenes.parts.measure import Axis
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import EDGE_LINE, RING, SPECK, Theme
from scenes.parts.things.base import Paint, Source, as_source
from scenes.parts.things.outlined import Numbers, Outlined, Spot
from scenes.parts.things.shapes import disc, polygon

__all__ = ["HalfSquare"]

Points = npt.NDArray[np.float64]
_WASH: Final = 0.22  # so much of the loss's colour is left in its area
_NOTHING: Final = np.zeros((0, 3))
_AGREE: Final = 1e-9  # relative


class HalfSquare(Outlined):
    """A right-angled triangle over the axis: its leg is the miss y - t, from the target to the answer; its area is L.

    The leg is as long as dL/dy is large, and lies on its side. No miss at all is a ring at the target; a miss too small
    to be seen is a dot.

    Parameters
    ----------
    loss
        The half squared error.
    miss
        Its slope dL/dy, which is y - t.
    target
        Where the right angle stands.
    axis
        The number line of y, from left to right; its scale is that of the leg.

    Raises
    ------
    StageError
        If the loss is not half the square of the miss, so that it is no such area; or the axis does not lie flat.
    """

    kind = "half_square"
    roles = ("area", "leg")

    def __init__(
        self,
        loss: Quantity | Source,
        miss: Quantity | Source,
        *,
        target: Quantity,
        axis: Axis,
        theme: Theme,
    ) -> None:
        if axis.start[1] != axis.end[1] or axis.start[0] >= axis.end[0]:
            raise StageError(f"half_square: its axis {axis.key} runs from left to right")
        self._pair = as_source(loss), as_source(miss)
        colour = theme.colour("loss")
        spot = Spot((target, axis), (target, axis))
        paints = [Paint(theme.mixed(colour, _WASH)), Paint(colour)]
        numbers = [(source, axis.scale) for source in self._pair]
        super().__init__(numbers, origin=spot, sizes={"unit": axis.scale.per_unit}, paints=paints)

    def outlines(self) -> Sequence[Points]:
        """Return the area and its edges."""
        loss, miss = (source.now for source in self._pair)
        if not abs(loss.number - miss.number**2 / 2) <= _AGREE * max(loss.number, 1e-300):
            raise StageError(
                f"{self.name}: {loss.number!r} is not half the square of {miss.name}, {miss.number!r}: another loss is "
                "no such area"
            )
        return super().outlines()

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        """Return the area and its edges, the right angle at (0, 0)."""
        leg = drawn["leg"]
        if leg == 0.0:
            return [_NOTHING, disc(np.zeros(3), *RING)]
        height = 2 * sizes["unit"] * drawn["area"] / abs(leg)
        outer = np.array([[leg, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, height, 0.0]])
        edges = [polygon(outer), _inner(outer), disc(np.zeros(3), SPECK) if abs(leg) < SPECK else _NOTHING]
        return [polygon(outer), np.concatenate(edges)]

    @classmethod
    def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
        """Return the area and the leg with its side."""
        wash, _ = shapes
        if not len(wash):
            return {"area": 0.0, "leg": 0.0}
        far, corner, top = wash[[0, 4, 8]]
        area = abs((far - corner)[0] * (top - corner)[1]) / 2
        return {"area": float(area / sizes["unit"]), "leg": float((far - corner)[0])}


def _inner(outer: Points) -> Points:
    """Return where the edges of a right-angled triangle end inside, the other way round; nothing where they meet."""
    along, up = float(abs(outer[0, 0])), float(outer[2, 1])
    inside = (along + up - float(np.hypot(along, up))) / 2  # radius of the inscribed circle
    if inside <= EDGE_LINE:
        return _NOTHING
    centre = np.array([np.copysign(inside, outer[0, 0]), inside, 0.0])
    return polygon((centre + (outer - centre) * (1 - EDGE_LINE / inside))[::-1])
