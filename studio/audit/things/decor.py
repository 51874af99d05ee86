"""Decor: it shows nothing and is not looked at, but it is in the way of other things, or under them as their ground."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from scenes.parts.film.ledger import SampleRow, ShownRow
from studio.audit.drawn import Facts, Piece
from studio.audit.kind import Kind

__all__ = ["DECOR"]

_GROUND: Final = 0.5  # frame units: what is filled, and at least so wide and so high, has other things on it


class Decor(Kind):
    """Shapes without meaning for the numbers."""

    looked_at, layered = False, True

    def pieces(self, row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        """Return the outlines that it was declared with."""
        return [Piece(np.array(outline.points), outline.stroke * facts.unit) for outline in row.outlines]

    def bodies(self, row: ShownRow, sample: SampleRow, facts: Facts) -> Sequence[bool]:
        """Return of each outline whether it is a ground, such as that of a graph."""
        sizes = (np.ptp(np.array(outline.points), axis=0).min() / facts.unit for outline in row.outlines)
        return [not one.stroke and size >= _GROUND for one, size in zip(row.outlines, sizes, strict=True)]


DECOR: Final = Decor()
