"""One step of learning in numbers: rate times gradient, and what is taken from each weight."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.parts.page import GROUP, LABEL, LINES, NEAR, Column, Either, Need, Row, Table, parts_in
from scenes.parts.page.boxes import Box
from scenes.parts.recipe.sweep import Live
from scenes.parts.theme import FORMULA, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.cells import Cells
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.letters import live, symbol
from scenes.parts.things.part import Part, or_nothing, shown_of
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
        self._head = or_nothing(symbol(pen, "step_of", height=VALUE), "head")
        self._sizes = [Cells(pen, f"size {w}", "rate", "times", f"dL_d{w}", _gives(pen, w), f"up_{w}") for w in weights]
        self._rule, self._eta = symbol(pen, "rule", height=FORMULA), live(pen, rate[0], (0.0, rate[1]), symbol="rate")
        self._rows = [Cells(pen, w, w, "-", f"up_{w}", _leaves(pen, w), f"new_{w}") for w in weights]
        self._names = [[symbol(pen, w, called=f"{w} {what}") for w in weights] for what in ("steps", "moves")]

    @property
    def box(self) -> Column:
        """All of it, under one another; where there is less room, of each row its end alone."""
        rule = self._rule, self._eta
        told = Either(Row(*rule, gap=GROUP), Column(*rule, gap=LINES))
        return Column(
            Column(self._head, _lines(self._names[0], self._sizes), gap=LINES),
            Column(told, _lines(self._names[1], self._rows), gap=LINES),
            gap=NEAR,
        )

    @property
    def gradients(self) -> list[Shown]:
        """The gradients, those that have room."""
        return [shown for row in self._sizes for shown in row.shown(2, 3)]

    @property
    def sizes(self) -> list[Shown]:
        """By what they are multiplied, under how that is written, with the names of the weights."""
        return [
            *shown_of(*(p for p in parts_in(self._head) if isinstance(p, Part)), *self._names[0]),
            *(s for row in self._sizes for s in row.shown(0, 2)),
        ]

    @property
    def steps(self) -> list[Shown]:
        """What that gives, after its sign where there is room for one."""
        return [shown for row in self._sizes for shown in row.shown(3, 5)]

    @property
    def upper(self) -> list[Shown]:
        """Rate times gradient, all of it."""
        return [*self.sizes, *self.gradients, *self.steps]

    @property
    def begun(self) -> list[Shown]:
        """The rule, and where the weights stand."""
        rows = (shown for row in self._rows for shown in row.shown(0, 2))
        return [*shown_of(self._rule, self._eta, *self._names[1]), *rows]

    @property
    def copies(self) -> tuple[list[Shown], list[Shown]]:
        """What is taken from each, where there is room for it, and where that was found."""
        pairs = [(row.shown(2, 3), size.shown(4, 5)) for row, size in zip(self._rows, self._sizes, strict=True)]
        return [s for new, _ in pairs for s in new], [s for new, old in pairs if new for s in old]

    @property
    def ended(self) -> list[Shown]:
        """Where the weights stand then."""
        return [shown for row in self._rows for shown in row.shown(3, 5)]


class FirstStep:
    """The rule of a step, and under it what it makes of each weight, on one line; quantities as in `StepTable`."""

    def __init__(self, pen: LetterPen, weights: Sequence[str]) -> None:
        self._rule = symbol(pen, "rule", height=FORMULA)
        self._names = [symbol(pen, w, called=f"{w} at first") for w in weights]
        signed = [(w, "-", "rate", "times", f"dL_d{w}", _reaches(pen, w), f"new_{w}") for w in weights]
        self._rows = [Cells(pen, f"first {items[0]}", *items) for items in signed]

    @property
    def box(self) -> Column:
        """All of it, under one another; where there is less room, of each row its end alone."""
        return Column(self._rule, _lines(self._names, self._rows), gap=NEAR)

    @property
    def begun(self) -> list[Shown]:
        """The rule, and what is taken from each weight."""
        return [*shown_of(self._rule, *self._names), *(s for row in self._rows for s in row.shown(0, 5))]

    @property
    def ended(self) -> list[Shown]:
        """Where the weights stand then."""
        return [shown for row in self._rows for shown in row.shown(5, 7)]


def _gives(pen: LetterPen, w: str) -> str:
    """Return the sign before how far a weight goes: of equality only where what is shown gives what is shown."""
    return "=" if pen.equals(f"up_{w}", "rate", f"dL_d{w}") == "equation" else "approx"


def _leaves(pen: LetterPen, w: str) -> str:
    """Return the sign before where a weight goes: of equality only where what is shown closes."""
    numbers = (pen.quantities[name] for name in (f"new_{w}", w, f"up_{w}"))
    return "=" if pen.formatter.leaves(*numbers) else "approx"


def _reaches(pen: LetterPen, w: str) -> str:
    """Return the sign after a weight less rate times gradient: of equality only where what is shown closes."""
    names = (w, "rate", f"dL_d{w}", f"new_{w}")
    from_, rate, gradient, to = (parse_shown(pen.formatter.text(pen.quantities[name])) for name in names)
    return "=" if from_ - rate * gradient == to else "approx"


def _lines(names: Sequence[Part], rows: Sequence[Cells]) -> Box:
    """Return the rows under one another; where there is less room, of each row its end alone."""
    return Either(*(_table(names, rows, *how) for how in ((0, NEAR), (0, LABEL), (-1, NEAR))))


def _table(names: Sequence[Part], rows: Sequence[Cells], first: int, gap: Need) -> Table:
    """Return the rows under one another, of each the cells from one on."""
    return Table(*([name, *row.cells[first:]] for name, row in zip(names, rows, strict=True)), gap=gap, lines=LINES)
