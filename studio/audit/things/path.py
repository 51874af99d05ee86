"""Audit paths: every dot and every line between two of them, as far as a sweep has come."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.things.shapes import disc, polyline, spatial
from studio.audit.colours import Tint
from studio.audit.drawn import Facts, Piece, ink_of
from studio.audit.finding import Finding
from studio.audit.geometry import Space, Verdict, nan_as_inf
from studio.audit.glance import Glance
from studio.audit.kind import Kind
from studio.audit.synthesis import Synthesis, fitted_to, shape_finding
from studio.audit.things.curve import along, offset

__all__ = ["PATH"]

Array = npt.NDArray[np.float64]
_APART: Final = 2.2  # radii: a dot nearer to the one before is left out
_SIZES: Final = {"dot": 0.05, "head": 0.085}  # frame units
_FRAME_WIDTH: Final = 128 / 9  # frame units
_EDGE: Final = 1e-6  # pixels within which a point lies on the edge of a box
_SAME: Final = 1e-9  # of a step
_LEAST_SEEN: Final = 0.4  # of a path: with less nobody can say where it is
_CLEAR: Final = 4.0  # pixels beside a dot within which a line is not looked at


@dataclass(frozen=True)
class Drawn:
    """A path in pixels: straight pieces, shape (n, 2, 2), dots, shape (n, 2), and the one at its end, if it is seen."""

    lines: Array
    dots: Array
    head: Array
    radii: Array  # of a dot and of the head, across and down, shape (2, 2)

    def pieces(self, stroke: float) -> list[Piece]:
        """Return what is drawn, one after the other."""
        round_ones = [(dot, self.radii[0]) for dot in self.dots] + [(dot, self.radii[1]) for dot in self.head]
        dots = [disc(np.zeros(3), 1.0)[:, :2] * radius + dot for dot, radius in round_ones]
        lines = [polyline(spatial(pair))[:, :2] for pair in self.lines]  # none, before the first step
        return [*([Piece(np.concatenate(lines), stroke)] if lines else []), *map(Piece, dots)]

    @property
    def clear(self) -> Array:
        """The dots whose middle is not under the one at its end: of the others too little is seen to place them."""
        free = [dot for dot in self.dots if all(np.hypot(*((dot - at) / self.radii[1])) >= 1.0 for at in self.head)]
        return np.array(free).reshape(-1, 2)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of all that is drawn."""
        marks = [(self.dots, self.radii[0]), (self.head, self.radii[1])]
        reach = [points for dots, radius in marks for points in (dots - radius, dots + radius)]
        points = np.concatenate([self.lines.reshape(-1, 2), *reach])
        return (*points.min(axis=0).tolist(), *points.max(axis=0).tolist()) if len(points) else (0.0, 0.0, 0.0, 0.0)


