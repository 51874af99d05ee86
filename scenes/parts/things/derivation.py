"""Gradients derived by hand, a line each: by what a known push is multiplied, and what that gives for each loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scenes.parts.page import ROWS, Pad, Table, during, gap
from scenes.parts.page.boxes import Item
from scenes.parts.theme import LABEL as SMALL
from scenes.parts.theme import VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.letters import name_of, number, sign, symbol, words
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.readout import Form

__all__ = ["Derivation", "Line"]

_BESIDE = 0.2  # at both sides of a number, in a column
_BETWEEN = gap(0.09, 0.2)  # two cells


class Line:
    """One line: ``gradient = factor x push``, and its number for each loss.

    The line of the answer has no factor: there the loss itself says how its push follows.

    Attributes
    ----------
    name, factor, push, results
        The gradient's symbol; by what the push is multiplied, if by anything; the push; the numbers.
    """

    def __init__(self, pen: LetterPen, name: str, factor: str, push: str, losses: int) -> None:
        gradient = f"dL_d{name}_0"
        self.name = symbol(pen, gradient, height=VALUE, align="right", called=f"line of {name}")
        sums = [(f"dL_d{name}_{i}", factor, f"dL_d{push}_{i}") for i in range(losses)] if factor else []
        closes = all(pen.equals(*each) == "equation" for each in sums)
        self.equals = sign(pen, "=" if closes else "approx", colour="quiet", called=f"equals in line of {name}")
        self.factor, self.times, self.push = list[Part](), list[Part](), list[Part]()
        if factor:
            self.factor = [number(pen, factor, form="operand", align="right", called=f"{factor} for {name}")]
            self.times = [sign(pen, "times", colour="quiet", called=f"times in line of {name}")]
        if push:
            self.push = [symbol(pen, f"dL_d{push}_0", height=VALUE, called=f"{push} for {name}")]
        each = [f"dL_d{name}_{i}" if push else f"first_{i}" for i in range(losses)]
        form: tuple[Form, ...] = ("number",) if push else ("equation", "number")
        self.results = [number(pen, n, form=form, align="right", called=f"result {n}") for n in each]
        found = f"quotient_{name}"
        self.quotient = list[Part]()
        if found in pen.quantities:
            named: tuple[Form, ...] = (
                ("equation", "number") if pen.quantities[found].row.symbol and not push else ("number",)
            )
            self.quotient = [number(pen, found, form=named, align="right", called=found)]

    def cells(self, beat: str) -> list[Item | None]:
        """Return its cells in the order of the columns; the last stands in a beat of its own."""
        slots = (next(iter(each), None) for each in (self.factor, self.times, self.push))
        first: list[Item | None] = [self.name, self.equals, *slots]
        results = [Pad(part, _BESIDE) for part in self.results]
        return [*first, *results, during(self.quotient[0], beat) if self.quotient else None]

    @property
    def begun(self) -> list[Shown]:
        """What is drawn of it before its factor comes."""
        return shown_of(self.name, self.equals, *self.times, *self.push)

    @property
    def shown(self) -> list[Shown]:
        """All that is drawn of it but what is found by dividing."""
        return [*self.begun, *shown_of(*self.factor, *self.results)]


class Derivation:
    """A table: a line for each gradient, a column for each loss, and one for what is found by dividing both.

    Its quantities are those of `settings.judges.Judges`: ``dL_dh_0``, ``first_0``, ``quotient_h``.

    Parameters
    ----------
    losses
        The keys of the names over the columns.
    lines
        Of each value and weight, in their order, by what is multiplied, and the value whose push that is.
    quotient
        The key of the words over the last column.
    beat
        In which the last column stands.
    """

    def __init__(
        self, pen: LetterPen, losses: Sequence[str], lines: Mapping[str, tuple[str, str]], quotient: str, beat: str
    ) -> None:
        self.beat = beat
        self.lines = {name: Line(pen, name, *line, len(losses)) for name, line in lines.items()}
        self.names = [name_of(pen, key, colour="loss", align="right", called=f"column {key}") for key in losses]
        self.over = words(pen, quotient, height=SMALL, colour="quiet", align="right", most=2)

    @property
    def quotients(self) -> list[Part]:
        """What is found by dividing, in each line in which that can be done."""
        return [part for line in self.lines.values() for part in line.quotient]

    @property
    def box(self) -> Table:
        """The table."""
        names = [Pad(name, _BESIDE) for name in self.names]
        head: list[Item | None] = [None] * 5
        head += [*names, during(self.over, self.beat) if self.quotients else None]
        lines = [head, *(line.cells(self.beat) for line in self.lines.values())]
        columns = len(head) if self.quotients else len(head) - 1
        return Table(*(line[:columns] for line in lines), gap=_BETWEEN, lines=ROWS)

    @property
    def heads(self) -> list[Shown]:
        """The names over the columns."""
        return shown_of(*self.names)

    @property
    def found(self) -> list[Shown]:
        """What is found by dividing, with the words over it."""
        return shown_of(self.over, *self.quotients) if self.quotients else []
