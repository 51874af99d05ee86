"""Settings of the scene `fan_out`: a value that goes two ways to a plus, and whose gradients add on the way back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from core.errors import CoreError
from core.functions import FUNCTIONS
from scenes.parts.measure import Scale
from scenes.parts.plans.wheel_plan import WheelPlan
from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Recipe, Run, Step
from scenes.parts.recipe.terms import Moving, Term
from scenes.parts.settings.base import BeatWords, ClipSettings, FitScale, OneOf, Positive, SceneWords, Swept, Text
from scenes.parts.settings.faults import Problem, listed
from scenes.parts.settings.fitting import fitted
from scenes.parts.settings.graphs import graph_ranges, graph_rows
from scenes.parts.settings.lengths import half_turn, too_thick
from scenes.parts.settings.passes import change_rows, moving_rows, pass_rows
from scenes.parts.settings.symbols import ratio
from scenes.parts.settings.two_trains import TwoTrains

THICK, THICKEST = 0.6, 1.0
"""Most that a push may be thick, and both together at x, in units of a frame 8 high."""

WAY_POINTS = 24
"""Points of the way of x at which dials are asked."""

Path = Annotated[str, OneOf(tuple(FUNCTIONS), "The function of a way.")]


class Words(SceneWords):
    """Every word that the scene shows: labels first, then the beats in order."""

    title: Text = Field(description="The title, small over every page.")
    push: Text = Field(description="What the bracket beside y says: how thick a push of 1 is.")
    half: Text = Field(description="The tempting wrong answer, as a question.")
    predicted: Text = Field(description="What stands beside the two changes added up.")
    recomputed: Text = Field(description="What stands beside the change of y when everything is computed again.")
    gap: Text = Field(description="What stands beside recomputed less predicted.")
    meet_the_paths: BeatWords = Field(description="x goes two ways, and a plus adds what comes out.")
    turn_x: BeatWords = Field(description="x is turned: both ways change, and the plus adds the changes.")
    ask: BeatWords = Field(description="The question to the class, before the push flows back.")
    push_back: BeatWords = Field(description="The plus hands the push on to both, whole.")
    multiply_back: BeatWords = Field(description="Each gate multiplies the push by its slope.")
    add_up: BeatWords = Field(description="At x the two pushes add.")
    turn_gears: BeatWords = Field(description="The same as gears on one shaft; left out where they would not mesh.")
    say_claim: BeatWords = Field(description="Where a value is used twice, its gradients add: full digits.")


class FanOut(ClipSettings):
    """A clip of the scene `fan_out`: `y = f(x) + g(x)`, or with weights `y = f(w1 * x) + g(w2 * x)`."""

    placeholders: ClassVar[tuple[str, ...]] = (
        *("function_0", "function_1", "x", "u", "v", "y", "local_u", "local_v", "dL_du", "dL_dv"),
        *("turn", "moved_u", "moved_v", "moved_y", "recomputed", "gap", "contribution_u", "contribution_v", "dL_dx"),
    )

    scene: Literal["fan_out"] = Field(description="The scene that draws this clip.")
    x: float = Field(description="The value that is used twice.")
    functions: tuple[Path, Path] = Field(description="The functions of the two ways; what they give is added.")
    weights: tuple[float, float] | None = Field(
        default=None, description="By what x is multiplied on each way before its function; left out: by nothing."
    )
    scale: FitScale = Field(
        default="auto", description="How thick a push of 1 is, in units of a frame 8 high; auto: as thick as fits."
    )
    turn: Positive = Field(le=1e6, description="By how much x is turned.")
    turn_seconds: float = Field(ge=0.5, le=20, description="How long a turn takes, in seconds.")
    words: Words = Field(
        description=f"All words on screen; these names in braces are filled in: {listed(placeholders)}."
    )

    @property
    def ways(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Names of the values on each way: what its weight makes of x, if it has one, and what its function makes."""
        return (("p", "u"), ("q", "v")) if self.weights else (("u",), ("v",))

    @property
    def gates(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Names of the slopes on each way; that of a weight is the weight."""
        return (("w1", "local_u"), ("w2", "local_v")) if self.weights else (("local_u",), ("local_v",))

    @cached_property
    def run(self) -> Run:
        """Both ways and their sum at the clip's own x."""
        steps, inputs = list[Step](), {"x": self.given("x")}
        for i, (way, function) in enumerate(zip(self.ways, self.functions, strict=True)):
            if self.weights:
                steps.append(Step(way[0], "scale", ("x",), (f"w{i + 1}",)))
                inputs[f"w{i + 1}"] = self.given("weights", i)
            steps.append(Step(way[-1], function, (("x", *way)[-2],)))
        return Run.of(Recipe((*steps, Step("y", "add", ("u", "v")))), **inputs)

    # -- what the scene shows -----------------------------------------------------------------------------------------

    def table(self) -> Mapping[str, Row]:
        """Return the quantities: both passes, slopes, contributions, what the turn does, and the graphs."""
        run, dx = self.run, self.given("turn")
        rows = pass_rows(run, ("u", "v", "y")) | {"turn": Row("Delta x", dx, typed=True)} | change_rows(run, dx)
        for first, *_, name in ((way[0], *way) for way in self.ways):
            rows[f"contribution_{name}"] = Row(f"({ratio('y', 'x')})_{name}", run.share("x", first), "gradient")
            rows |= graph_rows(run, name)
        again = run.but(x=run.input("x") + dx).value("y") - run.value("y")
        gap = again - rows["moved_y"].term
        rows |= {"recomputed": Row('"recomputed"', again), "gap": Row('"gap"', gap, "ink")}
        gears = self.trains.rows(Moving("turn_x", 0.0))
        return rows | self._turning_rows(Moving("now_x", self.x)) | gears

    @cached_property
    def trains(self) -> TwoTrains:
        """The same as gears, where they mesh."""
        shares = [self.run.share("x", way[0]) for way in self.ways]
        return TwoTrains((shares[0], shares[1]), self.turn)

    def wheels(self) -> Mapping[str, WheelPlan]:
        """Return the wheels that stay in place."""
        return self.trains.wheels

    def _turning_rows(self, x: Term) -> dict[str, Row]:
        return moving_rows(self.run, x)

    def sweeps(self) -> Mapping[str, Swept]:
        """Return what is turned: x, and everything with it."""
        return {"turn": Swept("now_x", self.x, self.x + self.turn, self._turning_rows), **self.trains.sweeps}

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """Return the ranges of the two graphs."""
        return graph_ranges(self.run, ("u", "v"))

    @cached_property
    def half_turn(self) -> float:
        """What half a turn of a dial stands for: no smaller than any value while x is turned."""
        way = (Moving("now_x", self.x + self.turn * i / WAY_POINTS) for i in range(WAY_POINTS + 1))
        return half_turn(number(row.term) for x in way for row in self._turning_rows(x).values())

    @cached_property
    def pushes(self) -> dict[str, float]:
        """How large each push on its way is, and what comes to x along both ways side by side."""
        found = {f"dL_d{node}": number(self.run.delta(node)) for node in self.run.recipe.nodes}
        return {**found, "dL_dx": sum(abs(number(self.run.share("x", way[0]))) for way in self.ways)}

    def scales(self) -> Mapping[str, Scale]:
        """Return how thick a push of 1 and a change of 1 are, and how far a dial turns."""
        moved = {node: abs(number(self.run.turned(self.given("turn"), node))) for node in self.run.recipe.nodes}
        change = _fitted({**moved, "x": self.turn, "y": moved["u"] + moved["v"]}, both="y")
        return {
            "ribbon": Scale("scale", _fitted(self.pushes, both="dL_dx") if self.scale == "auto" else self.scale),
            "change": Scale("change", change),
            "dial": Scale("half_turn", math.pi / self.half_turn),
            **self.trains.scales,
        }

    def named(self) -> Mapping[str, str]:
        """Return the functions by their place."""
        return {f"function_{i}": name for i, name in enumerate(self.functions)}

    def fit(self, digits: int) -> list[Problem]:
        """Return what would not fit, as the base class says: a ribbon that is too thick, what cannot be computed."""
        try:
            self.quantities(), self.scales()
            one = {name: push for name, push in self.pushes.items() if name != "dL_dx"}
            each = (one, THICK), ({"dL_dx": self.pushes["dL_dx"]}, THICKEST)
            return list(too_thick(self.scale, *max(each, key=lambda pair: max(map(abs, pair[0].values())) / pair[1])))
        except CoreError as error:
            return [Problem((), f"the two ways cannot be computed: {error}")]


def _fitted(drawn: Mapping[str, float], both: str) -> float:
    """Return the scale with which one push is not too thick, nor are two side by side."""
    return min(fitted(THICK, (size for name, size in drawn.items() if name != both)), fitted(THICKEST, [drawn[both]]))
