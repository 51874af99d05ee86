"""The graph of a gate's function, with the point where it is used straight under the gate, and its slope there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Axis, Scale
from scenes.parts.page import Form, Need, Place
from scenes.parts.recipe.quantity import Role
from scenes.parts.recipe.recipe import Run
from scenes.parts.theme import CURVE, FINE, LABEL, STROKES_PER_UNIT, VALUE, Theme
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.decor import Decor
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.letters import room_of
from scenes.parts.things.outlined import Spot
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.plot import Curve, Dot
from scenes.parts.things.shapes import rectangle
from scenes.parts.things.slope import Slope, SlopeShade
from scenes.parts.things.wire import leader

__all__ = ["SIDE", "Graph", "Layers", "zero_lines"]

Array = npt.NDArray[np.float64]
SIDE = (1.05, 2.2)  # of the square that it fills, at least and as it would like
_ALONE, _TALL = (1.6, 2.2), 1.6  # width of one without its rule; its height where there is room
_SMALL = (1.4, 1.45)  # of one that stands between two bars, clear of both, at least and as it would like
_BESIDE_PLATE = (1.4, 1.8), (1.1, 1.8)  # width and height of one beside a plate
_CURVE = (1.4, 1.6), (1.4, 1.6)  # width and height of a curve without its point
_ROOM = 2.0  # over bars where there is such a graph, as it would like
_OVER = 0.14  # from what bars stand on to a graph between them
_UNDER = 0.1 + VALUE  # from its lower edge to the baseline of its rule
_DOT, _SMALL_DOT = 0.09, 0.055  # radius; of one beside a plate, whose triangle is small
_SHADED = 0.15  # a lower triangle is hidden by the lines around it
_BESIDE = 0.12  # from a graph to the numbers at its point
_RUN, _FREE = 0.09, 0.03  # from a side of the triangle to what names it; around that at least
_AT_RISE = 0.3  # from the rise to its number: nearer, its bar would be read as a sign
_CLEAR = 0.07  # around a number: nearer, a line would be read as a point of it
_ASIDE, _INTO = 0.3, 0.2  # how far that may reach beside the graph, and into the gap before it


@dataclass(frozen=True)
class Graph:
    """A function y of x near a point, its slope as a triangle; ``names`` are x, y, the slope, and the curve's two.

    Parameters
    ----------
    key
        The ranges of its axes stand at ``{key}_x`` and ``{key}_y``; how its slope follows from its values is the symbol
        of ``rule_{key}``.
    run
        Key of the words at the run of its triangle, where they lie on no line.
    measured
        Whether its rise has its number, in the same way.
    high
        How high the letters of its rule are.
    called
        What it is called, where a page has it twice.
    """

    pen: Pen
    key: str
    names: tuple[str, str, str, str, str]
    run: str = ""
    measured: bool = False
    called: str = ""
    high: float = VALUE

    @property
    def at_point(self) -> Part:
        """The graph without its slope, with both its numbers at its point; its origin is the middle of its top."""
        x, y = self.names[:2]
        said = [self.pen.readout(name, height=LABEL, form="equation") for name in (x, y)]
        under, wide = room_of(said[0]).upright, room_of(said[1]).across.least
        least, most = _ALONE[0] / 2 + _BESIDE + wide, SIDE[1] / 2 + _BESIDE + wide
        half = Need(least, least, most - least, most - least)
        low = _BESIDE + LABEL + under.after
        form = Form(half, Need(0.0, SIDE[0] + low, 0.0, SIDE[1] - SIDE[0]))

        def draw(place: Place, _: Mapping[str, Scale]) -> Sequence[Shown]:
            side = min(2 * (min(place.left, place.right) - wide - _BESIDE), place.down - low, SIDE[1])
            drawn = [s for s in self.draw(place, side) if not isinstance(s, SlopeShade | Slope)]
            dot, left, floor = drawn[-1].submobjects[0].points.mean(axis=0), place.x - side / 2, place.y - side
            at, up = float(dot[0]), float(dot[1])
            ways = [leader(self.pen.theme, (at, up), (at, floor)), leader(self.pen.theme, (at, up), (left, up))]
            said[0].at(at, floor - low + under.after)
            said[1].at(left - _BESIDE - wide / 2, up - LABEL / 2)
            return [*ways, *drawn, *said]

        return Part(self.called or f"function {self.key}", form, draw=draw)

    @property
    def part(self) -> Part:
        """The graph as a part of a page, its rule under it, small if need be; its origin is the middle of its top."""
        least, most = SIDE
        rules = [self.pen.symbol(f"rule_{self.key}", height=high) for high in dict.fromkeys((self.high, LABEL))]
        aside = _ASIDE if self.run or self.measured else 0.0

        def form(rule: Lettering) -> Form:
            (left, right, *_), (_, down, *_) = room_of(rule)
            half, low = max(least / 2, (left + right) / 2), _UNDER + down
            across = Need(half, half, *(2 * (max(0.0, most / 2 + aside - half),)))
            return Form(across, Need(0.0, least + low, 0.0, most - least))

        def draw(place: Place, _: Mapping[str, Scale]) -> Sequence[Shown]:
            rule = rules[place.form]
            across, down = room_of(rule).across, room_of(rule).upright.after
            side = min(place.left + place.right, place.down - _UNDER - down, most)
            said = [rule.at(place.x + (across.before - across.after) / 2, place.y - place.down + down)]
            return [*said, *self.draw(place, side)]

        return Part(f"graph {self.key}", *map(form, rules), draw=draw, like="rules", cost=2)

    def _at_run(self, across: Axis, up: Axis, place: Place) -> list[Shown]:
        """Return the words at the run of the triangle, over or under it or before it, if there is such a place.

        They are no quieter than the graph: out of focus they have to step back with it.
        """
        if not self.run:
            return []
        x, y, rise = (self.pen.quantities[name].number for name in self.names[:3])
        foot, right, level = (float(v) for v in (across.point(x - 1.0)[0], across.point(x)[0], up.point(y - rise)[1]))
        said = self.pen.words(self.run, height=LABEL, align="centre")
        half, above, below = room_of(said).across.least / 2, level + _RUN, level - _RUN - LABEL
        zero = float(up.point(0.0)[1])  # a line through 0 may run close under the triangle
        lows = [below, below - _RUN, min(level, zero) - _RUN - LABEL, above]
        if rise < 0:
            lows = [above, above + _RUN, max(level, zero) + _RUN, below]
        ats = (foot + right) / 2, right - half - _RUN, foot - half - _RUN, foot - half - _FREE
        spots = [(at, low) for low in [*lows, level - LABEL / 2, level - LABEL] for at in ats]
        spots.sort(key=lambda spot: spot[1] >= level and spot[0] + half + _RUN > right)  # by the leader: last
        found = (self._free(said, spots, (across, up), place, free) for free in (_CLEAR, _FREE))
        return next(filter(None, found), [])

    def _at_rise(self, across: Axis, up: Axis, place: Place, colour: Role, beside: Sequence[Shown]) -> list[Shown]:
        """Return the number at the rise, behind it, clear of what is ``beside``, if there is such a place."""
        x, y, rise = (self.pen.quantities[name].number for name in self.names[:3])
        if not self.measured:
            return []
        said = self.pen.readout(self.names[2], height=LABEL, colour=colour)
        half, low, high = room_of(said).across.least / 2, *sorted(float(up.point(v)[1]) for v in (y, y - rise))
        right, zero = (float(across.point(v)[0]) for v in (x, max(x, 0.0)))
        under = min(low, float(up.point(0.0)[1])) - LABEL - _RUN
        lows = (low + high - LABEL) / 2, low, high - LABEL, low - LABEL / 2, under
        ats = right + half + _AT_RISE, max(zero + _RUN, right + _AT_RISE) + half
        end = high if rise < 0 else low - LABEL  # of the rise at its run: beside that, it is beside no bar
        spots = [*((at, there) for there in lows for at in ats), (right - half - _RUN, low - LABEL - _RUN)]
        spots.append((right + half + _RUN + _FREE, end))
        return self._free(said, spots, (across, up), place, _CLEAR, beside)

    def _free(
        self,
        said: Lettering,
        spots: Sequence[tuple[float, float]],
        axes: tuple[Axis, Axis],
        place: Place,
        free: float,
        beside: Sequence[Shown] = (),
    ) -> list[Shown]:
        """Return a text at the first of some places, middle and baseline, that is so far ``free`` of lines and ink."""
        ink = [piece.points[:, :2] for each in beside for piece in each.submobjects if len(piece.points)]
        half, lines = room_of(said).across.least / 2 + free, np.concatenate([self._lines(*axes), *ink])
        low, high = (place.x - place.left - _INTO - free, axes[1].start[1]), (place.x + place.right + free, place.y)
        for at, under in spots:
            box = np.array([[at - half, under - free], [at + half, under + LABEL + free]])
            crossed = ((lines >= box[0]) & (lines <= box[1])).all(axis=1).any()
            if (box[0] >= low).all() and (box[1] <= high).all() and not crossed:
                return [said.at(at, under)]
        return []

    def _lines(self, across: Axis, up: Axis) -> Array:
        """Return points along all lines of the graph, shape (n, 2): the curve, its tangent, and those through 0.

        So are points all over its triangle: what lies there would be under its shade.
        """
        x, y, rise, xs, ys = (self.pen.quantities[name].value for name in self.names)
        many, along = np.linspace(0.0, 1.0, 200), np.linspace(across.low, across.high, 200)
        high, steep = up.low + (up.high - up.low) * many, np.linspace(-1.0, 0.3, 100)
        pairs = [(xs, ys), (along, 0.0 * along), (0.0 * high, high)]
        around = _DOT / up.scale.per_unit  # over and under the point, so far as its dot reaches
        upright = np.linspace(min(y, y - rise) - around, max(y, y - rise) + around, 100)
        pairs.append((0.0 * upright + x, upright))
        found = [np.stack([across.point(a)[:, 0], up.point(b)[:, 1]], axis=1) for a, b in pairs]
        before, part = (each.ravel() for each in np.meshgrid(many[::5], many[::5]))  # of the run, and of the height
        tip, foot = (np.array([across.point(a)[0], up.point(b)[1]]) for a, b in ((x, y), (x - 1.0, y - rise)))
        shares = (
            (steep, steep),
            (-before, -(before + part * (1.0 - before))),
        )  # of both legs, on the page: x may be huge
        found += [tip + np.stack(share, axis=1) * (tip - foot) for share in shares]
        return np.concatenate(found)

    @classmethod
    def of(cls, pen: Pen, run: Run, node: str, words: str = "", **how: Any) -> Graph:
        """Return the graph of the step that makes a node of a run, with words at the run of its triangle."""
        before = run.recipe.step(node).takes[0]
        return cls(pen, node, (before, node, f"local_{node}", f"{node}_curve_x", f"{node}_curve_y"), words, **how)

    @property
    def bare(self) -> Part:
        """The graph as a part of a page, without its rule: its origin is the middle of its top."""

        def draw(place: Place, _: Mapping[str, Scale]) -> Sequence[Shown]:
            return self.draw(place, min(place.left + place.right, place.down, SIDE[1]))

        forms = [Form.stretch(_ALONE, (least, SIDE[1])) for least in (_TALL, SIDE[0])]
        return Part(f"graph {self.key}", *forms, draw=draw)

    @property
    def beside(self) -> Part:
        """The graph beside the plate of its gate, as high as what is told there; its origin is its top's middle."""

        def draw(place: Place, _: Mapping[str, Scale]) -> Sequence[Shown]:
            return self.draw(place, min(place.left + place.right, place.down), _SMALL_DOT)

        return Part(f"graph {self.key}", Form.stretch(*_BESIDE_PLATE), draw=draw)

    @property
    def curve(self) -> Part:
        """The graph of the function alone, without its point; its origin is its top's middle."""

        def draw(place: Place, _: Mapping[str, Scale]) -> Sequence[Shown]:
            drawn = self.draw(place, min(place.left + place.right, place.down))
            return [shown for shown in drawn if not isinstance(shown, SlopeShade | Slope | Dot)]

        return Part(self.called or f"curve {self.key}", Form.stretch(*_CURVE), draw=draw)

    @property
    def small(self) -> Part:
        """The graph between bars, without its rule: in the middle of the room over its origin."""
        (least, most), half = _SMALL, (_SMALL[1] - _SMALL[0]) / 2
        form = Form(Need(least / 2, least / 2, half, half), Need(least + _OVER, 0.0, _ROOM - least - _OVER))

        def draw(place: Place, _: Mapping[str, Scale]) -> Sequence[Shown]:
            side = min(2 * place.left, 2 * place.right, place.up - _OVER, most)
            return self.draw(replace(place, y=place.y + max(_OVER, (place.up - side) / 2) + side), side)

        return Part(f"graph {self.key}", form, draw=draw)

    def draw(self, place: Place, side: float, dot_radius: float = _DOT) -> Sequence[Shown]:
        """Return the axes, the shade of the slope if it is seen, curve, slope and dot, from below upward."""
        pen, (x, y, slope, xs, ys) = self.pen, self.names
        left, right, top, low = place.x - side / 2, place.x + side / 2, place.y, place.y - side
        across = pen.axis(f"{self.key}_x", ((left, low), (right, low)))
        up = pen.axis(f"{self.key}_y", ((left, low), (left, top)))
        colour = pen.theme.colour(pen.quantities[ys].row.role)
        stroke = CURVE * STROKES_PER_UNIT
        curve = Curve(pen.quantities[ys], up, pen.quantities[xs], across, colour=colour, stroke=stroke)
        dot = Dot(pen.quantities[y], up, across=(pen.quantities[x], across), colour=colour, radius=dot_radius)
        role: Role = "weight" if pen.quantities[slope].row.role == "weight" else "ink"
        spot = Spot((pen.quantities[x], across), (pen.quantities[y], up))
        words = self._at_run(across, up, place)
        said = [*words, *self._at_rise(across, up, place, role, words)]
        kinds, shade_of = (SlopeShade, Slope), pen.theme.colour(role)
        shade, rise = (kind(pen.quantities[slope], spot=spot, theme=pen.theme, colour=shade_of) for kind in kinds)
        high = abs(pen.quantities[slope].number) * up.scale.per_unit
        shaded = [shade] if high == 0.0 or high >= _SHADED else []
        return [*said, *zero_lines(pen.theme, across, up), *shaded, curve, rise, dot]


