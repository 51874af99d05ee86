"""Numbers that are compared: a bar for each on one line, and under it what it is; each group on a scale of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from scenes.parts.measure import Scale
from scenes.parts.page import GROUP, LABEL, TOUCH, Column, Form, Pad, Place, Row
from scenes.parts.page.boxes import Box
from scenes.parts.theme import FINE, VALUE
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.decor import Decor
from scenes.parts.things.letters import room_of, words
from scenes.parts.things.part import Part, or_nothing, shown_of
from scenes.parts.things.pen import Pen
from scenes.parts.things.shapes import rectangle
from scenes.parts.things.stave import Stave

__all__ = ["Rivals"]

_THICK: Final = 0.6  # of a bar
_TEXT: Final = 0.1  # from a bar to the number over it
_BEYOND: Final = 0.2  # how far the line under a bar goes on


class Rivals:
    """Bars side by side, with the number over each, and under each its name in its colour, and how it adds up.

    Parameters
    ----------
    bars
        For each a quantity that is not negative, and the key of its name.
    scale
        Their scale by its key.
    sums
        How each adds up: what stands in a line under its name, where there is room.

    Attributes
    ----------
    bars
        Each bar: the line under it, itself, the number over it.
    """

    def __init__(
        self, pen: Pen, bars: Sequence[tuple[str, str]], scale: str, sums: Sequence[Sequence[Part]] = ()
    ) -> None:
        high = max(pen.clip.scales()[scale].length(pen.quantities[name].number) for name, _ in bars)
        self.bars = [_bar(pen, name, scale, high) for name, _ in bars]
        self._names = [
            words(pen, key, colour=pen.quantities[name].row.role, align="centre", most=2) for name, key in bars
        ]
        self._sums = [[or_nothing(part, f"sums at {scale}") for part in line] for line in sums]

    @property
    def said(self) -> list[list[Shown]]:
        """What is said under each bar: its name and, where there is room, how it adds up."""
        pairs = zip(self._names, self._sums, strict=True)
        return [shown_of(name, *(leaf.part for leaf in line if isinstance(leaf.part, Part))) for name, line in pairs]

    @property
    def shown(self) -> list[Shown]:
        """What is drawn of all of it."""
        return [*shown_of(*self.bars), *(shown for each in self.said for shown in each)]

    @property
    def box(self) -> Box:
        """All of it as a box."""
        each = zip(self.bars, self._names, self._sums, strict=True)
        columns = (Column(bar, TOUCH, said, LABEL, Row(*line, gap=LABEL), anchor=0) for bar, said, line in each)
        return Column(Pad(Row(*columns, gap=GROUP), grow=True))


def _bar(pen: Pen, name: str, scale: str, high: float) -> Part:
    """Return a bar with its number over it; its origin is the middle of the line under it."""
    quantity, said = pen.quantities[name], pen.readout(name, height=VALUE)
    half = max(room_of(said).across.least, _THICK) / 2 + _BEYOND

    def draw(place: Place, scales: Mapping[str, Scale]) -> tuple[Shown, ...]:
        under = place.y - FINE / 2  # the thinnest bar stands on it, not in it
        start, end = (np.array([place.x + side * half, under, 0.0]) for side in (-1, 1))
        line = Decor([Paint(pen.theme.colour("edge"))], [rectangle(start, end, FINE)])
        made, origin = scales[scale], (place.x, place.y)
        colour = pen.colour_of(quantity)
        bar = Stave(quantity, made, origin=origin, theme=pen.theme, colour=colour, width=_THICK)
        return line, bar, said.at(place.x, place.y + made.length(quantity.number) + _TEXT)

    return Part(f"bar of {name}", Form.fixed(half, half, high + _TEXT + VALUE, FINE), draw=draw)
