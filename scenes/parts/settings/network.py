"""A chain of gates with a loss: what every scene of one says of it, and the graphs of its gates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final, Literal

from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.quantity import Role, Row
from scenes.parts.recipe.recipe import Run
from scenes.parts.recipe.terms import Constant, Term
from scenes.parts.settings.faults import Problem
from scenes.parts.settings.fitting import fitted
from scenes.parts.settings.graphs import graph, graph_ranges, graph_rows
from scenes.parts.settings.lengths import half_turn, too_thick
from scenes.parts.settings.symbols import ratio, slope, subscripted
from scenes.parts.type.by_hand import ByHand, product

__all__ = ["THICKEST", "Network", "Range", "around"]

Range = tuple[float, float]

THICKEST: Final = 0.9  # of a ribbon, in units of a frame 8 high
_ROOM: Final = 0.5  # how far a number line goes on behind what stands on it, as a share of what lies between


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

    def rows(self, *, graphs: bool = True) -> dict[str, Row]:
        """Return weights, values, the slope of each gate with its graph, what flows back, and the gradients."""
        run, (first, *others) = self.run, self.nodes
        rows = {first: Row(subscripted(first), run.input(first), typed=True)}
        rows |= {w: Row(subscripted(w), run.input(w), "weight", typed=True) for w in self.weights}
        rows |= {name: Row(subscripted(name), run.value(name), self.role(name)) for name in others}
        for before, n in pairwise(self.nodes):
            rows[f"local_{n}"] = Row(slope(subscripted(n), subscripted(before)), run.slope(n), "ink")
        for name in reversed(self.nodes):
            last = name == others[-1]
            rows[f"dL_d{name}"] = Row(ratio("L", subscripted(name)), run.delta(name), "gradient", typed=last)
        rows |= {f"dL_d{w}": Row(ratio("L", subscripted(w)), run.grad(w), "gradient") for w in self.weights}
        for name in others if graphs else ():
            rows |= graph_rows(self.run, name, self.role(name))
        return rows

    def by_hand(self) -> Iterator[ByHand]:
        """Yield the sums that a viewer can do over: values out of weights, pushes out of slopes, and gradients."""
        for before, node in pairwise(self.nodes):
            step = self.run.recipe.step(node)
            by = step.weights[0] if step.weights else f"local_{node}"
            if step.weights:
                yield product(node, by, before)
            yield product(f"dL_d{before}", by, f"dL_d{node}")
            yield from (product(f"dL_d{weight}", before, f"dL_d{node}") for weight in step.weights)

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
        return graph(self.run, node)

    def ranges(self) -> Mapping[str, Range]:
        """Return the ranges of the graphs: what is used in the middle, and the whole triangle of its slope."""
        return graph_ranges(self.run, self.nodes[1:])

    def half_turn(self, *later: Run) -> Term:
        """Return what half a turn of a dial stands for: 1, 2, 5 x 10^k, no smaller than any value, also in later runs.

        Raises
        ------
        CoreError
            If a value is so large that there is no such finite number.
        """
        return Constant(half_turn(number(run.value(name)) for run in (self.run, *later) for name in self.nodes))

    def ribbon(self, asked: float | Literal["auto"]) -> float:
        """Return how thick a push of 1 is, in units of a frame 8 high: as asked, or the thickest with which all fit."""
        return fitted(THICKEST, self._pushes.values()) if asked == "auto" else asked

    def too_thick(self, asked: float | Literal["auto"]) -> Iterator[Problem]:
        """Yield which push would be too thick to draw."""
        yield from too_thick(asked, self._pushes, THICKEST)

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
