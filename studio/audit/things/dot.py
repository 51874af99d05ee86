"""Audit dots: the place that their numbers give them on one axis or two."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.things.shapes import disc, spatial
from studio.audit.drawn import Facts, Piece, ink_of, on_axis
from studio.audit.finding import Finding
from studio.audit.geometry import Space, Verdict, nan_as_inf
from studio.audit.glance import Glance
from studio.audit.kind import Kind
from studio.audit.synthesis import Synthesis, fitted_to

__all__ = ["DOT", "place_verdict"]

Array = npt.NDArray[np.float64]
_LEAST_SEEN: Final = 0.4  # of a dot: with less nobody can say where it is
_NO_DOT: Final = 0.8  # distance from its synthesis, as a share of its ink


class Dot(Kind):
    """A dot on an axis, or in the plane of two."""

    valued, axes = True, (1, 2)

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield how far its centre is from its value on its own axis, and from the other quantity on the other."""
        yield place_verdict(space, row, sample, live)

    def pieces(self, row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        """Return the disc."""
        return [Piece(disc(spatial(np.array(end)), _radius(sample))[:, :2]) for end in sample.ends[:1]]

    def check(self, glance: Glance) -> Iterator[Finding]:
        """Yield how far it is from where its numbers put it."""
        yield _found(glance)


def place_verdict(space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Verdict:
    """Compare the centre of a dot with its value on its own axis, and with the other quantity on the other."""
    if sample.value is None or len(sample.ends) != 1 or sample.shown is None:
        return math.inf, "it does not say where its centre is", sample
    value, centre = sample.value.number, sample.ends[0]
    own = row.axes[0]
    error = max(space.off(own, value, centre), abs(sample.shown - value) * space.per_unit(own))
    if len(row.axes) > 1:
        across = space.value_at(row.across or "", sample.frame, live)
        if across is None or len(sample.values) != 1:
            return math.inf, "it does not say what it is drawn against", sample
        error = max(error, abs(sample.values[0].number - across) * space.per_unit(row.axes[1]))
        error = max(error, space.off(row.axes[1], across, centre))
    return nan_as_inf(error), f"its centre {centre} is not where {value!r} stands", sample


def _found(glance: Glance) -> Finding:
    place, limit = _asked(glance), glance.place_limit
    if place is None:
        return glance.finding("positions", np.inf, limit, "px", "the ledger does not say by which numbers it stands")
    radius, colour = _radius(glance.sample), glance.sample.colours[0]

    def build(by: Array) -> list[tuple[Piece, str]]:
        return [(Piece(disc(np.array([*place + by, 0.0]), radius)[:, :2]), colour)]

    scene = Synthesis.of(glance, build(np.zeros(2)), 3.0)
    ink = ink_of([piece for piece, _ in build(np.zeros(2))], scene.window)
    shown = np.abs(scene.drawn(build(np.zeros(2))) - scene.bare)[scene.free].sum() / scene.contrast
    if shown < _LEAST_SEEN * ink.sum():
        return glance.finding("positions", 0.0, limit, "px", "something lies over it, or it lies on what looks like it")
    found = fitted_to(scene, build, 2)
    if scene.misfit(build(found)) > _NO_DOT:
        return glance.finding("positions", np.inf, limit, "px", "there is no such dot")
    away = float(np.hypot(*found))
    return glance.finding("positions", away, limit, "px", f"it is {away:.2f} px away from where its numbers put it")


def _asked(glance: Glance) -> Array | None:
    """Return where the dot's own number, and the one across, put it."""
    row, value = glance.row, glance.sample.value
    across = [each.number for each in glance.sample.values]
    if value is None or not row.axes or (len(row.axes) == 2 and len(across) != 1):
        return None
    own = on_axis(row.axes[0], np.array([value.number]), glance.facts)[0]
    if len(row.axes) == 1:
        return np.asarray(own)
    return np.array([on_axis(row.axes[1], np.array(across), glance.facts)[0][0], own[1]])


def _radius(sample: SampleRow) -> float:
    return (sample.box[2] - sample.box[0]) / 2


DOT: Final = Dot()