class Path(Kind):
    """Two quantities after each step, in the plane of two axes."""

    axes, tint = (2, 2), Tint(any_width=True)

    def unstated(self, space: Space, row: ShownRow) -> str:
        """Return what is wrong with its axes or its sizes, or nothing."""
        return super().unstated(space, row) or ("" if row.sizes == _SIZES else "its dots are not as large as such are")

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield how far its box, its first dot and its end are from where its numbers put them."""
        values = {q.name: np.array([v.number for v in q.values]) for q in space.ledger.quantities}
        step = space.value_at(row.through, sample.frame, live) if row.through else None
        wanted, come = [] if row.through is None else [step], [value.number for value in sample.values]
        if len(come) != len(wanted) or any(
            w is None or not abs(c - w) <= _SAME for c, w in zip(come, wanted, strict=True)
        ):
            yield math.inf, "it has not come as far as it says", sample
            return
        video = space.ledger.video
        units = np.array([video.width / _FRAME_WIDTH, video.height / video.frame_height])
        found = _drawn(
            row, sample, [values.get(name or "") for name in (row.across, row.quantity)], space.clip.ranges(), units
        )
        if found is None:
            yield math.inf, "nothing says which numbers it joins", sample
            return
        off = max(abs(a - b) for a, b in zip(found.box, sample.box, strict=True))
        yield nan_as_inf(off), "its outlines are not those that its numbers give", sample
        ends = [*found.dots[:1], *found.head]
        pairs = zip(ends, sample.ends, strict=False)
        off = max((math.dist(*pair) for pair in pairs), default=0.0) if len(ends) == len(sample.ends) else math.inf
        yield nan_as_inf(off), "it does not begin or end where its numbers say", sample

    def pieces(self, row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        """Return the line and the dots."""
        found = _seen(row, sample, facts)
        return found.pieces((row.stroke or 0.0) * facts.unit) if found else []

    def check(self, glance: Glance) -> Iterator[Finding]:
        """Yield how far its dots and its lines lie beside their places, and whether it looks like one."""
        found = _seen(glance.row, glance.sample, glance.facts)
        if found is None or not len(found.lines) + len(found.head):
            return
        stroke = (glance.row.stroke or 0.0) * glance.facts.unit
        colour = glance.sample.colours[0]
        plain = [(piece, colour) for piece in found.pieces(stroke)]
        scene = Synthesis.of(glance, plain)
        ink = ink_of([piece for piece, _ in plain], scene.window)
        if ink[scene.free].sum() < _LEAST_SEEN * ink.sum():
            return  # something comes or goes over it
        yield shape_finding(glance, scene.misfit(plain, among=True))
        worst = max([*self._dots(glance, found, stroke), *self._lines(glance, found)], default=0.0)
        said = f"a dot or a line of it lies {worst:.2f} px beside its numbers"
        yield glance.finding("positions", worst, glance.place_limit, "px", said)

    def _dots(self, glance: Glance, found: Drawn, stroke: float) -> Iterator[float]:
        """Yield how far each dot is from its place, the lines that meet there moved with it."""
        colour, (small, large) = glance.sample.colours[0], found.radii
        for at, radius in [*((dot, small) for dot in found.clear), *((dot, large) for dot in found.head)]:

            def build(by: Array, at: Array = at) -> list[tuple[Piece, str]]:
                whole = (found.lines, found.dots, found.head)
                lines, dots, head = (np.where(_near(points, at), points + by, points) for points in whole)
                return [(piece, colour) for piece in Drawn(lines, dots, head, found.radii).pieces(stroke)]

            scene = Synthesis.of(glance, [(Piece(disc(np.zeros(3), 1.0)[:, :2] * radius + at), colour)])
            near = fitted_to(scene, build, 2)  # of so small a dot the slopes here tell little: once more from there
            yield float(np.hypot(*(near + fitted_to(scene, partial(_from, build, near), 2))))

    def _lines(self, glance: Glance, found: Drawn) -> Iterator[float]:
        """Yield how far the lines run beside their places, away from dots and from other things."""
        for line in found.lines:
            window = glance.window(line, 8.0)
            ink, hidden = glance.ink(window), glance.hidden(window)
            for point, across in along(line):
                clear = found.radii[1].max() + _CLEAR
                dots = np.concatenate([found.dots, found.head])
                beside = [other for other in found.lines if other is not line]
                if len(dots) and np.linalg.norm(dots - point, axis=1).min() < clear:
                    continue
                if any(_distance(point, other) < 2 * clear for other in beside):
                    continue
                if (off := offset(point, across, ink, hidden, window)) is not None:
                    yield off


def _from(build: Callable[[Array], list[tuple[Piece, str]]], start: Array, by: Array) -> list[tuple[Piece, str]]:
    """Build what is moved from a start on."""
    return build(start + by)


def _near(points: Array, at: Array) -> npt.NDArray[np.bool_]:
    """Return which points stand at a place, shape (..., 1)."""
    return np.asarray((np.abs(points - at) < 1e-6).all(axis=-1, keepdims=True))


def _distance(point: Array, line: Array) -> float:
    """Return how far a point is from a straight piece."""
    start, way = line[0], line[1] - line[0]
    share = np.clip((point - start) @ way / (way @ way or 1.0), 0.0, 1.0)
    return float(np.linalg.norm(point - start - share * way))


def _seen(row: ShownRow, sample: SampleRow, facts: Facts) -> Drawn | None:
    """Return a path as the ledger's numbers give it, in a picture."""
    units = np.array([facts.unit_across, facts.unit])
    pairs = [facts.values(name) for name in (row.across, row.quantity)]
    return _drawn(row, sample, pairs, facts.ranges, units)


