"""One network, several functions in the same place: what a layer passes back is its slope, here."""

from __future__ import annotations

from scenes.parts.page import LABEL as LABEL_GAP
from scenes.parts.page import NEAR, ROWS, Column, Row, Slot, during
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, SweepTo, Unfold, Vanish
from scenes.parts.stage.swapped import SwappedStage
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import LABEL
from scenes.parts.things.letters import number, words
from scenes.parts.things.part import shown_of
from scenes.parts.things.swap_line import HOLE, SwapLine, Turns
from scenes.parts.things.swaps import Swaps

FIRST = ("show_functions", "read_values", "ask", "read_first", "read_slopes")
TURNS = Turns((*FIRST, "ask_other", "other_side", "other_back", "say_claim"), ("come_in",), ("pass_on", "all_back"))


class ActivationSwap(SwappedStage):
    """What a layer passes back is its slope, here: several functions in one hole, for one x and for another."""

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.show_functions()
        self.read_values()
        self.ask_whether_h_passes()
        self.read_slopes()
        self.come_in()
        self.pass_on()
        self.all_back()
        self.ask_other()
        self.other_side()
        self.other_back()
        self.say_claim()

    # -- where things stand -------------------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Lay out the one page: the network on one line, and under it a plot and three bars for each function."""
        spoken_of = ("odd", "most", "back", "back_then")
        self.odd, self.most, self.best, self.then = (self.clip.swapped.told[name] for name in spoken_of)
        self.sweep = Sweep(self.clip.x, self.clip.sweeps()["x"].quantities)
        self.swaps = Swaps(self.pen, self.sweep, len(self.clip.activations), "dL_dL", "push")
        self.net = SwapLine(self.pen, self.sweep, self.most, TURNS)
        self.target = number(self.pen, "target", form="equation")
        self.nudge = words(self.pen, "nudged", colour="quiet", most=1), number(self.pen, "nudged", height=LABEL)
        beats, once = type(self.clip.words).beats(), "pass_on"
        legend = during(self.swaps.legend, *(beat for beat in beats if beat != once))
        corner = Row(Slot(during(Row(*self.nudge, gap=LABEL_GAP), once), legend), NEAR, self.target)
        body = Column(self.net.box, ROWS, self.swaps.box)
        self.lay_out({"all": self.framed(body, *beats, corner=corner)})

    # -- the beats ----------------------------------------------------------------------------------------------------

    def show_functions(self) -> None:
        """Show the network with its hole, and the functions that fit into it."""
        with self.beat(beat := "show_functions"):
            self.play(Appear(*shown_of(self.head, self.target), *self.net.shown(beat, 0, HOLE + 1)))
            self.play(Appear(*self.net.shown(beat, HOLE + 1)))
            self.play(Appear(*self.swaps.frames, *self.swaps.baselines, *self.swaps.unit.shown))

    def read_values(self) -> None:
        """Let the same z go into each function, and read what comes out."""
        swaps = self.swaps
        with self.beat("read_values"):
            self.play(Travel(*swaps.foot, from_=self.net.z_name, copy=True))
            self.play(Appear(*swaps.leaders(0), *swaps.points(0)))
            self.play(Unfold(*swaps.bars("h")), Appear(*swaps.said("h"), *self.explain("h")))
            self.play(Travel(*swaps.numbers("h"), from_=swaps.points(0)))

    def ask_whether_h_passes(self) -> None:
        """Ask of the function whose h is least like its slope whether it passes that much; then read its slope."""
        self.look_next(self.odd)
        with self.asking("ask"):
            pass
        with self.beat("read_first"):
            self.measure(0, "slope", self.odd)

    def read_slopes(self) -> None:
        """Read the slope of each other off its tangent: so much of a push of 1 is passed on."""
        self.look_next()
        with self.beat("read_slopes"):
            self.measure(0, "slope", *self.but(self.odd))

    def come_in(self) -> None:
        """Let one function stand in the hole, say what the network answers, and go back from its error to it."""
        new, swaps = self.turn_line("read_slopes", "come_in"), self.swaps
        self.leave(*swaps.whole("h"))
        self.look_next(self.most, line=True)
        with self.beat("come_in"):
            self.play(Appear(*swaps.answers(0, [self.most])))
            self.play(Appear(*new, *swaps.said("in", [self.most])))
            self.grow("in", of=[self.most])

    def pass_on(self) -> None:
        """Multiply both: so much it passes back, and on to x; a nudge of x agrees."""
        new = self.turn_line("come_in", "pass_on")
        self.leave(*(each for each in shown_of(*self.swaps.told) if each in self.standing))
        with self.beat("pass_on"):
            self.play(Appear(*self.swaps.signs([self.most]), *self.swaps.said("out", [self.most])))
            self.grow("out", of=[self.most], tells=False)
            self.play(Appear(*new, *shown_of(*self.nudge)))
        self.leave(*shown_of(*self.nudge))

    def all_back(self) -> None:
        """Do so for all the others, one by one, and look at the one that passes most back."""
        with self.beat("all_back"):
            for other in self.but(self.most):
                self.pass_through("", other, bare=["in"])
            self.look_at(self.best)

    def ask_other(self) -> None:
        """Let x go to its other place, and ask what each passes there."""
        swaps, new = self.swaps, self.turn_line("all_back", "ask_other")
        self.leave(*swaps.whole("in", "out"), *swaps.said("slope"), *swaps.signs(), *swaps.answers(0), *swaps.foot)
        self.look_next(line=True)
        with self.asking("ask_other"):
            moved = [Travel(*each("before"), from_=each("slope")) for each in (swaps.bars, swaps.numbers)]
            told = Appear(*new, *swaps.points(1), *swaps.feet(0), *swaps.said("before"))
            self.play(told, *moved)
            self.play(self.unlit(*swaps.slopes(0), *swaps.bars("before")), Vanish(*swaps.points(0)))
            self.play(SweepTo(self.sweep, self.clip.other_x, run_time=self.clip.sweep_seconds, steady=False))
            self.play(Appear(*swaps.leaders(1), *swaps.feet(1)))

    def other_side(self) -> None:
        """Read each slope there, beside that of before."""
        self.look_next()
        with self.beat("other_side"):
            self.measure(1, "now")
            still = Appear(*self.swaps.points(2))  # x leaves the line next: only what rests goes on without it
            self.play(still, Vanish(*self.swaps.points(1)), *self.looking(self.most))

    def other_back(self) -> None:
        """Say of one what comes in and what it passes back there, and let the same bars grow for the others."""
        swaps = self.swaps
        self.leave(*swaps.whole("before"), *swaps.said("now"), *swaps.slopes(0), *swaps.leaders(0))
        self.leave(*(swaps.feet(0) if swaps.feet(1) else []))
        with self.beat("other_back"):
            self.play(*(Travel(*each("other_slope"), from_=each("now")) for each in (swaps.bars, swaps.numbers)))
            self.pass_through("other_", self.then)
            self.pass_through("other_", *self.but(self.then), bare=["other_in"])

    def say_claim(self) -> None:
        """Set what each passed back before beside what it passes back now, and look at those that pass most."""
        swaps = self.swaps
        self.leave(*swaps.whole("other_slope", "other_in"), *swaps.said("other_out"), *swaps.signs())
        self.look_next()
        with self.beat("say_claim"):
            told = (*swaps.said("out_before"), *swaps.said("out_now"), *swaps.numbers("out_before"))
            self.play(Unfold(*swaps.bars("out_before")), Appear(*told))
            self.look_at(self.best, self.then)


__getattr__, __dir__ = offer_clips(ActivationSwap)
