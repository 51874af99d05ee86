"""A chain whose train is turned: how far each shaft turns, what is predicted, what is found, what teeth allow."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial, reduce
from operator import add
from typing import Annotated

import numpy as np
from pydantic import AfterValidator, Field

from core.errors import CoreError
from scenes.parts.gears.train import Train
from scenes.parts.measure import Scale
from scenes.parts.plans.wheel_plan import WheelPlan, plans_of
from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.quantity import Role, Row
from scenes.parts.recipe.terms import Constant, Moving, Term
from scenes.parts.settings.base import FitScale, Positive, Swept
from scenes.parts.settings.faults import Problem
from scenes.parts.settings.fitting import round_below, round_up
from scenes.parts.settings.gear_chain import GearChain
from scenes.parts.settings.scalar_losses import shrinking
from scenes.parts.type.by_hand import ByHand, difference, product, quotient

MOST_TURN, MOST_DRIFT = math.pi / 2, 0.1
"""A quarter of a turn, and a share of a tooth: whole numbers of teeth only approximate a ratio, so farther on teeth in
mesh would drift apart."""


TOOTH, CLEAR = 0.6, 0.9
"""How long a push at a tooth is at most, in frame units and in radii of an idler."""

FARTHER = 10.0
"""How many times as far as at first x is turned at most, when L is turned back: in one picture both turns are seen."""

FEW, LARGEST_OF_FEW, LARGEST_OF_MANY = 8, 1.2, 0.9
"""Below so many stages the gears of a train may be so large; and of a longer one."""


class TurnedChain(GearChain):
    """A clip in which x is turned, the last two gears alone, and L."""

    turn_scale_deg: FitScale = Field(
        default="auto",
        description="By how many degrees a gear turns for a change of 1; auto: as far as teeth keep step.",
    )
    turns: Annotated[tuple[Positive, Positive], AfterValidator(shrinking)] = Field(
        description="By how much x is turned: two sizes, the second smaller."
    )
    back_turn: Positive = Field(description="By how much L is turned in the question.")
    turn_seconds: float = Field(ge=0.5, le=20, description="How long a turn takes, in seconds.")

    @property
    def largest(self) -> float:
        """Pitch radius of the largest gear of the train, at most: a long chain has more standing under it."""
        return LARGEST_OF_FEW if len(self.stages) < FEW else LARGEST_OF_MANY

    @property
    def gap_shrinks(self) -> bool:
        """Whether the gap shrinks faster than the turn: there is one, and the turns are small enough."""
        gaps, turns = ([abs(number(self.table()[f"{of}_{i}"].term)) for i in (0, 1)] for of in ("gap", "dx"))
        return gaps[1] * turns[0] < gaps[0] * turns[1]

    @property
    def halves(self) -> tuple[range, range]:
        """The meshes whose slopes are read at first, and those that come then."""
        half = (len(self.slopes) + 1) // 2
        return range(half), range(half, len(self.slopes))

    @property
    def left_out(self) -> list[str]:
        """The beats that it does not have."""
        pairs = ("turn_less_too", "turn_less", self.gap_shrinks), ("cannot_turn_back", "turn_back", self.turns_back)
        found = [one if other_holds else other for one, other, other_holds in pairs]
        few = dict.fromkeys(("read_others", "ask_total", "carry_push"), len(self.slopes) == 1)
        return [*found, *(beat for beat, missing in few.items() if missing)]

    @property
    def turns_back(self) -> bool:
        """Whether a turn of L turns x at all: where dL/dx is exactly 0, x is geared to nothing."""
        return self.deltas[0] != 0.0

    @property
    def back_x(self) -> Term:
        """How far x must turn for L to turn by `back_turn`: motion taken backward divides."""
        return self.given("back_turn") / self.run.delta("x")

    @cached_property
    def answers(self) -> Mapping[str, Term]:
        """Both answers to how far x must turn for L to turn by `back_turn`; none where no turn of L turns x."""
        if not self.turns_back:
            return {}
        return {"guess_x": self.given("back_turn") * self.run.delta("x"), "back_x": self.back_x}

    @cached_property
    def tried(self) -> Mapping[str, Term]:
        """The answers by which x is turned: not so far that beside it the turn at first would not be seen."""
        farthest = FARTHER * self.turns[0]
        return {name: turn for name, turn in self.answers.items() if abs(number(turn)) <= farthest}

    def turned(self, dx: Term) -> tuple[Term, ...]:
        """Return by how much each node changes to first order when x changes by `dx`."""
        return tuple(self.run.turned(dx, node) for node in self.nodes)

    def paired(self, turn: Term) -> tuple[Term, Term]:
        """Return by how much the last two gears turn when the first of them is turned."""
        return turn, self.run.slope(self.nodes[-1]) * turn

    def table(self) -> Mapping[str, Row]:
        """Return the quantities: those of both passes, and what each turn does."""
        rows = dict(super().table())
        rows |= self._turning_rows(Moving("turn_x", 0.0)) | self._pair_rows(Moving("pair_0", 0.0))
        for j in range(len(self.turns)):
            dx = self.given("turns", j)
            rows[f"dx_{j}"] = Row("Delta x", dx, typed=True)
            rows |= {f"{name}_{j}": row for name, row in self._move_rows(dx).items()}
        of_last, back = f"Delta {self.symbols[-1]}", self.given("back_turn")
        for i, turn in enumerate(self.paired(self.given("turns", 0))):
            rows[f"pair_turn_{i}"] = self._turn_row(len(self.nodes) - 2 + i, turn)
        rows["back_L"] = Row(of_last, back, "loss", typed=True)
        rows["added"] = Row('"added"', reduce(add, map(self.run.slope, self.nodes[1:])), "loss")
        rows["turned_by"] = Row("Delta x", self.given("turns", 0), typed=True)
        rows["degrees"] = Row('"degrees"', self.given("turns", 0) * Constant(math.degrees(self.angle)), digits=2)
        for name, turn in self.answers.items():
            rows[name] = Row("Delta x", turn)
            rows[f"{name.removesuffix('_x')}_found"] = Row(of_last, self._recomputed(turn), "loss")
        if "guess_x" in self.answers:
            rows["guess_L"] = Row(of_last, self.run.turned(self.answers["guess_x"], self.nodes[-1]), "loss")
        moved = self.run.but(x=self.run.input("x") + self.given("turns", 0))
        return rows | {f"new_{n}": replace(rows[n], term=moved.value(n), typed=False) for n in self.nodes}

    def by_hand(self) -> Iterable[ByHand]:
        """Return the sums, as the base class says, and those of the pair, of both turns, and of both answers."""
        pair = quotient(f"local_{len(self.slopes) - 1}", "pair_turn_1", "pair_turn_0")
        turns = [product(f"predicted_{i}", f"dx_{i}", "dL_dx") for i in range(len(self.turns))]
        gaps = [difference(f"gap_{i}", f"recomputed_{i}", f"predicted_{i}") for i in range(len(self.turns))]
        answers = [product("guess_x", "back_L", "dL_dx"), quotient("back_x", "back_L", "dL_dx")]
        return [*super().by_hand(), pair, *turns, *gaps, *answers, product("guess_L", "guess_x", "dL_dx")]

    def _recomputed(self, dx: Term) -> Term:
        """Return by how much the last value changes when x changes by `dx`, computed anew."""
        last = self.nodes[-1]
        return self.run.but(x=self.run.input("x") + dx).value(last) - self.run.value(last)

    def _move_rows(self, dx: Term) -> dict[str, Row]:
        """Return what turning x does to L: what the gears predict, what a new pass gives, and the gap."""
        last = self.nodes[-1]
        predicted, recomputed = self.run.turned(dx, last), self._recomputed(dx)
        found: dict[str, tuple[Term, Role]] = {"predicted": (predicted, "loss"), "recomputed": (recomputed, "loss")}
        found["gap"] = recomputed - predicted, "ink"
        return {name: Row(f'"{name}"', term, role) for name, (term, role) in found.items()}

    def _turning_rows(self, dx: Term) -> dict[str, Row]:
        """Return what follows x while it is turned."""
        turns = zip(self.nodes, self.turned(dx), strict=True)
        return {f"turn_{name}": self._turn_row(i, turn) for i, (name, turn) in enumerate(turns)} | self._move_rows(dx)

    def _pair_rows(self, turn: Term) -> dict[str, Row]:
        """Return what follows the last gear but one while it is turned."""
        first = len(self.nodes) - 2
        return {f"pair_{i}": self._turn_row(first + i, one) for i, one in enumerate(self.paired(turn))}

    def _turn_row(self, i: int, turn: Term) -> Row:
        return Row(f"Delta {self.symbols[i]}", turn, "loss" if self.is_loss(i) else "value")

    def sweeps(self) -> Mapping[str, Swept]:
        """Return what is turned: x with the whole train, and the last gear but one with the last alone."""
        most = max([self.turns[0], *(abs(number(turn)) for turn in self.tried.values())])
        return {
            "turn": Swept("turn_x", -most, most, self._turning_rows),
            "pair": Swept("pair_0", 0.0, self.turns[0], self._pair_rows),
        }

    def scales(self) -> Mapping[str, Scale]:
        """Return the scale of radii, that of angles in radians, and how long a push of 1 at a tooth is."""
        push = Scale("tooth_scale", min(TOOTH, CLEAR * self.idler(self.slopes, self.deltas)))
        return {**super().scales(), "turn_scale_deg": Scale("turn_scale_deg", self.angle), "tooth_scale": push}

    @cached_property
    def angle(self) -> float:
        """By how many radians a gear turns for a change of 1."""
        if self.turn_scale_deg != "auto":
            return math.radians(self.turn_scale_deg)
        fitting = min(most / farthest for _, farthest, most in self._moves() if farthest)
        return math.pi / 2 / round_up(math.pi / 2 / fitting)

    def wheels(self) -> Mapping[str, WheelPlan]:
        """Return the wheels of the train, and the last two once more, alone, called `pair_...`."""
        scales, last, pair = self.scales(), self.nodes[-2], ("pair_0", "pair_1")
        turns = [f"turn_{name}" for name in self.nodes]
        of = partial(plans_of, self.train(), self.nodes, scale=scales["scale"], turn_scale=scales["turn_scale_deg"])
        alone = of(turns=[*turns[:-2], *pair], prefix="pair_")
        kept = (f"pair_{last}", f"pair_{last}_idler", f"pair_{self.nodes[-1]}")
        return {**of(turns=turns), **{key: alone[key] for key in kept if key in alone}}

    def _moves(self) -> Iterator[tuple[str, float, float]]:
        """Yield each move with how far the fastest wheel turns, per unit of angle, and how far it may, in radians."""
        train = self.train()
        first, still = len(self.nodes) - 2, [Constant(0.0)] * (len(self.nodes) - 2)
        back = max(self.tried.values(), key=lambda turn: abs(number(turn)), default=None)
        moves = {
            "turns": (0, self.turned(self.given("turns", 0))),
            **({"back_turn": (0, self.turned(back))} if back else {}),
            "the first two gears": (first, (*still, *self.paired(self.given("turns", 0)))),
        }
        for what, (since, terms) in moves.items():
            turns = [number(term) for term in terms]
            share = next((share for share in _SHARES if _keeps_step(train, turns, share * MOST_TURN, since)), 0.05)
            yield what, max(map(abs, turns)), share * MOST_TURN

    def _faults(self) -> Iterator[Problem]:
        """Yield what does not fit."""
        yield from list(super()._faults()) or list(self._undefined()) or self._turns_that_fail()

    def _undefined(self) -> Iterator[Problem]:
        """Yield the turn of x at whose end the chain cannot be computed anew."""
        turned = [("turns", self.given("turns", j)) for j in range(len(self.turns))]
        for key, dx in [*turned, *(("back_turn", answer) for answer in self.answers.values())]:
            try:
                number(self._recomputed(dx))
            except CoreError as error:
                yield Problem((key,), f"with x turned by {number(dx):.4g} the chain cannot be computed: {error}")

    def _turns_that_fail(self) -> Iterator[Problem]:
        """Yield the move that would turn a gear too far, or teeth out of step: that which allows the smallest scale."""
        what, farthest, most = max(self._moves(), key=lambda move: move[1] / move[2])
        if farthest * self.angle > most * (1 + 1e-9):
            fitting = round_below(math.degrees(most / farthest))
            turned = math.degrees(farthest * self.angle)
            told = f"{self.turn_scale_deg!r} would turn a gear by {turned:.0f} degrees ({what})"
            limit = f"{math.degrees(most):.0f} are the most, or teeth would come out of step"
            yield Problem(("turn_scale_deg",), f"{told}; {limit}; {fitting!r} would fit")


_SHARES = (1.0, 0.75, 0.5, 0.25, 0.1)


def _keeps_step(train: Train, turns: Sequence[float], farthest: float, since: int) -> bool:
    """Return whether teeth stay in step from a node on, while the fastest wheel turns by at most ``farthest``."""
    first = train.wheels.index(train.wheel_of(since))
    turning = [a >= first for a, _ in train.meshes]
    per_unit = farthest / (max(map(abs, turns)) or 1.0)
    ways = np.linspace(0.1, 1.0, 10)[:, None] * per_unit * np.asarray(turns)
    return bool(max(np.abs(train.drift(way)[turning]).max(initial=0.0) for way in ways) < MOST_DRIFT)
