"""A value that goes two ways to a plus, as the core computes it: both passes, and what a small turn does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from core.graph import GraphTrace, Node, record_graph
from core.layers import elementwise
from core.trace import Forward, forward_pass

__all__ = ["Edges", "Move", "TwoWays"]

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Edges:
    """The push that comes back to x along each way."""

    u: Array
    v: Array


@dataclass(frozen=True)
class Move:
    """x moved a little: how far all turn in the linear picture, and what y really does.

    Attributes
    ----------
    x, u, v, y
        By how much each changes, to first order.
    apart
        v less u: what the pinion of the differential turns by.
    recomputed
        By how much y changes when everything is computed again.
    gap
        recomputed less y.
    """

    x: float
    u: float
    v: float
    y: float
    apart: float
    recomputed: float
    gap: float


@dataclass(frozen=True)
class TwoWays:
    """y = f(x) + g(x) at an x; u and v are what the two functions give, y is the output.

    Raises
    ------
    CoreError
        When asked for what is not finite.

    Examples
    --------
    >>> both = TwoWays(("identity", "square"), 3.0)
    >>> both.slopes, float(both.graph.delta["x"]), both.moved(0.5).y
    ((1.0, 6.0), 7.0, 3.5)
    """

    functions: tuple[str, str]
    x: float

    @cached_property
    def graph(self) -> GraphTrace:
        """Both passes."""
        return self._recorded(self.x)

    def _recorded(self, x: float) -> GraphTrace:
        ways = [Node(n, elementwise(f), ("x",)) for n, f in zip("uv", self.functions, strict=True)]
        return record_graph([*ways, Node("y", elementwise("identity"), ("u", "v"))], {"x": x})

    @cached_property
    def ways(self) -> tuple[Forward, Forward]:
        """Each way alone, with its local derivative."""
        one, other = (forward_pass([elementwise(f)], self.x) for f in self.functions)
        return one, other

    @property
    def slopes(self) -> tuple[float, float]:
        """The local derivative of each way."""
        one, other = (float(way.local[0].gain) for way in self.ways)
        return one, other

    @property
    def edges(self) -> Edges:
        """What comes back to x along each way."""
        return Edges(*(self.graph.contribution["x", name] for name in "uv"))

    def moved(self, dx: float) -> Move:
        """Return what turning x by `dx` does."""
        u, v = (way.local[0].jvp(np.asarray(dx, dtype=np.float64)) for way in self.ways)
        y = forward_pass([elementwise("identity")], self.graph.value["y"]).local[0].jvp(u + v)
        recomputed = self._recorded(self.x + dx).value["y"] - self.graph.value["y"]
        return Move(dx, float(u), float(v), float(y), float(v - u), float(recomputed), float(recomputed - y))
