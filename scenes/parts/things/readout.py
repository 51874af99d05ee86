"""The value of a quantity as a number, at rest or while a sweep moves it."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from scenes.parts.recipe.quantity import Quantity
from scenes.parts.things.answers import Remedy, Stated
from scenes.parts.things.base import Bound, Paint, Reading, Source
from scenes.parts.things.lettering import Align, Lettering
from scenes.parts.type.numbers import Formatter, Mode, format_live
from scenes.parts.type.typeset import Outline, typeset

__all__ = ["Form", "Readout", "as_math"]

Points = npt.NDArray[np.float64]
_TIMES = "×"  # before a factor
Form = Literal["number", "equation", "about", "factor", "operand"]


class Readout(Lettering, Bound):
    """The value of a quantity as a number that sits still while it changes.

    Parameters
    ----------
    source
        A quantity, or a sweep's live quantity.
    formatter
        What turns quantities into characters: the clip's own, or the stage refuses the readout.
    mode
        ``resting``, ``live`` (while a sweep moves it) or ``full`` (all digits).
    form
        ``number``; ``equation``: symbol = number; ``about``: symbol ≈ number; ``factor``: times number, a negative one
        in parentheses; ``operand``: number, a negative one in parentheses.
    align
        ``point`` anchors the decimal point, so that a live number never jumps.
    is_alone
        Whether no other number is aligned with it: then an exact 0 stands in its middle.
    """

    kind = "readout"
    dims_by_colour = True

    def __init__(
        self,
        source: Quantity | Source,
        formatter: Formatter,
        *,
        height: float,
        colour: str,
        mode: Mode = "resting",
        form: Form = "number",
        align: Align = "centre",
        is_alone: bool = False,
    ) -> None:
        self.formatter, self.mode, self.form, self.is_alone = formatter, mode, form, is_alone
        self.set_type(height, align)
        Bound.__init__(self, source, [Paint(colour)])

    @property
    def text(self) -> str:
        """The number as it stands on screen."""
        return self.formatter.text(self.quantity, self.mode)

    def script(self) -> str:
        """Return the Typst math of the whole readout."""
        number = as_math(self.text)
        wrapped = f"({number})" if number.startswith("-") else number
        symbol = self.quantity.row.symbol
        forms = {"number": number, "equation": f"{symbol} = {number}", "about": f"{symbol} approx {number}"}
        return (forms | {"factor": f"times {wrapped}", "operand": wrapped})[self.form]

    def outline(self) -> Outline:
        """Return the typeset number; plain digits come from single glyphs, so that a live number costs little."""
        plain_form = self.form in ("number", "operand") or (self.form == "factor" and self.mode == "live")
        if plain_form and _is_plain(self.text):
            return _from_glyphs(self._wrapped(self.text), self.height_of_type)
        return typeset(self.script(), self.height_of_type, "math")

    def _anchor(self, outline: Outline) -> float:
        if self.align != "point":
            return super()._anchor(outline)
        if self.is_alone and self.text == "0":  # it has no point
            left, right = self.room
            return (outline.width + left - right) / 2
        whole = self._wrapped(self.text).partition("×")[0].partition(".")[0]
        return _from_glyphs(whole, self.height_of_type).width

    def _wrapped(self, text: str) -> str:
        """Return a number as it is written: a negative operand in parentheses, a factor behind its sign."""
        said = f"({text})" if self.form in ("operand", "factor") and text.startswith("−") else text
        return f"{_TIMES}{said}" if self.form == "factor" else said

    @property
    def heart(self) -> Points:
        """The end of its last digit on the baseline: digits lie on digits, whatever is written around them."""
        (points,) = self._drawn
        bracket = (typeset("(1)", self.height_of_type).width - typeset("1", self.height_of_type).width) / 2
        behind = bracket if self.script().endswith(")") and self.form in ("factor", "operand") else 0.0
        return np.array([float(points[:, 0].max()) - behind, 0.0, 0.0])

    @property
    def room(self) -> tuple[float, float]:
        """How far a live number of one digit before the point reaches to the left and to the right of its anchor."""
        sign = "−" if self.text.startswith("−") else ""
        left = _from_glyphs(f"{sign}0", self.height_of_type).width
        return left, _from_glyphs(f"{sign}0.{'0' * self.formatter.decimals}", self.height_of_type).width - left

    def sides_of(self, value: float) -> tuple[float, float]:
        """Return how far the number would reach to the left and to the right of its point at another moment.

        A 0 that stands alone may lie on one side of it: in the middle of what another number takes.
        """
        text = self._wrapped(format_live(value, self.formatter.decimals))
        left, whole = (_set(each, self.height_of_type).width for each in (text.partition(".")[0], text))
        if value == 0 and self.is_alone and self.align == "point":
            digit = _from_glyphs(f"0.{'0' * self.formatter.decimals}", self.height_of_type).width - left
            left = (whole + left - digit) / 2
        return left, whole - left

    def top_of(self, value: float) -> float:
        """Return how high the number would reach over its baseline at another moment: a power of ten is raised."""
        outline = _set(self._wrapped(format_live(value, self.formatter.decimals)), self.height_of_type)
        return max(float(points[:, 1].max()) for points in outline.parts.values())

    def reading(self) -> Reading:
        """Return the characters of the number."""
        return Reading(text=self.text)

    def unstated(self, stated: Stated) -> str | None:
        """Return whether another formatter than the clip's own writes it."""
        if self.formatter != stated.formatter:
            return f"{self.name} ({self.text!r}): a number is written by the clip's own formatter only"
        return super().unstated(stated)

    @property
    def to_read(self) -> str | None:
        """The number."""
        return self.text

    @property
    def remedy(self) -> Remedy | None:
        """What makes it shorter: fewer digits, where they are set."""
        if self.mode == "live":
            return Remedy(1, "lower decimals", "decimals")
        name = self.quantity.name
        typed = self.quantity.row.typed
        return Remedy(1, f"lower the digits of {name}", name) if typed else Remedy(1, "lower digits", "digits")


