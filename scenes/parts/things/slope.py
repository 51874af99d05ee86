"""The slope at a point of a curve: a run of 1, the tangent, and the rise as a bar under the point or over it.

The triangle between them is a thing of its own, its shade: it lies under the curve, and all the rest over it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import ClassVar, Final

import numpy as np
import numpy.typing as npt

from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import HOLLOW, Theme
from scenes.parts.things.base import Paint, Source, as_source
from scenes.parts.things.outlined import Numbers, Outlined, Spot
from scenes.parts.things.shapes import polygon, rectangle

__all__ = ["Slope", "SlopeShade"]

Points = npt.NDArray[np.float64]
_NOTHING: Final = np.zeros((0, 3))
_TANGENT: Final = 0.026  # width, and that of the run
_BAR: Final = 0.1  # width of the rise
_BEYOND: Final = 0.3  # how far the tangent goes on behind the point, in frame units
_WASH: Final = 0.16


class Slope(Outlined):
    """A run of 1 to the left of the point, and the rise that belongs to it: solid up to the point, hollow down to it.

    Parameters
    ----------
    rise
        The local slope.
    spot
        The point on its two axes; the run is measured on the axis of x, the rise on that of y.
    top
        How high the tangent may reach behind the point, in frame units.
    """

    kind = "slope"
    roles: ClassVar[tuple[str, ...]] = ("rise",)
    measures = False  # it lies on its curve
    widths: ClassVar[Numbers] = {"tangent": _TANGENT, "bar": _BAR, "beyond": _BEYOND, "rim": HOLLOW[0]}

    def __init__(
        self, rise: Quantity | Source, *, spot: Spot, theme: Theme, colour: str, top: float = math.inf
    ) -> None:
        across, up = spot.axes
        sizes = {"run": across.scale.per_unit, **self.widths}
        high = up.scale.per_unit * as_source(rise).now.number
        if high > 0.0:
            room = max(0.0, top - float(spot.point[1]))
            sizes["beyond"] = min(_BEYOND, room * math.hypot(1.0, sizes["run"] / high))
        super().__init__([(rise, up.scale)], origin=spot, sizes=sizes, paints=self.paints(theme, colour))

    @classmethod
    def paints(cls, theme: Theme, colour: str) -> list[Paint]:
        """Return the paints of the run, the tangent, the body of a hollow bar, and the bar's ink."""
        return [Paint(shade) for shade in (theme.colour("quiet"), colour, theme.mixed(colour, HOLLOW[1]), colour)]

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        """Return the run, the tangent, the body of a hollow bar, and the ink of the bar."""
        run, rise = sizes["run"], drawn["rise"]
        point, corner, foot = (np.array([x, y, 0.0]) for x, y in ((0.0, 0.0), (0.0, -rise), (-run, -rise)))
        along = (point - foot) / np.linalg.norm(point - foot)
        tangent = rectangle(foot, along * sizes["beyond"], sizes["tangent"])
        run_line = rectangle(foot, corner, sizes["tangent"])
        if rise == 0:
            return [run_line, tangent, _NOTHING, _NOTHING]
        bar = rectangle(corner, point, sizes["bar"])
        if rise > 0:
            return [run_line, tangent, _NOTHING, bar]
        rim = min(sizes["rim"], sizes["bar"] / 3, -rise / 3)
        inset = np.array([0.0, rim, 0.0])
        inner = rectangle(corner - inset, point + inset, sizes["bar"] - 2 * rim)
        return [run_line, tangent, bar, np.concatenate([bar, inner[::-1]])]

    @classmethod
    def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
        """Return the height of the bar: it stands under the point where the slope is positive, else on it."""
        *_, body, ink = shapes
        if not len(ink):
            return {"rise": 0.0}
        return {"rise": float(np.ptp(ink[:, 1])) * (-1.0 if len(body) else 1.0)}


class SlopeShade(Outlined):
    """The triangle of a run of 1 to the left of the point and its rise; of a rise of 0 there is none."""

    kind = "slope_shade"
    roles = ("rise",)
    measures = False

    def __init__(self, rise: Quantity | Source, *, spot: Spot, theme: Theme, colour: str) -> None:
        across, up = spot.axes
        paint = Paint(theme.mixed(colour, _WASH))
        super().__init__([(rise, up.scale)], origin=spot, sizes={"run": across.scale.per_unit}, paints=[paint])

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        """Return the triangle."""
        run, rise = sizes["run"], drawn["rise"]
        return [polygon([[-run, -rise, 0.0], [0.0, -rise, 0.0], [0.0, 0.0, 0.0]]) if rise else _NOTHING]

    @classmethod
    def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
        """Return how far its right angle lies under the point."""
        (triangle,) = shapes
        return {"rise": -float(triangle[4, 1]) if len(triangle) else 0.0}
