"""A stage for a chain at whose end others join: dials and gates, the slope of each gate, and bars that follow."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.page import (
    LABEL,
    TOUCH,
    Column,
    Form,
    Leaf,
    Line,
    Over,
    Place,
    Row,
    Stack,
    Stations,
    Turns,
    along,
    between,
    gap,
    on,
)
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.quantity import Role
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.settings.joined_chain import JoinedChain
from scenes.parts.stage.paged import PagedStage
from scenes.parts.theme import FINE, RING, VALUE
from scenes.parts.theme import LABEL as SMALL
from scenes.parts.things.base import Paint
from scenes.parts.things.chain import Chain
from scenes.parts.things.decor import Decor
from scenes.parts.things.dial import RADII, dial
from scenes.parts.things.gate import gate, live_gate
from scenes.parts.things.graph import Graph
from scenes.parts.things.letters import LOWEST, live, name_of, number, symbol, words
from scenes.parts.things.part import Part, or_nothing
from scenes.parts.things.push_bars import PushBars
from scenes.parts.things.shapes import rectangle
from scenes.parts.things.stave import WIDE

__all__ = ["JoinedStage"]

_KEY: Final = gap(0.12)  # from what stands over bars to them, from what hangs to words about it, and in one line
_CLOSE: Final = gap(0.1)  # from a factor between bars to the line that they stand on
_WIDE: Final = 11.6  # from the first dial to the last, at most
_UNDER: Final = 0.1 + VALUE  # from a bar to the foot of its number


class JoinedStage(PagedStage):
    """A clip about a chain that others join; its settings say it as ``chain``, a `JoinedChain`.

    They also say ``x_range`` and ``join_seconds``, and the sweeps ``x`` and, for each that joins, ``join_1`` and on.

    Attributes
    ----------
    chain
        Dials, gates and wires: of all that joins, too.
    rests, turning
        Bars at rest when so many have joined, and while one joins.
    moving, ghost
        Bars while x moves; and the first of them as it is at an end of its way, if that is told.
    """

    ghost: PushBars | None

    @property
    def joined(self) -> JoinedChain:
        """The chain that the settings say."""
        found: JoinedChain = self.clip.chain
        return found

    def build(self) -> Chain:
        """Return the chain, and keep it with its bars and graphs."""
        pen, nodes, swept = self.pen, self.joined.nodes, self.clip.sweeps()
        self.joins = [Sweep(1.0, swept[f"join_{i + 1}"].quantities) for i in range(len(self.joined.joins))]
        self.sweep = Sweep(self.clip.x, swept["x"].quantities)
        self.few = self.joined.has_graphs
        moved = self.joined.nodes_of(self.joined.moved)
        rest = [dial(pen, n, radius=RADII) for n in nodes]
        follow = [dial(pen, f"at_{n}", source=self.sweep[f"at_{n}"], radius=RADII) for n in moved]
        slopes = [gate(pen, f"local_{n}", called=f"slope of {n}") for n in nodes[1:]]
        gates = [self.named_gates(), slopes, [self.live_gate(n) for n in moved[1:]], self.turning_gates()]
        self.chain = Chain(pen, [rest, follow], gates)
        self.said_of, self.found = dict[str, Part](), list[Part]()
        self.ghost, self.ghost_said = None, list[Part]()
        self._graphs()
        self._bars()
        return self.chain

    def put(self, places: dict[str, Place]) -> None:
        """Draw the chain where a layout has put it, and the line on which bars stand."""
        self.chain.put(places, self.clip.scales())
        feet, past = [bar.origin for bar in self.rests[-1].bars], np.array([WIDE, 0.0, 0.0])
        last = feet[self.joined.moved + len(self.joined.stages)] + past
        ends = [(feet[0] - past, last), (last, feet[-1] + past)]
        self.baseline = [self._line(a, b) for a, b in ends if a[0] < b[0]]
        if self.ghost:
            line = self._line(self.ghost.bars[0].origin - past, feet[0] - past)
            self.about_ghost = [line, *self.ghost.said]

    def _line(self, start: npt.NDArray[np.float64], end: npt.NDArray[np.float64]) -> Decor:
        return Decor([Paint(self.theme.colour("edge"))], [rectangle(start, end, FINE)])

    def _graphs(self) -> None:
        """Make the graph of each gate, small that of what joins, and that of the flattest gate where x stops."""
        pen, count = self.pen, len(self.joined.stages)
        runs = ["run" if i < count else "" for i in range(len(self.joined.all))]
        made = zip(self.joined.nodes[1:], runs, strict=True) if self.few else ()
        each = [Graph.of(pen, self.joined.whole, node, run, high=SMALL) for node, run in made]
        first = [graph.bare for graph in each[:count]]
        self.graphs = [self.part(made) for made in (*first, *(graph.small for graph in each[count:]))]
        self.flat = []
        if self.few and self.joined.moves:
            names = ("flat_x", "flat_y", "flat_slope", "flat_curve_x", "flat_curve_y")
            self.flat = [self.part(Graph(pen, "flat", names).small)]

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
            old = each[i - 1] if i else {}  # out of focus under them: what hangs is clear of numbers
            beside = chain.guessed if i == 1 and not self.few else {}  # many numbers stand under all of both
            lows = [min(d, beside.get(n, d), old.get(n, d)) for n, d in deltas.items()]
            ways = list(zip(lows, (max(d, beside.get(n, d)) for n, d in deltas.items()), strict=True))
            self.rests.append(self._some([f"push_{i}_{n}" for n in deltas], ways, f"rest {i}"))
        for i, ((old, new), sweep) in enumerate(zip(pairwise(each), self.joins, strict=True), 1):
            ways = [(min(old[n], new[n]), max(old[n], new[n])) for n in old]
            self.turning.append(self._some([f"bar_{i}_{n}" for n in old], ways, f"turn {i}", sweep))

    def _some(
        self, names: Sequence[str], ways: Sequence[tuple[float, float]], called: str, sweep: Sweep | None = None
    ) -> PushBars:
        return PushBars(self.pen, names, ways, scale="bar", sweep=sweep, few=self.few, called=called)

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

    def turning_gates(self) -> list[Part]:
        """Return the gates of what joins, each with its slope as it joins; before them what keeps their places."""
        found = [gate(self.pen, f"local_{n}", called=f"place of {n}") for n in self.joined.nodes_of(0)[1:]]
        for i, sweep in enumerate(self.joins, 1):
            way = 1.0, self.joined.slope_of_join(i)
            found.append(live_gate(self.pen, sweep[f"turn_{i}"], way, called=f"turning {i}"))
        return found

    def live_gate(self, node: str) -> Part:
        """Return a gate whose slope follows x."""
        name = f"slope_{node}"
        return live_gate(self.pen, self.sweep[name], self.joined.moments[name], called=f"moving {node}", centred=True)

    def stations(self, *told: Line) -> Stations:
        """Return the chain as a box, with values under its dials, names under the gates, and in turn what is told."""
        nodes, moved = self.joined.nodes, self.joined.nodes_of(self.joined.moved)
        shown = nodes if self.few else ()
        self.values = [self._foot(number(self.pen, n, called=f"value {n}")) for n in shown]
        moments = {n: self.joined.moments[f"at_{n}"] for n in moved}
        self.following = [
            self._foot(live(self.pen, self.sweep[f"at_{n}"], moments[n], align="centre", called=f"{n} under its dial"))
            for n in (moved if self.few else "x")
        ]
        self.named = named = [self._foot(self._name(i)) for i in range(len(nodes) - 1)] if self.few else []
        casts = [[each[i : i + 1] for each in (self.values, self.following)] for i in range(len(nodes))]
        under = [Over(*(leaf for some in cast for leaf in some)) if any(cast) else None for cast in casts]
        feet: list[Item | None] = [*under[:1]]
        for i, item in enumerate(under[1:]):
            feet += [named[i] if named else None, item]
        return self.chain.stations(
            LABEL, along(*feet, gap=_KEY), _KEY, Turns(*told), apart=TOUCH, levels=1 if self.few else 2
        )

    def _name(self, i: int) -> Part:
        """Return what a gate is called, under it: a function, or a weight."""
        node, stage = self.joined.nodes[i + 1], self.joined.all[i]
        if self.is_function(node):
            return name_of(self.pen, f"function_{node}", called=f"foot {node}")
        return symbol(self.pen, stage, height=SMALL, called=f"foot {node}")

    @staticmethod
    def _foot(part: Part) -> Leaf:
        return or_nothing(part, "feet")

    def bars_and_graphs(self) -> list[Line]:
        """Return the bars of every moment, and the graphs: those of the chain at first, and of each that joins."""
        casts, count = [*self.rests, *self.turning, self.moving], len(self.joined.stages)
        self.factors = [number(self.pen, f"local_{n}", form="factor", called=f"factor {n}") for n in self.factored]
        told = [between(*map(self._over_line, self.factors))] if self.factors else []
        first = [Row(graph, anchor=0, align="middle") for graph in self.graphs[:count]]
        graphs = [between(*first)] if first else []
        graphs += [between(*[None] * (count + i), each) for i, each in enumerate(self.graphs[count:])]
        graphs += [between(*[None] * self.flat_gate, each) for each in self.flat]
        return [*(Stack(*cast.lines()) for cast in casts), *told, *graphs]

    @property
    def flat_gate(self) -> int:
        """Which gate is the flattest where x stops."""
        return self.joined.nodes.index(self.joined.flattest) - 1

    @staticmethod
    def _over_line(part: Part) -> Column:
        """Return something over the line that bars stand on: numbers of bars are under it, and may be wide."""
        return Column(part, _CLOSE, Leaf(f"line under {part.name}", Form.fixed()), align="middle", anchor=1)

    @property
    def factored(self) -> Sequence[str]:
        """What the gates of the chain make at first, if there is room for their slopes between the bars."""
        return self.joined.nodes_of(0)[1:] if self.few else ()

    def guessed(self) -> list[Line]:
        """Return the bars as they would be if each changed as much, beside those that are."""
        ways = [(d, d) for d in self.joined.guessed.values()]
        names = [f"guess_{n}" for n in self.joined.guessed]
        how = {"scale": "bar", "few": self.few, "aside": self.rests[1]}
        self.guess = PushBars(self.pen, names, ways, role="quiet", called="guess", **how)  # type: ignore[arg-type]
        return [Stack(*self.guess.lines())]

    def tempted(self, key: str) -> list[Line]:
        """Return the first bar as it is at an end of the way of x, grey beside it, and what is said of it."""
        at = self.quantities["tempting"].number
        how = {"scale": "bar", "role": "quiet", "aside": self.moving, "left": True, "called": "tempting"}
        self.ghost = PushBars(self.pen, ["tempting"], [(at, at)], **how)  # type: ignore[arg-type]
        self.ghost_said = [words(self.pen, key, colour="quiet", most=1)]
        return [Stack(*self.ghost.lines()), self._under_bars(key, self.joined.deepest_on_its_way, *self.ghost_said)]

    def keys(self, *keys: tuple[str, Role]) -> Line:
        """Return what is said under the bars when the first has joined, in the colours of what it names."""
        made = {key: words(self.pen, key, colour=role, most=1) for key, role in keys}
        self.said_of |= made
        return self._under_bars("keys", self.joined.deepest, *made.values())

    def nudged(self, key: str) -> Line:
        """Return what is said under the bars at the end: how far a nudge of x moves the last value."""
        self.found = [words(self.pen, key, most=1, called="words of a nudge"), number(self.pen, "found")]
        return self._under_bars("nudge", self.joined.deepest_at_end, *self.found)

    def _under_bars(self, called: str, hang: float, *parts: Part) -> Line:
        """Return parts in a line under bars that hang so far, or under rings, and under their numbers."""
        down = max(hang * self.pen.scales["bar"].per_unit, RING[0]) + _UNDER + VALUE * LOWEST
        foot = on(Leaf(f"foot of bars over {called}", Form.fixed(down=down)))
        return Stack(foot, _KEY, on(Row(*parts, anchor=0)))
