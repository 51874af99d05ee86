"""All that stands on a frame, drawn once: so that what lies near a thing is not taken for a part of it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import SampleRow, ShownRow
from studio.audit.drawn import Facts
from studio.audit.frames import SINGLE, Colours, Picture, Window
from studio.audit.glance import Around
from studio.audit.kinds import drawing_of
from studio.audit.layers import Drawing, common, meet, pooled, within

__all__ = ["Canvas", "Look"]

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Plane = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]
_Stands = tuple[Drawing, tuple[str, ...]]
_KEPT = 256  # drawings that are kept, those used last: what rests is drawn once


@dataclass(frozen=True)
class Look:
    """One thing as it stands on one frame; ``index`` is its row in the ledger.

    ``settled`` says that it has been still long enough for the encoder to draw it sharply, ``last`` that this is the
    last frame of a rest, or any of a sweep: where the second reader looks. ``passing`` says that it comes or goes, so
    that the ledger does not claim what it looks like; of what is ``travelling`` it says the place on every frame.
    """

    index: int
    row: ShownRow
    sample: SampleRow
    resting: bool
    settled: bool
    last: bool
    passing: bool = False
    travelling: bool = False

    def scaled(self, share: tuple[float, float]) -> Look:
        """Return the same for a picture so many times as wide and as high as the one that was rendered."""
        if share == (1.0, 1.0):
            return self
        sample, row, (x, y) = self.sample, self.row, share
        left, top, right, bottom = sample.box
        ends = tuple((end[0] * x, end[1] * y) for end in sample.ends)
        stands = (sample.stands[0] * x, sample.stands[1] * y) if sample.stands else None
        axes = tuple((key, (a[0] * x, a[1] * y), (b[0] * x, b[1] * y)) for key, a, b in row.axes)
        box = (left * x, top * y, right * x, bottom * y)
        outlines = tuple(
            o.model_copy(update={"points": tuple((p[0] * x, p[1] * y) for p in o.points)}) for o in row.outlines
        )
        return Look(
            self.index,
            row.model_copy(update={"axes": axes, "outlines": outlines}),
            sample.model_copy(update={"box": box, "ends": ends, "stands": stands}),
            self.resting,
            self.settled,
            self.last,
            self.passing,
            self.travelling,
        )


class Canvas:
    """Draws what stands on a frame, and says which pixels of a window belong to something else."""

    def __init__(self) -> None:
        self._kept: OrderedDict[object, Drawing | None] = OrderedDict()
        self._count = np.zeros((0, 0), dtype=np.int16)
        self._drawings: dict[int, Drawing | None] = {}
        self._planes: tuple[list[_Stands], tuple[Plane, Plane, Plane] | None] = ([], None)
        nothing = np.zeros((0, 0), dtype=np.uint8)
        self._painted_as: tuple[list[_Stands] | None, tuple[Bytes, Bytes]] = (None, (nothing, nothing))
        self._looks: list[Look] = []
        self._bodied: list[tuple[Look, Drawing]] = []
        self._luma: Callable[[str], float] = Colours().luma
        self._ground, self._ground_colour = 0.0, "#000000"

    def lay(self, picture: Picture, looks: list[Look], facts: Facts) -> None:
        """Draw all that stands on a frame."""
        self._count = np.zeros(picture.luma.shape, dtype=np.int16)
        self._looks, self._luma = looks, picture.colours.luma
        self._ground, self._ground_colour = self._luma(facts.ground), facts.ground
        self._drawings = {look.index: self._drawing(look, facts) for look in looks}
        self._bodied = [(look, drawing) for look, drawing in self._drawn() if drawing.bodies]
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
        """The pixels of the frame that anything is drawn on, soft edges included; of bodies the edges alone."""
        mask = self._count > 0
        for _, drawing in self._drawn():
            w = drawing.window
            mask[w.top : w.bottom, w.left : w.right] |= drawing.edges
        return np.asarray(mask)

    def covered(self, look: Look, window: Window) -> Mask:
        """Return the pixels of a window that ``look`` itself is drawn on, its soft edge included."""
        own = self._drawings.get(look.index)
        return np.zeros(window.shape, dtype=bool) if own is None else within(own.soft, own.window, window)

    def around(self, look: Look, window: Window) -> Around:
        """Return what a window shows besides ``look``, all of it as it is drawn, in the order of the ledger."""
        around = Around(*(np.full(window.shape, value, SINGLE) for value in (self._ground, 1, 0)))
        over = False
        for other in self._looks:
            if other.index == look.index:
                over = True
                continue
            for ink, colour in self._painted(other, window):
                luma = self._luma(colour)
                around = around.painted_over(ink, luma) if over else around.painted_under(ink, luma)
        return around

    def unsure(self, look: Look | None, window: Window) -> Mask:
        """Return the pixels of a window of which it is not certain what is drawn there besides ``look``."""
        mask = np.zeros(window.shape, dtype=bool)
        for other, drawing in self._drawn():
            if other is not look and (other.passing or not drawing.certain):
                mask |= within(drawing.soft, drawing.window, window)
                for body in drawing.bodies:
                    mask |= within(body.ink, drawing.window, window) > 0
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
        ground = paint(self._ground_colour)
        planes = np.empty((len(ground), *window.shape), SINGLE)  # one after the other: each is used by itself
        planes[:] = ground[:, None, None]
        for look, drawing in self._bodied:
            if not meet(window, drawing.window):
                continue
            part, own = common(window, drawing.window), common(drawing.window, window)
            for body in drawing.bodies:
                ink, colour = body.ink[own], paint(look.sample.colours[body.colour]).astype(SINGLE)[:, None, None]
                planes[:, *part] += ink * (colour - planes[:, *part])
        return np.moveaxis(planes, 0, -1)

    def _drawn(self) -> Iterator[tuple[Look, Drawing]]:
        """Yield all that is drawn on the frame, in the order of the ledger."""
        for look in self._looks:
            if drawing := self._drawings.get(look.index):
                yield look, drawing

    def _painted(self, look: Look, window: Window) -> Iterator[tuple[Array, str]]:
        """Yield how much of each pixel of a window each piece of a thing covers, and its colour."""
        drawing, colours = self._drawings.get(look.index), look.sample.colours
        if drawing is None or not colours or not meet(drawing.window, window):
            return
        for layer in drawing.layers:
            yield within(layer.ink, drawing.window, window), colours[layer.colour]

    def drawing(self, look: Look) -> Drawing | None:
        """Return a thing as it is drawn; None where it draws nothing."""
        return self._drawings.get(look.index)

    def painted(self) -> tuple[Bytes, Bytes]:
        """Return the least and the greatest luma of a frame with all on it that is claimed.

        They differ where one thing lies over another: which of both is over, the ledger does not say of every frame.
        """
        stands = [(drawing, look.sample.colours) for look, drawing in self._drawn()]
        if stands != self._painted_as[0]:  # mostly all stands as on the picture before
            both = [self._whole(way) for way in (stands, stands[::-1])]
            self._painted_as = stands, (np.minimum(*both), np.maximum(*both))
        return self._painted_as[1]

    def _whole(self, stands: Sequence[_Stands]) -> Bytes:
        """Return the luma of a frame, with things painted one over the other."""
        luma = np.full(self._count.shape, self._ground, SINGLE)
        for drawing, colours in stands:
            w = drawing.window
            part = luma[w.top : w.bottom, w.left : w.right]
            for layer in drawing.layers if colours else ():
                part += layer.ink * (SINGLE(self._luma(colours[layer.colour])) - part)
        return np.rint(luma).astype(np.uint8)

    def planes(self, picture: Picture) -> tuple[Plane, Plane, Plane] | None:
        """Return what lies under all ink of a frame, luma and both chromas of half the size; None on bare ground."""
        bodies = [(drawing, look.sample.colours) for look, drawing in self._bodied]
        if bodies != self._planes[0]:  # mostly they lie as on the picture before
            colours, shape = picture.colours.planes, picture.luma.shape
            luma, blue, red = (np.full(shape, value, SINGLE) for value in colours(self._ground_colour))
            for drawing, names in bodies:
                w = drawing.window
                for body in drawing.bodies:
                    for plane, value in zip((luma, blue, red), colours(names[body.colour]), strict=True):
                        part = plane[w.top : w.bottom, w.left : w.right]
                        part += body.ink * (SINGLE(value) - part)
            blue, red = (pooled(plane, 2, np.add) / SINGLE(4) for plane in (blue, red))
            self._planes = bodies, (luma, blue, red)
        return self._planes[1] if bodies else None

    def _drawing(self, look: Look, facts: Facts) -> Drawing | None:
        sample = look.sample  # two numbers of a thing may give the same box: all that it may be drawn by counts
        posed = sample.turned, sample.followed, sample.angle, sample.stands, sample.size, facts.unit
        key = (look.index, sample.box, sample.ends, sample.script, sample.text, sample.value, sample.values, posed)
        if key not in self._kept:
            self._kept[key] = drawing_of(look.row, look.sample, facts, self._count.shape)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]
