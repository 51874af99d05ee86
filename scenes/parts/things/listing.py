"""Lines of code in columns, each with the number that it makes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from scenes.parts.page import GROUP, LINES, Box, Column, Either, Row, Table, gap
from scenes.parts.theme import CODE, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.letters import number, words
from scenes.parts.things.part import Part, or_nothing
from scenes.parts.things.pen import Pen

__all__ = ["Listing"]

_APART: Final = gap(0.3, 0.5)  # from the longest line to the numbers


class Listing:
    """Code to be read down each column, from the left; it is quiet until a line runs.

    Parameters
    ----------
    columns
        Of each column the lines: the key of its words, and the quantity that it makes.
    note
        Key of the words under the first column: what names in the code mean.
    """

    def __init__(self, pen: Pen, columns: Sequence[Sequence[tuple[str, str]]], note: str) -> None:
        self._note = or_nothing(words(pen, note, colour="quiet"), "notes")
        self._columns = [[_line(pen, *each) for each in column] for column in columns]

    @property
    def box(self) -> Box:
        """It as a box about its middle."""
        tables: list[Box] = []
        for lines in self._columns:
            rows = [(Either(*code, like="code"), made) for code, made in lines]
            tables.append(Table(*rows, gap=_APART, lines=LINES))
        tables[0] = Column(tables[0], LINES, self._note, align="left")
        return Column(Row(*tables, gap=GROUP, align="top"))

    @property
    def note(self) -> Sequence[Shown]:
        """What is drawn of the note."""
        return self._note.part.shown if isinstance(self._note.part, Part) else ()

    @property
    def lines(self) -> list[tuple[Sequence[Shown], Sequence[Shown]]]:
        """What is drawn of each line, and of the number that it makes, in the order in which they run."""
        each = [line for column in self._columns for line in column]
        return [(next(part.shown for part in code if part.place), made.shown) for code, made in each]


def _line(pen: Pen, key: str, name: str) -> tuple[list[Part], Part]:
    """Return a line in its two sizes, and its number."""
    how: dict[str, Any] = {"style": "code", "most": 1, "colour": "quiet"}
    code = [words(pen, key, height=high, called=f"{key} {high}", **how) for high in (VALUE, CODE)]
    return code, number(pen, name, align="right", called=f"{name} of {key}")
