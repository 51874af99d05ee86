"""Words from the settings, symbols of quantities, and signs between them; numbers are in `readout`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Literal, Self, get_args

import numpy as np
import numpy.typing as npt

from scenes.parts.errors import StageError
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.things.answers import Place, Remedy, Stated, Told
from scenes.parts.things.base import Paint, Reading, Shown
from scenes.parts.type.lines import Block, Flush, How, set_lines
from scenes.parts.type.typeset import Outline, Style, typeset

__all__ = ["FLUSH", "OPERATORS", "Align", "Lettering", "Operator", "Sign", "Symbol", "Words"]

Points = npt.NDArray[np.float64]
Align = Literal["left", "centre", "right", "point"]
Operator = Literal["times", "div", "=", "approx", "+", "-", "<", ">", "arrow.r"]
OPERATORS: tuple[str, ...] = get_args(Operator)
FLUSH: Mapping[Align, Flush] = MappingProxyType(
    {"left": "start", "centre": "centre", "right": "right", "point": "start"}
)
"""Where lines meet that are aligned so."""


class Lettering(Shown):
    """Typeset source on a baseline: painted piece by piece, placed by :meth:`at`.

    Parameters
    ----------
    height
        Height of a digit 8 or a capital H, in frame units.
    colours
        The first paints what names no colour; the others are the paint indices 1, 2, ... of ``fill_colour``.
    align
        Which point of the text :meth:`at` places.
    """

    kind = "words"
    style: Style = "math"

    def set_type(self, height: float, align: Align, family: str = "Source Sans 3") -> None:
        """Say how large the text is, which of its points is placed, and in which family words are set."""
        self.height_of_type, self.align, self.family = height, align, family

    def script(self) -> str:
        """Return what is typeset now."""
        raise TypeError(f"{type(self).__name__} has no script")

    def outlines(self) -> Sequence[Points]:
        """Return one outline per colour, with the aligned point of the baseline at the origin."""
        outline = self.outline()
        shift = np.array([self._anchor(outline), 0.0, 0.0])
        empty = np.zeros((0, 3))
        indices = range(len(self.submobjects))
        return [outline.parts[i] - shift if i in outline.parts else empty for i in indices]

    def outline(self) -> Outline:
        """Return the typeset outline, starting at x = 0."""
        return typeset(self.script(), self.height_of_type, self.style, self.family)

    def _anchor(self, outline: Outline) -> float:
        return {"left": 0.0, "centre": outline.width / 2, "right": outline.width}[self.align]

    def at(self, x: float, y: float) -> Self:
        """Place the aligned point of the baseline at (x, y)."""
        self.shift(np.array([x, y, 0.0]) - self.offset)
        return self

    @property
    def heart(self) -> Points:
        """The point of the baseline, before any move, that lies on that of the same text elsewhere when one travels."""
        drawn = [points for points in self._drawn if len(points)]
        return np.array([min(float(points[:, 0].min()) for points in drawn) if drawn else 0.0, 0.0, 0.0])

    @property
    def advance(self) -> float:
        """Width of the text with its side bearings, in frame units."""
        return self.outline().width

    @property
    def text(self) -> str:
        """The characters as a reader would type them."""
        return self.script()

    def reading(self) -> Reading:
        """Return the characters."""
        return Reading(text=self.text)

    def told(self) -> Told:
        """Return what is typeset."""
        return replace(super().told(), script=self.script())

    def fields(self, place: Place) -> dict[str, Any]:
        """Return how large the letters are and how they are set."""
        return {**super().fields(place), "height": self.height_of_type, "style": self.style}


class Words(Lettering):
    """Words of the settings in any script: a title, a sentence, a label or a line of code.

    Raises
    ------
    ValueError
        If no font has one of the letters, which a checked settings file cannot bring about.
    """

    dims_by_colour = True

    def __init__(
        self,
        key: str,
        text: str,
        *,
        height: float,
        colour: str,
        style: Style = "words",
        align: Align = "left",
        family: str = "Source Sans 3",
        max_width: float | None = None,
    ) -> None:
        super().__init__([Paint(colour)])
        self.key, self.words, self.style, self.max_width = key, text, style, max_width
        self.set_type(height, align, family)
        self.draw()

    @property
    def name(self) -> str:
        """The key of the words."""
        return f"words {self.key}"

    @name.setter
    def name(self, value: str) -> None:
        """Ignore the name that manim gives every mobject."""

    def fields(self, place: Place) -> dict[str, Any]:
        """Return the key of the words."""
        return {**super().fields(place), "key": self.key}

    def unstated(self, stated: Stated) -> str | None:
        """Return whether these words do not come from the settings."""
        if not stated.wrote(self):
            return f"{self.name} ({self.text!r}): words come from the settings, a storyboard cannot type any"
        return super().unstated(stated)

    @property
    def remedy(self) -> Remedy | None:
        """What makes room: fewer words."""
        key = self.key if self.key.startswith("names.") else f"words.{self.key}"
        return Remedy(0, f"shorten {key}", key)

    def script(self) -> str:
        """Return the text with its numbers filled in."""
        return self.words

    def outline(self) -> Outline:
        """Return the words, broken into lines where they would be wider than ``max_width``."""
        if not self.max_width:
            return super().outline()
        block = self.block(self.max_width)
        return Outline({0: block.points} if len(block.points) else {}, block.width)

    def block(self, room: float) -> Block:
        """Return the words in lines of a width: each filled before the next begins, aligned like the whole."""
        how = How(style=self.style, family=self.family, flush=FLUSH[self.align])
        return set_lines(self.script(), self.height_of_type, room, **how)


class Symbol(Lettering):
    """The symbol of a quantity, in the colour of its meaning."""

    kind = "symbol"
    dims_by_colour = True

    def __init__(self, quantity: Quantity, *, height: float, colour: str, align: Align = "centre") -> None:
        super().__init__([Paint(colour)])
        self.quantity_named = quantity
        self.set_type(height, align)
        self.draw()

    @property
    def name(self) -> str:
        """The quantity whose symbol it is."""
        return f"symbol of {self.quantity_named.name}"

    @name.setter
    def name(self, value: str) -> None:
        """Ignore the name that manim gives every mobject."""

    def fields(self, place: Place) -> dict[str, Any]:
        """Return the quantity that it names."""
        return {**super().fields(place), "quantity": self.quantity_named.name}

    def script(self) -> str:
        """Return the symbol."""
        return self.quantity_named.row.symbol


class Sign(Lettering):
    """A sign of arithmetic between two numbers."""

    kind = "sign"
    dims_by_colour = True

    def __init__(self, sign: Operator, *, height: float, colour: str) -> None:
        if sign not in OPERATORS:
            raise StageError(f"{sign!r} is no sign of arithmetic: a number on screen is a readout")
        super().__init__([Paint(colour)])
        self.sign = sign
        self.set_type(height, "centre")
        self.draw()

    def unstated(self, stated: Stated) -> str | None:
        """Return whether it has become another sign."""
        if self.sign not in OPERATORS:
            return f"{self.sign!r} is no sign of arithmetic: a number on screen is a readout"
        return super().unstated(stated)

    def script(self) -> str:
        """Return the sign."""
        return self.sign
