"""What the paths of the two scenes with a train of gears mean."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property

from studio.audit.passes import STEEPEST, Known, Link, exact, mpf
from studio.audit.paths import Route, ScenePaths, within

__all__ = ["PushedTrainPaths", "TurnedTrainPaths"]


class TrainPaths(ScenePaths):
    """A chain of weights and functions, with a loss or none: the last slope is the loss's."""

    def links(self) -> list[Link]:
        """Return the stages; a weight's name stands for its number."""
        weights = self.clip["weights"]
        return [("scale", mpf(weights[s])) if s in weights else (s, None) for s in self.clip["stages"]]

    def routes(self) -> Mapping[str, Route]:
        """Return what every scene has, and the weights by name."""
        return {r"settings\.weights\['(\w+)'\]": self.weight, **super().routes()}

    def weight(self, name: str) -> tuple[Known, ...]:
        """Return a weight."""
        return (exact(self.clip["weights"][name]),)

    @cached_property
    def slopes(self) -> tuple[Known, ...]:
        """The local derivative of each mesh, first to last, that of the loss among them."""
        return (*self.trace.local, *(self.trace.delta[-1:] if self.goal()[0] != "output" else ()))

    def turned(self, dx: Known) -> tuple[Known, ...]:
        """Return by how much each node changes to first order when x changes by ``dx``."""
        turns = [dx]
        for slope in self.slopes:
            turns.append(turns[-1] * slope)
        return tuple(turns)


class TurnedTrainPaths(TrainPaths):
    """The scene `chain_rule_gears`: x is turned, or the last gear but one, or L."""

    def routes(self) -> Mapping[str, Route]:
        """Return what a train has, each stated turn, and the two sweeps at rest."""
        return {
            r"settings\.back_x": self.back_x,
            **super().routes(),
            r"moved\[(\d+)\]\.(.+)": lambda i, rest: (self.moved(self.clip["turns"][int(i)], rest),),
            r"move\.(.+)": lambda rest: (self.moved(0.0, rest),),
            r"pair\.turns\[([01])\]": lambda i: (self.paired(0.0, int(i)),),
        }

    def at(self, x: float, path: str) -> Known:
        """Return what stands at a path of ``move`` when x is turned by ``x``, or of ``pair`` for its first gear."""
        source, _, rest = path.partition(".")
        if source == "move":
            return self.moved(x, rest)
        if path in ("pair.turns[0]", "pair.turns[1]"):
            return self.paired(x, int(path[-2]))
        return super().at(x, path)

    def back_x(self) -> tuple[Known, ...]:
        """Return how far x must turn for L to turn by what is stated."""
        return (exact(self.clip["back_turn"]) / self.turned(exact(1.0))[-1],)

    def moved(self, dx: float, rest: str) -> Known:
        """Return what turning x by ``dx`` does: the turn of a node, what is predicted of L, what it does, the gap.

        Raises
        ------
        LookupError
            A move has no such part.
        """
        turns = self.turned(exact(dx))
        parts = {f"turns[{i}]": turn for i, turn in enumerate(turns)} | {"predicted": turns[-1]}
        if rest in ("recomputed", "gap"):
            x = mpf(self.clip["x"])
            there = self.passed(Known(x + mpf(dx), abs(x) + abs(mpf(dx)))).loss
            parts["recomputed"] = there - self.trace.loss
            parts["gap"] = parts["recomputed"] - parts["predicted"]
        if rest not in parts:
            raise LookupError(f"the reference knows no {rest} of a move")
        return parts[rest]

    def paired(self, turn: float, index: int) -> Known:
        """Return by how much the last gear but one turns, or the last one with it."""
        return exact(turn) * self.slopes[-1] if index else exact(turn)


class PushedTrainPaths(TrainPaths):
    """The scene `push_through_gears`: the gradients, the product from the front, and the most it could be."""

    def routes(self) -> Mapping[str, Route]:
        """Return what a train has, the products from the front, the moving pass before it moves, and the bound."""
        return {
            r"settings\.bound": self.bound,
            **super().routes(),
            r"front\.partials\[(\d+)\]": lambda i: (self.turned(exact(1.0))[int(i)],),
            r"moving\.(.+)": self.traced,
        }

    def at(self, x: float, path: str) -> Known:
        """Return what stands at a path of ``moving`` when x has moved to ``x``."""
        return within(self.passed(exact(x)), path.removeprefix("moving."))

    def bound(self) -> tuple[Known, ...]:
        """Return the product of the largest slopes that the functions have at any place, and of the weights.

        Raises
        ------
        LookupError
            The slope of a function has no largest value.
        """
        weights = self.clip["weights"]
        most = math.prod(
            (abs(mpf(weights[s])) if s in weights else STEEPEST[s] for s in self.clip["stages"]), start=mpf(1)
        )
        return (Known(most, most),)
