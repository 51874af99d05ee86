"""Boxes that stand things at stations evenly apart, or between them: a network, a train, bars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product

from scenes.parts.page.boxes import ACROSS, Box, Choice, Item, Point, Room, Trial, box_of
from scenes.parts.page.lines import gaps_in, put_aside
from scenes.parts.page.needs import GROUP, NEAR, TOUCH, Chain, Need, Sides, around, fair, lowest


class Line(Choice):
    """Things at stations, or between them, on one level or, in turn, on up to ``levels``; `Stations` places them.

    Those between stations may each stand on a ``stem`` so wide, which runs down through all levels under its own; then
    no gap is over a level on which nothing stands.
    """

    def __init__(self, at: Mapping[float, Item | None], levels: int, gap: Need, like: str, stem: float = 0.0) -> None:
        super().__init__(levels, like, 1)
        self.at = {place: box_of(item) for place, item in at.items() if item is not None}
        self.gap, self.stem = gap, stem

    def inner(self) -> Iterator[Box]:
        """Yield the things in their order."""
        yield from self.at.values()

    def last(self) -> float:
        """Return the station, or the place between two, of what stands farthest along."""
        return max(self.at)

    def ends(self, trial: Trial, axis: int, apart: float, end: float) -> Sides:
        """Return how far it reaches before the first station, and behind the last, at ``end``."""
        needs = [(place * apart, trial.need(box, axis)) for place, box in self.at.items()]
        return max(0.0, *(n.before - at for at, n in needs)), max(0.0, *(n.after + at - end for at, n in needs))

    def facing(self, levels: int) -> list[tuple[list[tuple[float, int]], float, float]]:
        """Return the sides that must keep apart, of two neighbours or of one beside a stem; how far they are; by what.

        How far is said in stations.
        """
        places, gap = list(self.at), self.gap.least
        pairs = [([(a, 1), (b, 0)], b - a, gap) for i in range(levels) for a, b in pairwise(places[i::levels])]
        both = product(enumerate(places), repeat=2) if self.stem else ()
        stems = [(p, at) for (i, p), (j, at) in both if j % levels < i % levels and at % 1]
        return pairs + [([(p, int(at > p))], abs(at - p), gap + self.stem / 2) for p, at in stems]

    def apart(self, trial: Trial, axis: int) -> float:
        """Return how far apart the stations must be for it, at least."""
        need = {place: trial.need(box, axis) for place, box in self.at.items()}
        facing = [self.facing(i + 1) for i in self.forms_in(trial)]
        rooms = [[(sum(need[p][s] for p, s in sides) + gap) / far for sides, far, gap in each] for each in facing]
        return min(max(room, default=0.0) for room in rooms)

    def span(self, trial: Trial, axis: int) -> float:
        """Return how long all stations together should be for it."""
        return 0.0

    def _levels(self, trial: Trial, axis: int, levels: int) -> Chain:
        each = [around([trial.need(box, axis) for box in list(self.at.values())[i::levels]]) for i in range(levels)]
        return Chain(each, [TOUCH if self.stem and not line.least else self.gap for line in each[1:]], 0)

    def need(self, trial: Trial, axis: int) -> Need:
        """Return how high it is; how long, only its stations know."""
        return lowest([self._levels(trial, axis, i + 1).need() for i in self.forms_in(trial)])

    def reach(self, trial: Trial, axis: int, apart: float, room: Sides) -> float:
        """Return how far from its origin each thing may reach along the line, if it can stretch."""
        half = {place: [trial.need(box, axis).half(side) for side in (0, 1)] for place, box in self.at.items()}
        facing = self.facing(self.forms_in(trial)[0] + 1)
        pairs = [fair([half[p][side] for p, side in sides], far * apart - gap) for sides, far, gap in facing]
        ends = [fair([half[p][side]], room[side] + (p if side == 0 else -p) * apart) for p in half for side in (0, 1)]
        return min(pairs + ends)

    def put_at(self, trial: Trial, axis: int, at: Point, apart: float, room: Room) -> None:
        """Place the things at stations so far apart; the room is said along and across the axis."""
        reach, levels = self.reach(trial, axis, apart, room[0]), self.forms_in(trial)[0] + 1
        drops = self._levels(trial, 1 - axis, levels).places(room[1])
        for i, (place, box) in enumerate(self.at.items()):
            need, (drop, cross) = trial.need(box, axis), drops[i % levels]
            sides = tuple(min(n.wish, max(n.least, reach)) for n in (need.half(0), need.half(1)))
            put_aside(box, trial, axis, at, (place * apart, drop), ((sides[0], sides[1]), cross))

    def put(self, trial: Trial, at: Point, room: Room) -> None:
        """Refuse: on its own, a line has no stations."""
        raise TypeError("a line of things stands in Stations")


class Turns(Line):
    """Lines that stand in one place at different times."""

    def __init__(self, *lines: Line) -> None:
        Choice.__init__(self, 1, "", 1)
        self.lines = lines

    def inner(self) -> Iterator[Box]:
        """Yield the lines."""
        yield from self.lines

    def last(self) -> float:
        """Return the place of what stands farthest along, of all lines."""
        return max(line.last() for line in self.lines)

    def ends(self, trial: Trial, axis: int, apart: float, end: float) -> Sides:
        """Return how far the longest reach before the first station, and behind the last."""
        before, after = zip(*(line.ends(trial, axis, apart, end) for line in self.lines), strict=True)
        return max(before), max(after)

    def apart(self, trial: Trial, axis: int) -> float:
        """Return how far apart the stations must be for the widest line."""
        return max(line.apart(trial, axis) for line in self.lines)

    def span(self, trial: Trial, axis: int) -> float:
        """Return how long all stations together should be for any of them."""
        return max(line.span(trial, axis) for line in self.lines)

    def need(self, trial: Trial, axis: int) -> Need:
        """Return what the highest of them needs."""
        return around(trial.need(line, axis) for line in self.lines)

    def put_at(self, trial: Trial, axis: int, at: Point, apart: float, room: Room) -> None:
        """Place all lines there."""
        for line in self.lines:
            line.put_at(trial, axis, at, apart, room)


class Stack(Turns):
    """Lines under one another that stand for one, with gaps between them; ``beats`` hold for all of them."""

    def __init__(self, *lines: Line | Need, gap: Need = GROUP, beats: Sequence[str] = ()) -> None:
        super().__init__(*(line for line in lines if not isinstance(line, Need)))
        self.gaps, self.beats = gaps_in(lines, gap), tuple(beats)

    def _chain(self, trial: Trial, axis: int) -> Chain:
        return Chain([trial.need(line, axis) for line in self.lines], self.gaps, 0)

    def need(self, trial: Trial, axis: int) -> Need:
        """Return the height of all of them, from the origin of the first."""
        return self._chain(trial, axis).need()

    def put_at(self, trial: Trial, axis: int, at: Point, apart: float, room: Room) -> None:
        """Place one under another."""
        for line, (offset, sides) in zip(self.lines, self._chain(trial, 1 - axis).places(room[1]), strict=True):
            start = (at[0], at[1] + offset) if axis == ACROSS else (at[0] + offset, at[1])
            line.put_at(trial, axis, start, apart, (room[0], sides))


def on(*items: Item | None, levels: int = 1, gap: Need = NEAR, like: str = "") -> Line:
    """Return a line of things at the stations, None for none."""
    return Line(dict(enumerate(items)), levels, gap, like)


def between(*items: Item | None, levels: int = 1, gap: Need = NEAR, like: str = "", stem: float = 0.0) -> Line:
    """Return a line of things between the stations, such as gates and the plots under them."""
    return Line({i + 0.5: item for i, item in enumerate(items)}, levels, gap, like, stem)


def along(*items: Item | None, levels: int = 1, gap: Need = NEAR, like: str = "", stem: float = 0.0) -> Line:
    """Return a line of things at the stations and between them in turn, from the first station on."""
    return Line({i / 2: item for i, item in enumerate(items)}, levels, gap, like, stem)


class Amid(Line):
    """A line of one thing in the middle of all stations, which may take their whole length."""

    def span(self, trial: Trial, axis: int) -> float:
        """Return how long it is."""
        return trial.need(next(iter(self.at.values())), axis).least


def amid(stations: int, item: Item) -> Line:
    """Return a line of one thing in the middle of so many stations, which stand farther apart for it if they may."""
    return Amid({(stations - 1) / 2: item}, 1, NEAR, "")


class Stations(Box):
    """Lines of things at stations that stand evenly apart: a network, a train, bars.

    Its origin is the first station on the line number ``anchor``. Farther apart than ``most`` they are not one thing.
    """

    def __init__(
        self, *lines: Line | Need, gap: Need = GROUP, most: float = 3.0, anchor: int | None = None, axis: int = ACROSS
    ) -> None:
        self.lines = [line for line in lines if not isinstance(line, Need)]
        self.gaps, self.most, self.anchor, self.axis = gaps_in(lines, gap), most, anchor, axis
        self.steps = max(line.last() for line in self.lines)

    def inner(self) -> Iterator[Box]:
        """Yield the lines."""
        yield from self.lines

    def _along(self, trial: Trial) -> tuple[float, float, float]:
        """How far apart the stations must be, and what then lies before the first and behind the last."""
        apart = max(line.apart(trial, self.axis) for line in self.lines)
        if self.steps:
            apart = max(apart, min(self.most, max(line.span(trial, self.axis) for line in self.lines) / self.steps))
        return apart, *Turns(*self.lines).ends(trial, self.axis, apart, self.steps * apart)

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
        for line, (offset, sides) in zip(self.lines, self._across(trial).places(room[1 - self.axis]), strict=True):
            start = (at[0], at[1] + offset) if self.axis == ACROSS else (at[0] + offset, at[1])
            line.put_at(trial, self.axis, start, apart, (room[self.axis], sides))
