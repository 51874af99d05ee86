"""How quantities are written, in Typst math."""

from __future__ import annotations

import re

__all__ = ["ratio", "slope", "subscripted"]


def subscripted(name: str) -> str:
    """Return a name with its number lowered.

    Examples
    --------
    >>> subscripted("w1"), subscripted("h10"), subscripted("x")
    ('w_1', 'h_10', 'x')
    """
    return re.sub(r"([a-z])(\d+)", r"\1_\2", name)


def ratio(of: str, by: str) -> str:
    r"""Return a derivative on one line.

    Examples
    --------
    >>> print(ratio("L", "w_1"))
    partial L\/partial w_1
    """
    return f"partial {of}\\/partial {by}"


def slope(of: str, by: str) -> str:
    """Return a derivative as a fraction.

    Examples
    --------
    >>> slope("h", "z")
    '(partial h)/(partial z)'
    """
    return f"(partial {of})/(partial {by})"
