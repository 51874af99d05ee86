"""Functions in a row while x sweeps: forward values, and the gradient that comes back to each node."""

from __future__ import annotations

from manim.mobject.geometry.arc import Circle
from manim.mobject.geometry.line import Line

from scenes.parts.measure import Axis
from scenes.parts.pictures.product import ProductLine
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, Dim, SweepTo
from scenes.parts.stage.overlaps import overlap
from scenes.parts.stage.stage import LEFT_EDGE, Stage
from scenes.parts.theme import LINE
from scenes.parts.things.base import Shown
from scenes.parts.things.decor import decor
from scenes.parts.things.lettering import Align, Words
from scenes.parts.things.plot import Curve
from scenes.parts.things.readout import Readout

LEFT, WIDTH, RADIUS, NODE_LINE = -5.1, 11.8, 0.4, 1.42
VALUES, GRADIENTS = (0.62, -0.7, 0.28), (-1.3, -2.62, -1.64)  # line of the readouts, bottom and top of the plots
CLOSE, UPPER, LOWER, APART = (-5.4, 5.4), (0.3, 1.55), (-1.72, -0.47), 0.35  # the enlarged plots: across, up, up
HEADS_LINE, SUM_LINE, SUM_LEFT, AT = -2.33, -2.87, -2.8, -5.1


Ends = tuple[float, float]
Marks = tuple[Shown, Shown, Shown]


