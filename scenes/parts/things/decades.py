"""Gradients on an axis of decades: where they are too different in size for bars, dots show them all."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Scale
from scenes.parts.page import Form, Need, Place
from scenes.parts.page.near import apart
from scenes.parts.theme import LABEL
from scenes.parts.things.base import Shown
from scenes.parts.things.lettering import Lettering, Symbol
from scenes.parts.things.letters import room_of
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.plot import Dot
from scenes.parts.things.ruler import UNDER, Ruler, Tick, tick_labels

__all__ = ["MOST", "Decades"]

MOST: Final = 9  # ticks
_HALF: Final = 5.6  # of the line
_DOT, _OVER, _LINE = 0.085, 0.24, 0.32  # radius; from the line to the names; from one line of names to the next
_BESIDE: Final = 0.24  # from what one might have thought to the number
_NEAR: Final = 0.3  # so far beside its dot a name may stand on the first line


class Decades:
    """The line of an axis of powers of ten, a dot for each gradient, and its name over it.

    Parameters
    ----------
    key
        The range, as the settings state it: exponents of ten.
    names, powers
        Gradients that are not 0, and the quantities that say which power of ten each is.
    named
        Those that have their names over their dots.
    guess, answer
        The key of what one might have thought of a gradient, and that gradient: its number stands over all names.

    Attributes
    ----------
    answered
        What one might have thought, and the number; nothing of a gradient that has no dot.
    """

    def __init__(
        self,
        pen: Pen,
        key: str,
        names: Sequence[str],
        powers: Sequence[str],
        named: Collection[str],
        guess: str,
        answer: str,
    ) -> None:
        self.pen, self.key, self.powers = pen, key, tuple(powers)
        self.named = [i for i, name in enumerate(names) if name in named]
        self.labels: list[Symbol] = [pen.symbol(names[i], height=LABEL) for i in self.named]
        low, high = pen.clip.ranges()[key]
        self.most = min(MOST, round(high - low) + 1)  # whole powers alone
        at = [2 * _HALF * (pen.quantities[power].number - low) / (high - low) - _HALF for power in powers]
        self.spots = self._spots(np.array([at[i] for i in self.named]))
        up = max((y for _, y in self.spots), default=0.0) + _LINE
        self.answered: list[Lettering] = []
        if answer in names:
            said = pen.words(guess, height=LABEL, colour="quiet", align="right")
            self.answered = [said, pen.readout(answer, height=LABEL, align="left")]
            left, right = (room_of(each).across.least for each in self.answered)
            end = _HALF + 0.5 - _BESIDE / 2
            self.over = min(max(at[list(names).index(answer)], left - end), end - right), up + LABEL / 2
            up += _LINE + LABEL / 2
        self.part = Part("decades", Form.fixed(_HALF + 0.5, _HALF + 0.5, up, UNDER + 1.4 * LABEL), draw=self._draw)

    def _spots(self, at: npt.NDArray[np.float64]) -> list[tuple[float, float]]:
        """Return where the names stand, from the middle of the line: on one line, if each is near its dot there."""
        order, needs = np.argsort(at, kind="stable"), [room_of(label).across.least / 2 for label in self.labels]
        found = at.copy()
        for levels in (1, 2):
            for level in range(levels):
                some = order[level::levels]
                found[some] = apart(at[some].tolist(), [Need(needs[i], needs[i]) for i in some], 0.12, _HALF + 0.5)
            if np.abs(found - at).max(initial=0.0) <= _NEAR:
                break
        heights = {int(i): _OVER + (rank % levels) * _LINE for rank, i in enumerate(order)}
        return [(float(x), heights[i]) for i, x in enumerate(found)]

    def _draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        axis = self.pen.axis(self.key, ((place.x - _HALF, place.y), (place.x + _HALF, place.y)))
        self.ruler = Ruler(axis, theme=self.pen.theme, most=self.most)
        self.ticks: list[Tick] = tick_labels(axis, self.pen.theme, most=self.most, powers=True)
        self.dots: list[Dot] = [self.pen.dot(power, axis, radius=_DOT) for power in self.powers]
        for label, (x, y) in zip(self.labels, self.spots, strict=True):
            label.at(place.x + x, place.y + y)
        for each, side in zip(self.answered, (-1, 1), strict=False):
            each.at(place.x + self.over[0] + side * _BESIDE / 2, place.y + self.over[1])
        return self.line

    @property
    def line(self) -> list[Shown]:
        """The axis with its numbers."""
        return [self.ruler, *self.ticks]

    @property
    def pairs(self) -> list[list[Shown]]:
        """A dot for each gradient, with its name, if it has one."""
        names: dict[int, Shown] = dict(zip(self.named, self.labels, strict=True))
        return [[dot, *([names[i]] if i in names else [])] for i, dot in enumerate(self.dots)]
