"""Carry: lines come from where they were seen, moved, turned and scaled as a whole, to where they belong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from scenes.parts.stage.motions import Motion
from scenes.parts.theme import MOVE
from scenes.parts.things.base import Shown

__all__ = ["Carry"]

Points = npt.NDArray[np.float64]
_SHOWN = 0.15  # of its way, until which a piece comes in: where it was seen it would be painted twice
Similar = tuple[complex, complex]
"""The middle of an outline, and its first side as a vector, in the plane of complex numbers."""


class Carry(Motion):
    """Let the pieces of one thing come from outlines elsewhere; those that come from nowhere fade in.

    Parameters
    ----------
    starts
        For some of its pieces, by their number, an outline that begins with a side of the same meaning: the long side
        of a bar.
    """

    def __init__(
        self, shown: Shown, starts: Mapping[int, Points], *, run_time: float = MOVE, lag: float = 0.0, **kwargs: Any
    ) -> None:
        self.starts, self.stagger = dict(starts), lag
        super().__init__(shown, run_time=run_time, **kwargs)

    def remember(self) -> None:
        """Store every outline as it belongs, and from where to where it is carried."""
        (shown,) = self.shown
        self.full = [np.array(piece.points) for piece in shown.submobjects]
        self.ways = {i: (_similar(start), _similar(self.full[i])) for i, start in self.starts.items()}

    def show(self, shown: Shown, share: float) -> None:
        """Draw each piece at its share of the way, each a little later than the one before."""
        spread = 1 + self.stagger * (len(self.full) - 1)
        for i, (piece, points) in enumerate(zip(shown.submobjects, self.full, strict=True)):
            own = min(max(share * spread - self.stagger * i, 0.0), 1.0)
            carried = i in self.ways and own < 1.0
            piece.points = _between(points, *self.ways[i], own) if carried else points
            piece.show(min(1.0, own / _SHOWN) if carried else own)


def _similar(outline: Points) -> Similar:
    plane = outline[:, 0] + 1j * outline[:, 1]
    return complex(plane.mean()), complex(plane[3] - plane[0])


def _between(points: Points, start: Similar, end: Similar, share: float) -> Points:
    """Return an outline that belongs to ``end`` at a share of its way from ``start``, turned and scaled on the way."""
    (a, side), (b, own) = start, end
    turned = np.exp((1 - share) * np.log(side / own))
    plane = a + share * (b - a) + turned * (points[:, 0] + 1j * points[:, 1] - b)
    return np.stack([plane.real, plane.imag, points[:, 2]], axis=1)


def each_of(outlines: Sequence[Points], count: int) -> dict[int, Points]:
    """Return outlines by their number, where there are as many as are wanted; else none."""
    return dict(enumerate(outlines)) if len(outlines) == count else {}
