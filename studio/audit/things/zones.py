"""Audit flat zones: every edge of every zone, found anew from the slope, its limit and the axis."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import SampleRow, ShownRow
from studio.audit.drawn import Facts, Piece, on_axis
from studio.audit.finding import Finding
from studio.audit.geometry import Space, Verdict, nan_as_inf
from studio.audit.glance import Glance
from studio.audit.kind import Kind
from studio.audit.synthesis import Build, Synthesis, fitted_to, shape_finding

__all__ = ["ZONES", "flat_zones"]

Array = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]
_STEP, _WIDTH, _SHORTEST = 0.14, 0.02, 0.03  # frame units: between two lines, their width, the shortest one
_LEAST: Final = 6.0  # pixels: of a narrower zone the edges are told by its look alone
_NEAR, _ROUNDS = 0.3, 4  # pixels that an edge may be found away before it is looked for anew, from there; how often


def flat_zones(at: Array, slope: Array, limit: float) -> list[tuple[float, float]]:
    """Return where a broken line through points lies between minus a limit and the limit.

    The stage has its own; here the crossings are found first, and then each stretch between two of them is asked.

    Examples
    --------
    >>> flat_zones(np.array([0.0, 1.0, 2.0, 3.0]), np.array([1.0, 0.0, 0.0, -1.0]), 0.5)
    [(0.5, 2.5)]
    """
    cuts = set(at.tolist())
    for (a, b), (s, t) in zip(pairwise(at.tolist()), pairwise(slope.tolist()), strict=True):
        cuts |= {a + (end - s) / (t - s) * (b - a) for end in (-limit, limit) if (s - end) * (t - end) < 0}
    places = sorted(cuts)
    flat = [abs(float(np.interp((a + b) / 2, at, slope))) < limit for a, b in pairwise(places)]
    found: list[tuple[float, float]] = []
    for (a, b), own in zip(pairwise(places), flat, strict=True):
        if own:
            found[-1:] = [(found[-1][0], b)] if found and found[-1][1] == a else [*found[-1:], (a, b)]
    return found


class Zones(Kind):
    """Hatched rectangles on an axis."""

    axes, layered = (1, 1), True

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield how far its corners are from those that the slope gives."""
        rows = {quantity.name: np.array([v.number for v in quantity.values]) for quantity in space.ledger.quantities}
        zones, height = _zones(row, rows), row.sizes.get("height", math.nan)
        if zones is None or not height > 0 or len(sample.ends) != 2 * len(zones):
            yield math.inf, "it does not show the zones in which its slope is flat", sample
            return
        _, (_, base), _ = row.axes[0]
        top = base - height * space.unit
        corners = list(zip(sample.ends[::2], sample.ends[1::2], strict=True))
        for (lower, upper), (a, b) in zip(corners, zones, strict=True):
            along = max(space.off(row.axes[0], a, lower), space.off(row.axes[0], b, upper))
            off = max(along, abs(lower[1] - base), abs(upper[1] - top))
            yield nan_as_inf(off), f"a zone of it is not the one from {a:.6g} to {b:.6g}", sample
        if zones:
            edges = corners[0][0][0], top, corners[-1][1][0], base
            off = max(abs(a - b) for a, b in zip(edges, sample.box, strict=True))
            yield max(0.0, off - 2 * _WIDTH * space.unit), "its outlines reach beyond its zones", sample

    def pieces(self, row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        """Return wash and lines."""
        zones = _zones(row, facts.quantities)
        if not zones or not row.sizes.get("height"):
            return [Piece(np.zeros((0, 2)))] * len(sample.colours)
        return _drawn(_boxes(row, zones, facts), row, facts)

    def bodies(self, row: ShownRow, sample: SampleRow, facts: Facts) -> Sequence[bool]:
        """Return that the lines lie on the wash, and anything on both."""
        return [True, False]

    def check(self, glance: Glance) -> Iterator[Finding]:
        """Yield by how much each edge of each zone is beside its place, and the look of all."""
        row, sample, facts = glance.row, glance.sample, glance.facts
        zones = _zones(row, facts.quantities)
        if not zones or len(sample.colours) != len(self.pieces(row, sample, facts)):
            return
        boxes = _boxes(row, zones, facts)
        wide = [i for i, (left, _, right, _) in enumerate(boxes) if right - left >= _LEAST]

        def build(by: Array) -> list[tuple[Piece, str]]:
            changed = list(boxes)
            for i, (left, right) in zip(wide, by.reshape(-1, 2).tolist(), strict=True):
                a, top, b, base = boxes[i]
                changed[i] = (a + left, top, b + right, base)
            return list(zip(_drawn(changed, row, facts), sample.colours, strict=True))

        claimed = build(np.zeros(2 * len(wide)))
        scene = Synthesis.of(glance, claimed)
        by = _moved(scene, build, 2 * len(wide)) if wide else np.zeros(0)
        if wide:
            off = float(np.abs(by).max())
            said = f"an edge of it lies {off:.2f} px beside its place"
            yield glance.finding("edges", off, glance.limits.edge, "px", said)
        yield shape_finding(glance, scene.misfit(build(by), calm=True))


def _moved(scene: Synthesis, build: Build, count: int, rounds: int = _ROUNDS) -> Array:
    """Return by how many pixels edges lie beside their places; each is seen from the pixel that it is in alone."""
    by = fitted_to(scene, build, count)
    if rounds == 1 or float(np.abs(by).max()) < _NEAR:
        return by
    return by + _moved(scene, lambda more: build(by + more), count, rounds - 1)


def _zones(row: ShownRow, values: Mapping[str, Array]) -> list[tuple[float, float]] | None:
    """Return the zones of a thing; None where the ledger does not say all that they follow from."""
    at, slope, limit = (values.get(name or "", np.zeros(0)) for name in (row.across, row.quantity, row.through))
    if len(at) != len(slope) or len(at) < 2 or len(limit) != 1 or len(row.axes) != 1:
        return None
    return flat_zones(at, slope, float(limit[0]))


def _boxes(row: ShownRow, zones: Sequence[tuple[float, float]], facts: Facts) -> list[Box]:
    """Return left, top, right and bottom of each zone in pixels."""
    ends = on_axis(row.axes[0], np.array(zones).ravel(), facts).reshape(-1, 2, 2)
    top = row.sizes["height"] * facts.unit
    return [(a, y - top, b, y) for (a, y), (b, _) in ends.tolist()]


def _drawn(boxes: Sequence[Box], row: ShownRow, facts: Facts) -> list[Piece]:
    """Return wash and lines in pixels; the lines belong to one grid, which begins where the axis does."""
    start, wash, lines = row.axes[0][1][0], [], []
    across, up = facts.unit_across, facts.unit
    for left, top, right, base in boxes:
        wash.append(_outline([(left, base), (right, base), (right, top), (left, top)]))
        low, high = (left - start) / across, (right - start) / across
        height = (base - top) / up
        for k in range(math.floor((low - height) / _STEP), math.ceil(high / _STEP) + 1):
            a, b = max(low, k * _STEP), min(high, k * _STEP + height)
            if (b - a) * math.sqrt(2) <= _SHORTEST:
                continue
            half = _WIDTH / 2 / math.sqrt(2)
            ends = [(x + s * half, x - k * _STEP - s * half) for x, s in ((a, -1), (b, -1), (b, 1), (a, 1))]
            lines.append(_outline([(start + x * across, base - y * up) for x, y in ends]))
    return [Piece(np.concatenate([np.zeros((0, 2)), *each])) for each in (wash, lines)]


def _outline(corners: Sequence[tuple[float, float]]) -> Array:
    """Return a closed outline of straight cubic pieces."""
    ends = np.array([*corners, corners[0]])
    steps = np.linspace(0.0, 1.0, 4)[None, :, None]
    return np.asarray((ends[:-1, None] * (1 - steps) + ends[1:, None] * steps).reshape(-1, 2))


ZONES: Final = Zones()
