"""Losses that judge one chain: what each says of its answer, how hard it pushes, and what the chain learns from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from scenes.parts.recipe.by_core import evaluate, is_computable, number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Recipe, Run, Step
from scenes.parts.recipe.terms import Along, Constant, Grid, Moving, Term
from scenes.parts.settings.base import Swept
from scenes.parts.settings.descent import Descent
from scenes.parts.settings.faults import Problem
from scenes.parts.settings.graphs import REACHES, SLOPE_FORMULAS, graph_ranges, graph_rows, law_of, slope_formula
from scenes.parts.settings.network import Range, around
from scenes.parts.settings.swept_chain import widened
from scenes.parts.settings.symbols import ratio, slope, subscripted
from scenes.parts.type.by_hand import ByHand, product

__all__ = ["Judges"]

POINTS: Final = 241  # of a curve
SIDES: Final = ("below", "on", "above")
"""Where a loss with a kink is asked for its push: below its target, on it, and above."""

KINKED: Final = frozenset({"absolute_error"})
"""Losses that have a kink at their target."""

PUSHES: Final[Mapping[str, str]] = {
    "half_squared_error": "{y} - t",
    "squared_error": "2 ({y} - t)",
    "absolute_error": 'op("sign")({y} - t)',
    "binary_cross_entropy": "({y} - t)\\/({y} (1 - {y}))",
    "binary_cross_entropy_with_logits": "p - t",
}
"""How the slope of a loss follows from the answer {y}, or the chance p that it is read as, and t; in Typst math."""

QUOTIENTS: Final[Mapping[tuple[str, str], str]] = {
    ("half_squared_error", "absolute_error"): "|{y} - t|",
    ("half_squared_error", "binary_cross_entropy"): "{y} (1 - {y})",
}
"""What the slope of a loss is, divided by that of another, where that has a simple form; in Typst math."""

LAWS: Final[Mapping[str, str]] = {
    "half_squared_error": "inline(1/2) ({y} - t)^2",
    "squared_error": "({y} - t)^2",
    "absolute_error": "|{y} - t|",
}
"""How a loss follows from the answer {y} and the target t; in Typst math."""

CHANCES: Final[Mapping[str, str]] = {"binary_cross_entropy": "{y}", "binary_cross_entropy_with_logits": "p"}
"""The chance that a loss reads: it is short to write where the truth is 0 or 1."""

NUDGE: Final = Constant(0.001)
"""So far the answer is nudged: the second way to a slope."""

_BEFORE: Final = 0.04  # of the steps, before the first
_UNDER: Final = 0.1  # of the highest loss, under 0: so a dot on the axis is apart from one on a curve
_FLAT, _FAR = 0.1, 10.0  # a slope under which a function is flat; an input up to which its graph may show 0
_STEEPER: Final = 4.0  # than it is a slope may look on its graph
_SHARES: Final = (1.0, 0.5, 0.25, 0.1, 0.03, 0.01, 0.0)  # of what lies beyond the way of a value, up to its axis's end
_BESIDE: Final = 0.25  # of a value over which losses are drawn: so far beyond it, if it is not the answer
_ROOM: Final = 0.06  # of an axis, beyond what stands on it, as a share of that


@dataclass(frozen=True)
class Judges:
    """Runs of one chain that differ in their losses alone; names end in ``_0``, ``_1`` and so on, a loss each.

    Attributes
    ----------
    nodes
        The values of the chain, first to last; the last is its answer.
    over
        The value over which the losses are drawn: the answer, or one before it.
    times
        So many times as far from the target, or from 0 if ``over`` is not the answer, it is slid.
    """

    runs: tuple[Run, ...]
    nodes: tuple[str, ...]
    over: str
    times: Term

    @property
    def losses(self) -> tuple[str, ...]:
        """The names of the losses."""
        return tuple(run.recipe.steps[-1].does for run in self.runs)

    @property
    def is_answer(self) -> bool:
        """Whether the losses are drawn over the answer: then it has a target on their axis."""
        return self.over == self.nodes[-1]

    def at(self, i: int, value: Term) -> Run:
        """Return what comes behind ``over`` alone, up to the loss, at another value of it."""
        steps, run = self.runs[i].recipe.steps, self.runs[i]
        behind = steps[[step.node for step in steps].index(self.over) + 1 :]
        alone = Recipe((Step(self.over, "identity", ("at",)), *behind))
        others = {name: term for name, term in run.inputs if any(name in (*s.takes, *s.weights) for s in behind)}
        return Run.of(alone, **others, at=value)

    @cached_property
    def places(self) -> Mapping[str, Term]:
        """Where the answer stands: as it is, slid, and, if a loss has a kink, on both sides of it, and on it."""
        here = self.runs[0].value(self.over)
        origin = self.runs[0].input("t") if self.is_answer else Constant(0.0)
        found = {"": here, "slid_": origin + self.times * (here - origin)}
        if self.kinked:
            side, other = ("below_", "above_") if number(here) < number(origin) else ("above_", "below_")
            found |= {side: found["slid_"], "on_": origin, other: origin + origin - here}
        return found

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides of a kink in the order of the answer's way: where it has slid, beyond, on it."""
        return (
            ("below", "above", "on")
            if number(self.places["slid_"]) < number(self.places["on_"])
            else ("above", "below", "on")
        )

    @property
    def kinked(self) -> tuple[int, ...]:
        """Which losses have a kink, if that is to be seen."""
        found = tuple(i for i, loss in enumerate(self.losses) if loss in KINKED)
        off = number(self.runs[0].value(self.over)) - number(self.runs[0].input("t"))
        return found if self.is_answer and off else ()

    # -- rows ---------------------------------------------------------------------------------------------------------

    def rows(self) -> dict[str, Row]:
        """Return all that stands still: values, gradients, pushes at every place, curves, and quotients."""
        rows, answer = {**self._chain_rows(), **self._curve_rows()}, self.nodes[-1]
        for key, place in self.places.items():
            rows[f"{key}{self.over}"] = Row(subscripted(self.over), place)
            off = self.at(0, place).value(answer) - self.runs[0].input("t")
            rows[f"{key}miss"] = Row(f"{answer} - t", off, "loss")
            for i in range(len(self.runs)):
                run = self.at(i, place)
                rows[f"{key}push_{i}"] = Row(self.law(i), run.delta(self.over), "gradient")
                rows[f"{key}L_{i}"] = Row("L", run.value("L"), "loss")
        for i, run in enumerate(self.runs):
            here = run.value(self.over)
            rows[f"law_{i}"] = Row(self._law(i), run.delta(self.over), "gradient")
            if says := self.says(i):
                rows[f"loss_law_{i}"] = Row(says, run.value("L"), "loss")
            rows[f"tempt_{i}"] = Row(self.law(i), self.times * run.delta(self.over), "quiet")
            rows[f"nudged_{i}"] = Row("Delta L", self.at(i, here + NUDGE).value("L") - run.value("L"), "loss")
        rows["no_push"] = Row("0", Constant(0.0) * Constant(1.0), "quiet", typed=True)
        rows["nudge"] = Row("Delta y", NUDGE * Constant(1.0), "ink", typed=True)
        for side, sign in zip(SIDES, "<=>", strict=True) if self.kinked else ():
            rows[f"side_{side}"] = Row(f"{self.over} {sign} t", self.places[f"{side}_"])
            rows |= {f"{side}_push": rows[f"{side}_push_{i}"] for i in self.kinked}
        return rows | self._quotients()

    def law(self, i: int) -> str:
        """Return how the push on ``over`` follows, in Typst math: from the answer, or else by its name."""
        return PUSHES[self.losses[i]].format(y=self.over) if self.is_answer else ratio("L", subscripted(self.over))

    def _law(self, i: int) -> str:
        """Return the same behind its name."""
        name = ratio("L", subscripted(self.over))
        return f"{name} = {self.law(i)}" if self.is_answer else name

    def says(self, i: int) -> str:
        """Return how a loss follows from the answer, in Typst math; nothing where no short line says it."""
        loss, answer = self.losses[i], self.nodes[-1]
        if loss not in CHANCES:
            return LAWS.get(loss, "").format(y=answer)
        chance = CHANCES[loss].format(y=answer)
        return {1.0: f"-ln {chance}", 0.0: f"-ln(1 - {chance})"}.get(number(self.runs[i].input("t")), "")

    @property
    def weights(self) -> tuple[str, ...]:
        """The names of the weights."""
        return self.runs[0].recipe.weights

    @property
    def functions(self) -> tuple[str, ...]:
        """The values that a function makes, not a weight."""
        return tuple(step.node for step in self.runs[0].recipe.steps[:-1] if not step.weights)

    def _reach(self, node: str) -> float:
        """Return how far the graph of a function reaches: where it is flat, past 0, to show that it is not so there."""
        run = self.runs[0]
        here = abs(number(run.value(run.recipe.step(node).takes[0])))
        is_flat = abs(number(run.slope(node))) < _FLAT
        return max(REACHES[0], (1.0 + _BESIDE) * here if is_flat and here < _FAR else 0.0)

    def _chain_rows(self) -> dict[str, Row]:
        run, first = self.runs[0], self.nodes[0]
        rows = {first: Row(subscripted(first), run.input(first), typed=True)}
        rows |= {w: Row(subscripted(w), run.input(w), "weight", typed=True) for w in self.weights}
        rows |= {name: Row(subscripted(name), run.value(name)) for name in self.nodes[1:]}
        rows |= {f"law_{name}": Row(law_of(run, name), run.value(name)) for name in self.nodes[1:]}
        rows["target"] = Row("t", run.input("t"), "ink", typed=True)
        for step in run.recipe.steps[:-1]:
            rows[f"local_{step.node}"] = Row(slope(step.node, step.takes[0]), run.slope(step.node), "ink")
            if step.node in self.functions:
                rows |= graph_rows(run, step.node, reach=self._reach(step.node))
                rows.pop(f"rule_{step.node}")
            if "{" in SLOPE_FORMULAS.get(step.does, ""):
                rows[f"rule_{step.node}"] = Row(slope_formula(run, step.node), run.slope(step.node), "ink")
        for i, each in enumerate(self.runs):
            for name, term in self.gradients(each).items():
                rows[f"dL_d{name}_{i}"] = Row(ratio("L", subscripted(name)), term, "gradient")
        answer = self.nodes[-1]
        for i, each in enumerate(self.runs):
            law = PUSHES[self.losses[i]].format(y=answer)
            rows[f"first_{i}"] = Row(law, each.delta(answer), "gradient")
        return rows

    def gradients(self, run: Run) -> dict[str, Term]:
        """Return the gradient of each value, the answer's first, and of each weight."""
        found = {name: run.delta(name) for name in reversed(self.nodes)}
        return found | {w: run.grad(w) for w in self.weights}

    def lines(self) -> dict[str, tuple[str, str]]:
        """Return how each gradient follows, the answer's first: what is multiplied, and the value whose push that is.

        A push is multiplied by the slope of its gate, a weight if the gate is one; that of a weight by what went in, of
        a bias by nothing.
        """
        answer, steps = self.nodes[-1], self.runs[0].recipe.steps[:-1]
        found = {answer: ("", "")}
        for step in reversed(steps):
            found[step.takes[0]] = (step.weights[0] if step.weights else f"local_{step.node}", step.node)
        for step in steps:
            found |= {w: (step.takes[0] * (i == 0), step.node) for i, w in enumerate(step.weights)}
        return found

    def _curve_rows(self) -> dict[str, Row]:
        rows: dict[str, Row] = {}
        for i, grid in enumerate(self._grids):
            rows[f"curve_at_{i}"] = Row(subscripted(self.over), grid)
            rows[f"curve_{i}"] = Row("L", self.at(i, grid).value("L"), "loss")
        return rows

    def _quotients(self) -> dict[str, Row]:
        """Return the first loss's gradients divided by the second's, of each that is not 0: ``quotient_w1``.

        That of the answer is ``quotient`` as well.
        """
        pairs = zip(*(self.gradients(run).items() for run in self.runs[:2]), strict=True)
        law = QUOTIENTS.get((self.losses[0], self.losses[1]), "").format(y=self.nodes[-1])
        found = {f"quotient_{name}": Row(law, one / other, "ink") for (name, one), (_, other) in pairs if number(other)}
        of_answer = found.get(f"quotient_{self.nodes[-1]}")
        return found | ({"quotient": of_answer} if of_answer else {})

    @property
    def has_quotients(self) -> bool:
        """Whether one loss's gradients can be divided by the other's."""
        return bool(self._quotients())

    def by_hand(self) -> Iterator[ByHand]:
        """Yield the sums that a viewer can do over: each line by hand but that of the data, and the nudges."""
        for i in range(len(self.runs)):
            for name, (factor, push) in self.lines().items():
                if factor and name != self.nodes[0]:  # of the data nothing is learned: its line may bear ≈
                    yield product(f"dL_d{name}_{i}", factor, f"dL_d{push}_{i}")
            if self.is_answer:
                yield product(f"nudged_{i}", f"push_{i}", "nudge")

    # -- the answer slides --------------------------------------------------------------------------------------------

    def follow(self, value: Term) -> dict[str, Row]:
        """Return what follows when the value over which the losses are drawn moves."""
        answer, rows = self.nodes[-1], {"now_over": Row(subscripted(self.over), value)}
        off = self.at(0, value).value(answer) - self.runs[0].input("t")
        rows["now_miss"] = Row(f"{answer} - t", off, "loss")
        for i in range(len(self.runs)):
            run = self.at(i, value)
            rows[f"now_L_{i}"] = Row("L", run.value("L"), "loss")
            rows[f"now_push_{i}"] = Row(self.law(i), run.delta(self.over), "gradient")
        return rows

    def follow_at_rest(self) -> dict[str, Row]:
        """Return the same where it stands."""
        return self.follow(Moving("now_over", number(self.places[""])))

    def sweep(self) -> Swept:
        """Return the sweep that slides it."""
        low, high = self.reach
        return Swept("now_over", low, high, self.follow)

    @cached_property
    def reach(self) -> Range:
        """The range of the axis over which losses are drawn: wherever the value slides, and what lies beside that.

        Over the answer all bars lie on it as well, from the target on; else they have an axis of their own.
        """
        here, target = number(self.places[""]), number(self.runs[0].input("t"))
        found = [number(place) for place in self.places.values()]
        if not self.is_answer:
            return around([0.0, *found, here + _BESIDE * here], _ROOM)
        found += [target + bar for bar in (0.0, *self._bars)]
        found.append(2.0 * target - here)  # as far on the other side, and where a run of 1 begins
        found += [here - 1.0] * (max(found) - min(found) >= 1.0)
        return around(found, _ROOM)

    @cached_property
    def _bars(self) -> list[float]:
        """How long the bars of the error and of the pushes are, wherever the value slides."""
        found = list[float]()
        for place in self.places.values():
            found += [number(self.at(i, place).delta(self.over)) for i in range(len(self.runs))]
            found.append(number(self.at(0, place).value(self.nodes[-1]) - self.runs[0].input("t")))
        return found

    @cached_property
    def _grids(self) -> tuple[Grid, ...]:
        """Where each loss is drawn: along the whole axis or, beyond where the value slides, as far as it can be."""
        return tuple(self._grid(i) for i in range(len(self.runs)))

    def _grid(self, i: int) -> Grid:
        places = [number(place) for place in self.places.values()]
        (left, right), low, high = self.reach, min(places), max(places)
        target = number(self.runs[0].input("t"))

        def grid(before: float, behind: float) -> Grid:
            ends = low + before * (left - low), high + behind * (right - high)
            kink = (target,) if self.is_answer and ends[0] <= target <= ends[1] else ()
            return Grid(Constant(ends[0]), Constant(ends[1]), POINTS, kink)

        def far(*ways: tuple[float, float]) -> tuple[float, float]:
            return next((way for way in ways if is_computable(self.at(i, grid(*way)).value("L"))), ways[-1])

        before, _ = far(*((share, 0.0) for share in _SHARES))
        return grid(*far(*((before, share) for share in _SHARES)))

    @cached_property
    def highest(self) -> float:
        """The highest loss that is drawn."""
        return max(float(evaluate(self.at(i, grid).value("L")).max()) for i, grid in enumerate(self._grids)) or 1.0

    def ranges(self) -> dict[str, Range]:
        """Return the ranges of both axes, ``over`` and ``L``, of that of the bars, ``bars``, and of the graphs."""
        found = {"over": self.reach, "L": (-_UNDER * self.highest, self.highest * (1.0 + _ROOM))}
        for node in self.functions:
            found |= graph_ranges(self.runs[0], [node], self._reach(node))
            (left, right), up = found[f"{node}_x"], found[f"{node}_y"]
            found[f"{node}_y"] = widened(up, max(up[1] - up[0], (right - left) / _STEEPER))
        return found | {"bars": around([0.0, *self._bars], _ROOM)}

    def problems(self) -> Iterator[Problem]:
        """Yield which loss cannot be computed wherever the answer slides."""
        places = [number(place) for place in self.places.values()]
        for (i, loss), grid in zip(enumerate(self.losses), self._grids, strict=True):
            if not is_computable(self.at(i, grid).value("L")):
                way = f"{self.over} = {min(places):.4g} to {max(places):.4g}"
                yield Problem(("losses", i), f"'{loss}' cannot be computed from {way}, where the answer slides")

    # -- the chain learns ---------------------------------------------------------------------------------------------

    def learn(self, rate: Term, steps: int) -> tuple[Descent, ...]:
        """Return the steps that the chain takes by each loss, at one rate."""
        return tuple(Descent(run, rate, steps) for run in self.runs)

    def learned_rows(self, ways: tuple[Descent, ...]) -> dict[str, Row]:
        """Return the answer along the steps, ``way_0`` over ``steps_0``, its target, and where it ends.

        There, ``off_0`` is how far off it is, with a line from it to the target, and ``last_push_0`` the push.
        """
        answer, target, rows = self.nodes[-1], self.runs[0].input("t"), dict[str, Row]()
        for i, way in enumerate(ways):
            rows[f"way_{i}"] = Row(answer, way.along(lambda run: run.value(answer)))
            rows[f"steps_{i}"] = Row("k", way.steps, "quiet", typed=True)
            end, last = way.at(way.last), way.step(way.last)
            rows[f"then_{i}"] = Row(answer, end.value(answer))
            rows[f"then_over_{i}"] = Row(subscripted(self.over), end.value(self.over))
            rows[f"then_L_{i}"] = Row("L", end.value("L"), "loss")
            rows[f"off_{i}"] = Row(f"{answer} - t", end.value(answer) - target, "loss")
            rows[f"off_line_{i}"] = Row(answer, Along((end.value(answer), target)), "loss")
            rows[f"off_at_{i}"] = Row("k", Along((last, last)), "quiet")
            rows[f"last_push_{i}"] = Row(self._law(i), end.delta(self.over), "gradient")
        low, high = _step_range(ways)
        rows["aim"] = Row("t", Along((target, target)), "ink")
        rows["aim_steps"] = Row("k", Grid(Constant(low), Constant(high), 2), "quiet")
        return rows | {"now_step": Row("k", Moving("now_step", 0.0), "quiet")}

    def learned_ranges(self, ways: tuple[Descent, ...]) -> dict[str, Range]:
        """Return the ranges of the steps and of the answer along them."""
        found = [
            value for i in range(len(ways)) for value in evaluate(self.learned_rows(ways)[f"way_{i}"].term).tolist()
        ]
        return {"steps": _step_range(ways), "learned": around([*found, number(self.runs[0].input("t"))], 0.1)}


def _step_range(ways: tuple[Descent, ...]) -> Range:
    """Return the range of the steps: it begins a little before 0, so that nothing stands on the upright axis."""
    return -_BEFORE * ways[0].most, float(ways[0].most)
