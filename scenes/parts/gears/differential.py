"""The + node: a differential that adds two turns, all of it in one plane.

A pinion floats between two racks, and its hub moves by the mean of what they move: (s1 + s2) / 2. Each rack is moved by
an input gear of radius r, by s = r * turn. The pinion's carriage is a third rack, and turns the output gear; that has
half the radius (the step of 2:1), so

    turn_out = (r turn_1 + r turn_2) / 2 / (r / 2) = turn_1 + turn_2.

Push goes the other way. A push p on the output shaft is a force p / (r / 2) on the carriage, of which the pinion, being
free, hands half to each rack, and that force times the arm r is p again: both inputs feel what the output feels, as
dL/da = dL/db = dL/d(a + b).

The inputs stand left and right, the output above; a positive turn is counter-clockwise everywhere, for which the second
input needs an idler, round which it may stand anywhere. Rack teeth have straight flanks: they are involutes of an
infinite radius.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scenes.parts.gears.involute import Outline, SpurGear, meshing_angle
from scenes.parts.gears.wheels import ADDENDUM, BACKLASH, DEDENDUM, FEWEST_TEETH, PRESSURE_ANGLE

__all__ = ["BAR", "Cog", "Differential", "Rack", "Reach", "gear_of"]

Floats = NDArray[np.float64]
Reach = tuple[float, float]

BAR = 4.0
"""Width of a rack between its pitch lines, in modules."""

IN_MESH = 2.0
"""Pitches of a rack beside the line of centres: a whole tooth there, and the bare end."""


FREE = 9.0
"""From the farthest end of the first rack to the rim of the output, in modules: it is seen that they do not meet."""


def gear_of(gear_module: float, teeth: int) -> SpurGear:
    """Gear with so many of the train's teeth."""
    form = (PRESSURE_ANGLE, ADDENDUM, DEDENDUM)
    return SpurGear(gear_module * teeth / 2, teeth, *form, backlash=BACKLASH)


@dataclass(frozen=True)
class Cog:
    """A wheel of the differential, at rest.

    Attributes
    ----------
    gear : SpurGear
    centre : (x, y)
        Its hub; the pinion's moves up with the carriage.
    rest_angle : float
        Angle by which its outline is turned when nothing has moved.
    """

    gear: SpurGear
    centre: tuple[float, float]
    rest_angle: float


@dataclass(frozen=True)
class Rack:
    """A bar that slides up and down, at rest.

    Attributes
    ----------
    left, right : float
        Abscissae of its pitch lines; of a side without teeth, of the edge.
    low, high : float
        Its ends.
    spaces : (float or None, float or None)
        Height of the middle of a space on the left and on the right; None for a side without teeth.
    gear_module : float
        Of the teeth.
    """

    left: float
    right: float
    low: float
    high: float
    spaces: tuple[float | None, float | None]
    gear_module: float

    def outline(self) -> Outline:
        """Return the closed outline, counter-clockwise, in its place at rest."""
        left, right = (self._side(space) for space in self.spaces)
        left[:, 0] *= -1
        left[:, 0] += self.left
        right[:, 0] += self.right
        return np.concatenate([right, left[::-1]])

    def _side(self, space: float | None) -> Outline:
        """Points from the low end to the high one; the first coordinate is the height above the pitch line."""
        if space is None:
            return np.array([[0.0, self.low], [0.0, self.high]])
        m = self.gear_module
        pitch, lean = math.pi * m, math.tan(PRESSURE_ANGLE)
        half = (math.pi / 2 - BACKLASH / 2) * m / 2
        foot, tip = half + DEDENDUM * m * lean, half - ADDENDUM * m * lean
        first = math.ceil((self.low + foot - space) / pitch - 0.5)
        last = math.floor((self.high - foot - space) / pitch - 0.5)
        middles = space + (np.arange(first, last + 1) + 0.5) * pitch
        up = (middles[:, None] + [-foot, -tip, tip, foot]).ravel()
        out = np.tile([-DEDENDUM * m, ADDENDUM * m, ADDENDUM * m, -DEDENDUM * m], len(middles))
        out, up = (np.concatenate([[a], b, [c]]) for a, b, c in ((out[0], out, out[0]), (self.low, up, self.high)))
        return np.stack([out, up], axis=1)


