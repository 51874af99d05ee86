"""Boxes that stand things in lines: rows, columns, tables, and stations evenly apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from scenes.parts.page.boxes import ACROSS, UPRIGHT, Box, Choice, Item, Point, Room, Trial, box_of
from scenes.parts.page.needs import GROUP, LINES, NEAR, Chain, Need, Sides, around, fair, lowest

SHARE = {"left": 0.0, "top": 0.0, "centre": 0.5, "middle": 0.5, "right": 1.0, "bottom": 1.0}


def gaps_in(items: Sequence[object], gap: Need) -> list[Need]:
    """Return the gaps between things: the one that is said between two of them, or the usual one."""
    if not items or isinstance(items[0], Need) or isinstance(items[-1], Need):
        raise ValueError("things stand on both sides of a gap, and in a box there is at least one")
    return [a if isinstance(a, Need) else gap for a, b in pairwise(items) if not isinstance(b, Need)]


def _put(box: Box, trial: Trial, axis: int, at: Point, offsets: Point, sides: Room) -> None:
    """Place a box at offsets that are said along and across an axis, as are its sides."""
    if axis == ACROSS:
        box.put(trial, (at[0] + offsets[0], at[1] + offsets[1]), sides)
    else:
        box.put(trial, (at[0] + offsets[1], at[1] + offsets[0]), (sides[1], sides[0]))


class Row(Box):
    """Things side by side, their origins on one line, or aligned at top, middle or bottom.

    A gap between two of them may be said in its place, else it is ``gap``. What is ``equal`` has cells of one width.
    The row's own origin is that of the thing number ``anchor``, else of the first, or the left edge if that stretches.
    """

    axis = ACROSS

    def __init__(
        self,
        *items: Item | Need,
        gap: Need = NEAR,
        anchor: int | None = None,
        align: str = "origin",
        equal: bool = False,
    ) -> None:
        if align != "origin" and align not in SHARE:
            raise ValueError(f"align is one of origin, {', '.join(SHARE)}, not {align!r}")
        self.boxes = [box_of(item) for item in items if not isinstance(item, Need)]
        self.gaps, self.anchor, self.equal, self.share = gaps_in(items, gap), anchor, equal, SHARE.get(align)

    def inner(self) -> Iterator[Box]:
        """Yield the things in their order."""
        yield from self.boxes

    def _chain(self, trial: Trial) -> Chain:
        return Chain([trial.need(box, self.axis) for box in self.boxes], self.gaps, self.anchor, self.equal)

    def need(self, trial: Trial, axis: int) -> Need:
        """Return the sum along the line, the largest across it."""
        if axis == self.axis:
            return self._chain(trial).need()
        needs = [trial.need(box, axis) for box in self.boxes]
        if self.share is None:
            return around(needs)
        least, wish, grow = max(n.least for n in needs), max(n.wish for n in needs), max(n.grow for n in needs)
        return Need(*(share * n for n in (least, wish - least, grow) for share in (self.share, 1.0 - self.share)))

    def put(self, trial: Trial, at: Point, room: Room) -> None:
        """Place one behind another."""
        for box, (offset, sides) in zip(self.boxes, self._chain(trial).places(room[self.axis]), strict=True):
            shift, cross = self._aside(trial.need(box, 1 - self.axis), room[1 - self.axis])
            _put(box, trial, self.axis, at, (offset, shift), (sides, cross))

    def _aside(self, need: Need, room: Sides) -> tuple[float, Sides]:
        """Return how far beside the line a thing's origin stands, and its sides there."""
        if self.share is None:
            return 0.0, room
        shares = self.share, 1.0 - self.share
        size = min(side / share for side, share in zip(room, shares, strict=True) if share)
        sides = need.split(size if need.grow else min(size, max(need.wish, need.least)))
        return sides[0] - self.share * sum(sides), sides


class Column(Row):
    """Things under one another: in the middle, from the left, to the right, or with their origins under one another."""

    axis = UPRIGHT

    def __init__(
        self,
        *items: Item | Need,
        gap: Need = GROUP,
        anchor: int | None = None,
        align: str = "centre",
        equal: bool = False,
    ) -> None:
        super().__init__(*items, gap=gap, anchor=anchor, align=align, equal=equal)


