"""What every clip of the worked example says: x, a weight, a function, a weight, and a loss."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, ClassVar, Final

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from core.errors import CoreError
from core.functions import FUNCTIONS
from scenes.parts.measure import Scale
from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Recipe, Run
from scenes.parts.recipe.terms import Constant, Term
from scenes.parts.settings.base import ClipSettings, FitScale, OneOf, complaint
from scenes.parts.settings.faults import Problem
from scenes.parts.settings.network import Network
from scenes.parts.settings.scalar_losses import LOSS_FORMULAS, NEEDS_CLASSES, SCALAR_LOSSES, suits_loss

__all__ = ["WEIGHTS", "Names", "TwoLayers"]

WEIGHTS = ("w1", "w2")
_NAME: Final = re.compile(r"[a-km-su-z][0-9]?")
_TAKEN: Final = ("x", "y", *WEIGHTS)


class TwoLayers(ClipSettings):
    """A clip of the network `y = w2 * activation(w1 * x)`, compared with a target by a loss."""

    nodes: ClassVar[tuple[str, ...]] = ("x", "z", "h", "y", "L")

    x: float = Field(description="The input.")
    w1: float = Field(description="The first weight: z = w1 * x.")
    w2: float = Field(description="The second weight: y = w2 * h.")
    target: float = Field(description="The answer that is wanted.")
    activation: Annotated[str, OneOf(tuple(FUNCTIONS), "The function between the weights: h = activation(z).")]
    loss: Annotated[str, OneOf(SCALAR_LOSSES, "How the answer is compared with the target.", NEEDS_CLASSES)]

    scale: FitScale = Field(
        default="auto", description="How thick a push of 1 is, in units of a frame 8 high; auto: as thick as fits."
    )

    @field_validator("loss")
    @classmethod
    def _target_suits_loss(cls, loss: str, info: ValidationInfo) -> str:
        return suits_loss(loss, info.data.get("target"))

    @property
    def called(self) -> tuple[str, ...]:
        """The names of the values, first to last."""
        return self.nodes

    @cached_property
    def network(self) -> Network:
        """The network at the clip's own numbers."""
        recipe = Recipe.chain(("w1", self.activation, "w2"), self.called, WEIGHTS, self.loss)
        run = Run.of(recipe, **{name: self.given(name) for name in ("x", *WEIGHTS)}, t=self.given("target"))
        return Network(run, self.called, WEIGHTS)

    @property
    def run(self) -> Run:
        """The network's run at the clip's own numbers."""
        return self.network.run

    @property
    def half_turn(self) -> Term:
        """What half a turn of a dial stands for."""
        return self.network.half_turn()

    def rows(self) -> dict[str, Row]:
        """Return the quantities of the network, what half a turn of a dial stands for, and how the loss is written."""
        turn = Row("pi", self.half_turn * Constant(1.0), "quiet", typed=True)
        formula = Row(LOSS_FORMULAS[self.loss], self.run.value("L"), "loss")
        return self.network.rows() | {"half_turn": turn, "loss_formula": formula}

    def scales(self) -> Mapping[str, Scale]:
        """Return how thick a push of 1 is, and how far a dial turns."""
        turn = Scale("half_turn", math.pi / number(self.half_turn))
        return {"ribbon": Scale("scale", self.network.ribbon(self.scale)), "dial": turn}

    def named(self) -> Mapping[str, str]:
        """Return what `{activation}` and `{loss}` stand for."""
        return {"activation": self.activation, "loss": self.loss}

    def problems(self, digits: int) -> Iterator[Problem]:
        """Yield what a clip of its own scene cannot show; the network can be computed."""
        yield from ()

    def fit(self, digits: int) -> list[Problem]:
        """Return what would not fit, as the base class says: a ribbon that is too thick, or what the scene says."""
        try:
            found = [*self.network.too_thick(self.scale), *self.problems(digits)]
            if not found:
                self.quantities()
            return found
        except CoreError as error:
            return [Problem((), f"the network cannot be computed: {error}")]


def _apart(pair: tuple[str, str]) -> tuple[str, str]:
    wrong = next((name for name in pair if name in _TAKEN or not _NAME.fullmatch(name)), pair[0] * (pair[0] == pair[1]))
    if wrong:
        raise complaint(f"'{wrong}' is no name here: a letter, perhaps with a digit, of its own, but not l or t")
    return pair


Names = Annotated[tuple[str, str], AfterValidator(_apart)]
"""What the two values in the middle are called; l reads as 1, and t is the target."""