@dataclass(frozen=True)
class Differential:
    """The + node; the pinion's hub is the origin when it rests.

    Attributes
    ----------
    teeth : int
        Of each input gear; pinion, idler and output have half as many. A multiple of 4, at least 20.
    gear_module : float
        Of all teeth, so that the inputs have pitch radius gear_module * teeth / 2.
    reach_1, reach_2 : (low, high)
        Turns of each input, from at most 0 to at least 0, for which the racks are long enough.
    direction : float
        Of the second input's hub, as its idler's sees it.

    Raises
    ------
    ValueError
        Such a number of teeth does not halve into gears that can be drawn, or a reach does not hold 0.

    Examples
    --------
    >>> plus = Differential(teeth=20, gear_module=0.06)
    >>> {name: float(angle.round(3)) for name, angle in plus.turns(0.25, -0.75).items()}
    {'input_1': 0.25, 'input_2': -0.75, 'idler': 1.5, 'pinion': -1.0, 'output': -0.5}
    >>> plus.pushes(2.0)
    (2.0, 2.0)
    """

    teeth: int = 20
    gear_module: float = 0.06
    reach_1: Reach = (-1.0, 1.0)
    reach_2: Reach = (-1.0, 1.0)
    direction: float = 0.0

    def __post_init__(self) -> None:
        if self.teeth % 4 or self.teeth < 2 * FEWEST_TEETH:
            raise ValueError(f"a differential's inputs have a multiple of 4 teeth, at least 20, not {self.teeth}")
        if not all(low <= 0.0 <= high for low, high in (self.reach_1, self.reach_2)):
            raise ValueError(f"an input turns from its rest, 0, so {self.reach_1} and {self.reach_2} must hold 0")

    @property
    def pitch_radius(self) -> float:
        """Radius r of the input gears; the output's, the pinion's and the idler's is half of it."""
        return self.gear_module * self.teeth / 2

    @cached_property
    def cogs(self) -> dict[str, Cog]:
        """The wheels: input_1, input_2, idler, pinion, output."""
        m, r = self.gear_module, self.pitch_radius
        large, small = gear_of(m, self.teeth), gear_of(m, self.teeth // 2)
        outside = r / 2 + BAR * m
        idler, apart = (outside + r / 2, 0.0), 1.5 * r
        second = idler[0] + apart * math.cos(self.direction), apart * math.sin(self.direction)
        above = self._ends("rack_1")[1] + max(self._ways[0]) + r / 2 + FREE * m
        return {
            "input_1": Cog(large, (-outside - r, 0.0), 0.0),
            "input_2": Cog(large, second, meshing_angle(small, 0.0, large, self.direction)),
            "idler": Cog(small, idler, 0.0),
            "pinion": Cog(small, (0.0, 0.0), 0.0),
            "output": Cog(small, (-BAR * m / 2 - r / 2, above), 0.0),
        }

    @cached_property
    def racks(self) -> dict[str, Rack]:
        """The bars: rack_1, rack_2, and the carriage, which an arm joins to the pinion's hub."""
        m, inside = self.gear_module, self.pitch_radius / 2
        outside, above = inside + BAR * m, self.cogs["output"].centre[1]
        low, high = self._ends("carriage")
        return {
            "rack_1": Rack(-outside, -inside, *self._ends("rack_1"), (0.0, 0.0), m),
            "rack_2": Rack(inside, outside, *self._ends("rack_2"), (0.0, 0.0), m),
            "carriage": Rack(-BAR * m / 2, BAR * m / 2, above + low, above + high, (above, None), m),
        }

    @property
    def _ways(self) -> tuple[Reach, Reach]:
        """From where to where each of the two racks moves."""
        r = self.pitch_radius
        return (r * self.reach_1[0], r * self.reach_1[1]), (r * self.reach_2[0], r * self.reach_2[1])

    def _ends(self, name: str) -> Reach:
        """Return the ends of a bar at rest, seen from where its gear meshes: as far as it is met, and a little more.

        A bar that moves up is met farther down; the pinion between two racks rolls by half of what they part by.
        """
        (low_1, high_1), (low_2, high_2) = self._ways
        met = {
            "rack_1": (low_1, high_1, (low_1 - high_2) / 2, (high_1 - low_2) / 2),
            "rack_2": (low_2, high_2, (low_2 - high_1) / 2, (high_2 - low_1) / 2),
            "carriage": ((low_1 + low_2) / 2, (high_1 + high_2) / 2),
        }[name]
        beside = IN_MESH * math.pi * self.gear_module
        return -max(met) - beside, -min(met) + beside

    def shifts(self, turn_1: ArrayLike, turn_2: ArrayLike) -> dict[str, Floats]:
        """How far up each rack has moved; the pinion's hub moves with the carriage."""
        ways = [self.pitch_radius * np.asarray(turn, dtype=np.float64) for turn in (turn_1, turn_2)]
        return {"rack_1": ways[0], "rack_2": ways[1], "carriage": (ways[0] + ways[1]) / 2}

    def turns(self, turn_1: ArrayLike, turn_2: ArrayLike) -> dict[str, Floats]:
        """How far each wheel has turned from rest, each from what rolls on it without slip."""
        moved = self.shifts(turn_1, turn_2)
        half = self.pitch_radius / 2
        return {
            "input_1": np.asarray(turn_1, dtype=np.float64),
            "input_2": np.asarray(turn_2, dtype=np.float64),
            "idler": -moved["rack_2"] / half,
            "pinion": (moved["rack_2"] - moved["carriage"]) / half,
            "output": moved["carriage"] / half,
        }

    def angles(self, turn_1: ArrayLike, turn_2: ArrayLike) -> dict[str, Floats]:
        """Absolute angle of every wheel when the inputs have turned by so much from rest."""
        turned = self.turns(turn_1, turn_2)
        return {name: cog.rest_angle + turned[name] for name, cog in self.cogs.items()}

    def pushes(self, push: float) -> tuple[float, float]:
        """Return what the two inputs feel when the output is pushed so: force times arm, by way of a rack."""
        force = push / self.cogs["output"].gear.pitch_radius
        on_each_rack = force / 2  # the pinion turns freely: the torques of its two contacts are alike
        felt = [on_each_rack * self.cogs[name].gear.pitch_radius for name in ("input_1", "input_2")]
        return felt[0], felt[1]
