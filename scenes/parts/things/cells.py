"""An equation of slots: numbers with signs between them, each a cell of its own, filled when it is its turn."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import cast

from scenes.parts.things.base import Shown
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.lettering import OPERATORS, Operator
from scenes.parts.things.letters import number, sign
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.readout import Form

__all__ = ["Cells"]


class Cells:
    """``1.2 - 0.5 x (-0.973) = 1.06``: what stands in a row, quantities by their names and signs between them.

    A negative number behind a sign stands in parentheses, unless it is a result.

    Parameters
    ----------
    called
        What the names of its parts begin with: those of another equation begin otherwise.
    """

    def __init__(self, pen: LetterPen, called: str, *items: str) -> None:
        self.cells = list(self._cells(pen, called, items))

    def _cells(self, pen: LetterPen, called: str, items: tuple[str, ...]) -> Iterator[Part]:
        for i, (before, item) in enumerate(pairwise(("", *items))):
            if item in OPERATORS:
                yield sign(pen, cast(Operator, item), called=f"{called} sign {i}")
            else:
                form: Form = "operand" if before in OPERATORS and before not in ("=", "approx") else "number"
                yield number(pen, item, form=form, align="right", called=f"{called} {item}")

    def shown(self, start: int, stop: int) -> list[Shown]:
        """Return what is drawn of some cells: of those that had room."""
        return shown_of(*(cell for cell in self.cells[start:stop] if cell.place))