class ToyChain(Stage):
    """Where a stage is flat, the signal dies.

    The chain of functions; x sweeps and the values follow; a question to the class; x sweeps back and the gradients
    follow, each at its own node; the flat places by name; one worked out; what a gradient near zero does not mean.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.open_with_title()
        self.show_functions()
        self.sweep_forward()
        self.ask("ask")
        self.sweep_gradients()
        self.name_flat_places()
        self.work_out_a_flat_place()
        self.warn_of_zero()

    def show_functions(self) -> None:
        """Set up the chain from x on the left to the output on the right."""
        self.names = self.clip.node_names()
        self.sweep = Sweep(self.clip.x_range[0], self.clip.sweeps()["x"].quantities)
        nodes = [part for i in range(len(self.names)) for part in self.node(i)]
        edges = [part for i in range(len(self.names) - 1) for part in self.edge(i)]
        with self.beat("show_functions"):
            self.play(Appear(*nodes, *edges, run_time=1.2))

    def sweep_forward(self) -> None:
        """Let x run through its range: each node's value rides on its own curve."""
        self.values = self.plots("h", "values", "value_range", VALUES)
        with self.beat("sweep_forward"):
            self.play(Appear(*self.values))
            self.play(SweepTo(self.sweep, self.clip.x_range[1], run_time=self.clip.sweep_seconds))

    def sweep_gradients(self) -> None:
        """Let x run back: now what comes back to each node is shown below its value."""
        numbers = [shown for shown in self.values if isinstance(shown, Readout)]
        for curve in (shown for shown in self.values if isinstance(shown, Curve)):
            curve.let_go()
        with self.beat("sweep_gradients"):
            gradients = self.plots("d", "gradients", "gradient_range", GRADIENTS)
            self.play(Dim(*numbers, quiet=self.theme.colour("quiet")), Appear(*gradients))
            self.play(SweepTo(self.sweep, self.clip.x_range[0], run_time=self.clip.sweep_seconds))
        self.leave(*(shown for shown in self.standing if shown is not self.title))

    def name_flat_places(self) -> None:
        """Enlarge the functions that are flat somewhere, and what comes back to x below them."""
        upper, lower = self.axes(CLOSE, UPPER, "close_range", APART), self.axes(CLOSE, LOWER, "close_range", APART)
        nodes = [self.names[layer + 1] for layer in self.clip.flat_layers()]
        curves = [self.pen.curve(f"sweep_h_{name}", upper[1], "sweep_h_x", upper[0], stroke=6) for name in nodes]
        back = self.pen.curve("sweep_d_x", lower[1], "sweep_h_x", lower[0], stroke=6)
        meaning = self.pen.symbol("d_x", align="left").at(CLOSE[0] + 0.1, LOWER[1] - 0.3)
        with self.beat("name_flat_places"):
            axes = [
                *self.axis_lines(*upper, *lower),
                *self.ends("close_range", upper[1]),
                *self.ends("close_range", lower[1]),
            ]
            self.play(Appear(*axes, *curves, back, meaning))
            named: list[Words] = []
            for index in range(len(self.clip.flat_places())):
                *marks, words = self.flat_place(index, upper, lower)
                crowded = any(overlap(words, other) for other in named)
                named += [] if crowded else [words]
                self.play(Appear(*marks, *([] if crowded else [words])))

    def flat_place(self, index: int, upper: tuple[Axis, Axis], lower: tuple[Axis, Axis]) -> tuple[*Marks, Words]:
        """Return the dots of a flat place on its function and on what comes back, joined, and the function's name."""
        at, layer = f"flat_{index}_x", self.clip.flat_places()[index].layer
        flat = self.pen.dot(f"flat_{index}_h", upper[1], across=(at, upper[0]), radius=0.12)
        back = self.pen.dot(f"flat_{index}_back", lower[1], across=(at, lower[0]), radius=0.12)
        (x, y, _), zero = flat.place, upper[0].start[1]
        right = x > CLOSE[1] - 2
        line = y + 0.19 if y < zero - 0.3 else zero - 0.5
        words = self.pen.words("flat", align="right" if right else "left", local={"function": f"function_{layer}"})
        joint = decor(self.line((x, y - 0.15), (x, float(back.place[1]) + 0.15)))
        return joint, flat, back, words.at(x - 0.2 if right else x + 0.2, line)

    def work_out_a_flat_place(self) -> None:
        """Multiply at the first flat place: local x incoming = outgoing."""
        if not self.clip.flat_places():
            return
        with self.beat("work_out_a_flat_place"):
            row = ("flat_0_local", "flat_0_incoming", "flat_0_outgoing")
            line = ProductLine(self.pen, [row], left=SUM_LEFT, heads_line=HEADS_LINE, line=SUM_LINE)
            product, at = line.products[0], self.pen.readout("flat_0_x", form="equation").at(AT, SUM_LINE)
            self.play(Appear(*line.heads, at))
            self.play(Appear(*product.factors))
            self.play(Appear(*product.result))
        self.leave(*line.heads, *product.factors, *product.result)

    def warn_of_zero(self) -> None:
        """Say what a gradient near zero does not mean: the output there may be far from what is wanted."""
        with self.beat("warn_of_zero"):
            if self.clip.flat_places():
                y, back = (self.pen.readout(f"flat_0_{name}", form="equation") for name in ("y", "back"))
                self.play(Appear(y.at(-0.9, SUM_LINE), back.at(3.9, SUM_LINE)))

    # -- parts of the picture -----------------------------------------------------------------------------------------

    def column(self, index: int) -> float:
        """Return x of the middle of a node's column."""
        return LEFT + WIDTH * (index + 0.5) / len(self.names)

    def line(self, start: tuple[float, float], end: tuple[float, float]) -> Line:
        """Return a quiet line."""
        return Line([*start, 0], [*end, 0], buff=0, stroke_width=LINE, color=self.theme.colour("quiet"))

    def node(self, index: int) -> tuple[Shown, Shown]:
        """Return the circle and the symbol of a node."""
        x, colour = self.column(index), self.theme.colour("value")
        circle = Circle(RADIUS, color=colour, stroke_width=LINE).move_to([x, NODE_LINE, 0])
        return decor(circle), self.pen.symbol(f"h_{self.names[index]}", height=0.34).at(x, NODE_LINE - 0.11)

    def edge(self, index: int) -> tuple[Shown, Shown]:
        """Return the line from a node to the next, and the name of the function that stands there."""
        start, end = self.column(index) + RADIUS + 0.08, self.column(index + 1) - RADIUS - 0.08
        edge = decor(self.line((start, NODE_LINE), (end, NODE_LINE)))
        return edge, self.pen.name(f"function_{index}").at((start + end) / 2, NODE_LINE + 0.18)

    def plots(self, what: str, label: str, key: str, lines: tuple[float, float, float]) -> list[Shown]:
        """Return a small plot for every node, with a dot that rides on the curve and a live number above it."""
        readout_line, bottom, top = lines
        half = min(1.3, 0.42 * WIDTH / len(self.names))
        shown: list[Shown] = []
        for index, name in enumerate(self.names):
            middle = self.column(index)
            x_axis, y_axis = self.axes((middle - half, middle + half), (bottom, top), key)
            live = self.sweep["h_x"], self.sweep[f"{what}_{name}"]
            curve = self.pen.curve(f"sweep_{what}_{name}", y_axis, "sweep_h_x", x_axis, until=live, rising=what == "h")
            dot = self.pen.dot(self.sweep[f"{what}_{name}"], y_axis, across=(self.sweep["h_x"], x_axis))
            number = self.pen.live_readout(self.sweep[f"{what}_{name}"]).at(middle - 0.06, readout_line)
            shown += [*self.axis_lines(x_axis, y_axis), curve, dot, number]
            if index == 0:
                shown += self.ends(key, y_axis)
        return [*shown, self.pen.words(label, colour="quiet").at(LEFT_EDGE, readout_line)]

    def axes(self, across: Ends, up: Ends, key: str, apart: float = 0.0) -> tuple[Axis, Axis]:
        """Return the axes of a plot: x across the height where 0 is, ``key`` upwards, ``apart`` to its left."""
        y_axis = self.pen.axis(key, ((across[0] - apart, up[0]), (across[0] - apart, up[1])))
        low, high = y_axis.low, y_axis.high
        zero = float(y_axis.point(min(max(0.0, low), high))[1])
        return self.pen.axis("x_range", ((across[0], zero), (across[1], zero))), y_axis

    def axis_lines(self, *axes: Axis) -> list[Shown]:
        """Return the lines of axes."""
        return [self.pen.axis_line(axis) for axis in axes]

    def ends(
        self, key: str, axis: Axis, off: tuple[float, float] = (-0.2, -0.14), align: Align = "right"
    ) -> list[Shown]:
        """Return the numbers at both ends of an axis, ``off`` by (x, y)."""
        places = (("low", axis.start), ("high", axis.end))
        return [
            self.pen.readout(f"{key}_{end}", colour="quiet", align=align).at(point[0] + off[0], point[1] + off[1])
            for end, point in places
        ]


__getattr__, __dir__ = offer_clips(ToyChain)
