"""A product with its factors: two numbers and more, and what they give, equal in the digits shown or only nearly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from scenes.parts.page import NEAR, Row, Table, gap
from scenes.parts.page.boxes import Item
from scenes.parts.theme import LABEL, VALUE
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.lettering import Align, Operator
from scenes.parts.things.letters import number, sign, symbol
from scenes.parts.things.part import Part, or_nothing
from scenes.parts.things.readout import Form

__all__ = ["Multiplied", "Products"]

_TIGHT: Final = gap(0.15)  # between a number and a sign
_COST: Final = 3


class Multiplied:
    """A product on one line: factors and signs in turn, the sign before what they give, and that, where its origin is.

    The sign is ``=`` only where the digits on screen multiply to the digits on screen. All but the last number are left
    out where there is no room for them.

    Parameters
    ----------
    height
        Of the factors; the last number is as high as any value.
    called
        What tells it from other products on its page.
    like
        Products that are alike have all their factors, or none has.
    """

    def __init__(
        self, pen: LetterPen, factors: Sequence[str], product: str, *, height: float, called: str, like: str = ""
    ) -> None:
        *known, total = (pen.quantities[name] for name in (*factors, product))
        times: list[Operator] = ["times"] * (len(factors) - 1)
        signs: list[Operator] = [*times, "=" if pen.formatter.multiplies(total, known) else "approx"]
        found: list[Part] = []
        for i, (name, between) in enumerate(zip(factors, signs, strict=True)):
            form: Form = "operand" if i else "number"
            found.append(number(pen, name, height=height, form=form, align="left", called=f"{name} of {called}"))
            found.append(sign(pen, between, height=height, called=f"sign {i} of {called}"))
        self.result = number(pen, product, align="left", called=f"{product} of {called}")
        self.cells = [or_nothing(part, like or f"product {called}", cost=_COST) for part in found]

    @property
    def box(self) -> Row:
        """The whole line."""
        return Row(*self.cells, self.result, gap=_TIGHT, anchor=len(self.cells))

    @property
    def parts(self) -> list[Part]:
        """Its parts, in their order."""
        return [*(cell.part for cell in self.cells if isinstance(cell.part, Part)), self.result]


class Products:
    """Products under one another, a row each, with two numbers before it.

    Parameters
    ----------
    rows
        Of each row the two numbers, the factors, and what they give.
    """

    def __init__(self, pen: LetterPen, rows: Sequence[tuple[str, str, Sequence[str], str]]) -> None:
        first, second, _, total = rows[0]
        aligns: tuple[Align, ...] = ("right", "right", "left")
        pairs = zip((first, second, total), aligns, strict=True)
        self.heads = [symbol(pen, n, height=VALUE, align=align, called=f"head {n}") for n, align in pairs]
        cells: list[list[Item]] = [[*self.heads]]
        self.rows: list[list[Part]] = []
        for one, other, factors, product in rows:
            numbers = [number(pen, name, align="right") for name in (one, other)]
            made = Multiplied(pen, factors, product, height=LABEL, called=product, like="products")
            cells.append([*numbers, made.box])
            self.rows.append([*numbers, *made.parts])
        self.table = Table(*cells, gap=NEAR)
