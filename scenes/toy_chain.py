"""Functions in a row while x sweeps: a push of 1 flows back from y, and where a gate is flat almost nothing passes."""

from __future__ import annotations

from scenes.parts.page import LABEL, LINES, NEAR, Column, Row, Slot, Stack, Turns, amid, between, during, on, parts_in
from scenes.parts.page.boxes import Item
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, Dim
from scenes.parts.stage.network import FORWARD
from scenes.parts.stage.swept import SweptStage
from scenes.parts.theme import HOLD_PER_NUMBER, MOVE
from scenes.parts.things.letters import words
from scenes.parts.things.part import Part, or_nothing, shown_of
from scenes.parts.things.product import Products
from scenes.parts.things.swept_curves import SweptCurves
from scenes.parts.things.zones import swatch

VALUES, PUSHES = ("show_functions", "sweep_forward", "ask"), ("pour_push", "sweep_gradients", "stop_at_flat_places")
CURVES, FOR_FLAT = ("draw_curve", "warn_of_zero", "say_claim"), ("stop_at_flat_places", "warn_of_zero")
NUMBERS_AT_A_GATE = 3  # its slope, what comes in, what goes out
WIDEST = 4.0  # from a dial to the next


class ToyChain(SweptStage):
    """The push fades where a slope is near zero, whatever y is.

    The chain of functions, and the question where in it a push dies; x sweeps to the right, dials turn and dots ride; a
    question to the class; a push of 1 is poured back from y, and breathes while x sweeps to the left; x stops where a
    gate is flat; y and what comes back to x as curves over x; a row of numbers for each stop, and for one where y is
    small and yet much comes back; the answer. With no flat place there is no stop and no warning.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.show_functions()
        self.sweep_forward()
        self.ask("ask")
        self.pour_push()
        self.sweep_gradients()
        self.stop_at_flat_places()
        self.draw_curve()
        self.warn_of_zero()
        self.say_claim()

    # -- where things stand -------------------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Lay out the one page: the chain stays, and under it numbers and graphs make room for curves and a table."""
        self.names, self.flat = self.clip.chain.nodes, self.clip.chain.flat_nodes
        self.build("x")
        first, then = ([b for b in beats if self.flat or b not in FOR_FLAT] for beats in (VALUES + PUSHES, CURVES))
        cells = [or_nothing(self.follower(f"h_{name}"), "dials") for name in self.names]
        self.values = [self.part(part) for cell in cells for part in parts_in(cell) if isinstance(part, Part)]
        over = [during(Row(cell, align="middle"), *first) for cell in cells]
        told = Turns(self.numbers_and_graphs(first), self.result(then))
        body = self.chain.stations(LABEL, told, over=over, cast=None, most=WIDEST, apart=LABEL)
        page = self.framed(body, *first, *then, corner=self.legends(*first, *then))
        self.chain.put(self.lay_out({"chain": page}), self.clip.scales())

    def legends(self, *beats: str) -> Item:
        """Return what half a turn of a dial stands for, and then what is hatched."""
        turned, said = (words(self.pen, k, colour="quiet", align="right", most=2) for k in ("turn", "hatched"))
        self.turned, self.rule = self.part(turned), [self.part(swatch(self.theme)), self.part(said)]
        later = [beat for beat in beats if beat not in VALUES]
        return Slot(during(self.turned, *VALUES), during(Row(*self.rule, gap=LABEL, anchor=1), *later))

    def numbers_and_graphs(self, beats: list[str]) -> Stack:
        """Return the pushes with their names under the dials, and under the gates their graphs."""
        signs, pushes = self.signs_with("hollow"), on(*self.pushes, levels=2, like="pushes")
        shown = between(*(self.part(graph.part) for graph in self.graphs), gap=LABEL)
        return Stack(signs, LABEL, pushes, LINES, shown, beats=beats)

    def result(self, beats: list[str]) -> Stack:
        """Return the curves of y and of what comes back to x, and beside them a row of numbers for each stop."""
        flats = [(f"sweep_s_{node}", f"function_{node}") for node in self.flat]
        x, y, back = (self.sweep[name] for name in ("h_x", "h_y", "d_x"))
        self.curves = SweptCurves(self.pen, x, (y, back), back, flats, "flat")
        slopes, stops = [f"s_{node}" for node in self.names[1:]], (f"stop_{i}" for i in self.clip.cases)
        rows = [(f"{at}_x", f"{at}_y", [f"{at}_{slope}" for slope in slopes], f"{at}_back") for at in stops]
        self.stops = Products(self.pen, rows)
        shown = Row(self.curves.part, NEAR, Column(self.stops.table), align="top")
        few = self.feet_of_gates()
        return Stack(*few, on(shown) if few else amid(len(self.names), Column(shown)), beats=beats)

    # -- the beats ----------------------------------------------------------------------------------------------------

    def show_functions(self) -> None:
        """Set up the chain from x on the left to y on the right, and the graph of each gate."""
        chain, (first, *dials) = self.chain, self.chain.dials[0]
        with self.beat("show_functions"):
            self.play(Appear(*shown_of(self.head, self.turned, first, self.values[0])))
            for i, line in enumerate(chain.edges):
                self.play(Appear(*line, chain.posts[FORWARD][i], *chain.gates[FORWARD][i].shown))
                self.play(Appear(*self.graphs[i].framing, *shown_of(dials[i], self.values[i + 1])))

    def sweep_forward(self) -> None:
        """Let x run through its range: dials turn, and each dot rides on its curve."""
        with self.beat("sweep_forward"):
            self.move(self.clip.x_range[1])

    def move_to_stop(self, i: int) -> None:
        """Move x to one of the places where it stops."""
        self.move(self.quantities[f"stop_{i}_x"].number)

    def pour_push(self) -> None:
        """Pour a push of 1 back from y: at each gate its slope is read off the graph, and multiplies it."""
        self.leave(*self.turned.shown, *(shown for line in self.chain.edges for shown in line))
        with self.beat("pour_push"):
            self.flow_back()

    def sweep_gradients(self) -> None:
        """Let x run back; where a gate is flat its graph is hatched."""
        with self.beat("sweep_gradients"):
            said = shown_of(*(self.rule if self.flat else []), *self.hollow)
            if motions := [*([Appear(*said)] if said else []), *self.hatch(self.graphs)]:
                self.play(*motions)
            self.move(self.clip.x_range[0])

    def stop_at_flat_places(self) -> None:
        """Stop where a gate is flat: what comes in stands on its right, its slope on it, what goes out on its left."""
        if not self.flat:
            return
        with self.beat("stop_at_flat_places"):
            for i in range(len(self.clip.chain.stops)):
                self.move_to_stop(i)
                self.rest(NUMBERS_AT_A_GATE * HOLD_PER_NUMBER / self.settings.pace)

    def draw_curve(self) -> None:
        """Draw y and what comes back to x over x, from right to left."""
        self.leave(
            *(s for graph in self.graphs for s in graph.part.shown),
            *shown_of(*self.values, *self.signs, *self.pushes, *self.hollow),
        )
        with self.beat("draw_curve"):
            self.move(self.clip.x_range[1], MOVE)
            self.play(Appear(*self.curves.part.shown, *shown_of(*self.feet)))
            self.move(self.clip.x_range[0])
            self.rest(HOLD_PER_NUMBER / self.settings.pace)
            self.curves.let_go()

    def write(self, *cases: int) -> None:
        """Go to places where x stops, one by one, and write their numbers down; those of the others step back."""
        for i in cases:
            self.move_to_stop(self.clip.cases[i])
            heads, before = ([], self.stops.rows[i - 1]) if i else (self.stops.heads, [])
            away = [Dim(*shown_of(*before), theme=self.theme)] if before else []
            self.play(*away, Appear(*shown_of(*heads, *self.stops.rows[i])))

    def warn_of_zero(self) -> None:
        """Write down all cases but the last: that y is small does not stop the push."""
        if self.flat:
            with self.beat("warn_of_zero"):
                self.write(*range(len(self.stops.rows) - 1))

    def say_claim(self) -> None:
        """Say where the push fades, and go where least comes back, but not nothing."""
        with self.beat("say_claim"):
            self.write(len(self.stops.rows) - 1)


__getattr__, __dir__ = offer_clips(ToyChain)
