"""Functions in a row while x sweeps: a push of 1 flows back from y, and where a gate is flat almost nothing passes."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.parts.page import LABEL, NEAR, Column, Line, Need, Row, Slot, Stack, Turns, amid, during, gap
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.by_core import number
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear
from scenes.parts.stage.network_page import BACKWARD
from scenes.parts.stage.swept import KEY, SweptStage
from scenes.parts.theme import HOLD_PER_NUMBER, MOVE
from scenes.parts.things.case_table import CaseTable
from scenes.parts.things.letters import words
from scenes.parts.things.part import shown_of
from scenes.parts.things.swept_curves import SweptCurves

VALUES, SLOPES = ("show_functions", "sweep_forward", "ask"), ("read_first", "read_slopes", "pour_push", "ask_more")
BACK, STOPS = "sweep_gradients", ("stop_at_first", "stop_at_flat_places")
CURVES = ("draw_curve", "ask_most", "draw_slope", "tell_small", "warn_of_zero", "say_claim")
NUMBERS_AT_A_GATE = 3  # its slope, what comes in, what goes out
WIDEST = 3.5  # from a dial to the next
CLOSE = gap(0.0, 0.12)  # from posts to what stands under them


class ToyChain(SweptStage):
    """The push fades where a slope is near zero, whatever y is.

    An opening card asks; the gates, each with its graph; x sweeps to the right, dials turn and dots ride, and x stops
    where y is small; a question to the class; the slope of each gate is read off its graph, and a push of 1 is poured
    back from y; a question, and it breathes while x sweeps to the left; x stops where a gate is flat; y over x, with
    its slope, a question, and that slope over x: what comes back; beside them a row of numbers for each case: y small,
    and yet much comes back; a flat gate; the answer. With no flat place there is no stop and no warning.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.open("pose_question")
        self.show_functions()
        self.sweep_forward()
        self.ask_where_it_dies()
        self.read_slopes()
        self.pour_push()
        self.wonder("ask_more", *self.foreseen())
        self.sweep_gradients()
        self.stop_at_flat_places()
        self.draw_curve()
        self.wonder("ask_most")
        self.draw_slope()
        self.tell_cases()
        self.say_claim()

    # -- where things stand -------------------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Lay out the card and the one page: the chain stays, and graphs under it make room for curves and a table."""
        self.build("x")
        first = [b for b in (*VALUES, *SLOPES, BACK, *STOPS) if b not in self.clip.left_out]
        then = [b for b in CURVES if b not in self.clip.left_out]
        legends, result = self.legends(first), self.result(then)
        under: list[Line | Need] = [LABEL, amid(len(self.clip.chain.nodes), Slot(*legends))] if self.is_short else []
        told = Turns(Stack(self.under_dials(first), *under, beats=first), result)
        body = self.chain.stations(CLOSE, told, over=self.over_dials(), cast=None, most=WIDEST, apart=LABEL)
        page = self.framed(body, *first, *then, corner=None if self.is_short else Slot(*legends))
        self.chain.put(self.lay_out({"card": self.card("pose_question"), "chain": page}), self.clip.scales())

    def legends(self, beats: list[str]) -> Sequence[Item]:
        """Return what a mark is, one after the other: a hollow ribbon, hatching."""
        self.hollow = self.part(words(self.pen, "hollow", colour="quiet", align="right", most=2))
        self.rule = self.hatching()
        late = [*(b for b in beats if b in STOPS), *([] if self.is_short else CURVES[2:])]
        return [during(Column(self.hollow), BACK), during(Column(Row(*self.rule, gap=LABEL, anchor=1)), *late)]

    def result(self, beats: list[str]) -> Stack:
        """Return the curves of y and of what comes back to x, and beside them first its product, then the cases."""
        nodes, flat, weakest = self.clip.chain.nodes, self.clip.chain.flat_nodes, self.clip.weakest
        x, y, back = (self.sweep[name] for name in ("h_x", "h_y", "d_x"))
        flats = [(f"sweep_s_{node}", f"function_{node}") for node in flat]
        corner = (self.sweep["corner_x_x"], self.sweep["corner_y_x"]) if "corner_x_x" in self.quantities else None
        self.curves = SweptCurves(self.pen, x, (y, back), corner, "rise", flats, "flat")
        cases = [(f"stop_{i}", weakest(i)) for i in self.clip.cases]
        rows = [(f"{at}_x", f"{at}_y", (f"function_{n}", f"{at}_s_{n}"), f"{at}_back") for at, n in cases]
        self.stops = CaseTable(self.pen, rows, "smallest")
        self.key = (self.hatching(" of curves", within=KEY) if self.is_short else self.rule) if flat else []
        keyed = [during(Row(*self.key, gap=LABEL, anchor=1), *CURVES[2:])] if flat and self.is_short else []
        told = Slot(during(self.product(cases[0][0]), *CURVES[:2]), during(self.stops.table, *CURVES[3:]))
        shown = Row(self.curves.part, NEAR, Column(told, *keyed, anchor=0))
        return Stack(amid(len(nodes), Column(shown, anchor=0)), beats=beats)

    def x_of(self, case: int) -> float:
        """Return the x of a case."""
        return self.quantities[f"stop_{case}_x"].number

    # -- the beats ----------------------------------------------------------------------------------------------------

    def show_functions(self) -> None:
        """Set up the gates of the chain, from x on the left to y on the right, and the graph of each."""
        with self.beat("show_functions"):
            self.play(Appear(*self.read.shown))
            self.set_up()

    def sweep_forward(self) -> None:
        """Let x run through its range: dials turn, and each dot rides on its curve; then let y be small."""
        with self.beat("sweep_forward"):
            self.play(Appear(*shown_of(*self.values, *self.laws)))
            self.move(self.clip.x_range[1])
            for case in self.clip.small:
                self.rest(HOLD_PER_NUMBER / self.settings.pace)
                self.move(self.x_of(case), 2 * MOVE)

    def ask_where_it_dies(self) -> None:
        """Ask the class whether it is where y is small: look at y alone."""
        *others, _ = self.values
        self.aside = shown_of(*others)
        self.wonder("ask", Appear(*self.unit.shown), *self.dim(*self.aside))

    def read_slopes(self) -> None:
        """Read the slope of each gate off its graph: the rise of its tangent on a run of 1."""
        self.leave(*self.read.shown, *(shown for line in self.chain.edges for shown in line))
        first, *others = reversed(range(len(self.graphs)))
        if others:
            with self.beat("read_first"):
                self.look_at_all()
                self.look_away(*others)
                self.read_off(first)
        with self.beat("read_slopes"):
            self.look_at_all()
            self.read_off(*others or [first])

    def pour_push(self) -> None:
        """Pour a push of 1 back from y: each gate multiplies it by its slope."""
        self.leave(*shown_of(*self.rules))
        with self.beat("pour_push"):
            self.flow_back()

    def sweep_gradients(self) -> None:
        """Let x run to the left: slopes and pushes follow."""
        self.leave(*self.said, *self.ghosts)
        with self.beat("sweep_gradients"):
            if self.turns_hollow:
                self.play(Appear(*self.hollow.shown))
            self.move(self.clip.x_range[0])

    def stop_at_flat_places(self) -> None:
        """Stop where a gate is flat: what comes in stands on its right, its slope on it, what goes out on its left."""
        first, *others = map(self.x_of, range(len(self.clip.chain.stops)))
        for beat, stops in zip(STOPS, ([first], others) if others else ([], [first]), strict=True):
            if beat in self.clip.left_out:
                continue
            self.leave(*(s for s in self.hollow.shown if s in self.standing))
            with self.beat(beat):
                if self.rule[0].shown[0] not in self.standing:
                    self.play(Appear(*shown_of(*self.rule)), *self.hatch(self.graphs))
                for x in stops:
                    self.stop_at(x)
                    self.rest(NUMBERS_AT_A_GATE * HOLD_PER_NUMBER / self.settings.pace)

    def draw_curve(self) -> None:
        """Draw y over x, from right to left, with its slope; then go where y is small."""
        parts = (*(graph.part for graph in self.graphs), *self.laws, *self.signs, *self.pushes, self.hollow, *self.rule)
        self.leave(*(shown for shown in shown_of(*parts) if shown in self.standing))
        with self.beat("draw_curve"):
            self.look_at_all()
            self.draw_over(0)
            self.rest(HOLD_PER_NUMBER / self.settings.pace)
            self.move(self.x_of(self.clip.cases[0]), MOVE)
            self.multiply()
            self.risen_to = self.curves.rise(f"stop_{self.clip.cases[0]}_back")
            self.say(self.risen_to, self.curves.bar)

    def draw_slope(self) -> None:
        """Draw what comes back to x under it; then go where most does."""
        self.leave(*self.risen_to, *self.formula.shown, *self.curves.across[0])
        with self.beat("draw_slope"):
            self.draw_over(1)
            self.rest(HOLD_PER_NUMBER / self.settings.pace)
            self.move(number(self.clip.chain.steepest), MOVE)

    def draw_over(self, i: int) -> None:
        """Draw one of the curves over x, as x comes from its high end; what x is called goes to the lower axis."""
        self.move(self.clip.x_range[1], MOVE)
        under = [shown for shown in self.curves.plots[0] if shown in self.standing]
        came = [*self.curves.plots[i], *(shown_of(*self.key) if i else self.curves.inputs[:1])]
        self.play(Appear(*came, under=under), *(self.coming(*self.curves.inputs[::-1]) if i else []))
        self.move(self.clip.x_range[0])
        self.curves.curves[i].let_go()

    def tell_cases(self) -> None:
        """Go where y is small, and write down how much comes back; then where nothing does: that is not done."""
        for beat in ("tell_small", "warn_of_zero"):
            if beat not in self.clip.left_out:
                with self.beat(beat):
                    self.write(beat)

    def write(self, beat: str) -> None:
        """Go to the cases of a beat, one by one, and write their numbers down; those of the others step back."""
        for i in self.clip.told[beat]:
            self.stop_at(self.x_of(self.clip.cases[i]))
            before = shown_of(*self.stops.rows[i - 1]) if i else []
            heads = [] if i else self.stops.heads
            x, y, name, *others = self.stops.rows[i]
            self.play(*self.dim(*before), Appear(*shown_of(*heads, name)))
            gate = self.clip.chain.nodes.index(self.clip.weakest(self.clip.cases[i])) - 1
            if not self.aside:
                self.look_away(*(i for i in range(len(self.graphs)) if i != gate))
            sources = self.values[0], self.values[-1], self.chain.gates[BACKWARD][gate], self.curves.last
            for told, source in zip((x, y, *others), sources, strict=True):
                self.bring(told, source)

    def say_claim(self) -> None:
        """Say where the push fades, and go where least comes back; all numbers stand side by side."""
        with self.beat("say_claim"):
            self.write("say_claim")
            self.act(*self.dim(*shown_of(*(part for row in self.stops.rows[:-1] for part in row)), back=True))


__getattr__, __dir__ = offer_clips(ToyChain)
