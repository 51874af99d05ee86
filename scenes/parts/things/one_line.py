"""A network on one line: its values and its gates with arrows between them; what stands in a place may change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, pairwise
from typing import Final

from scenes.parts.measure import Scale
from scenes.parts.page import Box, Either, Form, Over, Place, Row, Slot, during, gap
from scenes.parts.recipe.quantity import Role
from scenes.parts.theme import LABEL, VALUE, Theme
from scenes.parts.things.base import Shown
from scenes.parts.things.gate import fits_a_plate, gate
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.letters import room_of
from scenes.parts.things.part import Part
from scenes.parts.things.wire import edge, placed

__all__ = ["Cell", "OneLine", "loss_gates", "named_number", "weight_gates"]

Cell = Sequence[tuple[Sequence[Part], Sequence[str]]]
"""What stands in a place, turn by turn: one part, or several forms of it, the richest first; and in which beats."""

_GAP: Final = gap(0.3, 0.6)
_CLEAR: Final = 0.08  # from an arrow to what stands at its ends
_BETWEEN: Final = 0.07  # from a name to its number under it


class OneLine:
    """Cells side by side.

    Parameters
    ----------
    turned
        From which place on arrows go back, by the beats in which some do.
    """

    def __init__(self, theme: Theme, cells: Sequence[Cell], turned: Mapping[str, int]) -> None:
        self.theme, self.cells, self.turned = theme, cells, turned
        self._arrows: dict[tuple[str, str, bool], list[Shown]] = {}

    @property
    def box(self) -> Row:
        """The line as a box."""
        return Row(*map(self._box, self.cells), gap=_GAP, align="middle")

    @staticmethod
    def _box(cell: Cell) -> Box:
        boxes: list[Box] = [Either(*forms, like="one line") if len(forms) > 1 else Over(*forms) for forms, _ in cell]
        return Slot(*(during(box, *beats) for box, (_, beats) in zip(boxes, cell, strict=True)))

    def part(self, i: int, beat: str) -> Part:
        """Return what stands in a place in a beat, in the form that has room."""
        forms = next(forms for forms, beats in self.cells[i] if beat in beats)
        return next(part for part in forms if part.place)

    def shown(self, beat: str, i: int = 0, j: int = 0) -> list[Shown]:
        """Return what is drawn in a beat from the place number i on and before that number j, with its arrows."""
        parts = [self.part(k, beat) for k in range(len(self.cells))]
        level = next(placed(part).y for part in parts if part.name.startswith("gate"))
        found = [each for part in parts[i : j or None] for each in part.shown]
        for k, pair in list(enumerate(pairwise(parts)))[i : j or None]:
            found += self._arrow(*pair, level, back=k >= self.turned.get(beat, len(parts)))
        return found

    def _arrow(self, one: Part, other: Part, level: float, *, back: bool) -> list[Shown]:
        key = one.name, other.name, back
        if key not in self._arrows:
            role: Role = "gradient" if back else "value"
            ends = (placed(one).region.right + _CLEAR, level), (placed(other).region.left - _CLEAR, level)
            self._arrows[key] = list(edge(self.theme, *(reversed(ends) if back else ends), head=role))
        return self._arrows[key]

    @property
    def all_shown(self) -> list[Shown]:
        """All that ever stands on the line, and the arrows that have been drawn so far."""
        parts = (part for cell in self.cells for forms, _ in cell for part in forms if part.place)
        return [*(each for part in parts for each in part.shown), *chain.from_iterable(self._arrows.values())]

    def change(self, before: str, after: str) -> tuple[list[Shown], list[Shown]]:
        """Return what of the line stands in the one beat alone, and what in the other alone."""
        one, other = self.shown(before), self.shown(after)
        return [each for each in one if each not in other], [each for each in other if each not in one]


def named_number(pen: LetterPen, name: str, height: float = VALUE) -> Part:
    """Return a number of some height under its symbol, about the middle of both."""
    said, value = pen.symbol(name, height=LABEL), pen.readout(name, height=height)
    upper, lower = room_of(said), room_of(value)
    half = max(*upper.across[:2], *lower.across[:2])
    tall = upper.upright.after + _BETWEEN / 2
    form = Form.fixed(half, half, tall + upper.upright.before, _BETWEEN / 2 + height)

    def draw(place: Place, _: Mapping[str, Scale]) -> tuple[Shown, ...]:
        return said.at(place.x, place.y + tall), value.at(place.x, place.y - _BETWEEN / 2 - height)

    return Part(f"{name} on the line{', small' if height < VALUE else ''}", form, draw=draw)


def weight_gates(pen: LetterPen, name: str) -> list[Part]:
    """Return the gate of a weight with its number, and with its name alone."""
    said = pen.symbol(name, height=VALUE, align="left")
    return [gate(pen, name), gate(pen, name, said, called=f"gate {name} alone")]


def loss_gates(pen: LetterPen, name: str, formula: str) -> list[Part]:
    """Return the gate of a loss with its formula, a symbol, and with its name alone."""
    said = [pen.symbol(each, height=VALUE, colour="ink", align="left") for each in (formula, name)]
    return [gate(pen, name, each, called=f"gate {i} {name}") for i, each in enumerate(said) if fits_a_plate(each)]