def beside(item: Item, other: Item, side: Literal["left", "right", "above", "below"], gap: Need = NEAR) -> Box:
    """Return a thing with another at its side; the origin stays that of the first."""
    first = side in ("left", "above")
    line = Row if side in ("left", "right") else Column
    return line(*((other, item) if first else (item, other)), gap=gap, anchor=int(first), align="origin")


class Table(Box):
    """Cells in rows and columns, origins under one another: decimal points, beginnings of words, or middles."""

    def __init__(self, *rows: Sequence[Item | None], gap: Need = GROUP, lines: Need = LINES) -> None:
        self.rows = [[None if cell is None else box_of(cell) for cell in row] for row in rows]
        self.gaps = gap, lines

    def inner(self) -> Iterator[Box]:
        """Yield the cells row by row."""
        yield from (cell for row in self.rows for cell in row if cell)

    def _chain(self, trial: Trial, axis: int) -> Chain:
        lines = self.rows if axis == UPRIGHT else zip(*self.rows, strict=True)
        needs = [around(trial.need(cell, axis) for cell in line if cell) for line in lines]
        return Chain(needs, [self.gaps[axis]] * (len(needs) - 1))

    def need(self, trial: Trial, axis: int) -> Need:
        """Return the sum over columns or rows; the origin is that of the first cell."""
        return self._chain(trial, axis).need()

    def put(self, trial: Trial, at: Point, room: Room) -> None:
        """Place the cells."""
        columns, lines = (self._chain(trial, axis).places(room[axis]) for axis in (ACROSS, UPRIGHT))
        for row, (down, upright) in zip(self.rows, lines, strict=True):
            for cell, (right, across) in zip(row, columns, strict=True):
                if cell:
                    cell.put(trial, (at[0] + right, at[1] + down), (across, upright))


class Line(Choice):
    """Things at stations, or between them, on one level or, in turn, on up to ``levels``; `Stations` places them."""

    def __init__(
        self, items: Sequence[Item | None], first: float, levels: int, gap: Need, like: str, step: float = 1.0
    ) -> None:
        super().__init__(levels, like, 1)
        self.at = {first + i * step: box_of(item) for i, item in enumerate(items) if item is not None}
        self.gap = gap

    def inner(self) -> Iterator[Box]:
        """Yield the things in their order."""
        yield from self.at.values()

    def neighbours(self, levels: int) -> list[tuple[float, float]]:
        """Return the pairs of places that stand beside one another."""
        places = list(self.at)
        return [pair for i in range(levels) for pair in pairwise(places[i::levels])]

    def apart(self, trial: Trial, axis: int) -> float:
        """Return how far apart the stations must be for it, at least."""
        need = {place: trial.need(box, axis) for place, box in self.at.items()}
        rooms = [
            max((need[a].after + self.gap.least + need[b].before) / (b - a) for a, b in pairs) if pairs else 0.0
            for pairs in (self.neighbours(i + 1) for i in self.forms_in(trial))
        ]
        return min(rooms)

    def _levels(self, trial: Trial, axis: int, levels: int) -> Chain:
        one = around(trial.need(box, axis) for box in self.at.values())
        return Chain([one] * levels, [self.gap] * (levels - 1), 0)

    def need(self, trial: Trial, axis: int) -> Need:
        """Return how high it is; how long, only its stations know."""
        return lowest([self._levels(trial, axis, i + 1).need() for i in self.forms_in(trial)])

    def reach(self, trial: Trial, axis: int, apart: float, room: Sides) -> float:
        """Return how far from its origin each thing may reach along the line, if it can stretch."""
        half = {place: [trial.need(box, axis).half(side) for side in (0, 1)] for place, box in self.at.items()}
        levels = self.forms_in(trial)[0] + 1
        pairs = [fair([half[a][1], half[b][0]], (b - a) * apart - self.gap.least) for a, b in self.neighbours(levels)]
        ends = [fair([half[p][side]], room[side] + (p if side == 0 else -p) * apart) for p in half for side in (0, 1)]
        return min(pairs + ends)

    def put_at(self, trial: Trial, axis: int, at: Point, apart: float, room: Room) -> None:
        """Place the things at stations so far apart; the room is said along and across the axis."""
        reach, levels = self.reach(trial, axis, apart, room[0]), self.forms_in(trial)[0] + 1
        drops = self._levels(trial, 1 - axis, levels).places(room[1])
        for i, (place, box) in enumerate(self.at.items()):
            need, (drop, cross) = trial.need(box, axis), drops[i % levels]
            sides = tuple(min(n.wish, max(n.least, reach)) for n in (need.half(0), need.half(1)))
            _put(box, trial, axis, at, (place * apart, drop), ((sides[0], sides[1]), cross))

    def put(self, trial: Trial, at: Point, room: Room) -> None:
        """Refuse: on its own, a line has no stations."""
        raise TypeError("a line of things stands in Stations")


