"""Measure what lies on wheels, by synthesis: spokes, bent arrows, dials and pitch circles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.plans.wheel_plan import MARK
from studio.audit.drawn import SHAFT, TANGENT, Piece, arrow_pieces, tangent_piece
from studio.audit.drawn_gears import dashes_of, dial_piece, reach, ring_piece, sense_pieces
from studio.audit.finding import Finding
from studio.audit.glance import Glance
from studio.audit.lengths import SHORT, Line, differences
from studio.audit.synthesis import Synthesis, fitted_to

__all__ = ["MARKS"]

Array = npt.NDArray[np.float64]
_LEAST: Final = 8.0  # pixels: below, a length is told by its whole look alone


def check_spoke(glance: Glance) -> Iterator[Finding]:
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
        yield _shape(glance, scene.misfit(build(claimed)))
        return
    found = claimed.moved(fitted_to(scene, lambda by: build(claimed.moved(by)), 5))
    yield from differences(glance, claimed, found)
    yield _shape(glance, scene.misfit(build(found)))
    if glance.row.follows is not None and not glance.resting and claimed.length < SHORT:
        return  # it is told where it is longer, or rests: in a sweep an encoder fills an open head as small as that
    ratio = scene.misfit(build(found)) / scene.misfit(build(found, not positive))
    said = f"its head is {'open' if positive else 'filled'}, so its sign is the other one"
    yield glance.finding("signs", ratio, glance.limits.rival, "", said)


def check_sense(glance: Glance) -> Iterator[Finding]:
    """Yield place and shape of a bent arrow, and whether it points the way of its value."""
    row, sample, facts = glance.row, glance.sample, glance.facts
    value = sample.value.number if sample.value else 0.0
    if not sample.ends:
        return

    def build(by: Array, way: float = value, filled: bool = value > 0) -> list[tuple[Piece, str]]:
        pieces = sense_pieces(row, sample, facts, way, filled)
        return [(Piece(piece.points + by, piece.stroke), glance.colour) for piece in pieces]

    if not build(np.zeros(2)):
        yield glance.finding("shapes", np.inf, glance.limits.lettering, "", "it lies on no gear of its value")
        return
    scene = Synthesis.of(glance, [*build(np.zeros(2)), *build(np.zeros(2), -value)])
    by = fitted_to(scene, build, 2)
    misfit = scene.misfit(build(by))
    yield _place(glance, by)
    yield _shape(glance, misfit)
    others = [
        (way, filled) for way in (value, -value) for filled in (True, False) if (way, filled) != (value, value > 0)
    ]
    ratio = misfit / min(scene.misfit(build(by, *other)) for other in others)
    yield glance.finding("signs", ratio, glance.limits.rival, "", "it points the other way, or has the other head")


def check_tangent(glance: Glance) -> Iterator[Finding]:
    """Yield length, direction, width and place of a tangent."""
    if len(glance.sample.ends) != 2:
        return
    start, end = (np.array(point) for point in glance.sample.ends)
    claimed = Line(start, end, TANGENT * glance.facts.unit)

    def build(line: Line) -> list[tuple[Piece, str]]:
        return [(tangent_piece(line.start, line.end, line.width), glance.colour)]

    scene = Synthesis.of(glance, build(claimed))
    found = claimed.moved(fitted_to(scene, lambda by: build(claimed.moved(by)), 5))
    off = found.end - found.start, claimed.end - claimed.start
    turn = float(np.degrees(abs(np.arctan2(off[0][0] * off[1][1] - off[0][1] * off[1][0], off[0] @ off[1]))))
    yield glance.finding("directions", turn, glance.limits.direction, "deg", f"it is turned by {turn:.2f} degrees")
    away = float(np.linalg.norm((found.start + found.end) - (claimed.start + claimed.end))) / 2
    said = f"its middle is {away:.2f} px away from its point"
    yield glance.finding("positions", away, glance.place_limit, "px", said)
    yield _shape(glance, scene.misfit(build(found)))


def check_dial(glance: Glance) -> Iterator[Finding]:
    """Yield angle, radius, place and shape of a slice."""
    sample, facts = glance.sample, glance.facts
    if len(sample.ends) != 3 or sample.value is None:
        return
    hub, radius, turned = (
        np.array(sample.ends[0]),
        reach(sample, facts),
        sample.value.number * (glance.row.scale or 0.0),
    )
    size = radius * facts.unit

    def build(by: Array) -> list[tuple[Piece, str]]:
        start, end = MARK + by[3] / size, MARK + turned + by[4] / size
        return [(dial_piece(hub + by[:2], radius + by[2] / facts.unit, start, end, facts), glance.colour)]

    scene = Synthesis.of(glance, build(np.zeros(5)))
    by = fitted_to(scene, build, 5)
    is_wide = abs(turned) * size >= _LEAST
    if is_wide and glance.resting:
        yield _place(glance, by)
    if is_wide or glance.resting:  # in a sweep an encoder smears a sliver
        yield _dial_angle(glance, float(by[4] - by[3]), size)
        yield _shape(glance, scene.misfit(build(by)), None if is_wide else glance.limits.thin)


def _dial_angle(glance: Glance, off: float, size: float) -> Finding:
    """Return by how many degrees a slice is too wide; at its bow as much is allowed as a place may be off."""
    least = glance.limits.direction if size >= SHORT else glance.limits.short_direction
    wider, limit = float(np.degrees(off / size)), max(least, float(np.degrees(glance.place_limit / size)))
    return glance.finding("dial angles", abs(wider), limit, "deg", f"it is {wider:+.2f} degrees wider than its value")


def check_circle(glance: Glance) -> Iterator[Finding]:
    """Yield radius, place and shape of a dashed circle."""
    sample, facts = glance.sample, glance.facts
    if len(sample.ends) != 2 or sample.value is None:
        return
    hub, radius = np.array(sample.ends[0]), abs(sample.value.number) * (glance.row.scale or 0.0)
    dashes = glance.row.dashes or dashes_of(radius)

    def build(by: Array) -> list[tuple[Piece, str]]:
        piece = ring_piece(hub + by[:2], radius + by[2] / facts.unit, facts, dashes)
        return [(piece, glance.colour)]

    scene = Synthesis.of(glance, build(np.zeros(3)))
    by = fitted_to(scene, build, 3)
    yield _place(glance, by)
    said = f"its radius is {by[2]:+.2f} px larger than its value"
    yield glance.finding("radii", abs(float(by[2])), glance.limits.radius, "px", said)
    yield _shape(glance, scene.misfit(build(by)), glance.limits.thin)


def _place(glance: Glance, by: Array) -> Finding:
    away = float(np.hypot(*by[:2]))
    return glance.finding("positions", away, glance.place_limit, "px", f"it is {away:.2f} px away from its place")


def _shape(glance: Glance, misfit: float, limit: float | None = None) -> Finding:
    limit = (limit or glance.limits.lettering) if glance.resting else glance.limits.moving
    return glance.finding("shapes", misfit, limit, "", "this is not what is drawn there")


MARKS: Final[Mapping[str, Callable[[Glance], Iterator[Finding]]]] = {
    "spoke": check_spoke,
    "sense": check_sense,
    "dial": check_dial,
    "circle": check_circle,
    "tangent": check_tangent,
}
