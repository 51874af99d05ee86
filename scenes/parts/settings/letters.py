"""Characters that nobody sees, or that are taken for others: refused by their names; no typed number hides in them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["MINUS_SIGNS", "plain_digits", "strange"]

MINUS_SIGNS: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u02d7\ufe58\ufe63\uff0d\u207b"
"""What looks like the hyphen of a keyboard, and is not."""

_OVERRIDES: Final = "\u202d\u202e"
_MARKS: Final = "\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
_JOINERS: Final = "\u200c\u200d"
_THIN: Final = "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u205f\u3164\u115f\u1160\uffa0\u2800"
_SELECTORS: Final = re.compile("[\u034f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_POINTS: Final = (
    "\u00b7\u2024\u2027\u2219\u22c5\u30fb\uff65\u2022\u02d9\u0387\uff0e\ufe52\u3002\uff61\u0589\u06d4\u2e33\ua78f"
)
_COMMAS: Final = "\uff0c\ufe50\u060c\u201a\u066b\u066c"
_ALIKE: Final = {**{ord(point): "." for point in _POINTS}, **{ord(comma): "," for comma in _COMMAS}}


def strange(text: str) -> str | None:
    r"""Return what is wrong with the first character of a text that nobody would see, or None.

    Direction marks may stand where a script runs from right to left, and joiners between letters of scripts that join;
    what turns all that follows round may stand nowhere, since it would turn a number, too.

    Examples
    --------
    >>> strange("5\u200b.25")
    'the character U+200B ZERO WIDTH SPACE cannot be seen; remove it'
    >>> strange("Why, x?")
    """
    if text.isascii() and text.isprintable():
        return None
    turned = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text if letter not in _MARKS)
    for i, letter in enumerate(text):
        if _is_fine(letter, text[i - 1 : i], turned):
            continue
        name = f"the character U+{ord(letter):04X} {unicodedata.name(letter, 'without a name')}"
        if letter in _OVERRIDES:
            return f"{name} would turn numbers round; remove it"
        if letter in _MARKS:
            return f"{name} is of use only where a script runs from right to left; remove it"
        return f"{name} cannot be seen; remove it" + ("" if letter not in _THIN else ", or write a plain space")
    return None


def _is_fine(letter: str, before: str, turned: bool) -> bool:
    if letter in _OVERRIDES or letter in _THIN or _SELECTORS.match(letter):
        return False
    if letter in _MARKS:
        return turned
    if letter in _JOINERS:
        return bool(before) and ord(before) >= 0x600 and unicodedata.category(before)[0] in "LM"
    return unicodedata.category(letter) not in ("Cf", "Zl", "Zp")


def plain_digits(text: str) -> str:
    """Return a text of the same length in which what looks like a decimal point or comma is one.

    Examples
    --------
    >>> plain_digits("5·25")
    '5.25'
    """
    return text.translate(_ALIKE)
