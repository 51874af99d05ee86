"""Functions in a row while x sweeps: a push of 1 flows back from y, and where a gate is flat almost nothing passes."""

from __future__ import annotations

from itertools import pairwise

from scenes.parts.page import (
    LABEL,
    LINES,
    Column,
    Row,
    Slot,
    Stack,
    Turns,
    amid,
    between,
    during,
    on,
)
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, Pour, SweepTo, Vanish
from scenes.parts.stage.paged import PagedStage
from scenes.parts.theme import HOLD_PER_NUMBER, MOVE, VALUE
from scenes.parts.things.bracket import bracket
from scenes.parts.things.chain import Chain
from scenes.parts.things.dial import dial
from scenes.parts.things.equation import LiveEquation
from scenes.parts.things.gate import gate, live_gate
from scenes.parts.things.letters import live, number, words
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.ride import Ride, SweptCurve

STOPS, CURVE, LAST = "stop_at_flat_places", "draw_curve", "warn_of_zero"
ALWAYS = ("show_functions", "sweep_forward", "ask", "sweep_gradients")
NUMBERS_AT_A_GATE = 3  # its slope, what comes in, what goes out
FORWARD, BACKWARD = range(2)
ASKED = 3  # beats up to the question
WIDEST = 4.0  # from a dial to the next


