"""A value that is used twice: it drives two trains from one shaft, a differential adds them, and its gradients add."""

from __future__ import annotations

from scenes.parts.pictures.sum_columns import WAYS, SumColumns
from scenes.parts.pictures.two_paths_picture import TwoPathsPicture
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, Grow, SweepTo, Vanish
from scenes.parts.stage.stage import Stage

NOTE, HOW, HALF, OPEN = -1.75, -2.26, 0.5, -2.9


class FanOut(Stage):
    """Where a value is used twice, its gradients add.

    x goes two ways to a plus; it is turned, and the plus adds the turns; the local derivative of each way; a question
    to the class; the plus hands the push on whole; each way multiplies; on the shaft of x the two pushes add.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.open_with_title()
        self.meet_the_paths()
        self.turn_x()
        self.read_slopes()
        self.ask_for_x()
        self.push_back()
        self.multiply_back()
        self.add_up()
        self.say_claim()

    def meet_the_paths(self) -> None:
        """Show the gears, their letters, and the value of each."""
        moving = self.clip.sweeps()["turn"]
        self.sweep = Sweep(moving.low, moving.quantities)
        self.picture, self.columns = TwoPathsPicture(self.pen, self.sweep), SumColumns(self.pen, self.sweep)
        rows = self.columns.values()
        note = self.columns.note("idler", NOTE)
        with self.beat("meet_the_paths"):
            self.play(Appear(*self.picture.wheels, lag=0.1, run_time=1.2))
            self.play(Appear(*self.picture.letters()))
            for row in rows:
                self.play(Appear(*row, run_time=0.4))
            self.play(Appear(note))
        self.leave(note, *(piece for row in rows for piece in row))

    def turn_x(self) -> None:
        """Turn x a little: both ways turn, and the plus adds the turns."""
        self.column, running = self.columns.turned(), self.columns.running()
        how = self.columns.note("mean", HOW)
        with self.beat("turn_x"):
            self.play(Appear(*self.column, *running, how))
            self.play(SweepTo(self.sweep, self.clip.turn, run_time=self.clip.turn_seconds, steady=False))
            self.play(Vanish(*running, run_time=0.25))
            stopped, again = self.columns.stopped(), self.columns.again()
            self.play(Appear(*stopped))
            self.play(Appear(*again))
        self.column += stopped
        self.leave(how, *again)

    def read_slopes(self) -> None:
        """Read the local derivative of each way, and write down what each turn is."""
        meaning, laws = self.columns.note("per_turn", NOTE), self.columns.laws()
        with self.beat("read_slopes"):
            for tag, law in zip(self.picture.tags(), laws, strict=False):
                self.play(Appear(*tag, *law))
            self.play(Appear(*laws[-1], meaning))
        self.leave(*self.column, meaning, *(piece for law in laws for piece in law))

    def ask_for_x(self) -> None:
        """Turn x back, push y by 1, and ask the class what x feels."""
        self.pushes, mark = self.picture.pushes(), self.pen.pause_mark()
        with self.beat("ask", seconds=self.clip.ask_hold / self.settings.pace):
            self.play(SweepTo(self.sweep, 0.0, run_time=0.8, steady=False))
            self.play(Appear(mark, *self.picture.legend(), *self.pushes["y"]))
        self.leave(mark)

    def push_back(self) -> None:
        """Follow the push of y through the plus, which hands it on to both ways, whole."""
        note = self.columns.note("half", HALF)
        with self.beat("push_back"):
            arrows = [self.pushes[way][0] for way in WAYS]
            self.play(Grow(*arrows), Appear(*(part for way in WAYS for part in self.pushes[way][1:])))
            self.play(Appear(note))
        self.leave(note)

    def multiply_back(self) -> None:
        """Multiply the push by the local derivative of each way."""
        spokes, heads = self.picture.contributions(), self.columns.heads()
        with self.beat("multiply_back"):
            self.play(Appear(*heads))
            for way, spoke in zip(WAYS, spokes, strict=True):
                factors, result = self.columns.product(way)
                self.play(Appear(*factors))
                self.play(Grow(spoke), Appear(*result))

    def add_up(self) -> None:
        """Add the two pushes on the shaft of x."""
        (first, second, total), names = self.columns.added(), self.columns.named_arrows()
        some_minus = any(arrow.quantity.number < 0 for arrow in (first, second, total))
        notes = [self.columns.note("open_head", OPEN)] if some_minus else []
        with self.beat("add_up"):
            self.play(Grow(first), Appear(names[0]))
            self.play(Grow(second), Appear(names[1], *notes))
            self.play(Grow(total), Appear(names[2], *self.columns.total(), *self.picture.felt_by_x()))

    def say_claim(self) -> None:
        """Say what holds wherever a value is used more than once."""
        with self.beat("say_claim"):
            pass


__getattr__, __dir__ = offer_clips(FanOut)
