"""The worked example learns: a step against the gradient, a little, again; and what several rates make of it."""

from __future__ import annotations

from scenes.parts.page import GROUP, LOOSE, ROWS, Column, Row, Slot, Stack, during, on
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.gradients import GradientStage
from scenes.parts.stage.motions import Appear, Recolour, SweepTo, Unfold, Vanish
from scenes.parts.stage.travel import Travel
from scenes.parts.things.letters import number, words
from scenes.parts.things.plane import Sizes
from scenes.parts.things.rate_maps import RateMaps, loss_race
from scenes.parts.things.rate_plane import FallTable, RatePlane
from scenes.parts.things.step_map import StepMap
from scenes.parts.things.step_plane import StepPlane
from scenes.parts.things.step_table import StepTable
from scenes.parts.things.turn_planes import TurnPlanes

WEIGHTS, WAYS = ("w1", "w2"), ("adding", "subtracting")
NET, STEP = ("collect_gradients", "keep_data"), ("point_uphill", "ask", "take_one_step")
FALL, AGAIN, TURN, RATES, LAST = "measure_fall", "go_again", "turn_round", ("ask_rates", "run_rates"), "compare_rates"
MAP, BESIDE = Sizes((2.2, 4.5), (2.2, 4.5)), Sizes((1.6, 5.2), (1.4, 3.2))
HALF, FAR = Sizes((1.6, 5.2), (1.0, 1.7), (5, 3)), Sizes((1.1, 3.4), (1.1, 3.4), (3, 3))
LOGS = Sizes((3.0, 8.5), (2.4, 4.0), (5, 8))


