"""Two losses judge one answer: how hard each pushes; then what follows by hand, from a kink, or for a chance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.judged import JudgedStage
from scenes.parts.stage.motions import Appear, SweepTo, Unfold
from scenes.parts.stage.travel import Travel
from scenes.parts.things.part import shown_of

MEET, *READ, ASK, PUSH = JUDGED = ("meet_judges", "read_slopes", "read_second", "ask", "compare_pushes")
VALUES, BEGIN, DERIVE, WEIGHTS, DIVIDE = HAND = ("show_values", "begin_by_hand", "derive", "derive_weights", "divide")
KINK, LEARN, READ_AS, CHANCE, LAST = "choose_at_kink", "learn", "show_chance", "read_as_chance", "say_claim"
PUSHES = "first_push", "second_push"


class LossSwap(JudgedStage):
    """The loss decides how hard an error pushes, and nothing else changes; then the parts that the clip tells."""

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.open("pose_question", asking=True)
        self.tell_part(self.clip.tells("chance"), self.show_chance, self.keep_only)
        self.meet_judges()
        self.read_each(READ)
        self.ask_of_both()
        self.compare_pushes()
        self.tell_part(self.clip.tells("kink"), self.keep_only, self.choose_at_kink)
        self.tell_part(self.clip.tells("hand"), self.keep_only, self.show_values, self.derive_all)
        self.tell_part(self.clip.tells("learn"), self.keep_only, self.learn)
        self.tell_part(self.clip.tells("chance"), self.keep_only, self.read_as_chance)
        self.say_claim()

    def arrange(self) -> None:
        """Lay out the opening card, both losses over the answer, every part that is told, and the poster."""
        self.open_judges()
        plane, tells = self.judged_plane("error", PUSHES, "nudged", "uphill", "tempting"), self.clip.tells
        pages = {"card": self.card("pose_question", asks=self.asked_of), "judges": self.framed(plane, *JUDGED)}
        hand = HAND if self.clip.judges.has_quotients else HAND[:-1]
        parts: dict[str, Callable[[], tuple[Any, ...]]] = {
            "kink": lambda: (self.kinked_plane(PUSHES), KINK),
            "hand": lambda: (self.by_hand("quotient", HAND, "run"), *hand),
            "learn": lambda: (self.race("step"), LEARN),
            "chance": lambda: (self.chance("as_chance"), READ_AS, CHANCE),
        }
        pages |= {part: self.framed(*page()) for part, page in parts.items() if tells(part)}
        self.lay_out({**pages, "last": self.framed(self.poster(), LAST)})
        if tells("hand"):
            self.join()

    def show_chance(self) -> None:
        """Read the answer as a logit: the curve makes a chance of it."""
        with self.beat(READ_AS):
            self.play(Appear(*self.curve.read[:-2]))
            self.play(Appear(*self.curve.read[-2:]))

    def meet_judges(self) -> None:
        """Show the answer, beside its target the error as a bar, and both losses over them."""
        plane = self.plane
        with self.beat(MEET):
            self.play(Appear(*plane.frame, *plane.marks, plane.answer))
            if plane.target:
                self.show_error()
            self.play(Appear(*plane.curves, *plane.names_of_curves, *plane.dots))

    def ask_of_both(self) -> None:
        """Ask what a larger error does, with what one would expect of each loss."""
        ghosts = [shown for told in self.push_bars for shown in told.ghost]
        lit = [shown for i in self.plane.losses for shown in self.plane.drawn_of(i)]
        self.wonder(ASK, self.unlit(*lit, back=True), Appear(*(told.arrow for told in self.told)), Appear(*ghosts))

    def compare_pushes(self) -> None:
        """Let the answer slide: slopes and bars follow it."""
        with self.beat(PUSH):
            self.play(self.slide("slid_"))
            self.play(*(Travel(told.groups[0][1], from_=told.bar) for told in self.told))

    def choose_at_kink(self) -> None:
        """Let the answer slide to the other side of the target, and onto it, where a slope is chosen."""
        plane = self.kink
        with self.beat(KINK):
            self.play(Appear(*plane.begun))
            self.play(Appear(*(shown for told in plane.told for shown in (*told.bar, told.words))))
            self.play(Appear(*(line[0] for line in plane.sides.values())))
            for side in self.clip.judges.sides:
                if self.answer.x != self.place(f"{side}_"):
                    self.play(self.slide(f"{side}_"))
                self.play(Appear(*(slopes := plane.slopes_of(side)), under=plane.dots))
                if side in plane.sides:
                    self.play(Travel(*plane.sides[side][1:], from_=slopes))
            self.play(*(Travel(told.groups[0][0], from_=told.bar) for told in plane.told))

    def show_values(self) -> None:
        """Show the values that went forward, and how the slope of each gate follows from them, or is read off."""
        with self.beat(VALUES):
            self.read_slopes_off()

    def derive_all(self) -> None:
        """Write the first line, for each loss; then what comes back to values, then the gradients; at last divide."""
        first, *others = self.table.lines
        with self.beat(BEGIN):
            self.play(Appear(*self.table.heads, *self.table.lines[first].begun))
            self.play(Appear(*shown_of(*self.table.lines[first].results)))
        weights = self.clip.judges.weights
        self.derive(DERIVE, *(name for name in others if name not in weights))
        self.derive(WEIGHTS, *weights)
        self.divide(DIVIDE)

    def learn(self) -> None:
        """Let the network learn from each loss, from one start, at one rate; say how far off it ends, and why."""
        races = self.races
        with self.beat(LEARN):
            drawn = [shown for race in races for shown in (*race.frame, *race.aim, *race.filled)]
            self.play(Appear(*shown_of(*self.judged_by), *drawn))
            self.play(SweepTo(self.steps, self.last_step, run_time=self.clip.learn_seconds))
            self.play(Appear(*(shown for race in races for shown in race.missed)))

    def read_as_chance(self) -> None:
        """Show that the push of cross-entropy is chance minus truth."""
        plane = self.curve
        with self.beat(CHANCE):
            self.play(Appear(*plane.read))
            self.play(Appear(*plane.aim))
            self.play(Unfold(plane.gap, under=[plane.dot]), Appear(plane.said))

    def say_claim(self) -> None:
        """Show both losses side by side: what each pushes by."""
        self.keep_only()
        with self.beat(LAST):
            drawn = (s for p in self.posted for s in (*p.frame, *p.marks, *p.curves, *p.tangents, *p.dots))
            self.play(Appear(*shown_of(*self.titles), *drawn))
            self.play(Appear(*self.pushed()))


__getattr__, __dir__ = offer_clips(LossSwap)
