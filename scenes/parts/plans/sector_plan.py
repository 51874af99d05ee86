"""Wheels that are not round, as a clip's settings plan them: a function gear's pair, and ReLU's disc and ring."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from core import FUNCTIONS
from scenes.parts.gears.function_gear import FunctionGear
from scenes.parts.gears.lug import LugAndStop
from scenes.parts.measure import Scale
from scenes.parts.plans.wheel_plan import MARK, WheelPlan

__all__ = ["SectorPlan", "lug_plans", "pair_plans", "round_values"]

Array = npt.NDArray[np.float64]
Names = tuple[str, str]

_MOST_LINES: Final = 13  # more fine lines than about this many on a wheel cannot be told apart
_GAP, _LENGTH = 0.06, 0.2  # from the bottom of the teeth to a fine line, and how long that is, in frame units
_POINTS: Final = 12  # per tooth: within half a pixel of the true wave at 2160p
_BORE, _HOLLOW = 0.24, 0.86  # radius of a bore; the most of its hub
_LEAST_BORES: Final = 0.17, 0.21  # in which there is room for the letters x and h


@dataclass(frozen=True)
class SectorPlan(WheelPlan):
    """A wheel that is not round, apart from how far it has turned.

    Attributes
    ----------
    pitch_radius
        How far from the hub its mark ends.
    bore
        Radius of the hole for its shaft, in which its letter stands; 0 where there is no room for one.
    mark_from
        How far from the hub its mark begins.
    ticks
        Ends of fine lines on it about the hub, unrotated, shape (n, 2, 2).
    opening
        What is cut out of its outline, shape (n, 2); None where nothing is.
    """

    mark: float = MARK
    bore: float = 0.0
    mark_from: float = 0.0
    ticks: Array = field(default_factory=lambda: np.zeros((0, 2, 2)), compare=False)
    opening: Array | None = field(default=None, compare=False)

    @property
    def reach(self) -> float:
        """How far from the hub it reaches."""
        return 0.0 if self.outline is None else float(np.hypot(*self.outline.T).max())


def round_values(low: float, high: float) -> Array:
    """Return round numbers within an interval, evenly spaced, at most 13, none close to an end.

    Examples
    --------
    >>> round_values(0.5, 2.0).tolist()
    [0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8]
    """
    finest = (high - low) / _MOST_LINES
    power = 10.0 ** math.floor(math.log10(finest))
    step = next(power * unit for unit in (1.0, 2.0, 2.5, 5.0, 10.0) if power * unit >= finest)
    first, last = math.ceil(low / step + 0.25), math.floor(high / step - 0.25)
    return np.array([round(i * step, 12) for i in range(first, last + 1)])


def pair_plans(
    gear: FunctionGear, names: Names, *, turns: Names, hubs: tuple[float, float], line: float, scale: Scale
) -> dict[str, SectorPlan]:
    """Return driver and driven of a function gear by name.

    Parameters
    ----------
    turns
        The quantities that turn them: x, and f of x.
    hubs, line
        Where the hubs stand, x of each, and y of both.
    scale
        Radians per unit, of x as of f.
    """
    at = round_values(gear.low, gear.high)
    middle = int(np.argmin(np.abs(at - (gear.low + gear.high) / 2)))
    start, end = map(float, FUNCTIONS[gear.function].value(np.array([gear.low, gear.high])))
    directions = -gear.driver_angle(at), math.pi - gear.driven_angle(at)
    outlines = gear.driver_outline(_POINTS), gear.driven_outline(_POINTS)
    shares = 1.0, -1.0 if end > start else 1.0  # an external mesh reverses, whether f rises or falls
    plans = {}
    for i, (towards, radii) in enumerate(zip(directions, gear.instantaneous_radii(at), strict=True)):
        ends = radii - gear.tooth_height - _GAP
        plans[names[i]] = SectorPlan(
            names[i],
            (hubs[i], line),
            float(ends[middle]),
            outlines[i],
            0.0,
            turns[i],
            turn=turns[i],
            turn_scale=scale,
            share=shares[i],
            zero=(gear.low, start)[i],
            mark=float(towards[middle]),
            bore=_bore(gear.hub_radii[i], _LEAST_BORES[i]),
            mark_from=max(gear.hub_radii[i], 0.4 * float(ends[middle])),
            ticks=_lines(np.delete(towards, middle), np.delete(ends, middle), gear.hub_radii[i]),
        )
    return plans


def lug_plans(
    lug: LugAndStop, names: Names, *, turns: Names, hub: tuple[float, float], scale: Scale
) -> dict[str, SectorPlan]:
    """Return disc and ring of a lug and stop by name, each with its mark on the lug or the stop."""
    disc, ring = names
    half = lug.width / 2
    spans = (0.25 * lug.radius, 0.94 * lug.lug_radius), (1.06 * lug.stop_radius, 0.95 * lug.radius)
    shapes = (lug.driver_outline(), None), (lug.driven_outline(), lug.driven_opening())
    plans = {}
    for i, (name, direction) in enumerate(((disc, lug.direction - half), (ring, lug.direction + half))):
        plans[name] = SectorPlan(
            name,
            hub,
            spans[i][1],
            shapes[i][0],
            0.0,
            turns[i],
            turn=turns[i],
            turn_scale=scale,
            mark=direction,
            bore=_bore(lug.disc_radius, _LEAST_BORES[0]) if i == 0 else 0.0,
            mark_from=spans[i][0],
            opening=shapes[i][1],
        )
    return plans


def _bore(hub: float, least: float) -> float:
    """Return the radius of the hole in a hub, 0 where it would be too small."""
    bore = min(_BORE, _HOLLOW * hub)
    return bore if bore >= least else 0.0


def _lines(directions: Array, ends: Array, least: float) -> Array:
    """Return radial lines that end so far from the hub and do not begin nearer than `least`, shape (n, 2, 2)."""
    starts = np.maximum(ends - _LENGTH, np.minimum(least, ends))
    along = np.stack([np.cos(directions), np.sin(directions)], axis=-1)
    return np.stack([along * starts[:, None], along * ends[:, None]], axis=1)
