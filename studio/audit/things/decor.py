"""Decor: it shows nothing and is not looked at, but it is in the way of other things."""

from __future__ import annotations

from typing import Final

import numpy as np

from scenes.parts.film.ledger import SampleRow, ShownRow
from studio.audit.drawn import Facts, Piece
from studio.audit.kind import Kind

__all__ = ["DECOR"]


class Decor(Kind):
    """Shapes without meaning for the numbers."""

    looked_at = False

    def pieces(self, row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        """Return the outlines that it was declared with."""
        return [Piece(np.array(outline.points), outline.stroke * facts.unit) for outline in row.outlines]


DECOR: Final = Decor()
