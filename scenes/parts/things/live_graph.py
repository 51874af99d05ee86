"""The graph of a function as a part of a page, on which a point rides with its tangent and the triangle under it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Axis, Scale
from scenes.parts.page import Form, Label, Place, Region, place_labels
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import CURVE, FINE, LABEL, NAME, STROKES_PER_UNIT
from scenes.parts.things.base import Paint, Shown, Source
from scenes.parts.things.decor import Decor
from scenes.parts.things.legs import Legs
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.letters import room_of
from scenes.parts.things.outlined import Spot
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.plot import Curve, Dot
from scenes.parts.things.ruler import Ruler, spaced_ticks, tick_labels
from scenes.parts.things.rungs import Rungs
from scenes.parts.things.shapes import polygon, rectangle

__all__ = ["LiveGraph", "squares_along"]

Points = npt.NDArray[np.float64]
_TALL, _WIDE = (1.7, 3.7), 5.0  # of the graph itself
_BEYOND, _RIGHT, _UP, _DOWN = 0.1, 0.35, 0.68, 0.55  # room beyond the numbers at its ticks, and for names and numbers
_OVER: Final = 0.29  # from the graph to a name over it: the end of a tangent stands between them
_DOT: Final = 0.085
_FEW: Final = 5
_INSIDE: Final = 0.12  # from an axis to the middle of the rungs on it: its ticks stand half outside
_GUESSED, _GUESS_NAME = 0.36, 0.2  # and of those that stand beside these; from their middle to what they are called
_KEPT, _KEPT_LEFT, _INNER = 0.26, 0.5, 0.06  # beside the axes, where rungs stand; at the other edges
_APART: Final = {"rise": 0.24, "run": 0.12, "tangent": 0.14}  # of a label from them: beside a bar no minus could hide
_AWAY: Final = (1.0, 1.25, 1.5, 1.75, 2.0, 2.25, 2.5, 3.0, 4.0, 6.0)  # times as far, where there is no room
_PIECES: Final = {"run": 0, "tangent": 1, "rise": 3}  # of a triangle
_STEPS: Final = 13  # in which the side of an outline is divided
_CLEAR: Final = 0.03  # on both sides of a line
_ROUND: Final = 0.1  # round lettering: a digit that nearly touches is misread
_OTHERS: Final = 0.36  # from a point to what stands beside another
_OFF_GRID: Final = 0.05  # on both sides of a line through 0
_SIDES: Final = {
    "rise": ("right", "below", "above", "left", "below right", "above right", "below left", "above left"),
    "run": ("below", "above", "below left", "above left", "below right", "above right", "left", "right"),
    "tangent": ("left", "above left", "above", "below right", "below", "right", "above right", "below left"),
}
_OUTSIDE: Final = {
    "rise": ("right", "below right", "above right"),
    "run": ("below", "below right", "below left"),
    "run on top": ("above", "above right", "above left"),
}


class LiveGraph:
    """A function with its axes, the numbers at their ticks, and its name.

    Parameters
    ----------
    i
        Which function of the clip it is: the names of its quantities and of its ranges end in it.
    ratio
        How wide the graph is, as a share of its height, where one unit is not as long on both axes.
    """

    def __init__(self, pen: Pen, i: int, sweep: Sweep, ratio: float | None = None) -> None:
        (left, right), (low, high) = (pen.clip.ranges()[f"graph_{name}_{i}"] for name in "xh")
        self.pen, self.i, self.sweep, self.ratio = pen, i, sweep, ratio or (right - left) / (high - low)
        ratio = self.ratio
        aside = tick_labels(Axis("", low, high, (0.0, 0.0, 0.0), (0.0, 1.0, 0.0)), pen.theme, most=_FEW)
        self.left = _BEYOND + max(-float(tick.get_left()[0]) for tick in aside)
        least, most = _TALL[0], min(_TALL[1], _WIDE / ratio)
        names = pen.symbol(f"h_{i}"), pen.name(f"function_{i}", height=NAME)
        self.named = _BEYOND + sum(room_of(each).across.least for each in names)
        wide = [self.left + max(size * ratio + _RIGHT, self.named) for size in (least, most)]
        form = Form.stretch((wide[0], wide[1]), (least + _UP + _DOWN, most + _UP + _DOWN), origin=(0.0, 0.5))
        self.part = Part(f"graph {i}", form, draw=self.draw)

    def draw(self, place: Place, _: Mapping[str, Scale]) -> Sequence[Shown]:
        """Return ground, axes, numbers, names and curve, from below upward; what comes later is kept apart."""
        pen, i = self.pen, self.i
        tall = min(place.up + place.down - _UP - _DOWN, (place.right + place.left - self.left - _RIGHT) / self.ratio)
        left, low = place.x - place.left + self.left, place.y - (tall + _UP + _DOWN) / 2 + _DOWN
        right, top = left + tall * self.ratio, low + tall
        self.across = pen.axis(f"graph_x_{i}", ((left, low), (right, low)))
        self.up = pen.axis(f"graph_h_{i}", ((left, low), (left, top)))
        self.curve = pen.curve(f"curve_h_{i}", self.up, f"curve_x_{i}", self.across, stroke=CURVE * STROKES_PER_UNIT)
        x, h, name = pen.symbol(f"x_{i}"), pen.symbol(f"h_{i}"), pen.name(f"function_{i}", height=NAME, align="right")
        names = [
            x.at(right + 0.22, low - 0.06),
            h.at(left, top + _OVER),
            name.at(max(right, left + self.named), top + _OVER),
        ]
        numbers, few = spaced_ticks(self.across, pen.theme, _FEW)
        numbers += tick_labels(self.up, pen.theme, most=_FEW)
        rulers = [Ruler(axis, theme=pen.theme, most=most) for axis, most in ((self.across, few), (self.up, _FEW))]
        return [self._ground(), *rulers, *numbers, *names, self.curve]

    def rungs(self) -> tuple[Rungs, Rungs]:
        """Return lines on both axes where x is a round number: evenly spaced on the one, as f has them on the other."""
        ink, names = self.pen.theme.colour("ink"), ("ticks_x", "ticks_h")
        x, h = (self.pen.quantities[f"{name}_{self.i}"] for name in names)
        across, up = _shifted(self.across, 1, _INSIDE), _shifted(self.up, 0, _INSIDE)
        return Rungs(x, across, colour=ink), Rungs(h, up, colour=ink)

    def guessed(self) -> Rungs:
        """Return lines beside those on the axis of h, where they would stand if they were even."""
        wrong = self.pen.quantities["guess_h"]
        return Rungs(wrong, _shifted(self.up, 0, _GUESSED), colour=self.pen.colour_of(wrong))

    def guess_name(self, guess: Rungs) -> list[Lettering]:
        """Return what those lines are called, beside the first of them, from above, at which there is room."""
        letters = self.pen.words("even", height=LABEL, colour="loss", align="left")
        off, forms = self._taken(guess), (room_of(letters),)
        middles = [_middle(piece.points) for piece in guess.submobjects if len(piece.points)]
        for x, y, _ in sorted((middle.tolist() for middle in middles), key=lambda point: -point[1]):
            if found := place_labels([Label("", x, y, forms, ("right",), _GUESS_NAME)], off, self._free):
                return [letters.at(found[""].x, found[""].y)]
        return []

    def dot(self) -> Dot:
        """Return the point on the curve, as it is now."""
        colour = self.pen.theme.colour("value")
        return Dot(self.sweep[f"h_{self.i}"], self.up, across=self._spot.x, colour=colour, radius=_DOT)

    def legs(self, *ways: tuple[float, float, float]) -> Legs:
        """Return the triangle under the tangent, as it is now; on its ways, x, h and slope, it stays on the graph."""
        rise, run, theme = self.sweep[f"rise_{self.i}"], self.sweep[f"run_{self.i}"], self.pen.theme
        beyond = min(Legs.widths["beyond"], *(self._room(*way) for way in ways)) if ways else None
        return Legs(rise, run, spot=self._spot, theme=theme, colour=theme.colour("ink"), beyond=beyond)

    def _room(self, x: float, h: float, slope: float) -> float:
        """Return how far a tangent may go on to the right of its point, so that it stays on the graph."""
        right, top, rises = self.across.end[0], self.up.end[1], slope * self.up.scale.per_unit
        along = np.array([self.across.scale.per_unit, rises]) / np.hypot(self.across.scale.per_unit, rises)
        wide, high = right - self.across.point(x)[0], (top if rises > 0 else self.up.start[1]) - self.up.point(h)[1]
        return float(max(0.0, min(wide / along[0], high / along[1] if along[1] else np.inf)))

    @property
    def _spot(self) -> Spot:
        return Spot((self.sweep[f"x_{self.i}"], self.across), (self.sweep[f"h_{self.i}"], self.up))

    # -- what stays where it is ---------------------------------------------------------------------------------------

    def triangle(self, name: str, beyond: float | None = None) -> Legs:
        """Return a triangle that stays, by the quantities ``{name}_rise``, ``_run``, ``_x`` and ``_h``."""
        rise, run, x, h = (self.pen.quantities[f"{name}_{of}"] for of in ("rise", "run", "x", "h"))
        if beyond is None:
            beyond = min(Legs.widths["beyond"], self._room(x.number, h.number, rise.number / run.number))
        spot, theme = Spot((x, self.across), (h, self.up)), self.pen.theme
        return Legs(rise, run, spot=spot, theme=theme, colour=theme.colour("ink"), beyond=beyond)

    def straight(self, line: str, at: Source) -> tuple[Curve, Dot]:
        """Return a straight line by the quantities ``{line}_x`` and ``{line}_h``, and a point that rides on it."""
        x, h = (self.pen.quantities[f"{line}_{of}"] for of in "xh")
        colour = self.pen.colour_of(h)
        drawn = Curve(h, self.up, x, self.across, colour=colour, stroke=CURVE * STROKES_PER_UNIT / 2)
        return drawn, Dot(at, self.up, across=self._spot.x, colour=colour, radius=_DOT)

    def beside(
        self, *tags: tuple[Lettering, Legs, str], outside: bool = False, off: Sequence[Shown] = ()
    ) -> list[Lettering]:
        """Place lettering beside the rise, the run or the tangent of triangles: clear of all lines and of one another.

        Where there is no room it stands farther away; none is shown where it has no place at all. If it is to stand
        outside, it keeps to the right of a rise, and under a run, or over one where the tangent falls.
        """
        taken, placed = self._taken(*off, *(legs for _, legs, _ in tags)), list[Place]()
        for tag in tags:
            sides = _outside(*tag[1:]) if outside else _SIDES[tag[2]]
            if (
                found := _nearest(partial(_label, *tag, sides), [*taken, *map(_room_round, placed)], self._free)
            ) is None:
                return []
            placed.append(found)
        return [letters.at(place.x, place.y) for (letters, _, _), place in zip(tags, placed, strict=True)]

    def at_point(self, letters: Lettering, dot: Dot, *others: Shown) -> list[Lettering]:
        """Place lettering beside a point, clear of all lines and of others; it is not shown where it has no place.

        It keeps so far off other points that it is not taken for what stands beside one of them.
        """
        dots = [each for each in others if isinstance(each, Dot) and each is not dot]
        (x, y), *points = (each.submobjects[0].points[:, :2].mean(axis=0).tolist() for each in (dot, *dots))
        forms = (room_of(letters),)
        off = self._taken(dot, *others) + [
            Region(a - _OTHERS, b - _OTHERS, a + _OTHERS, b + _OTHERS) for a, b in points
        ]
        at = _nearest(lambda away: Label("", x, y, forms, _SIDES["rise"], away * _APART["rise"]), off, self._free)
        return [letters.at(at.x, at.y)] if at else []

    def _taken(self, *shown: Shown) -> list[Place | Region]:
        """Return what lettering is kept off: all lines of the graph, the point on it, and more that is shown."""
        drawn = [piece.points for each in (*shown, self.dot()) for piece in each.submobjects if len(piece.points)]
        drawn.append(self.curve.submobjects[0].points)
        grid = [(line.min(axis=0), line.max(axis=0)) for line in self._ground_lines(2 * _OFF_GRID)]
        regions = (Region(*low[:2].tolist(), *high[:2].tolist()) for low, high in grid)
        return [*(square for points in drawn for square in squares_along(points)), *regions]

    @property
    def _free(self) -> Region:
        (left, low, _), (right, _, _), (_, top, _) = self.across.start, self.across.end, self.up.end
        return Region(left + _KEPT_LEFT, low + _KEPT, right - _INNER, top)

    def _ground(self) -> Decor:
        """Return the ground of the graph, and the lines through 0 where 0 is on it."""
        (left, low, _), (right, _, _), (_, top, _) = self.across.start, self.across.end, self.up.end
        lines = self._ground_lines()
        ground = polygon([[left, low, 0.0], [right, low, 0.0], [right, top, 0.0], [left, top, 0.0]])
        colours = ["body", *["grid"] * len(lines)]
        return Decor([Paint(self.pen.theme.colour(colour)) for colour in colours], [ground, *lines])

    def _ground_lines(self, wide: float = FINE) -> list[Points]:
        found = []
        for axis, other in ((self.up, self.across), (self.across, self.up)):
            if axis.low < 0.0 < axis.high:
                by = axis.point(0.0) - np.array(axis.start)
                found.append(rectangle(np.array(other.start) + by, np.array(other.end) + by, wide))
        return found


def _shifted(axis: Axis, way: int, by: float) -> Axis:
    """Return an axis beside another, to the right (0) or above (1)."""
    x, y = (by, 0.0) if way == 0 else (0.0, by)
    start, end = ((a + x, b + y, c) for a, b, c in (axis.start, axis.end))
    return Axis(axis.key, axis.low, axis.high, start, end)


def _room_round(place: Place) -> Region:
    """Return where no other lettering may stand: a digit that touches one is misread."""
    (left, low), (right, top) = (
        (place.x - place.left, place.y - place.down),
        (place.x + place.right, place.y + place.up),
    )
    return Region(left - _ROUND, low - _ROUND, right + _ROUND, top + _ROUND)


def _nearest(label: Callable[[float], Label], off: Sequence[Place | Region], room: Region) -> Place | None:
    """Return the nearest free place for a label, which is made for so many times its distance; None if it has none."""
    tried = (place_labels([label(away)], off, room) for away in _AWAY)
    return next((found[""] for found in tried if found), None)


def _outside(legs: Legs, side: str) -> tuple[str, ...]:
    """Return where lettering may stand beside a side of a triangle so that it is not taken for the tangent's."""
    falls = side == "run" and legs.numbers[0][0].now.number < 0.0
    return _OUTSIDE["run on top" if falls else side]


