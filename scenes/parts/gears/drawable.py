"""Where a function can be drawn as a pair of gears, and how large an angle its unit must be.

Three limits: the ratio |f'| stays within 1/9 and 9, so that neither gear becomes a needle; both are sectors, less than
a turn; and the common tangent of the pitch curves tilts by less than 40 degrees from square to the line of centres,
beyond which teeth would push each other apart instead of round.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.polynomial import Chebyshev
from numpy.typing import NDArray

from core import FUNCTIONS, CoreError, Function

__all__ = [
    "LARGEST_ANGLE",
    "LARGEST_RATIO",
    "LARGEST_TILT",
    "NotDrawable",
    "check_range",
    "check_turns",
    "fitting_k",
    "k_range",
    "slope_curve",
    "smooth",
]

Floats = NDArray[np.float64]

LARGEST_RATIO = 9.0
LARGEST_TILT = math.radians(40)
LARGEST_ANGLE = 2 * math.pi - math.radians(15)
SMALLEST_ANGLE = math.pi / 2
"""Where the tilt asks for next to nothing, the larger sector still is a quarter turn, so that there is one to see."""

GRID = 4001


class NotDrawable(ValueError):  # noqa: N818 - said as a sentence, where it is caught too
    """A function on an interval makes no pair of gears.

    Attributes
    ----------
    ends : (low, high) or None
        An interval within that does, if there is one.
    k : float or None
        Radians per unit with which it does, if the interval was no fault.
    """

    def __init__(self, message: str, ends: tuple[float, float] | None = None, k: float | None = None) -> None:
        super().__init__(message)
        self.ends, self.k = ends, k


def smooth(curve: Callable[[Floats], Floats], low: float, high: float) -> Chebyshev:
    """Chebyshev series through a smooth curve, of the degree that its last coefficients are below 1e-13 of the largest.

    Its derivative and integral are as exact, which spares the core a second derivative. Source: Trefethen,
    Approximation Theory and Approximation Practice, chapter 3.
    """
    degree = 32
    while True:
        found = Chebyshev.interpolate(curve, degree, domain=[low, high])
        size = np.abs(found.coef)
        if degree >= 1024 or size[-4:].max() <= 1e-13 * size.max():
            return found
        degree *= 2


def slope_curve(name: str, low: float, high: float) -> Chebyshev:
    """|f'| on the interval, as a series."""
    row = FUNCTIONS[name]
    return smooth(lambda x: np.abs(row.derivative(x)), low, high)


def check_range(name: str, low: float, high: float) -> None:
    """Refuse an interval on which the ratio is too small or too large, or the function turns round.

    Raises
    ------
    NotDrawable
        With a part of it that can be drawn, to three significant digits.
    CoreError
        With the nearest name, if the core has no such function.

    Examples
    --------
    >>> check_range("square", 0, 2)
    Traceback (most recent call last):
    scenes.parts.gears.drawable.NotDrawable: square on 0 to 2: turns out per turn in must stay within 1/9 and 9, of one
        sign; it can be drawn on 0.426 to 2
    """
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise NotDrawable(f"{name} on {low:.6g} to {high:.6g}: the interval must be finite and run upward")
    x = np.linspace(low, high, GRID)
    slopes = _slopes(name, x)
    ratio = np.abs(slopes)
    good = np.where((ratio >= (1 - 1e-12) / LARGEST_RATIO) & (ratio <= LARGEST_RATIO * (1 + 1e-12)), np.sign(slopes), 0)
    if good[0] and (good == good[0]).all():
        return
    run = _longest_run(x, good)
    if run is not None and np.greater(*k_range(name, *run)):
        run = _narrower(name, *run)
    raise _refusal(name, low, high, "turns out per turn in must stay within 1/9 and 9, of one sign", run)


def check_turns(name: str, low: float, high: float, k: float) -> None:
    """Refuse a k with which a sector would be more than a turn less 15 degrees, or the tangent tilt too far.

    Raises
    ------
    NotDrawable
        With the k that fits, or the narrower interval for which there is one.
    """
    least, most = k_range(name, low, high)
    if not (math.isfinite(k) and least * (1 - 1e-9) <= k <= most * (1 + 1e-9)):
        fits = fitting_k(name, low, high)
        why = "a sector would be larger than 345 degrees" if k > most else "the tangent would tilt by over 40 degrees"
        raise NotDrawable(
            f"{name} on {low:.6g} to {high:.6g} with k = {k:.6g}: {why}; k = {fits:.6g} fits", (low, high), fits
        )


