"""Our own lettering and shapes, rasterised by cairo as the stage's camera does: what a frame should look like.

Outlines come from :mod:`scenes.parts.type.typeset` and are placed in pixels; no manim scene is needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import cairo
import numpy as np
import numpy.typing as npt

from scenes.parts.type.typeset import Style, typeset
from studio.audit.frames import SINGLE, Window

__all__ = [
    "Slot",
    "Text",
    "advance",
    "coverage",
    "glyph",
    "letters",
    "number_points",
    "raster",
    "slots_of",
    "subpaths",
    "typeset_points",
]

Array = npt.NDArray[np.float64]
Bytes = npt.NDArray[np.uint8]
Box = tuple[float, float, float, float]
_JOINED = 1e-4  # pixels between the end of one curve and the start of the next
_SMALL = 1600  # pixels
_SAME = 2e-3  # of the height of a digit: outlines that differ by less are the same glyph


def coverage(points: Array, window: Window, stroke: float = 0.0, *, straight: bool = False) -> Array:
    """Return how much of each pixel of a window an outline covers, 0 to 1, shape (height, width).

    Parameters
    ----------
    points
        Cubic Bezier points in pixels, shape (4 k, 2).
    stroke
        Width in pixels of a line along the outline, which is filled when this is 0.
    straight
        Whether every curve is a straight line, which is drawn four times as fast.
    """
    return np.asarray(raster(points, window, stroke, straight=straight) / SINGLE(255))


def raster(points: Array, window: Window, stroke: float = 0.0, *, straight: bool = False) -> Bytes:
    """Return the same in steps of 1/255, as whole numbers that nobody may change."""
    if 0 in window.shape:
        return np.zeros(window.shape, dtype=np.uint8)
    height, width = window.shape
    rastered = _small if height * width <= _SMALL else _large
    return rastered(points.tobytes(), window, float(stroke), straight)


def _rastered(points: bytes, window: Window, stroke: float, straight: bool) -> Bytes:
    """Return the coverage in steps of 1/255."""
    height, width = window.shape
    surface = cairo.ImageSurface(cairo.FORMAT_A8, width, height)
    context = cairo.Context(surface)
    context.translate(-window.left, -window.top)
    _trace(context, np.frombuffer(points).reshape(-1, 2), window, stroke, straight)
    if stroke:
        context.set_line_width(stroke)
        context.set_line_join(cairo.LineJoin.ROUND)
        context.stroke()
    else:
        context.fill()
    surface.flush()
    rows = np.frombuffer(surface.get_data(), dtype=np.uint8).reshape(height, surface.get_stride())
    covered = rows[:, :width].copy()
    covered.flags.writeable = False
    return covered


# kept, as most outlines are looked at more than once where they stand; of letters there are many
_large, _small = lru_cache(maxsize=512)(_rastered), lru_cache(maxsize=16384)(_rastered)


def _trace(
    context: cairo.Context[cairo.ImageSurface], points: Array, window: Window, reach: float, straight: bool
) -> None:
    """Trace the pieces that come near a window: nothing else can touch its pixels."""
    cuts = _cuts(points)
    lows, highs = (way.reduceat(points, cuts[:-1], axis=0) for way in (np.minimum, np.maximum))
    boxes = np.concatenate([lows - reach, highs + reach], axis=1).tolist()
    firsts, lasts = points[cuts[:-1]], points[[cut - 1 for cut in cuts[1:]]]
    closes = (np.abs(firsts - lasts).max(axis=1) < _JOINED).tolist()
    to = points[3::4].tolist() if straight else points.reshape(-1, 8)[:, 2:].tolist()
    draw = context.line_to if straight else context.curve_to
    for cut, end, first, closed, box in zip(cuts[:-1], cuts[1:], firsts.tolist(), closes, boxes, strict=True):
        if box[2] < window.left or box[0] > window.right or box[3] < window.top or box[1] > window.bottom:
            continue
        context.new_sub_path()
        context.move_to(*first)
        for place in to[cut // 4 : end // 4]:
            draw(*place)
        if closed:
            context.close_path()


def subpaths(points: Array) -> list[Array]:
    """Return the connected pieces of an outline, shape (4 k, 2) each.

    Examples
    --------
    >>> line = np.array([[0, 0], [1, 0], [2, 0], [3, 0]], dtype=float)
    >>> len(subpaths(np.concatenate([line, line + 3 * np.eye(2)[0], line])))
    2
    """
    return [points[a:b] for a, b in pairwise(_cuts(points))]


def _cuts(points: Array) -> list[int]:
    """Return where the connected pieces begin, and where the last one ends."""
    apart = np.abs(points[4::4] - points[3:-1:4]) > _JOINED
    return [0, *(4 * (np.flatnonzero(apart[:, 0] | apart[:, 1]) + 1)).tolist(), len(points)]


def letters(points: Array) -> list[Array]:
    """Return the outline in pieces that overlap in x: letters, or what is written one above the other."""
    parts = sorted(subpaths(points), key=lambda part: float(part[:, 0].min()))
    groups: list[list[Array]] = []
    reach = -np.inf
    for part in parts:
        if part[:, 0].min() > reach or not groups:
            groups.append([])
        groups[-1].append(part)
        reach = max(reach, float(part[:, 0].max()))
    return [np.concatenate(group) for group in groups]


@lru_cache(maxsize=4096)
def typeset_points(source: str, height: float, style: Style = "math", family: str = "Source Sans 3") -> Array:
    """Return the outline of a text in frame units, y upwards from its baseline, shape (4 k, 2)."""
    parts = typeset(source, height, style, family).parts
    return np.concatenate([points[:, :2] for points in parts.values()]) if parts else np.zeros((0, 2))


@dataclass(frozen=True)
class Text:
    """A typeset text where it stands on the frame, in pixels, shape (4 k, 2); ``origin`` is its x = 0, y = 0."""

    points: Array
    origin: tuple[float, float]
    units: Array

    @classmethod
    def placed(cls, points: Array, box: Box, units: Array) -> Text:
        """Return an outline in frame units so that its control points start at the box's left and top."""
        flipped = points * units
        x, y = np.array(box[:2]) - flipped.min(axis=0)
        return cls(flipped + np.array([x, y]), (float(x), float(y)), units)

    def pixels(self, points: Array) -> Array:
        """Return further points, given in the text's own frame units, in pixels."""
        return np.asarray(points * self.units + np.array(self.origin))


