"""Settings of the scene `learning_step`: a network learns, a step at a time, at one rate and then at several."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain, pairwise
from typing import Annotated, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from core.errors import CoreError
from core.functions import FUNCTIONS
from scenes.parts.measure import Scale
from scenes.parts.recipe.by_core import is_computable, number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Recipe, Run
from scenes.parts.recipe.terms import Along, Constant, Grid, Moving, Term
from scenes.parts.settings.base import BeatWords, ClipSettings, FitScale, OneOf, Positive, SceneWords, Swept, Text
from scenes.parts.settings.descent import Descent
from scenes.parts.settings.faults import Problem, listed
from scenes.parts.settings.fitting import fitted
from scenes.parts.settings.loss_map import LossMap
from scenes.parts.settings.network import Network, around
from scenes.parts.settings.powers import whole_decades
from scenes.parts.settings.scalar_losses import LOSS_FORMULAS, NEEDS_CLASSES, SCALAR_LOSSES, suits_loss
from scenes.parts.settings.symbols import ratio, subscripted

NODES, WEIGHTS = ("x", "z", "h", "y", "L"), ("w1", "w2")
AREAS = (("x", "z"), ("h", "y"))
WIDEST, ALONG = 1.4, 40  # the longest side of an area; points of the loss over the rate
RULE = f"w arrow.l w - eta dot {ratio('L', 'w')}"
ARRIVED = 0.01  # of the first loss: less than it counts as arrived


class Words(SceneWords):
    """Every word that the scene shows: labels first, then the beats in order."""

    local_names: ClassVar[Mapping[str, tuple[str, ...]]] = {"at_rate": ("rate",), "ended": ("lasts",)}

    title: Text = Field(description="The title: on the opening card, then small over every page.")
    half_turn: Text = Field(description="What half a turn of a dial stands for, right of the title.")
    push: Text = Field(description="What the bracket beside L says: how thick a push of 1 is.")
    data: Text = Field(description="Under x: why its gradient moves nothing.")
    adding: Text = Field(description="The loss where rate times gradient is added.")
    subtracting: Text = Field(description="The loss where it is subtracted.")
    predicted: Text = Field(description="By how much the loss would fall if its slope stayed.")
    real: Text = Field(description="By how much it falls.")
    gap: Text = Field(description="Predicted less real.")
    at_rate: Text = Field(description="Over a map; {rate} may stand in it.")
    arrives: Text = Field(description="Beside a rate: the loss comes near 0.")
    crawls: Text = Field(description="Beside a rate: the loss falls, and is not there yet.")
    flies_off: Text = Field(description="Beside a rate: the loss ends no lower than it began.")
    ended: Text = Field(description="Beside a rate: the run left what is finite; {lasts} may stand in it.")
    pose_question: BeatWords = Field(description="The opening card: which way, and how far?")
    collect_gradients: BeatWords = Field(description="What backpropagation gave: a gradient for each weight.")
    keep_data: BeatWords = Field(description="x has a gradient as well, and stays.")
    point_uphill: BeatWords = Field(description="The gradient as an arrow on the map of the loss.")
    ask: BeatWords = Field(description="The question to the class: with the gradient, or against it?")
    take_one_step: BeatWords = Field(description="One step against the gradient.")
    measure_fall: BeatWords = Field(description="The fall that the slope promised, and the real one.")
    go_again: BeatWords = Field(description="Step after step.")
    turn_round: BeatWords = Field(description="A weight turns round because another crosses 0; left out if none does.")
    ask_rates: BeatWords = Field(description="The second question: after one step at each rate, which will win?")
    compare_rates: BeatWords = Field(description="All steps at each rate.")


class LearningStep(ClipSettings):
    """A clip of the scene `learning_step`: `y = w2 * activation(w1 * x)` learns to answer with the target."""

    placeholders: ClassVar[tuple[str, ...]] = (
        *("activation", "loss", "x", "w1", "w2", "target", "y", "L", "dL_dw1", "dL_dw2", "dL_dx", "half_turn"),
        *("rate", "new_w1", "new_w2", "new_L", "up_L", "predicted", "real", "gap", "first_steps", "then_L"),
        *("steps", "first_best", "first_best_L", "best", "best_L"),
    )

    scene: Literal["learning_step"] = Field(description="The scene that draws this clip.")
    x: float = Field(description="The input.")
    w1: float = Field(description="The first weight: z = w1 * x.")
    w2: float = Field(description="The second weight: y = w2 * h.")
    target: float = Field(description="The answer that is wanted.")
    activation: Annotated[str, OneOf(tuple(FUNCTIONS), "The function between the weights: h = activation(z).")]
    loss: Annotated[str, OneOf(SCALAR_LOSSES, "How the answer is compared with the target.", NEEDS_CLASSES)]
    scale: FitScale = Field(
        default="auto", description="How thick a push of 1 is, in units of a frame 8 high; auto: as thick as fits."
    )
    rate: Positive = Field(description="Learning rate of the first part.")
    first_steps: int = Field(default=8, ge=2, le=20, description="How many steps are taken in the first part.")
    rates: tuple[Positive, ...] = Field(min_length=1, max_length=4, description="Learning rates that are compared.")
    steps: int = Field(default=20, ge=2, le=60, description="How many steps are taken at each of them.")
    step_seconds: float = Field(default=2.0, ge=0.5, le=20, description="How long the first step takes, in seconds.")
    again_seconds: float = Field(default=4.0, ge=0.5, le=30, description="How long the other steps take, in seconds.")
    words: Words = Field(
        description=f"All words on screen; these names in braces are filled in: {listed(placeholders)}."
    )

    @field_validator("loss")
    @classmethod
    def _target_suits_loss(cls, loss: str, info: ValidationInfo) -> str:
        return suits_loss(loss, info.data.get("target"))

    @cached_property
    def network(self) -> Network:
        """The network before it learns."""
        recipe = Recipe.chain(("w1", self.activation, "w2"), "".join(NODES), WEIGHTS, self.loss)
        run = Run.of(recipe, **{name: self.given(name) for name in ("x", *WEIGHTS)}, t=self.given("target"))
        return Network(run, NODES, WEIGHTS)

    @cached_property
    def first(self) -> Descent:
        """The steps of the first part."""
        return Descent(self.network.run, self.given("rate"), self.first_steps)

    @cached_property
    def descents(self) -> tuple[Descent, ...]:
        """The steps at each of the rates that are compared."""
        run = self.network.run
        return tuple(Descent(run, self.given("rates", i), self.steps) for i in range(len(self.rates)))

    @cached_property
    def maps(self) -> tuple[LossMap, LossMap]:
        """The map of the first part, and the one on which rates are compared."""
        run, start, whole = self.network.run, self.first.points(*WEIGHTS, steps=1), self.first.points(*WEIGHTS)
        across = [tuple(2 * a - b for a, b in zip(start[0], whole[1], strict=True)), *whole]
        ways = chain.from_iterable(each.points(*WEIGHTS, steps=2) for each in self.descents)
        return LossMap(run, WEIGHTS, tuple(across), "near"), LossMap(run, WEIGHTS, (*whole, *ways), "far")

    @cached_property
    def turning(self) -> int | None:
        """After which step w2 changes its sign, and with it the gradient of w1; None if that never happens."""
        runs = [self.first.at(step) for step in range(self.first.last + 1)]
        signs = ((number(run.weight("w2")), number(run.grad("w1"))) for run in runs)
        turned = ((w * v < 0.0 and g * f < 0.0) for (w, g), (v, f) in pairwise(signs))
        return next((step for step, turns in enumerate(turned) if turns), None)

    def verdict(self, i: int) -> str:
        """Return which words say how the run at a rate ends."""
        descent, begun = self.descents[i], number(self.network.run.value("L"))
        if descent.last < self.steps:
            return "ended"
        loss = number(descent.at(descent.last).value("L"))
        return "flies_off" if loss >= begun else "arrives" if loss < ARRIVED * begun else "crawls"

    def table(self) -> Mapping[str, Row]:
        """Return the quantities: the network, the first step, both maps, and every way."""
        rows = self.network.rows() | self._first_rows() | self._moving_rows(Moving("now_rate", 0.0))
        rows |= self.first.rows("first") | self._turn_rows()
        for i, descent in enumerate(self.descents):
            rows |= descent.rows(str(i)) | self._ends_of(i, descent)
        for each in self.maps:
            rows |= each.rows()
        rows |= {name: Row("k", self.given(name), "quiet", typed=True) for name in ("steps", "first_steps")}
        rows["half_turn"] = Row("pi", self.network.half_turn() * Constant(1.0), "quiet", typed=True)
        rows["loss_formula"] = Row(LOSS_FORMULAS[self.loss], self.network.run.value("L"), "loss")
        return rows | {f"now_{name}": Row("k", Moving(f"now_{name}", 0.0), "quiet") for name in ("step", "race")}

    def _first_rows(self) -> dict[str, Row]:
        """Return what a step against the gradient gives, and one with it; and the loss over the rate."""
        here, rate, network = self.network.run, self.given("rate"), self.network
        down, up = network.after(rate), network.after(Constant(-1.0) * rate)
        promised = rate * (here.grad("w1") * here.grad("w1") + here.grad("w2") * here.grad("w2"))
        fall, begun = here.value("L") - down.value("L"), here.value("L")
        rows = {"rate": Row("eta", rate, "ink", typed=True), "rule": Row(RULE, rate, "ink", typed=True)}
        rows["target"] = Row("t", here.input("t"), "ink", typed=True)
        rows |= {"new_L": Row("L", down.value("L"), "loss"), "up_L": Row("L", up.value("L"), "loss")}
        rows |= {"predicted": Row("Delta L", promised, "gradient"), "real": Row("Delta L", fall, "loss")}
        rows |= {"gap": Row("Delta L", promised - fall, "ink"), "promised": Row("L", begun - promised, "gradient")}
        for w in WEIGHTS:
            rows[f"new_{w}"] = Row(subscripted(w), down.input(w), "weight")
            rows[f"up_{w}"] = Row(f"Delta {subscripted(w)}", rate * here.grad(w), "gradient")
            rows[f"down_{w}"] = Row(f"Delta {subscripted(w)}", Constant(-1.0) * rate * here.grad(w), "ink")
        rates = [rate * Constant(2.0 * i / ALONG) for i in range(ALONG + 1)]
        rates = [each for each in rates if is_computable(network.after(each).value("L"))]
        rows["over_rate"] = Row("eta", Along(tuple(rates)), "ink")
        rows["over_L"] = Row("L", Along(tuple(network.after(each).value("L") for each in rates)), "loss")
        rows["slope_rate"] = Row("eta", Grid(Constant(0.0), rate, 2), "ink")
        rows["slope_L"] = Row("L", Along((begun, begun - promised)), "gradient")
        rows["then_L"] = Row("L", self.first.at(self.first.last).value("L"), "loss")
        return rows

    def _moving_rows(self, rate: Term) -> dict[str, Row]:
        """Return what follows the rate of the first step while it is turned up from 0."""
        run = self.network.after(rate)
        rows = {"now_rate": Row("eta", rate, "ink")}
        rows |= {f"now_{w}": Row(subscripted(w), run.input(w), "weight") for w in WEIGHTS}
        return rows | {f"now_{name}": Row(name, run.value(name), self.network.role(name)) for name in NODES}

    def _turn_rows(self) -> dict[str, Row]:
        """Return w2 and the gradient of w1 before and after both change their signs."""
        if self.turning is None:
            return {}
        runs = {key: self.first.at(self.turning + i) for i, key in enumerate(("before", "after"))}
        weights = {f"turn_w2_{key}": Row("w_2", run.weight("w2"), "weight") for key, run in runs.items()}
        gradient = ratio("L", "w_1")
        return weights | {f"turn_dw1_{key}": Row(gradient, run.grad("w1"), "gradient") for key, run in runs.items()}

    def _ends_of(self, i: int, descent: Descent) -> dict[str, Row]:
        """Return a rate, and its loss after one step and after the last; and of all rates which is best."""
        rows = {f"rate_{i}": Row("eta", descent.rate, "ink", typed=True)}
        for name, best, step in (("one", "first_best", 1), ("last", "best", self.steps)):
            losses = [number(each.at(min(step, each.last)).value("L")) for each in self.descents]
            rows[f"{name}_L_{i}"] = Row("L", descent.at(min(step, descent.last)).value("L"), "loss")
            if losses.index(min(losses)) == i:
                rows |= {best: Row("eta", descent.rate, "ink", typed=True), f"{best}_L": rows[f"{name}_L_{i}"]}
        return rows

    def sweeps(self) -> Mapping[str, Swept]:
        """Return the rate of the first step, and the steps of the first part and of all rates."""
        ways = {"step": float(self.first.last), "race": float(max(each.last for each in self.descents))}
        counts = {name: Swept(f"now_{name}", 0.0, last, lambda k, name=name: {f"now_{name}": Row("k", k, "quiet")})
                  for name, last in ways.items()}  # fmt: skip
        return {"rate": Swept("now_rate", 0.0, self.rate, self._moving_rows), **counts}

    @cached_property
    def _ranges(self) -> Mapping[str, tuple[float, float]]:
        known = self.quantities()
        found = dict(self.network.ranges()) | {k: v for each in self.maps for k, v in each.ranges().items()}
        found |= {"over_rate": (0.0, 2 * self.rate), "steps": (0.0, float(self.steps))}
        found |= {"first_steps": (0.0, float(self.first_steps))}
        for key, names in {"over_L": ("over_L", "slope_L"), "first_L": ("loss_first",)}.items():
            found[key] = around([0.0, *chain.from_iterable(known[name].value for name in names)], 0.08)
        found |= {
            f"first_{w}": around([0.0, *known[f"{w}_first"].value] if w == "w2" else known[f"{w}_first"].value, 0.12)
            for w in WEIGHTS
        }
        logs = (known[f"log_{i}"].value for i in range(len(self.rates)) if f"log_{i}" in known)
        return found | {"decades": whole_decades(chain.from_iterable(logs))}

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """Return the ranges of the maps and their level lines, and of all that stands over steps or rates."""
        return self._ranges

    def scales(self) -> Mapping[str, Scale]:
        """Return how thick a push of 1 is, how far a dial turns, and how long the sides of areas are."""
        run = self.network.run
        sides = [number(term) for value, push in AREAS for term in (run.value(value), run.delta(push))]
        return {
            "ribbon": Scale("scale", self.network.ribbon(self.scale)),
            "dial": Scale("half_turn", math.pi / number(self.network.half_turn())),
            "area": Scale("area", fitted(WIDEST, [1.0, *sides])),
        }

    def named(self) -> Mapping[str, str]:
        """Return what `{activation}` and `{loss}` stand for."""
        return {"activation": self.activation, "loss": self.loss}

    def fit(self, digits: int) -> list[Problem]:
        """Return what would not fit, as the base class says: a ribbon that is too thick, a rate that goes nowhere."""
        try:
            if late := list(self._endless()):
                return late
            self.quantities(), self.ranges()
            return list(self.network.too_thick(self.scale))
        except CoreError as error:
            return [Problem((), f"the network cannot be computed: {error}")]

    def _endless(self) -> Iterator[Problem]:
        """Yield which rates leave what is finite at once."""
        rates = [(("rate",), self.first), *((("rates", i), each) for i, each in enumerate(self.descents))]
        for key, descent in rates:
            if not descent.last:
                yield Problem(key, f"{number(descent.rate)!r} is so large that the first step leaves what is finite")
