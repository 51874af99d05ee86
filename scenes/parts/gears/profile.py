"""The drawn wheels of a function: driver and driven of a pair whose hubs are 1 apart, disc and ring of a lug and stop.

A profile follows from a few numbers, so that a ledger can hold them and an audit can draw the wheel anew.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core import FUNCTIONS
from scenes.parts.gears.found import Found, finest_module
from scenes.parts.gears.function_gear import FunctionGear
from scenes.parts.gears.involute import Outline, polar
from scenes.parts.gears.lug import LugAndStop

__all__ = ["DISC", "DRIVEN", "DRIVER", "RING", "Profile", "even_lines", "numbers_of", "profile_of"]

Floats = NDArray[np.float64]
DRIVER, DRIVEN, DISC, RING = range(4)
"""Which wheel it is: its number in a ledger."""

_NAMES: Final = tuple(FUNCTIONS)
_POINTS: Final = 12  # per tooth: within half a pixel of the true wave at 2160p
_BAND: Final = 0.04  # all lengths are shares of the distance from hub to hub, or of the radius of a ring
_LINE: Final = 0.08  # how long a line is: across the ring and on, as far as there is room outside of the hub
_MOST_LINES: Final = 7


@dataclass(frozen=True)
class Profile:
    """A wheel about its hub, at rest.

    Attributes
    ----------
    body
        All that belongs to it, shape (n, 2).
    band
        Its toothed ring; of a lug and stop what is cut out of the body, or nothing.
    lines
        Ends of fine lines where x is a round number, shape (n, 2, 2).
    hub, least
        Radius of its hub, and the smallest of its pitch curve.
    share, zero
        It turns by share x (k x its value - zero), in radians counter-clockwise.
    hollow
        Whether its value falls as x grows.
    """

    body: Outline
    band: Outline
    lines: Floats
    hub: float
    least: float = 1.0
    share: float = 1.0
    zero: float = 0.0
    hollow: bool = False

    def turned(self, turn: float) -> float:
        """Return by how many radians it is turned, where k times its value is ``turn``."""
        return self.share * (turn - self.zero)

    def turn(self, turned: float) -> float:
        """Return k times its value from how far it is turned: the inverse of `turned`."""
        return self.zero + turned / self.share


def numbers_of(name: str, picture: Found, part: int, lines: tuple[float, float, int]) -> dict[str, float]:
    """Return the numbers that a profile follows from.

    Parameters
    ----------
    lines
        The first and the last x that carries a line, and how many there are, evenly spaced.
    """
    first, last, count = lines
    ends = {"low": picture.turns[0], "high": picture.turns[1], "k": picture.k}
    return {"part": float(part), "function": float(_NAMES.index(name)), **ends,
            "first": first, "last": last, "lines": float(count)}  # fmt: skip


def even_lines(low: float, high: float) -> tuple[float, float, int]:
    """Return the first and the last multiple of a round step in an interval, and how many there are: at most 7.

    Examples
    --------
    >>> even_lines(-1.5, 1.5), even_lines(0.5, 2.0), even_lines(3.0, 3.01)
    ((-1.5, 1.5, 7), (0.5, 2.0, 4), (3.0, 3.01, 6))
    """
    first, last = (Decimal(repr(float(end))) for end in (low, high))
    power = (last - first).adjusted() - 2
    for step in (Decimal(lead).scaleb(power + i) for i in range(4) for lead in (1, 2, 5)):
        low_count, high_count = (
            (first / step).to_integral_value(ROUND_CEILING),
            (last / step).to_integral_value(ROUND_FLOOR),
        )
        if 1 <= (count := int(high_count - low_count) + 1) <= _MOST_LINES:
            return float(low_count * step), float(high_count * step), count
    return low, high, 2


def profile_of(numbers: Mapping[str, float]) -> Profile:
    """Return the wheel that some numbers give.

    Examples
    --------
    >>> from scenes.parts.gears.found import found
    >>> wheel = profile_of(numbers_of("tanh", found("tanh", -1.5, 1.5), DRIVEN, (-1.0, 1.0, 3)))
    >>> wheel.hollow, wheel.share, len(wheel.lines)
    (False, -1.0, 3)
    """
    keys = ("part", "function", "low", "high", "k", "first", "last", "lines")
    return _profile(*(float(numbers[key]) for key in keys))


@lru_cache(maxsize=64)
def _profile(
    part: float, function: float, low: float, high: float, k: float, first: float, last: float, lines: float
) -> Profile:
    if part in (DISC, RING):
        return _lug(LugAndStop(k, 1.0), disc=part == DISC)
    name = _NAMES[int(function)]
    gear = FunctionGear(name, low, high, k, 1.0, finest_module(name, low, high))
    at = np.linspace(first, last, int(lines))
    return _sector(gear, at, driver=part == DRIVER)


def _sector(gear: FunctionGear, at: Floats, *, driver: bool) -> Profile:
    start, end = map(float, FUNCTIONS[gear.function].value(np.array([gear.low, gear.high])))
    towards = -gear.driver_angle(at) if driver else math.pi - gear.driven_angle(at)
    hub, least = gear.hub_radii[not driver], gear.smallest_radii[not driver]
    ends = gear.instantaneous_radii(at)[not driver] - gear.tooth_height
    body = gear.driver_outline(_POINTS) if driver else gear.driven_outline(_POINTS)
    band = gear.band(_POINTS, _BAND, driver=driver)
    lines = _lines(towards, ends, hub)
    if driver:
        return Profile(body, band, lines, hub, least, 1.0, gear.k * gear.low)
    # an external mesh reverses, whether the function rises or falls
    return Profile(body, band, lines, hub, least, -1.0 if end > start else 1.0, gear.k * start, end < start)


def _lug(lug: LugAndStop, *, disc: bool) -> Profile:
    """Return disc or ring, with a line on the face of the lug or the stop."""
    half = lug.width / 2
    direction = lug.direction - half if disc else lug.direction + half
    span = (0.30, 0.94 * lug.lug_radius) if disc else (1.06 * lug.stop_radius, 0.95)
    line = np.stack([polar(np.full(1, radius), np.full(1, direction)) for radius in span], axis=1)
    body, band = (lug.driver_outline(), np.zeros((0, 2))) if disc else (lug.driven_outline(), lug.driven_opening())
    return Profile(body, band, line, 0.12 if disc else 0.0)


def _lines(towards: Floats, ends: Floats, hub: float) -> Floats:
    """Return radial lines that end so far from the hub, shape (n, 2, 2)."""
    starts = np.maximum(ends - _LINE, hub)
    return np.stack([polar(starts, towards), polar(ends, towards)], axis=1)
