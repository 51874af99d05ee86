"""Numbers, each behind what it is: a small table of words and values."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.parts.page import LINES, Table
from scenes.parts.recipe.quantity import Role
from scenes.parts.things.base import Shown
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.lettering import Align
from scenes.parts.things.letters import number, words
from scenes.parts.things.part import shown_of
from scenes.parts.things.readout import Form

__all__ = ["Labelled"]


class Labelled:
    """A line for each number.

    Parameters
    ----------
    lines
        Of each the key of its words, their colour, and the quantity.
    form
        How the numbers are written.
    """

    def __init__(self, pen: LetterPen, *lines: tuple[str, Role, str], form: Form = "number") -> None:
        self.keys = [words(pen, key, colour=colour, most=1) for key, colour, _ in lines]
        align: Align = "left" if form == "equation" else "point"
        self.numbers = [number(pen, n, form=form, align=align, called=f"{n} for {key}") for key, _, n in lines]

    @property
    def table(self) -> Table:
        """The lines under one another."""
        return Table(*zip(self.keys, self.numbers, strict=True), lines=LINES)

    @property
    def said(self) -> list[Shown]:
        """The words."""
        return shown_of(*self.keys)

    @property
    def found(self) -> Sequence[Shown]:
        """The numbers."""
        return shown_of(*self.numbers)
