"""What clips of one network say, whatever it is: how its gradients are confirmed, and the step that it takes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator, Field

from core.errors import CoreError
from scenes.parts.measure import Scale
from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Run
from scenes.parts.settings.base import ClipSettings, FitScale, Positive, Swept
from scenes.parts.settings.faults import Problem
from scenes.parts.settings.learning import Learning
from scenes.parts.settings.network import Network
from scenes.parts.settings.nudging import Nudging
from scenes.parts.settings.scalar_losses import shrinking

__all__ = ["NetworkClip"]


class NetworkClip(ClipSettings):
    """The settings of a clip of one network with a loss; a scene's own say which, as ``network``."""

    scale: FitScale = Field(
        default="auto", description="How thick a push of 1 is, in units of a frame 8 high; auto: as thick as fits."
    )
    nudges: Annotated[tuple[Positive, ...], AfterValidator(shrinking)] = Field(
        min_length=1, max_length=3, description="Steps that show the gap between prediction and truth, shrinking."
    )
    nudge: Positive = Field(le=1, description="The small step that confirms the gradients, equal in every digit shown.")
    rate: Positive = Field(default=0.5, description="Learning rate of the one step at the end.")
    step_seconds: float = Field(default=3.0, ge=0.5, le=20, description="How long that step takes, in seconds.")

    @property
    def network(self) -> Network:
        """The network at the clip's own numbers."""
        raise NotImplementedError(f"{type(self).__name__} must say its network")

    @property
    def run(self) -> Run:
        """The network's run at the clip's own numbers."""
        return self.network.run

    @cached_property
    def nudging(self) -> Nudging:
        """How the gradients are confirmed."""
        steps = (*(self.given("nudges", i) for i in range(len(self.nudges))), self.given("nudge"))
        return Nudging(self.run, self.network.weights, steps)

    @cached_property
    def learning(self) -> Learning:
        """The step at the end."""
        return Learning(self.network, self.given("rate"))

    def table(self) -> Mapping[str, Row]:
        """Return the quantities: inputs, values, local derivatives, gradients, and what nudges and the step gave."""
        return self.network.rows() | self.nudging.rows() | self.learning.rows()

    def sweeps(self) -> Mapping[str, Swept]:
        """Return the step of learning: its rate is turned up from 0."""
        return {"step": self.learning.sweep()}

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """Return the ranges of the graphs, of the answer's number lines, and of the knobs."""
        return {**self.network.ranges(), **self.learning.ranges()}

    def scales(self) -> Mapping[str, Scale]:
        """Return how thick a push of 1 is, and how far a dial turns."""
        half_turn = Scale("half_turn", math.pi / number(self.learning.half_turn))
        return {"ribbon": Scale("scale", self.network.ribbon(self.scale)), "dial": half_turn}

    def fit(self, digits: int) -> list[Problem]:
        """Return what would not fit, as the base class says: a ribbon that is too thick, nudges that do not confirm."""
        try:
            self.quantities()
            return [*self.network.too_thick(self.scale), *self.nudging.problems(digits)]
        except CoreError as error:
            return [Problem((), f"the network cannot be computed: {error}")]
