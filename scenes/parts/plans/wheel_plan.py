"""What a clip's settings say of each wheel that it may show: its outline, its place, and what it turns by."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.gears.train import Train, Wheel, circle
from scenes.parts.gears.wheels import towards
from scenes.parts.measure import Scale

FLANK_POINTS: Final = 4
"""Points on each flank of a drawn tooth: straight lines between them leave its curve by 0.2 px at 1080p at most."""

__all__ = ["FREE", "MARK", "WheelPlan", "plain_plans", "plans_of"]

Array = npt.NDArray[np.float64]

MARK: Final = math.pi / 2
"""Direction in which the mark of a round wheel points at rest."""

FREE: Final = 0.12
"""Radius of the ring round what is exactly 0, or too small to be drawn."""


@dataclass(frozen=True)
class WheelPlan:
    """A wheel, apart from how far it has turned.

    Attributes
    ----------
    key
        Its name in the clip.
    centre
        Where its hub stands, from the origin of its train; where that stands, a page says.
    pitch_radius
        In frame units.
    outline
        Its outline about the hub, unrotated, shape (n, 2): a circle where it has no teeth; None for a free hub.
    rest
        Angle by which the outline is rotated at rest, in radians, counter-clockwise positive.
    quantity, radius_scale
        The quantity whose magnitude its pitch radius is, and by which scale. An idler, of any size, has no scale, and
        the quantity of the gear before it.
    turn, turn_scale, share, zero
        The quantity that turns it, the scale in radians per unit, how many times as far it turns, against the others
        where negative, and the value of the quantity at which it is at rest.
    mark
        Direction in which its mark points at rest; None for a wheel without one: if it turns, the dashes round it do.
    hollow
        Whether its ring is hollow: the quantity of its radius is negative.
    ahead
        Direction of the hub of the next wheel, if it rolls on one.
    train
        What its train is called: on any frame, all wheels of one train have one origin.
    """

    key: str
    centre: tuple[float, float]
    pitch_radius: float
    outline: Array | None = field(compare=False)
    rest: float
    quantity: str
    radius_scale: Scale | None = None
    turn: str | None = None
    turn_scale: Scale | None = None
    share: float = 1.0
    zero: float = 0.0
    mark: float | None = MARK
    hollow: bool = False
    ahead: float | None = None
    train: str = ""

    @property
    def sides(self) -> tuple[float, float, float, float]:
        """How far it reaches from the origin of its train: to the left, to the right, up and down, teeth included."""
        radii = [self.pitch_radius, FREE] if self.outline is None else [float(np.hypot(*self.outline.T).max())]
        (x, y), far = self.centre, max(radii)
        return far - x, far + x, far + y, far - y

    def turned(self, value: float) -> float:
        """Return by how many radians the wheel has turned from rest when its quantity has this value."""
        return self.share * self.turn_scale.per_unit * (value - self.zero) if self.turn_scale else 0.0

    def value(self, turned: float) -> float:
        """Return the value for which the wheel has turned by so many radians from rest; the inverse of `turned`."""
        return self.zero + turned / (self.share * self.turn_scale.per_unit) if self.turn_scale else self.zero


def plans_of(
    train: Train,
    nodes: Sequence[str],
    *,
    scale: Scale,
    turns: Sequence[str] = (),
    turn_scale: Scale | None = None,
    prefix: str = "",
) -> dict[str, WheelPlan]:
    """Return the wheels of a train by name: a gear is called like its node, an idler by the node before it.

    Parameters
    ----------
    nodes
        Names of the nodes; the radius of each gear is that of the quantity ``dL_dNAME``.
    turns
        Names of the quantities by which the shafts turn; none for a train that stands still.
    """
    per_node, ahead = _shares(train, len(nodes)), _ahead(train.wheels)
    return {
        name: WheelPlan(
            name,
            wheel.centre,
            wheel.pitch_radius,
            None if wheel.kind == "free" else train.outline(wheel, FLANK_POINTS),
            wheel.rest_angle,
            f"dL_d{nodes[node]}",
            radius_scale=scale if wheel.node is not None else None,
            turn=turns[node] if turns else None,
            turn_scale=turn_scale if turns else None,
            share=float(shares[node]),
            mark=None if wheel.kind == "dot" else MARK,
            hollow=wheel.node is not None and wheel.sense < 0,
            ahead=way,
            train=prefix,
        )
        for (name, node, wheel), shares, way in zip(_named(train.wheels, nodes, prefix), per_node, ahead, strict=True)
    }


def plain_plans(
    wheels: Sequence[Wheel], nodes: Sequence[str], *, scale: Scale, prefix: str, moving: str
) -> dict[str, WheelPlan]:
    """Return the wheels of a train without teeth and without marks, by name as in `plans_of`.

    Parameters
    ----------
    moving
        What stands before the name of a gradient that moves.
    """
    return {
        name: WheelPlan(
            name,
            wheel.centre,
            wheel.pitch_radius,
            circle(wheel.pitch_radius) if wheel.pitch_radius else None,
            0.0,
            f"{moving}dL_d{nodes[node]}",
            radius_scale=scale if wheel.node is not None else None,
            mark=None,
            hollow=wheel.node is not None and wheel.sense < 0,
            ahead=way,
            train=prefix,
        )
        for (name, node, wheel), way in zip(_named(wheels, nodes, prefix), _ahead(wheels), strict=True)
    }


def _named(wheels: Sequence[Wheel], nodes: Sequence[str], prefix: str) -> Iterator[tuple[str, int, Wheel]]:
    """Yield each wheel with its name and its node; an idler has the node of the gear before it, and so has a second."""
    node, idlers = 0, 0
    for wheel in wheels:
        node, idlers = (node, idlers + 1) if wheel.node is None else (wheel.node, 0)
        end = "" if not idlers else "_idler" if idlers == 1 else f"_idler_{idlers}"
        yield f"{prefix}{nodes[node]}{end}", node, wheel


def _ahead(wheels: Sequence[Wheel]) -> list[float | None]:
    """Return for each wheel the direction of the next one's hub, None where it rolls on none."""
    rolls = ("free" not in (a.kind, b.kind) for a, b in pairwise(wheels))
    pairs = zip(pairwise(wheels), rolls, strict=True)
    return [*(towards(a.centre, b.centre) if on else None for (a, b), on in pairs), None]


def _shares(train: Train, count: int) -> Array:
    """Return by how much each wheel turns when each shaft alone does, shape (wheels, nodes)."""
    rest = train.angles(np.zeros(count))
    return np.stack([train.angles(unit) - rest for unit in np.eye(count)], axis=1)