@dataclass(frozen=True)
class Layers:
    """What is drawn of a graph: its axes, the curve, the dot at its point, the rise of its slope, and its shade."""

    axes: list[Shown]
    curve: Shown
    dot: Shown
    rise: Shown
    shade: list[Shown]

    @classmethod
    def of(cls, drawn: Sequence[Shown]) -> Layers:
        """Return the layers of a graph from all that is drawn of it; a low triangle has no shade."""
        *under, curve, rise, dot = drawn
        shade = [shown for shown in under if isinstance(shown, SlopeShade)]
        return cls([shown for shown in under if shown not in shade], curve, dot, rise, shade)


def zero_lines(theme: Theme, across: Axis, up: Axis, *, upright: bool = True) -> list[Decor]:
    """Return the two lines through 0 of a plane, where 0 is on it; only the level one unless ``upright``."""
    (left, low, _), (right, _, _), (_, top, _) = across.start, across.end, up.end
    lines = []
    if up.low <= 0.0 <= up.high:
        height = float(up.point(0.0)[1])
        lines.append(((left, height), (right, height)))
    if upright and across.low <= 0.0 <= across.high:
        middle = float(across.point(0.0)[0])
        lines.append(((middle, low), (middle, top)))
    ends = [(np.array([*start, 0.0]), np.array([*end, 0.0])) for start, end in lines]
    paint = Paint(theme.colour("grid"))
    return [Decor([paint], [rectangle(start, end, FINE)]) for start, end in ends]
