"""Gradients too different in size for bars: specks drawn larger, and all of them on an axis of decades."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import cast

from scenes.parts.page import GROUP, Box, Column, Row
from scenes.parts.things.base import Shown
from scenes.parts.things.decades import Decades
from scenes.parts.things.inset import inset, kept_of
from scenes.parts.things.part import Part, or_nothing, shown_of
from scenes.parts.things.pen import Pen

__all__ = ["Shrinking"]

_LARGER = (("scale_10", "tenfold"), ("scale_100", "hundredfold"))


class Shrinking:
    """Insets ten and a hundred times larger, if there is room, and the decades, which take their place.

    Parameters
    ----------
    names
        The gradients, first to last; the quantity ``log_`` + name says which power of ten one is that is not 0.
    named
        Those of them whose dots on the decades have their names.
    guess
        The key of what one might have thought of the first.

    Attributes
    ----------
    kept
        Of each inset the places of the gradients that it shows.
    """

    def __init__(self, pen: Pen, names: Sequence[str], named: Collection[str], guess: str) -> None:
        kept = {of: [names.index(n) for n in kept_of(pen, names, of[0])] for of in _LARGER}
        order = sorted((of for of in _LARGER if kept[of]), key=lambda of: kept[of])  # as their gears stand
        self.kept = [kept[of] for of in order]
        self._leaves = [or_nothing(part, "insets") for part in (inset(pen, names, *of) for of in order) if part]
        self.insets = [cast(Part, leaf.part) for leaf in self._leaves]
        powers = {name: f"log_{name}" for name in names if f"log_{name}" in pen.quantities}
        self.axis = Decades(pen, "decades", list(powers), list(powers.values()), named, guess, names[0])

    @property
    def parts(self) -> list[Part]:
        """Its parts."""
        return [*self.insets, self.axis.part]

    @property
    def box(self) -> Box:
        """The insets as a box in the middle of the train."""
        return Column(Row(*self._leaves, gap=GROUP))

    @property
    def everything(self) -> list[Shown]:
        """The insets."""
        return shown_of(*self.insets)

    @property
    def said(self) -> list[Shown]:
        """The decades: their line, on it a dot for each gradient, last to first, with its name; and the answer."""
        return [*self.axis.line, *(s for pair in reversed(self.axis.pairs) for s in pair), *self.axis.answered]
