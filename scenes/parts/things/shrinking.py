"""Gradients too different in size for bars: specks drawn larger, and all of them on an axis of decades."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.parts.page import GROUP, LABEL, Box, Column, Row
from scenes.parts.page.boxes import Item
from scenes.parts.things.base import Shown
from scenes.parts.things.decades import Decades
from scenes.parts.things.inset import inset
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.pen import Pen

__all__ = ["Shrinking"]

_LARGER = (("scale_10", "tenfold"), ("scale_100", "hundredfold"))


class Shrinking:
    """Insets ten and a hundred times larger, and under them the decades.

    Parameters
    ----------
    names
        The gradients, first to last; the quantity ``log_`` + name says which power of ten one is that is not 0.
    """

    def __init__(self, pen: Pen, names: Sequence[str]) -> None:
        self.insets = [part for part in (inset(pen, names, *of) for of in _LARGER) if part]
        powers = {name: f"log_{name}" for name in names if f"log_{name}" in pen.quantities}
        self.axis = Decades(pen, "decades", list(powers), list(powers.values()))

    @property
    def parts(self) -> list[Part]:
        """Its parts."""
        return [*self.insets, self.axis.part]

    @property
    def box(self) -> Box:
        """It as a box whose origin is that of the train."""
        insets: list[Item] = [Column(Row(*self.insets, gap=GROUP))] if self.insets else []
        return Column(*insets, self.axis.part, gap=LABEL, align="origin", anchor=0)

    @property
    def larger(self) -> list[Shown]:
        """The insets."""
        return shown_of(*self.insets)

    @property
    def dots(self) -> list[tuple[Shown, Shown]]:
        """A dot on the decades for each gradient, and its name."""
        return list(zip(self.axis.dots, self.axis.labels, strict=True))

    @property
    def everything(self) -> list[Shown]:
        """All that it is made of."""
        return [*self.larger, *self.axis.line, *self.axis.dots, *self.axis.labels]
