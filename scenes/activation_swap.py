"""One network, several functions in the same place: what a layer passes back is its slope, here."""

from __future__ import annotations

from scenes.parts.page import LABEL, ROWS, Column, here_or_there
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, Unfold
from scenes.parts.stage.swapped import SwappedStage
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import QUICK
from scenes.parts.things.part import shown_of
from scenes.parts.things.swap_line import SwapLine, Turns
from scenes.parts.things.swaps import Swaps

FIRST = ("show_functions", "read_values", "ask", "read_first", "read_slopes")
THERE = ("ask_other", "other_side", "say_claim", "ask_push", "say_pushes")
COME = ("come_all", "other_turned", "other_back")
TURNS = Turns((*FIRST, *THERE), ("come_in",), ("pass_on",), ("ask_in", "all_back", *COME))


class ActivationSwap(SwappedStage):
    """What a layer passes back is its slope, here: several functions in one hole, for one x and for another."""

    def construct(self) -> None:
        """Tell of slopes, at both inputs, or of the pushes that really come."""
        self.tell_part(True, self.arrange, self.show_functions, self.read_values)
        self.tell_part(self.slopes, self.ask_whether_h_passes)
        self.tell_part(True, self.read_slopes, self.come_in, self.pass_on)
        self.tell_part(self.slopes, self.ask_other, self.other_side)
        self.tell_part(
            not self.slopes, self.ask_of_others, self.all_back, self.ask_push, self.other_back, self.say_pushes
        )

    def arrange(self) -> None:
        """Lay out the one page: the network on one line, and under it a plot and three bars for each function."""
        spoken_of = ("odd", "most", "most_then", "back", "back_then")
        self.odd, self.most, self.steep, self.best, self.then = (self.clip.swapped.told[name] for name in spoken_of)
        count, self.slopes = len(self.clip.activations), self.clip.tells == "slopes"
        sweep = Sweep(self.clip.x, self.clip.sweeps()["x"].quantities)
        self.sums, told = self.sums_of(COME, self.best, self.then), (self.odd,) if self.slopes else range(count)
        self.swaps = Swaps(self.pen, sweep, count, told, "dL_dL", "push", sums=self.sums.values())
        self.net = SwapLine(self.pen, sweep, self.odd, TURNS)
        under, corner = here_or_there(self.note("nudged", "loss_formula", "target", "pass_on"), "note")
        body = Column(self.net.box, ROWS, under, LABEL, self.swaps.box)
        self.lay_out({"all": self.framed(body, *type(self.clip.words).beats(), corner=corner)})

    def show_functions(self) -> None:
        """Show the network with its hole, and the functions that fit into it."""
        with self.beat(beat := "show_functions"):
            self.play(Appear(*self.head.shown, *self.net.shown(beat)))
            self.play(Appear(*self.swaps.frames))

    def read_values(self) -> None:
        """Let the same z go into each function, and read what comes out."""
        swaps = self.swaps
        with self.beat("read_values"):
            come = Appear(*swaps.leaders(0), *swaps.points(0))
            self.play(Travel(*swaps.foot, from_=self.net.z_name, copy=True), come)
            self.play(Unfold(*swaps.bars("h")), Appear(*swaps.baselines, *swaps.said("h")))
            self.play(Travel(*swaps.numbers("h"), from_=swaps.points(0)), Appear(*shown_of(*self.noted)))

    def ask_whether_h_passes(self) -> None:
        """Ask of the function whose h is least like its slope whether it passes that much; then read its slope."""
        self.look_next(self.odd)
        self.wonder("ask", Appear(*self.swaps.unit.shown))
        with self.beat("read_first"):
            self.measure(0, "slope", self.odd)

    def read_slopes(self) -> None:
        """Read the slope of each other off its tangent: so much of a push of 1 is passed on."""
        self.look_next()
        unit = [shown for shown in self.swaps.unit.shown if shown not in self.standing]
        with self.beat("read_slopes"):
            self.measure(0, "slope", *self.all, beside=[Appear(*unit)] if unit else [])

    def come_in(self) -> None:
        """Let one function stand in the hole, say what the network answers, and go back from its error to it."""
        new = self.turn_line("read_slopes", "come_in")
        self.leave(*self.swaps.whole("h"), *shown_of(*self.noted[:-1]))
        self.look_next(self.odd, line=True)
        with self.beat("come_in"):
            self.come_to("", self.odd, told=new)

    def pass_on(self) -> None:
        """Multiply both: so much it passes back, and on to x; a nudge of x agrees."""
        new = self.turn_line("come_in", "pass_on")
        with self.beat("pass_on"):
            self.multiply("", self.odd)
            self.play(Appear(*new))
            self.play(Appear(*shown_of(*self.nudge)))
        self.leave(*shown_of(*self.nudge))

    def ask_of_others(self) -> None:
        """Let all the others stand there, too, say what the network answers, and ask whether as much comes in."""
        others, new = self.but(self.odd), self.turn_line("pass_on", "ask_in")
        self.look_next(*others, line=True)
        self.wonder("ask_in", Appear(*new, *self.swaps.answers(0, others)))

    def all_back(self) -> None:
        """Let another push come in to each of them, and multiply it by its slope."""
        others = self.but(self.odd)
        with self.beat("come_all"):
            self.come_to("", *others, told=self.sum_in("come_all"))
        self.look_next()
        with self.beat("all_back"):
            self.multiply("", *others)

    def ask_other(self) -> None:
        """Let x go to its other place, and ask what each passes there."""
        swaps, new = self.swaps, self.turn_line("pass_on", "ask_other")
        self.leave(*swaps.whole("in", "out"), *swaps.said("slope"), *swaps.signs(), *swaps.answers(0), *swaps.foot)
        self.look_next(line=True)
        with self.asking("ask_other"):
            moved = [Travel(*each("before"), from_=each("slope")) for each in (swaps.bars, swaps.numbers)]
            self.play(self.go_over(*new, *swaps.said("before"), beside=moved))

    def other_side(self) -> None:
        """Read each slope there, beside that of before; then say what decides, here and there."""
        self.look_next()
        with self.beat("other_side"):
            self.measure(1, "now", *self.all)
            self.rest(QUICK)  # all of them stand before any goes out of focus
            self.look_at(self.most)
        self.look_next(self.most, self.steep)
        with self.beat("say_claim"):
            pass

    def ask_push(self) -> None:
        """Let x go to its other place, read each slope there, and ask whether the largest passes most back."""
        swaps, new = self.swaps, self.turn_line("all_back", "ask_push")
        self.leave(*swaps.whole("slope", "in", "out"), *swaps.signs(), *swaps.answers(0), *swaps.foot)
        self.look_next(line=True)
        with self.asking("ask_push"):
            self.measure(1, "other_slope", *self.all, beside=[self.go_over(*new)])
            self.look_at(self.steep)

    def other_back(self) -> None:
        """Say what comes in and goes out there: first of those whose answer is past the target, then of the others."""
        swaps, turned = self.swaps, self.clip.swapped.turned
        self.leave(*swaps.slopes(0), *swaps.leaders(0), *(swaps.feet(0) if swaps.feet(1) else []))
        for beat, functions in (("other_turned", turned), ("other_back", self.but(*turned))):
            if functions:
                new = self.turn_line(self.beats[-1].name, beat)
                self.look_next(*functions, line=True)
                with self.beat(beat):
                    self.come_to("other_", *functions, told=[*new, *self.sum_in(beat)])
                    self.multiply("other_", *functions)

    def say_pushes(self) -> None:
        """Set what each passed back before beside what it passes back now, and look at those that pass most."""
        swaps, new = self.swaps, self.turn_line(self.beats[-1].name, "say_pushes")
        self.leave(*swaps.whole("other_slope", "other_in"), *swaps.said("other_out"), *swaps.signs())
        self.look_next()
        with self.beat("say_pushes"):
            told = (*new, *swaps.said("out_before"), *swaps.said("out_now"), *swaps.numbers("out_before"))
            self.play(Unfold(*swaps.bars("out_before")), Appear(*told))
            self.look_at(self.best, self.then)


__getattr__, __dir__ = offer_clips(ActivationSwap)
