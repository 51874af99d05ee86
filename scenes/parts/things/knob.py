"""The knob of a weight: a number line on which the weight stands, its gradient laid off from it, and its step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from scenes.parts.measure import Scale
from scenes.parts.page import Form, Need, Place
from scenes.parts.theme import SHAFT, VALUE
from scenes.parts.things.base import Shown, Source
from scenes.parts.things.letters import room_of
from scenes.parts.things.number_line import FEW, NAMES, NEARER
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.ruler import Ruler, spaced_ticks
from scenes.parts.things.stretch import Stretch
from scenes.parts.things.wire import leader

__all__ = ["knob"]

_DOT: Final = 0.1
_WIDE: Final = (3.4, 2.6, 1.9, 1.9, 1.4)  # of its line, in frame units: all knobs are as wide, and compared by eye
_RULED: Final = 3  # of these forms have numbers at their ticks
_BRIEF: Final = 4  # from this form on it says only where it stands now, and the gradient's name
_AROUND: Final = 0.1  # on both sides of the arrow between two numbers
_END: Final = 0.2  # half of a tick's number at an end of the line
_GRADIENT: Final = (0.6, 0.09)  # how far over the line, and how thick
_OVER: Final = _GRADIENT[0] + 0.2  # from the line to the gradient as a number
_STEP: Final = (0.3, 0.2)  # how far over the line, and how long its head is
_UNDER: Final = 0.16  # how far the line that marks where it was goes on under the number line


def knob(pen: Pen, weight: str, *, key: str, after: str, gradient: str, step: Source, now: Source) -> Part:
    """Return the knob of a weight: its origin is where the weight stands before the step.

    Parameters
    ----------
    weight, after
        Quantities: where the weight stands before the step, and after it.
    gradient
        Its gradient: a bar over the line, with its number.
    key
        The range, as the settings state it.
    step, now
        How far the weight has moved, an arrow, and where it stands, a dot and a number: as a sweep moves them. Of a
        weight that does not move the number is at rest.
    """
    low, high = pen.clip.ranges()[key]
    at = (pen.quantities[weight].number - low) / (high - low)
    name, said = pen.readout(gradient, height=VALUE, form="equation"), pen.live_readout(now, height=VALUE)
    stays = pen.quantities[weight].number == pen.quantities[after].number
    sides = [said.sides_of(pen.quantities[each].number) for each in (weight, after)]
    before, behind = (max(side) for side in zip(*sides, strict=True))
    old, to = pen.readout(weight, height=VALUE, align="right"), pen.sign("arrow.r", height=VALUE)
    gone, way = room_of(old).across.least, room_of(to).across.least + 2 * _AROUND
    half = max((gone + way + before + behind) / 2, room_of(name).across.least / 2)
    short = pen.symbol(gradient, height=VALUE)
    least = max((before + behind) / 2, gone / 2, room_of(short).across.least / 2)

    def draw(place: Place, scales: Mapping[str, Scale]) -> tuple[Shown, ...]:
        wide, ruled, brief = _WIDE[place.form], place.form < _RULED, place.form >= _BRIEF
        left, theme = place.x - at * wide, pen.theme
        axis = pen.axis(key, ((left, place.y), (left + wide, place.y)))
        begin, grown = (pen.quantities[each] for each in (weight, gradient))
        labels, most = spaced_ticks(axis, theme, FEW)
        ink, (lift, thick) = theme.colour("gradient"), _GRADIENT
        bar = Stretch(grown, start=begin, axis=axis, lift=lift, thick=thick, theme=theme, colour=ink)
        mark = leader(theme, (place.x, place.y - _UNDER), (place.x, place.y + lift))
        ink, (lift, head) = theme.colour("ink"), _STEP
        arrow = Stretch(step, start=begin, axis=axis, lift=lift, thick=SHAFT, head=head, theme=theme, colour=ink)
        titled = (short if brief else name).at(place.x, place.y + _OVER)
        low, start = place.y - (NAMES if ruled else NEARER), place.x - (gone + way + before + behind) / 2
        told: list[Shown] = [old.at(place.x + gone / 2, low)]
        if brief and not stays:
            told = [said.at(place.x + (before - behind) / 2, low)]
        elif not stays:
            told = [old.at(start + gone, low), to.at(start + gone + way / 2, low)]
            told.append(said.at(start + gone + way + before, low))
        line = [Ruler(axis, theme=theme, most=most), *(labels if ruled else [])]
        return *line, mark, *told, titled, bar, arrow, pen.dot(now, axis, radius=_DOT)

    up, down = _OVER + room_of(name).upright.before, room_of(said).upright.after
    forms = []
    for i, wide in enumerate(_WIDE):
        under, text = (NAMES if i < _RULED else NEARER), (least if i >= _BRIEF else half)
        across = Need(max(at * wide + _END, text), max((1.0 - at) * wide + _END, text))
        forms.append(Form(across, Need(up, down + under)))
    return Part(f"knob {weight}", *forms, draw=draw, like="knobs")
