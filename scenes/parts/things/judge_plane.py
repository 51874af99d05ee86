"""Losses over what they judge: curves with their slopes, and under them how far off it is and how hard each pushes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Final

import numpy as np

from scenes.parts.measure import Scale
from scenes.parts.page import Form, Need, Place, Region
from scenes.parts.page.labels import Label, place_labels
from scenes.parts.page.near import apart
from scenes.parts.settings.judges import SIDES
from scenes.parts.theme import CURVE, LABEL, STROKES_PER_UNIT, VALUE
from scenes.parts.things.base import Shown, Source, as_source
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.letters import LOWEST, room_of
from scenes.parts.things.outlined import Spot
from scenes.parts.things.plane import Plane
from scenes.parts.things.plot import Curve, Dot
from scenes.parts.things.ruler import UNDER, Mark
from scenes.parts.things.slope import Slope
from scenes.parts.things.stretch import Stretch
from scenes.parts.things.tangent import Tangent
from scenes.parts.things.wire import leader

__all__ = ["Barred", "JudgePlane", "PushPlane", "Told"]

_DOT, _ON_CURVE, _TANGENT = 0.09, 0.06, 0.55
_KEPT: Final = 0.6  # of its colour, out of focus: so it can be measured beside one that is lit
_AFTER: Final = 0.16  # from the end of a curve to its name
_LINE, _LAW, _BLOCK = 0.34, 0.32, 0.16  # from one name to the next, from one to its law; more between two with laws
_ROW, _OVER_BAR, _BAR = 0.75, 0.19, 0.1  # of one bar and its text; from a bar to it; thickness
_GHOST: Final = (0.17, 0.05)  # under a bar what one might expect; its thickness
_CLEAR: Final = 0.1  # round a curve
_FOOT: Final = 0.32  # from the numbers at an axis down to what is said under it
_NEAR: Final = (0.1, 0.2, 0.3, 0.45)  # from a dot to what it is called: the first with which there is room
_RIGHT: Final = ("above right", "below left", "above", "below", "above left", "below right")
_LEFT: Final = ("above left", "above", "above right", "below left", "below", "below right")
_BETWEEN: Final = 0.18  # two pieces of a text


def _width(piece: Lettering) -> float:
    return room_of(piece).across.least


def _extent(text: Lettering) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of a text as it stands."""
    points = np.concatenate([piece.points for piece in text.submobjects])
    (left, low, _), (right, top, _) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return left, low, right, top


