"""The worked example: one signal travels back through a small network and tells both weights what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenes.parts.page import LABEL, LOOSE, ROWS, Hung, Line, Row, Stack, Turns, amid, between, on
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.learning import LearningStage
from scenes.parts.stage.motions import Appear, Pour, Unfold
from scenes.parts.stage.network_page import BACKWARD, FORWARD
from scenes.parts.things.area import area
from scenes.parts.things.formula import Formula
from scenes.parts.things.listing import Listing
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.pillars import pillars
from scenes.parts.things.wire import leader, placed

WEIGHTS = ("w1", "w2")
AREAS = {0: ("dL_dw1", "x", "dL_dz"), 2: ("dL_dw2", "h", "dL_dy")}  # under which gate, and its three numbers
SIZES = ("size_w1", "size_w2"), ("size_dL_dw1", "size_dL_dw2")  # what is compared
CODE = (("z", "y"), ("dL_dy", "dL_dw2", "dL_dz", "dL_dw1"))  # what each line makes: forward, back
COLLECTED = "collect_weight_gradients", "collect_again"
FIRST = ("push_forward", "push_on", "measure_loss", "ask")
BACK = ("flow_backward", "flow_on", "flow_through", "flow_out", "ask_gradient", *COLLECTED, "write_code")
NUDGES, STEP, LAST = ("confirm_by_nudging", "confirm_again"), ("ask_step", "take_one_step"), "compare_sizes"
CLEAR = 0.12  # of a leader: nearer to digits it would be read as a point


class TwoLayerNetwork(LearningStage):
    """It said one thing and should have said another; one signal travels back and tells both knobs what to do.

    The opening card asks; values go forward; the loss says how far off the answer is; a question; a push of 1 travels
    back as a ribbon, each gate multiplies it by its slope; each weight's gradient is an area, what went in times what
    comes back; the same in code; nudges confirm both; one step moves the loss; last, sizes of weights and gradients.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.open("pose_question")
        self.push_forward()
        self.measure_loss()
        self.ask_which()
        self.flow_backward()
        self.ask_gradient()
        self.collect_weight_gradients()
        self.write_code()
        self.confirm_by_nudging()
        self.take_one_step()
        self.compare_sizes()

    # -- where things stand -------------------------------------------------------------------------------------------

    names_stay = True

    def arrange(self) -> None:
        """Lay out the opening card, and the network with all that is told of it, in turn."""
        step = self.clip.sweeps()["step"]
        self.build(Sweep(step.low, step.quantities))
        told = [
            self.forward_lines(),
            self.backward_lines(),
            self.nudge_lines(*NUDGES),
            self.step_lines(*STEP),
            self.last_lines(),
        ]
        beats = *FIRST, *BACK, *NUDGES, *STEP, LAST
        network = self.framed(self.stations(ROWS, Turns(*told)), *beats, corner=self.keys(STEP[1], "ask", LAST))
        self.put(self.lay_out({"card": self.card("pose_question", asks=("y",)), "network": network}))
        self.bring_near(*FIRST[:2])

    def beneath(self, boxes: Mapping[int, Item]) -> Line:
        """Return a line of things under gates."""
        return between(*map(boxes.get, range(len(self.slopes))))

    def forward_lines(self) -> Stack:
        """Return the values, under them in turn the function, the answer, and the sizes of the weights."""
        self.miss = self.answers()
        answer = on(*(Hung(self.miss) if name == "y" else None for name in self.network.nodes))
        self.guesses = {i: self.bars(f"guess {i}", size) for i, size in zip(AREAS, SIZES[0], strict=True)}
        made = Stack(self.products_line(), LABEL, self.read_lines(self.function_line()), beats=FIRST[:2])
        told = Turns(made, answer, self.beneath({i: Hung(part) for i, part in self.guesses.items()}))
        return Stack(self.values_line(), LABEL, told, beats=FIRST)

    def bars(self, called: str, *sizes: str) -> Part:
        """Return sizes as bars, on one scale wherever they stand."""
        how: dict[str, Any] = {"like": [name for pair in SIZES for name in pair], "smaller": "small_bar"}
        return self.part(pillars(self.pen, sizes, **how, called=called))

    def backward_lines(self) -> Stack:
        """Return the pushes, under them in turn graphs, areas, and the code."""
        like = [name for _, *sides in AREAS.values() for name in sides]
        how: dict[str, Any] = {"smaller": "small_area", "least": "least_area", "like": like, "beside": True}
        self.areas = {i: self.part(area(self.pen, *names, **how)) for i, names in AREAS.items()}
        lines = [(f"code.{i}", name) for i, name in enumerate(name for names in CODE for name in names)]
        self.code = Listing(self.pen, (lines[: len(CODE[0])], lines[len(CODE[0]) :]), "named")
        code = amid(len(self.network.nodes), Hung(self.code.box))
        told = Turns(between(*self.graphs("run")), self.beneath(self.areas), code)
        return Stack(self.pushes_line(), LOOSE, told, beats=BACK)

    def last_lines(self) -> Stack:
        """Return how far each weight moved, and why; under it both weights, and beside them both gradients."""
        self.sizes = [self.bars(f"sizes {i}", *pair) for i, pair in enumerate(SIZES)]
        made = ((f"step_{w}", "=", "minus_rate", "times", f"dL_d{w}", "=", f"step_{w}") for w in WEIGHTS)
        self.steps = [Formula(self.pen, *pieces, like="steps") for pieces in made]
        steps = dict(zip(AREAS, (step.box for step in self.steps), strict=True))
        sizes = amid(len(self.network.nodes), Hung(Row(*self.sizes, gap=LOOSE)))
        return Stack(self.beneath(steps), ROWS, sizes, beats=[LAST])

    # -- the beats ----------------------------------------------------------------------------------------------------

    def push_forward(self) -> None:
        """Let each dial turn to its value, gate after gate: up to the function, then through it, up to the loss."""
        gates = range(len(self.slopes) - 1)
        with self.beat("push_forward"):
            self.play(Appear(*self.wires, *self.chain.posts[FORWARD], *self.read.shown))
            self.go_forward(*gates[: self.function])
        self.leave(*self.read.shown)
        with self.beat("push_on"):
            self.go_forward(*gates[self.function :])
            self.play(Appear(*shown_of(*self.rings)))
        self.leave(*self.graph_of_function.shown, *shown_of(*self.rings))
        self.leave(*(shown for made in self.multiplied.values() for shown in shown_of(*made)))

    def measure_loss(self) -> None:
        """Say how far off the answer is."""
        y, line = (placed(part) for part in (self.values[-2], self.miss))
        self.down = leader(self.theme, (y.x, y.region.bottom - CLEAR), (y.x, line.y + CLEAR))
        with self.beat("measure_loss"):
            self.play(Appear(self.down), Unfold(*self.miss.shown))
            self.go_forward(len(self.slopes) - 1)
        self.leave(self.down, *self.miss.shown)

    def ask_which(self) -> None:
        """Ask which weight moves the loss more, the sizes of both before one's eyes, the rest out of focus."""
        rest = [*self.gates_beside(*AREAS, cast=FORWARD), *shown_of(*self.values[:-1]), *self.wires]
        bars = shown_of(*self.guesses.values(), *self.weights_key)
        self.wonder("ask", self.unlit(*rest), Unfold(*bars))
        self.leave(*bars)

    def flow_backward(self) -> None:
        """Let a push of 1 flow back: through the last gate, through the weight before it, then through the others."""
        self.turn_back()
        first, second, third, last = range(len(self.slopes))
        with self.beat("flow_backward"):
            self.begin_back()
            self.flow_back(last)
        with self.beat("flow_on"):
            self.flow_back(third, told=[last])
        with self.beat("flow_through"):
            self.flow_back(second, told=[third])
        with self.beat("flow_out"):
            self.flow_back(first, told=[second])
        self.leave(*shown_of(*self.graphs_drawn), *self.leaders)

    def ask_gradient(self) -> None:
        """Ask for the gradient of the first weight: is it what its input gets? Nothing else is in focus."""
        first = min(AREAS)
        rest = (shown for shown in self.focus(first) if shown not in self.placed(self.pushes[first]))
        self.wonder("ask_gradient", self.unlit(*rest))

    def collect_weight_gradients(self) -> None:
        """Let what went in and what comes back span an area at each weight."""
        for beat, gate in zip(COLLECTED, AREAS, strict=True):
            with self.beat(beat):
                self.play(*self.look_at(gate))
                self.span(self.areas[gate], gate)
        self.leave(*shown_of(*self.areas.values()))

    def write_code(self) -> None:
        """Write the same in code: each line gives its number."""
        with self.beat("write_code"):
            self.play(self.unlit(*self.gates_at(*AREAS), *self.numbers_of_pushes, *shown_of(*self.known)))
            self.run(self.code)
        self.leave(*self.code.note, *(shown for line in self.code.lines for part in line for shown in part))

    def confirm_by_nudging(self) -> None:
        """Nudge one weight after the other, and compare what the network then gives with what was predicted."""
        self.leave(*self.flowing, *shown_of(*self.known))
        self.confirm(*NUDGES)

    def take_one_step(self) -> None:
        """Ask which way the weights must go, then turn the rate up from 0: both move, and everything follows."""
        asked, told = STEP
        with self.asking(asked):
            self.pose_step()
        with self.beat(told):
            self.step()

    def compare_sizes(self) -> None:
        """Set the sizes of both gradients beside those of both weights."""
        with self.beat(LAST):
            self.play(Appear(*self.passing(BACKWARD), under=shown_of(*self.chain.dials[0])))
            self.play(Pour(*reversed(self.chain.ribbons), under=shown_of(*self.chain.dials[0]), lag=0.5))
            self.play(self.unlit(*self.gates_beside(*AREAS)), Unfold(*shown_of(self.sizes[0], *self.low_key)))
            steps = shown_of(*(part for step in self.steps for part in step.parts))
            self.play(Unfold(*self.sizes[1].shown), Appear(*steps))


__getattr__, __dir__ = offer_clips(TwoLayerNetwork)
