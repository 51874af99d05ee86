"""Typeset mathematics, words and code in process, as outlines: no LaTeX, no system font, no file, no cache.

Everything that can be read on a frame is set here by Typst. The fonts are New Computer Modern Math and DejaVu Sans
Mono, which the ``typst`` package carries, and for words those of `fonts`; system fonts are never looked at, so that
every machine draws the same outlines. manim's own ``MathTypst`` is not used because it keeps SVG files in a folder that
parallel renders share, looks at system fonts, and knows no baseline across texts. Nothing here knows manim.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from scenes.parts.type.compiler import mathematics, plain
from scenes.parts.type.fonts import CODE_FAMILY, Style, isolated
from scenes.parts.type.letters import drawn
from scenes.parts.type.svg import Piece

__all__ = ["Outline", "Style", "fill_colour", "reference_height", "typeset"]

Points = npt.NDArray[np.float64]

_MARK = "#010203"  # the fill of the invisible full stop that marks the baseline
_PAINT = "#let paint(index, ..body) = text(fill: rgb(1, 0, int(index.text)), body.pos().join($,$))\n"
_BASELINE = f'#box(width: 0pt, text(fill: rgb("{_MARK}"), font: "{CODE_FAMILY}", lang: "en", "."))'


@dataclass(frozen=True)
class Outline:
    """The outline of a piece of text: its baseline is y = 0 and it starts at x = 0.

    Attributes
    ----------
    parts
        Cubic Bezier points of shape (4 k, 3) in frame units, keyed by paint index (0 where no paint is named).
    width
        Advance width in frame units, blanks at the ends included.
    """

    parts: Mapping[int, Points]
    width: float


def fill_colour(index: int, body: str) -> str:
    """Return Typst math source that paints ``body`` with the colour number ``index`` (1 to 255) of a text.

    Examples
    --------
    >>> fill_colour(2, "x")
    'paint(2, x)'
    """
    return f"paint({index}, {body})"


@lru_cache(maxsize=4096)
def typeset(source: str, height: float, style: Style = "math", family: str = "Source Sans 3") -> Outline:
    """Set ``source`` so that a digit 8 (math, code) or a capital H (words) is ``height`` frame units high.

    Parameters
    ----------
    source
        Typst math for ``math``; plain text, shown letter by letter, for the others.
    height
        Height of the reference glyph in frame units.
    style
        Which font.
    family
        The family that words are set in, one of `fonts.WORD_FAMILIES`.

    Raises
    ------
    ValueError
        If Typst cannot read ``source``, it could be more than mathematics, or no font has one of its letters.

    Examples
    --------
    >>> float(typeset("8", 0.32).parts[0][:, 1].max().round(2))
    0.32
    """
    parts, width = _compile(source, style, family)
    factor = height / reference_height(style, family)
    return Outline(
        MappingProxyType({index: _frozen(points * factor) for index, points in parts.items()}), width * factor
    )


@cache
def reference_height(style: Style, family: str) -> float:
    """Return the height in points of the glyph that sizes are named by."""
    parts, _ = _compile("8" if style in ("math", "code") else "H", style, family)
    return float(max(points[:, 1].max() for points in parts.values()))


def _frozen(points: Points) -> Points:
    points.flags.writeable = False
    return points


def _body(source: str, style: Style) -> str:
    if style == "math":
        return mathematics(source)
    return " \\ ".join(f"#text({plain(line)})" for line in isolated(source).split("\n"))


@lru_cache(maxsize=4096)
def _compile(source: str, style: Style, family: str) -> tuple[Mapping[int, Points], float]:
    """Return the outlines by paint index and the advance width, both in points."""
    drawing = drawn(_PAINT + _BASELINE + _body(source, style), source, style, family)
    baseline = next(piece.origin[1] for piece in drawing.pieces if piece.colour == _MARK)
    pieces: dict[int, list[Points]] = {}
    for piece in drawing.pieces:
        if piece.colour != _MARK and len(piece.points):
            pieces.setdefault(_paint_index(piece), []).append(piece.points)
    upright = np.array([1.0, -1.0, 1.0])
    parts = {k: np.concatenate(v) * upright + np.array([0.0, baseline, 0.0]) for k, v in sorted(pieces.items())}
    return parts, drawing.width


def _paint_index(piece: Piece) -> int:
    """Return the paint index that ``paint`` wrote into the colour, or 0."""
    match = re.fullmatch(r"#0100([0-9a-f]{2})", piece.colour)
    return int(match[1], 16) if match else 0
