"""Two trains from one value to the inputs of a differential: a value that is used twice.

x turns a gear for each path, of radius r |slope|, one over the other; a belt makes both turn alike, and each is seen to
mesh with its own train alone. Each drives the input gear of its path, of radius r, which therefore turns by the local
derivative. A positive slope needs one idler between, a negative one two. Idlers mean nothing and may have any size:
here whole numbers of teeth, as few as leave all the rest of the picture free.

The differential lies on its side: its inputs stand above and below, its racks slide left and right, its output stands
at the right. All coordinates are those of the picture, with the pinion's hub at rest as the origin.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scenes.parts.gears.differential import Cog, Differential, Reach, gear_of
from scenes.parts.gears.involute import meshing_angle
from scenes.parts.gears.path_search import Search, lying, swept
from scenes.parts.gears.rim import count_at, spread_teeth
from scenes.parts.gears.rows import NoRoom
from scenes.parts.gears.wheels import ADDENDUM, FEWEST_TEETH, Train, Wheel, towards

__all__ = ["SECOND_INPUT", "NoRoom", "TwoPaths", "lying", "swept"]

Floats = NDArray[np.float64]

SECOND_INPUT = math.radians(205)
"""Direction of the second input from its idler, if no other is said: left, as near to x as the first, a little down."""


@dataclass(frozen=True)
class TwoPaths:
    """Both gears of x with their trains, and the differential that they turn.

    Parameters
    ----------
    slopes : (float, float)
        Local derivative of each path, neither 0.
    teeth : int
        Of each input gear of the differential.
    gear_module : float
        Of all teeth; an input gear has radius r = gear_module * teeth / 2.
    turn : float
        How far x turns at most, from 0 on, in radians; it may be negative.
    second : float
        Direction of the second input from its idler: to the left, and the lower the more room there is.

    Raises
    ------
    NoRoom
        A gear of x would be too small for teeth.

    Examples
    --------
    >>> paths = TwoPaths((1.0, 0.5), teeth=24, gear_module=0.06, turn=0.8)
    >>> [[wheel.kind for wheel in train.wheels] for train in paths.trains]
    [['gear', 'idler', 'gear'], ['gear', 'idler', 'gear']]
    """

    slopes: tuple[float, float]
    teeth: int
    gear_module: float
    turn: float
    second: float = SECOND_INPUT

    def __post_init__(self) -> None:
        least = FEWEST_TEETH / self.teeth
        small = min(self.slopes, key=abs)
        if abs(small) < least:
            raise NoRoom(f"a local derivative of {small:.4g} makes a gear too small for teeth; {least:.4g} would do")

    @cached_property
    def plus(self) -> Differential:
        """The differential, upright, with racks long enough for the turn of x."""
        one, two = (_reach(slope * self.turn) for slope in self.slopes)
        return Differential(self.teeth, self.gear_module, one, two, direction=self.second + math.pi / 2)

    @cached_property
    def inputs(self) -> tuple[Cog, Cog]:
        """The two input gears as they stand in the picture."""
        cogs = (self.plus.cogs[name] for name in ("input_1", "input_2"))
        first, second = (
            Cog(cog.gear, _pair(lying(np.array(cog.centre))), cog.rest_angle - math.pi / 2) for cog in cogs
        )
        return first, second

    @cached_property
    def trains(self) -> tuple[Train, Train]:
        """The two trains, each from x to an input; node 0 is x, node 1 the input.

        Raises
        ------
        NoRoom
            The wheels between do not fit.
        """
        hubs, idlers = Search(self.slopes, self.plus, self.inputs).best()
        one, two = (self._train(*each) for each in zip(self.slopes, hubs, idlers, self.inputs, strict=True))
        return one, two

    def _train(self, slope: float, hub: Floats, idlers: Floats, cog: Cog) -> Train:
        """Give teeth to a path, from the input on, whose place is known, to x."""
        m, sign = self.gear_module, int(math.copysign(1, slope))
        wheels = [_wheel("gear", 1, cog, 1)]
        for centre in idlers[::-1]:
            before = wheels[-1]
            apart = towards(before.centre, _pair(centre))
            radius = math.dist(before.centre, _pair(centre)) - before.pitch_radius
            gear = gear_of(m, round(2 * radius / m))
            rest = meshing_angle(gear_of(m, before.teeth), before.rest_angle, gear, apart)
            wheels.append(_wheel("idler", None, Cog(gear, _pair(centre), rest), -before.sense))
        wheels.append(self._first(slope, _pair(hub), wheels[-1], sign))
        return Train(tuple(wheels[::-1]), self.plus.pitch_radius, m)

    def _first(self, slope: float, hub: tuple[float, float], mate: Wheel, sign: int) -> Wheel:
        """Return the gear of x on one path: its radius is no whole number of pitches, so its teeth are spread."""
        radius, away = abs(slope) * self.plus.pitch_radius, towards(hub, mate.centre)
        count = 0.5 - count_at(mate.tooth_angles, away + math.pi - mate.rest_angle)
        low, high = _reach(self.turn * radius)
        angles = spread_teeth(radius, self.gear_module, [away], count, (-low, high))
        steps = tuple((angles - angles[0]).tolist())
        return Wheel("gear", 0, hub, radius, len(angles), float(angles[0]), sign, steps)

    @cached_property
    def drift(self) -> float:
        """By how many teeth a mesh of x comes out of step at most."""
        found = [
            np.abs(train.drift(np.array([1.0, slope]) * self.turn * share)).max()
            for train, slope in zip(self.trains, self.slopes, strict=True)
            for share in np.linspace(0.1, 1.0, 10)
        ]
        return float(max(found))

    @property
    def height(self) -> float:
        """How high everything is: from the second input's lowest tooth to the first one's highest."""
        (_, low), (_, high) = (cog.centre for cog in self.inputs[::-1])
        return high - low + 2 * (self.plus.pitch_radius + ADDENDUM * self.gear_module)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of everything, wherever it goes."""
        wheels = [wheel for train in self.trains for wheel in train.wheels]
        tip = ADDENDUM * self.gear_module
        reach = np.array([[*wheel.centre, wheel.pitch_radius + tip] for wheel in wheels])
        low, high = (reach[:, :2] - reach[:, 2:]).min(axis=0), (reach[:, :2] + reach[:, 2:]).max(axis=0)
        bars = np.array([swept(self.plus, name) for name in self.plus.racks])
        return (
            float(min(low[0], bars[:, 0].min())),
            float(low[1]),
            float(max(high[0], bars[:, 1].max())),
            float(high[1]),
        )


def _wheel(kind: Literal["gear", "idler"], node: int | None, cog: Cog, sense: int) -> Wheel:
    """Return a wheel with evenly spaced teeth."""
    gear = cog.gear
    steps = tuple((2 * math.pi * np.arange(gear.teeth) / gear.teeth).tolist())
    return Wheel(kind, node, cog.centre, gear.pitch_radius, gear.teeth, cog.rest_angle, sense, steps)


def _reach(turn: float) -> Reach:
    return min(0.0, turn), max(0.0, turn)


def _pair(point: Floats) -> tuple[float, float]:
    return float(point[0]), float(point[1])
