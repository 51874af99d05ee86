"""What an unquoted word of YAML 1.2 means: the core schema of the specification, section 10.3.2.

PyYAML follows YAML 1.1, in which `1e-3` is text, `no` is false, `017` is fifteen and `1:30` is ninety.
Here they are 0.001, the text `no`, seventeen and the text `1:30`.
"""

from __future__ import annotations

import re
from decimal import Decimal

LONGEST_NUMBER = 40

_NULL = {"", "~", "null", "Null", "NULL"}
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"[-+]?\.(inf|Inf|INF)")
_NAN = {".nan", ".NaN", ".NAN"}

Scalar = None | bool | int | float | str


def resolve(text: str) -> Scalar:
    """Return the value of an unquoted YAML 1.2 scalar.

    Raises
    ------
    ValueError
        A number of more than 40 characters, which nobody types on purpose, or one that a computer cannot hold: too
        near to 0, too large, or of too many digits.

    Examples
    --------
    >>> [resolve(text) for text in ("1e-3", "no", "017", "0o17", "1:30", "~", "-.5", "+12")]
    [0.001, 'no', 17, 15, '1:30', None, -0.5, 12]
    """
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    number = _number(text)
    return text if number is None else number


def _number(text: str) -> int | float | None:
    """Return the number that the text is, or None when it is no number."""
    if text in _NAN:
        return float("nan")
    if _INFINITE.fullmatch(text):
        return float(text.replace(".", "").lower())
    bases = {10: _INT, 8: _OCTAL, 16: _HEX}
    base = next((base for base, pattern in bases.items() if pattern.fullmatch(text)), None)
    if base is None and not _FLOAT.fullmatch(text):
        return None
    if len(text) > LONGEST_NUMBER:
        raise ValueError(f"a number of {len(text)} characters; at most {LONGEST_NUMBER} are read")
    return _float(text) if base is None else _whole(text, int(text if base == 10 else text[2:], base))


def _float(text: str) -> float:
    number = float(text)
    if number == 0 and any(digit in "123456789" for digit in re.split("[eE]", text)[0]):
        raise ValueError(f"{text} is so close to 0 that a computer takes it for 0; write 0, or a larger number")
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"{text} is larger than a computer can hold; at most 1.8e308 is read")
    nearest = repr(number)
    if Decimal(nearest) != Decimal(text):
        raise ValueError(f"{text} has more digits than a computer can hold; the nearest that it can is {nearest}")
    return number


def _whole(text: str, number: int) -> int:
    try:
        nearest = int(float(number))
    except OverflowError:
        raise ValueError(f"{text} is larger than a computer can hold; at most 1.8e308 is read") from None
    if nearest != number:
        raise ValueError(f"{text} has more digits than a computer can hold; the nearest that it can is {nearest}")
    return number
