"""The network of ActivationSwap on one line: bare, then with what comes back through it with one function."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import LABEL, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.gate import gate
from scenes.parts.things.letters import live, symbol
from scenes.parts.things.one_line import Cell, OneLine, loss_gates, named_number, weight_gates
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen

__all__ = ["HOLE", "SwapLine", "Turns"]

HOLE: Final = 3
"""The place of the function on the line."""


class Turns(NamedTuple):
    """In which beats the line is bare, has the push before the function, has it at x, and is open for any function."""

    bare: Sequence[str]
    into: Sequence[str]
    back: Sequence[str]
    open: Sequence[str]


class SwapLine(OneLine):
    """The line; its quantities are those of `settings.swapped.Swapped`.

    Parameters
    ----------
    i
        The number of the function whose pushes it shows.
    """

    def __init__(self, pen: Pen, sweep: Sweep, i: int, turns: Turns) -> None:
        self.pen, self.sweep, self.i, self.turns = pen, sweep, i, turns
        turned = dict.fromkeys(turns.back, 0) | dict.fromkeys([*turns.into, *turns.open], HOLE)
        super().__init__(pen.theme, self._cells(), turned)

    @property
    def z_name(self) -> Shown:
        """How what goes into the functions is called, while the line is bare."""
        return self.part(HOLE - 1, self.turns.bare[0]).shown[1]

    def _cells(self) -> list[Cell]:
        pen, (bare, into, back, any_of) = self.pen, self.turns
        weights = ([(weight_gates(pen, name), [*bare, *into, *back, *any_of])] for name in ("w1", "w2"))
        named = gate(pen, "L", pen.symbol("L", height=VALUE, colour="ink", align="left"), called="gate L")
        loss = [([named], bare), (loss_gates(pen, "L", "rule_L"), [*into, *back, *any_of])]
        x, z = (self._input(*each) for each in (("x", "dL_dx"), ("z", "out")))
        h, y = (self._output(*each) for each in (("h", "in"), ("y", "dL_dy")))
        return [x, next(weights), z, self._hole(), h, next(weights), y, loss]

    def _input(self, name: str, push: str) -> Cell:
        known, (bare, into, back, any_of) = self.pen.quantities, self.turns
        moments = [known[each].number for each in (name, f"other_{name}")]
        said = live(self.pen, self.sweep[f"now_{name}"], moments, symbol=name, align="left")
        return [([said], [*bare, *into, *any_of]), (self._pushed(push), back)]

    def _output(self, name: str, push: str) -> Cell:
        bare, into, back, any_of = self.turns
        value, named = (symbol(self.pen, f"{each}_{self.i}", height=VALUE) for each in (name, push))
        return [([value], bare), (self._pushed(push), [*into, *back]), ([named], any_of)]

    def _pushed(self, push: str) -> list[Part]:
        return [named_number(self.pen, f"{push}_{self.i}", height) for height in (VALUE, LABEL)]

    def _hole(self) -> Cell:
        pen, (bare, into, back, any_of), slope = self.pen, self.turns, f"slope_{self.i}"
        empty = gate(pen, slope, pen.words("hole", height=VALUE), called="gate bare")
        return [
            ([empty], [*bare, *any_of]),
            (self._named("named"), into),
            ([gate(pen, slope), *self._named("back")], back),
        ]

    def _named(self, called: str) -> list[Part]:
        """Return the gate of the function by its name, in two heights."""
        pen, i = self.pen, self.i
        said = {height: pen.name(f"function_{i}", height=height, align="left") for height in (VALUE, LABEL)}
        return [gate(pen, f"slope_{i}", each, called=f"gate {called} {height}") for height, each in said.items()]
