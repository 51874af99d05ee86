"""Quantities over the steps of learning, as a part of a page: paths that grow, and names at their ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from scenes.parts.measure import Scale
from scenes.parts.page import Form, Need, Place
from scenes.parts.page.near import apart
from scenes.parts.theme import LABEL
from scenes.parts.things.base import Shown, Source
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.letters import room_of
from scenes.parts.things.part import Part
from scenes.parts.things.path import HEAD, Path
from scenes.parts.things.pen import Pen
from scenes.parts.things.plane import GAP, Plane
from scenes.parts.things.plot import Dot
from scenes.parts.things.ruler import UNDER, ruled

__all__ = ["StepPlane", "clock"]

_HAND: Final = 0.065  # radius of the dot that says which step it is
_LINE: Final = 0.36  # from one line of names at the ends of paths to the next
_AFTER: Final = 0.2  # from the end of a path to its names
_BETWEEN: Final = 0.18  # of what stands on such a line


@dataclass
class StepPlane(Plane):
    """Paths over steps.

    Parameters
    ----------
    paths
        The quantities along the steps, and the numbers of the steps.
    step
        The step that all have come to, which a dot on the axis shows as well; none is the whole of them.
    ends
        What stands right of the end of each path, first the nearest.
    marks
        Places on the paths that matter, as pairs of quantities like the paths.
    """

    paths: Sequence[tuple[str, str]] = ()
    step: Source | None = None
    ends: Sequence[Sequence[Lettering]] = ()
    marks: Sequence[tuple[str, str]] = ()

    @property
    def aside(self) -> float:
        """The names at the ends."""
        return 2 * _AFTER + max((self._wide(line) for line in self.ends), default=0.0)

    def _wide(self, line: Sequence[Lettering]) -> float:
        return sum(room_of(piece).across.least + _BETWEEN for piece in line)

    def _draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        super()._draw(place, scales)
        known, theme = self.pen.quantities, self.pen.theme
        made = [Path(known[y], self.up, known[x], self.across, colour=theme.colour(known[y].row.role), until=self.step)
                for y, x in self.paths]  # fmt: skip
        hand = [Dot(self.step, self.across, colour=theme.colour("quiet"), radius=_HAND)] if self.step else []
        self.filled, self.marked = [*made, *hand], [self._dot(*pair) for pair in self.marks]
        self._place_ends()
        return [*self.frame, *self.filled, *self.marked, *(piece for line in self.ends for piece in line)]

    def _dot(self, y: str, x: str) -> Dot:
        known = self.pen.quantities
        colour = self.pen.theme.colour("ink")
        return Dot(known[y], self.up, across=(known[x], self.across), colour=colour, radius=HEAD)

    def _place_ends(self) -> None:
        """Stand each line of names beside the end of its path, as near as the others let it."""
        at = [float(self.up.point(self.pen.quantities[y].value[-1])[1]) for y, _ in self.paths]  # type: ignore[index]
        order = sorted(range(len(self.ends)), key=at.__getitem__)
        middle, half = (self.up.start[1] + self.up.end[1]) / 2, (self.up.end[1] - self.up.start[1]) / 2
        needs = [Need(LABEL / 2, LABEL / 2)] * len(order)
        places = apart([at[i] - middle for i in order], needs, _LINE - LABEL, half - LABEL)
        for i, y in zip(order, places, strict=True):
            x = self.across.end[0] + _AFTER
            for piece in self.ends[i]:
                room = room_of(piece)
                piece.at(x + room.across.before, middle + y - LABEL / 2)
                x += room.across.least + _BETWEEN


def clock(pen: Pen, key: str, step: Source, name: str, *, wide: tuple[float, float]) -> Part:
    """Return a number line of steps on which a dot says which step it is; ``name`` is the key of what is counted."""
    said = pen.words(name, height=LABEL, colour="quiet", align="left")
    after = said.advance + GAP

    def draw(place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        left, right = place.x - place.left + _AFTER, place.x + place.right - after
        axis = pen.axis(key, ((left, place.y), (right, place.y)))
        ruler, ticks = ruled(axis, pen.theme)
        hand = Dot(step, axis, colour=pen.theme.colour("quiet"), radius=_HAND)
        return [ruler, *ticks, said.at(right + GAP, place.y - LABEL / 2), hand]

    least, more = wide[0] / 2 + after, (wide[1] - wide[0]) / 2
    return Part(f"clock {key}", Form(Need(least, least, more, more), Need(0.1, UNDER + LABEL + 0.05)), draw=draw)
