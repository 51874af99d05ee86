"""Round values for messages that name what would fit."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal


def round_below(value: float, digits: int = 3) -> float:
    """Return the largest number of so many significant digits that is not above the value.

    Examples
    --------
    >>> round_below(1.8859), round_below(-0.9640), round_below(0.0)
    (1.88, -0.964, 0.0)
    """
    return _rounded(value, digits, ROUND_FLOOR)


def round_above(value: float, digits: int = 3) -> float:
    """Return the smallest number of so many significant digits that is not below the value.

    Examples
    --------
    >>> round_above(1.8851), round_above(-1.9281)
    (1.89, -1.92)
    """
    return _rounded(value, digits, ROUND_CEILING)


def _rounded(value: float, digits: int, rounding: str) -> float:
    exact = Decimal(value)
    if not exact:
        return 0.0
    return float(exact.quantize(Decimal(1).scaleb(exact.adjusted() - digits + 1), rounding=rounding))
