"""A train of gears: turn x, and the loss gear answers; each mesh turns by its local derivative."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from scenes.parts.page import LABEL, LOOSE, NEAR, ROWS, Box, Column, Either, Form, Near, Over, Row, Slot, Table, during
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, SweepTo, Vanish
from scenes.parts.stage.paged import PagedStage
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import VALUE
from scenes.parts.things.gate import gate
from scenes.parts.things.gear_train import WITHIN, GearTrain
from scenes.parts.things.letters import live, name_of, number, sign, symbol, words
from scenes.parts.things.part import Part, shown_of

ROWS_SHOWN = ("turn_x", "turn_less")
SLOPES_SHOWN = ("read_ratios", "multiply", "ask")
MOVED = ("turn_x", "predicted", "recomputed", "gap")


class ChainRuleGears(PagedStage):
    """Turn x, and the loss gear answers: every mesh turns by its own local derivative.

    Two gears alone, which slide into the whole train; x turned a little, and less: predicted, recomputed, gap; the
    slope of each mesh; their product; a question to the class; L turned, and how far x turns then; what flows back is
    not turn.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.meet_two_gears()
        self.build_train()
        self.turn_x()
        self.turn_less()
        self.read_ratios()
        self.multiply()
        self.ask("ask")
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
        for each in (self.pair, self.train, self.pushed):
            self.part(each.part)
        alone = Column(self.pair.part, LOOSE, self.pair_numbers(), align="origin", anchor=0)
        below = Slot(*self.below())
        self.slot = self.part(Part("slot of the pair", Form.fixed(), draw=lambda *_: ()))
        slot = Near([self.slot], at=[self.pair.shift])
        whole = Column(Over(self.train.part, self.pushed.part, slot), LABEL, below, align="origin", anchor=0)
        beats = type(clip.words).beats()
        self.lay_out({"pair": self.framed(alone, *beats[:1]), "train": self.framed(whole, *beats[1:])})

    def pair_numbers(self) -> Box:
        """Return what stands under the two gears: how far each turns, and the slope between them."""
        ends = zip(("pair_0", "pair_1"), self.pair.columns, strict=True)
        self.turned = [(self.follower(self.small, name, [0.0, self.clip.turns[0]]), x) for name, x in ends]
        mesh = f"local_{len(self.clip.slopes) - 1}"
        self.slope = self.part(number(self.pen, mesh, form="equation", called="slope of the pair"))
        self.meaning = self.note("per_turn")
        middle = Column(self.slope, self.meaning, gap=LABEL, align="origin", anchor=0)
        rows = [Row(*parts, gap=NEAR) for parts, _ in self.turned]
        at = [x for _, x in self.turned]
        return Near([rows[0], middle, rows[1]], at=[at[0], self.pair.mesh_columns[0], at[1]], within=WITHIN)

    def follower(self, sweep: Sweep, name: str, inputs: list[float]) -> list[Part]:
        """Return the symbol of what is turned, and its number, with room for all its moments."""
        swept = self.clip.sweeps()["pair" if sweep is self.small else "turn"]
        moments = [swept.quantities(x)[name].number for x in inputs]
        made = symbol(self.pen, name, height=VALUE), live(self.pen, sweep[name], moments)
        return [self.part(part) for part in made]

    def note(self, key: str) -> Part:
        """Return a note in quiet words."""
        return self.part(words(self.pen, key, colour="quiet", align="centre", most=2))

    def below(self) -> Iterator[Box]:
        """Yield what stands under the train, in its beats."""
        self.turn_legend = [self.note(key) for key in ("plus", *(["idler"] if self.clip.has_idlers else []))]
        yield during(Column(*self.turn_legend, gap=LABEL, align="origin"), "build_train")
        yield during(Column(Table(*self.strip(), lines=ROWS)), *ROWS_SHOWN)
        yield during(self.slopes(), *SLOPES_SHOWN)
        ends = (-self.quantities["back_x"].number, self.quantities["back_x"].number)
        first, last = self.clip.nodes[0], self.clip.nodes[-1]
        self.back = [self.follower(self.sweep, f"turn_{name}", [0.0, *ends]) for name in (first, last)]
        rows = Near(
            [Row(*parts, gap=NEAR) for parts in self.back], at=[self.train.columns[i] for i in (0, -1)], within=WITHIN
        )
        self.division = self.divided()
        yield during(
            Column(rows, Column(Row(*self.division, gap=LABEL)), gap=LABEL, align="origin", anchor=0), "turn_back"
        )

    def strip(self) -> Iterator[list[Part]]:
        """Yield the rows of the strip: heads, and for each turn of x what the gears predict and what is found."""
        keys = ("step", *MOVED[1:])
        self.heads = [
            self.part(words(self.pen, key, colour="quiet", align="right", most=2, called=f"head {key}")) for key in keys
        ]
        yield self.heads
        self.written = []
        for i in range(len(self.clip.turns)):
            names = (f"dx_{i}", *(f"{name}_{i}" for name in MOVED[1:]))
            self.written.append([self.part(number(self.pen, name, align="right")) for name in names])
            yield self.written[-1]

    def slopes(self) -> Box:
        """Return the slope of each mesh with the name of its function, and the line in which they multiply."""
        pen, clip, count = self.pen, self.clip, len(self.clip.slopes)
        stages = [*clip.stages, *(["loss"] if clip.has_loss else [])]
        self.plates = [self.part(gate(pen, f"local_{i}")) for i in range(count)]
        functions = {i: "loss" if stage == "loss" else f"function_{i}" for i, stage in enumerate(stages)}
        of = [
            symbol(pen, s, height=VALUE, called=f"weight {s}") if s in clip.weights else name_of(pen, functions[i])
            for i, s in enumerate(stages)
        ]
        self.functions = [self.part(part) for part in of]
        pairs = zip(self.functions, self.plates, strict=True)
        each = [Column(*pair, gap=LABEL, align="centre") for pair in pairs]
        self.factors = [
            self.part(number(pen, f"local_{i}", form="operand" if i else "number", called=f"factor {i}"))
            for i in range(count)
        ]
        signs = [self.part(sign(pen, "times" if i else "=", called=f"sign {i}")) for i in range(count)]
        first = self.part(symbol(pen, "dL_dx", height=VALUE, called="what they make"))
        self.last = [self.part(sign(pen, "=", called="sign last")), self.part(number(pen, "dL_dx", called="product"))]
        line = [first, *(part for pair in zip(signs, self.factors, strict=True) for part in pair), *self.last]
        self.signs, half = [first, *signs], len(line) // 4 * 2 + 1
        product = Either(
            Row(*line, gap=LABEL), Column(*(Row(*each, gap=LABEL) for each in (line[:half], line[half:])), gap=LABEL)
        )
        tags = Near(each, at=self.train.mesh_columns, levels=2, within=WITHIN)
        return Column(tags, Column(product), gap=LABEL, align="origin", anchor=0)

    def divided(self) -> list[Part]:
        """Return how far x turns: the turn of L over the product."""
        pen = self.pen
        made = [
            symbol(pen, "back_x", height=VALUE),
            sign(pen, "=", called="back 1"),
            number(pen, "back_L"),
            sign(pen, "div", called="back 2"),
        ]
        made += [
            number(pen, "dL_dx", form="operand", called="divisor"),
            sign(pen, "=", called="back 3"),
            number(pen, "back_x"),
        ]
        return [self.part(part) for part in made]

    # -- the beats ----------------------------------------------------------------------------------------------------

    def meet_two_gears(self) -> None:
        """Turn the last gear but one, and the last one turns by the local derivative."""
        pair, numbers = self.pair, [part for parts, _ in self.turned for part in parts]
        angles = pair.angles("turn_scale_deg")
        with self.beat("meet_two_gears"):
            self.play(Appear(*self.head.shown, *pair.wheels, *pair.names))
            self.play(Appear(*angles, *shown_of(*numbers)))
            self.rotate(self.small, self.clip.turns[0])
            self.play(Appear(*shown_of(self.slope, self.meaning)))
        self.leave(*angles, *shown_of(*numbers, self.slope, self.meaning), *pair.names)

    def build_train(self) -> None:
        """Let the two gears slide into the train of all values."""
        train, pair = self.train, self.pair
        with self.beat("build_train"):
            self.rotate(self.small, 0.0, run_time=0.8)
            theirs = train.chain[-len(pair.chain) :]
            self.play(Travel(*pair.chain, along=(pair.part, self.slot)))
            self.play(Appear(*(wheel for wheel in train.wheels if wheel not in theirs), lag=0.1, run_time=1.2))
            self.play(Travel(*theirs, from_=pair.chain, run_time=0.1))
            self.play(Appear(*train.names))
            self.play(Appear(*shown_of(*self.turn_legend)))
        self.leave(*shown_of(*self.turn_legend))

    def turn_x(self) -> None:
        """Turn x a little: the gears predict how far L moves, the network is computed again, a gap is left."""
        self.angles = self.train.angles("turn_scale_deg")
        with self.beat("turn_x"):
            self.play(Appear(*shown_of(*self.heads), *self.angles))
            self.move_to(0)

    def turn_less(self) -> None:
        """Turn x less, and the gap shrinks faster than the turn."""
        with self.beat("turn_less"):
            self.move_to(1)
        self.leave(*shown_of(*self.heads, *self.written[0], *self.written[1]))

    def move_to(self, i: int) -> None:
        """Turn x by one of the stated turns, and write down what the turned gears say."""
        self.rotate(self.sweep, self.clip.turns[i])
        for part in self.written[i]:
            self.play(Appear(*part.shown))

    def read_ratios(self) -> None:
        """Read at each mesh by how much it turns out per turn in."""
        with self.beat("read_ratios"):
            self.rotate(self.sweep, 0.0, run_time=0.8)
            for pair in zip(self.functions, self.plates, strict=True):
                self.play(Appear(*shown_of(*pair)))

    def multiply(self) -> None:
        """Let the slopes fall into one line, and multiply: what L turns per turn of x."""
        with self.beat("multiply"):
            said = [next(s for s in plate.shown if s.kind == "readout") for plate in self.plates]
            self.play(Travel(*self.factors, from_=said, copy=True))
            self.play(Appear(*shown_of(*self.signs)))
            self.play(Appear(*shown_of(*self.last)))

    def turn_back(self) -> None:
        """Turn L by a little: x must turn as far as the product asks."""
        tags = shown_of(*self.functions, *self.plates, *self.factors, *self.signs, *self.last)
        shown = shown_of(*(part for parts in self.back for part in parts))
        self.leave(*tags)
        with self.beat("turn_back"):
            self.play(Appear(*shown))
            self.rotate(self.sweep, self.quantities["back_x"].number)
            self.play(Appear(*shown_of(*self.division)))
        self.leave(*shown, *shown_of(*self.division), *self.angles)

    def say_not_turn(self) -> None:
        """Say what does flow back."""
        train, last = self.pushed, len(self.clip.nodes) - 1
        with self.beat("say_not_turn"):
            self.play(Vanish(*self.train.wheels, *self.train.names), Appear(*train.wheels, *train.names))
            self.rotate(self.sweep, 0.0, run_time=0.8)
            self.play(Appear(*train.spoke(last), *train.sense(last)))

    def rotate(self, sweep: Sweep, end: float, run_time: float | None = None) -> None:
        """Turn a train, with a slow start and a slow stop."""
        self.play(SweepTo(sweep, end, run_time=run_time or self.clip.turn_seconds, steady=False))


__getattr__, __dir__ = offer_clips(ChainRuleGears)
