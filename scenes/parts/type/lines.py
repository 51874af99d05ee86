"""Words in lines: broken by Typst to the width that there is, in any script, at baselines that never move.

A line has a fixed height for its size (see `fonts.Script`), so what stands on it, accents and tails included, moves no
baseline. Which lines there are follows from the words and the width of the widest line alone: each line is filled
before the next begins, so that an audit, which sees only how wide the block is, finds the same ones.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, TypedDict, Unpack

import numpy as np
import numpy.typing as npt

from scenes.parts.type.compiler import plain
from scenes.parts.type.fonts import Style, isolated, script_of
from scenes.parts.type.letters import drawn
from scenes.parts.type.svg import Drawing
from scenes.parts.type.typeset import reference_height

__all__ = ["ENDLESS", "Block", "Flush", "How", "Line", "extent", "fits", "line_height", "longest", "set_lines", "tidy"]

Points = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]
Flush = Literal["start", "left", "centre", "right"]

_MARK: Final = "#010203"  # the fill of the full stop that stands where the block ends
ENDLESS: Final = 1e3
"""A room in frame units in which nothing is broken."""

_FARTHEST: Final = 1e6  # the same in points
_PITCH: Final = 0.05  # points by which a balanced line may be wider than it must
_SLACK: Final = 1e-6  # frame units
_BEARING: Final = 0.25  # of a capital's height: by how much ink may be wider than its advance, both sides together
_BLANKS: Final = re.compile(r"[ \t]+")  # not the ones at which no line may break
_FLUSH: Final = {"start": "start", "left": "left", "centre": "center", "right": "right"}
_RULES: Final = """#set text(top-edge: {above}pt, bottom-edge: -{below}pt)
#set par(leading: 0pt, spacing: 0pt, linebreaks: "simple", justify: false)
#let words = {words}
#let room = {room}pt
#let high(wide) = measure(width: wide, words).height
#let alone(piece) = measure(width: 0.01pt, piece).height == measure(piece).height
#let unbroken() = {{
  for (wide, piece) in words.split().map(piece => (measure(piece).width, piece)).sorted(key: one => -one.at(0)) {{
    if alone(piece) {{ return wide }}
  }}
  0pt
}}
#context {{
  let (size, least) = (measure(words), {least}pt)
  if size.width > room {{
    let full = high(room)
    least = calc.max(least, unbroken())
    let (low, wide) = (calc.min(least, room), room)
    while {balanced} and wide - low > {pitch}pt {{
      let middle = (low + wide) / 2
      if high(middle) > full {{ low = middle }} else {{ wide = middle }}
    }}
    size = measure(width: wide, words)
  }}
  let widest = if least > room {{ room }} else {{ calc.max(size.width, least) }}
  block(width: widest, align({flush}, words))
  place(top + left, dx: calc.max(size.width, least), dy: size.height, text(fill: rgb("{mark}"), lang: "en", "."))
}}"""


class How(TypedDict, total=False):
    """What lines may look like, beside their size: see `set_lines`."""

    style: Style
    family: str
    flush: Flush
    balanced: bool


@dataclass(frozen=True, eq=False)
class Line:
    """One line of a block.

    Attributes
    ----------
    points
        Its outline, shape (4 k, 3), in the block's own frame units.
    baseline
        The y that its letters stand on: 0 for the first line, then one step less for each.
    """

    points: Points
    baseline: float

    @property
    def ink(self) -> Box | None:
        """Left, bottom, right and top of what is drawn, control points included; None where nothing is."""
        return extent(self.points)


@dataclass(frozen=True, eq=False)
class Block:
    """Words in lines; x = 0 is where the widest line begins, y = 0 the first baseline.

    Attributes
    ----------
    width
        Advance of the widest line.
    step
        Distance of baselines.
    above, below
        How far the first line reaches over its baseline and the last one under its own, whatever stands in them.
    """

    lines: tuple[Line, ...]
    width: float
    step: float
    above: float
    below: float

    @property
    def points(self) -> Points:
        """The outline of all lines, shape (4 k, 3)."""
        return np.concatenate([np.zeros((0, 3)), *(line.points for line in self.lines)])

    @property
    def ink(self) -> Box | None:
        """Left, bottom, right and top of what is drawn; left may be less than 0, as of a line that begins with j."""
        return extent(self.points)

    @property
    def height(self) -> float:
        """Height of the lines, the same for every text with so many lines of this size and script."""
        return self.above + self.below + (len(self.lines) - 1) * self.step


@lru_cache(maxsize=2048)
def set_lines(
    text: str,
    height: float,
    room: float,
    *,
    style: Style = "words",
    family: str = "Source Sans 3",
    flush: Flush = "start",
    balanced: bool = False,
) -> Block:
    """Set words in lines that are not wider than ``room``; a word that alone is wider sticks out.

    Parameters
    ----------
    text
        Any script; a new line in it begins a line, several blanks are one.
    height
        Height of a capital H, in frame units.
    room
        Width that there is, in frame units.
    flush
        Where the lines meet: at the side where the script begins, or at the one that is named.
    balanced
        Take the narrowest block of as many lines, so that the lines are about equally long.

    Raises
    ------
    ValueError
        If no font has one of the letters, or a size is not positive.

    Examples
    --------
    >>> long, even = (set_lines("One signal travels back", 0.3, 4.0, balanced=b) for b in (False, True))
    >>> [len(long.lines), len(even.lines), even.width < long.width]
    [2, 2, True]
    """
    if style == "math" or not (height > 0 and room > 0):
        raise ValueError("words, a height and a width are needed to set lines")
    text = tidy(text)
    if "\n" not in text:  # one line is the same in every room that is as wide
        line = _lines(text, height, ENDLESS, style, family, flush)
        if max(line.width, _wide(line)) <= room:
            return line
    return _lines(text, height, room, style, family, flush, balanced)


@lru_cache(maxsize=2048)
def _lines(
    text: str, height: float, room: float, style: Style, family: str, flush: Flush, balanced: bool = False
) -> Block:
    block = _set(text, height, room, 0.0, style, family, flush, balanced)
    if _wide(block) > block.width + _BEARING * height:  # a piece that cannot be broken, such as « mot » with its signs
        block = _set(text, height, room, _wide(block), style, family, flush, balanced)
    return block


def _wide(block: Block) -> float:
    """Return how wide the ink is."""
    left, _, right, _ = block.ink or (0.0, 0.0, 0.0, 0.0)
    return right - left


def tidy(text: str) -> str:
    r"""Return words with one blank where there are several, and none at the ends of their lines.

    Examples
    --------
    >>> tidy("  one   signal \n travels\tback")
    'one signal\ntravels back'
    """
    return "\n".join(_BLANKS.sub(" ", line).strip(" ") for line in text.split("\n"))


def line_height(text: str, style: Style, family: str) -> tuple[float, float]:
    """Return how far a line reaches over its baseline and under it, in points, as its script asks."""
    script, reference = script_of(text), reference_height(style, family)
    return script.above * reference, script.below * reference


def fits(text: str, height: float, room: float, lines: int, **how: Unpack[How]) -> bool:
    """Return whether words fit into so many lines of a width; what a line may look like is as in `set_lines`.

    Examples
    --------
    >>> [fits("One signal travels back", 0.3, 3.0, lines) for lines in (1, 2)]
    [False, True]
    """
    block = set_lines(text, height, room, **how)
    inside = block.width <= room + _SLACK and _wide(block) <= room + _BEARING * height
    return len(block.lines) <= lines and inside


def longest(text: str, height: float, room: float, lines: int, **how: Unpack[How]) -> str:
    """Return the beginning of the words that fits into so many lines: about so long may they be.

    Examples
    --------
    >>> longest("One signal travels back", 0.3, 3.0, 1)
    'One signal trav'
    """
    ends = [i for i in range(1, len(text) + 1) if i == len(text) or not _continues(text[i])]
    good = bisect_left(ends, True, key=lambda end: not fits(text[:end], height, room, lines, **how))
    found = text[: ends[good - 1]] if good else ""
    return found.rstrip()


def _continues(character: str) -> bool:
    """Return whether a character belongs to the letter before it."""
    return unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf")


def _set(
    text: str, height: float, room: float, least: float, style: Style, family: str, flush: Flush, balanced: bool
) -> Block:
    """Set words in lines; ``least`` is the width of a piece that is known not to be broken."""
    factor = height / reference_height(style, family)
    above, below = line_height(text, style, family)
    endless = room >= ENDLESS  # then all sizes have one drawing
    if endless and "\n" not in text and text[-1:].isalnum():  # no stop at the end, which hangs out of a line
        flush = "start"
    points = _FARTHEST if endless else max(room / factor, 0.1)
    drawing = _drawing(text, points, least / factor, style, family, flush, balanced)
    return _block(drawing, above, above + below, factor)


@lru_cache(maxsize=2048)
def _drawing(text: str, room: float, least: float, style: Style, family: str, flush: Flush, balanced: bool) -> Drawing:
    """Return what Typst draws in a room, all lengths in points."""
    above, below = line_height(text, style, family)
    source = _RULES.format(
        above=above,
        below=below,
        words=plain(isolated(text)),
        room=room,
        least=least,
        balanced=str(balanced).lower(),
        pitch=_PITCH,
        flush=_FLUSH[flush],
        mark=_MARK,
    )
    return drawn(source, text, style, family)


def _block(drawing: Drawing, above: float, step: float, factor: float) -> Block:
    """Sort the pieces of a drawing into lines: each belongs to the baseline that it stands on, or is nearest to."""
    (mark,) = (piece for piece in drawing.pieces if piece.colour == _MARK)
    count = max(round((mark.origin[1] - above) / step), 1)
    rows: list[list[Points]] = [[np.zeros((0, 3))] for _ in range(count)]
    for piece in drawing.pieces:
        if piece.colour != _MARK:
            rows[min(max(round((piece.origin[1] - above) / step), 0), count - 1)].append(piece.points)
    upright, shift = np.array([factor, -factor, 1.0]), np.array([0.0, above * factor, 0.0])
    lines = tuple(
        Line(_frozen(np.concatenate(row) * upright + shift), -i * step * factor) for i, row in enumerate(rows)
    )
    return Block(lines, mark.origin[0] * factor, step * factor, above * factor, (step - above) * factor)


def _frozen(points: Points) -> Points:
    points.flags.writeable = False
    return points


def extent(points: Points) -> Box | None:
    """Return left, bottom, right and top of points, shape (n, 3); None of none.

    Column by column: over long outlines that takes NumPy a tenth of the time that it takes row by row.

    Examples
    --------
    >>> extent(np.array([[0.0, 2.0, 0.0], [-1.0, 5.0, 0.0]]))
    (-1.0, 2.0, 0.0, 5.0)
    """
    if not len(points):
        return None
    x, y = points[:, 0], points[:, 1]
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())
