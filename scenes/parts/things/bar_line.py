"""Bars on one baseline at stations evenly apart, each station for several bars in turn: an equation of lengths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from scenes.parts.measure import Scale
from scenes.parts.page import Form, Need, Place
from scenes.parts.theme import DIM, DIM_LINE, FINE, LABEL, RING, THIN, VALUE
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.bracket import Bracket
from scenes.parts.things.decor import Decor
from scenes.parts.things.lettering import Lettering, Operator
from scenes.parts.things.letters import room_of
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.readout import Readout
from scenes.parts.things.shapes import rectangle
from scenes.parts.things.stave import NARROW, WIDE, Stave

__all__ = ["Bar", "BarLine", "unit_of"]

_TEXT: Final = 0.1  # from a bar to the number over it
_UNDER: Final = 0.13  # from the baseline, and from what hangs under it, to its name
_APART: Final = 0.16  # two numbers side by side
_OVER: Final = 0.34  # from a number to one that stands over it
_SIGN: Final = 0.07  # from a sign to what stands beside it
_CLEAR: Final = 0.05  # from a number to the bar beside it
_MOST: Final = 1.15  # from one station to the next
_BEYOND: Final = 0.1  # the baseline ends before its room does
_TAIL: Final = 0.08  # of the letters of a name
_LINE: Final = 0.32  # from one line of names to the next
_STEP: Final = 0.28  # from one line of a sum beside a bar to the next


class Look(NamedTuple):
    """How high numbers are, how many lines names take, how wide bars are, and whether stacked numbers may go higher."""

    high: float
    lines: int
    wide: float
    stacks: bool = False


_LOOKS: Final = (
    Look(VALUE, 1, WIDE),
    Look(VALUE, 2, WIDE),
    Look(LABEL, 2, NARROW),
    Look(LABEL, 2, NARROW, stacks=True),
)


class Room(NamedTuple):
    """The room of a bar: what stands beside it and how far away, where its line ends, and how high up that goes."""

    beside: Sequence[Bar]
    pitch: float
    end: float
    up: float


class Bar:
    """A bar with its number over it or, where it hangs, under it, and under both what it is.

    Parameters
    ----------
    name
        What it measures.
    said
        What stands under it.
    follows
        How it follows: an equality sign, and two factors.
    leads
        Whether the next bar stands there at the same time.

    Attributes
    ----------
    halves
        How far its number reaches from its middle, by the height of its type.
    told
        What is drawn of how it follows.
    """

    def __init__(
        self, pen: Pen, name: str, said: Lettering, follows: Sequence[Lettering] = (), *, leads: bool = False
    ) -> None:
        self.pen, self.name, self.said, self.follows, self.leads = pen, name, said, follows, leads
        self.told: Sequence[Shown] = ()
        self.quantity = pen.quantities[name]
        self.written = {height: pen.readout(name, height=height) for height in (VALUE, LABEL)}
        self.halves = {height: max(room_of(written).across[:2]) for height, written in self.written.items()}

    def over(self, scale: float, high: float) -> float:
        """Return how far over its foot its number of some height stands: over a bar, under one that hangs."""
        tall = scale * self.quantity.number
        return tall - _TEXT - high if tall < 0.0 else _TEXT + (tall or RING[0])

    def draw(self, scale: Scale, foot: tuple[float, float], over: float, under: float, look: Look) -> Sequence[Shown]:
        """Return the bar, its number so far over its foot, and what stands so far under it."""
        (x, y), pen = foot, self.pen
        colour = pen.colour_of(self.quantity)
        self.bar = Stave(self.quantity, scale, origin=foot, theme=pen.theme, colour=colour, width=look.wide)
        self.bar.keeps = DIM_LINE if 0.0 < abs(scale.length(self.quantity.number)) < THIN else DIM
        self.number: Readout = self.written[look.high].at(x, y + over)
        return self.bar, self.number, self.said.at(x, y - under)

    def draw_sum(self, scale: Scale, over: Mapping[Bar, float], look: Look, room: Room) -> Sequence[Shown]:
        """Return how it follows: over its number or, where there is no room, beside it; nothing if there is none.

        Parameters
        ----------
        over
            How far over its foot the number of each bar is.
        """
        sign, first, second = self.follows
        high, low = _STEP + LABEL, max(over[self] + look.high, 0.0) + _UNDER
        lines: Sequence[Sequence[Lettering]] = (first,), (second, sign)
        starts = [-_wide(line) / 2 for line in lines]
        near = [bar.halves[look.high] for bar in room.beside if over[bar] + look.high + _TEXT > low]
        if low + high > room.up or -min(starts) > room.pitch - max(near, default=0.0) - _SIGN:
            low = max(scale.length(self.quantity.number) - high, _TEXT)
            half = self.halves[look.high] if low + high > over[self] else look.wide / 2
            lines, starts = ((sign, first), (second,)), [half + _TEXT] * 2
            if self.leads or low + high > room.up or max(map(_wide, lines)) + starts[0] > room.end:
                lines = ()
        x, y = float(self.bar.origin[0]), float(self.bar.origin[1]) + low + _STEP
        for i, (line, start) in enumerate(zip(lines, starts, strict=False)):
            _set(line, x + start, y - i * _STEP)
        self.told = [piece for line in lines for piece in line]
        return self.told

    @cached_property
    def wide(self) -> float:
        """How wide what stands under it is."""
        return room_of(self.said).across.least


class BarLine:
    """Bars side by side; how far the lowest of all lines hangs the settings say as ``hanging``.

    Of two numbers side by side that would touch the higher one stands over the other, or, of two under bars that hang,
    one over the baseline.

    Parameters
    ----------
    turns
        The bars that stand there at one time, one for each station or None, time after time.
    signs
        What stands between the names of the bars, where there is room.
    """

    def __init__(self, pen: Pen, called: str, turns: Sequence[Sequence[Bar | None]], signs: Sequence[Operator]) -> None:
        self.pen, self.turns, self.count = pen, turns, len(turns[0])
        self.signs = [pen.sign(each, height=LABEL, colour="quiet") for each in signs]
        self.mates = [self]
        forms = (partial(self._form, look) for look in _LOOKS)
        self.part = Part(called, *forms, draw=self.draw, like="bars")

    @classmethod
    def alike(cls, *lines: BarLine) -> None:
        """Let lines have the same room, over and under their bars, so that what stands over them is of one size."""
        for line in lines:
            line.mates = list(lines)

    @property
    def _bars(self) -> dict[Bar, int]:
        """All bars, with their stations."""
        return {bar: k for turn in self.turns for k, bar in enumerate(turn) if bar}

    def _form(self, look: Look, scales: Mapping[str, float]) -> Form:
        pitch = self._pitch_of_all(look, scales["ribbon"])
        half, most = (self.count * each / 2 for each in (pitch, max(pitch, _MOST)))
        return Form(Need(half, half, most - half, most - half), self._room(pitch, look, scales["ribbon"]))

    def _room(self, pitch: float, look: Look, scale: float) -> Need:
        """Return how far up and down it goes, with what stands under the bars."""
        up, down = self._reach(pitch, scale, look.high)
        return Need(up, down + _UNDER + LABEL + _TAIL + (look.lines - 1) * _LINE)

    def top(self, pitch: float, scale: float, high: float) -> float:
        """Return how far up the highest of its numbers goes."""
        return max(self._stacked(pitch, scale, high).values()) + high

    def _reach(self, pitch: float, scale: float, high: float) -> tuple[float, float]:
        """Return how far all that stands on alike baselines goes up, and how far all that hangs goes down."""
        low = min(min(mate._stacked(pitch, scale, high).values()) for mate in self.mates)
        return max(mate.top(pitch, scale, high) for mate in self.mates), max(self.pen.clip.hanging, -low)

    def overhang(self, look: Look, scale: float) -> float:
        """Return how far numbers of its first station may reach over its left end."""
        pitch = self._pitch_of_all(look, scale)
        return max(0.0, max(bar.halves[look.high] for bar, k in self._bars.items() if not k) - pitch / 2)

    def _pitch_of_all(self, look: Look, scale: float) -> float:
        return max(mate.pitch(look, scale) for mate in self.mates)

    def pitch(self, look: Look, scale: float) -> float:
        """Return how near two stations may be: no number touches a bar beside it, and no name another."""
        sign = max((room_of(each).across.least for each in self.signs), default=0.0) + 2 * _SIGN
        near, far = (max(self._wide(turn, k) for turn in self.turns) for k in (1, 2))
        names = max(near + sign if look.lines == 1 else 0.0, (far + _APART) / 2)
        pairs = [(a, b) for turn in self.turns for a, b in pairwise(turn) if a and b]
        least = max(names, *(_beside(*each, look, scale) for a, b in pairs for each in ((a, b), (b, a))))
        if look.stacks:
            return least
        natural = self.top(np.inf, scale, look.high)
        wider = sorted(a.halves[look.high] + b.halves[look.high] + _APART for a, b in pairs)
        return next(p for p in (least, *wider) if p >= least and self.top(p, scale, look.high) <= natural)

    def _wide(self, turn: Sequence[Bar | None], by: int) -> float:
        """Return how much room half the names of two bars take that stand so many stations apart."""
        pairs = ((a, b) for a, b in zip(turn, turn[by:], strict=False) if a and b)
        return max((sum(bar.wide / 2 for bar in pair) for pair in pairs), default=0.0)

    def draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        """Return the baseline, the bars, and the signs if there is room for them."""
        look, scale = _LOOKS[place.form], scales["ribbon"]
        least = self._pitch_of_all(look, scale.per_unit)
        pitch = min((place.left + place.right) / self.count, max(least, _MOST))
        left, right = (place.x + side * (pitch * self.count / 2 - _BEYOND) for side in (-1, 1))
        low = place.y - FINE / 2  # the thinnest bar stands on it, not in it
        line = rectangle(np.array([left, low, 0.0]), np.array([right, low, 0.0]), FINE)
        self.baseline = Decor([Paint(self.pen.theme.colour("edge"))], [line])
        found: list[Shown] = [self.baseline]
        xs, near = self._across(place.x, pitch), pitch
        if self._room(near, look, scale.per_unit).least > place.up + place.down:  # numbers stand as where bars are near
            near = least
        up, down = self._reach(near, scale.per_unit, look.high)
        under, over = down + _UNDER + LABEL, self._stacked(near, scale.per_unit, look.high)
        for bar, k in self._bars.items():
            lower = _LINE * (look.lines - 1) * (k % 2)
            found += bar.draw(scale, (xs[k], place.y), over[bar], under + lower, look)
            if bar.follows:
                beside = [turn[j] for turn in self.turns if turn[k] is bar for j in (k - 1, k + 1)]
                room = Room([each for each in beside if each], pitch, place.x + place.right - xs[k], up)
                found += bar.draw_sum(scale, over, look, room)
        self.signs = self.signs if look.lines == 1 else []
        for k, sign in enumerate(self.signs):
            left, right = (bar.wide / 2 for bar in self.turns[0][k : k + 2] if bar)
            sign.at((xs[k] + left + xs[k + 1] - right) / 2, place.y - under)
        return [*found, *self.signs]

    def _across(self, middle: float, pitch: float) -> list[float]:
        return [middle + (k - (self.count - 1) / 2) * pitch for k in range(self.count)]

    def _stacked(self, pitch: float, scale: float, high: float) -> dict[Bar, float]:
        """Return how far over its foot the number of each bar stands."""
        over = {bar: bar.over(scale, high) for bar in self._bars}
        pairs = [(a, b) for turn in self.turns for a, b in pairwise(turn) if a and b]
        for one, other in pairs * self.count:
            near, far = sorted((one, other), key=lambda bar: (abs(over[bar]), abs(bar.over(scale, high))))
            apart = one.halves[high] + other.halves[high] + _APART <= pitch
            if not apart and over[near] * over[far] > 0.0 and abs(over[far] - over[near]) < _OVER:
                over[far] = over[near] + _OVER if over[near] > 0.0 else _TEXT
        return over


def _wide(line: Sequence[Lettering]) -> float:
    """Return how wide pieces beside one another are."""
    return sum(room_of(piece).across.least + _SIGN for piece in line) - _SIGN


def _set(line: Sequence[Lettering], x: float, y: float) -> None:
    """Set pieces beside one another, from a place on."""
    for piece in line:
        across = room_of(piece).across
        piece.at(x + across.before, y)
        x += across.least + _SIGN


def _beside(one: Bar, other: Bar, look: Look, scale: float) -> float:
    """Return how near two bars may be, so that the number of one lies over no part of the other."""
    over, end = one.over(scale, look.high), scale * other.quantity.number
    is_free = end < over - _CLEAR if over > 0.0 else end > over + look.high + _CLEAR
    return look.wide / 2 + _CLEAR + (look.wide / 2 if is_free else one.halves[look.high])


def unit_of(pen: Pen, name: str, words: str, *, beside: BarLine) -> Part:
    """Return the bracket of a push of 1 that stands on the baseline of a line, its words over it.

    Its origin is its foot; it is as far from the line as the numbers of that reach over its end.
    """
    said = pen.words(words, height=LABEL, colour="gradient", align="centre")
    half = max(_TEXT, room_of(said).across.least / 2)

    def form(look: Look, scales: Mapping[str, float]) -> Form:
        tall = scales["ribbon"]
        return Form.fixed(half, half + beside.overhang(look, tall), tall + _TEXT + LABEL)

    def draw(place: Place, scales: Mapping[str, Scale]) -> tuple[Shown, ...]:
        tall = scales["ribbon"].per_unit
        origin, colour = (place.x, place.y + tall / 2), pen.theme.colour("gradient")
        shown = Bracket(pen.quantities[name], scales["ribbon"], origin=origin, colour=colour)
        return shown, said.at(place.x, place.y + tall + _TEXT)

    return Part(f"unit {name}", *(partial(form, look) for look in _LOOKS), draw=draw, like="bars")
