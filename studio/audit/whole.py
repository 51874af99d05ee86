"""All of a frame is what is claimed: it is painted once more, and where the film differs, something nobody claims is.

The means of patches of three by three pixels are compared, of which a stroke fills enough: a raised digit behind a
number, a sign close before a symbol, letters over a word. On what is drawn, and on both sides of its edges, an encoder
errs more than beside it.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from studio.audit.canvas import Canvas
from studio.audit.finding import Finding
from studio.audit.frames import PATCH, Picture, Signed, Window, grown, patch_sums

__all__ = ["check_whole"]

_EDGE: Final = 2  # pixels beside what is claimed, soft edges included, that count as drawn on


def check_whole(picture: Picture, canvas: Canvas, drawn: float, beside: float) -> Finding:
    """Return how far the patch that is farthest from what is claimed is from it, in luma.

    Parameters
    ----------
    drawn, beside
        The limits on and close to what is drawn, and farther from it.
    """
    (height, width), (least, most) = picture.luma.shape, canvas.painted()
    off = picture.luma.astype(np.int16) - np.clip(picture.luma, least, most)
    off[canvas.unsure(None, Window(0, 0, width, height))] = 0
    patches = np.abs(patch_sums(off))
    inside = slice(PATCH // 2, -(PATCH // 2))
    bare = ~grown(canvas.claimed, _EDGE)[inside, inside]
    found = [_worst(patches, drawn), _worst(patches * bare, beside)]
    error, limit, (row, column) = max(found, key=lambda each: each[0] / each[1])
    place = float(column), float(row), float(column + PATCH), float(row + PATCH)
    said = "" if error <= limit else "what is drawn here is not what the ledger claims"
    return Finding("all there is", "the whole frame", picture.index, place, error, limit, "/255", not said, said)


def _worst(patches: Signed, limit: float) -> tuple[float, float, tuple[int, int]]:
    """Return the mean of the patch with the greatest sum, the limit, and where it is."""
    row, column = divmod(int(patches.argmax()), patches.shape[1])
    return float(patches[row, column]) / PATCH**2, limit, (row, column)
