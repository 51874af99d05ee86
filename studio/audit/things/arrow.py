"""Audit gradient arrows: length, direction, width, place, and the head that is the sign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.theme import RING
from scenes.parts.things.shapes import disc
from studio.audit.drawn import SHAFT, Facts, Piece, arrow_pieces
from studio.audit.finding import Finding
from studio.audit.frames import Window
from studio.audit.geometry import Space, Verdict, length_verdict, value_of
from studio.audit.glance import Glance
from studio.audit.kind import Kind
from studio.audit.lengths import Line, claimed_line, differences, fitted, free_of_others, look_alone, misfit, thinned

__all__ = ["ARROW"]

_SIDE: Final = 0.15  # how far an arrow lies from its baseline, in frame units


class Arrow(Kind):
    """A gradient arrow."""

    valued, scaled = True, True

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield how far its length is from its value's."""
        yield length_verdict(space, row, sample, value_of(sample))

    def pieces(self, row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        """Return shaft and head, a speck where it is too short for them; of exactly zero a ring."""
        if len(sample.ends) != 2:
            left, top, right, bottom = sample.box
            outer, hole = (radius * facts.unit for radius in RING)
            return [Piece(disc(np.array([(left + right) / 2, (top + bottom) / 2, 0.0]), outer, hole)[:, :2])]
        tail, tip = (np.array(end) for end in sample.ends)
        return arrow_pieces(tail, tip, facts, width=SHAFT * facts.unit, filled=_filled(sample))

    def check(self, glance: Glance) -> Iterator[Finding]:
        """Yield length, direction, width, place and sign."""
        claimed, filled = claimed_line(glance, SHAFT * glance.facts.unit), _filled(glance.sample)
        if claimed is None:
            free = _beside_baseline if len(glance.sample.ends) == 2 else free_of_others
            yield look_alone(glance, self.pieces(glance.row, glance.sample, glance.facts), free)
            return

        def build(line: Line, filled: bool = filled) -> list[Piece]:
            return arrow_pieces(line.start, line.end, glance.facts, width=line.width, filled=filled)

        found = fitted(glance, claimed, build, free=_beside_baseline)
        yield from differences(glance, claimed, found, thinned=thinned(glance, claimed))
        other = misfit(glance, build(found, not filled), free=_beside_baseline)
        ratio = misfit(glance, build(found), free=_beside_baseline) / (other or 1e-9)
        said = f"its head is {'open' if filled else 'filled'}, so its sign is the other one"
        yield glance.finding("signs", ratio, glance.limits.rival, "", said)


def _filled(sample: SampleRow) -> bool:
    return sample.value is None or sample.value.number > 0


def _beside_baseline(glance: Glance, window: Window) -> npt.NDArray[np.bool_]:
    """Return the pixels that may be measured: not those of other things, nor those of a baseline beside the arrow."""
    start, end = (np.array(point) for point in glance.sample.ends)
    along = (end - start) / (np.linalg.norm(end - start) or 1.0)
    rows, columns = np.mgrid[window.top : window.bottom, window.left : window.right] + 0.5
    off = np.abs(-(columns - start[0]) * along[1] + (rows - start[1]) * along[0])
    far = np.abs(off - _SIDE * glance.facts.unit) > 0.015 * glance.facts.unit + 1.5
    return np.asarray(~glance.hidden(window) & far)


ARROW: Final = Arrow()
