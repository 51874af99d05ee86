"""Settings of the scene `fan_out`: a value that goes two ways to a plus, and whose gradients add on the way back."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from core.errors import CoreError
from core.functions import FUNCTIONS
from scenes.parts.measure import Scale
from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Recipe, Run, Step
from scenes.parts.recipe.terms import Moving, Term
from scenes.parts.settings.base import BeatWords, ClipSettings, FitScale, OneOf, Positive, SceneWords, Swept, Text
from scenes.parts.settings.faults import Problem, listed
from scenes.parts.settings.fitting import fitted, round_below, round_up
from scenes.parts.settings.graphs import graph_ranges, graph_rows
from scenes.parts.settings.symbols import ratio

THICKEST = 1.0
"""Most that both pushes together may be thick at x, in units of a frame 8 high."""

FARTHEST = 1e300
"""The largest value that a dial shows."""

WAY_POINTS, HEADROOM = 24, 1.02
"""Points of the way of x at which dials are asked, and room for what lies between them."""

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
        found = [(*([f"w{i + 1}"] if self.weights else []), f"local_{way[-1]}") for i, way in enumerate(self.ways)]
        return found[0], found[1]

    @cached_property
    def run(self) -> Run:
        """Both ways and their sum at the clip's own x."""
        steps, inputs = [], {"x": self.given("x")}
        for i, (way, function) in enumerate(zip(self.ways, self.functions, strict=True)):
            if self.weights:
                steps.append(Step(way[0], "scale", ("x",), (f"w{i + 1}",)))
                inputs[f"w{i + 1}"] = self.given("weights", i)
            steps.append(Step(way[-1], function, (way[-2] if self.weights else "x",)))
        return Run.of(Recipe((*steps, Step("y", "add", ("u", "v")))), **inputs)

    def changes(self, dx: Term) -> dict[str, Term]:
        """Return by how much all change to first order when x changes by `dx`."""
        found = {"x": dx}
        for way in self.ways:
            for before, node in zip(("x", *way), way, strict=False):
                found[node] = self.run.slope(node) * found[before]
        return {**found, "y": found["u"] + found["v"]}

    # -- what the scene shows -----------------------------------------------------------------------------------------

    def table(self) -> Mapping[str, Row]:
        """Return the quantities: both passes, slopes, contributions, what the turn does, and the graphs."""
        run, dx, nodes = self.run, self.given("turn"), [node for way in self.ways for node in way]
        rows = {"x": Row("x", run.input("x"), typed=True), "turn": Row("Delta x", dx, typed=True)}
        for i, way in enumerate(self.ways):
            if self.weights:
                rows[f"w{i + 1}"] = Row(f"w_{i + 1}", run.input(f"w{i + 1}"), "weight", typed=True)
            parts = f"({ratio('y', 'x')})_{way[-1]}"
            rows[f"contribution_{way[-1]}"] = Row(parts, run.share("x", way[0]), "gradient")
        for before, node in [pair for way in self.ways for pair in zip(("x", *way), way, strict=False)]:
            rows[node] = Row(node, run.value(node))
            rows[f"local_{node}"] = Row(ratio(node, before), run.slope(node), "ink")
        rows["y"] = Row("y", run.value("y"))
        for name in ("x", *nodes, "y"):  # that of y is 1 by definition, and what it is added up from feels as much
            rows[f"dL_d{name}"] = Row(ratio("y", name), run.delta(name), "gradient", typed=name in "uvy")
        moved = self.changes(dx)
        rows |= {f"moved_{name}": Row(f"Delta {name}", moved[name]) for name in (*nodes, "y")}
        recomputed = run.but(x=run.input("x") + dx).value("y") - run.value("y")
        rows |= {"recomputed": Row('"recomputed"', recomputed), "gap": Row('"gap"', recomputed - moved["y"], "ink")}
        for name in ("u", "v"):
            rows |= graph_rows(run, name)
        return rows | self._turning_rows(Moving("now_x", self.x))

    def _turning_rows(self, x: Term) -> dict[str, Row]:
        """Return what follows x while it is turned."""
        run = self.run.but(x=x)
        nodes = [node for way in self.ways for node in way]
        return {"now_x": Row("x", x), **{f"now_{name}": Row(name, run.value(name)) for name in (*nodes, "y")}}

    def sweeps(self) -> Mapping[str, Swept]:
        """Return what is turned: x, and everything with it."""
        return {"turn": Swept("now_x", self.x, self.x + self.turn, self._turning_rows)}

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """Return the ranges of the two graphs."""
        return graph_ranges(self.run, ("u", "v"))

    @cached_property
    def half_turn(self) -> float:
        """What half a turn of a dial stands for: no smaller than any value while x is turned."""
        steps = (Moving("now_x", self.x + self.turn * i / WAY_POINTS) for i in range(WAY_POINTS + 1))
        largest = max(abs(number(row.term)) for x in steps for row in self._turning_rows(x).values())
        if largest > FARTHEST:
            raise CoreError(f"a value reaches {largest:.4g}, and a dial shows none beyond {FARTHEST:.0e}")
        return round_up(max(1.0, HEADROOM * largest))

    @property
    def thickest(self) -> dict[str, float]:
        """What may not be too thick for a scale of 1: both pushes side by side at x, and each push on its way."""
        run, shares = self.run, [self.run.share("x", way[0]) for way in self.ways]
        pushes = {f"dL_d{node}": abs(number(run.delta(node))) for way in self.ways for node in way}
        return {**pushes, "dL_dx": sum(abs(number(share)) for share in shares)}

    def scales(self) -> Mapping[str, Scale]:
        """Return how thick a push of 1 and a change of 1 are, and how far a dial turns."""
        ribbon = fitted(THICKEST, self.thickest.values()) if self.scale == "auto" else self.scale
        moved = {name: abs(number(change)) for name, change in self.changes(self.given("turn")).items()}
        change = fitted(THICKEST, (*moved.values(), moved["u"] + moved["v"]))
        return {
            "ribbon": Scale("scale", ribbon),
            "change": Scale("change", change),
            "dial": Scale("half_turn", math.pi / self.half_turn),
        }

    def named(self) -> Mapping[str, str]:
        """Return the functions by their place."""
        return {f"function_{i}": name for i, name in enumerate(self.functions)}

    # -- what fits ----------------------------------------------------------------------------------------------------

    def fit(self, digits: int) -> list[Problem]:
        """Return what would not fit, as the base class says: a ribbon that is too thick, what cannot be computed."""
        try:
            self.quantities()
            self.half_turn  # noqa: B018  # asked here, so that a value without a dial is refused at its line
            return list(self._too_thick())
        except CoreError as error:
            return [Problem((), f"the two ways cannot be computed: {error}")]

    def _too_thick(self) -> Iterator[Problem]:
        name = max(self.thickest, key=lambda name: self.thickest[name])
        if self.scale != "auto" and self.scale * self.thickest[name] > THICKEST:
            told = f"{self.scale!r} would draw {name} {self.scale * self.thickest[name]:.4g} units thick"
            fitting = round_below(THICKEST / self.thickest[name])
            yield Problem(("scale",), f"{told}, and {THICKEST} is the most that fits; {fitting!r} would fit")
