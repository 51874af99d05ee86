"""A path over steps, what it should come to, and how far off it ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from scenes.parts.measure import Scale
from scenes.parts.page import Place
from scenes.parts.theme import LABEL, STROKES_PER_UNIT, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.readout import Readout
from scenes.parts.things.step_plane import StepPlane

__all__ = ["AimedPlane"]

_AFTER: Final = 0.16  # from the line to its name
_THIN, _BAR = 0.02, 0.08  # of the line, and of the gap
_LINE: Final = 0.38  # from one name to the next


@dataclass
class AimedPlane(StepPlane):
    """A path over steps with what is wanted as a line across, and at its end how far off the path ends.

    Parameters
    ----------
    gap
        The line from where the path ends to what is wanted: two quantities, like those of a path.
    off
        How far that is, in letters.
    room
        So much room is kept for what stands right of it, at least: what stands side by side is equally wide.
    """

    gap: tuple[str, str] = ("", "")
    off: Readout | None = None
    room: float = 0.0

    @cached_property
    def _goal(self) -> Lettering:
        return self.pen.readout("target", height=VALUE, form="equation", align="left")

    @property
    def aside(self) -> float:
        """The name of the line, and how far off the path ends."""
        return max(super().aside, self.room, *(_AFTER + each.advance for each in (self._goal, self.off) if each))

    def _draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        super()._draw(place, scales)
        line = self.pen.curve("aim", self.up, "aim_steps", self.across, stroke=_THIN * STROKES_PER_UNIT)
        x, y = self.across.end[0] + _AFTER, float(line.y_axis.point(self.pen.quantities["target"].number)[1])
        self.aim = [line, self._goal.at(x, y - VALUE / 2)]
        self.missed = self._missed(x, y)
        return [*self.frame, *self.aim, *self.missed, *self.filled]

    def _missed(self, x: float, y: float) -> list[Shown]:
        """Return the gap, and how large it is: on its side of the name of the line."""
        if not self.off:
            return []
        (path, at), side = self.gap, -1.0 if self.off.source.now.number < 0.0 else 1.0
        gap = self.pen.curve(path, self.up, at, self.across, stroke=_BAR * STROKES_PER_UNIT)
        return [gap, self.off.at(x, y + side * _LINE - LABEL / 2)]
