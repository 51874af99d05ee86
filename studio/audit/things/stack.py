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
_ROUNDING: Final = 1e-12


class Stack(Outlined):
    """Two bands to the origin, edge to edge there, and beyond it first both and then their sum."""

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
        """Return wash and ink of what lies below, what is folded over it, the seam and the ring."""
        numbers = {role: drawn[role] for role in ("upper", "lower")}
        size = {role: abs(number) for role, number in numbers.items()}
        line = (size["lower"] - size["upper"]) / 2  # on which both meet
        at = {"upper": line + size["upper"] / 2, "lower": line - size["lower"] / 2}
        below = [
            band(bends(at[role], sizes["across"], sizes[role], sizes["lead"], sizes["foot"]), number, sizes["rim"])
            for role, number in numbers.items()
        ]
        over = [_NOTHING] * 3
        if min(numbers.values()) < 0.0 < max(numbers.values()):
            order = ("upper", "lower") if size["upper"] >= size["lower"] else ("lower", "upper")
            side = 1.0 if order[0] == "upper" else -1.0
            below.append(self._level(sizes, 0.0, sizes["fold"], at[order[0]], numbers[order[0]]))
            fold = 0.0, sizes["fold"], line + side * size[order[1]] / 2
            over = [
                self._level(sizes, *fold, size[order[1]])[1],
                *self._level(sizes, *fold, numbers[order[1]]),
            ]
            rest = line + side * (size[order[0]] - abs(drawn["sum"]) / 2)
        else:
            below += [self._level(sizes, 0.0, sizes["fold"], at[role], number) for role, number in numbers.items()]
            rest = 0.0
        below.append(self._level(sizes, sizes["fold"], sizes["tail"], rest, drawn["sum"]))
        both = [np.concatenate([pair[i] for pair in below]) for i in (0, 1)]
        found = [*both, *over, self._seam(sizes, numbers, line), *self._ring(sizes, drawn["sum"])]
        return [Shape(points, body=True) for points in found]

    @staticmethod
    def _beyond(sizes: Numbers, x: float) -> float:
        return -math.copysign(x, sizes["across"])

    def _level(self, sizes: Numbers, start: float, end: float, y: float, push: float) -> tuple[Array, Array]:
        way = [[self._beyond(sizes, x), y, 0.0, 1.0] for x in (start, end)]
        return band(np.array(way), push, sizes["rim"])

    def _seam(self, sizes: Numbers, numbers: Numbers, y: float) -> Array:
        if min(numbers.values()) <= 0.0:
            return _NOTHING
        thick = min(_SEAM, *(number / 3 for number in numbers.values()))
        start = math.copysign(sizes["lead"], sizes["across"])
        way = [[x, y, 0.0, 1.0] for x in (start, self._beyond(sizes, sizes["fold"]))]
        return band(np.array(way), thick, 0.0)[1]

    def _ring(self, sizes: Numbers, total: float) -> list[Array]:
        if total != 0.0:
            return [_NOTHING, _NOTHING]
        place = np.array([self._beyond(sizes, sizes["fold"]), 0.0, 0.0])
        return [disc(place, _RING[0])[:, :2], disc(place, *_RING)[:, :2]]


STACK: Final = Stack()
