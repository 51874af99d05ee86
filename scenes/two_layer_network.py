"""The worked example: one signal travels back through a small network and tells both weights what to do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from scenes.parts.page import (
    LINES,
    LOOSE,
    NEAR,
    ROWS,
    Box,
    Column,
    Either,
    Line,
    Over,
    Slot,
    Stations,
    Table,
    between,
    during,
    on,
)
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, Pour, Recolour, SweepTo, Unfold, Vanish
from scenes.parts.stage.paged import PagedStage
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import CARD, CODE, NAME, VALUE
from scenes.parts.things.area import area
from scenes.parts.things.base import Shown
from scenes.parts.things.bracket import bracket
from scenes.parts.things.chain import Chain
from scenes.parts.things.dial import dial
from scenes.parts.things.gate import fits_a_plate, gate
from scenes.parts.things.graph import Graph
from scenes.parts.things.letters import live, number, symbol, words
from scenes.parts.things.number_line import COMPACT, FEW, number_line
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.readout import Form
from scenes.parts.things.wire import wire

NODES = ("x", "z", "h", "y", "L")
SLOPES = ("w1", "local_h", "w2", "local_L")  # of a gate that is a weight the slope is the weight
PUSHES = ("dL_dx", "dL_dz", "dL_dh", "dL_dy", "dL_dL")
AREAS = {0: ("dL_dw1", "x", "dL_dz"), 2: ("dL_dw2", "h", "dL_dy")}
GRADIENTS = ("dL_dw1", "dL_dw2", "dL_dx")
FORWARD, BACKWARD = range(2)
LIT = (0, 1, 1, 2)  # the line of code that runs at each gate
VALUES_SHOWN, PUSHES_SHOWN = ("push_forward", "measure_loss", "ask"), ("flow_backward", "collect_weight_gradients")
TABLES_SHOWN = ("confirm_by_nudging", "take_one_step", "show_full_digits")


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
        """Lay out the opening card, the network with what stands under its gates, and the network over its tables."""
        moving = self.clip.sweeps()["step"]
        self.sweep = Sweep(moving.low, moving.quantities)
        pages = {"card": self.card(), "network": self.network(), "tables": self.tables()}
        places = self.lay_out(pages, same=self.chain.same)
        self.chain.put(places, dict(self.clip.scales()))
        self.down = places[NODES[0]], places[f"tables {NODES[0]}"]
        self.bare = wire(self.theme, *(places[f"card {name}"] for name in NODES))

    def card(self) -> Box:
        """Return the opening card: the title, the question, and the bare chain."""
        title = self.part(words(self.pen, "title", height=CARD, style="bold", called="words title of the card"))
        self.opening = [self.named(dial(self.pen, name), f"card {name}") for name in NODES]
        said = Column(title, self.sentence_of("pose_question", align="left"), align="left")
        return Column(said, Stations(on(*self.opening)))

    def network(self) -> Box:
        """Return the page of the network: dials and gates, numbers under the dials, graphs or areas under the gates."""
        self.chain = Chain(
            self.pen,
            [[self.part(dial(self.pen, name)) for name in NODES]],
            [self.forward_gates(), self.backward_gates()],
            PUSHES,
        )
        self.values = [self.part(number(self.pen, name)) for name in NODES]
        self.pushes = [[self.push(name, form) for form in ("equation", "number")] for name in PUSHES[:-1]]
        self.pushes.append([self.part(bracket(self.pen, "dL_dL", "push"))])
        numbers = [
            Slot(during(value, *VALUES_SHOWN), during(Either(*forms, like="pushes"), *PUSHES_SHOWN))
            for value, forms in zip(self.values, self.pushes, strict=True)
        ]
        self.graphs = [self.part(self.graph(i).part) for i in range(len(SLOPES))]
        self.areas = {i: self.part(area(self.pen, *names)) for i, names in AREAS.items()}
        stations = self.chain.stations(ROWS, on(*numbers), LOOSE, self.below())
        return self.framed(stations, *VALUES_SHOWN, *PUSHES_SHOWN)

    def push(self, name: str, form: Form) -> Part:
        """Return the number of a push: with its name, or alone where there is less room."""
        return self.part(number(self.pen, name, form=form, called=f"{form} {name}"))

    def below(self) -> Line:
        """Return what stands under the gates: code, the graphs of their functions, the areas of the weights."""
        self.code = [self.part(self.line_of_code(i)) for i in range(len(self.clip.words.code))]
        forward, backward = (Column(Column(*c, gap=LINES, align="left")) for c in (self.code[:3], self.code[3:]))
        slots = [[during(graph, "flow_backward")] for graph in self.graphs]
        for i, part in self.areas.items():
            slots[i].append(during(part, "collect_weight_gradients"))
        slots[0].append(during(forward, *VALUES_SHOWN))
        slots[-1] += [
            during(Column(self.answers()), "measure_loss", "ask"),
            during(backward, "collect_weight_gradients"),
        ]
        return between(*(Slot(*slot) for slot in slots))

    def answers(self) -> Part:
        """Return the number line of the answer, with the target; half the squared error stands on it as an area."""
        square = ("L", "dL_dy") if self.clip.loss == "half_squared_error" else None
        area_of = "area" if square else ""
        made = number_line(self.pen, "answers", "y", "target", square=square, area=area_of, wide=COMPACT, most=FEW)
        self.miss = self.part(made)
        return self.miss

    def line_of_code(self, i: int) -> Part:
        """Return a line of code."""
        return words(self.pen, f"code.{i}", height=CODE, style="code", most=1, colour="quiet")

    def tables(self) -> Box:
        """Return the page on which the network is tried again: nudged, moved a step, and summed up in full digits."""
        self.moving = self.moving_cast()
        self.nudges, self.step, self.digits = self.nudge_rows(), self.step_rows(), self.digit_rows()
        step = [[*row, *[None] * (4 - len(row))] for row in self.step]
        tables = [Column(Table(*rows, lines=ROWS)) for rows in (self.nudges, step, self.digits)]
        shown = Slot(*(during(table, beat) for table, beat in zip(tables, TABLES_SHOWN, strict=True)))
        return self.framed(Column(self.chain.again("tables", self.moving), shown, gap=NEAR), *TABLES_SHOWN)

    # -- what is on the pages -----------------------------------------------------------------------------------------

    @cached_property
    def legend(self) -> Part:
        """What half a turn of every dial stands for."""
        return self.part(words(self.pen, "half_turn", colour="quiet", align="right", most=1))

    def moving_cast(self) -> list[Part]:
        """Return the dials that follow the step, each with where it stood before."""
        made = (dial(self.pen, f"now_{name}", source=self.sweep[f"now_{name}"], ghost=name) for name in NODES)
        return [self.named(part, f"step {name}") for part, name in zip(made, NODES, strict=True)]

    def named(self, part: Part, name: str) -> Part:
        """Keep a part under another name."""
        part.name = name
        return self.part(part)

    def forward_gates(self) -> list[Part]:
        """Return the gates as values meet them: the weights, the function, the loss."""
        formula = self.pen.symbol("loss_formula", height=VALUE, colour="ink", align="left")
        function = self.pen.words("function", height=VALUE)
        said = {
            "local_h": function,
            "local_L": formula if fits_a_plate(formula) else self.pen.symbol("L", height=VALUE),
        }
        first = [self.part(gate(self.pen, w, form="equation", called=f"gate {w}")) for w in ("w1", "w2")]
        rest = [self.part(gate(self.pen, name, content, called=f"gate {name}")) for name, content in said.items()]
        return [first[0], rest[0], first[1], rest[1]]

    def backward_gates(self) -> list[Part]:
        """Return the gates as a push meets them: each multiplies it by its slope; those of weights in their colour."""
        return [self.part(gate(self.pen, name, called=f"back gate {name}")) for name in SLOPES]

    def graph(self, i: int) -> Graph:
        """Return the graph under a gate."""
        x, y = NODES[i : i + 2]
        return Graph(self.pen, y, (x, y, SLOPES[i], f"{y}_curve_x", f"{y}_curve_y"))

    def nudge_rows(self) -> list[list[Part]]:
        """Return the table of both nudges: the large step and the small one, each with what it gave."""
        heads = [self.head_of(key) for key in ("weight", "step", "predicted", "recomputed", "gap")]
        rows = [heads]
        for w in ("w1", "w2"):
            for i in range(len(self.clip.steps)):
                cells = [symbol(self.pen, w, height=VALUE, called=f"{w} of row {i}")]
                names = (f"step_{w}_{i}", f"dL_d{w}", f"nudged_{w}_{i}", f"gap_{w}_{i}")
                cells += [number(self.pen, name, align="right", called=f"{name} of {w} {i}") for name in names]
                rows.append([self.part(cell) for cell in cells])
        self.predicted = [rows[i][2] for i in (1, 1 + len(self.clip.steps))]
        return rows

    def step_rows(self) -> list[list[Part]]:
        """Return the table of the step: what moves, where it was, its gradient, and where it is now."""
        rows = [[self.head_of(key) for key in ("weight", "before", "gradient", "after")]]
        for name in ("w1", "w2"):
            cells = [symbol(self.pen, name, height=VALUE, called=f"{name} that moves")]
            cells += [number(self.pen, key, align="right", called=f"{key} before") for key in (name, f"dL_d{name}")]
            rows.append([self.part(cell) for cell in (*cells, self.live(name))])
        rate = symbol(self.pen, "rate", height=VALUE, called="rate that is turned up")
        return [*rows, [self.part(rate), self.live("rate")]]

    def live(self, name: str) -> Part:
        """Return a number that follows the step, with the room of both its ends."""
        ends = (self.quantities[each].number for each in (name, f"new_{name}") if each in self.quantities)
        return self.part(live(self.pen, self.sweep[f"now_{name}"], ends))

    def digit_rows(self) -> list[list[Item]]:
        """Return the gradients in full digits, which take the place of the few that were enough so far."""
        self.names = [self.part(symbol(self.pen, n, align="right", called=f"full symbol {n}")) for n in GRADIENTS]
        self.short, self.full = ([self.digits_of(n, full) for n in GRADIENTS] for full in (False, True))
        return [[name, Over(*both)] for name, *both in zip(self.names, self.short, self.full, strict=True)]

    def digits_of(self, name: str, full: bool) -> Part:
        """Return a gradient on its decimal point, in full digits or in the few."""
        called = f"{'full' if full else 'short'} {name}"
        return self.part(number(self.pen, name, height=NAME, align="point", full=full, called=called))

    def head_of(self, key: str) -> Part:
        """Return the head of a column; a page may have one of the same words twice."""
        called = f"words {key} {len(self._parts)}"
        return self.part(words(self.pen, key, colour="quiet", align="right", most=1, called=called))

    # -- the beats ----------------------------------------------------------------------------------------------------

    def pose_question(self) -> None:
        """Show the title, the bare chain, and what is asked."""
        title = self["words title of the card"]
        with self.beat("pose_question"):
            self.play(Appear(*title.shown), Appear(*self.bare, *shown_of(*self.opening)))
        first, *others = self.opening
        self.turn(Travel(self.head, from_=title), Travel(self.chain.dials[0][0], from_=first))
        self.leave(*self.bare, *shown_of(*others))

    def push_forward(self) -> None:
        """Let each dial turn to its value, gate after gate."""
        chain = self.chain
        with self.beat("push_forward"):
            self.play(Appear(*shown_of(self.legend, *self.code[:3])), self.out_of_dial(0))
            for i, line in enumerate(chain.edges):
                plate = chain.gates[FORWARD][i].shown
                self.play(Appear(*line, chain.posts[FORWARD][i], *plate), *self.light(LIT[i]))
                self.play(Unfold(*chain.dials[0][i + 1].shown))
                self.play(self.out_of_dial(i + 1))

    def out_of_dial(self, i: int) -> Travel:
        """Return the motion of a value's number out of its dial."""
        return Travel(self.values[i], from_=self.chain.dials[0][i].shown[0])

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
                self.play(Unfold(shade, under=[curve, dot]), Unfold(rise, under=[dot]))
                (old, gone), (new, plate) = ((chain.posts[way][i], chain.gates[way][i].shown) for way in range(2))
                *body, number_on = plate
                self.play(Vanish(old, *gone), Appear(new, under=dials), Appear(*body))
                self.play(Travel(number_on, from_=rise))
                self.play(Pour(chain.ribbons[i], under=dials))
                self.play(Travel(*self.placed(self.pushes[i]), from_=chain.ribbons[i]))
        self.leave(*(shown for graph in self.graphs for shown in graph.shown))

    def collect_weight_gradients(self) -> None:
        """Let what went in and what comes back span an area at each weight."""
        with self.beat("collect_weight_gradients"):
            self.play(Appear(*shown_of(*self.code[3:])))
            for i, line in ((2, 3), (0, 5)):
                square, sides, value, product = self.areas[i].shown
                self.play(Appear(square), *self.light(line))
                self.play(Unfold(sides, value))
                self.play(Travel(product, from_=sides))
        chain, areas = self.chain, shown_of(*self.areas.values())
        stays = [*chain.posts[BACKWARD], *chain.ribbons, *shown_of(*chain.gates[BACKWARD], *chain.dials[0])]
        self.turn(Travel(*stays, along=self.down))
        self.leave(*(shown for forms in self.pushes for shown in self.placed(forms)))
        self.hand_on([*areas, *shown_of(*self.code[3:])], self.predicted, areas[3::4])

    def placed(self, forms: Sequence[Part]) -> Sequence[Shown]:
        """Return what is drawn of the form that had room."""
        return next(part.shown for part in forms if part.place)

    def confirm_by_nudging(self) -> None:
        """Nudge both weights, and compare what the network then gives with what was predicted."""
        with self.beat("confirm_by_nudging"):
            self.play(Appear(*shown_of(*self.nudges[0])))
            above: Part | None = None
            for *before, predicted, recomputed, gap in self.nudges[1:]:
                known = predicted in self.predicted
                copied = [] if known or not above else [Travel(predicted, from_=above, copy=True)]
                self.play(Appear(*shown_of(*before, recomputed, gap)), *copied)
                above = predicted
        gradients = [row[2] for row in self.step[1:3]]
        self.hand_on(shown_of(*(cell for row in self.nudges for cell in row)), gradients, self.predicted)
        self.leave(*self.chain.ribbons)

    def hand_on(self, gone: Sequence[Shown], to: Sequence[Part], numbers: Sequence[Part]) -> None:
        """Let a table leave when the next beat begins, but for numbers that go on into the next one."""
        self.turn(Travel(*to, from_=numbers))
        kept = shown_of(*numbers)
        self.leave(*(shown for shown in gone if shown not in kept))

    def take_one_step(self) -> None:
        """Turn the rate up from 0: both weights move against their gradients, and everything follows."""
        still, moving = shown_of(*self.chain.dials[0]), shown_of(*self.moving)
        plates = [self.chain.gates[BACKWARD][i].shown[-1] for i in (0, 2)]
        before, gradients = ([row[i] for row in self.step[1:3]] for i in (1, 2))
        table = shown_of(*(part for row in self.step for part in row))
        with self.beat("take_one_step"):
            self.play(Travel(*before, from_=plates, copy=True))
            here = shown_of(*before, *gradients)
            self.play(Vanish(*still), Appear(*moving, *(shown for shown in table if shown not in here)))
            self.play(SweepTo(self.sweep, self.clip.rate, run_time=self.clip.step_seconds, steady=False))
        self.turn(Appear(*still, under=shown_of(*self.chain.gates[BACKWARD])))
        self.hand_on([*moving, *table], self.short[:2], gradients)

    def show_full_digits(self) -> None:
        """Show the three gradients in full digits."""
        with self.beat("show_full_digits"):
            self.play(Pour(*reversed(self.chain.ribbons), under=shown_of(*self.chain.dials[0]), lag=0.5))
            self.play(Travel(self.short[2], from_=self.chain.ribbons[0]))
            self.play(Vanish(*shown_of(*self.short)), Appear(*shown_of(*self.names, *self.full)))


__getattr__, __dir__ = offer_clips(TwoLayerNetwork)
