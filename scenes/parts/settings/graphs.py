"""The graph of a step near the point where it is used: its quantities, and the ranges of its axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from core.errors import CoreError
from core.functions import LOSSES
from scenes.parts.recipe.by_core import evaluate, is_computable, number
from scenes.parts.recipe.quantity import Role, Row
from scenes.parts.recipe.recipe import Recipe, Run, Step
from scenes.parts.recipe.terms import Constant, Grid
from scenes.parts.settings.symbols import ratio, subscripted

__all__ = ["formula_rows", "graph", "graph_ranges", "graph_rows", "law_of", "slope_formula"]

POINTS: Final = 121  # of a graph
_NEAR, _PAST = 2.0, 0.3  # so near, a graph goes on to 0 (that of a loss: to the target) and past it: kinks are there
_OPEN = 0.7  # how far past it where a function has a kink there: its other piece is to be seen
_HIGHER = 4.0  # so many times as high is one drawn at most that would be flat
_SPAN, _STEEP = 2.6, 8.0  # what both axes of a graph span, at least; beyond the second each has a scale of its own

SLOPE_FORMULAS: Final[Mapping[str, str]] = {
    "square": "2 {x}",
    "cube": "3 {x}^2",
    "tanh": "1 - {y}^2",
    "sigmoid": "{y} (1 - {y})",
    "softplus": "sigma({x})",
    "sin": "cos {x}",
    "cos": "-sin {x}",
    "exp": "{y}",
    "log": "1\\/{x}",
    "sqrt": "1\\/(2 {y})",
    "reciprocal": "-{y}^2",
    "half_squared_error": "{x} - t",
    "squared_error": "2 ({x} - t)",
    "binary_cross_entropy_with_logits": "sigma({x}) - t",
}
"""How slopes follow from what goes in, x, and what comes out, y, where one line says it; in Typst math."""

FORMULAS: Final[Mapping[str, str]] = {
    "identity": "{x}",
    "square": "{x}^2",
    "cube": "{x}^3",
    "sigmoid": "sigma({x})",
    "relu": "max(0, {x})",
    "tanh": "tanh {x}",
    "sin": "sin {x}",
    "cos": "cos {x}",
    "exp": "e^({x})",
    "log": "ln {x}",
    "sqrt": "sqrt({x})",
    "reciprocal": "1\\/{x}",
    "abs": "|{x}|",
}
"""How functions are written where one line says it; in Typst math."""

PIECES: Final[Mapping[str, tuple[str, str, str]]] = {
    "relu": ("0 thick thick ({x} < 0)", "0 thick thick ({x} = 0)", "1 thick thick ({x} > 0)"),
    "leaky_relu": ("0.01 thick thick ({x} < 0)", "0.01 thick thick ({x} = 0)", "1 thick thick ({x} > 0)"),
    "abs": ("-1 thick thick ({x} < 0)", "0 thick thick ({x} = 0)", "1 thick thick ({x} > 0)"),
    "absolute_error": ("-1 thick thick ({x} < t)", "0 thick thick ({x} = t)", "1 thick thick ({x} > t)"),
}
"""The same of functions in two pieces: before their kink, on it, and behind it."""

_JUMP = 0.5
"""Of its range: a curve that rises or falls so far between two points is not one curve."""

REACHES = (1.2, 0.6, 0.3, 0.1, 0.03, 0.01)
"""How far a graph itself reaches: as far as the function can be computed."""


@np.errstate(all="ignore")  # what is not finite is found, and another stretch is tried
def graph(run: Run, node: str, reach: float = REACHES[0]) -> Run:
    """Return the step that makes a node alone, along a stretch of what it takes, if it can so far on either side.

    Raises
    ------
    CoreError
        It cannot be computed on both sides of the point, not even close to it.

    Examples
    --------
    >>> run = Run.of(Recipe.chain(("tanh",), "xy"), x=Constant(1.0))  # which lies on no grid point
    >>> evaluate(graph(run, "y").input("x")).shape
    (122,)
    """
    step = run.recipe.step(node)
    before, others = step.takes[0], (*step.takes[1:], *step.weights)
    steps = (Step("at", "identity", (before,)), replace(step, takes=("at", *step.takes[1:])))
    alone = Run.of(Recipe(steps), **{name: run.input(name) for name in others})
    here = number(run.value(before))
    away = (number(run.input(step.takes[1])) if step.does in LOSSES else 0.0) - here
    past = _OPEN if step.does in PIECES and step.does not in LOSSES else _PAST
    for i, far in enumerate((reach, *(each for each in REACHES if each < reach))):
        near = i == 0 and abs(away) <= _NEAR
        sides = -max(far, near * (past - away)), max(far, near * (past + away))
        low, high = (run.value(before) + Constant(side) for side in sides)
        found = alone.but(**{before: Grid(low, high, POINTS, (here,))})
        if is_computable(found.value(node)) and _is_one_piece(evaluate(found.value(node))):
            return found
    raise CoreError(f"{step} cannot be computed near {before} = {here:.4g}")


def _is_one_piece(curve: npt.NDArray[np.float64]) -> bool:
    """Return whether a curve has no pole: there it goes from one end of its range to the other in a single step.

    Where floats lie farther apart than the curve is wide it is a single point, and no curve.
    """
    return curve.size > 1 and not np.abs(np.diff(curve)).max() > _JUMP * np.ptp(curve)


def graph_rows(run: Run, node: str, role: Role = "value", reach: float = REACHES[0]) -> dict[str, Row]:
    """Return both quantities of a node's graph, ``{node}_curve_x`` and ``{node}_curve_y``, and ``rule_{node}``.

    The symbol of the last is how the slope of the step follows from its values.
    """
    step = run.recipe.step(node)
    alone, before = graph(run, node, reach), step.takes[0]
    formula = _formula(run, step).format(x=subscripted(before), y=subscripted(node))
    colour: Role = "weight" if step.weights else "ink"
    named = ratio(subscripted(node), subscripted(before))
    return {
        f"rule_{node}": Row(f"{named} = {formula}" if formula else named, run.slope(node), colour),
        f"{node}_curve_x": Row(subscripted(before), alone.input(before)),
        f"{node}_curve_y": Row(subscripted(node), alone.value(node), role),
    }


def formula_rows(run: Run, node: str) -> dict[str, Row]:
    """Return how a step and its slope are written wherever its input is: the symbols of ``law_`` and ``rule_``."""
    step = run.recipe.step(node)
    x, y = subscripted(step.takes[0]), subscripted(node)
    formula = SLOPE_FORMULAS.get(step.does, "").format(x=x, y=y)
    formula = subscripted(step.weights[0]) if step.weights else formula
    return {
        f"law_{node}": Row(law_of(run, node), run.value(node)),
        f"rule_{node}": Row(f"{ratio(y, x)} = {formula}" if formula else ratio(y, x), run.slope(node), "ink"),
    }


def law_of(run: Run, node: str) -> str:
    """Return how a value follows from the one before it: by a weight, perhaps with a bias, or a function.

    Examples
    --------
    >>> law_of(Run.of(Recipe.chain(("tanh",), "xy"), x=Constant(1.0)), "y")
    'y = tanh x'
    """
    step = run.recipe.step(node)
    x, named = subscripted(step.takes[0]), f'"{step.does.replace("_", " ")}"({{x}})'
    weighted = " + ".join((f"{subscripted(w)} {x}", subscripted(w))[i > 0] for i, w in enumerate(step.weights))
    law = weighted or FORMULAS.get(step.does, named).format(x=x)
    return f"{subscripted(node)} = {law}"


def slope_formula(run: Run, node: str) -> str:
    """Return how the slope of a function follows from its values; nothing where no short line says it, or of a weight.

    Examples
    --------
    >>> slope_formula(Run.of(Recipe.chain(("tanh",), "xy"), x=Constant(1.0)), "y")
    '1 - y^2'
    """
    step = run.recipe.step(node)
    return "" if step.weights else _formula(run, step).format(x=subscripted(step.takes[0]), y=subscripted(node))


def _formula(run: Run, step: Step) -> str:
    """Return how the slope of a step follows from its values; of a function in two pieces, on the piece it is used."""
    if step.weights:
        return subscripted(step.weights[0])
    if step.does not in PIECES:
        return SLOPE_FORMULAS.get(step.does, "")
    at, *wanted = (number(run.value(name)) for name in step.takes)
    return PIECES[step.does][int(np.sign(at - sum(wanted))) + 1]


@np.errstate(all="ignore")
def graph_ranges(
    run: Run, nodes: Sequence[str], reach: float = REACHES[0], least: float = _SPAN, fills: float = 0.0
) -> Mapping[str, tuple[float, float]]:
    """Return the ranges of the graphs of nodes: the point in the middle, and the whole triangle of its slope.

    Both axes of all graphs have one scale, so that a slope of 1 climbs as steeply as it should; only where one is so
    steep that the others would be flat has each a scale of its own. They span ``least``, or more. A graph that
    ``fills`` a smaller share of its height is drawn higher, but not many times.
    """
    middles, heights, widths = dict[str, tuple[float, float]](), dict[str, float](), dict[str, float]()
    for node in nodes:
        alone, before = graph(run, node, reach), run.recipe.step(node).takes[0]
        x, y, rise = map(number, (run.value(before), run.value(node), run.slope(node)))
        curve, along = evaluate(alone.value(node)), evaluate(alone.input(before))
        low, high = min(float(curve.min()), y, y - rise), max(float(curve.max()), y, y - rise)
        middles[node], heights[node] = (x, (low + high) / 2), (high - low) * 1.12 or 1.0
        widths[node] = 2.05 * max(x - float(along.min()), float(along.max()) - x, 1.0)
    span = max(least, *heights.values(), *widths.values())
    found: dict[str, tuple[float, float]] = {}
    for node, (x, y) in middles.items():
        wide, high = (span, span) if span <= _STEEP else (max(least, widths[node]), heights[node])
        high = max(high / _HIGHER, min(high, heights[node] / fills)) if fills else high
        found |= {f"{node}_x": (x - wide / 2, x + wide / 2), f"{node}_y": (y - high / 2, y + high / 2)}
    return found
