"""Two knobs, one signal: the forward pass, the backward pass and the proof, on a network of two weights."""

from __future__ import annotations

from manim.mobject.geometry.arc import Circle
from manim.mobject.geometry.line import Line

from scenes.parts.bound.arrow import GradientArrow
from scenes.parts.bound.base import Shown
from scenes.parts.bound.decor import decor
from scenes.parts.clips import offer_clips
from scenes.parts.motions import Appear, Dim, Grow, Recolour, Vanish
from scenes.parts.stage import Stage
from scenes.parts.theme import LINE, NUMBER

NODES = ("x", "z", "h", "y", "L")
SPACING, FIRST, RADIUS = 1.65, -6.15, 0.44
NODE_LINE, VALUE_LINE, LANE, PUSH_LINE, NAME_LINE = 0.95, -0.05, -0.62, -1.22, -1.72
HEADS_LINE, SUM_LINE = -2.26, -2.86
CODE_LEFT, CODE_TOP, CODE_STEP = 2.45, 1.42, 0.47
SUM_COLUMNS = (-5.3, -3.0, -0.6)
TABLE_COLUMNS = (-5.9, -3.3, -0.6, 2.1)


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
            said = self.pen.words("said", height=NUMBER, colour="quiet", align="centre").at(-3.4, 0.6)
            wanted = self.pen.words("target", height=NUMBER, colour="quiet", align="centre").at(3.4, 0.6)
            y = self.pen.readout("y", height=0.7).at(-3.4, -0.7)
            target = self.pen.readout("target", height=0.7).at(3.4, -0.7)
            self.play(Appear(said, y))
            self.play(Appear(wanted, target))
        self.play(Vanish(said, wanted, y, target))

    def push_forward(self) -> None:
        """Fill in the values from left to right, each with its line of code."""
        self.code = self.code_lines()
        self.nodes = [self.node(name) for name in NODES[:-1]]
        self.edges = [self.edge(i) for i in range(4)]
        self.values = [self.pen.readout(name).at(self.column(i), VALUE_LINE) for i, name in enumerate(NODES[:-1])]
        with self.beat("push_forward"):
            self.play(Appear(*self.edges[:3], *(part for node in self.nodes for part in node), *self.code, run_time=1.0))
            self.play(Appear(self.values[0]))
            for index, line in ((1, 0), (2, 1), (3, 1)):
                self.light(line)
                self.play(Appear(self.values[index]))

    def measure_loss(self) -> None:
        """Compare the output with what is wanted."""
        loss = self.node("L")
        self.nodes.append(loss)
        self.target = self.pen.readout("target", form="equation", colour="loss").at(self.column(4), NODE_LINE + 0.72)
        self.values.append(self.pen.readout("L").at(self.column(4), VALUE_LINE))
        with self.beat("measure_loss"):
            self.light(2)
            self.play(Appear(self.edges[3], *loss, self.target))
            self.play(Appear(self.values[4]))

    def flow_backward(self) -> None:
        """Send delta back from the loss, one local derivative at a time."""
        self.lane = decor(self.line(self.column(0) - 0.45, LANE, self.column(5), LANE))
        self.legend = [self.pen.legend("scale", start=(CODE_LEFT, -1.3)), self.pen.words("legend", height=NUMBER, colour="quiet")]
        self.legend[1].at(CODE_LEFT, -1.78)
        self.pushes: list[Shown] = []
        with self.beat("flow_backward"):
            heads = self.column_heads()
            self.play(Dim(*self.values, quiet=self.theme.colour("quiet")), Appear(self.lane, *self.legend, *heads))
            self.arrive("dL_dL", 4)
            row: list[Shown] = []
            for index, local, incoming, outgoing, line in BACKWARD:
                if row:
                    self.play(Vanish(*row, run_time=0.3))
                self.light(line)
                row = self.multiply(local, incoming, outgoing)
                self.arrive(outgoing, index)
        self.play(Vanish(*row, *heads))

    def collect_weight_gradients(self) -> None:
        """Multiply the push behind each weight by the value in front of it."""
        with self.beat("collect_weight_gradients"):
            self.light(3)
            self.play(Appear(*self.product_row("dL_dw2", "dL_dy", "h", HEADS_LINE)))
            self.light(5)
            self.play(Appear(*self.product_row("dL_dw1", "dL_dz", "x", SUM_LINE)))

    def confirm_by_nudging(self) -> None:
        """Run the network again with each weight a little larger and smaller."""
        self.clear_stage()
        for weight in ("w1", "w2"):
            with self.beat(f"nudge_{weight}"):
                table = self.nudge_table(weight)
                picture = self.nudge_picture(weight)
                self.play(Appear(*table[0], *table[1]))
                for row in table[2:]:
                    self.play(Appear(*row))
                self.play(Grow(*picture[:2]), Appear(*picture[2:]))
            self.play(Vanish(*(part for row in table for part in row), *picture))

    def show_full_digits(self) -> None:
        """Show every gradient that was asked for with ten digits."""
        with self.beat("show_full_digits"):
            for name, y in (("dL_dw1", 0.9), ("dL_dw2", -0.5), ("dL_dx", -1.9)):
                number = self.pen.readout(name, form="equation", full=True, height=0.5, align="left").at(-6.3, y)
                arrow = self.pen.arrow(name, "scale", tail=(4.2, y + 0.2))
                baseline = decor(self.line(2.2, y + 0.2, 6.2, y + 0.2))
                self.play(Appear(number, baseline), Grow(arrow))
            legend = self.pen.legend("scale", start=(2.2, -2.45)), self.pen.words("legend", height=NUMBER, colour="quiet")
            self.play(Appear(legend[0], legend[1].at(2.2 + self.clip.scale + 0.2, -2.55)))

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
            self.pen.words(f"code.{i}", height=NUMBER, style="code", colour="quiet").at(CODE_LEFT, CODE_TOP - CODE_STEP * i)
            for i in lines
        ]

    def light(self, live: int) -> None:
        """Light the line of code that runs now."""
        rest = [line for i, line in enumerate(self.code) if i != live]
        quiet, ink = self.theme.colour("quiet"), self.theme.colour("ink")
        self.play(Recolour(*rest, colour=quiet, run_time=0.3), Recolour(self.code[live], colour=ink, run_time=0.3))

    def column_heads(self) -> list[Shown]:
        """Return the heads of local x incoming = outgoing."""
        keys = zip(("local", "incoming", "outgoing"), SUM_COLUMNS, strict=True)
        return [self.pen.words(key, height=NUMBER, colour="quiet", align="centre").at(x, HEADS_LINE) for key, x in keys]

    def multiply(self, local: str, incoming: str, outgoing: str) -> list[Shown]:
        """Show local x incoming = outgoing for one stage and return the row."""
        first = self.pen.readout(local, form="operand").at(SUM_COLUMNS[0], SUM_LINE)
        second = self.pen.readout(incoming, form="operand").at(SUM_COLUMNS[1], SUM_LINE)
        result = self.pen.readout(outgoing).at(SUM_COLUMNS[2], SUM_LINE)
        times = self.pen.sign("times").at((SUM_COLUMNS[0] + SUM_COLUMNS[1]) / 2, SUM_LINE)
        equals = self.pen.sign("=").at((SUM_COLUMNS[1] + SUM_COLUMNS[2]) / 2, SUM_LINE)
        self.play(Appear(first, times, second))
        self.play(Appear(equals, result))
        return [first, times, second, equals, result]

    def arrive(self, name: str, index: int) -> None:
        """Let the push at a node grow along the lane, with its number and its name."""
        middle = self.column(index) + SPACING / 2
        arrow: GradientArrow = self.pen.arrow(name, "scale", tail=(self.column(index + 1), LANE))
        number = self.pen.readout(name).at(middle, PUSH_LINE)
        symbol = self.pen.symbol(name).at(middle, NAME_LINE)
        self.play(Grow(arrow), Appear(number, symbol, run_time=0.8))
        self.pushes += [arrow, number, symbol]

    def product_row(self, weight: str, push: str, value: str, y: float) -> list[Shown]:
        """Return the row: gradient of a weight = push behind it x value in front of it = number."""
        x = -6.5
        row: list[Shown] = []
        pieces = [
            self.pen.symbol(weight, align="left"), self.pen.sign("="), self.pen.symbol(push, align="left"), self.pen.sign("times"),
            self.pen.symbol(value, align="left"), self.pen.sign("="), self.pen.readout(push, form="operand", align="left"),
            self.pen.sign("times"), self.pen.readout(value, form="operand", align="left"), self.pen.sign("="),
            self.pen.readout(weight, align="left"),
        ]  # fmt: skip
        for piece in pieces:
            offset = piece.advance / 2 if piece.align == "centre" else 0.0
            row.append(piece.at(x + offset, y))
            x += piece.advance + 0.16
        return row

    def nudge_table(self, weight: str) -> list[list[Shown]]:
        """Return the table: a row of heads, then one row per step, the confirming one last."""
        keys = zip(("step", "predicted", "recomputed", "gap"), TABLE_COLUMNS, strict=True)
        heads: list[Shown] = [self.pen.words(key, height=NUMBER, colour="quiet", align="centre").at(x, 1.2) for key, x in keys]
        name = f"dL_d{weight}"
        rows: list[list[Shown]] = [[self.pen.symbol(name, height=0.42).at(5.1, 1.2)], heads]
        for index in range(len(self.clip.steps)):
            y = 0.4 - 0.85 * index
            step, recomputed, gap = (f"{part}_{weight}_{index}" for part in ("step", "nudged", "gap"))
            names = zip((step, name, recomputed, gap), TABLE_COLUMNS, strict=True)
            rows.append([self.pen.readout(q).at(x, y) for q, x in names])
        return rows

    def nudge_picture(self, weight: str) -> list[Shown]:
        """Return the smallest nudge, magnified: how far the weight moved, how far the loss rose."""
        last = len(self.clip.steps) - 1
        run = self.pen.bar(f"run_{weight}_{last}", "magnified", base=(4.3, -0.7), direction=(1.0, 0.0), width=0.09, colour="weight")
        end = 4.3 + self.clip.scale
        rise = self.pen.bar(f"rise_{weight}_{last}", "magnified", base=(end, -0.7), width=0.09, colour="loss")
        note = self.pen.words("magnified", height=NUMBER, colour="quiet", align="centre", max_width=4.0).at(4.9, -2.3)
        return [run, rise, note]

    def clear_stage(self) -> None:
        """Take everything off but the title and the sentence."""
        kept = (self.title, self.sentence)
        self.play(Vanish(*(shown for shown in self.standing if shown not in kept)))


BACKWARD = (
    (3, "local_L", "dL_dL", "dL_dy", 2),
    (2, "local_y", "dL_dy", "dL_dh", 4),
    (1, "local_h", "dL_dh", "dL_dz", 4),
    (0, "local_z", "dL_dz", "dL_dx", 4),
)
"""One row per stage from the back: its node, its local derivative, what comes in, what goes out, the live line."""

__getattr__, __dir__ = offer_clips(TwoLayerNetwork)
