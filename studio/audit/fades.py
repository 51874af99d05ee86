"""What fades is a mixture of what was there and of what will be: on every frame of it, by one share for all of it.

Letters are looked at, since they come and go in no other way, and a number that lies while it fades in is read as well
as one that stays. Where something else moves over them nothing is compared.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import Ledger, ShownRow, SpanRow
from studio.audit.finding import Finding
from studio.audit.kinds import KINDS
from studio.audit.limits import limits_for
from studio.audit.still import Box, Moving, moving_spans, pixels_of

__all__ = ["Fades"]

Bytes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]
_AROUND: Final = 8.0  # pixels of a frame of 480 lines or more, by which an encoder smears what moves
_EDGE: Final = 2.0
_BLOCK: Final = 4  # pixels: the mean of a block is compared, as of what stands still
_LEAST: Final = 4.0 * _BLOCK**2  # grey levels: what differs by less in all has no share that could be found


@dataclass
class _Fade:
    """One thing that comes or goes, where, and what else moves there meanwhile.

    ``before`` is the last frame that shows what was: the one before it, or where letters move until then its first, on
    which nothing has faded yet and they stand where they arrive.
    """

    row: ShownRow
    span: SpanRow
    box: Box
    others: tuple[Box, ...]
    before: int
    crops: list[Bytes] = field(default_factory=list)

    @property
    def after(self) -> int:
        """The first frame behind it."""
        return self.span.last + 1


class Fades:
    """Watches the frames of a film in their order.

    Parameters
    ----------
    original
        Whether the file holds the packets that were rendered; else the wider limit holds.
    frames
        Fades that begin on these are watched, to their end.

    Attributes
    ----------
    findings
        One for each fade that was seen whole.
    until
        The last frame that is needed.
    """

    def __init__(self, ledger: Ledger, original: bool, frames: tuple[int, int]) -> None:
        self._video, self._original = ledger.video, original
        self.findings: list[Finding] = []
        self._begins: dict[int, list[_Fade]] = defaultdict(list)
        for fade in _fades(ledger):
            if frames[0] <= fade.before < max(frames[1], 1):
                self._begins[fade.before].append(fade)
        self._open: list[_Fade] = []
        self.until = max((fade.after for fades in self._begins.values() for fade in fades), default=0)

    def see(self, index: int, luma: Bytes) -> None:
        """Keep what is needed of a frame, and judge what ends before it."""
        self._open += self._begins.pop(index, [])
        scale = luma.shape[0] / self._video.height
        for fade in self._open:
            fade.crops.append(luma[pixels_of(fade.box, scale, _EDGE, luma.shape)].copy())
            if index == fade.after:
                self.findings += self._judged(fade, luma.shape, scale)
        self._open = [fade for fade in self._open if index < fade.after]

    def _judged(self, fade: _Fade, shape: tuple[int, ...], scale: float) -> Iterator[Finding]:
        keep = np.ones(shape, dtype=bool)
        for other in fade.others:
            keep[pixels_of(other, scale, _AROUND * max(1.0, shape[0] / 480), shape)] = False
        mask = keep[pixels_of(fade.box, scale, _EDGE, shape)]
        first, *between, last = (np.where(mask, crop, 0).astype(np.float64) for crop in fade.crops)
        if not between or min(mask.shape) < _BLOCK or np.abs(last - first).sum() < _LEAST:
            return
        errors = [_misfit(first, crop, last) for crop in between]
        worst, limit = max(errors), limits_for(shape[0], self._original).still
        what, ok = f"{fade.row.kind} {fade.row.name.removeprefix(fade.row.kind).strip()}".strip(), worst <= limit
        said = "" if ok else f"{what}: while it fades, it is not what it was or will be"
        box = tuple(edge * scale for edge in fade.box)
        frame = fade.before + 1 + errors.index(worst)
        yield Finding("fades", what, frame, (box[0], box[1], box[2], box[3]), worst, limit, "/255", ok, said)


def _fades(ledger: Ledger) -> Iterator[_Fade]:
    """Yield everything lettered that comes or goes, if there is a frame before it and one behind it."""
    moving, ends = list(moving_spans(ledger)), sorted(_ends(ledger), key=itemgetter(1))
    frames = [at for _, at, _ in ends]
    firsts, lasts = np.array([[each.span.first, each.span.last] for each in moving]).reshape(-1, 2).T
    for one in moving:
        span, boxes = one.span, one.during(one.span)
        inside = span.first > 0 and span.last + 1 < ledger.video.frames
        if span.state in ("entering", "leaving") and inside and KINDS[one.row.kind].lettered and boxes:
            at_once = np.flatnonzero((firsts <= span.last + 1) & (lasts >= span.first - 1))  # or just before, or after
            meanwhile = [moving[i] for i in at_once.tolist()]
            mine = {id(other.row) for other in meanwhile if _together(other, one)}
            arrive = any(id(other.row) in mine and other.span.last == span.first - 1 for other in meanwhile)
            others = [box for other in meanwhile for box in _boxes(other, span, mine)]
            ended = ends[bisect_left(frames, span.first) : bisect_right(frames, span.last + 1)]
            others += [box for row, _, box in ended if row not in mine]
            yield _Fade(one.row, span, boxes[0], tuple(others), span.first if arrive else span.first - 1)


def _ends(ledger: Ledger) -> Iterator[tuple[int, int, Box]]:
    """Yield which row stands or stood in a box, and the frame on which that begins or is over."""
    for row in ledger.shown:
        for span in (each for each in row.spans if each.samples):
            yield id(row), span.first, span.samples[0].box
            yield id(row), span.last + 1, span.samples[-1].box


def _together(other: Moving, one: Moving) -> bool:
    """Return whether other letters fade on the same frames, and so by the same share."""
    same = (other.span.first, other.span.last) == (one.span.first, one.span.last)
    return same and other.span.state in ("entering", "leaving") and KINDS[other.row.kind].lettered


def _boxes(moving: Moving, span: SpanRow, not_of: AbstractSet[int]) -> Sequence[Box]:
    """Return where a thing is around the frames of a span: anywhere, if that is not known."""
    if id(moving.row) in not_of:
        return ()
    boxes = moving.during(span)
    return [(-1e6, -1e6, 1e6, 1e6)] if boxes is None else boxes


def _misfit(first: Floats, crop: Floats, last: Floats) -> float:
    """Return by how much the mean of a block differs at most from the best mixture of the first and the last.

    Where letters come over letters that go, both are half open, and as much more of the ground is seen through them.

    Examples
    --------
    >>> going, coming, ground = np.array([[0.0, 0.0, 1.0, 1.0]]), np.array([[0.0, 1.0, 1.0, 0.0]]), np.zeros((1, 64))
    >>> first, last = (np.hstack([ground, 200 * ink.repeat(4, 1)]).repeat(4, 0) for ink in (going, coming))
    >>> half = first * 0.5 * (1 - last / 400) + last * 0.5  # one over the other
    >>> round(_misfit(first, half, last), 6), _misfit(first, half - 30.0 * (first > last), last) > 10.0
    (0.0, True)
    """
    change, whole, ground = crop - first, last - first, float(np.median([first, last]))
    share = float((change * whole).sum() / (whole * whole).sum())
    gone, come = first - ground, last - ground
    off = change - share * whole
    nearer = (gone * come > 0) & (off * gone < 0)  # than either to the ground, where both are
    through = share * (1 - share) * np.where(nearer, np.minimum(np.abs(gone), np.abs(come)), 0.0)
    off = np.maximum(np.abs(off) - np.maximum(through, 0.0), 0.0)
    height, width = (size // _BLOCK for size in off.shape)
    return float(off[: height * _BLOCK, : width * _BLOCK].reshape(height, _BLOCK, width, _BLOCK).mean((1, 3)).max())
