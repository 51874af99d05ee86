"""What makes one value of the one before, at each mesh of a train: its name, its slope, and how that follows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from scenes.parts.page import LABEL, Box, Column, Near
from scenes.parts.page.boxes import Item
from scenes.parts.theme import LABEL as SMALL
from scenes.parts.theme import VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.gate import gate
from scenes.parts.things.letters import name_of, symbol
from scenes.parts.things.part import Part, or_nothing, shown_of
from scenes.parts.things.pen import Pen

__all__ = ["MeshLine", "name_of_step"]


class MeshLine:
    """Under each mesh the plate of its slope; over it what it is of, under it the rule, as far as there is room.

    Parameters
    ----------
    steps
        Of each mesh, first to last: the weight that it is, or the key of its function's name.
    at
        Where the meshes stand, x from the origin of the train.
    within
        How far to both sides of the origin it may reach.
    """

    def __init__(self, pen: Pen, steps: Sequence[str], at: Sequence[float], within: float) -> None:
        self.plates = [gate(pen, f"local_{i}") for i in range(len(steps))]
        names = [name_of_step(pen, step, f"step {i}") for i, step in enumerate(steps)]
        rules = {i: symbol(pen, f"rule_{i}", height=SMALL) for i in range(len(steps)) if f"rule_{i}" in pen.quantities}
        self._around: list[list[Part]] = []
        columns: list[Item] = []
        for i, (name, plate) in enumerate(zip(names, self.plates, strict=True)):
            over, under = or_nothing(name, "steps"), [or_nothing(rules[i], "rules")] if i in rules else []
            self._around.append([cast(Part, leaf.part) for leaf in (over, *under)])
            columns.append(Column(over, plate, *under, gap=LABEL, align="origin", anchor=0))
        self.box: Box = Near(columns, at=at, gap=LABEL, levels=2, within=within)

    def at(self, i: int) -> list[Shown]:
        """Return all that stands at a mesh."""
        return shown_of(*self._around[i], self.plates[i])

    def slope(self, i: int) -> Shown:
        """Return the number on a plate."""
        return next(shown for shown in self.plates[i].shown if shown.kind == "readout")

    @property
    def everything(self) -> list[Shown]:
        """All that stands at the meshes."""
        return [shown for i in range(len(self.plates)) for shown in self.at(i)]


def name_of_step(pen: Pen, step: str, called: str) -> Part:
    """Return the symbol of a weight, or the name of a function or a loss at its key."""
    if step in pen.quantities:
        return symbol(pen, step, height=VALUE, called=called)
    return name_of(pen, step, called=called)
