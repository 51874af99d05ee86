"""A long chain of stages at one input: the size of every push, on an axis as it is, or on one of powers of ten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Recipe, Run
from scenes.parts.recipe.terms import Constant, Term
from scenes.parts.settings.powers import power, whole_decades
from scenes.parts.settings.symbols import ratio, subscripted

__all__ = ["DeepChain", "decades_of", "linear_of"]

Range = tuple[float, float]
_ROOM: Final = 0.02  # of the range of an axis, at its ends


@dataclass(frozen=True)
class DeepChain:
    """Stages in a row; a push of 1 comes back from the last value.

    Its quantities are called ``{key}_push_``, ``{key}_power_`` and ``{key}_side_`` and the value: the push, which power
    of ten its magnitude is, and its sign; of a push of exactly 0 there is but the first. ``{key}_found`` is the push at
    x as a nudge of x finds it, ``{key}_x`` the input, ``{key}_count`` how many stages there are.
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

    @cached_property
    def run(self) -> Run:
        """The chain at its input."""
        used = {name: term for name, term in self.weights if name in self.stages}
        return Run.of(Recipe.chain(self.stages, self.nodes, tuple(used)), x=self.x, **used)

    @cached_property
    def deltas(self) -> Mapping[str, float]:
        """The push at each value."""
        return {node: number(self.run.delta(node)) for node in self.nodes}

    def rows(self) -> dict[str, Row]:
        """Return the quantities."""
        end, rows = self.nodes[-1], {f"{self.key}_x": Row("x", self.run.input("x"), typed=True)}
        for node, delta in self.deltas.items():
            term, said = self.run.delta(node), ratio(subscripted(end), subscripted(node))
            rows[f"{self.key}_push_{node}"] = Row(said, term, "gradient", typed=node == end)
            if delta:
                rows[f"{self.key}_power_{node}"] = Row("log", power(term), "gradient")
                rows[f"{self.key}_side_{node}"] = Row("sign", term / abs(term), "gradient")
        first, last = self.nodes[0], Row(subscripted(end), self.run.value(end))
        high, low = (self.run.but(x=there).value(end) for there in (self.x + self.step, self.x - self.step))
        found = (high - low) / (Constant(2.0) * self.step)
        rows |= {f"{self.key}_{first}_name": Row("x", self.run.value("x")), f"{self.key}_end_name": last}
        return rows | {f"{self.key}_found": Row("(Delta y)/(Delta x)", found, "gradient")}

    @property
    def zeros(self) -> tuple[str, ...]:
        """The values to which exactly nothing comes back."""
        return tuple(node for node, delta in self.deltas.items() if delta == 0.0)


def decades_of(chains: Iterable[DeepChain]) -> Range:
    """Return the whole decades between which the pushes of all chains lie that are not 0; the 1 is among them."""
    deltas = [(chain, node) for chain in chains for node, delta in chain.deltas.items() if delta]
    return whole_decades([0.0, *(number(power(chain.run.delta(node))) for chain, node in deltas)])


def linear_of(chains: Sequence[DeepChain]) -> Range:
    """Return the range of an axis on which all pushes of all chains lie, and 0."""
    found = [0.0, *(delta for chain in chains for delta in chain.deltas.values())]
    low, high = min(found), max(found)
    return (low - _ROOM * (high - low) if low < 0.0 else 0.0), high + _ROOM * (high - low)
