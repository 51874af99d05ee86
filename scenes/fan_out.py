"""A value that is used twice: its ways part, meet again at a plus, and what comes back along both is added."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from scenes.parts.page import Box, Column, Row, Slot, during
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, Pour, SweepTo, Vanish
from scenes.parts.stage.paged import PagedStage
from scenes.parts.theme import NAME, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.bracket import bracket
from scenes.parts.things.gate import fits_a_plate
from scenes.parts.things.graph import Graph
from scenes.parts.things.lettering import Align, Lettering
from scenes.parts.things.letters import live, number, words
from scenes.parts.things.part import shown_of
from scenes.parts.things.sums import Added, Compared, Written
from scenes.parts.things.two_trains import TwoTrains
from scenes.parts.things.ways import DOES, MOVING, SLOPES, STILL, Numbers, Way, Ways

VALUES, TURNED, ASKED = ("meet_the_paths",), ("turn_x",), ("ask",)
BACK, MULTIPLIED, ADDED = ("push_back",), ("multiply_back",), ("add_up",)
SUMMED = (*ADDED, "say_claim")
PUSHED = (*BACK, *MULTIPLIED, *SUMMED)
BEATS = (*VALUES, *TURNED, *ASKED, *PUSHED)
SHARES = "contribution_u", "contribution_v"


class FanOut(PagedStage):
    """Where a value is used twice, its gradients add.

    x goes two ways to a plus; it is turned, and at the plus the two changes are stacked; a question to the class; the
    plus hands the push to both, whole; each gate multiplies it by its slope; at x the two ribbons are stacked, each
    with its sign; last, the sum in full digits.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.meet_the_paths()
        self.turn_x()
        self.ask_for_x()
        self.push_back()
        self.multiply_back()
        self.add_up()
        self.turn_gears()
        self.say_claim()

    # -- where things stand -------------------------------------------------------------------------------------------

    back: Sequence[Shown] = ()

    def arrange(self) -> None:
        """Lay out the two ways, with what stands at their ends, over their plates, and between them."""
        moving, clip = self.clip.sweeps()["turn"], self.clip
        self.sweep = Sweep(moving.low, moving.quantities)
        upper, lower = (self.way(*each) for each in zip(clip.ways, clip.gates, strict=True))
        self.ways, self.one = Ways(self.pen, self.sweep, upper, lower), bracket(self.pen, "dL_dy", "push")
        self.now = live(self.pen, self.sweep["now_x"], (clip.x, clip.x + clip.turn))
        at_x = Slot(self.value("x"), during(self.now, *TURNED), self.named("dL_dx", SUMMED, "right"))
        at_y = Slot(self.value("y"), self.named("moved_y", TURNED))
        thickest = clip.scales()["ribbon"].per_unit * clip.pushes["dL_dx"]
        shown = self.ways.box(self.inside(), at_x, at_y, during(self.one, *ASKED, *PUSHED), thickest=thickest)
        pages = {"ways": self.framed(shown, *BEATS)}
        if gears := clip.sweeps().get("gears"):
            self.turning = Sweep(gears.low, gears.quantities)
            self.trains = TwoTrains(self.pen, self.turning)
            pages["gears"] = self.framed(self.trains.part, "turn_gears")
        self.lay_out(pages)
        self.ways.put()
        changes = [["turn", *(f"moved_{node}" for node in way)] for way in clip.ways]
        self.changes = self.ways.forward(Numbers("turn", changes, "moved_y"), "change")
        pushes = [[share, *(f"dL_d{node}" for node in way)] for share, way in zip(SHARES, clip.ways, strict=True)]
        self.pushes = self.ways.backward(Numbers("dL_dx", pushes, "dL_dy"))

    def way(self, nodes: tuple[str, ...], gates: tuple[str, ...]) -> Way:
        """Return one of the two ways; at each dial stand one after the other its value, its change and its push."""
        change = during(number(self.pen, "turn", called=f"number turn to {nodes[-1]}"), *TURNED)
        beside = [Slot(change, during(number(self.pen, f"contribution_{nodes[-1]}"), *MULTIPLIED, *SUMMED))]
        for node in nodes:
            moved, push = (number(self.pen, f"{of}{node}") for of in ("moved_", "dL_d"))
            beside.append(Slot(self.value(node), during(moved, *TURNED), during(push, *PUSHED)))
        return Way(self.pen, self.sweep, nodes, gates, [self.done_at(name) for name in gates], beside)

    def done_at(self, name: str) -> Lettering:
        """Return what a gate does, while values go forward: its weight, or its function's name if there is room."""
        if weight := name.startswith("w"):
            said: Lettering = self.pen.readout(name, height=VALUE, form="equation")
        else:
            said = self.pen.name(f"function_{'uv'.index(name[-1])}", height=VALUE)
        return said if fits_a_plate(said) else self.pen.symbol(name if weight else name[-1], height=VALUE)

    def value(self, name: str) -> Box:
        """Return the value at a dial."""
        return during(number(self.pen, name), *VALUES)

    def named(self, name: str, beats: tuple[str, ...], align: Align = "centre") -> Box:
        """Return a number with its name, or alone where there is less room."""
        return during(number(self.pen, name, form=("equation", "number"), align=align), *beats)

    def inside(self) -> Box:
        """Return what the two ways enclose, one after the other."""
        names = {"predicted": "moved_y", "recomputed": "recomputed", "gap": "gap"}
        self.compared, self.full = Compared(self.pen, names), Written(self.pen, SHARES, "dL_dx")
        self.half = words(self.pen, "half", height=NAME, colour="quiet", align="centre", most=2)
        self.graphs = [Graph.of(self.pen, name).part for name in "uv"]
        self.sum = Added(self.pen, SHARES, "dL_dx")
        shown: dict[str, Box] = {
            "turn_x": self.compared.table,
            "ask": Row(self.half),
            "multiply_back": Row(*self.graphs),
            "add_up": self.sum.row,
            "say_claim": self.full.table,
        }
        return Slot(*(during(Column(Row(item, align="middle"), anchor=0), beat) for beat, item in shown.items()))

    # -- the beats ----------------------------------------------------------------------------------------------------

    def numbers(self, of: str = "") -> list[Shown]:
        """Return the numbers of a kind at all values on the two ways."""
        return shown_of(*(self[f"number {of}{node}"] for way in self.clip.ways for node in way))

    def meet_the_paths(self) -> None:
        """Let values go forward: from x both ways to the plus."""
        ways, (first, last) = self.ways, (self["number x"].shown, self["number y"].shown)
        with self.beat("meet_the_paths"):
            self.play(Appear(*self.head.shown, *ways.x[STILL].shown, *first))
            self.play(Appear(*ways.wires, *ways.carriers(DOES)))
            self.play(Appear(*ways.inner(STILL), *self.numbers()))
            self.play(Appear(*ways.trunk, *shown_of(ways.plus, ways.y[STILL]), *last))
        self.leave(*first, *self.numbers(), *last)

    def turn_x(self) -> None:
        """Turn x a little: both ways change, and at the plus the two changes are stacked."""
        flow, dials, now = self.changes, self.ways.dials(MOVING), self.now.shown
        over, numbers = [*dials, *self.ways.plus.shown], [*self.numbers("moved_"), *self["number moved_y"].shown]
        starts = shown_of(self["number turn to u"], self["number turn to v"])
        with self.beat("turn_x"):
            self.play(Vanish(*self.ways.dials(STILL)), Appear(*dials, *now))
            self.play(SweepTo(self.sweep, self.sweep.x + self.clip.turn, run_time=self.clip.turn_seconds, steady=False))
            self.play(Pour(*flow.copies, under=over), Appear(*starts))
            self.play(Pour(*chain(*flow.gates), under=over), Appear(*self.numbers("moved_")))
            self.play(Vanish(*self.ways.behind), Pour(flow.stack, under=over), Appear(*self["number moved_y"].shown))
            for row in self.compared.rows:
                self.play(Appear(*row))
        self.leave(*now, *starts, *numbers, *chain(*self.compared.rows), *flow.all, *dials)

    def ask_for_x(self) -> None:
        """Push y by 1, and ask the class what x feels."""
        mark = self.pen.pause_mark()
        with self.beat("ask", seconds=self.clip.ask_hold / self.settings.pace):
            self.play(Appear(*self.ways.behind, *self.ways.dials(STILL), *self.one.shown))
            self.play(Appear(mark, *self.half.shown))
        self.leave(mark, *self.half.shown)

    @property
    def over(self) -> list[Shown]:
        """What lies over the ribbons of a push."""
        return [*self.ways.dials(STILL), *self.ways.plus.shown]

    def push_back(self) -> None:
        """Follow the push of y through the plus, which hands it on to both ways, whole."""
        flow, trunk = self.pushes, self.ways.trunk
        bends = [line for line in self.ways.behind if line not in trunk]
        with self.beat("push_back"):
            self.play(Vanish(*trunk), Pour(*flow.trunk, under=self.over))
            felt = shown_of(self["number dL_du"], self["number dL_dv"])
            self.play(Vanish(*bends), Pour(*flow.copies, under=self.over), Appear(*felt))

    def multiply_back(self) -> None:
        """Multiply the push by the slope of each gate, which is read off its graph."""
        with self.beat("multiply_back"):
            for i in range(2):
                self.multiply(i)
        self.leave(*shown_of(*self.graphs))

    def multiply(self, i: int) -> None:
        """Let the push go through the gates of a way, the last one first."""
        way, posts, ribbons = self.ways.ways[i], self.ways.posts[i], self.pushes.gates[i]
        felt = [SHARES[i], *(f"dL_d{node}" for node in way.nodes)]
        *axes, shade, curve, rise, dot = self.graphs[i].shown
        self.play(Appear(*axes, curve, dot))
        self.play(Appear(shade, under=[curve, dot]), Appear(rise, under=[dot]))
        for j, ribbon in zip(reversed(range(len(ribbons))), ribbons, strict=True):
            (old, gone), (new, plate) = ((posts[cast][j], way.gates[cast][j].shown) for cast in (DOES, SLOPES))
            self.play(Vanish(old, *gone), Appear(new, under=self.over), Appear(*plate))
            self.play(Pour(ribbon, under=self.over), Appear(*self[f"number {felt[j]}"].shown))

    def add_up(self) -> None:
        """Let both ribbons come to x, where they are stacked, each with its sign."""
        edges = [line for way in self.ways.edges for segment in way[:-1] for line in segment]
        with self.beat("add_up"):
            self.play(Vanish(*edges), Pour(self.pushes.stack, under=self.over))
            self.play(Appear(*self["number dL_dx"].shown, *self.sum.shown))
        self.leave(*self.sum.shown)

    def turn_gears(self) -> None:
        """Turn the shaft of x, which carries a gear for each way; left out where these would not mesh."""
        if "gears" not in self.clip.sweeps():
            return
        gears, spokes = self.trains.part.shown, self.trains.spokes
        ways = [*self.ways.carriers(SLOPES), *self.pushes.all, *self.over]
        numbers = [*self.numbers("dL_d"), *shown_of(*(self[f"number {n}"] for n in (*SHARES, "dL_dx")), self.one)]
        self.leave(*ways, *numbers)
        with self.beat("turn_gears"):
            self.play(Appear(*gears))
            self.play(SweepTo(self.turning, self.clip.turn, run_time=self.clip.turn_seconds, steady=False))
            self.play(Appear(*spokes))
        self.leave(*gears, *spokes)
        self.back = [*ways, *numbers]

    def say_claim(self) -> None:
        """Show the sum in full digits."""
        with self.beat("say_claim"):
            if self.back:
                self.play(Appear(*self.back))
            for row in self.full.rows:
                self.play(Appear(*row))


__getattr__, __dir__ = offer_clips(FanOut)
