"""The graph of a gate while a sweep moves its input: the point rides on it, with its slope, past hatched flat zones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from scenes.parts.measure import Axis, Scale
from scenes.parts.page import Form, Need, Place
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import CURVE, LABEL, STROKES_PER_UNIT
from scenes.parts.things.base import Shown
from scenes.parts.things.beside_bar import Points, free_along, free_beside, points_along, told_beside
from scenes.parts.things.graph import zero_lines
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.letters import room_of
from scenes.parts.things.outlined import Spot
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.plot import Curve, Dot
from scenes.parts.things.ruler import UNDER, beside_ticks, ruled
from scenes.parts.things.slope import Slope, SlopeShade
from scenes.parts.things.tangent import Tangent
from scenes.parts.things.zones import Zones

__all__ = ["SweptGraph"]

_HIGH, _WIDE = (1.4, 0.9, 0.8), (1.5, 0.9, 0.8)  # at least: ruled, without ticks, as a last resort
_RULED: Final = 1  # so many of its forms have ticks
_WISH: Final = (3.0, 2.3)  # as wide and as high as it would like
_UNDER: Final = UNDER + LABEL + 0.07  # for the numbers under it
_TICKS: Final = (4, 4)  # most, along and upright
_DOT, _HALF = 0.085, 0.26  # radius; half of a tangent
_APART: Final = 0.15  # two texts on one line, and a little more
_BROAD: Final = 0.09  # a line upright through a zone that is narrower would hide it


class SweptGraph:
    """The function of a gate over all that goes into it, and the triangle of its slope where the point is.

    Its quantities are those of a `SweptChain`. Where there is hardly any room, the graphs of gates that are never flat
    are left out.

    Parameters
    ----------
    before, node
        What goes into the gate, and what it makes.
    limit
        The quantity below which a slope counts as flat.
    is_flat
        Whether it is flat somewhere.

    Attributes
    ----------
    hatching, framing, shade, measuring
        The flat zones; axes, curve and dot; the triangle of the slope; what measures it.
    ghost
        Where its dot is as the sweep begins, quiet.
    axes
        That of what goes in, and that of what comes out, once it is drawn.
    """

    def __init__(self, pen: Pen, sweep: Sweep, before: str, node: str, limit: str, *, is_flat: bool) -> None:
        self.pen, self.node, self.limit, self.is_flat = pen, node, limit, is_flat
        self.first = pen.quantities[f"h_{before}"], pen.quantities[f"h_{node}"]
        self.x, self.y, self.slope = (sweep[name] for name in (f"h_{before}", f"h_{node}", f"s_{node}"))
        corner = f"corner_x_{node}", f"corner_y_{node}"
        self.corner = [sweep[name] for name in corner] if corner[0] in pen.quantities else None
        self.hatching: list[Shown] = []
        self.framing: list[Shown] = []
        self.shade: list[Shown] = []
        self.measuring: list[Shown] = []
        self.ghost: list[Shown] = []
        self.part = Part(f"graph {node}", *self._forms(), draw=self.draw, like="graphs")

    def _forms(self) -> list[Form]:
        self._margin = beside_ticks(self.pen.clip.ranges()[f"{self.node}_y"], self.pen.theme, most=_TICKS[1])
        rooms = [(self._margin, _UNDER)] * _RULED + [(0.0, 0.0)] * (len(_HIGH) - _RULED)
        *forms, last = (_form(*each) for each in zip(_WIDE, _HIGH, rooms, strict=True))
        return [*forms, last if self.is_flat else Form.fixed()]

    def draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        """Return the hatching, the triangle, the axes and the curve, and last what measures the slope."""
        if place.form == len(_HIGH) - 1 and not self.is_flat:
            return []
        is_ruled = place.form < _RULED
        margin, under = (self._margin, _UNDER) if is_ruled else (0.0, 0.0)
        half, low = min(place.left - margin, place.right), place.y - place.down + under
        left, right = place.x - half, place.x + half
        across = self.pen.axis(f"{self.node}_x", ((left, low), (right, low)))
        up = self.pen.axis(f"{self.node}_y", ((left, low), (left, place.y)))
        self._draw(across, up)
        if is_ruled:
            rulers = [ruled(axis, self.pen.theme, most=most) for axis, most in zip((across, up), _TICKS, strict=True)]
            self.framing[:0] = [each for ruler, ticks in rulers for each in (ruler, *ticks)]
        return [*self.hatching, *self.shade, *self.framing, *self.measuring]

    def _draw(self, across: Axis, up: Axis) -> None:
        pen, theme, height = self.pen, self.pen.theme, float(up.end[1] - up.start[1])
        self.axes = across, up
        xs, ys, slopes = (pen.quantities[f"graph_{self.node}_{what}"] for what in ("x", "y", "slope"))
        blue, ink = theme.colour("value"), theme.colour("ink")
        zones = Zones(slopes, xs, pen.quantities[self.limit], across, height=height, theme=theme)
        self.hatching = [zones] if self.is_flat else []
        middle = float(across.point(0.0)[0])
        clear = not any(left <= middle <= right and right - left < _BROAD for left, right in zones.boxes)
        curve = Curve(ys, up, xs, across, colour=blue, stroke=CURVE * STROKES_PER_UNIT)
        dot = Dot(self.y, up, across=(self.x, across), colour=blue, radius=_DOT)
        self.framing = [*zero_lines(theme, across, up, upright=clear), curve, dot]
        x, y = self.first
        self.ghost = [Dot(y, up, across=(x, across), colour=theme.colour("quiet"), radius=_DOT)]
        if self.corner is None:
            self.measuring = [Tangent(self.slope, (self.x, across), (self.y, up), colour=ink, half=_HALF)]
        else:
            spot = Spot((self.corner[0], across), (self.corner[1], up))
            shade, rise = (kind(self.slope, spot=spot, theme=theme, colour=ink) for kind in (SlopeShade, Slope))
            self.shade, self.measuring = [shade], [rise]

    def rise(self, run: str = "", rise: str = "") -> list[Shown]:
        """Return the number of the rise where x is asked about, beside its bar there, if a place is on no line.

        Before it come the words of two keys, at the run and at the rise, as far as there is a place for them.
        """
        if self.corner is None or not self.measuring:
            return []
        (across, up), steep = self.axes, self.slope.now.number
        said = self.pen.readout(f"asked_s_{self.node}", height=LABEL, align="left", as_swept=True)
        x, top = (
            float(a.point(of.now.number)[i]) for i, (a, of) in enumerate(zip(self.axes, self.corner, strict=True))
        )
        foot, lines = top - steep * up.scale.per_unit, points_along([*self.framing, *self.measuring, *self.ghost])
        bar = x, min(top, foot), max(top, foot)
        told = told_beside(bar, self._words(rise), said, lines, self.axes) if rise else []
        if not told and (place := free_beside(bar, (sum(said.sides_of(steep)), LABEL), lines, self.axes)):
            told = [said.at(*place)]
        base = x - across.scale.per_unit, x, foot
        return [*(self._at_run(self._words(run), base, told, lines) if run and told else []), *told]

    def _words(self, key: str) -> Lettering:
        return self.pen.words(key, height=LABEL, align="left")

    def _at_run(
        self, said: Lettering, base: tuple[float, float, float], beside: Sequence[Shown], lines: Points
    ) -> list[Shown]:
        """Return words along the run of the triangle, on the side away from it."""
        near = (points_along(beside) + np.array([by, 0.0]) for by in (-_APART, 0.0, _APART))
        room, taken = (room_of(said).across.least, LABEL), np.concatenate([lines, *near])
        place = free_along(base, room, taken, self.axes, over=self.slope.now.number < 0)
        return [said.at(*place)] if place else []


def _form(wide: float, high: float, room: tuple[float, float]) -> Form:
    """Return the needs of a graph with room at its left and under it, from the middle of its top."""
    margin, under = room
    more = (_WISH[0] - wide) / 2
    return Form(Need(wide / 2 + margin, wide / 2, more, more), Need(0.0, high + under, 0.0, _WISH[1] - high))
