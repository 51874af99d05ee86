"""A chain of functions over a whole range of its input: its rows, the graphs of its gates, and where a gate is flat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from core.errors import CoreError
from core.functions import FUNCTIONS
from scenes.parts.recipe.by_core import evaluate, is_computable, number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Recipe, Run, Step
from scenes.parts.recipe.terms import Constant, Grid, Point, Term
from scenes.parts.settings.faults import Problem
from scenes.parts.settings.flat_places import flat_points
from scenes.parts.settings.graphs import formula_rows
from scenes.parts.settings.lengths import half_turn
from scenes.parts.settings.symbols import ratio, slope, subscripted
from scenes.parts.type.numbers import format_resting, is_product

__all__ = ["SweptChain", "ends", "roomy", "widened"]

Points = npt.NDArray[np.float64]
Range = tuple[float, float]

SWEEP_POINTS, GRAPH_POINTS = 601, 201
"""Points of the sweep and of a graph, ends included; odd, so that the middle is one of them."""

_ROOM: Final = 0.12  # left free at both ends of an axis, as a share of it
_REACHES: Final = (1.0, 0.5, 0.1, 1e-2, 1e-4)  # how far a graph goes where a value never moves
_NEAR: Final = 1e-7  # so far beside a flat point, as a share of the range, it must be flat, too: a kink is not
_RUNS: Final = (0.5, 8.0)  # between these widths of what goes into a gate a run of 1 is neither too long nor too short
_TALLEST: Final = 2.5  # of a graph with its triangles, as a share of its curve
_SHORT: Final = 3  # characters of an x with few digits, without its sign
_SHOWN: Final = 3  # decimals, and significant digits, in which most lessons write
_MUCH: Final = 0.6  # of the most that ever comes back
_ALIKE: Final = 0.3  # so much narrower one axis may be than the other before each has a scale of its own
_SEEN: Final = 0.6  # the least share of the widest axis along which a curve is drawn as large as the others
_STRETCHED: Final = 3.0  # so many times as large as the other unit one may be
_SHARED: Final = 1.25  # so many times as wide as the widest an axis may be that all graphs share


@dataclass(frozen=True)
class SweptChain:
    """``y = f_n(... f_2(f_1(x)))`` while x runs from one end to the other; the gradient of y is 1.

    Of each node ``h_`` is its value and ``d_`` what comes back to it; of the gate that makes it ``s_`` is the slope.
    Where a triangle under its tangent with a run of 1 can be drawn, ``corner_x_`` and ``corner_y_`` are where its right
    upper corner is; those of ``x`` are of the triangle under the tangent to y over x.

    Attributes
    ----------
    flat
        A gate counts as flat where |slope| is below this.
    """

    functions: tuple[str, ...]
    low: Term
    high: Term
    flat: float

    @property
    def nodes(self) -> tuple[str, ...]:
        """The names of the nodes: ``x``, ``h1``, ..., ``y``."""
        return ("x", *(f"h{index}" for index in range(1, len(self.functions))), "y")

    @cached_property
    def grid(self) -> Grid:
        """All of x."""
        return Grid(self.low, self.high, SWEEP_POINTS)

    @cached_property
    def along(self) -> Run:
        """The chain over the whole range at once."""
        return Run.of(Recipe.chain(self.functions, self.nodes), x=self.grid)

    def at(self, x: Term) -> Run:
        """Return the chain at one x."""
        return self.along.but(x=x)

    # -- rows ---------------------------------------------------------------------------------------------------------

    def rows(self, run: Run) -> dict[str, Row]:
        """Return the values, slopes and pushes of a run, and the corners of the triangles under its tangents."""
        rows = {f"h_{name}": Row(subscripted(name), run.value(name)) for name in self.nodes}
        for name in self.nodes:
            rows[f"d_{name}"] = Row(ratio("y", subscripted(name)), run.delta(name), "gradient")
        for before, name in pairwise(self.nodes):
            rows[f"s_{name}"] = Row(slope(subscripted(name), subscripted(before)), run.slope(name), "ink")
        for name in self._shares:
            x, y = self._corner(name, run)
            rows |= {f"corner_x_{name}": Row("x", x, "quiet"), f"corner_y_{name}": Row("y", y, "quiet")}
        return rows

    def _corner(self, node: str, run: Run) -> tuple[Term, Term]:
        """Return the corner; while the point goes from one end of the graph to the other, so does it along its run."""
        (x, y, steep), (by, more) = self._point(node, run), self._shares[node]
        ahead = Constant(more) - x * Constant(by)
        return x + ahead, y + ahead * steep

    def _point(self, node: str, run: Run) -> tuple[Term, Term, Term]:
        """Return a point of the graph of a gate, and the slope there; of ``x``: of the graph of y over x."""
        if node == self.nodes[0]:
            return run.value(node), run.value(self.nodes[-1]), run.delta(node)
        return run.value(self._before(node)), run.value(node), run.slope(node)

    def graph_rows(self) -> dict[str, Row]:
        """Return of each gate its curve, ``graph_h1_x`` and so on, its slope along it, and both formulas."""
        rows: dict[str, Row] = {}
        for before, node in pairwise(self.nodes):
            graph = self.graphs[node]
            rows[f"graph_{node}_x"] = Row(subscripted(before), graph.value(before))
            rows[f"graph_{node}_y"] = Row(subscripted(node), graph.value(node))
            rows[f"graph_{node}_slope"] = Row(slope(subscripted(node), subscripted(before)), graph.slope(node), "ink")
            rows |= formula_rows(self.at(self.low), node)
        return rows

    def stop_rows(self) -> dict[str, Row]:
        """Return x, y, the slopes and what comes back in each case: ``stop_0_x``, ``stop_0_s_h1``, ``stop_0_back``."""
        rows: dict[str, Row] = {}
        for i, x in enumerate(self.cases):
            here = self.rows(self.at(x))
            named = {"x": here["h_x"], "y": here["h_y"], "back": here["d_x"]}
            rows |= {f"stop_{i}_{what}": row for what, row in named.items()}
            rows |= {f"stop_{i}_s_{node}": here[f"s_{node}"] for node in self.nodes[1:]}
        return rows

    # -- graphs -------------------------------------------------------------------------------------------------------

    @cached_property
    def graphs(self) -> Mapping[str, Run]:
        """Each gate's function alone, over all that goes into it while x runs, by the node that it makes."""
        gates = zip(pairwise(self.nodes), self.functions, strict=True)
        return {node: self._graph(before, node, function) for (before, node), function in gates}

    def _graph(self, before: str, node: str, function: str) -> Run:
        alone = Recipe((Step("u", "identity", (before,)), Step(node, function, ("u",))))
        low, high = ends(evaluate(self.along.value(before)))
        reaches = _REACHES if low == high else (0.0,)
        spans = ((low - reach, high + reach) for reach in (by * max(1.0, abs(low)) for by in reaches))
        made = (Run.of(alone, **{before: Grid(Constant(a), Constant(b), GRAPH_POINTS)}) for a, b in spans)
        found = next((run for run in made if is_computable(run.value(node))), None)
        if found is None:
            raise CoreError(f"{function} cannot be computed near {low:.4g}")
        return found

    @cached_property
    def _shares(self) -> Mapping[str, tuple[float, float]]:
        """Of each graph with a triangle how far its corner lies ahead of the point: ``more`` less ``by`` times x."""
        found = {}
        for node in self.nodes:
            x, y, _ = map(evaluate, self._point(node, self.along))
            low, high = ends(x)
            share = (1 / (high - low), high / (high - low)) if _RUNS[0] <= high - low <= _RUNS[1] else None
            if share and _is_low(y, self._tangents(node, share)):
                found[node] = share
        return found

    def _tangents(self, node: str, share: tuple[float, float]) -> Points:
        """Return how high the ends of the tangents of a graph are."""
        x, y, steep = map(evaluate, self._point(node, self.along))
        ahead = share[1] - share[0] * x
        return np.concatenate([y + ahead * steep, y + (ahead - 1) * steep])

    def heights(self, node: str) -> Points:
        """Return how high the curve of a graph goes, and the ends of its tangents, if it has triangles."""
        _, y, _ = map(evaluate, self._point(node, self.along))
        return np.concatenate([y, self._tangents(node, self._shares[node])]) if node in self._shares else y

    def ranges(self) -> Mapping[str, Range]:
        """Return the ranges of both axes of each graph, neither much flatter than the other.

        Upright they are of one scale in all, if that can be, so that rises compare; along, a curve fills its graph.
        """
        found: dict[str, Range] = {}
        for before, node in pairwise(self.nodes):
            graph = self.graphs[node]
            xs, ys = ends(evaluate(graph.value(before))), np.append(evaluate(graph.value(node)), self.heights(node))
            if node in self._shares:
                xs = min(xs[0], xs[1] - 1), max(xs[1], xs[0] + 1)
            found[f"{node}_x"], found[f"{node}_y"] = _alike(roomy(np.array(xs)), roomy(ys))
        found |= self._of_one_length({name: ends for name, ends in found.items() if name.endswith("_y")}, _ALIKE)
        for node in self.nodes[1:]:
            found[f"{node}_x"], _ = _alike(found[f"{node}_x"], found[f"{node}_y"])
        found |= self._of_one_length({name: ends for name, ends in found.items() if name.endswith("_x")}, _SEEN)
        return found

    @staticmethod
    def _of_one_length(ranges: Mapping[str, Range], least: float) -> Mapping[str, Range]:
        """Return ranges as wide as the widest, if none is less than so large a share of it; else as they were.

        Where hardly more holds them all, they are one.
        """
        wide = [high - low for low, high in ranges.values()]
        if min(wide) < least * max(wide):
            return ranges
        low, high = min(low for low, _ in ranges.values()), max(high for _, high in ranges.values())
        if high - low <= _SHARED * max(wide):
            return dict.fromkeys(ranges, (low, high))
        return {name: widened(each, max(wide)) for name, each in ranges.items()}

    def _before(self, node: str) -> str:
        return self.nodes[self.nodes.index(node) - 1]

    # -- flat places --------------------------------------------------------------------------------------------------

    @cached_property
    def flat_places(self) -> tuple[tuple[int, str], ...]:
        """The points of x at which a gate is flat, in the order of x, each with what the gate makes."""
        found = []
        for node in self.nodes[1:]:
            slopes = evaluate(self.along.slope(node))
            points = [self._round(point, slopes) for point in flat_points(slopes, self.flat)]
            found += [(point, node) for point in points if self._no_kink(node, point)]
        return tuple(sorted(found, key=lambda place: place[0]))

    def _round(self, point: int, slopes: Points) -> int:
        """Return a point of the same flat zone whose x has few digits, and whose products close as they are shown."""
        steep = np.flatnonzero(~(np.abs(slopes) < self.flat))
        first, end = (max(steep[steep < point], default=-1) + 1, min(steep[steep > point], default=SWEEP_POINTS))
        near = (at for at in range(first, end) if 0 < at < SWEEP_POINTS - 1)
        return min(near, key=lambda at: (*self._is_odd(at), abs(at - point)), default=point) if slopes[point] else point

    def _is_odd(self, point: int, short: int = _SHORT) -> tuple[bool, bool]:
        """Return whether x has many digits at a point, and whether what is shown there does not close."""
        return len(f"{abs(number(Point(self.grid, point))):.6g}") > short, not self._closes[point]

    @cached_property
    def _rules_close(self) -> npt.NDArray[np.bool_]:
        """At which points each slope follows also from what goes into its gate as most lessons show it."""
        closes = np.ones(SWEEP_POINTS, dtype=bool)
        for (before, node), function in zip(pairwise(self.nodes), self.functions, strict=True):
            into, slopes = (evaluate(self._along_rows[name].term) for name in (f"h_{before}", f"s_{node}"))
            with np.errstate(all="ignore"):
                by_hand = FUNCTIONS[function].derivative(np.round(into + np.zeros(SWEEP_POINTS), _SHOWN))
            closes &= np.abs(by_hand - np.round(slopes, _SHOWN)) <= 0.5 * 10.0**-_SHOWN
        return closes

    @cached_property
    def _closes(self) -> npt.NDArray[np.bool_]:
        """At which points the slopes multiply to what comes back in the digits that most lessons show."""
        rows = {name: evaluate(row.term) + np.zeros(SWEEP_POINTS) for name, row in self._along_rows.items()}
        slopes = [rows[f"s_{node}"] for node in self.nodes[1:]]
        found = [
            is_product(*each)
            for each in zip(_resting(rows["d_x"]), zip(*map(_resting, slopes), strict=True), strict=True)
        ]
        closes = np.array(found)
        for before, node in pairwise(self.nodes):
            shown = [np.round(rows[name], _SHOWN) for name in (f"d_{before}", f"s_{node}", f"d_{node}")]
            closes &= np.abs(shown[0] - shown[1] * shown[2]) <= 0.5 * 10.0**-_SHOWN
        return closes

    def _no_kink(self, node: str, point: int) -> bool:
        low, high, x = number(self.low), number(self.high), number(Point(self.grid, point))
        near = (min(max(x + way * (high - low) * _NEAR, low), high) for way in (-1, 1))
        return any(abs(number(self.at(Constant(at)).slope(node))) < self.flat for at in near if at != x)

    @cached_property
    def flat_nodes(self) -> tuple[str, ...]:
        """What the gates make that are flat somewhere, first to last."""
        flat = {node for _, node in self.flat_places}
        return tuple(node for node in self.nodes if node in flat)

    @cached_property
    def stops(self) -> tuple[Term, ...]:
        """Where x stops: the first of the flat places; of two that mirror each other one; if none, where x begins."""
        y, back = (evaluate(self._along_rows[name].term) for name in ("h_y", "d_x"))
        told = {(f"{y[point]:.9g}", f"{abs(back[point]):.9g}"): point for point, _ in self.flat_places}
        return tuple(Point(self.grid, point) for point in sorted(told.values())[:MOST_STOPS]) or (self.low,)

    @cached_property
    def cases(self) -> tuple[Term, ...]:
        """The stops and, if one is flat and they are few, at last where y is small and yet much comes back."""
        y, back = (np.abs(evaluate(self._along_rows[name].term)) for name in ("h_y", "d_x"))
        live = [point for point in range(SWEEP_POINTS) if back[point] > _MUCH * back.max()]
        if not (live and self.flat_places) or len(self.stops) == MOST_STOPS:
            return self.stops
        odd = {at: (*self._is_odd(at, _SHORT + 1), not self._rules_close[at]) for at in live}
        return *self.stops, Point(self.grid, min(reversed(live), key=lambda at: (*odd[at], round(float(y[at]), 9))))

    @cached_property
    def steepest(self) -> Term:
        """The x at which most comes back, where y is steepest; of several the first at which it is positive."""
        back = evaluate(self._along_rows["d_x"].term) + np.zeros(SWEEP_POINTS)
        return Point(
            self.grid, max(range(SWEEP_POINTS), key=lambda at: (round(abs(float(back[at])), 9), back[at], -at))
        )

    def flat_at(self, x: float) -> tuple[str, ...]:
        """Return what those gates make that are flat at an x."""
        run = self.at(Constant(x))
        return tuple(node for node in self.nodes[1:] if abs(number(run.slope(node))) < self.flat)

    # -- what must fit ------------------------------------------------------------------------------------------------

    def ends(self, name: str) -> Range:
        """Return the lowest and the highest number that one of the ``rows`` takes."""
        return ends(evaluate(self._along_rows[name].term))

    @cached_property
    def _along_rows(self) -> Mapping[str, Row]:
        return self.rows(self.along)

    @cached_property
    def half_turn(self) -> float:
        """What half a turn of a dial stands for."""
        return half_turn(end for name in self.nodes for end in self.ends(f"h_{name}"))

    @cached_property
    def pushes(self) -> Mapping[str, float]:
        """The largest push that comes back to each node, by what a message calls it."""
        return {f"the push at {name}": max(map(abs, self.ends(f"d_{name}"))) for name in self.nodes}

    def poles(self) -> Iterator[Problem]:
        """Yield a problem where a reciprocal is taken on both sides of 0: its curve would jump through it."""
        for layer, (before, function) in enumerate(zip(self.nodes, self.functions, strict=False)):
            low, high = self.ends(f"h_{before}")
            if function == "reciprocal" and low < 0.0 < high:
                yield Problem(("functions", layer), f"{before} goes through 0, where the reciprocal is not defined")


