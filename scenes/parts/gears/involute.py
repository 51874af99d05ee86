"""Involute spur gears: the tooth, the wheel that carries it, and the angle at which two wheels mesh.

Every outline is a closed polygon, counter-clockwise, about the gear's own hub, unrotated: a float64 array (n, 2)
without a repeated last point. Source: Litvin and Fuentes, Gear Geometry and Applied Theory, chapters 10 and 11.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

__all__ = ["Outline", "SpurGear", "Tooth", "involute_angle", "meshing_angle", "polar", "shift_against_undercut"]

Outline = NDArray[np.float64]

STANDARD_PRESSURE_ANGLE = math.radians(20)


def involute_angle(slope: float) -> float:
    """inv(a) = tan(a) - a: how far an involute has turned from its root on the base circle, at pressure angle a."""
    return math.tan(slope) - slope


def polar(radii: NDArray[np.float64], angles: NDArray[np.float64]) -> Outline:
    """Points (n, 2) at these distances from the origin, in these directions."""
    return np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=-1)


@dataclass(frozen=True)
class Tooth:
    """One involute tooth on a pitch circle, apart from how many there are and where they stand.

    Attributes
    ----------
    pitch_radius, gear_module : float
        Lengths. The circular pitch is pi * gear_module.
    pressure_angle : float
        Slope of the line of action at the pitch point.
    addendum, dedendum : float
        Height above and depth below the pitch circle, in modules.
    profile_shift : float
        In modules, outward positive. Two wheels mesh on tangent pitch circles only if their shifts add to zero.
    backlash : float
        Play of a tooth in its space along the pitch circle, in modules; each of the two mates gives half of it.

    Raises
    ------
    ValueError
        The flanks would cross below the tip, or leave no space between two teeth.
    """

    pitch_radius: float
    gear_module: float
    pressure_angle: float = STANDARD_PRESSURE_ANGLE
    addendum: float = 1.0
    dedendum: float = 1.25
    profile_shift: float = 0.0
    backlash: float = 0.02

    def __post_init__(self) -> None:
        if self.gear_module <= 0 or self.root_radius <= 0:
            raise ValueError(
                f"a gear of pitch radius {self.pitch_radius:.4g} and module {self.gear_module:.4g} has no root circle"
            )
        half = self.flank(2)[1]
        if not 0 < half[-1] <= half[0] < math.pi * self.gear_module / (2 * self.pitch_radius):
            raise ValueError(
                f"a tooth of module {self.gear_module:.4g} on pitch radius {self.pitch_radius:.4g} "
                f"with shift {self.profile_shift:.3g} comes to a point or closes its space"
            )

    @property
    def tip_radius(self) -> float:
        """Radius of the circle that the tips touch."""
        return self.pitch_radius + (self.addendum + self.profile_shift) * self.gear_module

    @property
    def root_radius(self) -> float:
        """Radius of the circle from which the teeth rise."""
        return self.pitch_radius - (self.dedendum - self.profile_shift) * self.gear_module

    @property
    def base_radius(self) -> float:
        """Radius of the circle from which the involutes unwind."""
        return self.pitch_radius * math.cos(self.pressure_angle)

    @property
    def thickness(self) -> float:
        """Length of the pitch circle's arc inside the tooth: pi m / 2, plus what the shift adds, less the play."""
        shifted = math.pi / 2 + 2 * self.profile_shift * math.tan(self.pressure_angle)
        return (shifted - self.backlash / 2) * self.gear_module

    def flank(self, points: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Radii from root to tip, and at each the angle from the tooth's middle to its flank.

        Below the base circle, where there is no involute, the flank runs straight to the hub.
        """
        base = self.base_radius
        lowest, highest = (math.sqrt(max((r / base) ** 2 - 1, 0.0)) for r in (self.root_radius, self.tip_radius))
        roll = np.linspace(lowest, highest, points)
        half = self.thickness / (2 * self.pitch_radius) + involute_angle(self.pressure_angle)
        radii, angles = base * np.sqrt(1 + roll**2), half - (roll - np.arctan(roll))
        if self.root_radius < base:
            radii, angles = np.append(self.root_radius, radii), np.append(angles[0], angles)
        return radii, angles

    def outline(self, tooth_angles: NDArray[np.float64], points_per_flank: int = 8) -> Outline:
        """Outline of a wheel with one such tooth in each direction, given in ascending order within one turn."""
        radii, half = self.flank(points_per_flank)
        one = polar_tooth(radii, half)
        spaces = np.diff(np.append(tooth_angles, tooth_angles[0] + 2 * math.pi))
        angles = np.concatenate([tooth_angles[:, None] + one[1], (tooth_angles + spaces / 2)[:, None]], axis=1)
        return polar(np.tile(np.append(one[0], radii[0]), len(tooth_angles)), angles.ravel())


def polar_tooth(
    radii: NDArray[np.float64], half: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Radii and angles along one tooth, counter-clockwise: up one flank, over the middle of the tip, down the other."""
    return np.concatenate([radii, radii[-1:], radii[::-1]]), np.concatenate([-half, [0.0], half[::-1]])


@dataclass(frozen=True)
class SpurGear:
    """A wheel with equally spaced involute teeth; tooth 0 stands in the direction of the x axis.

    Attributes
    ----------
    pitch_radius : float
        Length.
    teeth : int
        At least 4.
    pressure_angle, addendum, dedendum, profile_shift, backlash : float
        As of a `Tooth`.

    Raises
    ------
    ValueError
        Such a tooth would come to a point or leave no space, or there are fewer than 4.

    Examples
    --------
    >>> gear = SpurGear(1.0, 20)
    >>> round(gear.gear_module, 3), round(gear.tip_radius, 3), round(gear.root_radius, 3), round(gear.base_radius, 4)
    (0.1, 1.1, 0.875, 0.9397)
    >>> gear.outline().shape
    (400, 2)
    """

    pitch_radius: float
    teeth: int
    pressure_angle: float = STANDARD_PRESSURE_ANGLE
    addendum: float = 1.0
    dedendum: float = 1.25
    profile_shift: float = 0.0
    backlash: float = 0.02

    def __post_init__(self) -> None:
        if self.teeth < 4:
            raise ValueError(f"a gear has at least 4 teeth, not {self.teeth}")
        self.tooth  # noqa: B018 - refuses here what cannot be drawn

    @cached_property
    def tooth(self) -> Tooth:
        """The tooth that it carries."""
        form = (self.pressure_angle, self.addendum, self.dedendum, self.profile_shift, self.backlash)
        return Tooth(self.pitch_radius, self.gear_module, *form)

    @property
    def gear_module(self) -> float:
        """Pitch diameter per tooth, 2 r / N."""
        return 2 * self.pitch_radius / self.teeth

    @property
    def tip_radius(self) -> float:
        """Radius of the circle that the tips touch."""
        return self.tooth.tip_radius

    @property
    def root_radius(self) -> float:
        """Radius of the circle from which the teeth rise."""
        return self.tooth.root_radius

    @property
    def base_radius(self) -> float:
        """Radius of the circle from which the involutes unwind."""
        return self.tooth.base_radius

    def outline(self, points_per_flank: int = 8) -> Outline:
        """Return the closed outline, counter-clockwise, tooth 0 in the direction of the x axis."""
        return self.tooth.outline(2 * math.pi * np.arange(self.teeth) / self.teeth, points_per_flank)


def shift_against_undercut(teeth: int, pressure_angle: float = STANDARD_PRESSURE_ANGLE, addendum: float = 1.0) -> float:
    """Smallest profile shift, in modules, with which a rack does not cut into the flanks: a - N sin^2(alpha) / 2.

    Zero for a gear that needs none (from 18 teeth on, at 20 degrees). The mate takes the opposite shift, so that the
    pitch circles stay tangent; it can do so while it has teeth to spare, N1 + N2 >= 4 a / sin^2(alpha). Two small
    gears cannot help each other: give both a larger pressure angle or a lower tooth (`addendum`).

    Examples
    --------
    >>> [round(shift_against_undercut(n), 3) for n in (9, 14, 18)]
    [0.474, 0.181, 0.0]
    """
    return max(0.0, addendum - teeth * math.sin(pressure_angle) ** 2 / 2)


def meshing_angle(gear: SpurGear, angle: float, mate: SpurGear, direction: float) -> float:
    """Angle of the mate at which a tooth of one gear stands in a space of the other, seen on the line of centres.

    Parameters
    ----------
    gear, angle
        A gear and the angle by which it is turned.
    mate
        The gear beside it.
    direction
        Angle of the line from the gear's hub to the mate's.

    Returns
    -------
    float
        Within half a turn and one tooth of `direction`; the mate's other teeth serve as well.

    Examples
    --------
    A tooth of the gear points at the mate, which turns a space to it, half a tooth away.

    >>> round(math.degrees(meshing_angle(SpurGear(1, 20), 0.0, SpurGear(1, 20), 0.0)), 3)
    189.0
    """
    passed = (direction - angle) * gear.teeth / (2 * math.pi) % 1.0
    return direction + math.pi + (passed + 0.5) * 2 * math.pi / mate.teeth
