"""Bars on one baseline at stations evenly apart, each station for several bars in turn: an equation of lengths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import pairwise
from typing import Final

import numpy as np

from scenes.parts.measure import Scale
from scenes.parts.page import LOOSE, Form, Need, Place
from scenes.parts.theme import FINE, LABEL, VALUE
from scenes.parts.things.bar import ASIDE, OVER, UNDER, Bar, Look, Room
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.bracket import Bracket
from scenes.parts.things.decor import Decor
from scenes.parts.things.lettering import Operator
from scenes.parts.things.letters import room_of
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.shapes import rectangle
from scenes.parts.things.stave import NARROW, WIDE

__all__ = ["Bar", "BarLine", "room_behind", "unit_of"]

_APART: Final = 0.16  # two numbers side by side
_HIGHER: Final = (0.34, 0.28)  # from a number to one that stands over it, and where there is little room
_CLEAR: Final = 0.05  # from a number to the bar beside it
_MOST: Final = 1.15  # from one station to the next
_BEYOND: Final = 0.1  # the baseline ends before its room does
_TAIL: Final = 0.08  # of the letters of a name
_LINE: Final = 0.32  # from one line of names to the next
_SLACK: Final = 1e-9
_REACH: Final = 6  # stations at most over which a number goes

_LOOKS: Final = (
    Look(VALUE, 1, WIDE),
    Look(VALUE, 2, WIDE),
    Look(LABEL, 2, NARROW),
    *(Look(LABEL, 2, NARROW, near) for near in (1.0, 0.79, 0.65, 0.52, 0.4)),
)


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
        self.mates, self.row = [self], self
        forms = (partial(self._form, look) for look in _LOOKS)
        self.part = Part(called, *forms, draw=self.draw, like="bars")

    @classmethod
    def alike(cls, *lines: BarLine) -> None:
        """Let lines have the same room, over and under their bars, so that what stands over them is of one size.

        Where numbers are stacked they are so as if all bars stood in one row.
        """
        count = max(len(line.turns) for line in lines)
        turns = zip(*(line._turns(count) for line in lines), strict=True)
        row = cls(lines[0].pen, "row", [[bar for each in turn for bar in each] for turn in turns], ())
        for line in lines:
            line.mates, line.row = list(lines), row

    def _turns(self, count: int) -> Sequence[Sequence[Bar | None]]:
        """Return so many turns: if it has fewer it stays in its first one."""
        return [*[self.turns[0]] * (count - len(self.turns)), *self.turns]

    @property
    def _bars(self) -> dict[Bar, int]:
        """All bars, with their stations."""
        return {bar: k for turn in self.turns for k, bar in enumerate(turn) if bar}

    def _offsets(self, pitch: float) -> dict[Bar, float]:
        """Return how far each bar stands from the middle."""
        return {bar: (k - (self.count - 1) / 2) * pitch for bar, k in self._bars.items()}

    @cached_property
    def _pairs(self) -> list[tuple[Bar, Bar, int]]:
        """All bars that stand there at one time, by twos, with how many stations apart they are: the nearest first."""
        apart = range(1, min(self.count, _REACH + 1))
        turns = [(turn, by) for by in apart for turn in self.turns]
        return [(a, b, by) for turn, by in turns for a, b in zip(turn, turn[by:], strict=False) if a and b]

    def _form(self, look: Look, scales: Mapping[str, float]) -> Form:
        pitch = self._pitch_of_all(look, scales["ribbon"])
        ends = self._ends_of_all(pitch, look, scales["ribbon"])
        half, most = (max(self.count * each, ends) / 2 for each in (pitch, max(pitch, _MOST)))
        return Form(Need(half, half, most - half, most - half), self._room(pitch, look, scales["ribbon"]))

    def _room(self, pitch: float, look: Look, scale: float) -> Need:
        """Return how far up and down it goes, with what stands under the bars."""
        up, down = self._reach(pitch, scale, look)
        return Need(up, down + UNDER + LABEL + _TAIL + (look.lines - 1) * _LINE)

    def top(self, pitch: float, scale: float, look: Look) -> float:
        """Return how far up the highest of its numbers goes."""
        return max(self._stacked(pitch, scale, look).values()) + look.high

    def _alike(self, look: Look) -> Sequence[BarLine]:
        """Return the lines of which each stacks its own numbers, or the one that stacks all of them."""
        return [self.row] if look.near else self.mates

    def _reach(self, pitch: float, scale: float, look: Look) -> tuple[float, float]:
        """Return how far all that stands on alike baselines goes up, and how far all that hangs goes down."""
        low = min(min(mate._stacked(pitch, scale, look).values()) for mate in self._alike(look))
        up = max(mate.top(pitch, scale, look) for mate in self._alike(look))
        return up, max(self.pen.clip.hanging(scale), -low)

    def overhang(self, look: Look, scale: float, station: int = 0) -> float:
        """Return how far numbers of its first station may reach over its left end, of the last one over the other."""
        pitch, stations = self._pitch_of_all(look, scale), range(self.count)
        reach = max(bar.halves[look.high] for bar, k in self._bars.items() if k == stations[station])
        return max(0.0, reach - pitch / 2)

    def _ends_of_all(self, pitch: float, look: Look, scale: float) -> float:
        return max((one._ends(other, pitch, look, scale) for one, other in pairwise(self._alike(look))), default=0.0)

    def _ends(self, other: BarLine, pitch: float, look: Look, scale: float) -> float:
        """Return how far from it the line beside it must be, so that no number of the one touches one of the other."""
        here, there = (line._offsets(pitch) for line in (self, other))
        over = self._stacked(pitch, scale, look) | other._stacked(pitch, scale, look)
        level = ((a, b) for a, b in self._together(other) if abs(over[a] - over[b]) < _higher(look))
        touch = (here[a] - there[b] + a.halves[look.high] + b.halves[look.high] for a, b in level)
        return max(touch, default=0.0) + _APART - LOOSE.least

    def _together(self, other: BarLine) -> Iterator[tuple[Bar, Bar]]:
        """Yield bars of both that stand there at one time."""
        count = max(len(line.turns) for line in (self, other))
        for here, there in zip(self._turns(count), other._turns(count), strict=True):
            yield from ((a, b) for a in here for b in there if a and b)

    def _pitch_of_all(self, look: Look, scale: float) -> float:
        return max(mate.pitch(look, scale) for mate in self.mates)

    def pitch(self, look: Look, scale: float) -> float:
        """Return how near two stations may be: no number touches a bar beside it, and no name another."""
        sign = max((room_of(each).across.least for each in self.signs), default=0.0) + 2 * ASIDE
        near, far = (max(self._wide(turn, k) for turn in self.turns) for k in (1, 2))
        names = max(near + sign if look.lines == 1 else 0.0, (far + _APART) / 2)
        if look.near:
            return max(names, look.near)
        least, most = max(names, self._beside(np.inf, look, scale)), self.top(np.inf, scale, look)
        wider = ((a.halves[look.high] + b.halves[look.high] + _APART) / by for a, b, by in self._pairs)
        tried = sorted(max(each, least) for each in (least, self._beside(least, look, scale), *wider))
        return next(p for p in tried if self.top(p, scale, look) <= most and self._beside(p, look, scale) <= p)

    def _beside(self, pitch: float, look: Look, scale: float) -> float:
        """Return how near stations may be so that no number lies over another bar, stacked as for some pitch."""
        over = self._stacked(pitch, scale, look)
        pairs = [(*each, by) for a, b, by in self._pairs for each in ((a, b), (b, a))]
        return max(_near(one, other, over[one], look, scale) / by for one, other, by in pairs)

    def _wide(self, turn: Sequence[Bar | None], by: int) -> float:
        """Return how much room half the names of two bars take that stand so many stations apart."""
        pairs = ((a, b) for a, b in zip(turn, turn[by:], strict=False) if a and b)
        return max((sum(bar.wide / 2 for bar in pair) for pair in pairs), default=0.0)

    def draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        """Return the baseline, the bars, and the signs if there is room for them."""
        look, scale = _LOOKS[place.form], scales["ribbon"]
        least = self._pitch_of_all(look, scale.per_unit)
        wide = place.left + place.right
        pitch = min(wide / self.count, max(least, _MOST))
        if self._ends_of_all(pitch, look, scale.per_unit) > wide:  # numbers at its ends take what bars could have
            pitch = least
        left, right = (place.x + side * (pitch * self.count / 2 - _BEYOND) for side in (-1, 1))
        low = place.y - FINE / 2  # the thinnest bar stands on it, not in it
        ground = rectangle(np.array([left, low, 0.0]), np.array([right, low, 0.0]), FINE)
        self.baseline = Decor([Paint(self.pen.theme.colour("edge"))], [ground])
        found: list[Shown] = [self.baseline]
        offsets, near = self._offsets(pitch), pitch
        up, down = self._room(near, look, scale.per_unit)[:2]
        if up > place.up + _SLACK or down > place.down + _SLACK:  # numbers stand as where bars are near
            near = least
        up, down = self._reach(near, scale.per_unit, look)
        line = self.row if look.near else self
        under, over = down + UNDER + LABEL, line._stacked(near, scale.per_unit, look)
        for bar, k in self._bars.items():
            lower, x = _LINE * (look.lines - 1) * (k % 2), place.x + offsets[bar]
            found += bar.draw(scale, (x, place.y), over[bar], under + lower, look)
            if bar.follows:
                pairs = ((*each, by) for a, b, by in line._pairs for each in ((a, b), (b, a)))
                beside = {other: by * pitch for one, other, by in pairs if one is bar}
                room = Room(beside, pitch, place.right - offsets[bar], up)
                found += bar.draw_sum(scale, over, look, room)
        self.signs = self.signs if look.lines == 1 else []
        first = [bar for bar in self.turns[0] if bar]
        for sign, (one, other) in zip(self.signs, pairwise(first), strict=False):
            ends = offsets[one] + one.wide / 2, offsets[other] - other.wide / 2
            sign.at(place.x + sum(ends) / 2, place.y - under)
        return [*found, *self.signs]

    def _stacked(self, pitch: float, scale: float, look: Look) -> dict[Bar, float]:
        """Return how far over its foot the number of each bar stands."""
        alone = {bar: bar.over(scale, look.high) for bar in self._bars}
        over, before, higher = dict(alone), dict[Bar, float](), _higher(look)
        pairs = [(a, b, by, a.halves[look.high] + b.halves[look.high] + _APART) for a, b, by in self._pairs]
        level = [(a, b) for a, b, by, room in pairs if room > pitch * by + _SLACK]
        lifted = [(*each, by) for a, b, by, _ in pairs if look.near for each in ((a, b), (b, a))]
        for _ in range(self.count):
            if over == before:
                break
            before = dict(over)
            for one, other, by in lifted:
                if _near(one, other, over[one], look, scale) > pitch * by + _SLACK:
                    over[one] = max(other.tall(scale), 0.0) + OVER
            for pair in level:
                near, far = sorted(pair, key=lambda bar: (abs(over[bar]), abs(alone[bar])))
                if over[near] * over[far] > 0.0 and abs(over[far] - over[near]) < higher:
                    over[far] = over[near] + higher if over[near] > 0.0 else OVER
        return over


def _higher(look: Look) -> float:
    """Return how far over a number the next one stands."""
    return _HIGHER[look.near > 0.0]


def _near(one: Bar, other: Bar, over: float, look: Look, scale: float) -> float:
    """Return how near two bars may be: the number of the one, so far over its foot, lies over no part of the other."""
    end = other.tall(scale)
    is_free = end < over - _CLEAR if over > 0.0 else end > over + look.high + _CLEAR
    return look.wide / 2 + _CLEAR + (look.wide / 2 if is_free else one.halves[look.high])


def unit_of(pen: Pen, name: str, words: str, *, beside: BarLine) -> Part:
    """Return the bracket of a push of 1 that stands on the baseline of a line, its words over it.

    Its origin is its foot; it is as far from the line as the numbers of that reach over its end.
    """
    said = pen.words(words, height=LABEL, colour="gradient", align="centre")
    half = max(OVER, room_of(said).across.least / 2)

    def form(look: Look, scales: Mapping[str, float]) -> Form:
        tall = scales["ribbon"]
        return Form.fixed(half, half + beside.overhang(look, tall), tall + OVER + LABEL)

    def draw(place: Place, scales: Mapping[str, Scale]) -> tuple[Shown, ...]:
        tall = scales["ribbon"].per_unit
        origin, colour = (place.x, place.y + tall / 2), pen.theme.colour("gradient")
        shown = Bracket(pen.quantities[name], scales["ribbon"], origin=origin, colour=colour)
        return shown, said.at(place.x, place.y + tall + OVER)

    return Part(f"unit {name}", *(partial(form, look) for look in _LOOKS), draw=draw, like="bars")


def room_behind(line: BarLine) -> Part:
    """Return the room that the numbers of the last station of a line take beyond its end."""

    def form(look: Look, scales: Mapping[str, float]) -> Form:
        return Form.fixed(0.0, line.overhang(look, scales["ribbon"], -1))

    return Part("room behind", *(partial(form, look) for look in _LOOKS), draw=lambda *_: (), like="bars")
