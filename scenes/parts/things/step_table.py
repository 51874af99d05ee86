"""One step of learning in numbers: rate times gradient, and what is taken from each weight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scenes.parts.page import GROUP, LABEL, LINES, NEAR, Column, Either, Need, Row, Table
from scenes.parts.page.boxes import Box
from scenes.parts.recipe.sweep import Live
from scenes.parts.theme import FORMULA, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.cells import Cells
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.letters import live, symbol, words
from scenes.parts.things.part import Part, shown_of
from scenes.parts.type.numbers import parse_shown

__all__ = ["FirstStep", "StepTable"]


class StepTable:
    """What a step makes of weights; its quantities are those of `settings.one_step`.

    Parameters
    ----------
    rate
        The rate, as it is turned up from 0, and how high.
    """

    def __init__(self, pen: LetterPen, weights: Sequence[str], rate: tuple[Live, float]) -> None:
        sizes = [Cells(pen, f"size {w}", "rate", "times", f"dL_d{w}", _gives(pen, w), f"up_{w}") for w in weights]
        self._rule, self._eta = symbol(pen, "rule", height=FORMULA), live(pen, rate[0], (0.0, rate[1]), symbol="rate")
        rows = [Cells(pen, w, w, "-", f"up_{w}", _leaves(pen, w), f"new_{w}") for w in weights]
        self._sizes = _Rows([symbol(pen, w, called=f"{w} steps") for w in weights], sizes, _heads(pen, 0, 2))
        self._moves = _Rows([symbol(pen, w, called=f"{w} moves") for w in weights], rows, {})

    @property
    def box(self) -> Column:
        """All of it, under one another; where there is less room, of each row its end alone."""
        rule = self._rule, self._eta
        told = Either(Row(*rule, gap=GROUP), Column(*rule, gap=LINES))
        return Column(self._sizes.box, Column(told, self._moves.box, gap=LINES), gap=NEAR)

    @property
    def given(self) -> list[Shown]:
        """The weights, and their gradients, those that have room."""
        return [*shown_of(*self._sizes.names), *self._sizes.shown(2, 3)]

    @property
    def sizes(self) -> list[Shown]:
        """By what they are multiplied."""
        return self._sizes.shown(0, 2)

    @property
    def steps(self) -> list[Shown]:
        """What that gives, after its sign where there is room for one."""
        return self._sizes.shown(3, 5)

    @property
    def upper(self) -> list[Shown]:
        """Rate times gradient, all of it."""
        return [*self.given, *self.sizes, *self.steps]

    @property
    def begun(self) -> list[Shown]:
        """The rule, and where the weights stand."""
        return [*shown_of(self._rule, self._eta, *self._moves.names), *self._moves.shown(0, 2)]

    @property
    def copies(self) -> tuple[list[Shown], list[Shown]]:
        """What is taken from each, where there is room for it, and where that was found."""
        pairs = zip(self._moves.rows, self._sizes.rows, strict=True)
        taken = [(row.shown(2, 3), size.shown(4, 5)) for row, size in pairs]
        return [s for new, _ in taken for s in new], [s for new, old in taken if new for s in old]

    @property
    def ended(self) -> list[Shown]:
        """Where the weights stand then."""
        return self._moves.shown(3, 5)


class FirstStep:
    """The rule of a step, and under it what it makes of each weight, on one line; quantities as in `StepTable`."""

    def __init__(self, pen: LetterPen, weights: Sequence[str]) -> None:
        self._rule = symbol(pen, "rule", height=FORMULA)
        signed = [(w, "-", "rate", "times", f"dL_d{w}", _reaches(pen, w), f"new_{w}") for w in weights]
        rows = [Cells(pen, f"first {items[0]}", *items) for items in signed]
        self._rows = _Rows([symbol(pen, w, called=f"{w} at first") for w in weights], rows, _heads(pen, 2, 4))

    @property
    def box(self) -> Column:
        """All of it, under one another; where there is less room, of each row its end alone."""
        return Column(self._rule, self._rows.box, gap=NEAR)

    @property
    def given(self) -> list[Shown]:
        """The weights, and their gradients, those that have room."""
        return [*shown_of(*self._rows.names), *self._rows.shown(4, 5)]

    @property
    def begun(self) -> list[Shown]:
        """The rule, and what is taken from each weight."""
        return [*shown_of(self._rule), *self._rows.shown(0, 4)]

    @property
    def ended(self) -> list[Shown]:
        """Where the weights stand then."""
        return self._rows.shown(5, 7)


@dataclass(frozen=True)
class _Rows:
    """A row of cells for each weight, behind its name.

    Attributes
    ----------
    heads
        What stands over some of the columns, by the number of the cell.
    """

    names: Sequence[Part]
    rows: Sequence[Cells]
    heads: Mapping[int, Part]

    @property
    def box(self) -> Box:
        """The rows under one another; where there is less room, without heads, and then of each row its end alone."""
        ways: tuple[tuple[int, Need], ...] = ((0, NEAR), (0, LABEL), (-1, NEAR))
        bare = [self._table(*way) for way in ways]
        return Either(*(self._table(*way, headed=True) for way in ways[:-1] if self.heads), *bare[bool(self.heads) :])

    def _table(self, first: int, gap: Need, *, headed: bool = False) -> Table:
        """Return the rows, of each the cells from one on."""
        rows: list[list[Part | None]] = [
            [name, *row.cells[first:]] for name, row in zip(self.names, self.rows, strict=True)
        ]
        over = [[None, *map(self.heads.get, range(len(rows[0]) - 1))]] if headed else []
        return Table(*over, *rows, gap=gap, lines=LINES)

    def shown(self, start: int, stop: int) -> list[Shown]:
        """Return what is drawn of some columns, with their heads: of those that had room."""
        heads = (head for i, head in self.heads.items() if start <= i < stop and head.place)
        return [*shown_of(*heads), *(shown for row in self.rows for shown in row.shown(start, stop))]


def _heads(pen: LetterPen, rate: int, gradient: int) -> Mapping[int, Part]:
    """Return what stands over the columns of the rate, and of the gradients."""
    said = words(pen, "eta", colour="quiet", align="right", most=1)
    return {rate: said, gradient: symbol(pen, "gradient_of", height=VALUE, align="right")}


def _gives(pen: LetterPen, w: str) -> str:
    """Return the sign before how far a weight goes: of equality only where what is shown gives what is shown."""
    gone, rate, gradient = _shown(pen, f"up_{w}", "rate", f"dL_d{w}")
    return "=" if rate * gradient == gone else "approx"


def _leaves(pen: LetterPen, w: str) -> str:
    """Return the sign before where a weight goes: of equality only where what is shown closes."""
    to, from_, gone = _shown(pen, f"new_{w}", w, f"up_{w}")
    return "=" if from_ - gone == to else "approx"


def _reaches(pen: LetterPen, w: str) -> str:
    """Return the sign after a weight less rate times gradient: of equality only where what is shown closes."""
    to, from_, rate, gradient = _shown(pen, f"new_{w}", w, "rate", f"dL_d{w}")
    return "=" if from_ - rate * gradient == to else "approx"


def _shown(pen: LetterPen, *names: str) -> list[Decimal]:
    """Return what is shown of some quantities, as numbers."""
    return [parse_shown(pen.formatter.text(pen.quantities[name])) for name in names]
