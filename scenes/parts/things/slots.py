"""An equation with slots: what stands for each factor, and under it its number, which comes from where it was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from scenes.parts.page import LINES, Column, Over, Table
from scenes.parts.page.boxes import Box, Item
from scenes.parts.theme import VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.lettering import Operator
from scenes.parts.things.letters import number, sign
from scenes.parts.things.part import Part, shown_of
from scenes.parts.type.numbers import format_resting, parse_shown

__all__ = ["Filled", "Slots", "equality"]


@dataclass(frozen=True)
class Filled:
    """What stands in the slots at one time: the result, the factors, and the signs before and between them."""

    result: Part
    factors: list[Part]
    signs: list[Part]

    @property
    def shown(self) -> list[Shown]:
        """What is drawn of all of it."""
        return shown_of(self.result, *self.factors, *self.signs)

    @property
    def cells(self) -> list[Part]:
        """All of it in the order of the line."""
        pairs = zip(self.signs, self.factors, strict=True)
        return [self.result, *(part for pair in pairs for part in pair)]


class Slots:
    """``result = factor x factor x ...``: a line of symbols or words, and under it a line of numbers.

    Parameters
    ----------
    heads
        What stands for the result, and for each factor.
    fillings
        What stands in the slots, one after the other: a result and its factors, quantities all.
    """

    def __init__(
        self, pen: LetterPen, heads: Sequence[Part], *fillings: tuple[str, Sequence[str]], height: float = VALUE
    ) -> None:
        self.heads, self.pen, self.height = list(heads), pen, height
        over: list[Operator] = ["=", *(["times"] * (len(heads) - 2))]  # type: ignore[list-item]
        first = fillings[0][0]
        self.signs = [
            sign(pen, each, height=height, colour="quiet", called=f"head sign {i} of {first}")
            for i, each in enumerate(over)
        ]
        self.filled = [self._filled(i, result, factors) for i, (result, factors) in enumerate(fillings)]

    def _filled(self, line: int, result: str, factors: Sequence[str]) -> Filled:
        called, how = f"of slots {line} for {result}", {"height": self.height}
        signs: list[Operator] = [equality(self.pen, result, factors), *(["times"] * (len(factors) - 1))]  # type: ignore[list-item]
        return Filled(
            number(self.pen, result, called=f"result {called}", **how),
            [
                number(self.pen, name, form="operand", called=f"factor {i} {called}", **how)
                for i, name in enumerate(factors)
            ],
            [sign(self.pen, each, called=f"sign {i} {called}", **how) for i, each in enumerate(signs)],
        )

    @property
    def box(self) -> Box:
        """The two lines as a box."""
        pairs = zip(self.signs, self.heads[1:], strict=True)
        over: list[Item] = [self.heads[0], *(part for pair in pairs for part in pair)]
        under = [Over(*cells) for cells in zip(*(filled.cells for filled in self.filled), strict=True)]
        return Column(Table(over, under, gap=LINES, lines=LINES))

    @property
    def named(self) -> list[Shown]:
        """What is drawn of the upper line."""
        return shown_of(*self.heads, *self.signs)


def equality(pen: LetterPen, result: str, factors: Sequence[str]) -> Operator:
    """Return the sign before a product: = where the digits shown give the digits shown, else the sign of about.

    They need not, because each of them is rounded.
    """
    product = Decimal(1)
    for name in factors:
        product *= parse_shown(pen.formatter.text(pen.quantities[name]))
    shown = pen.formatter.text(pen.quantities[result])
    same = parse_shown(shown) == product or format_resting(float(product), pen.formatter.digits) == shown
    return "=" if same else "approx"
