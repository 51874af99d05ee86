"""A network of layers as columns of dots with bundles of wires between them; of a wide layer only some are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise, product
from math import log10
from typing import Final

import numpy as np

from scenes.parts.measure import Scale
from scenes.parts.page import LABEL, LINES, Column, Form, Leaf, Line, Place, Row, along, between, on
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.quantity import Role
from scenes.parts.theme import HAIR, NAME
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.decor import Decor
from scenes.parts.things.letters import number, sign, symbol
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.pen import Pen
from scenes.parts.things.shapes import disc, rectangle
from scenes.parts.things.wire import placed

__all__ = ["Layered"]

_DOT, _SPECK = 0.085, 0.03  # radii
_FEW: Final = 6  # dots that are drawn of a wide layer, three specks in their middle
_STEP: Final = (0.22, 0.04)  # from a dot to the next; more for each power of ten that the layer is wide
_SPECKS: Final = (-0.35, 0.0, 0.35)  # where the three stand, in steps
_CLEAR: Final = 0.14  # from the middle of a dot to where a wire ends
_SLOPE: Final = 0.65  # of a layer's height: so high its wires to the loss run at most under their number


class Layered:
    """Layers of so many values each, and the loss behind them.

    Parameters
    ----------
    widths
        Quantities: how many values each layer has; last the loss, which is called by its symbol.
    wires
        Quantities: how many wires go from each layer to the next.

    Attributes
    ----------
    columns, counts
        The dots of each layer, the loss last, and under them how many they stand for.
    factors, wires
        Over each bundle but the last both widths, as a product, and over all of them how many wires that are.
    """

    def __init__(self, pen: Pen, widths: Sequence[str], wires: Sequence[str]) -> None:
        self.pen = pen
        *layers, loss = widths
        self.spots = [_spots(round(pen.quantities[name].number)) for name in widths]
        roles: list[Role] = [*["value"] * len(layers), "loss"]  # type: ignore[list-item]  # one role, many times
        each = enumerate(zip(self.spots, roles, strict=True))
        self.columns = [self._column(f"layer {i}", spots, role) for i, (spots, role) in each]
        self.counts = [number(pen, name, height=NAME, called=f"{name} of a layer") for name in layers]
        self.loss = symbol(pen, loss, height=NAME)
        self.factors = [self._product(*pair) for pair in pairwise(layers)]
        self.wires = [number(pen, name, height=NAME, called=f"{name} of a bundle") for name in wires]

    def _column(self, called: str, spots: Sequence[float], role: Role) -> Part:
        reach, specks = max(map(abs, spots)) + _DOT, len(spots) == _FEW

        def draw(place: Place, _: Mapping[str, Scale]) -> tuple[Shown, ...]:
            step = spots[1] - spots[0] if specks else 0.0
            made = [(y, _DOT) for y in spots] + [(y * abs(step), _SPECK) for y in _SPECKS if specks]
            discs = [disc(np.array([place.x, place.y + y, 0.0]), radius) for y, radius in made]
            return (Decor([Paint(self.pen.theme.colour(role))] * len(discs), discs),)

        return Part(called, Form.fixed(_DOT, _DOT, reach, reach), draw=draw)

    def _product(self, one: str, other: str) -> list[Part]:
        times = sign(self.pen, "times", colour="quiet", called=f"times at {one}")
        first, second = (number(self.pen, name, called=f"{name} times, at {one}") for name in (one, other))
        return [first, times, second]

    @property
    def lines(self) -> tuple[Line, Line, Line]:
        """What stands over the bundles, the layers, and how wide they are, as lines of stations.

        The number of the last bundle, whose wires meet, stands close over them.
        """
        *bundles, last = self.wires
        pairs = zip(self.factors, bundles, strict=True)
        over = [Column(Row(*factors, gap=LABEL), wires, gap=LINES, anchor=1) for factors, wires in pairs]
        *layers, loss = self.columns
        under = Leaf("wires under the last number", Form.fixed(up=_SLOPE * max(self.spots[-2])))
        steps: list[Item | None] = [item for layer in layers[:-1] for item in (layer, None)]
        ends = layers[-1], Column(last, LABEL, under, anchor=1), Row(loss, LABEL, self.loss, anchor=0, align="middle")
        return between(*over, None, gap=LABEL), along(*steps, *ends, gap=LABEL), on(*self.counts, None)

    def bundle(self, i: int, role: Role, *, first: bool = False) -> Decor:
        """Return the wires of a bundle that are drawn, in some colour; or only those of the ``first`` dot, on top."""
        one, other = placed(self.columns[i]), placed(self.columns[i + 1])
        ends = (
            (np.array([one.x + _CLEAR, one.y + a, 0.0]), np.array([other.x - _CLEAR, other.y + b, 0.0]))
            for a, b in product(self.spots[i][-1:] if first else self.spots[i], self.spots[i + 1])
        )
        wires = [rectangle(start, end, HAIR) for start, end in ends]
        return Decor([Paint(self.pen.theme.colour(role))] * len(wires), wires)

    @property
    def layers(self) -> list[Shown]:
        """The dots of all layers, with how many they stand for."""
        return shown_of(*self.columns, *self.counts, self.loss)


def _spots(size: int) -> list[float]:
    """Return where the dots of a layer stand, from its middle, the lowest first.

    Examples
    --------
    >>> len(_spots(784)), len(_spots(3)), _spots(1)
    (6, 3, [0.0])
    """
    step = _STEP[0] + _STEP[1] * log10(size)
    if size < _FEW:
        return [step * (i - (size - 1) / 2) for i in range(size)]
    half = [step * (i + 1) for i in range(_FEW // 2)]
    return [-y for y in reversed(half)] + half
