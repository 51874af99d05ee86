"""Audit what is read: words, symbols and signs as a whole, numbers character by character, and by a second reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scenes.parts.film.ledger import SampleRow, ShownRow
from studio.audit.digits import check_lettering, texts_of
from studio.audit.drawn import Facts, Piece
from studio.audit.finding import Finding
from studio.audit.glance import Glance
from studio.audit.kind import Kind
from studio.audit.script import Script
from studio.audit.second import check_again, second_reader

__all__ = ["READOUT", "SIGN", "SYMBOL", "WORDS", "Lettering", "Number"]


class Lettering(Kind):
    """Something typeset: what a sample says that it shows is all that the pixels are compared with."""

    lettered = True

    def text_fault(self, script: Script, row: ShownRow, sample: SampleRow, live: bool) -> str:
        """Return what is wrong with the claimed text: it is not what the settings, or the formatter, give."""
        return script.fault(row, sample, live=live)

    def pieces(self, row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        """Return the outline of every text that the box may hold."""
        try:
            return [Piece(text.points) for text in texts_of(row, sample, facts)]
        except ValueError:
            return []

    def is_certain(self, row: ShownRow, sample: SampleRow, facts: Facts) -> bool:
        """Return whether its lines can be broken and aligned in one way only."""
        return len(self.pieces(row, sample, facts)) == 1

    def check(self, glance: Glance) -> Iterator[Finding]:
        """Yield its characters if it is a number, and the whole of it."""
        return check_lettering(glance)


class Number(Lettering):
    """The value of a quantity."""

    valued = True

    def check_again(self, glance: Glance) -> Iterator[Finding]:
        """Yield whether the second reader reads the same, where there is one."""
        if reader := second_reader():
            yield from check_again(glance, reader)


WORDS: Final = Lettering()
SYMBOL: Final = Lettering()
SIGN: Final = Lettering()
READOUT: Final = Number()
