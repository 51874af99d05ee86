"""The gradient of a weight as an area: what went in lies on top, what comes back stands at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Scale
from scenes.parts.page import Form, Place
from scenes.parts.theme import HAIR, HOLLOW, VALUE
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.decor import Decor
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.letters import room_of
from scenes.parts.things.outlined import Numbers, Outlined
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.readout import Form as Written
from scenes.parts.things.shapes import rectangle
from scenes.parts.things.strips import dashes

__all__ = ["Area", "area"]

Points = npt.NDArray[np.float64]
_NOTHING: Final = np.zeros((0, 3))
_SIDE: Final = 0.09  # width of the bars at its sides
_GAP: Final = 0.05
_DASH: Final = (0.07, 0.06)
_TEXT: Final = 0.08  # to the numbers over and under it
_BACK: Final = 0.28  # to the number at its right: nearer, its bar would read as a sign
_FORMS: Final[tuple[Written, ...]] = ("equation", "number")


class Area(Outlined):
    """A rectangle hung from its upper left corner, |what went in| wide and |what comes back| high, and both as bars.

    Solid where the number that it stands for is positive, hollow where it is negative; the bars in the same way.
    """

    kind = "area"
    roles = ("across", "down")
    measures = False  # its number stands inside

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        """Return body and ink of the area, of the bar on top, and of the bar at the right."""
        wide, high, gap, side = abs(drawn["across"]), abs(drawn["down"]), sizes["gap"], sizes["side"]
        plain = _box(0.0, wide, -high, 0.0, drawn["across"] * drawn["down"], sizes["rim"])
        top = _box(0.0, wide, gap, gap + side, drawn["across"], sizes["rim"])
        right = _box(wide + gap, wide + gap + side, -high, 0.0, drawn["down"], sizes["rim"])
        return [*plain, *top, *right]

    @property
    def mouth(self) -> Points:
        """The middle of the rectangle; where it is flat, that of its edge."""
        wide, high = (abs(scale.per_unit * source.now.number) for source, scale in self.numbers)
        return np.asarray(self.origin + self.offset + np.array([wide / 2, -high / 2, 0.0]))

    @classmethod
    def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
        """Return the lengths of both bars, with their signs."""
        found = {}
        for role, (body, ink), axis in (("across", shapes[2:4], 0), ("down", shapes[4:6], 1)):
            length = float(np.ptp(ink[:, axis])) if len(ink) else 0.0
            found[role] = length * (-1.0 if len(body) else 1.0)
        return found


def _box(left: float, right: float, bottom: float, top: float, sign: float, rim: float) -> list[Points]:
    """Return body and ink of a rectangle: none where it is flat, ink alone where it is solid."""
    if not (right > left and top > bottom):
        return [_NOTHING, _NOTHING]
    middle, high = (bottom + top) / 2, top - bottom
    whole = rectangle(np.array([left, middle, 0.0]), np.array([right, middle, 0.0]), high)
    if sign > 0:
        return [_NOTHING, whole]
    rim = min(rim, (right - left) / 3, high / 3)
    inner = rectangle(np.array([left + rim, middle, 0.0]), np.array([right - rim, middle, 0.0]), high - 2 * rim)
    return [whole, np.concatenate([whole, inner[::-1]])]


def area(pen: Pen, gradient: str, across: str, down: str, *, scale: str = "area") -> Part:
    """Return the area of a weight's gradient, its numbers and the unit square; its origin is the middle of its top.

    In its richest form what comes back has its number, too; in its poorest the gradient goes without its name.

    Parameters
    ----------
    gradient, across, down
        The weight's gradient, what went in and what comes back.
    """
    value, push = pen.quantities[across], pen.quantities[down]
    over = pen.readout(across, height=VALUE, form="equation")
    back = pen.readout(down, height=VALUE, align="left")
    named, bare = (pen.readout(gradient, height=VALUE, form=form) for form in _FORMS)
    forms = (named, room_of(back).across.least + _BACK), (named, 0.0), (bare, 0.0)
    title = room_of(over)
    up = _GAP + _SIDE + _TEXT + title.upright.least

    def room(product: Lettering, aside: float, scales: Mapping[str, float]) -> Form:
        reach, low = (max(abs(each.number), 1.0) * scales[scale] for each in (value, push))
        low = max(low, _beside(push.number, scales[scale])) if aside else low
        half = abs(value.number) * scales[scale] / 2
        right = reach - half + _SIDE + _GAP + aside
        own = room_of(product)
        text = max(title.across.least, own.across.least) / 2
        return Form.fixed(max(half, text), max(right, text), 0.0, up + low + _TEXT + own.upright.least)

    def draw(place: Place, scales: Mapping[str, Scale]) -> tuple[Shown, ...]:
        unit, top = scales[scale], place.y - up
        wide, high = unit.length(value.number), unit.length(push.number)
        left = place.x - wide / 2
        ink, blue = pen.theme.colour("gradient"), pen.theme.colour("value")
        paints = [Paint(each) for shade in (ink, blue, ink) for each in (pen.theme.mixed(shade, HOLLOW[1]), shade)]
        sizes = {"gap": _GAP, "side": _SIDE, "rim": HOLLOW[0]}
        sides, whole = [(value, unit), (push, unit)], pen.quantities[gradient]
        shown = Area(sides, origin=(left, top), sizes=sizes, paints=paints, product=whole)
        over.at(place.x, top + _GAP + _SIDE + _TEXT)
        product, _ = forms[place.form]
        low = max(high, unit.per_unit, 0.0 if place.form else _beside(push.number, unit.per_unit))
        product.at(place.x, top - low - _TEXT - VALUE)
        square = _unit_square(pen, left, top, unit.per_unit)
        if place.form:
            return square, shown, over, product
        back.at(max(left + wide + _GAP + _SIDE, left + unit.per_unit) + _BACK, top - high / 2 - VALUE / 2)
        return square, shown, over, back, product

    return Part(f"area {gradient}", *(partial(room, *form) for form in forms), draw=draw, like="areas")


def _beside(push: float, per_unit: float) -> float:
    """Return how far under the top the number of what comes back reaches, which stands in the middle of its bar."""
    return (abs(push) * per_unit + VALUE) / 2


def _unit_square(pen: Pen, left: float, top: float, side: float) -> Decor:
    """Return the dashed square of 1 x 1 that says how large the area is."""
    corners = [np.array([left + x * side, top - y * side, 0.0]) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))]
    lines = [dashes(a, b, HAIR, *_DASH) for a, b in pairwise(corners)]
    return Decor([Paint(pen.theme.colour("quiet"))], [np.concatenate(lines)])
