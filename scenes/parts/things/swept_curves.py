"""What follows the input of a sweep, drawn over it: curves side by side, each over the same axis and flat zones."""

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

_WIDE, _HIGH = (0.8, 3.2), (1.4, 0.55, 2.2)  # of one plot without its numbers: at least, (need be,) as it would like
_UNDER: Final = UNDER + LABEL + 0.07
_BETWEEN: Final = 0.2  # two plots
_GAP: Final = 0.16  # from an axis to what it is called, and between two names
_NAMES: Final = 0.12  # from a plot to the names of gates over the zones in which they are flat
_OVER: Final = _NAMES + LABEL + 0.14 + VALUE  # for them, and over them for the name of the upright axis
_DOT, _HALF = 0.085, 0.25  # radius; half of the tangent
_TICKS: Final = (6, 4)  # most, along and upright


class SweptCurves:
    """The curves of some quantities over the input of a sweep; each grows as the input comes from its high end.

    Along the sweep each quantity is ``sweep_`` and its name; its range stands at ``over_`` and its name.

    Parameters
    ----------
    x
        The input, as the sweep moves it; its range is ``x_range``.
    ys
        What follows it, from the curve on the left on.
    slope
        That of the curve on the left, as the sweep moves it: a tangent; or none.
    flats
        Of each gate that is flat somewhere its slope, and the key of its name.
    limit
        The quantity below which a slope counts as flat.
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
        self.part = Part("swept curves", *self._forms(), draw=self.draw)

    def _forms(self) -> list[Form]:
        pen, ranges = self.pen, self.pen.clip.ranges()
        ticks = [beside_ticks(ranges[f"over_{y.name}"], pen.theme, most=_TICKS[1]) for y in self.ys]
        self.margin = max(ticks)
        self.after = pen.symbol(self.x.name, height=NAME).advance + _GAP
        count, gaps = len(self.ys), (len(self.ys) - 1) * _BETWEEN
        more, fixed = count * (_WIDE[1] - _WIDE[0]) / 2, (count * (self.margin + _WIDE[0]) + gaps + self.after) / 2
        *sizes, wish = (_OVER + each + _UNDER for each in _HIGH)
        return [Form(Need(fixed, fixed, more, more), Need(0.0, size, 0.0, wish - size)) for size in sizes]

    def draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        """Return zones and axes, from below upward; last come the curves, the tangent and the dots."""
        step = (place.left + place.right - self.after + _BETWEEN) / len(self.ys)
        wide, top, low = step - _BETWEEN - self.margin, place.y - _OVER, place.y - place.down + _UNDER
        grounds, moving = list[Shown](), list[Shown]()
        for i, y in enumerate(self.ys):
            left = place.x - place.left + self.margin + i * step
            ground, live = self._plot(i, y, (left, low, left + wide, top))
            grounds += [*ground, *self._names(left, left + wide, top + _NAMES)]
            moving += live
        end = place.x + place.right - self.after + _GAP
        x = self.pen.symbol(self.x.name, height=NAME, align="left").at(end, low - NAME / 2)
        return [*grounds, x, *moving]

    def _plot(self, i: int, y: Live, box: tuple[float, float, float, float]) -> tuple[list[Shown], list[Shown]]:
        """Return what stays of a plot between left, low, right and top, and what follows the sweep."""
        pen, theme, (left, low, right, top) = self.pen, self.pen.theme, box
        across = pen.axis("x_range", ((left, low), (right, low)))
        up = pen.axis(f"over_{y.name}", ((left, low), (left, top)))
        xs, slopes = pen.quantities[f"sweep_{self.x.name}"], [pen.quantities[slope] for slope, _ in self.flats]
        zones = [Zones(each, xs, pen.quantities[self.limit], across, height=top - low, theme=theme) for each in slopes]
        (flat, below), (upright, beside) = ruled(across, theme, most=_TICKS[0]), ruled(up, theme, most=_TICKS[1])
        name = pen.symbol(y.name, height=VALUE, align="left").at(left, top + _OVER - VALUE)
        ys, colour = pen.quantities[f"sweep_{y.name}"], pen.colour_of(y.now)
        curve = Curve(ys, up, xs, across, colour=colour, stroke=CURVE * STROKES_PER_UNIT, until=(self.x, y))
        dot = Dot(y, up, across=(self.x, across), colour=colour, radius=_DOT)
        self.curves.append(curve)
        spot = (self.x, across), (y, up)
        tilt = [Tangent(self.slope, *spot, colour=theme.colour("gradient"), half=_HALF)] if self.slope and not i else []
        axes = [upright, *beside, flat, *below, name]
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
