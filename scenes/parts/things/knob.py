"""The knob of a weight: a number line on which the weight stands, its gradient laid off from it, and its step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from scenes.parts.measure import Scale
from scenes.parts.page import Form, Need, Place
from scenes.parts.theme import LABEL, SHAFT, VALUE
from scenes.parts.things.base import Shown, Source
from scenes.parts.things.letters import room_of
from scenes.parts.things.number_line import FEW, spaced_ticks
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.ruler import UNDER, Ruler
from scenes.parts.things.stretch import Stretch
from scenes.parts.things.wire import leader

__all__ = ["knob"]

_DOT: Final = 0.1
_WIDE: Final = (1.5, 2.4)  # frame units
_END: Final = 0.2  # half of a tick's number at an end of the line
_GRADIENT: Final = (0.6, 0.09)  # how far over the line, and how thick
_OVER: Final = _GRADIENT[0] + 0.24  # from the line to the name of the gradient
_STEP: Final = (0.3, 0.2)  # how far over the line, and how long its head is
_UNDER: Final = 0.16  # how far the line that marks where it was goes on under the number line
_NUMBER: Final = UNDER + LABEL + 0.22 + VALUE  # from the line to the number under it


def knob(pen: Pen, weight: str, *, key: str, after: str, gradient: str, step: Source, now: Source) -> Part:
    """Return the knob of a weight: its origin is where the weight stands before the step.

    Parameters
    ----------
    weight, after
        Quantities: where the weight stands before the step, and after it.
    gradient
        Its gradient: a bar over the line, with its name.
    key
        The range, as the settings state it.
    step, now
        How far the weight has moved, an arrow, and where it stands, a dot and a number: as a sweep moves them.
    """
    low, high = pen.clip.ranges()[key]
    at = (pen.quantities[weight].number - low) / (high - low)
    name, said = pen.symbol(gradient, height=LABEL), pen.live_readout(now, height=VALUE)
    sides = [said.sides_of(pen.quantities[each].number) for each in (weight, after)]
    before, behind = (max(side) for side in zip(*sides, strict=True))
    half = max((before + behind) / 2, room_of(name).across.least / 2)

    def draw(place: Place, scales: Mapping[str, Scale]) -> tuple[Shown, ...]:
        width = min([_WIDE[1], *_most(place.left, at), *_most(place.right, 1.0 - at)])
        left, theme = place.x - at * width, pen.theme
        axis = pen.axis(key, ((left, place.y), (left + width, place.y)))
        begin, grown = (pen.quantities[each] for each in (weight, gradient))
        labels, most = spaced_ticks(axis, theme, FEW)
        ink, (lift, thick) = theme.colour("gradient"), _GRADIENT
        bar = Stretch(grown, start=begin, axis=axis, lift=lift, thick=thick, theme=theme, colour=ink)
        was = leader(theme, (place.x, place.y - _UNDER), (place.x, place.y + lift))
        ink, (lift, head) = theme.colour("ink"), _STEP
        arrow = Stretch(step, start=begin, axis=axis, lift=lift, thick=SHAFT, head=head, theme=theme, colour=ink)
        name.at(place.x + axis.scale.per_unit * grown.number / 2, place.y + _OVER)
        said.at(place.x + (before - behind) / 2, place.y - _NUMBER)
        return (
            Ruler(axis, theme=theme, most=most),
            *labels,
            was,
            name,
            bar,
            arrow,
            pen.dot(now, axis, radius=_DOT),
            said,
        )

    (a, b), (c, d) = ((at * width + _END, (1.0 - at) * width + _END) for width in _WIDE)
    across = Need(max(a, half), max(b, half), max(0.0, c - max(a, half)), max(0.0, d - max(b, half)))
    up, down = _OVER + room_of(name).upright.before, _NUMBER + room_of(said).upright.after
    return Part(f"knob {weight}", Form(across, Need(up, down)), draw=draw)


def _most(room: float, share: float) -> list[float]:
    """Return how wide a line may be of which a share lies on the side of so much room."""
    return [(room - _END) / share] if share > 0.0 else []
