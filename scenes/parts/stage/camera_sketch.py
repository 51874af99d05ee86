"""A piece as it stands in a picture: its path and paint for cairo, and the pixels that it may touch."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
from manim.camera.camera import CAP_STYLE_MAP, LINE_JOIN_MAP
from manim.mobject.types.vectorized_mobject import VMobject

from scenes.parts.stage.camera_cairo import Path, Points, Stroke, View
from scenes.parts.stage.camera_rects import Rect, around

__all__ = ["Sketch", "is_plain"]

_CORNER: Final = 10.0  # half widths that a mitred corner may reach from its line, cairo's default
_ROUND: Final = 1.5  # half widths that a square end reaches, and a little more
_STEP: Final = 1 / 64  # pixels: four of the steps to which cairo rounds


class Sketch:
    """A piece as it was drawn last.

    Attributes
    ----------
    index
        Its place in the order of drawing.
    rect
        The pixels that it may touch, None where it touches none.
    lively
        Whether it moves, or lies over something that does.
    cleared
        Where it may move without meeting anything that is at rest over it.
    """

    __slots__ = ("_outline", "cleared", "ends", "index", "lively", "path", "piece", "rect", "strokes")

    def __init__(self, piece: Any) -> None:
        self.piece = piece
        self.index = 0
        self.lively = True
        self.rect: Rect | None = None
        self.cleared: Rect | None = None
        self.path: Path | None = None
        self.strokes: tuple[Stroke, ...] = ()
        self.ends = (0, 0)
        self._outline = b""

    def renew(self, view: View, unit: float, like: Sketch | None = None) -> list[Rect]:
        """Take over how the piece stands now, and return what must be drawn anew for it.

        Parameters
        ----------
        unit
            Frame units of a line of width 1.
        like
            A sketch that may have the same outline now, as the rim of a gear has that of its body.
        """
        points = np.asarray(self.piece.points, dtype=np.float64)
        outline, strokes, ends = self._now(points, unit)
        repainted = strokes != self.strokes or ends != self.ends
        if outline == self._outline and not repainted:
            return []
        before, path, old = self.rect, self.path, self._outline
        if outline == old and ends == self.ends and _widths(strokes) == _widths(self.strokes):
            self.strokes = strokes
            return [before] if before else []
        if outline != old:
            self.path = like.path if like and outline and like._is_same(outline, self.piece) else self._path(points)
        self._outline, self.strokes, self.ends = outline, strokes, ends
        if not (self.path and strokes):
            self.rect = None
        elif before and not repainted and self._is_line(path) and self._is_line(self.path):
            self.rect = self._touched(points, _CORNER, view)
            return self._rows(np.frombuffer(old).reshape(-1, 3), points, before, view)
        else:
            self.rect = self._touched(points, self._corner(points, view), view)
        return [rect for rect in (before, self.rect) if rect]

    def is_stale(self, unit: float) -> bool:
        """Return whether the piece stands otherwise now than :meth:`renew` has found it."""
        points = np.asarray(self.piece.points, dtype=np.float64)
        return self._now(points, unit) != (self._outline, self.strokes, self.ends)

    def _now(self, points: Points, unit: float) -> tuple[bytes, tuple[Stroke, ...], tuple[int, int]]:
        outline = points.tobytes()
        return (outline, _strokes(self.piece, unit), _ends(self.piece)) if outline else (outline, (), (0, 0))

    def _is_same(self, outline: bytes, piece: Any) -> bool:
        return self._outline == outline and bool(
            self.piece.tolerance_for_point_equality == piece.tolerance_for_point_equality
        )

    def _path(self, points: Points) -> Path | None:
        sound = len(points) > 0 and bool(np.isfinite(points).all())
        return Path(points, self.piece.tolerance_for_point_equality) if sound else None

    def _is_line(self, path: Path | None) -> bool:
        return path is not None and path.is_line and all(width for _, width in self.strokes)

    def _corner(self, points: Points, view: View) -> float:
        """Return how many half widths of its lines the outline's sharpest corner may reach."""
        widest = max(_widths(self.strokes))
        return _sharpest(points, _STEP / view.across) if widest and self.path and self.path.is_one else _CORNER

    def _touched(self, points: Points, corner: float, view: View) -> Rect | None:
        """Return the pixels that an outline through some points may touch."""
        reach = corner / 2 * max(_widths(self.strokes))
        x, y = points[:, 0], points[:, 1]  # four times as fast as both at once
        x0, x1, y0, y1 = float(x.min()), float(x.max()), float(y.min()), float(y.max())
        left = max(0, math.floor(view.left + (x0 - reach) * view.across) - 1)
        right = min(view.width, math.ceil(view.left + (x1 + reach) * view.across) + 1)
        top = max(0, math.floor(view.top - (y1 + reach) * view.down) - 1)
        bottom = min(view.height, math.ceil(view.top - (y0 - reach) * view.down) + 1)
        return (left, top, right, bottom) if left < right and top < bottom else None

    def _rows(self, old: Points, new: Points, before: Rect, view: View) -> list[Rect]:
        """Return what changes with a part of a line: the rows of pixels that this part crosses.

        Cairo draws an outline row by row, and what crosses one row does not change another, unless it leaves the frame.
        """
        whole = around(before, self.rect or before)
        if whole[0] <= 0 or whole[1] <= 0 or whole[2] >= view.width or whole[3] >= view.height:
            return [whole]
        count = min(len(old), len(new))
        ahead = _same(old[:count], new[:count])
        behind = min(_same(old[len(old) - count :][::-1], new[len(new) - count :][::-1]), count - ahead)
        first, last = max(0, ahead // 4 - 1) * 4, max(0, behind // 4 - 1) * 4  # a curve more at each end, for the joins
        changed = [points[first : len(points) - last] for points in (old, new)]
        corner = max(_sharpest(part, _STEP / view.across) for part in changed)
        part = self._touched(np.concatenate(changed), corner, view)
        return [(whole[0], part[1], whole[2], part[3])] if part else [whole]


def _sharpest(points: Points, step: float) -> float:
    """Return how many half widths of its line the sharpest corner of one part may reach.

    Parameters
    ----------
    step
        By how many frame units the ends of a curve's first and last stretch may be off: cairo rounds them.
    """
    x, y = points[:, 0].reshape(-1, 4), points[:, 1].reshape(-1, 4)  # apart: more than twice as fast as together
    x_in, y_in = x[:, 3] - x[:, 2], y[:, 3] - y[:, 2]
    x_out, y_out = (np.concatenate([way[1:], way[:1]]) for way in (x[:, 1] - x[:, 0], y[:, 1] - y[:, 0]))
    before = np.maximum(np.sqrt(x_in * x_in + y_in * y_in), step / 10)
    after = np.maximum(np.sqrt(x_out * x_out + y_out * y_out), step / 10)
    cosines = (x_in * x_out + y_in * y_out) / (before * after) - step / np.minimum(before, after)
    sharpest = max(1 + float(cosines.min(initial=1.0)), 2 / (_CORNER * _CORNER))  # what is sharper yet is cut off
    return max(_ROUND, math.sqrt(2 / sharpest))


def _widths(strokes: tuple[Stroke, ...]) -> list[float]:
    return [width for _, width in strokes]


def _same(one: Points, other: Points) -> int:
    """Return how many points at the beginning are the same in x and y, which alone are drawn."""
    same = (one[:, 0] == other[:, 0]) & (one[:, 1] == other[:, 1])
    return len(same) if same.all() else int(same.argmin())


def is_plain(piece: Any) -> bool:
    """Return whether a picture can show a piece: whole curves in one colour each, or nothing at all."""
    if not len(piece.points):
        return True
    return (
        isinstance(piece, VMobject)
        and len(piece.points) % 4 == 0
        and not piece.get_background_image()
        and len(piece.get_fill_rgbas()) == len(piece.get_stroke_rgbas()) == len(piece.get_stroke_rgbas(True)) == 1
    )


def _ends(piece: Any) -> tuple[int, int]:
    """Return how lines are joined and how they end, as cairo numbers it."""
    return int(LINE_JOIN_MAP[piece.joint_type]), int(CAP_STYLE_MAP[piece.cap_style])


def _strokes(piece: Any, unit: float) -> tuple[Stroke, ...]:
    """Return what a piece is painted with, in the order of manim's camera, without what is invisible."""
    under, over = piece.get_stroke_width(True) * unit, piece.get_stroke_width() * unit
    layers = (
        (piece.get_stroke_rgbas(True), under, under != 0.0),
        (piece.get_fill_rgbas(), 0.0, True),
        (piece.get_stroke_rgbas(), over, over != 0.0),
    )
    return tuple((tuple(rgbas[0].tolist()), width) for rgbas, width, drawn in layers if drawn and rgbas[0, 3])
