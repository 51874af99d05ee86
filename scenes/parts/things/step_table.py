"""One step of learning in numbers: the rule, what is taken from each weight, and the loss both ways."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.parts.page import GROUP, LABEL, LINES, NEAR, Column, Either, Need, Row, Table
from scenes.parts.recipe.quantity import Role
from scenes.parts.recipe.sweep import Live
from scenes.parts.theme import FORMULA
from scenes.parts.things.base import Shown
from scenes.parts.things.cells import Cells
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.letters import live, number, symbol, words
from scenes.parts.things.part import shown_of

__all__ = ["StepTable"]

_GRADIENT, _RESULT = 4, 5  # the cell of the gradient, and that from which on the result stands


class StepTable:
    """What a step makes of weights; its quantities are those of `settings.one_step`.

    Parameters
    ----------
    rate
        The rate, as it is turned up from 0, and how high.
    ways
        The keys of what is said of adding and of subtracting.
    """

    def __init__(self, pen: LetterPen, weights: Sequence[str], rate: tuple[Live, float], ways: tuple[str, str]) -> None:
        self._gradients = [number(pen, f"dL_d{w}", form="equation", called=f"gradient of {w}") for w in weights]
        self._rule, self._eta = symbol(pen, "rule", height=FORMULA), live(pen, rate[0], (0.0, rate[1]), symbol="rate")
        self._names = [symbol(pen, w, called=f"{w} moves") for w in weights]
        self._rows = [Cells(pen, w, w, "-", "rate", "times", f"dL_d{w}", "=", f"new_{w}") for w in weights]
        colours: tuple[Role, Role] = ("gradient", "ink")
        self._ways = [words(pen, key, colour=colour, most=1) for key, colour in zip(ways, colours, strict=True)]
        ends = ("up_L", "new_L")
        self._ends = [number(pen, n, form="equation", align="left", called=f"{n} there") for n in ends]

    @property
    def box(self) -> Column:
        """All of it, under one another; where there is less room, of each row its end alone."""
        gradients, rule = self._gradients, (self._rule, self._eta)
        both = Table(*zip(self._ways, self._ends, strict=True), lines=LINES)
        rows = Either(self._table(0, NEAR), self._table(0, LABEL), self._table(_RESULT, NEAR))
        return Column(
            *(Either(Row(*each, gap=GROUP), Column(*each, gap=LINES)) for each in (gradients, rule)), rows, both
        )

    def _table(self, first: int, gap: Need) -> Table:
        """Return the rows, of each the cells from one on."""
        pairs = zip(self._names, self._rows, strict=True)
        return Table(*([name, *row.cells[first:]] for name, row in pairs), gap=gap, lines=LINES)

    @property
    def gradients(self) -> list[Shown]:
        """The gradients."""
        return shown_of(*self._gradients)

    @property
    def begun(self) -> list[Shown]:
        """The rule, where the weights stand, and what is taken from each but for its gradient."""
        rows = (shown for row in self._rows for shown in row.shown(0, _GRADIENT))
        return [*shown_of(self._rule, self._eta, *self._names), *rows]

    @property
    def copies(self) -> list[Shown]:
        """The gradients once more, in their slots, if they have room there."""
        return [shown for row in self._rows for shown in row.shown(_GRADIENT, _RESULT)]

    @property
    def ended(self) -> list[Shown]:
        """Where the weights stand then, and what is said of both ways."""
        rows = (shown for row in self._rows for shown in row.shown(_RESULT, len(row.cells)))
        return [*rows, *shown_of(*self._ways)]

    @property
    def losses(self) -> list[Shown]:
        """The loss where the gradient is added, and where it is subtracted."""
        return shown_of(*self._ends)
