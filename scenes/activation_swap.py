"""One network, several functions in the same place: what a layer passes back is its slope, here."""

from __future__ import annotations

from scenes.parts.page import NEAR, ROWS, Column, Row, Slot, during
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, SweepTo, Unfold, Vanish
from scenes.parts.stage.swapped import SwappedStage
from scenes.parts.stage.travel import Travel
from scenes.parts.things.letters import number
from scenes.parts.things.part import shown_of
from scenes.parts.things.swap_line import HOLE, SwapLine, Turns
from scenes.parts.things.swaps import Swaps

BARE = ("show_functions", "read_values", "ask", "read_first", "read_slopes", "ask_other", "other_side")
TURNS = Turns(BARE, ("answer",), ("come_in",), ("pass_on", "all_back"), ("other_back", "say_claim"))


class ActivationSwap(SwappedStage):
    """What a layer passes back is its slope, here.

    One network with a hole, and several functions that fit into it; each makes its own h of the same z; a question to
    the class; of a push of 1 each passes on its slope; for one of them, with its numbers on the line of the network:
    what it answers, the push that really comes in, and what it passes back, to x; then the others; x goes to its other
    place, and another question; the slopes there, beside those of before; last, what each passes back there.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.show_functions()
        self.read_values()
        self.ask_whether_h_passes()
        self.read_slopes()
        self.answer()
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
        self.net = SwapLine(self.pen, self.sweep, self.most, self.then, TURNS)
        self.target = number(self.pen, "target", form="equation")
        self.found = [number(self.pen, name, form="equation") for name in ("found", "other_found")]
        nudges = Slot(*(during(part, *when) for part, when in zip(self.found, TURNS[-2:], strict=True)))
        body, corner = Column(self.net.box, ROWS, self.swaps.box), Row(nudges, NEAR, self.target)
        self.lay_out({"all": self.framed(body, *type(self.clip.words).beats(), corner=corner)})

    # -- the beats ----------------------------------------------------------------------------------------------------

    def show_functions(self) -> None:
        """Show the network with its hole, and the functions that fit into it."""
        with self.beat(beat := "show_functions"):
            self.play(Appear(*shown_of(self.head, self.target), *self.net.shown(beat, 0, HOLE + 1)))
            self.play(Appear(*self.net.shown(beat, HOLE + 1)))
            self.play(Appear(*self.swaps.frames))

    def read_values(self) -> None:
        """Let the same z go into each function, and read what comes out."""
        swaps = self.swaps
        with self.beat("read_values"):
            self.play(Travel(*swaps.foot, from_=self.net.z_name, copy=True))
            self.play(Appear(*swaps.leaders(0), *swaps.points(0)))
            self.play(Appear(*swaps.baselines), Unfold(*swaps.bars("h")))
            self.play(Travel(*swaps.numbers("h"), from_=swaps.points(0)), Appear(*swaps.said("h")))

    def ask_whether_h_passes(self) -> None:
        """Ask of the function whose h is least like its slope whether it passes that much; then read its slope."""
        with self.asking("ask"):
            self.look_at(self.odd)
            self.play(Appear(*self.swaps.unit.shown))
        with self.beat("read_first"):
            self.measure(0, "slope", self.odd)

    def read_slopes(self) -> None:
        """Read the slope of each other off its tangent: so much of a push of 1 is passed on."""
        with self.beat("read_slopes"):
            self.look_at()
            self.measure(0, "slope", *self.but(self.odd))

    def answer(self) -> None:
        """Let one function stand in the hole, and say what the network answers with it, and with each."""
        new = self.turn_line("read_slopes", "answer")
        with self.beat("answer"):
            self.look_at(self.most)
            self.play(Appear(*new))
            self.play(Appear(*self.swaps.answers(0)))

    def come_in(self) -> None:
        """Go back from the loss to that function."""
        new, swaps = self.turn_line("answer", "come_in"), self.swaps
        self.leave(*swaps.whole("h"), *swaps.said("slope", 1))
        with self.beat("come_in"):
            self.look_at(self.most)
            self.play(Appear(*new, *swaps.said("slope", 0, [self.most])))
            self.grow("in", self.most)

    def pass_on(self) -> None:
        """Multiply both: so much it passes back, and on to x."""
        new = self.turn_line("come_in", "pass_on")
        with self.beat("pass_on"):
            self.multiply("out", self.most)
            self.play(Appear(*new, *self.found[0].shown))

    def all_back(self) -> None:
        """Do so for all the others, and look at the one that passes most back."""
        with self.beat("all_back"):
            self.look_at()
            self.play(Appear(*self.swaps.said("slope", 0, others := self.but(self.most))))
            self.grow("in", *others)
            self.multiply("out", *others)
            self.look_at(self.best)

    def ask_other(self) -> None:
        """Let x go to its other place, and ask what each passes there."""
        swaps, new = self.swaps, self.turn_line("all_back", "ask_other")
        self.leave(*swaps.whole("in", "out"), *swaps.said("slope"), *swaps.signs(), *swaps.answers(0), *swaps.foot)
        self.leave(*self.found[0].shown)
        with self.asking("ask_other"):
            self.look_at()
            moved = [Travel(*each("before"), from_=each("slope")) for each in (swaps.bars, swaps.numbers)]
            self.play(Appear(*new, *swaps.points(1), *swaps.feet(0), *swaps.said("before")), *moved)
            self.play(self.unlit(*swaps.slopes(0), *swaps.bars("before")), Vanish(*swaps.points(0)))
            self.play(SweepTo(self.sweep, self.clip.other_x, run_time=self.clip.sweep_seconds, steady=False))
            self.play(Appear(*swaps.leaders(1), *swaps.feet(1)))

    def other_side(self) -> None:
        """Read each slope there, beside that of before."""
        with self.beat("other_side"):
            self.measure(1, "other_slope")
            self.play(Appear(*self.swaps.points(2)))  # x leaves the line next: only what rests goes on without it
            self.play(Vanish(*self.swaps.points(1)))
            self.look_at(self.most)

    def other_back(self) -> None:
        """Say what one passes back, with the push that really comes in there."""
        swaps, new = self.swaps, self.turn_line("other_side", "other_back")
        self.leave(*swaps.whole("before"), *swaps.said("other_slope", 1), *swaps.slopes(0), *swaps.leaders(0))
        self.leave(*(swaps.feet(0) if swaps.feet(1) else []))
        with self.beat("other_back"):
            self.look_at(self.then)
            said = [*swaps.said("other_slope", 0, [self.then]), *swaps.answers(1, [self.then])]
            self.play(Appear(*new, *said, *shown_of(*self.found[1:])))
            self.grow("other_in", self.then)
            self.multiply("other_out", self.then)

    def say_claim(self) -> None:
        """Say what each of the others passes back there, and look at the one that passes most."""
        with self.beat("say_claim"):
            self.look_at()
            others = self.but(self.then)
            self.play(Appear(*self.swaps.said("other_slope", 0, others), *self.swaps.answers(1, others)))
            self.grow("other_in", *others)
            self.multiply("other_out", *others)
            self.look_at(self.then)


__getattr__, __dir__ = offer_clips(ActivationSwap)
