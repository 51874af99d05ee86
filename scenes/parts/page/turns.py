"""Lines of stations that share one place: they take turns in it, or one thing takes the whole length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scenes.parts.page.boxes import ACROSS, Box, Item, Over, Point, Room, Trial
from scenes.parts.page.lines import Line, gaps_in
from scenes.parts.page.needs import GROUP, NEAR, Chain, Need, around


class Spanning(Line):
    """A line of one thing in the middle of the stations, which may take their whole length."""

    def span(self, trial: Trial, axis: int) -> float:
        """Return how long it is."""
        return trial.need(next(iter(self.at.values())), axis).least


def spanning(item: Item, steps: int) -> Line:
    """Return a line of one thing that may be as long as so many steps; the stations stand farther apart for it."""
    return Spanning([item], steps / 2, 1, NEAR, "")


class Turns(Line):
    """Lines under one another that take turns with others in one place: their things say in which beats each is shown.

    A gap may stand between two lines, else it is the usual one.
    """

    def __init__(self, *groups: Sequence[Line | Need]) -> None:
        self.groups = [([line for line in group if isinstance(line, Line)], gaps_in(group, GROUP)) for group in groups]
        self.lines = [line for lines, _ in self.groups for line in lines]
        super().__init__([], 0.0, 1, NEAR, "")
        for place in sorted({place for line in self.lines for place in line.at}):
            self.at[place] = Over(*(line.at[place] for line in self.lines if place in line.at))

    def inner(self) -> Iterator[Box]:
        """Yield the lines."""
        yield from self.lines

    def apart(self, trial: Trial, axis: int) -> float:
        """Return how far apart the stations must be for all of them."""
        return max(line.apart(trial, axis) for line in self.lines)

    def span(self, trial: Trial, axis: int) -> float:
        """Return how long all stations together should be for any of them."""
        return max(line.span(trial, axis) for line in self.lines)

    def need(self, trial: Trial, axis: int) -> Need:
        """Return how high the highest group of them is."""
        return around(chain.need() for chain in self._chains(trial, axis))

    def _chains(self, trial: Trial, axis: int) -> list[Chain]:
        return [Chain([trial.need(line, axis) for line in lines], gaps, 0) for lines, gaps in self.groups]

    def put_at(self, trial: Trial, axis: int, at: Point, apart: float, room: Room) -> None:
        """Place each of them."""
        for (lines, _), chain in zip(self.groups, self._chains(trial, 1 - axis), strict=True):
            for line, (offset, sides) in zip(lines, chain.places(room[1]), strict=True):
                start = (at[0], at[1] + offset) if axis == ACROSS else (at[0] + offset, at[1])
                line.put_at(trial, axis, start, apart, (room[0], sides))
