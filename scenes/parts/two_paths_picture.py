"""A value that goes two ways, on the stage: its gears, the differential that adds them, and the numbers beside it."""

from __future__ import annotations

from typing import Final

from manim.mobject.geometry.line import Line

from scenes.parts.bound.arrow import GradientArrow
from scenes.parts.bound.base import Shown
from scenes.parts.bound.decor import Decor, decor
from scenes.parts.bound.gear_marks import Sense, Spoke
from scenes.parts.bound.lettering import Lettering, Symbol, Words
from scenes.parts.bound.rack import Rack
from scenes.parts.bound.readout import Readout
from scenes.parts.bound.wheel import Gear, Idler
from scenes.parts.pen import Pen
from scenes.parts.product import POINT, tag, tag_width
from scenes.parts.rows import in_a_row
from scenes.parts.sweep import Sweep
from scenes.parts.theme import EDGE_MARGIN, FRAME_WIDTH, LINE, NUMBER
from scenes.parts.wheel_plan import WheelPlan

__all__ = ["TwoPathsPicture"]

LEFT_EDGE: Final = EDGE_MARGIN - FRAME_WIDTH / 2
WAYS: Final = ("u", "v")
TURNS: Final = {"x_u": "turn_x", "x_v": "turn_x", "u": "turn_u", "v": "turn_v", "y": "turn_y"}
LEFT, DECIMALS, RIGHT = 0.9, 5.1, 6.7
"""Of the column of numbers: where symbols begin, where decimal points stand, and where lines end."""

LINES: Final = (1.2, 0.5, -0.2, -0.98)
"""Baselines of the column: x, u, v, and under the line what the plus gives."""

AGAIN: Final = -1.58
"""Baseline of what is computed again."""

LAWS: Final = 1.7
"""Where that begins which stands between a turn and its number."""

FIRST, TAGS, COLUMNS, TIMES, EQUALS, OUTGOING = 0.47, 0.84, (1.6, 3.7, 5.74), 3.28, 4.14, 5.12
"""Of the products: where letters and tags begin, middles of the heads, signs, and where results have their points."""

ARROWS: Final = (-1.4, -1.8, -2.22)
_TAG_LINES: Final = (1.42, -2.82)
_SPOKES: Final = {"x_u": (-0.87, 0.5), "x_v": (-0.5, -0.87)}


