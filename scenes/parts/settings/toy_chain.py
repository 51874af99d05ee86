"""Settings of the scene `toy_chain`: functions one after the other, while x sweeps over a range."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Annotated, ClassVar, Literal

import numpy as np
import numpy.typing as npt
from pydantic import Field

from core.errors import CoreError
from core.functions import FUNCTIONS
from scenes.parts.measure import Scale
from scenes.parts.recipe.by_core import evaluate, is_computable, number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Recipe, Run, Step
from scenes.parts.recipe.terms import Constant, Grid, Point, Term
from scenes.parts.settings.base import BeatWords, ClipSettings, FitScale, Interval, OneOf, SceneWords, Swept, Text
from scenes.parts.settings.faults import Problem, listed
from scenes.parts.settings.fitting import fitted, round_below, round_up
from scenes.parts.settings.symbols import ratio, slope, subscripted

FunctionName = Annotated[str, OneOf(tuple(FUNCTIONS), "A function.")]
Points = npt.NDArray[np.float64]

MOST_FUNCTIONS = 8
"""Most functions that are tried; the page says how many have room side by side."""

SWEEP_POINTS, GRAPH_POINTS = 401, 201
"""Points of the sweep and of a graph, ends included; odd, so that the middle is one of them."""

MOST_FLAT_PLACES = 4
"""Most flat places at which the sweep stops."""

THICKEST, FARTHEST = 1.1, 1e300
"""Most that a ribbon may be thick, in units of a frame 8 high, and the largest number that a dial shows."""

ROOM, REACHES = 0.12, (1.0, 0.5, 0.1, 1e-2, 1e-4)
"""What is left free at both ends of an axis, as a share of it; how far a graph goes where a value never moves."""

NEAR = 1e-7
"""So far beside a flat point, as a share of the range, it must be flat, too: a kink is not."""


class Words(SceneWords):
    """Every word that the scene shows: labels first, then the beats in order."""

    title: Text = Field(description="The title, small over every beat.")
    push: Text = Field(description="What the bracket at y says: how thick a push of 1 is.")
    turn: Text = Field(description="What half a turn of a dial stands for, while values go forward.")
    hatched: Text = Field(description="What is hatched on the plots.")
    show_functions: BeatWords = Field(description="The chain of functions, a gate each.")
    sweep_forward: BeatWords = Field(description="x sweeps, the values follow.")
    ask: BeatWords = Field(description="The question to the class, with a tempting wrong answer.")
    sweep_gradients: BeatWords = Field(description="A push of 1 flows back, while x sweeps.")
    stop_at_flat_places: BeatWords = Field(description="x stops wherever a gate is flat; left out if none is.")
    draw_curve: BeatWords = Field(description="What comes back to x, over x.")
    warn_of_zero: BeatWords = Field(description="A gradient near zero does not mean done; left out if no gate is flat.")


@dataclass(frozen=True)
class FlatPlace:
    """A place of the sweep where a function is flat: which layer, and which point of the sweep."""

    layer: int
    point: int


class ToyChain(ClipSettings):
    """A clip of the scene `toy_chain`: `y = f_n(... f_2(f_1(x)))`, and the gradient of y at every node."""

    placeholders: ClassVar[tuple[str, ...]] = ("x_low", "x_high", "flat", "half_turn")

    scene: Literal["toy_chain"] = Field(description="The scene that draws this clip.")
    functions: tuple[FunctionName, ...] = Field(
        min_length=1, max_length=MOST_FUNCTIONS, description="The functions, first to last."
    )
    x_range: Interval = Field(description="Where x begins and ends, as in [-2, 2].")
    flat: float = Field(default=0.1, gt=0, le=1, description="A gate counts as flat where |slope| is below this.")
    scale: FitScale = Field(
        default="auto", description="How thick a push of 1 is, in units of a frame 8 high; auto: as thick as fits."
    )
    sweep_seconds: float = Field(ge=2, le=60, description="How long one sweep of x takes, in seconds.")
    words: Words = Field(
        description=f"All words on screen; these names in braces are filled in: {listed(placeholders)}."
    )

    def node_names(self) -> tuple[str, ...]:
        """Return the names of the nodes, `x`, `h1`, ..., `y`."""
        return ("x", *(f"h{index}" for index in range(1, len(self.functions))), "y")

    @cached_property
    def along(self) -> Run:
        """The chain over the whole range of x at once; L is the output, so its gradient is 1."""
        low, high = (self.given("x_range", i) for i in (0, 1))
        return Run.of(Recipe.chain(self.functions, self.node_names()), x=Grid(low, high, SWEEP_POINTS))

    def run(self, x: Term) -> Run:
        """Return the chain at one x."""
        return self.along.but(x=x)

    @cached_property
    def graphs(self) -> Mapping[str, Run]:
        """Each gate's function alone, over all that goes into it while x sweeps, by the node that it makes."""
        gates = zip(pairwise(self.node_names()), self.functions, strict=True)
        return {node: self._graph(before, node, function) for (before, node), function in gates}

    def _graph(self, before: str, node: str, function: str) -> Run:
        alone = Recipe((Step("u", "identity", (before,)), Step(node, function, ("u",))))
        low, high = _ends(evaluate(self.along.value(before)))
        reaches = REACHES if low == high else (0.0,)
        spans = ((low - reach, high + reach) for reach in (by * max(1.0, abs(low)) for by in reaches))
        made = (Run.of(alone, **{before: Grid(Constant(a), Constant(b), GRAPH_POINTS)}) for a, b in spans)
        found = next((run for run in made if is_computable(run.value(node))), None)
        if found is None:
            raise CoreError(f"{function} cannot be computed near {low:.4g}")
        return found

    @property
    def flat_places(self) -> tuple[FlatPlace, ...]:
        """Where x stops: the first of the places where a function is flat."""
        by_point = {place.point: place for place in reversed(self._flat_places)}
        return tuple(by_point[point] for point in sorted(by_point))[:MOST_FLAT_PLACES]

    @cached_property
    def _flat_places(self) -> tuple[FlatPlace, ...]:
        """The flattest point near the middle of each stretch on which a function is flat, in the order of x."""
        found = []
        for layer, node in enumerate(self.node_names()[1:]):
            steep = np.abs(evaluate(self.along.slope(node)))
            edges = np.flatnonzero(np.diff(np.concatenate([[False], steep < self.flat, [False]])))
            points = [_flattest(steep, first, end) for first, end in edges.reshape(-1, 2).tolist()]
            found += [FlatPlace(layer, point) for point in points if self._no_kink(node, point)]
        return tuple(sorted(found, key=lambda place: place.point))

    def _no_kink(self, node: str, point: int) -> bool:
        (low, high), x = self.x_range, float(evaluate(self.along.value("x"))[point])
        near = (min(max(x + way * (high - low) * NEAR, low), high) for way in (-1, 1))
        return any(abs(number(self.run(Constant(at)).slope(node))) < self.flat for at in near if at != x)

    @cached_property
    def flat_nodes(self) -> tuple[str, ...]:
        """What the gates make that are flat somewhere, first to last."""
        return tuple(self.node_names()[layer + 1] for layer in sorted({place.layer for place in self._flat_places}))

    def table(self) -> Mapping[str, Row]:
        """Return the quantities: all nodes where the sweep begins, along it, the graphs, and where x stops."""
        along = {f"sweep_{name}": row for name, row in self._node_rows(self.along).items()}
        rows = self._node_rows(self.run(self.given("x_range", 0)))
        rows |= {name: along[name] for name in ("sweep_h_x", "sweep_d_x", *(f"sweep_s_{n}" for n in self.flat_nodes))}
        for before, node in pairwise(self.node_names()):
            graph = self.graphs[node]
            rows[f"graph_{node}_x"] = Row(subscripted(before), graph.value(before))
            rows[f"graph_{node}_y"] = Row(subscripted(node), graph.value(node))
            rows[f"graph_{node}_slope"] = Row(slope(subscripted(node), subscripted(before)), graph.slope(node), "ink")
        rows |= {f"x_{end}": Row("x", self.given("x_range", i), typed=True) for i, end in enumerate(("low", "high"))}
        rows["flat"] = Row('"flat"', self.given("flat"), "ink", typed=True)
        rows["half_turn"] = Row('"half a turn"', self.half_turn * Constant(1.0), "quiet", typed=True)
        rows["push"] = Row(ratio("y", "y"), self.run(self.given("x_range", 0)).delta("y"), "gradient", typed=True)
        rows |= {f"flat_{i}_x": Row("x", self._at(place)) for i, place in enumerate(self.flat_places)}
        return rows | self._last_rows()

    def _at(self, place: FlatPlace) -> Term:
        grid = self.along.input("x")
        assert isinstance(grid, Grid)
        return Point(grid, place.point)

    @property
    def last(self) -> Term:
        """The x of the last still: the flat place where least comes back, but not nothing; else the sweep's end."""
        places = {abs(number(self.run(self._at(p)).delta("x"))) or math.inf: self._at(p) for p in self.flat_places}
        return places[min(places)] if places else self.given("x_range", 0)

    def _last_rows(self) -> dict[str, Row]:
        run, back = self.run(self.last), ratio("y", "x")
        return {
            "last_x": Row("x", run.value("x")),
            "last_y": Row("y", run.value("y")),
            "last_back": Row(back, run.delta("x"), "gradient"),
        }

    def _node_rows(self, run: Run) -> dict[str, Row]:
        rows, names = {}, self.node_names()
        for name in names:
            rows[f"h_{name}"] = Row(subscripted(name), run.value(name))
            rows[f"d_{name}"] = Row(ratio("y", subscripted(name)), run.delta(name), "gradient")
        for before, name in pairwise(names):
            rows[f"s_{name}"] = Row(slope(subscripted(name), subscripted(before)), run.slope(name), "ink")
        return rows

    def sweeps(self) -> Mapping[str, Swept]:
        """Return the one sweep, of x."""
        return {"x": Swept("h_x", *self.x_range, lambda x: self._node_rows(self.run(x)))}

    def moments(self, name: str) -> tuple[float, ...]:
        """Return the lowest and the highest number that a quantity takes while x sweeps."""
        return _ends(evaluate(self._node_rows(self.along)[name].term))

    @cached_property
    def half_turn(self) -> Term:
        """What half a turn of a dial stands for: 1, 2, 5 x 10^k, no smaller than any value of the sweep."""
        largest = max(abs(end) for name in self.node_names() for end in self.moments(f"h_{name}"))
        if largest > FARTHEST:
            raise CoreError(f"a value reaches {largest:.4g}, and a dial shows none beyond {FARTHEST:.0e}")
        return Constant(round_up(max(1.0, largest)))

    @cached_property
    def largest_push(self) -> tuple[float, str]:
        """The largest |push| of the sweep, and the node that it comes back to."""
        return max((abs(end), name) for name in self.node_names() for end in self.moments(f"d_{name}"))

    def scales(self) -> Mapping[str, Scale]:
        """Return how thick a push of 1 is, and how far a dial turns."""
        turn = math.pi / number(self.half_turn)
        ribbon = fitted(THICKEST, [self.largest_push[0]]) if self.scale == "auto" else self.scale
        return {"ribbon": Scale("scale", ribbon), "dial": Scale("half_turn", turn)}

    @cached_property
    def _ranges(self) -> Mapping[str, tuple[float, float]]:
        graphs = [(f"{node}_{axis}", run.value(of)) for node, run in self.graphs.items()
                  for axis, of in (("x", run.recipe.steps[0].takes[0]), ("y", node))]  # fmt: skip
        found = {key: _roomy(evaluate(term)) for key, term in graphs}
        return found | {"x_range": self.x_range, "back": _roomy(np.append(evaluate(self.along.delta("x")), 0.0))}

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """Return the range of x, those of each graph, and that of what comes back to x."""
        return self._ranges

    def named(self) -> Mapping[str, str]:
        """Return the functions by the node that each makes: `function_y` and so on."""
        return {f"function_{node}": name for node, name in zip(self.node_names()[1:], self.functions, strict=True)}

    def fit(self, digits: int) -> list[Problem]:
        """Return what would not fit, as the base class says: a chain that cannot be computed, a ribbon too thick."""
        try:
            self.scales(), self.quantities(), self.ranges()
            return [*self._poles(), *self._too_thick()]
        except CoreError as error:
            return [Problem(("functions",), f"the chain cannot be computed over the whole range of x: {error}")]

    def _poles(self) -> Iterator[Problem]:
        """Yield a problem where a reciprocal is taken on both sides of 0: its curve would jump through it."""
        for layer, (before, function) in enumerate(zip(self.node_names(), self.functions, strict=False)):
            low, high = self.moments(f"h_{before}")
            if function == "reciprocal" and low < 0.0 < high:
                yield Problem(("functions", layer), f"{before} goes through 0, where the reciprocal is not defined")

    def _too_thick(self) -> Iterator[Problem]:
        largest, name = self.largest_push
        if self.scale != "auto" and self.scale * largest > THICKEST:
            told = f"{self.scale!r} would draw the push at {name} {self.scale * largest:.4g} units thick"
            fitting = round_below(THICKEST / largest)
            yield Problem(("scale",), f"{told}, and {THICKEST} is the most that fits; {fitting!r} would fit")


def _flattest(steep: Points, first: int, end: int) -> int:
    """Return the flattest point of the middle half of a run of points; of several the one nearest to its middle."""
    middle, quarter = (first + end - 1) / 2, (end - first) / 4
    near = [point for point in range(first, end) if abs(point - middle) <= quarter]
    return min(near, key=lambda point: (steep[point], abs(point - middle)))


def _ends(values: Points) -> tuple[float, float]:
    return float(np.min(values)), float(np.max(values))


def _roomy(values: Points) -> tuple[float, float]:
    """Return a range with some room at both ends, also where all values are one."""
    low, high = _ends(values)
    room = (high - low) * ROOM or max(1.0, abs(high)) / 2
    return low - room, high + room
