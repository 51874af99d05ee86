"""The network of ActivationSwap on one line: bare, then with the numbers of one function, forward and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import VALUE
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
    """In which beats the line is bare, answers, has the push before the function, has it at x, and there once more."""

    bare: Sequence[str]
    answer: Sequence[str]
    into: Sequence[str]
    back: Sequence[str]
    then: Sequence[str]


class SwapLine(OneLine):
    """The line; its quantities are those of `settings.swapped.Swapped`.

    Parameters
    ----------
    most, then
        The functions whose numbers it shows: at the first input, and at the other.
    """

    def __init__(self, pen: Pen, sweep: Sweep, most: int, then: int, turns: Turns) -> None:
        self.pen, self.sweep, self.most, self.last, self.turns = pen, sweep, most, then, turns
        back = {beat: 0 for beats in (turns.back, turns.then) for beat in beats}
        super().__init__(pen.theme, self._cells(), back | dict.fromkeys(turns.into, HOLE))

    @property
    def z_name(self) -> Shown:
        """How what goes into the functions is called, while the line is bare."""
        return self.part(HOLE - 1, self.turns.bare[0]).shown[1]

    def _cells(self) -> list[Cell]:
        pen, t, every = self.pen, self.turns, [beat for beats in self.turns for beat in beats]
        forward = [*t.bare, *t.answer]
        weights = ([(weight_gates(pen, name), every)] for name in ("w1", "w2"))
        rule = gate(pen, "L", pen.symbol("rule_L", height=VALUE, colour="ink", align="left"), called="gate L back")
        loss = [(loss_gates(pen, "L", "loss_formula"), forward), ([rule], [*t.into, *t.back, *t.then])]
        x, z = (self._input(*each) for each in (("x", "dL_dx"), ("z", "out")))
        h, y = (self._output(*each) for each in (("h", "in"), ("y", "dL_dy")))
        return [x, next(weights), z, self._hole(), h, next(weights), y, loss]

    def _input(self, name: str, push: str) -> Cell:
        known, t, (now, back) = self.pen.quantities, self.turns, self._both(push)
        moments = [known[each].number for each in (name, f"other_{name}")]
        said = live(self.pen, self.sweep[f"now_{name}"], moments, symbol=name, align="left")
        return [([said], [*t.bare, *t.answer, *t.into]), ([now], t.back), ([back], t.then)]

    def _output(self, name: str, push: str) -> Cell:
        t, (now, back) = self.turns, self._both(push)
        bare = symbol(self.pen, f"{name}_{self.most}", height=VALUE)
        told = named_number(self.pen, f"{name}_{self.most}")
        return [([bare], t.bare), ([told], t.answer), ([now], [*t.into, *t.back]), ([back], t.then)]

    def _both(self, push: str) -> tuple[Part, Part]:
        return named_number(self.pen, f"{push}_{self.most}"), named_number(self.pen, f"other_{push}_{self.last}")

    def _hole(self) -> Cell:
        pen, t, slope = self.pen, self.turns, f"slope_{self.most}"
        bare = gate(pen, slope, pen.words("hole", height=VALUE), called="gate bare")
        name = gate(pen, slope, pen.name(f"function_{self.most}", height=VALUE, align="left"), called="gate named")
        slopes = (gate(pen, each) for each in (slope, f"other_slope_{self.last}"))
        return [([bare], t.bare), ([name], [*t.answer, *t.into]), ([next(slopes)], t.back), ([next(slopes)], t.then)]
