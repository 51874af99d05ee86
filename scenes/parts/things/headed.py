"""Numbers in columns that have heads, such as what was predicted and what was found."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.parts.page import ROWS, Table
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.letters import number, words
from scenes.parts.things.part import Part

__all__ = ["Headed"]


class Headed:
    """A table of quantities, ``rows`` of them, under ``heads``, which are keys of words; all end on one line each."""

    def __init__(self, pen: LetterPen, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self.heads = [
            words(pen, key, colour="quiet", align="right", most=2, called=f"head {key} over {rows[0][0]}")
            for key in heads
        ]
        self.rows = [[number(pen, name, align="right") for name in row] for row in rows]

    @property
    def table(self) -> Table:
        """It as a box."""
        return Table(self.heads, *self.rows, lines=ROWS)

    @property
    def parts(self) -> list[Part]:
        """Its parts."""
        return [*self.heads, *(part for row in self.rows for part in row)]
