"""The graph of a step near the point where it is used: its quantities, and the ranges of its axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from core.errors import CoreError
from scenes.parts.recipe.by_core import evaluate, is_computable, number
from scenes.parts.recipe.quantity import Role, Row
from scenes.parts.recipe.recipe import Recipe, Run, Step
from scenes.parts.recipe.terms import Constant, Grid
from scenes.parts.settings.symbols import subscripted

__all__ = ["graph", "graph_ranges", "graph_rows"]

POINTS, REACH = 121, 1.25
"""Points of a graph, and how far its axis reaches to both sides of the point."""

_JUMP = 0.5
"""Of its range: a curve that rises or falls so far between two points is not one curve."""

REACHES = (1.2, 0.6, 0.3, 0.1, 0.03, 0.01)
"""How far a graph itself reaches: as far as the function can be computed."""


def graph(run: Run, node: str) -> Run:
    """Return the step that makes a node alone, along a stretch of what it takes.

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
    for reach in REACHES:
        low, high = (run.value(before) + Constant(way * reach) for way in (-1.0, 1.0))
        found = alone.but(**{before: Grid(low, high, POINTS, (here,))})
        if is_computable(found.value(node)) and _is_one_piece(evaluate(found.value(node))):
            return found
    raise CoreError(f"{step} cannot be computed near {before} = {here:.4g}")


def _is_one_piece(curve: npt.NDArray[np.float64]) -> bool:
    """Return whether a curve has no pole: there it goes from one end of its range to the other in a single step."""
    return not np.abs(np.diff(curve)).max() > _JUMP * np.ptp(curve)


def graph_rows(run: Run, node: str, role: Role = "value") -> dict[str, Row]:
    """Return both quantities of a node's graph: ``{node}_curve_x`` and ``{node}_curve_y``."""
    alone, before = graph(run, node), run.recipe.step(node).takes[0]
    return {
        f"{node}_curve_x": Row(subscripted(before), alone.input(before)),
        f"{node}_curve_y": Row(subscripted(node), alone.value(node), role),
    }


def graph_ranges(run: Run, nodes: Sequence[str]) -> Mapping[str, tuple[float, float]]:
    """Return the ranges of the graphs of nodes: the point in the middle, and the whole triangle of its slope."""
    found: dict[str, tuple[float, float]] = {}
    for node in nodes:
        terms = run.value(run.recipe.step(node).takes[0]), run.value(node), run.slope(node)
        x, y, rise = (number(term) for term in terms)
        curve = evaluate(graph(run, node).value(node))
        low, high = min(curve.min(), y, y - rise), max(curve.max(), y, y - rise)
        room = (high - low) * 0.06 or 1.0
        found |= {f"{node}_x": (x - REACH, x + REACH), f"{node}_y": (float(low - room), float(high + room))}
    return found
