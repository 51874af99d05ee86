"""The line that every clip has: local x incoming = outgoing, the local derivative in a tag of its own."""

from __future__ import annotations

from dataclasses import dataclass

from manim.mobject.geometry.polygram import Polygon

from scenes.parts.bound.base import Shown
from scenes.parts.bound.decor import Decor, decor
from scenes.parts.bound.lettering import Readout, Sign
from scenes.parts.pen import Pen
from scenes.parts.theme import LINE, NUMBER

__all__ = ["Product", "ProductLine"]


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


@dataclass(frozen=True)
class ProductLine:
    """Where the line stands: the middles of its three columns, the baseline of its heads and that of its numbers."""

    pen: Pen
    columns: tuple[float, float, float]
    heads_line: float
    line: float

    def heads(self) -> list[Shown]:
        """Return the heads of the columns, from the words ``local``, ``incoming`` and ``outgoing``."""
        keys = zip(("local", "incoming", "outgoing"), self.columns, strict=True)
        return [self.pen.words(key, colour="quiet", align="centre").at(x, self.heads_line) for key, x in keys]

    def product(self, local: str, incoming: str, outgoing: str) -> Product:
        """Return the line for three quantities."""
        first, second, third = self.columns
        factor = self.pen.readout(local).at(first, self.line)
        return Product(
            self._tag(factor.advance),
            factor,
            self.pen.sign("times").at((first + second) / 2 + 0.15, self.line),
            self.pen.readout(incoming, form="operand").at(second, self.line),
            self.pen.sign("=").at((second + third) / 2, self.line),
            self.pen.readout(outgoing).at(third, self.line),
        )

    def _tag(self, width: float) -> Decor:
        """Return the mark of a local derivative: a tag around its number."""
        x, y, half, high = self.columns[0], self.line + NUMBER / 2, width / 2 + 0.14, 0.27
        corners = [(-half, -high), (half, -high), (half + 0.24, 0.0), (half, high), (-half, high)]
        ink = self.pen.theme.colour("ink")
        return decor(Polygon(*([x + dx, y + dy, 0] for dx, dy in corners), color=ink, stroke_width=LINE))
