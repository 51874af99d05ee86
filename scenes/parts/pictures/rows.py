"""Lettering set side by side on one baseline."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Final

from scenes.parts.theme import EDGE_MARGIN, FRAME_WIDTH
from scenes.parts.things.lettering import Lettering

__all__ = ["APART", "in_a_row", "kept_apart", "spread", "width_of"]

APART: Final = 0.12
"""Least room between two neighbours, in frame units."""

_EXACT: Final = 1e-9


def width_of(pieces: Sequence[Lettering]) -> float:
    """Return how wide the pieces are side by side, without room before the first and behind the last."""
    return sum(piece.advance for piece in pieces) + APART * (len(pieces) - 1)


def in_a_row(pieces: Sequence[Lettering], left: float, line: float, apart: float = APART) -> None:
    """Place centred pieces side by side on a baseline, the first beginning at ``left``."""
    x = left
    for piece in pieces:
        piece.at(x + piece.advance / 2, line)
        x += piece.advance + apart


def spread(
    pieces: Sequence[Lettering],
    columns: Sequence[float],
    lines: Sequence[float],
    apart: float = APART,
    shift: float = 0.0,
) -> int:
    """Place centred pieces in their columns, on as few of the lines as leave them room; return on how many.

    A piece that would reach past the margin is moved in; to leave its neighbours room it may be moved by ``shift``, and
    on the last resort, all lines, by more.
    """
    inside = [_inside(piece, x) for piece, x in zip(pieces, columns, strict=True)]
    tried = {count: _places(pieces, inside, count, apart) for count in range(1, len(lines) + 1)}
    fitting = (n for n, places in tried.items() if _off(places, inside) <= shift + _EXACT and _fit(pieces, places))
    count = next(fitting, len(lines))
    places = [_inside(piece, x) for piece, x in zip(pieces, tried[count], strict=True)]
    for index, (piece, x) in enumerate(zip(pieces, places, strict=True)):
        piece.at(x, lines[index % count])
    return count


def kept_apart(widths: Sequence[float], columns: Sequence[float], apart: float = APART) -> list[float]:
    """Return places as near to the columns as may be, no two nearer to each other than ``apart``.

    The sum of the squared distances from the columns is the least that is possible: what is too close is moved apart
    evenly, and what then touches moves as one block (isotonic regression, by pooling adjacent violators).

    Examples
    --------
    >>> kept_apart([1.0, 1.0, 1.0], [0.0, 0.5, 3.0], 0.25)
    [-0.375, 0.875, 3.0]
    """
    steps = [(a + b) / 2 + apart for a, b in pairwise(widths)]
    offsets = [0.0, *accumulate(steps)]
    blocks: list[tuple[float, int]] = []  # mean of what remains of the columns, and of how many
    for column, offset in zip(columns, offsets, strict=False):
        mean, count = column - offset, 1
        while blocks and blocks[-1][0] > mean:
            before, more = blocks.pop()
            mean, count = (before * more + mean * count) / (more + count), more + count
        blocks.append((mean, count))
    means = [mean for mean, count in blocks for _ in range(count)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=False)]


def _places(pieces: Sequence[Lettering], columns: Sequence[float], count: int, apart: float) -> list[float]:
    """Return places in so many lines, taken in turn, kept apart on each."""
    places = list(columns)
    for first in range(count):
        widths = [piece.advance for piece in pieces[first::count]]
        places[first::count] = kept_apart(widths, columns[first::count], apart)
    return places


def _fit(pieces: Sequence[Lettering], places: Sequence[float]) -> bool:
    """Return whether all of them stand within the margins there."""
    return all(abs(x - _inside(piece, x)) <= _EXACT for piece, x in zip(pieces, places, strict=True))


def _off(places: Sequence[float], columns: Sequence[float]) -> float:
    """Return by how much the place farthest from its column is off."""
    return max((abs(x - column) for x, column in zip(places, columns, strict=True)), default=0.0)


def _inside(piece: Lettering, x: float) -> float:
    """Return the place nearest to ``x`` where a centred piece stands within the margins."""
    most = FRAME_WIDTH / 2 - EDGE_MARGIN - piece.advance / 2
    return min(max(x, -most), most)
