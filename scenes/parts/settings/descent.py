"""Steps of learning at one rate: where a run stands after each, as far as all of it stays finite."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scenes.parts.recipe.by_core import evaluate, is_computable, number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Run
from scenes.parts.recipe.terms import Along, Constant, Grid, Point, Term
from scenes.parts.settings.powers import power
from scenes.parts.settings.symbols import subscripted

__all__ = ["Descent"]


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
        fails = (step for step in range(1, self.most + 1) if not self._is_finite(self.at(step)))
        return next(fails, self.most + 1) - 1

    @np.errstate(all="ignore")  # what is not finite is refused by the core
    def _is_finite(self, run: Run) -> bool:
        return is_computable(run.value("L")) and all(is_computable(run.grad(w)) for w in run.recipe.weights)

    @cached_property
    def positive(self) -> int:
        """How many losses, from the first on, are above 0, so that an axis of decades has a place for them."""
        losses = (number(self.at(step).value("L")) for step in range(self.last + 1))
        return next((step for step, loss in enumerate(losses) if not loss > 0.0), self.last + 1)

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

    def rows(self, key: str) -> dict[str, Row]:
        """Return the steps, all weights and the loss along them, and which powers of ten the losses are.

        Their names end in ``_{key}``: ``step``, ``w1``, ``loss``, ``log`` (as far as losses are above 0), ``lasts``.
        """
        rows = {"step": Row("k", self.steps, "quiet", typed=True)}
        for w in self.run.recipe.weights:
            rows[w] = Row(subscripted(w), self.along(lambda run, w=w: run.weight(w)), "weight")
        rows["loss"] = Row("L", self.along(lambda run: run.value("L")), "loss")
        if self.positive:
            rows["log"] = Row("log L", self.along(lambda run: power(run.value("L")), self.positive), "loss")
        rows["lasts"] = Row("k", self.step(self.last), "quiet", typed=True)
        return {f"{name}_{key}": row for name, row in rows.items()}

    def points(self, *names: str, steps: int | None = None) -> list[tuple[float, ...]]:
        """Return where some weights stand, after each of the first steps."""
        columns = (evaluate(self.along(lambda run, n=n: run.weight(n), steps)).tolist() for n in names)
        return list(zip(*columns, strict=True))
