"""The function gear: a pair that is not round, whose rotation out is f(rotation in).

At every instant the pair turns |f'(x)| times as much out as in, because its radii at the point of contact have that
ratio. With i = |f'(x)| and centre distance C, both hubs on the x axis, the driver's at the origin:

    driver  r1 = C i / (1 + i)  at body angle -theta,      theta = k (x - low)
    driven  r2 = C / (1 + i)    at body angle pi + psi,    psi = k |f(x) - f(low)|

Turn the driver by +theta and the driven by -psi, and they touch at (r1, 0). An external mesh reverses, so the driven
turns clockwise while the driver turns counter-clockwise, whether f rises or falls.

Source: Litvin, Noncircular Gears, chapters 3 and 4; Baesel, arXiv:1905.02642.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.polynomial import Chebyshev
from numpy.typing import ArrayLike, NDArray

from core import FUNCTIONS, Function
from scenes.parts.gears.drawable import NotDrawable, check_range, check_turns, fitting_k, slope_curve, smooth
from scenes.parts.gears.involute import Outline, polar

__all__ = ["FunctionGear", "NotDrawable", "fitting_k"]

Floats = NDArray[np.float64]

HEIGHT = 0.72
"""Height of a tooth above its pitch curve, in modules; a wave on both curves, in opposite phase along equal arcs."""


PLAY = 0.015
"""By how much each tooth stays behind that wave, in modules, so that the small error of its form is no overlap."""


HUB = 0.5
"""Radius of a hub's disc, in the smallest radius of the pitch curve."""

LARGEST_HUB = 0.12
"""The most that it is, in the distance from hub to hub."""

RADIUS_PER_MODULE = 3.0
"""The smallest radius of a pitch curve, in modules: a round gear of so small a radius would have 6 teeth."""


