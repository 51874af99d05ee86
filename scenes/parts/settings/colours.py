"""Whether the colours of a palette can be read on their background, and be told apart; said in figures where not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Final

from scenes.parts.settings.faults import Problem
from scenes.parts.theme import PALETTES

__all__ = ["contrast", "distance", "palette_problems"]

LEAST_CONTRAST: Final[Mapping[str, float]] = {
    **dict.fromkeys(("quiet", "value", "gradient", "weight", "loss", "negative"), 3.0),
    "ink": 4.5,
    "edge": 1.5,
}
"""How much lighter or darker than the background what is written or drawn in a colour must be, as WCAG counts."""

LEAST_DISTANCE: Final = 20.0
"""Between two colours with a meaning, in CIE Lab; what one can just tell apart side by side is about 2.3."""

MEANINGS: Final = ("ink", "value", "gradient", "weight", "loss")


def palette_problems(theme: str, palette: Mapping[str, str | None]) -> Iterator[Problem]:
    """Yield what cannot be read or told apart in the palette of a theme, some of whose colours are replaced.

    Examples
    --------
    >>> [problem.message for problem in palette_problems("dark", {"ink": "#1C1C1C"})]
    ["'#1C1C1C' on '#111418' has a contrast of 1.08, and 4.5 is the least that can be read"]
    >>> list(palette_problems("dark", {"ink": "#FFFFFF"}))
    []
    """
    own = {role: colour for role, colour in palette.items() if colour is not None}
    all_of = {**PALETTES[theme], **own}
    ground = all_of["background"]
    for role, least in LEAST_CONTRAST.items():
        if {role, "background"} & set(own) and (found := contrast(all_of[role], ground)) < least:
            told = f"{_the(role, own)}'{all_of[role]}' on '{ground}' has a contrast of {found:.3g}"
            at = role if role in own else "background"
            yield Problem(("palette", at), f"{told}, and {least:g} is the least that can be read")
    for first, second in combinations(MEANINGS, 2):
        if {first, second} & set(own) and (apart := distance(all_of[first], all_of[second])) < LEAST_DISTANCE:
            role, other = (second, first) if second in own else (first, second)
            told = f"'{all_of[role]}' and the colour of {other}, '{all_of[other]}', are {apart:.2g} apart in CIE Lab"
            yield Problem(("palette", role), f"{told}, and {LEAST_DISTANCE:g} is the least that is told apart")


def _the(role: str, own: Mapping[str, str]) -> str:
    return "" if role in own else f"{role} "


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG counts it, 1 to 21.

    Examples
    --------
    >>> contrast("#000000", "#FFFFFF")
    21.0
    """
    dark, light = sorted((_lab(one)[3], _lab(other)[3]))
    return round((light + 0.05) / (dark + 0.05), 3)


def distance(one: str, other: str) -> float:
    """Return how far two colours are apart in CIE Lab.

    Examples
    --------
    >>> round(distance("#000000", "#FFFFFF"))
    100
    """
    return float(sum((a - b) ** 2 for a, b in zip(_lab(one)[:3], _lab(other)[:3], strict=True)) ** 0.5)


def _lab(colour: str) -> tuple[float, float, float, float]:
    """Return L, a, b, and the luminance from 0 to 1."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = map(_curve, (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz), y


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def _curve(t: float) -> float:
    return float(t ** (1 / 3)) if t > 0.008856 else 7.787 * t + 16 / 116