def fitting_k(name: str, low: float, high: float) -> float:
    """Choose the smallest k, rounded up to two digits, with which the function can be drawn on the interval.

    theta = k (x - low). The larger k, the gentler the gears: tan(tilt) = f'' / (k f' (1 + f')).

    Raises
    ------
    NotDrawable
        With a narrower interval, shorter at either end or at both, for which there is one.

    Examples
    --------
    >>> fitting_k("tanh", -1.5, 1.5), fitting_k("identity", 0, 1)
    (1.9, 1.6)
    >>> fitting_k("square", 0.1, 2)
    Traceback (most recent call last):
    scenes.parts.gears.drawable.NotDrawable: square on 0.1 to 2: no k keeps the tilt under 40 degrees and both sectors
    under 345; it can be drawn on 0.423 to 2
    """
    check_range(name, low, high)
    least, most = k_range(name, low, high)
    if least > most:
        rule = "no k keeps the tilt under 40 degrees and both sectors under 345"
        raise _refusal(name, low, high, rule, _narrower(name, low, high))
    spread = LARGEST_ANGLE / most  # the larger of the two intervals
    wanted = max(least, SMALLEST_ANGLE / spread)
    rounded = _rounded(wanted, 2, math.ceil)
    return rounded if rounded <= most else wanted


def k_range(name: str, low: float, high: float) -> tuple[float, float]:
    """Return the smallest k that the tilt allows and the largest that the sectors do; the second may be the smaller."""
    slope = slope_curve(name, low, high)
    x = np.linspace(low, high, GRID)
    steepest = np.max(np.abs(slope.deriv()(x)) / (slope(x) * (1 + slope(x))))
    ends = FUNCTIONS[name].value(np.array([low, high]))
    spread = max(high - low, abs(float(ends[1] - ends[0])))
    return float(steepest) / math.tan(LARGEST_TILT), LARGEST_ANGLE / spread


def _slopes(name: str, x: Floats) -> Floats:
    """Return f' at each x; 0 where the function has none, which is no slope that can be drawn."""
    row = FUNCTIONS[name]
    with np.errstate(all="ignore"):
        try:
            slopes = np.asarray(row.derivative(x))
        except CoreError:  # beyond its domain at one of them
            slopes = np.array([_slope(row, one) for one in x])
    return np.where(np.isfinite(slopes), slopes, 0.0)


def _slope(row: Function, x: np.float64) -> float:
    try:
        return float(row.derivative(x))
    except CoreError:
        return 0.0


def _longest_run(x: Floats, good: Floats) -> tuple[float, float] | None:
    """Return the ends of the longest stretch of equal entries that are not 0, inward to three digits."""
    breaks = np.flatnonzero(np.diff(good)) + 1
    runs = [run for run in np.split(np.arange(len(x)), breaks) if good[run[0]] and len(run) > 2]
    if not runs:
        return None
    run = max(runs, key=len)
    return _inward(float(x[run[0]]), float(x[run[-1]]), run[0] > 0, run[-1] < len(x) - 1)


def _inward(low: float, high: float, cut_low: bool, cut_high: bool) -> tuple[float, float]:
    """Round the ends that were cut to three digits, of themselves or of the width if that is finer."""
    width = math.floor(math.log10(high - low)) if low < high else 0
    digits = [max(3, 3 + math.floor(math.log10(abs(end))) - width) if end else 3 for end in (low, high)]
    return (
        _rounded(low, digits[0], math.ceil) if cut_low else low,
        _rounded(high, digits[1], math.floor) if cut_high else high,
    )


def _narrower(name: str, low: float, high: float) -> tuple[float, float] | None:
    """Return the longest of the intervals, cut at one end or both, for which there is a k."""
    found = []
    for left, right in ((1.0, 0.0), (0.0, 1.0), (0.5, 0.5)):
        for share in np.linspace(0.02, 0.96, 95):
            cut = share * (high - low)
            ends = _inward(float(low + left * cut), float(high - right * cut), left > 0, right > 0)
            if ends[0] < ends[1] and np.less_equal(*k_range(name, *ends)):
                found.append(ends)
                break
    return max(found, key=lambda ends: ends[1] - ends[0], default=None)


def _refusal(name: str, low: float, high: float, rule: str, ends: tuple[float, float] | None) -> NotDrawable:
    where = "take another interval" if ends is None else f"it can be drawn on {ends[0]:.6g} to {ends[1]:.6g}"
    return NotDrawable(f"{name} on {low:.6g} to {high:.6g}: {rule}; {where}", ends)


def _rounded(value: float, digits: int, way: Callable[[float], int]) -> float:
    """Round to so many significant digits, up (`math.ceil`) or down (`math.floor`)."""
    if value == 0:
        return 0.0
    places = digits - 1 - math.floor(math.log10(abs(value)))
    near = round(value, places)
    exact = way(round(value * 10.0**places, 9)) / 10.0**places
    return near if math.isclose(near, value, rel_tol=1e-12) else round(exact, places)
