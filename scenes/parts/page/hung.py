"""A box that hangs things from their upper edge."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.parts.page.boxes import ACROSS, UPRIGHT, Box, Item, Point, Room, Trial, box_of
from scenes.parts.page.needs import Need


class Hung(Box):
    """A thing whose origin is on its upper edge, or ``up`` below it: what stands in a line begins at one height.

    Examples
    --------
    >>> from scenes.parts.page import Form, Leaf, Region, Row, lay_out
    >>> text = Leaf("text", Form.fixed(1.0, 1.0, up=0.5, down=0.1))
    >>> lay_out(Row(Leaf("area", Form.fixed(0.5, 0.5, down=2.0)), Hung(text)), Region(0.0, -2.0, 4.0, 0.0))["text"].y
    -0.5
    """

    def __init__(self, item: Item, up: float = 0.0) -> None:
        self.box, self.up = box_of(item), up

    def inner(self) -> Iterator[Box]:
        """Yield the thing."""
        yield self.box

    def need(self, trial: Trial, axis: int) -> Need:
        """Return what it needs, all of it under its upper edge."""
        n = trial.need(self.box, axis)
        if axis == ACROSS:
            return n
        return Need(self.up, max(0.0, n.least - self.up), 0.0, max(0.0, n.wish - max(n.least, self.up)), 0.0, n.grow)

    def put(self, trial: Trial, at: Point, room: Room) -> None:
        """Place the thing under the edge."""
        need, size = trial.need(self.box, UPRIGHT), self.up + room[UPRIGHT][1]
        sides = need.split(size if need.grow else min(size, max(need.wish, need.least)))
        self.box.put(trial, (at[0], at[1] + sides[0] - self.up), (room[ACROSS], sides))
