"""A chain that is pushed from behind while x may move: its gradients, how its gears then stand, and what has room."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
from pydantic import Field, ValidationInfo, field_validator

from core.errors import CoreError
from scenes.parts.gears.train import DoesNotFit, NoRoom, roll_out
from scenes.parts.measure import Scale
from scenes.parts.plans.wheel_plan import WheelPlan, plain_plans
from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.quantity import Role, Row
from scenes.parts.recipe.recipe import Recipe, Run
from scenes.parts.recipe.terms import Constant, Moving, Term
from scenes.parts.settings.base import Positive, Swept, complaint
from scenes.parts.settings.faults import Problem, listed, quoted
from scenes.parts.settings.fitting import round_below
from scenes.parts.settings.gear_chain import LONG, Deltas, GearChain
from scenes.parts.settings.graphs import graph_ranges, graph_rows
from scenes.parts.settings.powers import power, whole_decades
from scenes.parts.settings.said import over_a_line
from scenes.parts.settings.symbols import ratio
from scenes.parts.theme import SPECK
from scenes.parts.type.by_hand import ByHand, product

STRETCHES, MOVE_POINTS = 20, 101
"""Of the way of x, which ends behind one of them; at so many x on it it is tried whether the wheels fit."""

GROWS = 4.0
"""While x moves the largest gradient becomes at most so many times as large: there is one scale all the way."""

ROOM, ROUND, OVER, NAMED, TEXTS, WIDEST, ALONE = 4.78, 0.55, 0.6, 0.6, 1.8, (1.1, 0.6), 1.25
"""Height for gears and bars under two lines of words, even of Thai; of it what stands round them, over a bar that
hangs, under the baseline, round areas; sides of areas, a few or many; the largest gear.
"""

TALLEST, TALLEST_OF_MANY = 0.9, 0.7
"""The largest gear without bars under it, or over bars where many numbers are under it, too; and there without bars."""

LARGEST = 1.8
"""The longest side of an area where there is much room under the gears."""

PUSH = 0.9
"""How long a push at a tooth is, at most, in radii of an idler: it stands clear of the gears where it ends."""

AREAS = 4
"""So many areas have room beside one another."""

SHARED = 2
"""So many gears may be those that feel a push most, or least."""

SHOWN, REACH, FILLS = 100.0, 3.0, 0.5
"""Of graphs: the largest value, or slope, that one shows; how far to both sides it goes, to be known by its shape; and
what share of its height it fills, at least.
"""

WIDE = 30.0
"""From this ratio of the largest gradient to the smallest on, bars cannot show both: decades do."""

STEEPEST: Mapping[str, float] = {
    **{"identity": 0.0, "tanh": 0.0, "sigmoid": 0.0, "relu": 1.0, "leaky_relu": 1.0, "abs": 1.0},
    **{"sin": 0.0, "cos": -np.pi / 2},
}
"""Where the slope of a function is largest, for those whose slope has a largest value at some place."""


class PushedChain(GearChain):
    """A clip in which push flows back through a train, and x may move."""

    tooth_scale: Positive = Field(
        default=0.6, le=1.2, description="Length of the push of 1 at a tooth, at most: with small idlers it is shorter."
    )
    name_bound: bool = Field(default=False, description="Say how large the product of such slopes could be at most.")
    move_to: float = Field(
        description="Where x moves at the end, or as far as no wheel jumps or outgrows all; the same as x: it stays."
    )
    move_seconds: float = Field(default=5.0, ge=1, le=20, description="How long that takes, in seconds.")

    @field_validator("name_bound")
    @classmethod
    def _has_bound(cls, wanted: bool, info: ValidationInfo) -> bool:
        functions = [s for s in info.data.get("stages", ()) if s not in info.data.get("weights", ())]
        if wanted and (steep := next((name for name in functions if name not in STEEPEST), None)):
            raise complaint(f"the slope of {quoted(steep)} has no largest value; that of {listed(STEEPEST)} has")
        return wanted

    @property
    def bound(self) -> Term:
        """The most that |dL/dx| could be: every function at its steepest, every weight, and the loss, as it is."""
        most: Term = abs(self.run.slope("L")) if self.has_loss else Constant(1.0)
        for stage in self.stages:
            most = most * (abs(self.run.input(stage)) if stage in self.weights else _steepest(stage))
        return most

    @property
    def spanned(self) -> tuple[tuple[str, int], ...]:
        """The weights whose gradients open as areas, last first, as `weight_stages`: of many the last and the first."""
        stages = self.weight_stages
        return stages if len(stages) <= AREAS else (*stages[: AREAS - 1], stages[-1])

    @property
    def left_out(self) -> list[str]:
        """The beats that it does not have."""
        has: dict[str, object] = {"read_decades": self.is_wide, "say_most": not self.is_wide, **self.built}
        has |= {"span_area": self.spanned, "collect_weight_gradients": self.spanned[1:]}
        has |= {"ask_bound": self.name_bound, "name_bound": self.name_bound}
        has |= {"ask_moved": self.moves, "move_x": self.moves}
        return [beat for beat, wanted in has.items() if not wanted]

    @property
    def built(self) -> Mapping[str, Sequence[int]]:
        """The gears that come in each beat that builds the train: the last, then one by one, then halves of the others.

        Of a long chain the others come in one beat, after the first of them.
        """
        last = len(self.slopes)
        back = list(range(last - 1, -1, -1))
        alone = min(2, max(0, len(back) - 1)) if last < LONG else 1
        once = {"multiply_once": back[:1] if alone else [], "multiply_again": back[1:alone]}
        half = alone + (len(back) - alone) // 2 if last < LONG else alone
        return {"grow_teeth": [last], **once, "multiply_on": back[alone:half], "multiply_back": back[half:]}

    @property
    def first_marked(self) -> Mapping[str, int]:
        """Keys of the words that say what a wheel means, by the place of the gear, or the mesh, that first has it."""
        order = range(len(self.deltas) - 1, -1, -1)
        hollow = [i for i in order if self.deltas[i] < 0]
        between = [i for i in order[1:] if self.slopes[i] > 0 and self.deltas[i]]
        zero = [i for i in order if not self.deltas[i]]
        small = [i for i in order if 0 < abs(self.deltas[i]) * self.unit < SPECK]
        each = ("hollow", hollow), ("idler", between), ("small", small), ("free", zero)
        return {key: found[0] for key, found in each if found}

    @property
    def pushed_mesh(self) -> int | None:
        """The last mesh of two gears, where there is a tooth to push; None if there is no such mesh."""
        return max((i for i, (a, b) in enumerate(pairwise(self.deltas)) if a and b), default=None)

    @property
    def is_wide(self) -> bool:
        """Whether the gradients are too different in size for bars in one scale."""
        sizes = [abs(delta) for delta in self.deltas if delta]
        return max(sizes) > WIDE * min(sizes)

    def table(self) -> Mapping[str, Row]:
        """Return the quantities of both passes, those of the forward product, and the bound where it is named."""
        bound = {"bound": Row("times", self.bound, "ink")} if self.name_bound else {}
        powers = {f"log_{name}": row for name, row in self._power_rows().items()}
        turn = {"half_turn": Row("pi", self.half_turn * Constant(1.0), "quiet", typed=True)}
        still = {"move_to": Row("x", self.end, "value", typed=self.share == 1.0)}
        return {
            **super().table(),
            **self._front_rows(),
            **bound,
            **self._moving_rows(self.given("x")),
            **still,
            **turn,
            **powers,
            **{
                name: row
                for i in self.graphed
                for name, row in graph_rows(self.run, self.nodes[i + 1], reach=REACH).items()
            },
        }

    def _power_rows(self) -> dict[str, Row]:
        """Return which power of ten the magnitude of each gradient is, of those that are not 0."""
        rows = self.gradient_rows(self.run).items() if self.is_wide else ()
        return {name: Row("log", power(row.term), "gradient") for name, row in rows if number(row.term)}

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """Return the ranges of graphs, and, if decades show gradients, the whole ones between which all lie but 0."""
        powers = [number(row.term) for row in self._power_rows().values()]
        graphs = {key: range_ for each in self.graphed.values() for key, range_ in each.items()}
        return {**graphs, **({"decades": whole_decades(powers)} if powers else {})}

    @cached_property
    def graphed(self) -> Mapping[int, Mapping[str, tuple[float, float]]]:
        """The ranges of the graphs of functions, by the places of their meshes: of those that a graph can show."""
        found = dict[int, Mapping[str, tuple[float, float]]]()
        for i in (i for i, stage in enumerate(self.stages) if stage not in self.weights):
            point = [number(self.run.value(name)) for name in self.nodes[i : i + 2]]
            if max(map(abs, (*point, self.slopes[i]))) > SHOWN:
                continue
            with suppress(CoreError):
                found[i] = graph_ranges(self.run, self.nodes[i + 1 : i + 2], REACH, fills=FILLS)
        return found

    def by_hand(self) -> Iterable[ByHand]:
        """Return the sums, as the base class says, and those of the row that is multiplied from the front."""
        front = [f"front_{name}" for name in self.nodes]
        steps = [product(after, before, f"local_{i}") for i, (before, after) in enumerate(pairwise(front))]
        return [*super().by_hand(), *steps]

    def _front_rows(self) -> Mapping[str, Row]:
        """Return the chain rule multiplied from the front: d node / dx for every node, the last of which is dL/dx."""
        rows, last = {}, self.nodes[-1]
        for name, symbol in zip(self.nodes, self.symbols, strict=True):
            role: Role = "gradient" if name == last else "ink"
            partial = self.run.turned(Constant(1.0), name)
            rows[f"front_{name}"] = Row(ratio(symbol, "x"), partial, role, typed=name == "x")
        return rows

    def sweeps(self) -> Mapping[str, Swept]:
        """Return x, if it moves: every gradient follows it, and with it the place and the size of every wheel."""
        if not self.moves:
            return {}
        low, high = sorted((self.x, number(self.end)))
        return {"x": Swept("moving_x", low, high, self._moving_rows, lru_cache(4)(self.rolling))}

    def _moving_rows(self, x: Term) -> Mapping[str, Row]:
        """Return x and the gradients as they stand while x moves."""
        run = self.run.but(x=x)
        gradients = {f"moving_{name}": row for name, row in self.gradient_rows(run).items()}
        return {"moving_x": Row("x", run.value("x"), "value"), **gradients}

    def run_at(self, x: float) -> Run:
        """Return the chain at another x, on its way."""
        return self.run.but(x=Moving("moving_x", x))

    @cached_property
    def share(self) -> float:
        """How much of its way x moves: no slope on it is 0 or has another sign than at the clip's own x.

        Nor does a gradient grow so much that the train, at the scale of then, would be too small to be seen before.
        Where decades show the gradients x stays: their bars would not be seen to follow.
        """
        if self.move_to == self.x or self.is_wide:
            return 0.0
        way = np.linspace(self.x, self.move_to, MOVE_POINTS).tolist()
        good = next((i for i, x in enumerate(way) if self._jumps_at(x)), MOVE_POINTS)
        return (good - 1) * STRETCHES // (MOVE_POINTS - 1) / STRETCHES if good else 0.0

    @property
    def end(self) -> Term:
        """Where x moves, at the end."""
        start, end = self.given("x"), self.given("move_to")
        return end if self.share == 1.0 else start + (end - start) * Constant(self.share)

    @property
    def moves(self) -> bool:
        """Whether x moves."""
        return self.share > 0.0

    @property
    def way(self) -> list[float]:
        """Every x on the way at which it is tried whether all fits: the clip's own alone, where it stays."""
        return np.linspace(self.x, number(self.end), MOVE_POINTS).tolist() if self.moves else [self.x]

    @property
    def felt(self) -> Mapping[int, str]:
        """Keys of what is said of gears, by their places: which feels most and which least, and which end does not.

        Of more than two that feel the same nothing is said; nor where decades show them.
        """
        if self.is_wide:
            return {}
        sizes = [abs(delta) for delta in self.deltas]
        found = {len(sizes) - 1: "not_most"} if sizes[-1] < max(sizes) else {}
        found |= {0: "not_least"} if sizes[0] > min(sizes) else {}
        return found | _ends(sizes)

    @property
    def felt_at_end(self) -> Mapping[int, str]:
        """Keys of what is said of gears when x has moved, by their places: which then feels most and which least."""
        return _ends([abs(delta) for delta in self.deltas_of(self.run.but(x=self.end))])

    def moments(self) -> Iterator[Run]:
        """Yield the chain at each x on its way."""
        yield from map(self.run_at, self.way)

    def tallest(self, deltas: Deltas) -> float:
        """Return the largest scale with which gears and the bars under them fit; where decades show them, gears."""
        alone, over_bars = (TALLEST_OF_MANY, TALLEST) if self.has_much_under else (TALLEST, self.largest)
        largest = float(np.abs(deltas).max())
        return alone / largest if self.is_wide else min(over_bars / largest, self._with_bars)

    @cached_property
    def has_much_under(self) -> bool:
        """Whether there are so many numbers under the train that it is smaller.

        Of a somewhat shorter chain, or of one whose steps are all alike, only where the sentence over it is high.
        """
        many = len(self.slopes) > LONG and len(set(self.stages)) > 1
        return many or (len(self.nodes) >= LONG and over_a_line(dict(self)["words"]) > 0)

    @cached_property
    def _with_bars(self) -> float:
        """The largest scale with which gears and the bars under them fit on the whole way of x."""
        rows = np.array([self.deltas_of(run) for run in self.moments()])
        sizes, up, down = (each.max(axis=0) for each in (np.abs(rows), np.maximum(rows, 0.0), np.maximum(-rows, 0.0)))
        largest, deepest = float(sizes.max()), float(down.max())
        under = [(size + bar, OVER if hangs else 0.0) for size, bar, hangs in zip(sizes, up, down, strict=True)]
        needs = (
            (largest + far + low, ROUND + over + n) for far, over in under for low, n in ((deepest, 0.0), (0.0, NAMED))
        )
        return float(min((ROOM - labels) / lengths for lengths, labels in needs))

    def rolling(self, x: float) -> Mapping[str, WheelPlan]:
        """Return the wheels of the train at another x, without teeth, by the names `plain_...`.

        Raises
        ------
        DoesNotFit
            They have no room on one line.
        """
        deltas, slopes = self.deltas_of(self.run_at(x)), self.slopes_of(self.run_at(x))
        wheels = roll_out(deltas, slopes, self.unit, **self.room(deltas, slopes))
        return plain_plans(wheels, self.nodes, scale=self.scales()["scale"], prefix="plain_", moving="moving_")

    def _faults(self) -> Iterator[Problem]:
        """Yield what does not fit: the scale that has room all the way."""
        tight = [*self._rooms_that_lack(), *super()._faults()]
        yield from tight[:1]

    def _jumps_at(self, x: float) -> bool:
        """Return whether a slope is 0 at an x, has another sign than at the clip's own, or cannot be computed.

        Or whether a gradient is many times as large as all of the clip's own.
        """
        try:
            run = self.run_at(x)
            slopes, deltas = self.slopes_of(run), self.deltas_of(run)
        except CoreError:
            return True
        if max(map(abs, deltas)) > GROWS * max(map(abs, self.deltas)):
            return True
        return any(now * before <= 0 for now, before in zip(slopes, self.slopes, strict=True))

    def _rooms_that_lack(self) -> Iterator[Problem]:
        """Yield the x on the way at which the train is longest, if it has no room there."""
        lacking = list[tuple[float, float, str]]()
        for x in self.way if self.moves else []:
            try:
                self.rolling(x)
            except NoRoom as error:
                lacking.append((error.scale if isinstance(error, DoesNotFit) else 0.0, x, self.told(error)))
        if lacking:
            _, x, told = min(lacking)
            kept = f"move_to {self.x!r} would leave x where it is"
            yield Problem(("scale",), f"while x moves to {self.move_to!r} ({kept}), at x = {x:.3g}, {told}")

    def scales(self) -> Mapping[str, Scale]:
        """Return the scales of radii, of pieces drawn larger, of pushes at a tooth, of dials and of areas.

        Where there is room an area is drawn in the scale of radii: the spoke that flies down keeps its length.
        """
        sides = [1.0, *(number(t) for _, i in self.spanned for t in self._sides(i))]
        left = ROOM - TEXTS - 2 * self.unit * max(map(abs, self.deltas))
        most = max(WIDEST[1], min(WIDEST[len(self.spanned) > 3], left))
        larger = {f"scale_{by}": Scale("scale", by * self.unit) for by in (10, 100)}
        small = round_below(most / max(map(abs, sides)), 2)
        return {
            **super().scales(),
            **larger,
            "tooth_scale": Scale("tooth_scale", min(self.tooth_scale, PUSH * self.idler(self.slopes, self.deltas))),
            "dial": Scale("half_turn", math.pi / number(self.half_turn)),
            "area": Scale("area", small),
            "large_area": Scale("large_area", max(self.unit, small)),
            "largest_area": Scale(
                "largest_area", max(self.unit, small, round_below(LARGEST / max(map(abs, sides)), 2))
            ),
        }

    def _sides(self, i: int) -> tuple[Term, Term]:
        """Return what goes into a mesh, and what comes back to it."""
        return self.run.value(self.nodes[i]), self.run.delta(self.nodes[i + 1])


def _ends(sizes: Sequence[float]) -> dict[int, str]:
    """Return the keys of the largest and the smallest, by their places; of more than two as large nothing is said."""
    if max(sizes) == min(sizes):
        return {}
    ends = ((max(sizes), "most"), (min(sizes), "least"))
    return {i: key for s, key in ends if sizes.count(s) <= SHARED for i, size in enumerate(sizes) if size == s}


def _steepest(function: str) -> Term:
    """Return the largest slope of a function."""
    alone = Run.of(Recipe.chain((function,), ("x", "y")), x=Constant(STEEPEST[function]))
    return abs(alone.slope("y"))
