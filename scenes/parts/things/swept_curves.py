"""What follows the input of a sweep, drawn over it: curves under one another, over one axis and the same flat zones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from scenes.parts.measure import Scale
from scenes.parts.page import Form, Need, Place
from scenes.parts.recipe.sweep import Live
from scenes.parts.theme import CURVE, LABEL, NAME, STROKES_PER_UNIT, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.graph import zero_lines
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.plot import Curve, Dot
from scenes.parts.things.ruler import UNDER, beside_ticks, ruled
from scenes.parts.things.tangent import Tangent
from scenes.parts.things.zones import Zones

__all__ = ["SweptCurves"]

_SIZES: Final = ((2.0, 1.4), (2.0, 0.55), (0.9, 0.55))  # width and height of one plot without its numbers, at least
_WISH: Final = (5.0, 1.6)
_UNDER: Final = UNDER + LABEL + 0.02
_OVER: Final = 0.04  # over the upper plot
_NAMES: Final = 0.08  # between a plot and the names of gates over and under it
_BETWEEN: Final = LABEL + 2 * _NAMES  # two plots: room for the names of the gates whose zones they are
_GAP: Final = 0.16  # from an axis to what it is called, and between two names
_DOT, _HALF = 0.085, 0.36  # radius; half of the tangent
_LETTER: Final = 0.25  # how high what stands beside it is
_TICKS: Final = (6, 4)  # most, along and upright


class SweptCurves:
    """The curves of some quantities over the input of a sweep; each grows as the input comes from its high end.

    Along the sweep each quantity is ``sweep_`` and its name; its range stands at ``over_`` and its name.

    Parameters
    ----------
    x
        The input, as the sweep moves it; its range is ``x_range``.
    ys
        What follows it, from the upper curve on.
    slope
        That of the upper curve, as the sweep moves it: a tangent; or none.
    flats
        Of each gate that is flat somewhere its slope, and the key of its name.
    limit
        The quantity below which a slope counts as flat.

    Attributes
    ----------
    curves, dots
        Of each quantity, once they are drawn.
    """

    def __init__(
        self,
        pen: Pen,
        x: Live,
        ys: Sequence[Live],
        slope: Live | None,
        flats: Sequence[tuple[str, str]],
        limit: str = "",
    ) -> None:
        self.pen, self.x, self.ys, self.slope, self.flats, self.limit = pen, x, ys, slope, flats, limit
        self.curves: list[Curve] = []
        self.dots: list[Dot] = []
        self.part = Part("swept curves", *self._forms(), draw=self.draw)

    def _forms(self) -> list[Form]:
        pen, ranges = self.pen, self.pen.clip.ranges()
        ticks = [beside_ticks(ranges[f"over_{y.name}"], pen.theme, most=_TICKS[1]) for y in self.ys]
        self.names = [pen.symbol(y.name, height=VALUE, align="left") for y in self.ys]
        self.margin = max(ticks)
        ends = [*self.names, pen.symbol(self.x.name, height=NAME)]
        self.after = _GAP + max(name.advance for name in ends)
        count, gaps = len(self.ys), (len(self.ys) - 1) * _BETWEEN
        rooms = [
            (self.margin + wide + self.after, _OVER + count * high + gaps + _UNDER) for wide, high in (*_SIZES, _WISH)
        ]
        *sizes, wish = rooms
        return [_form(size, wish) for size in sizes]

    def draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        """Return zones and axes, from below upward; last come the curves, the tangent and the dots."""
        left, right = place.x - place.left + self.margin, place.x + place.right - self.after
        step = (place.up + place.down - _OVER - _UNDER + _BETWEEN) / len(self.ys)
        grounds, moving = list[Shown](), list[Shown]()
        for i, y in enumerate(self.ys):
            top = place.y + place.up - _OVER - i * step
            low = top - step + _BETWEEN
            ground, live = self._plot(i, y, (left, low, right, top))
            grounds += [*ground, *(self._names(left, right, top + _NAMES) if i else [])]
            moving += live
        x = self.pen.symbol(self.x.name, height=NAME, align="left").at(right + _GAP, low - NAME / 2)
        return [*grounds, x, *moving]

    def _plot(self, i: int, y: Live, box: tuple[float, float, float, float]) -> tuple[list[Shown], list[Shown]]:
        """Return what stays of a plot between left, low, right and top, and what follows the sweep."""
        pen, theme, (left, low, right, top) = self.pen, self.pen.theme, box
        across = pen.axis("x_range", ((left, low), (right, low)))
        up = pen.axis(f"over_{y.name}", ((left, low), (left, top)))
        xs, slopes = pen.quantities[f"sweep_{self.x.name}"], [pen.quantities[slope] for slope, _ in self.flats]
        zones = [Zones(each, xs, pen.quantities[self.limit], across, height=top - low, theme=theme) for each in slopes]
        (flat, below), (upright, beside) = ruled(across, theme, most=_TICKS[0]), ruled(up, theme, most=_TICKS[1])
        name = self.names[i].at(right + _GAP, (low + top - VALUE) / 2)
        ys, colour = pen.quantities[f"sweep_{y.name}"], pen.colour_of(y.now)
        curve = Curve(ys, up, xs, across, colour=colour, stroke=CURVE * STROKES_PER_UNIT, until=(self.x, y))
        dot = Dot(y, up, across=(self.x, across), colour=colour, radius=_DOT)
        self.curves.append(curve)
        self.dots.append(dot)
        spot = (self.x, across), (y, up)
        tilt = [Tangent(self.slope, *spot, colour=theme.colour("gradient"), half=_HALF)] if self.slope and not i else []
        axes = [upright, *beside, *([flat, *below] if y is self.ys[-1] else []), name]
        return [*zones, *zero_lines(theme, across, up, upright=False), *axes], [curve, *tilt, dot]

    def _names(self, left: float, right: float, y: float) -> list[Shown]:
        """Return the name of each gate over its zones; none where two would touch."""
        pen, found = self.pen, list[tuple[float, float, Shown]]()
        along = pen.quantities[f"sweep_{self.x.name}"]
        axis = pen.axis("x_range", ((left, y), (right, y)))
        for slope, key in self.flats:
            limit = pen.quantities[self.limit]
            zones = Zones(pen.quantities[slope], along, limit, axis, height=LABEL, theme=pen.theme)
            for a, b in zones.boxes:
                name = pen.name(key, height=LABEL, colour="quiet")
                found.append(((a + b) / 2, name.advance / 2, name.at((a + b) / 2, y)))
        found.sort(key=lambda each: each[0])
        if any(b - a < half + other + _GAP for (a, half, _), (b, other, _) in pairwise(found)):
            return []
        return [name for _, _, name in found]

    def let_go(self) -> None:
        """Let the whole curves stand, whatever x does from now on."""
        for curve in self.curves:
            curve.let_go()


def _form(size: tuple[float, float], wish: tuple[float, float]) -> Form:
    """Return the needs of something so large at least, about the middle of its top, a little of which lies higher."""
    (wide, high), (most, highest) = size, wish
    across = Need(wide / 2, wide / 2, (most - wide) / 2, (most - wide) / 2)
    return Form(across, Need(_LETTER, high - _LETTER, 0.0, highest - high))
