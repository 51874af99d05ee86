"""The worked example: one signal travels back through a small network and tells both weights what to do."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.parts.page import (
    GROUP,
    LINES,
    LOOSE,
    NEAR,
    ROWS,
    Box,
    Column,
    Either,
    Line,
    Row,
    Slot,
    Stack,
    Stations,
    Table,
    Turns,
    amid,
    between,
    during,
    on,
)
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, Pour, Recolour, SweepTo, Vanish
from scenes.parts.stage.paged import PagedStage
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import CARD, CODE, FORMULA, NAME, VALUE
from scenes.parts.things.area import area
from scenes.parts.things.base import Shown
from scenes.parts.things.bracket import bracket
from scenes.parts.things.chain import Chain
from scenes.parts.things.dial import dial
from scenes.parts.things.gate import fits_a_plate, gate
from scenes.parts.things.graph import Graph
from scenes.parts.things.knob import knob
from scenes.parts.things.letters import live, number, symbol, words
from scenes.parts.things.number_line import COMPACT, FEW, number_line
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.readout import Form
from scenes.parts.things.wire import wire

NODES = ("x", "z", "h", "y", "L")
SLOPES = ("w1", "local_h", "w2", "local_L")  # of a gate that is a weight the slope is the weight
PUSHES = ("dL_dx", "dL_dz", "dL_dh", "dL_dy", "dL_dL")
WEIGHTS = ("w1", "w2")
AREAS = (("dL_dw1", "x", "dL_dz"), None, ("dL_dw2", "h", "dL_dy"), None)
GRADIENTS = ("dL_dw1", "dL_dw2", "dL_dx")
FORWARD, BACKWARD, STEP = range(3)
LIT = (0, 1, 1, 2)  # the line of code that runs at each gate
FIRST = ("push_forward", "measure_loss", "ask")
BACK = ("flow_backward", "collect_weight_gradients", "confirm_by_nudging", "show_full_digits")
TURNED = "take_one_step"


class TwoLayerNetwork(PagedStage):
    """It said one thing and should have said another; one signal travels back and tells both knobs what to do.

    The opening card asks; values go forward, dial by dial; the loss says how far off the answer is; a question to the
    class; a push of 1 travels back as a ribbon, and each gate multiplies it by its slope; each weight's gradient is an
    area, what went in times what comes back; nudges confirm both; one step against both moves the loss; last, the
    gradients in full digits. The gradients are slopes, not shares of the error.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.pose_question()
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
        """Lay out the opening card, and the network with all that stands under it in turn."""
        moving = self.clip.sweeps()["step"]
        self.sweep = Sweep(moving.low, moving.quantities)
        places = self.lay_out({"card": self.card(), "network": self.network()})
        self.chain.put(places, dict(self.clip.scales()))
        self.bare = wire(self.theme, *(places[f"card {name}"] for name in NODES))

    def card(self) -> Box:
        """Return the opening card: the title, the question, and the bare chain."""
        title = self.part(words(self.pen, "title", height=CARD, style="bold", called="words title of the card"))
        self.opening = self.cast("card")
        said = Column(title, self.sentence_of("pose_question", align="left"), align="left")
        return Column(said, Stations(on(*self.opening)))

    def network(self) -> Box:
        """Return the page of the network: dials and gates, and under them what is told of them, in turn."""
        casts = [self.forward_gates(), self.backward_gates(), self.forward_gates("step ", bare=True)]
        self.chain = Chain(self.pen, [self.cast("net"), self.moving_cast()], casts, PUSHES)
        told = Turns(
            Stack(self.values_line(), LOOSE, self.forward_line(), beats=FIRST),
            Stack(self.pushes_line(), LOOSE, Turns(self.backward_line(), self.tables_line()), beats=BACK),
            Stack(self.moving_line(), LOOSE, self.knobs_line(), NEAR, self.rule_line(), beats=[TURNED]),
        )
        return self.framed(self.chain.stations(ROWS, told), *FIRST, *BACK[:-1], TURNED, BACK[-1])

    def values_line(self) -> Line:
        """Return the values under their dials."""
        self.values = [self.part(number(self.pen, name)) for name in NODES]
        return on(*self.values)

    def forward_line(self) -> Line:
        """Return the code of the way forward, and the answer beside its target."""
        self.code = [self.part(self.line_of_code(i)) for i in range(len(self.clip.words.code))]
        self.miss = self.answers()
        code = Column(*self.code[:3], gap=LINES, align="left")
        return between(Column(code), None, None, during(Column(self.miss), *FIRST[1:]))

    def pushes_line(self) -> Line:
        """Return the pushes under their dials, with their names or, where there is less room, alone."""
        forms: tuple[Form, ...] = ("equation", "number")
        made = ([number(self.pen, n, form=form, called=f"{form} {n}") for form in forms] for n in PUSHES[:-1])
        self.pushes = [[self.part(each) for each in pair] for pair in made]
        self.pushes.append([self.part(bracket(self.pen, "dL_dL", "push"))])
        return on(*(Either(*pair, like="pushes") for pair in self.pushes))

    def backward_line(self) -> Line:
        """Return the graphs of the gates, then the areas of the weights with the code of the way back."""
        self.graphs = [self.part(self.graph(i).part) for i in range(len(SLOPES))]
        self.areas = [self.part(area(self.pen, *names)) if names else None for names in AREAS]
        code = Column(Column(*self.code[3:], gap=LINES, align="left"))
        later = [*self.areas[:-1], code]
        slots = [[during(graph, BACK[0])] for graph in self.graphs]
        for slot, part in zip(slots, later, strict=True):
            slot += [during(part, BACK[1])] if part else []
        return between(*(Slot(*slot) for slot in slots))

    def tables_line(self) -> Line:
        """Return the table of the nudges, and that of the full digits."""
        self.nudges, self.digits = self.nudge_rows(), self.digit_rows()
        tables = [Column(Table(*rows, lines=ROWS)) for rows in (self.nudges, self.digits)]
        return amid(len(NODES), Slot(*(during(table, beat) for table, beat in zip(tables, BACK[2:], strict=True))))

    def moving_line(self) -> Line:
        """Return the values under their dials as the step moves them."""
        self.moving = [self.moving_number(name) for name in NODES]
        return on(*map(Column, self.moving))

    def knobs_line(self) -> Line:
        """Return a knob under each weight, and under the loss the answer as it nears its target."""
        self.knobs = [self.knob("w1"), self.knob("w2"), self.answers(moving=True)]
        first, second, answer = self.knobs
        return between(first, None, second, answer)

    def rule_line(self) -> Line:
        """Return the rule by which both weights move."""
        self.rule = self.part(symbol(self.pen, "step_rule", height=FORMULA))
        self.rate = self.part(live(self.pen, self.sweep["now_rate"], (0.0, self.clip.rate), symbol="rate"))
        return amid(len(NODES), Column(Row(self.rule, GROUP, self.rate)))

    def answers(self, *, moving: bool = False) -> Part:
        """Return the number line of the answer, with the target; half the squared error stands on it as an area."""
        key = "moved_answers" if moving else "answers"
        is_square = self.clip.loss == "half_squared_error"
        square = [self.sweep[f"now_{name}"] if moving else self.pen.quantities[name] for name in ("L", "dL_dy")]
        made = number_line(
            *(self.pen, key, "y", "target"),
            source=self.sweep["now_y"] if moving else None,
            square=(square[0], square[1]) if is_square else None,
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

    def line_of_code(self, i: int) -> Part:
        """Return a line of code."""
        return words(self.pen, f"code.{i}", height=CODE, style="code", most=1, colour="quiet")

    # -- what is on the pages -----------------------------------------------------------------------------------------

    def cast(self, when: str) -> list[Part]:
        """Return the dials of all values, under names of their own."""
        return [self.named(dial(self.pen, name), f"{when} {name}") for name in NODES]

    def moving_cast(self) -> list[Part]:
        """Return the dials that follow the step, each with where it stood before."""
        made = (dial(self.pen, f"now_{name}", source=self.sweep[f"now_{name}"], ghost=name) for name in NODES)
        return [self.named(part, f"step {name}") for part, name in zip(made, NODES, strict=True)]

    def named(self, part: Part, name: str) -> Part:
        """Keep a part under another name."""
        part.name = name
        return self.part(part)

    def forward_gates(self, when: str = "", *, bare: bool = False) -> list[Part]:
        """Return the gates as values meet them: the weights, the function, the loss; ``bare`` weights are names."""
        formula = self.pen.symbol("loss_formula", height=VALUE, colour="ink", align="left")
        loss = formula if fits_a_plate(formula) else self.pen.symbol("L", height=VALUE)
        first, second = (self.pen.symbol(w, height=VALUE, align="left") if bare else None for w in WEIGHTS)
        said = {"w1": first, "local_h": self.pen.words("function", height=VALUE), "w2": second, "local_L": loss}
        made = (gate(self.pen, n, c, form="equation", called=f"{when}gate {n}") for n, c in said.items())
        return [self.part(each) for each in made]

    def backward_gates(self) -> list[Part]:
        """Return the gates as a push meets them: each multiplies it by its slope; those of weights in their colour."""
        return [self.part(gate(self.pen, name, called=f"back gate {name}")) for name in SLOPES]

    def graph(self, i: int) -> Graph:
        """Return the graph under a gate."""
        x, y = NODES[i : i + 2]
        return Graph(self.pen, y, (x, y, SLOPES[i], f"{y}_curve_x", f"{y}_curve_y"))

    def nudge_rows(self) -> list[list[Part]]:
        """Return the table of both nudges: the large step and the small one, each with what it gave."""
        rows = [[self.head_of(key) for key in ("weight", "step", "predicted", "recomputed", "gap")]]
        for w in WEIGHTS:
            for i in range(len(self.clip.nudging.steps)):
                cells = [symbol(self.pen, w, height=VALUE, called=f"{w} of row {i}")]
                names = (f"step_{w}_{i}", f"dL_d{w}", f"nudged_{w}_{i}", f"gap_{w}_{i}")
                cells += [number(self.pen, name, align="right", called=f"{name} of {w} {i}") for name in names]
                rows.append([self.part(cell) for cell in cells])
        return rows

    def moving_number(self, name: str) -> Part:
        """Return the number under a dial that follows the step, with the room of both its ends."""
        ends = (self.quantities[each].number for each in (name, f"new_{name}") if each in self.quantities)
        return self.part(live(self.pen, self.sweep[f"now_{name}"], ends, called=f"moving {name}"))

    def digit_rows(self) -> list[list[Part]]:
        """Return the gradients in full digits."""
        names = [symbol(self.pen, n, align="right", called=f"full symbol {n}") for n in GRADIENTS]
        full = [number(self.pen, n, height=NAME, align="right", full=True, called=f"full {n}") for n in GRADIENTS]
        return [[self.part(cell) for cell in row] for row in zip(names, full, strict=True)]

    def head_of(self, key: str) -> Part:
        """Return the head of a column."""
        return self.part(words(self.pen, key, colour="quiet", align="right", most=1))

    # -- the beats ----------------------------------------------------------------------------------------------------

    def pose_question(self) -> None:
        """Show the title, the bare chain, and what is asked."""
        title = self["words title of the card"]
        with self.beat("pose_question"):
            self.play(Appear(*title.shown), Appear(*self.bare, *shown_of(*self.opening)))
        self.turn(Travel(self.head, from_=title))
        self.leave(*self.bare, *shown_of(*self.opening))

    def push_forward(self) -> None:
        """Let each dial turn to its value, gate after gate."""
        chain = self.chain
        with self.beat("push_forward"):
            self.play(Appear(*shown_of(chain.dials[0][0], self.values[0], *self.code[:3])))
            for i, line in enumerate(chain.edges):
                plate = chain.gates[FORWARD][i].shown
                self.play(Appear(*line, chain.posts[FORWARD][i], *plate), *self.light(LIT[i]))
                self.play(Appear(*shown_of(chain.dials[0][i + 1], self.values[i + 1])))

    def light(self, live: int) -> list[Recolour]:
        """Return the motions that light the line of code that runs now."""
        quiet, ink = self.theme.colour("quiet"), self.theme.colour("ink")
        group = self.code[:3] if live < 3 else self.code[3:]
        return [Recolour(*line.shown, colour=ink if line is self.code[live] else quiet) for line in group]

    def measure_loss(self) -> None:
        """Say how far off the answer is."""
        with self.beat("measure_loss"):
            self.play(Appear(*self.miss.shown))

    def flow_backward(self) -> None:
        """Let a push of 1 flow back: at each gate its slope is read off the graph, and the ribbon goes on."""
        chain, dials = self.chain, shown_of(*self.chain.dials[0])
        self.leave(
            *shown_of(*self.values, self.miss, *self.code[:3]), *(shown for line in chain.edges for shown in line)
        )
        with self.beat("flow_backward"):
            self.play(Appear(*self.placed(self.pushes[-1])))
            for i in reversed(range(len(SLOPES))):
                *axes, shade, curve, rise, dot = self.graphs[i].shown
                self.play(Appear(*axes, curve, dot))
                self.play(Appear(shade, under=[curve, dot]), Appear(rise, under=[dot]))
                (old, gone), (new, plate) = ((chain.posts[way][i], chain.gates[way][i].shown) for way in range(2))
                *body, number_on = plate
                self.play(Vanish(old, *gone), Appear(new, under=dials), Appear(*body))
                self.play(Travel(number_on, from_=rise))
                self.play(Pour(chain.ribbons[i], under=dials), Appear(*self.placed(self.pushes[i])))
        self.leave(*(shown for graph in self.graphs for shown in graph.shown))

    def collect_weight_gradients(self) -> None:
        """Let what went in and what comes back span an area at each weight."""
        with self.beat("collect_weight_gradients"):
            self.play(Appear(*shown_of(*self.code[3:])))
            for part, line in ((self.areas[2], 3), (self.areas[0], 5)):
                assert part is not None
                self.play(Appear(*part.shown), *self.light(line))
        self.leave(*shown_of(*(part for part in (*self.areas, *self.code[3:]) if part)))

    def placed(self, forms: Sequence[Part]) -> Sequence[Shown]:
        """Return what is drawn of the form that had room."""
        return next(part.shown for part in forms if part.place)

    def confirm_by_nudging(self) -> None:
        """Nudge both weights, and compare what the network then gives with what was predicted."""
        with self.beat("confirm_by_nudging"):
            for row in self.nudges:
                self.play(Appear(*shown_of(*row)))
        self.leave(*(shown for row in self.nudges for shown in shown_of(*row)))

    def take_one_step(self) -> None:
        """Turn the rate up from 0: both weights move against their gradients, and everything follows."""
        still, moving = map(shown_of, *zip(*self.chain.dials, strict=True))
        with self.beat("take_one_step"):
            self.play(Vanish(*self.flowing), Appear(*self.stepping, under=still))
            self.play(Vanish(*still), Appear(*moving, *shown_of(*self.moving, *self.knobs, self.rule, self.rate)))
            self.play(SweepTo(self.sweep, self.clip.rate, run_time=self.clip.step_seconds, steady=False))
        self.leave(*moving, *self.stepping, *shown_of(*self.moving, *self.knobs, self.rule, self.rate))

    @property
    def flowing(self) -> list[Shown]:
        """What flows back: the ribbons, the gates that it meets, and its numbers."""
        chain = self.chain
        pushes = (shown for forms in self.pushes for shown in self.placed(forms))
        return [*chain.posts[BACKWARD], *chain.ribbons, *shown_of(*chain.gates[BACKWARD]), *pushes]

    @property
    def stepping(self) -> list[Shown]:
        """What carries values forward while the weights move."""
        chain = self.chain
        return [*(line for edge in chain.edges for line in edge), *chain.posts[STEP], *shown_of(*chain.gates[STEP])]

    def show_full_digits(self) -> None:
        """Show the three gradients in full digits."""
        dials = shown_of(*self.chain.dials[0])
        with self.beat("show_full_digits"):
            self.play(Appear(*dials), Appear(*self.flowing, under=dials))
            for row in self.digits:
                self.play(Appear(*shown_of(*row)))


__getattr__, __dir__ = offer_clips(TwoLayerNetwork)
