"""Audit spokes: gradients as arrows from a hub, or along a rim."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import SampleRow, ShownRow
from studio.audit.colours import Tint
from studio.audit.drawn import SHAFT, Facts, Piece, arrow_pieces
from studio.audit.finding import Finding
from studio.audit.geometry import Space, Verdict, length_verdict, riding_error, value_of
from studio.audit.glance import Glance
from studio.audit.kind import Kind
from studio.audit.lengths import SHORT, Line, differences, thinned
from studio.audit.synthesis import Synthesis, fitted_to, shape_finding

__all__ = ["SPOKE"]

Array = npt.NDArray[np.float64]
_LEAST: Final = 8.0  # pixels: below, a length is told by its whole look alone
_LEAST_ON_HUB: Final = 0.16  # frame units: no shorter one is drawn on a hub; stated a second time, on purpose


class Spoke(Kind):
    """A spoke, or the push at a tooth."""

    valued, scaled, tint = True, True, Tint(crossed=True)

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield how far its length is from its value's, and its beginning from the hub of its wheel."""
        tiny = row.wheel is not None and 0 < abs(value_of(sample)) * (row.scale or 0.0) < _LEAST_ON_HUB
        if not tiny or sample.ends:
            yield length_verdict(space, row, sample, value_of(sample))
        if row.wheel is not None:
            yield riding_error(space, row, sample)

    def pieces(self, row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        """Return shaft and head; nothing of what is too small."""
        if len(sample.ends) != 2:
            return []
        tail, tip = (np.array(end) for end in sample.ends)
        filled = sample.value is not None and sample.value.number > 0
        return arrow_pieces(tail, tip, facts, width=SHAFT * facts.unit, filled=filled)[:2]

    def check(self, glance: Glance) -> Iterator[Finding]:
        """Yield length, direction, width, place and sign of a spoke."""
        sample, unit = glance.sample, glance.facts.unit
        if len(sample.ends) != 2:
            return
        start, end = (np.array(point) for point in sample.ends)
        claimed = Line(start, end, SHAFT * unit)
        positive = sample.value is not None and sample.value.number > 0

        def build(line: Line, filled: bool = positive) -> list[tuple[Piece, str]]:
            pieces = arrow_pieces(line.start, line.end, glance.facts, width=line.width, filled=filled)[:2]
            return [(piece, glance.colour) for piece in pieces]

        scene = Synthesis.of(glance, build(claimed))
        if claimed.length < _LEAST:
            yield shape_finding(glance, scene.misfit(build(claimed)))
            return
        found = claimed.moved(fitted_to(scene, lambda by: build(claimed.moved(by)), 5))
        yield from differences(glance, claimed, found, thinned=thinned(glance, claimed))
        yield shape_finding(glance, scene.misfit(build(found)))
        if glance.row.follows is not None and not glance.resting and claimed.length < SHORT:
            return  # it is told where it is longer, or rests: in a sweep an encoder fills an open head as small as that
        ratio = scene.misfit(build(found)) / scene.misfit(build(found, not positive))
        said = f"its head is {'open' if positive else 'filled'}, so its sign is the other one"
        yield glance.finding("signs", ratio, glance.limits.rival, "", said)


SPOKE: Final = Spoke()
