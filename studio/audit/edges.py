"""Edges of filled outlines, measured along their whole length: how far each lies beside where it is claimed.

A fit of a few numbers tells by how much a thing is too large as a whole; along its edges a part of it is told, too.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from studio.audit.drawn import Piece
from studio.audit.glyphs import subpaths
from studio.audit.synthesis import Synthesis

__all__ = ["worst_edge"]

Array = npt.NDArray[np.float64]
_SPACING: Final = 6.0  # pixels between measured points
_CORNER: Final = 6.0  # pixels from a corner within which nothing is measured
_REACH, _FINE = 3.0, 0.25  # pixels across an edge, and how finely
_BESIDE: Final = 2.0  # pixels along an edge within which nothing else may begin: an encoder blurs both into one another
_PLAIN: Final = 0.05  # of the contrast: by so much may what lies on either side of an edge vary
_LEAST_CONTRAST: Final = 0.4  # of the thing's strongest colour
_CLEAR: Final = 32.0  # of 255: an edge of less contrast counts less, since an encoder errs by a few whatever it draws
_STEPS: Final = np.arange(-_REACH, _REACH + _FINE / 2, _FINE)[:, None]
_FINELY: Final = np.linspace(0.0, 1.0, 9)[:-1, None]


def worst_edge(
    scene: Synthesis, pieces: Sequence[tuple[Piece, str]], measured: Sequence[bool] | None = None
) -> float | None:
    """Return how many pixels the edge that is farthest off lies beside its place; None where no edge can be measured.

    Of pieces that are not ``measured``, such as faint ones, the edges are not looked at.

    An edge that hardly stands out, such as a dimmed thing's, counts less.
    Each edge is told by the mean of three neighbouring points, which an encoder's noise moves less than one.
    """
    drawn = scene.drawn(pieces)
    worst = [
        np.abs(np.convolve(run, np.full(3, 1 / 3), "valid")).max()
        for (piece, _), wanted in zip(pieces, measured or [True] * len(pieces), strict=True)
        if wanted and not piece.stroke and len(piece.points)
        for path in subpaths(piece.points)
        for run in _runs(scene, drawn, path)
    ]
    return float(max(worst)) if worst else None


def _runs(scene: Synthesis, drawn: Array, path: Array) -> Iterator[list[float]]:
    """Yield offsets of neighbouring points of an outline, at least three, all of which could be measured."""
    run: list[float] = []
    for offset in [*_offsets(scene, drawn, *_along(path)).tolist(), math.nan]:
        if not math.isnan(offset):
            run.append(offset)
            continue
        if len(run) > 2:
            yield run
        run = []


def _along(path: Array) -> tuple[Array, Array]:
    """Return points along a closed outline that lie away from its corners, and the direction across it at each."""
    a, b, c, d = (path[i::4][:, None] for i in range(4))
    t, u = _FINELY, 1 - _FINELY
    line = (a * u**3 + 3 * b * u**2 * t + 3 * c * u * t**2 + d * t**3).reshape(-1, 2)
    line = np.concatenate([line, path[-1:]])
    reach = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])

    def at(where: Array) -> Array:
        return np.stack([np.interp(where, reach, line[:, i]) for i in (0, 1)], axis=1)

    where = np.arange(_CORNER, reach[-1] - _CORNER, _SPACING)
    way = at(where + _CORNER) - at(where - _CORNER)
    length = np.hypot(way[:, 0], way[:, 1])
    plain = length > 1.96 * _CORNER  # no corner between, and no narrow bend
    return at(where)[plain], np.stack([-way[:, 1], way[:, 0]], axis=1)[plain] / length[plain, None]


def _offsets(scene: Synthesis, drawn: Array, points: Array, across: Array) -> Array:
    """Return how far across an edge lies beside its place at each point; NaN where none does, or something else."""
    at = points[:, None] + _STEPS * across[:, None] - np.array([scene.window.left, scene.window.top]) - 0.5
    along = np.stack([across[:, 1], -across[:, 0]], axis=1)[:, None] * _BESIDE
    whole, (rows, columns) = np.floor(at).astype(int), drawn.shape
    low, high = (np.floor(each).astype(int) for each in (at - np.abs(along), at + np.abs(along)))
    seen = ((low >= 0) & (high + 1 < np.array([columns, rows]))).all(axis=(1, 2))
    seen[seen] = scene.free[whole[seen, :, 1], whole[seen, :, 0]].all(axis=1)
    claimed, found, under = _sampled((drawn, scene.seen, scene.bare), at[seen])
    others = [under, *(_sampled([scene.bare], (at + side)[seen])[0] for side in (-along, along))]
    contrast = claimed[:, -1] - claimed[:, 0]
    sides = np.ptp(np.concatenate(others, axis=1), axis=1)
    sides = np.max([sides, *(np.ptp(part, axis=1) for part in (claimed[:, :4], claimed[:, -4:]))], axis=0)
    told = (np.abs(contrast) >= _LEAST_CONTRAST * scene.contrast) & (sides <= _PLAIN * np.abs(contrast))
    offsets = np.full(len(points), math.nan)
    clear = np.minimum(1.0, np.abs(contrast[told]) / _CLEAR)
    offsets[np.flatnonzero(seen)[told]] = (claimed - found)[told].sum(axis=1) * _FINE / contrast[told] * clear
    return offsets


def _sampled(planes: Sequence[Array], at: Array) -> list[Array]:
    """Return planes between their pixels, linearly: at places of shape (..., 2), x and y."""
    whole = np.floor(at).astype(int)
    (x, y), (right, down) = np.moveaxis(whole, -1, 0), np.moveaxis(at - whole, -1, 0)
    left, up = 1 - right, 1 - down
    return [
        (plane[y, x] * left + plane[y, x + 1] * right) * up
        + (plane[y + 1, x] * left + plane[y + 1, x + 1] * right) * down
        for plane in planes
    ]
