"""A picture that remembers what it shows, so that only what has changed is drawn anew, to the same pixels.

Nothing is ever drawn in part: cairo's edges depend, by a few parts in 255, on where it is told to stop. What has
changed is drawn whole on a second sheet, with all that lies over or under it, and only the changed rectangles are
copied from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any, Final

import numpy as np

from scenes.parts.stage.camera_cairo import Canvas, Pixels, View
from scenes.parts.stage.camera_rects import Rect, around, holds, joined, meet
from scenes.parts.stage.camera_sketch import Sketch

__all__ = ["Picture"]

_ROOM: Final = 16  # pixels round a moving piece that are looked at with it, so as not to look on every frame


class Picture:
    """An array of shape (height, width, 4) on which pieces stand, each over the ones before it.

    Parameters
    ----------
    pixels
        The array.
    ground
        What it shows where nothing stands, of the same shape.
    unit
        Frame units of a line of width 1.
    """

    def __init__(self, pixels: Pixels, ground: Pixels, view: View, unit: float) -> None:
        self.pixels, self.ground = pixels, ground
        self._view, self._unit = view, unit
        self._canvas = Canvas(np.empty_like(pixels), view)
        self._sketches: dict[int, Sketch] = {}
        self._order: list[Sketch] = []
        self._lively: list[Sketch] = []
        self._still: list[Sketch] = []
        self._base: Pixels | None = None
        self._whole: Rect = (0, 0, view.width, view.height)
        self._changes: list[Rect] = [self._whole]
        np.copyto(pixels, ground)

    def show(self, pieces: Sequence[Any]) -> None:
        """Show these pieces and nothing else, whatever was shown before."""
        before, now = self._sketches, {}
        for index, piece in enumerate(pieces):
            sketch = now[id(piece)] = before.get(id(piece)) or Sketch(piece)
            sketch.index, sketch.cleared, sketch.lively = index, None, True
        self._sketches, self._order = now, list(now.values())
        changed = [sketch.rect for key, sketch in before.items() if key not in now and sketch.rect]
        if [key for key in before if key in now] != [key for key in now if key in before]:
            changed.append(self._whole)
        self._lively, self._still, self._base = self._order, [], None
        self._draw([*changed, *self._renewed(self._order)])

    def follow(self, moving: Iterable[Any]) -> None:
        """Show the same pieces as before, of which only the moving ones may have changed."""
        sketches = [self._sketches[id(piece)] for piece in moving if id(piece) in self._sketches]
        changed = self._renewed(sketches)
        self._part(sketches)
        self._draw(changed)

    def overlooked(self, pieces: Sequence[Any]) -> Any:
        """Return a piece that is not shown as it is now, or stands elsewhere in the order of drawing, or None."""
        for piece, sketch in zip_longest(pieces, self._order):
            if sketch is None or sketch.piece is not piece or sketch.is_stale(self._unit):
                return sketch.piece if piece is None else piece
        return None

    def take_changes(self) -> list[Rect]:
        """Return the rectangles in which the picture has changed since the last call."""
        changes, self._changes = joined(self._changes), []
        return changes

    def _renewed(self, sketches: Iterable[Sketch]) -> list[Rect]:
        rects: list[Rect] = []
        before: Sketch | None = None
        for sketch in sketches:
            rects += sketch.renew(self._view, self._unit, before)
            before = sketch
        return rects

    def _part(self, moving: Iterable[Sketch]) -> None:
        """Part what rests, and can be drawn before all else, from what moves and from all that lies over that."""
        if self._lively is self._order:
            self._lively, self._still = [], self._order
            for sketch in self._order:
                sketch.lively = False
        waiting = [s for s in moving if not s.lively or (s.rect and not (s.cleared and holds(s.cleared, s.rect)))]
        risen = False
        while waiting:
            for sketch in waiting:
                risen |= not sketch.lively
                sketch.lively, sketch.cleared = True, _roomy(sketch.rect, sketch.cleared)
            waiting = [s for s in self._still if not s.lively and any(_lies_over(s, other) for other in waiting)]
        if risen:
            self._lively = [sketch for sketch in self._order if sketch.lively]
            self._still = [sketch for sketch in self._order if not sketch.lively]
            self._base = None

    def _draw(self, rects: list[Rect]) -> None:
        """Draw anew what reaches into some rectangles."""
        rects = joined(rects)
        if not rects:
            return
        ground, sheet = self._under(rects), self._canvas.pixels
        for left, top, right, bottom in rects:
            sheet[top:bottom, left:right] = ground[top:bottom, left:right]
        self._draw_whole(_reaching(self._lively, rects))
        for left, top, right, bottom in rects:
            self.pixels[top:bottom, left:right] = sheet[top:bottom, left:right]
        self._changes += rects

    def _under(self, rects: list[Rect]) -> Pixels:
        """Return the ground with what is at rest, drawn once for as long as it stays so."""
        if self._base is None:
            if not _reaching(self._still, rects):
                return self.ground
            np.copyto(self._canvas.pixels, self.ground)
            self._draw_whole(self._still)
            self._base = self._canvas.pixels.copy()
        return self._base

    def _draw_whole(self, sketches: Iterable[Sketch]) -> None:
        for sketch in sketches:
            if sketch.rect and sketch.path:
                self._canvas.draw(sketch.path, sketch.strokes, *sketch.ends)
        self._canvas.check()


def _reaching(sketches: Iterable[Sketch], rects: Sequence[Rect]) -> list[Sketch]:
    """Return the sketches that may touch a pixel of some rectangle."""
    found = []
    for sketch in sketches:  # written out: it runs for every piece of every frame
        if own := sketch.rect:
            for rect in rects:
                if meet(own, rect):
                    found.append(sketch)
                    break
    return found


def _roomy(rect: Rect | None, cleared: Rect | None) -> Rect | None:
    """Return a rectangle and what was looked at before, with some room for the frames to come."""
    if rect is None:
        return cleared
    left, top, right, bottom = rect
    room = left - _ROOM, top - _ROOM, right + _ROOM, bottom + _ROOM
    return around(room, cleared) if cleared else room


def _lies_over(sketch: Sketch, other: Sketch) -> bool:
    """Return whether a sketch is drawn after another and may touch the same pixels."""
    return bool(sketch.index > other.index and sketch.rect and other.cleared and meet(sketch.rect, other.cleared))
