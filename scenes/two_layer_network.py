"""Two knobs, one signal: the forward pass, the backward pass and the proof, on a network of two weights."""

from __future__ import annotations

from manim.mobject.geometry.arc import Circle
from manim.mobject.geometry.line import Line

from scenes.parts.pictures.product import ProductLine, weight_product
from scenes.parts.pictures.rows import spread
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, Dim, Grow, Recolour, Vanish
from scenes.parts.stage.stage import LEFT_EDGE, Stage
from scenes.parts.theme import LINE
from scenes.parts.things.base import Shown
from scenes.parts.things.decor import decor

NODES = ("x", "z", "h", "y", "L")
SPACING, FIRST, RADIUS = 1.66, -5.3, 0.4
STAGE_LINE, NODE_LINE, VALUE_LINES = 1.63, 0.93, (0.11, -0.3)
LANE, PUSH_LINES, HEADS_LINE, SUM_LINE = -0.68, (-1.37, -1.81), -2.33, -2.87
CODE_LEFT, CODE_TOP, CODE_STEP, LEGEND_LINE = 2.55, 1.17, 0.44, -1.3
TABLE_COLUMNS, TABLE_TOP, TABLE_BOTTOM = (-6.05, -3.9, -0.85, 2.2), 0.6, -2.86
PICTURE, ANSWERS = (4.7, -0.95, 0.3), (3.7, 6.6)  # left end, and the line that a rise or a fall starts from


