"""Measure by synthesis: draw a thing a little otherwise until it fits the pixels best; what fits best is measured."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

__all__ = ["distance", "nearest"]

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
_STEP = 0.25  # pixels: about the slope of a soft edge
_FARTHEST = 2.0  # pixels that one step may change anything by
_ROUNDS = 4
_STIFFNESS = 0.5  # pixels of edge: a number that hardly any pixel depends on, being hidden, stays as it was claimed


def nearest(draw: Callable[[Array], Array], seen: Array, free: Mask, count: int) -> Array:
    """Return the ``count`` numbers for which ``draw`` is nearest to ``seen``, from zeros on, by Gauss and Newton.

    Parameters
    ----------
    draw
        Ink of a window, shape (height, width), for numbers in pixels.
    free
        The pixels that count.

    Examples
    --------
    >>> def edge(at):
    ...     return np.clip(np.arange(8.0)[None, :] - 4 - at[0], 0.0, 1.0).repeat(20, axis=0)
    >>> float(nearest(edge, edge(np.array([0.3])), np.ones((20, 8), bool), 1)[0].round(3))
    0.3
    """
    at = np.zeros(count)
    for _ in range(_ROUNDS):
        slopes = [(draw(at + _STEP * e) - draw(at - _STEP * e))[free] / (2 * _STEP) for e in np.eye(count)]
        rest = (seen - draw(at))[free]
        matrix = np.stack(slopes, axis=1)
        normal = matrix.T @ matrix + _STIFFNESS * np.eye(count)
        at = at + np.clip(np.linalg.solve(normal, matrix.T @ rest), -_FARTHEST, _FARTHEST)
    return at


def distance(seen: Array, drawn: Array, free: Mask) -> float:
    """Return how far pixels are from a drawing, as a share of the drawing's ink; infinite where none can be seen."""
    ink = float((drawn[free] ** 2).sum())
    return float(np.sqrt((((seen - drawn) ** 2)[free]).sum() / ink)) if ink else np.inf
