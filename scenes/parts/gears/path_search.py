"""Where both gears of a value that is used twice can stand, and the idlers between them and a differential's inputs.

Found by trying many places at once: what touches nothing but its mates is free, and of what is free the smallest
wheels are taken. Everything is seen lying: the racks slide left and right.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scenes.parts.gears.differential import Cog, Differential
from scenes.parts.gears.rows import NoRoom
from scenes.parts.gears.wheels import ADDENDUM, DEDENDUM, PRESSURE_ANGLE

__all__ = ["Search", "lying", "swept"]

Floats = NDArray[np.float64]

GAP, BELT, TOUCH = 0.08, 0.5, 0.02
"""Room between wheels that do not mesh, tips and all; between both gears of x, whose belt is seen there; and between
the second input and the rack that slides over it.
"""

FEWEST_TEETH, MOST_TEETH = 10, 42
"""Of an idler; it may be small, and no larger than the gears that mean something."""


def lying(points: Floats) -> Floats:
    """Return points of an upright differential as they are when it lies on its right side, shape (..., 2).

    Examples
    --------
    >>> lying(np.array([[0.0, 1.0], [-2.0, 0.0]])).tolist()
    [[1.0, 0.0], [0.0, 2.0]]
    """
    return np.stack([points[..., 1], 0.0 - points[..., 0]], axis=-1)


def swept(plus: Differential, name: str) -> tuple[float, float, float, float]:
    """Left, right, bottom and top of all that a bar covers as it slides, teeth included, lying."""
    rack, tip = plus.racks[name], ADDENDUM * plus.gear_module
    ways = [plus.shifts(one, other)[name] for one in plus.reach_1 for other in plus.reach_2]
    return float(rack.low + min(ways)), float(rack.high + max(ways)), -rack.right - tip, -rack.left + tip


class Search:
    """Tries places for both gears of x, one over the other, and for each the smallest idlers that leave all else free.

    Parameters
    ----------
    slopes
        Local derivative of each path; the gears of x have radius r |slope|.
    plus
        The differential, upright.
    inputs
        Its input gears, lying.
    """

    def __init__(self, slopes: tuple[float, float], plus: Differential, inputs: tuple[Cog, Cog]) -> None:
        self.slopes, self.inputs, self.m = slopes, inputs, plus.gear_module
        self.r, self.tip = plus.pitch_radius, ADDENDUM * plus.gear_module
        self.bars = [swept(plus, name) for name in ("rack_1", "rack_2")]
        idler = plus.cogs["idler"]
        self.discs = [
            *((np.array(cog.centre), self.r) for cog in self.inputs),
            (lying(np.array(idler.centre)), idler.gear.pitch_radius),
        ]
        reach = self.r + self.tip
        self.low, self.high = self.inputs[1].centre[1] - reach, self.inputs[0].centre[1] + reach
        self.own = [abs(slope) * self.r for slope in self.slopes]
        self.across, self.up = np.arange(-6.0, -1.0, 0.2) * self.r, np.arange(-3.0, 3.0, 0.2) * self.r
        self.hubs = np.stack(np.meshgrid(self.across, self.up), axis=-1).reshape(-1, 2)

    def best(self) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
        """Return the hubs of both gears of x, and the hubs of the idlers of both paths."""
        if not self._is_beneath():
            raise NoRoom("the second input, which lies in the way of its rack, and the wheels have no room")
        rows = np.nonzero(self.up[:, None] - self.up >= sum(self.own) + 2 * self.tip + BELT)
        pair = [(row[:, None] * len(self.across) + np.arange(len(self.across))).ravel() for row in rows]
        found = [[each[at] for each in self._idlers(i)] for i, at in enumerate(pair)]
        hubs = [self.hubs[at] for at in pair]
        (one, first), (other, second) = found
        free = _apart(first, second) > one + other + 2 * self.tip + GAP
        for (size, idlers), hub, own in zip(found, hubs[::-1], self.own[::-1], strict=True):
            free &= _apart(idlers, hub[:, None]) > size + own + 2 * self.tip + GAP
        sizes = np.stack([one, other])
        bent = sum(np.abs(hub[:, 1] - cog.centre[1]) for hub, cog in zip(hubs, self.inputs, strict=True))
        cost = np.where(free, sizes.max(axis=0) + 0.3 * np.ptp(sizes, axis=0) + 0.3 * bent, np.inf)
        if not np.isfinite(cost).any():
            raise NoRoom("the wheels between x and the two paths have no room")
        at = int(np.argmin(cost))
        return (hubs[0][at], hubs[1][at]), (first[at], second[at])

    def _is_beneath(self) -> bool:
        """Whether the second input keeps clear of the rack over it: of its bare end, and of the first tooth there."""
        (x, y), reach = self.inputs[1].centre, self.r + self.tip + TOUCH
        left, right, bottom, _ = self.bars[1]
        deep = (ADDENDUM + DEDENDUM) * self.m
        for end, low in ((left, bottom + deep), (left + deep * math.tan(PRESSURE_ANGLE), bottom)):
            if math.hypot(max(end - x, x - right, 0.0), low - y) < reach:
                return False
        return True

    def _idlers(self, i: int) -> tuple[Floats, Floats]:
        """Return radius of a path's idlers for each hub of its gear of x (NaN where none fits), and their hubs."""
        count, clear = 1 if self.slopes[i] > 0 else 2, self._clear(self.hubs, self.own[i], self.discs)
        radii, found = np.full(len(self.hubs), np.nan), np.full((len(self.hubs), count, 2), np.nan)
        for teeth in range(FEWEST_TEETH, MOST_TEETH + 1):
            radius = teeth * self.m / 2
            for bend in (0.0,) if count == 1 else np.radians(np.arange(0.0, 85.0, 10.0)):
                wanting = np.nonzero(clear & np.isnan(radii))[0]
                hubs = self.hubs[wanting]
                centres = self._chain(i, radius, hubs, float(bend), count)
                new = self._free(i, radius, hubs, centres)
                radii[wanting[new]], found[wanting[new]] = radius, centres[new]
        return radii, found

    def _chain(self, i: int, radius: float, hubs: Floats, bend: float, count: int) -> Floats:
        """Hubs of idlers that roll from x to an input, bent away from the racks, shape (hubs, count, 2)."""
        side, end = (1.0, -1.0)[i], np.array(self.inputs[i].centre)
        first, last = self.own[i] + radius, self.r + radius
        if count == 1:
            return _met(hubs, first, end, last, side)[:, None]
        ahead = np.arctan2(*(end - hubs).T[::-1]) + side * bend
        one = hubs + first * np.stack([np.cos(ahead), np.sin(ahead)], axis=-1)
        return np.stack([one, _met(one, 2 * radius, end, last, side)], axis=1)

    def _free(self, i: int, radius: float, hubs: Floats, centres: Floats) -> NDArray[np.bool_]:
        """Whether idlers touch nothing but their mates, for each hub of x."""
        others = [disc for j, disc in enumerate(self.discs) if j != i]
        free = [self._clear(centres[:, j], radius, others) for j in range(centres.shape[1])]
        if len(free) == 2:
            crossed = (
                (centres[:, 1] - hubs, self.own[i]),
                (centres[:, 0] - np.array(self.inputs[i].centre), self.r),
            )
            free += [np.linalg.norm(away, axis=1) > radius + size + 2 * self.tip + GAP for away, size in crossed]
        return np.asarray(np.all(free, axis=0))

    def _clear(self, at: Floats, radius: float, discs: Sequence[tuple[Floats, float]]) -> NDArray[np.bool_]:
        """Whether wheels of this radius, wherever they stand, keep clear of bars, discs, and the picture's edges."""
        reach = radius + self.tip
        with np.errstate(invalid="ignore"):
            free = (at[:, 1] + reach <= self.high) & (at[:, 1] - reach >= self.low)
            for left, right, bottom, top in self.bars:
                beside = np.maximum(np.maximum(left - at[:, 0], at[:, 0] - right), 0.0)
                above = np.maximum(np.maximum(bottom - at[:, 1], at[:, 1] - top), 0.0)
                free &= np.hypot(beside, above) > reach + GAP
            for centre, size in discs:
                free &= np.linalg.norm(at - centre, axis=1) > reach + size + self.tip + GAP
        return free


def _apart(one: Floats, other: Floats) -> Floats:
    """Return how near any hub of one lies to any of the other, shape (n,), from shapes (n, a, 2) and (n, b, 2)."""
    found: Floats = np.linalg.norm(one[:, :, None] - other[:, None], axis=-1).min(axis=(1, 2), initial=np.inf)
    return found


def _met(start: Floats, far: float, end: Floats, near: float, side: float) -> Floats:
    """Points at given distances from two others, left of the way between where `side` is 1; NaN if there is none."""
    way = end - start
    apart = np.linalg.norm(way, axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        along = (far**2 - near**2 + apart**2) / (2 * apart)
        across = side * np.sqrt(far**2 - along**2)
        ahead = way / apart[:, None]
    left = np.stack([-ahead[:, 1], ahead[:, 0]], axis=-1)
    found: Floats = start + along[:, None] * ahead + across[:, None] * left
    return found
