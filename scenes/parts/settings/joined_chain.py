"""A chain of functions and weights at whose end others join, one by one: what that does to every push."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.recipe.by_core import evaluate, number
from scenes.parts.recipe.quantity import Role, Row
from scenes.parts.recipe.recipe import Recipe, Run
from scenes.parts.recipe.terms import Constant, Grid, Point, Term
from scenes.parts.settings.base import Swept
from scenes.parts.settings.faults import Problem
from scenes.parts.settings.fitting import round_below
from scenes.parts.settings.graphs import formula_rows, graph_ranges, graph_rows
from scenes.parts.settings.lengths import half_turn
from scenes.parts.settings.symbols import ratio, slope, subscripted
from scenes.parts.type.by_hand import ByHand, product

__all__ = ["JoinedChain"]

Points = npt.NDArray[np.float64]
Range = tuple[float, float]

POINTS: Final = 401  # of the way of the input, ends included
_FEW: Final = 5  # so many gates have room for graphs, and for numbers beside bars
_HIGH: Final = (2.97, 1.4)  # of all bars and what is under them, with few gates; of bars with many
_ONE, _GRAPH = 1.4, 1.41  # of the bar of a push of 1, at most; of a graph between bars
_UNDER: Final = (0.4, 0.5)  # of numbers under bars, and of words under these where one has joined
_REACH: Final = 0.6  # so far a graph reaches: all have one scale, in which a slope of 1 has to be seen
_SPAN: Final = 2.05  # of the axes of a graph between bars, at least: the run of its triangle on either side
_LARGE: Final = 100.0  # a number from there on has no room beside its bar
_TINY: Final = 1e-3  # below it a number bears a power of ten, for which there is room beside one gate less
_SAME: Final = 1e-9  # a share by which pushes differ that are the same, but for rounding
_ALIKE: Final = 0.01  # a share of changes by which those differ at most that are said to be as large
_STEP: Final = 4  # so many points are from one x with few digits to the next


@dataclass(frozen=True)
class JoinedChain:
    """Values ``x``, ``h1``, ``h2``, ... of stages in a row; the push of 1 is at the end, wherever that is.

    Of each value ``push_{k}_`` is the push that comes back to it when ``k`` stages have joined; of the stage that makes
    it ``local_`` is the slope. While stage ``k`` joins, its slope ``turn_{k}`` goes from 1, where it would change
    nothing, to what it is, and ``bar_{k}_`` are the pushes. While x moves ``at_``, ``slope_`` and ``back_`` follow it,
    with the first stage joined, if any does.

    Attributes
    ----------
    stages, joins
        Functions and weights: of the chain at first, and what joins it.
    weights
        Of each weight its term.
    low, high
        Between which x moves.
    step
        By how much x is nudged in all, half of it to either side: ``found`` is how far that moves the end.
    """

    stages: tuple[str, ...]
    joins: tuple[str, ...]
    weights: tuple[tuple[str, Term], ...]
    x: Term
    low: Term
    high: Term
    step: Term

    @property
    def all(self) -> tuple[str, ...]:
        """All stages, first to last."""
        return *self.stages, *self.joins

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        """The names of the values."""
        return ("x", *(f"h{i + 1}" for i in range(len(self.all))))

    @property
    def moved(self) -> int:
        """How many stages have joined when x moves."""
        return min(1, len(self.joins))

    @cached_property
    def has_graphs(self) -> bool:
        """Whether there is room for the graph of each stage, and for numbers beside bars."""
        sizes = [abs(end) for way in self.ways() for end in way]
        if len(self.all) > _FEW or max(sizes) >= _LARGE:
            return False
        slopes = (number(self.whole.slope(node)) for node in self.nodes[1:])
        printed = (*slopes, *(d for joined in range(len(self.joins) + 1) for d in self.deltas(joined).values()))
        return len(self.all) < _FEW or not any(0.0 < abs(each) < _TINY for each in printed)

    def nodes_of(self, joined: int) -> tuple[str, ...]:
        """Return the values of the chain when so many stages have joined."""
        return self.nodes[: len(self.stages) + joined + 1]

    def run(self, joined: int, x: Term | None = None) -> Run:
        """Return the chain when so many stages have joined, at its own x or at another."""
        nodes = self.nodes_of(joined)
        stages = self.all[: len(nodes) - 1]
        used = {name: term for name, term in self.weights if name in stages}
        return Run.of(Recipe.chain(stages, nodes, tuple(used)), x=x or self.x, **used)

    @cached_property
    def whole(self) -> Run:
        """The chain with all that joins it."""
        return self.run(len(self.joins))

    # -- rows ---------------------------------------------------------------------------------------------------------

    def rows(self) -> dict[str, Row]:
        """Return values, weights, slopes with how they follow, pushes, and what they would be if each lost as much."""
        run, rows = self.whole, {"x": Row("x", self.whole.input("x"), typed=True)}
        rows |= {name: Row(subscripted(name), term, "weight", typed=True) for name, term in self.weights}
        for before, node in pairwise(self.nodes):
            role: Role = "weight" if run.recipe.step(node).weights else "ink"
            rows[node] = Row(subscripted(node), run.value(node))
            rows[f"local_{node}"] = Row(slope(subscripted(node), subscripted(before)), run.slope(node), role)
            rows |= graph_rows(run, node, reach=_REACH) if self.has_graphs else formula_rows(run, node)
        for joined in range(len(self.joins) + 1):
            rows |= self.pushes(f"push_{joined}", joined)
        for joined in range(1, len(self.joins) + 1):
            rows |= self.turning(joined, self.whole.slope(self.nodes_of(joined)[-1]))
        return rows | self.following(self.x) | dict(self.guesses) | self._at_stop() | {"found": self._found()}

    def _found(self) -> Row:
        half, joined = self.step / Constant(2.0), len(self.joins)
        high, low = (self.run(joined, there).value(self.nodes[-1]) for there in (self.x + half, self.x - half))
        return Row("Delta y", high - low)

    def pushes(self, name: str, joined: int, x: Term | None = None) -> dict[str, Row]:
        """Return the push at each value when so many stages have joined; that at the end is 1."""
        nodes, run = self.nodes_of(joined), self.run(joined, x)
        return {f"{name}_{n}": self._push(nodes[-1], n, run.delta(n), typed=n == nodes[-1]) for n in nodes}

    def _push(self, end: str, node: str, term: Term, *, typed: bool = False) -> Row:
        return Row(ratio(subscripted(end), subscripted(node)), term, "gradient", typed=typed)

    @cached_property
    def guesses(self) -> Mapping[str, Row]:
        """Return by how much the first that joins changes the push at the old end, and all if each changed so."""
        if not self.joins:
            return {}
        nodes, run = self.nodes_of(0), self.run(0)
        slope = self.whole.slope(self.nodes_of(1)[-1])
        change = slope - run.delta(nodes[-1])
        rows = {f"guess_{n}": Row(ratio("y", subscripted(n)), run.delta(n) + change, "quiet") for n in nodes}
        return rows | {"change": Row('"change"', change, "ink"), "times": Row('"slope"', slope, "ink")}

    # -- what moves ---------------------------------------------------------------------------------------------------

    def turning(self, joined: int, by: Term) -> dict[str, Row]:
        """Return what follows while a stage joins: its slope, and the pushes before it."""
        nodes, run = self.nodes_of(joined), self.run(joined - 1)
        rows = {f"turn_{joined}": Row(slope(*map(subscripted, nodes[:-3:-1])), by, "ink")}
        pushes = {f"bar_{joined}_{n}": self._push(nodes[-1], n, run.delta(n) * by) for n in nodes[:-1]}
        return rows | pushes

    def slope_of_join(self, joined: int) -> float:
        """Return the slope of the stage that joins as number ``joined``, from 1 on."""
        return number(self.whole.slope(self.nodes_of(joined)[-1]))

    def following(self, x: Term) -> dict[str, Row]:
        """Return what follows x: every value, the slopes, and the pushes."""
        run, nodes = self.run(self.moved, x), self.nodes_of(self.moved)
        rows = {f"at_{n}": Row(subscripted(n), run.value(n)) for n in nodes}
        for before, n in pairwise(nodes):
            role: Role = "weight" if run.recipe.step(n).weights else "ink"
            rows[f"slope_{n}"] = Row(slope(subscripted(n), subscripted(before)), run.slope(n), role)
        return rows | self.pushes("back", self.moved, x)

    @cached_property
    def grid(self) -> Grid:
        """All of the range of x."""
        return Grid(self.low, self.high, POINTS)

    @cached_property
    def way(self) -> Grid:
        """All of the way of x, which may begin outside its range."""
        first, *_, last = sorted((self.low, self.x, self.high), key=number)
        return Grid(first, last, POINTS)

    @cached_property
    def moments(self) -> Mapping[str, Points]:
        """Of all that follows x its values along the way, and that where x is at first."""
        first, zeros = self.following(self.x), np.zeros(POINTS)
        rows = self.following(self.way).items()
        return {name: np.append(evaluate(row.term) + zeros, number(first[name].term)) for name, row in rows}

    @cached_property
    def stop(self) -> Term:
        """Where x stops: where the first push is nearest to 0, of x with few digits if one is as near."""
        sizes = np.abs(evaluate(self.following(self.grid)["back_x"].term) + np.zeros(POINTS))
        best = int(np.argmin(sizes))
        near = round(best / _STEP) * _STEP
        return Point(self.grid, near if sizes[near] <= sizes[best] else best)

    def _at_stop(self) -> dict[str, Row]:
        rows = self.following(self.stop)
        found = {"stop": rows["at_x"], "left": rows["back_x"], "tempting_x": Row("x", self.tempting, typed=True)}
        found |= {"tempting": replace(self.following(self.tempting)["back_x"], role="quiet")}
        if not (self.has_graphs and self.moves):
            return found
        node, run = self.flattest, self.at_rest_there
        before = run.recipe.step(node).takes[0]
        curves = {name.replace(node, "flat"): row for name, row in graph_rows(run, node, reach=_REACH).items()}
        there = {"flat_x": rows[f"at_{before}"], "flat_y": rows[f"at_{node}"], "flat_slope": rows[f"slope_{node}"]}
        return found | curves | there

    @cached_property
    def tempting(self) -> Term:
        """The end of the way of x at which it does not stop: the high one, if it stops at neither."""
        return self.low if number(self.stop) == number(self.high) else self.high

    @property
    def moves(self) -> bool:
        """Whether something comes back to x at first, and not as much wherever it is.

        Else it need not move to find where least comes back.
        """
        back = self.moments["back_x"]
        return bool(self.deltas(self.moved)["x"]) and float(np.ptp(back)) > _SAME * float(np.abs(back).max())

    @cached_property
    def instead(self) -> Mapping[str, str]:
        """Beats that come in place of others: where all bars change by as much, and where no slope is 0 in the end."""
        found = dict[str, str]()
        if self.joins and self.all_change_alike:
            found |= {"ask": "ask_any", "compare": "compare_alike"}
        if self.moves and number(self.at_rest_there.slope(self.flattest)):
            found["sweep"] = "sweep_left"
        return found

    @property
    def all_change_alike(self) -> bool:
        """Whether the first that joins changes every push by as much, so that adding says what multiplying does."""
        before, after = self.deltas(0), self.deltas(1)
        changes = [after[node] - before[node] for node in before]
        return max(changes) - min(changes) <= _ALIKE * max(map(abs, changes))

    @cached_property
    def at_rest_there(self) -> Run:
        """The chain where x stops."""
        return self.run(self.moved, self.stop)

    @cached_property
    def flattest(self) -> str:
        """What the flattest gate makes where x stops; of several the one that a push meets first."""
        nodes = self.nodes_of(self.moved)[:0:-1]
        return min(nodes, key=lambda node: abs(number(self.at_rest_there.slope(node))))

    def sweeps(self) -> dict[str, Swept]:
        """Return what moves: x, and the slope of each stage that joins."""
        low, *_, high = sorted(map(number, (self.low, self.x, self.high)))
        found = {"x": Swept("at_x", low, high, self.following)}
        for i in range(1, len(self.joins) + 1):
            low, high = sorted((1.0, self.slope_of_join(i)))
            found[f"join_{i}"] = Swept(f"turn_{i}", low, high, partial(self.turning, i))
        return found

    # -- what must fit ------------------------------------------------------------------------------------------------

    def ways(self) -> Iterator[tuple[float, float]]:
        """Yield the lowest and the highest of each push, whatever joins and wherever x is."""
        for joined in range(len(self.joins) + 1):
            yield from ((d, d) for d in self.deltas(joined).values())
        yield from ((d, d) for d in self.guessed.values())
        for name, values in self.moments.items():
            if name.startswith("back_"):
                yield float(values.min()), float(values.max())

    @cached_property
    def guessed(self) -> Mapping[str, float]:
        """Return what each push would be if each changed as much as that at the old end."""
        return {n: number(self.guesses[f"guess_{n}"].term) for n in (self.nodes_of(0) if self.joins else ())}

    def by_hand(self) -> Iterator[ByHand]:
        """Yield the sums that a viewer can do over: each push at first, and what becomes of it when others join.

        Gates of a long chain have no room for a digit more.
        """
        if not self.has_graphs:
            return
        for before, node in pairwise(self.nodes_of(0)):
            yield product(f"push_0_{before}", f"local_{node}", f"push_0_{node}")
        for i in range(1, len(self.joins) + 1):
            for node in self.nodes_of(i - 1):
                yield product(f"push_{i}_{node}", f"local_{self.nodes_of(i)[-1]}", f"push_{i - 1}_{node}")

    def deltas(self, joined: int) -> dict[str, float]:
        """Return the pushes when so many stages have joined."""
        run = self.run(joined)
        return {node: number(run.delta(node)) for node in self.nodes_of(joined)}

    def hangs(self, joined: int) -> bool:
        """Return whether a push is negative when so many stages have joined."""
        return min(self.deltas(joined).values()) < 0.0

    @cached_property
    def half_turn(self) -> float:
        """What half a turn of a dial stands for."""
        along = [each for name, each in self.moments.items() if name.startswith("at_")]
        ends = (float(end) for each in along for end in (each.min(), each.max()))
        return half_turn((*ends, *(number(self.whole.value(node)) for node in self.nodes)))

    @cached_property
    def scale(self) -> float:
        """How high the bar of a push of 1 is, so that all bars fit, and numbers under those that are at rest."""
        up, down = max(high for _, high in self.ways()), max(0.0, -min(low for low, _ in self.ways()))
        if not self.has_graphs:
            return min(round_below(_HIGH[1] / (up + down), 2), _ONE)
        deep = max(self.deepest, self.deepest_at_end, self.deepest_on_its_way if self.moves else 0.0)
        free = [(_HIGH[0] - under, deep) for under, deep in zip(_UNDER, (down, deep), strict=True)]
        found = [high / (up + deep) for high, deep in free]
        found += [(high - _GRAPH) / deep for high, deep in free if deep]
        return min(round_below(min(found), 2), _ONE)

    @property
    def deepest(self) -> float:
        """How far bars hang when the first has joined, and they stand beside what each would be."""
        some = (*self.guessed.values(), *self.deltas(self.moved).values())
        return max(0.0, -min(some))

    @property
    def deepest_at_end(self) -> float:
        """How far bars hang when all have joined."""
        return max(0.0, -min(self.deltas(len(self.joins)).values()))

    @cached_property
    def deepest_on_its_way(self) -> float:
        """How far bars hang at most while x moves."""
        lows = (float(values.min()) for name, values in self.moments.items() if name.startswith("back_"))
        return max(0.0, -min(lows))

    def ranges(self) -> Mapping[str, Range]:
        """Return the ranges of the graphs, each as large as it can be."""
        if not self.has_graphs:
            return {}
        first, count = self.nodes_of(0)[1:], len(self.stages) + 1
        each = dict(graph_ranges(self.whole, first, _REACH))
        for node in self.nodes[count:]:
            each |= graph_ranges(self.whole, [node], _REACH, _SPAN)
        if self.moves:
            there = graph_ranges(self.at_rest_there, [self.flattest], _REACH, _SPAN)
            each |= {key.replace(self.flattest, "flat"): ends for key, ends in there.items()}
        return each

    def poles(self) -> Iterator[Problem]:
        """Yield a problem where a reciprocal is taken on both sides of 0: its curve would jump through it."""
        for before, stage in zip(self.nodes_of(self.moved), self.all, strict=False):
            way = self.moments[f"at_{before}"]
            if stage == "reciprocal" and way.min() < 0.0 < way.max():
                told = f"{before} goes through 0 while x moves, where the reciprocal is not defined"
                yield Problem(("x_range",), told)
