"""Stages that a lecturer lists: names of functions, and of weights that stand beside them."""

from __future__ import annotations

from collections.abc import Iterable

from core.functions import FUNCTIONS
from scenes.parts.settings.base import complaint
from scenes.parts.settings.faults import not_one_of, quoted

__all__ = ["known_stages"]


def known_stages(stages: tuple[str, ...], weights: Iterable[str]) -> tuple[str, ...]:
    """Return the stages, or complain: each is a function or a weight, and no weight is a stage twice."""
    names = tuple(weights)
    known = (*names, *FUNCTIONS)
    if strange := next((stage for stage in stages if stage not in known), None):
        raise complaint(f"a stage is a weight or a function: {not_one_of(strange, known)}")
    if repeated := next((name for name in names if stages.count(name) > 1), None):
        raise complaint(f"the weight {quoted(repeated)} is a stage twice; give the second a name of its own")
    return stages
