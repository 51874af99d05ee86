"""Round numbers, 1, 2, 5 x 10^k: as scales, and as the ticks that read best on an axis."""

from __future__ import annotations

import math
from fractions import Fraction

_LEADS = (1, 2, 5)


def _exact(index: int) -> Fraction:
    return _LEADS[index % 3] * Fraction(10) ** (index // 3)


def round_number(index: int) -> float:
    """Return the round number of an index: 0 is 1, and each step up is the next larger one.

    Examples
    --------
    >>> [round_number(i) for i in range(-3, 5)]
    [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0]
    """
    return float(_exact(index))


def round_index(value: float) -> int:
    """Return the index of the largest round number that is not above a positive, finite value.

    Examples
    --------
    >>> round_number(round_index(0.49)), round_number(round_index(0.5))
    (0.2, 0.5)
    """
    if not 0.0 < value < math.inf:
        raise ValueError(f"a scale is positive and finite, not {value}")
    index = 3 * math.floor(math.log10(value)) + 3
    while round_number(index) > value:
        index -= 1
    return index


def ticks(low: float, high: float, most: int = 5) -> tuple[float, ...]:
    """Return the multiples of the finest round step that lie from low to high and are at most so many, 2 or more.

    There is always one, and from ``most`` 5 on there are two. Each is the float nearest to the decimal number that it
    stands for, and zero is exactly 0.

    Examples
    --------
    >>> ticks(-0.85, 1.0), ticks(0.0, 0.3, 4), ticks(1.9, 4.1, 2)
    ((-0.5, 0.0, 0.5, 1.0), (0.0, 0.1, 0.2, 0.3), (2.0, 4.0))
    """
    first, last = _ends(low, high, most)
    index = round_index(float(last - first) / most) - 1
    while len(found := _multiples(first, last, _exact(index))) > most:
        index += 1
    return tuple(float(i * _exact(index)) for i in found)


def decades(low: float, high: float, most: int = 5) -> tuple[float, ...]:
    """Return the whole powers of ten from low to high, or each second, third, ... of them, at most so many, 2 or more.

    Examples
    --------
    >>> decades(2e-4, 1.0), decades(1e-16, 1.0), decades(2.0, 9.0)
    ((0.001, 0.01, 0.1, 1.0), (1e-16, 1e-12, 1e-08, 0.0001, 1.0), ())
    """
    if low <= 0.0:
        raise ValueError(f"an axis of decades begins above 0, not at {low}")
    first, last = _ends(low, high, most)
    whole = range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 2)
    powers = [k for k in whole if first <= Fraction(10) ** k <= last]
    stride = 1
    while len([k for k in powers if k % stride == 0]) > most:
        stride += 1
    return tuple(float(Fraction(10) ** k) for k in powers if k % stride == 0)


def _ends(low: float, high: float, most: int) -> tuple[Fraction, Fraction]:
    """Return the ends as the decimal numbers that they are written as: 0.3 is 3/10."""
    if not (math.isfinite(low) and math.isfinite(high) and low < high and most >= 2):
        raise ValueError(f"ticks need a range and two places at least, not {low} to {high} and {most}")
    return Fraction(repr(float(low))), Fraction(repr(float(high)))


def _multiples(first: Fraction, last: Fraction, step: Fraction) -> range:
    return range(math.ceil(first / step), math.floor(last / step) + 1)
