"""Pairs of numbers that are compared: a bar for each on one baseline, each pair on a scale of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from scenes.parts.measure import Scale
from scenes.parts.page import GROUP, LINES, TOUCH, Column, Form, Leaf, Pad, Place, Row
from scenes.parts.page.boxes import Box
from scenes.parts.recipe.quantity import Role
from scenes.parts.theme import FINE, VALUE
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.decor import Decor
from scenes.parts.things.letters import room_of, words
from scenes.parts.things.part import Part, or_nothing, shown_of
from scenes.parts.things.pen import Pen
from scenes.parts.things.shapes import rectangle
from scenes.parts.things.stave import WIDE, Stave

__all__ = ["Rivals"]

_APART: Final = 0.3  # between both numbers
_TEXT: Final = 0.1  # from a bar to the number over it
_BEYOND: Final = 0.2  # how far the baseline goes on


class Rivals:
    """Pairs of bars side by side, with the number over each bar, words under each pair, and a key beside all of them.

    Parameters
    ----------
    pairs
        By the key of the words under it: two quantities that are not negative, and their scale by its key.
    sums
        Keys of words under those: for each pair, how the first adds up, and how the other does.
    key
        Words for the first of each pair, and for the other one, each in their colour.
    called
        What the parts of its key are called, where a page has several.

    Attributes
    ----------
    pairs, under, key
        The bars of each pair, the words under it, and the key.
    """

    def __init__(
        self,
        pen: Pen,
        pairs: Mapping[str, tuple[str, str, str]],
        sums: Sequence[Sequence[str]],
        key: Sequence[str],
        called: str = "",
    ) -> None:
        roles = [pen.quantities[name].row.role for name in next(iter(pairs.values()))[:2]]
        self.pairs = [_pair(pen, *pair) for pair in pairs.values()]
        self.under = [words(pen, each, align="centre", most=1) for each in pairs]
        self._sums = [[self._sum(pen, *pair) for pair in zip(each, roles, strict=True)] for each in sums]
        named = zip(key, roles, strict=True)
        self.key = [words(pen, each, colour=role, most=1, called=f"{each} {called}") for each, role in named]

    @staticmethod
    def _sum(pen: Pen, key: str, role: Role) -> Leaf:
        return or_nothing(words(pen, key, colour=role, align="centre", most=1), "sums of rivals")

    @property
    def sums(self) -> list[list[Shown]]:
        """What is drawn of the sums of each pair: nothing where there is no room for them."""
        return [shown_of(*(leaf.part for leaf in each if isinstance(leaf.part, Part))) for each in self._sums]

    @property
    def shown(self) -> list[Shown]:
        """What is drawn of all of it."""
        return [*shown_of(*self.pairs, *self.under, *self.key), *(shown for each in self.sums for shown in each)]

    @property
    def box(self) -> Box:
        """All of it as a box."""
        each = zip(self.pairs, self.under, self._sums, strict=True)
        pairs = (Column(bars, said, *sums, gap=TOUCH, anchor=0, align="origin") for bars, said, sums in each)
        key = Column(*self.key, gap=LINES, align="left")
        return Column(Pad(Row(key, GROUP, Row(*pairs, gap=GROUP), align="middle"), grow=True))


def _pair(pen: Pen, one: str, other: str, scale: str) -> Part:
    """Return two bars with their numbers over them; its origin is the middle of the baseline under them."""
    pair = [pen.quantities[name] for name in (one, other)]
    said = [pen.readout(name, height=VALUE) for name in (one, other)]
    wide = [max(room_of(text).across.least, WIDE) for text in said]
    apart = (wide[0] + wide[1]) / 2 + _APART
    half = apart / 2 + max(wide) / 2
    high = max(pen.clip.scales()[scale].length(quantity.number) for quantity in pair)

    def draw(place: Place, scales: Mapping[str, Scale]) -> tuple[Shown, ...]:
        under = place.y - FINE / 2  # the thinnest bar stands on it, not in it
        start, end = (np.array([place.x + side * (half + _BEYOND), under, 0.0]) for side in (-1, 1))
        line = Decor([Paint(pen.theme.colour("edge"))], [rectangle(start, end, FINE)])
        shown: list[Shown] = []
        for quantity, text, x in zip(pair, said, (place.x - apart / 2, place.x + apart / 2), strict=True):
            colour, origin = pen.colour_of(quantity), (x, place.y)
            shown.append(Stave(quantity, scales[scale], origin=origin, theme=pen.theme, colour=colour))
            text.at(x, place.y + scales[scale].length(quantity.number) + _TEXT)
        return line, *shown, *said

    reach = half + _BEYOND
    return Part(f"{one} beside {other}", Form.fixed(reach, reach, high + _TEXT + VALUE, FINE), draw=draw)
