"""Boxes that stand things in lines: rows, columns, and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from scenes.parts.page.boxes import ACROSS, UPRIGHT, Box, Item, Point, Room, Trial, box_of
from scenes.parts.page.needs import GROUP, LINES, NEAR, Chain, Need, Sides, around

SHARE = {"left": 0.0, "top": 0.0, "centre": 0.5, "middle": 0.5, "right": 1.0, "bottom": 1.0}


def gaps_in(items: Sequence[object], gap: Need) -> list[Need]:
    """Return the gaps between things: the one that is said between two of them, or the usual one."""
    if not items or isinstance(items[0], Need) or isinstance(items[-1], Need):
        raise ValueError("things stand on both sides of a gap, and in a box there is at least one")
    return [a if isinstance(a, Need) else gap for a, b in pairwise(items) if not isinstance(b, Need)]


def put_aside(box: Box, trial: Trial, axis: int, at: Point, offsets: Point, sides: Room) -> None:
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
            put_aside(box, trial, self.axis, at, (offset, shift), (sides, cross))

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
