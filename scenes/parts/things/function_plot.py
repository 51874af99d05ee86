"""A function on axes that it shares with others: its name and what it answers over it, and its slope at two places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from scenes.parts.measure import Axis, Scale
from scenes.parts.page import Form, Need, Place
from scenes.parts.recipe.sweep import Live
from scenes.parts.theme import CURVE, DIM_LINE, LABEL, STROKES_PER_UNIT, THIN, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.graph import zero_lines
from scenes.parts.things.ground import Ground
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.letters import room_of
from scenes.parts.things.outlined import Spot
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.plot import Curve, Dot
from scenes.parts.things.slope import Slope
from scenes.parts.things.wire import leader

__all__ = ["FunctionPlot"]

_WIDE: Final = (1.5, 1.5, 1.2, 1.2)  # at least, form by form
_MOST: Final = 3.4  # so wide as it would like
_BARE: Final = 2  # from this form on numbers have no names
_LOW: Final = (1.4, 1.4, 1.1, 0.9)  # so high at least
_OVER, _LINE = 0.1, 0.32  # from its top to what stands over it; from one such line to the next
_OVERS: Final = (_LINE, *[2 * _LINE] * 3)  # from its top to that of all that stands over it, form by form
_UNDER: Final = 0.1  # to what stands under it
_APART: Final = 0.2  # from the name to the number, and two numbers under it
_CLEAR: Final = 0.1  # of a leader, from the dot
_DOT: Final = 0.045  # small: the rise of a slope ends in it
_RATIOS: Final = (0.7, 1.01)  # between these heights for a width of 1 both axes have one unit
_OTHERWISE: Final = 0.75

PLACES: Final = ("", "other_")
"""What stands before the names of what belongs to the first input, and to the other."""


class FunctionPlot:
    """A plot; its quantities are those of `settings.swapped.Swapped`.

    Parameters
    ----------
    i
        The number of the function, whose name stands at ``function_i``.
    answers
        What stands over it at its right, at different times; a number alone where there is no room for its name.
    z, h
        What goes in and comes out, as the sweep moves them.
    """

    def __init__(self, pen: Pen, i: int, answers: Sequence[str], z: Live, h: Live) -> None:
        self.pen, self.i, self.z, self.h = pen, i, z, h
        self.name = pen.name(f"function_{i}", height=VALUE, colour="value", align="left")
        self.answers = [pen.readout(each, height=LABEL, form="equation", align="right") for each in answers]
        self._bare = [pen.readout(each, height=LABEL, align="right") for each in answers]
        self.foot: Lettering = pen.symbol("z", height=VALUE)
        low, high = (pen.clip.ranges()[f"swapped_{axis}"] for axis in "xy")
        ratio = (high[1] - high[0]) / (low[1] - low[0])
        self.ratio = ratio if _RATIOS[0] <= ratio <= _RATIOS[1] else _OTHERWISE
        self.part = Part(f"plot {i}", *self._forms(), draw=self.draw, like="plots")

    def _forms(self) -> list[Form]:
        """Return what it needs with all that is over it on one line, on two, and twice as little as it can."""
        name = self.name.advance
        numbers, bare = (max(room_of(each).across.least for each in said) for said in (self.answers, self._bare))
        self._wide = name + _APART + numbers, max(name, numbers), max(name, bare), max(name, bare)
        return [self._form(*each) for each in zip(self._wide, _WIDE, _LOW, _OVERS, strict=True)]

    def _form(self, said: float, wide: float, low: float, over: float) -> Form:
        least = max(said, wide)
        more, around = max(0.0, _MOST - least) / 2, over + self._under
        tall = max(0.0, self.ratio * _MOST - low)
        return Form(Need(least / 2, least / 2, more, more), Need(0.0, around + low, 0.0, tall))

    @property
    def _under(self) -> float:
        return _UNDER + VALUE + 0.06

    def draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        """Return all of it, from below upward."""
        over = _OVERS[place.form]
        wide = min(place.left + place.right, (place.down - over - self._under) / self.ratio, _MOST)
        left, top = place.x - wide / 2, place.y - over
        right, low = left + wide, top - wide * self.ratio
        across = self.pen.axis("swapped_x", ((left, low), (right, low)))
        up = self.pen.axis("swapped_y", ((left, low), (left, top)))
        said = self._wide[place.form]
        start = max(place.x - place.left, min(left, place.x + place.right - said))
        self.name.at(start, top + _OVER + over - _LINE)
        self.answers = self._bare if place.form >= _BARE else self.answers
        for answer in self.answers:
            answer.at(max(right, start + said), top + _OVER)
        self._draw(across, up)
        self.feet = self._feet(across, (place.x - place.left, place.x + place.right))
        ground = Ground(left, low, right, top, theme=self.pen.theme)
        self.frame = [ground, *zero_lines(self.pen.theme, across, up), self.name]
        shown = [*self.frame, self.curve, *self.slopes, *self.leaders, *self.dots]
        return [*shown, self.foot, *self.feet, *self.answers]

    def _draw(self, across: Axis, up: Axis) -> None:
        pen, i, (blue, ink) = self.pen, self.i, map(self.pen.theme.colour, ("value", "ink"))
        curve, z = pen.quantities[f"curve_{i}"], pen.quantities[f"curve_z_{i}"]
        self.curve = Curve(curve, up, z, across, colour=blue, stroke=CURVE * STROKES_PER_UNIT)
        self.slopes, self.leaders = list[Slope](), list[Shown]()
        still = list[Dot]()
        low = float(across.start[1])
        for before in PLACES:
            z, h, slope = (pen.quantities[f"{before}{name}"] for name in ("z", f"h_{i}", f"slope_{i}"))
            spot = Spot((z, across), (h, up))
            self.slopes.append(Slope(slope, spot=spot, theme=pen.theme, colour=ink, top=float(up.end[1])))
            if abs(up.scale.length(slope.number)) < THIN:  # it lies along the curve, and would be seen no more
                self.slopes[-1].keeps = DIM_LINE
            still.append(Dot(h, up, across=(z, across), colour=blue, radius=_DOT))
            x, y, _ = map(float, spot.point)
            self.leaders.append(leader(pen.theme, (x, low), (x, y - _CLEAR)))
        moved = Dot(self.h, up, across=(self.z, across), colour=blue, radius=_DOT)
        self.dots = [still[0], moved, still[1]]

    def _feet(self, across: Axis, room: tuple[float, float]) -> list[Lettering]:
        """Return at which inputs the points stand; where they are too near each other, only what goes in there.

        They stay inside of the ``room`` of the plot.
        """
        low, names = float(across.start[1]) - _UNDER - VALUE, [f"{before}z" for before in PLACES]
        at = [float(across.point(self.pen.quantities[name].number)[0]) for name in names]
        said: list[Lettering] = [self.pen.readout(name, height=LABEL) for name in names]
        halves = [max(room_of(each).across[:2]) for each in said]
        at = [min(max(x, room[0] + half), room[1] - half) for x, half in zip(at, halves, strict=True)]
        if abs(at[1] - at[0]) < sum(halves) + _APART:
            said = [self.pen.symbol("z", height=VALUE)]
        self.foot.at(at[0], low)
        return [each.at(x, low) for each, x in zip(said, at, strict=False)]
