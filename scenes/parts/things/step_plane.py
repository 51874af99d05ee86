"""Quantities over the steps of learning, as a part of a page: paths that grow, and names at their ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Final, NamedTuple

import numpy as np

from scenes.parts.measure import Scale
from scenes.parts.page import Form, Need, Place, Region
from scenes.parts.page.labels import Label, place_labels
from scenes.parts.page.near import apart
from scenes.parts.recipe.quantity import Role
from scenes.parts.theme import LABEL, VALUE
from scenes.parts.things.base import Shown, Source
from scenes.parts.things.decor import Decor
from scenes.parts.things.lettering import Lettering, Symbol
from scenes.parts.things.letters import room_of
from scenes.parts.things.part import Part
from scenes.parts.things.path import HEAD, STROKE, Path
from scenes.parts.things.pen import Pen
from scenes.parts.things.plane import GAP, OVER, Plane
from scenes.parts.things.plot import Dot
from scenes.parts.things.ruler import UNDER, ruled
from scenes.parts.things.wire import leader

__all__ = ["StepPlane", "clock"]

_HAND: Final = 0.065  # radius of the dot that says which step it is
_LINE: Final = 0.36  # from one line of names at the ends of paths to the next
_AFTER: Final = 0.2  # from the end of a path to its names
_BETWEEN: Final = 0.18  # of what stands on such a line
_UNDER: Final = 0.06  # from a line over a mark to its leader
_HEADING: Final = 0.4  # from a number over a mark to what stands over it
_FROM: Final = tuple(i / 40 for i in range(1, 40))  # of its axis: where a row over marks may begin, or end
_BESIDE: Final = ("below right", "below left", "above left", "above right", "above", "right", "left")
_SHARES: Final = tuple(i / 12 for i in range(13))  # of a straight piece of a path
_CLEAR: Final = 0.1  # round a path
_NEAR: Final = (0.09, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)  # from a mark to what is told: the first with which there is room


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
    mark
        The colour of the dots there.
    tells
        What stands at each of them, clear of the paths, where there is room for it.
    over
        A line at each of them, all as near as the paths let them, and no higher than the axis's name: of each the last
        piece is the nearest; ``plumbs`` lead to the marks.
    looks
        How each path is drawn: with how much of its colour, and how wide; none is all of it, and the usual width.
    """

    paths: Sequence[tuple[str, str]] = ()
    step: Source | None = None
    ends: Sequence[Sequence[Lettering]] = ()
    marks: Sequence[tuple[str, str]] = ()
    mark: Role = "ink"
    tells: Sequence[Sequence[Lettering]] = ()
    over: Sequence[Sequence[Lettering]] = ()
    looks: Sequence[tuple[float, float]] = ()

    @property
    def wide_over(self) -> list[float]:
        """That of a plane, and the lines over its marks."""
        over = [self._wide(line) for line in self.over]
        return [*super().wide_over, *([self._name(self.names[1]).advance + _AFTER] if over else []), *over]

    @property
    def aside(self) -> float:
        """The names at the ends."""
        return 2 * _AFTER + max((self._wide(line) for line in self.ends), default=0.0)

    def _wide(self, line: Sequence[Lettering]) -> float:
        return sum(room_of(piece).across.least + _BETWEEN for piece in line)

    def _draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        super()._draw(place, scales)
        looks = self.looks or [(1.0, STROKE)] * len(self.paths)
        self._ways = [self._path(*pair, *look) for pair, look in zip(self.paths, looks, strict=True)]
        quiet = self.pen.theme.colour("quiet")
        hand = [Dot(self.step, self.across, colour=quiet, radius=_HAND)] if self.step else []
        self.filled: list[Shown] = [*self._ways, *hand]
        self.marked = [self._dot(*pair) for pair in self.marks]
        self._place_ends()
        self._taken = [*self._busy()]
        self._place_over()
        self.told = self._place_tells()
        ends = (piece for line in (*self.over, *self.ends) for piece in line)
        return [*self.frame, *self.plumbs, *self.filled, *self.marked, *self.told, *ends]

    def _path(self, y: str, x: str, share: float, stroke: float) -> Path:
        known, theme = self.pen.quantities, self.pen.theme
        colour = theme.mixed(theme.colour(known[y].row.role), share)
        return Path(known[y], self.up, known[x], self.across, colour=colour, until=self.step, stroke=stroke)

    def _place_over(self) -> None:
        """Stand each line at its mark and lead to it: as near as it goes in the plane, or over it, as high as its name.

        In the plane what is before the last piece of a line stands over that one; lines of one piece may stand under
        their marks.
        """
        self.plumbs = list[Decor]()
        if not self.over:
            return
        left, right, top = float(self.across.start[0]), float(self.across.end[0]), float(self.up.end[1])
        cuts = [left + (right - left) * share for share in _FROM]
        spans, numbers = [*((cut, right) for cut in cuts), *((left, cut) for cut in cuts)], [p[-1:] for p in self.over]
        ways = (False, True) if all(len(line) == 1 for line in self.over) else (False,)
        inner = (self._row(*span, numbers, under) for span, under in product(spans, ways))
        rows = [row for row in inner if self._heading(row) <= top - _UNDER and left < row.lefts[0] < row.right <= right]
        name = max(float(piece.get_right()[0]) for piece in self.frame if isinstance(piece, Symbol)) + _AFTER
        row = min(rows, key=lambda row: row.far, default=self._row(name, right, self.over))
        y = row.y if rows else min(top + OVER, row.y)
        for line, x, (at, foot, _) in zip(self.over, row.lefts, (dot.place for dot in self.marked), strict=True):
            if rows:
                _set(line[:-1], x, y + _HEADING)
            _set(line[-1:] if rows else line, x, y)
            to = float(line[-1].get_center()[0])
            end = y + VALUE + _UNDER if y < foot else y - _UNDER
            self.plumbs.append(leader(self.pen.theme, (float(at), float(foot)), (to, end)))

    def _row(self, left: float, right: float, lines: Sequence[Sequence[Lettering]], under: bool = False) -> _Row:
        """Return a row of lines over or under the marks, between two places if it has room: as near as it goes."""
        marks = [dot.place for dot in self.marked]
        middle, half = (left + right) / 2, (right - left) / 2
        ends = [room_of(line[-1]).across for line in lines]
        wide = [self._wide(line) - _BETWEEN for line in lines]
        needs = [Need(w - end.after, end.after + _BETWEEN) for w, end in zip(wide, ends, strict=True)]
        places = [middle + x for x in apart([float(at) - middle for at, _, _ in marks], needs, 0.0, half)]
        lefts = [x - need.before for x, need in zip(places, needs, strict=True)]
        right = places[-1] + needs[-1].after - _BETWEEN
        boxes = [box for box in self._taken if lefts[0] < box.right and box.left < right]
        low = max(room_of(piece).upright.after for line in self.over for piece in line)
        y = min(box.bottom for box in boxes) - VALUE - low if under else max(box.top for box in boxes) + low
        far = sum(float(np.hypot(x - at, y - high)) for x, (at, high, _) in zip(places, marks, strict=True))
        return _Row(lefts, right, y, far)

    def _heading(self, row: _Row) -> float:
        """Return how high a row reaches in the plane, with what stands over its numbers; infinitely if it may not."""
        reach = row.y + VALUE if row.y > self.up.start[1] + _CLEAR else np.inf
        for line, left in zip(self.over, row.lefts, strict=True):
            if line[:-1]:
                reach = row.y + _HEADING + VALUE
                right = left + self._wide(line[:-1])
                busy = (box for box in self._taken if left < box.right and box.left < right)
                if any(row.y < box.top and box.bottom < reach for box in busy):
                    return np.inf
        return reach

    def _place_tells(self) -> list[Lettering]:
        """Stand what is told beside its mark, where no path runs and nothing else is told; return what has room."""
        lines = {str(i): line for i, line in enumerate(self.tells)}
        (left, low, _), (right, _, _), (_, top, _) = self.across.start, self.across.end, self.up.end
        room = Region(left, low, right, top)
        ways = product((True, False), _NEAR)  # right under a mark, however far, rather than beside it
        tried = (place_labels([self._label(i, *way) for i in range(len(lines))], self._taken, room) for way in ways)
        places = next(filter(None, tried), {})
        for name, place in places.items():
            at = place.x
            for piece in lines[name]:
                piece.at(at + room_of(piece).across.before, place.y)
                at += room_of(piece).across.least + _BETWEEN
        return [piece for name in places for piece in lines[name]]

    def _label(self, i: int, under: bool, by: float) -> Label:
        x, y, _ = map(float, self.marked[i].place)
        form, sides = _line_form(self.tells[i]), ("below",) if under else _BESIDE
        return Label(str(i), x + under * (form.across.least / 2 - HEAD), y, (form,), sides, HEAD + by)

    def _busy(self) -> Iterator[Region]:
        """Yield boxes that all paths, marks and lines at 0 lie in."""
        yield from self.busy_zeros()
        for path in self._ways:
            corners = path.corners
            for start, end in pairwise(corners):
                for share in _SHARES:
                    x, y, _ = start + (end - start) * share
                    yield Region(x - _CLEAR, y - _CLEAR, x + _CLEAR, y + _CLEAR)
        for dot in self.marked:
            x, y, _ = dot.place
            yield Region(x - HEAD, y - HEAD, x + HEAD, y + HEAD)

    def _dot(self, y: str, x: str) -> Dot:
        known = self.pen.quantities
        colour = self.pen.theme.colour(self.mark)
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


class _Row(NamedTuple):
    """Lines over marks: where each begins, where the last ends, how high they stand, how far from the marks in all."""

    lefts: Sequence[float]
    right: float
    y: float
    far: float


def _set(line: Sequence[Lettering], left: float, y: float) -> None:
    """Set pieces beside one another on a line from a place on."""
    for piece in line:
        across = room_of(piece).across
        piece.at(left + across.before, y)
        left += across.least + _BETWEEN


def _line_form(line: Sequence[Lettering]) -> Form:
    """Return what pieces of a line need, from where the first begins."""
    rooms = [room_of(piece) for piece in line]
    wide = sum(room.across.least for room in rooms) + _BETWEEN * (len(rooms) - 1)
    return Form.fixed(0.0, wide, max(room.upright.before for room in rooms), max(room.upright.after for room in rooms))


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
