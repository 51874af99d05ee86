"""Bars on a chain: over each value how much is multiplied from there to the end, and beside all of them one bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from scenes.parts.measure import Scale
from scenes.parts.page import Form, Place
from scenes.parts.theme import EDGE_LINE, HAIR, LABEL, NAME
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.decor import Decor
from scenes.parts.things.lettering import Symbol
from scenes.parts.things.letters import room_of
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.shapes import disc, rectangle
from scenes.parts.things.stave import Stave

__all__ = ["RowBars"]

_WIDE: Final = 7.4  # of all bars, at most
_STEP: Final = 0.9  # from a bar to the next, at most
_SHARE: Final = 0.7  # of that a bar is wide
_GATE: Final = 0.11  # half of how high the mark of a slope is
_END: Final = 0.22  # from the middle of the dot at the end to its name
_TEXT: Final = 0.1  # from a bar to the number over it


class RowBars:
    """A bar at each value of a chain, with a number over the first and the last of them.

    Parameters
    ----------
    names
        What each bar measures, first to last.
    scale
        Their scale by its key.
    most
        How many bars the widest of several such parts has: all of them have the same width of bars.
    says
        Key of the words over the first mark of that chain: what each of them is; they stand where its bar will.
    end
        A quantity whose symbol stands at the end of a chain on which they stand, a line with a mark for every slope:
        one for each bar, and one more, where nothing is left to be multiplied.
    """

    def __init__(
        self, pen: Pen, called: str, names: Sequence[str], scale: str, *, most: int = 0, end: str = "", says: str = ""
    ) -> None:
        self.pen, self.names, self.scale = pen, names, scale
        self.step = min(_STEP, _WIDE / max(most, len(names)))
        ends = dict.fromkeys((names[0], names[-1]))
        self.said = {name: pen.readout(name, height=LABEL) for name in ends}
        wide = max(room_of(text).across.least for text in self.said.values()) / 2
        self.end = pen.symbol(end, height=NAME, align="left") if end else None
        self.mark = pen.words(says, height=LABEL, align="centre") if says else None
        over = room_of(self.mark).across.least / 2 if self.mark else 0.0
        half = max(len(names) * self.step / 2, (len(names) - 1) * self.step / 2 + max(wide, over))
        beyond = 2 * self.step + _END + room_of(self.end).across.least if self.end else 0.0
        tall = max(pen.clip.scales()[scale].length(pen.quantities[name].number) for name in names)
        self.part = Part(called, Form.fixed(half, half + beyond, tall + _TEXT + LABEL, 2 * _GATE), draw=self._draw)

    def _draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        """Return the chain, the bars, and the numbers over both ends; one that would touch another is left out."""
        pen, low = self.pen, place.y
        xs = [place.x + (i - (len(self.names) - 1) / 2) * self.step for i in range(len(self.names))]
        self.wire = self._chain(xs, low - _GATE, self.end) if self.end else []
        self.marked = [self.mark.at(xs[0], low + _TEXT)] if self.mark else []
        self.bars, self.ends = [], []
        for x, name in zip(xs, self.names, strict=True):
            quantity = pen.quantities[name]
            colour, width = pen.colour_of(quantity), self.step * _SHARE
            made = scales[self.scale]
            self.bars.append(Stave(quantity, made, origin=(x, low), theme=pen.theme, colour=colour, width=width))
            if name in self.said:
                self.ends.append(self.said[name].at(x, low + made.length(quantity.number) + _TEXT))
        return [*self.wire, *self.marked, *self.bars, *self.ends]

    def _chain(self, xs: Sequence[float], y: float, end: Symbol) -> list[Shown]:
        theme, last = self.pen.theme, xs[-1] + 2 * self.step
        line = rectangle(np.array([xs[0] - self.step / 2, y, 0.0]), np.array([last, y, 0.0]), EDGE_LINE)
        at = [*xs, xs[-1] + self.step]
        marks = [rectangle(np.array([x, y - _GATE, 0.0]), np.array([x, y + _GATE, 0.0]), 2 * HAIR) for x in at]
        paints = [Paint(theme.colour(shade)) for shade in ("edge", *["ink"] * len(marks), "loss")]
        wire = Decor(paints, [line, *marks, disc(np.array([last, y, 0.0]), _GATE)])
        return [wire, end.at(last + _END, y - NAME / 2)]
