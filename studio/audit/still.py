"""What nobody moves stands still: on every frame, outside the boxes of what comes, goes, travels or follows a sweep.

The plays of a film cut it into stretches, in which the same things move. Every frame of a stretch is compared with its
first, and the first with the frame before it, so that no pixel may change for a frame, and none little by little.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import Ledger, SampleRow, ShownRow, SpanRow
from studio.audit.finding import Finding
from studio.audit.kinds import KINDS
from studio.audit.limits import limits_for

__all__ = ["Box", "Moving", "Stills", "moving_spans", "pixels_of"]

Bytes = npt.NDArray[np.uint8]
Box = tuple[float, float, float, float]

_EVEN: Final = np.uint32(0x00FF00FF)  # every second byte

_Placed = tuple[ShownRow, int, SpanRow]


@dataclass(frozen=True)
class Moving:
    """A span in which a thing does not rest."""

    row: ShownRow
    at: int
    homes: Mapping[str, Box]

    @property
    def span(self) -> SpanRow:
        """The span itself."""
        return self.row.spans[self.at]

    def during(self, other: SpanRow) -> Sequence[Box] | None:
        """Return where the thing is around the frames of a span; None where that is not known."""
        return _boxes(self.row, self.at, (other.first - 1, other.last + 2), self.homes)


def moving_spans(ledger: Ledger) -> Iterator[Moving]:
    """Yield everything that comes, goes, travels or follows a sweep."""
    homes = _homes(ledger)
    for row in ledger.shown:
        yield from (Moving(row, at, homes) for at, span in enumerate(row.spans) if span.state != "resting")


_AROUND: Final = 12.0  # pixels of a frame of 480 lines or more, by which an encoder smears what moves
_BLOCK: Final = 4  # pixels: the mean of a block is compared, an encoder's noise comes and goes within it


@dataclass(frozen=True)
class _Stretch:
    """Frames from ``first`` to ``last``, and where something moves on them; None where that may be anywhere.

    Attributes
    ----------
    cut
        Where something is there no more that was there on the frame before, or the other way round.
    """

    first: int
    last: int
    boxes: tuple[Box, ...] | None
    cut: tuple[Box, ...]


class Stills:
    """Watches the frames of a film in their order, from one of them to another.

    Parameters
    ----------
    original
        Whether the file holds the packets that were rendered; else the wider limit holds.
    frames
        The first and the last that are watched.

    Attributes
    ----------
    findings
        One for each stretch that was watched to its end.
    """

    def __init__(self, ledger: Ledger, original: bool, frames: tuple[int, int]) -> None:
        self._video, self._original = ledger.video, original
        self.first, self.last = frames
        self.findings: list[Finding] = []
        self._limit = math.inf
        self._stretches = [s for s in _stretches(ledger) if s.last >= self.first and s.first <= self.last]
        self._at, self._before, self._anchor = 0, np.zeros((0, 0), np.uint8), np.zeros((0, 0), np.uint8)
        self._keep = np.zeros((0, 0), np.uint8)
        self._changed = self._less = np.zeros((0, 0), np.uint8)
        self._worst: tuple[float, int, Box | None] = (0.0, 0, None)

    def see(self, index: int, luma: Bytes) -> None:
        """Compare a frame with those before it."""
        if not self.first <= index <= self.last or self._at >= len(self._stretches):
            return
        stretch, self._limit = self._stretches[self._at], limits_for(luma.shape[0], self._original).still
        if not self._keep.size or index == stretch.first:
            keep = self._kept(stretch.boxes, luma.shape)
            if self._before.size:
                self._compare(index, self._before, luma, keep & self._keep & self._kept(stretch.cut, luma.shape))
            self._keep, self._anchor = keep, luma
        else:
            self._compare(index, self._anchor, luma, self._keep)
        self._before = luma
        if index == min(stretch.last, self.last):
            self.findings.append(self._finding(stretch))
            self._at, self._worst = self._at + 1, (0.0, 0, None)

    def see_again(self, index: int, luma: Bytes) -> None:
        """Compare a frame that a copy shows once more with the time before: nothing of it may have changed."""
        if self.first <= index <= self.last and self._at < len(self._stretches):
            self._compare(index, self._before, luma, np.full_like(luma, 255))

    def _compare(self, index: int, one: Bytes, other: Bytes, keep: Bytes) -> None:
        if self._changed.shape != one.shape:
            self._changed, self._less = np.empty_like(one), np.empty_like(one)
        np.maximum(one, other, out=self._changed)
        np.minimum(one, other, out=self._less)
        np.subtract(self._changed, self._less, out=self._changed)
        np.bitwise_and(self._changed, keep, out=self._changed)
        if self._changed.max() > max(self._worst[0], self._limit):  # else no block can be worse
            self._judge(index, self._changed)

    def _judge(self, index: int, changed: Bytes) -> None:
        """Compare the means of blocks, in the rows in which one can be beyond the limit."""
        height, width = (size // _BLOCK for size in changed.shape)
        rows = np.flatnonzero(changed[: height * _BLOCK].max(axis=1) > self._limit) // _BLOCK
        if not len(rows):
            return  # in the last rows, which fill no block
        top, bottom = int(rows[0]), int(rows[-1]) + 1
        means = _sums(changed[top * _BLOCK : bottom * _BLOCK, : width * _BLOCK]) / _BLOCK**2
        if (worst := float(means.max())) > self._worst[0]:
            y, x = np.nonzero(means >= min(worst, self._limit))
            box = (x.min(), y.min() + top, x.max() + 1, y.max() + top + 1)
            left, upper, right, lower = (float(edge * _BLOCK) for edge in box)
            self._worst = worst, index, (left, upper, right, lower)

    def _kept(self, boxes: Sequence[Box] | None, shape: tuple[int, ...]) -> Bytes:
        """Return 0 in boxes and close around them, and 255 elsewhere."""
        keep = np.full(shape, 0 if boxes is None else 255, np.uint8)
        scale, around = shape[0] / self._video.height, _AROUND * max(1.0, shape[0] / 480)
        for box in boxes or ():
            keep[pixels_of(box, scale, around, shape)] = 0
        return keep

    def _finding(self, stretch: _Stretch) -> Finding:
        error, frame, box = self._worst
        what, ok = f"frames {stretch.first} to {stretch.last}", error <= self._limit
        said = "" if ok else f"{what}: something changes here that nobody moves"
        return Finding("still", what, frame, box, error, self._limit, "/255", ok, said)


def _sums(plane: Bytes) -> npt.NDArray[np.uint32]:
    """Return the sum of each block of a plane of whole blocks: four pixels are the bytes of one number.

    Examples
    --------
    >>> _sums(np.arange(32, dtype=np.uint8).reshape(4, 8)).tolist()
    [[216, 280]]
    """
    fours = np.ascontiguousarray(plane).view(np.uint32)
    pairs = (fours & _EVEN) + ((fours >> 8) & _EVEN)
    pairs = pairs.reshape(-1, _BLOCK, pairs.shape[1]).sum(axis=1, dtype=np.uint32)  # two of 16 bits in one of 32
    return np.asarray((pairs + (pairs >> 16)) & 0xFFFF)


def _stretches(ledger: Ledger) -> Iterator[_Stretch]:
    """Yield the stretches of a film, in their order."""
    frames = ledger.video.frames
    spans = [(row, at, span) for row in ledger.shown for at, span in enumerate(row.spans)]
    homes = _homes(ledger)
    ends = {0, frames, *(s.first for _, _, s in spans), *(s.last + 1 for _, _, s in spans)}
    for first, after in pairwise(sorted(end for end in ends if 0 <= end <= frames)):
        now = [each for each in spans if each[2].first < after and first <= each[2].last]
        found = [_boxes(row, at, (first, after), homes) for row, at, span in now if span.state != "resting"]
        boxes = None if None in found else tuple(box for each in found for box in each or ())
        yield _Stretch(first, after - 1, boxes, tuple(_cut(spans, first)))


def _boxes(row: ShownRow, at: int, frames: tuple[int, int], homes: Mapping[str, Box]) -> Sequence[Box] | None:
    """Return where a thing is while it moves, from a frame until before another; None where that is not known."""
    kind, span = KINDS[row.kind], row.spans[at]
    if span.state in ("tracking", "travelling"):
        return [sample.box for sample in span.samples if frames[0] - 1 <= sample.frame <= frames[1]]
    if kind.carried:
        return None
    near = [_sample(row.spans[:at], -1), _sample(row.spans[at + 1 :], 0)]
    boxes = [sample.box for sample in near if sample is not None]
    return [_hull([*boxes, *(homes[name] for name in kind.comes_from & homes.keys())])] if boxes else None


def _homes(ledger: Ledger) -> Mapping[str, Box]:
    """Return the box around all that anything can come from, by the kind of thing."""
    wanted = frozenset(name for kind in KINDS.values() for name in kind.comes_from)
    found: dict[str, list[Box]] = {}
    for row in ledger.shown:
        if {row.kind} & wanted:
            found.setdefault(row.kind, []).extend(sample.box for span in row.spans for sample in span.samples)
    return {name: _hull(boxes) for name, boxes in found.items() if boxes}


def _cut(spans: Sequence[_Placed], first: int) -> Iterator[Box]:
    """Yield the boxes of what rests no more on a frame, or not yet on the one before it."""
    for _, _, span in spans:
        if span.samples and first in (span.first, span.last + 1):
            yield span.samples[0 if first == span.first else -1].box


def _sample(spans: Sequence[SpanRow], which: int) -> SampleRow | None:
    """Return the first sample of some spans, or with -1 the last."""
    samples = [sample for span in spans for sample in span.samples]
    return samples[which] if samples else None


def _hull(boxes: Sequence[Box]) -> Box:
    """Return the box around boxes."""
    left, top, right, bottom = np.array(boxes).T
    return float(left.min()), float(top.min()), float(right.max()), float(bottom.max())


def pixels_of(box: Box, scale: float, around: float, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """Return the rows and columns of a frame in a box of the ledger's frame, and so many pixels around it."""
    left, right = sorted((box[0] * scale, box[2] * scale))
    top, bottom = sorted((box[1] * scale, box[3] * scale))
    rows = slice(max(0, math.floor(top - around)), min(shape[0], max(0, math.ceil(bottom + around))))
    return rows, slice(max(0, math.floor(left - around)), min(shape[1], max(0, math.ceil(right + around))))
