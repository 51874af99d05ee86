"""The worked example learns: a step against the gradient, a little, again; and what three rates make of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial

from scenes.parts.measure import Axis
from scenes.parts.page import GROUP, LABEL, LOOSE, ROWS, Column, Row, Slot, Stack, Table, between, during, on
from scenes.parts.page.boxes import Box, Item
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, Motion, Recolour, SweepTo, Unfold, Vanish
from scenes.parts.stage.network import NetworkStage
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import CURVE, FORMULA, STROKES_PER_UNIT, VALUE
from scenes.parts.things.area import area
from scenes.parts.things.base import Shown
from scenes.parts.things.letters import live, number, sign, symbol, words
from scenes.parts.things.outlined import Spot
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.path import HEAD, Path
from scenes.parts.things.plane import LossPlane, Plane, Sizes
from scenes.parts.things.plot import Curve, Dot
from scenes.parts.things.pointer import Pointer

WEIGHTS = ("w1", "w2")
AREAS = {0: ("dL_dw1", "x", "dL_dz"), 2: ("dL_dw2", "h", "dL_dy")}  # under which gate, and its three numbers
NET = ("collect_gradients", "keep_data")
STEP = ("point_uphill", "ask", "take_one_step")
FALL, AGAIN, TURN = "measure_fall", "go_again", "turn_round"
RATES = ("ask_rates", "compare_rates")
NEAR, BESIDE = Sizes((3.4, 4.5), (3.4, 4.5)), Sizes((3.4, 5.2), (2.0, 3.2))
HALF, FAR, LOGS = Sizes((3.0, 4.4), (1.4, 1.7)), Sizes((1.5, 2.6), (1.5, 2.6), 3), Sizes((1.5, 2.6), (1.4, 1.6), 4)


class LearningStep(NetworkStage):
    """Learning is the opposite push, a little, again.

    The opening card asks which way and how far; backpropagation gives each weight its gradient, and x one that moves
    nothing; on the map of the loss the gradient points uphill; a question to the class; one step against it, and the
    fall that the slope promised beside the real one; step after step; a weight turns round; another question; what
    all rates make of it.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.open("pose_question")
        self.collect_gradients()
        self.keep_data()
        self.point_uphill()
        self.wonder("ask", Unfold(self.down, under=[self.here]), Appear(*shown_of(*self.options)))
        self.take_one_step()
        self.measure_fall()
        self.go_again()
        self.turn_round()
        self.ask_rates()
        self.compare_rates()

    # -- where things stand -------------------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Lay out the opening card, the network, the map with what is told beside it, and the maps of all rates."""
        sweeps = self.clip.sweeps()
        self.steps, self.race = (Sweep(1.0, sweeps[name].quantities) for name in ("step", "race"))
        net = self.build(Sweep(0.0, sweeps["rate"].quantities)).stations(ROWS, self.network_lines())
        told = [*STEP, FALL, AGAIN, *([TURN] if self.turns else [])]
        pages = {"card": self.card("pose_question"), "net": self.framed(net, *NET, corner=self.half_turn)}
        pages |= {"map": self.framed(self.map_and_more(), *told), "rates": self.framed(self.all_rates(), *RATES)}
        self.put(self.lay_out(pages))

    @property
    def turns(self) -> bool:
        """Whether a weight turns round because another crosses 0."""
        return self.clip.turning is not None

    @cached_property
    def half_turn(self) -> Part:
        """What half a turn of every dial stands for."""
        return self.part(words(self.pen, "half_turn", colour="quiet", align="right", most=1))

    def network_lines(self) -> Stack:
        """Return what stands under the network: the pushes, why x stays, and the areas of the weights' gradients."""
        self.areas = {i: self.part(area(self.pen, *names)) for i, names in AREAS.items()}
        self.data = self.part(words(self.pen, "data", colour="value", align="centre", most=2))
        slots = [self.areas.get(i) for i in range(len(self.slopes))]
        return Stack(self.pushes_line(), LABEL, on(during(self.data, NET[1])), LOOSE, between(*slots), beats=NET)

    def map_and_more(self) -> Row:
        """Return the map of the loss, and beside it in turn what is told of it."""
        self.near = LossPlane(
            self.pen,
            "near",
            ("near_x", "near_y"),
            ("near_x", "near_y"),
            NEAR,
            self.on_the_map,
            key="near",
            target=self.target,
        )
        rule = Column(Row(self.rule, GROUP, self.eta), self.step_table(), self.option_table(), gap=GROUP)
        self.over = Plane(self.pen, "over", ("over_rate", "over_L"), ("rate", "L"), BESIDE, self.over_rates)
        self.curve = Plane(self.pen, "curve", ("first_steps", "first_L"), ("now_step", "L"), BESIDE, self.over_steps)
        slots = [during(rule, *STEP), during(Column(self.part(self.over.part), self.fall_table()), FALL)]
        slots += [during(Column(self.part(self.curve.part), self.then), AGAIN)]
        slots += [during(self.turn_column(), TURN)] if self.turns else []
        return Row(self.part(self.near.part), GROUP, Slot(*slots), align="middle")

    @property
    def target(self) -> str:
        """The quantity that the output equals where the loss is 0, if there is such a line."""
        return "target" if self.clip.maps[0].has_valley else ""

    # -- the first part -----------------------------------------------------------------------------------------------

    @cached_property
    def rule(self) -> Part:
        """The rule by which both weights move."""
        return self.part(symbol(self.pen, "rule", height=FORMULA))

    @cached_property
    def eta(self) -> Part:
        """The rate, as it is turned up."""
        return self.part(live(self.pen, self.sweep["now_rate"], (0.0, self.clip.rate), symbol="rate"))

    @cached_property
    def then(self) -> Part:
        """The loss after the steps of the first part."""
        return self.part(number(self.pen, "then_L", form="equation"))

    def step_table(self) -> Table:
        """Return for each weight where it stands, less the rate times its gradient, and where it stands then."""
        self.rows = [[self.part(cell) for cell in self.cells(w)] for w in WEIGHTS]
        return Table(*self.rows, gap=LABEL, lines=GROUP)

    def cells(self, w: str) -> Sequence[Part]:
        """Return the cells of a weight's row."""
        names = (w, "rate", f"dL_d{w}", f"new_{w}")
        here, rate, gradient, new = (
            number(self.pen, name, form="operand" if i == 2 else "number", align="right", called=f"{name} in {w}")
            for i, name in enumerate(names)
        )
        minus, times, equals = (sign(self.pen, of, called=f"{of} in {w}") for of in ("-", "times", "="))
        return symbol(self.pen, w, called=f"{w} moves"), here, minus, rate, times, gradient, equals, new

    def option_table(self) -> Table:
        """Return both answers to the question, and the loss that each leads to."""
        said = (("adding", "gradient"), ("subtracting", "ink"))
        self.options = [self.part(words(self.pen, key, colour=colour, most=1)) for key, colour in said]
        self.losses = [self.part(number(self.pen, name, form="equation", align="left")) for name in ("up_L", "new_L")]
        return Table(*zip(self.options, self.losses, strict=True))

    def on_the_map(self, across: Axis, up: Axis) -> list[Shown]:
        """Return the step uphill and the one downhill, where the weights stand, and their way."""
        known, theme = self.quantities, self.theme
        spot = Spot((known["w1"], across), (known["w2"], up))
        made = [
            Pointer(known[f"{way}_w1"], known[f"{way}_w2"], spot=spot, colour=theme.colour(role), gives=known[loss])
            for way, role, loss in (("up", "gradient", "up_L"), ("down", "ink", "new_L"))
        ]
        weights, dot = theme.colour("weight"), (self.sweep["now_w1"], across)
        here = Dot(self.sweep["now_w2"], up, across=dot, colour=weights, radius=HEAD)
        return [
            *made,
            here,
            Path(known["w2_first"], up, known["w1_first"], across, colour=weights, until=self.steps["now_step"]),
        ]

    def over_rates(self, across: Axis, up: Axis) -> list[Shown]:
        """Return the loss over the rate, what its slope promises, and both at the rate of the step."""
        known, theme, stroke = self.quantities, self.theme, CURVE * STROKES_PER_UNIT
        pairs = (("slope_L", "slope_rate", "gradient"), ("over_L", "over_rate", "loss"))
        curves = [Curve(known[y], up, known[x], across, colour=theme.colour(c), stroke=stroke) for y, x, c in pairs]
        ends = (("promised", "gradient"), ("new_L", "loss"))
        at = (known["rate"], across)
        return [*curves, *(Dot(known[n], up, across=at, colour=theme.colour(c), radius=HEAD) for n, c in ends)]

    def fall_table(self) -> Table:
        """Return the loss that the slope promised, the real one, and what lies between them."""
        keys = (("predicted", "gradient"), ("real", "loss"), ("gap", "ink"))
        self.falls = [self.part(words(self.pen, key, colour=colour, most=1)) for key, colour in keys]
        names = ("promised", "new_L", "gap")
        self.found = [self.part(number(self.pen, n, align="point", called=f"{n} found")) for n in names]
        return Table(*zip(self.falls, self.found, strict=True), lines=ROWS)

    def over_steps(self, across: Axis, up: Axis) -> list[Shown]:
        """Return the loss after each step, and the step that it has come to."""
        return self.counted(self.steps["now_step"], across, up, "loss_first", "step_first")

    def counted(self, step, across: Axis, up: Axis, y: str, x: str) -> list[Shown]:
        """Return a quantity over steps as far as a sweep has come, and the step on its axis."""
        known = self.quantities
        colour = self.theme.colour(known[y].row.role)
        clock = Dot(step, across, colour=self.theme.colour("ink"), radius=HEAD)
        return [Path(known[y], up, known[x], across, colour=colour, until=step), clock]

    def turn_column(self) -> Column:
        """Return both weights over the steps, and what changes its sign between two of them."""
        self.halves, self.changes, said = [], [], {"w1": "turn_dw1", "w2": "turn_w2"}
        items: list[Item] = []
        for w in WEIGHTS:
            fill = partial(self.whole, w)
            plane = Plane(self.pen, f"turn {w}", ("first_steps", f"first_{w}"), ("now_step", w), HALF, fill)
            before, after = (number(self.pen, f"{said[w]}_{key}") for key in ("before", "after"))
            row = [
                symbol(self.pen, before.name.split()[1], height=VALUE),
                before,
                sign(self.pen, "arrow.r", called=f"to {w}"),
                after,
            ]
            self.changes.append([self.part(each) for each in row])
            self.halves.append(self.part(plane.part))
            items += [Row(*self.changes[-1], gap=LABEL), self.halves[-1]]
        return Column(*items, gap=ROWS)

    def whole(self, w: str, across: Axis, up: Axis) -> list[Shown]:
        """Return a weight over all steps of the first part."""
        known = self.quantities
        return [Path(known[f"{w}_first"], up, known["step_first"], across, colour=self.theme.colour("weight"))]

    # -- all rates ----------------------------------------------------------------------------------------------------

    def all_rates(self) -> Row:
        """Return for each rate its map and its loss over the steps."""
        self.heads, self.verdicts, self.ones, self.lasts, self.planes = [], [], [], [], []
        return Row(*(self.of_rate(i) for i in range(len(self.clip.rates))), gap=GROUP, equal=True)

    def of_rate(self, i: int) -> Box:
        """Return what a rate makes of the weights and of the loss."""
        pen, verdict = self.pen, self.clip.verdict(i)
        local = {"rate": f"rate_{i}"}
        self.heads.append(self.part(words(pen, "at_rate", local=local, most=1, called=f"rate {i}")))
        ended = {"lasts": f"lasts_{i}"} if verdict == "ended" else None
        self.verdicts.append(self.part(words(pen, verdict, colour="quiet", local=ended, most=1, called=f"verdict {i}")))
        self.ones.append(self.part(number(pen, f"one_L_{i}", form="equation", called=f"one {i}")))
        self.lasts.append(self.part(number(pen, f"last_L_{i}", form="equation", called=f"last {i}")))
        ways = partial(self.way, i)
        far = LossPlane(
            pen, f"far {i}", ("far_x", "far_y"), ("far_x", "far_y"), FAR, ways, key="far", target=self.target, heights=5
        )
        logs = Plane(
            pen, f"log {i}", ("steps", "decades"), ("now_race", ""), LOGS, partial(self.falling, i), powers=True
        )
        self.planes.append((far, logs))
        shown = Slot(during(self.ones[-1], RATES[0]), during(self.lasts[-1], RATES[1]))
        head = Row(self.heads[-1], LABEL, during(self.verdicts[-1], RATES[1]))
        return Column(head, self.part(far.part), shown, self.part(logs.part), gap=LABEL)

    def way(self, i: int, across: Axis, up: Axis) -> list[Shown]:
        """Return the way of both weights at a rate."""
        known, colour = self.quantities, self.theme.colour("weight")
        return [Path(known[f"w2_{i}"], up, known[f"w1_{i}"], across, colour=colour, until=self.race["now_race"])]

    def falling(self, i: int, across: Axis, up: Axis) -> list[Shown]:
        """Return the loss over the steps at a rate, as far as it is above 0."""
        if f"log_{i}" not in self.quantities:
            return []
        return self.counted(self.race["now_race"], across, up, f"log_{i}", f"step_{i}")

    # -- the beats ----------------------------------------------------------------------------------------------------

    def collect_gradients(self) -> None:
        """Let all that flows back come at once, and at each weight what went in times what comes back."""
        dials, others = shown_of(*self.chain.dials[0]), self.chain.dials[0][1:]
        with self.beat(NET[0]):
            self.play(Appear(*self.half_turn.shown), Unfold(*shown_of(*others)))
            self.flow_again()
            for part in reversed(self.areas.values()):
                square, sides, *numbers, product = part.shown
                self.play(Appear(square), Unfold(sides, *numbers, under=dials[:0]))
                self.play(Travel(product, from_=sides))

    def keep_data(self) -> None:
        """Say why the gradient of x moves nothing."""
        first = self.numbers_of_pushes[0]
        with self.beat(NET[1]):
            self.play(Appear(*self.data.shown), Recolour(first, colour=self.theme.colour("quiet")))
        products = [part.shown[-1] for part in self.areas.values()]
        cells = [row[5].shown[0] for row in self.rows]
        self.turn(Travel(*cells, from_=products))
        areas = [s for s in shown_of(*self.areas.values()) if s not in products]
        self.leave(*self.flowing, *shown_of(*self.chain.dials[0], self.data, self.half_turn), *areas)

    def point_uphill(self) -> None:
        """Lay the gradient on the map of the loss, as an arrow."""
        self.up, self.down, self.here, self.path = self.near.filled
        with self.beat(STEP[0]):
            self.play(Appear(*self.near.frame))
            self.play(Appear(self.here), Appear(*self.in_rows(0, 1)))
            self.play(Unfold(self.up, under=[self.here]))

    def in_rows(self, *cells: int) -> list[Shown]:
        """Return some cells of both weights' rows."""
        return [shown for row in self.rows for i in cells for shown in row[i].shown]

    def wonder(self, beat: str, *motions: Motion) -> None:
        """Ask the class, with what it needs to answer."""
        mark = self.pause_mark()
        with self.beat(beat, seconds=self.clip.ask_hold / self.settings.pace):
            self.play(Appear(mark), *motions)
        self.leave(mark)

    def take_one_step(self) -> None:
        """Turn the rate up from 0: the weights move against the gradient."""
        with self.beat(STEP[2]):
            self.play(Appear(*self.rule.shown, *self.eta.shown))
            self.play(Appear(*self.in_rows(2, 3, 4)))
            self.play(SweepTo(self.sweep, self.clip.rate, run_time=self.clip.step_seconds, steady=False))
            self.play(Appear(*self.in_rows(6, 7)))
            self.play(Travel(*shown_of(*self.losses), from_=[self.up, self.down]))
        told = shown_of(self.rule, self.eta, *self.options, *self.losses)
        self.leave(self.up, self.down, *told, *self.in_rows(*range(8)))

    def measure_fall(self) -> None:
        """Draw the loss over the rate with its slope, and compare what that promised with what is found."""
        slope, curve, promised, found = self.over.filled
        with self.beat(FALL):
            self.play(Appear(*self.over.frame))
            self.play(Appear(curve, found))
            self.play(Appear(slope, promised, under=[curve, found]))
            self.play(Appear(*shown_of(*self.falls)), Travel(*shown_of(*self.found[:2]), from_=[promised, found]))
            self.play(Appear(*self.found[2].shown))
        self.leave(*self.over.part.shown, *shown_of(*self.falls, *self.found))

    def go_again(self) -> None:
        """Take the other steps of the first part."""
        with self.beat(AGAIN):
            self.play(Vanish(self.here), Appear(self.path), Appear(*self.curve.part.shown))
            self.play(SweepTo(self.steps, self.clip.first.last, run_time=self.clip.again_seconds))
            self.play(Appear(*self.then.shown))
        self.leave(*self.curve.part.shown, *self.then.shown)
        if not self.turns:
            self.leave(*self.near.frame, self.path)

    def turn_round(self) -> None:
        """Show that one weight turns round where the other crosses 0."""
        if not self.turns:
            return
        with self.beat(TURN):
            for half, change in reversed(list(zip(self.halves, self.changes, strict=True))):
                self.play(Appear(*half.shown))
                self.play(Appear(*shown_of(*change)))
        self.leave(*shown_of(*self.halves, *(part for change in self.changes for part in change)))
        self.leave(*self.near.frame, self.path)

    def ask_rates(self) -> None:
        """Show one step at each rate, and ask which will win."""
        planes = [plane.part for pair in self.planes for plane in pair]
        self.wonder(RATES[0], Appear(*shown_of(*self.heads, *planes, *self.ones)))
        self.leave(*shown_of(*self.ones))

    def compare_rates(self) -> None:
        """Take all steps at each rate."""
        with self.beat(RATES[1]):
            last = self.clip.sweeps()["race"].high
            self.play(SweepTo(self.race, last, run_time=self.clip.again_seconds))
            self.play(Appear(*shown_of(*self.verdicts, *self.lasts)))


__getattr__, __dir__ = offer_clips(LearningStep)
