"""Long chains side by side: the pushes of each on an axis as it is, then on one of powers of ten, and from a nudge."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from scenes.parts.page import GROUP, LABEL, NEAR, TOUCH, Column, Either, Form, Leaf, Row, Slot, Table, during
from scenes.parts.page.boxes import Box
from scenes.parts.settings.deep_chain import DeepChain, DeepChains
from scenes.parts.theme import NAME
from scenes.parts.things.base import Shown
from scenes.parts.things.depth_chart import DepthChart
from scenes.parts.things.gate_row import GateRow
from scenes.parts.things.graph import Graph, Layers
from scenes.parts.things.letters import number, words
from scenes.parts.things.part import Part, or_nothing, shown_of
from scenes.parts.things.pen import Pen

__all__ = ["DeepCharts"]

_ALONE: Final = 10.0  # from the first value to the last of a row that stands alone


class DeepCharts:
    """Charts of some long chains on the axes that they share.

    Its words stand at the key of a chain, over it, or with ``_mixed`` behind it where it is of several functions, and
    with ``_slopes`` or ``_slopes_mixed``, and with ``_closed`` at a gate that is; at ``linear`` and ``log``, over the
    axes; at ``small``, at bars that are too low to be drawn; at ``found``, before what a nudge of x finds.
    Where there is room, a chain of several functions has a row of its gates instead, over its bars; that of the first
    stands alone before, over its functions' graphs with their tangents.

    Parameters
    ----------
    asked
        Whether first bars have no equation yet on the axis as it is.

    Attributes
    ----------
    linear, log
        The charts on both axes, chain by chain.
    rows
        Of each chain the row of its gates, if it could have one.
    alone
        That of the first, as it stands alone, if it could have one.
    """

    def __init__(self, pen: Pen, chains: DeepChains, *, asked: bool = False) -> None:
        pairs, zeros = [(chain.key, chain.nodes) for chain in chains.each], chains.has_zeros
        rows = [None if c.is_alike else GateRow(pen, c) for c in chains.each]
        self.rows = rows if all(row.fits for row in rows if row) else [None for _ in rows]
        steps = [row.steps if row else () for row in self.rows]
        linear = partial(DepthChart, pen, axis="linear", says="linear", small="small", numbered=not asked)
        self.linear = [linear(*pair, steps=s) for pair, s in zip(pairs, steps, strict=True)]
        log = partial(DepthChart, pen, axis="decades", says="log", log=True, broken=zeros)
        self.log = [log(c.key, c.nodes, closed=c.closed, steps=s) for c, s in zip(chains.each, steps, strict=True)]
        for row in filter(None, self.rows):
            row.up = max(each.up for each in self.rows if each)
        for charts in (self.linear, self.log):
            for chart in charts:
                chart.under = max(each.under for each in charts)
                chart.tall_first = max(each.tall_first for each in charts)
        heads = [words(pen, c.key if c.is_alike else f"{c.key}_mixed", height=NAME, most=2) for c in chains.each]
        slopes = [f"{c.key}_slopes" if c.is_alike else f"{c.key}_slopes_mixed" for c in chains.each]
        leaves = [or_nothing(words(pen, key, most=3), "slopes") for key in slopes]
        self._said = list(zip(heads, leaves, strict=True))
        first, fits = chains.each[0], bool(self.rows[0])
        graphs = {node: _graph(pen, first, node) for node in first.graphed}
        self._lone = [or_nothing(graph.bare, "lone") for graph in graphs.values() if first.is_alike]
        self.alone = GateRow(pen, first, wide=_ALONE, called="gates alone", graphs=graphs) if fits else None
        self._found = [[words(pen, "found", called=f"found {key}"), number(pen, f"{key}_found")] for key, _ in pairs]

    @property
    def gates(self) -> Box | None:
        """The row of the first chain as it stands alone, if it could have one, over the graphs of its functions."""
        if not self.alone:
            return None
        return Column(Either(*self.alone.parts, like="gates alone"))

    def box(self, first: Sequence[str], then: Sequence[str], last: str) -> Box:
        """Return all of it as a box: the first axis in some beats, the second, if any, then, a nudge in the last."""
        charts = list[Box]()
        for i, (linear, log) in enumerate(zip(self.linear, self.log, strict=True)):
            before = [during(_standing(graph), first[0]) for graph in self._lone if i]
            told = [during(linear.part, *first[len(before) :], *(() if then else (last,)))]
            charts.append(Slot(*before, *told, *([during(log.part, *then, last)] if then else [])))
        found = [during(Row(*each, gap=NEAR), last) for each in self._found]
        pairs = zip(self.rows, (Column(*said, gap=LABEL, align="origin") for said in self._said), strict=True)
        heads = [Either(*row.parts, each, like="factors") if row else each for row, each in pairs]
        return Table(heads, charts, found, gap=GROUP, lines=LABEL)

    @property
    def placed(self) -> list[GateRow | None]:
        """Of each chain the row of its gates, if there is one and room for it."""
        return [row if row and row.is_placed else None for row in self.rows]

    @property
    def heads(self) -> list[list[Shown]]:
        """The row of the gates of each chain or, where there is none, what it is called, and how steep its stages."""
        said = [[p for p in (head, leaf.part) if isinstance(p, Part) and p.place] for head, leaf in self._said]
        return [list(row.shown) if row else shown_of(*parts) for row, parts in zip(self.placed, said, strict=True)]

    @property
    def graphs(self) -> list[Layers]:
        """The graphs of the functions of the first chain, if they have any, and there is room for them."""
        return self.alone.layers if self.alone else []

    @property
    def lone(self) -> list[Layers]:
        """Where the first chain is one function many times, the graph of its last gate, if there is room for it."""
        return [Layers.of(leaf.part.shown) for leaf in self._lone if isinstance(leaf.part, Part) and leaf.part.shown]

    @property
    def alike(self) -> list[list[Shown]]:
        """Of each chain what stands at the same place in all, with the same digits; none, or all of it: nothing.

        Values, and each gate's name and slope, first to last.
        """
        rows = [[*((v,) for v in row.values), *row.gates] for row in self.placed if row]
        pairs = list(zip(*rows, strict=True)) if len({len(row) for row in rows}) == 1 and rows[1:] else []
        same = [each for each in pairs if len({tuple(piece.text for piece in one) for one in each}) == 1]
        if not 0 < len(same) < len(pairs):
            return []
        return [[piece for one in each for piece in one] for each in zip(*same, strict=True)]

    @property
    def found(self) -> list[Shown]:
        """What a nudge of x finds, chain by chain, words before each number."""
        return [shown for pair in self._found for shown in shown_of(*pair)]

    @staticmethod
    def frames(charts: Sequence[DepthChart]) -> list[Shown]:
        """Return all of some charts."""
        return [shown for chart in charts for shown in chart.part.shown]


def _standing(graph: Leaf) -> Column:
    """Return a graph with its foot on the line on which bars stand."""
    return Column(graph, Leaf(f"foot of {graph.name}", Form.fixed()), gap=TOUCH, align="middle", anchor=1)


def _graph(pen: Pen, deep: DeepChain, node: str) -> Graph:
    """Return the graph of a function of a chain."""
    before, key = deep.run.recipe.step(node).takes[0], f"{deep.key}_{node}"
    values = f"{deep.key}_at_{before}", f"{deep.key}_at_{node}"
    names = *values, f"{deep.key}_slope_{node}", f"{key}_curve_x", f"{key}_curve_y"
    return Graph(pen, key, names, measured=deep.is_alike)
