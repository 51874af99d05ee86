"""A line of arithmetic: what something is, the numbers that make it, and what they make."""

from __future__ import annotations

from typing import cast

from scenes.parts.page import LABEL, Box, Column, Either, Row
from scenes.parts.theme import VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.lettering import OPERATORS, Operator
from scenes.parts.things.letters import number, sign, symbol
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.pen import Pen
from scenes.parts.things.readout import Form
from scenes.parts.type.numbers import Mode

__all__ = ["Formula"]


class Formula:
    """``dL/dx = a x b = c`` on one line or, where there is less room, on two; with ≈ where digits do not close.

    Parameters
    ----------
    name
        The quantity whose symbol stands first.
    pieces
        Signs and names of quantities, in turn, as in ``"=", "a", "times", "b", "=", "c"``.
    called
        What its parts are called, where a page has several of one quantity.
    like
        Those that are like one another stand on as many lines.
    as_swept
        Its numbers are written as a sweep writes them, so that both agree.

    Attributes
    ----------
    name
        The quantity that it is about.
    numbers, signs
        Its numbers, the result last; its symbol and its signs, the last sign of equality last.
    from_left
        It as a box whose origin is that of its symbol.
    """

    def __init__(
        self, pen: Pen, name: str, *pieces: str, called: str = "", like: str = "", as_swept: bool = False
    ) -> None:
        called, self.name = called or name, name
        self.numbers: list[Part] = []
        self.signs = [symbol(pen, name, height=VALUE, called=f"{called} is")]
        line, pieces = [*self.signs], (*pieces[:-2], _equals(pen, pieces, as_swept=as_swept), pieces[-1])
        for i, piece in enumerate(pieces):
            line.append(_piece(pen, pieces, i, f"{called} {i}", as_swept=as_swept))
            (self.signs if piece in OPERATORS else self.numbers).append(line[-1])
        half = len(line) // 4 * 2 + 1
        two = [Row(*some, gap=LABEL) for some in (line[:half], line[half:])]
        self.parts = line
        self.from_left: Box = Either(Row(*line, gap=LABEL), Column(*two, gap=LABEL, align="origin"), like=like)

    @property
    def box(self) -> Box:
        """It as a box about its middle."""
        return Column(self.from_left)

    @property
    def is_placed(self) -> bool:
        """Whether the page had room for it."""
        return all(part.place for part in self.parts)

    @property
    def shown(self) -> list[Shown]:
        """What is drawn of it."""
        return shown_of(*self.parts) if self.is_placed else []

    @property
    def factors(self) -> list[Part]:
        """The numbers that make its result."""
        return self.numbers[:-1]

    @property
    def result(self) -> list[Part]:
        """What they make, after its sign of equality."""
        return [self.signs[-1], self.numbers[-1]]


def _piece(pen: Pen, pieces: tuple[str, ...], i: int, called: str, *, as_swept: bool) -> Part:
    """Return a sign, or a number: in brackets, if it is negative and a factor behind another."""
    if pieces[i] in OPERATORS:
        return sign(pen, cast(Operator, pieces[i]), called=called)
    form: Form = "operand" if i and pieces[i - 1] in ("times", "div") else "number"
    return number(pen, pieces[i], form=form, as_swept=as_swept, called=called)


def _equals(pen: Pen, pieces: tuple[str, ...], *, as_swept: bool) -> Operator:
    """Return the sign before a result: of equality only where what is shown of its numbers gives it."""
    if pieces[-2] != "=" or len(pieces) == len(("=", "number")):
        return cast(Operator, pieces[-2])
    known = [pen.quantities[piece] for piece in pieces[:-1] if piece not in OPERATORS]
    gives, found = pen.formatter, pen.quantities[pieces[-1]]
    mode: Mode = "live" if as_swept else "resting"
    holds = gives.divides(found, *known) if "div" in pieces else gives.multiplies(found, known, mode=mode)
    return "=" if holds else "approx"
