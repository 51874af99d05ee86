"""A nudge: a step of one input or weight, down and up, after which everything is computed anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from scenes.parts.recipe.recipe import Run
from scenes.parts.recipe.terms import Constant, Term

__all__ = ["Nudge"]


@dataclass(frozen=True)
class Nudge:
    """What a step to both sides does to the loss, beside the gradient that predicts it.

    Attributes
    ----------
    low, high
        The loss a step below and a step above.
    predicted
        The gradient.
    """

    step: Term
    low: Term
    high: Term
    predicted: Term

    @classmethod
    def of(cls, run: Run, weight: str, step: Term) -> Self:
        """Return the nudge of a weight of a run.

        Examples
        --------
        >>> from scenes.parts.recipe.by_core import number
        >>> from scenes.parts.recipe.recipe import Recipe
        >>> run = Run.of(Recipe.chain(("w", "square"), "xzy", ("w",)), x=Constant(1.0), w=Constant(2.0))
        >>> nudge = Nudge.of(run, "w", Constant(0.5))
        >>> number(nudge.rise), number(nudge.across), number(nudge.slope), number(nudge.gap)
        (4.0, 1.0, 4.0, 0.0)
        """
        here = run.input(weight)
        low, high = (run.but(**{weight: there}).value("L") for there in (here - step, here + step))
        return cls(step, low, high, run.grad(weight))

    @property
    def rise(self) -> Term:
        """By how much the loss is higher above than below."""
        return self.high - self.low

    @property
    def across(self) -> Term:
        """How far it is from below to above: two steps."""
        return Constant(2.0) * self.step

    @property
    def slope(self) -> Term:
        """What the nudge finds: rise over run."""
        return self.rise / self.across

    @property
    def gap(self) -> Term:
        """What the nudge finds less what is predicted."""
        return self.slope - self.predicted
