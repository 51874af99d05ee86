"""The rows of a scene's table that say what a run computes: values, slopes and pushes, changes, and what follows x."""

from __future__ import annotations

from scenes.parts.recipe.quantity import Role, Row
from scenes.parts.recipe.recipe import Run
from scenes.parts.recipe.terms import Term
from scenes.parts.settings.symbols import ratio, subscripted

__all__ = ["change_rows", "moving_rows", "pass_rows"]


def pass_rows(run: Run, typed: tuple[str, ...]) -> dict[str, Row]:
    """Return both passes of a run: ``z`` a value, ``local_z`` the slope of its step, ``dL_dz`` its push.

    The slope of a step that takes several values belongs to none of them and has no row. What goes in stands as it was
    typed, weights among it, and so do the pushes that are ``typed``: those that are 1 by definition.
    """
    last = subscripted(run.recipe.nodes[-1])
    roles: dict[str, Role] = dict.fromkeys(run.recipe.weights, "weight")
    rows = {name: Row(subscripted(name), term, roles.get(name, "value"), typed=True) for name, term in run.inputs}
    for step in run.recipe.steps:
        rows[step.node] = Row(subscripted(step.node), run.value(step.node))
        if len(step.takes) == 1:
            symbol = ratio(subscripted(step.node), subscripted(step.takes[0]))
            rows[f"local_{step.node}"] = Row(symbol, run.slope(step.node), "ink")
    for name in [name for name in rows if name not in run.recipe.weights and not name.startswith("local_")]:
        symbol = ratio(last, subscripted(name))
        rows[f"dL_d{name}"] = Row(symbol, run.delta(name), "gradient", typed=name in typed)
    return rows


def change_rows(run: Run, dx: Term, start: str = "x") -> dict[str, Row]:
    """Return by how much each node changes to first order when an input changes by ``dx``: ``moved_z``."""
    return {f"moved_{n}": Row(f"Delta {subscripted(n)}", run.turned(dx, n, start)) for n in run.recipe.nodes}


def moving_rows(run: Run, x: Term, start: str = "x") -> dict[str, Row]:
    """Return what follows an input while it moves, itself among it: ``now_z``."""
    moved = run.but(**{start: x})
    names = (start, *run.recipe.nodes)
    return {f"now_{name}": Row(subscripted(name), moved.value(name) if name != start else x) for name in names}
