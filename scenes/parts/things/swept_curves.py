"""What follows the input of a sweep, drawn over it: curves under one another, over one axis and the same flat zones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from scenes.parts.measure import Axis, Scale
from scenes.parts.page import Form, Need, Place
from scenes.parts.recipe.sweep import Live
from scenes.parts.theme import CURVE, LABEL, NAME, STROKES_PER_UNIT, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.beside_bar import points_along, told_beside
from scenes.parts.things.graph import zero_lines
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.letters import room_of
from scenes.parts.things.outlined import Spot
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.plot import Curve, Dot
from scenes.parts.things.ruler import UNDER, beside_ticks, ruled
from scenes.parts.things.slope import Slope, SlopeShade
from scenes.parts.things.tangent import Tangent
from scenes.parts.things.zones import Zones

__all__ = ["SweptCurves"]

_HIGH, _LOW, _SMALL = (2.0, 1.4), (2.0, 0.55), (0.9, 0.55)  # width and height of a plot without its numbers, at least
_SIZES: Final = (_HIGH, _LOW, _SMALL)
_NUMBERED: Final = 1  # so many of them have a number
_WISH: Final = (5.0, 1.6)
_UNDER: Final = UNDER + LABEL + 0.02
_OVER: Final = 0.06  # over the upper plot
_NAMES: Final = 0.08  # between a plot and the names of gates over and under it
_BETWEEN: Final = LABEL + 2 * _NAMES  # two plots: room for the names of the gates whose zones they are
_GAP: Final = 0.16  # from an axis to what it is called, and between two names
_PAST: Final = 0.42  # from the upper plot to the name of its quantity: the tangent reaches past the end of the curve
_ROW: Final = 0.2  # between what stands under one another beside a plot
_DOT, _HALF = 0.085, 0.36  # radius; half of the tangent
_LETTER: Final = 0.25  # how high what stands beside it is
_TICKS: Final = (6, 4)  # most, along and upright


class SweptCurves:
    """The curves of some quantities over the input of a sweep; each grows as the input comes from its high end.

    The axis of the input lies under the upper plot first, and goes under the last as that comes.

    Along the sweep each quantity is ``sweep_`` and its name; its range stands at ``over_`` and its name.

    Parameters
    ----------
    x
        The input, as the sweep moves it; its range is ``x_range``.
    ys
        What follows it, from the upper curve on.
    corner
        Of the triangle under the tangent to the upper curve the right upper corner, as the sweep moves it; or none.
    rise
        Key of the words at its rise, which is what the last of them is.
    flats
        Of each gate that is flat somewhere its slope, and the key of its name.
    limit
        The quantity below which a slope counts as flat.

    Attributes
    ----------
    curves, plots
        Of each quantity its curve, and all that comes with it, once they are drawn; with the last come the flat zones,
        which lie under all plots.
    across, inputs
        Under the upper plot and under the last the axis of the input with its ticks, and what the input is called.
    bar
        What measures the slope of the upper curve, once it is drawn.
    last
        What shows the last quantity where the input is, once drawn: its number, or its dot where there is no room.
    """

    def __init__(
        self,
        pen: Pen,
        x: Live,
        ys: Sequence[Live],
        corner: tuple[Live, Live] | None,
        rise: str,
        flats: Sequence[tuple[str, str]],
        limit: str = "",
    ) -> None:
        self.pen, self.x, self.ys, self.corner, self.flats, self.limit = pen, x, ys, corner, flats, limit
        self.curves: list[Curve] = []
        self.plots: list[list[Shown]] = []
        self.across: list[list[Shown]] = []
        self.inputs: list[Shown] = []
        self._hatching: list[Shown] = []
        self._upper: tuple[tuple[Axis, Axis], list[Shown]] | None = None
        self.number = pen.live_readout(ys[-1], height=VALUE, align="left")
        self.called = rise
        self.part = Part("swept curves", *self._forms(), draw=self.draw)

    def _forms(self) -> list[Form]:
        pen, ranges = self.pen, self.pen.clip.ranges()
        ticks = [beside_ticks(ranges[f"over_{y.name}"], pen.theme, most=_TICKS[1]) for y in self.ys]
        self.names = [pen.symbol(y.name, height=VALUE, align="left") for y in self.ys]
        self.margin = max(ticks)
        ends = [*self.names, pen.symbol(self.x.name, height=NAME)]
        named = max(room_of(self._words()).across.least, *(name.advance for name in ends))
        moments = [sum(self.number.sides_of(value)) for value in pen.clip.moments(self.ys[-1].name)]
        each = [max(named, *moments)] * _NUMBERED
        least = _PAST + self.names[0].advance
        wide = [*each, *[named] * (len(_SIZES) - len(each))]  # a low plot has no number
        self.after = [max(least, _GAP + one) for one in wide]
        count, gaps = len(self.ys), (len(self.ys) - 1) * _BETWEEN
        pairs = zip((*_SIZES, _WISH), (*self.after, self.after[0]), strict=True)
        rooms = [(self.margin + wide + after, _OVER + count * high + gaps + _UNDER) for (wide, high), after in pairs]
        *sizes, wish = rooms
        return [_form(size, wish) for size in sizes]

    def _words(self) -> Lettering:
        return self.pen.words(self.called, height=LABEL, colour="quiet", align="left")

    def draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        """Return what comes with each curve, from below upward."""
        left, right = place.x - place.left + self.margin, place.x + place.right - self.after[place.form]
        step = (place.up + place.down - _OVER - _UNDER + _BETWEEN) / len(self.ys)
        for i, y in enumerate(self.ys):
            top = place.y + place.up - _OVER - i * step
            low = top - step + _BETWEEN
            plot = self._plot(i, y, (left, low, right, top))
            axis = self._input(left, right, low) if i in (0, len(self.ys) - 1) else []
            self.plots.append([*axis, *plot, *self._said(i, right, top, low, place.form)])
            self._hatching += self._names(left, right, top + _NAMES) if i else []
        self.last = self.number if place.form < _NUMBERED else plot[-1]
        self.plots[-1][:0] = self._hatching
        return [shown for plot in reversed(self.plots) for shown in plot]

    def _input(self, left: float, right: float, low: float) -> list[Shown]:
        """Return the axis of the input with its ticks, under a plot, and keep it, and what the input is called."""
        flat, below = ruled(self.pen.axis("x_range", ((left, low), (right, low))), self.pen.theme, most=_TICKS[0])
        self.inputs.append(self.pen.symbol(self.x.name, height=NAME, align="left").at(right + _GAP, low - NAME / 2))
        self.across.append([flat, *below])
        return self.across[-1]

    def _plot(self, i: int, y: Live, box: tuple[float, float, float, float]) -> list[Shown]:
        """Return a plot between left, low, right and top: what stays, and last what follows the sweep."""
        pen, theme, (left, low, right, top) = self.pen, self.pen.theme, box
        across = pen.axis("x_range", ((left, low), (right, low)))
        up = pen.axis(f"over_{y.name}", ((left, low), (left, top)))
        xs, slopes = pen.quantities[f"sweep_{self.x.name}"], [pen.quantities[slope] for slope, _ in self.flats]
        limit, high = pen.quantities[self.limit], top - low
        self._hatching += [Zones(each, xs, limit, across, height=high, theme=theme) for each in slopes]
        upright, beside = ruled(up, theme, most=_TICKS[1])
        ys, colour = pen.quantities[f"sweep_{y.name}"], pen.colour_of(y.now)
        curve = Curve(ys, up, xs, across, colour=colour, stroke=CURVE * STROKES_PER_UNIT, until=(self.x, y))
        dot = Dot(y, up, across=(self.x, across), colour=colour, radius=_DOT)
        self.curves.append(curve)
        shade, tilt = ([], []) if i else self._slope(across, up, y)
        lines = [*zero_lines(theme, across, up, upright=False), upright]
        if not i:
            (self.bar,), self._upper = tilt, ((across, up), [*lines, curve, *tilt, dot])
        return [*lines, *beside, *shade, curve, *tilt, dot]

    def _slope(self, across: Axis, up: Axis, y: Live) -> tuple[list[Shown], list[Shown]]:
        """Return the shade under the tangent to the upper curve, if there is room, and what measures its slope."""
        slope, colour = self.ys[-1], self.pen.theme.colour("gradient")
        if self.corner is None:
            return [], [Tangent(slope, (self.x, across), (y, up), colour=colour, half=_HALF)]
        spot = Spot(*zip(self.corner, (across, up), strict=True))
        shade, rise = (kind(slope, spot=spot, theme=self.pen.theme, colour=colour) for kind in (SlopeShade, Slope))
        return [shade], [rise]

    def _said(self, i: int, right: float, top: float, low: float, form: int) -> list[Shown]:
        """Return what stands beside a plot: the name of its quantity; under the last its number, if that is high."""
        said: list[Lettering] = [self.names[i]]
        if form < _NUMBERED and i == len(self.ys) - 1:
            said.append(self.number)
        return _under_one_another(said, (right + (_GAP if i else _PAST), (low + top) / 2))

    def rise(self, name: str) -> list[Shown]:
        """Return the words and the number of the rise beside its bar, as it is now, or under the axis' end.

        Parameters
        ----------
        name
            The quantity that the rise is now.
        """
        if self.corner is None or self._upper is None:
            return []
        axes, lines = self._upper
        said, number = self._words(), self.pen.readout(name, height=LABEL, align="left", as_swept=True)
        x, top = (float(a.point(of.now.number)[i]) for i, (a, of) in enumerate(zip(axes, self.corner, strict=True)))
        low, high = sorted((top, top - self.ys[-1].now.number * axes[1].scale.per_unit))
        if told := told_beside((x, low, high), said, number, points_along([*lines, *self.across[0]]), axes):
            return told
        end, low, _ = axes[0].end
        return _under_one_another([said, number], (end + _GAP, low - NAME / 2 - _ROW - LABEL - _ROW / 2))

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


def _under_one_another(said: Sequence[Lettering], middle: tuple[float, float]) -> list[Shown]:
    """Return texts, placed under one another about a height, from the left."""
    y = middle[1] + (sum(each.height_of_type + _ROW for each in said) - _ROW) / 2
    for each in said:
        y -= each.height_of_type
        each.at(middle[0], y)
        y -= _ROW
    return list(said)


def _form(size: tuple[float, float], wish: tuple[float, float]) -> Form:
    """Return the needs of something so large at least, about the middle of its top, a little of which lies higher."""
    (wide, high), (most, highest) = size, wish
    across = Need(wide / 2, wide / 2, (most - wide) / 2, (most - wide) / 2)
    return Form(across, Need(_LETTER, high - _LETTER, 0.0, highest - high))
