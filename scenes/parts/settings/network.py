"""A chain of gates with a loss: what every scene of one says of it, and the graphs of its gates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Final, Literal

from core.errors import CoreError
from scenes.parts.recipe.by_core import evaluate, is_computable, number
from scenes.parts.recipe.quantity import Role, Row
from scenes.parts.recipe.recipe import Recipe, Run, Step
from scenes.parts.recipe.terms import Constant, Grid, Term
from scenes.parts.settings.faults import Problem
from scenes.parts.settings.fitting import fitted, round_below, round_up
from scenes.parts.settings.symbols import ratio, slope, subscripted

__all__ = ["THICKEST", "Network", "around"]

Range = tuple[float, float]

_POINTS: Final = 121  # of a graph
_REACHES: Final = (1.2, 0.6, 0.3, 0.1, 0.03, 0.01)  # how far a graph reaches: as far as it can be computed
_NEAR, _PAST = 2.0, 0.3  # so near, a graph goes on to 0 (that of the loss: to the target) and past it: kinks are there
_SPAN, _STEEP = 2.6, 8.0  # what both axes of a graph span, at least; beyond the second each has a scale of its own
THICKEST: Final = 0.9  # of a ribbon, in units of a frame 8 high
_HEADROOM, _FARTHEST = 1.02, 1e300  # of a dial, for what lies between the runs; the largest value that one shows
_ROOM: Final = 0.5  # how far a number line goes on behind what stands on it, as a share of what lies between


SLOPE_FORMULAS: Final[Mapping[str, str]] = {
    "identity": "1",
    "square": "2 {x}",
    "cube": "3 {x}^2",
    "tanh": "1 - {y}^2",
    "sigmoid": "{y} (1 - {y})",
    "softplus": "sigma({x})",
    "sin": "cos {x}",
    "cos": "-sin {x}",
    "exp": "{y}",
    "log": "1\\/{x}",
    "sqrt": "1\\/(2 {y})",
    "reciprocal": "-{y}^2",
    "half_squared_error": "{x} - t",
    "squared_error": "2 ({x} - t)",
    "binary_cross_entropy_with_logits": "sigma({x}) - t",
}
"""How slopes follow from what goes in, x, and what comes out, y, where one line says it; in Typst math."""


@dataclass(frozen=True)
class Network:
    """A chain of gates at a clip's own numbers.

    Attributes
    ----------
    nodes
        The values from first to last; the last is the loss.
    weights
        The weights, first to last.
    """

    run: Run
    nodes: tuple[str, ...]
    weights: tuple[str, ...]

    def after(self, rate: Term) -> Run:
        """Return the network after one step of learning at a rate: all weights move against their gradients."""
        return self.run.but(**{w: self.run.input(w) - rate * self.run.grad(w) for w in self.weights})

    def rows(self) -> dict[str, Row]:
        """Return weights, values, the slope of each gate, what flows back to each value, and the gradients."""
        run, (first, *others) = self.run, self.nodes
        rows = {first: Row(first, run.input(first), typed=True)}
        rows |= {w: Row(subscripted(w), run.input(w), "weight", typed=True) for w in self.weights}
        rows |= {name: Row(name, run.value(name), self.role(name)) for name in others}
        rows |= {f"local_{n}": Row(slope(n, before), run.slope(n), "ink") for before, n in pairwise(self.nodes)}
        for name in reversed(self.nodes):
            rows[f"dL_d{name}"] = Row(ratio("L", name), run.delta(name), "gradient", typed=name == others[-1])
        rows |= {f"dL_d{w}": Row(ratio("L", subscripted(w)), run.grad(w), "gradient") for w in self.weights}
        for name in others:
            graph, before = self.graph(name), self.before(name)
            rows[f"{name}_curve_x"] = Row(before, graph.input(before))
            rows[f"{name}_curve_y"] = Row(name, graph.value(name), self.role(name))
            rows[f"rule_{name}"] = Row(self.rule(name), run.slope(name), "ink")
        return rows

    def role(self, node: str) -> Role:
        """Return what a value means: the last one is the loss."""
        return "loss" if node == self.nodes[-1] else "value"

    def before(self, node: str) -> str:
        """Return the value that a gate makes this one from."""
        return self.nodes[self.nodes.index(node) - 1]

    def graph(self, node: str) -> Run:
        """Return the step that makes a node alone, along a stretch of what it takes.

        Raises
        ------
        CoreError
            If it cannot be computed around the place where it is used.
        """
        step = self.run.recipe.step(node)
        before, others = step.takes[0], (*step.takes[1:], *step.weights)
        steps = (Step("u", "identity", (before,)), replace(step, takes=("u", *step.takes[1:])))
        alone = Run.of(Recipe(steps), **{name: self.run.input(name) for name in others})
        here = number(self.run.value(before))
        away = (number(self.run.input("t")) if node == self.nodes[-1] else 0.0) - here
        for i, reach in enumerate(_REACHES):
            past = _PAST if i == 0 and abs(away) <= _NEAR else -_NEAR
            sides = -max(reach, past - away), max(reach, past + away)
            low, high = (self.run.value(before) + Constant(side) for side in sides)
            found = alone.but(**{before: Grid(low, high, _POINTS, (here,))})
            if is_computable(found.value(node)):
                return found
        raise CoreError(f"{step} cannot be computed near {before} = {here:.4g}")

    def rule(self, node: str) -> str:
        """Return how the slope of a gate follows from its values, in Typst math."""
        step, before = self.run.recipe.step(node), self.before(node)
        formula = SLOPE_FORMULAS.get(step.does, "").format(x=before, y=node)
        formula = subscripted(step.weights[0]) if step.weights else formula
        return f"{ratio(node, before)} = {formula}" if formula else ratio(node, before)

    def ranges(self) -> Mapping[str, Range]:
        """Return the ranges of the graphs: what is used in the middle, and the whole triangle of its slope.

        Both axes of all graphs have one scale, so that a slope of 1 climbs as steeply as it should; only where one is
        so steep that the others would be flat has each a scale of its own.
        """
        middles, heights, widths = dict[str, tuple[float, float]](), dict[str, float](), dict[str, float]()
        for node in self.nodes[1:]:
            graph, before = self.graph(node), self.before(node)
            x, y, rise = map(number, (self.run.value(before), self.run.value(node), self.run.slope(node)))
            curve, along = evaluate(graph.value(node)), evaluate(graph.input(before))
            low, high = around([float(curve.min()), float(curve.max()), y, y - rise], room=0.06)
            middles[node], heights[node] = (x, (low + high) / 2), high - low
            widths[node] = 2.05 * max(x - float(along.min()), float(along.max()) - x, 1.0)
        span = max(_SPAN, *heights.values(), *widths.values())
        found: dict[str, Range] = {}
        for node, (x, y) in middles.items():
            wide, high = (span, span) if span <= _STEEP else (max(_SPAN, widths[node]), heights[node])
            found |= {f"{node}_x": (x - wide / 2, x + wide / 2), f"{node}_y": (y - high / 2, y + high / 2)}
        return found

    def half_turn(self, *later: Run) -> Term:
        """Return what half a turn of a dial stands for: 1, 2, 5 x 10^k, no smaller than any value, also in later runs.

        Raises
        ------
        CoreError
            If a value is so large that there is no such finite number.
        """
        runs = self.run, *later
        largest = _HEADROOM * max(abs(number(run.value(name))) for run in runs for name in self.nodes)
        if largest > _FARTHEST:
            raise CoreError(f"a value reaches {largest:.4g}, and a dial shows none beyond {_FARTHEST:.0e}")
        return Constant(round_up(max(1.0, largest)))

    def ribbon(self, asked: float | Literal["auto"]) -> float:
        """Return how thick a push of 1 is, in units of a frame 8 high: as asked, or the thickest with which all fit."""
        return fitted(THICKEST, self._pushes.values()) if asked == "auto" else asked

    def too_thick(self, asked: float | Literal["auto"]) -> Iterator[Problem]:
        """Yield which push would be too thick to draw."""
        name = max(self._pushes, key=lambda name: self._pushes[name])
        thick = self.ribbon(asked) * self._pushes[name]
        if thick > THICKEST:
            fitting = round_below(THICKEST / self._pushes[name])
            told = f"{asked!r} would draw {name} {thick:.4g} units thick, and {THICKEST} is the most that fits"
            yield Problem(("scale",), f"{told}; {fitting!r} would fit")

    @cached_property
    def _pushes(self) -> Mapping[str, float]:
        return {f"dL_d{name}": abs(number(self.run.delta(name))) for name in self.nodes}


def around(values: Iterable[float], room: float = _ROOM) -> Range:
    """Return a range that goes on behind the outermost of some values, by a share of what lies between.

    Examples
    --------
    >>> around([1.0, 3.0]), around([2.0])
    ((0.0, 4.0), (1.0, 3.0))
    """
    values = tuple(values)
    low, high = min(values), max(values)
    more = (high - low) * room or 1.0
    return low - more, high + more
