"""A value that is used twice: its ways part, meet again at a plus, and what comes back along both is added."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from scenes.parts.page import LABEL, LINES, NEAR, Box, Column, Either, Form, Over, Row, Slot, Table, beside, during
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, Pour, SweepTo, Vanish
from scenes.parts.stage.paged import PagedStage
from scenes.parts.theme import LABEL as SMALL
from scenes.parts.theme import NAME, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.bracket import bracket
from scenes.parts.things.dial import dial
from scenes.parts.things.gate import fits_a_plate, gate
from scenes.parts.things.graph import Graph
from scenes.parts.things.lettering import Align, Lettering
from scenes.parts.things.letters import number, sign, symbol, words
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.readout import Form as Written
from scenes.parts.things.ways import TAIL, Numbers, Way, Ways
from scenes.parts.things.wire import rule

VALUES, TURNED, ASKED = ("meet_the_paths",), ("turn_x",), ("ask",)
BACK, MULTIPLIED, ADDED, FULL = ("push_back",), ("multiply_back",), ("add_up",), ("say_claim",)
PUSHED = (*ASKED, *BACK, *MULTIPLIED, *ADDED, *FULL)
BEATS = (*VALUES, *TURNED, *PUSHED)
STILL, MOVING = FORWARD, BACKWARD = range(2)
SUM = ("contribution_u", "contribution_v", "dL_dx")


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
        self.say_claim()

    # -- where things stand -------------------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Lay out the two ways, with what stands at their nodes, over their plates, and between them."""
        moving = self.clip.sweeps()["turn"]
        self.sweep = Sweep(moving.low, moving.quantities)
        made = zip(self.clip.ways, self.clip.gates, strict=True)
        upper, lower = (self.way(nodes, gates) for nodes, gates in made)
        self.x, self.y = ([self.still(name), self.moving(name)] for name in "xy")
        self.ways = Ways(self.pen, self.x, upper, lower, self.y)
        for part in self.ways.parts:
            self.part(part)
        self.lay_out({"ways": self.framed(self.ways.box(self.at_x(), self.inside(), self.at_y()), *BEATS)})
        self.ways.put()
        changes = [["turn", *(f"moved_{name}" for name in way)] for way in self.clip.ways]
        pushes = [[f"contribution_{way[-1]}", *(f"dL_d{name}" for name in way)] for way in self.clip.ways]
        self.changes = self.ways.forward(Numbers("turn", changes, "moved_y"), "change")
        self.pushes = self.ways.backward(Numbers("dL_dx", pushes, "dL_dy"))

    def way(self, nodes: tuple[str, ...], gates: tuple[str, ...]) -> Way:
        """Return one of the two ways: its dials, its gates as values and as a push meet them, and their numbers."""
        dials = [[self.still(name) for name in nodes], [self.moving(name) for name in nodes]]
        doing = [self.part(gate(self.pen, name, self.done_at(name), called=f"gate {name}")) for name in gates]
        slopes = [self.part(gate(self.pen, name, called=f"back gate {name}")) for name in gates]
        share = during(self.part(number(self.pen, f"contribution_{nodes[-1]}")), *MULTIPLIED, *ADDED, *FULL)
        return Way(dials, [doing, slopes], [Slot(share), *(self.numbers_at(name) for name in nodes)])

    def still(self, name: str) -> Part:
        """Return the dial of a value."""
        return self.part(dial(self.pen, name))

    def moving(self, name: str) -> Part:
        """Return the dial of a value that follows x; it keeps where it stood in sight."""
        return self.part(dial(self.pen, f"now_{name}", source=self.sweep[f"now_{name}"], ghost=name, symbol=name))

    def done_at(self, name: str) -> Lettering:
        """Return what a gate does, while values go forward: its weight, or its function's name if there is room."""
        if name.startswith("w"):
            return self.pen.readout(name, height=VALUE, form="equation")
        said = self.pen.name(f"function_{'uv'.index(name[-1])}", height=VALUE)
        return said if fits_a_plate(said) else self.pen.symbol(name[-1], height=VALUE)

    def numbers_at(self, name: str) -> Slot:
        """Return what stands at a dial, one after the other: its value, its change, its push."""
        found = {f"moved_{name}": TURNED, f"dL_d{name}": (*BACK, *MULTIPLIED, *ADDED, *FULL)}
        others = (during(self.part(number(self.pen, key)), *beats) for key, beats in found.items())
        return Slot(self.value(name), *others)

    def at_x(self) -> Box:
        """Return the dial of x with what stands under it, and on its left the room for the sum."""
        half = self.clip.scales()["ribbon"].per_unit * self.clip.thickest["dL_dx"] / 2
        room = Part("room for the sum", Form.fixed(TAIL, 0.0, half, half), draw=lambda *_: ())
        found = self.value("x"), self.named("turn", TURNED), self.named("dL_dx", (*ADDED, *FULL), align="right")
        return beside(Over(*self.x, room), Slot(*found), "below", LABEL)

    def at_y(self) -> Box:
        """Return the dial of y with its value under it, and at its right how thick a push of 1 is."""
        self.one = self.part(bracket(self.pen, "dL_dy", "push"))
        dials = beside(Over(*self.y), Slot(self.value("y"), self.named("moved_y", TURNED)), "below", LABEL)
        return beside(dials, during(self.one, *PUSHED), "right")

    def value(self, name: str) -> Box:
        """Return the value at a dial."""
        return during(self.part(number(self.pen, name)), *VALUES)

    def named(self, name: str, beats: Sequence[str], align: Align = "centre") -> Box:
        """Return a number with its name, or alone where there is less room."""
        forms: tuple[Written, ...] = "equation", "number"
        made = [self.part(number(self.pen, name, form=f, align=align, called=f"{f} {name}")) for f in forms]
        return during(Either(*made), *beats)

    def placed(self, name: str) -> list[Shown]:
        """Return a number in the form that had room."""
        return shown_of(*(self[f"{form} {name}"] for form in ("equation", "number") if self[f"{form} {name}"].place))

    def inside(self) -> Box:
        """Return what the two ways enclose, one after the other."""
        self.compared, self.full = self.comparison(), self.full_digits()
        self.half = self.part(words(self.pen, "half", height=NAME, colour="quiet", align="centre", most=2))
        self.graphs = [self.part(self.graph(name)) for name in "uv"]
        self.heads = [self.part(symbol(self.pen, f"local_{name}", height=VALUE)) for name in "uv"]
        self.sum = self.equation()
        shown = {
            TURNED: Table(*self.compared, lines=LINES),
            ASKED: self.half,
            MULTIPLIED: Row(
                *(Column(*pair, gap=LABEL, anchor=0) for pair in zip(self.heads, self.graphs, strict=True))
            ),
            ADDED: Row(*self.sum),
            FULL: Table(*self.full, gap=NEAR, lines=LINES),
        }
        return Slot(*(during(Column(Row(item, align="middle"), anchor=0), *beats) for beats, item in shown.items()))

    def comparison(self) -> list[list[Part]]:
        """Return predicted, recomputed and the gap between them, a row each."""
        names = {"predicted": "moved_y", "recomputed": "recomputed", "gap": "gap"}
        return [
            [self.part(words(self.pen, key, height=SMALL, colour="quiet", align="right", most=1)), self.aligned(name)]
            for key, name in names.items()
        ]

    def aligned(self, name: str) -> Part:
        """Return a number in a column."""
        return self.part(number(self.pen, name, align="right", called=f"column {name}"))

    def graph(self, name: str) -> Part:
        """Return the graph of a function, with its slope."""
        before = self.clip.run.recipe.step(name).takes[0]
        self.drawn = Graph(self.pen, name, (before, name, f"local_{name}", f"{name}_curve_x", f"{name}_curve_y"))
        return self.drawn.part

    def equation(self) -> list[Part]:
        """Return what comes back along both ways, added."""
        one, other = (number(self.pen, name, height=NAME, form="operand", called=f"added {name}") for name in SUM[:2])
        total = number(self.pen, SUM[2], height=NAME, called="the sum")
        signs = [sign(self.pen, each, height=NAME) for each in ("+", "=")]
        return [self.part(part) for part in (one, signs[0], other, signs[1], total)]

    def full_digits(self) -> list[list[Part]]:
        """Return the sum in full digits, a row for each number."""
        cells = [
            (
                symbol(self.pen, name, height=VALUE, align="right", called=f"full symbol {name}"),
                number(self.pen, name, align="point", full=True, called=f"full {name}"),
            )
            for name in SUM
        ]
        return [[self.part(cell) for cell in row] for row in cells]

    # -- the beats ----------------------------------------------------------------------------------------------------

    def meet_the_paths(self) -> None:
        """Let values go forward: from x both ways to the plus."""
        ways, nodes = self.ways, [node for way in self.clip.ways for node in way]
        with self.beat("meet_the_paths"):
            self.play(Appear(*self.head.shown, *shown_of(self.x[0], self["number x"])))
            self.play(Appear(*ways.wires[: -len(ways.trunk)], *self.gates(FORWARD)))
            self.play(Appear(*self.dials(STILL), *shown_of(*(self[f"number {node}"] for node in nodes))))
            self.play(Appear(*ways.trunk, *shown_of(ways.plus, self.y[0], self["number y"])))
        self.leave(*shown_of(*(self[f"number {node}"] for node in ("x", *nodes, "y"))))

    def dials(self, cast: int) -> list[Shown]:
        """Return the dials of both ways of a cast."""
        return shown_of(*(dial for way in self.ways.ways for dial in way.dials[cast]))

    def gates(self, cast: int) -> list[Shown]:
        """Return the gates of both ways of a cast, the posts under their plates."""
        posts = [post for way in self.ways.posts for post in way[cast]]
        return [*posts, *shown_of(*(gate for way in self.ways.ways for gate in way.gates[cast]))]

    def values(self, cast: int) -> list[Shown]:
        """Return all dials of a cast: with the plus they lie over the ribbons."""
        return [*shown_of(self.x[cast]), *self.dials(cast), *shown_of(self.y[cast])]

    def turn_x(self) -> None:
        """Turn x a little: both ways change, and at the plus the two changes are stacked."""
        flow, nodes, dials = self.changes, [node for way in self.clip.ways for node in way], self.values(MOVING)
        over = [*dials, *self.ways.plus.shown]
        moved = shown_of(*(self[f"number moved_{node}"] for node in nodes))
        with self.beat("turn_x"):
            self.play(Vanish(*self.values(STILL)), Appear(*dials))
            self.play(SweepTo(self.sweep, self.sweep.x + self.clip.turn, run_time=self.clip.turn_seconds, steady=False))
            self.play(Pour(*flow.copies, under=over), Appear(*self.placed("turn")))
            self.play(Pour(*chain(*flow.gates), under=over), Appear(*moved))
            self.play(Vanish(*self.ways.trunk), Pour(flow.stack, under=over), Appear(*self.placed("moved_y")))
            for row in self.compared:
                self.play(Appear(*shown_of(*row)))
        cells = (cell for row in self.compared for cell in row)
        self.leave(*self.placed("turn"), *self.placed("moved_y"), *shown_of(*cells), *moved, *flow.all, *dials)

    def ask_for_x(self) -> None:
        """Push y by 1, and ask the class what x feels."""
        mark = self.pen.pause_mark()
        with self.beat("ask", seconds=self.clip.ask_hold / self.settings.pace):
            self.play(Appear(*self.ways.trunk, *self.values(STILL), *self.one.shown))
            self.play(Appear(mark, *self.half.shown))
        self.leave(mark, *self.half.shown)

    @property
    def over(self) -> list[Shown]:
        """What lies over the ribbons of a push."""
        return [*self.values(STILL), *self.ways.plus.shown]

    def push_back(self) -> None:
        """Follow the push of y through the plus, which hands it on to both ways, whole."""
        flow, felt = self.pushes, (self[f"number dL_d{way[-1]}"] for way in self.clip.ways)
        with self.beat("push_back"):
            self.play(Vanish(*self.ways.trunk), Pour(*flow.trunk, under=self.over))
            bends = chain(*(way[-1] for way in self.ways.edges))
            self.play(Vanish(*bends), Pour(*flow.copies, under=self.over), Appear(*shown_of(*felt)))

    def multiply_back(self) -> None:
        """Multiply the push by the slope of each gate, which is read off its graph."""
        with self.beat("multiply_back"):
            for i in range(2):
                self.multiply(i)
        self.leave(*shown_of(*self.graphs), *shown_of(*self.heads))

    def multiply(self, i: int) -> None:
        """Let the push go through the gates of a way, the last one first."""
        way, posts, ribbons = self.ways.ways[i], self.ways.posts[i], self.pushes.gates[i]
        names = [f"contribution_{self.clip.ways[i][-1]}", *(f"dL_d{node}" for node in self.clip.ways[i])]
        *axes, shade, curve, rise, dot = self.graphs[i].shown
        self.play(Appear(*self.heads[i].shown, *axes, curve, dot))
        self.play(Appear(shade, under=[curve, dot]), Appear(rise, under=[dot]))
        for j, ribbon in zip(reversed(range(len(ribbons))), ribbons, strict=True):
            (old, gone), (new, plate) = ((posts[cast][j], way.gates[cast][j].shown) for cast in (FORWARD, BACKWARD))
            self.play(Vanish(old, *gone), Appear(new, under=self.over), Appear(*plate))
            self.play(Pour(ribbon, under=self.over), Appear(*self[f"number {names[j]}"].shown))

    def add_up(self) -> None:
        """Let both ribbons come to x, where they are stacked, each with its sign."""
        edges = [line for way in self.ways.edges for segment in way[:-1] for line in segment]
        with self.beat("add_up"):
            self.play(Vanish(*edges), Pour(self.pushes.stack, under=self.over))
            self.play(Appear(*self.placed("dL_dx"), *shown_of(*self.sum)))
        self.leave(*shown_of(*self.sum))

    def say_claim(self) -> None:
        """Show the sum in full digits."""
        line = rule(self.theme, *self.full[1:])
        with self.beat("say_claim"):
            for row in self.full:
                self.play(Appear(*shown_of(*row), *([line] if row is self.full[-1] else [])))


__getattr__, __dir__ = offer_clips(FanOut)
