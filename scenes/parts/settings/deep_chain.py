"""A long chain of stages at one input: the size of every push, on an axis as it is, or on one of powers of ten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pydantic import Field

from core.errors import CoreError
from scenes.parts.measure import Scale
from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Recipe, Run
from scenes.parts.recipe.terms import Constant, Term
from scenes.parts.settings.base import SceneWords, Text
from scenes.parts.settings.graphs import graph_ranges, graph_rows
from scenes.parts.settings.powers import power, whole_decades
from scenes.parts.settings.symbols import ratio, subscripted

__all__ = ["DeepChain", "DeepChains", "LongWords"]

Range = tuple[float, float]
_ROOM: Final = 0.02  # of the range of an axis, at its ends
_FEW: Final = 3  # so many graphs have room in a row
_TALL, _WIDE = (2.5, 1.9), 0.3  # of an axis, in units of a frame 8 high, and of one with a broken place; of a bar


class LongWords(SceneWords):
    """What is said at two long chains and their axes."""

    linear: Text = Field(description="Over an axis as it is.")
    log: Text = Field(description="Over an axis of powers of ten, which says so.")
    first_slopes: Text = Field(description="Under what the first long chain is called: between what its slopes are.")
    second_slopes: Text = Field(description="The same of the second.")
    first_slopes_mixed: Text = Field(description="The same of the first, where it is several functions: which.")
    second_slopes_mixed: Text = Field(description="The same of the second.")
    first_closed: Text = Field(description="In the first long chain: the gate whose slope is 0, if there is one.")
    second_closed: Text = Field(description="The same of the second.")
    small: Text = Field(description="At bars that are too low to be drawn.")
    first: Text = Field(description="Over the first long chain, where it is one function many times.")
    first_mixed: Text = Field(description="Over the first long chain, where it is several functions.")
    second: Text = Field(description="Over the second long chain, where it is one function many times.")
    second_mixed: Text = Field(description="Over the second long chain, where it is several functions.")


@dataclass(frozen=True)
class DeepChain:
    """Stages in a row; a push of 1 comes back from the last value.

    Its quantities are called ``{key}_push_``, ``{key}_power_`` and ``{key}_side_`` and the value: the push, how many
    powers of ten its magnitude is over the floor, and its sign; of a push of exactly 0 there is but the first.
    ``{key}_slope_`` and a value is the slope of the function that makes it, ``{key}_of_`` what that is called,
    ``{key}_at_`` the value itself;
    ``{key}_`` and the value with ``_curve_x`` and ``_curve_y`` its graph, if it is `graphed`;
    ``{key}_found`` is how much a nudge of x moves the end, ``{key}_x`` the input, ``{key}_count`` how many stages
    there are, ``{key}_least`` and ``{key}_most`` between which their slopes are.
    """

    key: str
    stages: tuple[str, ...]
    weights: tuple[tuple[str, Term], ...]
    x: Term
    step: Term

    @property
    def nodes(self) -> tuple[str, ...]:
        """The names of the values."""
        return ("x", *(f"h{i + 1}" for i in range(len(self.stages))))

    @property
    def is_alike(self) -> bool:
        """Whether all stages are one function."""
        return len(set(self.stages)) == 1 and self.stages[0] not in dict(self.weights)

    @cached_property
    def run(self) -> Run:
        """The chain at its input."""
        used = {name: term for name, term in self.weights if name in self.stages}
        return Run.of(Recipe.chain(self.stages, self.nodes, tuple(used)), x=self.x, **used)

    @cached_property
    def deltas(self) -> Mapping[str, float]:
        """The push at each value."""
        return {node: number(self.run.delta(node)) for node in self.nodes}

    @property
    def gates(self) -> str:
        """All stages by their names, weights with what they are."""
        said = {name: f"{name} = {number(term):g}".replace("-", "−") for name, term in self.weights}
        return ", ".join(said.get(stage, stage) for stage in self.stages)

    @cached_property
    def closed(self) -> str:
        """The value behind the last gate whose slope is exactly 0, which a push meets first; none: nothing."""
        return next((node for node in self.nodes[:0:-1] if not number(self.run.slope(node))), "")

    @cached_property
    def _graphs(self) -> tuple[Mapping[str, Row], Mapping[str, Range]]:
        """The graphs of its functions, of one many times the last, and the ranges of their axes; all, or none."""
        made = [n for n, stage in zip(self.nodes[1:], self.stages, strict=True) if stage not in dict(self.weights)]
        made = made[-1:] if self.is_alike else made
        if not 0 < len(made) <= _FEW:
            return {}, {}
        try:
            rows = {name: row for node in made for name, row in graph_rows(self.run, node).items()}
            return rows, {name: ends for node in made for name, ends in graph_ranges(self.run, [node]).items()}
        except CoreError:
            return {}, {}

    @property
    def graphed(self) -> list[str]:
        """What functions make, where all of them have a graph: first to last."""
        return [node for node in self.nodes if f"{node}_curve_x" in self._graphs[0]]

    @property
    def graph_ranges(self) -> dict[str, Range]:
        """The ranges of the axes of its graphs."""
        return {f"{self.key}_{name}": ends for name, ends in self._graphs[1].items()}

    def named(self) -> dict[str, str]:
        """Return what its stages are called: each, the first, all, and which lets nothing through, if any does."""
        stages = zip(self.nodes[1:], self.stages, strict=True)
        found = {f"{self.key}_of_{node}": stage for node, stage in stages if stage not in dict(self.weights)}
        found |= {f"{self.key}_function": self.stages[0], f"{self.key}_gates": self.gates}
        closed = {f"{self.key}_closed": self.stages[self.nodes.index(self.closed) - 1]} if self.closed else {}
        return {**found, **closed}

    @cached_property
    def slopes(self) -> tuple[Term, Term]:
        """The smallest and the largest of its slopes, by magnitude."""
        each = sorted((abs(self.run.slope(node)) for node in self.nodes[1:]), key=number)
        return each[0], each[-1]

    def rows(self, floor: Term) -> dict[str, Row]:
        """Return the quantities; ``floor`` is the power of ten on which bars stand."""
        end, rows = self.nodes[-1], {f"{self.key}_x": Row("x", self.run.input("x"), typed=True)}
        for node, delta in self.deltas.items():
            term, said = self.run.delta(node), ratio(subscripted(end), subscripted(node))
            rows[f"{self.key}_push_{node}"] = Row(said, term, "gradient", typed=node == end)
            rows[f"{self.key}_at_{node}"] = Row(subscripted(node), self.run.value(node), typed=node == "x")
            if delta:
                rows[f"{self.key}_power_{node}"] = Row("log", power(term) - floor, "gradient")
                rows[f"{self.key}_side_{node}"] = Row("sign", term / abs(term), "gradient")
        rows |= {f"{self.key}_{name}": row for name, row in self._graphs[0].items() if "_curve_" in name}
        for node, stage in zip(self.nodes[1:], self.stages, strict=True):
            if stage not in dict(self.weights):
                rows[f"{self.key}_slope_{node}"] = Row('"slope"', self.run.slope(node), "ink")
        first, last = self.nodes[0], Row(subscripted(end), self.run.value(end))
        half = self.step / Constant(2.0)
        high, low = (self.run.but(x=there).value(end) for there in (self.x + half, self.x - half))
        count = Constant(float(len(self.stages))) * Constant(1.0)
        rows |= {f"{self.key}_count": Row('"count"', count, "ink", typed=True)}
        rows |= {f"{self.key}_{first}_name": Row("x", self.run.value("x")), f"{self.key}_end_name": last}
        pairs = zip(("least", "most"), self.slopes, strict=True)
        rows |= {f"{self.key}_{which}": Row('"slope"', slope, "ink") for which, slope in pairs}
        return rows | {f"{self.key}_found": Row("Delta y", high - low)}


@dataclass(frozen=True)
class DeepChains:
    """Long chains side by side, on axes that they share: ``linear`` as they are, ``decades`` of powers of ten."""

    each: tuple[DeepChain, ...]

    def rows(self) -> dict[str, Row]:
        """Return the quantities of all; ``{key}_push`` is the first push of one."""
        floor = Constant(self.axes()["decades"][0])
        rows = {name: row for chain in self.each for name, row in chain.rows(floor).items()}
        return rows | {f"{chain.key}_push": rows[f"{chain.key}_push_x"] for chain in self.each}

    def ranges(self) -> dict[str, Range]:
        """Return the ranges of both axes, and of the graphs."""
        return {**self.axes(), **{name: ends for chain in self.each for name, ends in chain.graph_ranges.items()}}

    def axes(self) -> dict[str, Range]:
        """Return the ranges of both axes: on one lie all pushes and 0, on the other 1 and all that are not 0."""
        pairs = [(chain.run.delta(node), delta) for chain in self.each for node, delta in chain.deltas.items()]
        deltas = [0.0, *(delta for _, delta in pairs)]
        low, high = min(deltas), max(deltas)
        room = _ROOM * (high - low)
        powers = [0.0, *(number(power(term)) for term, delta in pairs if delta)]
        return {"linear": (low - room if low < 0.0 else 0.0, high + room), "decades": whole_decades(powers)}

    def scales(self) -> dict[str, Scale]:
        """Return how long 1 and a decade are on their axes, and how wide a bar is."""
        tall = _TALL[self.has_zeros]
        found = {key: Scale(key, tall / (high - low)) for key, (low, high) in self.axes().items()}
        return {**found, "bar_width": Scale("bar_width", _WIDE)}

    @property
    def has_zeros(self) -> bool:
        """Whether exactly nothing comes back to one of the values."""
        return any(0.0 in chain.deltas.values() for chain in self.each)