@dataclass
class JudgePlane(Plane):
    """Curves of losses, each with a dot where the value stands, and its tangent there.

    Parameters
    ----------
    losses
        Which losses, by the ends of the names of `settings.judges.Judges`.
    now
        What gives the value, and of each loss what it says there and its slope: names or what a sweep moves.
    ends
        The keys of what stands at the ends of the curves.
    laws
        Under each of them how that loss follows, by the name of its quantity, where there is one of that name.
    target
        The quantity that is wanted, marked on the axis; an empty one is none.
    feet
        What is said under the axis, where it lies there: the value, with a dot on the axis, and what is wanted.
    """

    losses: Sequence[int] = ()
    now: Mapping[str, Source] = field(default_factory=dict)
    ends: Sequence[str] = ()
    laws: Sequence[str] = ()
    target: str = ""
    feet: Sequence[str] = ()

    @cached_property
    def _ends(self) -> list[Lettering]:
        return [self.pen.name(key, height=LABEL, colour="loss", align="left") for key in self.ends]

    @cached_property
    def _laws(self) -> list[Lettering | None]:
        made = (name in self.pen.quantities and self.pen.symbol(name, height=LABEL, align="left") for name in self.laws)
        return [each or None for each in made] or [None] * len(self._ends)

    @property
    def aside(self) -> float:
        """The names of the curves, and how each follows."""
        return max((_AFTER + each.advance for each in (*self._ends, *self._laws) if each), default=0.0)

    @property
    def _around(self) -> tuple[float, float, float, float]:
        left, right, over, under = super()._around
        return left, right, over, under + _FOOT * bool(self.feet)

    @cached_property
    def _said(self) -> list[Lettering]:
        return [self.pen.readout(name, height=LABEL, form="equation") for name in self.feet]

    def _feet(self) -> list[Shown]:
        """Return what is said under the axis, each as near its place as the other lets it, and the dot of the value."""
        if not self._said:
            return []
        (left, low, _), (right, *_), known = self.across.start, self.across.end, self.pen.quantities
        middle, needs = (left + right) / 2, [room_of(each).across for each in self._said]
        at = {name: float(self.across.point(known[name].number)[0]) - middle for name in self.feet}
        order = sorted(range(len(needs)), key=lambda i: at[self.feet[i]])
        places = apart([at[self.feet[i]] for i in order], [needs[i] for i in order], _BETWEEN, (right - left) / 2)
        for i, x in zip(order, places, strict=True):
            self._said[i].at(middle + x, low - UNDER - LABEL - _FOOT)
        return [Dot(self.over, self.across, colour=self.pen.theme.colour("value"), radius=_ON_CURVE), *self._said]

    def source(self, name: str) -> Source:
        """Return what gives a number: as it moves, or at rest."""
        return self.now[name]

    def _draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        super()._draw(place, scales)
        self.curves = [self._curve(i) for i in self.losses]
        self.dots = [self._dot(i) for i in self.losses]
        self.tangents = [self._tangent(i) for i in self.losses]
        theme, goals = self.pen.theme, [self.pen.quantities[self.target]] if self.target else []
        self.marks: list[Shown] = [Mark(g, self.across, theme=theme, colour=theme.colour("ink")) for g in goals]
        self.marks += self._feet()
        self._place_ends()
        return [*self.frame, *self.curves, *self.tangents, *self.dots, *self.marks, *self.names_of_curves]

    @property
    def names_of_curves(self) -> list[Shown]:
        """What stands at the ends of the curves."""
        return [each for each in (*self._ends, *self._laws) if each]

    def drawn_of(self, i: int) -> list[Shown]:
        """Return the curve of a loss with its name, and how it follows."""
        of_it = (each[self.losses.index(i)] for each in (self.curves, self._ends, self._laws))
        return [each for each in of_it if each]

    def marked_on(self, i: int) -> list[Shown]:
        """Return the dot on the curve of a loss, and its tangent."""
        return [each[self.losses.index(i)] for each in (self.tangents, self.dots)]

    def _curve(self, i: int) -> Curve:
        y, x = (self.pen.quantities[name] for name in (f"curve_{i}", f"curve_at_{i}"))
        loss = self.pen.theme.colour("loss")
        curve = Curve(y, self.up, x, self.across, colour=loss, stroke=CURVE * STROKES_PER_UNIT)
        curve.keeps = _KEPT
        return curve

    @property
    def over(self) -> Source:
        """The value that is judged."""
        return self.source("over")

    def _dot(self, i: int) -> Dot:
        loss = self.pen.theme.colour("loss")
        return Dot(self.source(f"L_{i}"), self.up, across=(self.over, self.across), colour=loss, radius=_ON_CURVE)

    def slope(self, i: int, name: str) -> list[Slope]:
        """Return the slope of a loss, by the name of its quantity, as a triangle with a run of 1, if there is room."""
        known = self.pen.quantities
        at, high, slope = (known[n] for n in (self.names[0], f"L_{i}", name))
        if at.number - 1.0 < self.across.low or not self.up.low <= high.number - slope.number <= self.up.high:
            return []
        spot = Spot((at, self.across), (high, self.up))
        return [Slope(slope, spot=spot, theme=self.pen.theme, colour=self.pen.theme.colour("ink"))]

    def sides_of(self, slope: Slope, run: str, rise: str) -> list[Lettering]:
        """Return what stands at a triangle where there is room: the words at its run of 1, and the number at its rise.

        Parameters
        ----------
        run, rise
            The key of the words, and the name of the number.
        """
        (x, y, _), tall = slope.origin, slope.source.now.number * self.up.scale.per_unit
        said = self.pen.words(run, height=LABEL, colour="quiet"), self.pen.readout(rise, height=LABEL, align="left")
        out, level, at = "above" if tall < 0.0 else "below", float(y) - tall, float(x)
        ways: list[Sequence[tuple[tuple[float, float], tuple[str, ...]]]] = [
            [((at - self.across.scale.per_unit / 2, level), (out, "above", "below"))],
            [((at, float(y) - tall / 2), ("right", "left")), ((at, level), (f"{out} right", out, *_RIGHT))],
        ]
        placed = list[Lettering]()
        for text, tried in zip(said, ways, strict=True):
            others = [*self._ends, *placed]
            if any(self.stand_beside(text.name, point, [text], sides, others) for point, sides in tried):
                placed.append(text)
        return placed

    def stand_beside(self, name: str, at: tuple[float, float], line: Sequence[Lettering], sides: tuple[str, ...],
               others: Sequence[Lettering] = ()) -> bool:  # fmt: skip
        """Stand a line of text beside a point, clear of curves and other texts; return whether there is room for it."""
        wide = sum(map(_width, line)) + _BETWEEN * (len(line) - 1)
        form = Form.fixed(0.0, wide, LABEL, LABEL * LOWEST)
        (left, low, _), (right, _, _), (_, top, _) = self.across.start, self.across.end, self.up.end
        busy = [*self._busy(), *(Region(*_extent(text)) for text in others)]
        for by in _NEAR:
            label = Label(name, *at, (form,), sides, _DOT + by)
            if found := place_labels([label], busy, Region(left, low, right, top)):
                x, y = found[name].x, found[name].y
                for piece in line:
                    piece.at(x + room_of(piece).across.before, y)
                    x += _width(piece) + _BETWEEN
                return True
        return False

    def _busy(self) -> Iterator[Region]:
        """Yield boxes that all curves and lines at 0 lie in."""
        yield from self.busy_zeros()
        for curve in self.curves:
            for x, y, _ in curve.submobjects[0].points[::4]:
                yield Region(x - _CLEAR, y - _CLEAR, x + _CLEAR, y + _CLEAR)

    def _tangent(self, i: int) -> Tangent:
        colour, at = self.pen.theme.colour("ink"), (self.over, self.across)
        return Tangent(self.source(f"push_{i}"), at, (self.source(f"L_{i}"), self.up), colour=colour, half=_TANGENT)

    def _place_ends(self) -> None:
        """Stand each name beside the end of its curve, as near as the others let it."""
        known, named = self.pen.quantities, list(zip(self.losses, self._ends, strict=False))
        laws = dict(zip(self.losses, self._laws, strict=False))
        at = {i: float(self.up.point(known[f"curve_{i}"].value[-1])[1]) for i, _ in named}  # type: ignore[index]
        left: list[tuple[int, Lettering]] = []
        for (i, name), dot in zip(named, self.dots, strict=False):
            x, y, _ = map(float, dot.place)
            others = [n for _, n in named if n is not name]
            if laws[i] or not self.stand_beside(str(i), (x, y), [name], _RIGHT, others):
                left.append((i, name))
        if left:
            named.sort(key=lambda pair: at[pair[0]])
        else:
            return
        low, high = self.up.start[1], self.up.end[1]
        middle, gap = (low + high) / 2, _LINE - LABEL + _BLOCK * any(laws.values())
        needs = [Need(LABEL / 2 + _LAW * bool(laws[i]), LABEL / 2) for i, _ in named]
        places = apart([at[i] - middle for i, _ in named], needs, gap, (high - low) / 2)
        for (i, name), y in zip(named, places, strict=True):
            x, foot = self.across.end[0] + _AFTER, middle + y - LABEL / 2
            name.at(x, foot)
            if law := laws[i]:
                law.at(x, foot - _LAW)