class TwoPathsPicture:
    """The mechanism of the clip's settings, moved by one sweep."""

    def __init__(self, pen: Pen, sweep: Sweep) -> None:
        self.pen, self.sweep = pen, sweep
        follow = sweep["turn_x"]
        self.gears: dict[str, Gear] = {key: pen.gear(key, turn=sweep[turn]) for key, turn in TURNS.items()}
        idlers = [key for key in pen.wheels if key not in TURNS]
        self.idlers: dict[str, Idler] = {key: pen.idler(key, turn=sweep[str(pen.wheels[key].turn)]) for key in idlers}
        self.pinion = pen.idler("pinion", turn=sweep["turn_apart"], follow=follow)
        self.racks: list[Rack] = [pen.rack(key, follow=follow) for key in ("rack_u", "rack_v", "carriage")]

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
            spoke: list[Spoke] = [self.pen.spoke(self.gears[key])] if key != "y" else []
            found[key] = [*spoke, self._sense(key), number]
        return found

    def _sense(self, key: str) -> Sense:
        return self.pen.sense(key, radius=0.66 * self.plan(key).pitch_radius)

    def legend(self) -> tuple[Shown, Shown]:
        """Return the bar of a push of 1, at the right of the title, and the words that say so."""
        words = self.pen.words("legend", colour="quiet", align="right").at(RIGHT - 1.25, 2.85)
        return self.pen.legend("scale", start=(RIGHT - 1.25 - self.pen.scales["scale"].per_unit, 3.35)), words

    def contributions(self) -> list[Spoke]:
        """Return what comes back along each way, as spokes of the two gears of x."""
        return [self.pen.spoke(self.gears[key], direction=way) for key, way in _SPOKES.items()]

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

    # -- the column of numbers ----------------------------------------------------------------------------------------

    def values(self) -> list[list[Shown]]:
        """Return x, u, v and y, a row each: letter, what it comes from, and number; the last under a line."""
        rows: list[list[Shown]] = [[self._letter("x", 0), self._number("x", 0)]]
        for i, name in enumerate(WAYS):
            function = self.pen.name(f"function_{i}", colour="quiet", align="left").at(LEFT + 0.75, LINES[i + 1])
            rows.append([self._letter(name, i + 1), function, self._number(name, i + 1)])
        plus = self.pen.words("plus", colour="quiet").at(LEFT + 0.75, LINES[3])
        return [*rows, [self.rule(LEFT), self._letter("y", 3), plus, self._number("y", 3)]]

    def turns(self) -> list[Lettering]:
        """Return how far x is turned, and how far u, v and y turn, running."""
        names = [self._letter(name, i) for i, name in enumerate(("turn", "moved_u", "moved_v", "moved_y"))]
        running = [self._live(f"turn_{name}", i + 1) for i, name in enumerate("uvy")]
        return [*names, self._number("turn", 0), *running]

    def stopped(self) -> list[Readout]:
        """Return how far u, v and y have turned, at rest."""
        return [self._number(f"moved_{name}", i + 1) for i, name in enumerate("uvy")]

    def again(self) -> list[Lettering]:
        """Return how far y moves when everything is computed again."""
        words = self.pen.words("recomputed", colour="quiet").at(LEFT, AGAIN)
        return [words, self.pen.readout("recomputed", align="point").at(DECIMALS, AGAIN)]

    def laws(self) -> list[list[Lettering]]:
        """Return behind each turn what it is: local derivative times the turn of x, and for y the sum."""
        pen, rows = self.pen, list[list[Lettering]]()
        for way in WAYS:
            rows.append([pen.sign("="), pen.symbol(f"local_{way}"), pen.symbol("turn")])
        rows.append([pen.sign("="), pen.symbol("moved_u"), pen.sign("+"), pen.symbol("moved_v")])
        for row, line in zip(rows, LINES[1:], strict=True):
            in_a_row(row, LAWS, line)
        return rows

    def rule(self, left: float) -> Decor:
        """Return the line under what is added."""
        y = LINES[3] + 0.56
        line = Line([left, y, 0], [RIGHT, y, 0], buff=0, stroke_width=LINE)
        return decor(line.set_color(self.pen.theme.colour("quiet")))

    def _letter(self, name: str, i: int, x: float = LEFT) -> Symbol:
        return self.pen.symbol(name, align="left").at(x, LINES[i])

    def _number(self, name: str, i: int) -> Readout:
        return self.pen.readout(name, align="point").at(DECIMALS, LINES[i])

    def _live(self, name: str, i: int) -> Readout:
        return self.pen.live_readout(self.sweep[name]).at(DECIMALS, LINES[i])

    def note(self, key: str, line: float) -> Words:
        """Return quiet words under the column, on as many lines as they need."""
        return self.pen.words(key, colour="quiet", max_width=RIGHT - LEFT).at(LEFT, line)

    # -- the column of products ---------------------------------------------------------------------------------------

    def heads(self) -> list[Lettering]:
        """Return the heads of the products' columns."""
        places = zip(("local", "incoming", "outgoing"), COLUMNS, strict=True)
        return [self.pen.words(key, colour="quiet", align="centre").at(x, LINES[0]) for key, x in places]

    def product(self, way: str) -> tuple[list[Shown], list[Shown]]:
        """Return local x incoming of a way, and = outgoing."""
        pen, i = self.pen, 1 + WAYS.index(way)
        line = LINES[i]
        local, incoming = pen.readout(f"local_{way}"), pen.readout(f"dL_d{way}", form="operand")
        local.at(TAGS + tag_width(local) / 2, line)
        incoming.at(COLUMNS[1], line)
        times, equals = pen.sign("times").at(TIMES, line), pen.sign("=").at(EQUALS, line)
        return [self._letter(way, i, FIRST), tag(pen, local), local, times, incoming], [equals, self._outgoing(way, i)]

    def _outgoing(self, way: str, i: int) -> Readout:
        return self.pen.readout(f"contribution_{way}", align="point").at(OUTGOING, LINES[i])

    def total(self) -> list[Shown]:
        """Return the sum of what comes back, under a line."""
        pen = self.pen
        name = pen.symbol("dL_dx", align="right").at(EQUALS - 0.3, LINES[3])
        plus = pen.sign("+").at(RIGHT - 0.17, (LINES[1] + LINES[2]) / 2)
        number = pen.readout("dL_dx", align="point").at(OUTGOING, LINES[3])
        felt = self.felt_by_x()
        return [self.rule(EQUALS + 0.2), plus, name, pen.sign("=").at(EQUALS, LINES[3]), number, *felt]

    def felt_by_x(self) -> list[Readout]:
        """Return the push on x beside its gears, over its letter, where the tag leaves it room."""
        y = self.places()["x"][1]
        number = self.pen.readout("dL_dx", align="left").at(LEFT_EDGE, y + self.plan("x_u").pitch_radius)
        return [number] if number.offset[1] + NUMBER < _TAG_LINES[0] - 0.2 else []

    def named_arrows(self) -> list[Symbol]:
        """Return what each of the three arrows stands for."""
        names = zip((*WAYS, "dL_dx"), ARROWS, strict=True)
        return [self.pen.symbol(name, align="right", colour="gradient").at(EQUALS - 0.3, y - 0.1) for name, y in names]

    def added(self) -> list[GradientArrow]:
        """Return the two pushes one behind the other, to the left for minus, and their sum under them."""
        pen, unit = self.pen, self.pen.scales["scale"].per_unit
        first = pen.quantities["contribution_u"].number
        starts = {"contribution_u": 0.0, "contribution_v": first, "dL_dx": 0.0}
        found: list[GradientArrow] = []
        for (name, at), line in zip(starts.items(), ARROWS, strict=True):
            way = -1.0 if pen.quantities[name].number < 0 else 1.0
            found.append(pen.arrow(name, "scale", tail=(OUTGOING + unit * at, line), direction=(way, 0.0)))
        return found
