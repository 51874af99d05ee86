"""A train of gears: turn x, and the loss gear answers; each mesh multiplies the turn by its local derivative."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from scenes.parts.page import LABEL, LOOSE, ROWS, Box, Column, Near, Over, Slot, Table, during
from scenes.parts.page.boxes import Item
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear
from scenes.parts.stage.travel import Travel
from scenes.parts.stage.turned import NARROW, TurnedStage
from scenes.parts.theme import VALUE
from scenes.parts.things.formula import Formula
from scenes.parts.things.gear_train import GearTrain
from scenes.parts.things.headed import Headed
from scenes.parts.things.known import Known
from scenes.parts.things.letters import number, words
from scenes.parts.things.part import Part, shown_of

BEFORE, TURNED = "read_before", ("turn_x", "compare", "turn_less", "turn_less_too")
SLOPES = ("read_ratios", "read_others", "ask_total", "multiply")
BACK = ("turn_back", "cannot_turn_back")
LAST, MOVED = ("say_not_turn", "carry_push", "say_claim"), ("predicted", "recomputed", "gap")


class ChainRuleGears(TurnedStage):
    """Turn x, and the loss gear answers: every mesh multiplies the turn by its own local derivative.

    Two gears alone, which slide into the train; the slope of each mesh; whether they add; their product; x turned a
    little: predicted, recomputed, gap; a question to the class with two answers; x turned by each that is not too far;
    what flows back is push, not turn.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.meet_two_gears()
        self.build_train()
        self.read_ratios()
        self.ask_total(SLOPES[-2])
        self.multiply()
        self.turn_x()
        self.compare()
        self.ask("ask", *shown_of(*(part for guess in self.guesses for part in guess.parts)))
        self.turn_back()
        self.say_not_turn()
        self.say_claim()

    # -- where things stand -------------------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Lay out the two gears alone, and the train with what stands under it."""
        pen, nodes, alone = self.pen, self.clip.nodes, self.pair_page()
        turns = [f"turn_{name}" for name in nodes]
        moments = [self.clip.turns[0], *(self.quantities[name].number for name in self.clip.tried)]
        trained = partial(GearTrain, pen, nodes, sweep=self.sweep, turns=turns, moments=moments)
        self.train = trained(named=nodes, role="value", low=True)
        trains = Over(self.train.part, Near([self.slot], at=[self.pair.shift]))
        whole = Column(trains, LABEL, Slot(*self.below()), align="origin", anchor=0)
        self.known = Known(pen, self.train, self.values_names, self.spots)
        self.felt_by, self.times = self.pushes_line(self.train), self.slopes_line(called="times ")
        self.times.off = self.felt_by.numbers
        self.both = [self.note(key, colour="gradient", within=NARROW) for key in ("felt", "turns")]
        claim = self.over_wheels_at(self.train, [self.train.columns[i] for i in (0, -1)], self.both)
        times = during(self.hung(self.times.box), *LAST[:2])
        last = Over(Column(self.felt_by.box, ROWS, times, align="origin", anchor=0), self.over_mesh("push"), claim)
        met, turned, named, *beats = self.beats_but(*self.clip.left_out)
        self.turned_by = self.note("turned", within=NARROW, called="turned x")
        made = during(self.made_over(self.turned_by), BEFORE, TURNED[0])
        marked = during(self.marked_over(), "build_train") if self.marked_wheels() else Over()
        over = Over(whole, marked, made, during(self.known.box, *SLOPES), during(last, *LAST))
        self.lay_out({"pair": self.framed(alone, met, turned, named), "train": self.framed(over, *beats)})

    def below(self) -> Iterator[Box]:
        """Yield what stands under the train, in its beats."""
        pen, nodes = self.pen, self.clip.nodes
        self.mesh_line, self.moved = self.slopes_line(), [self.note("before"), self.note("after")]
        spots = [nodes[i] for i in self.spots]
        self.rows = [[number(pen, f"{k}{n}", called=f"row {k}{n}") for n in spots] for k in ("", "new_")]
        yield during(self.hung(*self.headed(self.moved, self.rows)), BEFORE, TURNED[0])
        rows = [(f"dx_{i}", *(f"{name}_{i}" for name in MOVED)) for i in range(len(self.clip.turns))]
        self.strip = Headed(pen, ("step", *MOVED), rows)
        yield during(Column(self.strip.table), *TURNED[1:])
        factors = [piece for name in self.slopes for piece in ("times", name)]
        self.product = Formula(pen, "dL_dx", "=", *factors[1:], "=", "dL_dx")
        self.answer = words(pen, "answer", height=VALUE, align="centre", most=2)
        result = Column(self.product.box, LABEL, self.answer, align="origin", anchor=0)
        found = Slot(during(self.added_line(), SLOPES[-2]), during(result, SLOPES[-1]))
        yield during(self.hung(self.mesh_line.box, LOOSE, found), *SLOPES)
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
            self.explain(*self.led_to_marked())

    def turn_x(self) -> None:
        """Read all values, turn x a little, and compute the whole network again: all values after."""
        self.angles = self.train.angles("turn_scale_deg")
        before, after = ([head, *row] for head, row in zip(self.moved, self.rows, strict=True))
        with self.beat(BEFORE):
            self.play(Appear(*(made := self.led_to_made())))
            self.play(Appear(*shown_of(*before), lag=0.2))
        with self.beat(TURNED[0]):
            self.play(Appear(*self.angles))
            self.explain(self.turned_by)
            self.rotate(self.sweep, self.clip.turns[0])
            self.play(self.unlit(*shown_of(*before)))
            self.play(Appear(*shown_of(*after), lag=0.2))
        self.leave(*made, *shown_of(*before, *after))

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
                if dimmed := self.at_meshes(*range(meshes[0])):
                    self.play(self.unlit(*dimmed))
                for i in meshes:
                    self.play(Appear(*(s for s in self.at_mesh(i) if s not in self.standing)))

    def multiply(self) -> None:
        """Let the slopes fall into one line, and multiply: what L turns per turn of x."""
        with self.beat(SLOPES[-1]):
            self.play(Travel(*self.product.factors, from_=self.read, copy=True))
            for parts in (self.product.signs[:-1], self.product.result, [self.answer]):
                self.play(Appear(*shown_of(*parts)))
        self.leave(*self.mesh_line.everything, *self.known.everything, *shown_of(*self.product.parts, self.answer))

    def turn_back(self) -> None:
        """Turn x as either answer says, unless that is too far, and see how far L turns: predicted, and recomputed."""
        heads, tried = self.heads_back if self.guesses else self.checks[0], self.clip.tried
        slices = self.angles if self.guesses and self.guesses[-1].name in tried else []  # of no turn there are none
        with self.beat(BACK[not self.clip.turns_back]):
            self.rotate(self.sweep, 0.0, run_time=0.8)
            self.play(Appear(*shown_of(*heads)))
            for guess, check in zip(self.guesses, self.checks, strict=False):
                self.play(Appear(*shown_of(*guess.parts), *(slices if guess is self.guesses[-1] else [])))
                self.rotate(self.sweep, self.quantities[guess.name].number if guess.name in tried else 0.0)
                self.play(Appear(*shown_of(*check)))
                if guess is not self.guesses[-1]:
                    self.play(self.unlit(*shown_of(*guess.parts, *check)))
        guessed = [part for parts in (*(guess.parts for guess in self.guesses), *self.checks) for part in parts]
        self.leave(*shown_of(*heads, *guessed), *slices)

    def say_not_turn(self) -> None:
        """Say what does flow back: push. At the last mesh it is multiplied by the slope, and so on back to x."""
        first, *others = reversed(range(len(self.slopes)))
        felt, times = self.felt_by.arriving, self.times.at
        with self.beat(LAST[0]):
            self.rotate(self.sweep, 0.0, run_time=0.8)
            self.play(Appear(*(push := self.named_push())))
            self.play(self.unlit(*self.before_last))
            for shown in (felt(first + 1), times(first), felt(first)):
                self.play(Appear(*shown))
        self.leave(*push)
        if others:
            with self.beat(LAST[1]):
                self.play(self.unlit(*self.before_last, back=True))
                for i in others:
                    self.play(Appear(*times(i)), Appear(*felt(i)))
        self.leave(*self.times.everything)

    def say_claim(self) -> None:
        """Say it at both ends: how much x feels, and how far L turns."""
        with self.beat(LAST[-1]):
            for part in self.both:
                self.play(Appear(*part.shown))


__getattr__, __dir__ = offer_clips(ChainRuleGears)
