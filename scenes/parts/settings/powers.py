"""Which power of ten a number is: what stands on an axis of decades."""

from __future__ import annotations

import math
from collections.abc import Iterable

from scenes.parts.recipe.recipe import Recipe, Run
from scenes.parts.recipe.terms import Constant, Term

__all__ = ["power", "whole_decades"]


def power(term: Term) -> Term:
    """Return which power of ten the magnitude of a number is.

    Examples
    --------
    >>> from scenes.parts.recipe.by_core import number
    >>> round(number(power(Constant(-1000.0))), 12)
    3.0
    """
    log = Recipe.chain(("log",), ("x", "y"))
    return Run.of(log, x=abs(term)).value("y") / Run.of(log, x=Constant(10.0)).value("y")


def whole_decades(powers: Iterable[float]) -> tuple[float, float]:
    """Return the whole decades between which powers of ten lie, one at least; of none those from 0.1 to 1.

    Examples
    --------
    >>> whole_decades([-1.3, 2.1]), whole_decades([0.0]), whole_decades([])
    ((-2.0, 3.0), (-1.0, 0.0), (-1.0, 0.0))
    """
    found = tuple(powers) or (0.0,)
    low, high = math.floor(min(found)), math.ceil(max(found))
    return float(low if low < high else high - 1), float(high)