@dataclass(frozen=True)
class Told:
    """What a bar tells: words over it, what it shows, and numbers that stand behind the words, a group at a time.

    Attributes
    ----------
    groups
        Quantities; between two of the first group stands an arrow.
    head
        Length of the bar's head: a push has one.
    tempting, expected
        What one might expect of the bar, a quantity, and the line of text that says so; an empty one is nothing.
    nudged, note
        Two lines of text that stand beyond the target.
    """

    words: Lettering
    number: Source
    groups: Sequence[Sequence[str]]
    head: float = 0.0
    tempting: str = ""
    expected: Sequence[Lettering] = ()
    nudged: Sequence[Lettering] = ()
    note: Sequence[Lettering] = ()


class Barred:
    """A bar as it is drawn: its words, the bar itself, and its groups of numbers with the signs between them."""

    def __init__(self, pen: LetterPen, told: Told) -> None:
        self.pen, self.told, self.words = pen, told, told.words
        self.groups = [[pen.readout(name, height=VALUE, align="left") for name in names] for names in told.groups]
        self.arrow = pen.sign("arrow.r", height=VALUE, colour="quiet")
        first, *others = self.groups
        self.lines: list[list[Lettering]] = [[first[0], *([self.arrow, *first[1:]] if first[1:] else [])]]
        self.lines += map(list, others)
        self.bar: list[Stretch] = []
        self.ghost: list[Shown] = []
        self.nudged: list[Lettering] = []

    @property
    def wide(self) -> float:
        """How wide the widest of its groups is."""
        return max(sum(room_of(each).across.least + _BETWEEN for each in line) for line in self.lines)

    def place(self, x: float, y: float) -> None:
        """Stand the words with their right end there, and behind them the numbers."""
        self.words.at(x - self.words.advance, y)
        at = x + _BETWEEN
        for piece in self.lines[0]:
            room = room_of(piece).across
            piece.at(at + room.before, y)
            at += room.least + _BETWEEN

    @property
    def shown(self) -> list[Shown]:
        """All that is drawn of it."""
        return [*self.ghost, *self.bar, self.words, *(piece for line in self.lines for piece in line), *self.nudged]


