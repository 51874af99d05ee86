"""Numbers at 50 digits, each with its scale: what the second engine computes with. No code is shared with the core.

Beside each value stands its *scale*: the size of the numbers that float64 had to round on the way to it, carried along
by error analysis. An error is relative to the value, or to a thousandth of the scale where that is larger, as it is for
differences: a gap of 1e-9 between two slopes near 1 can only be right to some 1e-15, not to 1e-21. A value that is 0
without any rounding has scale 0, and then only 0 is right.

A scale is a float: a few of its digits are enough, and an audit computes with it a hundred thousand times.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

from mpmath import MPContext

__all__ = [
    "MP",
    "NOTHING",
    "ROUNDING",
    "SMALLEST",
    "Known",
    "Number",
    "dot",
    "exact",
    "is_kept",
    "magnitude",
    "mpf",
    "total",
]

MP: Final = MPContext()
MP.dps = 50
mpf = MP.mpf  # not mpmath's own, which computes with 15 digits

Number = Any  # an mpf: mpmath ships no types

_SHARE: Final = 1e-3
ROUNDING: Final = 1e-15
"""An error that is allowed for a scale of 1: some five roundings, where an audit's limit is 1e-12 of `_SHARE`."""

SMALLEST: Final = 2.0**-1022
"""Below it float64 keeps fewer digits."""

_LARGEST: Final = 1e300
_BITS: Final = 53  # of a float64
_SEVERAL: Final = 8  # so many summands may be rounded one after the other without more than ROUNDING


def magnitude(value: Number) -> float:
    """Return the magnitude of a number as a float, but for its last place.

    Raises
    ------
    OverflowError
        Float64 has no number so large.
    """
    _, mantissa, exponent, bits = value._mpf_
    if not mantissa and exponent:
        raise OverflowError(f"{value} is no number")
    return math.ldexp(mantissa >> max(bits - _BITS, 0), exponent + max(bits - _BITS, 0))


class Known:
    """A value at 50 digits and its scale.

    Attributes
    ----------
    sure
        Float64 has this very number: it was given, or came by steps that need no rounding. What lies at a kink or at a
        tie is on no side of it only if this is so.
    size
        The magnitude of the value, as a float.

    Raises
    ------
    OverflowError
        Float64 has no number so large.
    """

    __slots__ = ("scale", "size", "sure", "value")

    def __init__(self, value: Number, scale: float, sure: bool = False) -> None:
        if not scale < _LARGEST:
            scale = _LARGEST
        elif scale < SMALLEST and value:  # what is too small for float64 is rounded like the smallest number
            scale = SMALLEST
        self.value, self.scale, self.sure, self.size = value, scale, sure, magnitude(value)

    def __repr__(self) -> str:
        return f"Known({float(self.value)!r}, scale={self.scale!r})"

    def error(self, number: float) -> float:
        """Return how far ``number`` is off, relative to the value or to a thousandth of the scale.

        Examples
        --------
        >>> Known(mpf(2), 2).error(2.5), Known(mpf(0), 0).error(0.0), Known(mpf(0), 0).error(1e-300)
        (0.25, 0.0, inf)
        >>> Known(mpf(0), 2).error(2e-15) < 1.1e-12
        True
        """
        off = float(abs(mpf(number) - self.value))
        if off == 0:
            return 0.0
        return off / max(self.size, self.scale * _SHARE, SMALLEST) if self.scale else float("inf")

    @property
    def is_near_zero(self) -> bool:
        """Whether rounding alone may have carried it to the other side of 0."""
        return not self.sure and self.scale > 0 and self.size <= max(10 * ROUNDING * self.scale, SMALLEST)

    def __mul__(self, other: Known) -> Known:
        """Return the product."""
        scale = self.size * other.scale + other.size * self.scale + ROUNDING * self.scale * other.scale
        return _made(self.value * other.value, scale, self.sure and other.sure)

    def __truediv__(self, other: Known) -> Known:
        """Return the quotient.

        Raises
        ------
        ZeroDivisionError
            The divisor is 0, or may be but for rounding.
        """
        if other.is_near_zero:
            raise ZeroDivisionError("the divisor is 0 but for rounding")
        value = self.value / other.value
        smallest = other.size if other.sure else other.size - ROUNDING * other.scale
        return _made(value, (self.scale + magnitude(value) * other.scale) / smallest, self.sure and other.sure)

    def __add__(self, other: Known) -> Known:
        """Return the sum: its scale is that of what was added."""
        return _made(self.value + other.value, self.scale + other.scale, self.sure and other.sure)

    def __sub__(self, other: Known) -> Known:
        """Return the difference: its scale is that of what it was taken from."""
        return _made(self.value - other.value, self.scale + other.scale, self.sure and other.sure)

    def __abs__(self) -> Known:
        """Return the magnitude."""
        return Known(abs(self.value), self.scale, self.sure)


@lru_cache(maxsize=4096)
def exact(number: float) -> Known:
    """Return a number that was given, not computed.

    Raises
    ------
    OverflowError
        It is not finite.
    """
    return Known(mpf(number), abs(float(number)), True)


NOTHING: Final = Known(mpf(0), 0.0, True)


def is_kept(value: Number) -> bool:
    """Return whether float64 has a number as it is."""
    return bool(value._mpf_[3] <= _BITS and (not value or magnitude(value) >= SMALLEST))


def _made(value: Number, scale: float, sure: bool) -> Known:
    """Return what arithmetic has made of numbers."""
    return Known(value, scale, sure and is_kept(value))


def dot(left: Sequence[Known], right: Sequence[Known]) -> Known:
    """Return the sum of the products.

    Examples
    --------
    >>> found = dot([exact(1.0), exact(2.0)], [exact(3.0), exact(-1.0)])
    >>> float(found.value), found.sure, found.scale > 10
    (1.0, True, True)
    """
    pairs = list(zip(left, right, strict=True))
    value = MP.fdot((a.value, b.value) for a, b in pairs)
    scale = size = 0.0
    for a, b in pairs:
        scale += a.size * b.scale + b.size * a.scale + ROUNDING * a.scale * b.scale
        size += a.size * b.size
    sure = all(a.sure and b.sure for a, b in pairs) and _is_exact(a.value * b.value for a, b in pairs)
    return _made(value, scale + size * len(pairs) / _SEVERAL, sure)


def total(several: Iterable[Known]) -> Known:
    """Return the sum."""
    parts = list(several)
    scale = sum(part.scale for part in parts) * (1 + len(parts) / _SEVERAL)
    sure = all(part.sure for part in parts) and _is_exact(part.value for part in parts)
    return _made(MP.fsum(part.value for part in parts), scale, sure)


def _is_exact(summands: Iterable[Number]) -> bool:
    """Return whether float64 adds numbers without rounding, in whatever order."""
    there = [value for value in summands if value]
    unit = min((value._mpf_[2] for value in there), default=0)
    return all(map(is_kept, there)) and MP.fsum(map(abs, there)) < mpf(2) ** (unit + _BITS)
