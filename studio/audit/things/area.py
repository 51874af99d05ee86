"""Audit the area of a weight's gradient: both sides, each by its bar and by the area's own edge, and their signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.things.shapes import disc
from studio.audit.drawn import Piece
from studio.audit.finding import Finding
from studio.audit.glance import Glance
from studio.audit.outlined import Numbers, Outlined, Shape
from studio.audit.synthesis import Synthesis, fitted_to

__all__ = ["AREA"]

Array = npt.NDArray[np.float64]
_NOTHING: Final = np.zeros((0, 2))
_ZERO: Final = (0.12, 0.06)  # frame units
_LEAST: Final = 3.0  # pixels: a narrower area is told by its look alone


class Area(Outlined):
    """A rectangle under and to the right of its origin; a bar on its top, and one at its right."""

    roles = ("across", "down")

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return body and ink of the area and of both bars, and the ring of what is 0."""
        across, down = drawn["across"], drawn["down"]
        wide, high, gap, side = abs(across), abs(down), sizes["gap"], sizes["side"]
        bar = wide + sizes["aside"]
        boxes = [
            ((0.0, -high, wide, 0.0), across * down),
            ((0.0, gap, wide, gap + side), across),
            ((bar, -high, bar + side, 0.0), down),
        ]
        outer, _ = _ZERO
        spots = ((0.0, gap + outer), across), ((bar + outer, -gap - outer), down)
        rings = [Shape(_NOTHING if number else disc(np.array([*at, 0.0]), *_ZERO)) for at, number in spots]
        return [*(shape for box, sign in boxes for shape in _painted(box, sign, sizes["rim"])), *rings]

    def check(self, glance: Glance) -> Iterator[Finding]:
        """Yield what the base says, and by how much the area alone is wider or higher than its bars are long."""
        yield from super().check(glance)
        row, sample, facts = glance.row, glance.sample, glance.facts
        pieces, drawn = self.pieces(row, sample, facts), self.drawn(row, sample)
        if len(pieces) != len(sample.colours) or min(map(abs, drawn.values())) * facts.unit < _LEAST:
            return
        wide, high = (abs(drawn[role]) for role in self.roles)

        def build(by: Array) -> list[tuple[Piece, str]]:
            box = (0.0, -high - float(by[1]) / facts.unit, wide + float(by[0]) / facts.unit_across, 0.0)
            grown = _painted(box, drawn["across"] * drawn["down"], row.sizes["rim"])
            made = [Piece(facts.placed(shape.points, np.array(sample.ends[0]))) for shape in grown]
            return [(p, c) for p, c in zip([*made, *pieces[2:]], sample.colours, strict=True) if len(p.points)]

        found = fitted_to(Synthesis.of(glance, build(np.zeros(2))), build, 2)
        limit = glance.limits.length if glance.resting else glance.limits.moving_length
        for off, side in zip(found.tolist(), ("wider", "higher"), strict=True):
            said = f"it is {off:+.2f} px {side} than its bar is long"
            yield glance.finding("sides", abs(off), limit, "px", said)


def _painted(box: tuple[float, float, float, float], sign: float, rim: float) -> list[Shape]:
    left, bottom, right, top = box
    if right <= left or top <= bottom:
        return [Shape(_NOTHING), Shape(_NOTHING)]
    whole = _outline(box)
    if sign > 0:
        return [Shape(_NOTHING), Shape(whole, body=True)]
    rim = min(rim, (right - left) / 3, (top - bottom) / 3)
    inner = _outline((left + rim, bottom + rim, right - rim, top - rim))
    return [Shape(whole, body=True), Shape(np.concatenate([whole, inner[::-1]]))]


def _outline(box: tuple[float, float, float, float]) -> Array:
    left, bottom, right, top = box
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)])
    steps = np.linspace(0.0, 1.0, 4)[None, :, None]
    return np.asarray((corners[:-1, None] * (1 - steps) + corners[1:, None] * steps).reshape(-1, 2))


AREA: Final = Area()
