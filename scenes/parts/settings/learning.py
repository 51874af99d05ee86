"""One step of learning of a network: all weights move against their gradients, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Run
from scenes.parts.recipe.terms import Constant, Moving, Term
from scenes.parts.settings.base import Swept
from scenes.parts.settings.network import Network, Range, around
from scenes.parts.settings.reach import rates_of_peaks
from scenes.parts.settings.symbols import ratio, subscripted
from scenes.parts.type.by_hand import ByHand, product

__all__ = ["Learning"]

POINTS = 24  # on the way of the step at which it is known how far things reach
_BEHIND = 0.25  # of the line of the answer at rest
_FAR = 5  # times as large as all values at rest: then the dials of the step have a scale of their own
_ROOM = 0.12  # of a line on which something moves, on both sides: the step on it shall be seen


@dataclass(frozen=True)
class Learning:
    """A step at a learning rate, turned up from 0.

    Attributes
    ----------
    rate
        A number of the settings.
    """

    network: Network
    rate: Term

    @cached_property
    def way(self) -> tuple[Run, ...]:
        """The network at points on the way, evenly apart."""
        return tuple(self.network.after(self.rate * Constant(i / POINTS)) for i in range(1, POINTS + 1))

    @cached_property
    def half_turn(self) -> Term:
        """What half a turn of a dial stands for: also on the way, unless that would leave nothing to see at rest."""
        return self.network.half_turn() if self.explodes else self.moving_half_turn

    @cached_property
    def moving_half_turn(self) -> Term:
        """What half a turn of a dial stands for while the step is taken."""
        peaks = dict.fromkeys(rates_of_peaks(self.network.run, number(self.rate)))
        return self.network.half_turn(*self.way, *(self.network.after(Constant(rate)) for rate in peaks))

    @property
    def explodes(self) -> bool:
        """Whether the step makes values so large that those at rest would not turn a dial to be seen."""
        return number(self.moving_half_turn) > _FAR * number(self.network.half_turn())

    def rows(self) -> dict[str, Row]:
        """Return the rate, where each weight goes and how far, all that it makes, and what then follows.

        ``new_w1`` is where w1 goes, ``step_w1`` how far, ``slopes`` the sum of all gradients of weights; ``size_w1`` is
        how large it is, ``size_dL_dw1`` how large its gradient, ``minus_rate`` by what that is multiplied.
        """
        net, after = self.network, self.network.after(self.rate)
        rows = self.moved(Moving("now_rate", 0.0))
        rows["rate"] = Row("eta", self.rate, "ink", typed=True)
        rows["minus_rate"] = Row("-eta", Constant(-1.0) * self.rate, "ink", typed=True)
        for key, turn in (("half_turn", self.half_turn), ("moving_half_turn", self.moving_half_turn)):
            rows[key] = Row("pi", turn * Constant(1.0), "quiet", typed=True)
        gradients = [net.run.grad(w) for w in net.weights]
        rows["slopes"] = Row("sum", sum(gradients[1:], gradients[0]), "gradient")
        rows |= {f"new_{w}": Row(subscripted(w), after.input(w), "weight") for w in net.weights}
        rows |= {
            f"step_{w}": Row(f"Delta {subscripted(w)}", after.input(w) - net.run.input(w), "weight")
            for w in net.weights
        }
        for w, gradient in zip(net.weights, gradients, strict=True):
            rows[f"size_{w}"] = Row(f"abs({subscripted(w)})", abs(net.run.input(w)), "weight", typed=True)
            rows[f"size_dL_d{w}"] = Row(f"abs({ratio('L', subscripted(w))})", abs(gradient), "gradient")
        return rows | {f"new_{name}": Row(name, after.value(name), net.role(name)) for name in net.nodes[1:]}

    def by_hand(self) -> Iterator[ByHand]:
        """Yield the sums that a viewer can do over: how far each weight goes."""
        for w in self.network.weights:
            yield product(f"step_{w}", "minus_rate", f"dL_d{w}")

    def moved(self, rate: Term) -> dict[str, Row]:
        """Return what follows a rate: ``now_w1`` is where w1 stands, ``moved_w1`` how far it is from where it was."""
        net, run = self.network, self.network.after(rate)
        rows = {"now_rate": Row("eta", rate, "ink")}
        rows |= {f"now_{w}": Row(subscripted(w), run.input(w), "weight") for w in net.weights}
        steps = {w: run.input(w) - net.run.input(w) for w in net.weights}
        rows |= {f"moved_{w}": Row(f"Delta {subscripted(w)}", step) for w, step in steps.items()}
        return rows | {f"now_{name}": Row(name, run.value(name), net.role(name)) for name in net.nodes}

    def sweep(self) -> Swept:
        """Return the sweep that turns the rate up from 0."""
        return Swept("now_rate", 0.0, number(self.rate), self.moved)

    def ranges(self) -> Mapping[str, Range]:
        """Return the ranges of the answer's number line at rest, and of a knob for each weight."""
        run, net, last = self.network.run, self.network, self.network.nodes[-2]
        found = {"answers": around(map(number, (run.value(last), run.input("t"))), _BEHIND)}
        ends = [(run.input(w), run.input(w) + run.grad(w), self.way[-1].input(w)) for w in net.weights]
        knobs = [around(map(number, each), _ROOM) for each in ends]
        half = max(high - low for low, high in knobs) / 2  # one scale for all
        middles = ((low + high) / 2 for low, high in knobs)
        return found | {f"knob_{w}": (m - half, m + half) for w, m in zip(net.weights, middles, strict=True)}
