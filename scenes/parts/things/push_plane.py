"""Losses over what they judge, and under them, as bars, how far off that is and how hard each pushes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final

from scenes.parts.measure import Axis, Scale
from scenes.parts.page import Place
from scenes.parts.settings.judges import SIDES
from scenes.parts.theme import LABEL, VALUE
from scenes.parts.things.base import Shown, Source, as_source
from scenes.parts.things.judge_plane import AFTER, BETWEEN, DOT, RIGHT, TANGENT, JudgePlane, width_of
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.letters import room_of
from scenes.parts.things.plot import Dot
from scenes.parts.things.ruler import UNDER, ruled
from scenes.parts.things.stretch import Stretch
from scenes.parts.things.tangent import Tangent
from scenes.parts.things.wire import leader

__all__ = ["Barred", "PushPlane", "Told"]

_ROW, _OVER_BAR, _BAR = 0.75, 0.19, 0.1  # of one bar and its text; from a bar to it; thickness
_PAST: Final = 0.1  # from the leader at the 0 of such an axis to the numbers over its bars
_LEFT: Final = ("above left", "above", "above right", "below left", "below", "below right")
_GHOST: Final = (0.17, 0.05)  # under a bar what one might expect; its thickness
_RULER, _LONG, _FEW = 0.3, 3.0, 3  # from the last bar to an axis of the bars' own; its length; its ticks


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
        return max(sum(room_of(each).across.least + BETWEEN for each in line) for line in self.lines)

    def place(self, x: float, y: float, past: float = 0.0) -> None:
        """Stand the words with their right end there, and behind them the numbers, past what stands between."""
        self.words.at(x - self.words.advance, y)
        at = x + BETWEEN + past
        for piece in self.lines[0]:
            room = room_of(piece).across
            piece.at(at + room.before, y)
            at += room.least + BETWEEN

    @property
    def shown(self) -> list[Shown]:
        """All that is drawn of it."""
        return [*self.ghost, *self.bar, self.words, *(piece for line in self.lines for piece in line), *self.nudged]


@dataclass
class PushPlane(JudgePlane):
    """Curves over an answer and, under their axis, bars that begin at the target: the error, and the push of each loss.

    Where there is no target on the axis, the bars have an axis of their own under them, and begin at its 0.

    Parameters
    ----------
    bars
        What is told by bars, from the uppermost on.
    kinked
        Losses whose slopes below, on and above the target are drawn as well.
    """

    bars: Sequence[Told] = ()
    kinked: Sequence[int] = ()

    scale: Sequence[Shown] = ()
    """An axis of the bars' own, once it is drawn."""

    @property
    def begun(self) -> list[Shown]:
        """What is drawn of it at first: the losses and where the value stands, without slopes and bars."""
        return [*self.frame, *self.marks, *self.scale, self.answer, *self.curves, *self.names_of_curves, *self.dots]

    @property
    def _around(self) -> tuple[float, float, float, float]:
        left, right, over, under = super()._around
        expected = _GHOST[0] * any(each.tempting for each in self.bars)
        ruler = 0.0 if self.target else _RULER + UNDER + LABEL
        return left, right, over, under + _ROW * len(self.bars) + expected + ruler

    @cached_property
    def told(self) -> list[Barred]:
        """The bars with their texts."""
        return [Barred(self.pen, each) for each in self.bars]

    def _draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        super()._draw(place, scales)
        theme, goal = self.pen.theme, self.pen.quantities[self.target] if self.target else None
        self.answer = Dot(self.over, self.across, colour=theme.colour("value"), radius=DOT)
        start, under = as_source(goal or self.pen.quantities["no_push"]), -super()._around[3] + _BAR
        lines = [under - _ROW * (i + 1) for i in range(len(self.told))]
        self.measured = self.across if goal else self._axis(self.across.start[1] + lines[-1] - _RULER)
        x, low = self._left(start.now.number), self.across.start[1] + _OVER_BAR
        for each, lift in zip(self.told, lines, strict=True):
            foot = self.across.start[1] - self.measured.start[1]
            each.bar = [self._bar(each.told, start, lift + foot)]
            each.place(x, low + lift, 0.0 if goal else _PAST)
            self._expect(each, start, lift)
            note = self._beyond(each.told.note, low + lift - _OVER_BAR - LABEL, self._reach_beyond(each.told))
            each.nudged = [*self._beyond(each.told.nudged, low + lift), *note]
        text = x - self._wide[0], x + self._wide[1]
        over = self.across.start[1] + lines[0] + _BAR
        self.marks += self._goal(start.now.number, text, low + lines[0], lines[-1]) if goal else []
        self.scale = [] if goal else self._ruled(over)
        self._place_sides()
        texts = [shown for each in self.told for shown in each.shown]
        return [
            *self.frame,
            *self.curves,
            *self.tangents,
            *self.dots,
            *self._ends,
            *self.marks,
            *self.scale,
            self.answer,
            *texts,
            *chain.from_iterable(self.sides.values()),
            *chain.from_iterable(self._slopes.values()),
        ]

    def _bar(self, told: Told, start: Source, lift: float) -> Stretch:
        colour = self.pen.colour_of(told.number.now)
        how = {"axis": self.measured, "lift": lift, "thick": _BAR, "head": told.head, "theme": self.pen.theme}
        return Stretch(told.number, start=start, colour=colour, **how)  # type: ignore[arg-type]

    def _axis(self, y: float) -> Axis:
        """Return the axis of bars that do not lie on that of the value: behind their words, not longer than need be."""
        low, high = self.pen.clip.ranges()["bars"]
        (left, *_), (right, *_), before = self.across.start, self.across.end, super()._around[0]
        zero = left + max(self._wide[0] + BETWEEN - before, -low * _LONG / (high - low))
        unit = min(_LONG / (high - low), (right - zero) / high)
        return self.pen.axis("bars", ((zero + low * unit, y), (zero + high * unit, y)))

    def _ruled(self, top: float) -> list[Shown]:
        """Return the line and the numbers of that axis, and a leader up from its 0 to the uppermost bar."""
        line, ticks = ruled(self.measured, self.pen.theme, most=_FEW)
        x, y, _ = map(float, self.measured.point(0.0))
        return [leader(self.pen.theme, (x, y), (x, top)), line, *ticks]

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
        at = max(x, text[1]) + AFTER if is_left else min(x, text[0]) - AFTER
        foot = low - super()._around[3] + _BAR
        line = leader(self.pen.theme, (x, foot), (x, low + last))
        return [*([] if text[0] + BETWEEN / 2 < x < text[1] - BETWEEN / 2 else [line]), said.at(at, y)]

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
        return Tangent(push, (at, self.across), (high, self.up), colour=ink, half=TANGENT)

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
            wanted = {"below": RIGHT, "above": _LEFT}.get(side, ("above", "above right", "above left"))
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
        x, wide = float(self.across.point(self._origin)[0]), sum(map(width_of, line)) + BETWEEN * len(line)
        x += 2 * AFTER + clear if self.over.now.number <= self._origin else -2 * AFTER - clear - wide
        left, right, *_ = super()._around
        if not line or x < self.across.start[0] - left or x + wide > self.across.end[0] + right:
            return []
        for piece in line:
            piece.at(x + room_of(piece).across.before, y)
            x += width_of(piece) + BETWEEN
        return list(line)

    @cached_property
    def _wide(self) -> tuple[float, float]:
        """How wide the words over bars are, and the numbers behind them."""
        words, numbers = (max(wide) for wide in zip(*((t.words.advance, t.wide) for t in self.told), strict=True))
        return words, numbers + BETWEEN

    def _left(self, origin: float) -> float:
        """Return where all words end: the texts stand on the side of the origin on which the bars lie first."""
        edge, (words, numbers) = float(self.measured.point(origin)[0]), self._wide
        if not self.target:
            return edge - BETWEEN
        x = edge - numbers if self.over.now.number <= origin else edge + words
        left, right, *_ = super()._around
        low, high = self.across.start[0] - left + words, self.across.end[0] + right - numbers
        return float(max(low, min(x, high)))
