"""Audit the lines of axes, from which dots and curves are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.things.shapes import rectangle, spatial
from studio.audit.drawn import Facts, Piece
from studio.audit.finding import Finding
from studio.audit.glance import Glance
from studio.audit.kind import Kind
from studio.audit.lengths import Line, fitted, misfit

__all__ = ["AXIS"]

_WIDTH, _HALF = 0.025, 0.08  # frame units: of the line and its ticks; half length of a tick
_DIMMED: Final = 0.4  # LOOK.md: a shape out of focus


class AxisLine(Kind):
    """The line of an axis with its ticks."""

    axes = (1, 2)

    def pieces(self, row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        """Return the line with a tick at each end of its range and at 0."""
        return _pieces(_claimed(row, facts), row.axes[0][0], facts)

    def check(self, glance: Glance) -> Iterator[Finding]:
        """Yield how far it is from its place."""
        key, claimed = glance.row.axes[0][0], _claimed(glance.row, glance.facts)
        pieces = _pieces(claimed, key, glance.facts)
        strength = min((1.0, _DIMMED), key=lambda share: misfit(glance, pieces, share))
        if misfit(glance, pieces, strength) > 1.0:
            yield glance.finding("positions", np.inf, glance.place_limit, "px", "there is no such axis")
            return
        found = fitted(glance, claimed, lambda line: _pieces(line, key, glance.facts), strength)
        away = max(np.linalg.norm(found.start - claimed.start), np.linalg.norm(found.end - claimed.end))
        yield glance.finding("positions", float(away), glance.place_limit, "px", f"it is {away:.2f} px away")


def _claimed(row: ShownRow, facts: Facts) -> Line:
    _, start, end = row.axes[0]
    return Line(np.array(start), np.array(end), _WIDTH * facts.unit)


def _pieces(line: Line, key: str, facts: Facts) -> list[Piece]:
    (low, high), half = facts.range(key), _HALF * facts.unit
    a, b = spatial(line.start), spatial(line.end)
    cross = np.array([a[1] - b[1], b[0] - a[0], 0.0]) / np.linalg.norm(b - a) * half
    shares = [0.0, *([-low / (high - low)] if low < 0.0 < high else []), 1.0]
    ticks = [a + (b - a) * share for share in shares]
    lines = [rectangle(a, b, line.width), *(rectangle(p - cross, p + cross, line.width) for p in ticks)]
    return [Piece(np.concatenate(lines)[:, :2])]


AXIS: Final = AxisLine()
