"""A number that a sweep moves, with its name: on one line, or where there is less room the name over the number."""

from __future__ import annotations

from collections.abc import Iterable

from scenes.parts.page import LABEL, Column, Either, Row
from scenes.parts.theme import VALUE
from scenes.parts.things.base import Shown, Source
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.letters import live, sign, symbol

__all__ = ["LiveEquation"]


class LiveEquation:
    """``symbol = number``; its middle stands where its box is put.

    Parameters
    ----------
    moments
        The values that the number takes on its way: there is room for the widest of them.
    like
        All that are like one another have the same form.
    """

    def __init__(self, pen: LetterPen, source: Source, moments: Iterable[float], *, like: str = "") -> None:
        name = source.now.name
        self.parts = (
            symbol(pen, name, height=VALUE),
            sign(pen, "=", called=f"equals {name}"),
            live(pen, source, moments),
        )
        over = Column(self.parts[0], self.parts[2], gap=LABEL)
        self.box = Column(Either(Row(*self.parts, gap=LABEL), over, like=like))

    @property
    def shown(self) -> list[Shown]:
        """What is drawn of the form that had room."""
        return [shown for part in self.parts if part.place for shown in part.shown]
