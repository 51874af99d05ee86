"""One function of the scene `function_gears`: a pair of gears that turns by it, and its graph."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

import numpy as np
from pydantic import Field

from core.functions import FUNCTIONS
from scenes.parts.gears.drawable import check_range, check_turns
from scenes.parts.gears.function_gear import HEIGHT, FunctionGear, fitting_k
from scenes.parts.gears.lug import LugAndStop
from scenes.parts.settings.base import Interval, Model, OneOf, Positive

STOPPED = "relu"
"""The function that is no pair of gears but a lug and a stop."""

GRAPH_POINTS = 401
"""Points of a graph, ends included."""

LARGEST_LUG_TURN = 6.0
"""Most radians that a lug and stop may turn, less than a turn."""

FunctionName = Annotated[str, OneOf(tuple(FUNCTIONS), "A function.")]


class Piece(Model):
    """A function on an interval."""

    function: FunctionName = Field(description="The function: h = f(x).")
    x_range: Interval = Field(description="Where x begins and ends; the function must rise or fall all the way.")
    graph_x: Interval = Field(description="Lowest and highest x of its graph.")
    graph_h: Interval = Field(description="Lowest and highest value of its graph.")
    k: Positive | None = Field(
        default=None,
        description="By how many radians both gears turn for a change of 1; left out, as little as can be drawn well.",
    )

    @property
    def stopped(self) -> bool:
        """Whether it is drawn as a lug and a stop."""
        return self.function == STOPPED

    @property
    def turn(self) -> float:
        """Radians for a change of 1, of x as of h.

        Raises
        ------
        NotDrawable
            No k would do.
        """
        if self.k is not None:
            return self.k
        return 1.0 if self.stopped else _fitting_k(self.function, *self.x_range)

    def check(self) -> None:
        """Refuse an interval that cannot be drawn, or a k.

        Raises
        ------
        NotDrawable
            Its `k` says which k would do, unless the interval is at fault.
        """
        check_range(self.function, *self.x_range)
        check_turns(self.function, *self.x_range, self.turn)

    def gear(self, centre_distance: float, gear_module: float) -> FunctionGear:
        """Return the pair of gears.

        Raises
        ------
        NotDrawable
            As `check` says, or the teeth are too coarse.
        """
        return _gear(self.function, *self.x_range, self.turn, centre_distance, gear_module)

    def lug(self, radius: float) -> LugAndStop:
        """Return the lug and stop."""
        return LugAndStop(self.turn, radius)


_fitting_k = lru_cache(maxsize=64)(fitting_k)


@lru_cache(maxsize=64)
def _gear(function: str, low: float, high: float, k: float, centre_distance: float, gear_module: float) -> FunctionGear:
    return FunctionGear(function, low, high, k, centre_distance, gear_module)


def reach(gear: FunctionGear) -> tuple[float, float]:
    """Return how far driver and driven reach from their hubs at most, teeth included."""
    at = np.linspace(gear.low, gear.high, 257)
    near, far = (float(radii.max()) + tooth_room(gear) for radii in gear.instantaneous_radii(at))
    return near, far


def tooth_room(gear: FunctionGear) -> float:
    """Return room for a tooth: a whole number of them makes each a little larger than was wanted."""
    return 1.2 * HEIGHT * gear.gear_module
