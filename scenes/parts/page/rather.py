"""Lines of which one is chosen: that of a page with room, and poorer ones."""

from __future__ import annotations

from scenes.parts.page.boxes import Choice, Point, Room, Trial
from scenes.parts.page.needs import Need, Sides, lowest
from scenes.parts.page.stations import Line, Turns


class Rather(Turns):
    """One of several lines, the richest first; while the choice is open, what the least demanding of them asks."""

    def __init__(self, *lines: Line, cost: int = 1) -> None:
        Choice.__init__(self, len(lines), "", cost)
        self.lines = lines

    def _open(self, trial: Trial) -> list[Line]:
        return [self.lines[i] for i in self.forms_in(trial)]

    def ends(self, trial: Trial, axis: int, apart: float, end: float) -> Sides:
        """Return how far it reaches before the first station, and behind the last."""
        before, after = zip(*(line.ends(trial, axis, apart, end) for line in self._open(trial)), strict=True)
        return min(before), min(after)

    def apart(self, trial: Trial, axis: int) -> float:
        """Return how far apart the stations must be for it."""
        return min(line.apart(trial, axis) for line in self._open(trial))

    def span(self, trial: Trial, axis: int) -> float:
        """Return how long all stations together should be for it."""
        return min(line.span(trial, axis) for line in self._open(trial))

    def need(self, trial: Trial, axis: int) -> Need:
        """Return how high it is."""
        return lowest([trial.need(line, axis) for line in self._open(trial)])

    def put_at(self, trial: Trial, axis: int, at: Point, apart: float, room: Room) -> None:
        """Place the chosen one."""
        self._open(trial)[0].put_at(trial, axis, at, apart, room)