@dataclass(frozen=True)
class FunctionGear:
    """A driver and a driven sector for one monotone piece of a core function.

    Attributes
    ----------
    function : str
        Name in the core.
    low, high : float
        Interval of x.
    k : float
        Radians of turn per unit of x, and per unit of f; see `fitting_k`.
    centre_distance : float
        Length from hub to hub.
    gear_module : float
        Wanted; the module itself makes a whole number of teeth.

    Raises
    ------
    NotDrawable
        The interval or k is beyond what can be drawn; the message names what is not.

    Examples
    --------
    >>> pair = FunctionGear("tanh", -1.5, 1.5, k=1.9, centre_distance=3.0)
    >>> pair.teeth, round(float(pair.ratio(0.5)), 4), round(float(pair.driven_angle(1.5)), 4)
    (26, 0.7864, -3.4396)
    >>> [round(float(r), 4) for r in pair.instantaneous_radii(0.5)]
    [1.3207, 1.6793]
    """

    function: str
    low: float
    high: float
    k: float
    centre_distance: float = 3.0
    gear_module: float = 0.08

    def __post_init__(self) -> None:
        check_range(self.function, self.low, self.high)
        check_turns(self.function, self.low, self.high, self.k)
        smallest = min(self.smallest_radii)
        if not 0 < self.gear_module <= smallest / RADIUS_PER_MODULE:
            most = math.floor(1e3 * smallest / RADIUS_PER_MODULE) / 1e3
            raise NotDrawable(
                f"{self.function} at centre distance {self.centre_distance:.6g}: module {self.gear_module:.6g} is too "
                f"coarse where the radius is {smallest:.3g}; at most {most:.6g} fits"
            )

    @cached_property
    def _row(self) -> Function:
        return FUNCTIONS[self.function]

    @cached_property
    def _slope(self) -> Chebyshev:
        return slope_curve(self.function, self.low, self.high)

    @cached_property
    def _steepness(self) -> Chebyshev:
        return self._slope.deriv()

    @cached_property
    def _arc(self) -> Chebyshev:
        return smooth(self._speed, self.low, self.high).integ(lbnd=self.low)

    def ratio(self, x: ArrayLike) -> Floats:
        """Return turns out per turn in at x, |f'(x)| as the core has it."""
        return np.abs(self._row.derivative(np.asarray(x, dtype=np.float64)))

    def driver_angle(self, x: ArrayLike) -> Floats:
        """Angle by which the driver's outline is turned at x: theta, from 0 at `low`."""
        return self.k * (np.asarray(x, dtype=np.float64) - self.low)

    def driven_angle(self, x: ArrayLike) -> Floats:
        """Angle by which the driven's outline is turned at x: -psi, from 0 at `low`, clockwise."""
        value = self._row.value
        moved: Floats = value(np.asarray(x, dtype=np.float64)) - value(np.float64(self.low))
        return -self.k * np.abs(moved)

    def instantaneous_radii(self, x: ArrayLike) -> tuple[Floats, Floats]:
        """Radii of driver and driven at the point of contact: of the circular pair that is right for this x alone."""
        i = self.ratio(x)
        return self.centre_distance * i / (1 + i), self.centre_distance / (1 + i)

    def contact(self, x: ArrayLike) -> Outline:
        """Point of contact (..., 2) on the line of centres, from the driver's hub; the driven's is at (C, 0)."""
        near, _ = self.instantaneous_radii(x)
        return np.stack([near, np.zeros_like(near)], axis=-1)

    def tilt(self, x: ArrayLike) -> Floats:
        """Angle of the common tangent from square to the line of centres: tan = F'' / (F' (1 + F')), F'' = f'' / k.

        Positive where the driver's radius grows with x.
        """
        at = np.asarray(x, dtype=np.float64)
        i = self.ratio(at)
        return np.arctan(self._steepness(at) / (self.k * i * (1 + i)))

    def arc_length(self, x: ArrayLike) -> Floats:
        """Length that has rolled off either pitch curve between `low` and x."""
        return np.asarray(self._arc(np.asarray(x, dtype=np.float64)))

    @property
    def total_arc(self) -> float:
        """Length of either pitch curve."""
        return float(self._arc(self.high))

    @cached_property
    def teeth(self) -> int:
        """Number of teeth on each sector, at least 3."""
        return max(3, round(self.total_arc / (math.pi * self.gear_module)))

    @property
    def tooth_height(self) -> float:
        """Height of a tooth above its pitch curve, and depth below it: 0.72 m, with m = S / (pi N)."""
        return HEIGHT * self.total_arc / (math.pi * self.teeth)

    @property
    def hub_radii(self) -> tuple[float, float]:
        """Radii of the discs round the hubs of driver and driven, well within the pitch curves, and none very large."""
        near, far = (min(HUB * radius, LARGEST_HUB * self.centre_distance) for radius in self.smallest_radii)
        return near, far

    @cached_property
    def smallest_radii(self) -> tuple[float, float]:
        """Smallest radius of the pitch curve of driver and driven."""
        at = np.linspace(self.low, self.high, 513)
        near, far = (float(radii.min()) for radii in self.instantaneous_radii(at))
        return near, far

    def driver_pitch(self, points: int = 400) -> Outline:
        """Pitch curve of the driver about its hub, unrotated, from low to high: clockwise, in equal arcs."""
        x = self._x_at(np.linspace(0, self.total_arc, points))
        return polar(self.instantaneous_radii(x)[0], -self.driver_angle(x))

    def driven_pitch(self, points: int = 400) -> Outline:
        """Pitch curve of the driven about its hub, unrotated, from low to high: counter-clockwise, in equal arcs."""
        x = self._x_at(np.linspace(0, self.total_arc, points))
        return polar(self.instantaneous_radii(x)[1], math.pi - self.driven_angle(x))

    def driver_outline(self, points_per_tooth: int = 16) -> Outline:
        """Toothed sector of the driver about its hub, unrotated: closed, counter-clockwise, with its hub's disc."""
        rim = self._wave(points_per_tooth, driver=True)[::-1]
        return _sector(rim, -float(self.driver_angle(self.high)), 0.0, self.hub_radii[0])

    def driven_outline(self, points_per_tooth: int = 16) -> Outline:
        """Toothed sector of the driven about its hub, unrotated: closed, counter-clockwise, with its hub's disc."""
        rim = self._wave(points_per_tooth, driver=False)
        return _sector(rim, math.pi, math.pi - float(self.driven_angle(self.high)), self.hub_radii[1])

    def band(self, points_per_tooth: int, width: float, *, driver: bool) -> Outline:
        """Toothed ring of the driver or the driven about its hub, unrotated: from its teeth to a width below them."""
        rim = self._wave(points_per_tooth, driver=driver)
        x = self._x_at(np.linspace(0, self.total_arc, len(rim)))
        near, far = self.instantaneous_radii(x)
        towards = -self.driver_angle(x) if driver else math.pi - self.driven_angle(x)
        inside = (near if driver else far) - self.tooth_height - width
        return np.concatenate([rim, polar(np.maximum(inside, self.hub_radii[not driver]), towards)[::-1]])

    def _speed(self, x: Floats) -> Floats:
        """ds/dx, alike on both curves: k sqrt(r1^2 + (dr1/dtheta)^2)."""
        near, _ = self.instantaneous_radii(x)
        return np.asarray(self.k * near * np.hypot(1.0, np.tan(self.tilt(x))))

    def _x_at(self, arc: Floats) -> Floats:
        """Inverse of `arc_length`, by Newton's method from a table."""
        table = np.linspace(self.low, self.high, 2049)
        x = np.interp(arc, self._arc(table), table)
        for _ in range(4):
            x = np.clip(x - (self._arc(x) - arc) / self._speed(x), self.low, self.high)
        return np.asarray(x)

    def _wave(self, points_per_tooth: int, *, driver: bool) -> Outline:
        """Pitch curve plus outward normal times the wave, from low to high.

        The wave is a cosine of the arc: the driver begins and ends in the middle of a tooth, the driven in that of a
        space, and there a cut to the hub leaves no splinter.
        """
        arc = np.linspace(0, self.total_arc, self.teeth * points_per_tooth + 1)
        x = self._x_at(arc)
        wave = self.tooth_height * np.cos(2 * math.pi * self.teeth * arc / self.total_arc)
        towards, radius = -self.driver_angle(x), self.instantaneous_radii(x)[0]
        lean, outward = self.tilt(x), wave - self.tooth_height * PLAY / HEIGHT
        if not driver:
            towards, radius = math.pi - self.driven_angle(x), self.instantaneous_radii(x)[1]
            outward = -wave - self.tooth_height * PLAY / HEIGHT
        # where r1 grows clockwise, its normal leans back counter-clockwise; r2 = C - r1 shrinks, and its normal is
        # the opposite of the driver's in the plane, so both lean by the same angle
        return polar(radius, towards) + polar(outward, towards + lean)


def _sector(rim: Outline, start: float, end: float, hub: float) -> Outline:
    """Close a rim, counter-clockwise from direction `start` to `end`, by straight ends to the disc round the hub."""
    behind = np.linspace(end, start + 2 * math.pi, 49)
    return np.concatenate([rim, polar(np.full(49, hub), behind)])
