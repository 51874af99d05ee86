"""A plane of two axes as a part of a page: its ground, both lines with their numbers and names, and what lies in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from scenes.parts.measure import Axis, Scale
from scenes.parts.page import Form, Need, Place
from scenes.parts.theme import LABEL, VALUE
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.decor import Decor
from scenes.parts.things.graph import zero_lines
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.levels import BESIDE, Heights, LevelNumber, Levels
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.ruler import UNDER, Ruler, Tick, beside_ticks, ruled, tick_labels
from scenes.parts.things.shapes import polygon
from scenes.parts.type.numbers import format_typed
from scenes.parts.type.typeset import typeset

__all__ = ["LossPlane", "Plane", "Sizes"]

_GAP: Final = 0.12  # from an end of an axis to its name
_UNDER: Final = UNDER + LABEL + 0.05
_APART: Final = 0.3  # from the middle of one level line's number to the next
_END: Final = 0.12  # of the numbers at an axis, beyond its end
Fill = Callable[[Axis, Axis], Sequence[Shown]]


@dataclass(frozen=True)
class Sizes:
    """How wide and how high a plane is without what stands around it, at least and as it would like; and its ticks."""

    wide: tuple[float, float]
    high: tuple[float, float]
    most: int = 5


@dataclass
class Plane:
    """Two axes and what lies between them.

    Parameters
    ----------
    keys
        The ranges of both axes, as the settings state them.
    names
        The quantities whose symbols stand at the ends of both axes; an empty one is none.
    fill
        Draws what lies in the plane, from below upward.
    powers
        Whether the axis upward is one of powers of ten.
    square
        Whether both are drawn equally long: a map.
    """

    pen: Pen
    called: str
    keys: tuple[str, str]
    names: tuple[str, str]
    sizes: Sizes
    fill: Fill = lambda across, up: ()
    powers: bool = False
    square: bool = False

    @cached_property
    def part(self) -> Part:
        """The plane as a part of a page; its origin is the middle of its top."""
        left, right, up, down = self._around
        (least, wish), (low, high) = self.sizes.wide, self.sizes.high
        across = Need(left + least / 2, right + least / 2, *(2 * ((wish - least) / 2,)))
        form = Form(across, Need(0.0, up + low + down, 0.0, high - low))
        return Part(self.called, form, draw=self._draw)

    @property
    def _around(self) -> tuple[float, float, float, float]:
        """What stands left and right of it, over it and under it."""
        limits, name = self.pen.clip.ranges()[self.keys[1]], self.names[0]
        beside = self._powers_wide if self.powers else beside_ticks(limits, self.pen.theme, most=self.sizes.most)
        said = self.pen.symbol(name, height=VALUE).advance + _GAP if name else _END
        return beside, max(said, self.aside), VALUE + 2 * _GAP if self.names[1] else _END, _UNDER

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
        return min(self.sizes.most, round(high - low) + 1)  # whole powers alone

    def _draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        before, behind, over, under = self._around
        wide, high = place.left + place.right - before - behind, place.up + place.down - over - under
        if self.square:
            wide = high = min(wide, high)
        left, top = place.x - (wide + behind - before) / 2, place.y + place.up - over
        right, low = left + wide, top - high
        self.across = self.pen.axis(self.keys[0], ((left, low), (right, low)))
        self.up = self.pen.axis(self.keys[1], ((left, low), (left, top)))
        self.filled = list(self.fill(self.across, self.up))
        corners = [[left, low, 0.0], [right, low, 0.0], [right, top, 0.0], [left, top, 0.0]]
        ground = Decor([Paint(self.pen.theme.colour("body"))], [polygon(corners)])
        self.frame = [ground, *zero_lines(self.pen.theme, self.across, self.up), *self._lines(), *self._named()]
        return [*self.frame, *self.filled]

    def _lines(self) -> list[Shown]:
        theme, most = self.pen.theme, self.sizes.most
        flat, below = ruled(self.across, theme, most=most)
        if not self.powers:
            upright, beside = ruled(self.up, theme, most=most)
            return [flat, upright, *below, *beside]
        ticks: list[Tick] = tick_labels(self.up, theme, most=self._decades, powers=True)
        return [flat, Ruler(self.up, theme=theme, most=self._decades), *below, *ticks]

    def _named(self) -> list[Shown]:
        found: list[Shown] = []
        (left, low, _), (right, _, _), (_, top, _) = self.across.start, self.across.end, self.up.end
        if self.names[0]:
            name = self.pen.symbol(self.names[0], height=VALUE, align="left")
            found.append(name.at(right + _GAP, low - UNDER - LABEL))
        if self.names[1]:
            found.append(self.pen.symbol(self.names[1], height=VALUE).at(left, top + _GAP))
        return found


@dataclass
class LossPlane(Plane):
    """A map of the loss: level lines with their numbers at the right edge, and the line on which the loss is 0, bold.

    Parameters
    ----------
    key
        The names of its quantities and ranges begin with it, as those of `settings.loss_map`.
    target
        The quantity with which the output is equal where the loss is 0; none if there is no such line.
    """

    key: str = ""
    target: str = ""
    heights: int = 7
    square: bool = True

    @property
    def aside(self) -> float:
        """The numbers of the level lines."""
        says = (format_typed(height) for height in self._heights.at)
        return BESIDE + max(typeset(text.replace("−", "-"), LABEL).width for text in ("0", *says))

    @cached_property
    def _heights(self) -> Heights:
        return Heights(*self.pen.clip.ranges()[f"{self.key}_level"], self.heights)

    def _lines(self) -> list[Shown]:
        known, red = self.pen.quantities, self.pen.theme.colour("loss")
        xs, ys = (known[f"{self.key}_x"], self.across), (known[f"{self.key}_y"], self.up)
        pale = self.pen.theme.mixed(red, 0.5)
        self.levels = [Levels(known[f"{self.key}_L"], self._heights, xs, ys, colour=pale)]
        if self.target:
            equal = Heights(equal=known[self.target])
            self.levels.insert(0, Levels(known[f"{self.key}_out"], equal, xs, ys, colour=red, bold=True))
        return [*reversed(self.levels), *super()._lines(), *self._numbers(red)]

    def _numbers(self, colour: str) -> list[Shown]:
        """Return the numbers of the lines that meet the right edge, as many as stand apart: those of the bold first."""
        found = list[tuple[float, Lettering]]()
        for lines in self.levels:
            for height in lines.heights.at:
                for at in lines.crossings(height):
                    y = float(self.up.point(at)[1])
                    if all(abs(y - other) >= _APART for other, _ in found):
                        found.append((y, LevelNumber(lines, height, at, colour=colour)))
        name = self.pen.symbol(f"{self.key}_L", height=VALUE, align="left")
        right, _, _ = self.across.end
        return [*(number for _, number in found), name.at(right + BESIDE, self.up.end[1] + _GAP)]
