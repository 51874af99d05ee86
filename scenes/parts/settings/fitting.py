"""Round values: scales that fit, and numbers for messages that name what would."""

from __future__ import annotations

from collections.abc import Iterable
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


def fitted(most: float, values: Iterable[float]) -> float:
    """Return the largest scale of 1, 2, 5 x 10^k with which no value is drawn longer than ``most``.

    Examples
    --------
    >>> fitted(0.9, [1.0, -1.167]), fitted(0.9, [0.0, 0.0003]), fitted(0.9, [5e-324])
    (0.5, 2000.0, 1e+300)
    """
    largest = max((abs(value) for value in values), default=0.0) or 1.0
    lead, power = _leading(min(most / largest, 1e300))
    return float(f"{max(round_one for round_one in (1, 2, 5) if round_one <= lead)}e{power}")


def round_up(value: float) -> float:
    """Return the smallest of 1, 2, 5 x 10^k that is not below a value.

    Examples
    --------
    >>> round_up(1.0), round_up(1.2), round_up(37.0), round_up(6.0)
    (1.0, 2.0, 50.0, 10.0)
    """
    lead, power = _leading(value)
    above = next((round_one for round_one in (1, 2, 5) if round_one >= lead), None)
    return float(f"{above}e{power}" if above else f"1e{power + 1}")


def _leading(value: float) -> tuple[float, int]:
    """Return a positive number as lead x 10^power, 1 <= lead < 10."""
    mantissa, _, exponent = f"{value:.15e}".partition("e")
    return float(mantissa), int(exponent)


def _rounded(value: float, digits: int, rounding: str) -> float:
    exact = Decimal(value)
    if not exact:
        return 0.0
    return float(exact.quantize(Decimal(1).scaleb(exact.adjusted() - digits + 1), rounding=rounding))
