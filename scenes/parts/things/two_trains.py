"""A value that goes two ways, as gears on a page: two trains on one shaft, and what adds their turns."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import chain
from typing import Final

from scenes.parts.measure import Scale
from scenes.parts.page import Form, Place
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import LABEL, NAME, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.gear_pen import GearPen
from scenes.parts.things.gear_train import room_of_wheels
from scenes.parts.things.letters import room_of
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.readout import Form as Written
from scenes.parts.things.wheel import Gear
from scenes.parts.things.wire import leader

__all__ = ["TwoTrains"]

TURNS: Final = {"x_u": "turn_x", "x_v": "turn_x", "u": "turn_u", "v": "turn_v", "y": "turn_y"}
_BARS: Final = "rack_u", "rack_v", "carriage"
_ADDING: Final = ("plus_idler", "y")  # wheels of the differential that stay in place
_SPOKES: Final = {"x_u": math.radians(140), "x_v": math.radians(220)}
_BESIDE: Final = 0.3  # from the teeth of a gear to the middle of its name
_LABELLED: Final = 0.16  # from the teeth of the larger gear of x to what its spokes say
_OVER, _UNDER = 0.14, -0.34  # the baselines of a name, and of how large its gear is, from its hub


class TwoTrains:
    """The mechanism of the clip's settings, moved by one sweep, with the names of its shafts.

    Parameters
    ----------
    sweep
        That of the turn of x, as the settings call it ``gears``.
    radius, half_radius, rack, middle
        Keys of the words that say how large the gears of u and v, and that of y, are, and of those before what both
        racks and the wheel between them move.

    Attributes
    ----------
    shaft, driven, halving, adding
        Both gears of x, the rest of the two trains, the wheel between both racks, and the bar that it takes along with
        the gear of y; each with the names of its shafts, from the back to the front.
    moved
        How far both racks and that wheel move, beside where they come to stand: words and number of each.
    said
        For each way what comes back along it, as the spoke of its gear on the shaft of x, and as a number beside it.
    told
        Both gears of x with its name: they are out of focus once they have been told.
    turns
        How far u and v turn, beside their gears.
    sum
        How far y turns.
    """

    def __init__(
        self,
        pen: Pen,
        sweep: Sweep,
        radius: str = "radius",
        half_radius: str = "half_radius",
        rack: str = "rack",
        middle: str = "middle",
    ) -> None:
        self.pen, self.sweep = pen, sweep
        self.sizes = {"u": radius, "v": radius, "y": half_radius}
        moving = pen.clip.sweeps()["gears"]
        moved = moving.wheels(moving.high)
        words = {"rack_u": (rack, "moved_u"), "pinion": (middle, "half_moved"), "rack_v": (rack, "moved_v")}
        self.levels = [moved[key].centre[1] for key in words]
        self.beside = max(moved[key].sides[1] for key in words) + _LABELLED
        self.words = [
            (pen.words(key, height=LABEL, colour="quiet"), pen.readout(name, height=VALUE, align="right"))
            for key, name in words.values()
        ]
        widths = zip(*([room_of(piece).across.least for piece in pair] for pair in self.words), strict=True)
        self.ends = self.beside + sum(map(max, widths)) + _BESIDE
        self.turned = {
            name: pen.readout(f"moved_{name}", height=VALUE, form=self._form(name), align="left") for name in "uvy"
        }
        plans = [*pen.wheels.values(), *(p for at in (moving.low, moving.high) for p in moving.wheels(at).values())]
        (left, right, *_), (up, down, *_) = room_of_wheels(*plans)
        shares = [room_of(pen.readout(f"contribution_{way}", height=VALUE)) for way in "uv"]
        room = _LABELLED + max(form.across.least for form in shares)
        right = max(right + 2 * _BESIDE + room_of(self.turned["y"]).across.least, self.ends)
        self.part = Part("two trains", Form.fixed(left + room, right, up, down), draw=self._draw)
        self.shaft: list[Shown] = []
        self.driven: list[Shown] = []
        self.halving: list[Shown] = []
        self.moved: list[list[Shown]] = []
        self.adding: list[Shown] = []
        self.turns: list[Shown] = []
        self.sum: list[Shown] = []
        self.told: list[Shown] = []
        self.said: list[list[Shown]] = []

    def _draw(self, place: Place, _: Mapping[str, Scale]) -> list[Shown]:
        """Return everything that moves, from the back to the front, and what is said of it."""
        pen, sweep, origin = GearPen(self.pen), self.sweep, (place.x, place.y)
        follow = sweep["turn_x"]
        gears = {key: pen.gear(key, turn=sweep[turn], origin=origin) for key, turn in TURNS.items()}
        idle = {key: str(plan.turn) for key, plan in self.pen.wheels.items() if key not in TURNS}
        still = gears | {key: pen.idler(key, turn=sweep[turn], origin=origin) for key, turn in idle.items()}
        pinion = pen.idler("pinion", turn=sweep["turn_apart"], follow=follow, origin=origin)
        upper, lower, carriage = (pen.rack(key, follow=follow, origin=origin) for key in _BARS)
        names = {name: self._names(name, place) for name in "xuvy"}
        wheels = {key: still[key] for key in self.pen.wheels if key not in _ADDING}
        self.shaft = [*(wheels.pop(key) for key in sorted(_SPOKES, key=lambda key: key != self._largest)), *names["x"]]
        self.driven = [*wheels.values(), *names["u"], *names["v"]]
        self.halving = [upper, lower, pinion, still["plus_idler"]]
        self.moved = [
            [
                said.at(place.x + self.beside, place.y + y - LABEL / 2),
                way.at(place.x + self.ends, place.y + y - VALUE / 2),
            ]
            for (said, way), y in zip(self.words, self.levels, strict=True)
        ]
        self.adding = [carriage, still["y"], *names["y"]]
        self.said = [self._share(key, gears[key], place) for key in _SPOKES]
        self.told = self.shaft
        return [*self.shaft, *self.driven, *self.halving, *chain(*self.moved), *self.turns, *self.adding, *self.sum]

    def _names(self, name: str, place: Place) -> list[Shown]:
        """Return the name of a shaft and how large its gear is: inside a large gear, left of x, by y."""
        plan, letter = self.pen.wheels[name if name != "x" else self._largest], self.pen.symbol(name, height=NAME)
        (x, y), reach = plan.centre, max(plan.sides[1] - plan.centre[0], plan.pitch_radius)
        x, y = x + place.x, y + place.y
        if name == "x":
            return [letter.at(x - reach - _BESIDE, y - NAME / 2)]
        said = self.pen.words(self.sizes[name], height=LABEL, colour="quiet", align="centre")
        if name == "y":
            self.sum = [self.turned["y"].at(x + reach + 2 * _BESIDE, y)]
            return [letter.at(x + reach + _BESIDE, y), said.at(x, y + reach + _LABELLED)]
        self.turns.append(self.turned[name].at(x + reach + _LABELLED, y - VALUE / 2))
        return [letter.at(x, y + _OVER), said.at(x, y + _UNDER)]

    def _form(self, name: str) -> Written:
        """Return how it is written how far something turns: ≈ where its function bends, as for all that follows x."""
        return "equation" if self.pen.clip.ways.is_straight(name) else "about"

    @property
    def _largest(self) -> str:
        """The larger gear on the shaft of x."""
        return max(_SPOKES, key=lambda key: self.pen.wheels[key].pitch_radius)

    def _share(self, key: str, gear: Gear, place: Place) -> list[Shown]:
        """Return what comes back along a way: the spoke of its gear on the shaft of x, and its number beside both."""
        way, large, own = _SPOKES[key], self.pen.wheels[self._largest], self.pen.wheels[key].pitch_radius
        (x, y), reach = large.centre, large.sides[1] - large.centre[0] + _LABELLED / 2
        x, y, ahead = x + place.x, y + place.y, (math.cos(way), math.sin(way))
        said = self.pen.readout(f"contribution_{key[-1]}", height=VALUE, align="right")
        end = x + reach * ahead[0], y + reach * ahead[1]
        line = leader(self.pen.theme, (x + own * ahead[0], y + own * ahead[1]), end)
        return [GearPen(self.pen).spoke(gear, direction=way), line, said.at(end[0] - _LABELLED / 2, end[1] - VALUE / 2)]
