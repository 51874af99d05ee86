"""A train of gears: turn x, and the loss gear answers; each mesh turns by its local derivative."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.parts.pictures.rows import in_a_row, width_of
from scenes.parts.pictures.train_picture import TrainPicture
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, Grow, SweepTo, Vanish
from scenes.parts.stage.stage import LEFT_EDGE, Stage
from scenes.parts.things.base import Shown
from scenes.parts.things.gear_pen import GearPen
from scenes.parts.things.lettering import Lettering

VALUES, TAGS, NAMES, PRODUCT = (1.74, 1.25), -2.1, -2.7, -2.85
HEADS, ROWS, COLUMNS = -1.93, (-2.41, -2.88), (-5.5, -2.1, 1.9, 5.2)
HALF_NUMBER = 0.3  # from the point of a number to its middle
PAIR_NAMES, PAIR_NUMBERS, LEGEND = 0.1, -0.5, ((6.5, 3.25), 0.35)


class ChainRuleGears(Stage):
    """Turn x, and the loss gear answers: every mesh turns by its own local derivative.

    Two gears alone; the whole train; x turned a little, and less: predicted, recomputed, gap; the ratio of each mesh;
    their product; a question to the class; L turned, and x turns by more; what flows back is not turn.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.open_with_title()
        self.meet_two_gears()
        self.build_train()
        self.turn_x()
        self.turn_less()
        self.read_ratios()
        self.multiply()
        self.ask("ask", self.pen.readout("dL_dx", form="equation").at(0.0, PRODUCT))
        self.turn_back()
        self.say_not_turn()

    def meet_two_gears(self) -> None:
        """Turn the last gear but one, and the last one turns by the local derivative."""
        moving = self.clip.sweeps()["pair"]
        sweep = Sweep(moving.low, moving.quantities)
        turns = ("pair_0", "pair_1")
        pair = TrainPicture(self.pen, self.clip.nodes[-2:], prefix="pair_", sweep=sweep, turns=turns)
        ends = [
            plan.centre[0] + side * (plan.pitch_radius + 1.2) for plan, side in zip(pair.plans, (-1, 1), strict=True)
        ]
        names = [self.pen.symbol(turn).at(x, PAIR_NAMES) for turn, x in zip(turns, ends, strict=True)]
        numbers = [
            self.pen.live_readout(sweep[t]).at(x - HALF_NUMBER, PAIR_NUMBERS) for t, x in zip(turns, ends, strict=True)
        ]
        mesh = f"local_{len(self.clip.slopes) - 1}"
        (tag,) = pair.tags([mesh], TAGS)
        name = self.pen.symbol(mesh, align="right").at(pair.mesh(0)[0] - 1.25, TAGS)
        meaning = self.pen.words("per_turn", colour="quiet", align="centre").at(pair.mesh(0)[0], PRODUCT)
        with self.beat("meet_two_gears"):
            self.play(Appear(*pair.wheels))
            self.play(Appear(*pair.angles("turn_scale_deg"), *names, *numbers))
            self.turn(sweep, moving.high)
            self.play(Appear(*tag, name, meaning))
        self.leave(*(shown for shown in self.standing if shown is not self.title))

    def build_train(self) -> None:
        """Set up one gear for each value."""
        self.sweep = Sweep(0.0, self.clip.sweeps()["turn"].quantities)
        turns = [f"turn_{name}" for name in self.clip.nodes]
        self.train = TrainPicture(self.pen, self.clip.nodes, sweep=self.sweep, turns=turns)
        notes: list[Shown] = [self.pen.words("plus", colour="quiet", align="centre").at(0.0, ROWS[0])]
        if self.train.idlers:
            notes.append(self.pen.words("idler", colour="quiet", align="centre").at(0.0, ROWS[1]))
        with self.beat("build_train"):
            self.play(Appear(*self.train.wheels, lag=0.15, run_time=1.2))
            self.play(Appear(*self.train.values(*VALUES)))
            self.play(Appear(*notes))
        self.leave(*notes)

    def turn_x(self) -> None:
        """Turn x a little: the gears predict how far L moves, the network is computed again, a gap is left."""
        self.angles = self.train.angles("turn_scale_deg")
        keys = zip(("step", "predicted", "recomputed", "gap"), COLUMNS, strict=True)
        self.heads = [self.pen.words(key, colour="quiet", align="centre").at(x, HEADS) for key, x in keys]
        self.row: list[Shown] = []
        self.explained = self.legend()
        with self.beat("turn_x"):
            self.play(Appear(*self.heads, *self.angles, *self.explained))
            self.move_to(0)

    def turn_less(self) -> None:
        """Turn x less, and the gap shrinks faster than the turn."""
        with self.beat("turn_less"):
            self.move_to(1)
        self.leave(*self.row, *self.heads, *self.explained)

    def read_ratios(self) -> None:
        """Read at each mesh by how much it turns out per turn in."""
        meshes = [f"local_{i}" for i in range(len(self.clip.slopes))]
        self.tags = self.train.tags(meshes, TAGS)
        names = self.train.mesh_names(meshes, self.tags, NAMES)
        with self.beat("read_ratios"):
            self.turn(self.sweep, 0.0, run_time=0.8)
            for parts, name in zip(self.tags, names, strict=True):
                self.play(Appear(*parts, name))
        self.leave(*names)

    def multiply(self) -> None:
        """Multiply the ratios: what L turns per turn of x."""
        pieces = self.product()
        with self.beat("multiply"):
            self.play(Appear(*pieces[:-2]))
            self.play(Appear(*pieces[-2:]))
        self.leave(*(part for parts in self.tags for part in parts), *pieces)

    def turn_back(self) -> None:
        """Turn L by a little: x must turn by so much more."""
        pen = self.pen
        pieces: list[Lettering] = [pen.symbol("back_x"), pen.sign("="), pen.readout("back_L"), pen.sign("div")]
        pieces += [pen.readout("dL_dx", form="operand"), pen.sign("="), pen.readout("back_x")]
        in_a_row(pieces, -width_of(pieces) / 2, PRODUCT)
        ends = (("turn_x", self.train.columns[0]), (f"turn_{self.clip.nodes[-1]}", self.train.columns[-1]))
        shown: list[Shown] = [pen.symbol(name).at(x, TAGS + 0.35) for name, x in ends]
        shown += [pen.live_readout(self.sweep[name]).at(x - HALF_NUMBER, TAGS - 0.15) for name, x in ends]
        explained = self.legend()
        with self.beat("turn_back"):
            self.play(Appear(*shown, *explained))
            self.turn(self.sweep, self.quantities["back_x"].number)
            self.play(Appear(*pieces))
        self.leave(*shown, *pieces, *self.angles, *explained)

    def say_not_turn(self) -> None:
        """Say what does flow back."""
        with self.beat("say_not_turn"):
            push = self.train.spoke(len(self.clip.nodes) - 1)
            self.play(*(Grow(spoke) for spoke in push[:1]), Appear(*push[1:], *self.train.legend("scale")))

    # -- parts of the picture -----------------------------------------------------------------------------------------

    def turn(self, sweep: Sweep, end: float, run_time: float | None = None) -> None:
        """Turn a train, with a slow start and a slow stop."""
        self.play(SweepTo(sweep, end, run_time=run_time or self.clip.turn_seconds, steady=False))

    def legend(self) -> tuple[Shown, Shown]:
        """Return the slice of the first turn, and the words that say so."""
        (x, y), radius = LEGEND
        words = self.pen.words("turn_legend", colour="quiet", align="right").at(-LEFT_EDGE, y - 0.5)
        return GearPen(self.pen).angle("dx_0", "turn_scale_deg", hub=(x, y), radius=radius), words

    def move_to(self, index: int) -> None:
        """Turn x by one of the stated turns, with the numbers running, and write down where they stop."""
        line = ROWS[index]
        names = ("turn_x", "predicted", "recomputed", "gap")
        running = [self.pen.live_readout(self.sweep[name]).at(x, line) for name, x in zip(names, COLUMNS, strict=True)]
        stopped = [f"dx_{index}", *(f"{name}_{index}" for name in names[1:])]
        written = [self.pen.readout(name).at(x, line) for name, x in zip(stopped, COLUMNS, strict=True)]
        self.play(Appear(*running))
        self.turn(self.sweep, self.clip.turns[index])
        self.play(Vanish(*running, run_time=0.25))
        self.play(Appear(*written))
        self.row += written

    def product(self) -> Sequence[Lettering]:
        """Return the product of all ratios on one line, what it makes last."""
        pen = self.pen
        pieces: list[Lettering] = [pen.symbol("dL_dx")]
        for i in range(len(self.clip.slopes)):
            pieces += [pen.sign("times" if i else "="), pen.readout(f"local_{i}", form="operand" if i else "number")]
        pieces += [pen.sign("="), pen.readout("dL_dx")]
        in_a_row(pieces, max(LEFT_EDGE, -width_of(pieces) / 2), PRODUCT)
        return pieces


__getattr__, __dir__ = offer_clips(ChainRuleGears)
