"""The answer of a chain read as a logit: its chance, and how far that is from the truth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Recipe, Run, Step
from scenes.parts.recipe.terms import Along, Constant, Grid, Term
from scenes.parts.settings.network import Range
from scenes.parts.settings.symbols import ratio
from scenes.parts.type.by_hand import ByHand, difference

__all__ = ["LOGIT_LOSS", "Logit"]

LOGIT_LOSS: Final = "binary_cross_entropy_with_logits"
"""The loss that reads an answer as a logit."""

POINTS: Final = 161  # of a curve
LAW: Final = "p = sigma(y) = 1\\/(1 + e^(-y))"
WIDE: Final = (4.0, 2.0)  # how far to both sides of 0 the S curve goes, at least, and beyond the answer


@dataclass(frozen=True)
class Logit:
    """A run whose answer is a logit, and whose target is a truth from 0 to 1: cross-entropy pushes by the gap between.

    Attributes
    ----------
    nodes
        The values of its chain, first to last; the last is its answer.
    """

    run: Run
    nodes: tuple[str, ...]

    def _chance(self, logit: Term) -> Term:
        steps = Step("y", "identity", ("at",)), Step("p", "sigmoid", ("y",))
        return Run.of(Recipe(steps), at=logit).value("p")

    def rows(self) -> dict[str, Row]:
        """Return the chance, the S curve that makes it, the truth as a line, and how far it is off: the push."""
        answer, truth = self.run.value(self.nodes[-1]), self.run.input("t")
        p, (low, high) = self._chance(answer), map(Constant, self.ranges()["logit"])
        curve = Grid(low, high, POINTS)
        rows = {"p": Row("p", p), "law_p": Row(LAW, p)}
        rows["p_miss"] = Row("p - t", p - truth, "gradient")
        rows["law_p_miss"] = Row(f"{ratio('L', 'y')} = p - t", p - truth, "gradient")
        rows |= {"p_at": Row("y", curve), "p_curve": Row("p", self._chance(curve))}
        return rows | {"truth_line": Row("t", Along((truth, truth)), "ink"), "truth_at": Row("y", Grid(low, high, 2))}

    def by_hand(self) -> Iterator[ByHand]:
        """Yield the sum that a viewer can do over: chance minus truth."""
        yield difference("p_miss", "p", "target")

    def ranges(self) -> dict[str, Range]:
        """Return the ranges of the S curve's axes."""
        half = max(WIDE[0], WIDE[1] * abs(number(self.run.value(self.nodes[-1]))))
        return {"logit": (-half, half), "chance": (0.0, 1.0)}
