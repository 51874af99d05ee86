"""What the scenes with a train of gears share: a chain of weights and functions, and a loss or none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Annotated, Any

import numpy as np
from pydantic import AfterValidator, Field, PlainSerializer, ValidationInfo, field_validator

from core.errors import CoreError
from core.functions import FUNCTIONS
from core.layers import Layer, elementwise, scale
from core.trace import Forward, Trace, forward_pass, record, stage
from scenes.parts.gears.train import NoRoom, Train, lay_out
from scenes.parts.measure import Scale
from scenes.parts.plans.wheel_plan import WheelPlan, plans_of
from scenes.parts.recipe.quantity import Row
from scenes.parts.settings.base import ClipSettings, OneOf, Positive, complaint, read_only
from scenes.parts.settings.faults import Problem, not_one_of, quoted
from scenes.parts.settings.scalar_losses import NEEDS_CLASSES, SCALAR_LOSSES, suits_loss

__all__ = ["GearChain", "laid_out", "subscripted"]

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

    def layers(self) -> tuple[Layer, ...]:
        """Return one layer for each stage."""
        return tuple(scale(self.weights[s]) if s in self.weights else elementwise(s) for s in self.stages)

    @property
    def goal(self) -> dict[str, Any]:
        """Target and loss, as the core takes them; empty where L is the output."""
        return {"target": self.target, "loss": self.loss} if self.has_loss else {}

    @cached_property
    def trace(self) -> Trace:
        """The recorded pass at the clip's own x."""
        return self.trace_at(self.x)

    def trace_at(self, x: float) -> Trace:
        """Return the recorded pass at an x; with no loss L is the output, and the last delta is 1.

        Raises
        ------
        CoreError
            A value is not finite, or lies where the loss is not defined.
        """
        return record(self.layers(), x, **self.goal)

    def forward(self, x: float) -> Forward:
        """Return values and local maps at an x, with a local map for each mesh, that of the loss among them."""
        layers = self.layers()
        return forward_pass([*layers, stage(layers, **self.goal)] if self.has_loss else layers, x)

    @cached_property
    def deltas(self) -> tuple[float, ...]:
        """The gradient at each node; 1 at the last."""
        return self.deltas_at(self.x)

    def deltas_at(self, x: float) -> tuple[float, ...]:
        """Return the gradient at each node, for another x."""
        trace = self.trace_at(x)
        return (*map(float, trace.delta), *((float(trace.seed),) if self.has_loss else ()))

    @cached_property
    def slopes(self) -> tuple[float, ...]:
        """The local derivative of each mesh, first to last."""
        return self.slopes_at(self.x)

    def slopes_at(self, x: float) -> tuple[float, ...]:
        """Return the local derivative of each mesh, for another x."""
        return tuple(float(local.gain) for local in self.forward(x).local)

    @property
    def weight_stages(self) -> tuple[tuple[str, int], ...]:
        """Each weight that is a stage, with the index of its mesh, last first: the order in which push reaches them."""
        return tuple((s, i) for i, s in reversed(tuple(enumerate(self.stages))) if s in self.weights)

    def turned(self, dx: float) -> tuple[float, ...]:
        """Return by how much each node changes to first order when x changes by `dx`."""
        turns = [np.asarray(dx, dtype=np.float64)]
        for local in self.forward(self.x).local:
            turns.append(local.jvp(turns[-1]))
        return tuple(map(float, turns))

    # -- what every such scene shows ----------------------------------------------------------------------------------

    def table(self) -> Mapping[str, Row]:
        """Return the quantities of both passes: inputs, values, local derivatives, gradients."""
        rows = {"target": Row("t", "settings.target", "ink", typed=True)}
        for name, i in self.weight_stages:
            symbol = subscripted(name)
            rows[name] = Row(symbol, f"settings.weights['{name}']", "weight", typed=True)
            rows[f"dL_d{name}"] = Row(self._gradient_of(symbol), f"trace.grads[{i}]['w']", "gradient")
        for i in range(len(self.nodes)):
            rows |= self._node_rows(i)
        rows |= {f"local_{i}": self._local_row(i) for i in range(len(self.slopes))}
        return {"L": Row("L", "trace.loss", "loss"), **rows}

    def _gradient_of(self, symbol: str) -> str:
        return f"partial {self.symbols[-1]}\\/partial {symbol}"

    def is_loss(self, i: int) -> bool:
        """Return whether a node is the loss."""
        return self.has_loss and i == len(self.stages) + 1

    def _node_rows(self, i: int) -> dict[str, Row]:
        name, symbol = self.nodes[i], self.symbols[i]
        path = "settings.x" if i == 0 else "trace.loss" if self.is_loss(i) else f"trace.h[{i}]"
        delta = "trace.seed" if self.is_loss(i) else f"trace.delta[{i}]"
        last = i == len(self.nodes) - 1
        return {
            name: Row(symbol, path, "loss" if self.is_loss(i) else "value", typed=i == 0),
            f"dL_d{name}": Row(self._gradient_of(symbol), delta, "gradient", typed=last),
        }

    def _local_row(self, i: int) -> Row:
        before, after = self.symbols[i : i + 2]
        path = f"trace.delta[{i}]" if self.is_loss(i + 1) else f"trace.local[{i}].gain"
        return Row(f"partial {after}\\/partial {before}", path, "ink")

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


def subscripted(name: str) -> str:
    """Return a name with its number lowered, in Typst math.

    Examples
    --------
    >>> subscripted("w1"), subscripted("h10"), subscripted("x")
    ('w_1', 'h_10', 'x')
    """
    return re.sub(r"([a-z])(\d+)", r"\1_\2", name)
