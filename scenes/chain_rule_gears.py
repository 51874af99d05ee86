"""A train of gears: turn x, and the loss gear answers; each mesh multiplies the turn by its local derivative."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from scenes.parts.page import LABEL, LOOSE, ROWS, Box, Column, Form, Near, Over, Slot, Table, during
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.geared import GearStage
from scenes.parts.stage.motions import Appear, Vanish
from scenes.parts.stage.travel import Travel
from scenes.parts.things.formula import Formula
from scenes.parts.things.gear_train import WITHIN, GearTrain
from scenes.parts.things.headed import Headed
from scenes.parts.things.known import Known
from scenes.parts.things.letters import live, number
from scenes.parts.things.part import Part, shown_of

TURNED = ("turn_x", "compare", "turn_less", "turn_less_too")
SLOPES = ("read_ratios", "multiply")
BACK = ("turn_back", "cannot_turn_back")
LAST, TINY = "say_not_turn", 1e-6
MOVED = ("predicted", "recomputed", "gap")


class ChainRuleGears(GearStage):
    """Turn x, and the loss gear answers: every mesh multiplies the turn by its own local derivative.

    Two gears alone, which slide into the whole train; x turned a little, and all values before and after; predicted,
    recomputed, gap, and again for a smaller turn; the slope of each mesh; their product; a question to the class with
    two answers; x turned by the tempting one, and by the other; what flows back is not turn.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.meet_two_gears()
        self.build_train()
        self.turn_x()
        self.compare()
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
        self.known = Known(pen, self.train, self.values_names, self.spots)
        self.felt_by = self.pushes_line(self.pushed)
        end = Column(self.felt_by.box, LABEL, self.felt, LABEL, self.said.box, align="origin", anchor=0)
        over = Over(whole, during(self.known.box, *SLOPES), during(end, LAST))
        first, *beats = self.beats_but(*clip.left_out)
        keys = {first: "quarter_turn", **clip.corners}
        self.corners = {beat: self.in_corner(key, called=f"{key} in {beat}") for beat, key in keys.items()}
        corner = Slot(*(during(part, beat) for beat, part in self.corners.items() if beat != first))
        pair = self.framed(alone, first, corner=self.corners[first])
        self.lay_out({"pair": pair, "train": self.framed(over, *beats, corner=corner)})

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
        pen, nodes = self.pen, self.clip.nodes
        self.mesh_line, self.moved = self.slopes_line(), [self.note("before"), self.note("after")]
        self.between = [self.note("idler")] if self.clip.has_idlers else []
        if self.between:
            yield during(self.hung(*self.between), "build_train")
        spots = [nodes[i] for i in self.spots]
        self.rows = [[number(pen, f"{k}{n}", called=f"row {k}{n}") for n in spots] for k in ("", "new_")]
        before, after = (self.under_gears(row, self.spots, levels=2, like="rows") for row in self.rows)
        yield during(self.hung(self.moved[0], before, self.moved[1], after), TURNED[0])
        rows = [(f"dx_{i}", *(f"{name}_{i}" for name in MOVED)) for i in range(len(self.clip.turns))]
        self.strip = Headed(pen, ("step", *MOVED), rows)
        yield during(Column(self.strip.table), *TURNED[1:])
        factors = [piece for name in self.slopes for piece in ("times", name)]
        self.product = Formula(pen, "dL_dx", "=", *factors[1:], "=", "dL_dx")
        yield during(self.hung(self.mesh_line.box, LOOSE, during(self.product.box, SLOPES[1])), *SLOPES)
        yield from self.back()
        self.said, self.felt = Formula(pen, "dL_dx", "=", *factors[1:], "=", "dL_dx", called="said"), self.note("felt")

    def back(self) -> Iterator[Box]:
        """Yield two ways to answer how far x turns, how far each would turn L, and what x and L do."""
        pen, last = self.pen, len(self.clip.nodes) - 1
        self.guesses, self.checks, self.followers = list[Formula](), list[list[Part]](), list[Part]()
        self.heads_back = [self.note(key, called=f"{key} back") for key in MOVED[:2]]
        if not self.clip.turns_back:
            self.checks = [[self.note("free")]]
            yield during(self.hung(*self.checks[0]), BACK[1])
            return
        tried = [self.quantities[name].number for name in ("guess_x", "back_x")]
        ends = (self.clip.nodes[0], self.clip.nodes[-1])
        self.followers = [self.follower("turn", f"turn_{name}", [0.0, *tried]) for name in ends]
        for x, by, turned in (("guess_x", "times", "guess_L"), ("back_x", "div", "back_L")):
            self.guesses.append(Formula(pen, x, "=", "back_L", by, "dL_dx", "=", x))
            self.checks.append([number(pen, name) for name in (turned, f"{x.removesuffix('_x')}_found")])
        rows: list[list[Item | None]] = [[None, *self.heads_back]]
        rows += [[guess.from_left, *check] for guess, check in zip(self.guesses, self.checks, strict=True)]
        lines = self.hung(self.under_gears(self.followers, (0, last)), LOOSE, Column(Table(*rows, lines=ROWS)))
        yield during(lines, "ask", BACK[0])

    # -- the beats ----------------------------------------------------------------------------------------------------

    def meet_two_gears(self) -> None:
        """Turn the last gear but one, and the last one turns by the local derivative."""
        pair, angles = self.pair, self.pair.angles("turn_scale_deg")
        with self.beat("meet_two_gears"):
            self.play(Appear(*self.head.shown, *pair.wheels, *pair.names))
            self.play(Appear(*angles, *shown_of(*self.turned)))
            self.hint("meet_two_gears")
            self.rotate(self.small, self.clip.turns[0])
            self.play(Appear(*shown_of(*self.slope)))
            self.play(Appear(*self.legend_of_turns.shown))
        self.leave(*angles, *shown_of(*self.turned, *self.slope, self.legend_of_turns), *pair.names)

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
            self.hint("build_train")

    def turn_x(self) -> None:
        """Turn x a little, and compute the whole network again: all values before, and after."""
        self.angles = self.train.angles("turn_scale_deg")
        before, after = ([head, *row] for head, row in zip(self.moved, self.rows, strict=True))
        with self.beat(TURNED[0]):
            self.play(Appear(*self.angles, *shown_of(*before)))
            self.hint(TURNED[0])
            self.rotate(self.sweep, self.clip.turns[0])
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
            if i == 0:
                self.leave(*self.angles)  # of so small a turn they would be slivers
        self.leave(*shown_of(*self.strip.parts))

    def read_ratios(self) -> None:
        """Read at each mesh by how much it turns out per turn in, and how that follows."""
        with self.beat(SLOPES[0]):
            self.rotate(self.sweep, 0.0, run_time=0.8)
            if known := self.known.everything:
                self.play(Appear(*known))
            for i in range(len(self.clip.slopes)):
                self.play(Appear(*self.mesh_line.at(i)))
            self.play(Appear(*self.corners[SLOPES[0]].shown))

    def multiply(self) -> None:
        """Let the slopes fall into one line, and multiply: what L turns per turn of x."""
        with self.beat(SLOPES[1]):
            said = [self.mesh_line.slope(i) for i in range(len(self.clip.slopes))]
            self.play(Travel(*self.product.factors, from_=said, copy=True))
            self.play(Appear(*shown_of(*self.product.signs[:-1])))
            self.play(Appear(*shown_of(*self.product.result)))
        radii = self.corners[SLOPES[0]].shown
        self.leave(*self.mesh_line.everything, *self.known.everything, *radii, *shown_of(*self.product.parts))

    def turn_back(self) -> None:
        """Turn x as either answer says, and see how far L turns: only one turns it as far as was asked."""
        turned, beat = shown_of(*self.followers), BACK[not self.clip.turns_back]
        heads = self.heads_back if self.guesses else self.checks[0]
        with self.beat(beat):
            self.play(Appear(*turned, *shown_of(*heads)))
            for guess, check in zip(self.guesses, self.checks, strict=False):
                self.play(Appear(*shown_of(*guess.parts), *(self.angles if guess is self.guesses[-1] else [])))
                self.rotate(self.sweep, self.quantities[guess.name].number)
                self.play(Appear(*shown_of(*check)))
            self.hint(beat)
        guessed = [part for guess in self.guesses for part in guess.parts]
        self.leave(*turned, *shown_of(*heads, *guessed, *(part for check in self.checks for part in check)))
        self.leave(*(self.angles if self.guesses else []))

    def say_not_turn(self) -> None:
        """Say what does flow back: push, from the last gear to the first."""
        train, last = self.pushed, len(self.clip.nodes) - 1
        with self.beat(LAST):
            self.play(Vanish(*self.train.wheels, *self.train.names), Appear(*train.wheels, *train.names))
            self.rotate(self.sweep, 0.0, run_time=0.8)
            for i in reversed(range(last + 1)):
                self.play(Appear(*train.spoke(i), *train.sense(i), *self.felt_by.arriving(i)))
            self.play(Appear(*shown_of(*self.said.parts, self.felt)))


__getattr__, __dir__ = offer_clips(ChainRuleGears)
