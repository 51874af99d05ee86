"""Which picture a function on an interval can have, and with which numbers: found, so that nobody has to type them.

A rising or falling piece turns a pair of gears, the whole of it or the longest part that can be drawn; ReLU is a lug
and a stop; where no gears can be cut, a graph with its triangle is left.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from core import FUNCTIONS, CoreError
from scenes.parts.gears.drawable import NotDrawable, check_range, check_turns, fitting_k

__all__ = ["Found", "Interval", "finest_module", "found"]

Floats = NDArray[np.float64]
Interval = tuple[float, float]
Picture = Literal["gears", "lug", "graph"]

_FLAT: Final = "relu"
_NARROWINGS: Final = 8  # a narrower piece is sampled more finely, and may turn out to be narrower still
_LUG_TURN: Final = math.radians(300)  # what disc or ring turn together, at most
_SAMPLES: Final = 1601
_BESIDE: Final = 0.15  # of the width of what turns: so much of the graph beside it, room for the end of a tangent
_ROOM: Final = 0.08  # of a graph, between what is drawn and its edges
_SHAPE: Final = (0.75, 2.4)  # of a graph with one unit for both axes, width by height: at least and at most
_LEGS: Final = 0.55  # of the shorter side of a graph: what the two legs of its triangle are together
_RISE: Final = 0.35  # of a graph's height, where rise and run have units of their own: the highest triangle
_MOST_BENDS: Final = 40  # of a graph: how often it may turn round and still be seen, not a band of colour
_MODULE: Final = 0.03  # of the distance from hub to hub
_RADIUS_PER_MODULE: Final = 3.0


@dataclass(frozen=True)
class Found:
    """The picture of a function on an interval.

    Attributes
    ----------
    picture
        ``gears``; ``lug``, a lug and a stop; or ``graph``, where neither can be drawn.
    turns
        The part of the interval that x goes through.
    k
        Radians of turn for a change of 1, of x as of f.
    across, up
        What its graph shows of x and of f. One unit is as long on both, unless there is a graph alone.
    drawn
        Where on ``across`` the curve is drawn: where it can be computed, and lies on the graph.
    legs
        How long both legs of the triangle are together, in units of x; of a graph alone, how long the run is.
    """

    picture: Picture
    turns: Interval
    k: float
    across: Interval
    up: Interval
    drawn: Interval
    legs: float

    def up_with(self, *values: float) -> Interval:
        """Return what its graph shows of f where more is to be seen on it."""
        room = _ROOM * (self.up[1] - self.up[0])
        return min([self.up[0], *(v - room for v in values)]), max([self.up[1], *(v + room for v in values)])


@lru_cache(maxsize=256)
def found(name: str, low: float, high: float, k: float | None = None, *, alone: bool = False) -> Found:
    """Find the picture of a function from ``low`` to ``high``.

    Parameters
    ----------
    k
        Radians per unit, if they are wanted otherwise than they would be found.
    alone
        Whether it is to be a graph in any case.

    Raises
    ------
    NotDrawable
        Gears cannot turn with this k, or no part of the interval can be computed.

    Examples
    --------
    >>> found("tanh", -1.5, 1.5).picture, found("tanh", -3, 3).turns, found("relu", -1, 1).picture
    ('gears', (-1.58, 1.58), 'lug')
    >>> found("cube", -0.1, 0.1).picture
    'graph'
    """
    if name == _FLAT and low <= 0.0 and not alone:
        return _isotropic("lug", name, (low, high), k or _nice(_LUG_TURN / (high - low)))
    whole = _computable(name, low, high)
    if alone or (part := _part(name, *whole)) is None:
        return _alone(name, *whole)
    if k is not None:
        check_turns(name, *part, k)
    return _isotropic("gears", name, part, k or fitting_k(name, *part))


def finest_module(name: str, low: float, high: float) -> float:
    """Return the module of gears whose hubs are 1 apart: as large as looks well, or finer where a radius is small."""
    slopes = np.abs(FUNCTIONS[name].derivative(np.linspace(low, high, 513)))
    smallest = min(float((slopes / (1 + slopes)).min()), float((1 / (1 + slopes)).min()))
    return min(_MODULE, smallest / _RADIUS_PER_MODULE)


def _part(name: str, low: float, high: float) -> Interval | None:
    """Return the longest part of an interval of which gears can be cut, as far as it is found, or None."""
    for _ in range(_NARROWINGS):
        try:
            check_range(name, low, high)
            fitting_k(name, low, high)
        except NotDrawable as error:
            if error.ends is None or not error.ends[0] < error.ends[1]:
                return None
            low, high = error.ends
        else:
            return low, high
    return None


def _isotropic(picture: Picture, name: str, turns: Interval, k: float) -> Found:
    """Return gears, or a lug and stop, with a graph on which one unit is as long on both axes."""
    a, b = turns
    x = np.linspace(a, b, _SAMPLES)
    h = FUNCTIONS[name].value(x)
    more = _BESIDE * (b - a)
    across, up = (a - more, b + more), (float(h.min()), float(h.max()))
    legs = _LEGS * max(min(np.ptp(across), np.ptp(up)), max(np.ptp(across), np.ptp(up)) / _SHAPE[1])
    slope = FUNCTIONS[name].derivative(x)
    run = legs / (1 + np.abs(slope))
    foot = h - slope * run
    across = _padded(min(across[0], float((x - run).min())), across[1])
    up = _padded(min(up[0], float(foot.min())), max(up[1], float(foot.max())))
    across, up = _shaped(across, up)
    return Found(picture, turns, k, across, up, _drawn(name, turns, across, up), float(legs))


def _computable(name: str, low: float, high: float) -> Interval:
    """Return the longest part of an interval on which the core can compute the function and its slope."""
    x = _sampled(low, high)
    good = _computes(name, x)
    runs = [run for run in np.split(np.arange(len(x)), np.flatnonzero(np.diff(good)) + 1) if good[run[0]]]
    run = max(runs, key=len, default=np.zeros(0, int))
    if len(run) < 3 or not x[run[0]] < x[run[-1]]:
        raise NotDrawable(f"{name} on {low:.6g} to {high:.6g}: it cannot be computed there; take another interval")
    return float(x[run[0]]), float(x[run[-1]])


def _alone(name: str, low: float, high: float) -> Found:
    """Return a graph without gears, each axis with a unit of its own."""
    turns = low, high
    x = np.linspace(*turns, _SAMPLES)
    h, slope = _values(name, x), FUNCTIONS[name].derivative(x)
    if np.count_nonzero(np.diff(np.sign(slope))) > _MOST_BENDS:
        raise NotDrawable(f"{name} on {low:.6g} to {high:.6g}: it goes up and down too often; take a shorter interval")
    steepest = float(np.abs(slope).max())
    bottom, top = float(h.min()), float(h.max())
    tall = (top - bottom) or 1.0
    length = min(0.25 * (turns[1] - turns[0]), _RISE * tall / steepest if steepest else math.inf)
    foot = h - length * FUNCTIONS[name].derivative(x)
    across = _padded(turns[0] - length, turns[1])
    up = _padded(min(bottom, float(foot.min())), max(top, float(foot.max()), bottom + tall))
    if not (np.isfinite([*across, *up]).all() and across[0] < turns[0] and turns[1] < across[1] and up[0] < bottom):
        raise NotDrawable(f"{name} on {low:.6g} to {high:.6g}: its values lie beyond what an axis can show")
    return Found("graph", turns, 1.0, across, up, turns, length)


def _padded(low: float, high: float) -> Interval:
    room = _ROOM * (high - low)
    return low - room, high + room


def _shaped(across: Interval, up: Interval) -> tuple[Interval, Interval]:
    """Widen a graph on which both axes have one unit where it would be too flat or too slim."""
    wide, tall = across[1] - across[0], up[1] - up[0]
    return _widened(across, _SHAPE[0] * tall - wide), _widened(up, wide / _SHAPE[1] - tall)


def _widened(ends: Interval, by: float) -> Interval:
    more = max(0.0, by) / 2
    return ends[0] - more, ends[1] + more


def _drawn(name: str, turns: Interval, across: Interval, up: Interval) -> Interval:
    """Return the stretch round what turns on which the curve can be computed, goes on and lies on its graph."""
    x = np.union1d(_sampled(*across), turns)
    h = _values(name, x)
    good = _computes(name, x) & (h >= up[0]) & (h <= up[1]) & _goes_on(name, turns, x)
    first, last = (int(np.searchsorted(x, end)) for end in turns)
    while first > 0 and good[first - 1]:
        first -= 1
    while last < len(x) - 1 and good[last + 1]:
        last += 1
    return float(x[first]), float(x[last])


def _goes_on(name: str, turns: Interval, x: Floats) -> NDArray[np.bool_]:
    """Return where a function rises or falls as it does where it turns gears; of what has a flat piece everywhere."""
    slope, here = (_each(FUNCTIONS[name].derivative, at) for at in (x, np.array(turns)))
    return np.asarray((slope * here[0] > 0) | (here[0] * here[1] == 0))


def _sampled(low: float, high: float) -> Floats:
    """Return numbers of an interval, among them 0, where a function may have a pole or a kink."""
    return np.union1d(np.linspace(low, high, _SAMPLES), [0.0] if low < 0.0 < high else [])


def _computes(name: str, x: Floats) -> NDArray[np.bool_]:
    """Return whether the core can compute the function and its slope at each x."""
    return np.isfinite(_values(name, x)) & np.isfinite(_each(FUNCTIONS[name].derivative, x))


def _values(name: str, x: Floats) -> Floats:
    """Return f at each x; NaN where the core cannot compute it."""
    return _each(FUNCTIONS[name].value, x)


def _each(rule: Callable[[Any], Any], x: Floats) -> Floats:
    """Return what a rule of the core gives for each number, NaN where it gives none."""
    with np.errstate(all="ignore"):
        try:
            return np.asarray(rule(x), dtype=np.float64)
        except CoreError:
            return np.array([_one(rule, each) for each in x])


def _one(rule: Callable[[Any], Any], x: np.float64) -> float:
    try:
        return float(rule(x))
    except CoreError:
        return math.nan


def _nice(most: float) -> float:
    """Return the largest number of two digits that is not above another, and not above 1."""
    unit = 10.0 ** (math.floor(math.log10(most)) - 1)
    return min(1.0, float(f"{math.floor(most / unit) * unit:.2g}"))
