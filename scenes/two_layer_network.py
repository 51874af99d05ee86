"""The worked example: one signal travels back through a small network and tells both weights what to do."""

from __future__ import annotations

from typing import Any

from scenes.parts.page import LOOSE, ROWS, Column, Hung, Stack, Turns, between, on
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.learning import LearningStage
from scenes.parts.stage.motions import Appear, Unfold
from scenes.parts.stage.network import FORWARD
from scenes.parts.stage.travel import Travel
from scenes.parts.things.area import area, in_full, spanned
from scenes.parts.things.formula import Formula
from scenes.parts.things.lettering import Operator
from scenes.parts.things.letters import words
from scenes.parts.things.nudge_table import NudgeTable
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.sums import Ranked
from scenes.parts.things.wire import leader, placed

WEIGHTS = ("w1", "w2")
RANKED = {"weight": "", "slope": "dL_d"}  # what is compared of both weights, by its words
AREAS = {0: ("dL_dw1", "x", "dL_dz"), 2: ("dL_dw2", "h", "dL_dy")}  # under which gate, and its three numbers
FORWARD_LINES = {0: 0, 2: 1}  # which line of the code runs at which gate
BACKWARD_LINES = {3: 2, 2: 3, 1: 4, 0: 5}
FIRST = ("push_forward", "measure_loss", "ask")
BACK = ("flow_backward", "collect_weight_gradients", "confirm_by_nudging", "show_full_digits")
STEP = "take_one_step"
CLEAR = 0.12  # of a leader: nearer to digits it would be read as a point