MOST_STOPS: Final = 4


def ends(values: Points) -> Range:
    """Return the lowest and the highest of some values."""
    return float(np.min(values)), float(np.max(values))


def roomy(values: Points) -> Range:
    """Return a range with some room at both ends, also where all values are one."""
    low, high = ends(values)
    room = (high - low) * _ROOM or max(1.0, abs(high)) / 2
    return low - room, high + room


def _is_low(curve: Points, tangents: Points) -> bool:
    """Return whether tangents go not much higher and lower than their curve."""
    return bool(np.ptp(np.concatenate([curve, tangents])) <= _TALLEST * np.ptp(curve))


def widened(ends: Range, span: float) -> Range:
    """Return a range of so large a span about the same middle."""
    middle = (ends[0] + ends[1]) / 2
    return middle - span / 2, middle + span / 2


def _alike(one: Range, other: Range) -> tuple[Range, Range]:
    """Return two ranges, the narrow one so wide that its unit is not much larger than the other, if it nearly is."""
    narrow, wide = sorted((one[1] - one[0], other[1] - other[0]))
    if narrow < _ALIKE * wide:
        return one, other
    first, second = (widened(each, max(each[1] - each[0], wide / _STRETCHED)) for each in (one, other))
    return first, second


def _resting(values: Points) -> list[str]:
    """Return how numbers are written at rest."""
    return [format_resting(float(value), _SHOWN) for value in values]
