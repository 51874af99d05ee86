"""A plane of two axes as a part of a page: its ground, both lines with their numbers and names, and what lies in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, Final

import numpy as np

from scenes.parts.measure import Axis, Scale
from scenes.parts.page import Form, Need, Place, Region
from scenes.parts.theme import LABEL, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.graph import zero_lines
from scenes.parts.things.ground import Ground
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.letters import room_of
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.ruler import UNDER, Ruler, Tick, beside_ticks, ruled, tick_labels

__all__ = ["GAP", "OVER", "Plane", "Sizes"]

GAP: Final = 0.45
"""From an end of an axis, where a number may stand, to its name."""

_NEAR: Final = 0.2  # where none stands

OVER: Final = 0.12
"""From its top to what stands over it."""

_UNDER: Final = UNDER + VALUE + 0.11
_LINE: Final = 0.04  # from a line at 0 to a text
_BEHIND: Final = 0.16  # from one piece to the next on the line of a name
_SHARES: Final = (0.5, 0.25, 0.0)  # from least to wish: how wide those are of which the outer ones alone have numbers
_COST: Final = 3  # so much else takes a poorer form first
_END: Final = 0.12  # of the numbers at an axis, beyond its end


@dataclass(frozen=True)
class Sizes:
    """How wide and how high a plane is without what stands around it, at least and as it would like; and its ticks."""

    wide: tuple[float, float]
    high: tuple[float, float]
    most: tuple[int, int] = (5, 5)


@dataclass
class Plane:
    """Two axes and what lies between them.

    Parameters
    ----------
    keys
        The ranges of both axes, as the settings state them.
    names
        What stands at the ends of both axes: the symbol of a quantity, or words of the settings; an empty one is none.
    title
        What stands over its middle.
    behind
        What stands on the line of the name of the axis upward, behind it.
    powers
        Whether the axis upward is one of powers of ten.
    square
        Whether both are drawn equally long: a map.
    bare
        Whether neither numbers nor a name stand under it: it shares its axis across with what stands there.
    beside
        So much room is kept on its left, at least: what stands under one another has one left edge.
    outer
        Of planes in a row with the same axes, whether it is the first, and the last: where there is little room, what
        stands beside them and their names stand at these alone, and all are equally wide.
    """

    pen: Pen
    called: str
    keys: tuple[str, str]
    names: tuple[str, str]
    sizes: Sizes
    powers: bool = False
    square: bool = False
    bare: bool = False
    beside: float = 0.0
    title: Lettering | None = None
    behind: Sequence[Lettering] = ()
    outer: tuple[bool, bool] = (True, True)
    may_pale: ClassVar[bool] = False
    _narrow: float = field(default=0.0, init=False)
    _pale: bool = field(default=False, init=False)

    @cached_property
    def part(self) -> Part:
        """The plane as a part of a page; its origin is the middle of its top."""
        forms = [self._form(*rung) for rung in self._rungs]
        self._narrow, self._pale = self._rungs[0]
        like = "" if all(self.outer) else f"planes {self.keys}"
        return Part(self.called, *forms, draw=self._draw, like=like, cost=_COST if self.may_pale else 1)

    @property
    def _rungs(self) -> list[tuple[float, bool]]:
        """How wide it is in each of its forms, 0 for as wide as it may be; whether it is without inner numbers."""
        least, wish = self.sizes.wide
        widths = [0.0, *(least + (wish - least) * share for share in ([] if all(self.outer) else _SHARES))]
        return [*((width, False) for width in widths), *[(widths[-1], True)] * self.may_pale]

    def _form(self, width: float, pale: bool) -> Form:
        self._narrow, self._pale = width, pale
        left, right, up, down = self._around
        (least, wish), (low, high) = self.sizes.wide, self.sizes.high
        over = sum(self.wide_over)
        if width:
            across = Need(left + width / 2, max(right + width, over) - width / 2)
            return Form(across, Need(0.0, up + min(low, width) + down, 0.0, max(0.0, width - low)))
        least, wish = (max(size, over) for size in (least, wish))
        across = Need(left + least / 2, right + least / 2, *(2 * ((wish - least) / 2,)))
        return Form(across, Need(0.0, up + low + down, 0.0, high - low))

    @property
    def _beside(self) -> tuple[bool, bool]:
        """Whether anything stands beside it, left and right."""
        return self.outer if self._narrow else (True, True)

    @property
    def _names(self) -> tuple[str, str]:
        """The names that stand at its axes."""
        (first, last), (across, upward) = self._beside, self.names
        return across if last else "", upward if first else ""

    @property
    def wide_over(self) -> list[float]:
        """How wide all is that stands over it, side by side."""
        over = [self._name(name).advance + 2 * _END for name in self._names[1:] if name and self.title]
        over += [self.title.advance] if self.title else []
        if self.behind:
            over += [self._name(self.names[1]).advance, *(room_of(p).across.least + _BEHIND for p in self.behind)]
        return over

    @property
    def room_beside(self) -> float:
        """How much room the numbers of its upright axis need."""
        if self.powers:
            return self._powers_wide
        return beside_ticks(self.pen.clip.ranges()[self.keys[1]], self.pen.theme, most=self.sizes.most[1])

    @property
    def _around(self) -> tuple[float, float, float, float]:
        """What stands left and right of it, over it and under it."""
        name, (first, last), flat = self._names[0], self._beside, self.pen.clip.ranges()[self.keys[0]]
        ticks = 0.0 if first and last else beside_ticks(flat, self.pen.theme, most=self.sizes.most[0]) / 2
        said = self._name(name).advance + GAP if name else _END
        over, under = VALUE + 2 * OVER if self.names[1] or self.title else _END, _END if self.bare else _UNDER
        left = max(self.room_beside, self.beside) if first else ticks
        return left, max(said, self.aside) if last else ticks, over, under

    @property
    def aside(self) -> float:
        """What else stands right of it."""
        return 0.0

    @property
    def _powers_wide(self) -> float:
        low, high = self.pen.clip.ranges()[self.keys[1]]
        axis = Axis("", low, high, (0.0, 0.0, 0.0), (0.0, 1.0, 0.0))
        ticks = tick_labels(axis, self.pen.theme, most=self._decades, powers=True)
        return max(-float(tick.get_left()[0]) for tick in ticks)

    @property
    def _decades(self) -> int:
        low, high = self.pen.clip.ranges()[self.keys[1]]
        return min(self.sizes.most[1], int(high - low) + 1)  # whole powers alone

    def _draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        rungs = self._rungs  # a plane of one form may be a form of a larger thing
        self._narrow, self._pale = rungs[place.form if rungs[1:] else 0]
        before, behind, over, under = self._around
        room, high = place.left + place.right - before - behind, place.up + place.down - over - under
        room = self._narrow or room
        wide, high = (min(room, high),) * 2 if self.square else (room, high)
        low, most = place.x - place.left + before, place.x + place.right - behind - wide
        left, top = max(low, min(place.x - wide / 2, most)), place.y + place.up - over
        right, foot = left + wide, top - high
        self.across = self.pen.axis(self.keys[0], ((left, foot), (right, foot)))
        self.up = self.pen.axis(self.keys[1], ((left, foot), (left, top)))
        ground = Ground(left, foot, right, top, theme=self.pen.theme)
        self.zeros = zero_lines(self.pen.theme, self.across, self.up)
        lines = self._lines()
        self.frame = [ground, *self.zeros, *lines, *self._named(lines)]
        return self.frame

    def busy_zeros(self) -> Iterator[Region]:
        """Yield the boxes of the lines at 0: a text does not stand on them."""
        for line in self.zeros:
            points = np.concatenate([piece.points for piece in line.submobjects])
            (left, low, _), (right, top, _) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
            yield Region(left - _LINE, low - _LINE, right + _LINE, top + _LINE)

    def _lines(self) -> list[Shown]:
        theme, (flat_most, most) = self.pen.theme, self.sizes.most
        flat, below = ruled(self.across, theme, most=flat_most)
        below = [] if self.bare else below
        if not self.powers:
            upright, beside = ruled(self.up, theme, most=most)
            return [flat, upright, *below, *(beside if self._beside[0] else [])]
        ticks: list[Tick] = tick_labels(self.up, theme, most=self._decades, powers=True)
        return [flat, Ruler(self.up, theme=theme, most=self._decades), *below, *ticks]

    def _named(self, lines: list[Shown]) -> list[Shown]:
        found: list[Shown] = []
        (left, low, _), (right, _, _), (_, top, _) = self.across.start, self.across.end, self.up.end
        across, upward = self._names
        if across and not self.bare:
            name = self._name(across)
            ticks = (float(tick.get_right()[0]) for tick in lines if isinstance(tick, Tick))
            x = max(right + _NEAR, max(ticks, default=right) + GAP - _NEAR)
            found.append(name.at(x, low - UNDER - name.height_of_type))
        if upward:
            found.append(self._name(upward).at(left, top + OVER))
        for piece in self.behind:
            before = room_of(piece).across.before
            found.append(piece.at(float(found[-1].get_right()[0]) + _BEHIND + before, top + OVER))
        if self.title:
            half, edge = self.title.advance / 2, float(found[-1].get_right()[0]) if upward else left
            found.append(self.title.at(max((left + right) / 2, edge + _END + half), top + OVER))
        return found

    def _name(self, name: str) -> Lettering:
        if name in self.pen.quantities:
            return self.pen.symbol(name, height=VALUE, align="left")
        return self.pen.words(name, height=LABEL, colour="quiet", align="left")
