"""Typeset mathematics, words and code in process, as outlines: no LaTeX, no system font, no file, no cache.

Everything that can be read on a frame is set here by Typst. The fonts are New Computer Modern Math and DejaVu Sans
Mono, which the ``typst`` package carries, and a family of the pinned package ``rendercv-fonts`` for words; system fonts
are never looked at, so that every machine draws the same outlines. manim's own ``MathTypst`` is not used because it
keeps SVG files in a folder that parallel renders share, looks at system fonts, and knows no baseline across texts.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import svgelements as se
import typst
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath

from scenes.parts.type.compiler import mathematics, plain, svg_of

__all__ = ["Outline", "fill_colour", "typeset"]

Style = Literal["math", "words", "bold", "code"]
Points = npt.NDArray[np.float64]

_MARK = "#010203"  # the fill of the invisible full stop that marks the baseline
_CODE_FONT = "DejaVu Sans Mono"
_PREAMBLE = """#set page(width: auto, height: auto, margin: 0pt, fill: none)
#set text(size: 10pt, font: {family}, weight: "{weight}", fallback: true)
#let paint(index, ..body) = text(fill: rgb(1, 0, int(index.text)), body.pos().join($,$))
#box(width: 0pt, text(fill: rgb("{mark}"), font: {code}, "."))"""


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
        The family that words are set in; it must come with ``rendercv-fonts``.

    Raises
    ------
    ValueError
        If Typst cannot read ``source``, or it could be more than mathematics.

    Examples
    --------
    >>> float(typeset("8", 0.32).parts[0][:, 1].max().round(2))
    0.32
    """
    parts, width = _compile(source, style, family)
    factor = height / _reference_height(style, family)
    return Outline(
        MappingProxyType({index: _frozen(points * factor) for index, points in parts.items()}), width * factor
    )


@cache
def _reference_height(style: Style, family: str) -> float:
    """Return the height in points of the glyph that sizes are named by."""
    parts, _ = _compile("8" if style in ("math", "code") else "H", style, family)
    return float(max(points[:, 1].max() for points in parts.values()))


def _frozen(points: Points) -> Points:
    points.flags.writeable = False
    return points


def _body(source: str, style: Style) -> str:
    if style == "math":
        return mathematics(source)
    return " \\ ".join(f"#text({plain(line)})" for line in source.split("\n"))


@lru_cache(maxsize=4096)
def _compile(source: str, style: Style, family: str) -> tuple[Mapping[int, Points], float]:
    """Return the outlines by paint index and the advance width, both in points."""
    preamble = _PREAMBLE.format(
        family=plain(_CODE_FONT if style == "code" else family),
        weight="semibold" if style == "bold" else "regular",
        mark=_MARK,
        code=plain(_CODE_FONT),
    )
    try:
        svg = svg_of(preamble + _body(source, style))
    except typst.TypstError as error:
        raise ValueError(f"cannot typeset {source!r}: {error.message}") from error
    return _read_svg(ET.fromstring(svg))


def _read_svg(root: ET.Element) -> tuple[dict[int, Points], float]:
    glyphs = {e.get("id"): e[0].get("d", "") for e in root.iter() if _tag(e) == "symbol"}
    pieces: dict[int, list[Points]] = {}
    baseline = 0.0
    for element, matrix in _leaves(root, se.Matrix()):
        points = _leaf_points(element, glyphs)
        if element.get("fill") == _MARK:
            baseline = float(matrix.f)
        elif len(points):
            pieces.setdefault(_paint_index(element), []).append(_transformed(points, matrix))
    upright = np.array([1.0, -1.0, 1.0])
    parts = {k: np.concatenate(v) * upright + np.array([0.0, baseline, 0.0]) for k, v in sorted(pieces.items())}
    return parts, float(root.get("width", "0pt").removesuffix("pt"))


def _tag(element: ET.Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def _leaves(element: ET.Element, matrix: se.Matrix) -> Iterator[tuple[ET.Element, se.Matrix]]:
    for child in element:
        if _tag(child) == "defs":
            continue
        inner = se.Matrix(child.get("transform", "")) * matrix
        if _tag(child) == "use":
            yield child, se.Matrix(f"translate({child.get('x', '0')},{child.get('y', '0')})") * inner
        elif _tag(child) == "path":
            yield child, inner
        else:
            yield from _leaves(child, inner)


def _leaf_points(element: ET.Element, glyphs: dict[str | None, str]) -> Points:
    if _tag(element) == "use":
        href = next(value for key, value in element.attrib.items() if key.endswith("href"))
        return _path_points(glyphs[href.removeprefix("#")])
    points = _path_points(element.get("d", ""))
    if element.get("stroke", "none") == "none":
        return points
    return _bar(points, float(element.get("stroke-width", "1")))


@cache
def _path_points(d: str) -> Points:
    """Return cubic Bezier points of an SVG path, shape (4 k, 3)."""
    path: Any = VMobjectFromSVGPath(se.Path(d))
    return _frozen(np.array(path.points, dtype=np.float64))


def _bar(points: Points, width: float) -> Points:
    """Return the outline of a stroked straight line (a fraction bar) as a filled rectangle."""
    start, end = points[0], points[-1]
    along = (end - start) / np.linalg.norm(end - start)
    side = np.array([-along[1], along[0], 0.0]) * width / 2
    corners = [start + side, end + side, end - side, start - side, start + side]
    return np.concatenate([np.linspace(a, b, 4) for a, b in pairwise(corners)])


def _transformed(points: Points, m: se.Matrix) -> Points:
    linear = np.array([[m.a, m.b, 0.0], [m.c, m.d, 0.0], [0.0, 0.0, 1.0]])
    return np.asarray(points @ linear + np.array([m.e, m.f, 0.0]), dtype=np.float64)


def _paint_index(element: ET.Element) -> int:
    """Return the paint index that ``paint`` wrote into the fill, or 0."""
    colour = element.get("fill", "none") if _tag(element) == "use" else element.get("stroke", "none")
    match = re.fullmatch(r"#0100([0-9a-f]{2})", colour.lower())
    return int(match[1], 16) if match else 0
