"""The radii of a train as bars on one baseline under their gears, each with its number and its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Scale
from scenes.parts.page import NEAR, Form, Need, Place
from scenes.parts.page.near import apart
from scenes.parts.page.needs import SLACK
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import FINE, LABEL, VALUE
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.decor import Decor
from scenes.parts.things.gear_train import WITHIN
from scenes.parts.things.letters import LOWEST, live, number, symbol
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.shapes import rectangle
from scenes.parts.things.stave import WIDE, Stave
from scenes.parts.things.wire import leader

__all__ = ["RadiusBars"]

Array = npt.NDArray[np.float64]
_NAME: Final = 0.14  # from the baseline to the name on its other side, and on to the number
_APART: Final = 0.06  # between what stands at one bar and at the next
_TAGS: Final = 0.2  # so much farther apart are two tags, which would be read as one
_OVER: Final = 0.17  # from a gear down to what stands under it
_TAG: Final = 0.16  # from a bar or its name to the top of what stands under it
_CLEAR, _SHORTEST = 0.08, 0.15  # between a gear or a bar and what leads from one to the other; how long that is
_FAR: Final = 0.6  # nothing leads to a bar that stands farther aside
_LINE, _MOST_LINES = 0.42, 3  # from one line of numbers to the next; bars stand so far apart that so many are enough
_NAMES_APART: Final = 0.1  # between names over numbers on lines of their own
_PAST: Final = 0.2  # of the baseline beyond the outer bars
_BESIDE, _LOWEST = 0.12, 0.08  # from a bar to its number beside it; how far that stands over the baseline, at least
_LOW, _NEARER = 0.08, 0.09  # under all of it; by how much it stands nearer to the gears where there is little room
_MOVED: Final = 0.1  # so near their gears bars stand whose numbers are beside them, or the numbers go under the names
_ASIDE: Final = VALUE + _TAG + LABEL  # number and tag beside a bar, one under the other
_NAMED: Final = _NAME + LABEL + _NAME + VALUE  # name and number, from the baseline on


class RadiusBars:
    """Bars as long as the radii over them, in the same scale; each has its number beside it, or under its name.

    Parameters
    ----------
    names
        Quantities whose magnitudes are the radii.
    columns, below
        Where each gear stands, x from the origin of the train, and how far it reaches down from the hub line.
    moments
        The numbers of each on the way of a sweep; there is room for all of them.
    tags
        What else stands at some of the bars, by their places: beside a long one that hangs, or is the last, under its
        number, else under the lower of bar and name; nowhere, if there is no room for it.
    sweep, prefix
        What moves them, and what stands before their names there.
    """

    def __init__(
        self,
        pen: Pen,
        names: Sequence[str],
        *,
        scale: str,
        columns: Sequence[float],
        below: Sequence[float],
        moments: Sequence[Sequence[float]],
        tags: Mapping[int, Part] | None = None,
        sweep: Sweep | None = None,
        prefix: str = "moving_",
        called: str = "bars",
    ) -> None:
        self.pen, self.names, self.scale, self.columns = pen, tuple(names), scale, np.array(columns)
        self.tags, self.below, self.live = dict(tags or {}), tuple(below), sweep is not None
        self.sources = [sweep[f"{prefix}{name}"] if sweep else pen.quantities[name] for name in names]
        rows = np.array(moments) * pen.scales[scale].per_unit
        self.up, self.down = np.maximum(rows, 0).max(axis=0), np.maximum(-rows, 0).max(axis=0)
        ways = zip(self.names, np.array(moments).T.tolist(), strict=True)
        self.numbers = [
            live(pen, sweep[f"{prefix}{n}"], way, called=f"{called} {n}")
            if sweep
            else number(pen, n, called=f"{called} {n}")
            for n, way in ways
        ]
        self.symbols = [symbol(pen, n, height=LABEL, called=f"{called} name {n}") for n in names]
        self.beside = self.last_aside = False
        self.levels, self.places, self.needs = self._spread()
        self.beside = self.beside and not self.levels
        self.tags = {} if self._tags_meet() else self.tags
        self._named = _NAME + LABEL if self.beside else _NAMED
        self.drop = float(np.max(np.array(below) + _OVER + np.where(self.down > 0, self._named, 0.0) + self.up))
        self.part = Part(called, *self._forms(), draw=self._draw, like="bars")
        self.staves: list[Stave] = []

    def _spread(self) -> tuple[int, Array, list[Need]]:
        """Return on how many lines the numbers stand, 0 with the bars; where each bar stands, and its room."""
        names, numbers = ([part.form.across for part in parts] for parts in (self.symbols, self.numbers))
        middles = [max(WIDE, name.least) / 2 for name in names]
        for self.beside, self.last_aside in ((True, True), (True, False), (False, False)):
            aside = [self._aside(i) if self.beside else 0.0 for i in range(len(names))]
            widths = zip(middles, aside, numbers, strict=True)
            sides = [(m, max(m, a)) if self.beside else (max(m, n.least / 2),) * 2 for m, a, n in widths]
            under = [
                Need(max(a, t), max(b, t))
                for (a, b), t in zip(sides, map(self._tagged, range(len(sides))), strict=True)
            ]
            places = np.array(apart(self.columns.tolist(), under, _APART, WITHIN))
            fits = max(under[0].before - places[0], under[-1].after + places[-1]) <= WITHIN
            if fits and (not self.beside or np.abs(places - self.columns).max() < _MOVED):
                return 0, places, under
        nodes = (name.removeprefix("dL_d") for name in self.names)  # shorter, where there are many
        self.symbols = [
            symbol(self.pen, n, height=LABEL, called=part.name) for n, part in zip(nodes, self.symbols, strict=True)
        ]
        short = [part.form.across.least / 2 for part in self.symbols]
        widest = max(n.least for n in numbers)
        least = ((widest + NEAR.least) / _MOST_LINES - _NAMES_APART) / 2
        room = [Need(each, each) for each in (max(each, least) for each in short)]
        places = np.array(apart(self.columns.tolist(), room, _NAMES_APART, WITHIN - widest / 2 + room[0].before))
        step = float(np.diff(places).min()) if len(places) > 1 else widest
        halves = [max(name, n.least / 2) for name, n in zip(short, numbers, strict=True)]
        return max(1, int(np.ceil((widest + NEAR.least) / step - SLACK))), places, [Need(half, half) for half in halves]

    def _reach(self) -> tuple[float, float]:
        """Return how far bars and numbers reach to the left and to the right of the origin."""
        past = WIDE / 2 + _PAST
        pairs = list(zip(self.needs, self.places.tolist(), strict=True))
        left, right = max(n.before - x for n, x in pairs), max(n.after + x for n, x in pairs)
        return max(left, past - pairs[0][1]), max(right, past + pairs[-1][1])

    def _forms(self) -> list[Form]:
        """Return what it needs: with its tags, and without, a little nearer to the gears."""
        left, right = self._reach()
        tags = max((self._under(i) + LABEL * LOWEST for i in self.tags), default=0.0)
        upward = (self.up > 0).any() or not self.down.any()
        names = LABEL + _NAME if upward else 0.0
        deep = max(float(self.down.max()), names if self.levels or self.beside else _NAMED)
        deep = max(deep, self._deepest + self.levels * _LINE if self.levels else 0.0)
        return [
            Form.fixed(left, right, 0.0, self.drop + max(deep, tags) + _LOW),
            Form.fixed(left, right, 0.0, self.drop - _NEARER + deep + _LOW / 3),
        ]

    def _tagged(self, i: int) -> float:
        """Return half of how wide the tag under a bar is."""
        under = i in self.tags and not self._has_aside(i)
        return self.tags[i].form.across.least / 2 + _TAGS / 2 if under else 0.0

    def _tags_meet(self) -> bool:
        """Return whether two tags under lines of numbers would be read as one, or lie over one another."""
        sides = [(self.places[i], self.tags[i].form.across.least / 2 + _TAGS / 2) for i in sorted(self.tags)]
        return self.levels > 0 and any(b - a < left + right for (a, left), (b, right) in pairwise(sides))

    def _has_aside(self, i: int) -> bool:
        """Return whether the tag of a bar stands beside it, under its number: if it hangs so deep, or is the last."""
        last = self.last_aside and i == len(self.names) - 1 and float(self.up[i]) > _ASIDE + 2 * _LOWEST
        return self.beside and (last or float(self.down[i]) / 2 > VALUE / 2 + _TAG + LABEL)

    def _aside(self, i: int) -> float:
        """Return how far what stands beside a bar reaches to the right of its middle."""
        parts = [self.numbers[i], *([self.tags[i]] if i in self.tags and self._has_aside(i) else [])]
        return WIDE / 2 + _BESIDE + max(part.form.across.least for part in parts)

    def _under(self, i: int) -> float:
        """Return how far under the baseline the tag of a bar stands: under its number, its name, or its tip."""
        if self.levels:
            return self._deepest + _NAME + VALUE + (self.levels - 1) * _LINE + _TAG + LABEL
        if self._has_aside(i):
            return _TAG + LABEL - self._height(i)
        named = _NAME + LABEL if self.beside else _NAMED
        return (float(self.down[i]) if self.down[i] > 0 else named) + _TAG + LABEL

    @property
    def _deepest(self) -> float:
        """How far under the baseline bars and names reach."""
        return max(float(self.down.max()), LABEL + _NAME)

    def _draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        theme, line = self.pen.theme, place.y - self.drop + (_NEARER if place.form else 0.0)
        xs = (self.places + place.x).tolist()
        colour = theme.colour("gradient")
        for source, x in zip(self.sources, xs, strict=True):
            self.staves.append(Stave(source, scales[self.scale], origin=(x, line), theme=theme, colour=colour))
        self.leaders = {} if self.live else self._leaders(place, xs, line)
        self.baseline = self._line(xs[0] - WIDE / 2 - _PAST, xs[-1] + WIDE / 2 + _PAST, line)
        if place.form:
            self.tags = {}
        for i, (x, each, name) in enumerate(zip(xs, self.numbers, self.symbols, strict=True)):
            name.put(_at(name.name, x, line + _NAME if self.down[i] > 0 else line - _NAME - LABEL), scales)
            right, y = x + WIDE / 2 + _BESIDE, line + self._height(i)
            each.put(_at(each.name, _from_left(right, each) if self.beside else _middle(x, each), y), scales)
            if i in self.tags:
                tag = self.tags[i]
                at = _from_left(right, tag) if self._has_aside(i) else _middle(x, tag)
                tag.put(_at(tag.name, at, line - self._under(i)), scales)
        return [self.baseline, *self.staves]

    def _height(self, i: int) -> float:
        """Return how far over the baseline the number of a bar stands."""
        if self.levels:
            return -self._deepest - _NAME - VALUE - (i % self.levels) * _LINE
        if not self.beside:
            return _NAMED - VALUE if self.down[i] > 0 else -_NAMED
        if self.down[i] > 0:
            return -max(float(self.down[i]) / 2 + VALUE / 2, VALUE + _NAME)
        if i in self.tags and self._has_aside(i):
            return (float(self.up[i]) + _ASIDE) / 2 - VALUE
        return max(float(self.up[i]) / 2 - VALUE / 2, _LOWEST)

    def _leaders(self, place: Place, bars: Sequence[float], line: float) -> dict[int, Decor]:
        """Return what leads from each gear down to its bar, or to the name over it, where they are apart."""
        found = {}
        for i, (bar, below, up, down) in enumerate(zip(bars, self.below, self.up, self.down, strict=True)):
            high = abs(self.pen.quantities[self.names[i]].number) * self.pen.scales[self.scale].per_unit if up else 0.0
            x, top = place.x + float(self.columns[i]), line + (self._named if down > 0 else high) + _CLEAR
            foot = place.y - below - _CLEAR
            others = [(at - n.before, at + n.after) for at, n in zip(bars, self.needs, strict=True) if at != bar]
            free = not any(left < x < right for left, right in others)
            if abs(x - bar) < (_FAR if free else WIDE / 2) and foot - top > _SHORTEST:
                found[i] = leader(self.pen.theme, (x, foot), (bar, top))
        return found

    def _line(self, left: float, right: float, y: float) -> Decor:
        bar = rectangle(np.array([left, y, 0.0]), np.array([right, y, 0.0]), FINE)
        return Decor([Paint(self.pen.theme.colour("quiet"))], [bar])

    @property
    def everything(self) -> list[Shown]:
        """All that it is made of, but the tags."""
        labels = (shown for i in range(len(self.staves)) for shown in self.labels(i))
        return [self.baseline, *self.staves, *labels]

    def labels(self, i: int) -> list[Shown]:
        """Return name and number of one of the bars, and what leads to it."""
        return [*self.symbols[i].shown, *self.numbers[i].shown, *([self.leaders[i]] if i in self.leaders else ())]

    @property
    def said(self) -> list[Shown]:
        """The tags, from left to right."""
        return [shown for i in sorted(self.tags) for shown in self.tags[i].shown]


def _middle(x: float, part: Part) -> float:
    """Return where the origin of a part lies whose middle is at x."""
    across = part.form.across
    return x + (across.before - across.after) / 2


def _from_left(left: float, part: Part) -> float:
    """Return where the origin of a part lies whose left end is there."""
    across = part.form.across
    return left + across.before


def _at(name: str, x: float, y: float) -> Place:
    return Place(name, x, y, 0.0, 0.0, 0.0, 0.0)
