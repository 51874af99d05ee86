"""Sums as parts of a page: in a line, or written out under one another with a line before the total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scenes.parts.page import NEAR, ROWS, Row, Table
from scenes.parts.theme import LABEL, NAME, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.lettering import Operator
from scenes.parts.things.letters import number, sign, symbol, words
from scenes.parts.things.part import Part, or_nothing, shown_of
from scenes.parts.things.readout import Form
from scenes.parts.things.wire import rule

__all__ = ["Added", "Compared", "Written"]


class Added:
    """Numbers with a plus between each two and their sum, in a line: what is negative keeps its sign, in brackets.

    It is left out where there is no room for it.
    """

    def __init__(self, pen: LetterPen, parts: Sequence[str], total: str) -> None:
        found: list[Part] = []
        for i, name in enumerate((*parts, total)):
            if i:
                between: Operator = "=" if i == len(parts) else "+"
                found.append(sign(pen, between, height=NAME, called=f"sign {i} of {total}"))
            form: Form = "number" if i in (0, len(parts)) else "operand"
            found.append(number(pen, name, height=NAME, form=form, called=f"added {name}"))
        self.cells = [or_nothing(part, f"sum {total}") for part in found]

    @property
    def row(self) -> Row:
        """The sum as a box."""
        return Row(*self.cells)

    @property
    def shown(self) -> list[Shown]:
        """What is drawn of it."""
        return shown_of(*(cell.part for cell in self.cells if isinstance(cell.part, Part)))


class Written:
    """A sum in full digits with a row for each number, decimal points under one another, and a line before the total.

    The symbols before them are left out where there is no room.
    """

    def __init__(self, pen: LetterPen, parts: Sequence[str], total: str) -> None:
        self.pen, self.names = pen, (*parts, total)
        self.symbols = [
            or_nothing(symbol(pen, name, height=VALUE, align="right", called=f"full symbol {name}"), f"full {total}")
            for name in self.names
        ]
        self.numbers = [number(pen, name, align="point", full=True, called=f"full {name}") for name in self.names]

    @property
    def table(self) -> Table:
        """The sum as a box."""
        return Table(*zip(self.symbols, self.numbers, strict=True), gap=NEAR, lines=ROWS)

    @property
    def rows(self) -> list[list[Shown]]:
        """What is drawn of each row, the line with the last."""
        parts = zip((leaf.part for leaf in self.symbols), self.numbers, strict=True)
        rows = [[part for part in row if isinstance(part, Part)] for row in parts]
        *first, total = [shown_of(*row) for row in rows]
        return [*first, [rule(self.pen.theme, *rows[-2:]), *total]]


class Compared:
    """Numbers with words before them, a row each; ``names`` are quantities by the keys of the words."""

    def __init__(self, pen: LetterPen, names: Mapping[str, str]) -> None:
        self.cells = [
            [
                words(pen, key, height=LABEL, colour="quiet", align="right"),
                number(pen, name, align="right", called=f"compared {name}"),
            ]
            for key, name in names.items()
        ]

    @property
    def table(self) -> Table:
        """The rows as a box."""
        return Table(*self.cells, gap=NEAR, lines=ROWS)

    @property
    def rows(self) -> list[list[Shown]]:
        """What is drawn of each row."""
        return [shown_of(*row) for row in self.cells]
