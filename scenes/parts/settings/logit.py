"""The answer of a chain read as a logit: its chance, the truth, and what cross-entropy pushes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from scenes.parts.recipe.by_core import evaluate, number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Recipe, Run, Step
from scenes.parts.recipe.terms import Along, Constant, Grid, Term
from scenes.parts.settings.network import Range
from scenes.parts.settings.symbols import ratio, subscripted

__all__ = ["Logit"]

POINTS: Final = 161  # of a curve
WIDE: Final = (4.0, 2.0)  # how far to both sides of 0 the S curve goes, at least, and beyond the answer


@dataclass(frozen=True)
class Logit:
    """A chain whose answer is a logit, judged by binary cross-entropy against a truth from 0 to 1."""

    chain: Run
    nodes: tuple[str, ...]
    truth: Term
    loss: str = "binary_cross_entropy_with_logits"

    @cached_property
    def run(self) -> Run:
        """The chain with that loss."""
        *steps, last = self.chain.recipe.steps
        return replace(self.chain.but(t=self.truth), recipe=Recipe((*steps, replace(last, does=self.loss))))

    def _chance(self, logit: Term) -> Run:
        steps = Step("y", "identity", ("at",)), Step("p", "sigmoid", ("y",))
        return Run.of(Recipe(steps), at=logit)

    def _judged(self, logit: Term) -> Run:
        steps = Step("y", "identity", ("at",)), Step("L", self.loss, ("y", "t"))
        return Run.of(Recipe(steps), at=logit, t=self.truth)

    @property
    def _grid(self) -> Grid:
        low, high = self.ranges()["logit"]
        return Grid(Constant(low), Constant(high), POINTS)

    def rows(self, reach: Range) -> dict[str, Row]:
        """Return chance and truth, the S curve, the loss over a range of answers, and every gradient (``_2``)."""
        run, answer = self.run, self.run.value(self.nodes[-1])
        p = self._chance(answer).value("p")
        rows = {"p": Row("p", p), "truth": Row("t", self.truth, "ink", typed=True)}
        rows["p_miss"] = Row("p - t", p - self.truth, "gradient")
        rows |= {"p_at": Row("y", self._grid), "p_curve": Row("p", self._chance(self._grid).value("p"))}
        rows["push_2"] = Row("p - t", run.delta(self.nodes[-1]), "gradient")
        rows["law_2"] = Row(f"{ratio('L', 'y')} = p - t", run.delta(self.nodes[-1]), "gradient")
        rows["L_2"] = Row("L", run.value("L"), "loss")
        edges, answer_twice = self.ranges()["logit"], (answer, answer)
        rows["truth_line"] = Row("t", Along((self.truth, self.truth)), "ink")
        rows["truth_at"] = Row("y", Grid(Constant(edges[0]), Constant(edges[1]), 2))
        rows |= {"gap": Row("p", Along((p, self.truth)), "gradient"), "gap_at": Row("y", Along(answer_twice))}
        over = Grid(Constant(reach[0]), Constant(reach[1]), POINTS)
        rows |= {"curve_at_2": Row("y", over), "curve_2": Row("L", self._judged(over).value("L"), "loss")}
        for name in self.nodes:
            rows[f"dL_d{name}_2"] = Row(ratio("L", subscripted(name)), run.delta(name), "gradient")
        for w in run.recipe.weights:
            rows[f"dL_d{w}_2"] = Row(ratio("L", subscripted(w)), run.grad(w), "gradient")
        return rows

    def highest(self, reach: Range) -> float:
        """Return the highest loss over a range of answers."""
        return float(evaluate(self._judged(Grid(Constant(reach[0]), Constant(reach[1]), POINTS)).value("L")).max())

    def ranges(self) -> dict[str, Range]:
        """Return the ranges of the S curve's axes, and of a line of chances."""
        half = max(WIDE[0], WIDE[1] * abs(number(self.run.value(self.nodes[-1]))))
        return {"logit": (-half, half), "chance": (0.0, 1.0)}
