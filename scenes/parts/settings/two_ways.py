"""A value that goes two ways to a plus: what every scene of one says of it, how thick all is drawn, and its graphs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Literal

from scenes.parts.measure import Scale
from scenes.parts.recipe.by_core import is_computable, number
from scenes.parts.recipe.quantity import Quantities, Row
from scenes.parts.recipe.recipe import Recipe, Run, Step
from scenes.parts.recipe.terms import Constant, Moving, Term
from scenes.parts.settings.base import Swept
from scenes.parts.settings.faults import Problem
from scenes.parts.settings.fitting import fitted
from scenes.parts.settings.graphs import graph_rows, slope_formula
from scenes.parts.settings.lengths import half_turn, too_thick
from scenes.parts.settings.passes import change_rows, moving_rows, pass_rows
from scenes.parts.type.by_hand import leaving

__all__ = ["THICK", "THICKEST", "TwoWays"]

THICK, THICKEST = 0.6, 1.0
"""Most that a push may be thick, and both together at x, in units of a frame 8 high."""

NUDGES: Final = 0.01, 0.001, 0.0001
"""Nudges that are tried, the one with the plainest numbers first."""

_ALIKE: Final = ".4g"  # what a nudge and a gradient must have in common
_AS_LARGE: Final = 0.01  # a share by which two numbers differ at most that words do not call different
_SMALLER: Final = 0.1  # of a turn: the turn beside it, for which the estimate is closer

WAY_POINTS: Final = 24
"""Points of the way of x at which dials are asked."""


@dataclass(frozen=True)
class TwoWays:
    """``y = f(x) + g(x)``, or with weights ``y = f(w1 * x) + g(w2 * x)``, at a clip's own numbers.

    Attributes
    ----------
    turn
        By how much x is turned.
    """

    run: Run
    turn: Term

    @classmethod
    def of(cls, x: Term, functions: tuple[str, str], weights: Mapping[str, Term], turn: Term) -> TwoWays:
        """Return the two ways of x: through both weights, if there are any, and both functions."""
        steps = list[Step]()
        for weight, before, after, function in zip(weights or ("", ""), "pq", "uv", functions, strict=True):
            if weight:
                steps.append(Step(before, "scale", ("x",), (weight,)))
            steps.append(Step(after, function, (before if weight else "x",)))
        return cls(Run.of(Recipe((*steps, Step("y", "add", ("u", "v")))), x=x, **weights), turn)

    @property
    def nodes(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Names of the values on each way: what its weight makes of x, if it has one, and what its function makes."""
        return (("p", "u"), ("q", "v")) if self.run.recipe.weights else (("u",), ("v",))

    @property
    def gates(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Names of the slopes on each way; that of a weight is the weight."""
        return (("w1", "local_u"), ("w2", "local_v")) if self.run.recipe.weights else (("local_u",), ("local_v",))

    @property
    def shares(self) -> tuple[Term, Term]:
        """What comes back to x along each way when y is pushed by 1."""
        first, second = (self.run.share("x", way[0]) for way in self.nodes)
        return first, second

    @cached_property
    def against(self) -> bool:
        """Whether the two come back with different signs."""
        one, other = map(number, self.shares)
        return min(one, other) < 0.0 < max(one, other)

    @cached_property
    def tempts(self) -> bool:
        """Whether half of each way or, where they differ in sign, both without their signs is another number."""
        one, other = map(number, self.shares)
        tempting = abs(one) + abs(other) if self.against else (one + other) / 2.0
        return abs(tempting - one - other) > _AS_LARGE * abs(one + other)

    @cached_property
    def closes(self) -> bool:
        """Whether the gap shrinks faster than the turn, for a smaller one."""
        rows = self.rows(Constant(1.0))
        gap, smaller, turn, less = (abs(number(rows[n].term)) for n in ("gap", "smaller_gap", "turn", "smaller"))
        return smaller * turn < gap * less

    def is_straight(self, node: str) -> bool:
        """Return whether a value follows x along a straight line, so that a change of it is no estimate."""
        ways = [way[: way.index(node) + 1] for way in self.nodes if node in way] or self.nodes
        return all(self.run.recipe.step(each).does in ("identity", "scale") for way in ways for each in way)

    def rows(self, nudge: Term) -> dict[str, Row]:
        """Return both passes, slopes, what comes back along each way, what the turn does, and the graphs.

        The same of a smaller turn, with what one would wrongly say that x feels, half of each or both without
        their signs, and what a nudge of x to both sides says.
        """
        run, x, dx, half = self.run, self.run.input("x"), self.turn, Constant(0.5)
        rows = pass_rows(run, ("u", "v", "y")) | {"turn": Row("Delta x", dx, typed=True)} | change_rows(run, dx)
        for name, share in zip("uv", self.shares, strict=True):
            rows[f"contribution_{name}"] = Row(f"({rows['dL_dx'].symbol})_{name}", share, "gradient")
            rule = slope_formula(run, name) or f"(partial {name})\\/(partial x)"
            rows |= graph_rows(run, name) | {f"slope_{name}": Row(rule, run.slope(name), "ink")}
        small = Constant(_SMALLER) * dx
        again, closer = (run.but(x=x + by).value("y") - run.value("y") for by in (dx, small))
        one, other = map(abs, self.shares) if self.against else [half * share for share in self.shares]
        moved, wide = self._nudged(nudge)
        return rows | {
            **{name: Row("y", run.but(x=x + dx).value("y")) for name in ("new_y", "fine_new_y")},
            "fine_y": rows["y"],
            "recomputed": Row('"recomputed"', again),
            "gap": Row('"gap"', again - rows["moved_y"].term, "ink", digits=1),
            "half_moved": Row('"half"', half * rows["moved_y"].term),
            "smaller": Row("Delta x", small),
            "smaller_y": Row("Delta y", run.turned(small, "y"), least=4),  # else the gap would not be seen
            "closer": Row('"recomputed"', closer, least=4),
            "smaller_gap": Row('"gap"', closer - run.turned(small, "y"), "ink", digits=1),
            "tempting": Row('"tempting"', one + other, "quiet"),
            "tempting_moved": Row('"tempting"', (one + other) * dx, "quiet"),
            "nudge": Row('"nudge"', nudge, typed=True),
            "nudge_wide": Row('"nudge"', wide, typed=True),
            "nudge_moved": Row('"nudged"', moved),
            "nudged": Row('"nudged"', moved / wide, "gradient"),
            "half_turn": Row('"half a turn"', Constant(self.half_turn) * Constant(1.0), "quiet", typed=True),
        }

    def as_fine(self, known: Quantities, digits: int) -> Quantities:
        """Return quantities with the digits that both y need where it is written out how far they are apart."""
        new, old = known["fine_new_y"], known["fine_y"]
        least = leaving(known["recomputed"], new, old, digits)
        rows = {y: replace(y.row, least=max(y.row.least, least.get(y.name, 0))) for y in (new, old)}
        return Quantities({**known, **{y.name: replace(y, row=row) for y, row in rows.items()}})

    def _nudged(self, nudge: Term) -> tuple[Term, Term]:
        """Return how far y moves from one side of a nudge of x to the other, and how far x does."""
        x = self.run.input("x")
        low, high = (self.run.but(x=there).value("y") for there in (x - nudge, x + nudge))
        return high - low, Constant(2.0) * nudge

    @cached_property
    def nudge(self) -> Term:
        """The largest nudge to both sides that says what x feels, in more digits than are shown; else the smallest."""
        felt = f"{number(self.shares[0] + self.shares[1]):{_ALIKE}}"
        for nudge in (Constant(each) * Constant(1.0) for each in NUDGES):
            moved, wide = self._nudged(nudge)
            if is_computable(moved) and f"{number(moved / wide):{_ALIKE}}" == felt:
                break
        return nudge

    @property
    def swept(self) -> Swept:
        """The turn of x, and everything with it."""
        x, dx = number(self.run.input("x")), number(self.turn)
        return Swept("now_x", x, x + dx, self._moving)

    def _moving(self, x: Term) -> dict[str, Row]:
        return moving_rows(self.run, x)

    @cached_property
    def half_turn(self) -> float:
        """What half a turn of a dial stands for: no smaller than any value while x is turned."""
        swept = self.swept
        way = (swept.low + (swept.high - swept.low) * i / WAY_POINTS for i in range(WAY_POINTS + 1))
        tables = (self._moving(Moving("now_x", x)) for x in way)
        return half_turn(number(row.term) for table in tables for row in table.values())

    @cached_property
    def pushes(self) -> dict[str, float]:
        """How large each push on its way is, and what comes to x along both ways side by side."""
        found = {f"dL_d{node}": number(self.run.delta(node)) for node in self.run.recipe.nodes}
        return {**found, "dL_dx": sum(abs(number(share)) for share in self.shares)}

    def scales(self, asked: float | Literal["auto"]) -> dict[str, Scale]:
        """Return how thick a push of 1, as asked, and a change of 1 are, and how far a dial turns."""
        moved = {node: abs(number(self.run.turned(self.turn, node))) for node in self.run.recipe.nodes}
        changes = moved | {"x": abs(number(self.turn)), "y": moved["u"] + moved["v"]}
        return {
            "ribbon": Scale("scale", _fitted(self.pushes, both="dL_dx") if asked == "auto" else asked),
            "change": Scale("change", _fitted(changes, both="y")),
            "dial": Scale("half_turn", math.pi / self.half_turn),
        }

    def too_thick(self, asked: float | Literal["auto"]) -> Iterator[Problem]:
        """Yield which push would be too thick to draw."""
        one = {name: push for name, push in self.pushes.items() if name != "dL_dx"}
        each = (one, THICK), ({"dL_dx": self.pushes["dL_dx"]}, THICKEST)
        yield from too_thick(asked, *max(each, key=lambda pair: max(map(abs, pair[0].values())) / pair[1]))


def _fitted(drawn: Mapping[str, float], both: str) -> float:
    """Return the scale with which one push is not too thick, nor are two side by side."""
    return min(fitted(THICK, (size for name, size in drawn.items() if name != both)), fitted(THICKEST, [drawn[both]]))
