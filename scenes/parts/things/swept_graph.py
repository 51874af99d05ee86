"""The graph of a gate while a sweep moves its input: the point rides on it, with its slope, past hatched flat zones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from scenes.parts.measure import Axis, Scale
from scenes.parts.page import Form, Need, Place
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import LABEL, STROKES_PER_UNIT
from scenes.parts.things.base import Shown
from scenes.parts.things.graph import zero_lines
from scenes.parts.things.letters import room_of
from scenes.parts.things.outlined import Spot
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.plot import Curve, Dot
from scenes.parts.things.slope import Slope
from scenes.parts.things.tangent import Tangent
from scenes.parts.things.zones import Zones

__all__ = ["SweptGraph"]

_SIDES: Final = (1.5, 0.9, 0.8)  # of the square that it fills, at least: with its formulas, without, as a last resort
_TOLD: Final = 1  # so many of its forms are with its formulas
_WISH: Final = 2.1  # as it would like
_GAP: Final = 0.12  # to its formulas
_THIN: Final = 0.032  # of a curve on which a tangent lies
_DOT, _HALF = 0.085, 0.26  # radius; half of a tangent


class SweptGraph:
    """The function of a gate over all that goes into it, and the triangle of its slope where the point is.

    Its quantities are those of a `SweptChain`. Over it stands the function's formula, under it that of its slope, where
    there is room; where there is hardly any, the graphs of gates that are never flat are left out.

    Parameters
    ----------
    before, node
        What goes into the gate, and what it makes.
    limit
        The quantity below which a slope counts as flat.
    is_flat
        Whether it is flat somewhere.
    """

    def __init__(self, pen: Pen, sweep: Sweep, before: str, node: str, limit: str, *, is_flat: bool) -> None:
        self.pen, self.node, self.limit, self.is_flat = pen, node, limit, is_flat
        self.x, self.y, self.slope = (sweep[name] for name in (f"h_{before}", f"h_{node}", f"s_{node}"))
        corner = f"corner_x_{node}", f"corner_y_{node}"
        self.corner = [sweep[name] for name in corner] if corner[0] in pen.quantities else None
        self.formulas = [pen.symbol(f"{what}_{node}", height=LABEL) for what in ("law", "rule")]
        self.hatching: list[Shown] = []
        self.framing: list[Shown] = []
        self.measuring: list[Shown] = []
        self.rule: list[Shown] = []
        self.part = Part(f"graph {node}", *self._forms(), draw=self.draw, like="graphs")

    def _forms(self) -> list[Form]:
        rooms = [room_of(each) for each in self.formulas]
        wide = max(room.across.least for room in rooms)
        self._over, self._under = (room.upright.least + _GAP for room in rooms)
        told = [_form(max(side, wide), side, self._over, self._under) for side in _SIDES[:_TOLD]]
        *bare, last = (_form(side, side) for side in _SIDES[_TOLD:])
        return [*told, *bare, last if self.is_flat else Form.fixed()]

    def draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        """Return the hatching, the formulas, the axes and the curve, and last what measures the slope."""
        if place.form == len(_SIDES) - 1 and not self.is_flat:
            return []
        over, under = (self._over, self._under) if place.form < _TOLD else (0.0, 0.0)
        side, top = min(place.left + place.right, place.down - over - under, _WISH), place.y - over
        left, low = place.x - side / 2, top - side
        across = self.pen.axis(f"{self.node}_x", ((left, low), (left + side, low)))
        up = self.pen.axis(f"{self.node}_y", ((left, low), (left, top)))
        self._draw(across, up, side)
        if place.form < _TOLD:
            law, rule = self.formulas
            self.framing.insert(0, law.at(place.x, place.y - room_of(law).upright.before))
            self.rule = [rule.at(place.x, low - _GAP - room_of(rule).upright.before)]
        return [*self.hatching, *self.framing, *self.measuring, *self.rule]

    def _draw(self, across: Axis, up: Axis, side: float) -> None:
        pen, theme = self.pen, self.pen.theme
        xs, ys, slopes = (pen.quantities[f"graph_{self.node}_{what}"] for what in ("x", "y", "slope"))
        blue, ink = theme.colour("value"), theme.colour("ink")
        zones = Zones(slopes, xs, pen.quantities[self.limit], across, height=side, theme=theme)
        self.hatching = [zones] if self.is_flat else []
        middle = float(across.point(0.0)[0])
        clear = not any(left <= middle <= right for left, right in zones.boxes)  # a thin zone there would not be seen
        curve = Curve(ys, up, xs, across, colour=blue, stroke=_THIN * STROKES_PER_UNIT)
        dot = Dot(self.y, up, across=(self.x, across), colour=blue, radius=_DOT)
        self.framing = [*zero_lines(theme, across, up, upright=clear), curve, dot]
        if self.corner is None:
            self.measuring = [Tangent(self.slope, (self.x, across), (self.y, up), colour=ink, half=_HALF)]
        else:
            spot = Spot((self.corner[0], across), (self.corner[1], up))
            self.measuring = [Slope(self.slope, spot=spot, theme=theme, colour=ink)]


def _form(wide: float, side: float, over: float = 0.0, under: float = 0.0) -> Form:
    """Return the needs of a square with room over it and under it, from the middle of its top."""
    more = max(0.0, _WISH - wide) / 2
    return Form(Need(wide / 2, wide / 2, more, more), Need(0.0, side + over + under, 0.0, _WISH - side))
