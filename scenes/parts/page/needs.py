"""What things need: how far each reaches from its origin, at least and as it would like; and how room is shared.

Lengths are frame units. Along an axis a thing lies *before* and *after* its origin: left and right, or above and below.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

SLACK = 1e-9  # less than this is rounding

Sides = tuple[float, float]
Scales = Mapping[str, float]


class Need(NamedTuple):
    """Room before and after an origin: at least, how much more it would like, and its shares of what is left over.

    Examples
    --------
    >>> Need(1.0, 2.0, more_after=0.5).wish, Need(1.0, 2.0).split(4.0)
    (3.5, (1.5, 2.5))
    """

    before: float = 0.0
    after: float = 0.0
    more_before: float = 0.0
    more_after: float = 0.0
    grow_before: float = 0.0
    grow_after: float = 0.0

    @property
    def least(self) -> float:
        """The smallest size."""
        return self.before + self.after

    @property
    def wish(self) -> float:
        """The size it would like."""
        return self.before + self.after + self.more_before + self.more_after

    @property
    def grow(self) -> float:
        """Its share of what is left over."""
        return self.grow_before + self.grow_after

    def half(self, side: int) -> Need:
        """Return what lies on one side of the origin, 0 before and 1 after it, as a thing that begins at its origin."""
        return Need(0.0, self[side], 0.0, self[2 + side], 0.0, self[4 + side])

    def fit(self, sides: Sides) -> Sides:
        """Return what it takes of the room on its two sides."""
        before, after = (
            room if self[4 + side] else min(room, self[side] + self[2 + side]) for side, room in enumerate(sides)
        )
        return before, after

    def split(self, size: float) -> Sides:
        """Return the two sides of a size; what is beyond the wish lies half before, half after it."""
        before, after = shared([self.half(0), self.half(1)], size)
        spare = max(0.0, size - before - after) / 2
        return before + spare, after + spare


_LEAST, _WISH, _GROW = attrgetter("least"), attrgetter("wish"), attrgetter("grow")


def gap(least: float, wish: float | None = None) -> Need:
    """Return the need of a gap: of a fixed size, or with a wish."""
    return Need(0.0, least, 0.0, 0.0 if wish is None else wish - least)


SPRING = Need(0.0, 0.45, grow_after=1.0)  # pushes what stands on its two sides to the ends of a line
TOUCH, LABEL, LINES = gap(0.0), gap(0.30 - 0.185), gap(0.45 - 0.225)  # to the baseline below it 0.30 and 0.45
ROWS = gap(0.035, 0.45 - 0.225)  # rows of a table, as near as they must
LOOSE = gap(0.12, 0.40)  # as far apart as there is room
NEAR, GROUP = gap(0.25, 0.40), gap(0.45, 0.60)  # wishes below what a plot needs at least: a plot grows after the gaps


def around(needs: Iterable[Need]) -> Need:
    """Return the need of things that share one origin."""
    each = list(needs) or [Need()]
    before, after = max(n.before for n in each), max(n.after for n in each)
    wishes = max(n.before + n.more_before for n in each), max(n.after + n.more_after for n in each)
    return Need(
        before,
        after,
        wishes[0] - before,
        wishes[1] - after,
        max(n.grow_before for n in each),
        max(n.grow_after for n in each),
    )


def lowest(needs: Sequence[Need]) -> Need:
    """Return what the least demanding of several needs asks on each side: a bound from below while a choice is open."""
    return needs[0] if len(needs) == 1 else Need(min(n.before for n in needs), min(n.after for n in needs))


def fair(needs: Sequence[Need], room: float) -> float:
    """Return the size to which the overlarge are cut so that all fit: infinite if nothing need be cut.

    Examples
    --------
    >>> plot, name = Need(0.0, 1.4, 0.0, 2.0), Need(0.0, 1.0)
    >>> fair([name, plot, plot], 6.0), fair([name, plot, plot], 9.0)
    (2.5, inf)
    """
    level, used, rising = 0.0, sum(n.least for n in needs), 0
    turns = ((n.least, n.wish) for n in needs if n.wish > n.least)
    for at, change in sorted(turn for least, wish in turns for turn in ((least, 1), (wish, -1))):
        if rising and used + rising * (at - level) > room:
            return level + (room - used) / rising
        level, used, rising = at, used + rising * (at - level), rising + change
    return math.inf


def shared(needs: Sequence[Need], room: float) -> list[float]:
    """Return the sizes of things in a room: their wishes and what grows if they fit, else the overlarge are cut."""
    spare, grow = room - sum(n.wish for n in needs), sum(n.grow for n in needs)
    if spare >= 0.0:
        return [n.wish + (spare * n.grow / grow if grow else 0.0) for n in needs]
    level = fair(needs, room)
    return [min(n.wish, max(n.least, level)) for n in needs]


class Chain(NamedTuple):
    """Things one behind another with gaps between them, ``equal`` ones in cells of one size.

    Its origin is that of the thing number ``anchor``; if none is said, that of the first, or its edge if it stretches.
    """

    needs: Sequence[Need]
    gaps: Sequence[Need]
    anchor: int | None = None
    equal: bool = False

    def _cells(self) -> list[Need]:
        """Return what things and gaps need in turn; what has a cell of its own is placed from where the cell begins."""
        cells = list(self.needs)
        if self.equal:
            least, wish = max(n.least for n in cells), max(n.wish for n in cells)
            cells = [Need(0.0, least, 0.0, wish - least, 0.0, n.grow) for n in cells]
        elif self.anchor is None and (cells[0].grow or cells[0].wish > cells[0].least):
            least, wish = cells[0].least, cells[0].wish
            cells[0] = Need(0.0, least, 0.0, wish - least, 0.0, cells[0].grow)
        return [cells[0], *(n for both in zip(self.gaps, cells[1:], strict=True) for n in both)]

    def need(self) -> Need:
        """Return the need of all of them."""
        cells, at = self._cells(), 2 * (self.anchor or 0)
        sides = [*cells[:at], cells[at].half(0)], [cells[at].half(1), *cells[at + 1 :]]
        least, wish, grow = ([sum(map(of, side)) for side in sides] for of in (_LEAST, _WISH, _GROW))
        return Need(*[*least, wish[0] - least[0], wish[1] - least[1], *grow])

    def places(self, room: Sides) -> list[tuple[float, Sides]]:
        """Return where the things have their origins, seen from that of the chain, and their sides."""
        cells, at = self._cells(), 2 * (self.anchor or 0)
        before = shared([*cells[:at], cells[at].half(0)], room[0])
        after = shared([cells[at].half(1), *cells[at + 1 :]], room[1])
        sizes = [*before[:-1], before[-1] + after[0], *after[1:]]
        edge, found = -sum(before), list[tuple[float, Sides]]()
        for i, size in enumerate(sizes):
            if i % 2 == 0:
                own = i == at and cells[i] is self.needs[i // 2]
                sides = (before[-1], after[0]) if own else self.needs[i // 2].split(size)
                found.append((edge + sides[0], sides))
            edge += size
        return found


class Form(NamedTuple):
    """One form of a thing: what it needs across and upright.

    Examples
    --------
    >>> Form.fixed(left=0.4, right=0.4, up=0.2).across.least
    0.8
    >>> Form.stretch(width=(1.4, 3.0), height=(1.4, 2.0)).across.wish
    3.0
    """

    across: Need
    upright: Need

    @classmethod
    def fixed(cls, left: float = 0.0, right: float = 0.0, up: float = 0.0, down: float = 0.0) -> Form:
        """Return the form of a thing of one size, such as a text."""
        return cls(Need(left, right), Need(up, down))

    @classmethod
    def stretch(cls, width: Sides, height: Sides, origin: Sides = (0.5, 0.0)) -> Form:
        """Return the form of a plot or the like: at least and at most; its origin as shares."""
        spans = [(a * least, (1 - a) * least, a * (wish - least), (1 - a) * (wish - least))
                 for a, (least, wish) in zip(origin, (width, height), strict=True)]  # fmt: skip
        return cls(Need(*spans[0]), Need(*spans[1]))

    @classmethod
    def widest(cls, *forms: Form) -> Form:
        """Return the form that has room for each of these, such as a live number at its widest moment."""
        return cls(around(f.across for f in forms), around(f.upright for f in forms))


Measure = Callable[[Scales], Form]  # a form whose size follows from scales, by their names
