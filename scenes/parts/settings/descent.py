"""Steps of learning at one rate: where a run stands after each, as far as all of it stays finite."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import pairwise
from typing import Annotated, Final

import numpy as np
from pydantic import AfterValidator

from core.errors import CoreError
from scenes.parts.recipe.by_core import evaluate, number
from scenes.parts.recipe.held import held
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Run
from scenes.parts.recipe.terms import Along, Constant, Grid, Point, Term
from scenes.parts.settings.base import Positive, Swept, complaint
from scenes.parts.settings.endings import Ending, ending, lowest
from scenes.parts.settings.faults import Problem
from scenes.parts.settings.network import around
from scenes.parts.settings.powers import power, whole_decades
from scenes.parts.settings.symbols import ratio, subscripted

__all__ = ["Descent", "Race", "Rates"]

_ROOM: Final = 0.1  # of a range, beyond what stands in it, as a share of it
_OVER: Final = 0.03  # of an axis of powers, over the highest loss at least
_TINY: Final = 1e-12  # of the first loss: so small a one may be what rounding left
_HOLDS: Final = 3  # digits at least, of which the power of ten is read


def _differ(rates: tuple[float, ...]) -> tuple[float, ...]:
    twice = next((rate for i, rate in enumerate(rates) if rate in rates[:i]), None)
    if twice is not None:
        raise complaint(f"{twice!r} is in it twice: at the same rate there is nothing to compare; leave one out")
    return rates


Rates = Annotated[tuple[Positive, ...], AfterValidator(_differ)]
"""Learning rates that are compared: each another."""


@dataclass(frozen=True)
class Descent:
    """Up to ``most`` steps of a run at a rate: every weight moves by minus rate times its gradient, each time.

    Examples
    --------
    >>> from scenes.parts.recipe.recipe import Recipe
    >>> inputs = {"x": Constant(1e60), "w": Constant(2.0), "t": Constant(0.0)}
    >>> run = Run.of(Recipe.chain(("w",), "xy", ("w",), "squared_error"), **inputs)
    >>> Descent(run, Constant(1.0), 9).last, Descent(run, Constant(1e-121), 9).last
    (0, 9)
    """

    run: Run
    rate: Term
    most: int

    def at(self, step: int) -> Run:
        """Return the run after so many steps."""
        return self.run.after(step, self.rate)

    @cached_property
    def last(self) -> int:
        """After how many steps the loss and all gradients are still finite: the run ends there."""
        fails = (step for step in range(1, self.most + 1) if self._lack(self.at(step)))
        return next(fails, self.most + 1) - 1

    @np.errstate(all="ignore")  # what is not finite is refused by the core
    def _lack(self, run: Run) -> str:
        """Return why the loss or a gradient cannot be computed, or nothing."""
        try:
            for term in (run.value("L"), *(run.grad(w) for w in run.recipe.weights)):
                evaluate(term)
        except CoreError as error:
            return str(error)
        return ""

    @cached_property
    def positive(self) -> int:
        """How many losses, from the first on, are above 0, so that an axis of decades has a place for them.

        And by more than rounding: where the digits of a loss do not hold, its power of ten says nothing.
        """
        losses = [self.at(step).value("L") for step in range(self.last + 1)]
        return next((step for step, loss in enumerate(losses) if not self._is_positive(loss)), self.last + 1)

    def _is_positive(self, loss: Term) -> bool:
        known, begun = number(loss), number(self.run.value("L"))
        return known > 0.0 and (known > _TINY * begun or held(loss) >= _HOLDS)

    @property
    def steps(self) -> Grid:
        """The numbers of the steps, from 0 to the last."""
        return Grid(Constant(0.0), Constant(float(self.last)), self.last + 1)

    def step(self, number: int) -> Term:
        """Return the number of a step as a term."""
        return Point(self.steps, number)

    def along(self, read: Callable[[Run], Term], steps: int | None = None) -> Along:
        """Return a reading after each of the first steps, the untaught run among them; of none said, after all."""
        return Along(tuple(read(self.at(step)) for step in range(self.last + 1 if steps is None else steps)))

    def counted(self, name: str) -> Swept:
        """Return the number of steps as what a sweep moves, from 0 to the last."""
        return Swept(name, 0.0, float(self.last), lambda k: {name: Row("k", k, "quiet")})

    def rows(self, key: str) -> dict[str, Row]:
        """Return the steps, all weights and the loss along them, and which powers of ten the losses are.

        Their names end in ``_{key}``: ``step``, ``w1``, ``loss``, ``lasts``; ``log`` and
        ``counted`` (their steps) go as far as losses are above 0.
        """
        rows = {"step": Row("k", self.steps, "quiet", typed=True)}
        for w in self.run.recipe.weights:
            rows[w] = Row(subscripted(w), self.along(partial(_weight, w)), "weight")
        rows["loss"] = Row("L", self.along(lambda run: run.value("L")), "loss")
        if self.positive:
            rows["log"] = Row("log L", self.along(lambda run: power(run.value("L")), self.positive), "loss")
            rows["counted"] = Row("k", Along(tuple(map(self.step, range(self.positive)))), "quiet", typed=True)
        rows["lasts"] = Row("k", self.step(self.last), "quiet", typed=True)
        return {f"{name}_{key}": row for name, row in rows.items()}

    def ranges(self, key: str) -> dict[str, tuple[float, float]]:
        """Return the ranges of the steps, of the loss and of every weight along them: ``{key}_w1``, ``{key}_loss``.

        That of the loss goes down to 0, and so does that of a weight that changes its sign.
        """
        found = {f"{key}_steps": (0.0, float(self.most))}
        for name, row in self.rows(key).items():
            numbers = evaluate(row.term).ravel().tolist()
            if row.role in ("loss", "weight"):
                found[f"{key}_{name.partition('_')[0]}"] = around(
                    [0.0, *numbers] if row.role == "loss" else numbers, _ROOM
                )
        return found

    def turning(self, weight: str, by: str) -> int | None:
        """Return after which step a weight turns round because another changes its sign, and the error does not.

        None if that never happens.
        """
        runs = [self.at(step) for step in range(self.last + 1)]
        signs = ((number(run.weight(by)), number(run.grad(weight)), number(run.slope("L"))) for run in runs)
        turned = (w * v < 0.0 and g * f < 0.0 and e * d > 0.0 for (w, g, e), (v, f, d) in pairwise(signs))
        return next((step for step, turns in enumerate(turned) if turns), None)

    def turn_rows(self, weight: str, by: str) -> dict[str, Row]:
        """Return both weights, the gradient and the step, before and after a weight turns round; nothing if none does.

        Their names are ``turn_{weight}_before``, ``turn_gradient_after``, ``turn_step_before`` and so on.
        """
        step, rows = self.turning(weight, by), dict[str, Row]()
        for i, key in enumerate(("before", "after") if step is not None else ()):
            run = self.at((step or 0) + i)
            rows |= {f"turn_{w}_{key}": Row(subscripted(w), run.weight(w), "weight") for w in (weight, by)}
            rows[f"turn_gradient_{key}"] = Row(ratio("L", subscripted(weight)), run.grad(weight), "gradient")
            rows[f"turn_step_{key}"] = Row("k", self.step((step or 0) + i), "quiet", typed=True)
        return rows

    def problem(self, *key: str | int) -> Iterator[Problem]:
        """Yield that a rate, at that key of the settings, is too large for a step, or too small for one, and why."""
        rate, weights = number(self.rate), self.run.recipe.weights
        if not self.last:
            told = f"{rate!r} is so large that the first step leaves what can be computed"
            yield Problem(key, f"{told}: {self._lack(self.at(1))}")
            return
        if self._rounded:
            reads = self.run.weight, self.at(1).weight, self.run.grad
            before, after, gradients = ([number(read(name)) for name in weights] for read in reads)
            kept = "the first step moves no weight: rounding keeps each where it is"
            told = kept if before == after else "more than half of the first step is rounding"
            nor = "; nor would a rate of 1 do" if replace(self, rate=Constant(1.0))._rounded else ""
            least = f"no gradient is larger than {max(map(abs, gradients)):.3g}"
            yield Problem(key, f"{rate!r} is so small that {told}, since {least}{nor}")

    @property
    def _rounded(self) -> bool:
        """Whether more than half of the first step is lost in rounding, or the whole of a step that is not 0."""
        names, after = self.run.recipe.weights, self.at(1)
        gradients = [number(self.run.grad(name)) for name in names]
        steps = [number(self.rate) * gradient for gradient in gradients]
        moved = [number(self.run.weight(name)) - number(after.weight(name)) for name in names]
        return any(gradients) and 2 * math.dist(steps, moved) >= math.hypot(*steps)

    def points(self, *names: str, steps: int | None = None) -> list[tuple[float, ...]]:
        """Return where some weights stand, after each of the first steps."""
        columns = (evaluate(self.along(partial(_weight, name), steps)).tolist() for name in names)
        return list(zip(*columns, strict=True))

    def back(self, *names: str) -> tuple[float, ...]:
        """Return where some weights would stand after the first step the wrong way."""
        start, after = self.points(*names, steps=2)
        return tuple(2 * a - b for a, b in zip(start, after, strict=True))


def _weight(name: str, run: Run) -> Term:
    return run.weight(name)


@dataclass(frozen=True)
class Race:
    """Descents from one start at several rates."""

    each: tuple[Descent, ...]

    @property
    def longest(self) -> Descent:
        """The first of those that end last."""
        return max(self.each, key=lambda descent: descent.last)

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """Return the ranges of the steps, and of the powers of ten between which all losses above 0 lie."""
        logs = (row.term for name, row in self.rows().items() if name.startswith("log_"))
        powers = [value for term in logs for value in evaluate(term).tolist()]
        low, high = whole_decades(powers)
        if high - max(powers, default=low) < (room := _OVER * (high - low)):  # over the axis stands what it is called
            high += math.ceil(room)
        return {"steps": (0.0, float(self.each[0].most)), "decades": (low, high)}

    def loss(self, i: int, step: int) -> Term:
        """Return the loss at a rate after a step, or after the last that is finite."""
        descent = self.each[i]
        return descent.at(min(step, descent.last)).value("L")

    def best(self, step: int) -> int:
        """Return which rate has the lowest loss after a step."""
        losses = [number(self.loss(i, step)) for i in range(len(self.each))]
        return losses.index(min(losses))

    def rows(self) -> dict[str, Row]:
        """Return all ways, each rate with its loss after one step and after the last, and which of them were best."""
        rows: dict[str, Row] = {}
        for i, descent in enumerate(self.each):
            rows |= descent.rows(str(i)) | {f"rate_{i}": Row("eta", descent.rate, "ink", typed=True)}
            rows |= {f"{n}_L_{i}": Row("L", self.loss(i, k), "loss") for n, k in (("one", 1), ("last", descent.most))}
        for name, step in (("first_best", 1), ("best", self.each[0].most)):
            i = self.best(step)
            rows[name] = Row("eta", self.each[i].rate, "ink", typed=True)
            rows[f"{name}_L"] = Row("L", self.loss(i, step), "loss")
        leads = self.each[self.best(1)]
        if leads.positive > 1:
            rows["first_log"] = Row("log L", power(leads.at(1).value("L")), "loss")
            rows["first_step"] = Row("k", leads.step(1), "quiet", typed=True)
        return rows

    def begin(self, *names: str) -> list[tuple[float, ...]]:
        """Return where some weights stand at first, and after one step, at each rate."""
        return [point for each in self.each for point in each.points(*names, steps=2)]

    def problems(self, key: str) -> Iterator[Problem]:
        """Yield which of the rates, at that key of the settings, are too large or too small for even one step."""
        for i, each in enumerate(self.each):
            yield from each.problem(key, i)

    def ends(self, i: int) -> Ending:
        """Return how it ends: beyond what is finite, or as its losses and the last gradients say."""
        descent = self.each[i]
        if descent.last < descent.most:
            return "ended"
        losses = [number(descent.at(step).value("L")) for step in range(descent.most + 1)]
        run = descent.at(descent.most)
        pushed = [(number(run.weight(w)), number(run.grad(w))) for w in run.recipe.weights]
        return ending(losses, lowest(run), pushed)
