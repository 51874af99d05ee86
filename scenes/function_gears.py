"""Pairs of gears that are not round: how far h turns per turn of x is the derivative at this x."""

from __future__ import annotations

from scenes.parts.pictures.function_picture import FunctionPicture
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, SweepTo, Vanish
from scenes.parts.stage.stage import Stage
from scenes.parts.things.base import Shown

SHORTER, SHORTEST = 0.6, 0.4  # of the time that the slow roll takes


class FunctionGears(Stage):
    """A derivative is turns out per turn in, at this x.

    A pair of gears that turns by tanh; a question to the class; x turns through its range; two round gears that turn
    alike at one x; they part; at each x another two; other functions; ReLU as a lug and a stop, at rest and pushing.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.open_with_title()
        self.meet_the_pair()
        self.ask("ask")
        self.roll_through()
        self.fit_circles()
        self.part_from_circles()
        self.follow_x()
        self.roll_others()
        self.rest_at_zero()
        self.push_along()
        self.say_claim()

    def meet_the_pair(self) -> None:
        """Show the gears of the first function, and its graph, and turn x."""
        self.picture = FunctionPicture(self.pen, self.clip, 0)
        with self.beat("meet_the_pair"):
            self.play(Appear(*self.picture.graph(), *self.picture.pair(), run_time=0.8))
            self.play(Appear(*self.picture.riders(), *self.picture.values()))
            self.turn_to(self.picture.high, SHORTER)

    def roll_through(self) -> None:
        """Let x turn through its range, slowly, and read out how far h turns per turn of x."""
        with self.beat("roll_through"):
            self.play(Appear(*self.picture.ratio()))
            self.turn_to(self.picture.low)

    def fit_circles(self) -> None:
        """Go to one x, and lay the two round gears over the pair that turn alike there."""
        self.circles = self.picture.circles()
        with self.beat("fit_circles"):
            self.turn_to(self.clip.circles_at, SHORTEST)
            self.play(Appear(*self.circles))

    def part_from_circles(self) -> None:
        """Turn x on: the pair follows the function, the circles do not."""
        self.still = self.picture.still()
        with self.beat("part_from_circles"):
            self.play(Appear(*self.still))
            self.turn_to(self.picture.high, SHORTEST)

    def follow_x(self) -> None:
        """Let the circles be right at each x."""
        with self.beat("follow_x"):
            self.play(Vanish(*self.circles, *self.still))
            self.play(Appear(*self.picture.live_circles()))
            self.turn_to(self.picture.low, SHORTER)
        self.clear_stage()

    def roll_others(self) -> None:
        """Roll each further function through its range."""
        for i, name in zip(range(1, len(self.clip.smooth)), ("roll_second", "roll_third"), strict=False):
            self.picture = FunctionPicture(self.pen, self.clip, i)
            with self.beat(name):
                self.play(Appear(*self.picture.everything()))
                self.turn_to(self.picture.high, SHORTER)
            self.clear_stage()

    def rest_at_zero(self) -> None:
        """Turn z up to 0: the lug comes to the stop, and h rests under its brake."""
        if self.clip.stopped is None:
            return
        self.picture = FunctionPicture(self.pen, self.clip, self.clip.stopped)
        with self.beat("rest_at_zero"):
            self.play(Appear(*self.picture.everything()))
            self.turn_to(0.0, SHORTEST)

    def push_along(self) -> None:
        """Turn z on: the lug pushes h along."""
        if self.clip.stopped is None:
            return
        with self.beat("push_along"):
            self.turn_to(self.picture.high, SHORTEST)
        self.clear_stage()

    def say_claim(self) -> None:
        """Turn the first pair once more, and say what a derivative is."""
        self.picture = FunctionPicture(self.pen, self.clip, 0)
        with self.beat("say_claim"):
            self.play(Appear(*self.picture.everything()))
            self.turn_to(self.clip.circles_at, SHORTER)

    # -- parts of the picture -----------------------------------------------------------------------------------------

    def turn_to(self, x: float, share: float = 1.0) -> None:
        """Turn the first wheel, with a slow start and a slow stop."""
        self.play(SweepTo(self.picture.sweep, x, run_time=share * self.clip.sweep_seconds, steady=False))

    def clear_stage(self) -> None:
        """Let all but the title go when the next beat begins."""
        gone: list[Shown] = [shown for shown in self.standing if shown is not self.title]
        self.leave(*gone)


__getattr__, __dir__ = offer_clips(FunctionGears)
