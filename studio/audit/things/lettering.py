"""Audit what is read: words, symbols and signs as a whole, numbers character by character, and by a second reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scenes.parts.film.ledger import QuantityRow, SampleRow, ShownRow
from studio.audit.digits import check_lettering, texts_of
from studio.audit.drawn import Facts, Piece
from studio.audit.finding import Finding
from studio.audit.glance import Glance
from studio.audit.kind import Kind
from studio.audit.script import Script, written_fault
from studio.audit.second import check_again, second_reader

__all__ = ["READOUT", "SIGN", "SYMBOL", "WORDS", "Lettering", "Number", "Words"]

_SIGNS: Final = ("times", "div", "=", "+")


class Lettering(Kind):
    """Something typeset: what a sample says that it shows is all that the pixels are compared with."""

    lettered = True

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


class Words(Lettering):
    """Words of the settings."""

    def text_fault(
        self, script: Script, row: ShownRow, sample: SampleRow, named: QuantityRow | None, live: bool
    ) -> str:
        """Return whether the settings say others at their key."""
        return script.words_fault(row, sample)


class Symbol(Lettering):
    """The symbol of a quantity."""

    def text_fault(
        self, script: Script, row: ShownRow, sample: SampleRow, named: QuantityRow | None, live: bool
    ) -> str:
        """Return whether the quantity has another symbol."""
        return written_fault(sample, (named.symbol if named else "",))


class Sign(Lettering):
    """A sign of arithmetic."""

    def text_fault(
        self, script: Script, row: ShownRow, sample: SampleRow, named: QuantityRow | None, live: bool
    ) -> str:
        """Return whether it is none."""
        return written_fault(sample, _SIGNS)


class Number(Lettering):
    """The value of a quantity."""

    valued = True

    def text_fault(
        self, script: Script, row: ShownRow, sample: SampleRow, named: QuantityRow | None, live: bool
    ) -> str:
        """Return whether the clip's formatter writes its value otherwise."""
        return script.number_fault(sample, named, live)

    def check_again(self, glance: Glance) -> Iterator[Finding]:
        """Yield whether the second reader reads the same, where there is one."""
        if reader := second_reader():
            yield from check_again(glance, reader)


WORDS: Final = Words()
SYMBOL: Final = Symbol()
SIGN: Final = Sign()
READOUT: Final = Number()
