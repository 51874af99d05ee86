"""A line of arithmetic: what something is, the numbers that make it, and what they make."""

from __future__ import annotations

from typing import cast

from scenes.parts.page import LABEL, Box, Column, Either, Row
from scenes.parts.theme import VALUE
from scenes.parts.things.lettering import OPERATORS, Operator
from scenes.parts.things.letters import number, sign, symbol
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.readout import Form

__all__ = ["Formula"]


class Formula:
    """``dL/dx = a x b = c`` on one line or, where there is less room, on two.

    Parameters
    ----------
    name
        The quantity whose symbol stands first.
    pieces
        Signs and names of quantities, in turn, as in ``"=", "a", "times", "b", "=", "c"``.
    called
        What its parts are called, where a page has several of one quantity.

    Attributes
    ----------
    name
        The quantity that it is about.
    numbers, signs
        Its numbers, the result last; its symbol and its signs, the last sign of equality last.
    """

    def __init__(self, pen: Pen, name: str, *pieces: str, called: str = "") -> None:
        called, self.name = called or name, name
        self.numbers: list[Part] = []
        self.signs = [symbol(pen, name, height=VALUE, called=f"{called} is")]
        line = [*self.signs]
        for i, piece in enumerate(pieces):
            line.append(_piece(pen, pieces, i, f"{called} {i}"))
            (self.signs if piece in OPERATORS else self.numbers).append(line[-1])
        half = len(line) // 4 * 2 + 1
        two = [Row(*some, gap=LABEL) for some in (line[:half], line[half:])]
        self.parts, self.box = line, _boxed(Row(*line, gap=LABEL), two)

    @property
    def factors(self) -> list[Part]:
        """The numbers that make its result."""
        return self.numbers[:-1]

    @property
    def result(self) -> list[Part]:
        """What they make, after its sign of equality."""
        return [self.signs[-1], self.numbers[-1]]


def _piece(pen: Pen, pieces: tuple[str, ...], i: int, called: str) -> Part:
    """Return a sign, or a number: in brackets, if it is negative and a factor behind another."""
    if pieces[i] in OPERATORS:
        return sign(pen, cast(Operator, pieces[i]), called=called)
    form: Form = "operand" if i and pieces[i - 1] in ("times", "div") else "number"
    return number(pen, pieces[i], form=form, called=called)


def _boxed(line: Box, two: list[Row]) -> Box:
    return Column(Either(line, Column(*two, gap=LABEL)))
