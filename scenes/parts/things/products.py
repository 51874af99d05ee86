"""Rows of products along a chain: each begins at its own value, and is multiplied on, gate by gate, to the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np

from scenes.parts.measure import Scale
from scenes.parts.page import GROUP, LABEL, Column, Form, Line, Place, Rather, Stack, Table, along, amid, gap
from scenes.parts.theme import FINE, VALUE
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.decor import Decor
from scenes.parts.things.gate import Plate
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.letters import number, symbol
from scenes.parts.things.part import Part
from scenes.parts.things.shapes import rectangle
from scenes.parts.things.wire import placed

__all__ = ["Products"]

_KNOT: Final = 0.36  # side of the plate of one multiplication
_CLEAR: Final = 0.14  # from a number, or a mark, to the line beside it
_NEAR: Final = gap(0.06, LABEL.after)  # from a mark to the numbers at its sides in a table, as near as they must
_LEAST: Final = 0.35  # of a line: a shorter one before a number would be read as its minus


class Products:
    """One row for each value but the last: under the values what their slopes by the first one are.

    Under each gate but the first of a row there is a mark: one multiplication. The row's first number is a slope as it
    stands.

    Parameters
    ----------
    names
        What each row gives, first to last; it stands under the value at which the row begins.
    slopes
        The slope of each gate.
    rows
        What stands under the values behind the first one of each row.

    Attributes
    ----------
    marks
        The multiplications of each row.
    """

    def __init__(
        self, pen: LetterPen, names: Sequence[str], slopes: Sequence[str], rows: Sequence[Sequence[str]]
    ) -> None:
        self.pen = pen
        self.names = [symbol(pen, name, height=VALUE, called=f"row {name}") for name in names]
        self.rows = [
            [self._number(each, name, each == row[-1]) for each in row] for name, row in zip(names, rows, strict=True)
        ]
        self.marks = [[self._mark(slope, name) for slope in slopes[i + 1 :]] for i, name in enumerate(names)]

    def _number(self, name: str, row: str, last: bool) -> Part:
        return number(self.pen, name, colour="gradient" if last else "auto", called=f"{name} in {row}")

    def _mark(self, slope: str, row: str) -> Part:
        """Return the plate of one multiplication, whose middle stands as high as that of a number."""
        quantity, said, half = self.pen.quantities[slope], self.pen.sign("times", height=VALUE), _KNOT / 2

        def draw(place: Place, _: Mapping[str, Scale]) -> tuple[Shown, ...]:
            theme, origin = self.pen.theme, (place.x, place.y + VALUE / 2)
            colour = theme.colour("weight" if quantity.row.role == "weight" else "ink")
            shown = Plate(quantity, origin=origin, room=(_KNOT, _KNOT), theme=theme, colour=colour)
            return shown, said.at(place.x, place.y)

        form = Form.fixed(half, half, half + VALUE / 2, half - VALUE / 2)
        return Part(f"times {slope} in {row}", form, draw=draw)

    @property
    def lines(self) -> Line:
        """The rows as lines of stations; with longer numbers as a table in the middle of all."""
        rows = [self._cells(i) for i in range(len(self.rows))]
        stations = Stack(*(along(*row, gap=LABEL) for row in rows), gap=GROUP)
        return Rather(stations, amid(len(rows) + 1, Column(Table(*rows, gap=_NEAR, lines=GROUP))))

    def _cells(self, i: int) -> list[Part | None]:
        """Return what stands at the values and at the gates from the first on, None where nothing does."""
        cells: list[Part | None] = [*([None] * 2 * i), self.names[i], None]
        for cell, mark in zip(self.rows[i], [*self.marks[i], None], strict=True):
            cells += [cell, mark]
        return cells

    def row(self, i: int) -> tuple[list[Shown], Part, list[Shown]]:
        """Return what is drawn of a row before its first number, that number, and what comes after it, in order."""
        (first, *others), (wire, *wires) = self.rows[i], self._wires[i]
        after = [part for pair in zip(self.marks[i], others, strict=True) for part in pair]
        return (
            [*self.names[i].shown, *wire],
            first,
            [shown for line, part in zip(wires, after, strict=True) for shown in (*line, *part.shown)],
        )

    @cached_property
    def _wires(self) -> list[list[list[Shown]]]:
        """The lines from each number to the next, and to the mark between them; none where they would be but dashes."""
        found = []
        for name, (first, *others), marks in zip(self.names, self.rows, self.marks, strict=True):
            after = [part for pair in zip(marks, others, strict=True) for part in pair]
            found.append([self._wire(*pair) for pair in pairwise([name, first, *after])])
        return found

    def _wire(self, one: Part, other: Part) -> list[Shown]:
        y = placed(one).y + VALUE / 2
        start, end = placed(one).region.right + _CLEAR, placed(other).region.left - _CLEAR
        left, right = (np.array([x, y, 0.0]) for x in (start, end))
        line = rectangle(left, right, FINE)
        return [Decor([Paint(self.pen.theme.colour("edge"))], [line])] if end - start > _LEAST else []

    @property
    def shown(self) -> list[Shown]:
        """What is drawn of all rows."""
        rows = map(self.row, range(len(self.rows)))
        return [each for before, first, after in rows for each in (*before, *first.shown, *after)]
