"""A network on one line: its values and its gates with arrows between them, forward, or back in the same places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from scenes.parts.page import Box, Either, Over, Row, Slot, during, gap
from scenes.parts.recipe.quantity import Role
from scenes.parts.theme import VALUE, Theme
from scenes.parts.things.base import Shown
from scenes.parts.things.gate import fits_a_plate, gate
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.wire import edge, placed

__all__ = ["OneLine", "loss_gates", "weight_gates"]

_GAP: Final = gap(0.38, 0.6)
_CLEAR: Final = 0.08  # from an arrow to what stands at its ends


class OneLine:
    """Parts side by side.

    Parameters
    ----------
    cells
        What stands in each place while values go forward: one part, or several, the richest first.
    back
        What stands there instead while a push goes back, by the number of the place.
    beats
        The beats of both ways.
    """

    def __init__(
        self,
        theme: Theme,
        cells: Sequence[Sequence[Part]],
        back: Mapping[int, Part],
        beats: tuple[Sequence[str], Sequence[str]],
    ) -> None:
        self.theme, self.cells, self.back, self.beats = theme, cells, back, beats

    @property
    def box(self) -> Row:
        """The line as a box."""
        forward, backward = self.beats
        made: list[Box] = []
        for i, forms in enumerate(self.cells):
            cell = Either(*forms, like="one line")
            made.append(Slot(during(cell, *forward), during(self.back[i], *backward)) if i in self.back else Over(cell))
        return Row(*made, gap=_GAP, align="middle")

    def part(self, i: int, *, back: bool = False) -> Part:
        """Return what stands in a place, in the form that has room."""
        if back and i in self.back:
            return self.back[i]
        return next(part for part in self.cells[i] if part.place)

    def arrows(self, i: int, j: int, *, back: bool = False) -> list[Shown]:
        """Return the arrows from the place number i on to that number j, all of them forward or back."""
        places = [placed(self.part(k, back=back)) for k in range(i, j + 1)]
        level = next(place.y for place in places if place.name.startswith("gate"))
        role: Role = "gradient" if back else "value"
        found: list[Shown] = []
        for one, other in pairwise(places):
            ends = [(one.region.right + _CLEAR, level), (other.region.left - _CLEAR, level)]
            found += edge(self.theme, *(reversed(ends) if back else ends), head=role)
        return found

    def shown(self, *places: int, back: bool = False) -> list[Shown]:
        """Return what is drawn at some places."""
        return shown_of(*(self.part(k, back=back) for k in places))


def weight_gates(pen: LetterPen, name: str) -> list[Part]:
    """Return the gate of a weight with its number, and with its name alone."""
    said = pen.symbol(name, height=VALUE, align="left")
    return [gate(pen, name), gate(pen, name, said, called=f"gate {name} alone")]


def loss_gates(pen: LetterPen, name: str, formula: str) -> list[Part]:
    """Return the gate of a loss with its formula, a symbol, and with its name alone."""
    said = [pen.symbol(each, height=VALUE, colour="ink", align="left") for each in (formula, name)]
    return [gate(pen, name, each, called=f"gate {i} {name}") for i, each in enumerate(said) if fits_a_plate(each)]
