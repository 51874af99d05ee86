"""Pairs of gears that are not round: how far h turns per turn of x is the derivative at this x."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.parts.stage.carry import Carry, each_of
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, SweepTo, Unfold, Vanish
from scenes.parts.stage.paged import PagedStage
from scenes.parts.theme import QUICK
from scenes.parts.things.base import Shown
from scenes.parts.things.function_picture import FunctionPicture
from scenes.parts.things.part import shown_of

SHORTER, SHORTEST = 0.6, 0.4  # of the time that the slow roll takes
CARRIED, EACH = 1.2, 0.1  # seconds in which the lines of a gear go to their axis; how much of it each is later
FIRST = (
    *("meet_the_pair", "ask", "compare_turns", "turn_alike"),
    *("measure_arms", "ask_farther", "roll_same", "roll_through", "check_rule"),
    *("fit_circles", "ask_round", "part_from_circles"),
)
OTHERS = ("roll_second", "roll_third")
STOP = ("ask_stop", "rest_at_zero", "push_along")


class FunctionGears(PagedStage):
    """A derivative is turns out per turn in, at each x.

    Equal turns, and unequal ones; both arms become the triangle, and part from round gears; other functions, ReLU.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.tell_the_first()
        self.roll_others()
        self.follow_graphs()
        self.say_claim()

    def arrange(self) -> None:
        """Lay out a page for each function, and once more for the first: the last still."""
        clip = self.clip
        self.pictures = [FunctionPicture(self.pen, self.part, i) for i in range(len(clip.shown))]
        self.gears, self.stops, self.alone = ([self.pictures[i] for i in clip.of(p)] for p in ("gears", "lug", "graph"))
        self.rounds, pages = clip.round_at is not None, {}
        each: list[tuple[str, ...]] = [FIRST if self.rounds else FIRST[:-3], *((name,) for name in OTHERS)]
        beats = each[: len(self.gears)]
        beats[1:] = [*beats[1:-1], *(("ask_last", *told) for told in beats[1:][-1:])]
        beats += [STOP] * len(self.stops) + [("only_a_graph",)] * len(self.alone)
        self.at = float(clip.round_at) if self.rounds else self.pictures[0].rest  # of the first function at rest
        for picture, its in zip(self.pictures, beats, strict=True):
            parting = FIRST[7:] if self.rounds and picture.i == 0 else ()
            pages[f"page {picture.i}"] = self.framed(picture.page(parting), *its)
        self.last = FunctionPicture(self.pen, self.part, 0, called="last ", under="rising")
        self.lay_out(pages | {"last page": self.framed(self.last.page(), "say_claim")})

    # -- the first pair -----------------------------------------------------------------------------------------------

    def tell_the_first(self) -> None:
        """Tell all of the first pair of gears, if there is one."""
        for first in self.gears[:1]:
            self.meet_the_pair(first)
            self.compare_turns(first)
            self.measure_arms(first)
            if self.rounds:
                self.fit_circles(first)
            self.clear()

    def meet_the_pair(self, first: FunctionPicture) -> None:
        """Roll the pair of the first function; the even lines of x go and stand on the axis of the graph beside it."""
        self.dot, self.plain, self.rungs = first.graph.dot(), first.geared.plain(), first.graph.rungs()
        with self.beat("meet_the_pair"):
            wheels = [self.plain if shown is first.wheels[1] else shown for shown in first.standing]
            self.play(Appear(*self.head.shown, *wheels), Appear(self.dot, *first.numbers))
            self.roll(first, first.high, SHORTER)
            self.rung(first, 0)
            self.play(Appear(*first.geared.sense))

    def rung(self, first: FunctionPicture, which: int) -> None:
        """Let the lines of x, or those of h, go from their gear to their axis."""
        rungs, lines = self.rungs[which], first.wheels[which].lines
        self.play(Carry(rungs, each_of(lines, len(rungs)), run_time=CARRIED, lag=EACH, under=[self.dot]))

    def compare_turns(self, first: FunctionPicture) -> None:
        """Ask whether even turns of x are even turns of h; the lines of h tell, and two equal turns with their rise."""
        even, marked, guess = self.clip.shown[0].is_even, first.wheels[1], first.graph.guessed()
        named = [] if even else first.graph.guess_name(guess)
        if not even:
            self.wonder("ask", Appear(guess, *named))
        with self.beat("turn_alike" if even else "compare_turns"):
            self.play(Appear(marked, under=first.geared.top, run_time=QUICK / 2), Vanish(self.plain))
            self.rest(QUICK)
            self.rung(first, 1)
            chords, tags = first.chords(*named)
            self.play(Unfold(*chords), self.unlit(*first.wheels, *first.numbers))
            self.play(Appear(*tags))
            self.leave(*chords, *tags, *first.geared.sense, *([] if even else [guess, *named]))

    def measure_arms(self, first: FunctionPicture) -> None:
        """Lay both arms under the pair, and say why they count; they become the triangle whose slope is their ratio."""
        (near, far, self.contact), (bar, other, told) = first.geared.arms(), first.geared.bars()
        with self.beat("measure_arms"):
            self.play(self.unlit(*first.wheels, *first.numbers, back=True), self.unlit(*self.rungs))
            self.roll(first, self.at, SHORTEST)
            self.play(Appear(near, far, under=first.geared.top), Appear(self.contact))
            self.play(Carry(bar, {0: near.outline}), Carry(other, {0: far.outline}))
            self.play(Appear(*told))
        self.legs, rims, same = first.legs(), first.geared.rims(), first.geared.said_under("same_length")
        others = [*first.wheels, near, far, bar, other, *(each for each in told if each not in first.geared.said)]
        with self.asking("ask_farther"):
            self.play(Appear(*rims, under=[self.contact]), self.unlit(*others), Vanish(*first.geared.said))
            self.play(Appear(*same))
        with self.beat("roll_same"):
            self.play(self.unlit(*others, back=True), Vanish(*same))
            self.play(Appear(law := first.geared.law_under()))
        self.leave(*rims, law)
        with self.beat("roll_through"):
            self.play(Carry(self.legs, self.legs.made_of(near.outline, far.outline)))
            self.play(Appear(*shown_of(*first.ratio)))
            self.roll(first, first.low)
            self.play(Appear(*shown_of(*first.per, *first.limit)))
            self.roll(first, self.at, SHORTEST)
            self.play(Appear(*(names := first.leg_names())), self.unlit(*first.numbers))
        if first.rule:
            with self.beat("check_rule"):
                self.play(Appear(*shown_of(*first.rule)))
        self.leave(*names, *shown_of(*first.limit))

    def fit_circles(self, first: FunctionPicture) -> None:
        """Lay two round gears over the pair that turn alike at one x; as x turns on, they would turn h elsewhere."""
        line, wrong = first.graph.straight("line", first.sweep["wrong"])
        with self.beat("fit_circles"):
            rounds = first.geared.rounds("circle_near", "circle_far")
            self.play(Appear(*rounds, under=[*first.geared.top, self.contact]))
            self.play(Appear(*(named := first.geared.round_name(rounds))))
        self.ask("ask_round")
        self.leave(*named, *shown_of(*first.per), self.legs)  # its rise would be read as how far they miss
        with self.beat("part_from_circles"):
            self.play(Appear(line, wrong), Appear(*shown_of(*first.rounds)))
            self.roll(first, first.high, SHORTEST)
            self.play(Appear(*first.missed(wrong, self.dot, line), *first.geared.round_name(rounds)))

    # -- other functions ----------------------------------------------------------------------------------------------

    def roll_others(self) -> None:
        """Roll each further pair through its range; turn x where nothing pushes h, and from 0 on push h along."""
        for name, picture in zip(OTHERS, self.gears[1:], strict=False):
            if picture is self.gears[-1]:
                self.ask_of(picture, "ask_last")
            with self.beat(name):
                self.show_and_roll(picture, picture.high, picture.rest)
                self.play(Appear(*picture.leg_names()))
            self.clear()
        for picture in self.stops:
            self.ask_of(picture, "ask_stop")
            with self.beat("rest_at_zero"):
                self.show_and_roll(picture, picture.rest)
            if picture.high > 0.0:
                with self.beat("push_along"):
                    self.roll(picture, picture.high, SHORTER)
            self.clear()

    def follow_graphs(self) -> None:
        """Show what cannot turn gears as a graph, along which the triangle goes."""
        if self.alone:
            with self.beat("only_a_graph"):
                for picture in self.alone[:-1]:
                    self.play(Vanish(*self.show_and_roll(picture, picture.high)))
                self.show_and_roll(self.alone[-1], self.alone[-1].high)
            self.clear()

    def say_claim(self) -> None:
        """Show the first function with all that was said of it, at two x, and say what a derivative is."""
        with self.beat("say_claim"):
            self.show_and_roll(self.last, self.at)
            if self.rounds:
                self.roll(self.last, self.last.high, SHORTEST)
                self.play(Appear(*self.last.ghost()))

    # -- parts of the picture -----------------------------------------------------------------------------------------

    def ask_of(self, picture: FunctionPicture, beat: str) -> None:
        """Ask about a function, of which its graph and its wheels are there."""
        asked = [*self.head.shown, *picture.standing]
        self.wonder(beat, Appear(*(each for each in asked if each not in self.standing)))

    def show_and_roll(self, picture: FunctionPicture, *stops: float) -> Sequence[Shown]:
        """Show all of a function, turn it to one x after another, and return what it is made of."""
        shown = picture.everything()
        new, standing = [each for each in [*self.head.shown, *shown] if each not in self.standing], self.standing
        self.play(Appear(*new, under=[each for each in picture.hubs if each in standing]))
        for x, share in zip(stops, (SHORTER, SHORTEST), strict=False):
            self.roll(picture, x, share)
            self.rest(QUICK)
        return shown

    def roll(self, picture: FunctionPicture, x: float, share: float = 1.0) -> None:
        """Turn x, with a slow start and a slow stop."""
        self.play(SweepTo(picture.sweep, x, run_time=share * self.clip.sweep_seconds, steady=False))

    def clear(self) -> None:
        """Let all but the head go when the next beat begins."""
        self.leave(*(shown for shown in self.standing if shown not in self.head.shown))


__getattr__, __dir__ = offer_clips(FunctionGears)
