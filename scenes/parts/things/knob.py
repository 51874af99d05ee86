"""The knob of a weight: a number line on which the weight stands, its gradient laid off from it, and its step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from scenes.parts.measure import Scale
from scenes.parts.page import Form, Need, Place
from scenes.parts.theme import LABEL, SHAFT, VALUE
from scenes.parts.things.base import Shown, Source
from scenes.parts.things.letters import room_of
from scenes.parts.things.number_line import FEW
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.ruler import UNDER, Ruler, spaced_ticks
from scenes.parts.things.stretch import Stretch
from scenes.parts.things.wire import leader

__all__ = ["knob"]

_DOT: Final = 0.1
_WIDE: Final = (3.4, 2.6, 1.9, 1.9, 1.4)  # of its line, in frame units: all knobs are as wide, and compared by eye
_RULED: Final = 3  # of these forms have numbers at their ticks
_BRIEF: Final = 4  # from this form on it says only the gradient's name
_END: Final = 0.2  # half of a tick's number at an end of the line
_NAME: Final = 0.12  # from the right end of the line to the name of what stands on it
_GRADIENT: Final = (0.6, 0.09)  # how far over the line, and how thick
_OVER: Final = _GRADIENT[0] + 0.2  # from the line to the gradient as a number
_STEP: Final = (0.3, 0.2)  # how far over the line, and how long its head is
_UNDER: Final = 0.16  # how far the line that marks where it was goes on under the number line


def knob(pen: Pen, weight: str, *, key: str, gradient: str, step: Source, now: Source) -> Part:
    """Return the knob of a weight: its origin is where the weight stands before the step.

    Parameters
    ----------
    weight
        Where it stands before the step.
    gradient
        Its gradient: a bar over the line, with its number.
    key
        The range, as the settings state it.
    step, now
        How far the weight has moved, an arrow, and where it stands, a dot: as a sweep moves them.
    """
    low, high = pen.clip.ranges()[key]
    at = (pen.quantities[weight].number - low) / (high - low)
    name, short = pen.readout(gradient, height=VALUE, form="equation"), pen.symbol(gradient, height=VALUE)
    named = pen.symbol(weight, height=LABEL, align="left")
    half, least = (room_of(each).across.least / 2 for each in (name, short))
    behind = max(_END, _NAME + room_of(named).across.least)

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
        line = [Ruler(axis, theme=theme, most=most), *(labels if ruled else [])]
        line.append(named.at(left + wide + _NAME, place.y - LABEL / 2))
        return *line, mark, titled, bar, arrow, pen.dot(now, axis, radius=_DOT)

    up = _OVER + room_of(name).upright.before
    forms = []
    for i, wide in enumerate(_WIDE):
        under, text = (UNDER + LABEL if i < _RULED else _UNDER), (least if i >= _BRIEF else half)
        across = Need(max(at * wide + _END, text), max((1.0 - at) * wide + behind, text))
        forms.append(Form(across, Need(up, under)))
    return Part(f"knob {weight}", *forms, draw=draw, like="knobs")
