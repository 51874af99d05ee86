"""The gates of a long chain over the gaps between its bars: values, what each gate is called, and its slope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import Final

from scenes.parts.page import Form, Need, Place
from scenes.parts.page.near import apart
from scenes.parts.settings.deep_chain import DeepChain
from scenes.parts.theme import LABEL
from scenes.parts.things.base import Shown
from scenes.parts.things.depth_chart import step_of
from scenes.parts.things.graph import SIDE, Graph, Layers
from scenes.parts.things.lettering import Lettering, Symbol, Words
from scenes.parts.things.letters import LOWEST, room_of
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.stave import WIDE

__all__ = ["GateRow"]

_WIDE: Final = 4.0  # from the first bar to the last, at most for the sake of more than the least room
_APART, _VALUES = (0.1, 0.2), (0.15, 0.3)  # between two gates, and two values, at least and where there is room
_GAPS: Final = _VALUES, _APART
_OVER: Final = 0.4  # how much wider all gates may be than it is from the first bar to the last
_BETWEEN: Final = 0.115  # from what hangs under a name to the top of its slope
_OVER_GRAPHS, _BESIDE = 0.3, 0.3  # from what hangs under a slope to the top of a graph; between two of these
_OVER_NAMES: Final = 0.15  # from the top of the names to the foot of the values


class GateRow:
    """Values, and under them names over slopes; its origin is over the first bar, and each value over its own.

    Each gate stands over the gap between the values that it joins. A name of several words that is wider than its slope
    stands in several lines.

    Parameters
    ----------
    wide
        From the first value to the last where there is room; else as far as the bars need it.
    called
        What its parts are called.
    graphs
        Graphs that stand each under its gate where there is room for all of them, by the value that the gate makes.

    Attributes
    ----------
    steps
        From a bar to the next: so far that each gate has room over its gap, and then as near as that is so, or nearly.
    up
        From the last lines of names to values: rows side by side have theirs on one line.
    fits
        Whether the middle of every gate is over its gap, between the bars, and every value over its bar.
    layers
        The graphs, first to last, once they are drawn.
    values, gates
        First to last: every value, and name and slope of each gate, of a weight the weight itself.
    """

    def __init__(
        self,
        pen: Pen,
        deep: DeepChain,
        wide: float = 0.0,
        called: str = "gates",
        graphs: Mapping[str, Graph] | None = None,
    ) -> None:
        self.graphs = {i: graphs[node] for i, node in enumerate(deep.nodes[1:]) if graphs and node in graphs}
        self.layers: list[Layers] = []
        self.values = [_value(pen, deep, node) for node in deep.nodes]
        self.gates = [_gate(pen, deep, node, stage) for node, stage in zip(deep.nodes[1:], deep.stages, strict=True)]
        self._halves = [_half(value) for value in self.values], [max(map(_half, gate)) for gate in self.gates]
        count, (values, gates) = len(self.gates), self._halves
        rows = zip(self._halves, _GAPS, strict=True)
        loose = max(a + b + most for each, (_, most) in rows for a, b in pairwise([*each, 0.0]))
        enough = 2 * sum(gates) + (count - 1) * _APART[0] - _OVER, sum(a + b + _VALUES[0] for a, b in pairwise(values))
        near = min(loose, max(*enough, _WIDE) / count)
        self.steps = [max(step_of(count), step) for step in (*([wide / count] if wide else []), loose, near)]
        (*_, ats), most = map(self._at, self.steps), (self.steps[-1] - WIDE) / 2
        self.fits = all(abs(x - middle) <= most for x, middle in zip(ats, self._middles(self.steps[-1]), strict=True))
        self._under = [_under(name) for name, _ in self.gates]
        self.up, self._down = max(self._under) + LABEL + _OVER_NAMES, LOWEST * LABEL + _BETWEEN + LABEL
        self.called = f"{called} {deep.key}"

    @cached_property
    def parts(self) -> list[Part]:
        """The row with each of the steps, first of all over its graphs."""
        sides = [(f"{self.called} over graphs {i}", step, self._side(step)) for i, step in enumerate(self.steps)]
        plain = [self._part(f"{self.called} {i}", step) for i, step in enumerate(self.steps)]
        return [*(self._part(*each) for each in sides if each[-1] >= SIDE[0]), *plain]

    def _side(self, step: float) -> float:
        """Return how wide its graphs may be, each under its gate."""
        xs = self._at(step)[len(self.values) :]
        apart = [xs[j] - xs[i] - _BESIDE for i, j in pairwise(self.graphs)]
        return min([SIDE[1], *apart]) if self.graphs else 0.0

    @property
    def is_placed(self) -> bool:
        """Whether there was room for it."""
        return any(part.place for part in self.parts)

    @property
    def names(self) -> list[Lettering]:
        """The names of the gates, first to last."""
        return [name for name, _ in self.gates]

    @property
    def slopes(self) -> list[Lettering]:
        """Their slopes, first to last."""
        return [slope for _, slope in self.gates]

    @property
    def making(self) -> list[list[Lettering]]:
        """The first value, then with each gate by its name what it makes; a weight has its number, which makes it."""
        first, *made = self.values
        named = [[name, slope] if isinstance(name, Symbol) else [name] for name, slope in self.gates]
        return [[first], *([*gate, value] for gate, value in zip(named, made, strict=True))]

    @property
    def shown(self) -> list[Lettering]:
        """All of it."""
        return [*self.values, *(piece for gate in self.gates for piece in gate)]

    def _middles(self, step: float) -> list[float]:
        """Return where values should stand, and gates, first to last."""
        count = len(self.gates)
        return [*(i * step for i in range(count + 1)), *((i + 0.5) * step for i in range(count))]

    def _at(self, step: float) -> list[float]:
        """Return where values stand, and gates, first to last, from the first bar."""
        wanted, at = self._middles(step), list[float]()
        for halves, (least, _) in zip(self._halves, _GAPS, strict=True):
            needs = [Need(half, half) for half in halves]
            at += apart(wanted[len(at) : len(at) + len(halves)], needs, least)
        return at

    def _part(self, called: str, step: float, side: float = 0.0) -> Part:
        xs, halves = self._at(step), [half for each in self._halves for half in each]
        left, right = (max(x * way + half for x, half in zip(xs, halves, strict=True)) for way in (-1, 1))
        low = self._down + LOWEST * LABEL
        tall = Need(self.up + LABEL, low)
        if side:
            ats = [xs[len(self.values) + i] for i in self.graphs]
            left, right = max(left, side / 2 - ats[0]), max(right, side / 2 + ats[-1])
            tall = Need(self.up + LABEL, low + _OVER_GRAPHS + SIDE[0], 0.0, side - SIDE[0])

        def draw(place: Place, _: object) -> Sequence[Shown]:
            """Return all gates: last lines of names on one line, slopes on another, and over them values."""
            ups = [self.up] * len(self.values), self._under, [-self._down] * len(self.gates)
            ats = xs[: len(self.values)], xs[len(self.values) :], xs[len(self.values) :]
            for pieces, x_of, y_of in zip((self.values, self.names, self.slopes), ats, ups, strict=True):
                for piece, x, y in zip(pieces, x_of, y_of, strict=True):
                    left, right, *_ = room_of(piece).across
                    piece.at(place.x + x + (left - right) / 2, place.y + y)
            if not side:
                return self.shown
            top, wide = replace(place, y=place.y - low - _OVER_GRAPHS), min(side, place.down - low - _OVER_GRAPHS)
            drawn = [graph.draw(replace(top, x=place.x + ats[1][i]), wide) for i, graph in self.graphs.items()]
            self.layers = [Layers.of(each) for each in drawn]
            return [*self.shown, *(shown for each in drawn for shown in each)]

        return Part(called, Form(Need(left, right), tall), draw=draw)


def _half(piece: Lettering) -> float:
    """Return half of how wide a piece is."""
    return room_of(piece).across.least / 2


def _value(pen: Pen, deep: DeepChain, node: str) -> Lettering:
    """Return a value, the first with its name."""
    is_first = node == deep.nodes[0]
    return pen.readout(f"{deep.key}_at_{node}", height=LABEL, form="equation" if is_first else "number")


def _under(name: Lettering) -> float:
    """Return how far the last line of a name is under its first."""
    if not (isinstance(name, Words) and name.max_width):
        return 0.0
    block = name.block(name.max_width)
    return block.step * (len(block.lines) - 1)


def _gate(pen: Pen, deep: DeepChain, node: str, stage: str) -> tuple[Lettering, Lettering]:
    """Return what a stage is called, and its slope."""
    is_weight = stage in dict(deep.weights)
    slope = pen.readout(stage if is_weight else f"{deep.key}_slope_{node}", height=LABEL, form="factor")
    if is_weight:
        return pen.symbol(stage, height=LABEL), slope
    return pen.name(f"{deep.key}_of_{node}", height=LABEL, max_width=room_of(slope).across.least), slope
