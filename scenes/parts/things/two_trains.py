"""A value that goes two ways, as gears on a page: two trains on one shaft, and what adds their turns."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from scenes.parts.measure import Scale
from scenes.parts.page import Form, Place
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import NAME
from scenes.parts.things.base import Shown
from scenes.parts.things.gear_pen import GearPen
from scenes.parts.things.gear_train import room_of_wheels
from scenes.parts.things.letters import room_of
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.spoke import Spoke
from scenes.parts.things.wheel import Gear

__all__ = ["TwoTrains"]

TURNS: Final = {"x_u": "turn_x", "x_v": "turn_x", "u": "turn_u", "v": "turn_v", "y": "turn_y"}
_BARS: Final = "rack_u", "rack_v", "carriage"
_SPOKES: Final = {"x_u": math.radians(150), "x_v": math.radians(-120)}
_BESIDE: Final = 0.32  # from the teeth of a gear to the middle of its name


class TwoTrains:
    """The mechanism of the clip's settings, moved by one sweep, with the names of its shafts.

    Parameters
    ----------
    sweep
        That of the turn of x, as the settings call it ``gears``.
    """

    def __init__(self, pen: Pen, sweep: Sweep) -> None:
        self.pen, self.sweep = pen, sweep
        moving = pen.clip.sweeps()["gears"]
        plans = [*pen.wheels.values(), *(p for at in (moving.low, moving.high) for p in moving.wheels(at).values())]
        (left, right, *_), (up, down, *_) = room_of_wheels(*plans)
        room = _BESIDE + NAME
        self.part = Part("two trains", Form.fixed(left + room, right + room, up + room, down + room), draw=self._draw)
        self.gears: dict[str, Gear] = {}

    def _draw(self, place: Place, _: Mapping[str, Scale]) -> list[Shown]:
        """Return everything that moves, from the back to the front, and the names."""
        pen, sweep, origin = GearPen(self.pen), self.sweep, (place.x, place.y)
        follow = sweep["turn_x"]
        self.gears = {key: pen.gear(key, turn=sweep[turn], origin=origin) for key, turn in TURNS.items()}
        idle = {key: plan.turn for key, plan in self.pen.wheels.items() if key not in TURNS}
        idlers = {key: pen.idler(key, turn=sweep[str(turn)], origin=origin) for key, turn in idle.items()}
        pinion = pen.idler("pinion", turn=sweep["turn_apart"], follow=follow, origin=origin)
        upper, lower, carriage = (pen.rack(key, follow=follow, origin=origin) for key in _BARS)
        still = self.gears | idlers
        return [upper, lower, pinion, carriage, *(still[key] for key in self.pen.wheels), *self._names(place)]

    def _names(self, place: Place) -> list[Shown]:
        """Return the name of each shaft, beside its gear."""
        first = max(("x_u", "x_v"), key=lambda key: self.pen.wheels[key].pitch_radius)
        ways = {"x": (first, math.pi), "u": ("u", 0.3), "v": ("v", -0.45), "y": ("y", 0.5 * math.pi)}
        found: list[Shown] = []
        for name, (key, way) in ways.items():
            plan, letter = self.pen.wheels[key], self.pen.symbol(name, height=NAME)
            reach = max(plan.sides[1] - plan.centre[0], plan.pitch_radius) + _BESIDE
            x, y = plan.centre[0] + reach * math.cos(way), plan.centre[1] + reach * math.sin(way)
            found.append(letter.at(place.x + x, place.y + y - room_of(letter).upright.before / 2))
        return found

    @property
    def spokes(self) -> list[Spoke]:
        """What comes back along each way, as spokes of the two gears on the shaft of x."""
        return [GearPen(self.pen).spoke(self.gears[key], direction=way) for key, way in _SPOKES.items()]
