"""A map of the loss over two weights as a part of a page: level lines with their numbers, and what lies on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar, Final, Self

from scenes.parts.theme import LABEL, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.levels import BESIDE, BOLD, Heights, LevelNumber, Levels
from scenes.parts.things.pen import Pen
from scenes.parts.things.plane import OVER, Plane, Sizes
from scenes.parts.type.numbers import format_tick
from scenes.parts.type.typeset import typeset

__all__ = ["LossPlane"]

_APART: Final = 0.3  # from the middle of one level line's number to the next
_PALE: Final = 0.5  # so much of the loss's colour is left in its level lines


@dataclass
class LossPlane(Plane):
    """A map of the loss: level lines with their numbers at the right edge, and the line on which the loss is 0, bold.

    Where there is no room they have no numbers; where the loss has too many waves, there are none.

    Parameters
    ----------
    key
        The names of its quantities and ranges begin with it, as those of `settings.loss_map`; the line on which the
        loss is 0 is where the output equals the quantity ``target``.
    heights
        How many level lines there may be.
    apart
        Two losses: the lines between them, if there are any, are a thing of their own, ``crossed``; empty names: none.
    """

    may_pale: ClassVar[bool] = True
    key: str = ""
    heights: int = 7
    apart: tuple[str, str] = ("", "")

    @classmethod
    def of(cls, pen: Pen, key: str, sizes: Sizes, called: str = "", **how: Any) -> Self:
        """Return the map of a key, its axes named after both weights."""
        names = f"{key}_x", f"{key}_y"
        return cls(pen, called or key, names, names, sizes, key=key, square=True, **how)

    @property
    def aside(self) -> float:
        """The numbers of the level lines."""
        if self._pale or not self._has_lines:
            return 0.0
        says = (format_tick(height) for height in self._heights.at)
        return BESIDE + max(typeset(text.replace("−", "-"), LABEL).width for text in ("0", *says))

    @property
    def _has_lines(self) -> bool:
        return f"{self.key}_L" in self.pen.quantities

    @cached_property
    def _heights(self) -> Heights:
        low, high = self.pen.clip.ranges()[f"{self.key}_level"]
        return Heights(low, high, self.heights)

    def _lines(self) -> list[Shown]:
        self.levels, self.crossed = list[Levels](), list[Levels]()
        if not self._has_lines:
            return super()._lines()
        known, red = self.pen.quantities, self.pen.theme.colour("loss")
        xs, ys = (known[f"{self.key}_x"], self.across), (known[f"{self.key}_y"], self.up)
        pale = self.pen.theme.mixed(red, _PALE)
        one, other = (known.get(name) for name in self.apart)
        inner = replace(self._heights, between=(one, other)) if one and other else None
        groups = [replace(inner, left=True), inner] if inner and inner.at else [self._heights]
        self.levels = [Levels(known[f"{self.key}_L"], each, xs, ys, colour=pale) for each in groups]
        self.crossed = self.levels[1:]
        if f"{self.key}_out" in known:
            equal = Heights(equal=known["target"])
            self.levels.insert(0, Levels(known[f"{self.key}_out"], equal, xs, ys, colour=red, stroke=BOLD))
        return [*reversed(self.levels), *super()._lines(), *(self._numbers(red) if self._beside[1] else [])]

    def _numbers(self, colour: str) -> list[Shown]:
        """Return the numbers of the lines that meet the right edge, as many as stand apart: those of the bold first.

        At the foot stands the name of the axis, over the top the name of the loss: there is no number as near.
        """
        found, ends = list[tuple[float, LevelNumber]](), (self.up.start[1], self.up.end[1] + OVER + LABEL / 2)
        for lines in self.levels:
            for height in lines.heights.at if not self._pale else ():
                for at in lines.crossings(height):
                    y = float(self.up.point(at)[1])
                    if all(abs(y - other) >= _APART for other in (*ends, *(over for over, _ in found))):
                        found.append((y, LevelNumber(lines, height, at, colour=colour)))
        name = self.pen.symbol(f"{self.key}_L", height=VALUE, align="left")
        right, _, _ = self.across.end
        return [*(number for _, number in found), name.at(right + BESIDE, self.up.end[1] + OVER)]
