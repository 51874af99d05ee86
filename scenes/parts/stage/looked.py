"""What has not changed since it was looked at is not looked at again: most things rest through many plays."""

from __future__ import annotations

from operator import is_
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
        held = (*vars(shown).values(), *shown.submobjects, *shown.grounds())
        return cls(held, tuple([_drawn(piece) for piece in shown.submobjects]))

    def is_still(self, other: _State) -> bool:
        same = len(self.held) == len(other.held) and all(map(is_, self.held, other.held))
        return same and self.drawn == other.drawn


def _drawn(piece: Any) -> tuple[object, ...]:
    outline, painted = (piece.points.shape, piece.points.tobytes()), (piece.tone, piece.stroke_width, piece.paint)
    return *outline, *painted, piece.fill_rgbas.tobytes(), piece.stroke_rgbas.tobytes()


class Looked:
    """How things stood when each was looked at last, at rest."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[_State, Sample]] = {}

    def recall(self, shown: Shown, frame: int) -> Sample | None:
        """Return the sample of a thing that stands as it stood then, as one of this frame; None of any other."""
        known = self._known.get(id(shown))
        if known is None or not known[0].is_still(_State.of(shown)):
            return None
        return Sample(frame, *known[1][1:])  # quicker than to replace it in there

    def remember(self, shown: Shown, sample: Sample) -> None:
        """Remember how a thing stands that is right, with its sample."""
        self._known[id(shown)] = _State.of(shown), sample
