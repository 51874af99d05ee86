"""Two numbers that are compared: a bar for each on one baseline, on a scale of their own, and their name under them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from scenes.parts.measure import Scale
from scenes.parts.page import Form, Place
from scenes.parts.theme import FINE, VALUE
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.decor import Decor
from scenes.parts.things.letters import room_of
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.shapes import rectangle
from scenes.parts.things.stave import WIDE, Stave

__all__ = ["rivals"]

_APART: Final = 0.3  # between both numbers
_TEXT: Final = 0.1  # from a bar to the number over it
_BEYOND: Final = 0.2  # how far the baseline goes on


def rivals(pen: Pen, one: str, other: str, *, scale: str) -> Part:
    """Return two bars with their numbers over them; its origin is the middle of the baseline under them.

    Parameters
    ----------
    one, other
        Quantities that are not negative.
    scale
        The scale of both, as the settings state it.
    """
    pair = [pen.quantities[name] for name in (one, other)]
    said = [pen.readout(name, height=VALUE) for name in (one, other)]
    wide = [max(room_of(text).across.least, WIDE) for text in said]
    apart = (wide[0] + wide[1]) / 2 + _APART
    half = apart / 2 + max(wide) / 2
    high = max(pen.clip.scales()[scale].length(quantity.number) for quantity in pair)

    def draw(place: Place, scales: Mapping[str, Scale]) -> tuple[Shown, ...]:
        ends = [np.array([place.x + side * (half + _BEYOND), place.y, 0.0]) for side in (-1, 1)]
        line = Decor([Paint(pen.theme.colour("edge"))], [rectangle(*ends, FINE)])
        shown: list[Shown] = []
        for quantity, text, x in zip(pair, said, (place.x - apart / 2, place.x + apart / 2), strict=True):
            how = {"origin": (x, place.y), "theme": pen.theme, "colour": pen.colour_of(quantity)}
            shown.append(Stave(quantity, scales[scale], **how))  # type: ignore[arg-type]
            text.at(x, place.y + scales[scale].length(quantity.number) + _TEXT)
        return line, *shown, *said

    return Part(f"{one} beside {other}", Form.fixed(half, half, high + _TEXT + VALUE, FINE), draw=draw)
