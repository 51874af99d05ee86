"""The pen: makes everything that a storyboard may show, with the clip's own quantities, scales, colours and words."""

from __future__ import annotations

from scenes.parts.measure import Axis
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.things.base import Source
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.plot import Curve, Dot

__all__ = ["Pen"]

Ends = tuple[tuple[float, float], tuple[float, float]]


class Pen(LetterPen):
    """The pen: lettering, and what measures by its length or its place; `GearPen` makes gears with it."""

    def axis(self, key: str, ends: Ends) -> Axis:
        """Return the range that the settings state at ``key``, laid between two points."""
        low, high = self.clip.ranges()[key]
        return Axis(key, low, high, (*ends[0], 0.0), (*ends[1], 0.0))

    def dot(self, source: str | Source, axis: Axis, *, radius: float = 0.1) -> Dot:
        """Return a dot on an axis."""
        bound = self.source(source)
        shade = self.colour_of(bound if isinstance(bound, Quantity) else bound.now, "auto")
        return Dot(bound, axis, colour=shade, radius=radius)

    def curve(self, ys: str, y_axis: Axis, xs: str, x_axis: Axis, *, stroke: float = 4.0) -> Curve:
        """Return one quantity of a sweep against another."""
        y, x = self.quantities[ys], self.quantities[xs]
        return Curve(y, y_axis, x, x_axis, colour=self.colour_of(y, "auto"), stroke=stroke)
