"""A network of two weights with a loss, as a lecturer types it: the fields that clips of it share, and its scales."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from core.functions import FUNCTIONS
from scenes.parts.measure import Scale
from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Recipe, Run
from scenes.parts.recipe.terms import Constant
from scenes.parts.settings.base import ClipSettings, FitScale, OneOf
from scenes.parts.settings.fitting import fitted
from scenes.parts.settings.network import Network
from scenes.parts.settings.scalar_losses import LOSS_FORMULAS, NEEDS_CLASSES, SCALAR_LOSSES, suits_loss

__all__ = ["NODES", "WEIGHTS", "TwoWeights"]

NODES, WEIGHTS = ("x", "z", "h", "y", "L"), ("w1", "w2")
_AREAS = (("x", "z"), ("h", "y"))  # what went in at each weight, and where its push comes back from
_WIDEST = 1.4  # the longest side of an area


class TwoWeights(ClipSettings):
    """A clip about `y = w2 * activation(w1 * x)`, compared with a target by a loss."""

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

    @cached_property
    def network(self) -> Network:
        """The network at the clip's own numbers."""
        recipe = Recipe.chain(("w1", self.activation, "w2"), "".join(NODES), WEIGHTS, self.loss)
        run = Run.of(recipe, **{name: self.given(name) for name in ("x", *WEIGHTS)}, t=self.given("target"))
        return Network(run, NODES, WEIGHTS)

    def network_rows(self) -> dict[str, Row]:
        """Return the quantities of the network, its target, its loss, and what half a turn of a dial stands for."""
        rows, run = self.network.rows(graphs=False), self.network.run
        rows["target"] = Row("t", run.input("t"), "ink", typed=True)
        rows["half_turn"] = Row("pi", self.network.half_turn() * Constant(1.0), "quiet", typed=True)
        return rows | {"loss_formula": Row(LOSS_FORMULAS[self.loss], run.value("L"), "loss")}

    def scales(self) -> Mapping[str, Scale]:
        """Return how thick a push of 1 is, how far a dial turns, and how long the sides of areas are."""
        run = self.network.run
        sides = [number(term) for value, push in _AREAS for term in (run.value(value), run.delta(push))]
        return {
            "ribbon": Scale("scale", self.network.ribbon(self.scale)),
            "dial": Scale("half_turn", math.pi / number(self.network.half_turn())),
            "area": Scale("area", fitted(_WIDEST, [1.0, *sides])),
        }

    def named(self) -> Mapping[str, str]:
        """Return what `{activation}` and `{loss}` stand for."""
        return {"activation": self.activation, "loss": self.loss}
