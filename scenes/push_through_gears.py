"""The same train, pushed from behind: push flows back, and the radius of each gear is the gradient."""

from __future__ import annotations

from manim.mobject.geometry.arc import Circle

from scenes.parts.pictures.product import ProductLine, weight_product
from scenes.parts.pictures.rolling_train import RollingTrain
from scenes.parts.pictures.rows import spread
from scenes.parts.pictures.train_picture import TrainPicture
from scenes.parts.recipe.quantity import Role
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, Dim, Grow, Recolour, SweepTo, Vanish
from scenes.parts.stage.overlaps import overlap
from scenes.parts.stage.stage import LEFT_EDGE, Stage
from scenes.parts.theme import LINE, NUMBER
from scenes.parts.things.base import Shown
from scenes.parts.things.decor import decor
from scenes.parts.things.gear_pen import GearPen
from scenes.parts.things.lettering import Lettering

VALUES, GRADIENTS = (1.74, 1.25), (-1.82, -1.4)
HEADS_LINE, SUM_LINE, WEIGHT_LINES = -2.38, -2.88, (-2.36, -2.87)
BETWEEN, RING = 0.45, 0.42
LIVE = (-5.6, -1.9)


SHORT = 6


class PushThroughGears(Stage):
    """Push the last gear, and every earlier shaft feels it: the radius is the gradient.

    The train; a question to the class; push flows back, mesh by mesh, as local x incoming = outgoing; the same push at
    every tooth; each weight's gradient; the same dL/dx from the front and from the back; x moves, and every radius with
    it; what gears are a model of.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.open_with_title()
        self.open_push()
        self.ask("ask")
        self.push_back()
        self.read_radii()
        self.collect_weight_gradients()
        self.name_bound()
        self.go_both_ways()
        self.move_x()
        self.say_model()

    def open_push(self) -> None:
        """Show the train with the value of each gear, and push the last one by 1."""
        self.train = TrainPicture(self.pen, self.clip.nodes)
        self.unused: list[Shown] = []
        self.values = self.train.values(*VALUES)
        self.legend = self.train.legend("scale")
        self.gradients, self.passing = (
            (self.train.gradients(GRADIENTS), []) if self.is_short() else self.train.gradients_in_passing(*GRADIENTS)
        )
        with self.beat("open_push"):
            self.play(Appear(*self.train.wheels, lag=0.1, run_time=1.2))
            self.play(Appear(*self.values))
            self.play(Appear(*self.legend))
            self.arrive(len(self.clip.nodes) - 1)

    def push_back(self) -> None:
        """Follow the push from the last gear to x, one mesh after the other."""
        names, last = self.clip.nodes, len(self.clip.nodes) - 1
        rows = [(f"local_{i}", f"dL_d{names[i + 1]}", f"dL_d{names[i]}") for i in reversed(range(last))]
        line = ProductLine(self.pen, rows, left=LEFT_EDGE + 0.2, heads_line=HEADS_LINE, line=SUM_LINE)
        some_minus = any(number.quantity.number < 0 for number in self.gradients)
        note = self.pen.words("open_head", colour="quiet", align="right").at(-LEFT_EDGE, HEADS_LINE)
        notes = [note] if some_minus else []
        row = list[Shown]()
        with self.beat("push_back"):
            self.play(Dim(*self.values, quiet=self.theme.colour("quiet")), Appear(*line.heads, *notes))
            for i, product in zip(reversed(range(last)), line.products, strict=True):
                if row:
                    self.play(Vanish(*row))
                here = self.circled(i, "ink")
                self.play(Appear(here, *product.factors))
                self.play(Appear(*product.result))
                name = self.pen.symbol(f"dL_d{names[i]}", align="left").at(line.right + BETWEEN, SUM_LINE)
                row = [here, *product.factors, *product.result, name]
                self.play(Appear(name, run_time=0.3))
                self.arrive(i)
                row += [self.gradients[i]] if self.gradients[i] in self.passing else []
        self.leave(*row, *line.heads, *notes)

    def read_radii(self) -> None:
        """Show the push at every tooth, the same everywhere: what a shaft feels is its arm."""
        plans = [plan for plan in self.train.plans if plan.outline is not None]
        circles = [GearPen(self.pen).pitch_circle(plan.quantity, "scale", hub=plan.centre) for plan in plans]
        notes = [self.pen.words("arm").at(LEFT_EDGE, SUM_LINE)] if self.is_short() else []
        if notes and self.train.idlers:
            notes.append(self.pen.words("idler", colour="quiet").at(LEFT_EDGE, HEADS_LINE))
        pushes = self.train.tooth_pushes(f"dL_d{self.clip.nodes[-1]}", "tooth_scale") if self.is_short() else []
        scale = self.tooth_legend() if pushes else ()
        with self.beat("read_radii"):
            if pushes:
                self.play(Grow(*reversed(pushes), lag=0.3, run_time=1.2), Appear(*scale))
            self.play(Appear(*circles, lag=0.15, run_time=1.2), Appear(*notes))
        self.leave(*circles, *pushes, *notes, *scale)

    def collect_weight_gradients(self) -> None:
        """Multiply the push behind each weight by the value in front of it."""
        if not self.clip.weight_stages:
            return
        names = self.clip.nodes
        lines = WEIGHT_LINES[-len(self.clip.weight_stages) :]
        rings = [self.ring(weight, i) for weight, i in self.clip.weight_stages]
        taken = [self.gradients[i + 1] for _, i in self.clip.weight_stages]
        self.unused = [number for number in self.gradients if number not in (*taken, *self.passing)]
        with self.beat("collect_weight_gradients"):
            self.play(Recolour(*self.unused, colour=self.theme.colour("quiet")))
            rows = [
                weight_product(self.pen, f"dL_d{weight}", f"dL_d{names[i + 1]}", names[i], line=line)
                for (weight, i), line in zip(self.clip.weight_stages, lines, strict=True)
            ]
            for row, ring, (_, i) in zip(rows, rings, self.clip.weight_stages, strict=True):
                self.play(Recolour(self.values[i - len(names)], colour=self.theme.colour("value")), Appear(*ring, *row))
        self.leave(*(part for ring in rings for part in ring), *(piece for row in rows for piece in row))

    def name_bound(self) -> None:
        """Say how large the gradient of x could be at most, and how large it is."""
        if not self.clip.name_bound:
            return
        shown = [self.said("at_most", "bound", LEFT_EDGE), self.said("in_truth", "dL_dx", 0.6)]
        with self.beat("name_bound"):
            for pair in shown:
                self.play(Appear(*pair))
        self.leave(*(part for pair in shown for part in pair))

    def go_both_ways(self) -> None:
        """Multiply from the front and from the back: the same dL/dx, and only one way serves every gear."""
        if not self.is_short():
            return
        front: list[Lettering] = [self.pen.readout(f"front_{name}") for name in self.clip.nodes]
        spread(front, self.train.columns, (SUM_LINE,))
        rows = self.pen.words("two_rows", colour="quiet", align="centre").at(0.0, HEADS_LINE)
        with self.beat("go_both_ways"):
            self.play(Recolour(*self.values, colour=self.theme.colour("quiet")), *self.relit())
            self.play(Appear(rows))
            self.play(Appear(*front, lag=0.2, run_time=1.2))
        self.leave(*front, rows)

    def move_x(self) -> None:
        """Move x: every gradient changes, and so does every radius."""
        if not self.clip.moves:
            return
        self.sweep = Sweep(self.clip.x, self.clip.sweeps()["x"].quantities)
        picture = RollingTrain(self.pen, self.clip.nodes, self.sweep["moving_x"], names_line=VALUES[0])
        note = self.pen.words("toothless", colour="quiet", align="right").at(-LEFT_EDGE, SUM_LINE)
        rolling = [*picture.parts, *self.live("moving_x", LIVE[0]), *self.live("moving_dL_dx", LIVE[1]), note]
        with self.beat("move_x"):
            self.still = [shown for shown in self.standing if shown not in (self.title, self.sentence, *self.legend)]
            self.play(Vanish(*self.still), Appear(*rolling))
            self.play(SweepTo(self.sweep, self.clip.move_to, run_time=self.clip.move_seconds, steady=False))
        self.leave(*rolling)

    def say_model(self) -> None:
        """Say what the gears stand for, and what they leave out."""
        with self.beat("say_model"):
            if self.clip.moves:
                self.play(Appear(*self.still))
            elif relit := self.relit():
                self.play(*relit)

    # -- parts of the picture -----------------------------------------------------------------------------------------

    def ring(self, weight: str, i: int) -> list[Shown]:
        """Return the mark of a weight: its mesh, encircled in the colour of weights, and its name, if it has room."""
        name = self.pen.symbol(weight).at(self.train.mesh(i)[0], VALUES[0])
        has_room = not any(overlap(name, other) for other in self.values)
        return [self.circled(i, "weight"), *([name] if has_room else [])]

    def circled(self, i: int, colour: Role) -> Shown:
        """Return a circle round a mesh."""
        circle = Circle(RING, color=self.theme.colour(colour), stroke_width=LINE)
        return decor(circle.move_to([*self.train.mesh(i), 0]))

    def tooth_legend(self) -> tuple[Shown, Shown]:
        """Return the bar of a push of 1 at a tooth, which has a scale of its own, and the words that say so."""
        words = self.pen.words("tooth_legend", colour="quiet", align="right").at(-LEFT_EDGE, SUM_LINE)
        start = -LEFT_EDGE - words.advance - BETWEEN - self.clip.tooth_scale
        return self.pen.legend("tooth_scale", start=(start, SUM_LINE + NUMBER / 2)), words

    def relit(self) -> list[Recolour]:
        """Return the motion that lights the gradients again which were of no use to a weight, if any are unlit."""
        unlit, self.unused = self.unused, []
        return [Recolour(*unlit, colour=self.theme.colour("gradient"))] if unlit else []

    def is_short(self) -> bool:
        """Return whether every number of the chain has room beside the next."""
        return len(self.clip.nodes) <= SHORT

    def said(self, key: str, quantity: str, x: float) -> tuple[Shown, Shown]:
        """Return a label, and a number beside it."""
        label = self.pen.words(key).at(x, SUM_LINE)
        return label, self.pen.readout(quantity, align="left").at(x + label.advance + BETWEEN, SUM_LINE)

    def live(self, name: str, x: float) -> tuple[Shown, Shown]:
        """Return the name of what moves, and its number."""
        number = self.pen.live_readout(self.sweep[name]).at(x, SUM_LINE)
        return self.pen.symbol(name, align="right").at(x - number.room[0] - BETWEEN, SUM_LINE), number

    def arrive(self, i: int) -> None:
        """Let the push on shaft ``i`` appear: its spoke grows, its sense and its number come."""
        spoke = self.train.spoke(i)
        self.play(
            *(Grow(arrow, run_time=0.6) for arrow in spoke[:1]), Appear(*spoke[1:], self.gradients[i], run_time=0.6)
        )


__getattr__, __dir__ = offer_clips(PushThroughGears)
