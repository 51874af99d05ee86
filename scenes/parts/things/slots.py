"""An equation with slots: what stands for each factor, and over it its number, which comes from where it was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from scenes.parts.page import LINES, Column, Table
from scenes.parts.page.boxes import Box
from scenes.parts.recipe.quantity import Role
from scenes.parts.theme import VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.lettering import Operator
from scenes.parts.things.letters import number, sign
from scenes.parts.things.part import Part, shown_of

__all__ = ["Filled", "Slots"]


@dataclass(frozen=True)
class Filled:
    """A line of an equation: the result, the factors, and the signs before them."""

    result: Part
    factors: list[Part]
    signs: list[Part]

    @property
    def cells(self) -> list[Part]:
        """All of it in the order of the line."""
        pairs = zip(self.signs, self.factors, strict=True)
        return [self.result, *(part for pair in pairs for part in pair)]

    @property
    def shown(self) -> list[Shown]:
        """What is drawn of all of it."""
        return shown_of(*self.cells)

    @property
    def given(self) -> list[Shown]:
        """What is drawn of it when the factors are there: the signs, and the result."""
        return shown_of(*self.signs, self.result)


class Slots:
    """``result = factor x factor x ...``: a line of symbols or words, and over it lines of numbers.

    Parameters
    ----------
    heads
        What stands for the result, and for each factor.
    lines
        A result and its factors, quantities all.

    Attributes
    ----------
    head, lines
        The line of symbols or words, and those of numbers.
    """

    def __init__(
        self, pen: LetterPen, heads: Sequence[Part], *lines: tuple[str, Sequence[str]], height: float = VALUE
    ) -> None:
        self.pen, self.height = pen, height
        result, *factors = heads
        self.head = Filled(result, factors, self._signs("=", len(factors), f"head of {lines[0][0]}", "quiet"))
        self.lines = [self._line(*line) for line in lines]

    def _signs(self, first: Operator, count: int, called: str, colour: Role = "ink") -> list[Part]:
        signs: list[Operator] = [first]
        signs += ["times"] * (count - 1)
        made = partial(sign, self.pen, height=self.height, colour=colour)
        return [made(of, called=f"sign {i} in {called}") for i, of in enumerate(signs)]

    def _line(self, result: str, factors: Sequence[str]) -> Filled:
        said, high = f"slots of {result}", self.height
        made = [
            number(self.pen, name, height=high, form="operand", called=f"factor {i} in {said}")
            for i, name in enumerate(factors)
        ]
        found = number(self.pen, result, height=high, called=f"result in {said}")
        first: Operator = "=" if self.pen.equals(result, *factors) == "equation" else "approx"
        return Filled(found, made, self._signs(first, len(factors), said))

    @property
    def box(self) -> Box:
        """The lines as a box: each stands over the one before it, so that nothing lies on the way to its slots."""
        lines = (*reversed(self.lines), self.head)
        return Column(Table(*(line.cells for line in lines), gap=LINES, lines=LINES))

    @property
    def shown(self) -> list[Shown]:
        """What is drawn of all lines."""
        return [shown for line in (self.head, *self.lines) for shown in line.shown]
