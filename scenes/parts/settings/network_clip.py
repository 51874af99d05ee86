"""What clips of one network say, whatever it is: how thick a push is, how gradients are confirmed, and a step."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator, Field

from core.errors import CoreError
from scenes.parts.measure import Scale
from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.quantity import Quantities, Row
from scenes.parts.recipe.recipe import Run
from scenes.parts.recipe.terms import Constant, Term
from scenes.parts.settings.base import ClipSettings, FitScale, FitStep, Positive, Swept
from scenes.parts.settings.faults import Problem
from scenes.parts.settings.learning import Learning
from scenes.parts.settings.network import Network
from scenes.parts.settings.nudging import Nudging
from scenes.parts.settings.scalar_losses import shrinking
from scenes.parts.type.by_hand import ByHand

__all__ = ["LearningClip", "NetworkClip"]


class NetworkClip(ClipSettings):
    """The settings of a clip of one network with a loss; a scene's own say which, as ``network``."""

    scale: FitScale = Field(
        default="auto", description="How thick a push of 1 is, in units of a frame 8 high; auto: as thick as fits."
    )

    @property
    @abstractmethod
    def network(self) -> Network:
        """The network at the clip's own numbers."""

    @property
    def run(self) -> Run:
        """The network's run at the clip's own numbers."""
        return self.network.run

    @property
    def half_turn(self) -> Term:
        """What half a turn of a dial stands for."""
        return self.network.half_turn()

    def table(self) -> Mapping[str, Row]:
        """Return the quantities of the network, and what half a turn of a dial stands for."""
        return {**self.network.rows(), "half_turn": Row("pi", self.half_turn * Constant(1.0), "quiet", typed=True)}

    def by_hand(self) -> Iterable[ByHand]:
        """Return the sums of the network."""
        return self.network.by_hand()

    def scales(self) -> Mapping[str, Scale]:
        """Return how thick a push of 1 is, and how far a dial turns."""
        turn = Scale("half_turn", math.pi / number(self.half_turn))
        return {"ribbon": Scale("scale", self.network.ribbon(self.scale)), "dial": turn}

    def problems(self, digits: int) -> Iterator[Problem]:
        """Yield what a clip of its own scene cannot show, before anything but the network is computed."""
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


class LearningClip(NetworkClip):
    """The settings of a clip whose gradients are confirmed by nudges, and which ends with a step against them."""

    nudges: Annotated[tuple[Positive, ...], AfterValidator(shrinking)] = Field(
        min_length=1, max_length=3, description="Steps that show the gap between prediction and truth, shrinking."
    )
    nudge: FitStep = Field(
        default="auto",
        description="The small step that confirms the gradients in every digit shown; auto: it is found.",
    )
    rate: Positive = Field(default=0.5, description="Learning rate of the one step at the end.")
    step_seconds: float = Field(default=3.0, ge=0.5, le=20, description="How long that step takes, in seconds.")

    @cached_property
    def nudging(self) -> Nudging:
        """How the gradients are confirmed."""
        shown = tuple(self.given("nudges", i) for i in range(len(self.nudges)))
        if self.nudge == "auto":
            return Nudging.found(self.run, self.network.weights, shown)
        return Nudging(self.run, self.network.weights, (*shown, self.given("nudge")))

    @cached_property
    def learning(self) -> Learning:
        """The step at the end."""
        return Learning(self.network, self.given("rate"))

    @property
    def half_turn(self) -> Term:
        """What half a turn of a dial stands for, also on the way of the step, unless that explodes."""
        return self.learning.half_turn

    def scales(self) -> Mapping[str, Scale]:
        """Return the scales, as the base class says, and how far a dial turns while the step is taken."""
        turn = math.pi / number(self.learning.moving_half_turn)
        return {**super().scales(), "moving_dial": Scale("moving_half_turn", turn)}

    def table(self) -> Mapping[str, Row]:
        """Return the quantities: inputs, values, local derivatives, gradients, and what nudges and the step gave."""
        return {**super().table(), **self.nudging.rows(), **self.learning.rows()}

    def quantities(self, digits: int | None = None) -> Quantities:
        """Return every quantity, as the base class says; what nudges find is comparable digit by digit."""
        known = super().quantities(digits)
        return known if digits is None else self.nudging.as_fine(known, digits)

    def by_hand(self) -> Iterable[ByHand]:
        """Return the sums of the network, those of nudges, and the steps of weights."""
        return (*super().by_hand(), *self.nudging.by_hand(), *self.learning.by_hand())

    def sweeps(self) -> Mapping[str, Swept]:
        """Return the step of learning: its rate is turned up from 0."""
        return {"step": self.learning.sweep()}

    @cached_property
    def _ranges(self) -> Mapping[str, tuple[float, float]]:
        return {**self.network.ranges(), **self.learning.ranges(), **self.nudging.ranges()}

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """Return the ranges of the graphs, of the answer's number lines, of the knobs, and of nudges."""
        return self._ranges

    def problems(self, digits: int) -> Iterator[Problem]:
        """Yield which gradient has no digit that holds, as where the answer is right but for rounding; or of nudges."""
        known = self.quantities()
        without = (known[f"dL_d{weight}"].no_digit_holds for weight in self.network.weights)
        why = next(filter(None, without), "")
        yield from [Problem((), why)] if why else self.nudging.problems(digits)
