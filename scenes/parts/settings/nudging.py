"""Nudges of weights that must confirm their gradients in every digit shown: their rows, and which step would do."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import product
from typing import Final

import numpy as np

from core.errors import CoreError
from scenes.parts.recipe.by_core import evaluate, is_computable, number
from scenes.parts.recipe.held import held
from scenes.parts.recipe.nudge import Nudge
from scenes.parts.recipe.quantity import Quantities, Row
from scenes.parts.recipe.recipe import Run
from scenes.parts.recipe.terms import Along, Constant, Term
from scenes.parts.settings.faults import Problem
from scenes.parts.settings.symbols import ratio, subscripted
from scenes.parts.type.by_hand import ByHand, difference, leaving, quotient, unlike
from scenes.parts.type.numbers import (
    format_resting,
    parse_shown,
)

__all__ = ["Nudging"]

_USUAL: Final = 1e-4  # a step that confirms most gradients
_DIGITS: Final = range(2, 7)  # as many digits as a number at rest may have
_CLOSE: Final = 1e-6  # the step that finds a kink
_STRAIGHT: Final = 0.01  # relative: slopes on both sides that differ by more are those of a kink
_REACHES: Final = (3, 2, 1)  # how many of the largest steps the graph of a nudge goes to both sides, if it can
_BETWEEN: Final = 8  # points of it on each of them
_FLAT, _TINY = 0.3, 1e-6  # the least that it spans upright: of what it spans across, and of the loss
_LIES: Final = 0.7  # of it, from its floor: where a curve that is level lies
_FEWEST: Final = 2  # digits of both ends of a step
_LAST_BITS: Final = 4  # by so many of them a loss may be rounded
_ROOM: Final = 1.15  # of it, around its curve


@dataclass(frozen=True)
class Nudging:
    """Steps of each weight, shrinking: all but the last show the gap, the last confirms the gradient.

    Attributes
    ----------
    steps
        Numbers of the settings: those of ``nudges``, then ``nudge``, unless that is found.
    is_found
        Whether the last step is found.
    """

    run: Run
    weights: tuple[str, ...]
    steps: tuple[Term, ...]
    is_found: bool = False

    @classmethod
    def found(cls, run: Run, weights: tuple[str, ...], shown: tuple[Term, ...]) -> Nudging:
        """Return steps that end with one that confirms, in as many numbers of digits as any; smaller than the others.

        Of several it is the nearest to 0.0001, by ratio.
        """
        tried = cls(run, weights, shown)
        steps = [step for step in _steps_near(_USUAL) if step < number(shown[-1])] or [number(shown[-1]) / 10.0]

        def failing(step: float) -> int:
            term = Constant(step)
            return sum(not all(tried._confirms(w, term, digits) for w in weights) for digits in _DIGITS)

        best = next((step for step in steps if not failing(step)), None) or min(steps, key=failing)
        return cls(run, weights, (*shown, Constant(best) * Constant(1.0)), is_found=True)

    def rows(self) -> dict[str, Row]:
        """Return for each weight and step what the nudge gave: ``nudged_w1_0`` is that of the first step of w1."""
        rows: dict[str, Row] = {}
        for weight, (i, step) in product(self.weights, enumerate(self.steps)):
            nudge, w = self._of(weight, step), subscripted(weight)
            rows[f"step_{weight}_{i}"] = Row('"step"', nudge.step, "ink", typed=True)
            rows[f"nudged_{weight}_{i}"] = Row(f"Delta L \\/ Delta {w}", nudge.slope, "gradient")
            rows[f"predicted_{weight}_{i}"] = Row(ratio("L", w), nudge.predicted, "gradient")
            rows[f"gap_{weight}_{i}"] = Row('"gap"', nudge.gap, "ink", digits=1)
            rows |= {f"{side}_{weight}_{i}": Row("L", term, "loss") for side, term in _losses(nudge)}
            rows[f"run_{weight}_{i}"] = Row(f"Delta {w}", nudge.across, "weight", typed=True)
            rows[f"rise_{weight}_{i}"] = Row("Delta L", nudge.rise, "loss")
            rows |= {} if i else self._graph_rows(weight, nudge)
        return rows

    def by_hand(self) -> Iterator[ByHand]:
        """Yield the sums of each largest step: the rise, the slope found, and that the gradient is another number."""
        for weight in self.weights:
            rise, found = f"rise_{weight}_0", f"nudged_{weight}_0"
            yield difference(rise, f"above_{weight}_0", f"below_{weight}_0")
            yield quotient(found, rise, f"run_{weight}_0")
            if not self.is_rounding(weight, 0):
                yield unlike(f"gap_{weight}_0", found, f"dL_d{weight}")

    def as_fine(self, known: Quantities, digits: int) -> Quantities:
        """Return quantities with the digits that the largest steps need, where numbers at rest have so many.

        The gradient has as many as the slope beside it, and the losses as many places as leave the rise between them.
        """
        least: dict[str, int] = {}
        for weight in self.weights:
            found, rise, above, below = (known[f"{of}_{weight}_0"] for of in ("nudged", "rise", "above", "below"))
            least |= {f"predicted_{weight}_0": found.row.significant(digits), **leaving(rise, above, below, digits)}
        finer = {name: replace(known[name].row, least=many) for name, many in least.items()}
        return Quantities({**known, **{name: replace(known[name], row=row) for name, row in finer.items()}})

    def _graph_rows(self, weight: str, nudge: Nudge) -> dict[str, Row]:
        """Return both ends of the largest step, and its graph."""
        w, here = subscripted(weight), self.run.input(weight)
        low, high = here - nudge.step, here + nudge.step
        apart = _digits_apart(high, low)
        rows = {
            f"at_{side}_{weight}": Row(w, at, "weight", digits=apart) for side, at in (("below", low), ("above", high))
        }
        across, up = self._curves[weight]
        return rows | {f"nudge_{weight}_x": Row(w, across, "weight"), f"nudge_{weight}_y": Row("L", up, "loss")}

    @cached_property
    def _curves(self) -> Mapping[str, tuple[Along, Along]]:
        """The loss over each weight, a few of the largest steps to both sides: as many as can be computed."""
        return {weight: next(filter(None, (self._curve(weight, n) for n in _REACHES))) for weight in self.weights}

    def _curve(self, weight: str, reach: int) -> tuple[Along, Along] | None:
        here, step, many = self.run.input(weight), self.steps[0], reach * _BETWEEN
        across = tuple(here + step * Constant(i / _BETWEEN) for i in range(-many, many + 1))
        up = tuple(self.run.but(**{weight: there}).value("L") for there in across)
        return (Along(across), Along(up)) if reach == min(_REACHES) or all(map(is_computable, up)) else None

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """Return the ranges of the graphs of the largest step, ``nudge_w1_x`` and ``_y``: each as high as its curve."""
        found = dict[str, tuple[float, float]]()
        for weight, (along, over) in self._curves.items():
            across, up = evaluate(along), evaluate(over)
            rise, least = float(np.ptp(up)) * _ROOM, float(np.ptp(across)) * _FLAT
            span, middle = max(rise, least, float(abs(up).max()) * _TINY), (float(up.min()) + float(up.max())) / 2
            low = middle - span * (0.5 if rise else _LIES)
            found[f"nudge_{weight}_x"] = float(across[0]), float(across[-1])
            found[f"nudge_{weight}_y"] = low, low + span
        return found

    def is_rounding(self, weight: str, i: int) -> bool:
        """Return whether rounding alone can make the gap of the two slopes."""
        return held(self._of(weight, self.steps[i]).gap) == 0

    def problems(self, digits: int) -> Iterator[Problem]:
        """Yield which step cannot be taken, and why the last one does not confirm."""
        for (index, step), weight in product(enumerate(self.steps[:-1]), self.weights):
            try:
                number(self._of(weight, step).slope)
            except CoreError as error:
                told = f"{weight} cannot be nudged by {number(step)!r}: {error}"
                yield Problem(("nudges", index), told)
        if weight := next((w for w in self.weights if not self._agrees(w, digits)), ""):
            yield Problem(("nudge",), self._why_not(weight, digits))

    def _of(self, weight: str, step: Term) -> Nudge:
        return Nudge.of(self.run, weight, step)

    def _agrees(self, weight: str, digits: int) -> bool:
        """Return whether the last step gives the gradient of a weight, or finds the loss level where it is, nearly."""
        return self._confirms(weight, self.steps[-1], digits) or (self.is_found and self._is_level(weight))

    def _is_level(self, weight: str) -> bool:
        """Return whether the gradient is exactly 0, or what each step finds but for what the loss is rounded by."""
        return not number(self._of(weight, self.steps[0]).predicted) or all(
            self.is_rounding(weight, i) or self._is_unseen(weight, step) for i, step in enumerate(self.steps)
        )

    def _is_unseen(self, weight: str, step: Term) -> bool:
        """Return whether a loss would have to be off by no more than its last bits to leave the gap of both slopes."""
        nudge = self._of(weight, step)
        off = abs(number(nudge.gap) * number(nudge.across))
        return off <= _LAST_BITS * float(np.spacing(max(abs(number(nudge.low)), abs(number(nudge.high)))))

    def _confirms(self, weight: str, step: Term, digits: int) -> bool:
        """Return whether nudging the weight gives its gradient, equal in every digit shown."""
        nudge = self._of(weight, step)
        try:
            numeric, analytic = (format_resting(number(term), digits) for term in (nudge.slope, nudge.predicted))
        except CoreError:
            return False
        return numeric == analytic

    def _why_not(self, weight: str, digits: int) -> str:
        """Return why the confirming nudge is refused, and what would do instead."""
        told = f"a step of {number(self.steps[-1])!r} does not give dL_d{weight} in all {digits} digits"
        step = self._confirming_step(digits)
        if step is not None:
            return f"{told}; {step!r} does"
        fewer = next((count for count in range(digits - 1, 1, -1) if self._confirming_step(count)), None)
        if fewer is not None:
            return f"{told}, nor does any other step; digits: {fewer} would do"
        return f"{told}, nor does any other step: {self._kink(weight)}; change a value"

    def _kink(self, weight: str) -> str:
        """Return why no step confirms a weight: what it makes of the loss on its two sides."""
        (below, above), nearer = (self._sides(weight, step) for step in (_CLOSE, _CLOSE * _STRAIGHT))
        smooth = abs(above - below) <= _STRAIGHT * max(abs(above), abs(below))
        if smooth or abs(nearer[1] - nearer[0]) < abs(above - below) / 2.0:  # what bends is straight from close by
            return "the loss is too flat there, or too steep"
        sides = f"below it the slope is {below:.3g}, above it {above:.3g}, and a nudge to both sides finds their mean"
        return f"the loss has a kink at {weight} = {number(self.run.input(weight))!r}: {sides}"

    def _sides(self, weight: str, step: float) -> tuple[float, float]:
        """Return the slopes of the loss below and above a weight, over a step."""
        here, nudge = number(self.run.value("L")), self._of(weight, Constant(step))
        return (here - number(nudge.low)) / step, (number(nudge.high) - here) / step

    def _confirming_step(self, digits: int) -> float | None:
        """Return the step nearest to the given one that confirms all weights, if there is one."""
        near = _steps_near(number(self.steps[-1]))
        confirm = (step for step in near if all(self._confirms(w, Constant(step), digits) for w in self.weights))
        return next(confirm, None)


def _digits_apart(one: Term, other: Term) -> int:
    """Return in how many digits two numbers say how far apart they are.

    That is where the one as shown less the other as shown is their difference, rounded alike.

    Examples
    --------
    >>> _digits_apart(Constant(0.285281), Constant(0.284748)), _digits_apart(Constant(0.5), Constant(0.5))
    (5, 2)
    """
    known = number(one), number(other)
    for digits in range(_FEWEST, _FEWEST + 4):
        first, second = (parse_shown(format_resting(value, digits)) for value in known)
        least = max((first, second), key=lambda shown: shown.as_tuple().exponent)
        gap = (Decimal(known[0]) - Decimal(known[1])).quantize(least)
        if gap and first - second == gap:
            return digits
    return _FEWEST


def _losses(nudge: Nudge) -> tuple[tuple[str, Term], tuple[str, Term]]:
    """Return the loss a step below and a step above, by their names."""
    return ("below", nudge.low), ("above", nudge.high)


def _steps_near(step: float) -> list[float]:
    """Return steps that are short to write, the nearest to the given one (by ratio) first."""
    steps = [float(f"{lead}e-{power}") for power in range(1, 10) for lead in (1, 2, 5)]
    return sorted(steps, key=lambda other: abs(math.log(other / step)))
