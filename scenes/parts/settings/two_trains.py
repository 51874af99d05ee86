"""Two trains from one value and the differential that adds their turns: a value that is used twice, as gears.

Where a gear would be too small for teeth, and where the wheels find no room, there is no such picture.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from scenes.parts.gears.two_paths import NoRoom, TwoPaths
from scenes.parts.measure import Scale
from scenes.parts.plans.differential_plan import FanOutPlan
from scenes.parts.plans.wheel_plan import WheelPlan
from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.terms import Moving, Term
from scenes.parts.settings.base import Swept

__all__ = ["TwoTrains"]

TEETH: Final = 24  # of a gear of a gradient of 1
WIDTH, HEIGHT = 9.0, 4.87  # room for the mechanism, in units of a frame 8 high
MOST_TURN, MOST_DRIFT = math.pi / 4, 0.1  # how far x turns; a share of a tooth
APART: Final = 0.18  # of a gradient of 1: of two gears on one shaft that differ by less, about a tooth, the teeth blur
RADII: Final = (
    1.05,
    1.0,
    0.95,
    0.9,
    0.85,
    0.82,
    0.8,
    0.77,
    0.75,
    0.7,
    0.6,
    0.5,
    0.4,
)  # of a gear of a gradient of 1, the first that fits is taken


@dataclass(frozen=True)
class TwoTrains:
    """The gears of two ways.

    Attributes
    ----------
    shares
        What comes back along each way: how far each turns for a turn of x.
    turn
        By how much x is turned.
    """

    shares: tuple[Term, Term]
    turn: float

    @cached_property
    def plan(self) -> FanOutPlan | None:
        """Where all stands about the pinion's hub; None where there is no such picture."""
        slopes = number(self.shares[0]), number(self.shares[1])
        one, other = map(abs, slopes)
        if abs(one - other) < APART:
            return None
        for radius in RADII:
            if paths := _laid_out(slopes, radius):
                return FanOutPlan(paths, (0.0, 0.0), self._scales(radius))
        return None

    def _scales(self, radius: float) -> Mapping[str, Scale]:
        angle = MOST_TURN / self.turn
        return {
            "scale": Scale("gear", radius),
            "half_scale": Scale("gear", radius / 2),
            "turn_scale_deg": Scale("gear_turn", angle),
            "travel": Scale("gear_turn", radius * angle),
            "half_travel": Scale("gear_turn", radius * angle / 2),
        }

    @property
    def scales(self) -> Mapping[str, Scale]:
        """The scales of radii, angles and ways, under names of their own."""
        return {f"gear_{name}": scale for name, scale in (self.plan.scales if self.plan else {}).items()}

    @property
    def wheels(self) -> Mapping[str, WheelPlan]:
        """The wheels that stay in place."""
        return self._still

    @cached_property
    def _still(self) -> Mapping[str, WheelPlan]:
        return self.plan.still() if self.plan else {}

    def rows(self, dx: Term) -> dict[str, Row]:
        """Return what follows x while it is turned; the pinion of the differential turns by v less u."""
        u, v = (share * dx for share in self.shares)
        turns = {"x": ("Delta x", dx), "u": ("Delta u", u), "v": ("Delta v", v), "y": ("Delta y", u + v)}
        found = {f"turn_{name}": Row(symbol, term) for name, (symbol, term) in turns.items()}
        return {**found, "turn_apart": Row("Delta v - Delta u", v - u)}

    @cached_property
    def _planned(self) -> Callable[[float], Mapping[str, WheelPlan]]:
        return lru_cache(maxsize=64)(self._travelling)

    def _travelling(self, dx: float) -> Mapping[str, WheelPlan]:
        turns = self.rows(Moving("turn_x", dx))
        assert self.plan is not None
        return self.plan.travelling(number(turns["turn_u"].term), number(turns["turn_v"].term))

    @property
    def sweeps(self) -> Mapping[str, Swept]:
        """The turn of x, and everything with it."""
        return {"gears": Swept("turn_x", 0.0, self.turn, self.rows, self._planned)} if self.plan else {}


@lru_cache(maxsize=256)
def _laid_out(slopes: tuple[float, float], radius: float) -> TwoPaths | None:
    """Return the mechanism, or None if it does not fit or its teeth would come out of step."""
    try:
        paths = TwoPaths(slopes, teeth=TEETH, gear_module=2 * radius / TEETH, turn=MOST_TURN)
        left, bottom, right, top = paths.box
    except NoRoom:
        return None
    return paths if right - left <= WIDTH and top - bottom <= HEIGHT and paths.drift <= MOST_DRIFT else None
