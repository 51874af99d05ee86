"""A stage for a chain that others join: how it comes, how its slopes are read, and how all bars follow what joins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Final

from scenes.parts.page import Leaf, Slot, during
from scenes.parts.stage.joined import JoinedStage
from scenes.parts.stage.motions import Appear, Motion, SweepTo, Unfold, Vanish
from scenes.parts.stage.network_page import BACKWARD, FORWARD, MOVING
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import HOLD_PER_NUMBER, MOVE, QUICK
from scenes.parts.things.base import Shown
from scenes.parts.things.deep_charts import DeepCharts
from scenes.parts.things.depth_chart import DepthChart
from scenes.parts.things.gate_row import GateRow
from scenes.parts.things.graph import Layers
from scenes.parts.things.lettering import Symbol, Words
from scenes.parts.things.letters import words
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.readout import Readout
from scenes.parts.things.slope import Slope, SlopeShade

__all__ = ["JoiningStage"]

_SWAP: Final = 0.1  # seconds in which what follows a sweep takes the place of what is alike at rest
_LOOK: Final = 1.0  # seconds at pace 1 for what has been asked about
TURNING: Final = 3  # gates of what joins, while it joins


class JoiningStage(JoinedStage):
    """A clip about a chain that others join, with its motions."""

    def legends(self, hangs: Mapping[str, bool]) -> Slot:
        """Return what is said at the end of the head's line in each beat: how dials turn or, where bars hang, what."""
        each = {"half_turn": [b for b in hangs if not hangs[b]], "hollow": [b for b in hangs if hangs[b]]}
        made = {key: words(self.pen, key, colour="quiet", align="right", most=1) for key in each if each[key]}
        self.legend_of = {beat: made[key] for key in made for beat in each[key]}
        return Slot(*(during(made[key], *each[key]) for key in made))

    def say_aside(self, beat: str) -> list[Motion]:
        """Return the motions with which what is said there changes, if it does."""
        new = self.legend_of[beat].shown
        old = [shown for part in self.legend_of.values() for shown in part.shown if shown in self.standing]
        return [] if new[0] in old else [*([Vanish(old[0])] if old else []), Appear(*new)]

    def gate_at(self, i: int, cast: int) -> list[Shown]:
        """Return a gate with its post."""
        return [self.chain.posts[cast][i], *self.chain.gates[cast][i].shown]

    def foot_of(self, i: int) -> Sequence[Shown]:
        """Return the name under a gate, if there is room for names."""
        return _shown(self.named[i : i + 1])

    def dial_of(self, i: int) -> list[Shown]:
        """Return a dial with its value under it, if there is room for values."""
        return [*self.chain.dials[0][i].shown, *_shown(self.values[i : i + 1])]

    def show_chain(self, *legend: Motion) -> None:
        """Let the chain come, gate by gate."""
        (first, *dials), count = self.chain.dials[0], len(self.joined.stages)
        self.play(Appear(*self.head.shown), *legend, Unfold(*first.shown), *_appear(_shown(self.values[:1])))
        for i in range(count):
            self.play(Appear(*self.chain.edges[i], *self.gate_at(i, FORWARD)), Unfold(*dials[i].shown))
            if value := _shown(self.values[i + 1 : i + 2]):
                self.play(Appear(*value))

    def read_slopes(self) -> None:
        """Read the slope of each gate off its graph, from the end on."""
        for i in reversed(range(len(self.joined.stages))):
            self.read_slope(i)

    def read_slope(self, i: int) -> None:
        """Read one slope off its graph, if there is one: it takes the place of the function's name."""
        old, (post, *plate) = self.gate_at(i, FORWARD), self.gate_at(i, BACKWARD)
        *body, slope = plate
        if not self.graphs:
            self.play(Vanish(*old), Appear(post, *plate, *self.foot_of(i)))
            return
        self.play(Appear(*self.bare(i)))
        rise = self.tilt(i, Vanish(*old), Appear(post, *body, *self.foot_of(i)))
        self.play(*self.coming(slope, rise), *_appear(self.rule_on(i)))

    def rule_on(self, i: int) -> list[Shown]:
        """Return how a slope follows from values, and on the first graph that has room for it what a run is."""
        runs = [shown for graph in self.graphs for shown in graph.shown if isinstance(shown, Words)]
        return [s for s in self.graphs[i].shown if isinstance(s, Symbol) or s in runs[:1]]

    def bare(self, i: int) -> list[Shown]:
        """Return a graph without its tangent, and without words."""
        later = Slope | SlopeShade | Symbol | Words
        return [shown for shown in self.graphs[i].shown if not isinstance(shown, later)]

    def tilt(self, i: int, *motions: Motion) -> Shown:
        """Draw the tangent on a graph, with the triangle under it, while others move; return the triangle."""
        return self.tilted(self.graphs[i], *motions)

    def tilted(self, graph: Part, *motions: Motion) -> Shown:
        """Draw the tangent on a graph that stands, with the triangle under it; return the triangle."""
        *_, curve, rise, dot = graph.shown
        shade = [shown for shown in graph.shown if isinstance(shown, SlopeShade)]
        self.play(*motions, Unfold(*shade, under=[curve, dot]), Unfold(rise, under=[dot]))
        return rise

    def push_back(self, *legend: Motion) -> None:
        """Let a push of 1 come back: bar after bar, each with its number."""
        bars = self.rests[0]
        self.play(Appear(*self.baseline), *legend)
        for i in reversed(range(len(bars.bars))):
            if not self.graphs and i < len(bars.bars) - 1:
                self.read_slope(i)
            if i < len(self.factors):
                slope = self.chain.gates[BACKWARD][i].shown[-1]
                self.play(Travel(*self.factors[i].shown, from_=slope, copy=True, run_time=QUICK))
            self.play(Unfold(bars.bars[i], run_time=QUICK))
            if bars.said:
                self.play(*self.coming(bars.said[i], bars.bars[i]))
        self.leave(*shown_of(*self.factors))

    def waiting(self, i: int) -> list[Motion]:
        """Return the motions with which what joins comes: wire, gate, dial, and its graph."""
        at = len(self.joined.stages) + i
        come = [*self.chain.edges[at], *self.gate_at(at, FORWARD), *_shown(self.values[at + 1 : at + 2])]
        come += self.bare(at) if self.graphs else []
        return [Appear(*come), Unfold(*self.chain.dials[0][at + 1].shown)]

    def join(self, i: int, *legend: Motion) -> None:
        """Let something join: its slope, read off its graph, goes from 1 to what it is, and all bars follow.

        Out of focus, those from before stand under them.
        """
        at, live_ones, old = len(self.joined.stages) + i, self.turning[i], self.rests[i]
        end = [self.rests[i + 1].bars[-1], *self.rests[i + 1].said[-1:]]
        come = Vanish(*self.gate_at(at, FORWARD)), Appear(*self.gate_at(at, TURNING), *self.foot_of(at))
        if self.graphs:
            self.tilt(at, *come)
        else:
            self.play(*come)
        gone = [shown for shown in old.said if shown in self.standing]
        self.play(*([Vanish(*gone, run_time=_SWAP)] if gone else []), self.unlit(*old.bars))
        self.play(Appear(*live_ones.shown, run_time=_SWAP))
        self.play(*legend, Unfold(end[0]), *_appear(end[1:]))
        if (slope := self.joined.slope_of_join(i + 1)) != 1.0:
            self.play(SweepTo(self.joins[i], slope, run_time=self.clip.join_seconds, steady=False))
        self.settle(i)
        if i:
            self.leave(*old.bars)

    def settle(self, i: int) -> None:
        """Let what followed the joining of something stand at rest."""
        rest, at = self.rests[i + 1], len(self.joined.stages) + i
        self.rest(_SWAP)  # the last frame of what moved is not yet its end
        old = Vanish(*self.turning[i].shown, *self.gate_at(at, TURNING), run_time=_SWAP)
        new = [*rest.bars[:-1], *rest.said[:-1], *self.gate_at(at, BACKWARD)]
        self.play(old, Appear(*new, run_time=_SWAP))

    def graph_of_join(self, i: int) -> Sequence[Shown]:
        """Return the graph of what joins, if there is one."""
        at = len(self.joined.stages) + i
        return shown_of(*self.graphs[at : at + 1])

    def part_with_second(self) -> None:
        """Let the second that joined go when the next beat begins."""
        at = len(self.joined.stages) + 1
        gone = [*self.gate_at(at, BACKWARD), *self.dial_of(at + 1), *self.chain.edges[at]]
        self.leave(*gone, *self.graph_of_join(1), *self.foot_of(at), *self.rests[2].shown, *self.baseline[1:])

    def start_moving(self) -> list[Motion]:
        """Return the motions that put what follows x in the places of what is alike at rest."""
        count, joined = len(self.joined.nodes_of(self.joined.moved)), self.joined.moved
        old = [s for i in range(count) for s in self.dial_of(i)]
        old += [*(s for i in range(count - 1) for s in self.gate_at(i, BACKWARD)), *self.rests[joined].shown]
        new = [*shown_of(*self.chain.dials[1]), *(s for i in range(count - 1) for s in self.gate_at(i, MOVING))]
        gone = [shown for shown in old if shown in self.standing]
        return [Vanish(*gone), Appear(*new, *self.moving.shown, *_shown(self.following))]

    def show_flat(self) -> None:
        """Show the graph of the flattest gate where x has stopped; the other gates step back."""
        at, count = self.flat_gate, len(self.joined.nodes_of(self.joined.moved)) - 1
        others = [s for i in range(count) if i != at for s in (*self.gate_at(i, MOVING), *self.foot_of(i))]
        self.play(self.unlit(*others), *_appear(shown_of(*self.ghost_said)))
        for graph in self.flat:
            self.play(Appear(*(s for s in graph.shown if not isinstance(s, Slope | SlopeShade))))
            self.tilted(graph)

    def move(self, x: float, seconds: float) -> None:
        """Move x."""
        if x != self.sweep.x:
            self.play(SweepTo(self.sweep, x, run_time=seconds))

    def stand_at_end(self, x: float) -> None:
        """Look at the bars at an end of the way of x; at one where it will not stop, the first leaves its shadow."""
        if self.ghost and x == self.quantities["tempting_x"].number:
            self.play(Unfold(*self.ghost.bars), Appear(*self.about_ghost))
        self.rest(HOLD_PER_NUMBER / self.settings.pace)

    def compare(self) -> None:
        """Set the bars as they would be if each changed as much beside those that are, with their numbers."""
        before = self.rests[0].bars
        if self.guess.is_over:
            self.play(Vanish(*before))
        self.play(Unfold(*self.guess.bars), *_appear(shown_of(*self.said_of.values())))
        for bar, said in zip(self.guess.bars, self.guess.said, strict=False):
            self.play(*self.coming(said, bar))
        self.leave(*self.guess.shown, *shown_of(*self.said_of.values()), *(b for b in before if b in self.standing))

    def picture(self, graphs: Sequence[Layers]) -> None:
        """Let graphs come, if there are some, as curves with a point on each."""
        if bare := [shown for shown in _parts_of(graphs)[0] if shown not in self.standing]:
            self.play(Appear(*bare))

    def tip(self, graphs: Sequence[Layers]) -> None:
        """Let tangents come on graphs, with their numbers; all of it leaves with the beat."""
        self.picture(graphs)
        if not graphs:
            return
        bare, said = _parts_of(graphs)
        shades = [Unfold(*each.shade, under=[each.curve, each.dot]) for each in graphs if each.shade]
        self.play(*shades, *(Unfold(each.rise, under=[each.dot]) for each in graphs), *_appear(said))
        self.leave(*bare, *said, *(s for each in graphs for s in (*each.shade, each.rise)))

    def read_gates(self, row: GateRow, graphs: Sequence[Layers], making: str, asking: str) -> None:
        """Build a long chain gate by gate, each with its curve; then read the slopes, and ask what a push meets."""
        curves = iter(graphs)
        with self.beat(making):
            for name, made in zip([None, *row.names], row.making, strict=True):
                drawn = list(islice(curves, int(isinstance(name, Words))))
                self.play(Appear(*made, *_parts_of(drawn)[0]))
                if drawn:
                    self.rest(QUICK)
        with self.asking(asking):
            self.tip(graphs)
            slopes, rises = [s for s in row.slopes if s not in self.standing], [graph.rise for graph in graphs]
            pairs = zip(slopes, rises, strict=bool(rises))
            if motions := [m for pair in pairs for m in self.coming(*pair, copy=True)] or _appear(slopes):
                self.play(*motions)

    def draw(
        self,
        *charts: DepthChart,
        heads: Sequence[Shown] = (),
        alike: Sequence[Sequence[Shown]] = (),
        first: bool = True,
        bars: bool = True,
    ) -> None:
        """Draw what does not stand of charts: axes, ``bars`` from the end on, then their numbers, if they have some.

        Those of the ``first`` bars may come later. What a chain is called comes with its chart; what is ``alike`` in
        the chain before and in this one steps back in both, and comes from there if it is the same number, not only the
        same digits.
        """
        frames = [s for chart in charts for s in (*chart.frame, *chart.ends) if s not in self.standing]
        dims = []
        if alike:
            same = {b: a for a, b in zip(*alike, strict=True) if a.told().value == b.told().value}
            copies = [Travel(*same, from_=list(same.values()), copy=True)] if same else []
            self.play(*copies, *_appear([shown for shown in heads if shown not in same]))
            heads, dims = (), [self.unlit(*(shown for each in alike for shown in each))]
        if come := [*(s for s in heads if s not in self.standing), *frames]:
            self.play(Appear(*come), *dims)
        if not bars:
            return
        new = [[bar for bar in reversed(chart.bars) if bar not in self.standing] for chart in charts]
        self.play(*(Unfold(*each, lag=0.3, run_time=1.5 * MOVE) for each in new))
        last = self.reading(*charts, first=first)
        if last := [*last, *_appear([shown for chart in charts for shown in (*chart.marks, *chart.closed)])]:
            self.play(*last)

    def change_axes(self, late: DepthChart, long: DeepCharts) -> None:
        """Draw the bars that were asked about, and let axes of powers of ten take the place of those as they are."""
        self.draw(late)
        self.rest(_LOOK / self.settings.pace)
        self.play(Vanish(*long.frames(long.linear)))
        self.draw(*long.log, first=False)

    def reading(self, *charts: DepthChart, first: bool = True) -> list[Motion]:
        """Return how the numbers that do not stand come off their bars, with or without those of the first bars."""
        drawn = [chart for chart in charts if chart.part.place]
        read = [pair for chart in drawn for pair in chart.read_off if first or pair[0] is not chart.first]
        return [motion for said, bar in read if said not in self.standing for motion in self.coming(said, bar)]


def _shown(leaves: Sequence[Leaf]) -> list[Shown]:
    """Return what some leaves show."""
    return [shown for leaf in leaves if isinstance(leaf.part, Part) for shown in leaf.part.shown]


def _parts_of(graphs: Sequence[Layers]) -> tuple[list[Shown], list[Shown]]:
    """Return what graphs are without their tangents, and the numbers of these."""
    said = [shown for each in graphs for shown in each.axes if isinstance(shown, Readout)]
    return [s for each in graphs for s in (*each.axes, each.curve, each.dot) if s not in said], said


def _appear(shown: Sequence[Shown]) -> list[Motion]:
    """Return the motion with which something comes, if there is something."""
    return [Appear(*shown)] if shown else []
