"""Lettering set side by side on one baseline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from scenes.parts.bound.lettering import Lettering
from scenes.parts.theme import EDGE_MARGIN, FRAME_WIDTH

__all__ = ["APART", "in_a_row", "kept_apart", "spread", "width_of"]

APART: Final = 0.12
"""Least room between two neighbours, in frame units."""


def width_of(pieces: Sequence[Lettering]) -> float:
    """Return how wide the pieces are side by side, without room before the first and behind the last."""
    return sum(piece.advance for piece in pieces) + APART * (len(pieces) - 1)


def in_a_row(pieces: Sequence[Lettering], left: float, line: float, apart: float = APART) -> None:
    """Place centred pieces side by side on a baseline, the first beginning at ``left``."""
    x = left
    for piece in pieces:
        piece.at(x + piece.advance / 2, line)
        x += piece.advance + apart


def spread(pieces: Sequence[Lettering], columns: Sequence[float], lines: Sequence[float], apart: float = APART) -> int:
    """Place centred pieces in their columns, on as few of the lines as leave them room; return on how many.

    A piece that would reach past the margin is moved in.
    """
    inside = [_inside(piece, x) for piece, x in zip(pieces, columns, strict=True)]
    counts = (count for count in range(1, len(lines)) if _has_room(pieces, inside, count, apart))
    count = next(counts, len(lines))
    for index, (piece, x) in enumerate(zip(pieces, inside, strict=True)):
        piece.at(x, lines[index % count])
    return count


def kept_apart(widths: Sequence[float], columns: Sequence[float], apart: float = APART) -> list[float]:
    """Return places as near to the columns as may be, moved to the right where two would be nearer than ``apart``.

    Examples
    --------
    >>> kept_apart([1.0, 1.0, 1.0], [0.0, 0.5, 3.0], 0.25)
    [0.0, 1.25, 3.0]
    """
    places: list[float] = []
    for i, (width, x) in enumerate(zip(widths, columns, strict=True)):
        places.append(max(x, places[-1] + (widths[i - 1] + width) / 2 + apart) if i else x)
    return places


def _inside(piece: Lettering, x: float) -> float:
    """Return the place nearest to ``x`` where a centred piece stands within the margins."""
    most = FRAME_WIDTH / 2 - EDGE_MARGIN - piece.advance / 2
    return min(max(x, -most), most)


def _has_room(pieces: Sequence[Lettering], columns: Sequence[float], count: int, apart: float) -> bool:
    """Return whether no two pieces on one of so many lines, taken in turn, come nearer than ``apart``."""
    pairs = zip(pieces, pieces[count:], columns, columns[count:], strict=False)
    return all((a.advance + b.advance) / 2 + apart <= right - left for a, b, left, right in pairs)
