"""Things on a line, each as near to a place of its own as the others let it: what stands under the gears of a train."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from scenes.parts.page.boxes import ACROSS, Box, Choice, Item, Point, Room, Trial, box_of
from scenes.parts.page.needs import NEAR, Chain, Need, around, lowest


class Near(Choice):
    """Things on one line or, in turn, on up to ``levels``, each near its place ``at``, which is said from the origin.

    Where two would be nearer to one another than ``gap``, both make room; which stays first in its line stays so. None
    reaches farther than ``within`` from the origin. ``drops`` say how much lower each hangs as long as
    all are on one line; on several all hang under the lowest.

    Examples
    --------
    >>> from scenes.parts.page import Form, Leaf, Region, lay_out
    >>> names = [Leaf(name, Form.fixed(0.5, 0.5, 0.2)) for name in "abc"]
    >>> page = lay_out(Near(names, at=[-1.0, -0.5, 2.0]), Region(-4.0, -1.0, 4.0, 1.0))
    >>> a, b, c = (page[name].x for name in "abc")
    >>> round(b - a, 2), round(c - (a + b) / 2, 2)
    (1.25, 2.75)
    """

    def __init__(
        self,
        items: Sequence[Item | None],
        *,
        at: Sequence[float],
        gap: Need = NEAR,
        levels: int = 1,
        within: float = math.inf,
        drops: Sequence[float] = (),
        like: str = "",
    ) -> None:
        super().__init__(levels, like, 1)
        self.within = within
        each = list(zip(items, at, drops or [0.0] * len(items), strict=True))
        self.items = [(box_of(item), place) for item, place, _ in each if item is not None]
        self.drops = [drop for item, _, drop in each if item is not None]
        self.gap = gap

    def inner(self) -> Iterator[Box]:
        """Yield the things in their order."""
        yield from (box for box, _ in self.items)

    def places(self, trial: Trial, levels: int) -> list[float]:
        """Return where the origins of the things stand, from that of the line."""
        found = [at for _, at in self.items]
        for level in range(levels):
            of_level = self.items[level::levels]
            needs = [trial.need(box, ACROSS) for box, _ in of_level]
            found[level::levels] = apart([at for _, at in of_level], needs, self.gap.least, self.within)
        return found

    def _across(self, trial: Trial, levels: int) -> Need:
        needs = [trial.need(box, ACROSS) for box, _ in self.items]
        pairs = list(zip(self.places(trial, levels), needs, strict=True))
        before = max((n.before - x for x, n in pairs), default=0.0)
        return Need(max(0.0, before), max(0.0, *(x + n.after for x, n in pairs), 0.0))

    def _lines(self, trial: Trial, levels: int) -> Chain:
        """Return the lines under one another; of a single one as it is where nothing hangs lower."""
        return Chain(
            [around(trial.need(box, 1 - ACROSS) for box, _ in self.items)] * levels, [self.gap] * (levels - 1), 0
        )

    def _upright(self, trial: Trial, levels: int) -> Need:
        if not any(self.drops):
            return self._lines(trial, levels).need()
        if levels > 1:
            return _lower(self._lines(trial, levels).need(), max(self.drops))
        needs = (trial.need(box, 1 - ACROSS) for box, _ in self.items)
        return around(_lower(need, drop) for need, drop in zip(needs, self.drops, strict=True))

    def need(self, trial: Trial, axis: int) -> Need:
        """Return how far the line reaches from its origin, or how high it is."""
        if axis == ACROSS:
            return lowest([self._across(trial, i + 1) for i in self.forms_in(trial)])
        return lowest([self._upright(trial, i + 1) for i in self.forms_in(trial)])

    def put(self, trial: Trial, at: Point, room: Room) -> None:
        """Place each thing."""
        levels = self.forms_in(trial)[0] + 1
        if any(self.drops):
            room = room[ACROSS], self._lines(trial, levels).need()[:2]
        lines = self._lines(trial, levels).places(room[1 - ACROSS])
        for i, ((box, _), x) in enumerate(zip(self.items, self.places(trial, levels), strict=True)):
            need, (drop, upright) = trial.need(box, ACROSS), lines[i % levels]
            drop += self.drops[i] if levels == 1 else max(self.drops)
            box.put(trial, (at[0] + x, at[1] + drop), ((need.before, need.after), upright))


def _lower(need: Need, drop: float) -> Need:
    """Return the need of a thing that hangs so much lower, or higher."""
    return need._replace(before=max(0.0, need.before - drop), after=max(0.0, need.after + drop))


def apart(wanted: Sequence[float], needs: Sequence[Need], gap: float, within: float = math.inf) -> list[float]:
    """Return the places nearest to the wanted ones, in least squares, at which things keep a gap, in their order.

    None reaches farther than ``within`` from the origin, if there is room for all.

    Examples
    --------
    >>> [round(x, 3) for x in apart([0.0, 0.0, 5.0], [Need(0.5, 0.5)] * 3, 0.2)]
    [-0.6, 0.6, 5.0]
    >>> [round(x, 3) for x in apart([0.0, 0.0, 5.0], [Need(0.5, 0.5)] * 3, 0.2, 5.0)]
    [-0.6, 0.6, 4.5]
    """
    if not needs:
        return []
    offsets = list(accumulate((a.after + gap + b.before for a, b in pairwise(needs)), initial=0.0))
    blocks: list[tuple[float, int]] = []  # means of what must be one block, and how many there are in it
    for place, offset in zip(wanted, offsets, strict=True):
        mean, count = place - offset, 1
        while blocks and blocks[-1][0] > mean:
            other, more = blocks.pop()
            mean, count = (mean * count + other * more) / (count + more), count + more
        blocks.append((mean, count))
    low, high = needs[0].before - within, within - needs[-1].after - offsets[-1]
    means = (min(max(mean, low), high) if low <= high else mean for mean, count in blocks for _ in range(count))
    return [offset + mean for offset, mean in zip(offsets, means, strict=True)]
