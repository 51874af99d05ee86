"""A network on one line: its values and its gates with arrows between them, forward, or back in the same places."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from scenes.parts.page import Row, Slot, during, gap
from scenes.parts.recipe.quantity import Role
from scenes.parts.theme import Theme
from scenes.parts.things.base import Shown
from scenes.parts.things.decor import Decor
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.wire import edge, placed

__all__ = ["OneLine"]

_GAP: Final = gap(0.38, 0.6)
_CLEAR: Final = 0.08  # from an arrow to what stands at its ends


class OneLine:
    """Parts side by side.

    Parameters
    ----------
    cells
        What stands in each place while values go forward.
    back
        What stands there instead while a push goes back, by the number of the place.
    beats
        The beats of both ways.
    """

    def __init__(
        self, theme: Theme, cells: Sequence[Part], back: dict[int, Part], beats: tuple[Sequence[str], Sequence[str]]
    ) -> None:
        self.theme, self.cells, self.back, self.beats = theme, cells, back, beats

    @property
    def box(self) -> Row:
        """The line as a box."""
        forward, backward = self.beats
        made = [
            Slot(during(cell, *forward), during(self.back[i], *backward)) if i in self.back else cell
            for i, cell in enumerate(self.cells)
        ]
        return Row(*made, gap=_GAP, align="middle")

    def arrows(self, i: int, j: int, *, back: bool = False) -> list[Decor]:
        """Return the arrows from the place number i on to that number j, all of them forward or back."""
        parts = [self.back.get(k, cell) if back else cell for k, cell in enumerate(self.cells)][i : j + 1]
        level = min(placed(part).y for part in self.cells if part.name.startswith("gate"))
        found: list[Decor] = []
        role: Role = "gradient" if back else "value"
        for one, other in pairwise(map(placed, parts)):
            ends = [(one.region.right + _CLEAR, level), (other.region.left - _CLEAR, level)]
            found += edge(self.theme, *(reversed(ends) if back else ends), head=role)
        return found

    def shown(self, *places: int, back: bool = False) -> list[Shown]:
        """Return what is drawn at some places."""
        return shown_of(*(self.back[k] if back else self.cells[k] for k in places))
