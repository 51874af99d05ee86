"""A function on the stage: the wheels that turn by it, its graph with dot and tangent, and its three numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from manim.mobject.geometry.line import Line
from manim.mobject.geometry.polygram import Polygon

from scenes.parts.measure import Axis
from scenes.parts.pictures.product import PAD, POINT, tag, tag_width
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import LINE, NUMBER
from scenes.parts.things.base import Shown
from scenes.parts.things.decor import decor
from scenes.parts.things.gear_marks import PitchCircle
from scenes.parts.things.gear_pen import GearPen
from scenes.parts.things.lettering import Lettering, Symbol
from scenes.parts.things.pen import Pen
from scenes.parts.things.readout import Readout
from scenes.parts.things.wheel import Sector

__all__ = ["FunctionPicture"]

GRAPH_LEFT, GRAPH_RIGHT, GRAPH_BOTTOM, GRAPH_TOP = 1.75, 6.25, -0.8, 1.62
COLUMNS, NUMBERS, RATIO, STILL = (0.5, 3.5), -1.56, -2.22, -2.85  # left edges; baselines of the numbers
SHAFT: Final = 0.3  # from a hub to the line of centres
WORDS: Final = 2.42  # where the words beside the tag begin
DASHES: Final = 28  # of a circle whose radius moves


class FunctionPicture:
    """One piece of the clip, as its settings place it.

    Parameters
    ----------
    i
        Which piece.
    """

    def __init__(self, pen: Pen, clip: Any, i: int) -> None:
        self.pen, self.clip, self.i = pen, clip, i
        swept = clip.sweeps()[f"piece_{i}"]
        self.low, self.high = swept.low, swept.high
        self.sweep = Sweep(swept.low, swept.quantities)
        self.x, self.h, self.local = (self.sweep[f"{name}_{i}"] for name in ("x", "h", "local"))
        self.driver = GearPen(pen).sector(f"driver_{i}", self.x)
        self.driven = GearPen(pen).sector(f"driven_{i}", self.h)

    def everything(self) -> list[Shown]:
        """Return wheels, graph and numbers."""
        wheels = self.lug() if self.i == self.clip.stopped else self.pair()
        return [*self.graph(), *wheels, *self.riders(), *self.values(), *self.ratio()]

    # -- wheels -------------------------------------------------------------------------------------------------------

    def pair(self) -> list[Shown]:
        """Return both gears with their letters, the line of centres, and the point where they touch."""
        (left, line), (right, _) = hubs = self.driver.plan.centre, self.driven.plan.centre
        contact = self.pen.dot(self.sweep[f"near_{self.i}"], self.pen.axis("centre_distance", hubs), radius=0.11)
        letters = [self._letter(self.driver, -1), self._letter(self.driven, 1)]
        between = Line([left + SHAFT, line, 0], [right - SHAFT, line, 0], buff=0, stroke_width=LINE / 2)
        centres = decor(between.set_color(self.pen.theme.colour("quiet")))
        return [self.driver, self.driven, *letters, centres, contact]

    def _letter(self, wheel: Sector, side: int) -> Symbol:
        """Return the letter of a wheel, in its bore, or beside it if it has none."""
        (x, line), letter = wheel.plan.centre, self.pen.symbol(wheel.quantity.name)
        drop = 0.1 if side < 0 else 0.14  # x is as high as its half, h is not
        return letter.at(x if wheel.plan.bore else x + side * (wheel.plan.reach + 0.25), line - drop)

    def lug(self) -> list[Shown]:
        """Return ring, disc and brake with what they are called."""
        (x, y), pen, lug = self.driver.plan.centre, self.pen, self.clip.lug
        corners = [[x + dx, y + dy, 0.0] for dx, dy in lug.brake_outline()]
        shoe = Polygon(*corners, stroke_width=0, fill_opacity=1.0, color=pen.theme.colour("quiet"))
        letters: list[Lettering] = [
            pen.symbol(f"x_{self.i}").at(x, y - 0.08),
            pen.symbol(f"h_{self.i}").at(x - lug.radius - 0.3, y - NUMBER / 3),
            pen.words("brake", colour="quiet").at(x + 1.05, y - lug.radius - 0.2),
        ]
        return [self.driven, self.driver, decor(shoe), *letters]

    def circles(self) -> list[PitchCircle]:
        """Return the two round gears that are right at the x of the settings, and stay as they are."""
        hubs = self.driver.plan.centre, self.driven.plan.centre
        names = zip(("circle_near", "circle_far"), hubs, strict=True)
        return [GearPen(self.pen).pitch_circle(name, "radius", hub=hub) for name, hub in names]

    def live_circles(self) -> list[PitchCircle]:
        """Return the two round gears that are right at each x."""
        pairs = ((f"near_{self.i}", self.driver.plan.centre), (f"far_{self.i}", self.driven.plan.centre))
        return [
            GearPen(self.pen).pitch_circle(self.sweep[name], "radius", hub=hub, dashes=DASHES) for name, hub in pairs
        ]

    # -- graph and numbers --------------------------------------------------------------------------------------------

    def graph(self) -> list[Shown]:
        """Return the graph with its axes: all that stands still, to be put on the stage before what moves."""
        across, up = self._axes()
        beside = GRAPH_BOTTOM + 0.25 if self.clip.rises(self.i) else GRAPH_TOP - 0.2  # where the curve is not
        name = self.pen.name(f"function_{self.i}", align="right").at(GRAPH_RIGHT - 0.35, beside)
        curve = self.pen.curve(f"curve_h_{self.i}", up, f"curve_x_{self.i}", across, stroke=5)
        lines = [self.pen.axis_line(axis) for axis in (across, up)]
        return [*lines, *self._ends(up.start[0], across.start[1]), curve, name]

    def riders(self) -> list[Shown]:
        """Return the tangent and the dot that ride on the graph."""
        across, up = self._axes()
        tangent = self.pen.tangent(self.local, (self.x, across), (self.h, up))
        return [tangent, self.pen.dot(self.h, up, across=(self.x, across), radius=0.11)]

    def _axes(self) -> tuple[Axis, Axis]:
        """Return the axes of x and h, which cross at 0, or at the end that is nearer to it."""
        (left, right), (bottom, top) = (self.clip.ranges()[f"graph_{name}_{self.i}"] for name in ("x", "h"))
        upright = float(np.interp(0.0, (left, right), (GRAPH_LEFT, GRAPH_RIGHT)))
        level = float(np.interp(0.0, (bottom, top), (GRAPH_BOTTOM, GRAPH_TOP)))
        across = self.pen.axis(f"graph_x_{self.i}", ((GRAPH_LEFT, level), (GRAPH_RIGHT, level)))
        return across, self.pen.axis(f"graph_h_{self.i}", ((upright, GRAPH_BOTTOM), (upright, GRAPH_TOP)))

    def _ends(self, upright: float, level: float) -> list[Lettering]:
        """Return the letters of both axes, and the numbers at their upper ends; at the lower ones if there is no 0."""
        pen, i = self.pen, self.i
        low, high = (pen.readout(f"graph_x_{i}_{end}", colour="quiet") for end in ("low", "high"))
        bottom, top = (pen.readout(f"graph_h_{i}_{end}", colour="quiet", align="right") for end in ("low", "high"))
        shown: list[Lettering] = [high.at(GRAPH_RIGHT, level - 0.52), top.at(upright - 0.15, GRAPH_TOP - 0.2)]
        if low.quantity.number > 0 or high.quantity.number < 0:
            shown.append(low.at(GRAPH_LEFT, level - 0.52))
        if bottom.quantity.number > 0 or top.quantity.number < 0:
            shown.append(bottom.at(upright - 0.15, GRAPH_BOTTOM))
        letters = (f"x_{i}", GRAPH_RIGHT + 0.35, level - 0.06), (f"h_{i}", upright + 0.28, GRAPH_TOP - 0.2)
        return [*shown, *(pen.symbol(name).at(x, y) for name, x, y in letters)]

    def values(self) -> list[Shown]:
        """Return x and h, each as it stands on every frame."""
        shown: list[Shown] = []
        for left, source in zip(COLUMNS, (self.x, self.h), strict=True):
            number = self.pen.live_readout(source)
            shown += [
                self.pen.symbol(source.name).at(left + 0.15, NUMBERS),
                self.pen.sign("=").at(left + 0.55, NUMBERS),
            ]
            shown.append(number.at(left + 0.85 + self._room_before(number), NUMBERS))
        return shown

    def _room_before(self, number: Readout) -> float:
        """Return how far a live number reaches to the left of its point, at either end of the sweep."""
        room = number.room[0]
        for end in (self.high, self.low):
            self.sweep.x = end
            room = max(room, number.room[0])
        return room

    def ratio(self) -> Sequence[Shown]:
        """Return the local derivative in its tag, as it stands on every frame, and what it is."""
        number = self.pen.live_readout(self.local)
        number.at(COLUMNS[0] + PAD + number.room[0], RATIO)
        return [tag(self.pen, number), number, self.pen.words("per_turn", colour="quiet").at(WORDS, RATIO)]

    def still(self) -> Sequence[Shown]:
        """Return the ratio of the two round gears that stay as they are, and what it is."""
        number = self.pen.readout("circle_local")
        number.at(COLUMNS[0] + tag_width(number) / 2, STILL)
        words = self.pen.words("circles", colour="quiet").at(COLUMNS[0] + tag_width(number) + POINT + 0.18, STILL)
        return [tag(self.pen, number), number, words]
