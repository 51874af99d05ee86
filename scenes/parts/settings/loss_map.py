"""The loss over two weights, all else as it is: the square that a map shows, and its numbers on a grid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import Final

import numpy as np

from core.errors import CoreError
from scenes.parts.recipe.by_core import evaluate, is_computable
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Recipe, Run
from scenes.parts.recipe.terms import Along, Constant, Grid, Point
from scenes.parts.settings.symbols import subscripted

__all__ = ["LossMap"]

Range = tuple[float, float]

POINTS: Final = 41  # of a grid, each way
_WAVES: Final = 0.05  # of all the output's range: by more it is beside a line between two points where it has waves
ROOM: Final = (0.34, 0.2, 0.1, 0.03)  # around what is to be seen, as a share of it: the most that can be computed
_SIDES: Final = (0, 1, -1)  # on which side of the places the room is that the square has left across: both first
HIGHEST: Final = 0.85  # so much of a map lies under its highest level line
AT_TARGET: Final = frozenset({"half_squared_error", "squared_error", "absolute_error"})
"""Losses that are 0 where the output is the target, and nowhere else."""


@dataclass(frozen=True)
class LossMap:
    """The loss on a square of two weights: both axes have one scale, so that directions are true.

    Attributes
    ----------
    weights
        The weight across, which is the first step's alone and multiplies what goes in, and the weight upward.
    seen
        Places, as pairs of weights, that must lie on the map.
    also
        Places that lie on it, too, unless the loss cannot be computed around them.
    key
        The names of its quantities and ranges begin with it: ``{key}_x``, ``{key}_y``, ``{key}_L``, ``{key}_out``,
        and the range of its level lines is ``{key}_level``.
    """

    run: Run
    weights: tuple[str, str]
    seen: tuple[tuple[float, ...], ...]
    key: str
    also: tuple[tuple[float, ...], ...] = ()

    @cached_property
    def square(self) -> tuple[Range, Range]:
        """The range across, and that upward.

        Raises
        ------
        CoreError
            If the loss cannot be computed all over it, not even close to what is to be seen.
        """
        for seen, side, room in product(((*self.seen, *self.also), self.seen), _SIDES, ROOM):
            found = _square(seen, room, side)
            if is_computable(self._grid(found, "L")) and not self._has_pole(found):
                return found
        raise CoreError("the loss cannot be computed around all places where the weights stand")

    def _has_pole(self, square: tuple[Range, Range]) -> bool:
        return any(step.does == "reciprocal" for step in self.run.recipe.steps) and square[0][0] < 0.0 < square[0][1]

    def _grid(self, square: tuple[Range, Range], of: str, points: int = POINTS) -> Along:
        """Return a value on the grid, row by row from below; across, the weight takes the place of what goes in."""
        counts = zip(square, (points, POINTS), strict=True)
        across, upward = (Grid(Constant(low), Constant(high), count) for (low, high), count in counts)
        (first, second), turned = self.weights, _turned(self.run.recipe, self.weights[0])
        run = Run.of(turned, **dict(self.run.inputs)).but(**{first: across})
        return Along(tuple(run.but(**{second: Point(upward, i)}).value(of) for i in range(POINTS)))

    @cached_property
    def is_smooth(self) -> bool:
        """Whether lines through the grid tell where the output is the same: between its points there are no waves.

        Upward nothing waves: that weight multiplies what comes after the function.
        """
        heights = evaluate(self._grid(self.square, self._output, 2 * POINTS - 1)).reshape(POINTS, -1)
        off = heights[:, 1::2] - (heights[:, :-2:2] + heights[:, 2::2]) / 2.0
        return bool(np.abs(off).max() <= _WAVES * np.ptp(heights))

    @property
    def _output(self) -> str:
        return self.run.recipe.steps[-2].node

    @property
    def has_valley(self) -> bool:
        """Whether the loss is 0 just where the output is the target."""
        return self.run.recipe.steps[-1].does in AT_TARGET

    def rows(self) -> dict[str, Row]:
        """Return both axes of the grid, the loss on it and, where that is 0 at the target, the output.

        Where there are too many waves for level lines, there are the axes alone.
        """
        rows = {}
        for name, weight, (low, high) in zip("xy", self.weights, self.square, strict=True):
            grid = Grid(Constant(low), Constant(high), POINTS)
            rows[f"{self.key}_{name}"] = Row(subscripted(weight), grid, "weight")
        if self.is_smooth:
            rows[f"{self.key}_L"] = Row("L", self._grid(self.square, "L"), "loss")
        if self.is_smooth and self.has_valley:
            rows[f"{self.key}_out"] = Row("y", self._grid(self.square, self._output))
        return rows

    @cached_property
    def _levels(self) -> Range:
        heights = evaluate(self._grid(self.square, "L"))
        low, high = float(heights.min()), float(np.quantile(heights, HIGHEST))
        return (low, high) if low < high else (low, low + max(1.0, abs(low)))

    def ranges(self) -> Mapping[str, Range]:
        """Return the ranges of both axes, and that of the level lines."""
        across, upward = self.square
        return {f"{self.key}_x": across, f"{self.key}_y": upward, f"{self.key}_level": self._levels}


def _square(seen: Iterable[tuple[float, ...]], room: float, side: int = 0) -> tuple[Range, Range]:
    """Return the square about places, with some room around them; on which side across there is more, if any.

    Examples
    --------
    >>> _square([(0.0, 1.0), (1.0, 3.0)], 0.25)
    ((-1.0, 2.0), (0.5, 3.5))
    >>> _square([(0.0, 1.0), (1.0, 3.0)], 0.25, 1)
    ((-0.25, 2.75), (0.5, 3.5))
    """
    points = np.array(list(seen))
    low, high = points.min(axis=0), points.max(axis=0)
    half = float((high - low).max()) * (0.5 + room) or max(1.0, float(np.abs(points).max()))
    x, y = (low + high) / 2
    x += side * max(0.0, half - float(high[0] - low[0]) * (0.5 + room))
    return (float(x - half), float(x + half)), (float(y - half), float(y + half))


def _turned(recipe: Recipe, weight: str) -> Recipe:
    """Return a recipe in which a weight and what it multiplies have changed places: w x is x w."""
    steps = (replace(s, takes=(weight,), weights=s.takes) if s.weights == (weight,) else s for s in recipe.steps)
    return replace(recipe, steps=tuple(steps))
