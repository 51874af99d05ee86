"""Audit dials: the angle of the arc, its side, and the dot at its end, solid or open."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import ClassVar, Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.things.shapes import disc, polygon
from scenes.parts.things.strips import bow
from studio.audit.drawn import Piece
from studio.audit.finding import Finding
from studio.audit.geometry import Space, Verdict
from studio.audit.glance import Glance
from studio.audit.outlined import Numbers, Outlined, Shape
from studio.audit.synthesis import Synthesis

__all__ = ["DIAL", "GHOST_DIAL"]

Array = npt.NDArray[np.float64]
_RING, _CLEAR = 0.07, 0.06  # frame units: width of the ring; what is covered beyond its radius
_DOT, _EYE, _ZERO = 0.085, 0.051, (0.12, 0.06)  # radii: of a dot, of the hole of an open one, of the mark of exactly 0
_TICK: Final = (0.03, 0.085)  # its width, and half its length
_HALF_TURN: Final = math.pi * (1 + 1e-9)
_MIDDLE: Final = np.zeros(3)
_NOTHING: Final = np.zeros((0, 3))


class Dial(Outlined):
    """An arc from twelve o'clock, clockwise for plus."""

    roles: ClassVar[tuple[str, ...]] = ("turn",)
    angles = frozenset({"turn", "ghost"})

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield what the base says, and whether an arc passes half a turn."""
        yield from super().verdicts(space, row, sample, live)
        over = max(abs(turn) for turn in self.drawn(row, sample).values()) > _HALF_TURN
        yield math.inf if over else 0.0, "its arc passes half a turn: it points to the wrong side", sample

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return ground, body, ring, arc, tick, end dot and the dot's hole."""
        return _shapes(drawn["turn"], sizes)

    def check(self, glance: Glance) -> Iterator[Finding]:
        """Yield what the base says, and whether the end dot is the one of the sign, however short the arc is."""
        yield from super().check(glance)
        turn = self.drawn(glance.row, glance.sample).get("turn", 0.0)
        if turn and len(glance.sample.ends) == 1 and glance.resting:
            yield self._dot(glance, turn)

    def _dot(self, glance: Glance, turn: float) -> Finding:
        """Return how much better the claimed dot fits than the one of the other sign, at the same place."""
        row, sample, facts = glance.row, glance.sample, glance.facts
        shapes = self.shapes(self.drawn(row, sample), row.sizes)
        other = _dot(-turn, row.sizes["radius"], at=turn)
        place = np.array(sample.ends[0])

        def pieces(dot: Sequence[Shape]) -> list[tuple[Piece, str]]:
            made = [Piece(facts.placed(shape.points, place)) for shape in (*shapes[:-2], *dot)]
            return [(p, c) for p, c in zip(made, sample.colours, strict=True) if len(p.points)]

        honest, rival = pieces(shapes[-2:]), pieces(other)
        scene = Synthesis.of(glance, honest)
        is_worse = scene.likeness(honest, rival)
        return glance.finding("signs", is_worse, glance.limits.rival, "", "its end dot is that of the other sign")


class GhostDial(Dial):
    """A dial with a second, pale arc under the first, and a notch at that one's end."""

    roles = ("turn", "ghost")

    def _number(self, glance: Glance, role: str, off: float, reach: float, more: float) -> Finding:
        """Return how far off a turn is; the ghost is pale, and what moves over it smears it."""
        off = off / 2 if role == "ghost" and not glance.resting else off
        return super()._number(glance, role, off, reach, more)

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return the shapes of a dial, with the ghost under its arc and the notch over it."""
        clear, body, ring, arc, tick, *dot = _shapes(drawn["turn"], sizes)
        radius, ghost = sizes["radius"], drawn["ghost"]
        pale = Shape(_arc(radius, ghost), body=True)
        return [clear, body, ring, pale, arc, tick, Shape(_tick(radius, ghost)), *dot]


def _shapes(turn: float, sizes: Numbers) -> list[Shape]:
    radius = sizes["radius"]
    return [*_face(radius), Shape(_arc(radius, turn)), Shape(_tick(radius, 0.0)), *_dot(turn, radius, at=turn)]


@lru_cache
def _face(radius: float) -> tuple[Shape, ...]:
    """Return ground, body and ring: all that does not turn."""
    ring = disc(_MIDDLE, radius + _RING / 2, radius - _RING / 2)
    flat = disc(_MIDDLE, radius + _CLEAR), disc(_MIDDLE, radius), ring
    return tuple(Shape(points, body=True, faint=True) for points in flat)


def _arc(radius: float, turn: float) -> Array:
    return bow(radius, _RING, math.pi / 2, math.pi / 2 - turn) if turn else _NOTHING


def _tick(radius: float, turn: float) -> Array:
    (width, half), way = _TICK, np.array([math.sin(turn), math.cos(turn), 0.0])
    side = np.array([way[1], -way[0], 0.0]) * width / 2
    near, far = way * (radius - half), way * (radius + half)
    return polygon([near + side, far + side, far - side, near - side])


def _dot(turn: float, radius: float, *, at: float) -> list[Shape]:
    """Return the dot of a sign at an angle, and its hole."""
    end = radius * np.array([math.sin(at), math.cos(at), 0.0])
    if turn == 0.0:
        return [Shape(disc(end, *_ZERO)), Shape(_NOTHING)]
    return [Shape(disc(end, _DOT)), Shape(disc(end, _EYE) if turn < 0.0 else _NOTHING)]


DIAL: Final = Dial()
GHOST_DIAL: Final = GhostDial()
