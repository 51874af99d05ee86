"""A table of cases: what goes in, what comes out, where a factor is smallest, and what that leaves; a row for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from scenes.parts.page import Column, Leaf, Row, Table, gap, parts_in
from scenes.parts.page.boxes import Item
from scenes.parts.theme import LABEL, VALUE
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.letters import number, room_of, symbol, words
from scenes.parts.things.part import Part, or_nothing

__all__ = ["CaseTable"]

_APART: Final = gap(0.34)  # two columns
_TIGHT: Final = gap(0.16)  # between a name and its number
_LINES: Final = gap(0.24, 0.62)  # between two rows
_COST: Final = 3


class CaseTable:
    """Rows of four numbers, written as a sweep writes them, and over each column what it is.

    The smallest factor is left out, in all rows, where there is no room for it, and then letters are small.

    Parameters
    ----------
    rows
        Of each row the two numbers, the key of the name of the smallest factor and that factor, and what comes of it.
    smallest
        Key of the words over that factor.

    Attributes
    ----------
    table
        All of it, about its middle.
    heads, rows
        The parts of each, from left to right.
    """

    def __init__(self, pen: LetterPen, rows: Sequence[tuple[str, str, tuple[str, str], str]], smallest: str) -> None:
        self.pen = pen
        first, second, _, total = rows[0]
        x, y, end = (symbol(pen, n, height=VALUE, align="right", called=f"head {n}") for n in (first, second, total))
        factor = _left_out(words(pen, smallest, colour="quiet", align="right", most=2))
        heads: list[Item] = [x, y, factor, end]
        made = [self._row(*each) for each in rows]
        self.heads, self.rows = _parts(heads), [_parts(cells) for cells in made]
        self.table = Column(Table(heads, *made, gap=_APART, lines=_LINES), anchor=0)

    def _row(self, one: str, other: str, factor: tuple[str, str], total: str) -> list[Item]:
        x, y, end = (self._number(each) for each in (one, other, total))
        least = number(self.pen, factor[1], align="right", as_swept=True, called=f"case {factor[1]}")
        return [x, y, Row(_left_out(self._name(*factor)), _left_out(least), gap=_TIGHT, anchor=1), end]

    def _number(self, name: str) -> Leaf:
        """Return a number in its forms: beside a factor, without one, and then in small letters."""
        made = [self.pen.readout(name, align="right", as_swept=True, height=high) for high in (VALUE, VALUE, LABEL)]
        part = Part(f"case {name}", *map(room_of, made), draw=lambda place, _: [made[place.form].at(place.x, place.y)])
        return Leaf(part.name, *part.forms, like="factors", cost=_COST, part=part)

    def _name(self, key: str, factor: str) -> Part:
        piece = self.pen.name(key, height=LABEL, align="right")
        return Part(f"name {factor}", room_of(piece), draw=lambda place, _: [piece.at(place.x, place.y)])


def _left_out(part: Part) -> Leaf:
    return or_nothing(part, "factors", cost=_COST)


def _parts(items: Iterable[Item]) -> list[Part]:
    return [part for item in items for part in parts_in(item) if isinstance(part, Part)]
