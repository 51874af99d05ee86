"""The pen: makes everything that a storyboard may show, with the clip's own quantities, scales, colours and words."""

from __future__ import annotations

from scenes.parts.measure import Axis
from scenes.parts.recipe.quantity import Quantity, Role
from scenes.parts.things.arrow import Bar, GradientArrow, Legend
from scenes.parts.things.base import Source
from scenes.parts.things.letter_pen import LetterPen, Shade
from scenes.parts.things.plot import AxisLine, Curve, Dot

__all__ = ["Pen"]

Ends = tuple[tuple[float, float], tuple[float, float]]


class Pen(LetterPen):
    """The pen: lettering, and what measures by its length or its place; `GearPen` makes gears with it."""

    def arrow(
        self,
        source: str | Source,
        scale: str,
        *,
        tail: tuple[float, float],
        direction: tuple[float, float] = (-1.0, 0.0),
    ) -> GradientArrow:
        """Return a gradient arrow whose tail stands at ``tail`` on its baseline."""
        return GradientArrow(
            self.source(source),
            self.scales[scale],
            tail=tail,
            direction=direction,
            colour=self.theme.colour("gradient"),
        )

    def bar(
        self,
        source: str | Source,
        scale: str,
        *,
        base: tuple[float, float],
        direction: tuple[float, float] = (0.0, 1.0),
        width: float = 0.3,
        colour: Shade = "auto",
    ) -> Bar:
        """Return a bar that measures a quantity from ``base``."""
        bound = self.source(source)
        shade = self.colour_of(bound.now if not isinstance(bound, Quantity) else bound, colour)
        return Bar(bound, self.scales[scale], base=base, direction=direction, width=width, colour=shade)

    def legend(self, scale: str, *, start: tuple[float, float], colour: Role = "gradient") -> Legend:
        """Return the bar that says how long one unit of ``scale`` is."""
        return Legend(self.scales[scale], start=start, colour=self.theme.colour(colour))

    def axis(self, key: str, ends: Ends) -> Axis:
        """Return the range that the settings state at ``key``, laid between two points."""
        low, high = self.clip.ranges()[key]
        return Axis(key, low, high, (*ends[0], 0.0), (*ends[1], 0.0))

    def axis_line(self, axis: Axis, colour: Role = "quiet") -> AxisLine:
        """Return the line of an axis."""
        return AxisLine(axis, colour=self.theme.colour(colour))

    def dot(
        self, source: str | Source, axis: Axis, *, across: tuple[str | Source, Axis] | None = None, radius: float = 0.1
    ) -> Dot:
        """Return a dot on an axis, or in the plane of two."""
        bound = self.source(source)
        shade = self.colour_of(bound if isinstance(bound, Quantity) else bound.now, "auto")
        placed = (self.source(across[0]), across[1]) if across else None
        return Dot(bound, axis, across=placed, colour=shade, radius=radius)

    def curve(
        self,
        ys: str,
        y_axis: Axis,
        xs: str,
        x_axis: Axis,
        *,
        until: tuple[Source, Source] | None = None,
        rising: bool = True,
        stroke: float = 4.0,
    ) -> Curve:
        """Return one quantity of a sweep against another; ``until`` is the live (x, y) that it grows with."""
        y, x = self.quantities[ys], self.quantities[xs]
        return Curve(y, y_axis, x, x_axis, colour=self.colour_of(y, "auto"), until=until, rising=rising, stroke=stroke)