def on(*items: Item | None, levels: int = 1, gap: Need = NEAR, like: str = "") -> Line:
    """Return a line of things at the stations, None for none."""
    return Line(items, 0.0, levels, gap, like)


def between(*items: Item | None, levels: int = 1, gap: Need = NEAR, like: str = "") -> Line:
    """Return a line of things between the stations, such as gates and the plots under them."""
    return Line(items, 0.5, levels, gap, like)


def along(*items: Item | None, gap: Need = NEAR) -> Line:
    """Return a line of things at the stations and between them in turn, from the first station on."""
    return Line(items, 0.0, 1, gap, "", step=0.5)


def midway(item: Item, steps: int) -> Line:
    """Return a line of one thing in the middle of so many steps between stations, such as what a loop encloses."""
    return Line([item], steps / 2, 1, NEAR, "")


class Stations(Box):
    """Lines of things at stations that stand evenly apart: a network, a train, bars.

    Its origin is the first station on the line number ``anchor``. Farther apart than ``most`` they are not one thing.
    """

    def __init__(
        self, *lines: Line | Need, gap: Need = GROUP, most: float = 3.0, anchor: int | None = None, axis: int = ACROSS
    ) -> None:
        self.lines = [line for line in lines if not isinstance(line, Need)]
        self.gaps = gaps_in(lines, gap)
        self.most, self.anchor, self.axis = most, anchor, axis
        self.steps = max(place for line in self.lines for place in line.at)

    def inner(self) -> Iterator[Box]:
        """Yield the lines."""
        yield from self.lines

    def _along(self, trial: Trial) -> tuple[float, float, float]:
        """How far apart the stations must be, and what then lies before the first and behind the last."""
        apart = max(line.apart(trial, self.axis) for line in self.lines)
        needs = [(place, trial.need(box, self.axis)) for line in self.lines for place, box in line.at.items()]
        before = max(n.before - place * apart for place, n in needs)
        return apart, max(0.0, before), max(0.0, *(n.after - (self.steps - place) * apart for place, n in needs))

    def need(self, trial: Trial, axis: int) -> Need:
        """Return the length of all stations from the first one's origin, or the height of all lines."""
        if axis != self.axis:
            return self._across(trial).need()
        apart, before, after = self._along(trial)
        return Need(before, apart * self.steps + after, 0.0, max(0.0, self.most - apart) * self.steps)

    def _across(self, trial: Trial) -> Chain:
        return Chain([trial.need(line, 1 - self.axis) for line in self.lines], self.gaps, self.anchor)

    def put(self, trial: Trial, at: Point, room: Room) -> None:
        """Place the lines, all at the same stations."""
        apart, _, after = self._along(trial)
        if self.steps:
            apart = max(apart, min(self.most, (room[self.axis][1] - after) / self.steps))
        lines = self._across(trial).places(room[1 - self.axis])
        for line, (offset, sides) in zip(self.lines, lines, strict=True):
            start = (at[0], at[1] + offset) if self.axis == ACROSS else (at[0] + offset, at[1])
            line.put_at(trial, self.axis, start, apart, (room[self.axis], sides))
