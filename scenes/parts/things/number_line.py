"""The number line of an answer as a part of a page: ticks, the target's mark, the value's dot, half squared errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from scenes.parts.errors import StageError
from scenes.parts.measure import Axis, Scale
from scenes.parts.page import Form, Need, Place
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import LABEL, VALUE
from scenes.parts.things.base import Shown, Source
from scenes.parts.things.half_square import HalfSquare
from scenes.parts.things.lettering import Align, Lettering
from scenes.parts.things.letters import room_of
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.ruler import MOST, UNDER, Mark, Ruler, spaced_ticks
from scenes.parts.things.stretch import Stretch

__all__ = ["FEW", "NAMES", "NEARER", "RULED", "WIDE", "number_line"]

_DOT: Final = 0.085  # radius
NAMES: Final = UNDER + LABEL + 0.22 + VALUE  # from the line to the baseline of the names
NEARER: Final = UNDER + VALUE  # where there is no room for the numbers of its ticks
RULED: Final = "ruled"  # lines on one page have numbers at their ticks, all or none
_APART: Final = 0.25  # between two names
_NEXT: Final = 0.12  # what stands under a leg and the number of a tick
_BESIDE: Final = 0.2  # from the target to the words that name the area, on its free side
_WORDS_UP: Final = 0.35  # of those over the line
_LINES: Final = (0.4, 0.4, 0.34)  # from one to the next, in each form
_NARROWER: Final = 0.9  # of its least width, in the last form
WIDE: Final = (2.4, 4.0)  # frame units: at least, and as it would like
FEW: Final = 3  # ticks of a short line
_OVER: Final = 0.6  # what the mark, and the words beside it, reach upward
_MISS: Final = (0.34, 0.09)  # how far over the line, and how thick
_END: Final = 0.2  # half of a tick's number at an end of the line


@dataclass(frozen=True)
class _Reach:
    """How far something reaches to both sides of a place, which lies a share of the line from its low end."""

    share: float
    left: float
    right: float


def number_line(
    pen: Pen,
    key: str,
    value: str,
    target: str,
    *,
    source: Source | None = None,
    square: tuple[str | Quantity | Source, str | Quantity | Source] | None = None,
    miss: str | Source | None = None,
    loss: str = "",
    area: str = "",
    beside: Sequence[str] = (),
    upright: str = "",
    wide: tuple[float, float] = WIDE,
    called: str = "",
) -> Part:
    """Return the number line of a value with its target: its origin is where the value stands, at rest.

    Parameters
    ----------
    key
        The range, as the settings state it.
    value, target
        Quantities; a dot and a bold mark, each with its name: the symbol, and symbol = number.
    source
        The value as a sweep moves it; its dot then goes without its name.
    square
        Half the squared error and its slope: they stand on the line as an area.
    miss
        How far the value is beyond the target: a bar over the line, where the loss is no area.
    loss
        The loss, where it is that without its sign: a bar over the other one, as long and never hollow.
    area
        Key of the words that name the area.
    beside
        Miss and loss, written out: the loss on the other side of the value with the words of its area, ≈ where what is
        shown of one does not give what is shown of the other; the miss over it or, where there is room between value
        and target, under the leg of the area, in place of the numbers of the ticks. Beside a bar the miss is lower.
    upright
        How long the miss is, written at the upright leg of the area, on the free side of the target, and under the
        other leg where there is no room for the miss as an equation.

    Raises
    ------
    StageError
        If value or target lie outside the range.
    """
    low, high = pen.clip.ranges()[key]
    at, wanted = ((pen.quantities[name].number - low) / (high - low) for name in (value, target))
    if not (0.0 <= at <= 1.0 and 0.0 <= wanted <= 1.0):
        raise StageError(f"line of {value}: {value} and {target} lie inside {key}, {low!r} to {high!r}")
    names: list[Lettering] = [pen.readout(target, height=VALUE, form="equation")]
    names += [] if source else [pen.symbol(value, height=VALUE)]
    side = 1.0 if at <= wanted else -1.0
    said = _said(pen, area, beside, side)[:: -1 if miss else 1]
    bases = _bases(pen, beside[0], upright) if beside and square else []
    reaches = _reaches(at, wanted, -side if beside else side, names, said)
    leg = pen.readout(upright, height=VALUE, align="left" if side > 0 else "right") if upright and square else None
    if leg:
        wide_of_leg = _BESIDE + room_of(leg).across.least
        reaches.append(_Reach(wanted, 0.0, wide_of_leg) if side > 0 else _Reach(wanted, wide_of_leg, 0.0))
    rise = _miss(pen, square[1]) / (high - low) if square else 0.0  # as a share of the line
    wides = [wide, wide, (_NARROWER * wide[0], wide[1])][: 3 if len(said) > 1 else 2]
    overs = [max(_OVER, _WORDS_UP + len(said) * line) for line in _LINES]

    def draw(place: Place, scales: Mapping[str, Scale]) -> tuple[Shown, ...]:
        width = _width(place, at, reaches, rise, wides[place.form])
        start = place.x - at * width
        axis = pen.axis(key, ((start, place.y), (start + width, place.y)))
        goal, start_of = pen.quantities[target], pen.quantities[value if side > 0 else target]  # of what is never minus
        shown: list[Shown] = []
        if square:
            half, off = (pen.source(each) for each in square)
            shown.append(HalfSquare(half, off, target=goal, axis=axis, theme=pen.theme))
        bars: list[tuple[str | Source, Quantity]] = [(miss, goal)] if miss else []
        bars += [(loss, start_of)] if loss else []
        for i, (long, begins) in enumerate(bars):
            lift, thick = _MISS if not beside else (_WORDS_UP + i * _LINES[place.form] + VALUE / 2, _MISS[1])
            how: dict[str, Any] = {"lift": lift, "thick": thick, "colour": pen.theme.colour("loss")}
            shown.append(Stretch(pen.source(long), start=begins, axis=axis, theme=pen.theme, **how))
        ticked, few = spaced_ticks(axis, pen.theme, MOST)
        labels = [label for label in ticked if label.value != goal.number]  # the target says its own number
        shown.append(Ruler(axis, theme=pen.theme, most=few))
        shown.append(Mark(goal, axis, theme=pen.theme, colour=pen.theme.colour("ink")))
        shown.append(pen.dot(source or value, axis, radius=_DOT))
        under = place.y - (NAMES if place.form == 0 else NEARER)
        _name(names, axis, [goal.number, pen.quantities[value].number], under)
        labels = [label for label in labels if all(_stand_apart(label, name) for name in names)]  # else they seem one
        lines, leg_of = said, abs(wanted - at) * width if place.form == 0 else 0.0
        for base in [each for each in bases if room_of(each).across.least <= leg_of][:1]:
            shown.append(base.at(start + (at + wanted) / 2 * width, place.y - UNDER - VALUE))
            lines = said[1:] if base is bases[0] else said
            labels = [label for label in labels if _stand_apart(label, base)]
        for i, text in enumerate(lines):
            text.at(
                start + (at * width - side * _BESIDE if beside else wanted * width + side * _BESIDE),
                place.y + _WORDS_UP + (len(lines) - 1 - i) * _LINES[place.form],
            )
        legs = [leg.at(start + wanted * width + side * _BESIDE, place.y + rise * width / 2)] if leg else []
        return (*shown, *(labels if place.form == 0 else ()), *names, *lines, *legs)

    down = max(room_of(name).upright.after for name in names)

    def form(under: float, over: float, wide: tuple[float, float]) -> Form:
        (a, b), (c, d) = (_sides(at, reaches, width) for width in wide)
        up, more = (max(over, rise * width) for width in wide)
        across = Need(a, b, max(0.0, c - a), max(0.0, d - b))
        return Form(across, Need(up, down + under, more - up, 0.0))

    forms = (form(*each) for each in zip((NAMES, NEARER, NEARER), overs, wides, strict=False))
    return Part(called or f"line of {value}", *forms, draw=draw, like=RULED)


def _bases(pen: Pen, miss: str, size: str) -> list[Lettering]:
    """Return what may stand under the leg of an area, the richest first."""
    return [pen.readout(miss, height=VALUE, form="equation"), pen.readout(size or miss, height=VALUE)]


def _miss(pen: Pen, source: str | Quantity | Source) -> float:
    found = pen.source(source)
    return abs((found if isinstance(found, Quantity) else found.now).number)


def _said(pen: Pen, area: str, beside: Sequence[str], side: float) -> list[Lettering]:
    """Return what stands beside the area, from above: how far the answer misses, the words of the area, the loss."""
    align: Align = "left" if (side > 0) != bool(beside) else "right"
    words = [pen.words(area, colour="loss", align=align, height=LABEL)] if area else []
    if not beside:
        return list(words)
    miss, loss = beside
    how: dict[str, Any] = {"height": VALUE, "align": align}
    said, form = pen.readout(miss, form="equation", **how), pen.equals(loss, miss, miss, over=2)
    return [said, *words, pen.readout(loss, form=form if words else "equation", **how)]


def _stand_apart(one: Lettering, other: Lettering) -> bool:
    """Return whether two texts on a line stand apart."""
    (left, right), (low, high) = (
        (float(ink.min()), float(ink.max()))
        for ink in (np.concatenate([piece.points[:, 0] for piece in text.submobjects]) for text in (one, other))
    )
    return right + _NEXT <= low or high + _NEXT <= left


def _reaches(at: float, wanted: float, side: float, names: list[Lettering], said: list[Lettering]) -> list[_Reach]:
    """Return how far all that stands on the line, or under it, reaches; a name may have to make room for the other."""
    found = [_Reach(0.0, _END, _END), _Reach(1.0, _END, _END)]
    rooms = [room_of(name).across for name in names]
    shift = (sum(room.least for room in rooms) + _APART) / 4 if len(rooms) > 1 else 0.0
    found += [
        _Reach(share, room.before + shift, room.after + shift) for share, room in zip((wanted, at), rooms, strict=False)
    ]
    if said:
        wide = _BESIDE + max(room_of(each).across.least for each in said)
        share = max(at, wanted) if side > 0 else min(at, wanted)
        found.append(_Reach(share, 0.0, wide) if side > 0 else _Reach(share, wide, 0.0))
    return found


def _sides(at: float, reaches: list[_Reach], width: float) -> tuple[float, float]:
    """Return how far a line so wide reaches to the left and to the right of the value."""
    return (
        max((at - one.share) * width + one.left for one in reaches),
        max((one.share - at) * width + one.right for one in reaches),
    )


def _width(place: Place, at: float, reaches: list[_Reach], rise: float, wide: tuple[float, float]) -> float:
    """Return the width of the widest line that the place has room for."""
    most = [wide[1]]
    most += [(place.left - one.left) / (at - one.share) for one in reaches if one.share < at]
    most += [(place.right - one.right) / (one.share - at) for one in reaches if one.share > at]
    most += [place.up / rise] if rise * wide[1] > _OVER else []
    return max(wide[0], min(most))


def _name(names: list[Lettering], axis: Axis, values: list[float], line: float) -> None:
    """Place names under what they name, on a line, as near as they may stand to one another."""
    wanted = sorted(zip((float(axis.point(v)[0]) for v in values), names, strict=False), key=lambda pair: pair[0])
    at = [x for x, _ in wanted]
    rooms = [room_of(name).across for _, name in wanted]
    if len(at) == 2:
        close = max(0.0, rooms[0].after + _APART + rooms[1].before - (at[1] - at[0]))
        at = [at[0] - close / 2, at[1] + close / 2]
    for x, (_, name) in zip(at, wanted, strict=True):
        name.at(x, line)
