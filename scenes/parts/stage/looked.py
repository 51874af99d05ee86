"""What has not changed since it was looked at is not looked at again: most things rest through many plays."""

from __future__ import annotations

from operator import eq, is_
from typing import Any, NamedTuple

from scenes.parts.stage.record import Sample
from scenes.parts.things.base import Shown

__all__ = ["Looked"]


class _State(NamedTuple):
    """All that it depends on whether a thing is true, and how it is read.

    Attributes
    ----------
    held
        What it is made of and what it follows: the same objects, which being held cannot give their place to others.
    drawn
        Outlines and paints, byte by byte, since those may be written over in place.
    """

    held: tuple[object, ...]
    drawn: tuple[object, ...]

    @classmethod
    def of(cls, shown: Shown) -> _State:
        return cls(_held(shown), tuple(map(_drawn, shown.submobjects)))

    def is_of(self, shown: Shown) -> bool:
        """Return whether a thing stands so now; most differ by what they hold, if at all, which is asked first."""
        held = _held(shown)
        same = len(self.held) == len(held) and all(map(is_, self.held, held))
        return same and all(map(eq, map(_drawn, shown.submobjects), self.drawn))


def _held(shown: Shown) -> tuple[object, ...]:
    return (*vars(shown).values(), *shown.submobjects, *shown.grounds())


def _drawn(piece: Any) -> tuple[object, ...]:
    points = piece.points
    painted = piece.tone, piece.stroke_width, piece.paint, piece.fill_rgbas.tobytes(), piece.stroke_rgbas.tobytes()
    return points.shape, points.tobytes(), *painted


class Looked:
    """How things stood when each was looked at last, at rest."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[_State, Sample]] = {}

    def recall(self, shown: Shown, frame: int) -> Sample | None:
        """Return the sample of a thing that stands as it stood then, as one of this frame; None of any other."""
        known = self._known.get(id(shown))
        if known is None or not known[0].is_of(shown):
            return None
        return Sample(frame, *known[1][1:])  # quicker than to replace it in there

    def remember(self, shown: Shown, sample: Sample) -> None:
        """Remember how a thing stands that is right, with its sample."""
        self._known[id(shown)] = _State.of(shown), sample
