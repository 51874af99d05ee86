"""The loss over the rate of a step: what its slope promises, and what is found, at the rate that was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scenes.parts.measure import Scale
from scenes.parts.page import NEAR, ROWS, Either, Place, Table
from scenes.parts.recipe.quantity import Role
from scenes.parts.theme import CURVE, STROKES_PER_UNIT
from scenes.parts.things.base import Shown
from scenes.parts.things.cells import Cells
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.letters import number, words
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.path import HEAD
from scenes.parts.things.plane import Plane
from scenes.parts.things.plot import Curve, Dot

__all__ = ["FallTable", "RatePlane"]


@dataclass
class RatePlane(Plane):
    """Two curves from one point, and the place of each at the rate; its quantities are those of `OneStep`."""

    def _draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        super()._draw(place, scales)
        self.slope, self.curve = self._curve("slope_L", "slope_rate"), self._curve("over_L", "over_rate")
        self.promised, self.found = self._dot("promised"), self._dot("new_L")
        return [*self.frame, self.slope, self.curve, self.promised, self.found]

    def _curve(self, y: str, x: str) -> Curve:
        return self.pen.curve(y, self.up, x, self.across, stroke=CURVE * STROKES_PER_UNIT)

    def _dot(self, name: str) -> Dot:
        known = self.pen.quantities
        colour = self.pen.colour_of(known[name])
        return Dot(known[name], self.up, across=(known["rate"], self.across), colour=colour, radius=HEAD)


class FallTable:
    """The loss less the fall that its slope promised, less the real one, and what lies between them.

    Parameters
    ----------
    keys
        Of what is said of each of the three.
    """

    def __init__(self, pen: LetterPen, keys: tuple[str, str, str]) -> None:
        colours: tuple[Role, ...] = ("gradient", "loss", "ink")
        self._kinds = [words(pen, key, colour=colour, most=1) for key, colour in zip(keys, colours, strict=True)]
        names = (("predicted", "promised"), ("real", "new_L"))
        self._sums = [Cells(pen, f"{fall} fall", "L", "-", fall, "=", loss) for fall, loss in names]
        self._gap = number(pen, "gap", align="right")

    @property
    def table(self) -> Either:
        """The three lines; where there is less room, their ends alone."""
        return Either(*(self._table(first) for first in (0, -1)))

    def _table(self, first: int) -> Table:
        """Return the lines, of each sum the cells from one on."""
        cells: list[list[Part | None]] = [[*each.cells[first:]] for each in self._sums]
        lines = [*cells, [None] * (len(cells[0]) - 1) + [self._gap]]
        return Table(*([kind, *line] for kind, line in zip(self._kinds, lines, strict=True)), gap=NEAR, lines=ROWS)

    @property
    def begun(self) -> list[Shown]:
        """All but what is found."""
        return [*shown_of(*self._kinds), *(shown for each in self._sums for shown in each.shown(0, -1))]

    @property
    def found(self) -> list[Shown]:
        """The loss that was promised, and the one that was found."""
        return shown_of(*(each.cells[-1] for each in self._sums))

    @property
    def gap(self) -> list[Shown]:
        """What lies between them."""
        return shown_of(self._gap)
