"""The worked example: one signal travels back through a small network and tells both weights what to do."""

from __future__ import annotations

from functools import cached_property

from scenes.parts.page import (
    GROUP,
    LOOSE,
    NEAR,
    ROWS,
    Column,
    Either,
    Line,
    Over,
    Row,
    Slot,
    Stack,
    Table,
    Turns,
    amid,
    between,
    during,
)
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, SweepTo, Unfold, Vanish
from scenes.parts.stage.network import NetworkStage
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import FORMULA, NAME, VALUE
from scenes.parts.things.area import area
from scenes.parts.things.base import as_source
from scenes.parts.things.knob import knob
from scenes.parts.things.letters import live, number, symbol, words
from scenes.parts.things.number_line import COMPACT, FEW, number_line
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.stretch import Stretch

WEIGHTS = ("w1", "w2")
AREAS = {0: ("dL_dw1", "x", "dL_dz"), 2: ("dL_dw2", "h", "dL_dy")}  # under which gate, and its three numbers
GRADIENTS = ("dL_dw1", "dL_dw2", "dL_dx")
LIT = (0, 1, 1, 2)  # the line of code that runs at each gate
LINES_OF_CODE = 6
FIRST = ("push_forward", "measure_loss", "ask")
BACK = ("flow_backward", "collect_weight_gradients", "confirm_by_nudging", "show_full_digits")
TURNED = "take_one_step"


