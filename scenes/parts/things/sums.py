"""Sums as parts of a page, in a line, and numbers under one another that are compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from scenes.parts.page import NEAR, ROWS, Box, Either, Row, Slot, Table, during, gap
from scenes.parts.page.boxes import Item
from scenes.parts.theme import LABEL, NAME, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.cells import Cells
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.lettering import Operator
from scenes.parts.things.letters import number, sign, words
from scenes.parts.things.part import Part, or_nothing, shown_of
from scenes.parts.things.readout import Form
from scenes.parts.things.wire import placed

__all__ = ["Added", "Compared", "divided", "less", "multiplied"]

_APART: Final = gap(0.14, 0.25)  # from a number to the sign beside it


class Added:
    """Numbers with a plus between each two and their sum, in a line: what is negative keeps its sign, in brackets.

    Where what is shown does not add up to the last digit, the sign is ≈. It is left out where there is no room for it.
    ``called`` tells two of them apart; ``said`` is the key of words before it.
    """

    def __init__(self, pen: LetterPen, parts: Sequence[str], total: str, called: str = "sum", said: str = "") -> None:
        found: list[Part] = []
        last, *terms = (pen.quantities[name] for name in (total, *parts))
        equals: Operator = "=" if pen.formatter.adds(last, terms) else "approx"
        for i, name in enumerate((*parts, total)):
            if i:
                between: Operator = equals if i == len(parts) else "+"
                found.append(sign(pen, between, height=NAME, called=f"sign {i} of {called} {total}"))
            form: Form = "number" if i in (0, len(parts)) else "operand"
            found.append(number(pen, name, height=NAME, form=form, called=f"{called}: {name}"))
        self.cells = [or_nothing(part, f"{called} {total}") for part in found]
        note = [words(pen, said, colour="quiet")] if said else []
        self._said = [or_nothing(part, f"{called} {total}") for part in note]

    @property
    def row(self) -> Row:
        """The sum as a box."""
        return Row(*self._said, Row(*self.cells, gap=_APART), gap=NEAR)

    @property
    def said(self) -> list[Shown]:
        """What is drawn of the words before it."""
        return shown_of(*(cell.part for cell in self._said if isinstance(cell.part, Part)))

    @property
    def shown(self) -> list[Shown]:
        """What is drawn of it."""
        return shown_of(*(cell.part for cell in self.cells if isinstance(cell.part, Part)))

    @property
    def terms(self) -> list[list[Shown]]:
        """What is drawn of it, each number with the sign before it; nothing where it is left out."""
        shown = self.shown
        return [shown[max(0, i - 1) : i + 1] for i in range(0, len(shown), 2)]


class Compared:
    """Numbers with words before them, a row each; ``names`` are quantities, one or several, by the keys of the words.

    ``called`` tells two tables apart; words stand on ``most`` lines at most.
    """

    def __init__(
        self, pen: LetterPen, names: Mapping[str, str | Sequence[str]], called: str = "compared", most: int = 1
    ) -> None:
        self.cells = [
            [
                words(pen, key, height=LABEL, colour="quiet", align="right", most=most),
                *(self._number(pen, name, called) for name in _several(some)),
            ]
            for key, some in names.items()
        ]

    @staticmethod
    def _number(pen: LetterPen, name: str, called: str) -> Part:
        return number(pen, name, height=(VALUE, LABEL), align="right", called=f"{called} {name}")

    def box(self, *beats: str) -> Box:
        """Return the rows as a box; where there is less room, each column takes the place of the one before.

        Parameters
        ----------
        beats
            In which beat each column comes; none named: all come at once.
        """
        whole = Table(*self.cells, gap=NEAR, lines=ROWS)
        if not beats:
            return whole
        turns: list[list[Item | None]] = [[said, Slot(*map(during, numbers, beats))] for said, *numbers in self.cells]
        return Either(whole, Table(*turns, gap=NEAR, lines=ROWS))

    @property
    def in_turn(self) -> bool:
        """Whether each column has the place of the one before."""
        return any(placed(one).x == placed(other).x for _, one, other, *_ in self.cells)

    @property
    def rows(self) -> list[list[Shown]]:
        """What is drawn of each row."""
        return [shown_of(*row) for row in self.cells]

    @property
    def said(self) -> list[list[Shown]]:
        """The words of each row."""
        return [shown_of(row[0]) for row in self.cells]

    @property
    def columns(self) -> list[list[list[Shown]]]:
        """The numbers of each column, row by row."""
        return [[shown_of(part) for part in column] for column in zip(*(row[1:] for row in self.cells), strict=True)]


def multiplied(pen: LetterPen, factors: Sequence[str], result: str) -> list[Part]:
    """Return factors and what they give in a line, a sign before each but the first."""
    equals: Operator = "=" if pen.equals(result, *factors) == "equation" else "approx"
    found = [number(pen, factors[0], height=NAME, called=f"{factors[0]} in {result}")]
    for name in factors[1:]:
        found.append(sign(pen, "times", height=NAME, called=f"times {name} in {result}"))
        found.append(number(pen, name, height=NAME, form="operand", called=f"{name} in {result}"))
    found.append(sign(pen, equals, height=NAME, called=f"equals {result}"))
    return [*found, number(pen, result, height=NAME, called=f"{result} at its end")]


def divided(pen: LetterPen, result: str, one: str, by: str) -> list[Part]:
    """Return what stands behind a result that is one number by another: the sign, both, and a sign between them."""
    equals: Operator = "=" if pen.equals(one, result, by) == "equation" else "approx"
    return [
        sign(pen, equals, height=VALUE, called=f"equals, of {result}"),
        number(pen, one, called=f"{one} of {result}"),
        sign(pen, "div", height=VALUE, called=f"divided, of {result}"),
        number(pen, by, form="operand", called=f"{by} of {result}"),
    ]


def less(pen: LetterPen, called: str, one: str, other: str, gap: str) -> Cells:
    """Return one number, less another, and their gap: with a sign of equality only where what is shown closes."""
    closes = pen.formatter.leaves(*(pen.quantities[name] for name in (gap, one, other)))
    return Cells(pen, called, one, "-", other, "=" if closes else "approx", gap)


def _several(names: str | Sequence[str]) -> Sequence[str]:
    return (names,) if isinstance(names, str) else names