def as_math(text: str) -> str:
    """Return the Typst math of a formatted number."""
    mantissa, times, power = text.replace("−", "-").partition("×10^")
    return f"{mantissa} times 10^({power})" if times else mantissa


def _is_plain(text: str) -> bool:
    return not set(text.removeprefix(_TIMES)) - set("0123456789.−+()")


def _set(text: str, height: float) -> Outline:
    """Return the outline of a number as it is written."""
    return _from_glyphs(text, height) if _is_plain(text) else typeset(as_math(text), height, "math")


@lru_cache(maxsize=64)
def _glyph(character: str, height: float) -> tuple[Points, float]:
    """Return the outline of one character of a number and its advance."""
    if character in "()":
        beside = typeset("(1)", height).width - typeset("1", height).width
        return typeset(f"\\{character}", height).parts[0], beside / 2
    if character == _TIMES:
        return typeset("times", height).parts[0], typeset("times 1", height).width - typeset("1", height).width
    if character in "−+":
        sign = typeset(as_math(character) + "1", height)
        digit = typeset("1", height)
        points = typeset(as_math(character), height).parts[0]
        return points, sign.width - digit.width
    outline = typeset(character, height)
    advance = (
        typeset("0", height).width
        if character.isdigit()
        else typeset("0.0", height).width - 2 * typeset("0", height).width
    )
    return outline.parts[0], advance


@lru_cache(maxsize=4096)
def _from_glyphs(text: str, height: float) -> Outline:
    """Return the outline of plain digits set one beside the other."""
    x, placed = 0.0, []
    for character in text:
        points, advance = _glyph(character, height)
        placed.append(points + np.array([x, 0.0, 0.0]))
        x += advance
    return Outline({0: np.concatenate(placed)} if placed else {}, x)
