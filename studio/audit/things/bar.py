"""Audit bars: length, direction, width, place, and the side of the baseline that is the sign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.things.shapes import polygon, rectangle, spatial
from studio.audit.drawn import Facts, Piece
from studio.audit.finding import Finding
from studio.audit.geometry import Space, Verdict, length_verdict, value_of
from studio.audit.glance import Glance
from studio.audit.kind import Kind
from studio.audit.lengths import Line, claimed_line, differences, fitted, look_alone

__all__ = ["BAR"]

Array = npt.NDArray[np.float64]


class Bar(Kind):
    """A bar on its baseline."""

    valued, scaled = True, True

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield how far its length is from its value's."""
        yield length_verdict(space, row, sample, value_of(sample))

    def pieces(self, row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        """Return the bar; of exactly zero a thin line across."""
        if len(sample.ends) != 2:
            left, top, right, bottom = sample.box
            return [Piece(polygon([[left, top, 0], [right, top, 0], [right, bottom, 0], [left, bottom, 0]])[:, :2])]
        start, end = (np.array(point) for point in sample.ends)
        return _pieces(Line(start, end, _width(sample)))

    def check(self, glance: Glance) -> Iterator[Finding]:
        """Yield length, direction, width, place and sign."""
        claimed = claimed_line(glance, _width(glance.sample)) if len(glance.sample.ends) == 2 else None
        if claimed is None:
            yield look_alone(glance, self.pieces(glance.row, glance.sample, glance.facts))
            return
        found = fitted(glance, claimed, _pieces)
        yield from differences(glance, claimed, found)
        if glance.sample.value is not None:
            way = (found.end - found.start) @ np.array([1.0, -1.0])  # right and up is positive
            right = (way > 0) == (glance.sample.value.number > 0)
            yield glance.finding("signs", 0.0 if right else np.inf, glance.limits.rival, "", "it points the other way")


def _pieces(line: Line) -> list[Piece]:
    return [Piece(rectangle(spatial(line.start), spatial(line.end), line.width)[:, :2])]


def _width(sample: SampleRow) -> float:
    """Return the width of a bar, from its box and its two ends."""
    along = np.abs(np.subtract(sample.ends[1], sample.ends[0]))
    size = np.array([sample.box[2] - sample.box[0], sample.box[3] - sample.box[1]])
    across = along[::-1] / (np.linalg.norm(along) or 1.0)
    return float(np.dot(size - along, across) / (np.dot(across, across) or 1.0))


BAR: Final = Bar()
