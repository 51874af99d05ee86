"""The worked example learns: a step against the gradient, a little, again; and what several rates make of it."""

from __future__ import annotations

from scenes.parts.page import GROUP, LABEL, LOOSE, ROWS, Column, Pad, Row, Slot, Stack, Turns, during, on
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.gradients import GradientStage
from scenes.parts.stage.motions import Appear, SweepTo, Unfold, Vanish
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import VALUE
from scenes.parts.things.fall_table import FallTable
from scenes.parts.things.letters import words
from scenes.parts.things.plane import Sizes
from scenes.parts.things.rate_maps import RateMaps, loss_race
from scenes.parts.things.rate_plane import RatePlane
from scenes.parts.things.step_map import StepMap
from scenes.parts.things.step_plane import StepPlane
from scenes.parts.things.step_table import StepTable
from scenes.parts.things.turn_planes import TurnPlanes

WEIGHTS, WAYS, ENDS = ("w1", "w2"), ("adding", "subtracting"), ("predicted", "gap", "real")
NET, STEP = ("last_gradient", "first_gradient", "keep_data"), ("point_uphill", "ask", "take_one_step")
FALL, AGAIN, TURN = ("promise_fall", "measure_fall"), "go_again", ("ask_turn", "turn_round")
RATES, LAST = ("ask_rates", "run_rates"), "compare_rates"
MAP, BESIDE = Sizes((2.2, 4.5), (2.2, 4.5)), Sizes((1.6, 5.2), (1.6, 3.8))
WIDE, HALF = Sizes((3.0, 7.4), (1.4, 3.4), (6, 5)), Sizes((2.4, 6.4), (1.0, 1.7), (5, 3))
FAR, LOGS = Sizes((1.1, 2.3), (1.1, 2.3), (3, 3)), Sizes((3.0, 8.5), (2.4, 4.0), (5, 8))