@dataclass
class PushPlane(JudgePlane):
    """Curves over an answer and, under their axis, bars that begin at the target: the error, and the push of each loss.

    Where there is no target on the axis, the bars begin where the value stands at first, and their numbers over them.

    Parameters
    ----------
    bars
        What is told by bars, from the uppermost on.
    kinked
        Losses whose slopes below, on and above the target are drawn as well.
    """

    bars: Sequence[Told] = ()
    kinked: Sequence[int] = ()

    @property
    def begun(self) -> list[Shown]:
        """What is drawn of it at first: the losses and where the value stands, without slopes and bars."""
        return [*self.frame, *self.marks, self.answer, *self.curves, *self.names_of_curves, *self.dots]

    @property
    def _around(self) -> tuple[float, float, float, float]:
        left, right, over, under = super()._around
        expected = _GHOST[0] * any(each.tempting for each in self.bars)
        return left, right, over, under + _ROW * len(self.bars) + expected

    @cached_property
    def told(self) -> list[Barred]:
        """The bars with their texts."""
        return [Barred(self.pen, each) for each in self.bars]

    def _draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        super()._draw(place, scales)
        theme, goal = self.pen.theme, self.pen.quantities[self.target] if self.target else None
        self.answer = Dot(self.over, self.across, colour=theme.colour("value"), radius=_DOT)
        start, under = as_source(goal or self.pen.quantities[self.names[0]]), -super()._around[3] + _BAR
        lines = [under - _ROW * (i + 1) for i in range(len(self.told))]
        x, low = self._left(start.now.number), self.across.start[1] + _OVER_BAR
        for each, lift in zip(self.told, lines, strict=True):
            each.bar = [self._bar(each.told, start, lift)]
            each.place(x, low + lift)
            self._expect(each, start, lift)
            note = self._beyond(each.told.note, low + lift - _OVER_BAR - LABEL, self._reach_beyond(each.told))
            each.nudged = [*self._beyond(each.told.nudged, low + lift), *note]
        text = x - self._wide[0], x + self._wide[1]
        self.marks += self._goal(start.now.number, text, low + lines[0], lines[-1]) if goal else []
        self._place_sides()
        texts = [shown for each in self.told for shown in each.shown]
        return [
            *self.frame,
            *self.curves,
            *self.tangents,
            *self.dots,
            *self._ends,
            *self.marks,
            self.answer,
            *texts,
            *chain.from_iterable(self.sides.values()),
            *chain.from_iterable(self._slopes.values()),
        ]

    def _bar(self, told: Told, start: Source, lift: float) -> Stretch:
        colour = self.pen.colour_of(told.number.now)
        how = {"axis": self.across, "lift": lift, "thick": _BAR, "head": told.head, "theme": self.pen.theme}
        return Stretch(told.number, start=start, colour=colour, **how)  # type: ignore[arg-type]

    def _goal(self, origin: float, text: tuple[float, float], y: float, last: float) -> list[Shown]:
        """Return the name of the target, beside the texts, and a leader down to the last bar, if no text stands there.

        Parameters
        ----------
        text
            Between which places texts stand.
        y, last
            The line of the name, and how far under the axis the last bar lies.
        """
        x, low = float(self.across.point(origin)[0]), self.across.start[1]
        is_left = self.over.now.number <= origin
        said = self.pen.readout(self.target, height=VALUE, form="equation", align="left" if is_left else "right")
        at = max(x, text[1]) + _AFTER if is_left else min(x, text[0]) - _AFTER
        foot = low - super()._around[3] + _BAR
        line = leader(self.pen.theme, (x, foot), (x, low + last))
        return [*([] if text[0] + _BETWEEN / 2 < x < text[1] - _BETWEEN / 2 else [line]), said.at(at, y)]

    def slopes_of(self, side: str) -> list[Tangent]:
        """Return the slopes of losses with a kink, on a side of the target."""
        return self._slopes[side]

    @cached_property
    def _slopes(self) -> dict[str, list[Tangent]]:
        if not self.kinked:
            return {}
        return {side: [self._slope(i, side) for i in self.kinked] for side in SIDES}

    def _slope(self, i: int, side: str) -> Tangent:
        known, ink = self.pen.quantities, self.pen.theme.colour("ink")
        at, high = (as_source(known[f"{side}_{name}"]) for name in (self.names[0], f"L_{i}"))
        push = as_source(known[f"{side}_push_{i}"])
        return Tangent(push, (at, self.across), (high, self.up), colour=ink, half=_TANGENT)

    @cached_property
    def sides(self) -> dict[str, list[Lettering]]:
        """What stands beside each slope of a loss with a kink: on which side of the target, and the push."""
        if not self.kinked:
            return {}
        made = {side: [self.pen.symbol(f"side_{side}", height=LABEL, colour="value", align="left")] for side in SIDES}
        pushes = {
            s: [self.pen.readout(f"{s}_push_{i}", height=LABEL, align="left") for i in self.kinked] for s in SIDES
        }
        return {side: [*made[side], *pushes[side]] for side in SIDES}

    def _place_sides(self) -> None:
        """Stand each of them beside its slope, or, where there is no room, leave it out."""
        placed = [*self._ends]
        for side in [*self.sides]:
            slope, *_ = self._slopes[side]
            at = tuple(float(axis.point(source.now.number)[k]) for k, (axis, source) in
                       enumerate(((self.across, slope.at_x), (self.up, slope.at_y))))  # fmt: skip
            wanted = {"below": _RIGHT, "above": _LEFT}.get(side, ("above", "above right", "above left"))
            if not self.stand_beside(side, (at[0], at[1]), self.sides[side], wanted, placed):
                del self.sides[side]
            placed += self.sides.get(side, [])

    def _expect(self, barred: Barred, start: Source, lift: float) -> None:
        """Draw under a bar, thin, what one might expect of it, and say it beyond the target."""
        if not barred.told.tempting:
            return
        (drop, thick), expected = _GHOST, self.pen.quantities[barred.told.tempting]
        how = {"axis": self.across, "lift": lift - drop, "thick": thick, "theme": self.pen.theme}
        bar = Stretch(expected, start=start, colour=self.pen.theme.colour("quiet"), **how)  # type: ignore[arg-type]
        y = self.across.start[1] + lift - drop - LABEL / 2
        barred.ghost = [bar, *self._beyond(barred.told.expected, y, self._reach_beyond(barred.told))]

    @property
    def _origin(self) -> float:
        return self.pen.quantities[self.target].number if self.target else self.over.now.number

    def _reach_beyond(self, told: Told) -> float:
        """Return how far bars reach beyond the target: those of a push that points there."""
        names = [name for group in told.groups for name in group] + [told.tempting] * bool(told.tempting)
        side = 1.0 if self.over.now.number <= self._origin else -1.0
        return max(0.0, *(side * self.pen.quantities[name].number for name in names)) * self.across.scale.per_unit

    def _beyond(self, line: Sequence[Lettering], y: float, clear: float = 0.0) -> list[Lettering]:
        """Stand a line of text so far beyond the target, and return it; nothing, if there is no room."""
        x, wide = float(self.across.point(self._origin)[0]), sum(map(_width, line)) + _BETWEEN * len(line)
        x += 2 * _AFTER + clear if self.over.now.number <= self._origin else -2 * _AFTER - clear - wide
        left, right, *_ = super()._around
        if not line or x < self.across.start[0] - left or x + wide > self.across.end[0] + right:
            return []
        for piece in line:
            piece.at(x + room_of(piece).across.before, y)
            x += _width(piece) + _BETWEEN
        return list(line)

    @cached_property
    def _wide(self) -> tuple[float, float]:
        """How wide the words over bars are, and the numbers behind them."""
        words, numbers = (max(wide) for wide in zip(*((t.words.advance, t.wide) for t in self.told), strict=True))
        return words, numbers + _BETWEEN

    def _left(self, origin: float) -> float:
        """Return where all words end: the texts stand on the side of the origin on which the bars lie first."""
        edge, (words, numbers) = float(self.across.point(origin)[0]), self._wide
        x = edge - numbers if self.over.now.number <= origin else edge + words
        x = x if self.target else edge - _BETWEEN
        left, right, *_ = super()._around
        low, high = self.across.start[0] - left + words, self.across.end[0] + right - numbers
        return float(max(low, min(x, high)))
