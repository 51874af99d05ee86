"""How far the values of a chain reach while its weights move: at so many rates that no frame shows more.

A value may rise and fall again on a tiny part of the way, as where a ReLU closes at once. Nothing of this is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from core.functions import FUNCTIONS, LOSSES
from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.recipe import Run

__all__ = ["rates_of_peaks"]

Numbers = npt.NDArray[np.float64]
_EVEN: Final = np.linspace(0.0, 1.0, 4001)[1:]
_SHARES: Final[Numbers] = np.union1d(_EVEN, np.geomspace(1e-12, 1.0, 1201))
"""Parts of the way, closer to one another where it begins: a steep loss is over its peak there."""


def rates_of_peaks(run: Run, rate: float) -> Iterator[float]:
    """Yield for each value of a chain the rate, up to a rate, at which it is farthest from 0, or first not known.

    Parameters
    ----------
    run
        A chain of weights and functions, and perhaps a loss, before the weights move against their gradients.
    """
    rates, made = rate * _SHARES, dict[str, Numbers]()
    with np.errstate(all="ignore"):
        for step in run.recipe.steps:
            taken = [
                made[name] if name in made else np.full_like(rates, number(run.input(name))) for name in step.takes
            ]
            if step.does == "scale":
                (weight,) = step.weights
                made[step.node] = taken[0] * (number(run.input(weight)) - rates * number(run.grad(weight)))
            else:
                made[step.node] = (LOSSES if step.does in LOSSES else FUNCTIONS)[step.does].value(*taken)
    for values in made.values():
        unknown = np.flatnonzero(~np.isfinite(values))
        yield float(rates[unknown[0] if len(unknown) else np.abs(values).argmax()])
