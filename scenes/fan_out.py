"""A value that is used twice: its ways part, meet again at a plus, and what comes back along both is added."""

from __future__ import annotations

from itertools import chain

from scenes.parts.page import NEAR, ROWS, Box, Column, Row, Slot, during
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, SweepTo
from scenes.parts.stage.ways import SHARES, WaysStage, When
from scenes.parts.theme import NAME
from scenes.parts.things.letters import words
from scenes.parts.things.part import shown_of
from scenes.parts.things.sums import Added, Compared
from scenes.parts.things.two_trains import TwoTrains

VALUES, TURNED, ASKED = ("meet_the_paths",), ("turn_x", "compare"), ("ask",)
BACK, MULTIPLIED, SUMMED = ("push_back",), ("multiply_back",), ("add_up", "say_claim")
SHARED = (*MULTIPLIED, *SUMMED)
GEARS = ("share_shaft", "turn_gears", "double_half")
WHEN = When(VALUES, TURNED, ASKED, (*BACK, *SHARED), SHARED, SUMMED)


class FanOut(WaysStage):
    """Where a value is used twice, its gradients add.

    x goes two ways to a plus; it is turned, and at the plus the two changes are stacked; computed again, how close is
    that? A question to the class, with a tempting answer; the plus hands the push to both, whole; each gate multiplies
    it by its slope; at x the two ribbons are stacked, each with its sign; the same with gears; last, the tempting
    answer beside the sum, and a nudge decides.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.meet_the_paths()
        self.turn_x()
        self.compare()
        self.ask_for_x()
        self.push_back()
        self.multiply()
        self.add_up()
        self.share_shaft()
        self.turn_gears()
        self.double_half()
        self.say_claim()

    # -- where things stand -------------------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Lay out the two ways with what is told between them, and the gears, where they would mesh."""
        swept, self.trains = self.clip.sweeps(), None
        moving, gears = swept["turn"], swept.get("gears")
        shown = self.build(Sweep(moving.low, moving.quantities), self.inside(), WHEN)
        pages = {"ways": self.framed(shown, *(b for beats in (VALUES, TURNED, ASKED, BACK, SHARED) for b in beats))}
        if gears:
            self.at_rest, self.turning = gears.low, Sweep(gears.low, gears.quantities)
            self.trains, self.felt = TwoTrains(self.pen, self.turning), Added(self.pen, SHARES, "dL_dx", "felt")
            pages["gears"] = self.framed(Column(self.trains.part, self.felt.row, gap=NEAR), *GEARS)
        self.put(self.lay_out(pages))

    def inside(self) -> Box:
        """Return what the two ways enclose, one after the other."""
        one, other = ("turn", "moved_y", "recomputed"), ("smaller", "smaller_y", "closer")
        self.tempting = "unsigned" if self.two.against else "half"
        turns = zip(("turned", "predicted", "recomputed"), zip(one, other, strict=True), strict=True)
        self.compared = Compared(self.pen, dict(turns))
        self.guess = words(
            self.pen, self.tempting, height=NAME, colour="quiet", align="centre", most=2, called="words asked"
        )
        self.sum = Added(self.pen, SHARES, "dL_dx")
        self.judged = Compared(self.pen, {self.tempting: "tempting", "added": "dL_dx", "nudged": "nudged"}, "judged")
        graphs = [Row(graph, NEAR, Column(*said, gap=ROWS, align="left")) for graph, *said in self.graphs.values()]
        shown: list[tuple[Item, tuple[str, ...]]] = [
            (self.compared.table, ("compare",)),
            (self.guess, ASKED),
            *([(Slot(*graphs), MULTIPLIED)] if graphs else []),
            (self.sum.row, ("add_up",)),
            (self.judged.table, ("say_claim",)),
        ]
        middles = ((Column(Row(item, align="middle"), anchor=0), beats) for item, beats in shown)
        return Slot(*(during(item, *beats) for item, beats in middles))

    # -- the beats ----------------------------------------------------------------------------------------------------

    def meet_the_paths(self) -> None:
        """Let values go forward: from x both ways to the plus."""
        with self.beat("meet_the_paths"):
            self.go_forward()

    def turn_x(self) -> None:
        """Turn x a little: both ways change, and the plus adds."""
        with self.beat("turn_x"):
            self.change_x(self.clip.turn, self.clip.turn_seconds)

    def compare(self) -> None:
        """Compute everything again, for this turn and a smaller one, and compare."""
        with self.beat("compare"):
            for row in self.compared.rows:
                self.play(Appear(*row))
        self.leave(*self.changed, *chain(*self.compared.rows))

    def ask_for_x(self) -> None:
        """Push y by 1, and ask the class what x feels, with a tempting answer."""
        mark = self.pause_mark()
        with self.beat("ask", seconds=self.clip.ask_hold / self.settings.pace):
            self.push_y()
            self.play(Appear(mark, *self.guess.shown))
        self.leave(mark, *self.guess.shown)

    def push_back(self) -> None:
        """Follow the push of y through the plus, which hands it on to both ways, whole."""
        with self.beat("push_back"):
            self.copy_back()

    def multiply(self) -> None:
        """Multiply the push by the slope of each gate, which is read off its graph."""
        with self.beat("multiply_back"):
            for i in range(len(SHARES)):
                self.multiply_back(i)
        self.leave(*self.graphs_left)

    def add_up(self) -> None:
        """Let both ribbons come to x, and add."""
        with self.beat("add_up"):
            self.add_back()
            self.gather(self.sum.terms, shown_of(*(self[f"number {name}"] for name in (*SHARES, "dL_dx"))))
        self.leave(*self.sum.shown, *(self.flowing if self.trains else []))

    def share_shaft(self) -> None:
        """Show the same as gears, where they would mesh: the shaft of x carries one for each way."""
        if not (trains := self.trains):
            return
        with self.beat("share_shaft"):
            self.play(Appear(*trains.driving))
            for i, share in enumerate(trains.said):
                self.play(Appear(*share, *chain(*self.felt.terms[i : i + 1])))

    def turn_gears(self) -> None:
        """Turn x: the wheel between both racks moves by half of what both ways turn."""
        if not (trains := self.trains):
            return
        with self.beat("turn_gears"):
            self.play(Appear(*trains.halving))
            self.play(SweepTo(self.turning, self.clip.turn, run_time=self.clip.turn_seconds, steady=False))
            self.play(Appear(*trains.half))
        self.leave(*trains.half)

    def double_half(self) -> None:
        """Let that wheel take a bar along, which turns y by the whole sum."""
        if not (trains := self.trains):
            return
        with self.beat("double_half"):
            for end, new in ((self.at_rest, trains.adding), (self.clip.turn, chain(*self.felt.terms[-1:]))):
                self.play(SweepTo(self.turning, end, run_time=self.clip.turn_seconds, steady=False))
                self.play(Appear(*new))
        self.leave(*trains.driving, *trains.halving, *trains.adding, *chain(*trains.said), *self.felt.shown)

    def say_claim(self) -> None:
        """Set the tempting answer beside the sum, and let a nudge decide."""
        with self.beat("say_claim"):
            if self.trains:
                self.play(Appear(*self.flowing))
            for row in self.judged.rows:
                self.play(Appear(*row))


__getattr__, __dir__ = offer_clips(FanOut)
