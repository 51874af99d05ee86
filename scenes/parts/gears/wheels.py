"""The wheels of a train, and how they turn.

A quantity that grows turns its gear counter-clockwise. `train.lay_out` makes them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scenes.parts.gears.involute import Outline, Tooth, polar
from scenes.parts.gears.rim import count_at
from scenes.parts.gears.rows import Kind

__all__ = ["ADDENDUM", "BACKLASH", "DEDENDUM", "FEWEST_TEETH", "PRESSURE_ANGLE", "Train", "Wheel", "circle", "towards"]

FEWEST_TEETH = 9
"""A gear with room for fewer is a dot: with the tooth form below, 9 are the fewest that mesh without undercut."""

PRESSURE_ANGLE, ADDENDUM, DEDENDUM, BACKLASH = math.radians(25), 0.8, 1.05, 0.05
"""Every wheel's tooth, so that any two mesh on their pitch circles: low and steep, because profile shifts would have to
cancel along the whole train. A rack of this form cuts under a gear of fewer than 2 * 0.8 / sin(25 deg)^2 = 8.96."""

CIRCLE_POINTS = 192
"""Straight lines between so many points leave a circle of radius 1.5 by 0.05 px at 1080p."""

IN_MESH = 0.8
"""Pitches beside the line of centres at which a tooth of this form comes into mesh, or leaves it."""


@dataclass(frozen=True)
class Wheel:
    """One wheel in its place, at rest.

    Attributes
    ----------
    kind : "gear", "idler", "dot" or "free"
        A gear carries a variable; an idler none. A dot is a gear below tooth size. A free hub has delta 0, radius 0,
        and meshes with nothing.
    node : int or None
        Index into the deltas; None for an idler.
    centre : (x, y)
        Its hub.
    pitch_radius : float
        scale * |delta|, but for idlers.
    teeth : int
        0 for a dot, a free hub, and an idler that has no gear with teeth on either side.
    rest_angle : float
        Angle by which its outline is turned when nothing has moved.
    sense : +1, -1 or 0
        The way it turns when L is pushed in the positive sense: the sign of its delta; of an idler, against its
        neighbours; 0 for a free hub. +1 is counter-clockwise.
    tooth_angles : tuple of float
        Directions of its teeth in the outline, ascending, the first one 0. Nearly but not quite equal steps: see `rim`.
    """

    kind: Kind
    node: int | None
    centre: tuple[float, float]
    pitch_radius: float
    teeth: int
    rest_angle: float
    sense: int
    tooth_angles: tuple[float, ...] = ()


@dataclass(frozen=True)
class Train:
    """Wheels from front to back, idlers between.

    Attributes
    ----------
    wheels : tuple of Wheel
        In the order of the chain.
    scale : float
        Length per unit of delta.
    gear_module : float
        Shared by all teeth: their pitch is pi times as long.
    """

    wheels: tuple[Wheel, ...]
    scale: float
    gear_module: float

    @cached_property
    def contacts(self) -> tuple[tuple[int, int], ...]:
        """Pairs of wheels that roll on each other, with teeth or without, as indices into `wheels`."""
        pairs = pairwise(range(len(self.wheels)))
        return tuple(pair for pair in pairs if all(self.wheels[i].kind != "free" for i in pair))

    @cached_property
    def meshes(self) -> tuple[tuple[int, int], ...]:
        """Pairs of wheels whose teeth mesh, as indices into `wheels`."""
        return tuple((a, b) for a, b in self.contacts if self.wheels[a].teeth and self.wheels[b].teeth)

    def wheel_of(self, node: int) -> Wheel:
        """Return the wheel of a variable."""
        return next(wheel for wheel in self.wheels if wheel.node == node)

    def tooth(self, wheel: Wheel) -> Tooth:
        """Return the tooth that a wheel carries; ValueError if it carries none."""
        if not wheel.teeth:
            raise ValueError(f"the wheel of kind {wheel.kind!r} at {wheel.centre} has no teeth")
        return Tooth(wheel.pitch_radius, self.gear_module, PRESSURE_ANGLE, ADDENDUM, DEDENDUM, backlash=BACKLASH)

    def outline(self, wheel: Wheel, points_per_flank: int = 8) -> Outline:
        """Return a wheel's outline about its hub, unrotated; a circle if it has no teeth."""
        if wheel.teeth:
            return self.tooth(wheel).outline(np.array(wheel.tooth_angles), points_per_flank)
        return circle(wheel.pitch_radius)

    def angles(self, turns: ArrayLike) -> NDArray[np.float64]:
        """Absolute angle of every wheel, when each node's shaft has turned by so much from rest.

        Parameters
        ----------
        turns
            One per node on the last axis, counter-clockwise for a quantity that grows: K * (h_l - h_l at rest).

        Returns
        -------
        array
            One per wheel on the last axis. An idler rolls on the wheel in front of it.
        """
        given = np.asarray(turns, dtype=np.float64)
        turned: list[NDArray[np.float64]] = []
        for i, wheel in enumerate(self.wheels):
            if wheel.node is not None:
                turned.append(given[..., wheel.node])
            else:
                turned.append(-turned[-1] * (self.wheels[i - 1].pitch_radius / wheel.pitch_radius))
        rest = np.array([wheel.rest_angle for wheel in self.wheels])
        moved: NDArray[np.float64] = np.stack(turned, axis=-1)
        return rest + moved

    def drift(self, turns: ArrayLike) -> NDArray[np.float64]:
        """By how many teeth each of `meshes` is out of phase after such turns of the shafts, 0 at rest.

        Seen on the line of centres and where teeth come into mesh and leave it; of the three the worst, with its sign.
        Two causes: turns that are not those of the linear picture (the rims then run apart), and teeth that stand off
        the pitch, once turns are so large that such teeth have come into mesh.
        """
        angles = self.angles(turns)
        places = [[self._out_of_phase(a, b, angles, at) for at in (0.0, IN_MESH, -IN_MESH)] for a, b in self.meshes]
        return np.array([max(place, key=abs) for place in places])

    def _out_of_phase(self, a: int, b: int, angles: NDArray[np.float64], beside: float) -> float:
        """As `drift`, seen so many pitches beside the line of centres."""
        front, back = self.wheels[a], self.wheels[b]
        direction, arc = towards(front.centre, back.centre), beside * math.pi * self.gear_module
        sides = (direction + arc / front.pitch_radius, direction + math.pi - arc / back.pitch_radius)
        facing = tuple(zip((front, back), (angles[a], angles[b]), sides, strict=True))
        now = sum(count_at(wheel.tooth_angles, side - angle) for wheel, angle, side in facing)
        rest = sum(count_at(wheel.tooth_angles, side - wheel.rest_angle) for wheel, _, side in facing)
        return float(now - rest)


def circle(radius: float) -> Outline:
    """Outline of a wheel without teeth."""
    around = np.linspace(0, 2 * math.pi, CIRCLE_POINTS, endpoint=False)
    return polar(np.full(CIRCLE_POINTS, radius), around)


def towards(start: Sequence[float], end: Sequence[float]) -> float:
    """Direction from one point to another."""
    return math.atan2(end[1] - start[1], end[0] - start[0])
