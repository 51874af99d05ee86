"""A bar with its number and its name, and how what it measures follows: one of a line of bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from scenes.parts.measure import Scale
from scenes.parts.theme import DIM, DIM_LINE, LABEL, RING, THIN, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.letters import room_of
from scenes.parts.things.pen import Pen
from scenes.parts.things.readout import Readout
from scenes.parts.things.stave import Stave

__all__ = ["Bar", "Look", "Room"]

OVER: Final = 0.1
"""From a bar to the number over it."""

UNDER: Final = 0.13
"""From the baseline, and from what hangs under it, to its name."""

ASIDE: Final = 0.07
"""From a sign to what stands beside it."""

_STEP: Final = 0.28  # from one line of a sum beside a bar to the next


class Look(NamedTuple):
    """How high numbers are, how many lines names take, how wide bars are.

    And how near bars stand where the numbers of all lines are stacked; 0 where numbers ask for room beside one another.
    """

    high: float
    lines: int
    wide: float
    near: float = 0.0


class Room(NamedTuple):
    """The room of a bar: what stands beside it, each how far away, the next bar, its line's end, how high that goes."""

    beside: Mapping[Bar, float]
    pitch: float
    end: float
    up: float


class Bar:
    """A bar with its number over it or, where it hangs, under it, and under both what it is.

    Parameters
    ----------
    name
        What it measures.
    said
        What stands under it.
    follows
        How it follows: an equality sign, and two factors.
    leads
        Whether the next bar stands there at the same time.

    Attributes
    ----------
    halves
        How far its number reaches from its middle, by the height of its type.
    told
        What is drawn of how it follows.
    """

    def __init__(
        self, pen: Pen, name: str, said: Lettering, follows: Sequence[Lettering] = (), *, leads: bool = False
    ) -> None:
        self.pen, self.name, self.said, self.follows, self.leads = pen, name, said, follows, leads
        self.told: Sequence[Shown] = ()
        self.quantity = pen.quantities[name]
        self.written = {height: pen.readout(name, height=height) for height in (VALUE, LABEL)}
        self.halves = {height: max(room_of(written).across[:2]) for height, written in self.written.items()}

    def over(self, scale: float, high: float) -> float:
        """Return how far over its foot its number of some height stands: over a bar, under one that hangs."""
        tall = self.tall(scale)
        return tall - OVER - high if tall < 0.0 else OVER + tall

    def tall(self, scale: float) -> float:
        """Return how far over its foot it ends, or the ring of one that is exactly 0; below 0 where it hangs."""
        return scale * self.quantity.number or RING[0]

    def draw(self, scale: Scale, foot: tuple[float, float], over: float, under: float, look: Look) -> Sequence[Shown]:
        """Return the bar, its number so far over its foot, and what stands so far under it."""
        (x, y), pen = foot, self.pen
        colour = pen.colour_of(self.quantity)
        self.bar = Stave(self.quantity, scale, origin=foot, theme=pen.theme, colour=colour, width=look.wide)
        self.bar.keeps = DIM_LINE if 0.0 < abs(scale.length(self.quantity.number)) < THIN else DIM
        self.number: Readout = self.written[look.high].at(x, y + over)
        return self.bar, self.number, self.said.at(x, y - under)

    def draw_sum(self, scale: Scale, over: Mapping[Bar, float], look: Look, room: Room) -> Sequence[Shown]:
        """Return how it follows: over its number or, where there is no room, beside it; nothing if there is none.

        Parameters
        ----------
        over
            How far over its foot the number of each bar is.
        """
        sign, first, second = self.follows
        high, low = _STEP + LABEL, max(over[self] + look.high, 0.0) + UNDER
        lines: Sequence[Sequence[Lettering]] = (first,), (second, sign)
        starts = [-_wide(line) / 2 for line in lines]
        level = {bar: apart for bar, apart in room.beside.items() if over[bar] + look.high + OVER > low}
        near = min((apart - bar.halves[look.high] for bar, apart in level.items()), default=room.pitch)
        if low + high > room.up or -min(starts) > min(near, room.pitch) - ASIDE:
            low = max(scale.length(self.quantity.number) - high, OVER)
            half = self.halves[look.high] if low + high > over[self] else look.wide / 2
            lines, starts = ((sign, first), (second,)), [half + OVER] * 2
            if self.leads or low + high > room.up or max(map(_wide, lines)) + starts[0] > room.end:
                lines = ()
        x, y = float(self.bar.origin[0]), float(self.bar.origin[1]) + low + _STEP
        for i, (line, start) in enumerate(zip(lines, starts, strict=False)):
            _set(line, x + start, y - i * _STEP)
        self.told = [piece for line in lines for piece in line]
        return self.told

    @cached_property
    def wide(self) -> float:
        """How wide what stands under it is."""
        return room_of(self.said).across.least


def _wide(line: Sequence[Lettering]) -> float:
    """Return how wide pieces beside one another are."""
    return sum(room_of(piece).across.least + ASIDE for piece in line) - ASIDE


def _set(line: Sequence[Lettering], x: float, y: float) -> None:
    """Set pieces beside one another, from a place on."""
    for piece in line:
        across = room_of(piece).across
        piece.at(x + across.before, y)
        x += across.least + ASIDE
