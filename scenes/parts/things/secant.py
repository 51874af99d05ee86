"""What a nudge of a weight finds: the loss over the weight, its rise and run between two ends, and the gradient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from scenes.parts.measure import Axis, Scale
from scenes.parts.page import Form, Need, Place
from scenes.parts.theme import CURVE, FINE, LABEL, STROKES_PER_UNIT
from scenes.parts.things.base import Paint, Shown, as_source
from scenes.parts.things.decor import Decor
from scenes.parts.things.legs import Legs
from scenes.parts.things.letters import room_of
from scenes.parts.things.outlined import Spot
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.plot import Curve, Dot
from scenes.parts.things.readout import Form as ReadoutForm
from scenes.parts.things.shapes import rectangle
from scenes.parts.things.tangent import Tangent
from scenes.parts.things.wire import leader

__all__ = ["secant"]

_SIDES: Final = ("below", "above")
_WIDE, _HIGH = (1.0, 3.8), (1.4, 2.2)  # of its plane, at least and as it would like
_UNDER: Final = 0.1 + LABEL  # from its lower edge to the baseline of what stands there
_DOT: Final = 0.07  # radius
_REACH: Final = 0.4  # of its width: how far the tangent goes to both sides
_SEEN: Final = 0.04  # frame units: a flatter rise would lie hidden under its curve
_CLEAR: Final = 0.08  # from a dot to the leader under it
_BESIDE: Final = 0.12  # from its left edge to the losses there
_APART: Final = 0.12  # what stands at both ends
_NAME: Final = 0.12  # from the right end of its floor to the name of the weight


def secant(pen: Pen, weight: str) -> Part:
    """Return the loss over a weight with its largest nudge; its origin is the middle of its top.

    Its floor has the weight's name at its right end. Both ends of the nudge are dots, with the weight under them and
    the loss at the left, behind ≈ where what is shown of both does not leave their rise; that is a bar, and the
    gradient the slope of a line through the middle. Quantities and ranges are those of `Nudging`.
    """
    ends = [pen.readout(f"at_{side}_{weight}", height=LABEL) for side in _SIDES]
    sides = _SIDES if pen.quantities[f"rise_{weight}_0"].number else _SIDES[:1]  # what is level has one name
    leave = pen.formatter.subtracts(*(pen.quantities[f"{of}_{weight}_0"] for of in ("rise", "above", "below")))
    form_of: ReadoutForm = "equation" if leave else "about"
    losses = [pen.readout(f"{side}_{weight}_0", height=LABEL, form=form_of, align="right") for side in sides]
    aside = _BESIDE + max(room_of(each).across.least for each in losses)
    halves = [room_of(each).across.least / 2 for each in ends]
    across, upright = (Need(least / 2, least / 2, *(2 * ((wish - least) / 2,))) for least, wish in (_WIDE, _HIGH))
    low = _UNDER + room_of(ends[0]).upright.after
    named = pen.symbol(weight, height=LABEL, align="left")
    behind = _NAME + room_of(named).across.least
    across = across._replace(before=across.before + aside, after=across.after + behind)
    form = Form(across, Need(0.0, upright.least + low, 0.0, upright.wish - upright.least))

    def draw(place: Place, _: Mapping[str, Scale]) -> Sequence[Shown]:
        wide = min(2 * (place.left - aside), 2 * (place.right - behind), _WIDE[1])
        high = min(place.down - low, _HIGH[1])
        left, right, top, floor = place.x - wide / 2, place.x + wide / 2, place.y, place.y - high
        x_axis = pen.axis(f"nudge_{weight}_x", ((left, floor), (right, floor)))
        y_axis = pen.axis(f"nudge_{weight}_y", ((left, floor), (left, top)))
        under = _spread([float(x_axis.point(each.quantity.number)[0]) for each in ends], sum(halves) + _APART)
        for x, each in zip(under, ends, strict=True):
            each.at(x, floor - _UNDER)
        is_near = max(x + half for x, half in zip(under, halves, strict=True)) > right
        named.at(right + _NAME, floor - (0.0 if is_near else LABEL / 2))
        at = [float(y_axis.point(each.quantity.number)[1]) for each in losses]
        for y, each in zip(_spread((at[0], at[-1]), LABEL + _APART) if len(at) > 1 else at, losses, strict=True):
            each.at(left - _BESIDE, y - LABEL / 2)
        return [_floor(pen, x_axis), named, *ends, *losses, *_drawn(pen, weight, x_axis, y_axis, wide * _REACH)]

    return Part(f"secant {weight}", form, draw=draw)


def _spread(at: Sequence[float], apart: float) -> tuple[float, float]:
    """Return two places, moved away from one another until they are so far apart."""
    one, other = at
    by = max(0.0, apart - abs(other - one)) / 2 * (1.0 if other >= one else -1.0)
    return one - by, other + by


def _drawn(pen: Pen, weight: str, across: Axis, up: Axis, reach: float) -> list[Shown]:
    """Return leaders under both ends, the gradient, the curve, rise and run if seen, and dots, from below upward."""
    known, shade = pen.quantities, pen.theme.colour
    points = [(known[f"at_{side}_{weight}"], known[f"{side}_{weight}_0"]) for side in _SIDES]
    places = [(float(across.point(x.number)[0]), float(up.point(y.number)[1])) for x, y in points]
    lines = [leader(pen.theme, (x, y - _CLEAR), (x, across.start[1])) for x, y in places]
    lines += [leader(pen.theme, (across.start[0], y), (x - _CLEAR, y)) for x, y in places]
    slope, x, y = (as_source(known[name]) for name in (f"dL_d{weight}", weight, "L"))
    tangent = Tangent(slope, (x, across), (y, up), colour=shade("gradient"), half=reach)
    over, loss = (known[f"nudge_{weight}_{way}"] for way in "xy")
    curve = Curve(loss, up, over, across, colour=shade("loss"), stroke=CURVE * STROKES_PER_UNIT)
    end = Spot((points[1][0], across), (points[1][1], up))
    sides = known[f"rise_{weight}_0"], known[f"run_{weight}_0"]
    legs = Legs(*sides, spot=end, theme=pen.theme, colour=shade("loss"), beyond=0.0)
    seen = [legs] if abs(sides[0].number) * up.scale.per_unit >= _SEEN else []
    dots = [Dot(y, up, across=(x, across), colour=shade("loss"), radius=_DOT) for x, y in points]
    return [*lines, tangent, curve, *seen, *dots]


def _floor(pen: Pen, axis: Axis) -> Decor:
    line = rectangle(np.asarray(axis.start), np.asarray(axis.end), FINE)
    return Decor([Paint(pen.theme.colour("grid"))], [line])