def _label(letters: Lettering, legs: Legs, side: str, sides: tuple[str, ...], away: float) -> Label:
    """Return a label beside the rise, the run or the tangent of a triangle, so many times as far away as it is best."""
    outline = legs.submobjects[_PIECES[side]].points
    x, y, _ = (_middle(outline) if len(outline) else legs.origin).tolist()
    return Label("", x, y, (room_of(letters),), sides, away * _APART[side])


def _middle(outline: Points) -> Points:
    return np.asarray((outline.min(axis=0) + outline.max(axis=0)) / 2)


def squares_along(outline: Points, *, closed: bool = False) -> list[Region]:
    """Return small squares along an outline, off which a label is kept; of a closed one along its long sides, too."""
    ends, steps = outline[::4], np.linspace(0.0, 1.0, _STEPS, endpoint=False)[:, None, None]
    sides = np.diff(ends, axis=0, append=outline[-1:])
    between = (ends + steps * sides)[:, np.hypot(*sides.T[:2]) > (4 * _CLEAR if closed else 0.0)].reshape(-1, 3)
    points = np.concatenate([ends, between]) if closed else between if len(ends) < _STEPS else ends
    return [Region(x - _CLEAR, y - _CLEAR, x + _CLEAR, y + _CLEAR) for x, y, _ in points.tolist()]
