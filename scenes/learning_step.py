"""The worked example learns: a step against the gradient, a little, again; and what several rates make of it."""

from __future__ import annotations

from scenes.parts.page import (
    GROUP,
    LABEL,
    LINES,
    LOOSE,
    NEAR,
    ROWS,
    Column,
    Row,
    Slot,
    Stack,
    Table,
    between,
    during,
    on,
)
from scenes.parts.page.boxes import Box
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, Recolour, SweepTo, Unfold, Vanish
from scenes.parts.stage.network import NetworkStage
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import FORMULA, VALUE
from scenes.parts.theme import LABEL as SMALL
from scenes.parts.things.area import area
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.letters import live, number, sign, symbol, words
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.plane import Sizes
from scenes.parts.things.rate_plane import RatePlane
from scenes.parts.things.slots import Slots
from scenes.parts.things.step_map import StepMap, WayMap
from scenes.parts.things.step_plane import StepPlane, clock

WEIGHTS = ("w1", "w2")
AREAS = {0: ("dL_dw1", "x", "dL_dz"), 2: ("dL_dw2", "h", "dL_dy")}  # under which gate, and its three numbers
NET, STEP = ("collect_gradients", "keep_data"), ("point_uphill", "ask", "take_one_step")
FALL, AGAIN, TURN, RATES, LAST = "measure_fall", "go_again", "turn_round", ("ask_rates", "run_rates"), "compare_rates"
MAP, BESIDE = Sizes((3.4, 4.5), (3.4, 4.5)), Sizes((3.4, 5.2), (2.0, 3.2))
HALF, FAR, LOGS = (
    Sizes((3.4, 5.2), (1.4, 1.7), (5, 3)),
    Sizes((1.5, 3.4), (1.5, 3.4), (3, 3)),
    Sizes((5.0, 8.5), (2.4, 4.0), (5, 8)),
)


