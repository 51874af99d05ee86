"""The pushes of a long chain as bars by depth, on an axis as they are or on one of powers of ten, which says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

import numpy as np

from scenes.parts.measure import Axis, Scale
from scenes.parts.page import Form, Place
from scenes.parts.theme import FINE, LABEL, NAME, RING, VALUE
from scenes.parts.things.axis_break import BROKEN, AxisBreak
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.decor import Decor
from scenes.parts.things.letters import room_of
from scenes.parts.things.log_bar import LogBar
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.readout import Readout
from scenes.parts.things.ruler import Ruler, beside_ticks, ruled, tick_labels
from scenes.parts.things.shapes import rectangle
from scenes.parts.things.stave import WIDE, Stave
from scenes.parts.things.wire import leader

__all__ = ["DepthChart", "step_of"]

_STEP: Final = (0.35, 0.62)  # from a bar to the next, at least and at most
_WIDE: Final = 4.2  # of all bars, at most
_RING: Final = RING[0] + 0.1  # from the middle of a ring to what stands behind it
_BESIDE: Final = 0.2  # from the axis to the 0 beyond the broken place
_MOST: Final = 9  # ticks of powers
_GAP, _TEXT, _PAST = 0.25, 0.1, 0.12  # from the axis to the first bar; from a bar to a text; of the line beyond bars
_UNSEEN: Final = 0.012  # a bar that is lower has not even a pixel
_OVER: Final = 0.12 + LABEL  # over the axis, for its name


class DepthChart:
    """Bars of all pushes of one chain, first to last; its quantities are a `DeepChain`'s.

    How much comes back to the first value stands under its name as an equation, which no other bar can seem to mean.
    Bars that are too low to be seen have a dashed line under the axis, and right under that the words that say so. On
    an axis of powers under a row of gates every other bar that is not 0 has its number over it, where all have room.

    Parameters
    ----------
    key
        Of the chain.
    nodes
        Its values.
    axis
        Key of the range of the axis, which is also that of its scale: how long 1, or a decade, is.
    log
        Whether it is one of powers of ten.
    says, small
        Keys of the words over the axis, and at bars that are too low to be drawn.
    broken
        Whether the axis has a broken place, for what is exactly 0.
    closed
        The value behind a gate that lets nothing through, which is said behind the last ring there; none: nothing.
    numbered
        Whether it is said how much comes back to the first value.
    steps
        From a bar to the next where the gates stand over them, as long as there is room for those; none: they never do.

    Attributes
    ----------
    under
        From the foot of the axis to what stands under it: charts side by side have their names on one line.
    tall_first
        How high the equation is over its line: of charts side by side these are on one line, too.
    """

    def __init__(
        self,
        pen: Pen,
        key: str,
        nodes: Sequence[str],
        axis: str,
        *,
        says: str,
        log: bool = False,
        small: str = "",
        broken: bool = False,
        closed: str = "",
        numbered: bool = True,
        steps: Sequence[float] = (),
    ) -> None:
        self.pen, self.key, self.nodes, self.axis, self.log, self.broken = pen, key, tuple(nodes), axis, log, broken
        self.low, self.high = pen.clip.ranges()[axis]
        self.tall = pen.scales[axis].length(self.high - self.low)
        self.gated, self.steps = bool(steps), [*steps, step_of(len(nodes) - 1)]
        self.says = pen.words(says, height=LABEL, colour="quiet")
        self.small = pen.words(small, height=LABEL, colour="quiet") if small else None
        self.first = pen.readout(f"{key}_push_{nodes[0]}", height=VALUE, form="equation") if numbered else None
        self.tall_first = room_of(self.first).upright.before if self.first else 0.0
        self.over = self._numbers() if log and steps else {}
        self.behind = self.nodes.index(closed) - 1 if closed else 0
        self.gate = pen.words(f"{key}_closed", height=LABEL) if closed else None
        names = (f"{key}_{nodes[0]}_name", f"{key}_end_name")
        self.ends = [pen.symbol(name, height=NAME) for name in names]
        self.most = min(_MOST, round(self.high - self.low) + 1) if log else 5
        self.left = self._beside() + _GAP + WIDE / 2
        self.unseen = [i for i, node in enumerate(nodes) if self._is_unseen(node)] if self.small else []
        self.under = BROKEN + RING[0] if broken else 0.0
        if self.small and self.unseen:
            self.under += 2 * _TEXT + LABEL

    @cached_property
    def part(self) -> Part:
        """All of it: its origin is the foot of the first bar, on the axis."""
        called = f"chart {self.axis} {self.key}"
        return Part(called, *map(self._form, self.steps), draw=self._draw, like="factors" * self.gated)

    def _form(self, step: float) -> Form:
        """Return the room it needs with bars so far from one another."""
        right = (len(self.nodes) - 1) * step + WIDE / 2 + _PAST
        if self.gate:
            right = max(right, self.behind * step + _RING + room_of(self.gate).across.least)
        if self.small and self.unseen:
            right = max(right, self._aside(step) + room_of(self.small).across.least)
        down = self.under + _TEXT + NAME + _PAST
        if self.first:
            across, upright = room_of(self.first)
            right, down = max(right, across.least - WIDE / 2), down + _TEXT + self.tall_first + upright.after
        return Form.fixed(self.left, right, self.tall + _OVER, down)

    def _numbers(self) -> dict[int, Readout]:
        """Return the numbers over bars by the places of these: of all that are not 0 but the first."""
        names = {i: f"{self.key}_push_{node}" for i, node in enumerate(self.nodes) if i and self._power(i) is not None}
        return {i: self.pen.readout(name, height=LABEL) for i, name in names.items()}

    def _power(self, i: int) -> float | None:
        """Return how many powers of ten a bar is high, if its push is not 0."""
        found = self.pen.quantities.get(f"{self.key}_power_{self.nodes[i]}")
        return found.number if found else None

    def _heights(self, step: float, scale: Scale) -> dict[int, float]:
        """Return how high over the axis each number stands; none where one would touch another, a bar or the words."""
        tops = {i: scale.length(self._power(i) or 0.0) + _TEXT for i in self.over}
        halves = {i: room_of(number).across.least / 2 for i, number in self.over.items()}
        beside = room_of(self.says).across.least - _GAP - WIDE / 2 + _TEXT
        over = (halves[i] > i * step - beside and top + LABEL > self.tall + _TEXT for i, top in tops.items())
        wide = (halves[i] + max(halves.get(j, 0.0), WIDE / 2) + _TEXT for i in halves for j in (i - 1, i + 1))
        return {} if any(over) or max(wide, default=0.0) > step else tops

    def _aside(self, step: float) -> float:
        """Return where the words begin that are said of bars too low to be seen, from the first bar."""
        wide = room_of(self.small).across.least if self.small else 0.0
        return max(((self.unseen[0] + self.unseen[-1]) * step - wide) / 2, -self.left)

    def _is_unseen(self, node: str) -> bool:
        """Return whether a bar is too low to be seen, though it is not 0."""
        push = self.pen.quantities[f"{self.key}_push_{node}"].number
        return 0.0 < self.pen.scales[self.axis].length(abs(push)) < _UNSEEN

    def _beside(self) -> float:
        if not self.log:
            return beside_ticks((self.low, self.high), self.pen.theme)
        upright = Axis(self.axis, self.low, self.high, (0.0, 0.0, 0.0), (0.0, 1.0, 0.0))
        ticks = tick_labels(upright, self.pen.theme, most=self.most, powers=True)
        return max(-float(np.concatenate([p.points for p in tick])[:, 0].min()) for tick in ticks)

    def _draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        """Return the axis with its numbers, the line that bars stand on, and how both ends are called."""
        pen, theme, x, low = self.pen, self.pen.theme, place.x - _GAP - WIDE / 2, place.y
        axis = pen.axis(self.axis, ((x, low), (x, low + self.tall)))
        if self.log:
            ruler: Ruler = Ruler(axis, theme=theme, most=self.most)
            ticks = tick_labels(axis, theme, most=self.most, powers=True)
        else:
            ruler, ticks = ruled(axis, theme)
        foot = low if self.log else float(axis.point(0.0)[1])
        xs = [place.x + i * self.steps[place.form] for i in range(len(self.nodes))]
        line = _line(theme.colour("edge"), (x, xs[-1] + WIDE / 2 + _PAST), foot)
        says = self.says.at(x, low + self.tall + _OVER - LABEL)
        self.frame: list[Shown] = [ruler, *ticks, line, says]
        if self.broken:
            under = low - BROKEN
            self.frame.append(AxisBreak(origin=(x, low), theme=theme))
            self.frame += self._zero(x, under)
        self.bars = [self._bar(node, (at, foot), low, scales) for node, at in zip(self.nodes, xs, strict=True)]
        tops = self._heights(xs[1] - xs[0], scales[self.axis]) if self.over else {}
        self.numbers = [(self.over[i].at(xs[i], low + top), self.bars[i]) for i, top in tops.items()]
        self._name(xs, low)
        at = xs[self.behind] + _RING, low - BROKEN - LABEL / 2
        self.closed: list[Shown] = [self.gate.at(*at)] if self.gate else []
        return [*self.frame, *self.bars, *self.told, *self.closed, *(number for number, _ in self.numbers)]

    @property
    def read_off(self) -> list[tuple[Readout, Shown]]:
        """Its numbers, each with its bar, the last bar first."""
        return [*reversed(self.numbers), *([(self.first, self.bars[0])] if self.first else [])]

    def _zero(self, x: float, under: float) -> list[Shown]:
        """Return the 0 beyond the broken place, if this chain has one."""
        names = (f"{self.key}_push_{n}" for n in self.nodes if f"{self.key}_power_{n}" not in self.pen.quantities)
        zeros = [self.pen.readout(name, height=LABEL, align="right", colour="quiet") for name in list(names)[:1]]
        return [zero.at(x - _BESIDE, under - LABEL / 2) for zero in zeros]

    def _bar(self, node: str, foot: tuple[float, float], low: float, scales: Mapping[str, Scale]) -> Shown:
        """Return the bar of a push; on an axis of powers that of exactly 0 is its ring, beyond the broken place."""
        pen, theme, colour = self.pen, self.pen.theme, self.pen.theme.colour("gradient")
        power, push = f"{self.key}_power_{node}", pen.quantities[f"{self.key}_push_{node}"]
        if self.log and power in pen.quantities:
            side = pen.quantities[f"{self.key}_side_{node}"]
            pair = (pen.quantities[power], scales[self.axis]), (side, scales["bar_width"])
            return LogBar(*pair, origin=foot, theme=theme, colour=colour, number=push)
        at = (foot[0], low - BROKEN) if self.log else foot
        return Stave(push, scales["linear"], origin=at, theme=theme, colour=colour)

    def _name(self, xs: Sequence[float], low: float) -> None:
        """Place the names of both ends, the number of the first bar, and what is said of bars that are too low."""
        under = low - self.under - _TEXT - NAME
        for name, x in zip(self.ends, (xs[0], xs[-1]), strict=True):
            name.at(x, under)
        if self.first:
            at = xs[0] - WIDE / 2 + room_of(self.first).across.before
            self.first.at(at, under - _PAST - _TEXT - self.tall_first)
        self.marks = self._too_low(xs, low)
        self.told: list[Shown] = [*self.ends, *([self.first] if self.first else []), *self.marks]

    def _too_low(self, xs: Sequence[float], low: float) -> list[Shown]:
        """Return what is said under bars that are too low to be seen: a line along them, and words under that."""
        if not (self.unseen and self.small):
            return []
        start, end = xs[self.unseen[0]] - WIDE / 2, xs[self.unseen[-1]] + WIDE / 2
        said = self.small.at(xs[0] + self._aside(xs[1] - xs[0]), low - 2 * _TEXT - LABEL)
        return [leader(self.pen.theme, (start, low - _TEXT), (end, low - _TEXT)), said]


def step_of(count: int) -> float:
    """Return how far it is from a bar to the next, where there are so many after the first."""
    return float(np.clip(_WIDE / count, *_STEP))


def _line(colour: str, ends: tuple[float, float], y: float) -> Decor:
    start, end = (np.array([x, y, 0.0]) for x in ends)
    return Decor([Paint(colour)], [rectangle(start, end, FINE)])
