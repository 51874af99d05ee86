"""How far the pixels may be off, in one table: for our own file, and for a file that was encoded again or is small.

The strict column is the issue's, for 720 lines or more and up to crf 23. The other holds for 480 lines and for files
that somebody encoded again; each number is at most three times the worst that an honest file gave (see the tests).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["REENCODED", "STRICT", "Limits", "limits_for"]


@dataclass(frozen=True)
class Limits:
    """Every limit of the pixel checks.

    Attributes
    ----------
    rival
        Distance of a character from the claimed glyph over the distance from the next best glyph.
    lettering
        Distance of a letter from its synthesis, as a share of the letter's own ink.
    length, stroke, place
        Pixels.
    direction, short_direction
        Degrees; the second for lengths below 60 pixels.
    colour, thin_colour
        Of 255, in areas and over thin letters and lines.
    """

    rival: float
    lettering: float
    length: float
    stroke: float
    place: float
    direction: float
    short_direction: float
    colour: float
    thin_colour: float


STRICT: Final = Limits(0.6, 0.3, 0.15, 0.2, 0.3, 0.15, 0.3, 4.0, 14.0)
REENCODED: Final = Limits(0.8, 0.5, 0.45, 0.6, 0.6, 0.45, 0.9, 12.0, 28.0)


def limits_for(lines: int, original: bool) -> Limits:
    """Return the limits for a video of so many lines.

    Examples
    --------
    >>> limits_for(1080, True).length, limits_for(480, True).length
    (0.15, 0.45)
    """
    return STRICT if original and lines >= 720 else REENCODED
