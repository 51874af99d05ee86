"""One step of learning: what it makes of a network, what its slope promised, and the same step the wrong way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import add
from typing import Final

from pydantic import Field

from scenes.parts.recipe.by_core import evaluate, is_computable
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.terms import Along, Constant, Grid, Moving, Term
from scenes.parts.settings.base import SceneWords, Swept, Text
from scenes.parts.settings.network import Network, around
from scenes.parts.settings.symbols import ratio, subscripted
from scenes.parts.type.by_hand import ByHand, difference, product

__all__ = ["OneStep", "StepWords"]

RULE: Final = f"w arrow.l w - eta dot {ratio('L', 'w')}"
POINTS: Final = 40  # of the loss over the rate
PAST: Final = 1.0  # so many rates far it is drawn, as far as it can be computed


class StepWords(SceneWords):
    """What is said of one step."""

    adding: Text = Field(description="The loss where rate times gradient is added.")
    subtracting: Text = Field(description="The loss where it is subtracted.")
    predicted: Text = Field(description="Where the loss would be if its slope stayed.")
    real: Text = Field(description="Where it is.")
    gap: Text = Field(description="What lies between both.")
    promised_fall: Text = Field(description="Before what slopes promise to take from the loss.")
    found_fall: Text = Field(description="Before what is taken from it.")
    moved: Text = Field(description="Before how far each weight has moved.")
    eta: Text = Field(description="What stands on an axis of rates.")


@dataclass(frozen=True)
class OneStep:
    """A step of a network at a rate: every weight moves by minus rate times its gradient."""

    network: Network
    rate: Term

    def rows(self) -> dict[str, Row]:
        """Return the rule, and where the step leads: the weights, the loss, what was promised, what lies between.

        ``new_`` is after the step, ``up_`` after one that adds; ``down_w1`` and ``up_w1`` are how far w1 moves.
        """
        here, down, up = self.network.run, self.network.after(self.rate), self.network.after(self._back)
        begun, fall = here.value("L"), here.value("L") - down.value("L")
        rows = {"rate": Row("eta", self.rate, "ink", typed=True), "rule": Row(RULE, self.rate, "ink", typed=True)}
        rows["gradient_of"] = Row(ratio("L", "w"), self.rate, "quiet", typed=True)
        rows |= {"new_L": Row("L", down.value("L"), "loss"), "up_L": Row("L", up.value("L"), "loss")}
        rows |= {"predicted": Row("Delta L", self._promised, "gradient"), "real": Row("Delta L", fall, "loss")}
        rows["promised"] = Row("L", begun - self._promised, "gradient")
        ends = {"gap_rate": (self.rate, self.rate), "gap_L": (rows["promised"].term, down.value("L"))}
        rows |= {n: Row("L" if n == "gap_L" else "eta", Along(pair), "ink") for n, pair in ends.items()}
        rows["gap"] = Row("Delta L", self._promised - fall, "ink")
        for w in self.network.weights:
            rows[f"new_{w}"] = Row(subscripted(w), down.input(w), "weight")
            rows[f"up_{w}"] = Row(f"Delta {subscripted(w)}", self.rate * here.grad(w), "gradient")
            rows[f"down_{w}"] = Row(f"Delta {subscripted(w)}", self._back * here.grad(w), "weight")
        return rows | self._over_rows() | self._following(Moving("now_rate", 0.0))

    def by_hand(self) -> Iterator[ByHand]:
        """Yield the sums that a viewer can do over: each step, where it leads, and both falls of the loss."""
        for w in self.network.weights:
            yield product(f"up_{w}", "rate", f"dL_d{w}")
            yield difference(f"new_{w}", w, f"up_{w}")
        yield difference("promised", "L", "predicted")
        yield difference("real", "L", "new_L")

    @property
    def _back(self) -> Term:
        return Constant(-1.0) * self.rate

    @property
    def _promised(self) -> Term:
        """By how much the loss would fall if its slope stayed: rate times the sum of the squared gradients."""
        gradients = [self.network.run.grad(w) for w in self.network.weights]
        return self.rate * reduce(add, (each * each for each in gradients))

    @cached_property
    def _rates(self) -> list[Term]:
        rates = [self.rate * Constant(PAST * i / POINTS) for i in range(POINTS + 1)]
        return [rate for rate in rates if is_computable(self.network.after(rate).value("L"))]

    def _over_rows(self) -> dict[str, Row]:
        """Return the loss over the rate, ``over_rate`` and ``over_L``, and the line that its slope promises."""
        losses = Along(tuple(self.network.after(rate).value("L") for rate in self._rates))
        begun = self.network.run.value("L")
        return {
            "over_rate": Row("eta", Along(tuple(self._rates)), "ink"),
            "over_L": Row("L", losses, "loss"),
            "slope_rate": Row("eta", Grid(Constant(0.0), self.rate, 2), "ink"),
            "slope_L": Row("L", Along((begun, begun - self._promised)), "gradient"),
        }

    def _following(self, rate: Term) -> dict[str, Row]:
        """Return what follows the rate while it is turned up from 0: weights and values."""
        run = self.network.after(rate)
        rows = {"now_rate": Row("eta", rate, "ink")}
        rows |= {f"now_{w}": Row(subscripted(w), run.input(w), "weight") for w in self.network.weights}
        return rows | {
            f"now_{name}": Row(name, run.value(name), self.network.role(name)) for name in self.network.nodes
        }

    @property
    def sweep(self) -> Swept:
        """The rate, turned up from 0."""
        return Swept("now_rate", 0.0, float(evaluate(self.rate)), self._following)

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """Return the ranges of the rate and of the loss over it."""
        rows = self._over_rows()
        losses = [value for name in ("over_L", "slope_L") for value in evaluate(rows[name].term).tolist()]
        return {"over_rate": (0.0, PAST * float(evaluate(self.rate))), "over_L": around([0.0, *losses], 0.08)}
