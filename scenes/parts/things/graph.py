"""The graph of a gate's function, with the point where it is used straight under the gate, and its slope there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scenes.parts.measure import Axis, Scale
from scenes.parts.page import Form, Place
from scenes.parts.theme import CURVE, FINE, STROKES_PER_UNIT, VALUE
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.decor import Decor
from scenes.parts.things.outlined import Spot
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.plot import Curve, Dot
from scenes.parts.things.shapes import rectangle
from scenes.parts.things.slope import Slope, SlopeShade

__all__ = ["Graph"]

_HEAD = 0.12  # from a graph to the symbol over it
WIDTH, HEIGHT = (1.4, 2.3), (1.05, 2.2)


@dataclass(frozen=True)
class Graph:
    """A function y of x near a point, its slope as a triangle; ``names`` are x, y, the slope, and the curve's two.

    Parameters
    ----------
    key
        The ranges of its axes stand at ``{key}_x`` and ``{key}_y``.
    headed
        Whether the symbol of the slope stands over it, where there is room.
    """

    pen: Pen
    key: str
    names: tuple[str, str, str, str, str]
    headed: bool = False

    @property
    def part(self) -> Part:
        """The graph as a part of a page: its origin is the middle of its top."""
        bare = Form.stretch(WIDTH, HEIGHT, origin=(0.5, 0.0))
        with_head = Form(bare.across, bare.upright._replace(before=_HEAD + VALUE))
        return Part(f"graph {self.key}", *([with_head] if self.headed else []), bare, draw=self.draw)

    @classmethod
    def of(cls, pen: Pen, node: str) -> Graph:
        """Return the graph of the step that makes a node of the clip's own run, with its slope over it."""
        before = pen.clip.run.recipe.step(node).takes[0]
        return cls(pen, node, (before, node, f"local_{node}", f"{node}_curve_x", f"{node}_curve_y"), headed=True)

    def draw(self, place: Place, _: Mapping[str, Scale]) -> Sequence[Shown]:
        """Return the axes, the shade of the slope, the curve, the slope and the dot, from below upward."""
        pen, (x, y, slope, xs, ys) = self.pen, self.names
        left, right, top, low = place.x - place.left, place.x + place.right, place.y, place.y - place.down
        across = pen.axis(f"{self.key}_x", ((left, low), (right, low)))
        up = pen.axis(f"{self.key}_y", ((left, low), (left, top)))
        colour = pen.theme.colour(pen.quantities[ys].row.role)
        stroke = CURVE * STROKES_PER_UNIT
        curve = Curve(pen.quantities[ys], up, pen.quantities[xs], across, colour=colour, stroke=stroke)
        dot = Dot(pen.quantities[y], up, across=(pen.quantities[x], across), colour=colour, radius=0.09)
        role = "weight" if pen.quantities[slope].row.role == "weight" else "ink"
        spot = Spot((pen.quantities[x], across), (pen.quantities[y], up))
        kinds, shade_of = (SlopeShade, Slope), pen.theme.colour(role)
        shade, rise = (kind(pen.quantities[slope], spot=spot, theme=pen.theme, colour=shade_of) for kind in kinds)
        head = [pen.symbol(slope, height=VALUE).at(place.x, place.y + _HEAD)] if self.headed and not place.form else []
        return [*head, *self._axes(across, up), shade, curve, rise, dot]

    def _axes(self, across: Axis, up: Axis) -> list[Decor]:
        """Return the two lines through 0, where 0 is on the graph."""
        (left, low, _), (right, _, _), (_, top, _) = across.start, across.end, up.end
        lines = []
        if up.low <= 0.0 <= up.high:
            height = float(up.point(0.0)[1])
            lines.append(((left, height), (right, height)))
        if across.low <= 0.0 <= across.high:
            middle = float(across.point(0.0)[0])
            lines.append(((middle, low), (middle, top)))
        ends = [(np.array([*start, 0.0]), np.array([*end, 0.0])) for start, end in lines]
        paint = Paint(self.pen.theme.colour("grid"))
        return [Decor([paint], [rectangle(start, end, FINE)]) for start, end in ends]
