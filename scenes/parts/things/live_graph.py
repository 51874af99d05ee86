"""The graph of a function as a part of a page, on which a point rides with its tangent and the triangle under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from scenes.parts.measure import Axis, Scale
from scenes.parts.page import Form, Place
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import CURVE, FINE, NAME, STROKES_PER_UNIT
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.decor import Decor
from scenes.parts.things.legs import Legs
from scenes.parts.things.outlined import Spot
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.plot import Dot
from scenes.parts.things.ruler import Ruler, spaced_ticks, tick_labels
from scenes.parts.things.rungs import Rungs
from scenes.parts.things.shapes import polygon, rectangle

__all__ = ["LiveGraph"]

_TALL, _WIDE = (1.7, 3.7), 4.8  # of the graph itself
_BEYOND, _RIGHT, _UP, _DOWN = 0.1, 0.35, 0.55, 0.55  # room beyond the numbers at its ticks, and for names and numbers
_DOT: Final = 0.085
_FEW: Final = 5


class LiveGraph:
    """A function with its axes, the numbers at their ticks, and its name.

    Parameters
    ----------
    i
        Which function of the clip it is: the names of its quantities and of its ranges end in it.
    ratio
        How wide the graph is, as a share of its height.
    """

    def __init__(self, pen: Pen, i: int, sweep: Sweep, ratio: float) -> None:
        self.pen, self.i, self.sweep, self.ratio = pen, i, sweep, ratio
        low, high = pen.clip.ranges()[f"graph_h_{i}"]
        aside = tick_labels(Axis("", low, high, (0.0, 0.0, 0.0), (0.0, 1.0, 0.0)), pen.theme, most=_FEW)
        self.left = _BEYOND + max(-float(tick.get_left()[0]) for tick in aside)
        least, most = _TALL[0], min(_TALL[1], _WIDE / ratio)
        wide = [size * ratio + self.left + _RIGHT for size in (least, most)]
        form = Form.stretch((wide[0], wide[1]), (least + _UP + _DOWN, most + _UP + _DOWN), origin=(0.0, 0.5))
        self.part = Part(f"graph {i}", form, draw=self.draw)

    def draw(self, place: Place, _: Mapping[str, Scale]) -> Sequence[Shown]:
        """Return ground, axes, numbers, names and curve, from below upward; what comes later is kept apart."""
        pen, i = self.pen, self.i
        tall = min(place.up + place.down - _UP - _DOWN, (place.right + place.left - self.left - _RIGHT) / self.ratio)
        left, low = place.x - place.left + self.left, place.y - (tall + _UP + _DOWN) / 2 + _DOWN
        right, top = left + tall * self.ratio, low + tall
        self.across = pen.axis(f"graph_x_{i}", ((left, low), (right, low)))
        self.up = pen.axis(f"graph_h_{i}", ((left, low), (left, top)))
        stroke = CURVE * STROKES_PER_UNIT
        curve = pen.curve(f"curve_h_{i}", self.up, f"curve_x_{i}", self.across, stroke=stroke)
        x, h, name = pen.symbol(f"x_{i}"), pen.symbol(f"h_{i}"), pen.name(f"function_{i}", height=NAME, align="right")
        names = [x.at(right + 0.22, low - 0.06), h.at(left, top + 0.16), name.at(right, top + 0.16)]
        numbers, few = spaced_ticks(self.across, pen.theme, _FEW)
        numbers += tick_labels(self.up, pen.theme, most=_FEW)
        rulers = [Ruler(axis, theme=pen.theme, most=most) for axis, most in ((self.across, few), (self.up, _FEW))]
        return [self._ground(left, low, right, top), *rulers, *numbers, *names, curve]

    def rungs(self) -> tuple[Rungs, Rungs]:
        """Return lines on both axes where x is a round number: evenly spaced on the one, as f has them on the other."""
        ink, names = self.pen.theme.colour("ink"), ("ticks_x", "ticks_h")
        x, h = (self.pen.quantities[f"{name}_{self.i}"] for name in names)
        return Rungs(x, self.across, colour=ink), Rungs(h, self.up, colour=ink)

    def dot(self) -> Dot:
        """Return the point on the curve, as it is now."""
        colour = self.pen.theme.colour("value")
        return Dot(self.sweep[f"h_{self.i}"], self.up, across=self._spot.x, colour=colour, radius=_DOT)

    def legs(self) -> Legs:
        """Return the triangle under the tangent, as it is now."""
        rise, run, theme = self.sweep[f"rise_{self.i}"], self.sweep[f"run_{self.i}"], self.pen.theme
        return Legs(rise, run, spot=self._spot, theme=theme, colour=theme.colour("ink"))

    @property
    def _spot(self) -> Spot:
        return Spot((self.sweep[f"x_{self.i}"], self.across), (self.sweep[f"h_{self.i}"], self.up))

    def _ground(self, left: float, low: float, right: float, top: float) -> Decor:
        """Return the ground of the graph, and the lines through 0 where 0 is on it."""
        corners = [[left, low, 0.0], [right, low, 0.0], [right, top, 0.0], [left, top, 0.0]]
        shapes, colours = [polygon(corners)], ["body"]
        if self.up.low < 0.0 < self.up.high:
            y = self.up.point(0.0)[1]
            shapes.append(rectangle(np.array([left, y, 0.0]), np.array([right, y, 0.0]), FINE))
        if self.across.low < 0.0 < self.across.high:
            x = self.across.point(0.0)[0]
            shapes.append(rectangle(np.array([x, low, 0.0]), np.array([x, top, 0.0]), FINE))
        colours += ["grid"] * (len(shapes) - 1)
        return Decor([Paint(self.pen.theme.colour(colour)) for colour in colours], shapes)
