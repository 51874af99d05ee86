"""A stage for a network that several losses judge: both over its answer, both derived by hand, both as teachers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

from scenes.parts.page import (
    GROUP,
    LABEL,
    LOOSE,
    NEAR,
    Column,
    Hung,
    Leaf,
    Pad,
    Row,
    Stack,
    Stations,
    Turns,
    along,
    amid,
    between,
    on,
)
from scenes.parts.page.boxes import Box, Item
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.settings.network import Network
from scenes.parts.stage.motions import Appear, Motion, SweepTo, Unfold, Vanish
from scenes.parts.stage.network import NetworkStage
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import LABEL as SMALL
from scenes.parts.things.aimed_plane import AimedPlane
from scenes.parts.things.base import Shown, Source, as_source
from scenes.parts.things.chance_plane import ChancePlane
from scenes.parts.things.derivation import Derivation
from scenes.parts.things.dial import RADII
from scenes.parts.things.gate import gate, posts
from scenes.parts.things.graph import Graph
from scenes.parts.things.judge_plane import JudgePlane
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.letters import name_of, number
from scenes.parts.things.part import Part, or_nothing, shown_of
from scenes.parts.things.plane import Sizes
from scenes.parts.things.push_plane import Barred, PushPlane, Told
from scenes.parts.things.readout import Form
from scenes.parts.things.wire import wire

__all__ = ["JudgedStage"]

LOSSES: Final = ("first", "second")
"""The keys of the names of the losses."""

_BIG: Final = Sizes((5.0, 10.0), (1.4, 3.4), (7, 4))
_PAIR: Final = Sizes((2.0, 4.9), (1.6, 3.4), (5, 5))
_CURVE: Final = Sizes((4.0, 10.0), (1.8, 3.8), (7, 5))
_SMALL: Final = Sizes((1.8, 4.2), (1.4, 3.2), (3, 4))
_HEAD: Final = 0.24  # of the arrow of a push
_NAMED: Final[tuple[Form, ...]] = ("equation", "number")


class JudgedStage(NetworkStage):
    """A clip about one network and several losses; its settings say them as ``judges``.

    Attributes
    ----------
    answer, steps
        What slides the answer, and what counts the steps.
    """

    @cached_property
    def network(self) -> Network:
        """The chain without a loss."""
        judges = self.clip.judges
        return Network(judges.runs[0], judges.nodes, judges.weights)

    @property
    def asked_of(self) -> Sequence[str]:
        """What the opening card has the numbers of: the answer; where losses lie over what makes it, all that does."""
        recipe, nodes = self.network.run.recipe, self.network.nodes
        makers = [weight for node in nodes[1:] for weight in recipe.step(node).weights]
        return nodes[-1:] if self.clip.judges.is_answer else [*nodes, *makers]

    def open_judges(self) -> None:
        """Keep the sweeps of the clip."""
        sweeps, over = self.clip.sweeps(), self.clip.judges.over
        self.answer = Sweep(self.quantities[over].number, sweeps["answer"].quantities)
        self.steps = Sweep(0.0, sweeps["step"].quantities)

    @cached_property
    def slopes(self) -> tuple[str, ...]:
        """The name of each gate's slope: of a gate that is a weight it is the weight."""
        steps = (self.network.run.recipe.step(node) for node in self.network.nodes[1:])
        return tuple(s.weights[0] if s.weights else f"local_{s.node}" for s in steps)

    told_lines: Sequence[Shown] = ()

    # -- what a page shows --------------------------------------------------------------------------------------------

    @cached_property
    def now(self) -> dict[str, Source]:
        """What the sliding answer moves."""
        return {name: self.answer[f"now_{name}"] for name in ("over", "L_0", "L_1", "push_0", "push_1")}

    def judged_plane(self, error: str, pushes: tuple[str, str], nudged: str, uphill: str, tempting: str) -> Part:
        """Return both losses over the answer; under them the error, and the push of each, as bars.

        Parameters
        ----------
        error, pushes, nudged, uphill, tempting
            The keys of what stands over the bars, and of what is said of a nudge, of the direction of a push, and of
            what one might expect.
        """
        judges, pen, bars = self.clip.judges, self.pen, list[Told]()
        said = pen.words(error, height=SMALL, colour="loss")
        bars.append(Told(said, self.answer["now_miss"], [("miss", "slid_miss")]))
        for i, key in enumerate(pushes):
            said, groups = pen.words(key, height=SMALL, colour="gradient"), [(f"push_{i}", f"slid_push_{i}")]
            more: dict[str, Any] = {}
            if judges.is_answer:
                how: dict[str, Any] = {"height": SMALL, "colour": "quiet"}
                more = {
                    "tempting": f"tempt_{i}",
                    "nudged": [pen.words(nudged, **how), pen.readout(f"nudged_{i}", height=SMALL)],
                }
                more["expected"] = [pen.words(tempting, **how), pen.readout(f"tempt_{i}", **how)]
                more["note"] = [] if i else [pen.words(uphill, **how)]
            bars.append(Told(said, self.now[f"push_{i}"], groups, _HEAD, **more))
        self.plane = self._judging("judges", (0, 1), bars, laws=["loss_law_0", "loss_law_1"])
        return self.part(self.plane.part)

    def kinked_plane(self, pushes: tuple[str, str]) -> Part:
        """Return the losses with a kink alone, with the push of each under them."""
        kinked, bars = self.clip.judges.kinked, list[Told]()
        for i in kinked:
            said = self.pen.words(pushes[i], height=SMALL, colour="gradient")
            bars.append(Told(said, self.now[f"push_{i}"], [(f"on_push_{i}",)], _HEAD))
        self.kink = self._judging("kink", kinked, bars, kinked=kinked)
        return self.part(self.kink.part)

    def _judging(self, called: str, losses: Sequence[int], bars: Sequence[Told], **more: Any) -> PushPlane:
        judges = self.clip.judges
        where = (self.pen, called, ("over", "L"), (judges.over, "L_0"), _BIG)
        told: dict[str, Any] = {"losses": losses, "now": self.now, "ends": [LOSSES[i] for i in losses], "bars": bars}
        told |= more
        return PushPlane(*where, **told, target=self._goal)

    @property
    def _goal(self) -> str:
        """The target, if the losses are drawn over the answer."""
        return "target" if self.clip.judges.is_answer else ""

    def by_hand(self, quotient: str, beats: Sequence[str], run: str) -> Box:
        """Return the chain; under it first the graph of each function, with its slope, then all gradients, by line.

        Parameters
        ----------
        quotient
            The key of the words over what is found by dividing; that stands in the last of the beats.
        run
            The key of the words at the run of a slope.
        """
        self.dials = self.cast("net", RADII)
        titled = [(n, self._name_of(n)) for n in self.slopes]
        self.gates = [self.part(gate(self.pen, n, title=title, called=f"back gate {n}")) for n, title in titled]
        self.used = {n: self.part(number(self.pen, n)) for n in self.network.nodes}
        self.wanted = self.part(number(self.pen, "target", form="equation", called="target by hand"))
        nodes, recipe = self.network.nodes, self.network.run.recipe
        rules = {n: self._rule(n) for n in nodes if f"rule_{n}" in self.quantities}
        weights = {n: recipe.step(n).weights[1:] for n in nodes[1:]}
        biases = {n: self.part(number(self.pen, more[0], form="equation")) for n, more in weights.items() if more}
        self.aside = [*(leaf.part for leaf in rules.values() if isinstance(leaf.part, Part)), *biases.values()]
        under = biases | {nodes[-1]: self.wanted}
        line: list[Item | None] = []
        for n, part in self.used.items():
            line += [rules.get(n), Column(part, LABEL, under[n], align="origin") if n in under else part]
        numbers = along(*line[1:], gap=GROUP)
        self.table = Derivation(self.pen, LOSSES, self.clip.judges.lines(), quotient, beats[-1])
        graphs = {n: Graph.of(self.pen, self.network.run, n, run).bare for n in self.clip.judges.functions}
        self.graphs_by_hand = {n: self.part(graph) for n, graph in graphs.items()}
        below = Turns(
            Stack(between(*(self.graphs_by_hand.get(n) for n in nodes[1:])), beats=beats[:1]),
            Stack(amid(len(nodes), Hung(Column(self.table.box))), beats=beats[1:]),
        )
        return Column(Stations(between(*self.gates), LABEL, on(*self.dials), LABEL, numbers, LOOSE, below, anchor=1))

    def _rule(self, node: str) -> Leaf:
        """Return how the slope of a gate follows from its values, and how large it is, if there is room."""
        return or_nothing(number(self.pen, f"rule_{node}", height=SMALL, form="about"), "rules")

    def _name_of(self, slope: str) -> Lettering:
        """Return what a gate is, small: the symbol of a weight, or the name of the function."""
        is_weight = slope in self.network.weights
        return self.pen.symbol(slope, height=SMALL) if is_weight else self.pen.name("activation", height=SMALL)

    def race(self, step: str) -> Box:
        """Return the answer over the steps, by each loss, with its target, and how far off it ends.

        ``step`` is the key of what is counted.
        """
        each = range(len(self.clip.ways))
        room = max(self._race(i, step).aside for i in each)
        self.races = [self._race(i, step, room) for i in each]
        self.judged_by = [self.part(name_of(self.pen, key, colour="loss", called=f"by {key}")) for key in LOSSES]
        pairs = zip(self.judged_by, self.races, strict=True)
        return Row(*(Column(by, LABEL, each.part, align="origin") for by, each in pairs), gap=GROUP, equal=True)

    def _race(self, i: int, step: str, room: float = 0.0) -> AimedPlane:
        keys, names, paths = ("steps", "learned"), (step, self.network.nodes[-1]), [(f"way_{i}", f"steps_{i}")]
        off = self.pen.readout(f"off_{i}", height=SMALL, form="equation", align="left")
        told: dict[str, Any] = {"paths": paths, "step": self.steps["now_step"]}
        gap = (f"off_line_{i}", f"off_at_{i}")
        return AimedPlane(self.pen, f"race {i}", keys, names, _PAIR, **told, gap=gap, off=off, room=room)

    def chance(self, title: str) -> Box:
        """Return the S curve, with the push as a gap; ``title`` is the key of what stands over how it follows."""
        answer, said = self.network.nodes[-1], self.pen.words(title, height=SMALL, colour="value", align="centre")
        where = (self.pen, "chance", ("logit", "chance"), (answer, "p"), _CURVE)
        self.curve = ChancePlane(*where, logit=answer, reads=said)
        return Column(Pad(self.curve.part, grow=True))

    def poster(self) -> Box:
        """Return both losses side by side: each with its slope at the answer, or at the end, and how it follows."""
        each, law = range(len(LOSSES)), "last_push" if self.shows_ends else "law"
        self.posted = [self._judge(i) for i in each]
        self.titles = [self.part(name_of(self.pen, LOSSES[i], colour="loss", called=f"title {i}")) for i in each]
        self.laws = [self.part(number(self.pen, f"{law}_{i}", form=_NAMED, called=f"law {i}")) for i in each]
        self._pushes = [f"{law}_{i}" for i in each]
        columns = (
            Column(title, LABEL, plane.part, NEAR, law, align="origin")
            for title, plane, law in zip(self.titles, self.posted, self.laws, strict=True)
        )
        return Row(*columns, gap=GROUP, equal=True)

    def _judge(self, i: int) -> JudgePlane:
        over, last = self.clip.judges.over, self.shows_ends
        at, high, push = (f"then_over_{i}", f"then_L_{i}", f"last_push_{i}") if last else (over, f"L_{i}", f"push_{i}")
        now = {"over": at, f"L_{i}": high, f"push_{i}": push}
        told: dict[str, Any] = {"now": {key: as_source(self.quantities[name]) for key, name in now.items()}}
        told |= {"losses": [i], "target": self._goal, "feet": [at, *([self._goal] if self._goal else [])]}
        return JudgePlane(self.pen, f"judge {i}", ("over", "L"), (over, f"L_{i}"), _SMALL, **told)

    def pushed(self) -> list[Shown]:
        """Return how each loss pushes: beside its tangent, or there how hard, and under its curve how that follows."""
        for form in _NAMED:
            found = [plane.at_dot(name, form) for plane, name in zip(self.posted, self._pushes, strict=True)]
            if all(found):
                return [*(s for each in found for s in each), *([] if form == _NAMED[0] else shown_of(*self.laws))]
        return shown_of(*self.laws)

    @cached_property
    def shows_ends(self) -> bool:
        """Whether the last picture shows where learning has led: it is wanted, and all of it lies on the axis."""
        low, high = self.clip.ranges()["over"]
        ends = (self.quantities[f"then_over_{i}"].number for i in range(len(LOSSES)))
        return self.clip.claim_at == "last" and all(low <= end <= high for end in ends)

    def join(self) -> None:
        """Draw what joins the dials, where a layout has put them."""
        self.edges = [shown for pair in pairwise(self.dials) for shown in wire(self.theme, *pair)]
        self.carriers = posts(self.theme, self.dials[0], *self.gates)

    # -- how it moves -------------------------------------------------------------------------------------------------

    def open(self, beat: str, *, asking: bool = False) -> None:
        """Show the opening card; its title glides into the running head."""
        self.leave(*self.show_card(beat, asking=asking), *shown_of(*self.opening))

    @property
    def chain_shown(self) -> list[Shown]:
        """The chain with its gates and values, from below upward."""
        return [*self.edges, *self.carriers, *shown_of(*self.dials, *self.gates, *self.used.values(), *self.aside)]

    @property
    def told(self) -> list[Barred]:
        """What the bars tell."""
        return self.plane.told

    @property
    def error_bars(self) -> list[Barred]:
        """The bar of the error, if there is one."""
        return [each for each in self.told if not each.told.head]

    @property
    def push_bars(self) -> list[Barred]:
        """The bars of the pushes."""
        return [each for each in self.told if each.told.head]

    def place(self, key: str = "") -> float:
        """Return one of the places of the answer."""
        return self.quantities[f"{key}{self.clip.judges.over}"].number

    def slide(self, key: str = "") -> SweepTo:
        """Return the motion of the answer to one of its places."""
        return SweepTo(self.answer, self.place(key), run_time=self.clip.slide_seconds, steady=False)

    def show_error(self) -> None:
        """Show the error as a bar, if there is one, on the axis of the bars, if they have one of their own."""
        if self.plane.scale:
            self.play(Appear(*self.plane.scale))
        for told in self.error_bars:
            self.play(Unfold(*told.bar), Appear(told.words))
            self.play(Travel(told.groups[0][0], from_=told.bar))

    def read_each(self, beats: Sequence[str]) -> None:
        """Read the slope of one loss after the other, each in a beat."""
        for i, beat in enumerate(beats):
            self.read(i, beat)
        marks = [s for i in self.plane.losses for s in self.plane.marked_on(i)]
        self.turn(Appear(*(s for s in marks if s not in self.standing), under=self.plane.dots[-1:]))

    def read(self, i: int, beat: str) -> None:
        """Read how hard a loss pushes off its slope: the rise over a run of 1; then nudge the answer, a second way."""
        plane, told = self.plane, self.push_bars[i]
        is_late = not (i or plane.target)  # on an axis of their own all bars come together
        slope = plane.slope(i, f"push_{i}")
        others = [shown for j in plane.losses if j != i for shown in plane.drawn_of(j)]
        hidden = [s for j in plane.losses if j != i for s in plane.marked_on(j) if s in self.standing]
        new, dot = slope or [plane.tangents[i]], plane.dots[i]
        with self.beat(beat):
            if is_late:
                self.show_error()
            come = Appear(*new, under=[dot]) if dot in self.standing else Appear(*new, dot)
            lit = self.unlit(*others), self.unlit(*plane.drawn_of(i), back=True)
            sides = [s for each in slope for s in plane.sides_of(each, "run", f"push_{i}")]
            self.play(*lit, Vanish(*hidden), come, Appear(*sides))
            self.play(Unfold(*told.bar), Appear(told.words))
            self.play(Travel(told.groups[0][0], from_=slope or told.bar))
            if told.nudged:
                self.play(Appear(*told.nudged))
        self.leave(*slope, *sides, *told.nudged)

    def read_slopes_off(self) -> None:
        """Let the chain stand, and read the slope of each function off its graph, which leaves with the beat."""
        graphs = [(*graph.shown[:-2], graph.shown[-1]) for graph in self.graphs_by_hand.values()]
        slopes = [graph.shown[-2] for graph in self.graphs_by_hand.values()]
        gates = (self.gates[self.network.nodes.index(node) - 1] for node in self.graphs_by_hand)
        numbers = [gate.shown[-1] for gate in gates]
        chain = (shown for shown in self.chain_shown if shown not in numbers)
        self.play(Appear(*shown_of(self.wanted), *chain, *(shown for each in graphs for shown in each)))
        self.play(*(Unfold(slope, under=[dot]) for slope, (*_, dot) in zip(slopes, graphs, strict=True)))
        self.play(Travel(*numbers, from_=slopes))
        self.leave(*slopes, *(shown for each in graphs for shown in each))

    def derive(self, beat: str, *names: str) -> None:
        """Fill some lines by hand, each factor from the network; what was told before goes out of focus."""
        with self.beat(beat):
            before = self.told_lines or next(iter(self.table.lines.values())).shown
            self.play(self.unlit(*before))
            told = list[Shown]()
            for name in names:
                line = self.table.lines[name]
                self.play(Appear(*line.begun))
                if factor := self.factor(name):
                    self.play(*factor)
                self.play(Appear(*shown_of(*line.results)))
                told += line.shown
        self.told_lines = told

    def divide(self, beat: str) -> None:
        """Divide what one loss gives by what the other gives: line by line the same factor, which stands a while."""
        if not self.clip.judges.has_quotients:
            return
        with self.beat(beat, least=self.clip.divide_hold):
            told = (shown for shown in self.told_lines if shown not in self.results)
            self.play(self.unlit(*told), self.unlit(*self.results, back=True))
            self.play(Appear(*self.table.found, lag=0.3))

    @property
    def results(self) -> list[Shown]:
        """What all lines by hand give."""
        return shown_of(*(part for line in self.table.lines.values() for part in line.results))

    def factor(self, name: str) -> list[Motion]:
        """Return the motion of a line's factor from the gate, or from the dial, that it stands for."""
        by, _ = self.clip.judges.lines()[name]
        known = self.used | dict(zip(self.slopes, self.gates, strict=True))
        factor = shown_of(*self.table.lines[name].factor)
        return [Travel(*factor, from_=known[by].shown[-1], copy=True)] if factor else []

    @property
    def last_step(self) -> int:
        """The last step that a run takes."""
        found: int = max(way.last for way in self.clip.ways)
        return found
