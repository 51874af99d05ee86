"""Two knobs, one signal: the forward pass, the backward pass and the proof, on a network of two weights."""

from __future__ import annotations

from manim.mobject.geometry.arc import Circle
from manim.mobject.geometry.line import Line

from scenes.parts.bound.base import Shown
from scenes.parts.bound.decor import decor
from scenes.parts.bound.lettering import Lettering
from scenes.parts.clips import offer_clips
from scenes.parts.motions import Appear, Dim, Grow, Recolour, Vanish
from scenes.parts.product import ProductLine
from scenes.parts.stage import LEFT_EDGE, Stage
from scenes.parts.theme import LINE

NODES = ("x", "z", "h", "y", "L")
SPACING, FIRST, RADIUS = 1.7, -6.2, 0.42
STAGE_LINE, NODE_LINE, VALUE_LINE, KNOB_SHIFT = 1.6, 0.89, 0.02, 0.22
LANE, PUSH_LINE, NAME_LINE, HEADS_LINE, SUM_LINE = -0.5, -1.22, -1.72, -2.31, -2.87
CODE_LEFT, CODE_TOP, CODE_STEP, LEGEND_LINE = 2.55, 1.6, 0.48, -1.22
SUM_COLUMNS = (-5.4, -2.5, 0.3)
TABLE_COLUMNS, TABLE_TOP, TABLE_STEP = (-6.0, -3.8, -1.35, 1.65), 0.9, 0.95
PICTURE = (4.5, -0.6)


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
        self.values = [self.pen.readout(name).at(self.column(i), VALUE_LINE) for i, name in enumerate(NODES)]
        with self.beat("push_forward"):
            circles = [part for node in self.nodes[:4] for part in node]
            self.play(Appear(*self.edges[:3], *circles, *self.stages[:3], *self.code, self.values[0], run_time=0.8))
            for index, line in ((1, 0), (2, 1), (3, 1)):
                self.play(*self.light(line), Recolour(self.edges[index - 1], colour=self.theme.colour("value")))
                self.play(Appear(self.values[index]))

    def measure_loss(self) -> None:
        """Compare the output with what is wanted."""
        with self.beat("measure_loss"):
            self.play(*self.light(2), Appear(self.edges[3], *self.nodes[4], self.stages[3]))
            self.play(Recolour(self.edges[3], colour=self.theme.colour("loss")), Appear(self.values[4]))

    def flow_backward(self) -> None:
        """Send delta back from the loss, one local derivative at a time."""
        lane = decor(self.line(self.column(0) - 0.45, LANE, self.column(5), LANE))
        legend = self.legend(CODE_LEFT, LEGEND_LINE)
        quiet = self.theme.colour("quiet")
        line = ProductLine(self.pen, SUM_COLUMNS, HEADS_LINE, SUM_LINE)
        heads, row = line.heads(), list[Shown]()
        with self.beat("flow_backward"):
            self.play(
                Dim(*self.values, quiet=quiet), Recolour(*self.edges, colour=quiet), Appear(lane, *legend, *heads)
            )
            self.arrive("dL_dL", 4)
            for index, local, incoming, outgoing, live in BACKWARD:
                product = line.product(local, incoming, outgoing)
                lit = Recolour(self.edges[index], colour=self.theme.colour("gradient"))
                self.play(*self.light(live), lit, *([Vanish(*row)] if row else []))
                self.play(Appear(*product.factors))
                self.play(Appear(*product.result))
                row = [*product.factors, *product.result]
                self.arrive(outgoing, index)
        self.leave(*row, *heads)

    def collect_weight_gradients(self) -> None:
        """Multiply the push behind each weight by the value in front of it."""
        with self.beat("collect_weight_gradients"):
            self.play(*self.light(3), Appear(*self.product_row("dL_dw2", "dL_dy", "h", HEADS_LINE)))
            self.play(*self.light(5), Appear(*self.product_row("dL_dw1", "dL_dz", "x", SUM_LINE)))

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
        """Show every gradient that was asked for with ten digits."""
        with self.beat("show_full_digits"):
            self.play(Appear(*self.legend(2.9, -2.3)))
            for name, y in (("dL_dw1", 0.9), ("dL_dw2", -0.4), ("dL_dx", -1.7)):
                number = self.pen.readout(name, form="equation", full=True, height=0.48, align="left").at(-6.5, y)
                arrow = self.pen.arrow(name, "scale", tail=(6.3, y + 0.2))
                baseline = decor(self.line(2.9, y + 0.2, 6.3, y + 0.2))
                self.play(Appear(number, baseline), Grow(arrow))

    # -- parts of the picture -----------------------------------------------------------------------------------------

    def column(self, index: int) -> float:
        """Return x of a node; 5 is where the signal starts."""
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
            return self.pen.name("activation").at(middle, STAGE_LINE)
        if index == 3:
            return self.pen.readout("target", form="equation").at(self.column(4), STAGE_LINE)
        name, shift = ("w1", -KNOB_SHIFT) if index == 0 else ("w2", KNOB_SHIFT)
        return self.pen.readout(name, form="equation").at(middle + shift, STAGE_LINE)

    def light(self, live: int) -> tuple[Recolour, Recolour]:
        """Return the motions that light the line of code that runs now."""
        rest = [line for i, line in enumerate(self.code) if i != live]
        quiet, ink = self.theme.colour("quiet"), self.theme.colour("ink")
        return Recolour(*rest, colour=quiet), Recolour(self.code[live], colour=ink)

    def legend(self, x: float, y: float) -> tuple[Shown, Shown]:
        """Return the bar of one unit of gradient, and the words that say so."""
        return self.pen.legend("scale", start=(x, y)), self.pen.words("legend", colour="quiet").at(x, y - 0.55)

    def arrive(self, name: str, index: int) -> None:
        """Let the push at a node grow along the lane, with its number and its name."""
        middle = self.column(index) + SPACING / 2
        arrow = self.pen.arrow(name, "scale", tail=(self.column(index + 1), LANE))
        number = self.pen.readout(name).at(middle, PUSH_LINE)
        self.play(Grow(arrow, run_time=0.6), Appear(number, self.pen.symbol(name).at(middle, NAME_LINE), run_time=0.6))

    def product_row(self, weight: str, push: str, value: str, y: float) -> list[Shown]:
        """Return the row: gradient of a weight = push behind it x value in front of it = number."""
        pen = self.pen
        pieces: list[Lettering] = [
            pen.symbol(weight),
            pen.sign("="),
            pen.symbol(push),
            pen.sign("times"),
            pen.symbol(value),
        ]
        pieces += [pen.sign("="), pen.readout(push, form="operand"), pen.sign("times")]
        pieces += [pen.readout(value, form="operand"), pen.sign("="), pen.readout(weight)]
        x = LEFT_EDGE
        for piece in pieces:
            piece.at(x + piece.advance / 2, y)
            x += piece.advance + 0.16
        return [*pieces]

    def nudge_table(self, weight: str) -> list[list[Shown]]:
        """Return the table: a row of heads, then one row per step, the confirming one last."""
        keys = zip(("step", "predicted", "recomputed", "gap"), TABLE_COLUMNS, strict=True)
        name, top = f"dL_d{weight}", TABLE_TOP
        heads: list[Shown] = [self.pen.words(key, colour="quiet", align="centre").at(x, top) for key, x in keys]
        rows: list[list[Shown]] = [[self.pen.symbol(name, height=0.42).at(PICTURE[0] + 0.5, top + 0.2), *heads]]
        for index in range(len(self.clip.steps)):
            step, recomputed, gap = (f"{part}_{weight}_{index}" for part in ("step", "nudged", "gap"))
            names = zip((step, name, recomputed, gap), TABLE_COLUMNS, strict=True)
            rows.append([self.pen.readout(q).at(x, top - TABLE_STEP * (index + 1)) for q, x in names])
        return rows

    def nudge_picture(self, weight: str) -> list[Shown]:
        """Return the smallest nudge, magnified: how far the weight moved, how far the loss rose."""
        (x, y), last, end = PICTURE, len(self.clip.steps) - 1, PICTURE[0] + self.clip.scale
        run, rise = f"run_{weight}_{last}", f"rise_{weight}_{last}"
        downhill = self.quantities[rise].number < 0
        bars = [
            self.pen.bar(run, "magnified", base=(x, y), direction=(1.0, 0.0), width=0.12),
            self.pen.bar(rise, "magnified", base=(end, y), width=0.12),
        ]
        names = [
            self.pen.symbol(run).at((x + end) / 2 - 0.1, y + 0.25 if downhill else y - 0.55),
            self.pen.symbol(rise, align="left").at(end + 0.2, y - 0.45 if downhill else y + 0.1),
        ]
        return [*bars, *names, self.pen.words("magnified", colour="quiet", align="centre", max_width=4.4).at(4.5, -2.2)]


BACKWARD = (
    (3, "local_L", "dL_dL", "dL_dy", 2),
    (2, "local_y", "dL_dy", "dL_dh", 4),
    (1, "local_h", "dL_dh", "dL_dz", 4),
    (0, "local_z", "dL_dz", "dL_dx", 4),
)
"""One row per stage from the back: its node, its local derivative, what comes in, what goes out, the live line."""

__getattr__, __dir__ = offer_clips(TwoLayerNetwork)
