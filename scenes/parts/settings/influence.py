"""What a change of the first value of a network does to the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np

from scenes.parts.recipe.by_core import is_computable, number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Run
from scenes.parts.recipe.terms import Constant, Term
from scenes.parts.settings.faults import Problem
from scenes.parts.settings.fitting import fitted
from scenes.parts.settings.network import Network
from scenes.parts.settings.symbols import slope, subscripted
from scenes.parts.type.by_hand import ByHand, quotient
from scenes.parts.type.numbers import digits_as_live

__all__ = ["Influence"]

_POINTS: Final = 24  # on the way of a step, evenly apart, beside its ends
_LONGEST: Final = 1.5  # of a brace, in frame units
_WIDE: Final = 2.0  # of a number line
_LARGEST: Final = 1e5  # a ratio beyond it is no number to be read
_DECIMALS: Final = 3  # of a number that changes, in most lessons
_FINEST: Final = 1e-11  # a number line shows nothing finer than so small a share of the values on it


@dataclass(frozen=True)
class Influence:
    """A step of a network's first value, and how far every value behind it moves.

    Attributes
    ----------
    step, smallest
        Between which the step is; as it shrinks, change out by change in settles.
    """

    network: Network
    step: Term
    smallest: Term

    @property
    def input(self) -> str:
        """The name of the step, as the input of a sweep."""
        return f"moved_{self.network.nodes[0]}"

    def follow(self, by: Term) -> dict[str, Row]:
        """Return what follows a step: every value, its change, the change as a glass shows it, and the ratios.

        The glass enlarges as often as the step is smaller than the largest one.
        """
        net, after, changes = self.network, self.after(by), self._changes(by)
        glass = self.step / by
        rows = {f"now_{n}": Row(subscripted(n), after.value(n), net.role(n)) for n in net.nodes}
        for n in net.nodes:
            said = f"Delta {subscripted(n)}"
            rows[f"moved_{n}"] = Row(said, changes[n], net.role(n))
            rows[f"seen_{n}"] = Row(said, changes[n] * glass, net.role(n))
        for before, n in pairwise(net.nodes):
            if n in self.settling:
                said = f"(Delta {subscripted(n)})/(Delta {subscripted(before)})"
                rows[f"ratio_{n}"] = Row(said, changes[n] / changes[before], "ink")
        return rows

    def rows(self) -> dict[str, Row]:
        """Return by how much the whole step and the smallest move each value, and the slope between any two."""
        changes, net = self._changes(self.step), self.network
        rows = {f"change_{n}": Row(f"Delta {subscripted(n)}", term, net.role(n)) for n, term in changes.items()}
        rows[f"change_{net.nodes[0]}"] = replace(rows[f"change_{net.nodes[0]}"], typed=True)
        for name, by in (("measured", self.step), ("closer", self.smallest)):
            rows[name] = Row(f'"{name}"', self._changes(by)[net.nodes[-1]] / by, "ink")
        closest = self._changes(self.smallest)
        rows |= {f"least_{n}": Row(f"Delta {subscripted(n)}", term, net.role(n)) for n, term in closest.items()}
        for before, n in pairwise(net.nodes):
            if n in self.settling:
                for of, moved in (("whole", changes), ("least", closest)):
                    found = moved[n] / moved[before]
                    digits = digits_as_live(number(found), _DECIMALS)
                    rows[f"{of}_ratio_{n}"] = Row("ratio", found, "ink", digits=digits)
        return rows | self._products() | self.follow(self.smallest)

    def by_hand(self) -> Iterator[ByHand]:
        """Yield the sums that a viewer can do over: change out by change in, and the products of the rows."""
        for before, n in pairwise(self.network.nodes):
            if n in self.settling:
                yield quotient(f"whole_ratio_{n}", f"change_{n}", f"change_{before}")
                yield quotient(f"least_ratio_{n}", f"least_{n}", f"least_{before}")
        yield from self.network.by_hand()

    def _products(self) -> dict[str, Row]:
        """Return the slope between any two values, ``front_x_h`` that of h by x: slopes multiplied from the front."""
        net, rows = self.network, {}
        for i, start in enumerate(net.nodes[:-1]):
            found = net.run.slope(net.nodes[i + 1])
            for end in net.nodes[i + 2 :]:
                found = found * net.run.slope(end)
                said = slope(subscripted(end), subscripted(start))
                rows[f"front_{start}_{end}"] = Row(said, found, "gradient" if end == net.nodes[-1] else "ink")
        return rows

    @cached_property
    def moments(self) -> Mapping[str, tuple[float, ...]]:
        """The values of all that follows, on the way of the step."""
        rows = [{name: number(row.term) for name, row in self.follow(by).items()} for by in self._way]
        return {name: tuple(row[name] for row in rows) for name in rows[0]}

    @cached_property
    def settling(self) -> frozenset[str]:
        """The values of which change out by change in is a number all the way: nothing by nothing is none."""
        changes = [{n: number(term) for n, term in self._changes(by).items()} for by in self._way]
        pairs = pairwise(self.network.nodes)
        return frozenset(n for before, n in pairs if all(_is_read(each[n], each[before]) for each in changes))

    def scale(self) -> float:
        """Return how wide a change of 1 is drawn: the largest round scale with which the largest change fits."""
        ends = (abs(number(term)) for by in (self.step, self.smallest) for term in self._changes(by).values())
        return fitted(_LONGEST, ends)

    def ranges(self) -> dict[str, tuple[float, float]]:
        """Return the range of each value's number line: all of one scale, the step in the middle."""
        half = _WIDE / self.scale() / 2
        pairs = ((self.network.run.value(n), change) for n, change in self._changes(self.step).items())
        middles = [number(value) + number(change) / 2 for value, change in pairs]
        return {f"line_{n}": (m - half, m + half) for n, m in zip(self.network.nodes, middles, strict=True)}

    def problems(self, key: str, smallest: str) -> Iterator[Problem]:
        """Yield why the step cannot be taken, or not be shown."""
        step, last = number(self.step), self.network.nodes[-1]
        number(self.network.run.value(last))  # else no step is to blame
        if wrong := next((by for by in self._way if not is_computable(self.after(by).value(last))), None):
            yield Problem((key,), f"the network cannot be computed after a step of {number(wrong):.4g}")
        elif not number(self.smallest) < step:
            yield Problem((smallest,), f"the step shrinks from {step!r} to it, so it must be smaller")
        else:
            far = {name: (max(abs(low), abs(high)), high - low) for name, (low, high) in self.ranges().items()}
            for name, size in ((name, size) for name, (size, wide) in far.items() if not wide > size * _FINEST):
                value = name.removeprefix("line_")
                yield Problem(
                    (key,), f"a step of {step!r} is too small to be seen on {value}, which is {size:.4g} large"
                )
                return

    def after(self, by: Term) -> Run:
        """Return the network after a step."""
        first = self.network.nodes[0]
        return self.network.run.but(**{first: self.network.run.input(first) + by})

    def _changes(self, by: Term) -> dict[str, Term]:
        (first, *others), after, run = self.network.nodes, self.after(by), self.network.run
        return {first: by} | {n: after.value(n) - run.value(n) for n in others}

    @cached_property
    def _way(self) -> tuple[Term, ...]:
        shares = (i / _POINTS for i in range(_POINTS + 1))
        return tuple(self.smallest + (self.step - self.smallest) * Constant(share) for share in shares)


@np.errstate(all="ignore")
def _is_read(out: float, into: float) -> bool:
    """Return whether change out by change in is a number that can be read."""
    return into != 0.0 and abs(out / into) < _LARGEST
