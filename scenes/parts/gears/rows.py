"""Hubs of a chain of discs, each tangent to the next: on one line while that fits, otherwise in two rows.

In two rows the chain runs to the right above, turns round, and runs back below. Round the turn go one or two idlers,
which are of any size and mean nothing: one where there would be one anyway, two where the mesh is bare, so that the
sense of no wheel changes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

__all__ = ["RINGS", "SEEN", "Disc", "DoesNotFit", "Hubs", "Kind", "NoRoom", "Room", "fold", "free_room", "line_up"]

Kind = Literal["gear", "idler", "dot", "free"]
Hubs = NDArray[np.float64]

SEEN = 0.05
"""Radius below which a disc has a ring round it, since nobody would see it."""

RINGS = 0.26
"""From one such disc to the next: their rings are apart."""

SPLITS = 6
"""Places near the middle of the chain at which the turn is tried."""


class NoRoom(ValueError):  # noqa: N818 - said as a sentence, where it is caught too
    """What was asked for has no room, at no scale that could be named."""


class DoesNotFit(NoRoom):
    """What was asked for has no room.

    Attributes
    ----------
    scale : float
        The largest scale of three significant digits that fits.
    idler_radius : float
        The radius of idlers with which it does; as given, but where these alone are too wide at any scale.
    """

    def __init__(self, message: str, scale: float, idler_radius: float) -> None:
        super().__init__(message)
        self.scale, self.idler_radius = scale, idler_radius


def free_room(count: int) -> float:
    """Return how much room on each side a hub keeps that meshes with nothing, where there are so many of them.

    It has radius 0, and the room is for its number.

    Examples
    --------
    >>> [free_room(count) for count in (1, 4, 12)]
    [0.8, 0.6, 0.5]
    """
    return min(0.8, max(0.5, 2.4 / max(count, 1)))


@dataclass(frozen=True)
class Disc:
    """A wheel before it has a place."""

    kind: Kind
    node: int | None
    radius: float
    room: float
    """Distance from its hub that it keeps to itself."""


@dataclass(frozen=True)
class Room:
    """Where the wheels must fit.

    Attributes
    ----------
    width, height : float
        Of pitch circles side by side, and of whole wheels, tips included, one above another.
    tip : float
        How far a tooth stands out of its pitch circle.
    """

    width: float
    height: float
    tip: float

    def holds(self, discs: Sequence[Disc], hubs: Hubs) -> bool:
        """Whether all wheels lie within width and height."""
        low, high = _box(discs, hubs)
        tall = high[1] - low[1] + 2 * self.tip
        return bool(high[0] - low[0] <= self.width + 1e-9 and tall <= self.height + 1e-9)


def _box(discs: Sequence[Disc], hubs: Hubs) -> tuple[Hubs, Hubs]:
    rooms = np.array([(disc.room, disc.radius) for disc in discs])  # what one keeps to itself lies on both sides of it
    return (hubs - rooms).min(axis=0), (hubs + rooms).max(axis=0)


def centred(discs: Sequence[Disc], hubs: Hubs) -> Hubs:
    """Hubs moved so that the middle of the box round all discs is the origin."""
    low, high = _box(discs, hubs)
    return hubs - (low + high) / 2


def line_up(discs: Sequence[Disc]) -> Hubs:
    """Hubs on the x axis, each disc tangent to the next, the middle of the whole at the origin."""
    return centred(discs, np.stack([_along(discs), np.zeros(len(discs))], axis=1))


def _along(discs: Sequence[Disc]) -> NDArray[np.float64]:
    """Abscissae of tangent discs, the first at 0; two that are too small to be seen stand apart, to be seen as two."""
    rooms = np.array([disc.room for disc in discs])
    return np.append(0.0, np.cumsum(rooms[:-1] + rooms[1:] + [_apart(*pair) for pair in pairwise(discs)]))


def _length(discs: Sequence[Disc]) -> float:
    return float(_along(discs)[-1]) + discs[0].room + discs[-1].room


def _apart(one: Disc, other: Disc) -> float:
    """Return how far two discs stand from each other that would touch: not at all, but for two that nobody would see.

    Examples
    --------
    >>> [round(_apart(*[Disc("dot", 0, radius, radius)] * 2), 3) for radius in (1e-6, 0.05, 0.0625, 0.075)]
    [0.26, 0.16, 0.068, 0.0]
    """
    if {one.kind, other.kind} != {"dot"}:
        return 0.0
    larger, touching = max(one.room, other.room), one.room + other.room
    return max(0.0, RINGS - touching) * min(1.0, max(0.0, 3.0 - 2.0 * larger / SEEN))


def fold(discs: Sequence[Disc], idler_radius: float, room: Room) -> tuple[list[Disc], Hubs] | None:
    """Discs in two rows, the turn's idlers among them, and their hubs; the narrowest way found, or None."""
    best: tuple[list[Disc], Hubs] | None = None
    for front, turn, back in _splits(discs, idler_radius):
        laid = _lay(front, turn, back, room)
        if laid is not None and (best is None or np.ptp(laid[:, 0]) < np.ptp(best[1][:, 0])):
            best = [*front, *turn, *back], laid
    return None if best is None else (best[0], centred(*best))


