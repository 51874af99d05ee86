"""The sizes of two weights and of their gradients: how large they are drawn, and what is true of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from scenes.parts.measure import Scale
from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.recipe import Run
from scenes.parts.settings.fitting import round_below
from scenes.parts.settings.two_layers import WEIGHTS

__all__ = ["sizes_drawn", "told_instead"]

_WIDEST: Final = {"area": 1.6, "small_area": 1.05, "least_area": 0.75}
"""The longest side of an area: the less room, the less."""

_HIGHEST: Final = {"bar": 1.9, "small_bar": 1.3}
"""Of the bars that are compared, and where there is less room."""

_AREAS: Final = (("x", "z"), ("h", "y"))
"""What went in at each weight, and where its push comes back from."""

_ALIKE: Final = 0.01
"""A share by which two numbers differ at most of which words do not say that one is larger."""


def sizes_drawn(run: Run) -> Mapping[str, Scale]:
    """Return how long the sides of areas are, and how high the bars of weights and gradients."""
    sides = [number(term) for value, push in _AREAS for term in (run.value(value), run.delta(push))]
    longest = max(map(abs, [1.0, *sides]))
    sizes = [abs(number(term)) for w in WEIGHTS for term in (run.input(w), run.grad(w))]
    bars = {key: Scale(key, round_below(high / (max(sizes) or 1.0), 2)) for key, high in _HIGHEST.items()}
    return bars | {key: Scale(key, round_below(side / longest, 2)) for key, side in _WIDEST.items()}


def told_instead(run: Run) -> Mapping[str, str]:
    """Return the beats that come in place of others: where gradients are 0 or alike, or what tempts is right."""
    first, second = (abs(number(run.grad(w))) for w in WEIGHTS)
    one, other = (abs(number(run.input(w))) for w in WEIGHTS)
    none, alike = first == second == 0.0, _are_alike(first, second)
    found = {"pose_question": "pose_right"} if number(run.value("y")) == number(run.input("t")) else {}
    if alike or (one - other) * (first - second) >= 0.0:
        found["ask"] = "ask_alike"
    if _are_alike(number(run.grad("w1")), number(run.delta("x"))):
        found["ask_gradient"] = "ask_gradient_alike"
    if none:
        found |= {"ask_step": "ask_step_none", "take_one_step": "step_none"}
    return found | ({"compare_sizes": "compare_none" if none else "compare_alike"} if alike else {})


def _are_alike(one: float, other: float) -> bool:
    """Return whether two numbers are the same, or nearly.

    Examples
    --------
    >>> _are_alike(0.112, -0.112), _are_alike(0.0, 0.0), _are_alike(1.0, 1.002), _are_alike(1.0, 0.9)
    (False, True, True, False)
    """
    return abs(one - other) <= _ALIKE * max(abs(one), abs(other))
