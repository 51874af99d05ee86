"""Paths over steps, and what they should come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from scenes.parts.measure import Scale
from scenes.parts.page import Place
from scenes.parts.theme import STROKES_PER_UNIT, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.step_plane import StepPlane

__all__ = ["AimedPlane"]

_AFTER: Final = 0.16  # from the line to its name
_THIN: Final = 0.02  # of the line


@dataclass
class AimedPlane(StepPlane):
    """Paths over steps with what is wanted as a line across, and its name at the end of the line."""

    @cached_property
    def _goal(self) -> Lettering:
        return self.pen.readout("target", height=VALUE, form="equation", align="left")

    @property
    def aside(self) -> float:
        """The name of the line."""
        return max(super().aside, _AFTER + self._goal.advance)

    def _draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        super()._draw(place, scales)
        line = self.pen.curve("aim", self.up, "aim_steps", self.across, stroke=_THIN * STROKES_PER_UNIT)
        y = float(line.y_axis.point(self.pen.quantities["target"].number)[1])
        self.aim = [line, self._goal.at(self.across.end[0] + _AFTER, y - VALUE / 2)]
        return [*self.frame, *self.aim, *self.filled]
