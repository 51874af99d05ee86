"""ReLU as a lug and a stop: z turns a disc, and its lug pushes a ring by its stop, one way only; a brake holds it.

The disc stands inside the ring, on the same hub, and in one plane nothing covers anything: the lug reaches outward, the
stop inward, and their faces are radial, so that they lie flush on each other. They touch exactly at z = 0. For z > 0
the ring turns with the disc, angle for angle; for z <= 0 it rests at 0 under the brake, and the disc turns alone.

A plain clutch would not do: it would leave the ring where it happened to stand, and relu(z) is 0 for every z <= 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core import FUNCTIONS
from scenes.parts.gears.drawable import NotDrawable
from scenes.parts.gears.involute import Outline, polar

__all__ = ["LugAndStop"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class LugAndStop:
    """A disc with a lug, a ring with a stop, and a brake shoe on the ring; the hub of both is the origin.

    Attributes
    ----------
    k : float
        Radians of turn per unit of z, and of h.
    radius : float
        Outside of the ring.
    direction : float
        Direction in which lug and stop touch at z = 0.
    brake_direction : float
        Direction of the brake shoe.

    Raises
    ------
    NotDrawable
        k or the radius is not more than 0.

    Examples
    --------
    >>> relu = LugAndStop(k=0.5)
    >>> [float(relu.driver_angle(z)) for z in (-1, 0, 1)], [float(relu.driven_angle(z)) for z in (-1, 0, 1)]
    ([-0.5, 0.0, 0.5], [0.0, 0.0, 0.5])
    """

    k: float
    radius: float = 1.5
    direction: float = math.pi / 2
    brake_direction: float = -math.pi / 2

    def __post_init__(self) -> None:
        if not (self.k > 0 and self.radius > 0):
            raise NotDrawable(f"a lug and stop wants k and radius of more than 0, not {self.k:.6g}, {self.radius:.6g}")

    # shares of the radius, and widths of lug, stop and shoe in radians
    @property
    def disc_radius(self) -> float:
        """Outside of the disc, without its lug."""
        return 0.50 * self.radius

    @property
    def lug_radius(self) -> float:
        """How far out the lug reaches."""
        return 0.72 * self.radius

    @property
    def stop_radius(self) -> float:
        """How far in the stop reaches."""
        return 0.56 * self.radius

    @property
    def opening_radius(self) -> float:
        """Inside of the ring, without its stop."""
        return 0.78 * self.radius

    @property
    def width(self) -> float:
        """Angle that the lug takes up, and the stop."""
        return 0.30

    @property
    def lowest(self) -> float:
        """The z below which the lug, turning back, would strike the stop from behind."""
        return -(2 * math.pi - 2 * self.width) / self.k

    def driver_angle(self, z: ArrayLike) -> Floats:
        """Return the angle of the disc, k z; NotDrawable below `lowest`."""
        at = np.asarray(z, dtype=np.float64)
        if (at < self.lowest).any():
            raise NotDrawable(
                f"at z = {at.min():.6g} with k = {self.k:.6g} the lug strikes the stop from behind; "
                f"z from {self.lowest:.4g} on fits",
                (self.lowest, math.inf),
            )
        return self.k * at

    def driven_angle(self, z: ArrayLike) -> Floats:
        """Return the angle of the ring, k relu(z), with relu as the core has it."""
        return self.k * np.asarray(FUNCTIONS["relu"].value(np.asarray(z, dtype=np.float64)))

    def gap(self, z: ArrayLike) -> Floats:
        """Return the angle between the faces of lug and stop: 0 while they touch, z >= 0."""
        return self.driven_angle(z) - self.driver_angle(z)

    def driver_outline(self) -> Outline:
        """Outline of the disc with its lug, whose leading face points in `direction`."""
        lug = np.linspace(-self.width, 0.0, 9)
        disc = np.linspace(0.0, 2 * math.pi - self.width, 120)
        radii = np.repeat([self.lug_radius, self.disc_radius], [len(lug), len(disc)])
        return polar(radii, np.concatenate([lug, disc]) + self.direction)

    def driven_outline(self) -> Outline:
        """Outside of the ring, a circle; `driven_opening` is cut out of it."""
        return polar(np.full(160, self.radius), np.linspace(0, 2 * math.pi, 160, endpoint=False))

    def driven_opening(self) -> Outline:
        """Inside of the ring, the stop standing into it, whose trailing face points in `direction`."""
        stop = np.linspace(0.0, self.width, 9)
        inside = np.linspace(self.width, 2 * math.pi, 130)
        radii = np.repeat([self.stop_radius, self.opening_radius], [len(stop), len(inside)])
        return polar(radii, np.concatenate([stop, inside]) + self.direction)

    def brake_outline(self) -> Outline:
        """Brake shoe, which never moves: it lies on the outside of the ring."""
        across = np.linspace(-0.35, 0.35, 17)
        radii = np.repeat([self.radius, 1.12 * self.radius], len(across))
        return polar(radii, np.concatenate([across[::-1], across]) + self.brake_direction)
