"""Colours and layout: what is painted with a colour has it, and lettering can be read where it stands.

The colour of a thing is what all its ink adds to the background, divided by the amount of ink: that holds for thin
letters too, whose chroma the video keeps at half the resolution only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.theme import VALUE
from studio.audit.finding import Finding
from studio.audit.frames import Picture, Window, rgb_of, shrunk
from studio.audit.glance import Glance

__all__ = ["LEAST_SOLID", "Tint", "check_background", "check_colour", "check_layout", "contrast"]

Array = npt.NDArray[np.float64]
_CONTRAST, _ON_BODY = 4.5, 4.0  # least contrast with the ground, and with a body: letters on one are large
_CHROMA_REACH: Final = 3  # pixels over which the video mixes colours
_STRIP: Final = 4  # so far from both edges of a strip's inside there is nothing left of it
_WIDE: Final = 800  # as many of them have a colour of their own on every frame
_NARROW: Final = 2.5  # times the limit: of a strip, into which what is beside it is mixed
LEAST_SOLID: Final = 300  # pixels farther than that from any edge
_LEAST_INK: Final = 60.0  # pixels full of ink: with less, rounding alone is some 2/255
_LEAST_SEEN, _LEAST_SEEN_ON_WHEELS = 0.8, 0.3  # of a thing's ink: what lies on a wheel is crossed by its rim and mark
_SLACK: Final = 0.02  # frame units that boxes may overlap by; the stage allows the same
_LEAST_UNDER: Final = 0.05  # of a text's box: what lies under less of it does not matter
SIZES: Final = {"title": 0.185, "beat": VALUE, "": 0.18}
"""LOOK.md: the least height of a digit or a capital, by what is said with it; a title becomes the running head.

A sentence has smaller letters where all else has no room.
"""


@dataclass(frozen=True)
class Tint:
    """What must be known of a kind of thing to tell its colour.

    Attributes
    ----------
    crossed
        Whether it lies on a wheel, or is one: rims and marks cross it.
    any_width
        Whether its width is the storyboard's choice, so that only its hue is judged.
    least
        Pixels full of ink that it takes at least.
    """

    crossed: bool = False
    any_width: bool = False
    least: float = _LEAST_INK


PLAIN: Final = Tint()


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours ``#RRGGBB``, 1 to 21, as WCAG defines it.

    Examples
    --------
    >>> contrast("#FFFFFF", "#000000")
    21.0
    """
    low, high = sorted(_luminance(rgb_of(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def _luminance(rgb: Array) -> float:
    share = rgb / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return float(linear @ np.array([0.2126, 0.7152, 0.0722]))


def check_background(picture: Picture, ground: str, limit: float) -> Finding:
    """Compare the colour that most of a frame has with the background."""
    height, width = picture.luma.shape
    rgb = np.median(picture.thumbnail(), axis=0)
    error = float(np.abs(rgb - picture.colours.shown(ground)).max())
    said = f"most of the frame is {_hex(rgb)}, the background should be {ground}"
    whole = (0.0, 0.0, float(width), float(height))
    ok = error <= limit
    return Finding("colours", "background", picture.index, whole, error, limit, "/255", ok, "" if ok else said)


def check_colour(glance: Glance, window: Window, ink: Array, tint: Tint = PLAIN) -> Iterator[Finding]:
    """Yield how far a thing's colour is from the claimed one: inside it where it is thick, else over all its ink."""
    rgb = glance.picture.rgb(window.left, window.top, window.right, window.bottom)
    free = ~glance.hidden(window)
    solid = shrunk((ink > 0.999) & free, _CHROMA_REACH)
    if solid.sum() >= LEAST_SOLID:
        # a few samples of colour, or a strip of few across: each is as coarse as the encoder's step
        narrow = solid.sum() < _WIDE or not shrunk(solid, _STRIP).any()
        if not (narrow and glance.row.follows and not glance.resting):
            found, times = rgb[solid].mean(axis=0, dtype=np.float64), _NARROW if narrow else 1.0
            yield _painted(glance, "colours", found, times * glance.limits.colour)
        return
    own = glance.drawn(window)
    bare = free & ~own
    if tint.any_width:
        seen = glance.ink(window)
        ink = np.clip(seen - (np.median(seen[bare]) if bare.any() else 0.0), 0.0, 1.0)  # a copy may be brighter
    amount = float((ink * (free & own)).sum())
    if tint.crossed and not glance.resting:
        return  # the colour of a thin thing that turns comes later than its light: the encoder halves its detail
    if amount < max(tint.least, (_LEAST_SEEN_ON_WHEELS if tint.crossed else _LEAST_SEEN) * float(ink.sum())):
        return
    under = glance.backdrop(window, glance.picture.colours.shown)
    if bare.any():
        under = under + np.median((rgb - under)[bare], axis=0)  # 33 stands for 32.8
    found = (rgb - under * (1 - ink[..., None]))[free & own].sum(axis=0, dtype=np.float64) / amount
    yield _painted(glance, "thin colours", found, glance.limits.thin_colour)


def _painted(glance: Glance, check: str, found: Array, limit: float) -> Finding:
    error = float(np.abs(found - glance.picture.colours.shown(glance.colour)).max())
    return glance.finding(check, error, limit, "/255", f"it is painted {_hex(found)}, not {glance.colour}")


def check_layout(glances: Sequence[Glance], titles: frozenset[str]) -> Iterator[Finding]:
    """Yield whether the lettering of a frame can be read: contrast, size, on the frame, nothing over it.

    Parameters
    ----------
    titles
        The keys of the sentences, which are larger than labels.
    """
    for glance in glances:
        yield from _legible(glance, titles)
    for one, other in combinations(glances, 2):
        a, b = one.sample.box, other.sample.box
        over = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
        if min(over) > 0:
            limit = _SLACK * one.facts.unit
            yield one.finding("layout", min(over), limit, "px", f"it lies over {other.name}")


def _legible(glance: Glance, titles: frozenset[str]) -> Iterator[Finding]:
    height, width = glance.picture.luma.shape
    left, top, right, bottom = glance.sample.box
    for under in _under(glance):
        reached, least = contrast(glance.colour, under), _CONTRAST if under == glance.facts.ground else _ON_BODY
        yield glance.finding("contrast", least / reached, 1.0, "", f"its contrast is {reached:.1f}, below {least}")
    over = max(-left, -top, right - width, bottom - height, 0.0)
    yield glance.finding("layout", over, 0.0, "px", f"it reaches {over:.1f} px over the edge of the frame")
    key = glance.row.key or ""
    least = SIZES["beat" if key in titles else key if key == "title" else ""]
    size = glance.row.height or 0.0
    yield glance.finding("sizes", max(0.0, least - size), 0.0, "", f"it is {size:.2f} units high, not {least}")


def _under(glance: Glance) -> list[str]:
    """Return the colours that lie under a text: the background, or the bodies of plates and dials."""
    window = glance.window(np.array(glance.sample.box).reshape(2, 2), 0.0)
    whole = np.clip(np.rint(glance.backdrop(window, rgb_of)), 0, 255).astype(int) @ np.array([65536, 256, 1])
    colours, counts = np.unique(whole, return_counts=True)
    found = [f"#{rgb:06X}" for rgb, n in zip(colours, counts, strict=True) if n >= _LEAST_UNDER * counts.sum()]
    return found or [glance.facts.ground]


def _hex(rgb: Array) -> str:
    return "#{:02X}{:02X}{:02X}".format(*np.clip(np.rint(rgb), 0, 255).astype(int))