@dataclass(frozen=True)
class Slot:
    """A place for one character of a number: where its glyph's own origin lies, and its part of the outline."""

    character: str
    raised: bool
    shift: Array
    first: int
    last: int

    def glyph(self, character: str, height: float) -> Array:
        """Return the outline of any character at this place, in frame units."""
        return glyph(character, height, self.raised) + self.shift


def slots_of(text: str, points: Array, height: float) -> list[Slot]:
    """Return where each character of a number stands in an outline that shows it; nothing if it does not.

    Examples
    --------
    >>> [s.character for s in slots_of("0.3", typeset_points("y = 0.3", 0.32), 0.32)]
    ['0', '.', '3']
    """
    for start in range(0, len(points), 4):
        if found := _run(text, points, height, start):
            return found
    return []


def _run(text: str, points: Array, height: float, start: int) -> list[Slot]:
    plain, _, raised = text.partition("^")
    found = []
    for index, character in enumerate(plain + raised):
        shape = glyph(character, height, index >= len(plain))
        piece = points[start : start + len(shape)]
        if len(piece) < len(shape) or np.abs(np.diff(piece - shape, axis=0)).max() > _SAME * height:
            return []
        found.append(Slot(character, index >= len(plain), piece[0] - shape[0], start, start + len(shape)))
        start += len(shape)
    return found


_SOURCE = {"−": "-", "×": "times", "(": "\\(", ")": "\\)"}


@lru_cache(maxsize=512)
def glyph(character: str, height: float, raised: bool = False) -> Array:
    """Return the outline of one character of a number in frame units, its origin at 0, or behind a 0 if raised."""
    source = _SOURCE.get(character, character)
    if not raised:
        return typeset_points(source, height)
    return typeset_points(f"0^({source})", height)[len(typeset_points("0", height)) :]


@lru_cache(maxsize=512)
def advance(character: str, height: float) -> float:
    """Return how far the next character of a number stands behind this one, in frame units."""
    if character == "×":
        return typeset("times 1", height).width - typeset("1", height).width
    if character in "−+":
        return typeset(_SOURCE.get(character, character) + "1", height).width - typeset("1", height).width
    if character in "()":
        return (typeset("(1)", height).width - typeset("1", height).width) / 2
    if character == ".":
        return typeset("0.0", height).width - 2 * typeset("0", height).width
    return typeset("0", height).width


@lru_cache(maxsize=4096)
def number_points(text: str, height: float) -> Array:
    """Return the outline of a plain number, its digits set side by side without kerning, as live numbers are."""
    steps = np.cumsum([0.0, *(advance(character, height) for character in text)])
    return np.concatenate([glyph(c, height) + np.array([x, 0.0]) for c, x in zip(text, steps, strict=False)])
