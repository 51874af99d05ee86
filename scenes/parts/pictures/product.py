"""Products as every clip writes them: local x incoming = outgoing, the local derivative in a tag of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manim.mobject.geometry.polygram import Polygon

from scenes.parts.pictures.rows import in_a_row, width_of
from scenes.parts.theme import EDGE_MARGIN, FRAME_WIDTH, LINE, NUMBER
from scenes.parts.things.base import Shown
from scenes.parts.things.decor import Decor, decor
from scenes.parts.things.lettering import Lettering, Sign
from scenes.parts.things.pen import Pen
from scenes.parts.things.readout import Readout

__all__ = ["PAD", "POINT", "Product", "ProductLine", "tag", "tag_width", "weight_product"]

HEADS = ("local", "incoming", "outgoing")
PAD, POINT, _GAP = 0.14, 0.24, 0.8  # of the tag around its number; its tip; room for a sign between two columns


@dataclass(frozen=True)
class Product:
    """One such line: what enters first (the factors), and what they make."""

    tag: Decor
    local: Readout
    times: Sign
    incoming: Readout
    equals: Sign
    outgoing: Readout

    @property
    def factors(self) -> tuple[Shown, ...]:
        """The left side."""
        return self.tag, self.local, self.times, self.incoming

    @property
    def result(self) -> tuple[Shown, ...]:
        """The right side."""
        return self.equals, self.outgoing


class ProductLine:
    """All the products of a beat, one after the other on the same three columns, wide enough for each of them.

    Parameters
    ----------
    rows
        The quantities of each product: local derivative, what comes in, what goes out.
    left
        Where the first column begins.
    heads_line, line
        Baselines of the heads, which are the words ``local``, ``incoming`` and ``outgoing``, and of the numbers.

    Attributes
    ----------
    right
        Where the last column ends.
    """

    def __init__(
        self, pen: Pen, rows: Sequence[tuple[str, str, str]], *, left: float, heads_line: float, line: float
    ) -> None:
        self.pen, self.line = pen, line
        self.heads = [pen.words(key, colour="quiet", align="centre") for key in HEADS]
        numbers = [self._numbers(row) for row in rows]
        widths = [max(self.heads[i].advance, *(row[i].advance for row in numbers)) for i in range(3)]
        widths[0] += PAD + POINT
        self.columns: list[float] = []
        for width in widths:
            self.columns.append(left + width / 2)
            left += width + _GAP
        self.right = left - _GAP
        for head, x in zip(self.heads, self.columns, strict=True):
            head.at(x, heads_line)
        self.products = [self._product(*row) for row in numbers]

    def _numbers(self, row: tuple[str, str, str]) -> tuple[Readout, Readout, Readout]:
        local, incoming, outgoing = row
        return self.pen.readout(local), self.pen.readout(incoming, form="operand"), self.pen.readout(outgoing)

    def _product(self, local: Readout, incoming: Readout, outgoing: Readout) -> Product:
        first, second, third = self.columns
        for number, x in zip((local, incoming, outgoing), self.columns, strict=True):
            number.at(x, self.line)
        times_at = (first + local.advance / 2 + PAD + POINT + second - incoming.advance / 2) / 2
        equals_at = (second + incoming.advance / 2 + third - outgoing.advance / 2) / 2
        times, equals = self.pen.sign("times").at(times_at, self.line), self.pen.sign("=").at(equals_at, self.line)
        return Product(tag(self.pen, local), local, times, incoming, equals, outgoing)


def tag_width(local: Readout) -> float:
    """Return how wide a tag around a number is, without its point."""
    return local.advance + 2 * PAD


def tag(pen: Pen, local: Readout) -> Decor:
    """Return the mark of a local derivative: a tag around its number, which stands in its place.

    Around a number that moves it keeps the width of one digit before the point.
    """
    (x, y, _), half, high = local.offset, local.advance / 2, 0.27
    before, after = local.room if local.align == "point" else (half, half)
    left, right = -before - PAD, after + PAD
    corners = [(left, -high), (right, -high), (right + POINT, 0.0), (right, high), (left, high)]
    ink = pen.theme.colour("ink")
    return decor(Polygon(*([x + dx, y + NUMBER / 2 + dy, 0] for dx, dy in corners), color=ink, stroke_width=LINE))


def weight_product(pen: Pen, weight: str, push: str, value: str, *, line: float) -> list[Lettering]:
    """Return the row: gradient of a weight (= push behind it x value in front of it, if it has room) = numbers."""
    names: list[Lettering] = [pen.sign("="), pen.symbol(push), pen.sign("times"), pen.symbol(value)]
    numbers: list[Lettering] = [pen.sign("="), pen.readout(push, form="operand"), pen.sign("times")]
    numbers += [pen.readout(value, form="operand"), pen.sign("="), pen.readout(weight)]
    pieces: list[Lettering] = [pen.symbol(weight), *names, *numbers]
    room = FRAME_WIDTH - 2 * EDGE_MARGIN
    if width_of(pieces) > room:
        pieces = [pieces[0], *numbers]
    in_a_row(pieces, -room / 2, line)
    return pieces
