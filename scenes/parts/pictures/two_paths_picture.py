"""A value that goes two ways, on the stage: its gears, the differential that adds their turns, what is pushed."""

from __future__ import annotations

import math
from typing import Final

from manim.mobject.geometry.line import Line

from scenes.parts.pictures.product import POINT, tag, tag_width
from scenes.parts.pictures.sum_columns import RIGHT, WAYS
from scenes.parts.plans.wheel_plan import WheelPlan
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import EDGE_MARGIN, FRAME_WIDTH, LINE, NUMBER
from scenes.parts.things.base import Shown
from scenes.parts.things.decor import decor
from scenes.parts.things.gear_marks import Sense
from scenes.parts.things.gear_pen import GearPen
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.pen import Pen
from scenes.parts.things.rack import Rack
from scenes.parts.things.readout import Readout
from scenes.parts.things.spoke import Spoke
from scenes.parts.things.wheel import Gear, Idler

__all__ = ["TwoPathsPicture"]

LEFT_EDGE: Final = EDGE_MARGIN - FRAME_WIDTH / 2
TURNS: Final = {"x_u": "turn_x", "x_v": "turn_x", "u": "turn_u", "v": "turn_v", "y": "turn_y"}
_TAG_LINES: Final = (1.42, -2.82)
_SPOKES: Final = {"x_u": math.radians(150), "x_v": math.radians(-120)}


class TwoPathsPicture:
    """The mechanism of the clip's settings, moved by one sweep."""

    def __init__(self, pen: Pen, sweep: Sweep) -> None:
        self.pen, self.sweep = pen, sweep
        follow = sweep["turn_x"]
        self.gears: dict[str, Gear] = {key: GearPen(pen).gear(key, turn=sweep[turn]) for key, turn in TURNS.items()}
        idlers = [key for key in pen.wheels if key not in TURNS]
        self.idlers: dict[str, Idler] = {
            key: GearPen(pen).idler(key, turn=sweep[str(pen.wheels[key].turn)]) for key in idlers
        }
        self.pinion = GearPen(pen).idler("pinion", turn=sweep["turn_apart"], follow=follow)
        self.racks: list[Rack] = [GearPen(pen).rack(key, follow=follow) for key in ("rack_u", "rack_v", "carriage")]

    @property
    def wheels(self) -> list[Shown]:
        """Everything that moves, from the back to the front."""
        still = self.gears | self.idlers
        return [*self.racks[:2], self.pinion, self.racks[2], *(still[key] for key in self.pen.wheels)]

    def plan(self, key: str) -> WheelPlan:
        """Return the plan of a wheel that stays in place."""
        return self.pen.wheels[key]

    # -- beside the gears ---------------------------------------------------------------------------------------------

    def _beside(self, key: str, right: float, up: float) -> tuple[float, float]:
        """Return a place beside a gear: so many times its radius, and then a little further, from its hub."""
        plan = self.plan(key)
        (x, y), reach = plan.centre, plan.pitch_radius + 0.1
        return x + right * (reach + 0.24), y + up * reach - 0.1

    def places(self) -> dict[str, tuple[float, float]]:
        """Return where the letter of each value stands."""
        first = max(("x_u", "x_v"), key=lambda key: self.plan(key).pitch_radius)
        around = {"u": ("u", 1.0, 0.3), "v": ("v", 1.0, -0.5), "y": ("y", -0.3, 1.35), "x": (first, -1.0, 0.0)}
        return {name: self._beside(*place) for name, place in around.items()}

    def letters(self) -> list[Lettering]:
        """Return the letter of each value beside its gear, and a plus beside the wheel that adds."""
        letters = [self.pen.symbol(name).at(*place) for name, place in self.places().items()]
        return [*letters, self.pen.sign("+").at(*self._plus())]

    def _plus(self) -> tuple[float, float]:
        """Return a place between the racks, left of all places of the pinion."""
        clip = self.pen.clip
        ends = [clip.sweeps()["turn"].wheels(dx)["pinion"] for dx in (0.0, clip.turn)]
        x, y = min(plan.centre for plan in ends)
        return x - 1.9 * ends[0].pitch_radius, y - 0.12

    def pushes(self) -> dict[str, list[Shown]]:
        """Return the push on y, u and v: number, bent arrow, and on the two inputs a spoke, which is their radius."""
        found: dict[str, list[Shown]] = {}
        for key in ("y", *WAYS):
            x, y = self.places()[key]
            number = self.pen.readout(f"dL_d{key}", align="left").at(x + 0.26, y)
            spoke: list[Spoke] = [GearPen(self.pen).spoke(self.gears[key])] if key != "y" else []
            found[key] = [*spoke, self._sense(key), number]
        return found

    def _sense(self, key: str) -> Sense:
        return GearPen(self.pen).sense(self.gears[key], radius=0.66 * self.plan(key).pitch_radius)

    def legend(self) -> tuple[Shown, Shown]:
        """Return the bar of a push of 1, at the right of the title, and the words that say so."""
        words = self.pen.words("legend", colour="quiet", align="right").at(RIGHT - 1.25, 2.85)
        return self.pen.legend("scale", start=(RIGHT - 1.25 - self.pen.scales["scale"].per_unit, 3.35)), words

    def contributions(self) -> list[Spoke]:
        """Return what comes back along each way, as spokes of the two gears of x."""
        return [GearPen(self.pen).spoke(self.gears[key], direction=way) for key, way in _SPOKES.items()]

    def felt_by_x(self) -> list[Readout]:
        """Return the push on x beside its gears, over its letter, where the tag leaves it room."""
        y = self.places()["x"][1]
        number = self.pen.readout("dL_dx", align="left").at(LEFT_EDGE, y + self.plan("x_u").pitch_radius)
        return [number] if number.offset[1] + NUMBER < _TAG_LINES[0] - 0.2 else []

    def tags(self) -> list[list[Shown]]:
        """Return the local derivative of each way in its tag, and a line that leads from it to its mesh."""
        found: list[list[Shown]] = []
        for way, y in zip(WAYS, _TAG_LINES, strict=True):
            number = self.pen.readout(f"local_{way}")
            x = LEFT_EDGE + 0.02 + tag_width(number) / 2
            number.at(x, y)
            hub = self.plan(f"x_{way}_idler").centre
            point = x + tag_width(number) / 2 + POINT
            lead = Line([point, y + NUMBER / 2, 0], [*hub, 0], buff=0, stroke_width=LINE / 2)
            lead.set_color(self.pen.theme.colour("quiet"))
            found.append([decor(lead), tag(self.pen, number), number])
        return found
