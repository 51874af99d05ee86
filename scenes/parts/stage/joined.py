"""A stage for a chain at whose end others join: dials and gates, the slope of each gate, and bars that follow."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from scenes.parts.page import (
    LABEL,
    TOUCH,
    Form,
    Leaf,
    Line,
    Place,
    Row,
    Stack,
    Stations,
    Turns,
    along,
    between,
    on,
)
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.quantity import Role
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.settings.joined_chain import JoinedChain
from scenes.parts.stage.paged import PagedStage
from scenes.parts.theme import FINE, VALUE
from scenes.parts.things.base import Paint
from scenes.parts.things.chain import Chain
from scenes.parts.things.decor import Decor
from scenes.parts.things.dial import RADII, dial
from scenes.parts.things.gate import gate, live_gate
from scenes.parts.things.graph import Graph
from scenes.parts.things.letters import live, name_of, number, words
from scenes.parts.things.part import Part, or_nothing
from scenes.parts.things.push_bars import PushBars
from scenes.parts.things.shapes import rectangle
from scenes.parts.things.stave import WIDE

__all__ = ["JoinedStage"]

_HEAD: Final = 2.6  # how wide the words at a row of numbers may be


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

    def build(self) -> Chain:
        """Return the chain, and keep it with its bars and graphs."""
        pen, nodes, swept = self.pen, self.joined.nodes, self.clip.sweeps()
        self.joins = [Sweep(1.0, swept[f"join_{i + 1}"].quantities) for i in range(len(self.joined.joins))]
        self.sweep = Sweep(self.clip.x, swept["x"].quantities)
        self.few = self.joined.has_graphs
        moved = self.joined.nodes_of(self.joined.moved)
        rest = [dial(pen, n, radius=RADII) for n in nodes]
        follow = [dial(pen, f"at_{n}", source=self.sweep[f"at_{n}"], radius=RADII) for n in moved]
        gates = [self.named_gates(), self.slope_gates(), [self.live_gate(n) for n in moved[1:]]]
        self.chain = Chain(pen, [rest, follow], gates)
        graphs = [Graph.of(pen, self.joined.whole, n) for n in nodes[1:]] if self.joined.has_graphs else []
        count = len(self.joined.stages)
        self.graphs = [self.part(each.bare if i < count else each.small) for i, each in enumerate(graphs)]
        self._bars()
        return self.chain

    def put(self, places: dict[str, Place]) -> None:
        """Draw the chain where a layout has put it, and the line on which bars stand."""
        self.chain.put(places, self.clip.scales())
        feet, past = [bar.origin for bar in self.rests[-1].bars], np.array([WIDE, 0.0, 0.0])
        last = feet[self.joined.moved + len(self.joined.stages)] + past
        ends = [(feet[0] - past, last), (last, feet[-1] + past)]
        paint = Paint(self.theme.colour("edge"))
        self.baseline = [Decor([paint], [rectangle(a, b, FINE)]) for a, b in ends if a[0] < b[0]]

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
        x = or_nothing(live(self.pen, self.sweep["at_x"], self.clip.x_range, called="x under its dial"), "feet")
        made = [n for n in self.joined.nodes[1:] if self.few and self.is_function(n)]
        named = {n: or_nothing(name_of(self.pen, f"function_{n}", called=f"foot {n}"), "feet") for n in made}
        self.feet = {n: leaf.part for n, leaf in {"x": x, **named}.items() if isinstance(leaf.part, Part)}
        feet: list[Item | None] = [x]
        for node in self.joined.nodes[1:]:
            feet += [named.get(node), None]
        return self.chain.stations(LABEL, along(*feet), TOUCH, Turns(*told), apart=TOUCH, levels=1 if self.few else 2)

    def bars_and_graphs(self) -> list[Line]:
        """Return the bars of every moment, and the graphs: those of the chain at first, and of each that joins."""
        casts, count = [*self.rests, *self.turning, self.moving], len(self.joined.stages)
        some = [self.graphs[:count], *([each] for each in self.graphs[count:])]
        pads = [0, *range(count, len(self.graphs))]
        self.factors = [number(self.pen, f"local_{n}", form="factor", called=f"factor {n}") for n in self.factored]
        told = [Stack(self.foot(0), LABEL, between(*self.factors))] if self.factors else []
        graphs = [between(*[None] * pad, *map(_centred, each)) for pad, each in zip(pads, some, strict=True) if each]
        return [*(Stack(*cast.lines()) for cast in casts), *told, *graphs]

    @property
    def factored(self) -> Sequence[str]:
        """What the gates of the chain make at first, if there is room for their slopes between the bars."""
        return self.joined.nodes_of(0)[1:] if self.few else ()

    def beside(self, joined: int) -> PushBars:
        """Return the bars of a moment once more, at the right of others and without numbers."""
        deltas = self.joined.deltas(joined)
        names, ways = [f"push_{joined}_{n}" for n in deltas], [(d, d) for d in deltas.values()]
        return PushBars(self.pen, names, ways, scale="bar", beside=self.few, aside=True, called="aside")

    def compare_rows(self, *rows: tuple[str, str, Role], joined: int) -> list[Line]:
        """Return the bars as they were, beside those of a moment, and rows of numbers: words, names, a colour each."""
        self.before, nodes = self.beside(joined - 1), self.joined.nodes_of(joined - 1)
        rows = rows if self.few else ()
        self.table = [
            [
                *(number(self.pen, f"{name}_{n}", called=f"{key} {n}") for n in nodes),
                words(self.pen, key, height=VALUE, colour=colour, align="centre", most=2, within=_HEAD),
            ]
            for key, name, colour in rows
        ]
        lines = [item for row in self.table for item in (LABEL, on(*row))]
        return [Stack(*self.before.lines()), *([Stack(self.foot(joined), *lines)] if lines else [])]

    def foot(self, joined: int) -> Line:
        """Return the line on which the bars of some moments stand, with the room of all that hang from it till then."""
        lows = (d for i in range(joined + 1) for d in self.joined.deltas(i).values())
        deep = max(0.0, -min(lows)) * self.pen.scales["bar"].per_unit
        return on(Leaf(f"foot of bars {joined}", Form.fixed(down=max(deep, FINE))))


def _centred(part: Part) -> Row:
    """Return a part whose middle stands at the height of the line on which bars stand."""
    return Row(part, anchor=0, align="middle")
