"""All that stands on a frame, drawn once: so that what lies near a thing is not taken for a part of it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from scenes.parts.ledger import SampleRow, ShownRow
from studio.audit.digits import texts_of
from studio.audit.drawn import Facts, Piece, ink_of, pieces_of
from studio.audit.frames import Colours, Picture, Window, grown
from studio.audit.glance import Around

__all__ = ["Canvas", "Look"]

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
T = TypeVar("T", bound=np.generic)
_SOFT = 2  # pixels beside a thing that its edge, or its chroma, may reach
_KEPT = 512  # drawings that are kept: what rests is drawn once


@dataclass(frozen=True)
class Look:
    """One thing as it stands on one frame; ``index`` is its row in the ledger.

    ``settled`` says that it was still long enough for the encoder to draw it sharply, ``last`` that this is the last
    frame of a rest, or any of a sweep: where the second reader looks.
    """

    index: int
    row: ShownRow
    sample: SampleRow
    resting: bool
    settled: bool
    last: bool

    def scaled(self, share: tuple[float, float]) -> Look:
        """Return the same for a picture so many times as wide and as high as the one that was rendered."""
        if share == (1.0, 1.0):
            return self
        sample, row, (x, y) = self.sample, self.row, share
        left, top, right, bottom = sample.box
        ends = tuple((end[0] * x, end[1] * y) for end in sample.ends)
        axes = tuple((key, (a[0] * x, a[1] * y), (b[0] * x, b[1] * y)) for key, a, b in row.axes)
        box = (left * x, top * y, right * x, bottom * y)
        outlines = tuple(
            o.model_copy(update={"points": tuple((p[0] * x, p[1] * y) for p in o.points)}) for o in row.outlines
        )
        return Look(
            self.index,
            row.model_copy(update={"axes": axes, "outlines": outlines}),
            sample.model_copy(update={"box": box, "ends": ends}),
            self.resting,
            self.settled,
            self.last,
        )


@dataclass(frozen=True)
class _Drawing:
    window: Window
    ink: Array
    soft: Mask
    certain: bool


class Canvas:
    """Draws what stands on a frame, and says which pixels of a window belong to something else."""

    def __init__(self) -> None:
        self._kept: OrderedDict[object, _Drawing | None] = OrderedDict()
        self._count = np.zeros((0, 0), dtype=np.int16)
        self._drawings: dict[int, _Drawing | None] = {}
        self._looks: list[Look] = []
        self._luma: Callable[[str], float] = Colours().luma
        self._ground = 0.0

    def lay(self, picture: Picture, looks: list[Look], facts: Facts) -> None:
        """Draw all that stands on a frame."""
        self._count = np.zeros(picture.luma.shape, dtype=np.int16)
        self._looks, self._luma, self._ground = looks, picture.colours.luma, picture.colours.luma(facts.ground)
        self._drawings = {look.index: self._drawing(look, facts) for look in looks}
        for drawing in self._drawings.values():
            if drawing:
                w = drawing.window
                self._count[w.top : w.bottom, w.left : w.right] += drawing.soft

    def hidden(self, look: Look, window: Window) -> Mask:
        """Return the pixels of a window that something other than ``look`` is drawn on, soft edges included."""
        count = self._count[window.top : window.bottom, window.left : window.right]
        return np.asarray(count > self.covered(look, window))

    @property
    def claimed(self) -> Mask:
        """The pixels of the frame that anything is drawn on, soft edges included."""
        return self._count > 0

    def covered(self, look: Look, window: Window) -> Mask:
        """Return the pixels of a window that ``look`` itself is drawn on, its soft edge included."""
        own = self._drawings.get(look.index)
        return np.zeros(window.shape, dtype=bool) if own is None else _within(own.soft, own.window, window)

    def around(self, look: Look, window: Window) -> Around:
        """Return what a window shows besides ``look``, all of it as it is drawn, in the order of the ledger."""
        around = Around(np.full(window.shape, self._ground), np.ones(window.shape), np.zeros(window.shape))
        over = False
        for other in self._looks:
            drawing = self._drawings.get(other.index)
            if other.index == look.index:
                over = True
            elif drawing and (ink := _within(drawing.ink, drawing.window, window)).any():
                luma = self._luma(other.sample.colours[0]) if other.sample.colours else self._ground
                around = around.painted_over(ink, luma) if over else around.painted_under(ink, luma)
        return around

    def ink(self, look: Look) -> tuple[Window, Array] | None:
        """Return where a thing is drawn and how much of each pixel it covers, if that is certain."""
        own = self._drawings.get(look.index)
        return (own.window, own.ink) if own and own.certain else None

    def _drawing(self, look: Look, facts: Facts) -> _Drawing | None:
        key = (look.index, look.sample.box, look.sample.ends, look.sample.script, facts.unit)
        if key not in self._kept:
            self._kept[key] = _drawn(look, facts, self._count.shape)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return self._kept[key]


def _within(plane: npt.NDArray[T], its: Window, window: Window) -> npt.NDArray[T]:
    """Return a plane that covers one window as another window sees it, 0 outside."""
    seen = np.zeros(window.shape, dtype=plane.dtype)
    left, top = max(window.left, its.left), max(window.top, its.top)
    right, bottom = min(window.right, its.right), min(window.bottom, its.bottom)
    if left < right and top < bottom:
        part = plane[top - its.top : bottom - its.top, left - its.left : right - its.left]
        seen[top - window.top : bottom - window.top, left - window.left : right - window.left] = part
    return seen


def _drawn(look: Look, facts: Facts, shape: tuple[int, ...]) -> _Drawing | None:
    pieces, certain = _pieces(look, facts)
    if not pieces or not sum(len(piece.points) for piece in pieces):
        return None
    points = np.concatenate([piece.points for piece in pieces])
    window = Window.around(points, max(piece.stroke for piece in pieces) / 2 + 2 * _SOFT).within(shape[1], shape[0])
    ink = ink_of(pieces, window)
    return _Drawing(window, ink, grown(ink > 0.01, _SOFT), certain)


def _pieces(look: Look, facts: Facts) -> tuple[list[Piece], bool]:
    """Return what may be drawn, and whether it is certain: broken lines may be aligned in several ways."""
    if look.sample.script is None:
        return pieces_of(look.row, look.sample, facts), True
    try:
        texts = texts_of(look.row, look.sample, facts)
    except ValueError:
        return [], False
    return [Piece(text.points) for text in texts], len(texts) == 1
