"""One network, several functions in the same place: what a layer passes back is its slope, here."""

from __future__ import annotations

from scenes.parts.page import ROWS, Column
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, Dim, SweepTo, Unfold, Vanish
from scenes.parts.stage.paged import PagedStage
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import VALUE
from scenes.parts.things.gate import gate
from scenes.parts.things.letters import live, number, symbol
from scenes.parts.things.one_line import OneLine, loss_gates, weight_gates
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.swaps import Swaps

FORWARD = ("show_functions", "read_values", "ask", "read_slopes", "ask_other", "other_side")
BACK = ("come_in", "pass_on", "say_claim")
HOLE, END = 3, 8  # places on the line: that of the function, and the last one


class ActivationSwap(PagedStage):
    """What a layer passes back is its slope, here.

    One network with a hole, and several functions that fit into it; each makes its own h of the same z; a question to
    the class; of a push of 1 each passes on its slope; the pushes that really come in, and what each passes back of
    them; x goes to its other place, and another question; the slopes there, beside those of before; last, what each
    passes back there.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.show_functions()
        self.read_values()
        self.wonder("ask", Appear(*self.swaps.unit.shown))
        self.read_slopes()
        self.come_in()
        self.pass_on()
        self.ask_other()
        self.other_side()
        self.say_claim()

    # -- where things stand -------------------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Lay out the one page: the network on one line, and under it a plot and three bars for each function."""
        self.sweep = Sweep(self.clip.x, self.clip.sweeps()["x"].quantities)
        self.swaps = Swaps(self.pen, self.sweep, len(self.clip.activations), "dL_dL", "push")
        self.net = OneLine(self.theme, self.cells(), self.cells_back(), (FORWARD, BACK))
        beats = type(self.clip.words).beats()
        self.target = number(self.pen, "target", form="equation")
        body = Column(self.net.box, ROWS, self.swaps.box)
        self.lay_out({"all": self.framed(body, *beats, corner=self.target)})
        self.ahead = [*self.net.shown(*range(HOLE + 1, END)), *self.net.arrows(HOLE, END - 1)]
        self.behind = [*self.net.shown(*range(HOLE + 1, END), back=True), *self.net.arrows(HOLE, END - 1, back=True)]

    def cells(self) -> list[list[Part]]:
        """Return the network on one line, with a hole for the function; where there is less room with shorter gates."""
        pen, known, ends = self.pen, self.quantities, {"x": ("x", "other_x"), "z": ("z", "other_z")}
        moments = {n: [known[name].number for name in both] for n, both in ends.items()}
        x, z = (live(pen, self.sweep[f"now_{n}"], moments[n], symbol=n, align="left") for n in ends)
        hole = gate(pen, "slope_0", pen.words("hole", height=VALUE))
        h, y = (symbol(pen, name, height=VALUE) for name in ("h_0", "y_0"))
        loss = loss_gates(pen, "L", "loss_formula")
        return [[x], weight_gates(pen, "w1"), [z], [hole], [h], weight_gates(pen, "w2"), [y], loss]

    def cells_back(self) -> dict[int, Part]:
        """Return what stands behind the hole while a push goes back: it is multiplied by slopes there, too."""
        pen = self.pen
        rule = pen.symbol("rule_L", height=VALUE, colour="ink", align="left")
        gates = gate(pen, "w2", called="gate w2 back"), gate(pen, "L", rule, called="gate L back")
        pushes = [symbol(pen, name, height=VALUE) for name in ("in_0", "dL_dy")]
        return {4: pushes[0], 5: gates[0], 6: pushes[1], 7: gates[1]}

    # -- the beats ----------------------------------------------------------------------------------------------------

    def show_functions(self) -> None:
        """Show the network with its hole, and the functions that fit into it."""
        net = self.net
        with self.beat("show_functions"):
            self.play(Appear(*shown_of(self.head, self.target), *net.shown(*range(HOLE + 1)), *net.arrows(0, HOLE)))
            self.play(Appear(*self.ahead))
            self.play(Appear(*self.swaps.frames))

    def read_values(self) -> None:
        """Let the same z go into each function, and read what comes out."""
        swaps = self.swaps
        with self.beat("read_values"):
            self.play(Travel(*swaps.foot, from_=self.net.part(2).shown[1], copy=True))
            self.play(Appear(*swaps.leaders(0), *swaps.points(0)))
            self.play(Appear(*swaps.baselines), Unfold(*swaps.bars("h")))
            self.play(Travel(*swaps.numbers("h"), from_=swaps.points(0)), Appear(*swaps.said("h")))

    def read_slopes(self) -> None:
        """Read each slope off the tangent: so much of a push of 1 is passed on."""
        with self.beat("read_slopes"):
            self.measure(0, "slope")

    def measure(self, at: int, bar: str) -> None:
        """Let the tangents tip onto the curves, and a bar grow from what each rises by."""
        swaps = self.swaps
        self.play(Unfold(*swaps.slopes(at), under=swaps.points(at)))
        self.play(Travel(*swaps.numbers(bar), from_=swaps.slopes(at)), Unfold(*swaps.bars(bar)))
        self.play(Appear(*swaps.said(bar, 1)))

    def come_in(self) -> None:
        """Go back from the loss: each answer brings another push."""
        self.leave(*self.swaps.whole("h"), *self.swaps.said("slope", 1), *self.ahead)
        with self.beat("come_in"):
            self.play(Appear(*self.swaps.said("slope")))
            self.go_back(0, "in")

    def go_back(self, answers: int, bar: str) -> None:
        """Show slopes behind the hole, the answers on which they depend, and the pushes that come in."""
        swaps = self.swaps
        self.play(Appear(*self.behind, *swaps.answers(answers)))
        self.grow(bar)

    def grow(self, bar: str) -> None:
        """Let bars grow, and read their numbers off them."""
        swaps = self.swaps
        self.play(Unfold(*swaps.bars(bar)), Appear(*swaps.said(bar)))
        self.play(Travel(*swaps.numbers(bar), from_=swaps.bars(bar)))

    def pass_on(self) -> None:
        """Multiply both: so much is passed back."""
        with self.beat("pass_on"):
            self.play(Appear(*self.swaps.signs))
            self.grow("out")

    def ask_other(self) -> None:
        """Let x go to its other place, and ask what each passes there."""
        swaps = self.swaps
        self.leave(
            *swaps.whole("in", "out"), *swaps.said("slope"), *swaps.signs, *swaps.answers(0), *swaps.foot, *self.behind
        )
        with self.beat("ask_other", seconds=self.clip.ask_hold / self.settings.pace):
            moved = [Travel(*each("before"), from_=each("slope")) for each in (swaps.bars, swaps.numbers)]
            self.play(Appear(*self.ahead, *swaps.points(1), *swaps.feet(0), *swaps.said("before")), *moved)
            old = Dim(*swaps.slopes(0), *swaps.bars("before"), theme=self.theme)
            self.play(old, Vanish(*swaps.points(0)))
            self.play(SweepTo(self.sweep, self.clip.other_x, run_time=self.clip.sweep_seconds, steady=False))
            self.play(Appear(mark := self.pause_mark(), *swaps.leaders(1), *swaps.feet(1)))
        self.leave(mark)

    def other_side(self) -> None:
        """Read each slope there, beside that of before."""
        with self.beat("other_side"):
            self.measure(1, "other_slope")

    def say_claim(self) -> None:
        """Say what each passes back, with the pushes that really come in there."""
        self.leave(*self.swaps.whole("before"), *self.swaps.said("other_slope", 1), *self.ahead)
        with self.beat("say_claim"):
            self.play(Appear(*self.swaps.said("other_slope"), *self.swaps.signs))
            self.go_back(1, "other_in")
            self.grow("other_out")


__getattr__, __dir__ = offer_clips(ActivationSwap)
