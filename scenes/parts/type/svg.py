"""Outlines from the SVG that Typst writes: which glyph stands where, as cubic Bezier curves. Nothing here knows manim.

Only what Typst writes is read: groups with a matrix, glyphs by their id, paths of straight lines and curves.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

__all__ = ["Drawing", "Piece", "read_svg"]

Points = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float64]
Pair = tuple[float, float]

_TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?")
_NUMBERS = {"m": 2, "l": 2, "h": 1, "v": 1, "q": 4, "c": 6, "z": 0}
_CLOSED = 1e-4  # a path whose ends are nearer needs no line between them
_DEFS, _PATH, _SYMBOL, _USE = (f"{{http://www.w3.org/2000/svg}}{tag}" for tag in ("defs", "path", "symbol", "use"))
_HREF = "{http://www.w3.org/1999/xlink}href"


@dataclass(frozen=True)
class Piece:
    """One glyph, or one line, of a drawing.

    Attributes
    ----------
    points
        Cubic Bezier points, shape (4 k, 3), x to the right and y **down**.
    origin
        Where the text that it belongs to begins, or the mark over or under a letter.
    colour
        ``#rrggbb`` in small letters.
    glyph
        The id of the glyph; nothing for a line.
    """

    points: Points
    origin: Pair
    colour: str
    glyph: str


@dataclass(frozen=True)
class Drawing:
    """All that Typst drew, in points; ``width`` is the page's."""

    pieces: tuple[Piece, ...]
    width: float


def read_svg(svg: bytes) -> Drawing:
    """Return what an SVG of Typst draws, in the order of painting."""
    root = ET.fromstring(svg)
    glyphs = {e.get("id", ""): e[0].get("d", "") for e in root.iter(_SYMBOL)}
    pieces = tuple(_piece(element, matrix, glyphs) for element, matrix in _leaves(root, np.eye(3)))
    return Drawing(pieces, float(root.get("width", "0pt").removesuffix("pt")))


def _leaves(element: ET.Element, matrix: Matrix) -> Iterator[tuple[ET.Element, Matrix]]:
    for child in element:
        if child.tag == _DEFS:
            continue
        moves = child.get("transform")
        inner = matrix @ _matrix(moves) if moves else matrix
        if child.tag in (_USE, _PATH):
            yield child, inner
        else:
            yield from _leaves(child, inner)


@lru_cache(maxsize=1024)
def _matrix(transform: str) -> Matrix:
    """Return the matrix of a transform, shape (3, 3)."""
    kind, _, numbers = transform.partition("(")
    found = [float(token) for token in _TOKEN.findall(numbers)]
    if kind == "matrix":
        a, b, c, d, e, f = found
        return np.array([[a, c, e], [b, d, f], [0.0, 0.0, 1.0]])
    if kind == "translate":
        return np.array([[1.0, 0.0, found[0]], [0.0, 1.0, found[1] if len(found) > 1 else 0.0], [0.0, 0.0, 1.0]])
    if kind == "scale":
        return np.diag([found[0], found[-1], 1.0])
    raise ValueError(f"Typst wrote a transform that is not known here: {transform!r}")


def _piece(element: ET.Element, matrix: Matrix, glyphs: dict[str, str]) -> Piece:
    origin = float(matrix[0, 2]), float(matrix[1, 2])
    if element.tag == _USE:
        href = element.attrib[_HREF].removeprefix("#")
        own = float(element.get("x", "0")), float(element.get("y", "0"))
        points = _glyph(glyphs[href], own, matrix[:2, :2].tobytes()) + np.array([*origin, 0.0])
        return Piece(points, origin, element.get("fill", "none").lower(), href)
    points = _path_points(element.get("d", ""))
    if element.get("stroke", "none") == "none":
        return Piece(_transformed(points, matrix), origin, "none", "")
    bar = _bar(points, float(element.get("stroke-width", "1")))
    return Piece(_transformed(bar, matrix), origin, element.get("stroke", "none").lower(), "")


@lru_cache(maxsize=8192)
def _glyph(d: str, own: Pair, turn: bytes) -> Points:
    """Return the points of a glyph, turned by a matrix of shape (2, 2) but not moved: most texts have the same ones."""
    points = _path_points(d) + np.array([*own, 0.0])
    points[:, :2] = points[:, :2] @ np.frombuffer(turn).reshape(2, 2).T
    return _frozen(points)


def _frozen(points: Points) -> Points:
    points.flags.writeable = False
    return points


def _transformed(points: Points, matrix: Matrix) -> Points:
    flat = points[:, :2] @ matrix[:2, :2].T + matrix[:2, 2]
    return np.concatenate([flat, points[:, 2:]], axis=1)


def _bar(points: Points, width: float) -> Points:
    """Return the outline of a stroked straight line (a fraction bar) as a filled rectangle."""
    start, end = points[0], points[-1]
    along = (end - start) / np.linalg.norm(end - start)
    side = np.array([-along[1], along[0], 0.0]) * width / 2
    corners = [start + side, end + side, end - side, start - side, start + side]
    return np.concatenate([np.linspace(a, b, 4) for a, b in pairwise(corners)])


@lru_cache(maxsize=8192)
def _path_points(d: str) -> Points:
    """Return cubic Bezier points of an SVG path, shape (4 k, 3), as manim reads one."""
    corners = list(_curves(d))
    points = np.zeros((len(corners), 3))
    if corners:
        points[:, :2] = corners
    return _frozen(points)


def _curves(d: str) -> Iterator[Pair]:
    """Yield the four points of each curve."""
    at = start = (0.0, 0.0)
    for letter, numbers in _commands(d):
        kind = letter.lower()
        x, y = at if letter.islower() else (0.0, 0.0)
        if kind == "m":
            at = start = (x + numbers[0], y + numbers[1])
        elif kind == "z":
            if np.hypot(at[0] - start[0], at[1] - start[1]) > _CLOSED:
                yield from _straight(at, start)
            at = start
        else:
            across = {"h": (*numbers, at[1] - y), "v": (at[0] - x, *numbers)}.get(kind, tuple(numbers))
            ends = [(x + a, y + b) for a, b in zip(across[::2], across[1::2], strict=True)]
            yield from _curve(at, ends)
            at = ends[-1]


def _curve(at: Pair, ends: list[Pair]) -> Iterator[Pair]:
    """Yield a cubic curve: a line, a quadratic or a cubic one, by the number of its further points."""
    if len(ends) == 1:
        yield from _straight(at, ends[0])
    elif len(ends) == 2:
        (x0, y0), (x1, y1), (x2, y2) = at, *ends
        yield from (at, ((x0 + x1 + x1) / 3, (y0 + y1 + y1) / 3), ((x1 + x1 + x2) / 3, (y1 + y1 + y2) / 3), ends[1])
    else:
        yield from (at, *ends)


def _straight(start: Pair, end: Pair) -> tuple[Pair, ...]:
    (a, b), (c, d) = start, end
    return start, ((a + a + c) / 3, (b + b + d) / 3), ((a + c + c) / 3, (b + d + d) / 3), end


def _commands(d: str) -> Iterator[tuple[str, list[float]]]:
    """Yield each command of a path with its numbers; a letter that is left out is the one before."""
    tokens, letter = _TOKEN.findall(d), ""
    at = 0
    while at < len(tokens):
        if tokens[at].isalpha():
            letter, at = tokens[at], at + 1
        count = _NUMBERS[letter.lower()]
        yield letter, [float(token) for token in tokens[at : at + count]]
        at += count
        letter = {"m": "l", "M": "L"}.get(letter, letter)
