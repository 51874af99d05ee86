"""The second engine: any term of any recipe at 50 digits, each number with its scale. It shares no code with the core.

It knows no scene. What it follows is the recipe, and a recipe that is not the lesson's it follows wrongly, as the core
does: that is why the recipe stands in words in every ledger.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from operator import add, mul, sub, truediv
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from scenes.parts.recipe.recipe import Read, Run
from scenes.parts.recipe.terms import Along, Constant, Given, Grid, Moving, Op, Point, Term, Work
from studio.audit.known import Known, exact, mpf
from studio.audit.passed import Passed
from studio.audit.steps import Numbers, each, shape_of, stacked

__all__ = ["Engine", "Known", "Learned", "check_learning"]

Weights = Mapping[str, npt.ArrayLike]
Learned = Mapping[tuple[Run, Term], Sequence[Weights]]
"""For a run before it learns, and a rate: every weight as a ledger claims it before the first step and after each.

A weight is an array in its shape, or its entries in C order."""

_OPS: Final[Mapping[str, Callable[[Known, Known], Known]]] = {
    "+": add,
    "-": sub,
    "*": mul,
    "/": truediv,
    "abs": lambda one, _: abs(one),
}
_SAME: Final = mpf(10) ** -15


class Engine:
    """Evaluates terms.

    Parameters
    ----------
    claimed
        What a ledger claims for a term. Of a grid, or of a point of one, these rounded numbers are what goes into a
        run, because they went into the core; a grid itself is evaluated without them.
    learned
        What a ledger claims of weights that learn. Each step is taken from the claimed weights of the step before, and
        all else is read from the claimed weights: a bound carried over many steps would allow anything.

    Examples
    --------
    >>> from scenes.parts.recipe.recipe import Recipe
    >>> run = Run.of(Recipe.chain(("w", "square"), "xhy", ("w",)), x=Constant(2), w=Constant(3))
    >>> (known,) = Engine({}).known(run.grad("w"))
    >>> float(known.value), known.error(24.0)
    (24.0, 0.0)
    """

    def __init__(self, claimed: Mapping[Term, Sequence[float]], learned: Learned | None = None) -> None:
        self._claimed, self._learned = claimed, learned or {}
        self._runs: dict[Run, Passed] = {}
        self._arrays: dict[Term, Numbers] = {}

    def known(self, term: Term) -> tuple[Known, ...]:
        """Return what a term is: one number, or one for each entry in C order.

        Raises
        ------
        LookupError
            A run has no such reading, or nothing is claimed of weights that learn.
        ArithmeticError, ValueError
            It has no value, or none that float64 could hold.
        """
        found = self._evaluate(term)
        return tuple(found.ravel()) if isinstance(found, np.ndarray) else (found,)

    def _evaluate(self, term: Term, *, goes_in: bool = False) -> Numbers:
        match term:
            case Given() if isinstance(term.value, tuple):
                return self._kept(term, lambda: _exactly(term.value))
            case Given() | Constant() | Moving():
                return exact(float(term.value))  # type: ignore[arg-type]  # what is nested stands above
            case Grid():
                return self._kept(term, lambda: self._along(term), goes_in=goes_in)
            case Point():
                return self._point(term, goes_in)
            case Along():
                return stacked([self._evaluate(one, goes_in=goes_in) for one in term.terms])
            case Work():
                return exact(float(_work(term.way, [int(self._evaluate(w).value) for w in term.widths], term.starts)))
            case Op():
                sides = (self._evaluate(side, goes_in=goes_in) for side in (term.left, term.right))
                return each(_OPS[term.sign], *sides)
            case Read():
                return self._read(term)
        raise LookupError(f"{term!r:.60} is no term")

    def _kept(self, term: Term, make: Callable[[], Numbers], *, goes_in: bool = False) -> Numbers:
        """Return an array that is made once; the claimed one, if it goes into a run and something is claimed."""
        if goes_in and term in self._claimed:
            return _exactly(self._claimed[term])
        if term not in self._arrays:
            self._arrays[term] = make()
        return self._arrays[term]

    def _point(self, term: Point, goes_in: bool) -> Known:
        if goes_in and term in self._claimed:
            return exact(self._claimed[term][0])
        found: Known = self._evaluate(term.grid, goes_in=goes_in)[term.index]
        return found

    def _along(self, grid: Grid) -> Numbers:
        """Return the points of a grid, and what stands among them, unless rounding alone parts it from a point."""
        low, high = self._evaluate(grid.low), self._evaluate(grid.high)
        wide, size = high.value - low.value, max(low.scale, high.scale)
        points = [low.value + wide * i / max(1, grid.points - 1) for i in range(grid.points)]
        others = [mpf(x) for x in sorted(set(grid.also))]
        apart = [x for x in others if all(abs(x - point) >= size * _SAME for point in points)]
        if len(self._claimed.get(grid, ())) == len(points) + len(others):
            apart = others
        return stacked([Known(x, size) for x in sorted([*points, *apart], reverse=wide < 0)])

    def _read(self, term: Read) -> Numbers:
        run = term.run
        if term.what == "value" and term.of in dict(run.inputs):
            return self._evaluate(run.input(str(term.of)))  # not what is claimed of it
        if run.learned is None or term.what != "weight" or not isinstance(term.of, str):
            return self._passed(run).read(term.what, term.of)
        steps, rate = run.learned
        before, turn = self._passed(run.after(steps - 1, rate)), self._evaluate(rate)
        pair = before.read("weight", term.of), before.read("grad", term.of)
        return each(lambda weight, grad: weight - turn * grad, *pair)

    def _passed(self, run: Run) -> Passed:
        if run not in self._runs:
            inputs = {name: self._evaluate(term, goes_in=True) for name, term in run.inputs}
            self._runs[run] = Passed(run.recipe, inputs | self._weights(run))
        return self._runs[run]

    def _weights(self, run: Run) -> dict[str, Numbers]:
        """Return the claimed weights of a run that has learned; none of another."""
        if run.learned is None:
            return {}
        steps, rate = run.learned
        claims = self._learned.get((run.after(0, rate), rate), ())
        if len(claims) <= steps:
            raise LookupError(f"nothing is claimed of the weights after {steps} steps at {rate}")
        shapes = {name: shape_of(self._evaluate(run.input(name))) for name in run.recipe.weights}
        return {name: _exactly(np.reshape(claims[steps][name], shape)) for name, shape in shapes.items()}


def _work(way: str, widths: Sequence[int], starts: int) -> int:
    """Return how many multiplications gradients take: between two values there are as many as the two are wide.

    Raises
    ------
    LookupError
        There is no such way.

    Examples
    --------
    >>> _work("front", [1, 1, 1, 1], 4), _work("back", [1, 1, 1, 1], 4)
    (6, 3)
    """
    between = [a * b for a, b in pairwise([*widths, 1])]
    if way == "back":
        return sum(between[:-1])
    if way != "front":
        raise LookupError(f"no gradient is multiplied from the {way}")
    return sum(widths[start] * sum(between[start + 1 :]) for start in range(starts))


def check_learning(
    run: Run, claims: Sequence[Weights], claimed: Mapping[Term, Sequence[float]] | None = None
) -> tuple[float, ...]:
    """Return the worst error of the claimed weights before the first step and after each, by the weights before it.

    Parameters
    ----------
    run
        The run after all of its steps.
    claims
        Every weight before the first step and after each.

    Raises
    ------
    LookupError
        The run has not learned.

    Examples
    --------
    >>> from scenes.parts.recipe.recipe import Recipe
    >>> run = Run.of(Recipe.chain(("w",), "xy", ("w",)), x=Constant(2.0), w=Constant(3.0)).after(2, Constant(0.5))
    >>> check_learning(run, [{"w": 3.0}, {"w": 2.0}, {"w": 1.5}])
    (0.0, 0.0, 0.5)
    """
    if run.learned is None:
        raise LookupError(f"{run.recipe} has not learned")
    steps, rate = run.learned
    engine = Engine(claimed or {}, {(run.after(0, rate), rate): claims})
    return tuple(_worst(engine, run.after(step, rate), claims, step) for step in range(steps + 1))


def _worst(engine: Engine, run: Run, claims: Sequence[Weights], step: int) -> float:
    """Return the worst error of the weights that are claimed after a step; infinite where they are not all there."""
    errors = [0.0]
    try:
        for name in run.recipe.weights:
            knowns, numbers = engine.known(run.weight(name)), np.ravel(np.asarray(claims[step][name], dtype=np.float64))
            errors += [known.error(number) for known, number in zip(knowns, numbers.tolist(), strict=True)]
    except (LookupError, ArithmeticError, ValueError):
        return math.inf
    return max((math.inf if math.isnan(error) else error) for error in errors)


def _exactly(numbers: Any) -> Numbers:
    """Return numbers that were given: an array of them, unless it is one alone."""
    array = np.asarray(numbers, dtype=np.float64)
    found = stacked([exact(one) for one in array.ravel().tolist()])
    return found.reshape(array.shape) if array.ndim else found[0]
