"""What every clip of the worked example says: x, a weight, a function, a weight, and a loss."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, ClassVar, Final

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from core.functions import FUNCTIONS
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Recipe, Run
from scenes.parts.settings.base import OneOf, complaint
from scenes.parts.settings.network import Network
from scenes.parts.settings.network_clip import NetworkClip
from scenes.parts.settings.scalar_losses import LOSS_FORMULAS, NEEDS_CLASSES, SCALAR_LOSSES, suits_loss

__all__ = ["WEIGHTS", "Names", "TwoLayers"]

WEIGHTS = ("w1", "w2")
_NAME: Final = re.compile(r"[a-km-su-z][0-9]?")
_TAKEN: Final = ("x", "y", *WEIGHTS)


class TwoLayers(NetworkClip):
    """A clip of the network `y = w2 * activation(w1 * x)`, compared with a target by a loss."""

    nodes: ClassVar[tuple[str, ...]] = ("x", "z", "h", "y", "L")

    x: float = Field(description="The input.")
    w1: float = Field(description="The first weight: z = w1 * x.")
    w2: float = Field(description="The second weight: y = w2 * h.")
    target: float = Field(description="The answer that is wanted.")
    activation: Annotated[str, OneOf(tuple(FUNCTIONS), "The function between the weights: h = activation(z).")]
    loss: Annotated[str, OneOf(SCALAR_LOSSES, "How the answer is compared with the target.", NEEDS_CLASSES)]

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

    def table(self) -> Mapping[str, Row]:
        """Return the quantities, as the base class says, and how the loss is written."""
        return {**super().table(), "loss_formula": Row(LOSS_FORMULAS[self.loss], self.run.value("L"), "loss")}

    def named(self) -> Mapping[str, str]:
        """Return what `{activation}` and `{loss}` stand for."""
        return {"activation": self.activation, "loss": self.loss}


def _apart(pair: tuple[str, str]) -> tuple[str, str]:
    wrong = next((name for name in pair if name in _TAKEN or not _NAME.fullmatch(name)), pair[0] * (pair[0] == pair[1]))
    if wrong:
        raise complaint(f"'{wrong}' is no name here: a letter, perhaps with a digit, of its own, but not l or t")
    return pair


Names = Annotated[tuple[str, str], AfterValidator(_apart)]
"""What the two values in the middle are called; l reads as 1, and t is the target."""
