"""Level lines of a map: where a quantity on a grid has one of a few round heights, or equals another; with numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from contourpy import LineType, contour_generator

from scenes.parts.errors import StageError
from scenes.parts.measure import Axis
from scenes.parts.page import ticks
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import LABEL, STROKES_PER_UNIT
from scenes.parts.things.answers import Place, Told
from scenes.parts.things.base import Bound, Paint, Reading, moved
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.readout import as_math
from scenes.parts.things.shapes import polyline
from scenes.parts.type.numbers import format_tick

__all__ = ["BESIDE", "BOLD", "Heights", "LevelNumber", "Levels"]

Points = npt.NDArray[np.float64]
BESIDE: Final = 0.1  # from the right edge of a map to the numbers of its level lines
_JOINED: Final = 1e-6  # frame units between the end of one line and the start of the next
THIN, BOLD = 0.02, 0.045
"""Width of a line; of that which matters most."""


@dataclass(frozen=True)
class Heights:
    """Of which heights there are lines.

    Attributes
    ----------
    low, high, most
        The range that the settings state, and how many round numbers of it there may be.
    equal
        A quantity, where there is one line alone: where both are equal.
    between
        Two quantities: of the round numbers only those that lie between them, or only the others if these are ``left``.
    """

    low: float = 0.0
    high: float = 1.0
    most: int = 6
    equal: Quantity | None = None
    between: tuple[Quantity, Quantity] | None = None
    left: bool = False

    @property
    def at(self) -> tuple[float, ...]:
        """The heights."""
        if self.equal:
            return (self.equal.number,)
        low, high = sorted(each.number for each in self.between) if self.between else [-math.inf, math.inf]
        return tuple(each for each in ticks(self.low, self.high, self.most) if (low < each < high) != self.left)

    @property
    def sizes(self) -> dict[str, float]:
        """What the ledger says of them."""
        if self.equal:
            return {"at": self.equal.number}
        keys = ("until", "beyond") if self.left else ("from", "to")
        ends = zip(keys, self.between or (), strict=False)
        return {"low": self.low, "high": self.high, "most": float(self.most), **{key: q.number for key, q in ends}}


class Levels(Bound):
    """The lines on which a quantity has its heights.

    Parameters
    ----------
    grid
        The quantity, shape (rows upward, columns across).
    xs, ys
        Where columns and rows stand.
    stroke
        How wide the lines are.
    """

    kind = "levels"

    def __init__(
        self,
        grid: Quantity,
        heights: Heights,
        xs: tuple[Quantity, Axis],
        ys: tuple[Quantity, Axis],
        *,
        colour: str,
        stroke: float = THIN,
    ) -> None:
        shape = (np.size(ys[0].value), np.size(xs[0].value))
        if np.shape(grid.value) != shape:
            raise StageError(f"levels of {grid.name}: a grid of {np.shape(grid.value)}, and places for {shape}")
        self.heights, self.xs, self.ys, self.stroke = heights, xs, ys, stroke
        super().__init__(grid, [Paint(colour, stroke=self.stroke * STROKES_PER_UNIT)])

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The axis across, and that upward."""
        return self.xs[1], self.ys[1]

    def fields(self, place: Place) -> dict[str, Any]:
        """Return the places of the grid, the heights, and how wide the lines are."""
        names = {"across": self.xs[0].name, "through": self.ys[0].name}
        return {**super().fields(place), **names, "sizes": self.heights.sizes, "stroke": self.stroke}

    def outlines(self) -> Sequence[Points]:
        """Return all lines."""
        found = [polyline(line) for height in self.heights.at for line in self._lines(height)]
        return [np.concatenate([np.zeros((0, 3)), *found])]

    def _lines(self, height: float) -> Iterator[Points]:
        (xs, across), (ys, up) = self.xs, self.ys
        grid = (np.asarray(each.value) for each in (xs, ys, self.quantity))
        lines = contour_generator(*grid, line_type=LineType.Separate).lines(height)
        for line in map(np.asarray, lines):  # as a grid is cut along its cells, between their corners
            x, y = across.point(line[:, 0])[:, 0], up.point(line[:, 1])[:, 1]
            yield np.stack([x, y, np.zeros(len(x))], axis=1)

    def crossings(self, height: float) -> list[float]:
        """Return where the line of a height meets the right edge, from below, in units of the axis upward."""
        column, ys = np.asarray(self.quantity.value)[:, -1] - height, np.asarray(self.ys[0].value)
        meets = np.flatnonzero((column[:-1] < 0.0) != (column[1:] < 0.0))
        shares = (column[i] / (column[i] - column[i + 1]) for i in meets)
        return [float(ys[i] + (ys[i + 1] - ys[i]) * share) for i, share in zip(meets, shares, strict=True)]

    def reading(self) -> Reading:
        """Return where each line begins."""
        points = self.submobjects[0].points
        apart = np.abs(points[4::4] - points[3:-1:4]).max(axis=1, initial=0.0) > _JOINED
        starts = [*points[:1], *points[4::4][apart]]
        return Reading(ends=tuple((float(x), float(y)) for x, y, _ in starts))

    def fault(self) -> str | None:
        """Return what is drawn wrongly: beside its axes a line would be one of another height."""
        return super().fault() or moved(self, "its axes")


class LevelNumber(Lettering):
    """The height of a level line, right of where it meets the right edge of its map.

    A line on which two quantities are equal has the height 0: nothing lies between them.

    Parameters
    ----------
    of
        The lines.
    at
        Where it meets the edge, one of :meth:`Levels.crossings`.
    """

    kind = "level"
    dims_by_colour = True

    def __init__(self, of: Levels, height: float, at: float, *, colour: str) -> None:
        super().__init__([Paint(colour)])
        self.of, self.value, self.meets = of, 0.0 if of.heights.equal else height, (height, at)
        if at not in of.crossings(height):
            raise StageError(f"{self.name}: no such line meets the edge at {at!r}")
        self.set_type(LABEL, "left")
        self.draw()
        ink = self.outlines()[0]
        edge, upright = of.axes[0].end[0], of.axes[1].point(at)[1]
        self.at(edge + BESIDE, float(upright) - self._middle(ink))

    @property
    def axes(self) -> tuple[Axis, ...]:
        """Those of its lines."""
        return self.of.axes

    @property
    def name(self) -> str:
        """The kind and the lines."""
        return f"{self.kind} of {self.of.quantity.name}"

    @name.setter
    def name(self, value: str) -> None:
        """Ignore the name that manim gives every mobject."""

    @property
    def text(self) -> str:
        """The number as it stands on screen."""
        return format_tick(self.value)

    def script(self) -> str:
        """Return the Typst math of the number."""
        return as_math(self.text)

    def told(self) -> Told:
        """Return the number."""
        return replace(super().told(), value=self.value)

    def fields(self, place: Place) -> dict[str, Any]:
        """Return the lines that it belongs to."""
        known = self.of.fields(place)
        return {**super().fields(place), **{name: known[name] for name in ("quantity", "across", "through", "sizes")}}

    @staticmethod
    def _middle(ink: Points) -> float:
        return float(ink[:, 1].min() + ink[:, 1].max()) / 2

    def fault(self) -> str | None:
        """Return what is drawn wrongly: beside its line it would be the height of another."""
        ink = np.concatenate([piece.points for piece in self.submobjects])
        off = self._middle(ink) - float(self.of.axes[1].point(self.meets[1])[1])
        return super().fault() or (None if abs(off) <= 1e-6 else "it does not stand beside its line")
