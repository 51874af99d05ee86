"""What the scenes with a train of gears share: a chain of weights and functions, and a loss or none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, Field, PlainSerializer, ValidationInfo, field_validator

from core.errors import CoreError
from core.functions import FUNCTIONS
from scenes.parts.gears.train import NoRoom, Train, lay_out
from scenes.parts.measure import Scale
from scenes.parts.plans.wheel_plan import WheelPlan, plans_of
from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Recipe, Run
from scenes.parts.settings.base import ClipSettings, OneOf, Positive, complaint, read_only
from scenes.parts.settings.faults import Problem, not_one_of, quoted
from scenes.parts.settings.scalar_losses import NEEDS_CLASSES, SCALAR_LOSSES, suits_loss
from scenes.parts.settings.symbols import ratio, subscripted

__all__ = ["GearChain", "laid_out"]

MOST_STAGES = 12
TRAIN_WIDTH, TRAIN_HEIGHT, TRAIN_LINE = 13.4, 2.7, -0.13
"""Room for a train, and the line its hubs stand on, in units of a frame 8 high."""

_WEIGHT = re.compile(r"w[1-9]?")


def _weight_name(name: str) -> str:
    if not _WEIGHT.fullmatch(name):
        raise complaint(f"a weight is called w, or w1 to w9, not {quoted(name)}")
    return name


WeightName = Annotated[str, AfterValidator(_weight_name)]
Weights = Annotated[Mapping[WeightName, float], AfterValidator(read_only), PlainSerializer(dict)]


class GearChain(ClipSettings):
    """A clip that shows a chain of scalar stages as gears, one for each value."""

    x: float = Field(description="The input.")
    weights: Weights = Field(description="The weights by name, as in {w1: 1.2, w2: -0.8}; each is a stage of its own.")
    stages: tuple[str, ...] = Field(
        min_length=1, max_length=MOST_STAGES, description="The chain, first to last: names of weights and of functions."
    )
    target: float = Field(description="The answer that is wanted; without a loss it means nothing.")
    loss: Annotated[
        str, OneOf((*SCALAR_LOSSES, "none"), "How the answer is compared; none: L is the output.", NEEDS_CLASSES)
    ]
    scale: Positive = Field(
        le=1e6, description="Pitch radius of the gear of a gradient of 1; the frame is 8 units high."
    )

    idler_radius: float = Field(
        default=0.65,
        ge=0.2,
        le=1.4,
        description="Pitch radius of an idler, the wheel that only turns the direction back.",
    )

    @field_validator("stages")
    @classmethod
    def _known(cls, stages: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        weights = tuple(info.data.get("weights", ()))
        known = (*weights, *FUNCTIONS)
        if strange := next((stage for stage in stages if stage not in known), None):
            raise complaint(f"a stage is a weight or a function: {not_one_of(strange, known)}")
        if repeated := next((name for name in weights if stages.count(name) > 1), None):
            raise complaint(f"the weight {quoted(repeated)} is a stage twice; give the second a name of its own")
        return stages

    @field_validator("loss")
    @classmethod
    def _target_suits_loss(cls, loss: str, info: ValidationInfo) -> str:
        return suits_loss(loss, info.data.get("target"))

    # -- the chain ----------------------------------------------------------------------------------------------------

    @property
    def has_loss(self) -> bool:
        """Whether the chain ends in a loss; else L is its output."""
        return self.loss != "none"

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        """Names of the nodes, a gear each: x, z, h, y, L for weight, function, weight; else x, h1, h2, ..., y, L."""
        kinds = tuple(stage in self.weights for stage in self.stages)
        inner = ("z", "h") if kinds == (True, False, True) else tuple(f"h{i}" for i in range(1, len(self.stages)))
        return ("x", *inner, "y", *(("L",) if self.has_loss else ()))

    @property
    def symbols(self) -> tuple[str, ...]:
        """Symbols of the nodes, in Typst math."""
        return tuple(subscripted(name) for name in self.nodes)

    @cached_property
    def run(self) -> Run:
        """The chain at the clip's own numbers."""
        recipe = Recipe.chain(self.stages, self.nodes, tuple(self.weights), self.loss if self.has_loss else None)
        inputs = {"x": self.given("x"), **{name: self.given("weights", name) for name, _ in self.weight_stages}}
        return Run.of(recipe, **inputs, **({"t": self.given("target")} if self.has_loss else {}))

    @cached_property
    def deltas(self) -> tuple[float, ...]:
        """The gradient at each node; 1 at the last."""
        return self.deltas_of(self.run)

    def deltas_of(self, run: Run) -> tuple[float, ...]:
        """Return the gradient at each node, for another run.

        Raises
        ------
        CoreError
            A value is not finite, or lies where the loss is not defined.
        """
        return tuple(number(run.delta(node)) for node in self.nodes)

    @cached_property
    def slopes(self) -> tuple[float, ...]:
        """The local derivative of each mesh, first to last, that of the loss among them."""
        return self.slopes_of(self.run)

    def slopes_of(self, run: Run) -> tuple[float, ...]:
        """Return the local derivative of each mesh, for another run."""
        return tuple(number(run.slope(node)) for node in self.nodes[1:])

    @property
    def weight_stages(self) -> tuple[tuple[str, int], ...]:
        """Each weight that is a stage, with the index of its mesh, last first: the order in which push reaches them."""
        return tuple((s, i) for i, s in reversed(tuple(enumerate(self.stages))) if s in self.weights)

    # -- what every such scene shows ----------------------------------------------------------------------------------

    def table(self) -> Mapping[str, Row]:
        """Return the quantities of both passes: inputs, values, local derivatives, gradients."""
        rows = {"L": Row("L", self.run.value(self.nodes[-1]), "loss")}
        rows["target"] = Row("t", self.given("target"), "ink", typed=True)
        for name, _ in self.weight_stages:
            rows[name] = Row(subscripted(name), self.run.input(name), "weight", typed=True)
            rows[f"dL_d{name}"] = Row(ratio(self.symbols[-1], subscripted(name)), self.run.grad(name), "gradient")
        for i, (name, symbol) in enumerate(zip(self.nodes, self.symbols, strict=True)):
            rows[name] = Row(symbol, self.run.value(name), "loss" if self.is_loss(i) else "value", typed=i == 0)
        for i, ((by, of), node) in enumerate(zip(pairwise(self.symbols), self.nodes[1:], strict=True)):
            rows[f"local_{i}"] = Row(ratio(of, by), self.run.slope(node), "ink")
        return rows | self.gradient_rows(self.run)

    def gradient_rows(self, run: Run) -> dict[str, Row]:
        """Return the gradient at each node of a run; that of the last is 1."""
        last = len(self.nodes) - 1
        names = enumerate(zip(self.nodes, self.symbols, strict=True))
        return {
            f"dL_d{name}": Row(ratio(self.symbols[-1], symbol), run.delta(name), "gradient", typed=i == last)
            for i, (name, symbol) in names
        }

    def is_loss(self, i: int) -> bool:
        """Return whether a node is the loss."""
        return self.has_loss and i == len(self.stages) + 1

    def scales(self) -> Mapping[str, Scale]:
        """Return the scale of radii."""
        return {"scale": Scale("scale", self.scale)}

    def named(self) -> Mapping[str, str]:
        """Return what `{loss}` and the functions among the stages stand for."""
        functions = {f"function_{i}": s for i, s in enumerate(self.stages) if s not in self.weights}
        return {**functions, **({"loss": self.loss} if self.has_loss else {})}

    def train(self) -> Train:
        """Return where each gear of the train stands.

        Raises
        ------
        DoesNotFit
            Naming the scale that would fit.
        """
        return laid_out(self.deltas, self.slopes, self.scale, TRAIN_WIDTH, self.idler_radius)

    def wheels(self) -> Mapping[str, WheelPlan]:
        """Return the gears of the train by the names of their nodes, and its idlers."""
        return plans_of(self.train(), self.nodes, scale=self.scales()["scale"])

    def fit(self, digits: int) -> list[Problem]:
        """Return what would not fit, as the base class says: gears that are too large."""
        try:
            return list(self._faults())
        except CoreError as error:
            return [Problem((), f"the chain cannot be computed: {error}")]

    def _faults(self) -> Iterator[Problem]:
        try:
            self.train()
        except NoRoom as error:
            yield Problem(("scale",), str(error))


def laid_out(deltas: Sequence[float], slopes: Sequence[float], scale: float, width: float, idler: float) -> Train:
    """Return the train for these gradients at the nodes and these local derivatives between them.

    Raises
    ------
    DoesNotFit
        Naming the scale that would fit.
    """
    return lay_out(
        deltas, slopes, scale, width=width, height=TRAIN_HEIGHT, centre=(0.0, TRAIN_LINE), idler_radius=idler
    )
