"""Recipes of every form, with numbers in them, for tests that compare two engines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

from core.functions import FUNCTIONS
from core.functions import LOSSES as CORE_LOSSES
from scenes.parts.recipe.recipe import JOINS, Recipe, Run, Step
from scenes.parts.recipe.terms import Given, Term, given

LOSSES = [name for name in CORE_LOSSES if name != "softmax_cross_entropy"]
MIXING = ("dense", "softmax")
WORKED = Recipe.chain(("w1", "tanh", "w2"), "xzhy", ("w1", "w2"), "half_squared_error")
NUMBERS = {"x": 1.0, "w1": 1.2, "w2": -0.8, "t": 0.5}

Draw = Callable[[st.SearchStrategy[Any]], Any]
reals = st.one_of(
    st.sampled_from([0.0, 1.0, -1.0, 2.0, 0.5]), st.floats(-3, 3), st.floats(-3, 3).map(lambda x: round(x, 2))
)
shares = st.one_of(st.sampled_from([0.0, 0.25, 1.0]), st.floats(0, 1))


class Lesson(dict[str, Any]):
    """Settings, for tests: of the module of settings, as `given` wants them."""


Lesson.__module__ = "scenes.parts.settings.lesson"


def stated(name: str, number: npt.ArrayLike) -> Given:
    """A number of the settings, or an array of them."""
    return given(Lesson({name: np.asarray(number, dtype=np.float64).tolist()}), name)


def run_of(recipe: Recipe, **numbers: npt.ArrayLike) -> Run:
    """A run of a recipe with these numbers."""
    return Run.of(recipe, **{name: stated(name, number) for name, number in numbers.items()})


def worked() -> Run:
    """The worked example."""
    return run_of(WORKED, **NUMBERS)


def readings(run: Run) -> Iterator[Term]:
    """Everything that can be read of a run."""
    recipe, last = run.recipe, run.recipe.steps[-1]
    steps = recipe.steps if last.does in CORE_LOSSES else (*recipe.steps, Step("L", "output", (last.node,)))
    for step in steps:
        sources = step.takes[:1] if step is steps[-1] else step.takes
        yield from (run.value(step.node), run.delta(step.node))
        for source in dict.fromkeys(sources):
            yield from (run.delta(source), run.share(source, step.node))
            if step.does not in MIXING and sources.count(source) == 1:
                yield run.slope(step.node, by=source)
        if step.does not in (*MIXING, "output") and len(sources) == 1:
            yield run.slope(step.node)
    for weight in recipe.weights:
        yield from (run.grad(weight), run.weight(weight))


@st.composite
def chains(draw: Draw) -> Run:
    """Up to twelve stages one after the other, a loss or none, a number or a sweep of some."""
    steps: list[Step] = []
    loss = draw(st.sampled_from([None, *LOSSES]))
    numbers: dict[str, Any] = {"x": draw(reals if loss else st.one_of(reals, st.lists(reals, min_size=2, max_size=3)))}
    for i in range(draw(st.integers(1, 12))):
        step = Step(f"h{i}", draw(st.sampled_from(["scale", *FUNCTIONS])), (f"h{i - 1}" if i else "x",))
        steps.append(_weighed(draw, step, numbers))
    return _ended(draw, steps, loss, numbers)


@st.composite
def graphs(draw: Draw) -> Run:
    """Values used more than once, or twice by one step, joins, sums under a function, weights that are shared."""
    steps: list[Step] = []
    numbers: dict[str, Any] = {"x": draw(reals), "u": draw(reals)}
    for i in range(draw(st.integers(2, 8))):
        there = st.sampled_from(["x", "u", *(step.node for step in steps)])
        does = draw(st.sampled_from(["scale", "scale", *JOINS, *JOINS, *FUNCTIONS]))
        takes = draw(st.lists(there, min_size=2 if does in JOINS else 1, max_size=2))
        shared = [step.weights for step in steps if step.weights]
        if does == "scale" and shared and draw(st.booleans()):
            steps.append(Step(f"h{i}", does, tuple(takes), draw(st.sampled_from(shared))))
        else:
            steps.append(_weighed(draw, Step(f"h{i}", does, tuple(takes)), numbers))
    return _ended(draw, steps, draw(st.sampled_from([None, *LOSSES])), numbers)


@st.composite
def nets(draw: Draw) -> Run:
    """Matrices, biases, functions and softmax for a vector or a batch, a residual edge, every loss, sum or mean."""
    samples, size = draw(st.sampled_from([None, 1, 2, 4])), draw(st.integers(1, 3))
    numbers: dict[str, Any] = {"x": _array(draw, samples, size)}
    steps: list[Step] = []
    for i in range(draw(st.integers(1, 4))):
        does = draw(st.sampled_from(["dense", "dense", "softmax", "scale", *FUNCTIONS])) if i else "dense"
        step = Step(f"h{i}", does, (f"h{i - 1}" if i else "x",))
        if does == "dense":
            out = draw(st.integers(1, 3))
            step = Step(*(step.node, does, step.takes), (f"w{i}", f"b{i}")[: draw(st.integers(1, 2))])
            numbers |= {f"w{i}": _array(draw, out, size), f"b{i}": _array(draw, None, out)}
            size = out
        steps.append(_weighed(draw, step, numbers))
    if draw(st.booleans()):
        node = steps[-1].node
        steps += [Step("r", "tanh", (node,)), Step("s", draw(st.sampled_from(["add", "sin", "product"])), (node, "r"))]
    loss = draw(st.sampled_from([*CORE_LOSSES, "softmax_cross_entropy", *([None] if size == 1 else [])]))
    if loss == "softmax_cross_entropy":
        numbers["t"] = _target(draw, samples, size)
    elif loss:
        numbers["t"] = _array(draw, samples, size, shares)
    steps += [Step("L", loss, (steps[-1].node, "t"))] if loss else []
    used = {name for step in steps for name in (*step.takes, *step.weights)}
    inputs = {name: number for name, number in numbers.items() if name in used}
    return run_of(Recipe(tuple(steps), draw(st.sampled_from(["sum", "mean"]))), **inputs)


def _weighed(draw: Draw, step: Step, numbers: dict[str, Any]) -> Step:
    """Give a scale a weight, and perhaps a bias."""
    if step.does != "scale":
        return step
    names = (f"w{step.node}", f"b{step.node}")[: draw(st.integers(1, 2))]
    numbers |= {name: draw(reals) for name in names}
    return Step(step.node, step.does, step.takes, names)


def _ended(draw: Draw, steps: list[Step], loss: str | None, numbers: dict[str, Any]) -> Run:
    if loss:
        steps.append(Step("L", loss, (steps[-1].node, "t")))
        numbers["t"] = draw(shares)
    return run_of(Recipe(tuple(steps)), **numbers)


def _array(draw: Draw, rows: int | None, size: int, of: st.SearchStrategy[float] = reals) -> list[Any]:
    row = st.lists(of, min_size=size, max_size=size)
    found: list[Any] = draw(row if rows is None else st.lists(row, min_size=rows, max_size=rows))
    return found


def _target(draw: Draw, samples: int | None, size: int) -> Any:
    """Labels, or a distribution."""
    if draw(st.booleans()):
        labels = draw(st.lists(st.integers(0, size - 1), min_size=samples or 1, max_size=samples or 1))
        return labels if samples else labels[0]
    rough = np.array(_array(draw, samples, size, st.floats(0.01, 1)))
    return rough / rough.sum(axis=-1, keepdims=True)
