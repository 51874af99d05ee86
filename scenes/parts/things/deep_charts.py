"""Long chains side by side: the pushes of each on an axis as it is, then on one of powers of ten, and from a nudge."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from scenes.parts.page import GROUP, LABEL, NEAR, Either, Row, Slot, Table, during
from scenes.parts.page.boxes import Box
from scenes.parts.settings.deep_chain import DeepChains
from scenes.parts.theme import NAME
from scenes.parts.things.base import Shown
from scenes.parts.things.depth_chart import DepthChart
from scenes.parts.things.gate_row import GateRow
from scenes.parts.things.letters import number, words
from scenes.parts.things.part import Part, or_nothing, shown_of
from scenes.parts.things.pen import Pen

__all__ = ["DeepCharts"]


class DeepCharts:
    """Charts of some long chains on the axes that they share.

    Its words stand at the key of a chain, over it, or with ``_mixed`` behind it where it is of several functions, and
    with ``_slopes`` or ``_slopes_mixed``, and with ``_closed`` at a gate that is; at ``linear`` and ``log``, over the
    axes; at ``small``, at bars that are too low to be drawn; at ``found``, before what a nudge of x finds.
    Where there is room, each slope of a chain of several functions stands as a factor under a name, over the gap
    between its bars, and no ``_slopes``.

    Parameters
    ----------
    asked
        Whether first bars have no number yet on the axis as it is.

    Attributes
    ----------
    linear, log
        The charts on both axes, chain by chain.
    """

    def __init__(self, pen: Pen, chains: DeepChains, *, asked: bool = False) -> None:
        pairs, zeros = [(chain.key, chain.nodes) for chain in chains.each], chains.has_zeros
        rows = [None if c.is_alike else GateRow(pen, c) for c in chains.each]
        self._rows = rows if all(row.fits for row in rows if row) else [None for _ in rows]
        steps = [row.step if row else 0.0 for row in self._rows]
        linear = partial(DepthChart, pen, axis="linear", says="linear", small="small", numbered=not asked)
        self.linear = [linear(*pair, step=s) for pair, s in zip(pairs, steps, strict=True)]
        log = partial(DepthChart, pen, axis="decades", says="log", log=True, broken=zeros)
        self.log = [log(c.key, c.nodes, closed=c.closed, step=s) for c, s in zip(chains.each, steps, strict=True)]
        self._heads = [words(pen, c.key if c.is_alike else f"{c.key}_mixed", height=NAME, most=2) for c in chains.each]
        slopes = [f"{c.key}_slopes" if c.is_alike else f"{c.key}_slopes_mixed" for c in chains.each]
        self._slopes = [or_nothing(words(pen, key, most=3), "slopes") for key in slopes]
        self._found = [[words(pen, "found", called=f"found {key}"), number(pen, f"{key}_found")] for key, _ in pairs]

    def box(self, first: Sequence[str], then: Sequence[str], last: str) -> Box:
        """Return all of it as a box: the first axis in some beats, the second, if any, then, a nudge in the last."""
        charts: list[Box] = []
        for linear, log in zip(self.linear, self.log, strict=True):
            second = [during(log.part, *then, last)] if then else []
            charts.append(Slot(during(linear.part, *first, *(() if then else (last,))), *second))
        found = [during(Row(*each, gap=NEAR), last) for each in self._found]
        pairs = zip(self._rows, self._slopes, strict=True)
        slopes = [Either(row.part, others, like="factors") if row else others for row, others in pairs]
        return Table(self._heads, slopes, charts, found, gap=GROUP, lines=LABEL)

    @property
    def heads(self) -> list[list[Shown]]:
        """What each chain is called and how steep its stages are, where there is room each by its name."""
        leaves = zip(self._heads, self._rows, self._slopes, strict=True)
        each = [(head, row.part if row else None, leaf.part) for head, row, leaf in leaves]
        return [shown_of(*(part for part in parts if isinstance(part, Part) and part.place)) for parts in each]

    @property
    def alike(self) -> list[list[Shown]]:
        """Of each chain the gates that all have at the same place, with the same slope; none, or all of them: nothing.

        Name and slope of each, first to last.
        """
        rows = [row.gates for row in self._rows if row and row.part.place]
        pairs = list(zip(*rows, strict=True)) if len({len(row) for row in rows}) == 1 and rows[1:] else []
        same = [gates for gates in pairs if len({(name.text, slope.text) for name, slope in gates}) == 1]
        if not 0 < len(same) < len(pairs):
            return []
        return [[shown for gate in gates for shown in gate] for gates in zip(*same, strict=True)]

    @property
    def found(self) -> list[Shown]:
        """What a nudge of x finds, chain by chain, words before each number."""
        return [shown for pair in self._found for shown in shown_of(*pair)]

    @staticmethod
    def frames(charts: Sequence[DepthChart]) -> list[Shown]:
        """Return all of some charts."""
        return [shown for chart in charts for shown in chart.part.shown]
