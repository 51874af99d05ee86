"""What every clip of the worked example says: x, a weight, a function, a weight, and a loss."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, ClassVar

from pydantic import Field, ValidationInfo, field_validator

from core.functions import FUNCTIONS
from scenes.parts.recipe.recipe import Recipe, Run
from scenes.parts.settings.base import ClipSettings, OneOf
from scenes.parts.settings.network import Network
from scenes.parts.settings.scalar_losses import NEEDS_CLASSES, SCALAR_LOSSES, suits_loss

__all__ = ["WEIGHTS", "TwoLayers"]

WEIGHTS = ("w1", "w2")


class TwoLayers(ClipSettings):
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

    @property
    def run(self) -> Run:
        """The network's run at the clip's own numbers."""
        return self.network.run

    def named(self) -> Mapping[str, str]:
        """Return what `{activation}` and `{loss}` stand for."""
        return {"activation": self.activation, "loss": self.loss}
