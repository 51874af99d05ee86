"""Gradients too different in size for bars: specks drawn larger, and all of them on an axis of decades."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import cast

from scenes.parts.page import GROUP, LABEL, Box, Column, Row
from scenes.parts.page.boxes import Item
from scenes.parts.things.base import Shown
from scenes.parts.things.decades import Decades
from scenes.parts.things.inset import inset
from scenes.parts.things.part import Part, or_nothing, shown_of
from scenes.parts.things.pen import Pen

__all__ = ["Shrinking"]

_LARGER = (("scale_10", "tenfold"), ("scale_100", "hundredfold"))


class Shrinking:
    """Insets ten and a hundred times larger, if there is room, and under them the decades.

    Parameters
    ----------
    names
        The gradients, first to last; the quantity ``log_`` + name says which power of ten one is that is not 0.
    named
        Those of them whose dots on the decades have their names.
    """

    def __init__(self, pen: Pen, names: Sequence[str], named: Collection[str]) -> None:
        self._leaves = [or_nothing(part, "insets") for part in (inset(pen, names, *of) for of in _LARGER) if part]
        self.insets = [cast(Part, leaf.part) for leaf in self._leaves]
        powers = {name: f"log_{name}" for name in names if f"log_{name}" in pen.quantities}
        self.axis = Decades(pen, "decades", list(powers), list(powers.values()), named)

    @property
    def parts(self) -> list[Part]:
        """Its parts."""
        return [*self.insets, self.axis.part]

    @property
    def box(self) -> Box:
        """It as a box whose origin is that of the train."""
        insets: list[Item] = [Column(Row(*self._leaves, gap=GROUP))] if self._leaves else []
        return Column(*insets, self.axis.part, gap=LABEL, align="origin", anchor=0)

    @property
    def everything(self) -> list[Shown]:
        """The insets."""
        return shown_of(*self.insets)

    @property
    def said(self) -> list[Shown]:
        """The decades: their line, and on it a dot for each gradient, last to first, with its name."""
        return [*self.axis.line, *(shown for pair in reversed(self.axis.pairs) for shown in pair)]
