"""Sizes side by side as bars on one baseline, each with its number over it and its name under it.

Round the foot of a bar that is too low to be seen, though it is not 0, lies a dashed ring.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from scenes.parts.measure import Scale
from scenes.parts.page import Form, Place
from scenes.parts.theme import DASHES, FINE, LABEL, RING, VALUE
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.decor import Decor
from scenes.parts.things.letters import room_of
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.shapes import dashed_circle, rectangle
from scenes.parts.things.stave import WIDE, Stave

__all__ = ["pillars", "too_low"]

_OVER: Final = 0.12  # from a bar to its number
_UNDER: Final = 0.14  # from the baseline to a name
_APART: Final = 0.3  # between what stands at one bar and at the next
_RING: Final = 0.12  # of exactly zero, or of what is too low
_UNSEEN: Final = 0.012  # a bar that is lower has not even a pixel
_LINE: Final = 2.0  # of a dashed ring


def pillars(
    pen: Pen, names: Sequence[str], *, like: Sequence[str] = (), scale: str = "bar", smaller: str = "", called: str
) -> Part:
    """Return bars of quantities that are not negative; the origin is the middle of its top.

    Parameters
    ----------
    like
        What is compared with them elsewhere: all baselines are as deep.
    scale, smaller
        Units per 1, as the settings state it, and where there is less room.
    """
    numbers = [pen.readout(name, height=VALUE) for name in names]
    symbols = [pen.symbol(name, height=LABEL) for name in names]
    rooms = [max(WIDE, *(room_of(piece).across.least for piece in pair)) for pair in zip(numbers, symbols, strict=True)]
    half = (sum(rooms) + _APART * (len(names) - 1)) / 2
    highest, used = max(pen.quantities[name].number for name in (*names, *like)), [s for s in (scale, smaller) if s]
    under = max(room_of(each).upright.least for each in symbols)
    deep = [VALUE + _OVER + max(highest * pen.scales[each].per_unit, _RING) for each in used]
    unseen = too_low(pen, names, used)
    low = _UNDER + (0.0 if all(pen.quantities[name].number for name in names) and not unseen else RING[0])

    def draw(place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        left, floor, bars = place.x - half, place.y - deep[place.form], list[Shown]()
        unit = scales[used[place.form]]
        for name, number, symbol, room in zip(names, numbers, symbols, rooms, strict=True):
            x, colour = left + room / 2, pen.colour_of(pen.quantities[name])
            bars += [_dashed(pen, (x, floor))] if name in unseen else []
            bars.append(Stave(pen.quantities[name], unit, origin=(x, floor), theme=pen.theme, colour=colour))
            number.at(x, floor + max(unit.length(pen.quantities[name].number), _RING) + _OVER)
            bars += [number, symbol.at(x, floor - low - LABEL)]
            left += room + _APART
        return [_floor(pen, place.x - half, place.x + half, floor), *bars]

    forms = (Form.fixed(half, half, 0.0, each + low + under) for each in deep)
    return Part(called, *forms, draw=draw, like="pillars")


def too_low(pen: Pen, names: Sequence[str], scales: Sequence[str]) -> list[str]:
    """Return those of some sizes whose bars are too low to be seen, at one of some scales, though they are not 0."""
    least = min(pen.scales[each].per_unit for each in scales)
    return [name for name in names if 0.0 < pen.quantities[name].number * least < _UNSEEN]


def _dashed(pen: Pen, foot: tuple[float, float]) -> Decor:
    ring = dashed_circle(np.array([*foot, 0.0]), RING[0], DASHES)
    return Decor([Paint(pen.theme.colour("quiet"), stroke=_LINE)], [ring])


def _floor(pen: Pen, left: float, right: float, y: float) -> Decor:
    line = rectangle(np.array([left, y, 0.0]), np.array([right, y, 0.0]), FINE)
    return Decor([Paint(pen.theme.colour("grid"))], [line])
