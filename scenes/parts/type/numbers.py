"""Numbers as they are shown: one formatter for the screen, the captions and the ledger.

Every function rounds the exact binary value to the nearest decimal, halves to the even digit, as Python's own
`format` does; so anyone can check a digit in a Python shell. The minus is U+2212. A power of ten is written
`3.815×10^−6`: all that follows `^` is the exponent, which a typesetter raises.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from scenes.parts.recipe.quantity import Quantity

MINUS = "\u2212"
TIMES_TEN = "\u00d710^"

FULL_DIGITS = 10
"""Significant digits where "full digits" are promised."""

SMALLEST_PLAIN_EXPONENT, LARGEST_PLAIN_EXPONENT = -3, 4
"""From 1e-3 up to, but not including, 1e5 a number at rest is written without a power of ten."""

_RAISED = str.maketrans(f"{MINUS}0123456789", "\u207b\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")

LARGEST_LIVE = 10.0 ** (LARGEST_PLAIN_EXPONENT + 1)
"""From here on a number that changes is written with a power of ten."""

_SHOWN = re.compile(r"[+\u2212]?[0-9]+(\.[0-9]+)?(\u00d710\^\u2212?[0-9]+)?")


Mode = Literal["resting", "live", "full"]


@dataclass(frozen=True)
class Formatter:
    """How a clip writes its quantities.

    Attributes
    ----------
    digits
        Significant digits at rest.
    decimals
        Digits behind the point while a sweep moves the number.
    """

    digits: int
    decimals: int

    def text(self, quantity: Quantity, mode: Mode = "resting") -> str:
        """Return the characters of a quantity; an input is shown as it was typed unless it moves."""
        if mode == "live":
            return format_live(quantity.number, self.decimals)
        if mode == "full":
            return format_resting(quantity.number, FULL_DIGITS)
        row, value = quantity.row, quantity.number
        return format_typed(value) if row.typed else format_resting(value, row.significant(self.digits))

    def multiplies(
        self, product: Quantity, factors: Sequence[Quantity], over: int = 1, *, mode: Mode = "resting"
    ) -> bool:
        """Return whether what is shown of the factors gives what is shown of their product, to its last digit."""
        return is_product(self.text(product, mode), [self.text(each, mode) for each in factors], over)

    def divides(self, quotient: Quantity, number: Quantity, by: Quantity) -> bool:
        """Return whether what is shown of a number, by what is shown of another, not 0, gives what is shown of both."""
        return is_product(self.text(quotient), [self.text(number)], parse_shown(self.text(by)))

    def subtracts(self, difference: Quantity, one: Quantity, other: Quantity) -> bool:
        """Return whether what is shown of a number, less what is shown of another, rounds to what both leave."""
        return is_difference(*map(self.text, (difference, one, other)))

    def leaves(self, gap: Quantity, one: Quantity, other: Quantity) -> bool:
        """Return whether what is shown of one number, less what is shown of another, is what is shown of their gap."""
        shown, first, second = (parse_shown(self.text(each)) for each in (gap, one, other))
        return first - second == shown

    def adds(self, total: Quantity, terms: Sequence[Quantity]) -> bool:
        """Return whether what is shown of numbers adds up to what is shown of their sum, no digit rounded."""
        return sum(parse_shown(self.text(each)) for each in terms) == parse_shown(self.text(total))

    def halves(self, mean: Quantity, one: Quantity, other: Quantity) -> bool:
        """Return whether half of what is shown of two numbers is what is shown of their mean, no digit rounded."""
        shown, first, second = (parse_shown(self.text(each)) for each in (mean, one, other))
        return (first + second) / 2 == shown

    def steps(self, number: Quantity, slope: Quantity, *, rate: float, after: float) -> bool:
        """Return whether a number at rest, less a rate times a slope, is where it ends: both as they are shown live."""
        first, second = (parse_shown(self.text(each)) for each in (number, slope))
        by, last = (parse_shown(format_live(value, self.decimals)) for value in (rate, after))
        return _rounds_to(first - by * second, last)


def format_resting(value: float, digits: int) -> str:
    """Return a number at rest, in so many significant digits, trailing zeros kept.

    Scientific below 1e-3 and from 1e5 on, judged by the rounded number. Exactly zero is `0`.

    Parameters
    ----------
    value
        Finite.
    digits
        Significant digits, at least 1.

    Raises
    ------
    ValueError
        The value is not finite.

    Examples
    --------
    >>> [format_resting(v, 4) for v in (0.305, -1.16692, 0.0, 3.9e-7, 99999.6, 12346.0)]
    ['0.3050', '−1.167', '0', '3.900×10^−7', '1.000×10^5', '12350']
    """
    number = _finite(value)
    if number == 0:
        return "0"
    mantissa, _, exponent = f"{number:.{digits - 1}e}".partition("e")
    power = int(exponent)
    if not SMALLEST_PLAIN_EXPONENT <= power <= LARGEST_PLAIN_EXPONENT:
        return _with_minus(mantissa) + TIMES_TEN + _with_minus(str(power))
    rounded = Decimal(f"{mantissa}e{power}")
    return _with_minus(f"{rounded:.{max(digits - 1 - power, 0)}f}")


def format_live(value: float, decimals: int) -> str:
    """Return a number that changes while it is looked at, always with so many decimals.

    Exactly zero is `0`; what only rounds to zero keeps its sign. From 1e5 on nobody could read it as it runs: there it
    is scientific, with so many decimals before the power of ten.

    Parameters
    ----------
    value
        Finite.
    decimals
        Digits behind the point.

    Raises
    ------
    ValueError
        The value is not finite.

    Examples
    --------
    >>> [format_live(v, 3) for v in (0.8336546, -1.0, 0.0, 2e-5, -2e-5, 1234567.8)]
    ['0.834', '−1.000', '0', '+0.000', '−0.000', '1.235×10^6']
    """
    number = _finite(value)
    if number == 0:
        return "0"
    if abs(number) >= LARGEST_LIVE:
        return format_resting(number, decimals + 1)
    text = f"{number:.{decimals}f}"
    rounds_to_zero = not any(digit in text for digit in "123456789")
    return f"+{text}" if rounds_to_zero and number > 0 else _with_minus(text)


def with_longest(values: Iterable[float]) -> list[float]:
    """Return the values that a number takes on its way, with those between them that `format_live` writes the longest.

    Just below 1e5 it writes more than beyond.

    Examples
    --------
    >>> [format_live(v, 1) for v in with_longest((510.0, 2e6))]
    ['510.0', '2.0×10^6', '100000.0']
    """
    found = list(values)
    edge = math.nextafter(LARGEST_LIVE, 0.0)
    return found + [at for at in (-edge, edge) if found and min(found) < at < max(found)]


def digits_as_live(value: float, decimals: int) -> int:
    """Return with how many significant digits a number at rest has as many decimals as one that changes.

    Examples
    --------
    >>> [format_resting(v, digits_as_live(v, 3)) for v in (0.01196, -1.1804, 0.8)]
    ['0.012', '−1.180', '0.800']
    """
    return decimals + 1 if abs(value) >= LARGEST_LIVE else digits_down_to(value, -decimals)


def digits_down_to(value: float, place: int) -> int:
    """Return with how many significant digits a number at rest ends at a power of ten.

    Examples
    --------
    >>> [format_resting(v, digits_down_to(v, -2)) for v in (0.01196, -1.1804, 8.0)]
    ['0.01', '−1.18', '8.00']
    """
    return max(1, math.floor(math.log10(abs(value))) + 1 - place) if value else 1


def format_typed(value: float) -> str:
    """Return an input as it was typed: the shortest decimal that gives this number.

    Raises
    ------
    ValueError
        The value is not finite.

    Examples
    --------
    >>> [format_typed(v) for v in (1.2, 1.0, -0.8, 0.0001, 1e-05, 2.5e+16)]
    ['1.2', '1', '−0.8', '0.0001', '1×10^−5', '2.5×10^16']
    """
    number = _finite(value)
    if number == 0:
        return "0"
    mantissa, _, exponent = repr(number).partition("e")
    plain = _with_minus(mantissa.removesuffix(".0"))
    return plain + TIMES_TEN + _with_minus(str(int(exponent))) if exponent else plain


def format_tick(value: float) -> str:
    """Return the number at a tick: as an input would be typed, but from 1e5 on with a power of ten.

    Raises
    ------
    ValueError
        The value is not finite.

    Examples
    --------
    >>> [format_tick(v) for v in (0.5, -50000.0, 500000.0, -2.5e+15)]
    ['0.5', '−50000', '5×10^5', '−2.5×10^15']
    """
    if abs(_finite(value)) < LARGEST_LIVE:
        return format_typed(value)
    return format_resting(value, len(Decimal(repr(float(value))).normalize().as_tuple().digits))


def parse_shown(text: str) -> Decimal:
    """Return the number that a shown text says, exactly; the inverse of the three formatters.

    Raises
    ------
    ValueError
        The text is none that a formatter writes.

    Examples
    --------
    >>> parse_shown("−1.167"), parse_shown("3.815×10^−6")
    (Decimal('-1.167'), Decimal('0.000003815'))
    """
    if not _SHOWN.fullmatch(text):
        raise ValueError(f"{text!r} is not a number as it is shown on screen")
    return Decimal(text.replace(MINUS, "-").replace(TIMES_TEN, "e"))


def is_product(shown: str, factors: Sequence[str], over: int | Decimal = 1, *, even: bool = False) -> bool:
    """Return whether shown factors, over a number, give a shown product to its last digit: else the sign is ≈.

    Parameters
    ----------
    even
        Whether half of the last digit is rounded to the even one, as Python does. For a sign of equality it is not: by
        hand it is rounded up, wherever the number itself lies.

    Examples
    --------
    >>> [is_product(product, ["−1.17", "−0.8"]) for product in ("0.936", "0.94", "0.934")]
    [True, True, False]
    >>> is_product("0.359", ["0.0719"], Decimal("0.2")), is_product("0.486", ["0.5", "0.973"])
    (False, False)
    >>> is_product("0.684", ["−1.17", "−1.17"], 2)
    True
    """
    return _rounds_to(math.prod(map(parse_shown, factors), start=Decimal(1)) / over, parse_shown(shown), even=even)


def is_difference(shown: str, one: str, other: str) -> bool:
    """Return whether a shown number less another gives a shown difference, to its last digit.

    Examples
    --------
    >>> is_difference("0.05706", "0.707311", "0.650255"), is_difference("0.05706", "0.707", "0.650")
    (True, False)
    """
    return _rounds_to(parse_shown(one) - parse_shown(other), parse_shown(shown))


def _rounds_to(found: Decimal, shown: Decimal, *, even: bool = False) -> bool:
    """Return whether a number is shown so, or may be, half of the last digit to the even one; 0 is shown of 0 alone."""
    if not shown:
        return not found
    off, half = abs(found - shown), Decimal((0, (5,), last_place(shown) - 1))
    return off < half or (even and off == half and shown.as_tuple().digits[-1] % 2 == 0)


def last_place(number: Decimal) -> int:
    """Return the power of ten of the last digit of a number as it is shown."""
    return int(number.as_tuple().exponent)


def raised(text: str) -> str:
    """Return a number as it stands in words: its power of ten in raised figures.

    Examples
    --------
    >>> raised("3.815×10^−6"), raised("0.285")
    ('3.815×10⁻⁶', '0.285')
    """
    mantissa, times, power = text.partition(TIMES_TEN)
    return f"{mantissa}{TIMES_TEN[:-1]}{power.translate(_RAISED)}" if times else text


def unit_of(shown: Decimal, digits: int) -> Decimal:
    """Return one of the last digit of a number as it is shown: of so many significant ones, or of its last place.

    Examples
    --------
    >>> unit_of(parse_shown("30000"), 1), unit_of(parse_shown("0.285"), 3)
    (Decimal('1E+4'), Decimal('0.001'))
    """
    return Decimal((0, (1,), max(shown.adjusted() - digits + 1, last_place(shown))))


def _finite(value: float) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"{number!r} cannot be shown: it is not finite")
    return number


def _with_minus(text: str) -> str:
    return text.replace("-", MINUS)
