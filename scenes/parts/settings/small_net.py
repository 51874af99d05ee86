"""What clips of a small network say: x, a weight, perhaps a bias, a function, and perhaps a second weight."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from core.functions import FUNCTIONS
from scenes.parts.measure import Scale
from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Recipe, Run, Step
from scenes.parts.recipe.terms import Constant
from scenes.parts.settings.base import ClipSettings, OneOf
from scenes.parts.settings.lengths import half_turn

__all__ = ["SmallNet"]


class SmallNet(ClipSettings):
    """A clip of the network ``z = w1 * x + b; h = activation(z); y = w2 * h`` or, without w2, ``y = activation(z)``."""

    x: float = Field(description="The input.")
    w1: float = Field(description="The first weight.")
    b: float | None = Field(default=None, description="A bias, added to w1 * x; null for none.")
    w2: float | None = Field(
        description="The second weight, y = w2 * h; null for none: then y is the function's value."
    )
    target: float = Field(description="The answer that is wanted.")
    activation: Annotated[str, OneOf(tuple(FUNCTIONS), "The function: of w1 * x, and of b if there is one.")]

    @property
    def nodes(self) -> tuple[str, ...]:
        """The values of the network, first to last."""
        return ("x", "z", "y") if self.w2 is None else ("x", "z", "h", "y")

    def judged_by(self, loss: str) -> Run:
        """Return the network at the clip's own numbers, with a loss."""
        weights = ("w1",) if self.b is None else ("w1", "b")
        made = [Step("z", "scale", ("x",), weights), Step(self.nodes[2], self.activation, ("z",))]
        made += [] if self.w2 is None else [Step("y", "scale", ("h",), ("w2",))]
        given = {name: self.given(name) for step in made for name in step.weights} | {"x": self.given("x")}
        return Run.of(Recipe((*made, Step("L", loss, ("y", "t")))), **given, t=self.given("target"))

    def dial_row(self, run: Run) -> dict[str, Row]:
        """Return what half a turn of a dial stands for, as a quantity."""
        return {"half_turn": Row("pi", Constant(self._half_turn(run)) * Constant(1.0), "quiet", typed=True)}

    def dial_scale(self, run: Run) -> Mapping[str, Scale]:
        """Return how far a dial turns."""
        return {"dial": Scale("half_turn", math.pi / self._half_turn(run))}

    def _half_turn(self, run: Run) -> float:
        return half_turn(number(run.value(name)) for name in self.nodes)