def _splits(discs: Sequence[Disc], idler_radius: float) -> Iterator[tuple[list[Disc], list[Disc], list[Disc]]]:
    """Ways to cut the chain between two nodes near its middle: the upper row, the turn's idlers, the lower row."""
    nodes = [i for i, disc in enumerate(discs) if disc.kind != "idler"]
    places = _along(discs)
    cuts = sorted(pairwise(nodes), key=lambda cut: abs(places[list(cut)].mean() - places[-1] / 2))
    for a, b in cuts[:SPLITS]:
        front, back = list(discs[: a + 1]), list(discs[b:])
        if "free" in (front[-1].kind, back[0].kind):
            yield front, [], back
            continue
        for larger in (1.0, 1.4, 2.0, 3.0):
            yield (
                front,
                [Disc("idler", None, larger * idler_radius, larger * idler_radius)] * (1 if b - a == 2 else 2),
                back,
            )


def _lay(front: list[Disc], turn: list[Disc], back: list[Disc], room: Room) -> Hubs | None:
    """Hubs for the smallest distance of the two rows at which nothing touches but what should; None if there is none.

    The turn's idlers stand one above the other at x = 0, the end of each row beside them, tangent.
    """
    upper, lower = (max(disc.room for disc in row) for row in (front, back))
    highest = room.height - upper - lower - 2 * room.tip
    if highest < 0 or max(_length(row) for row in (front, back)) > room.width + 1e-9:
        return None
    for distance in np.linspace(0.5 * (upper + lower), highest, 24):
        hubs = _hubs(front, turn, back, float(distance))
        if hubs is None:
            continue
        discs = [*front, *turn, *back]
        if room.holds(discs, hubs) and _clear(discs, hubs, (len(front), len(front) + len(turn)), 2 * room.tip):
            return hubs
    return None


def _hubs(front: list[Disc], turn: list[Disc], back: list[Disc], distance: float) -> Hubs | None:
    radius = turn[0].radius if turn else 0.0
    rise = distance / 2 - radius * (len(turn) - 1) if turn else 0.0
    reaches = [row.room + radius if turn else 0.0 for row in (front[-1], back[0])]
    if rise < 0 or rise > min(reaches):
        return None
    above = _along(front[::-1])[::-1] + math.sqrt(reaches[0] ** 2 - rise**2)
    below = _along(back) + math.sqrt(reaches[1] ** 2 - rise**2)
    middle = radius * (len(turn) - 1) * np.array([1.0, -1.0][: len(turn)])
    x = np.concatenate([-above, np.zeros(len(turn)), -below])
    y = np.concatenate([np.full(len(front), distance / 2), middle, np.full(len(back), -distance / 2)])
    return np.stack([x, y], axis=1)


def _clear(discs: Sequence[Disc], hubs: Hubs, cuts: tuple[int, int], gap: float) -> bool:
    """Whether discs of different parts keep the gap, but for those that follow each other in the chain."""
    rooms = np.array([disc.room for disc in discs])
    part = np.searchsorted(cuts, np.arange(len(discs)), side="right")
    index = np.arange(len(discs))
    apart = np.hypot(*(hubs[:, None] - hubs).transpose(2, 0, 1)) - rooms[:, None] - rooms
    judged = part[:, None] < part
    if cuts[0] < cuts[1]:
        judged &= np.abs(index[:, None] - index) > 1
    return bool((apart[judged] >= gap).all())
