"""Audit a stack: how thick both pushes are, in which order they lie, and what of them goes on as their sum."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.things.shapes import disc
from studio.audit.geometry import Space, Verdict
from studio.audit.outlined import Numbers, Outlined, Shape
from studio.audit.things.branch import band, bends

__all__ = ["STACK"]

Array = npt.NDArray[np.float64]
_NOTHING: Final = np.zeros((0, 2))
_SEAM, _RING = 0.03, (0.12, 0.06)  # width of the line between two solid pushes; radii of the ring of exactly zero
_LAP, _BEFORE, _AFTER = 0.02, 12, 24  # where two ways go over into what becomes of them; straight pieces of that
_ROUNDING: Final = 1e-12


class Stack(Outlined):
    """Two bands to the origin and beyond it: side by side, or one over the other until their sum alone is left."""

    roles = ("upper", "lower", "sum")

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield what the base says, and whether the sum is that of the two."""
        yield from super().verdicts(space, row, sample, live)
        one, *others = (value.number for value in (sample.value, *sample.values) if value is not None)
        if len(others) == len(self.roles) - 1:
            other, total = others
            off = abs(one + other - total) > _ROUNDING * (abs(one) + abs(other))
            yield math.inf if off else 0.0, f"its sum is {total!r}, and both together are {one + other!r}", sample

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return wash and ink of what lies below, what slides over it, the seam and the ring."""
        numbers = {role: drawn[role] for role in ("upper", "lower")}
        size = {role: abs(number) for role, number in numbers.items()}
        line = (size["lower"] - size["upper"]) / 2  # on which both meet
        at = {"upper": line + size["upper"] / 2, "lower": line - size["lower"] / 2}
        against = min(numbers.values()) < 0.0 < max(numbers.values())
        below, over = [self._way(sizes, role, at[role], numbers[role], against) for role in numbers], [_NOTHING] * 2
        if against:
            larger, smaller = self._against(sizes, numbers, at, drawn["sum"])
            below.append(larger)
            over = [*smaller]
        else:
            below += [self._level(sizes, 0.0, sizes["fold"], at[role], number) for role, number in numbers.items()]
        below.append(self._level(sizes, sizes["fold"], sizes["tail"], 0.0, drawn["sum"]))
        both = [np.concatenate([pair[i] for pair in below]) for i in (0, 1)]
        found = [*both, *over, self._seam(sizes, numbers, line), *self._ring(sizes, drawn["sum"])]
        return [Shape(points, body=True) for points in found]

    @staticmethod
    def _way(sizes: Numbers, role: str, y: float, push: float, against: bool) -> tuple[Array, Array]:
        """Return a band from its end to the node, or to where the other one begins to lie over it or under it.

        It runs the way of what it becomes, else what both cover would be covered by neither.
        """
        short = sizes["lead"] if against else 0.0
        aside = math.copysign(short, sizes["across"])
        way = bends(y, sizes["across"] - aside, sizes[role], sizes["lead"] - short, sizes["foot"])
        return band(way[::-1] + np.array([aside, 0.0, 0.0, 0.0]), push, sizes["rim"])

    def _against(self, sizes: Numbers, numbers: Numbers, at: Numbers, total: float) -> list[tuple[Array, Array]]:
        """Return the larger of two that are against each other, and the smaller over it."""
        large, small = sorted(numbers, key=lambda role: -abs(numbers[role]))
        outward, lead, fold = math.copysign(1.0, at[large] - at[small]), sizes["lead"], sizes["fold"]
        far = [
            *(-(lead + _LAP) * (1 - i / _BEFORE) for i in range(_BEFORE)),
            *(fold * i / _AFTER for i in range(_AFTER + 1)),
        ]
        ways: dict[str, list[list[float]]] = {large: [], small: []}
        thick: dict[str, list[float]] = {large: [], small: []}
        for x in far:
            come, left = _ease((x + lead) / lead), 1 - _ease(x / fold)
            less = abs(numbers[small]) * left
            more = abs(total) + less
            middle = at[large] * (1 - come)
            inner = middle - outward * more / 2  # the edge on which both lie
            for role, y, width in ((large, middle, more), (small, inner + outward * less * (come - 0.5), less)):
                ways[role].append([self._beyond(sizes, x), y, 0.0, 1.0])
                thick[role].append(math.copysign(width, numbers[role]))
        return [band(np.array(ways[role]), np.array(thick[role]), sizes["rim"]) for role in (large, small)]

    @staticmethod
    def _beyond(sizes: Numbers, x: float) -> float:
        return -x * math.copysign(1.0, sizes["across"])

    def _level(self, sizes: Numbers, start: float, end: float, y: float, push: float) -> tuple[Array, Array]:
        way = [[self._beyond(sizes, x), y, 0.0, 1.0] for x in (start, end)]
        return band(np.array(way), push, sizes["rim"])

    def _seam(self, sizes: Numbers, numbers: Numbers, y: float) -> Array:
        if min(numbers.values()) <= 0.0:
            return _NOTHING
        thick = min(_SEAM, *(number / 3 for number in numbers.values()))
        start = math.copysign(sizes["lead"], sizes["across"])
        way = [[x, y, 0.0, 1.0] for x in (start, self._beyond(sizes, sizes["tail"]))]
        return band(np.array(way), thick, 0.0)[1]

    def _ring(self, sizes: Numbers, total: float) -> list[Array]:
        if total != 0.0:
            return [_NOTHING, _NOTHING]
        place = np.array([self._beyond(sizes, sizes["fold"]), 0.0, 0.0])
        return [disc(place, _RING[0])[:, :2], disc(place, *_RING)[:, :2]]


def _ease(share: float) -> float:
    share = min(max(share, 0.0), 1.0)
    return share**2 * (3 - 2 * share)


STACK: Final = Stack()