class TwoLayerNetwork(LearningStage):
    """It said one thing and should have said another; one signal travels back and tells both knobs what to do.

    The opening card asks; values go forward, dial by dial; the loss says how far off the answer is; a question to the
    class; a push of 1 travels back as a ribbon, and each gate multiplies it by its slope; each weight's gradient is an
    area, what went in times what comes back; nudges confirm both; one step against both moves the loss; last, the
    gradients in full digits: the smaller weight has the larger slope, and moves more.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.open("pose_question")
        self.push_forward()
        self.measure_loss()
        self.ask_which()
        self.flow_backward()
        self.collect_weight_gradients()
        self.confirm_by_nudging()
        self.take_one_step()
        self.show_full_digits()

    # -- where things stand -------------------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Lay out the opening card, and the network with all that is told of it, in turn."""
        step = self.clip.sweeps()["step"]
        self.build(Sweep(step.low, step.quantities))
        told = Turns(self.forward_lines(), self.backward_lines(), self.step_lines(STEP))
        network = self.framed(self.stations(ROWS, told), *FIRST, *BACK[:-1], STEP, BACK[-1])
        self.put(self.lay_out({"card": self.card("pose_question"), "network": network}))

    @property
    def legend(self) -> Part:
        """How a dial is read."""
        return self.part(words(self.pen, "half_turn", colour="quiet", align="right", most=1))

    def forward_lines(self) -> Stack:
        """Return the values, under them in turn the code of the way forward and the answer beside its target."""
        self.miss = self.answers()
        answer = on(*(Hung(self.miss) if name == "y" else None for name in self.network.nodes))
        return Stack(self.values_line(), LOOSE, Turns(self.code_line(FORWARD_LINES), answer), beats=FIRST)

    def backward_lines(self) -> Stack:
        """Return the pushes, under them in turn graphs, areas with the code of the way back, and nudges."""
        scales: dict[str, Any] = {"smaller": "small_area", "like": ("dL_dz", "dL_dy")}
        self.areas = {i: self.part(area(self.pen, *names, **scales)) for i, names in AREAS.items()}
        areas = between(*map(self.areas.get, range(len(self.slopes))))
        self.nudges = {i: NudgeTable(self.pen, self.clip.nudging, w) for i, w in zip(AREAS, WEIGHTS, strict=True)}
        boxes = {i: table.box for i, table in self.nudges.items()}
        table = between(*map(boxes.get, range(len(self.slopes))))
        self.steps = {i: self.step_of(w) for i, w in zip(AREAS, WEIGHTS, strict=True)}
        steps = between(*(Hung(self.steps[i].box) if i in AREAS else None for i in range(len(self.slopes))))
        self.ranks = Ranked(self.pen, {kind: [f"size_{of}{w}" for w in WEIGHTS] for kind, of in RANKED.items()})
        ranks = between(None, Hung(Column(self.ranks.table)), None, None)
        opened = Stack(Turns(areas, ranks), ROWS, Turns(self.code_line(BACKWARD_LINES), steps))
        return Stack(self.pushes_line(), LOOSE, Turns(between(*self.graphs("run")), opened, table), beats=BACK)

    def step_of(self, weight: str) -> Formula:
        """Return the step of a weight, worked out."""
        step, rate, slope = f"step_{weight}", "minus_rate", f"dL_d{weight}"
        equals: Operator = "=" if self.pen.equals(step, rate, slope) == "equation" else "approx"
        return Formula(self.pen, step, "=", rate, "times", slope, equals, step)

    # -- the beats ----------------------------------------------------------------------------------------------------

    def push_forward(self) -> None:
        """Let each dial turn to its value, gate after gate."""
        with self.beat("push_forward"):
            self.play(Appear(*shown_of(self.legend, *self.code(*FORWARD_LINES.values()))))
            self.go_forward(FORWARD_LINES)
        self.leave(*shown_of(*self.code(*FORWARD_LINES.values())))

    def measure_loss(self) -> None:
        """Say how far off the answer is."""
        y, line = (placed(part) for part in (self.values[-2], self.miss))
        self.down = leader(self.theme, (y.x, y.region.bottom - CLEAR), (y.x, line.y + CLEAR))
        with self.beat("measure_loss"):
            self.play(Appear(self.down), Unfold(*self.miss.shown))

    def ask_which(self) -> None:
        """Ask which weight moves the loss more, with all but the weights out of focus."""
        gates = [(self.chain.posts[FORWARD][i], *self.chain.gates[FORWARD][i].shown) for i in range(len(self.slopes))]
        rest = [shown for i, gate in enumerate(gates) if i not in AREAS for shown in gate]
        self.wonder("ask", self.dim(*rest, *self.wires))

    def flow_backward(self) -> None:
        """Let a push of 1 flow back, gate by gate."""
        self.leave(*shown_of(self.miss), self.down)
        self.turn_back()
        with self.beat("flow_backward"):
            self.flow_back()
        self.leave(*shown_of(*self.graphs_drawn), *self.leaders)

    def collect_weight_gradients(self) -> None:
        """Let what went in and what comes back span an area at each weight."""
        with self.beat("collect_weight_gradients"):
            self.play(Appear(*shown_of(*self.code(*BACKWARD_LINES.values()))), self.dim(*self.focus(*AREAS)))
            for gate, line in BACKWARD_LINES.items():
                self.play(*self.light(line, *BACKWARD_LINES.values()))
                if gate in self.areas:
                    self.span(self.areas[gate], gate)
        products = [part.shown[-1] for part in self.areas.values()]
        self.leave(*(s for part in self.areas.values() for each in spanned(part) for s in each if s not in products))
        self.leave(*shown_of(*self.code(*BACKWARD_LINES.values())))

    def confirm_by_nudging(self) -> None:
        """Nudge both weights, and compare what the network then gives with what was predicted."""
        with self.beat("confirm_by_nudging"):
            for i, table in self.nudges.items():
                self.play(Travel(*table.predicted.shown[-1:], from_=self.areas[i].shown[-1]))
                for shown in table.told():
                    self.play(Appear(*shown))
        self.leave(
            *(s for table in self.nudges.values() for shown in (*table.told(), table.predicted.shown) for s in shown)
        )

    def take_one_step(self) -> None:
        """Turn the rate up from 0: both weights move against their gradients, and everything follows."""
        with self.beat(STEP):
            self.step()

    def show_full_digits(self) -> None:
        """Show both gradients in full digits, the step of each weight, and that size does not decide."""
        with self.beat("show_full_digits"):
            self.flow_again()
            self.play(Unfold(*(shown for part in self.areas.values() for shown in spanned(part)[0])))
            self.play(Appear(*map(in_full, self.areas.values())))
            for row in self.ranks.rows:
                self.play(Appear(*row))
            self.play(Appear(*(shown for step in self.steps.values() for shown in shown_of(*step.parts))))


__getattr__, __dir__ = offer_clips(TwoLayerNetwork)
