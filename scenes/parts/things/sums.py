"""Sums as parts of a page: in a line, or written out under one another with a line before the total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scenes.parts.page import LINES, NEAR, Table
from scenes.parts.theme import LABEL, NAME, VALUE
from scenes.parts.things.decor import Decor
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.lettering import Operator
from scenes.parts.things.letters import number, sign, symbol, words
from scenes.parts.things.part import Part
from scenes.parts.things.readout import Form
from scenes.parts.things.wire import rule

__all__ = ["Written", "compared", "in_a_line"]


def in_a_line(pen: LetterPen, parts: Sequence[str], total: str, *, height: float = NAME) -> list[Part]:
    """Return numbers with a plus between each two and their sum: what is negative keeps its sign, in brackets."""
    found: list[Part] = []
    for i, name in enumerate((*parts, total)):
        if i:
            between: Operator = "=" if i == len(parts) else "+"
            found.append(sign(pen, between, height=height, called=f"sign {i} of {total}"))
        form: Form = "number" if i in (0, len(parts)) else "operand"
        found.append(number(pen, name, height=height, form=form, called=f"added {name}"))
    return found


class Written:
    """A sum with a row for each number, its symbol before it, decimal points under one another, all in full digits."""

    def __init__(self, pen: LetterPen, parts: Sequence[str], total: str) -> None:
        self.pen = pen
        self.rows = [
            [
                symbol(pen, name, height=VALUE, align="right", called=f"full symbol {name}"),
                number(pen, name, align="point", full=True, called=f"full {name}"),
            ]
            for name in (*parts, total)
        ]

    @property
    def table(self) -> Table:
        """The sum as a box."""
        return Table(*self.rows, gap=NEAR, lines=LINES)

    @property
    def line(self) -> Decor:
        """The line before the total, once a page has given all its place."""
        return rule(self.pen.theme, *self.rows[-2:])


def compared(pen: LetterPen, names: Mapping[str, str]) -> list[list[Part]]:
    """Return numbers with words before them, a row each; ``names`` are quantities by the keys of the words."""
    return [
        [
            words(pen, key, height=LABEL, colour="quiet", align="right", most=1),
            number(pen, name, align="right", called=f"compared {name}"),
        ]
        for key, name in names.items()
    ]
