"""Work: how many multiplications it takes until gradients are there, counted while the core multiplies.

A chain of stages whose values are so many numbers wide has a local map between each two values, and a last one to the
loss. From the front one begins anew at each value whose gradient is wanted, and multiplies on until L; from the back
one row of pushes goes through all maps, once. The first factor of a product is there: it costs nothing.
"""

from __future__ import annotations

from functools import lru_cache, reduce
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from core.layers import Matrix, dense
from core.trace import flow_back

__all__ = ["multiplications"]


class Counted:
    """A local map that counts the products of two numbers that are formed when something goes through it."""

    def __init__(self, of: Matrix) -> None:
        self.of, self.done = of, 0

    def vjp(self, delta: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Let pushes through, rows of them, as the core does: each entry meets a row of the matrix."""
        self.done += delta.size * self.of.matrix.shape[1]
        return self.of.vjp(delta)

    def jvp(self, v: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Let changes through, as the core does: each entry meets a column of the matrix."""
        self.done += v.size * self.of.matrix.shape[0]
        return self.of.jvp(v)


@lru_cache(maxsize=64)
def multiplications(way: str, widths: tuple[int, ...], starts: int) -> int:
    """Return how many multiplications gradients take, counted.

    Parameters
    ----------
    way
        ``front`` or ``back``.
    widths
        How many numbers each value has, first to last; the loss behind them is one.
    starts
        Of how many values, from the first on, the gradients are wanted. From the back all are there on the way.

    Raises
    ------
    LookupError
        There is no such way.

    Examples
    --------
    >>> multiplications("front", (1, 1, 1, 1), 4), multiplications("back", (1, 1, 1, 1), 4)
    (6, 3)
    >>> multiplications("front", (3, 2), 1), multiplications("back", (3, 2), 1)
    (6, 6)
    """
    layers = [dense(np.ones((out, into))) for into, out in pairwise((*widths, 1))]
    maps = [Counted(Matrix(layer.params["W"])) for layer in layers]
    if way == "back":
        flow_back(layers[:-1], maps[:-1], maps[-1].of.matrix[0])  # type: ignore[arg-type]  # counted maps are maps
    elif way == "front":
        for start in range(starts):
            reduce(lambda changes, through: through.jvp(changes), maps[start + 1 :], maps[start].of.matrix.T)
    else:
        raise LookupError(f"gradients are multiplied from the front or from the back, not from the {way}")
    return sum(one.done for one in maps)
