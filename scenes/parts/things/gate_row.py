"""The gates of a long chain over the gaps between its bars: what each is called, and under that its slope."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from scenes.parts.page import Form, Need, Place
from scenes.parts.page.near import apart
from scenes.parts.settings.deep_chain import DeepChain
from scenes.parts.theme import LABEL
from scenes.parts.things.base import Shown
from scenes.parts.things.depth_chart import step_of
from scenes.parts.things.lettering import Lettering, Words
from scenes.parts.things.letters import LOWEST, room_of
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.stave import WIDE

__all__ = ["GateRow"]

_WIDE: Final = 4.0  # from the first bar to the last, at most for the sake of more than the least room
_APART: Final = (0.1, 0.2)  # between two gates, at least and where there is room
_OVER: Final = 0.4  # how much wider all gates may be than it is from the first bar to the last
_BETWEEN: Final = 0.115  # from what hangs under a name to the top of its slope


class GateRow:
    """Names over slopes; its origin is over the first bar, and each gate over the gap between the values it joins.

    A name of several words that is wider than its slope stands in several lines.

    Attributes
    ----------
    step
        From a bar to the next: so far that each gate has room over its gap, or nearly so.
    fits
        Whether the middle of every gate is over its gap, between the bars.
    gates
        Name and slope of each, first to last: of a weight the weight itself.
    """

    def __init__(self, pen: Pen, deep: DeepChain) -> None:
        self.gates = [_gate(pen, deep, node, stage) for node, stage in zip(deep.nodes[1:], deep.stages, strict=True)]
        halves = [max(room_of(each).across.least for each in gate) / 2 for gate in self.gates]
        needs, count = [Need(half, half) for half in halves], len(halves)
        loose = max((a + b + _APART[1] for a, b in pairwise(halves)), default=0.0)
        enough = 2 * sum(halves) + (count - 1) * _APART[0] - _OVER
        self.step = max(step_of(count), min(loose, max(enough, _WIDE) / count))
        middles = [(i + 0.5) * self.step for i in range(count)]
        self._at = apart(middles, needs, _APART[0])
        most = (self.step - WIDE) / 2
        self.fits = all(abs(x - middle) <= most for x, middle in zip(self._at, middles, strict=True))
        self._under = [_under(name) for name, _ in self.gates]
        left, right = halves[0] - self._at[0], self._at[-1] + halves[-1]
        self._down = LOWEST * LABEL + _BETWEEN + LABEL
        room = Form.fixed(max(left, 0.0), right, max(self._under) + LABEL, self._down + LOWEST * LABEL)
        self.part = Part(f"gates {deep.key}", room, draw=self._draw)

    def _draw(self, place: Place, _: object) -> Sequence[Shown]:
        """Return all gates: last lines of names on one line, and slopes on another."""
        for x, (name, slope), under in zip(self._at, self.gates, self._under, strict=True):
            for piece, y in ((name, under), (slope, -self._down)):
                left, right, *_ = room_of(piece).across
                piece.at(place.x + x + (left - right) / 2, place.y + y)
        return [shown for gate in self.gates for shown in gate]


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
