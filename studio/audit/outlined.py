"""The base of most audits: outlines about an origin that follow from one to three numbers, recomputed and measured.

The other half of `scenes.parts.things.outlined`. A kind says here, a second time and on purpose, which ``shapes`` its
numbers give; the rest follows.

The ledger: scales are stated, the origin stands where its quantities put it, the drawn numbers are the claimed ones,
and the box is that of the recomputed shapes. The pixels: the shapes are drawn with slightly other numbers until they
fit the frame best; what fits best is measured. Then every edge is looked at along its whole length, the shapes of the
other sign are tried, and each piece's colour is told.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import SampleRow, ShownRow
from studio.audit.drawn import Facts, Piece
from studio.audit.edges import worst_edge
from studio.audit.finding import Finding
from studio.audit.geometry import LIMIT, Space, Verdict, nan_as_inf
from studio.audit.glance import Glance
from studio.audit.kind import Kind
from studio.audit.limits import SHORT
from studio.audit.synthesis import Synthesis, faintness, fitted_to, hairline_finding, place_finding, shape_finding

__all__ = ["Numbers", "Outlined", "Shape", "box_error", "of_axis"]

Array = npt.NDArray[np.float64]
Numbers = Mapping[str, float]
"""What is drawn for each role, scale times value: frame units or radians, with its sign; or sizes, by their names."""
_FAINTEST = 2.0  # so many times as much may what is out of focus be larger, or a ground farther, than it should be


@dataclass(frozen=True)
class Shape:
    """An outline about the origin in frame units, x to the right and y up, shape (4 k, 2 or 3).

    Filled, or a line of width ``stroke`` in frame units. A ``body`` is flat, and other things may lie on it: letters,
    another shape of the same thing. What lies on nothing else but the ground has no such need. The edges of what is
    ``faint``, of a colour near the ground's, are not measured: there an encoder's noise is as large as the edge.
    """

    points: Array
    stroke: float = 0.0
    body: bool = False
    faint: bool = False


class Outlined(Kind):
    """Outlines that follow from numbers.

    Attributes
    ----------
    roles
        What each number is in the drawing, as in the other half.
    angles
        Which of them are drawn as angles.
    unsigned
        Which of them have no sign by their nature, such as a loss; every other one must look otherwise with the other.
    always
        Which of them are measured even where they are near 0: their drawing begins elsewhere.
    told
        How well pixels tell its place across and down: less along what hardly changes there.
    least
        Pixels: what is drawn smaller is told by its look alone.
    hair
        Pixels: where all numbers are drawn smaller it is a hairline, on which an encoder may err by all of its ink.
    """

    valued, layered, smears = True, True, True
    roles: ClassVar[tuple[str, ...]] = ()
    angles: ClassVar[frozenset[str]] = frozenset()
    unsigned: ClassVar[frozenset[str]] = frozenset()
    always: ClassVar[frozenset[str]] = frozenset()
    told: ClassVar[tuple[float, float]] = (1.0, 1.0)
    least: ClassVar[float] = 3.0
    hair: ClassVar[float] = 0.0

    # -- what a kind says ---------------------------------------------------------------------------------------------

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return a shape for each colour, in the order in which they are painted; one without points draws nothing."""
        raise TypeError(f"{type(self).__name__} says no shapes")

    # -- what the ledger says ---------------------------------------------------------------------------------------

    def unstated(self, space: Space, row: ShownRow) -> str:
        """Return what is wrong with its roles, its scales or its axes, or nothing."""
        if tuple(number.role for number in row.numbers) != self.roles[1:]:
            return f"it does not name what it shows: {', '.join(self.roles)}"
        for scale in (row.scale, *(number.scale for number in row.numbers)):
            if not (space.states(scale) or any(of_axis(space, axis, scale) for axis in row.axes)):
                return f"no setting states its scale of {scale!r}"
        if len(row.axes) not in (0, 2) or (row.axes and not (row.across and row.through)):
            return "it does not say of which quantities it stands on its two axes"
        return super().unstated(space, row)

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield how far origin, drawn numbers and box are from what the claimed numbers give."""
        values, reads = _values(sample), [sample.shown, *sample.reads]
        if len(sample.ends) != 1 or len(values) != len(self.roles) or len(reads) != len(self.roles):
            yield math.inf, "it does not say where its origin is, or not all that it shows", sample
            return
        shapes = self.shapes(self.drawn(row, sample), row.sizes)
        points = [space.pixels(shape.points, sample.ends[0]) for shape in shapes if len(shape.points)]
        around = (float(np.linalg.norm(part - sample.ends[0], axis=1).max()) for part in points)
        reach = max(around, default=space.unit) if self.angles else space.unit
        for role, scale, value, read in zip(self.roles, _scales(row), values, reads, strict=True):
            off = abs((math.nan if read is None else read) - value) * scale
            off *= reach if role in self.angles else space.unit
            yield nan_as_inf(off), f"its {role} stands for {read!r}, its value is {value!r}", sample
        yield nan_as_inf(box_error(points, sample)), "its outlines are not those that its numbers give", sample
        for axis, name in zip(row.axes, (row.across, row.through), strict=False):
            wanted = space.value_at(name or "", sample.frame, live)
            off = math.inf if wanted is None else space.off(axis, wanted, sample.ends[0])
            yield nan_as_inf(off), f"its origin does not stand where {name} puts it", sample

    def drawn(self, row: ShownRow, sample: SampleRow) -> dict[str, float]:
        """Return what must be drawn for each role, scale times claimed value."""
        return {role: s * v for role, s, v in zip(self.roles, _scales(row), _values(sample), strict=False)}

    def moves(self, role: str, drawn: Numbers, sizes: Numbers) -> float:
        """Return how far an edge moves where a number that is no angle changes by 1 frame unit."""
        return 1.0

    # -- what the pixels show ---------------------------------------------------------------------------------------

    def pieces(self, row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        """Return the shapes in pixels, one to a colour."""
        if len(sample.ends) != 1 or len(_values(sample)) != len(self.roles):
            return []
        return self._pieces(self.drawn(row, sample), row.sizes, np.array(sample.ends[0]), facts)

    def _pieces(self, drawn: Numbers, sizes: Numbers, origin: Array, facts: Facts) -> list[Piece]:
        return _placed(self.shapes(drawn, sizes), origin, facts)

    def bodies(self, row: ShownRow, sample: SampleRow, facts: Facts) -> Sequence[bool]:
        """Return of each colour whether its shape is a body."""
        return [shape.body for shape in self.shapes(self.drawn(row, sample), row.sizes)]

    def check(self, glance: Glance) -> Iterator[Finding]:
        """Yield place, numbers, sign, shape and edges."""
        row, sample, facts = glance.row, glance.sample, glance.facts
        pieces = self.pieces(row, sample, facts)
        if len(pieces) != len(sample.colours):
            yield glance.finding("shapes", np.inf, glance.limits.lettering, "", "it has not the pieces of its kind")
            return
        if any(len(piece.points) for piece in pieces):
            yield from self._measured(glance, self.drawn(row, sample), np.array(sample.ends[0]), pieces)

    def _measured(self, glance: Glance, claimed: Numbers, origin: Array, pieces: list[Piece]) -> Iterator[Finding]:
        facts, sizes = glance.facts, glance.row.sizes
        reach = max(float(np.linalg.norm(p.points - origin, axis=1).max()) for p in pieces if len(p.points))
        units = {
            role: reach if role in self.angles else facts.unit * self.moves(role, claimed, sizes) for role in self.roles
        }
        free = [r for r in self.roles if r in self.always or abs(claimed[r]) * units[r] >= self.least]

        @cache
        def outlines(*drawn: float) -> Sequence[Shape]:  # the same for all places
            return self.shapes(dict(zip(claimed, drawn, strict=True)), sizes)

        def build(by: Array, **other: float) -> list[tuple[Piece, str]]:
            changes = {role: px / units[role] for role, px in zip(free, by[2:].tolist(), strict=True)}
            drawn = [number + changes.get(role, 0.0) for role, number in {**claimed, **other}.items()]
            found = zip(_placed(outlines(*drawn), origin + by[:2], facts), glance.sample.colours, strict=True)
            return [(piece, colour) for piece, colour in found if len(piece.points)]

        scene = Synthesis.of(glance, build(np.zeros(2 + len(free))))
        if not scene.shows([piece for piece in pieces if len(piece.points)]):
            return  # too little to be told; what is drawn where nothing is claimed is found as a stray
        shapes = self.shapes(claimed, sizes)
        faint = all(shape.faint for shape in shapes)
        by = fitted_to(scene, build, 2 + len(free), self.told)
        misfit, loud = scene.misfit(build(by), calm=faint), scene.loudness(build(by))
        more = min(faintness(loud), _FAINTEST)
        yield place_finding(glance, by[:2] * self.told, more if faint else 1.0)
        for role, off in zip(free, by[2:], strict=True):
            yield self._number(glance, role, float(off) * math.copysign(1.0, claimed[role]), reach, more)
        if all(0.0 < abs(claimed[role]) * units[role] < self.hair for role in self.roles):
            yield hairline_finding(glance, misfit, min(loud, scene.contrast_of(build(by))))
        else:
            yield shape_finding(glance, misfit, contrast=loud)
        for role in (role for role in free if role not in self.unsigned):
            likeness = scene.likeness(build(by), build(np.zeros(len(by)), **{role: -claimed[role]}))
            said = f"its {role} is drawn as one of the other sign"
            yield glance.finding("signs", likeness, glance.limits.rival, "", said)
        clear = [not shape.faint for shape, piece in zip(shapes, pieces, strict=True) if len(piece.points)]
        if (worst := worst_edge(scene, build(np.zeros(len(by))), clear)) is not None:
            limit = glance.limits.edge if glance.resting else glance.limits.moving_edge
            yield glance.finding("edges", worst, limit, "px", f"an edge of it lies {worst:.2f} px beside its place")

    def _number(self, glance: Glance, role: str, off: float, reach: float, more: float) -> Finding:
        """Return how much larger a number is drawn than it should be, in pixels or degrees; faint ones may be more."""
        limits = glance.limits
        limit = (limits.length if glance.resting else limits.moving_length) * more
        if role not in self.angles:
            said = f"its {role} is {off:+.2f} px larger than its value"
            return glance.finding("lengths", abs(off), limit, "px", said)
        degrees = float(np.degrees(off / reach))
        least = limits.direction if reach >= SHORT else limits.short_direction
        limit = max(least, float(np.degrees(limit / reach)))
        return glance.finding("angles", abs(degrees), limit, "deg", f"its {role} is {degrees:+.2f} degrees off")


def _placed(shapes: Sequence[Shape], origin: Array, facts: Facts) -> list[Piece]:
    return [Piece(facts.placed(shape.points, origin), shape.stroke * facts.unit) for shape in shapes]


def _scales(row: ShownRow) -> list[float]:
    return [row.scale or 0.0, *(number.scale for number in row.numbers)]


def _values(sample: SampleRow) -> list[float]:
    return [value.number for value in (sample.value, *sample.values) if value is not None]


def of_axis(space: Space, axis: tuple[str, tuple[float, float], tuple[float, float]], scale: float | None) -> bool:
    """Return whether a scale is that of an axis, to the accuracy of its ends in the ledger."""
    key, start, end = axis
    if scale is None or key not in space.clip.ranges():
        return False
    low, high = space.clip.ranges()[key]
    return abs(space.distance(start, end) - scale * (high - low) * space.unit) <= LIMIT


def box_error(points: Sequence[Array], sample: SampleRow) -> float:
    """Return by how many pixels a claimed box is not that of some outlines; of nothing it is nothing."""
    whole = np.concatenate(points) if points else np.zeros((1, 2))
    box = (*whole.min(axis=0), *whole.max(axis=0))
    return max(abs(float(a) - b) for a, b in zip(box, sample.box, strict=True))
