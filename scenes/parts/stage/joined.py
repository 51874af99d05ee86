"""A stage for a chain at whose end others join: dials and gates, the slope of each gate, and bars that follow."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from scenes.parts.page import LABEL, NEAR, TOUCH, Form, Leaf, Line, Place, Row, Stack, Stations, Turns, between, on
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.settings.joined_chain import JoinedChain
from scenes.parts.stage.motions import Appear, Dim, Motion, SweepTo, Unfold, Vanish
from scenes.parts.stage.network import BACKWARD, FORWARD, MOVING
from scenes.parts.stage.paged import PagedStage
from scenes.parts.theme import FINE, VALUE
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.chain import Chain
from scenes.parts.things.decor import Decor
from scenes.parts.things.dial import RADII, dial
from scenes.parts.things.gate import gate, live_gate
from scenes.parts.things.graph import Graph
from scenes.parts.things.letters import live, name_of
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.push_bars import PushBars
from scenes.parts.things.shapes import rectangle
from scenes.parts.things.stave import WIDE

__all__ = ["JoinedStage"]

_FEW: Final = 6  # so many values leave room for numbers beside bars, and for names under gates
_NEARER: Final = 0.25  # of the way between two values: so far before the next one stands what is told beside
_SWAP: Final = 0.1  # seconds in which what follows a sweep takes the place of what is alike at rest


class JoinedStage(PagedStage):
    """A clip about a chain that others join; its settings say it as ``chain``, a `JoinedChain`.

    They also say ``x_range`` and ``join_seconds``, and the sweeps ``x`` and, for each that joins, ``join_1`` and on.

    Attributes
    ----------
    chain
        Dials, gates and wires: of all that joins, too.
    rests, turning
        Bars at rest when so many have joined, and while one joins.
    moving
        Bars while x moves.
    """

    @property
    def joined(self) -> JoinedChain:
        """The chain that the settings say."""
        found: JoinedChain = self.clip.chain
        return found

    # -- what stands --------------------------------------------------------------------------------------------------

    def build(self) -> Chain:
        """Return the chain, and keep it with its bars and graphs."""
        pen, nodes, swept = self.pen, self.joined.nodes, self.clip.sweeps()
        self.joins = [Sweep(1.0, swept[f"join_{i + 1}"].quantities) for i in range(len(self.joined.joins))]
        self.sweep = Sweep(self.clip.x, swept["x"].quantities)
        self.few = len(nodes) <= _FEW
        moved = self.joined.nodes_of(self.joined.moved)
        rest = [dial(pen, n, radius=RADII) for n in nodes]
        follow = [dial(pen, f"at_{n}", source=self.sweep[f"at_{n}"], radius=RADII) for n in moved]
        gates = [self.named_gates(), self.slope_gates(), [self.live_gate(n) for n in moved[1:]]]
        self.chain = Chain(pen, [rest, follow], gates)
        graphs = [Graph.of(pen, self.joined.whole, n) for n in nodes[1:]] if self.joined.has_graphs else []
        count = len(self.joined.stages)
        self.graphs = [self.part(each.bare if i < count else each.small) for i, each in enumerate(graphs)]
        self.feet = [name_of(pen, f"function_{n}", called=f"foot {n}") for n in nodes[1:] if self.few and self.is_function(n)]
        self._bars()
        return self.chain

    def put(self, places: dict[str, Place]) -> None:
        """Draw the chain where a layout has put it, and the line on which bars stand."""
        self.chain.put(places, self.clip.scales())
        first, *_, last = self.rests[-1].bars
        ends = (np.array([bar.origin[0] + side * WIDE, bar.origin[1], 0.0]) for bar, side in ((first, -1), (last, 1)))  # type: ignore[attr-defined]
        self.baseline = Decor([Paint(self.theme.colour("edge"))], [rectangle(*ends, FINE)])

    def is_function(self, node: str) -> bool:
        """Return whether a function makes a value, and not a weight."""
        return f"function_{node}" in self.pen.names

    def _bars(self) -> None:
        """Make the bars, at rest, while one joins, and while x moves."""
        chain, moments = self.joined, self.joined.moments
        backs = [f"back_{n}" for n in chain.nodes_of(chain.moved)]
        ends = [(float(moments[name].min()), float(moments[name].max())) for name in backs]
        self.moving, self.rests, self.turning = self._some(backs, ends, "move", self.sweep), [], []
        each = [chain.deltas(i) for i in range(len(chain.joins) + 1)]
        for i, deltas in enumerate(each):
            ways = [(d, d) for d in deltas.values()]
            self.rests.append(self._some([f"push_{i}_{n}" for n in deltas], ways, f"rest {i}"))
        for i, ((old, new), sweep) in enumerate(zip(pairwise(each), self.joins, strict=True), 1):
            ways = [(min(old[n], new[n]), max(old[n], new[n])) for n in old]
            self.turning.append(self._some([f"bar_{i}_{n}" for n in old], ways, f"turn {i}", sweep))

    def _some(
        self, names: Sequence[str], ways: Sequence[tuple[float, float]], called: str, sweep: Sweep | None = None
    ) -> PushBars:
        return PushBars(self.pen, names, ways, scale="bar", sweep=sweep, beside=self.few, called=called)

    def named_gates(self) -> list[Part]:
        """Return the gates as values meet them: the names of functions, and weights."""
        made = []
        for i, node in enumerate(self.joined.nodes[1:]):
            weight = self.joined.all[i]
            if not self.is_function(node):
                made.append(gate(self.pen, weight, form="equation", called=f"gate of {node}"))
                continue
            said = self.pen.name(f"function_{node}", height=VALUE, align="left")
            made.append(gate(self.pen, f"local_{node}", said, called=f"gate of {node}"))
        return made

    def slope_gates(self) -> list[Part]:
        """Return the gates as a push meets them: each with its slope, that of what joins as it joins."""
        found = [gate(self.pen, f"local_{n}", called=f"slope of {n}") for n in self.joined.nodes_of(0)[1:]]
        for i, sweep in enumerate(self.joins, 1):
            way = 1.0, self.joined.slope_of_join(i)
            found.append(live_gate(self.pen, sweep[f"turn_{i}"], way, called=f"turning {i}"))
        return found

    def live_gate(self, node: str) -> Part:
        """Return a gate whose slope follows x."""
        name = f"slope_{node}"
        return live_gate(self.pen, self.sweep[name], self.joined.moments[name], called=f"moving {node}")

    def stations(self, *told: Line) -> Stations:
        """Return the chain as a box, with x over its dial, names under the gates, and in turn what is told of it."""
        self.x = live(self.pen, self.sweep["at_x"], self.clip.x_range, called="x over its dial")
        over: list[Item] = [self.x, *(Leaf(f"over {n}", Form.fixed()) for n in self.joined.nodes[1:])]
        names = [between(*self.feet), LABEL] if self.feet else []
        return self.chain.stations(LABEL, *names, Turns(*told), over=over, cast=None, apart=TOUCH)

    def bars_and_graphs(self) -> list[Line]:
        """Return the bars of every moment, and the graphs: those of the chain at first, and of each that joins."""
        casts, count = [*self.rests, *self.turning, self.moving], len(self.joined.stages)
        some = [self.graphs[:count], *([each] for each in self.graphs[count:])]
        pads = [0, *range(count, len(self.graphs))]
        graphs = [between(*[None] * pad, *map(_centred, each)) for pad, each in zip(pads, some, strict=True) if each]
        return [*(Stack(*cast.lines()) for cast in casts), *graphs]

    def beside(self, joined: int) -> PushBars:
        """Return the bars of a moment once more, at the right of others and without numbers."""
        deltas = self.joined.deltas(joined)
        names, ways = [f"push_{joined}_{n}" for n in deltas], [(d, d) for d in deltas.values()]
        return PushBars(self.pen, names, ways, scale="bar", aside=True, called="aside")

    def foot(self, joined: int) -> Line:
        """Return the line on which the bars of some moments stand, with the room of all that hang from it till then."""
        lows = (d for i in range(joined + 1) for d in self.joined.deltas(i).values())
        deep = max(0.0, -min(lows)) * self.pen.scales["bar"].per_unit
        return on(Leaf("foot of bars", Form.fixed(down=max(deep, FINE))))

    def beside_sweep(self, part: Part) -> list[Line]:
        """Return a line with a part behind the last value that x moves, where others would join, if they would."""
        moved, whole = self.joined.nodes_of(self.joined.moved), self.joined.nodes
        if len(moved) == len(whole) or not self.few:
            return []
        return [Line([_centred(part)], len(moved) - _NEARER, 1, NEAR, "")]

    # -- how it moves -------------------------------------------------------------------------------------------------

    def gate_at(self, i: int, cast: int) -> list[Shown]:
        """Return a gate with its post."""
        return [self.chain.posts[cast][i], *self.chain.gates[cast][i].shown]

    def show_chain(self, *legend: Shown) -> None:
        """Let the chain come, gate by gate; what will join stands by, out of focus."""
        (first, *dials), count = self.chain.dials[0], len(self.joined.stages)
        self.play(Appear(*self.head.shown, *legend), Unfold(*first.shown))
        for i in range(count):
            self.play(Appear(*self.chain.edges[i], *self.gate_at(i, FORWARD)), Unfold(*dials[i].shown))
        waiting = [s for i in range(count, len(dials)) for s in (*self.gate_at(i, FORWARD), *dials[i].shown)]
        if waiting:
            self.play(Appear(*waiting))
            self.play(Dim(*waiting, theme=self.theme))

    def read_slopes(self) -> None:
        """Read the slope of each gate off its graph, from the end on."""
        count = len(self.joined.stages)
        if self.feet:
            self.play(Appear(*shown_of(*self.feet[:count])))
        for i in reversed(range(count)):
            self.read_slope(i)

    def read_slope(self, i: int) -> None:
        """Read one slope off its graph, if there is one: it takes the place of the function's name."""
        old, (post, *plate) = self.gate_at(i, FORWARD), self.gate_at(i, BACKWARD)
        *body, slope = plate
        if not self.graphs:
            self.play(Vanish(*old), Appear(post, *plate))
            return
        *axes, curve, rise, dot = self.graphs[i].shown
        self.play(Appear(*axes, curve, dot))
        self.play(Unfold(rise, under=[dot]))
        self.play(Vanish(*old), Appear(post, *body))
        self.play(*self.coming(slope, rise))

    def push_back(self) -> None:
        """Let a push of 1 come back: bar after bar, each with its number."""
        bars = self.rests[0]
        self.play(Appear(self.baseline))
        for bar, said in reversed(list(zip(bars.bars, bars.said, strict=True))):
            self.play(Unfold(bar))
            self.play(*self.coming(said, bar))

    def waiting(self, i: int) -> list[Motion]:
        """Return the motions with which what joins comes into focus: wire, gate, dial, and its graph."""
        at = len(self.joined.stages) + i
        shown = [*self.gate_at(at, FORWARD), *self.chain.dials[0][at + 1].shown]
        found = [Dim(*shown, theme=self.theme, back=True), Appear(*self.chain.edges[at])]
        if self.graphs:
            *axes, curve, _, dot = self.graphs[at].shown
            found.append(Appear(*axes, curve, dot))
        return found

    def join(self, i: int) -> None:
        """Let something join: its slope, read off its graph, goes from 1 to what it is, and all bars follow."""
        at, live_ones, old = len(self.joined.stages) + i, self.turning[i], self.rests[i]
        if self.graphs:
            *_, rise, dot = self.graphs[at].shown
            self.play(Unfold(rise, under=[dot]))
        end = [self.rests[i + 1].bars[-1], self.rests[i + 1].said[-1]]
        self.play(Vanish(*self.gate_at(at, FORWARD)), Appear(*self.gate_at(at, BACKWARD), *shown_of(*self.feet[at : at + 1])))
        self.play(Vanish(*old.shown), Appear(*live_ones.shown), run_time=_SWAP)
        self.play(Unfold(end[0]), Appear(end[1]))
        if (slope := self.joined.slope_of_join(i + 1)) != 1.0:
            self.play(SweepTo(self.joins[i], slope, run_time=self.clip.join_seconds, steady=False))

    def settle(self, i: int) -> None:
        """Let what followed the joining of something stand at rest."""
        rest = self.rests[i + 1]
        self.play(Vanish(*self.turning[i].shown), Appear(*rest.bars[:-1], *rest.said[:-1]), run_time=_SWAP)

    def graph_of_join(self, i: int) -> Sequence[Shown]:
        """Return the graph of what joins, if there is one."""
        return self.graphs[len(self.joined.stages) + i].shown if self.graphs else ()

    def part_with_second(self) -> None:
        """Let the second that joined go when the next beat begins."""
        at = len(self.joined.stages) + 1
        gone = [*self.gate_at(at, BACKWARD), *self.chain.dials[0][at + 1].shown, *self.chain.edges[at]]
        self.leave(*gone, *self.graph_of_join(1), *shown_of(*self.feet[at : at + 1]), *self.turning[1].shown)
        self.leave(self.rests[2].bars[-1], self.rests[2].said[-1])

    def start_moving(self) -> list[Motion]:
        """Return the motions that put what follows x in the places of what is alike at rest."""
        count, joined = len(self.joined.nodes_of(self.joined.moved)), self.joined.moved
        old = [*shown_of(*self.chain.dials[0][:count]), *(s for i in range(count - 1) for s in self.gate_at(i, BACKWARD))]
        new = [*shown_of(*self.chain.dials[1]), *(s for i in range(count - 1) for s in self.gate_at(i, MOVING))]
        bars = self.rests[joined].shown
        gone = [shown for shown in (*old, *bars) if shown in self.standing]
        return [Vanish(*gone), Appear(*new, *self.moving.shown, *self.x.shown)]

    def move(self, x: float, seconds: float) -> None:
        """Move x."""
        if x != self.sweep.x:
            self.play(SweepTo(self.sweep, x, run_time=seconds))


def _centred(part: Part) -> Row:
    """Return a part whose middle stands at the height of the line on which bars stand."""
    return Row(part, anchor=0, align="middle")
