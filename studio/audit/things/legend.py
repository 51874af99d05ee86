"""Audit legends: the length of one unit of a scale."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.things.shapes import rectangle, spatial
from studio.audit.drawn import Facts, Piece
from studio.audit.finding import Finding
from studio.audit.geometry import Space, Verdict, length_verdict
from studio.audit.glance import Glance
from studio.audit.kind import Kind
from studio.audit.lengths import Line, claimed_line, differences, fitted, look_alone

__all__ = ["LEGEND"]

_WIDTH, _HALF, _THICK = 0.05, 0.09, 0.035  # frame units: of the bar; half length and width of the lines at its ends


class Legend(Kind):
    """A bar of one unit with a short line across each end."""

    scaled = True

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield how far its length is from one unit."""
        yield length_verdict(space, row, sample, 1.0)

    def pieces(self, row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        """Return the bar with its ends."""
        start, end = (np.array(point) for point in sample.ends)
        return _pieces(Line(start, end, _WIDTH * facts.unit), facts)

    def check(self, glance: Glance) -> Iterator[Finding]:
        """Yield length, direction, width and place."""
        claimed = claimed_line(glance, _WIDTH * glance.facts.unit)
        if claimed is None:
            yield look_alone(glance, self.pieces(glance.row, glance.sample, glance.facts))
        else:
            found = fitted(glance, claimed, lambda line: _pieces(line, glance.facts))
            yield from differences(glance, claimed, found)


def _pieces(line: Line, facts: Facts) -> list[Piece]:
    half, thick = _HALF * facts.unit, _THICK * facts.unit
    a, b = spatial(line.start), spatial(line.end)
    along = (b - a) / np.linalg.norm(b - a)
    cross, inset = np.array([-along[1], along[0], 0.0]) * half, along * thick / 2
    ends = [rectangle(p - cross, p + cross, thick) for p in (a + inset, b - inset)]
    return [Piece(np.concatenate([rectangle(a, b, line.width), *ends])[:, :2])]


LEGEND: Final = Legend()
