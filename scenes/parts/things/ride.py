"""Plots on which a point rides while a sweep moves it: a gate's function, and a quantity over the input itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from scenes.parts.measure import Axis, Scale
from scenes.parts.page import Form, Need, Place
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.recipe.sweep import Live
from scenes.parts.theme import CURVE, LABEL, NAME, STROKES_PER_UNIT, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.graph import zero_lines
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.plot import Curve, Dot
from scenes.parts.things.ruler import UNDER, beside_ticks, ruled
from scenes.parts.things.tangent import Tangent
from scenes.parts.things.zones import Zones

__all__ = ["Ride", "SweptCurve"]

_THIN: Final = 0.032  # of a curve on which a tangent lies: less than it
_DOT, _HALF = 0.085, 0.26  # radius; half of a tangent
_MOST: Final = 4  # ticks of a small plot
_WIDE, _HIGH = (0.8, 3.2), (0.8, 1.9)  # of a plot without its numbers, at least and as it would like
_TITLE: Final = LABEL + 0.18
_UNDER: Final = UNDER + LABEL + 0.07
_LONG, _TALL = (4.0, 11.0), (1.0, 2.4)
_STRIP: Final = (0.2, 0.07)  # how high a row of zones is, and what lies between two
_GAP: Final = 0.16  # from an axis to what it is called


def _planted(pen: Pen, keys: tuple[str, str], box: tuple[float, float, float, float], most: int) -> tuple[
    Axis, Axis, list[Shown]
]:  # fmt: skip
    """Return the axes of a plot between left, low, right and top, and what is drawn of them."""
    left, low, right, top = box
    across, up = pen.axis(keys[0], ((left, low), (right, low))), pen.axis(keys[1], ((left, low), (left, top)))
    (flat, below), (upright, beside) = (ruled(axis, pen.theme, most=most) for axis in (across, up))
    return across, up, [*zero_lines(pen.theme, across, up), flat, upright, *below, *beside]


@dataclass(frozen=True)
class Ride:
    """The function of a gate over all that goes into it, with the point and the tangent that a sweep moves.

    Parameters
    ----------
    node
        What the gate makes; its quantities and ranges have it in their names.
    x, y, slope
        Where the point is, and the slope there, as the sweep moves them.
    name
        Key of the function's name.
    limit
        The quantity below which a slope counts as flat.
    """

    pen: Pen
    node: str
    x: Live
    y: Live
    slope: Live
    name: str
    limit: str

    @property
    def part(self) -> Part:
        """The plot as a part of a page: its origin is the middle of its top."""
        wide, margin = [each / 2 for each in _WIDE], self._margin
        across = Need(wide[0] + margin, wide[0], wide[1] - wide[0], wide[1] - wide[0])
        least, wish = (_TITLE + each + _UNDER for each in _HIGH)
        return Part(f"ride {self.node}", Form(across, Need(0.0, least, 0.0, wish - least)), draw=self.draw)

    @property
    def _margin(self) -> float:
        return beside_ticks(self.pen.clip.ranges()[f"{self.node}_y"], self.pen.theme, most=_MOST)

    def draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        """Return the flat zones, its name, its axes, the curve, the tangent and the dot, from below upward."""
        pen, node, half = self.pen, self.node, min(place.left - self._margin, place.right)
        low, top = place.y - place.down + _UNDER, place.y - _TITLE
        box = (place.x - half, low, place.x + half, top)
        across, up, axes = _planted(pen, (f"{node}_x", f"{node}_y"), box, _MOST)
        xs, ys, slopes = (pen.quantities[f"graph_{node}_{what}"] for what in ("x", "y", "slope"))
        zones = Zones(slopes, xs, pen.quantities[self.limit], across, height=top - low, theme=pen.theme)
        blue, ink = pen.theme.colour("value"), pen.theme.colour("ink")
        curve = Curve(ys, up, xs, across, colour=blue, stroke=_THIN * STROKES_PER_UNIT)
        tangent = Tangent(self.slope, (self.x, across), (self.y, up), colour=ink, half=_HALF)
        dot = Dot(self.y, up, across=(self.x, across), colour=blue, radius=_DOT)
        name = pen.name(self.name, height=LABEL, colour="value", align="left")
        return [zones, name.at(place.x - half, place.y - LABEL), *axes, curve, tangent, dot]


@dataclass
class SweptCurve:
    """What comes back to the input of a sweep, over it, and a row of zones for each gate that is flat somewhere.

    Parameters
    ----------
    x, y
        Input and quantity, as the sweep moves them; along it they are ``sweep_`` and their names.
    flats
        Of each row the slope along the sweep, and the key of its name.
    limit
        The quantity below which a slope counts as flat.
    """

    pen: Pen
    x: Live
    y: Live
    flats: Sequence[tuple[str, str]]
    limit: str
    curve: Curve = field(init=False)

    @property
    def part(self) -> Part:
        """The plot as a part of a page: its origin is the middle of its top."""
        pen, over = self.pen, self._over
        names = [pen.name(key, height=LABEL).advance + _GAP for _, key in self.flats]
        names.append(self._ticks + 2 * _GAP + pen.symbol(self.y.name, height=VALUE).advance)
        self.margin, self.after = max(names), pen.symbol(self.x.name, height=NAME).advance + _GAP
        sides = [self.margin + self.after + each for each in _LONG]
        across = Need(sides[0] / 2, sides[0] / 2, (sides[1] - sides[0]) / 2, (sides[1] - sides[0]) / 2)
        least, wish = (over + each + _UNDER for each in _TALL)
        return Part("swept curve", Form(across, Need(0.0, least, 0.0, wish - least)), draw=self.draw)

    @property
    def _over(self) -> float:
        return sum(_STRIP) * len(self.flats) + _GAP

    @property
    def _ticks(self) -> float:
        return beside_ticks(self.pen.clip.ranges()["back"], self.pen.theme)

    def draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        """Return the rows of zones and the axes; last come the curve and its dot."""
        pen, (high, gap) = self.pen, _STRIP
        left, right = place.x - place.left + self.margin, place.x + place.right - self.after
        low, top = place.y - place.down + _UNDER, place.y - self._over
        across, up, axes = _planted(pen, ("x_range", "back"), (left, low, right, top), 6)
        shown: list[Shown] = []
        for i, (slope, key) in enumerate(self.flats):
            foot = place.y - high - i * (high + gap)
            row, (along, limit) = pen.axis("x_range", ((left, foot), (right, foot))), self._rule
            shown.append(Zones(pen.quantities[slope], along, limit, row, height=high, theme=pen.theme))
            name = pen.name(key, height=LABEL, colour="value", align="right")
            shown.append(name.at(left - _GAP, foot + (high - LABEL) / 2))
        amber, (xs, _) = pen.theme.colour("gradient"), self._rule
        back = pen.quantities[f"sweep_{self.y.name}"]
        stroke = CURVE * STROKES_PER_UNIT
        until = (self.x, self.y)
        self.curve = Curve(back, up, xs, across, colour=amber, stroke=stroke, until=until)
        dot = Dot(self.y, up, across=(self.x, across), colour=amber, radius=_DOT)
        middle = (low + top) / 2
        names = [
            pen.symbol(self.y.name, height=VALUE, align="right").at(left - self._ticks - _GAP, middle - VALUE / 2),
            pen.symbol(self.x.name, height=NAME, align="left").at(right + _GAP, low - NAME / 2),
        ]
        return [*shown, *axes, *names, self.curve, dot]

    @property
    def _rule(self) -> tuple[Quantity, Quantity]:
        return self.pen.quantities[f"sweep_{self.x.name}"], self.pen.quantities[self.limit]
