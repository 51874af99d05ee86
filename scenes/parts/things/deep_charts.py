"""Long chains side by side: the pushes of each on an axis as it is, then on one of powers of ten, and from a nudge."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from scenes.parts.page import GROUP, LABEL, LOOSE, NEAR, Either, Leaf, Row, Slot, Table, during
from scenes.parts.page.boxes import Box
from scenes.parts.settings.deep_chain import DeepChain, DeepChains
from scenes.parts.theme import LABEL as SMALL
from scenes.parts.theme import NAME
from scenes.parts.things.base import Shown
from scenes.parts.things.depth_chart import DepthChart
from scenes.parts.things.letters import name_of, number, symbol, words
from scenes.parts.things.part import Part, or_nothing, shown_of
from scenes.parts.things.pen import Pen

__all__ = ["DeepCharts"]


class DeepCharts:
    """Charts of some long chains on the axes that they share.

    Its words stand at the key of a chain, over it, or with ``_mixed`` behind it where it is of several functions, and
    with ``_slopes`` or ``_slopes_mixed``, and with ``_closed`` at a gate that is; at ``linear`` and ``log``, over the
    axes; at ``small``, at bars that are too low to be drawn; at ``found``, before what a nudge of x finds.
    Where there is room, each slope of a chain of several functions stands as a factor under a name, and no ``_slopes``.

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
        linear = {"says": "linear", "small": "small", "numbered": not asked}
        self.linear = [DepthChart(pen, *pair, "linear", **linear) for pair in pairs]  # type: ignore[arg-type]
        self.log = [
            DepthChart(pen, c.key, c.nodes, "decades", says="log", log=True, broken=zeros, closed=c.closed)
            for c in chains.each
        ]
        self._heads = [words(pen, c.key if c.is_alike else f"{c.key}_mixed", height=NAME, most=2) for c in chains.each]
        self._factors = [[] if c.is_alike else _factors(pen, c) for c in chains.each]
        slopes = [f"{c.key}_slopes" if c.is_alike else f"{c.key}_slopes_mixed" for c in chains.each]
        self._slopes = [or_nothing(words(pen, key, most=3), "slopes") for key in slopes]
        self._found = [[words(pen, "found", called=f"found {key}"), number(pen, f"{key}_found")] for key, _ in pairs]

    def box(self, first: str, then: str, last: str) -> Box:
        """Return all of it as a box: the first axis in one beat, the second from another on, a nudge in the last."""
        charts: list[Box] = []
        for linear, log in zip(self.linear, self.log, strict=True):
            second = [during(log.part, then, last)] if then else []
            charts.append(Slot(during(linear.part, *((first,) if then else (first, last))), *second))
        found = [during(Row(*each, gap=NEAR), last) for each in self._found]
        pairs = zip(self._factors, self._slopes, strict=True)
        slopes = [_either(factors, others) if factors else others for factors, others in pairs]
        return Table(self._heads, slopes, charts, found, gap=GROUP, lines=LABEL)

    @property
    def heads(self) -> list[Shown]:
        """What the chains are called and, where there is room, how steep their stages are."""
        slopes = [*(leaf.part for leaf in self._slopes), *chain(*chain(*self._factors))]
        return shown_of(*self._heads, *(part for part in slopes if isinstance(part, Part) and part.place))

    @property
    def found(self) -> list[Shown]:
        """What a nudge of x finds, chain by chain, words before each number."""
        return [shown for pair in self._found for shown in shown_of(*pair)]

    @staticmethod
    def frames(charts: Sequence[DepthChart]) -> list[Shown]:
        """Return all of some charts."""
        return [shown for chart in charts for shown in chart.part.shown]


def _factors(pen: Pen, deep: DeepChain) -> list[tuple[Part, Part]]:
    """Return what each stage of a chain is called, and its slope: of a weight the weight itself."""
    made, weights = [], dict(deep.weights)
    for node, stage in zip(deep.nodes[1:], deep.stages, strict=True):
        called, key = f"{deep.key} stage {node}", f"{deep.key}_of_{node}"
        name = symbol(pen, stage, height=SMALL, called=called) if stage in weights else name_of(pen, key, called=called)
        slope = stage if stage in weights else f"{deep.key}_slope_{node}"
        made.append((name, number(pen, slope, height=SMALL, form="factor", called=f"{deep.key} factor {node}")))
    return made


def _either(factors: Sequence[tuple[Part, Part]], others: Leaf) -> Box:
    """Return slopes under names or, where there is no room for all, other words."""
    return Either(Table(*zip(*factors, strict=True), gap=LOOSE, lines=LABEL), others, like="factors")