class ToyChain(PagedStage):
    """Where a stage is flat, the signal dies.

    The chain of functions; x sweeps to the right, dials turn and dots ride; a question to the class; a push of 1 is
    poured back from y, and breathes while x sweeps to the left; x stops where a gate is flat; what comes back to x as
    one curve over x, under the flat zones; what a gradient near zero does not mean. With no flat place there is no stop
    and no warning.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.show_functions()
        self.sweep_forward()
        self.ask("ask")
        self.sweep_gradients()
        self.stop_at_flat_places()
        self.draw_curve()
        self.warn_of_zero()

    # -- where things stand -------------------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Lay out the one page: the chain stays, and under it numbers and plots make room for the curve."""
        self.names, self.flat = self.clip.node_names(), bool(self.clip.flat_places)
        self.sweep = Sweep(self.clip.x_range[0], self.clip.sweeps()["x"].quantities)
        self.first = [*ALWAYS, *([STOPS] if self.flat else [])]
        self.then = [CURVE, *([LAST] if self.flat else [])]
        dials = [self.part(dial(self.pen, f"h_{name}", source=self.sweep[f"h_{name}"])) for name in self.names]
        gates = [[self.part(make(node)) for node in self.names[1:]] for make in (self.closed_gate, self.open_gate)]
        pushes = [self.sweep[f"d_{name}"] for name in self.names]
        self.unit = self.part(bracket(self.pen, "push", "push"))
        self.chain = Chain(self.pen, [dials], gates, pushes, largest=self.clip.largest_push[0], unit=self.unit)
        legends = (words(self.pen, key, colour="quiet", align="right", most=2) for key in ("turn", "hatched"))
        self.turned, self.rule = map(self.part, legends)
        corner = Slot(during(self.turned, *self.first[:ASKED]), during(self.rule, *self.first[ASKED:], *self.then))
        body = self.chain.stations(LABEL, Turns(self.numbers_and_plots(), self.result()), most=WIDEST)
        places = self.lay_out({"chain": self.framed(body, *self.first, *self.then, corner=corner)})
        self.chain.put(places, dict(self.clip.scales()))

    def closed_gate(self, node: str) -> Part:
        """Return a gate as values meet it: its function's name."""
        said = self.pen.name(f"function_{node}", height=VALUE, align="left")
        return gate(self.pen, f"s_{node}", said, called=f"{said.key} of {node}")

    def open_gate(self, node: str) -> Part:
        """Return a gate as a push meets it: times the slope here."""
        moments = self.clip.moments(f"s_{node}")
        return live_gate(self.pen, self.sweep[f"s_{node}"], moments, called=f"slope {node}")

    def follower(self, name: str) -> Part:
        """Return a number that follows the sweep."""
        return self.part(live(self.pen, self.sweep[name], self.clip.moments(name)))

    def numbers_and_plots(self) -> Stack:
        """Return the values under the dials, under them the pushes by their names, and the plot of each gate."""
        self.values = [self.follower(f"h_{name}") for name in self.names]
        self.pushes = [self.push(name) for name in self.names[:-1]]
        self.rides = [self.part(self.ride(*pair).part) for pair in pairwise(self.names)]
        values, pushes = on(*map(Column, self.values)), on(*(push.box for push in self.pushes))
        return Stack(values, LABEL, pushes, LINES, between(*self.rides, gap=LABEL), beats=self.first)

    def push(self, name: str) -> LiveEquation:
        """Return what a push is called, and its number."""
        name = f"d_{name}"
        made = LiveEquation(self.pen, self.sweep[name], self.clip.moments(name), like="pushes")
        for part in made.parts:
            self.part(part)
        return made

    def ride(self, before: str, node: str) -> Ride:
        """Return the plot of a gate's function."""
        x, y, slope = (self.sweep[name] for name in (f"h_{before}", f"h_{node}", f"s_{node}"))
        return Ride(self.pen, node, x, y, slope, f"function_{node}", "flat")

    def result(self) -> Stack:
        """Return the curve of what comes back to x, and under it the last numbers, in full digits."""
        flats = [(f"sweep_s_{node}", f"function_{node}") for node in self.clip.flat_nodes]
        self.curve = SweptCurve(self.pen, self.sweep["h_x"], self.sweep["d_x"], flats, "flat")
        self.over_x, names = self.part(self.curve.part), ("last_x", "last_y", "last_back")
        self.digits = [self.part(number(self.pen, name, form="equation", full=True)) for name in names]
        shown = Column(self.over_x, LABEL, Row(*self.digits))
        return Stack(amid(len(self.names), shown), beats=self.then)

    # -- the beats ----------------------------------------------------------------------------------------------------

    def show_functions(self) -> None:
        """Set up the chain from x on the left to y on the right, and the plot of each gate."""
        chain = self.chain
        with self.beat("show_functions"):
            self.play(
                Appear(*self.head.shown, *self.turned.shown), Appear(*shown_of(chain.dials[0][0], self.values[0]))
            )
            for i, line in enumerate(chain.edges):
                gate_and_plot = *chain.gates[FORWARD][i].shown, *self.rides[i].shown[2:]
                self.play(Appear(*line, chain.posts[FORWARD][i], *gate_and_plot))
                self.play(Appear(*shown_of(chain.dials[0][i + 1], self.values[i + 1])))

    def sweep_forward(self) -> None:
        """Let x run through its range: dials turn, and each dot rides on its curve."""
        with self.beat("sweep_forward"):
            self.move(self.clip.x_range[1])

    def move(self, x: float, seconds: float | None = None) -> None:
        """Move x, as evenly as a whole sweep would, or quickly."""
        share = abs(x - self.sweep.x) / (self.clip.x_range[1] - self.clip.x_range[0])
        if share:
            run_time = seconds or max(MOVE, self.clip.sweep_seconds * share)
            self.play(SweepTo(self.sweep, x, run_time=run_time))

    def sweep_gradients(self) -> None:
        """Pour a push of 1 back from y, gate by gate; then let x run back."""
        chain, dials = self.chain, shown_of(*self.chain.dials[0])
        self.leave(*shown_of(*self.values[1:], self.turned), *(shown for line in chain.edges for shown in line))
        with self.beat("sweep_gradients"):
            if self.flat:
                self.play(Appear(*self.rule.shown), *(Appear(r.shown[0], under=r.shown[2:]) for r in self.rides))
            self.play(Appear(*self.unit.shown))
            for i in reversed(range(len(chain.ribbons))):
                (gone, said), (*plate, slope), (_, name, *_, tangent, _) = (
                    part.shown for part in (chain.gates[FORWARD][i], chain.gates[BACKWARD][i], self.rides[i])
                )
                self.play(Vanish(chain.posts[FORWARD][i], gone), *self.coming(name, said))
                self.play(Appear(chain.posts[BACKWARD][i], under=dials), Appear(*plate))
                self.play(*self.coming(slope, tangent))
                *named, push = self.pushes[i].shown
                self.play(Pour(chain.ribbons[i], under=dials), Appear(*named))
                self.play(*self.coming(push, chain.ribbons[i]))
            self.move(self.clip.x_range[0])

    def stop_at_flat_places(self) -> None:
        """Stop where a gate is flat: what comes in stands on its right, its slope on it, what goes out on its left."""
        if not self.flat:
            return
        with self.beat(STOPS):
            for i in range(len(self.clip.flat_places)):
                self.move(self.quantities[f"flat_{i}_x"].number)
                self.rest(NUMBERS_AT_A_GATE * HOLD_PER_NUMBER / self.settings.pace)

    def draw_curve(self) -> None:
        """Draw what comes back to x over x, from right to left, under the flat zones."""
        self.leave(*shown_of(*self.rides, self.values[0]), *(shown for push in self.pushes for shown in push.shown))
        with self.beat(CURVE):
            self.move(self.clip.x_range[1], MOVE)
            self.play(Appear(*self.over_x.shown))
            self.move(self.clip.x_range[0])
            if not self.flat:
                self.play(Appear(*shown_of(*self.digits)))

    def warn_of_zero(self) -> None:
        """Go back to a flat place: what a gradient near zero does not mean."""
        if not self.flat:
            return
        self.curve.curve.let_go()
        with self.beat(LAST):
            self.move(self.quantities["last_x"].number, 2 * MOVE)
            self.play(Appear(*shown_of(*self.digits)))


__getattr__, __dir__ = offer_clips(ToyChain)
