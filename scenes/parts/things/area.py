"""The gradient of a weight as an area: what went in lies on top, what comes back stands at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Scale
from scenes.parts.page import Form, Need, Place
from scenes.parts.theme import HAIR, HOLLOW, LABEL, RING, VALUE
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.decor import Decor
from scenes.parts.things.lettering import Lettering, Operator
from scenes.parts.things.letters import LOWEST, room_of
from scenes.parts.things.outlined import Numbers, Outlined
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.readout import Form as Written
from scenes.parts.things.readout import Readout
from scenes.parts.things.shapes import disc, rectangle
from scenes.parts.things.strips import dashes

__all__ = ["Area", "area", "spanned"]

Points = npt.NDArray[np.float64]
_NOTHING: Final = np.zeros((0, 3))
_SIDE: Final = 0.09  # width of the bars at its sides
_GAP: Final = 0.05
_DASH: Final = (0.07, 0.06)
_TEXT: Final = 0.08  # to the number over it, and about what the unit square says
_AIR: Final = 0.05  # from a bar to the subscript over it
_FOOT: Final = 0.16  # to the product under it
_BETWEEN: Final = 0.13  # two pieces of a product that is written out
_BACK: Final = 0.28  # to the number at its right: nearer, its bar would read as a sign
_BEFORE: Final = 0.16  # from that number to an area without width, where it stands at its left
_CLEAR: Final = 0.2  # from that number to what the unit square says beside itself
_BELOW: Final = 0.8 * VALUE  # from the top of an area to the middle of a number under the one on top


class Area(Outlined):
    """A rectangle hung from its upper left corner, |what went in| wide and |what comes back| high, and both as bars.

    Solid where the number that it stands for is positive, hollow where it is negative; the bars in the same way. A side
    of exactly 0 is the ring, where its bar would begin.
    """

    kind = "area"
    roles = ("across", "down")
    measures = False  # its number stands inside

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        """Return body and ink of the area, of the bar on top, and of the bar at the right; and the ring of either."""
        wide, high, gap, side = abs(drawn["across"]), abs(drawn["down"]), sizes["gap"], sizes["side"]
        bar = wide + sizes["aside"]
        plain = _box(0.0, wide, -high, 0.0, drawn["across"] * drawn["down"], sizes["rim"])
        top = _box(0.0, wide, gap, gap + side, drawn["across"], sizes["rim"])
        right = _box(bar, bar + side, -high, 0.0, drawn["down"], sizes["rim"])
        rings = [_ring(0.0, gap + RING[0], drawn["across"]), _ring(bar + RING[0], -gap - RING[0], drawn["down"])]
        return [*plain, *top, *right, *rings]

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


def _ring(x: float, y: float, number: float) -> Points:
    """Return the ring of a number that is exactly 0, about a place; nothing of any other."""
    return _NOTHING if number else disc(np.array([x, y, 0.0]), *RING)


def _thick(number: float) -> float:
    """Return how thick the bar of a number is, or its ring."""
    return _SIDE if number else 2 * RING[0]


def _over(number: float, sunk: float) -> float:
    """Return how far over an area the number stands of what went in, if a subscript reaches so far under its line."""
    return _GAP + _thick(number) + (sunk + _AIR if sunk > LOWEST * VALUE else _TEXT)


class _Written(NamedTuple):
    """One form of what stands about an area: its scale, the product, and the room at its right."""

    scale: str
    product: Sequence[Lettering]
    aside: float = 0.0


def area(
    pen: Pen,
    gradient: str,
    across: str,
    down: str,
    *,
    scale: str = "area",
    smaller: str = "",
    least: str = "",
    largest: str = "",
    like: Sequence[str] = (),
    beside: bool = False,
) -> Part:
    """Return the area of a weight's gradient, its numbers and the unit square; its origin is the middle of its top.

    In its richest form what comes back has its number, too, in the unit square or right of it, or left of an area that
    has no width; in its poorest the gradient goes without its name.

    Parameters
    ----------
    gradient, across, down
        The weight's gradient, what went in and what comes back. The gradient is drawn last.
    smaller
        A second scale, where there is no room for the first. Then the product is written out where there is room, with
        ≈ where what is shown does not multiply, and the unit square says so: words ``square`` of the clip.
    least
        A third scale, where there is no room for the second, as under a sentence of two high lines.
    largest
        A scale before the first, where there is much room.
    like
        What goes in and comes back at other areas beside it: all stand on one line, and so do their products.
    beside
        The unit square lies over the area, and says beside itself how large it is, where there is no room in it.
    """
    value, push = pen.quantities[across], pen.quantities[down]
    over = pen.readout(across, height=VALUE, form="equation")
    back = pen.readout(down, height=VALUE, align="left")
    thick = _thick(push.number)
    aside, before = (room_of(back).across.least + each for each in (_BACK, _BEFORE))
    known: tuple[Written, Written] = (pen.equals(gradient, across, down), "number")
    named, bare = ([pen.readout(gradient, height=VALUE, form=form)] for form in known)
    forms = [_Written(scale, named, aside), _Written(scale, named), _Written(scale, bare)]
    if smaller:
        product = _product(pen, gradient, across, down)
        forms = [_Written(each, product, aside) for each in (largest, scale, smaller) if each]
        forms += [_Written(smaller, named, aside), *(_Written(each, bare) for each in (smaller, least) if each)]
    said = pen.words("square", height=LABEL, colour="quiet", align="centre") if smaller else None
    said_wide, said_room = (room_of(said).across.least, room_of(said).upright) if said else (0.0, Need())
    beside_it = [pen.quantities[each] for each in (across, down, *like)]
    deepest = max(abs(each.number) for each in beside_it if each.row.role == push.row.role)
    title = room_of(over)
    ins = [each for each in beside_it if each.row.role == value.row.role]
    titles = [room_of(pen.readout(each.name, height=VALUE, form="equation")).upright for each in ins]
    sunk = max(each.after for each in titles)
    up = max(each.least for each in titles) + max(_over(each.number, sunk) for each in ins)

    def apart(unit: float) -> float:
        """Return how far from the area the bar at its right stands: not where the unit square has its side."""
        free = (1.0 - abs(value.number)) * unit
        return free + _GAP if 0.0 < free < 2 * _GAP + thick else _GAP

    def has_room(unit: float) -> bool:
        """Return whether the unit square has room for the number of what comes back, beside its bar."""
        return abs(value.number) * unit + apart(unit) + thick + aside + _BETWEEN <= unit

    def is_left(unit: float) -> bool:
        """Return whether that number stands left of the area: right of the square it would be far from its bar."""
        return not value.number and not has_room(unit)

    def middle(unit: float) -> float:
        """Return how far down the number beside it stands: in the middle, or just under the one on top."""
        wide, high = (abs(each.number) * unit for each in (value, push))
        reach = _BEFORE if is_left(unit) else max(wide / 2 + apart(unit) + thick, unit - wide / 2) + _BACK
        meets = beside and not inside(unit) and not is_left(unit)
        clear = unit - VALUE / 2 - LABEL - _CLEAR if meets else high
        least = 0.0 if push.number else _GAP + RING[0]  # beside its ring
        return max(min(high / 2, max(clear, VALUE / 2)), _BELOW if title.across.after > reach else least)

    def inside(unit: float) -> bool:
        """Return whether the unit square has room for what it says of itself, under the area."""
        free = min(unit - said_wide, unit - abs(push.number) * unit - said_room.least)
        return bool(said) and free > 2 * _TEXT

    def deep(form: _Written, unit: float) -> float:
        """Return how far down the area reaches, or the number beside it."""
        return max(max(deepest, 1.0) * unit, middle(unit) + VALUE / 2 if form.aside else 0.0)

    def room(form: _Written, scales: Mapping[str, float]) -> Form:
        reach, low = max(abs(value.number), 1.0) * scales[form.scale], deep(form, scales[form.scale])
        half = abs(value.number) * scales[form.scale] / 2
        right = reach - half + thick + _GAP + form.aside
        text = max(title.across.least, _width(form.product)) / 2
        under = max(room_of(each).upright.least for each in form.product)
        left = before if form.aside and is_left(scales[form.scale]) else half
        return Form.fixed(max(left, text), max(right, text), 0.0, up + low + _FOOT + under)

    def draw(place: Place, scales: Mapping[str, Scale]) -> tuple[Shown, ...]:
        form = forms[place.form]
        unit, top = scales[form.scale], place.y - up
        wide = unit.length(value.number)
        left = place.x - wide / 2
        ink, blue = pen.theme.colour("gradient"), pen.theme.colour("value")
        bodies = [each for shade in (ink, blue, ink) for each in (pen.theme.mixed(shade, HOLLOW[1]), shade)]
        sizes = {"gap": _GAP, "aside": apart(unit.per_unit), "side": _SIDE, "rim": HOLLOW[0]}
        sides, whole = [(value, unit), (push, unit)], pen.quantities[gradient]
        paints = [Paint(each) for each in (*bodies, blue, ink)]
        shown = Area(sides, origin=(left, top), sizes=sizes, paints=paints, product=whole)
        over.at(place.x, top + _over(value.number, sunk))
        _set(form.product, place.x, top - deep(form, unit.per_unit) - _FOOT - VALUE)
        square: list[Shown] = [_unit_square(pen, left, top, unit.per_unit)]
        bar, foot = left + wide + sizes["aside"] + thick, top - unit.per_unit
        right = max(bar, left + unit.per_unit)
        clear = unit.per_unit - middle(unit.per_unit) - VALUE / 2
        if said and inside(unit.per_unit):
            low = foot + (unit.per_unit - unit.length(push.number) - said_room.least) / 2  # amid what is free
            square.append(said.at(left + unit.per_unit / 2, low + said_room.after))
        elif said and beside and _TEXT + said_wide < form.aside and clear > LABEL + _BETWEEN:
            square.append(said.at(right + _TEXT + said_wide / 2, foot))
        body = (shown, *square) if beside else (*square, shown)
        if not form.aside:
            return *body, over, *form.product
        start = left - before if is_left(unit.per_unit) else (bar if has_room(unit.per_unit) else right) + _BACK
        back.at(start, top - middle(unit.per_unit) - VALUE / 2)
        return *body, over, back, *form.product

    return Part(f"area {gradient}", *(partial(room, form) for form in forms), draw=draw, like="areas")


def spanned(part: Part) -> tuple[Sequence[Shown], Sequence[Shown], Sequence[Shown]]:
    """Return what is drawn of an area and of what went in, the number at its right, and the product, the gradient last.

    There may be no room for the second.
    """
    at = next(i for i, shown in enumerate(part.shown) if isinstance(shown, Readout)) + 1
    over, rest = part.shown[:at], part.shown[at:]
    beside = rest[:1] if isinstance(rest[0], Readout) and rest[0].align == "left" else ()
    return over, beside, rest[len(beside) :]


def _product(pen: Pen, gradient: str, across: str, down: str) -> list[Lettering]:
    """Return the pieces of the product, written out: what is equal, or only nearly, and last the gradient."""
    sign: Operator = "=" if pen.equals(gradient, across, down) == "equation" else "approx"
    factors = (
        pen.readout(across, height=VALUE),
        pen.sign("times", height=VALUE),
        pen.readout(down, height=VALUE, form="operand"),
    )
    named = pen.symbol(gradient, height=VALUE), pen.sign("=", height=VALUE)
    return [*named, *factors, pen.sign(sign, height=VALUE), pen.readout(gradient, height=VALUE)]


def _width(pieces: Sequence[Lettering]) -> float:
    """Return how wide pieces of a line are together."""
    return sum(room_of(each).across.least + _BETWEEN for each in pieces) - _BETWEEN


def _set(pieces: Sequence[Lettering], x: float, y: float) -> None:
    """Set pieces beside one another on a line about a place."""
    left = x - _width(pieces) / 2
    for each in pieces:
        across = room_of(each).across
        each.at(left + across.before, y)
        left += across.least + _BETWEEN


def _unit_square(pen: Pen, left: float, top: float, side: float) -> Decor:
    """Return the dashed square of 1 x 1 that says how large the area is."""
    corners = (0.0, 0.0), (side, 0.0), (side, side), (0.0, side), (0.0, 0.0)
    points = [np.array([left + x, top - y, 0.0]) for x, y in corners]
    lines = [dashes(a, b, HAIR, *_DASH) for a, b in pairwise(points)]
    return Decor([Paint(pen.theme.colour("quiet"))], [np.concatenate(lines)])
