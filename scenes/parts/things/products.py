"""Rows of products along a chain: each begins at its own value, and multiplies on, slope by slope, to the end."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.parts.page import ROWS, Line, Stack, along
from scenes.parts.page.boxes import Item
from scenes.parts.theme import VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.letters import number, sign, symbol
from scenes.parts.things.part import Part, shown_of

__all__ = ["Products"]


class Products:
    """One row for each value but the last: under the gates what has been multiplied so far, between them the signs.

    Parameters
    ----------
    starts
        The values at which the rows begin, first to last.
    rows
        For each of them what stands under the gates from there on: its first is a slope, the last what is wanted.
    ends
        What the last number of each row is called.

    Attributes
    ----------
    rows, marks
        The numbers of each row, and the signs of its multiplications: one fewer.
    """

    def __init__(
        self, pen: LetterPen, starts: Sequence[str], rows: Sequence[Sequence[str]], ends: Sequence[str]
    ) -> None:
        self.starts = [symbol(pen, name, height=VALUE, called=f"start {name}") for name in starts]
        self.ends = [symbol(pen, name, height=VALUE, called=f"end {name}") for name in ends]
        named = zip(starts, rows, strict=True)
        self.rows = [[number(pen, name, called=f"product {name} from {start}") for name in row] for start, row in named]
        self.marks = [
            [sign(pen, "times", called=f"product {i} from {start}") for i in range(len(row) - 1)]
            for start, row in zip(starts, self.rows, strict=True)
        ]

    @property
    def lines(self) -> Stack:
        """The rows as lines of stations."""
        return Stack(*map(self._line, range(len(self.rows))), gap=ROWS)

    def _line(self, i: int) -> Line:
        cells: list[Item | None] = [None] * (2 * i)
        for mark, cell in zip([self.starts[i], *self.marks[i]], self.rows[i], strict=True):
            cells += [mark, cell]
        return along(*cells, self.ends[i])

    def row(self, i: int) -> tuple[list[Shown], Part, list[Shown]]:
        """Return what is drawn of a row before its first number, that number, and what comes after it, in order."""
        first, *others = self.rows[i]
        after = [part for pair in zip(self.marks[i], others, strict=True) for part in pair]
        return shown_of(self.starts[i]), first, shown_of(*after, self.ends[i])

    @property
    def shown(self) -> list[Shown]:
        """What is drawn of all rows."""
        return [each for i in range(len(self.rows)) for before, first, after in [self.row(i)]
                for each in (*before, *first.shown, *after)]  # fmt: skip
