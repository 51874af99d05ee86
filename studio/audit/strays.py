"""Ink where nothing is claimed: a number, a word or an arrow that was added to a frame stands on what should be bare.

All that the ledger claims is covered, soft edges included; what remains has to be background. It is told by patches of
a part of a digit's height, so that an encoder's noise counts little and a stroke of lettering counts fully. Frames on
which something comes or goes are left out: the ledger does not claim what those look like.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from studio.audit.finding import Finding
from studio.audit.frames import Picture, grown
from studio.audit.glance import Mask
from studio.audit.layers import pooled

__all__ = ["check_strays"]

Array = npt.NDArray[np.float64]
Single = npt.NDArray[np.float32]
Plane = float | Single
Planes = tuple[Plane, Plane, Plane]
_LINES: Final = 360  # about so many rows of cells, whatever the height of the picture
_PATCH: Final = 5  # cells: a third to a half of the height of a number
_MARGIN: Final = 4  # cells around what is claimed: as far as an encoder smears an edge


def check_strays(
    picture: Picture,
    claimed: Mask,
    ground: str,
    limit: float,
    under: Planes | None = None,
    traces: tuple[Mask, float] | None = None,
) -> Finding:
    """Return how much ink the inkiest patch of a frame holds outside all that is claimed, in luma or chroma.

    Parameters
    ----------
    under
        What lies under all ink, luma and both chromas of half the size; the background where nothing else is given.
    traces
        Where whole areas have moved, so that an encoder has left traces, and the limit that holds there.
    """
    cell = max(2, 2 * round(picture.luma.shape[0] / _LINES / 2))
    far = _distances(picture, under or picture.colours.planes(ground), cell)
    if traces is not None:
        far = np.where(grown(_cells(traces[0], far.shape, cell), _MARGIN), far * limit / traces[1], far)
    patches = _patches(np.where(grown(_cells(claimed, far.shape, cell), _MARGIN), 0.0, far))
    row, column = np.unravel_index(int(patches.argmax()), patches.shape)
    error = float(patches[row, column])
    left, top, side = float(cell * column), float(cell * row), float(cell * _PATCH)
    place = left, top, left + side, top + side
    said = "" if error <= limit else "something is drawn here that the ledger does not claim"
    return Finding("nothing else", "the rest of the frame", picture.index, place, error, limit, "/255", not said, said)


def _distances(picture: Picture, wanted: Planes, cell: int) -> Array:
    """Return how far each cell is from what should be there on average: the largest of luma and both chromas."""
    sizes = (cell, cell // 2, cell // 2)
    planes = zip((picture.luma, picture.blue, picture.red), wanted, sizes, strict=True)
    means = [_means(np.abs(plane - np.float32(value)), size) for plane, value, size in planes]
    rows, columns = min(m.shape[0] for m in means), min(m.shape[1] for m in means)
    return np.asarray(np.max([m[:rows, :columns] for m in means], axis=0))


def _cells(mask: Mask, shape: tuple[int, ...], cell: int) -> Mask:
    """Return the cells of which a pixel is in a mask."""
    rows, columns = shape
    return pooled(mask[: rows * cell, : columns * cell], cell, np.logical_or)


def _means(plane: Single, size: int) -> Single:
    return pooled(plane, size, np.add) / np.float32(size**2)


def _patches(cells: Array) -> Array:
    """Return the mean of every square patch of cells."""
    sums = np.pad(cells.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    n = _PATCH
    return np.asarray(sums[n:, n:] - sums[:-n, n:] - sums[n:, :-n] + sums[:-n, :-n]) / n**2
