"""A value that is used twice: its ways part, meet again at a plus, and what comes back along both is added."""

from __future__ import annotations

from itertools import chain

from scenes.parts.page import NEAR, ROWS, Box, Column, Either, Row, Slot, during
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, Vanish
from scenes.parts.stage.trains import TrainsStage
from scenes.parts.stage.ways import SHARES, When
from scenes.parts.theme import NAME
from scenes.parts.things.letters import number, words
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.sums import Added, Compared

VALUES, TURNED, ASKED = ("meet_the_paths", "read_slopes"), ("turn_x", "move_y", "compare", "closer"), ("ask",)
BACK, MULTIPLIED, SUMMED = ("push_back",), ("multiply_back", "multiply_other"), ("add_up", "say_claim")
SHARED = (*MULTIPLIED, *SUMMED)
GEARS = ("share_shaft", "drive_on", "turn_gears", "roll_between", "ask_y", "double_half")
WHEN = When(VALUES, TURNED, ASKED, (*BACK, *SHARED), SHARED, SUMMED)


class FanOut(TrainsStage):
    """Where a value is used twice, its gradients add.

    x goes two ways to a plus; it is turned, and before the changes are stacked at the plus, a question to the class;
    computed again, how close is that? Another question; the plus hands the push to both, whole; each gate multiplies it
    by its slope; at x the two ribbons are stacked, each with its sign; what was measured decides. Or the same is told
    as gears.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.go_forth()
        self.turn_and_compare()
        self.ask_class()
        self.push_back()
        self.tell_gears(GEARS)
        self.say_claim()

    # -- where things stand -------------------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Lay out the two ways with what is told between them, and the gears, where they would mesh."""
        swept, self.bends = self.clip.sweeps(), not self.two.is_straight("y")
        moving, gears = swept["turn"], swept.get("gears")
        shown = self.build(Sweep(moving.low, moving.quantities), self.inside(), WHEN)
        beats = *VALUES, *(ASKED if gears else (*TURNED, *ASKED, *BACK, *SHARED))
        pages = {"ways": self.framed(shown, *beats, corner=self.read)}
        if gears:
            pages["gears"] = self.framed(self.build_gears(gears, self.answers), *GEARS, "say_claim")
        self.put(self.lay_out(pages))

    def inside(self) -> Box:
        """Return what the two ways enclose, one after the other."""
        turns = {"turned": ("turn", "smaller"), "predicted": ("moved_y", "smaller_y")}
        turns |= {"recomputed": ("recomputed", "closer")} | ({"gap": ("gap", "smaller_gap")} if self.bends else {})
        self.compared, self.tempting = Compared(self.pen, turns), "unsigned" if self.two.against else "half"
        self.guesses = {beat: self.guess(beat) for beat in ASKED + TURNED[:1] * (not self.in_gear)}
        self.sum = Added(self.pen, SHARES, "dL_dx")
        self.answers = {self.tempting: "tempting", "added": "dL_dx", "measured": "nudged"}
        self.judged = Compared(self.pen, self.answers, "judged", most=3)
        near = zip(self.graphs.values(), ("top", "bottom"), strict=True)  # what is said of a way stands close to it
        rows = [Row(graph, NEAR, Column(*said, gap=ROWS, align="left"), align=at) for (graph, *said), at in near]
        shown: list[tuple[Item, tuple[str, ...]]] = [
            (self.compared.box(*TURNED[2:]), TURNED[2:]),
            *((Either(Row(*guess, gap=NEAR), Column(*guess)), (beat,)) for beat, guess in self.guesses.items()),
            (Slot(*(Row(row, align="middle") for row in rows)), (VALUES[-1], *MULTIPLIED)),
            (self.sum.row, ("add_up",)),
            (self.judged.box(), ("say_claim",)),
        ]
        middles = ((Column(Row(item, align="middle"), anchor=0), beats) for item, beats in shown)
        return Slot(*(during(item, *beats) for item, beats in middles))

    def guess(self, beat: str) -> list[Part]:
        """Return the tempting answer to a question: how far y moves, or, once y is pushed, what x feels."""
        how = "tempting" if beat in ASKED else "tempting_moved"
        said = words(self.pen, self.tempting, height=NAME, colour="quiet", most=2, called=f"words at {beat}")
        return [said, number(self.pen, how, height=NAME, called=f"{how} at {beat}")]

    # -- the beats ----------------------------------------------------------------------------------------------------

    def go_forth(self) -> None:
        """Let values go forward, from x both ways to the plus; each gate says its slope."""
        with self.beat("meet_the_paths"):
            self.go_forward()
        with self.beat("read_slopes"):
            self.read_slopes()

    def turn_and_compare(self) -> None:
        """Turn x a little, and ask; then compute everything again, for this turn and for a smaller one, and compare."""
        if self.gears:
            return
        first, second = self.compared.columns
        with self.asking("turn_x"):
            self.change_x(self.clip.turn, self.clip.turn_seconds)
            self.play(Appear(*shown_of(*self.guesses["turn_x"])))
        self.leave(*shown_of(*self.guesses["turn_x"]))
        with self.beat("move_y"):
            self.add_changes()
        with self.beat("compare"):
            self.play(Appear(*self.again))
            for said, value in zip(self.compared.said, first, strict=True):
                self.play(Appear(*said, *value))
        if self.bends and self.two.closes:
            with self.beat("closer"):
                told = self.unlit(*self.said_of_changes, *self.bands, *self.again, *chain(*first))
                self.play(Vanish(*chain(*first)) if self.compared.in_turn else told)
                for value in second:
                    self.play(Appear(*value))
        self.leave(*self.changed, *self.again, *chain(*self.compared.rows))

    def ask_class(self) -> None:
        """Ask the class a question, with a tempting answer."""
        ask = self.play if self.gears else self.push_y
        with self.beat("ask", least=self.clip.ask_hold):
            ask(Appear(mark := self.pause_mark(), *shown_of(*self.guesses["ask"])))
        self.leave(mark, *shown_of(*self.guesses["ask"]))

    def push_back(self) -> None:
        """Let the plus hand the push on to both, whole; each gate multiplies it by its slope; at x both are added."""
        if self.gears:
            return
        with self.beat("push_back"):
            self.copy_back()
        for i, beat in enumerate(MULTIPLIED):
            with self.beat(beat):
                self.multiply_back(i)
            self.leave(*self.graphs_left)
        with self.beat("add_up"):
            self.add_back()
            self.gather(self.sum.terms, shown_of(*(self[f"number {name}"] for name in (*SHARES, "dL_dx"))))
        self.leave(*self.sum.shown)

    def say_claim(self) -> None:
        """Set the tempting answer beside the sum, and let what was measured decide."""
        with self.beat("say_claim"):
            for row in self.gears.judged if self.gears else self.judged.rows:
                self.play(Appear(*row))


__getattr__, __dir__ = offer_clips(FanOut)
