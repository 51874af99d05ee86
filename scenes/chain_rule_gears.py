"""A train of gears: turn x, and the loss gear answers; each mesh multiplies the turn by its local derivative."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import cast

from scenes.parts.page import LABEL, LOOSE, ROWS, Box, Column, Form, Near, Over, Slot, Table, during
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.geared import GearStage
from scenes.parts.stage.motions import Appear, Vanish
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.formula import Formula
from scenes.parts.things.gear_train import WITHIN, GearTrain
from scenes.parts.things.headed import Headed
from scenes.parts.things.letters import live, number, words
from scenes.parts.things.part import Part, or_nothing, shown_of

TURNED = ("turn_x", "compare", "turn_less", "turn_less_too")
SLOPES = ("read_ratios", "read_others", "multiply")
BACK = ("turn_back", "cannot_turn_back")
LAST, TINY, NARROW, MOVED = "say_not_turn", 1e-6, 2.4, ("predicted", "recomputed", "gap")


class ChainRuleGears(GearStage):
    """Turn x, and the loss gear answers: every mesh multiplies the turn by its own local derivative.

    Two gears alone, which slide into the train; the slope of each mesh; their product; x turned a little: predicted,
    recomputed, gap; a question to the class with two answers; x turned by both; what flows back is not turn.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.meet_two_gears()
        self.build_train()
        self.read_ratios()
        self.multiply()
        self.turn_x()
        self.compare()
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
        alone = Column(self.pair.part, LOOSE, *self.pair_numbers(), gap=ROWS, align="origin", anchor=0)
        self.slot = Part("slot of the pair", Form.fixed(), draw=lambda *_: ())
        trains = Over(self.train.part, Near([self.slot], at=[self.pair.shift]))
        whole = Column(trains, LABEL, Slot(*self.below()), align="origin", anchor=0)
        self.known = self.values_over()
        self.felt_by, self.times = self.pushes_line(self.train), self.slopes_line([len(self.slopes) - 1], "times ")
        end = Column(self.felt_by.box, ROWS, self.hung(self.times.box, ROWS, self.felt), align="origin", anchor=0)
        last = Over(end, self.over_mesh("push"))
        first, *beats = self.beats_but(*clip.left_out)
        self.turned_by = self.note("turned", within=NARROW, called="turned x")
        turning = during(self.over_gear(0, self.turned_by), TURNED[0])
        over = Over(whole, turning, during(self.known.box, *SLOPES), during(last, LAST))
        self.lay_out({"pair": self.framed(alone, first), "train": self.framed(over, *beats)})

    def pair_numbers(self) -> list[Item]:
        """Return what stands under the two gears: how far each turns, and what that makes the slope between them."""
        self.turned = [self.follower(name) for name in ("pair_0", "pair_1")]
        mesh = f"local_{len(self.clip.slopes) - 1}"
        ends = [f"pair_turn_{i}" for i in (0, 1)]
        self.stopped = [Formula(self.pen, end, "=", end) for end in ends]
        self.ratio = Formula(self.pen, mesh, "=", ends[1], "div", ends[0], "=", mesh, called="slope of the pair")
        self.per_turn, self.teeth = self.note("per_turn"), self.note("teeth")
        self.scaled = cast(Part, (scale := or_nothing(self.note("turned"), "scale")).part)
        pairs = [Over(part, still.box) for part, still in zip(self.turned, self.stopped, strict=True)]
        first = Near([scale], at=self.pair.columns[:1], within=WITHIN)
        return [Near(pairs, at=self.pair.columns, within=WITHIN), first, self.teeth, self.ratio.box, self.per_turn]

    def follower(self, name: str) -> Part:
        """Return how far one of the two gears has turned, after its symbol; what is nearly 0 is longer than 0."""
        of = self.clip.sweeps()["pair"]
        on_the_way = [of.quantities(self.clip.turns[0] * share)[name].number for share in (0.0, TINY, 1.0)]
        return live(self.pen, self.small[name], on_the_way, symbol=name, align="left")

    def below(self) -> Iterator[Box]:
        """Yield what stands under the train, in its beats."""
        pen, nodes = self.pen, self.clip.nodes
        self.mesh_line, self.moved = self.slopes_line(), [self.note("before"), self.note("after")]
        self.between = [self.note(key) for key in self.marked_wheels()]
        if self.between:
            at = list(self.marked_wheels().values())
            yield during(self.hung(Near(self.between, at=at, within=WITHIN)), "build_train")
        spots = [nodes[i] for i in self.spots]
        self.rows = [[number(pen, f"{k}{n}", called=f"row {k}{n}") for n in spots] for k in ("", "new_")]
        yield during(self.hung(*self.headed(self.moved, self.rows)), TURNED[0])
        rows = [(f"dx_{i}", *(f"{name}_{i}" for name in MOVED)) for i in range(len(self.clip.turns))]
        self.strip = Headed(pen, ("step", *MOVED), rows)
        yield during(Column(self.strip.table), *TURNED[1:])
        factors = [piece for name in self.slopes for piece in ("times", name)]
        self.product = Formula(pen, "dL_dx", "=", *factors[1:], "=", "dL_dx")
        self.answer, self.felt = (words(pen, key, height=VALUE, align="centre", most=2) for key in ("answer", "felt"))
        result = Column(self.product.box, LABEL, self.answer, align="origin", anchor=0)
        yield during(self.hung(self.mesh_line.box, LOOSE, during(result, SLOPES[-1])), *SLOPES)
        yield from self.back()

    def back(self) -> Iterator[Box]:
        """Yield two ways to answer how far x turns, and how far each would turn L."""
        pen, self.guesses, self.checks = self.pen, list[Formula](), list[list[Part]]()
        self.heads_back = [self.note(key, called=f"{key} back") for key in MOVED[:2]]
        if not self.clip.turns_back:
            self.checks = [[self.note("free")]]
            yield during(self.hung(*self.checks[0]), BACK[1])
            return
        for x, by, turned in (("guess_x", "times", "guess_L"), ("back_x", "div", "back_L")):
            self.guesses.append(Formula(pen, x, "=", "back_L", by, "dL_dx", "=", x))
            self.checks.append([number(pen, name) for name in (turned, f"{x.removesuffix('_x')}_found")])
        rows: list[list[Item | None]] = [[None, *self.heads_back]]
        rows += [[guess.from_left, *check] for guess, check in zip(self.guesses, self.checks, strict=True)]
        yield during(self.hung(Column(Table(*rows, lines=ROWS))), "ask", BACK[0])

    # -- the beats ----------------------------------------------------------------------------------------------------

    def meet_two_gears(self) -> None:
        """Turn the last gear but one, and the last one turns by the local derivative."""
        pair, angles, ratio = self.pair, self.pair.angles("turn_scale_deg"), self.ratio
        stopped = [part for still in self.stopped for part in still.parts]
        with self.beat("meet_two_gears"):
            self.play(Appear(*self.head.shown, *pair.wheels, *pair.names))
            self.play(Appear(*angles, *shown_of(*self.turned, self.scaled)))
            self.rotate(self.small, self.clip.turns[0])
            self.play(Appear(*self.teeth.shown))  # the last frame of a turn is not yet its end
            self.play(Vanish(*shown_of(*self.turned)), Appear(*shown_of(*stopped)))
        self.leave(*shown_of(self.teeth, self.scaled))
        with self.beat("name_slope"):
            self.play(Travel(*ratio.factors, from_=[still.numbers[0] for still in self.stopped[::-1]], copy=True))
            self.play(Appear(*shown_of(*ratio.signs[:-1], *ratio.result, self.per_turn)))
        self.leave(*angles, *shown_of(*stopped, *ratio.parts, self.per_turn), *pair.names)

    def build_train(self) -> None:
        """Let the two gears slide into the train of all values."""
        train, pair = self.train, self.pair
        with self.beat("build_train"):
            self.rotate(self.small, 0.0, run_time=0.8)
            theirs = train.chain[-len(pair.chain) :]
            self.play(Travel(*pair.chain, along=(pair.part, self.slot)))
            self.play(Appear(*(wheel for wheel in train.wheels if wheel not in theirs), lag=0.1, run_time=1.2))
            self.play(Travel(*theirs, from_=pair.chain, run_time=0.1))
            self.play(Appear(*train.names, lag=0.1))
            self.explain(*self.between)

    def turn_x(self) -> None:
        """Turn x a little, and compute the whole network again: all values before, and after."""
        self.angles = self.train.angles("turn_scale_deg")
        before, after = ([head, *row] for head, row in zip(self.moved, self.rows, strict=True))
        with self.beat(TURNED[0]):
            self.play(Appear(*self.angles, *shown_of(*before)))
            self.explain(self.turned_by)
            self.rotate(self.sweep, self.clip.turns[0])
            self.play(self.unlit(*shown_of(*before)))
            self.play(Appear(*shown_of(*after), lag=0.2))
        self.leave(*shown_of(*before, *after))

    def compare(self) -> None:
        """Compare how far L moves with what the gears predict; then for a smaller turn."""
        for i, beat in enumerate((TURNED[1], TURNED[3 - self.clip.gap_shrinks])):
            with self.beat(beat):
                if i == 0:
                    self.play(Appear(*shown_of(*self.strip.heads)))
                else:
                    self.rotate(self.sweep, self.clip.turns[i])
                for part in self.strip.rows[i]:
                    self.play(Appear(*part.shown))
            self.leave(*([] if i else self.angles))  # of so small a turn they would be slivers
        self.leave(*shown_of(*self.strip.parts))

    def read_ratios(self) -> None:
        """Read at each mesh by how much it turns out per turn in, and how that follows: the first, then others."""
        for beat, meshes in zip(SLOPES, self.clip.halves, strict=False):
            if not meshes:
                continue
            with self.beat(beat):
                if dimmed := [s for i in range(meshes[0]) for s in self.at_mesh(i)]:
                    self.play(self.unlit(*dimmed))
                for i in meshes:
                    self.play(Appear(*self.at_mesh(i)))

    def at_mesh(self, i: int) -> list[Shown]:
        """Return what stands at a mesh, with the value that it makes; at the first also x."""
        known = [shown for k in range(i + (i > 0), i + 2) for shown in self.known.at(k)]
        return [*known, *self.mesh_line.at(i)]

    def multiply(self) -> None:
        """Let the slopes fall into one line, and multiply: what L turns per turn of x."""
        with self.beat(SLOPES[-1]):
            said = [self.mesh_line.slope(i) for i in range(len(self.clip.slopes))]
            if self.clip.halves[1]:
                self.play(self.unlit(*(s for i in self.clip.halves[0] for s in self.at_mesh(i)), back=True))
            self.play(Travel(*self.product.factors, from_=said, copy=True))
            for parts in (self.product.signs[:-1], self.product.result, [self.answer]):
                self.play(Appear(*shown_of(*parts)))
        self.leave(*self.mesh_line.everything, *self.known.everything, *shown_of(*self.product.parts, self.answer))

    def turn_back(self) -> None:
        """Turn x as either answer says, and see how far L turns: only one turns it as far as was asked."""
        heads = self.heads_back if self.guesses else self.checks[0]
        with self.beat(BACK[not self.clip.turns_back]):
            self.rotate(self.sweep, 0.0, run_time=0.8)
            self.play(Appear(*shown_of(*heads)))
            for guess, check in zip(self.guesses, self.checks, strict=False):
                self.play(Appear(*shown_of(*guess.parts), *(self.angles if guess is self.guesses[-1] else [])))
                self.rotate(self.sweep, self.quantities[guess.name].number)
                self.play(Appear(*shown_of(*check)))
                if guess is not self.guesses[-1]:
                    self.play(self.unlit(*shown_of(*guess.parts, *check)))
        guessed = [part for parts in (*(guess.parts for guess in self.guesses), *self.checks) for part in parts]
        self.leave(*shown_of(*heads, *guessed), *(self.angles if self.guesses else []))

    def say_not_turn(self) -> None:
        """Say what does flow back: push, at the last mesh, where it is multiplied by the slope."""
        at, felt = len(self.slopes) - 1, self.felt_by.arriving
        with self.beat(LAST):
            self.rotate(self.sweep, 0.0, run_time=0.8)
            self.play(Appear(*self.named_push()))
            self.play(self.unlit(*self.before_last))
            for shown in (felt(at + 1), self.times.at(at), felt(at), self.felt.shown):
                self.play(Appear(*shown))


__getattr__, __dir__ = offer_clips(ChainRuleGears)