class LearningStep(GradientStage):
    """Learning is the opposite push, a little, again.

    The opening card asks which way and how far; backpropagation gives each weight its gradient, and x one that moves
    nothing; on the map of the loss the gradient points uphill; a question to the class; one step against it, and the
    fall that the slope promised beside the real one; step after step; a weight turns round; another question; what
    the rates make of it, on the map and over the steps.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.open("pose_question")
        self.collect_gradients()
        self.keep_data()
        self.point_uphill()
        self.wonder("ask", Unfold(self.near.pointers[1], under=[self.near.start]), Appear(*self.near.words))
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
        net = self.build(Sweep(0.0, sweeps["rate"].quantities)).stations(ROWS, self.network_lines())
        self.turns = self.clip.first.turning(*WEIGHTS) is not None
        told = [*STEP, FALL, AGAIN, *([TURN] if self.turns else [])]
        self.rates = RateMaps(self.pen, WEIGHTS, ends, (self.race["now_race"], "step"), FAR)
        self.losses = loss_race(self.pen, ends, "step", LOGS)
        pages = {"card": self.card("pose_question"), "net": self.framed(net, *NET, corner=self.half_turn)}
        pages |= {"map": self.framed(self.map_and_more(), *told), "rates": self.framed(self.rates.box(*RATES), *RATES)}
        self.put(self.lay_out({**pages, "last": self.framed(self.losses.part, LAST)}))

    def network_lines(self) -> Stack:
        """Return what stands under the network: the pushes, why x stays, and the areas of the weights' gradients."""
        self.data = words(self.pen, "data", colour="value", align="centre", most=2)
        return Stack(self.pushes_line(), ROWS, on(during(self.data, NET[1])), LOOSE, self.areas_line(), beats=NET)

    def map_and_more(self) -> Row:
        """Return the map of the loss, and beside it in turn what is told of it."""
        pen, step, paths = self.pen, self.steps["now_step"], [("loss_first", "step_first")]
        way, now = ("w1_first", "w2_first"), tuple(self.sweep[f"now_{w}"] for w in WEIGHTS)
        self.near = StepMap.of(pen, "near", MAP, says=WAYS, way=way, step=step, weights=WEIGHTS, now=now)
        self.table = StepTable(pen, WEIGHTS, (self.sweep["now_rate"], self.clip.rate), WAYS)
        self.over = RatePlane(pen, "over", ("over_rate", "over_L"), ("rate", "L"), BESIDE)
        self.falls, self.then = FallTable(pen, ("predicted", "real", "gap")), number(pen, "then_L", form="equation")
        keys, marks = ("first_steps", "first_loss"), [("then_L", "lasts_first")]
        self.curve = StepPlane(pen, "curve", keys, ("step", "L"), BESIDE, paths=paths, step=step, marks=marks)
        slots = [during(self.table.box, *STEP), during(Column(self.over.part, self.falls.table), FALL)]
        slots += [during(Column(self.curve.part, self.then), AGAIN)]
        if self.turns:
            self.turning = TurnPlanes(pen, *WEIGHTS, "first", "step", HALF)
            slots.append(during(self.turning.box, TURN))
        return Row(self.near.part, GROUP, Slot(*slots), align="middle")

    # -- the beats ----------------------------------------------------------------------------------------------------

    def collect_gradients(self) -> None:
        """Let all that flows back come at once, and at each weight what went in times what comes back."""
        with self.beat(NET[0]):
            self.show_gradients()

    def keep_data(self) -> None:
        """Say why the gradient of x moves nothing."""
        with self.beat(NET[1]):
            quiet = Recolour(self.numbers_of_pushes[0], colour=self.theme.colour("quiet"))
            self.play(Appear(*self.data.shown), quiet)
        self.keep_only(*self.products)

    def point_uphill(self) -> None:
        """Lay the gradient on the map of the loss, as an arrow."""
        near = self.near
        with self.beat(STEP[0]):
            self.play(Travel(*self.table.gradients, from_=self.products))
            self.play(Appear(*near.frame, near.start))
            self.play(Unfold(near.pointers[0], under=[near.start]))

    def take_one_step(self) -> None:
        """Turn the rate up from 0: the weights move against the gradient."""
        near, table = self.near, self.table
        with self.beat(STEP[2]):
            self.play(Appear(*table.begun, near.moving))
            copies = [Travel(*table.copies, from_=table.gradients, copy=True)] if table.copies else []
            self.play(Vanish(near.start), *copies)
            self.play(SweepTo(self.sweep, self.clip.rate, run_time=self.clip.step_seconds, steady=False))
            self.play(Appear(near.after, *table.ended))
            self.play(Vanish(near.moving), Travel(*table.losses, from_=near.pointers))
        self.keep_only(*near.frame, near.after)

    def measure_fall(self) -> None:
        """Draw the loss over the rate with its slope, and compare what that promised with what is found."""
        over, falls = self.over, self.falls
        with self.beat(FALL):
            self.play(Appear(*over.frame, over.curve, over.found))
            self.play(Appear(over.slope, over.promised, under=[over.curve, over.found]))
            self.play(Appear(*falls.begun))
            self.play(Travel(*falls.found, from_=[over.promised, over.found]))
            self.play(Appear(*falls.gap))
        self.keep_only(*self.near.frame, self.near.after)

    def go_again(self) -> None:
        """Take the other steps of the first part."""
        near, curve = self.near, self.curve
        with self.beat(AGAIN):
            self.play(Appear(near.path, *curve.frame, *curve.filled))
            self.play(Vanish(near.after))
            self.play(SweepTo(self.steps, self.clip.first.last, run_time=self.clip.again_seconds))
            self.play(Appear(*curve.marked, near.whole))
            self.play(Vanish(near.path), Travel(*self.then.shown, from_=curve.marked))
        self.keep_only(*([*near.frame, near.whole] if self.turns else []))

    def turn_round(self) -> None:
        """Show that one weight turns round where the other crosses 0."""
        if not self.turns:
            return
        with self.beat(TURN):
            for first, then in self.turning.told:
                self.play(Appear(*first))
                self.play(Appear(*then))
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


__getattr__, __dir__ = offer_clips(LearningStep)