class LearningStep(NetworkStage):
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

    # -- where things stand -------------------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Lay out the opening card, the network, the map with what is told beside it, and what the rates make of it."""
        sweeps, self.rates = self.clip.sweeps(), range(len(self.clip.rates))
        self.steps, self.race = (Sweep(1.0, sweeps[name].quantities) for name in ("step", "race"))
        self.turns = self.clip.first.turning(*WEIGHTS) is not None
        net = self.build(Sweep(0.0, sweeps["rate"].quantities)).stations(ROWS, self.network_lines())
        pages = {"card": self.card("pose_question"), "net": self.framed(net, *NET, corner=self.half_turn)}
        told = [*STEP, FALL, AGAIN, *([TURN] if self.turns else [])]
        pages |= {"map": self.framed(self.map_and_more(), *told), "rates": self.framed(self.all_rates(), *RATES)}
        self.put(self.lay_out({**pages, "last": self.framed(self.all_losses(), LAST)}))

    def network_lines(self) -> Stack:
        """Return what stands under the network: the pushes, why x stays, and the areas of the weights' gradients."""
        self.half_turn = words(self.pen, "half_turn", colour="quiet", align="right", most=1)
        self.areas = {i: area(self.pen, *names) for i, names in AREAS.items()}
        self.data = words(self.pen, "data", colour="value", align="centre", most=2)
        slots = [self.areas.get(i) for i in range(len(self.slopes))]
        return Stack(self.pushes_line(), LABEL, on(during(self.data, NET[1])), LOOSE, between(*slots), beats=NET)

    def map_and_more(self) -> Row:
        """Return the map of the loss, and beside it in turn what is told of it."""
        pen, now = self.pen, tuple(self.sweep[f"now_{w}"] for w in WEIGHTS)
        how = {"way": ("w1_first", "w2_first"), "step": self.steps["now_step"], "weights": WEIGHTS, "now": now}
        self.near = StepMap.of(pen, "near", MAP, says=("adding", "subtracting"), **how)
        self.over = RatePlane(pen, "over", ("over_rate", "over_L"), ("rate", "L"), BESIDE)
        way = {
            "paths": [("loss_first", "step_first")],
            "step": self.steps["now_step"],
            "marks": [("then_L", "lasts_first")],
        }
        self.curve = StepPlane(pen, "curve", ("first_steps", "first_loss"), ("step", "L"), BESIDE, **way)
        self.then = number(pen, "then_L", form="equation")
        slots = [during(self.first_step(), *STEP), during(Column(self.over.part, self.falls()), FALL)]
        slots += [during(Column(self.curve.part, self.then), AGAIN)]
        slots += [during(self.turn_column(), TURN)] if self.turns else []
        return Row(self.near.part, GROUP, Slot(*slots), align="middle")

    def first_step(self) -> Column:
        """Return the gradients, the rule, the step of each weight, and the loss both ways."""
        pen, ways = self.pen, (("adding", "gradient", "up_L"), ("subtracting", "ink", "new_L"))
        self.gradients = [number(pen, f"dL_d{w}", form="equation", called=f"gradient of {w}") for w in WEIGHTS]
        self.rule = symbol(pen, "rule", height=FORMULA)
        self.eta = live(pen, self.sweep["now_rate"], (0.0, self.clip.rate), symbol="rate")
        self.moves = [Slots(pen, w, w, "-", "rate", "times", f"dL_d{w}", "=", f"new_{w}") for w in WEIGHTS]
        self.named = [symbol(pen, w, called=f"{w} moves") for w in WEIGHTS]
        self.options = [words(pen, key, colour=colour, most=1) for key, colour, _ in ways]
        self.losses = [number(pen, name, form="equation", align="left", called=f"{name} there") for *_, name in ways]
        rows = Table(
            *([name, *row.cells] for name, row in zip(self.named, self.moves, strict=True)), gap=NEAR, lines=LINES
        )
        both = Table(*zip(self.options, self.losses, strict=True), lines=LINES)
        return Column(Row(*self.gradients, gap=GROUP), Row(self.rule, GROUP, self.eta), rows, both)

    def falls(self) -> Table:
        """Return the loss less the fall that its slope promised, less the real one, and what lies between them."""
        keys = (("predicted", "gradient"), ("real", "loss"), ("gap", "ink"))
        self.kinds = [words(self.pen, key, colour=colour, most=1) for key, colour in keys]
        names = (("predicted", "promised"), ("real", "new_L"))
        self.sums = [Slots(self.pen, f"{fall} fall", "L", "-", fall, "=", loss) for fall, loss in names]
        self.gap = number(self.pen, "gap", align="right")
        cells = [*(each.cells for each in self.sums), [None, None, None, None, self.gap]]
        return Table(*([kind, *row] for kind, row in zip(self.kinds, cells, strict=True)), gap=NEAR, lines=ROWS)

    def turn_column(self) -> Column:
        """Return both weights over the steps, each under what changes its sign between two of them."""
        self.halves, self.changes, keys = [], [], ("before", "after")
        for w, what in zip(WEIGHTS, ("gradient", "w2"), strict=True):
            marks = [(f"turn_{w}_{key}", f"turn_step_{key}") for key in keys]
            how = {"paths": [(f"{w}_first", "step_first")], "marks": marks}
            self.halves.append(
                StepPlane(self.pen, f"half {w}", ("first_steps", f"first_{w}"), ("step", ""), HALF, **how)
            )
            before, after = (number(self.pen, f"turn_{what}_{key}", called=f"{what} {key}") for key in keys)
            said = [symbol(self.pen, w, called=f"{w} over steps")]
            said += (
                [symbol(self.pen, f"turn_{what}_before", height=VALUE, called=f"what turns {w}")] if what != w else []
            )
            self.changes.append([*said, before, sign(self.pen, "arrow.r", called=f"{w} to"), after])
        pairs = zip(self.changes, self.halves, strict=True)
        return Column(*(each for change, half in pairs for each in (Row(*change), half.part)), gap=ROWS)

    def all_rates(self) -> Column:
        """Return for each rate its map, and the steps that all have come to."""
        pen, step = self.pen, self.race["now_race"]
        heads = [pen.readout(f"rate_{i}", height=VALUE, form="equation") for i in self.rates]
        self.maps = [
            WayMap.of(pen, "far", FAR, f"far {i}", title=heads[i], way=(f"w1_{i}", f"w2_{i}"), step=step)
            for i in self.rates
        ]
        self.ones = [number(pen, f"one_L_{i}", form="equation", called=f"one {i}") for i in self.rates]
        self.ends = [words(pen, self.clip.race.ends(i), colour="quiet", most=2, called=f"end {i}") for i in self.rates]
        self.clock = clock(pen, "steps", step, "step", wide=(3.0, 8.0))
        return Column(Row(*map(self.of_rate, self.rates), gap=GROUP, equal=True), self.clock)

    def of_rate(self, i: int) -> Box:
        """Return what a rate makes of both weights."""
        said = Slot(during(self.ones[i], RATES[0]), during(self.ends[i], RATES[1]))
        return Column(self.maps[i].part, said, gap=LABEL)

    def all_losses(self) -> Part:
        """Return the loss over the steps at each rate, on an axis of powers of ten."""
        shown = [i for i in self.rates if f"log_{i}" in self.quantities]
        how = {
            "paths": [(f"log_{i}", f"step_{i}") for i in shown],
            "ends": [self.end_of(i) for i in shown],
            "powers": True,
        }
        self.race_of_losses = StepPlane(self.pen, "losses", ("steps", "decades"), ("step", "L"), LOGS, **how)
        return self.race_of_losses.part

    def end_of(self, i: int) -> list[Lettering]:
        """Return what stands at the end of a curve: its rate, the loss there, and how that is called."""
        rate = self.pen.readout(f"rate_{i}", height=VALUE, form="equation", align="left")
        loss = self.pen.readout(f"last_L_{i}", height=VALUE, align="left")
        return [rate, loss, self.pen.words(self.clip.race.ends(i), height=SMALL, colour="quiet")]

    # -- the beats ----------------------------------------------------------------------------------------------------

    def collect_gradients(self) -> None:
        """Let all that flows back come at once, and at each weight what went in times what comes back."""
        drawn = [part.shown for part in self.areas.values()]
        with self.beat(NET[0]):
            self.play(Appear(*self.half_turn.shown), Unfold(*shown_of(*self.chain.dials[0][1:])))
            self.flow_again()
            self.play(Unfold(*(shown for *others, _ in drawn for shown in others)))
            self.play(Travel(*(shown[-1] for shown in drawn), from_=[shown[1] for shown in drawn]))

    def keep_data(self) -> None:
        """Say why the gradient of x moves nothing."""
        with self.beat(NET[1]):
            quiet = Recolour(self.numbers_of_pushes[0], colour=self.theme.colour("quiet"))
            self.play(Appear(*self.data.shown), quiet)
        products = [part.shown[-1] for part in self.areas.values()]
        self.turn(Travel(*shown_of(*self.gradients), from_=products))
        self.leave(*(s for s in shown_of(*self.areas.values()) if s not in products), *self.flowing)
        self.leave(*shown_of(*self.chain.dials[0], self.data, self.half_turn))

    def point_uphill(self) -> None:
        """Lay the gradient on the map of the loss, as an arrow."""
        with self.beat(STEP[0]):
            self.play(Appear(*self.near.frame))
            self.play(Appear(self.near.start))
            self.play(Unfold(self.near.pointers[0], under=[self.near.start]))

    def take_one_step(self) -> None:
        """Turn the rate up from 0: the weights move against the gradient."""
        near, moves = self.near, self.moves
        with self.beat(STEP[2]):
            self.play(
                Appear(
                    *shown_of(self.rule, self.eta, *self.named), near.moving, *(s for m in moves for s in m.shown(0, 4))
                )
            )
            self.play(Travel(*(m.cells[4].shown[0] for m in moves), from_=shown_of(*self.gradients), copy=True))
            self.play(
                Vanish(near.start), SweepTo(self.sweep, self.clip.rate, run_time=self.clip.step_seconds, steady=False)
            )
            self.play(Appear(near.after, *(s for m in moves for s in m.shown(5, 7)), *shown_of(*self.options)))
            self.play(Travel(*shown_of(*self.losses), from_=near.pointers))
        self.leave(*near.pointers, *near.words, near.moving, *shown_of(*self.options, *self.losses))
        rows = (cell for each in moves for cell in each.cells)
        self.leave(*shown_of(self.rule, self.eta, *self.gradients, *self.named, *rows))

    def measure_fall(self) -> None:
        """Draw the loss over the rate with its slope, and compare what that promised with what is found."""
        over, sums = self.over, self.sums
        with self.beat(FALL):
            self.play(Appear(*over.frame, over.curve, over.found))
            self.play(Appear(over.slope, over.promised, under=[over.curve, over.found]))
            self.play(Appear(*shown_of(*self.kinds), *(s for each in sums for s in each.shown(0, 4))))
            self.play(Travel(*(each.cells[4] for each in sums), from_=[over.promised, over.found]))
            self.play(Appear(*self.gap.shown))
        cells = (cell for each in sums for cell in each.cells)
        self.leave(*shown_of(over.part, *self.kinds, *cells, self.gap))

    def go_again(self) -> None:
        """Take the other steps of the first part."""
        near, curve = self.near, self.curve
        with self.beat(AGAIN):
            self.play(Appear(near.path, *curve.frame, *curve.filled))
            self.play(Vanish(near.after), SweepTo(self.steps, self.clip.first.last, run_time=self.clip.again_seconds))
            self.play(Appear(*curve.marked, near.whole))
            self.play(Travel(*self.then.shown, from_=curve.marked))
        self.leave(near.path, *shown_of(curve.part, self.then), *([] if self.turns else [*near.frame, near.whole]))

    def turn_round(self) -> None:
        """Show that one weight turns round where the other crosses 0."""
        if not self.turns:
            return
        with self.beat(TURN):
            for half, change in reversed(list(zip(self.halves, self.changes, strict=True))):
                *said, before, to, after = shown_of(*change)
                self.play(Appear(*half.frame, *half.filled, *said))
                self.play(Appear(*half.marked), Appear(before, to, after))
        changes = (part for change in self.changes for part in change)
        self.leave(*self.near.frame, self.near.whole, *shown_of(*(half.part for half in self.halves), *changes))

    def run_rates(self) -> None:
        """Show one step at each rate, ask which will win, and take all the others."""
        maps = [each.part for each in self.maps]
        self.wonder(RATES[0], Appear(*shown_of(*maps, *self.ones, self.clock)))
        self.leave(*shown_of(*self.ones))
        with self.beat(RATES[1]):
            self.play(SweepTo(self.race, self.clip.race.longest.last, run_time=self.clip.again_seconds))
            self.play(Appear(*shown_of(*self.ends)))
        self.leave(*shown_of(*maps, *self.ends, self.clock))

    def compare_rates(self) -> None:
        """Draw the loss over the steps at each rate."""
        losses = self.race_of_losses
        with self.beat(LAST):
            self.play(Appear(*losses.frame))
            for path, end in zip(losses.filled, losses.ends, strict=True):
                self.play(Appear(path), Appear(*end))


__getattr__, __dir__ = offer_clips(LearningStep)