class TwoLayerNetwork(NetworkStage):
    """It said one thing and should have said another; one signal travels back and tells both knobs what to do.

    The opening card asks; values go forward, dial by dial; the loss says how far off the answer is; a question to the
    class; a push of 1 travels back as a ribbon, and each gate multiplies it by its slope; each weight's gradient is an
    area, what went in times what comes back; nudges confirm both; one step against both moves the loss; last, the
    gradients in full digits. The gradients are slopes, not shares of the error.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.open("pose_question")
        self.push_forward()
        self.measure_loss()
        self.ask("ask")
        self.flow_backward()
        self.collect_weight_gradients()
        self.confirm_by_nudging()
        self.take_one_step()
        self.show_full_digits()

    # -- where things stand -------------------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Lay out the opening card, and the network with all that is told of it, in turn."""
        step = self.clip.sweeps()["step"]
        chain = self.build(Sweep(step.low, step.quantities))
        told = Turns(
            Stack(self.values_line(), LOOSE, self.forward_line(), beats=FIRST),
            Stack(self.pushes_line(), LOOSE, Turns(self.backward_line(), self.tables_line()), beats=BACK),
            Stack(self.moving_line(), LOOSE, self.knobs_line(), NEAR, self.rule_line(), beats=[TURNED]),
        )
        network = self.framed(chain.stations(ROWS, told), *FIRST, *BACK[:-1], TURNED, BACK[-1])
        self.put(self.lay_out({"card": self.card("pose_question"), "network": network}))

    @cached_property
    def legend(self) -> Part:
        """What half a turn of every dial stands for."""
        return self.part(words(self.pen, "half_turn", colour="quiet", align="right", most=1))

    def forward_line(self) -> Line:
        """Return the code of the way forward, and the answer beside its target."""
        self.miss = self.answers()
        return between(self.lines_of_code(0, LIT[-1] + 1), None, None, during(Column(self.miss), *FIRST[1:]))

    def backward_line(self) -> Line:
        """Return the graphs of the gates, then the areas of the weights with the code of the way back."""
        self.areas = {i: self.part(area(self.pen, *names)) for i, names in AREAS.items()}
        slots = [[during(graph, BACK[0])] for graph in self.graphs()]
        for i, part in (self.areas | {1: self.lines_of_code(LIT[-1] + 1, LINES_OF_CODE)}).items():
            slots[i].append(during(part, BACK[1]))
        return between(*(Slot(*slot) for slot in slots))

    def tables_line(self) -> Line:
        """Return the table of the nudges, and that of the full digits."""
        self.nudges, digits = self.nudge_rows(), self.digit_rows()
        tables = [Column(Table(*rows, lines=ROWS)) for rows in (self.nudges, digits)]
        shown = (during(table, beat) for table, beat in zip(tables, BACK[2:], strict=True))
        return amid(len(self.network.nodes), Slot(*shown))

    def knobs_line(self) -> Line:
        """Return a knob under each weight, and under the loss the answer as it nears its target."""
        first, second = (self.knob(name) for name in WEIGHTS)
        self.knobs = [first, second, self.answers(moving=True)]
        return between(first, None, second, self.knobs[-1])

    def rule_line(self) -> Line:
        """Return the rule by which both weights move."""
        forms = [symbol(self.pen, "step_rule", height=h, called=f"rule {h}") for h in (FORMULA, VALUE)]
        self.rule = [self.part(each) for each in forms]
        self.rate = self.part(live(self.pen, self.sweep["now_rate"], (0.0, self.clip.rate), symbol="rate"))
        return amid(len(self.network.nodes), Column(Row(Either(*self.rule), GROUP, self.rate)))

    # -- what stands there --------------------------------------------------------------------------------------------

    def answers(self, *, moving: bool = False) -> Part:
        """Return the number line of the answer, with the target; half the squared error stands on it as an area."""
        key = "moved_answers" if moving else "answers"
        is_square, names = self.clip.loss == "half_squared_error", ("L", "dL_dy", "miss")
        *square, miss = (self.sweep[f"now_{n}"] if moving else as_source(self.pen.quantities[n]) for n in names)
        made = number_line(
            *(self.pen, key, "y", "target"),
            source=self.sweep["now_y"] if moving else None,
            square=(square[0], square[1]) if is_square else None,
            miss=None if is_square else miss,
            misses=self.clip.misses() if is_square and moving else (),
            area="area" if is_square and not moving else "",
            wide=COMPACT,
            most=FEW,
            called=key,
        )
        return self.part(made)

    def knob(self, name: str) -> Part:
        """Return the knob of a weight, which follows the step."""
        step, now = (self.sweep[f"{what}_{name}"] for what in ("moved", "now"))
        names = {"key": f"knob_{name}", "after": f"new_{name}", "gradient": f"dL_d{name}"}
        return self.part(knob(self.pen, name, **names, step=step, now=now))

    def nudge_rows(self) -> list[list[Part]]:
        """Return the table of both nudges: the large step and the small one, each with what it gave."""
        heads = (
            words(self.pen, key, colour="quiet", align="right", most=1)
            for key in ("weight", "step", "predicted", "recomputed", "gap")
        )
        rows, steps = [[*map(self.part, heads)]], len(self.clip.nudging.steps)
        for w, i in ((w, i) for w in WEIGHTS for i in range(steps)):
            names = (f"step_{w}_{i}", f"dL_d{w}", f"nudged_{w}_{i}", f"gap_{w}_{i}")
            cells = [symbol(self.pen, w, height=VALUE, called=f"{w} of row {i}")]
            cells += [number(self.pen, name, align="right", called=f"{name} of {w} {i}") for name in names]
            rows.append([self.part(cell) for cell in cells])
        self.predicted = [rows[i][2] for i in (1, 1 + steps)]
        return rows

    def digit_rows(self) -> list[list[Item]]:
        """Return the gradients in full digits, which take the place of the few that were enough so far."""
        self.names = [self.part(symbol(self.pen, n, align="right", called=f"full symbol {n}")) for n in GRADIENTS]
        self.short, self.full = ([self.digits_of(n, full) for n in GRADIENTS] for full in (False, True))
        return [[name, Over(*both)] for name, *both in zip(self.names, self.short, self.full, strict=True)]

    def digits_of(self, name: str, full: bool) -> Part:
        """Return a gradient on its decimal point, in full digits or in the few."""
        called = f"{'full' if full else 'short'} {name}"
        return self.part(number(self.pen, name, height=NAME, align="point", full=full, called=called))

    # -- the beats ----------------------------------------------------------------------------------------------------

    def push_forward(self) -> None:
        """Let each dial turn to its value, gate after gate."""
        with self.beat("push_forward"):
            self.play(Appear(*shown_of(self.legend, *self.code(*range(LIT[-1] + 1)))))
            self.go_forward(LIT)

    def measure_loss(self) -> None:
        """Say how far off the answer is."""
        with self.beat("measure_loss"):
            self.play(Unfold(*self.miss.shown))

    def flow_backward(self) -> None:
        """Let a push of 1 flow back, gate by gate."""
        self.leave(*shown_of(*self.values, self.miss, *self.code(*range(LIT[-1] + 1))), *self.wires)
        with self.beat("flow_backward"):
            self.flow_back()
        self.leave(*shown_of(*self.graphs_drawn))

    def collect_weight_gradients(self) -> None:
        """Let what went in and what comes back span an area at each weight."""
        later = range(LIT[-1] + 1, LINES_OF_CODE)
        with self.beat("collect_weight_gradients"):
            self.play(Appear(*shown_of(*self.code(*later))))
            for i, line in zip(reversed(self.areas), (later[0], later[-1]), strict=True):
                square, sides, *numbers, product = self.areas[i].shown
                self.play(Appear(square), *self.light(line, *later))
                self.play(Unfold(sides, *numbers))
                self.play(Travel(product, from_=sides))
        products = [part.shown[-1] for part in self.areas.values()]
        self.turn(Travel(*self.predicted, from_=products))
        self.leave(*(s for s in shown_of(*self.areas.values(), *self.code(*later)) if s not in products))

    def confirm_by_nudging(self) -> None:
        """Nudge both weights, and compare what the network then gives with what was predicted."""
        with self.beat("confirm_by_nudging"):
            self.play(Appear(*shown_of(*self.nudges[0])))
            for row, above in zip(self.nudges[1:], self.nudges, strict=False):
                *others, predicted = (row[i] for i in (0, 1, 3, 4, 2))
                copied = [] if predicted in self.predicted else [Travel(predicted, from_=above[2], copy=True)]
                self.play(Appear(*shown_of(*others)), *copied)
        self.leave(*(shown for row in self.nudges for shown in shown_of(*row)))

    def take_one_step(self) -> None:
        """Turn the rate up from 0: both weights move against their gradients, and everything follows."""
        still, moving = map(shown_of, *zip(*self.chain.dials, strict=True))
        told = [*self.placed(self.rule), *self.rate.shown]
        with self.beat(TURNED):
            self.play(Vanish(*self.flowing), Appear(*self.carrying, under=still))
            self.play(Vanish(*still), Appear(*moving, *told))
            pairs = zip(self.moving, self.chain.dials[1], strict=True)
            self.play(*(Travel(value, from_=part.shown[0]) for value, part in pairs))
            self.play(Unfold(*shown_of(*self.knobs)))
            self.play(SweepTo(self.sweep, self.clip.rate, run_time=self.clip.step_seconds, steady=False))
        bars = [next(s for s in part.shown if isinstance(s, Stretch)) for part in self.knobs[:-1]]
        self.turn(Travel(*self.short[:-1], from_=bars), Appear(*still))
        self.leave(*moving, *self.carrying, *told, *shown_of(*self.moving, *self.knobs))

    def show_full_digits(self) -> None:
        """Show the three gradients in full digits."""
        with self.beat("show_full_digits"):
            self.flow_again()
            self.play(Travel(self.short[-1], from_=self.numbers_of_pushes[0], copy=True))
            self.play(Vanish(*shown_of(*self.short)), Appear(*shown_of(*self.names, *self.full)))


__getattr__, __dir__ = offer_clips(TwoLayerNetwork)
