"""A product with its factors: two numbers and more, and what they give, equal in the digits shown or only nearly."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from scenes.parts.page import Leaf, Row, Table, gap, parts_in
from scenes.parts.page.boxes import Item
from scenes.parts.theme import LABEL, VALUE
from scenes.parts.things.letter_pen import LetterPen, Shade
from scenes.parts.things.lettering import Operator
from scenes.parts.things.letters import number, room_of, sign, symbol
from scenes.parts.things.part import Part, or_nothing
from scenes.parts.things.readout import Form

__all__ = ["Products"]

_APART: Final = gap(0.2, 0.3)  # two columns
_TIGHT: Final = gap(0.12)  # between a number and a sign
_LINES: Final = gap(0.2, 0.4)  # between two rows
_COST: Final = 3


class Products:
    """Products under one another, a row each, with two numbers before it, and over each column what it is.

    The sign before what the factors give is ``=`` only where the digits on screen multiply to the digits on screen. The
    factors are left out, in all rows, where there is no room for them.

    Parameters
    ----------
    rows
        Of each row the two numbers, the factors, and what they give.
    factors
        Key of the name of each factor.
    lit
        The factors that are seen at once; the others are quiet. If there are none in a row, all are seen.

    Attributes
    ----------
    heads, rows
        The parts of each, from left to right.
    """

    def __init__(
        self,
        pen: LetterPen,
        rows: Sequence[tuple[str, str, Sequence[str], str]],
        factors: Sequence[str],
        lit: Collection[str] = (),
    ) -> None:
        self.pen, self.lit = pen, lit
        first, second, _, total = rows[0]
        x, y = (symbol(pen, n, height=VALUE, align="right", called=f"head {n}") for n in (first, second))
        end = symbol(pen, total, height=VALUE, align="left", called=f"head {total}")
        names = [_left_out(_head(pen, key)) for key in factors]
        self.heads = [x, y, *_parts(names), end]
        made = [self._row(*each) for each in rows]
        self.rows = [_parts(cells) for cells in made]
        self.table = Table([x, y, *names, end], *made, gap=_APART, lines=_LINES)

    def _row(self, one: str, other: str, factors: Sequence[str], product: str) -> list[Item]:
        pen = self.pen
        *known, total = (pen.quantities[name] for name in (*factors, product))
        signs: list[Operator] = ["times"] * (len(factors) - 1)
        signs += ["=" if pen.formatter.multiplies(total, known) else "approx"]
        lit = [name for name in factors if name in self.lit] or factors
        cells = [
            self._factor(i, *each, is_lit=each[0] in lit) for i, each in enumerate(zip(factors, signs, strict=True))
        ]
        numbers = [number(pen, name, align="right") for name in (one, other)]
        return [*numbers, *cells, number(pen, product, align="left", called=f"{product} of {product}")]

    def _factor(self, i: int, name: str, between: Operator, *, is_lit: bool) -> Row:
        form: Form = "operand" if i else "number"
        colour: Shade = "ink" if is_lit else "quiet"
        factor = number(self.pen, name, height=LABEL, form=form, align="right", colour=colour, called=f"factor {name}")
        return Row(
            *map(_left_out, (factor, sign(self.pen, between, height=LABEL, called=f"sign of {name}"))), gap=_TIGHT
        )


def _head(pen: LetterPen, key: str) -> Part:
    piece = pen.name(key, height=LABEL, colour="quiet", align="right")
    return Part(f"head {key}", room_of(piece), draw=lambda place, _: [piece.at(place.x, place.y)])


def _left_out(part: Part) -> Leaf:
    return or_nothing(part, "products", cost=_COST)


def _parts(items: Iterable[Item]) -> list[Part]:
    return [part for item in items for part in parts_in(item) if isinstance(part, Part)]
