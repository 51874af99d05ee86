"""A train of gears: turn x, and the loss gear answers; each mesh multiplies the turn by its local derivative."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from scenes.parts.page import LABEL, LOOSE, ROWS, Box, Column, Form, Near, Over, Slot, Table, during
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.geared import GearStage
from scenes.parts.stage.motions import Appear, SweepTo, Vanish
from scenes.parts.stage.travel import Travel
from scenes.parts.things.formula import Formula
from scenes.parts.things.gear_train import WITHIN, GearTrain
from scenes.parts.things.letters import live, number, words
from scenes.parts.things.part import Part, shown_of

TURNED = ("turn_x", "turn_less", "turn_less_too")
SLOPES = ("read_ratios", "multiply")
BACK = ("turn_back", "cannot_turn_back")
TINY = 1e-6
MOVED = ("predicted", "recomputed", "gap")


class ChainRuleGears(GearStage):
    """Turn x, and the loss gear answers: every mesh multiplies the turn by its own local derivative.

    Two gears alone, which slide into the whole train; x turned a little, and less: predicted, recomputed, gap; the
    slope of each mesh; their product; a question to the class with two answers; x turned by the tempting one, and by
    the other; what flows back is not turn.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.meet_two_gears()
        self.build_train()
        self.turn_x()
        self.read_ratios()
        self.multiply()
        self.ask("ask", *shown_of(*(part for guess in self.guesses for part in guess.parts)))
        self.turn_back()
        self.say_not_turn()

    # -- where things stand -------------------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Lay out the two gears alone, and the train with what stands under it."""
        clip, pen, nodes = self.clip, self.pen, self.clip.nodes
        self.small, self.sweep = (Sweep(0.0, clip.sweeps()[name].quantities) for name in ("pair", "turn"))
        two = partial(GearTrain, pen, nodes[-2:], named=nodes[-2:], prefix="pair_", centred=True, called="pair")
        self.pair = two(sweep=self.small, turns=("pair_0", "pair_1"), role="value", low=True)
        turns = [f"turn_{name}" for name in nodes]
        self.train = GearTrain(pen, nodes, sweep=self.sweep, turns=turns, named=nodes, role="value", low=True)
        self.pushed = GearTrain(pen, nodes, sweep=self.sweep, turns=turns, named=nodes, called="pushed")
        self.legend_of_turns = self.note("plus")
        told: list[Item] = [self.pair_numbers(), self.legend_of_turns]
        alone = Column(self.pair.part, LOOSE, *told, gap=LABEL, align="origin", anchor=0)
        self.slot = Part("slot of the pair", Form.fixed(), draw=lambda *_: ())
        trains = Over(self.train.part, self.pushed.part, Near([self.slot], at=[self.pair.shift]))
        whole = Column(trains, LABEL, Slot(*self.below()), align="origin", anchor=0)
        self.quarters = [words(pen, "quarter_turn", colour="quiet", most=1, called=f"scale {i}") for i in range(2)]
        first, *beats = self.beats_but(*clip.left_out)
        pair = self.framed(alone, first, corner=self.quarters[0])
        self.lay_out({"pair": pair, "train": self.framed(whole, *beats, corner=self.quarters[1])})

    def pair_numbers(self) -> Box:
        """Return what stands under the two gears: how far each turns, and the slope between them."""
        self.turned = [self.follower("pair", name, [0.0, self.clip.turns[0]]) for name in ("pair_0", "pair_1")]
        mesh = f"local_{len(self.clip.slopes) - 1}"
        self.slope = [number(self.pen, mesh, form="equation", called="slope of the pair"), self.note("per_turn")]
        middle = Column(*self.slope, gap=LABEL, align="origin", anchor=0)
        at = [self.pair.columns[0], self.pair.mesh_columns[0], self.pair.columns[1]]
        return Near([self.turned[0], middle, self.turned[1]], at=at, within=WITHIN)

    def follower(self, by: str, name: str, inputs: list[float]) -> Part:
        """Return a number that a sweep moves, after its symbol, with room for all its moments."""
        on_the_way = [x * share for x in inputs for share in (TINY, 1.0)]  # what is nearly 0 is longer than 0
        moments = [self.clip.sweeps()[by].quantities(x)[name].number for x in on_the_way]
        return live(self.pen, (self.small if by == "pair" else self.sweep)[name], moments, symbol=name)

    def below(self) -> Iterator[Box]:
        """Yield what stands under the train, in its beats."""
        pen, clip, last = self.pen, self.clip, len(self.clip.nodes) - 1
        self.mesh_line, (self.values, values) = self.slopes_line(), self.values_line()
        self.between = [self.note("idler")] if clip.has_idlers else []
        yield during(self.hung(values, *self.between), "build_train")
        yield during(Column(Table(*self.strip(), lines=ROWS)), *TURNED)
        locals_ = [piece for i in range(last) for piece in ("times" if i else "=", f"local_{i}")]
        self.product = Formula(pen, "dL_dx", *locals_, "=", "dL_dx")
        yield during(self.hung(self.mesh_line.box, LOOSE, during(self.product.box, SLOPES[1])), *SLOPES)
        yield from self.back()
        self.ends = [number(pen, n, called=f"push {n}") for n in ("dL_dx", f"dL_d{clip.nodes[-1]}")]
        self.said = Formula(pen, "dL_dx", *locals_, "=", "dL_dx", called="said")
        self.felt, ends = self.note("felt"), self.under_gears(self.ends, (0, last))
        yield during(self.hung(ends, self.felt, self.said.box), "say_not_turn")

    def strip(self) -> Iterator[list[Part]]:
        """Yield the rows of the strip: heads, and for each turn of x what the gears predict and what is found."""
        head = partial(words, self.pen, colour="quiet", align="right", most=2)
        self.heads = [head(key, called=f"head {key}") for key in ("step", *MOVED)]
        yield self.heads
        rows = ((f"dx_{i}", *(f"{name}_{i}" for name in MOVED)) for i in range(len(self.clip.turns)))
        self.written = [[number(self.pen, name, align="right") for name in row] for row in rows]
        yield from self.written

    def back(self) -> Iterator[Box]:
        """Yield two ways to answer how far x turns, how far each would turn L, and what x and L do."""
        pen, last = self.pen, len(self.clip.nodes) - 1
        self.guesses, self.checks, self.followers = list[Formula](), list[list[Part]](), list[Part]()
        if not self.clip.turns_back:
            self.checks = [[self.note("free")]]
            yield during(self.hung(*self.checks[0]), BACK[1])
            return
        tried = [self.quantities[name].number for name in ("guess_x", "back_x")]
        ends = (self.clip.nodes[0], self.clip.nodes[-1])
        self.followers = [self.follower("turn", f"turn_{name}", [0.0, *tried]) for name in ends]
        for x, by, turned in (("guess_x", "times", "guess_L"), ("back_x", "div", "back_L")):
            self.guesses.append(Formula(pen, x, "=", "back_L", by, "dL_dx", "=", x))
            self.checks.append([words(pen, "then", colour="quiet", called=f"then {x}"), number(pen, turned)])
        rows: list[list[Item]] = [[guess.box, *check] for guess, check in zip(self.guesses, self.checks, strict=True)]
        lines = self.hung(self.under_gears(self.followers, (0, last)), LOOSE, Column(Table(*rows, lines=ROWS)))
        yield during(lines, "ask", BACK[0])

    # -- the beats ----------------------------------------------------------------------------------------------------

    def meet_two_gears(self) -> None:
        """Turn the last gear but one, and the last one turns by the local derivative."""
        pair, angles = self.pair, self.pair.angles("turn_scale_deg")
        with self.beat("meet_two_gears"):
            self.play(Appear(*self.head.shown, *self.quarters[0].shown, *pair.wheels, *pair.names))
            self.play(Appear(*angles, *shown_of(*self.turned)))
            self.rotate(self.small, self.clip.turns[0])
            self.play(Appear(*shown_of(*self.slope)))
            self.play(Appear(*self.legend_of_turns.shown))
        self.leave(*angles, *shown_of(*self.turned, *self.slope, self.legend_of_turns), *pair.names)

    def build_train(self) -> None:
        """Let the two gears slide into the train of all values, each with its number."""
        train, pair = self.train, self.pair
        with self.beat("build_train"):
            self.rotate(self.small, 0.0, run_time=0.8)
            theirs = train.chain[-len(pair.chain) :]
            self.play(Travel(*pair.chain, along=(pair.part, self.slot)))
            self.play(Appear(*(wheel for wheel in train.wheels if wheel not in theirs), lag=0.1, run_time=1.2))
            self.play(Travel(*theirs, from_=pair.chain, run_time=0.1))
            self.play(Appear(*train.names, *shown_of(*self.values), lag=0.1))
            self.play(Appear(*shown_of(*self.between)))
        self.leave(*shown_of(*self.values, *self.between))

    def turn_x(self) -> None:
        """Turn x a little, then less: the gears predict how far L moves, the network is computed again."""
        self.angles = self.train.angles("turn_scale_deg")
        for i, beat in enumerate((TURNED[0], TURNED[2 - self.clip.gap_shrinks])):
            with self.beat(beat):
                if i == 0:
                    self.play(Appear(*shown_of(*self.heads), *self.angles))
                self.rotate(self.sweep, self.clip.turns[i])
                for part in self.written[i]:
                    self.play(Appear(*part.shown))
            self.leave(*(self.angles[1:] if i == 0 else []))  # of so small a turn they would be slivers
        self.leave(*self.angles[:1], *shown_of(*self.heads, *(part for row in self.written for part in row)))

    def read_ratios(self) -> None:
        """Read at each mesh by how much it turns out per turn in, and how that follows."""
        with self.beat(SLOPES[0]):
            self.rotate(self.sweep, 0.0, run_time=0.8)
            for i in range(len(self.clip.slopes)):
                self.play(Appear(*self.mesh_line.at(i)))

    def multiply(self) -> None:
        """Let the slopes fall into one line, and multiply: what L turns per turn of x."""
        with self.beat(SLOPES[1]):
            said = [self.mesh_line.slope(i) for i in range(len(self.clip.slopes))]
            self.play(Travel(*self.product.factors, from_=said, copy=True))
            self.play(Appear(*shown_of(*self.product.signs[:-1])))
            self.play(Appear(*shown_of(*self.product.result)))
        self.leave(*self.mesh_line.everything, *shown_of(*self.product.parts))

    def turn_back(self) -> None:
        """Turn x as either answer says, and see how far L turns: only one turns it as far as was asked."""
        turned = shown_of(*self.followers)
        with self.beat(BACK[not self.clip.turns_back]):
            self.play(Appear(*turned))
            for guess, check in zip(self.guesses, self.checks, strict=False):
                self.play(Appear(*shown_of(*guess.parts), *(self.angles if guess is self.guesses[-1] else [])))
                self.rotate(self.sweep, self.quantities[guess.name].number)
                self.play(Appear(*shown_of(*check)))
            if not self.guesses:
                self.play(Appear(*shown_of(*self.checks[0])))
        guessed = [part for guess in self.guesses for part in guess.parts]
        self.leave(*turned, *shown_of(*guessed, *(part for check in self.checks for part in check)))
        self.leave(*(self.angles if self.guesses else []))

    def say_not_turn(self) -> None:
        """Say what does flow back."""
        train, last = self.pushed, len(self.clip.nodes) - 1
        with self.beat("say_not_turn"):
            self.play(Vanish(*self.train.wheels, *self.train.names), Appear(*train.wheels, *train.names))
            self.rotate(self.sweep, 0.0, run_time=0.8)
            self.play(Appear(*train.spoke(last), *train.sense(last), *self.ends[1].shown))
            self.play(Appear(*shown_of(*self.said.parts)))
            self.play(Appear(*train.spoke(0), *train.sense(0), *self.ends[0].shown, *self.felt.shown))

    def rotate(self, sweep: Sweep, end: float, run_time: float | None = None) -> None:
        """Turn a train, with a slow start and a slow stop."""
        self.play(SweepTo(sweep, end, run_time=run_time or self.clip.turn_seconds, steady=False))


__getattr__, __dir__ = offer_clips(ChainRuleGears)
