"""All that stands on a frame, drawn once: so that what lies near a thing is not taken for a part of it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from scenes.parts.ledger import SampleRow, ShownRow
from studio.audit.digits import texts_of
from studio.audit.drawn import Facts, Piece, ink_of, pieces_of
from studio.audit.drawn_gears import GEARED, WHEELS, geared_pieces
from studio.audit.frames import Colours, Picture, Window, grown
from studio.audit.glance import Around

__all__ = ["Canvas", "Layer", "Look"]

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
T = TypeVar("T", bound=np.generic)
_SOFT = 2  # pixels beside a thing that its edge, or its chroma, may reach
_KEPT = 512  # drawings that are kept: what rests is drawn once


@dataclass(frozen=True)
class Look:
    """One thing as it stands on one frame; ``index`` is its row in the ledger.

    ``settled`` says that it was still long enough for the encoder to draw it sharply, ``last`` that this is the last
    frame of a rest, or any of a sweep: where the second reader looks. ``passing`` says that it comes or goes, so that
    the ledger does not claim what it looks like.
    """

    index: int
    row: ShownRow
    sample: SampleRow
    resting: bool
    settled: bool
    last: bool
    passing: bool = False

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
            self.passing,
        )


@dataclass(frozen=True)
class Layer:
    """One piece of a thing as it is painted: how much of each pixel it covers, and which of the thing's colours it has.

    A body is flat, and what lies on it is measured against it: it is background, not ink.
    """

    ink: Array
    colour: int
    body: bool = False


@dataclass(frozen=True)
class _Drawing:
    window: Window
    ink: Array
    soft: Mask
    certain: bool
    layers: tuple[Layer, ...]


class Canvas:
    """Draws what stands on a frame, and says which pixels of a window belong to something else."""

    def __init__(self) -> None:
        self._kept: OrderedDict[object, _Drawing | None] = OrderedDict()
        self._count = np.zeros((0, 0), dtype=np.int16)
        self._drawings: dict[int, _Drawing | None] = {}
        self._looks: list[Look] = []
        self._luma: Callable[[str], float] = Colours().luma
        self._ground, self._ground_colour = 0.0, "#000000"

    def lay(self, picture: Picture, looks: list[Look], facts: Facts) -> None:
        """Draw all that stands on a frame."""
        self._count = np.zeros(picture.luma.shape, dtype=np.int16)
        self._looks, self._luma = looks, picture.colours.luma
        self._ground, self._ground_colour = self._luma(facts.ground), facts.ground
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
            if other.index == look.index:
                over = True
                continue
            for ink, colour in self._painted(other, window):
                luma = self._luma(colour)
                around = around.painted_over(ink, luma) if over else around.painted_under(ink, luma)
        return around

    def unsure(self, look: Look, window: Window) -> Mask:
        """Return the pixels of a window of which it is not certain what is drawn there besides ``look``."""
        mask = np.zeros(window.shape, dtype=bool)
        for other in self._looks:
            drawing = self._drawings.get(other.index)
            if drawing and other.index != look.index and (other.passing or not drawing.certain):
                mask |= _within(drawing.soft, drawing.window, window)
                for layer in (layer for layer in drawing.layers if layer.body):
                    mask |= _within(layer.ink, drawing.window, window) > 0
        return mask

    def backdrop(self, window: Window, paint: Callable[[str], Array]) -> Array:
        """Return what lies under all ink in a window: the background with the bodies of wheels on it.

        Parameters
        ----------
        paint
            What a colour ``#RRGGBB`` is, shape (n,): luma alone, or several planes.

        Returns
        -------
        array
            Shape (height, width, n).
        """
        under = np.ones(window.shape)[..., None] * paint(self._ground_colour)
        for look in self._looks:
            for ink, colour in self._painted(look, window, bodies_alone=True):
                under += ink[..., None] * (paint(colour) - under)
        return under

    def _painted(self, look: Look, window: Window, *, bodies_alone: bool = False) -> Iterator[tuple[Array, str]]:
        """Yield how much of each pixel of a window each piece of a thing covers, and its colour."""
        drawing, colours = self._drawings.get(look.index), look.sample.colours
        if drawing is None or not colours or not _meet(drawing.window, window):
            return
        for layer in drawing.layers:
            if layer.body or not bodies_alone:
                yield _within(layer.ink, drawing.window, window), colours[layer.colour]

    def layers(self, look: Look) -> tuple[Window, tuple[Layer, ...]] | None:
        """Return where a thing is drawn, and its pieces."""
        own = self._drawings.get(look.index)
        return (own.window, own.layers) if own else None

    def planes(self, picture: Picture) -> tuple[Array, Array, Array] | None:
        """Return what lies under all ink of a frame, luma and both chromas of half the size; None on bare ground."""
        if not any(layer.body for drawing in self._drawings.values() if drawing for layer in drawing.layers):
            return None
        height, width = picture.luma.shape
        whole = Window(0, 0, width, height)
        luma, blue, red = np.moveaxis(self.backdrop(whole, lambda c: np.array(picture.colours.planes(c))), -1, 0)
        return luma, _halved(blue), _halved(red)

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


def _halved(plane: Array) -> Array:
    """Return the means of 2 by 2 pixels."""
    rows, columns = plane.shape[0] // 2 * 2, plane.shape[1] // 2 * 2
    return np.asarray(plane[:rows, :columns].reshape(rows // 2, 2, columns // 2, 2).mean(axis=(1, 3)))


def _meet(one: Window, other: Window) -> bool:
    """Return whether two windows have a pixel in common."""
    beside = one.right <= other.left or other.right <= one.left
    return not beside and one.top < other.bottom and other.top < one.bottom


def _drawn(look: Look, facts: Facts, shape: tuple[int, ...]) -> _Drawing | None:
    pieces, certain = _pieces(look, facts)
    if not pieces or not sum(len(piece.points) for piece in pieces):
        return None
    points = np.concatenate([piece.points for piece in pieces])
    window = Window.around(points, max(piece.stroke for piece in pieces) / 2 + 2 * _SOFT).within(shape[1], shape[0])
    wheel = look.row.kind in WHEELS
    inks = ink_of([piece for piece in pieces[wheel:] if len(piece.points)], window)
    if wheel:
        layers = tuple(Layer(ink_of([piece], window), i, i == 0) for i, piece in enumerate(pieces) if len(piece.points))
    else:
        layers = (Layer(inks, 0),)
    return _Drawing(window, inks, grown(inks > 0.01, _SOFT), certain, layers)


def _pieces(look: Look, facts: Facts) -> tuple[list[Piece], bool]:
    """Return what may be drawn, and whether it is certain: broken lines may be aligned in several ways."""
    if look.row.kind in GEARED:
        return geared_pieces(look.row, look.sample, facts), True
    if look.sample.script is None:
        return pieces_of(look.row, look.sample, facts), True
    try:
        texts = texts_of(look.row, look.sample, facts)
    except ValueError:
        return [], False
    return [Piece(text.points) for text in texts], len(texts) == 1