class LearningStep(GradientStage):
    """Learning is the opposite push, a little, again: gradients, one step, what slopes promise, and several rates."""

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.open("pose_question")
        self.collect(*NET[:-1])
        self.end_flow(NET[-1], self.data)
        self.keep_only(*self.products)
        self.point_uphill()
        self.wonder(STEP[1], Unfold(self.near.pointers[1], under=[self.near.start]), Appear(*self.near.words))
        self.take_one_step()
        self.measure_fall()
        self.go_again()
        self.turn_round()
        self.run_rates()
        self.compare_rates()

    def arrange(self) -> None:
        """Lay out the opening card, the network, the map with what is told beside it, and what the rates make of it."""
        sweeps, ends = self.clip.sweeps(), [self.clip.race.ends(i) for i in range(len(self.clip.rates))]
        self.steps, self.race = (Sweep(1.0, sweeps[name].quantities) for name in ("step", "race"))
        self.build(Sweep(0.0, sweeps["rate"].quantities))
        net = self.stations(ROWS, self.network_lines())
        self.turns = self.clip.first.turning(*WEIGHTS) is not None
        self.over = RatePlane(self.pen, "over", ("over_rate", "over_L"), ("eta", "L"), WIDE, says=ENDS)
        self.falls = FallTable(self.pen, WEIGHTS, "fall")
        self.rates = RateMaps(self.pen, WEIGHTS, ends, (self.race["now_race"], "step"), FAR)
        self.losses = loss_race(self.pen, ends, "step", "leads", LOGS)
        pages = {"card": self.card("pose_question", asks=["L"])}
        pages["net"] = self.framed(net, *NET, corner=self.half_turn)
        pages["map"] = self.framed(self.map_and_more(), *STEP, AGAIN)
        pages["fall"] = self.framed(Column(self.over.part, self.falls.box), *FALL)
        if self.turns:
            self.turning = TurnPlanes(self.pen, *WEIGHTS, "first", "step", HALF)
            pages["turn"] = self.framed(self.turning.box, *TURN)
        pages["rates"] = self.framed(self.rates.box(*RATES), *RATES)
        self.put(self.lay_out({**pages, "last": self.framed(self.losses.part, LAST)}))

    def network_lines(self) -> Stack:
        """Return what stands under the network: the pushes, how slopes follow, why x stays, and the areas."""
        self.data = words(self.pen, "data", colour="value", align="centre", most=2)
        under = Turns(on(during(self.data, NET[-1])), self.rules_line())
        return Stack(self.pushes_line(), LABEL, under, LOOSE, self.areas_line(), beats=NET)

    def map_and_more(self) -> Row:
        """Return the map of the loss, and beside it in turn what is told of it."""
        pen, step, paths = self.pen, self.steps["now_step"], [("loss_first", "step_first")]
        way, now = ("w1_first", "w2_first"), tuple(self.sweep[f"now_{w}"] for w in WEIGHTS)
        self.near = StepMap.of(pen, "near", MAP, says=WAYS, way=way, step=step, weights=WEIGHTS, now=now)
        self.table = StepTable(pen, WEIGHTS, (self.sweep["now_rate"], self.clip.rate))
        ranges, names, marks = ("first_steps", "first_loss"), ("step", "L"), [("then_L", "lasts_first")]
        self.curve = StepPlane(pen, "curve", ranges, names, BESIDE, paths=paths, step=step, marks=marks, mark="loss")
        self.curve.ends = [[pen.readout("then_L", height=VALUE, form="equation", align="left")]]
        slots = Slot(during(self.table.box, *STEP), during(Pad(self.curve.part, grow=True), AGAIN))
        return Row(self.near.part, GROUP, slots, align="middle")

    # -- the beats ----------------------------------------------------------------------------------------------------

    def point_uphill(self) -> None:
        """Lay rate times gradient on the map of the loss, as an arrow."""
        near, table = self.near, self.table
        with self.beat(STEP[0]):
            self.play(Travel(*table.gradients, from_=self.products))
            self.play(Appear(*near.frame, near.start, *table.sizes))
            self.play(Appear(*table.steps), Unfold(near.pointers[0], under=[near.start]))

    def take_one_step(self) -> None:
        """Turn the rate up from 0: the weights move against the gradient."""
        near, table = self.near, self.table
        taken, from_ = table.copies
        with self.beat(STEP[2]):
            self.play(Appear(*table.begun, near.moving))
            self.play(Vanish(near.start), *([Travel(*taken, from_=from_, copy=True)] if taken else []))
            self.play(SweepTo(self.sweep, self.clip.rate, run_time=self.clip.step_seconds, steady=False))
            self.play(Appear(near.after, *table.ended), self.unlit(*table.upper))
            self.play(Vanish(near.moving), *self.read_off(near.losses, near.found_at))
        self.keep_only()

    def measure_fall(self) -> None:
        """Say what the slopes promise; then draw the loss over the rate, and compare."""
        over, falls = self.over, self.falls
        promised, gap, found = over.ends
        with self.beat(FALL[0]):
            self.play(Appear(*over.frame, *falls.promise))
            self.play(Appear(over.slope, over.promised, under=[over.promised]))
            self.play(Appear(promised[0], *falls.left), Travel(promised[1], from_=over.promised))
        with self.beat(FALL[1]):
            self.play(Appear(over.curve, over.found, under=[over.found]))
            self.play(Appear(found[0], *falls.real), Travel(found[1], from_=over.found))
            self.play(Appear(over.gap, *gap, under=[over.promised, over.found]))
        self.keep_only()

    def go_again(self) -> None:
        """Take the other steps of the first part."""
        near, curve = self.near, self.curve
        with self.beat(AGAIN):
            self.play(Appear(*near.frame, near.path, *curve.frame, *curve.filled))
            self.play(SweepTo(self.steps, self.clip.first.last, run_time=self.clip.again_seconds))
            self.play(Appear(near.whole, *curve.marked))
            self.play(Vanish(near.path), Travel(*curve.ends[0], from_=curve.marked))
        self.keep_only()

    def turn_round(self) -> None:
        """Ask why one weight turns round; the other crosses 0, and with it the gradient."""
        if not self.turns:
            return
        self.wonder(TURN[0], Appear(*self.turning.asked))
        with self.beat(TURN[1]):
            for come, marks in self.turning.cause:
                self.play(Travel(*come, from_=marks) if marks else Appear(*come))
        self.keep_only()

    def run_rates(self) -> None:
        """Show one step at each rate, ask which will win, and take all the others."""
        self.wonder(RATES[0], Appear(*self.rates.begun, *self.rates.ones))
        self.leave(*self.rates.ones)
        with self.beat(RATES[1]):
            self.play(SweepTo(self.race, self.clip.race.longest.last, run_time=self.clip.again_seconds))
            self.play(Appear(*self.rates.ends))
        self.keep_only()

    def compare_rates(self) -> None:
        """Draw the loss over the steps at each rate."""
        with self.beat(LAST):
            self.play(Appear(*self.losses.frame))
            for path, end in zip(self.losses.filled, self.losses.ends, strict=True):
                self.play(Appear(path), Appear(*end))
            self.play(Appear(*self.losses.marked, *self.losses.told))


__getattr__, __dir__ = offer_clips(LearningStep)
