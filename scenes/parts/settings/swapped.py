"""One network with several functions in the place of one: what each answers and passes back, here and elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Final

import numpy as np
import numpy.typing as npt
from pydantic import AfterValidator, Field

from core.errors import CoreError
from core.functions import FUNCTIONS
from scenes.parts.recipe.by_core import evaluate, is_computable, number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Recipe, Run, Step
from scenes.parts.recipe.terms import Constant, Grid, Term
from scenes.parts.settings.base import OneOf, SceneWords, Text, complaint
from scenes.parts.settings.fitting import fitted
from scenes.parts.settings.swept_chain import widened
from scenes.parts.settings.symbols import ratio, subscripted
from scenes.parts.theme import RING
from scenes.parts.type.by_hand import ByHand, product

__all__ = ["TALLEST", "Compared", "SwapWords", "Swapped"]


def _apart(names: tuple[str, ...]) -> tuple[str, ...]:
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise complaint(f"'{twice}' stands here twice; each function is compared with others")
    return names


Compared = Annotated[
    tuple[Annotated[str, OneOf(tuple(FUNCTIONS), "A function: h = f(z).")], ...], AfterValidator(_apart)
]
"""Functions that are compared with one another."""


class SwapWords(SceneWords):
    """What is said at the network and at the bars."""

    hole: Text = Field(description="On the gate whose function is swapped.")
    push: Text = Field(description="What the bracket beside the bars says: how tall a push of 1 is.")
    slope: Text = Field(description="Under a bar: the slope of a function.")
    into: Text = Field(description="Under a bar: the push that comes in.")
    out: Text = Field(description="Under a bar: the push that is passed back.")
    now: Text = Field(description="Under a bar: that of the place where x is now.")
    before: Text = Field(description="Under a bar: that of the place where x was before.")
    nudged: Text = Field(description="Before how much the loss changes when x is nudged.")


Range = tuple[float, float]
TALLEST: Final = 1.4
"""Of all bars, from the top of those that stand to the tip of those that hang, in frame units."""

_MANY, _LONG = 5, 1e5  # functions, and a number with a power of ten
_TALLEST_OF_MANY: Final = 0.7  # of all bars, where there are so many functions with such numbers
_POINTS: Final = 201  # of a curve
_RUN: Final = 1.1  # left of the lower place: the run of a slope, and a little
_AFTER: Final = 0.8  # right of the higher one
_SHARES: Final = (1.0, 0.5, 0.25, 0.1, 0.03, 0.01, 0.0)  # of both, as far as a function can be computed
_ROOM: Final = 0.06  # over and under all curves, as a share of them
_FLATTEST: Final = 0.75  # of a plot: its height by its width
_TALLEST: Final = 2.0  # a plot that would be taller has a scale of its own on each axis


@dataclass(frozen=True)
class Swapped:
    """Runs that differ in one step alone, each at its own input and with the input somewhere else.

    Of the run number i the quantities are, with ``other_`` before them where the input is somewhere else: ``h_i``,
    ``y_i``, ``slope_i``, ``in_i`` and ``out_i``, the pushes that come to it and that it passes back, and ``dL_dy_i``
    and ``dL_dx_i``, those at the ends; ``error_i`` is ``dL_dy_i`` after how it follows.

    Attributes
    ----------
    runs
        The same network with each of the functions.
    nodes
        The input, what goes into the step, what it makes, and the answer.
    other
        Where else the input goes.
    step
        How far it is nudged.
    pushes
        Whether the pushes of all functions are told, at both inputs; else those of one of them (``odd``) at the first.
    rule
        How the slope of the loss follows, in Typst math.
    """

    runs: tuple[Run, ...]
    nodes: tuple[str, str, str, str]
    other: Term
    step: Term
    pushes: bool
    rule: str

    def at(self, run: Run, x: Term) -> Run:
        """Return a run with its input at another place."""
        return run.but(**{self.nodes[0]: x})

    @cached_property
    def places(self) -> Mapping[str, tuple[Run, ...]]:
        """The runs at both inputs, by what stands before the names of their quantities."""
        return {"": self.runs, "other_": tuple(self.at(run, self.other) for run in self.runs)}

    def rows(self) -> dict[str, Row]:
        """Return what each run answers and passes back at both inputs, both inputs, and the curves."""
        rows: dict[str, Row] = {}
        for before, runs in self.places.items():
            x, z, *_ = self.nodes
            rows[f"{before}x"] = Row(subscripted(x), runs[0].input(x), typed=True)
            rows[f"{before}z"] = Row(subscripted(z), runs[0].value(z))
            for i, run in enumerate(runs):
                rows |= {f"{before}{name}_{i}": row for name, row in self._answers(run).items()}
        return rows | self._told() | self._curve_rows() | self.follow(self.runs[0].input(self.nodes[0]))

    def _answers(self, run: Run) -> dict[str, Row]:
        x, z, h, y = self.nodes
        return {
            "h": Row(subscripted(h), run.value(h)),
            "y": Row(subscripted(y), run.value(y)),
            "slope": Row(ratio(subscripted(h), subscripted(z)), run.slope(h), "ink"),
            "in": Row(ratio("L", subscripted(h)), run.delta(h), "gradient"),
            "out": Row(ratio("L", subscripted(z)), run.delta(z), "gradient"),
            "error": Row(self.rule, run.delta(y), "gradient"),
            "dL_dy": Row(ratio("L", subscripted(y)), run.delta(y), "gradient"),
            "dL_dx": Row(ratio("L", subscripted(x)), run.delta(x), "gradient"),
        }

    def follow(self, x: Term) -> dict[str, Row]:
        """Return what follows the input: itself, what goes into the step, and what each function makes of it."""
        at, z, h, _ = self.nodes
        rows = {"now_x": Row(subscripted(at), x)}
        rows["now_z"] = Row(subscripted(z), self.at(self.runs[0], x).value(z))
        made = (self.at(run, x).value(h) for run in self.runs)
        return rows | {f"now_h_{i}": Row(subscripted(h), term) for i, term in enumerate(made)}

    def by_hand(self) -> Iterator[ByHand]:
        """Yield the sums that a viewer can do over: slope times what comes in, of those that are told with both."""
        odd = self.told["odd"]
        for before in self.places if self.pushes else ("",):
            for i in range(len(self.runs)) if self.pushes else (odd,):
                yield product(f"{before}out_{i}", f"{before}slope_{i}", f"{before}in_{i}")
        yield product(f"in_{odd}", "w2", f"dL_dy_{odd}")
        yield product(f"dL_dx_{odd}", "w1", f"out_{odd}")
        yield product("nudged", f"dL_dx_{odd}", "nudge")

    # -- which passes most --------------------------------------------------------------------------------------------

    @cached_property
    def slopes(self) -> Mapping[str, tuple[float, ...]]:
        """The slope of each function at both inputs."""
        return {key: tuple(number(r.slope(self.nodes[2])) for r in runs) for key, runs in self.places.items()}

    @cached_property
    def told(self) -> Mapping[str, int]:
        """Which functions words speak of, by their number.

        ``most`` passes most of a push, ``most_then`` does so with the input somewhere else, and ``odd`` is the one
        whose slope is farthest from what it answers; ``back`` and ``back_then`` pass most back of what comes in.
        """
        here, there = ([abs(slope) for slope in slopes] for slopes in self.slopes.values())
        answers = [number(run.value(self.nodes[2])) for run in self.runs]
        apart = [abs(a - s) for a, s in zip(answers, self.slopes[""], strict=True)]
        back, then = ([abs(number(r.delta(self.nodes[1]))) for r in runs] for runs in self.places.values())
        found = {"most": here, "most_then": there, "odd": apart, "back": back, "back_then": then}
        return {name: values.index(max(values)) for name, values in found.items()}

    @cached_property
    def turned(self) -> tuple[int, ...]:
        """The functions whose answer is past the target with the input somewhere else, so that what comes in turns."""
        (_, _, h, y), runs = self.nodes, zip(*self.places.values(), strict=True)

        def turns(*pair: Run) -> bool:
            errors = [number(run.value(y)) - number(run.input("t")) for run in pair]
            return all(one * other < 0.0 for one, other in (errors, [number(run.delta(h)) for run in pair]))

        return tuple(i for i, pair in enumerate(runs) if turns(*pair))

    def _told(self) -> dict[str, Row]:
        """Return the numbers that words need: of the functions that they speak of."""
        (_, z, h, y), (here, there) = self.nodes, self.places.values()
        most, then, odd = (self.told[name] for name in ("most", "most_then", "odd"))
        terms = {
            "most_slope": here[most].slope(h),
            "most_later": there[most].slope(h),
            "then_slope": there[then].slope(h),
            "odd_slope": here[odd].slope(h),
        }
        rows = {name: Row("slope", term, "ink") for name, term in terms.items()}
        first, last = here[self.told["back"]].delta(z), there[self.told["back_then"]].delta(z)
        pushes = {"odd_in": here[odd].delta(h), "odd_out": here[odd].delta(z), "back_out": first, "then_out": last}
        rows |= {name: Row("push", term, "gradient") for name, term in pushes.items()}
        rows |= {"odd_y": Row(subscripted(y), here[odd].value(y)), "nudge": Row("Delta x", self.step, typed=True)}
        return {**rows, "odd_h": Row(subscripted(h), here[odd].value(h)), "nudged": self._nudged(here[odd])}

    def _nudged(self, run: Run) -> Row:
        """Return by how much a nudge of the input changes the loss."""
        after = self.at(run, run.input(self.nodes[0]) + self.step)
        return Row("Delta L", after.value("L") - run.value("L"), "loss")

    # -- bars ---------------------------------------------------------------------------------------------------------

    @cached_property
    def bars(self) -> Mapping[str, float]:
        """The numbers that are drawn as bars, by what a message calls them, and a push of 1."""
        h, z = self.nodes[2], self.nodes[1]
        terms: dict[str, Term] = {"a push of 1": Constant(1.0)}
        for i, run in enumerate(self.runs):
            terms[f"{h} of function {i + 1}"] = run.value(h)
        for where, runs in zip(("", " there"), self.places.values(), strict=True):
            for i, run in enumerate(runs):
                kinds = {"slope": run.slope(h), "push in": run.delta(h), "push out": run.delta(z)}
                terms |= {f"the {kind} of function {i + 1}{where}": term for kind, term in kinds.items()}
        return {name: number(term) for name, term in terms.items()}

    def scale(self) -> float:
        """Return the largest round scale with which the bars that stand and those that hang have room, told or not.

        Where lines of long numbers are stacked over the bars of many functions, that is less.
        """
        span = max(self.bars.values()) - min(0.0, *self.bars.values())
        is_full = self.pushes and len(self.runs) >= _MANY and span >= _LONG
        return fitted(_TALLEST_OF_MANY if is_full else TALLEST, [span])

    def hanging(self, per_unit: float) -> float:
        """Return how far the lowest bar that is told hangs under the baseline, or the ring of one that is exactly 0."""
        odd = f"of function {self.told['odd'] + 1}"
        told = [n for name, n in self.bars.items() if self.pushes or " push " not in name or name.endswith(odd)]
        return max(RING[0] if 0.0 in told else 0.0, -per_unit * min(0.0, *told))

    # -- curves -------------------------------------------------------------------------------------------------------

    @cached_property
    def curves(self) -> tuple[Run, ...]:
        """The step alone with each function, along all that it takes on both ways, and past that as far as it can."""
        return tuple(self._curve(run) for run in self.runs)

    def _curve(self, run: Run) -> Run:
        _, z, h, _ = self.nodes
        steps = Step("at", "identity", (z,)), Step(h, run.recipe.step(h).does, ("at",))
        for share in _SHARES:
            found = Run.of(Recipe(steps), **{z: self._along(share)})
            if is_computable(found.value(h)):
                return found
        low, high = min(self._inputs), max(self._inputs)
        raise CoreError(f"{steps[1].does} is not defined at all of {z} = {low:.4g} to {high:.4g}")

    def _along(self, share: float) -> Grid:
        """Return all that goes into the step on both ways, with a share of what is shown beyond."""
        zs = self._inputs
        low, high = min(zs) - share * _RUN, max(zs) + share * _AFTER
        also = (*zs, *([0.0] if low < 0.0 < high else []))
        return Grid(Constant(low), Constant(high), _POINTS, tuple(dict.fromkeys(also)))

    @cached_property
    def _inputs(self) -> tuple[float, ...]:
        return tuple(number(runs[0].value(self.nodes[1])) for runs in self.places.values())

    def _curve_rows(self) -> dict[str, Row]:
        (_, z, h, _), curves = self.nodes, dict(enumerate(self.curves))
        rows = {f"curve_z_{i}": Row(subscripted(z), each.input(z)) for i, each in curves.items()}
        return rows | {f"curve_{i}": Row(subscripted(h), each.value(h)) for i, each in curves.items()}

    def ranges(self) -> dict[str, Range]:
        """Return the ranges of the axes that all plots share, of one unit where no plot gets too tall for it."""
        zs, ys = self._inputs, np.concatenate(list(self._heights()))
        low, high = float(ys.min()), float(ys.max())
        more = (high - low) * _ROOM or 1.0
        across, up = (min(zs) - _RUN, max(zs) + _AFTER), (low - more, high + more)
        wide, tall = across[1] - across[0], up[1] - up[0]
        if tall < _FLATTEST * wide:
            up = widened(up, _FLATTEST * wide)
        elif wide < tall <= _TALLEST * wide:
            across = widened(across, tall)
        return {"swapped_x": across, "swapped_y": up}

    def _heights(self) -> Iterator[npt.NDArray[np.float64]]:
        """Yield how high the curves go, and the corners of the triangles of their slopes."""
        h = self.nodes[2]
        for each in self.curves:
            yield evaluate(each.value(h))
        for runs in self.places.values():
            yield np.array([number(run.value(h)) - number(run.slope(h)) for run in runs])
