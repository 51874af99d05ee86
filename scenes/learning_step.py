"""The worked example learns: a step against the gradient, a little, again; and what several rates make of it."""

from __future__ import annotations

from scenes.parts.page import GROUP, LINES, ROWS, Column, Pad, Row, Slot, during
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.gradients import GradientStage
from scenes.parts.stage.motions import Appear, Recolour, SweepTo, Unfold, Vanish
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.fall_table import FallTable
from scenes.parts.things.letters import number, symbol
from scenes.parts.things.part import Part, or_nothing, shown_of
from scenes.parts.things.plane import Sizes
from scenes.parts.things.rate_maps import RateMaps, loss_curve, loss_race
from scenes.parts.things.rate_plane import RatePlane
from scenes.parts.things.step_map import StepMap
from scenes.parts.things.step_table import FirstStep, StepTable
from scenes.parts.things.turn_planes import TurnPlanes

WEIGHTS, WAYS, ENDS = ("w1", "w2"), ("adding", "subtracting"), ("predicted", "gap", "real")
NET = ("push_back", "last_gradient", "flow_on", "first_gradient", "keep_data")
STEP, FALL = ("draw_arrow", "ask", "point_uphill", "take_one_step"), ("promise_fall", "measure_fall")
READ, FIRST, AGAIN, LAST = "read_map", "step_once", "go_again", "compare_rates"
TURN, RATES, GIVEN = ("ask_turn", "turn_round"), ("ask_rates", "run_rates"), ("x", *WEIGHTS, "L", "target")
MAP, WIDE = Sizes((2.2, 4.5), (2.2, 4.5)), Sizes((3.0, 7.4), (1.4, 3.4), (6, 5))


