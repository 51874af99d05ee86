"""A sweep: one input of a clip moves, and every quantity follows, recomputed by the core on every frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scenes.parts.recipe.quantity import Quantities, Quantity

__all__ = ["Live", "Sweep"]


class Sweep:
    """The moving input and the quantities that the core gives for it.

    Parameters
    ----------
    start
        Where the input begins.
    compute
        The quantities at an input. It is called once for every new input.

    Examples
    --------
    >>> from scenes.parts.recipe.quantity import Row
    >>> from scenes.parts.recipe.recipe import Recipe, Run
    >>> from scenes.parts.recipe.terms import Moving
    >>> same = Recipe.chain(("identity",), "xy")
    >>> def follow(x: float) -> Quantities:
    ...     return Quantities.read({"y": Row("y", Run.of(same, x=Moving("x", x)).value("y"))})
    >>> sweep = Sweep(1.0, follow)
    >>> y = sweep["y"]
    >>> sweep.x = 2.0
    >>> y.now.number
    2.0
    """

    def __init__(self, start: float, compute: Callable[[float], Quantities]) -> None:
        self._compute = compute
        self.x = start

    def __deepcopy__(self, memo: dict[int, Any]) -> Sweep:
        return self

    @property
    def x(self) -> float:
        """The input now."""
        return self._x

    @x.setter
    def x(self, value: float) -> None:
        """Move the input and recompute."""
        self._x = value
        self.quantities = self.at(value)

    def at(self, value: float) -> Quantities:
        """Return the quantities at an input, without moving it."""
        return self._compute(value)

    def __getitem__(self, name: str) -> Live:
        """Return the quantity ``name`` as it stands on each frame."""
        return Live(self, name)


class Live:
    """The source of a quantity that a sweep moves."""

    def __init__(self, sweep: Sweep, name: str) -> None:
        self.sweep, self.name = sweep, name

    def __deepcopy__(self, memo: dict[int, Any]) -> Live:
        return self

    @property
    def now(self) -> Quantity:
        """The quantity on this frame."""
        return self.sweep.quantities[self.name]
