"""A stage for a chain that others join: how it comes, how its slopes are read, and how all bars follow what joins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from scenes.parts.stage.joined import JoinedStage
from scenes.parts.stage.motions import Appear, Dim, Motion, SweepTo, Unfold, Vanish
from scenes.parts.stage.network import BACKWARD, FORWARD, MOVING
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import MOVE
from scenes.parts.things.base import Shown
from scenes.parts.things.depth_chart import DepthChart
from scenes.parts.things.part import shown_of
from scenes.parts.things.slope import Slope, SlopeShade

__all__ = ["JoiningStage"]

_SWAP: Final = 0.1  # seconds in which what follows a sweep takes the place of what is alike at rest


class JoiningStage(JoinedStage):
    """A clip about a chain that others join, with its motions."""

    def gate_at(self, i: int, cast: int) -> list[Shown]:
        """Return a gate with its post."""
        return [self.chain.posts[cast][i], *self.chain.gates[cast][i].shown]

    def foot_of(self, i: int) -> Sequence[Shown]:
        """Return the name under a gate, where a function has one there."""
        foot = self.feet.get(self.joined.nodes[i + 1])
        return foot.shown if foot else ()

    def show_chain(self, *legend: Motion) -> None:
        """Let the chain come, gate by gate; what will join stands by, out of focus."""
        (first, *dials), count = self.chain.dials[0], len(self.joined.stages)
        self.play(Appear(*self.head.shown), *legend, Unfold(*first.shown))
        for i in range(count):
            self.play(Appear(*self.chain.edges[i], *self.gate_at(i, FORWARD)), Unfold(*dials[i].shown))
            if self.graphs:
                self.play(Appear(*self.bare(i)))
        waiting = [s for i in range(count, len(dials)) for s in (*self.gate_at(i, FORWARD), *dials[i].shown)]
        if waiting:
            self.play(Appear(*waiting))
            self.play(Dim(*waiting, theme=self.theme))

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
        rise = self.tilt(i)
        self.play(Vanish(*old), Appear(post, *body, *self.foot_of(i)))
        self.play(*self.coming(slope, rise))

    def bare(self, i: int) -> list[Shown]:
        """Return a graph without its tangent."""
        return [shown for shown in self.graphs[i].shown if not isinstance(shown, Slope | SlopeShade)]

    def tilt(self, i: int) -> Shown:
        """Draw the tangent on a graph, with the triangle under it; return the triangle."""
        *_, curve, rise, dot = self.graphs[i].shown
        shade = [shown for shown in self.graphs[i].shown if isinstance(shown, SlopeShade)]
        self.play(Unfold(*shade, under=[curve, dot]), Unfold(rise, under=[dot]))
        return rise

    def push_back(self) -> None:
        """Let a push of 1 come back: bar after bar, each with its number."""
        bars = self.rests[0]
        self.play(Appear(*self.baseline))
        for i in reversed(range(len(bars.bars))):
            if not self.graphs and i < len(bars.bars) - 1:
                self.read_slope(i)
            if i < len(self.factors):
                self.play(Travel(*self.factors[i].shown, from_=self.chain.gates[BACKWARD][i].shown[-1], copy=True))
            self.play(Unfold(bars.bars[i]))
            self.play(*self.coming(bars.said[i], bars.bars[i]))
        self.leave(*shown_of(*self.factors))

    def waiting(self, i: int) -> list[Motion]:
        """Return the motions with which what joins comes into focus: wire, gate, dial, and its graph."""
        at = len(self.joined.stages) + i
        shown = [*self.gate_at(at, FORWARD), *self.chain.dials[0][at + 1].shown]
        found = [Dim(*shown, theme=self.theme, back=True), Appear(*self.chain.edges[at])]
        return [*found, *([Appear(*self.bare(at))] if self.graphs else [])]

    def join(self, i: int) -> None:
        """Let something join: its slope, read off its graph, goes from 1 to what it is, and all bars follow."""
        at, live_ones, old = len(self.joined.stages) + i, self.turning[i], self.rests[i]
        if self.graphs:
            self.tilt(at)
        end = [self.rests[i + 1].bars[-1], self.rests[i + 1].said[-1]]
        self.play(Vanish(*self.gate_at(at, FORWARD)), Appear(*self.gate_at(at, BACKWARD), *self.foot_of(at)))
        gone = [shown for shown in old.shown if shown in self.standing]
        self.play(Vanish(*gone, run_time=_SWAP), Appear(*live_ones.shown, run_time=_SWAP))
        self.play(Unfold(end[0]), Appear(end[1]))
        if (slope := self.joined.slope_of_join(i + 1)) != 1.0:
            self.play(SweepTo(self.joins[i], slope, run_time=self.clip.join_seconds, steady=False))

    def settle(self, i: int) -> None:
        """Let what followed the joining of something stand at rest."""
        rest = self.rests[i + 1]
        old = Vanish(*self.turning[i].shown, run_time=_SWAP)
        self.play(old, Appear(*rest.bars[:-1], *rest.said[:-1], run_time=_SWAP))

    def graph_of_join(self, i: int) -> Sequence[Shown]:
        """Return the graph of what joins, if there is one."""
        return self.graphs[len(self.joined.stages) + i].shown if self.graphs else ()

    def part_with_second(self) -> None:
        """Let the second that joined go when the next beat begins."""
        at = len(self.joined.stages) + 1
        gone = [*self.gate_at(at, BACKWARD), *self.chain.dials[0][at + 1].shown, *self.chain.edges[at]]
        self.leave(*gone, *self.graph_of_join(1), *self.foot_of(at), *self.turning[1].shown)
        self.leave(self.rests[2].bars[-1], self.rests[2].said[-1], *self.baseline[1:])

    def start_moving(self) -> list[Motion]:
        """Return the motions that put what follows x in the places of what is alike at rest."""
        count, joined = len(self.joined.nodes_of(self.joined.moved)), self.joined.moved
        old = [
            *shown_of(*self.chain.dials[0][:count]),
            *(s for i in range(count - 1) for s in self.gate_at(i, BACKWARD)),
        ]
        new = [*shown_of(*self.chain.dials[1]), *(s for i in range(count - 1) for s in self.gate_at(i, MOVING))]
        bars = self.rests[joined].shown
        gone = [shown for shown in (*old, *bars) if shown in self.standing]
        return [Vanish(*gone), Appear(*new, *self.moving.shown, *self.feet["x"].shown)]

    def move(self, x: float, seconds: float) -> None:
        """Move x."""
        if x != self.sweep.x:
            self.play(SweepTo(self.sweep, x, run_time=seconds))

    def compare(self, joined: int) -> None:
        """Set the bars as they were beside those that are, and the rows of numbers under them, the true one last."""
        self.settle(joined - 1)
        self.play(Appear(*self.before.bars))
        self.play(Dim(*self.before.bars, theme=self.theme))
        for row in self.table[:-1]:
            self.play(Appear(*shown_of(*row)))
        for *true, head in self.table[-1:]:
            self.play(Appear(*head.shown), Travel(*true, from_=self.rests[joined].said[: len(true)]))
        self.leave(*self.before.bars, *shown_of(*(part for row in self.table for part in row)))

    def draw(self, charts: Sequence[DepthChart]) -> None:
        """Draw charts: the axis, the bars from the end on, then the first number."""
        for chart in charts:
            self.play(Appear(*chart.frame, *chart.ends))
            self.play(Unfold(*reversed(chart.bars), lag=0.3, run_time=2 * MOVE))
            self.play(*self.coming(chart.first, chart.bars[0]), *([Appear(*chart.marks)] if chart.marks else []))