def _drawn(
    row: ShownRow,
    sample: SampleRow,
    pairs: Sequence[Array | None],
    ranges: Mapping[str, tuple[float, float]],
    units: Array,
) -> Drawn | None:
    """Return a path as numbers give it; None where a ledger says no such thing."""
    xs, ys = pairs
    known = len(row.axes) == 2 and all(key in ranges for key, *_ in row.axes) and row.sizes == _SIZES
    if not known or xs is None or ys is None or len(xs) != len(ys) or not len(xs):
        return None
    (_, left, right), (_, low, high) = row.axes
    (a, b), (c, d) = (ranges[key] for key, *_ in row.axes)
    across = left[0] + (xs - a) / (b - a) * (right[0] - left[0])
    upward = low[1] + (ys - c) / (d - c) * (high[1] - low[1])
    corners = _as_far(np.stack([across, upward], axis=1), sample.values[0].number if sample.values else math.inf)
    box = np.array([[left[0], high[1]], [right[0], low[1]]])
    radii = np.array([[row.sizes[name]] * 2 for name in ("dot", "head")]) * units
    return Drawn(_cut(corners, box), _kept(corners[:-1], box, radii[0]), _held(corners[-1:], box), radii)


def _as_far(corners: Array, step: float) -> Array:
    """Return corners up to a step, and where it is on the way to the next; the last twice where it stands on one."""
    step = min(step, len(corners) - 1.0)
    whole = int(step)
    way = corners[min(whole + 1, len(corners) - 1)] - corners[whole]
    return np.concatenate([corners[: whole + 1], [corners[whole] + (way * (step - whole) if step > whole else 0.0)]])


def _cut(corners: Array, box: Array) -> Array:
    """Return the straight pieces between corners as far as they lie in a box, shape (n, 2, 2)."""
    found = []
    for start, end in pairwise(corners):
        way = end - start
        with np.errstate(all="ignore"):  # a line along an edge never crosses it
            shares = np.concatenate([[0.0, 1.0], ((box - start) / way).ravel()])
        shares = np.sort(shares[(shares >= 0.0) & (shares <= 1.0)])
        middles = start + (shares[:-1, None] + shares[1:, None]) / 2 * way
        inside = ((box[0] <= middles) & (middles <= box[1])).all(axis=1) & (np.diff(shares) > 0.0)
        if way.any() and inside.any():
            first, last = shares[:-1][inside].min(), shares[1:][inside].max()
            found.append([start + first * way, end if last == 1.0 else start + last * way])
    return np.array(found).reshape(-1, 2, 2)


def _held(points: Array, box: Array) -> Array:
    """Return the points that lie in a box: one on its edge lies in it, however the numbers of both are rounded."""
    return np.asarray(points[((box[0] - _EDGE <= points) & (points <= box[1] + _EDGE)).all(axis=1)])


def _kept(points: Array, box: Array, radius: Array) -> Array:
    """Return the dots that are drawn: those in the box of all that do not run together."""
    kept = list[Array]()
    for point in points:
        if not kept or np.hypot(*((point - kept[-1]) / radius)) >= _APART:
            kept.append(point)
    return _held(np.array(kept), box)


PATH: Final = Path()
