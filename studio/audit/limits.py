"""How far the pixels may be off, in one table: for our own file, and for a file that was encoded again or is small.

The first column is for 720 lines or more and up to crf 23. The second holds for 480 lines, for files that somebody
encoded again, up to crf 35, and for rests of a few frames, in which an encoder has no time to settle; the third is the
worst that honest films gave, dark and light, at 480, 720 and 1080 lines, encoded again with crf 30 and 35 or made
smaller, and no limit exceeds three times that. Beyond its limit, as far as its own noise reaches, a look at a coarse
copy is neither right nor wrong: see `Altered.leeway`. In a sweep of such a file colours and the second reader are not
asked: what changes from frame to frame is smeared there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["HONEST_WORST", "REENCODED", "SHORT", "STRICT", "Limits", "limits_for"]

SHORT: Final = 60.0
"""Pixels: below, a direction is known less well."""


@dataclass(frozen=True)
class Limits:
    """Every limit of the pixel checks.

    Attributes
    ----------
    rival, moving_rival
        Distance of a character from the claimed glyph over the distance from the next best glyph, at rest and in a
        sweep, where an encoder mixes a digit with the one before.
    lettering, moving, passing
        Distance of a letter from its synthesis, as a share of the letter's own ink, at rest, in a sweep and on its way
        elsewhere, where an encoder leaves traces of it.
    length, place, moving_place
        Pixels; places at rest and in a sweep.
    moving_length
        Pixels, in a sweep: lengths of outlines that follow from numbers.
    edge, moving_edge
        Pixels that the farthest part of an edge may lie beside its place, at rest and in a sweep.
    wheel, moving_wheel
        Distance of a wheel from its synthesis, as a share of its own ink, at rest and in a sweep.
    direction, short_direction
        Degrees; the second for lengths below `SHORT`.
    hub_angle, rim, moving_rim
        Degrees that a wheel may be turned by too much; pixels at its pitch circle that it always may, at rest and in a
        sweep: of a small wheel the angle is known less well.
    radius
        Pixels, of a wheel.
    thin
        Distance of a slice narrower than 8 pixels, from its synthesis, as a share of its ink.
    ground, colour, thin_colour
        Of 255: the background, areas, and thin letters and lines.
    still
        Of 255: the mean of a block of four by four pixels where nothing moves, from one frame to the next, and where
        letters fade, beside a mixture of what was and what will be.
    drawn, moving_drawn, beside, moving_beside
        Of 255: a patch of three by three pixels of the whole frame, on what is drawn and close to its edges, at rest
        and in a sweep, and farther from it, at rest and in a sweep, as inside a 0 that has just been a 9. The first
        column holds for 480 lines, too; copies are judged at rest.
    stray, trace
        Of 255: a patch of what should be bare; the second where a sweep has moved whole areas, of which an encoder
        leaves traces.
    """

    rival: float
    moving_rival: float
    lettering: float
    moving: float
    passing: float
    length: float
    place: float
    moving_place: float
    moving_length: float
    edge: float
    moving_edge: float
    wheel: float
    moving_wheel: float
    direction: float
    short_direction: float
    hub_angle: float
    rim: float
    moving_rim: float
    radius: float
    thin: float
    ground: float
    colour: float
    thin_colour: float
    still: float
    drawn: float
    moving_drawn: float
    beside: float
    moving_beside: float
    stray: float
    trace: float


_COLUMNS: Final = {
    #                   own    again  honest worst
    "rival":           (0.60,  0.80,  0.60),
    "moving_rival":    (0.60,  1.50,  1.06),
    "lettering":       (0.25,  0.55,  0.51),
    "moving":          (0.30,  0.75,  0.58),
    "passing":         (0.42,  0.75,  0.58),
    "length":          (0.25,  0.45,  0.39),
    "place":           (0.30,  0.70,  0.43),
    "moving_place":    (0.30,  1.30,  0.99),
    "moving_length":   (0.35,  0.70,  0.35),
    "edge":            (0.40,  0.70,  0.64),
    "moving_edge":     (0.55,  1.00,  0.43),
    "wheel":           (0.15,  0.40,  0.20),
    "moving_wheel":    (0.25,  0.70,  0.36),
    "direction":       (0.15,  0.30,  0.11),
    "short_direction": (0.30,  0.80,  0.57),
    "hub_angle":       (0.03,  0.04,  0.026),
    "rim":             (0.00,  0.05,  0.042),
    "moving_rim":      (0.25,  0.50,  0.25),
    "radius":          (0.10,  0.30,  0.13),
    "thin":            (0.40,  1.00,  0.75),
    "ground":          (4.00,  4.00,  1.57),
    "colour":          (5.00, 10.00,  7.54),
    "thin_colour":     (24.0, 44.00, 34.60),
    "still":           (30.0, 44.00, 24.60),
    "drawn":           (30.0, 60.00, 26.80),
    "moving_drawn":    (40.0, 60.00, 26.80),
    "beside":          (12.0, 24.00, 10.20),
    "moving_beside":   (20.0, 24.00, 15.40),
    "stray":           (4.00, 10.00,  3.43),
    "trace":           (10.0, 30.00, 18.73),
}  # fmt: skip

STRICT, REENCODED, HONEST_WORST = (Limits(**{k: v[i] for k, v in _COLUMNS.items()}) for i in range(3))


def limits_for(lines: int, original: bool) -> Limits:
    """Return the limits for a video of so many lines.

    Examples
    --------
    >>> limits_for(1080, True).length, limits_for(480, True).length
    (0.25, 0.45)
    """
    return STRICT if original and lines >= 720 else REENCODED