class LearningStep(GradientStage):
    """Learning is the opposite push: gradients, one step and what slopes promise; or step after step, at many rates."""

    def construct(self) -> None:
        """Tell the part of the lesson that the settings name."""
        self.begin()
        self.tell_part(self.clip.tells == "step", self.tell_one_step)
        self.tell_part(self.clip.tells == "rates", self.tell_rates)

    def tell_one_step(self) -> None:
        """From the gradients to one step, and the fall that their slopes promised."""
        net = self.stations(ROWS, self.flow_lines(*NET))
        self.table = StepTable(self.pen, WEIGHTS, (self.sweep["now_rate"], self.clip.rate))
        self.over = RatePlane(self.pen, "over", ("over_rate", "over_L"), ("eta", "L"), WIDE, says=ENDS)
        self.falls = FallTable(self.pen, WEIGHTS, "promised_fall", "found_fall", "moved")
        pages = {"card": self.card("pose_question", asks=GIVEN), "net": self.framed(net, *NET)}
        pages["map"] = self.framed(self.map_and({STEP: self.table.box}), READ, *STEP)
        self.put(self.lay_out({**pages, "fall": self.framed(Column(self.over.part, self.falls.box), *FALL)}))
        self.open("pose_question", asking=True)
        self.collect(*NET[:-1])
        self.end_flow(NET[-1])
        self.keep_only()
        self.read_map()
        self.point_uphill()
        self.take_one_step()
        self.measure_fall()

    def tell_rates(self) -> None:
        """Step after step at one rate, and why a weight turns round; then at several rates."""
        ends = [self.clip.race.ends(i) for i in range(len(self.clip.rates))]
        self.rates = RateMaps(self.pen, WEIGHTS, ends, (self.race["now_race"], "step"))
        self.losses = loss_race(self.pen, ends, "step", "leads", "log_scale")
        self.first = FirstStep(self.pen, WEIGHTS)
        self.curve = loss_curve(self.pen, "first", self.steps["now_step"], "then_L", "step")
        pages = {"card": self.card("pose_rates", asks=GIVEN)}
        formula = symbol(self.pen, "loss_formula", height=VALUE), number(self.pen, "target", form="equation")
        judge = [or_nothing(part, "formula") for part in formula]
        told: dict[tuple[str, ...], Column] = {(FIRST,): self.first.box, (AGAIN,): Column(self.curve.part)}
        told[(READ,)] = Column(*judge, gap=LINES)
        if turns := self.clip.first.turning(*WEIGHTS) is not None:
            self.turning = TurnPlanes(self.pen, *WEIGHTS, "first", "step")
            told[TURN] = self.turning.box
        pages["map"] = self.framed(self.map_and(told), READ, FIRST, AGAIN, *(TURN if turns else ()))
        pages["rates"] = self.framed(self.rates.box(*RATES), *RATES)
        self.lay_out({**pages, "last": self.framed(self.losses.part, LAST)})
        self.open("pose_rates")
        self.read_map(*shown_of(*(leaf.part for leaf in judge if isinstance(leaf.part, Part))))
        self.go_again()
        self.tell_part(turns, self.turn_round)
        self.keep_only()
        self.run_rates()

    def map_and(self, told: dict[tuple[str, ...], Column]) -> Row:
        """Return the map of the loss, and beside it what is told in each beat."""
        way, step, turned = ("w1_first", "w2_first"), self.steps["now_step"], self.sweep
        self.near = StepMap.of(self.pen, "near", MAP, says=WAYS, weights=WEIGHTS, sweep=turned, way=way, step=step)
        return Row(self.near.part, GROUP, Slot(*(during(Pad(told[b], grow=True), *b) for b in told)), align="middle")

    def read_map(self, *given: Shown) -> None:
        """Let a dot stand for both weights on the map of the loss, and beside it, for that beat, what is known."""
        with self.beat(READ):
            self.play(Appear(*self.near.frame))
            self.play(Appear(self.near.start, *self.near.here), Appear(*self.near.plumbs, under=[self.near.start]))
            if given:
                self.play(Appear(*given))
        self.leave(*self.near.plumbs, *self.near.here, *given)

    def point_uphill(self) -> None:
        """Lay rate times gradient on the map, ask which way, and light up the lines that lie between: it leads up."""
        near, table = self.near, self.table
        with self.beat(STEP[0]):
            self.play(Appear(*table.given))
            self.play(Appear(*table.sizes))
            self.play(Appear(*table.steps), Unfold(near.pointers[0], under=[near.start]))
        self.wonder(STEP[1], Unfold(near.pointers[1], under=[near.start]), Appear(*near.words, *near.leads))
        with self.beat(STEP[2]):
            self.play(Recolour(*near.crossed, colour=self.theme.colour("loss")), *self.read_off(*near.lost(0)))

    def take_one_step(self) -> None:
        """Turn the rate up from 0: the weights move against the gradient."""
        near, table, (taken, from_) = self.near, self.table, self.table.copies
        with self.beat(STEP[3]):
            self.play(Appear(*table.begun, near.moving))
            self.play(Vanish(near.start), *([Travel(*taken, from_=from_, copy=True)] if taken else []))
            self.play(SweepTo(self.sweep, self.clip.rate, run_time=self.clip.step_seconds, steady=False))
            self.play(Appear(near.after, *table.ended), self.unlit(*table.upper))
            self.play(Vanish(near.moving), *self.read_off(*near.lost(1)))
        self.keep_only()

    def measure_fall(self) -> None:
        """Say what the slopes promise; then draw the loss over the rate, and compare."""
        over, falls, (promised, gap, found) = self.over, self.falls, self.over.ends
        with self.beat(FALL[0]):
            self.play(Appear(*over.frame, over.slope, over.promised, *falls.promise))
            self.play(Appear(promised[0], *falls.left), Travel(promised[1], from_=over.promised))
        with self.beat(FALL[1]):
            self.play(Appear(over.curve, over.found, under=[over.found]))
            self.play(Appear(found[0], *falls.real), Travel(found[1], from_=over.found))
            self.play(Appear(over.gap, *gap, *falls.moved, under=[over.promised, over.found]))
        self.keep_only()

    def go_again(self) -> None:
        """Take the first step, its numbers beside it; then the others."""
        near, first, curve = self.near, self.first, self.curve
        with self.beat(FIRST):
            self.play(Appear(*first.given))
            self.play(Appear(*first.begun))
            self.play(Unfold(near.pointers[1], under=[near.start]))
            self.play(Appear(near.after, *first.ended))
        self.leave(near.pointers[1], near.after, *first.given, *first.begun, *first.ended)
        with self.beat(AGAIN):
            self.play(Appear(near.path, *curve.frame, *curve.filled))
            self.play(SweepTo(self.steps, self.clip.first.last, run_time=self.clip.again_seconds))
            self.play(Appear(near.whole, *curve.marked))
            self.play(Vanish(near.path), Travel(*curve.ends[0], from_=curve.marked))
        self.leave(*curve.part.shown)

    def turn_round(self) -> None:
        """Ask why one weight turns round; the other crosses 0, and with it the gradient."""
        self.wonder(TURN[0], Appear(*self.turning.asked, *self.near.marked))
        with self.beat(TURN[1]):
            for come, marks in self.turning.cause:
                self.play(Travel(*come, from_=marks) if marks else Appear(*come))

    def run_rates(self) -> None:
        """Show one step at each rate, ask which will win, take all the others, and draw the loss over them."""
        self.wonder(RATES[0], Appear(*self.rates.begun, *self.rates.ones))
        self.leave(*self.rates.ones)
        with self.beat(RATES[1]):
            self.play(SweepTo(self.race, self.clip.race.longest.last, run_time=self.clip.again_seconds))
            self.play(Appear(*self.rates.ends))
        self.keep_only()
        with self.beat(LAST):
            self.play(Appear(*self.losses.frame))
            for path, end in zip(self.losses.filled, self.losses.ends, strict=True):
                self.play(Appear(path), Appear(*end))
            self.play(Appear(*self.losses.marked, *self.losses.told))


__getattr__, __dir__ = offer_clips(LearningStep)