class TwoLayerNetwork(Stage):
    """One signal travels back and answers both knobs.

    The question; the values going forward; the loss; a question to the class; delta going back, stage by stage, as
    local x incoming = outgoing; each weight's gradient; nudges that confirm them; all gradients in full digits.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.open_with_title()
        self.pose_question()
        self.push_forward()
        self.measure_loss()
        self.ask("ask")
        self.flow_backward()
        self.collect_weight_gradients()
        self.confirm_by_nudging()
        self.show_full_digits()

    def pose_question(self) -> None:
        """Show what came out and what was wanted, side by side."""
        with self.beat("pose_question"):
            said = self.pen.words("said", colour="quiet", align="centre").at(-3.4, 0.6)
            wanted = self.pen.words("target", colour="quiet", align="centre").at(3.4, 0.6)
            y = self.pen.readout("y", height=0.7).at(-3.4, -0.7)
            target = self.pen.readout("target", height=0.7).at(3.4, -0.7)
            self.play(Appear(said, y))
            self.play(Appear(wanted, target))
        self.leave(said, wanted, y, target)

    def push_forward(self) -> None:
        """Fill in the values from left to right, each with its line of code."""
        self.code = self.code_lines()
        self.nodes = [self.node(name) for name in NODES]
        self.edges = [self.edge(i) for i in range(4)]
        self.stages = [self.stage_name(i) for i in range(4)]
        self.values = [self.pen.readout(name) for name in NODES]
        spread(self.values, self.columns, VALUE_LINES)
        with self.beat("push_forward"):
            circles = [part for node in self.nodes[:4] for part in node]
            meaning = self.pen.words("function").at(CODE_LEFT, STAGE_LINE)
            known = [*self.edges[:3], *circles, *self.stages[:3], *self.code, meaning, self.values[0]]
            self.play(Appear(*known, run_time=0.8))
            for index, line in ((1, 0), (2, 1), (3, 1)):
                self.play(*self.light(line), Recolour(self.edges[index - 1], colour=self.theme.colour("value")))
                self.play(Appear(self.values[index]))

    def measure_loss(self) -> None:
        """Compare the output with what is wanted."""
        formula = self.pen.symbol("loss_formula", height=0.42, align="left").at(self.column(0) - RADIUS, -1.6)
        with self.beat("measure_loss"):
            self.play(*self.light(2), Appear(self.edges[3], *self.nodes[4], self.stages[3]))
            self.play(Appear(formula))
            self.play(Recolour(self.edges[3], colour=self.theme.colour("loss")), Appear(self.values[4]))
        self.leave(formula)

    def flow_backward(self) -> None:
        """Send delta back from the loss, one local derivative at a time."""
        lane = decor(self.line(LEFT_EDGE, LANE, self.column(4) + RADIUS, LANE))
        legend = self.legend(CODE_LEFT, LEGEND_LINE)
        quiet = self.theme.colour("quiet")
        rows = [(local, incoming, outgoing) for _, local, incoming, outgoing, _ in BACKWARD]
        line = ProductLine(self.pen, rows, left=LEFT_EDGE + 0.2, heads_line=HEADS_LINE, line=SUM_LINE)
        self.pushes = self.push_numbers()
        row = list[Shown]()
        with self.beat("flow_backward"):
            self.play(
                Dim(*self.values, quiet=quiet), Recolour(*self.edges, colour=quiet), Appear(lane, *legend, *line.heads)
            )
            self.arrive("dL_dL", 4)
            for (index, *_, outgoing, live), product in zip(BACKWARD, line.products, strict=True):
                lit = Recolour(self.edges[index], colour=self.theme.colour("gradient"))
                self.play(*self.light(live), lit, *([Vanish(*row)] if row else []))
                self.play(Appear(*product.factors))
                self.play(Appear(*product.result))
                row = [*product.factors, *product.result]
                self.arrive(outgoing, index)
        self.leave(*row, *line.heads)

    def collect_weight_gradients(self) -> None:
        """Multiply the push behind each weight by the value in front of it."""
        with self.beat("collect_weight_gradients"):
            for weight, push, value, y, live in WEIGHTS:
                factor = self.values[NODES.index(value)]
                lit = Recolour(factor, colour=self.theme.colour("value"))
                self.play(*self.light(live), lit, Appear(*weight_product(self.pen, weight, push, value, line=y)))

    def confirm_by_nudging(self) -> None:
        """Run the network again with each weight a little larger and smaller."""
        self.leave(*(shown for shown in self.standing if shown is not self.title))
        for weight in ("w1", "w2"):
            with self.beat(f"nudge_{weight}"):
                table = self.nudge_table(weight)
                picture = self.nudge_picture(weight)
                for row in table:
                    self.play(Appear(*row))
                self.play(Grow(*picture[:2]), Appear(*picture[2:]))
            self.leave(*(part for row in table for part in row), *picture)

    def show_full_digits(self) -> None:
        """Show every gradient that was asked for with ten digits, and which way each knob should turn."""
        with self.beat("show_full_digits"):
            self.play(Appear(*self.legend(ANSWERS[0], -2.25)))
            for name, y in (("dL_dw1", 1.05), ("dL_dw2", -0.3), ("dL_dx", -1.65)):
                number = self.pen.readout(name, form="equation", full=True, height=0.44, align="left").at(-6.5, y)
                arrow = self.pen.arrow(name, "scale", tail=(ANSWERS[1], y + 0.2))
                baseline = decor(self.line(ANSWERS[0], y + 0.2, ANSWERS[1], y + 0.2))
                answer = self.pen.words(self.answer(name)).at(-6.5, y - 0.58)
                self.play(Appear(number, baseline, answer), Grow(arrow))

    def answer(self, name: str) -> str:
        """Return the key of the words that say what a gradient asks for."""
        if name == "dL_dx":
            return "data"
        gradient = self.quantities[name].number
        return "stay" if gradient == 0 else "turn_down" if gradient > 0 else "turn_up"

    # -- parts of the picture -----------------------------------------------------------------------------------------

    @property
    def columns(self) -> list[float]:
        """Where the nodes stand, x."""
        return [self.column(index) for index in range(len(NODES))]

    def column(self, index: int) -> float:
        """Return x of a node."""
        return FIRST + SPACING * index

    def line(self, x0: float, y0: float, x1: float, y1: float) -> Line:
        """Return a quiet line."""
        return Line([x0, y0, 0], [x1, y1, 0], buff=0, stroke_width=LINE, color=self.theme.colour("quiet"))

    def node(self, name: str) -> tuple[Shown, Shown]:
        """Return the circle and the symbol of a node."""
        x = self.column(NODES.index(name))
        colour = self.theme.colour(self.quantities[name].row.role)
        circle = Circle(RADIUS, color=colour, stroke_width=LINE).move_to([x, NODE_LINE, 0])
        return decor(circle), self.pen.symbol(name, height=0.36).at(x, NODE_LINE - 0.12)

    def edge(self, index: int) -> Shown:
        """Return the line between two neighbouring nodes."""
        gap = RADIUS + 0.08
        return decor(self.line(self.column(index) + gap, NODE_LINE, self.column(index + 1) - gap, NODE_LINE))

    def code_lines(self) -> list[Shown]:
        """Return the six lines of code, at rest."""
        lines = range(len(self.clip.words.code))
        return [
            self.pen.words(f"code.{i}", style="code", colour="quiet").at(CODE_LEFT, CODE_TOP - CODE_STEP * i)
            for i in lines
        ]

    def stage_name(self, index: int) -> Shown:
        """Return what stands over a stage: a knob, the function, the other knob, and what is wanted."""
        middle = self.column(index) + SPACING / 2
        if index == 1:
            return self.pen.symbol("f").at(middle, STAGE_LINE)
        if index == 3:
            return self.pen.readout("target", form="equation").at(self.column(4), STAGE_LINE)
        return self.pen.readout("w1" if index == 0 else "w2", form="equation").at(middle, STAGE_LINE)

    def light(self, live: int | None) -> tuple[Recolour, ...]:
        """Return the motions that light the line of code that runs now, or none of them."""
        quiet, ink = self.theme.colour("quiet"), self.theme.colour("ink")
        return tuple(Recolour(line, colour=ink if i == live else quiet) for i, line in enumerate(self.code))

    def legend(self, x: float, y: float) -> tuple[Shown, Shown]:
        """Return the bar of one unit of gradient, and the words that say so."""
        return self.pen.legend("scale", start=(x, y)), self.pen.words("legend", colour="quiet").at(x, y - 0.5)

    def push_numbers(self) -> list[list[Shown]]:
        """Return each node's gradient as a number under it, and its name where the numbers leave a line free."""
        names = ["dL_dx", "dL_dz", "dL_dh", "dL_dy", "dL_dL"]
        numbers = [self.pen.readout(name) for name in names]
        if spread(numbers, self.columns, PUSH_LINES) > 1:
            return [[number] for number in numbers]
        symbols = [self.pen.symbol(name).at(self.column(i), PUSH_LINES[1]) for i, name in enumerate(names)]
        return [[number, symbol] for number, symbol in zip(numbers, symbols, strict=True)]

    def arrive(self, name: str, index: int) -> None:
        """Let the push at a node grow along the lane, with its number and its name."""
        arrow = self.pen.arrow(name, "scale", tail=(self.column(index), LANE))
        self.play(Grow(arrow, run_time=0.6), Appear(*self.pushes[index], run_time=0.6))

    def nudge_table(self, weight: str) -> list[list[Shown]]:
        """Return the table: the heads, then one row per step, the confirming one last, and a note on rounding."""
        keys = zip(("step", "predicted", "recomputed", "gap"), TABLE_COLUMNS, strict=True)
        name, top = f"dL_d{weight}", TABLE_TOP
        heads: list[Shown] = [self.pen.words(key, colour="quiet", align="centre").at(x, top) for key, x in keys]
        symbol = self.pen.symbol(name, height=0.4).at((TABLE_COLUMNS[1] + TABLE_COLUMNS[2]) / 2, top + 0.75)
        rows: list[list[Shown]] = [[symbol, *heads]]
        gap = min(0.9, (top - TABLE_BOTTOM) / (len(self.clip.steps) + 1.2))
        for index in range(len(self.clip.steps)):
            step, recomputed, difference = (f"{part}_{weight}_{index}" for part in ("step", "nudged", "gap"))
            y = top - gap * (index + 1)
            columns = zip((step, name, recomputed, difference), TABLE_COLUMNS, strict=True)
            rows.append([self.pen.readout(q).at(x, y) for q, x in columns])
        if self.clip.only_rounding_is_left(weight):
            note = self.pen.words("rounding", colour="quiet").at(LEFT_EDGE, top - gap * (len(rows) + 0.2))
            rows.append([note])
        return rows

    def nudge_picture(self, weight: str) -> list[Shown]:
        """Return the smallest nudge, magnified: how far the weight moved, how far the loss rose."""
        x, last, end = PICTURE[0], len(self.clip.steps) - 1, PICTURE[0] + self.clip.scale
        run, rise = f"run_{weight}_{last}", f"rise_{weight}_{last}"
        downhill = self.quantities[rise].number < 0
        y = PICTURE[2 if downhill else 1]
        bars = [
            self.pen.bar(run, "magnified", base=(x, y), direction=(1.0, 0.0), width=0.12),
            self.pen.bar(rise, "magnified", base=(end, y), width=0.12),
        ]
        names = [
            self.pen.symbol(run).at((x + end) / 2 - 0.1, y + 0.25 if downhill else y - 0.55),
            self.pen.symbol(rise, align="left").at(end + 0.2, y - 0.45 if downhill else y + 0.1),
        ]
        return [*bars, *names, self.pen.words("magnified", colour="quiet", align="centre", max_width=2.9).at(5.2, -2.3)]


BACKWARD = (
    (3, "local_L", "dL_dL", "dL_dy", 2),
    (2, "local_y", "dL_dy", "dL_dh", 4),
    (1, "local_h", "dL_dh", "dL_dz", 4),
    (0, "local_z", "dL_dz", "dL_dx", None),
)
"""One row per stage from the back: its node, its local derivative, what comes in, what goes out, the live line."""

WEIGHTS = (("dL_dw2", "dL_dy", "h", HEADS_LINE, 3), ("dL_dw1", "dL_dz", "x", SUM_LINE, 5))
"""One row per weight: its gradient, the push behind it, the value in front of it, its line on the frame and of code."""

__getattr__, __dir__ = offer_clips(TwoLayerNetwork)
