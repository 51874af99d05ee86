"""Boxes: what stands beside, above, under and inside what. They ask what their things need and share out their room.

Nothing is tried here: a `Trial` says which forms and scales hold, needs follow from it, and places from needs.
Inside, y runs downward, as one reads; the places that come out are the frame's.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, Protocol, TypeAlias

from scenes.parts.page.needs import (
    GROUP,
    LINES,
    NEAR,
    Form,
    Measure,
    Need,
    Place,
    Scales,
    Sides,
    along,
    around,
    fair,
    lowest,
    spread,
)

ACROSS, UPRIGHT = 0, 1
SHARE = {"left": 0.0, "top": 0.0, "centre": 0.5, "middle": 0.5, "right": 1.0, "bottom": 1.0}
Point = tuple[float, float]
Room = tuple[Sides, Sides]


class Part(Protocol):
    """What can be laid out: it has a name of its own and says what it needs in each of its forms, richest first."""

    @property
    def name(self) -> str:
        """By which its place is found."""

    @property
    def forms(self) -> Sequence[Form | Measure]:
        """What it needs, or how that follows from scales."""


@dataclass
class Trial:
    """Which forms are still open, and the scales; each need is asked once. ``grown`` is a leaf that is made larger."""

    open: Mapping[str, tuple[int, ...]]
    scales: Scales
    grown: tuple[str, float] = ("", 1.0)
    beats: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    asked: dict[tuple[int, int], Need] = field(default_factory=dict)

    def need(self, box: Box, axis: int) -> Need:
        """Return what a box needs along an axis; while a choice is open, a bound from below."""
        key = id(box), axis
        if key not in self.asked:
            self.asked[key] = box.need(self, axis)
        return self.asked[key]


class Box(ABC):
    """Anything that takes up room."""

    beats: tuple[str, ...] = ()

    @abstractmethod
    def need(self, trial: Trial, axis: int) -> Need:
        """Return how far it reaches from its origin, across (0) or upright (1)."""

    @abstractmethod
    def put(self, trial: Trial, at: Point, room: Room) -> None:
        """Place it with its origin there, in a room that has at least what it needs."""

    def inner(self) -> Iterator[Box]:
        """Yield the boxes in it."""
        yield from ()


Item: TypeAlias = "Box | Part"


class Choice(Box):
    """What has several forms, the richest first; all that are ``like`` one another have the same."""

    def __init__(self, count: int, like: str, cost: int) -> None:
        """Remember how many forms there are, and how much a step to a poorer one counts."""
        self.count, self.cost, self.key = count, cost, like or f"#{id(self)}"

    def forms_in(self, trial: Trial) -> list[int]:
        """Return the forms that are still open."""
        return sorted({min(i, self.count - 1) for i in trial.open.get(self.key, (0,))})


class Leaf(Choice):
    """A thing with a name, in one or several forms; in which beats it is shown (none named: in all)."""

    def __init__(self, name: str, *forms: Form | Measure, like: str = "", cost: int = 1) -> None:
        if not name or not forms:
            raise ValueError(f"a leaf needs a name and a form, has {name!r} and {len(forms)} forms")
        super().__init__(len(forms), like or name, cost)
        self.name, self.forms = name, forms

    def need(self, trial: Trial, axis: int) -> Need:
        """Return the need of its form, or the lowest of those that are open."""
        needs = [(f if isinstance(f := self.forms[i], Form) else f(trial.scales))[axis] for i in self.forms_in(trial)]
        name, by = trial.grown
        return lowest(needs) if name != self.name else Need(*(by * n for n in lowest(needs)))

    def put(self, trial: Trial, at: Point, room: Room) -> None:
        """Note its place, and of the room what it takes."""
        across, upright = (trial.need(self, axis).fit(room[axis]) for axis in (ACROSS, UPRIGHT))
        self.note(trial, at, (across, upright))

    def note(self, trial: Trial, at: Point, sides: Room) -> None:
        """Note its place in the frame."""
        form, beats = self.forms_in(trial)[0], trial.beats.get(self.name, ())
        trial.places[self.name] = Place(self.name, at[0], -at[1], *sides[0], *sides[1], form, beats)


def box_of(item: Item) -> Box:
    """Return a box as it is, a part as a leaf."""
    return item if isinstance(item, Box) else Leaf(item.name, *item.forms)


class Either(Choice):
    """One of several boxes, the richest first."""

    def __init__(self, *forms: Item, like: str = "", cost: int = 1) -> None:
        super().__init__(len(forms), like, cost)
        self.boxes = [box_of(form) for form in forms]

    def inner(self) -> Iterator[Box]:
        """Yield all of them."""
        yield from self.boxes

    def need(self, trial: Trial, axis: int) -> Need:
        """Return the need of the chosen one, or the lowest of those that are open."""
        return lowest([trial.need(self.boxes[i], axis) for i in self.forms_in(trial)])

    def put(self, trial: Trial, at: Point, room: Room) -> None:
        """Place the chosen one."""
        self.boxes[self.forms_in(trial)[0]].put(trial, at, room)


class Over(Box):
    """Things that share one origin, such as a dial and the ribbon through it; ``beats`` hold for all of them."""

    def __init__(self, *items: Item, beats: Sequence[str] = ()) -> None:
        self.boxes, self.beats = [box_of(item) for item in items], tuple(beats)

    def inner(self) -> Iterator[Box]:
        """Yield them in their order."""
        yield from self.boxes

    def need(self, trial: Trial, axis: int) -> Need:
        """Return what the largest of them needs on each side."""
        return around(trial.need(box, axis) for box in self.boxes)

    def put(self, trial: Trial, at: Point, room: Room) -> None:
        """Place all of them there."""
        for box in self.boxes:
            box.put(trial, at, room)


class Slot(Over):
    """Things that stand in one place at different times: what says its beats shares none with the others."""


def during(item: Item, *beats: str) -> Box:
    """Return what is shown in these beats alone."""
    return Over(item, beats=beats)


class Row(Box):
    """Things side by side, their origins on one line, or aligned at top, middle or bottom.

    Its own origin is that of the thing number ``anchor``. What is ``equal`` has cells of one width, such as plots.
    """

    axis = ACROSS

    def __init__(
        self, *items: Item, gap: Need = NEAR, anchor: int = 0, align: str = "origin", equal: bool = False
    ) -> None:
        if align != "origin" and align not in SHARE:
            raise ValueError(f"align is one of origin, {', '.join(SHARE)}, not {align!r}")
        self.boxes, self.gap, self.equal = [box_of(item) for item in items], gap, equal
        self.anchor, self.share = anchor % max(1, len(items)), SHARE.get(align)

    def inner(self) -> Iterator[Box]:
        """Yield the things in their order."""
        yield from self.boxes

    def _needs(self, trial: Trial) -> list[Need]:
        """Return the needs of things and gaps in turn; equal things have cells that begin at their origins."""
        needs = [trial.need(box, self.axis) for box in self.boxes] or [Need()]
        if self.equal:
            least, wish = max(n.least for n in needs), max(n.wish for n in needs)
            needs = [Need(0.0, least, 0.0, wish - least, n.grow) for n in needs]
        return [n for need in needs for n in (self.gap, need)][1:]

    def need(self, trial: Trial, axis: int) -> Need:
        """Return the sum along the line, the largest across it."""
        if axis == self.axis:
            return along(self._needs(trial), 2 * self.anchor)
        needs = [trial.need(box, axis) for box in self.boxes]
        if self.share is None:
            return around(needs)
        least, wish = max(n.least for n in needs), max(n.wish for n in needs)
        a, b = self.share, 1.0 - self.share
        return Need(a * least, b * least, a * (wish - least), b * (wish - least), max(n.grow for n in needs))

    def put(self, trial: Trial, at: Point, room: Room) -> None:
        """Place one behind another."""
        places = spread(self._needs(trial), 2 * self.anchor, room[self.axis])[::2]
        for box, (offset, sides) in zip(self.boxes, places, strict=True):
            if self.equal:
                own = trial.need(box, self.axis).split(sum(sides))
                offset, sides = offset - sides[0] + own[0], own
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
        self, *items: Item, gap: Need = GROUP, anchor: int = 0, align: str = "centre", equal: bool = False
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

    def _needs(self, trial: Trial, axis: int) -> list[Need]:
        lines = self.rows if axis == UPRIGHT else zip(*self.rows, strict=True)
        needs = [around(trial.need(cell, axis) for cell in line if cell) for line in lines]
        return [n for need in needs for n in (self.gaps[axis], need)][1:]

    def need(self, trial: Trial, axis: int) -> Need:
        """Return the sum over columns or rows; the origin is that of the first cell."""
        return along(self._needs(trial, axis))

    def put(self, trial: Trial, at: Point, room: Room) -> None:
        """Place the cells."""
        columns, lines = (spread(self._needs(trial, axis), 0, room[axis])[::2] for axis in (ACROSS, UPRIGHT))
        for row, (down, upright) in zip(self.rows, lines, strict=True):
            for cell, (right, across) in zip(row, columns, strict=True):
                if cell:
                    cell.put(trial, (at[0] + right, at[1] + down), (across, upright))


class Line(Choice):
    """Things at stations, or between them, on one level or, in turn, on up to ``levels``; `Stations` places them."""

    def __init__(self, items: Sequence[Item | None], first: float, levels: int, gap: Need, like: str) -> None:
        super().__init__(levels, like, 1)
        self.at = {first + i: box_of(item) for i, item in enumerate(items) if item is not None}
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

    def _levels(self, trial: Trial, axis: int, levels: int) -> list[Need]:
        one = around(trial.need(box, axis) for box in self.at.values())
        return [n for _ in range(levels) for n in (self.gap, one)][1:]

    def need(self, trial: Trial, axis: int) -> Need:
        """Return how high it is; how long, only its stations know."""
        return lowest([along(self._levels(trial, axis, i + 1)) for i in self.forms_in(trial)])

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
        drops = spread(self._levels(trial, 1 - axis, levels), 0, room[1])[::2]
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


class Stations(Box):
    """Lines of things at stations that stand evenly apart: a network, a train, bars.

    Its origin is the first station on the line number ``anchor``. Farther apart than ``most`` they are not one thing.
    """

    def __init__(self, *lines: Line, gap: Need = GROUP, most: float = 3.0, anchor: int = 0, axis: int = ACROSS) -> None:
        self.lines, self.gap, self.most, self.anchor, self.axis = lines, gap, most, anchor % len(lines), axis
        self.steps = max(place for line in lines for place in line.at)

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
            return along(self._across(trial), 2 * self.anchor)
        apart, before, after = self._along(trial)
        return Need(before, apart * self.steps + after, 0.0, max(0.0, self.most - apart) * self.steps)

    def _across(self, trial: Trial) -> list[Need]:
        return [n for line in self.lines for n in (self.gap, trial.need(line, 1 - self.axis))][1:]

    def put(self, trial: Trial, at: Point, room: Room) -> None:
        """Place the lines, all at the same stations."""
        apart, _, after = self._along(trial)
        if self.steps:
            apart = max(apart, min(self.most, (room[self.axis][1] - after) / self.steps))
        lines = spread(self._across(trial), 2 * self.anchor, room[1 - self.axis])[::2]
        for line, (offset, sides) in zip(self.lines, lines, strict=True):
            start = (at[0], at[1] + offset) if self.axis == ACROSS else (at[0] + offset, at[1])
            line.put_at(trial, self.axis, start, apart, (room[self.axis], sides))


class Pad(Box):
    """A thing with room around it; with a ``name`` its frame is a thing, too, with ``grow`` it takes what is left."""

    def __init__(
        self, item: Item, across: float = 0.0, upright: float = 0.0, name: str = "", grow: bool = False
    ) -> None:
        self.box, self.pads, self.grow = box_of(item), (across, upright), float(grow)
        self.frame = Leaf(name, Form.fixed()) if name else None

    def inner(self) -> Iterator[Box]:
        """Yield the frame, if it is a thing, and what is in it."""
        yield from (box for box in (self.frame, self.box) if box)

    def need(self, trial: Trial, axis: int) -> Need:
        """Return what the thing needs, and the padding."""
        n, pad = trial.need(self.box, axis), self.pads[axis]
        return Need(n.before + pad, n.after + pad, n.more_before, n.more_after, max(n.grow, self.grow))

    def put(self, trial: Trial, at: Point, room: Room) -> None:
        """Place the thing, in the middle of what it takes, and its frame close around it."""
        needs = [trial.need(self.box, axis) for axis in (ACROSS, UPRIGHT)]
        free = [(before - pad, after - pad) for (before, after), pad in zip(room, self.pads, strict=True)]
        inner = [n.split(sum(f)) if self.grow else n.fit(f) for n, f in zip(needs, free, strict=True)]
        if self.grow:
            at = at[0] - free[0][0] + inner[0][0], at[1] - free[1][0] + inner[1][0]
        if self.frame:
            near = [n.fit(sides) for n, sides in zip(needs, inner, strict=True)]
            (left, right), (up, down) = ((b + pad, a + pad) for (b, a), pad in zip(near, self.pads, strict=True))
            self.frame.note(trial, at, ((left, right), (up, down)))
        self.box.put(trial, at, (inner[0], inner[1]))


def _put(box: Box, trial: Trial, axis: int, at: Point, offsets: Point, sides: Room) -> None:
    """Place a box at offsets that are said along and across an axis, as are its sides."""
    if axis == ACROSS:
        box.put(trial, (at[0] + offsets[0], at[1] + offsets[1]), sides)
    else:
        box.put(trial, (at[0] + offsets[1], at[1] + offsets[0]), (sides[1], sides[0]))
