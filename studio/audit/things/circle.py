"""Audit dashed pitch circles: their radius."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.things.shapes import dashed_circle
from studio.audit.colours import Tint
from studio.audit.drawn import Facts, Piece
from studio.audit.finding import Finding
from studio.audit.geometry import Space, Verdict, length_verdict, value_of
from studio.audit.glance import Glance
from studio.audit.kind import Kind
from studio.audit.synthesis import Synthesis, fitted_to, place_finding, shape_finding

__all__ = ["CIRCLE"]

Array = npt.NDArray[np.float64]
_STROKE, _DASH = 0.03, 0.11  # frame units; about the length of a dash


class PitchCircle(Kind):
    """A dashed circle whose radius a quantity is."""

    valued, scaled, tint = True, True, Tint(crossed=True)

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield how far its radius is from its value's."""
        yield length_verdict(space, row, sample, value_of(sample))

    def pieces(self, row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        """Return the dashes."""
        if len(sample.ends) != 2:
            return []
        radius = abs(sample.value.number if sample.value else 0.0) * (row.scale or 0.0)
        return [_ring(np.array(sample.ends[0]), radius, facts, row.dashes or _dashes(radius))]

    def check(self, glance: Glance) -> Iterator[Finding]:
        """Yield radius, place and shape of a dashed circle."""
        sample, facts = glance.sample, glance.facts
        if len(sample.ends) != 2 or sample.value is None:
            return
        hub, radius = np.array(sample.ends[0]), abs(sample.value.number) * (glance.row.scale or 0.0)
        dashes = glance.row.dashes or _dashes(radius)

        def build(by: Array) -> list[tuple[Piece, str]]:
            piece = _ring(hub + by[:2], radius + by[2] / facts.unit, facts, dashes)
            return [(piece, glance.colour)]

        scene = Synthesis.of(glance, build(np.zeros(3)))
        by = fitted_to(scene, build, 3)
        yield place_finding(glance, by)
        said = f"its radius is {by[2]:+.2f} px larger than its value"
        yield glance.finding("radii", abs(float(by[2])), glance.limits.radius, "px", said)
        yield shape_finding(glance, scene.misfit(build(by)), glance.limits.thin)


def _ring(hub: Array, radius: float, facts: Facts, dashes: int) -> Piece:
    """Return a dashed circle; the hub in pixels, the radius in frame units."""
    return Piece(facts.placed(dashed_circle(np.zeros(3), radius, dashes), hub), _STROKE * facts.unit)


def _dashes(radius: float) -> int:
    """Return of how many dashes a circle is made."""
    return max(8, round(math.pi * radius / _DASH))


CIRCLE: Final = PitchCircle()
