"""What the scenes with a train of gears share: a chain of weights and functions, and a loss or none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Annotated, TypedDict

import numpy as np
import numpy.typing as npt
from pydantic import AfterValidator, Field, PlainSerializer, ValidationInfo, field_validator

from core.errors import CoreError
from scenes.parts.gears.rows import RINGS, SEEN, free_room
from scenes.parts.gears.train import DoesNotFit, NoRoom, Train, lay_out
from scenes.parts.measure import Scale
from scenes.parts.plans.wheel_plan import WheelPlan, plans_of
from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Recipe, Run
from scenes.parts.recipe.terms import Constant, Term
from scenes.parts.settings.base import ClipSettings, FitScale, OneOf, complaint, read_only
from scenes.parts.settings.faults import Problem, quoted
from scenes.parts.settings.fitting import round_below, round_up
from scenes.parts.settings.graphs import slope_formula
from scenes.parts.settings.listed_stages import known_stages
from scenes.parts.settings.scalar_losses import NEEDS_CLASSES, SCALAR_LOSSES, suits_loss
from scenes.parts.settings.symbols import ratio, subscripted
from scenes.parts.theme import SPECK
from scenes.parts.type.by_hand import ByHand, product

__all__ = ["GearChain"]

MOST_STAGES, TRAIN_WIDTH, LARGEST = 12, 12.4, 1.3
"""The longest chain, the room for its train on a page, in units of a frame 8 high, and the largest pitch radius."""

LONG = 8
"""From so many steps on a chain is long: then not every gear has a number."""

IDLERS = 0.4
"""How much of that room idlers may take."""

FARTHEST = 1e300
"""The largest value that a dial shows: what a whole turn of it stands for is a finite number."""

FITS = 0.98
"""Of what fits at each of the moments that are tried, so that it fits between them, too."""

Deltas = npt.NDArray[np.float64]

_WEIGHT = re.compile(r"w[1-9]?")


def _weight_name(name: str) -> str:
    if not _WEIGHT.fullmatch(name):
        raise complaint(f"a weight is called w, or w1 to w9, not {quoted(name)}")
    return name


WeightName = Annotated[str, AfterValidator(_weight_name)]
Weights = Annotated[Mapping[WeightName, float], AfterValidator(read_only), PlainSerializer(dict)]


class Room(TypedDict):
    """The room that a train has on a page, and the pitch radius of its idlers."""

    width: float
    height: float
    idler_radius: float


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
    scale: FitScale = Field(
        default="auto",
        description="Pitch radius of the gear of a gradient of 1, the frame is 8 high; auto: what fits.",
    )
    idler_radius: float = Field(
        default=0.5,
        ge=0.2,
        le=1.4,
        description="Pitch radius of an idler, which only turns the direction back, at most: many are smaller.",
    )

    @field_validator("stages")
    @classmethod
    def _known(cls, stages: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        return known_stages(stages, info.data.get("weights", ()))

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
            weighs = i < len(self.stages) and self.stages[i] in self.weights
            rows[f"local_{i}"] = Row(ratio(of, by), self.run.slope(node), "weight" if weighs else "ink", typed=weighs)
            if formula := slope_formula(self.run, node):
                rows[f"rule_{i}"] = Row(formula, self.run.slope(node), "quiet")
        return rows | self.gradient_rows(self.run)

    def by_hand(self) -> Iterable[ByHand]:
        """Return the sums that a viewer can do over: each push out of the next one, all slopes, and areas."""
        pushes, slopes = [f"dL_d{name}" for name in self.nodes], [f"local_{i}" for i in range(len(self.slopes))]
        steps = [product(push, *both) for push, *both in zip(pushes, slopes, pushes[1:], strict=False)]
        areas = [product(f"dL_d{w}", self.nodes[i], pushes[i + 1]) for w, i in self.weight_stages]
        return [*steps, product(pushes[0], *slopes), *areas]

    def gradient_rows(self, run: Run) -> dict[str, Row]:
        """Return the gradient at each node of a run; that of the last is 1."""
        last = len(self.nodes) - 1
        names = enumerate(zip(self.nodes, self.symbols, strict=True))
        return {
            f"dL_d{name}": Row(ratio(self.symbols[-1], symbol), run.delta(name), "gradient", typed=i == last)
            for i, (name, symbol) in names
        }

    def read_for(self, i: int) -> list[int]:
        """Return the places of the gears whose values the slope of a mesh is read from, as its rule says."""
        if self.is_loss(i + 1):
            return [i, i + 1]
        named = set(re.findall(r"[a-zA-Z]\w*", slope_formula(self.run, self.nodes[i + 1])))
        return [j for j in (i, i + 1) if subscripted(self.nodes[j]) in named]

    def is_loss(self, i: int) -> bool:
        """Return whether a node is the loss."""
        return self.has_loss and i == len(self.stages) + 1

    def moments(self) -> Iterator[Run]:
        """Yield the chain at its own numbers, and on the way of what moves it."""
        yield self.run

    @cached_property
    def unit(self) -> float:
        """Pitch radius of the gear of a gradient of 1: as the settings say, or the largest with which all fits."""
        return self._fitted if self.scale == "auto" else self.scale

    @cached_property
    def _fitted(self) -> float:
        return round_below(min(map(self._fitting, self.moments())), 2)

    def told(self, error: NoRoom) -> str:
        """Return why a train has no room; the scale that would do leaves room for all else on the page, too."""
        if isinstance(error, DoesNotFit) and self._fitted < error.scale:
            return str(error).replace(f"scale {error.scale} does", f"scale {self._fitted} does")
        return str(error)

    def idler(self, slopes: Sequence[float], deltas: Sequence[float]) -> float:
        """Return the pitch radius of the idlers of a train: as large as they, and any gear, may be, and have room."""
        count = sum(slope > 0 and delta != 0 for slope, delta in zip(slopes, deltas, strict=False))
        sizes, tallest = np.abs(deltas), self.tallest(np.array(deltas))
        left = TRAIN_WIDTH - _kept(sizes, slopes, tallest) - 2 * tallest * sizes.sum()
        room = max(IDLERS * TRAIN_WIDTH, float(left)) / (2 * max(count, 1))
        return min(self.idler_radius, round_below(min(room, float(tallest * sizes.max())), 2))

    @property
    def has_idlers(self) -> bool:
        """Whether a grey wheel stands between two gears."""
        return any(slope > 0 and delta != 0 for slope, delta in zip(self.slopes, self.deltas, strict=False))

    @property
    def marks(self) -> list[str]:
        """Keys of the words that explain rings: of what is too small to be drawn, and of what is exactly 0."""
        sizes = [abs(delta) * self.unit for delta in self.deltas]
        small = any(0 < size < SPECK for size in sizes)
        return ["small"] * small + ["free"] * (0.0 in sizes)

    def _fitting(self, run: Run) -> float:
        """Return the largest scale with which the train of a run fits on one line, and all under it on a page."""
        deltas, slopes = np.array(self.deltas_of(run)), self.slopes_of(run)
        idlers = sum(slope > 0 and delta != 0 for slope, delta in zip(slopes, deltas, strict=False))
        tallest, idler = self.tallest(deltas), self.idler(slopes, deltas.tolist())
        room = TRAIN_WIDTH - 2 * idlers * idler - _kept(np.abs(deltas), slopes, tallest)
        return float(min(room / (2 * np.abs(deltas).sum()), tallest)) * FITS

    @property
    def largest(self) -> float:
        """Pitch radius of the largest gear of the train, at most."""
        return LARGEST

    def tallest(self, deltas: Deltas) -> float:
        """Return the largest scale with which the largest gear is no larger than it may be."""
        return float(self.largest / np.abs(deltas).max())

    def scales(self) -> Mapping[str, Scale]:
        """Return the scale of radii."""
        return {"scale": Scale("scale", self.unit)}

    @cached_property
    def half_turn(self) -> Term:
        """What half a turn of a dial stands for: 1, 2, 5 x 10^k, no smaller than any value.

        Raises
        ------
        CoreError
            A value is larger than any dial can show.
        """
        largest = max(abs(number(self.run.value(name))) for name in self.nodes)
        if largest > FARTHEST:
            raise CoreError(f"a value reaches {largest:.4g}, and a dial shows none beyond {FARTHEST:.0e}")
        return Constant(round_up(max(1.0, largest)))

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
        return self.laid_out(self.deltas, self.slopes)

    def laid_out(self, deltas: Sequence[float], slopes: Sequence[float], way: int = 0) -> Train:
        """Return the train for these gradients at the nodes and these local derivatives between them, on one line.

        Raises
        ------
        DoesNotFit
            Naming the scale that would fit.
        """
        return lay_out(deltas, slopes, self.unit, rows=1, way=way, **self.room(deltas, slopes))

    def room(self, deltas: Sequence[float], slopes: Sequence[float]) -> Room:
        """Return the room that a train has, and the pitch radius of its idlers."""
        return Room(width=TRAIN_WIDTH, height=2 * self.largest + 0.3, idler_radius=self.idler(slopes, deltas))

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
            yield Problem(("scale",), self.told(error))


def _kept(sizes: Deltas, slopes: Sequence[float], scale: float) -> float:
    """Return how much of its width a train keeps for hubs that mesh with nothing, and between what nobody would see."""
    count, small = int((sizes == 0).sum()), (sizes > 0) & (scale * sizes < 1.5 * SEEN)
    pairs = int((small[:-1] & small[1:] & (np.array(slopes) < 0)).sum())
    return 2 * free_room(count) * count + RINGS * pairs
