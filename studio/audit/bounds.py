"""How much a ledger may hold, and how large: what is beyond it no clip shows, and nothing is computed from it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Final

from scenes.parts.film.ledger import Ledger, LedgerError, SampleRow, ShownRow

__all__ = ["LARGEST_LEDGER", "check_bounds"]

LARGEST_LEDGER: Final = 64 << 20
"""Bytes; the largest of a shipped clip, at 60 frames a second, has a tenth of it."""

_ROWS: Final = 2000  # the most of a shipped clip are 414, of a frame 130
_WIDEST: Final = 20_000  # pixels, or frames per second
_SPANS: Final = 400  # of one thing
_STATES: Final = 6000  # of all things together
_FRAMES: Final = 1_000_000  # of a film
_SEEN: Final = 20_000_000  # frames of all things together
_SAMPLES: Final = 500_000
_POINTS: Final = 500_000  # of all outlines of decor together
_NAME: Final = 200  # characters of a name, a key, a colour
_TEXT: Final = 1000  # characters of what is lettered; settings hold 400
_LINES: Final = 12
_PIXEL: Final = 1e5  # how far from the corner of a frame
_LENGTH: Final = 1e3  # frame units
_LETTERS: Final = (0.02, 4.0)  # frame units: heights of a capital
_SIZES: Final = (1e-3, 1e3)  # of lettering on its way
_MEMBERS: Final = 5000  # of any list in a sample
_VALUES: Final = frozenset({"low", "high", "at", "first", "last", "from", "to", "until", "beyond"})
"""Names of sizes that are values on an axis or of level lines, however large those are."""

_COUNTS: Final = {"dashes": (1.0, 1000.0), "most": (0.0, 100.0), "lines": (0.0, 1000.0)}
"""Names of sizes that are numbers of things, and how many there may be."""


def check_bounds(ledger: Ledger, where: str) -> None:
    """Check that a ledger holds no more, and nothing larger, than a clip can show.

    Raises
    ------
    LedgerError
        Naming the first thing that is beyond.
    """
    if fault := next(_faults(ledger), ""):
        raise LedgerError(f"{where}: no ledger of a clip: {fault}")


def _faults(ledger: Ledger) -> Iterator[str]:
    film = ledger.video
    sizes = all(0 < size <= _WIDEST for size in (film.width, film.height, film.frame_rate))
    if not sizes or not 0 < film.frames <= _FRAMES or not 0 < film.frame_height <= _LENGTH:
        yield "video: no film has such a size, rate or number of frames"
    if len(ledger.shown) > _ROWS or len(ledger.beats) > _ROWS or len(ledger.quantities) > 10 * _ROWS:
        yield f"it has {len(ledger.shown)} things in {len(ledger.beats)} beats"
    texts = [ledger.clip, ledger.scene, film.file, film.background, *(beat.name for beat in ledger.beats)]
    if any(len(text) > _NAME for text in texts):
        yield "a name is longer than any"
    spans = [span for row in ledger.shown for span in row.spans]
    seen = (max(0, min(span.last, film.frames) - max(span.first, 0) + 1) for span in spans)
    totals = (
        (len(spans), _STATES, "states of things"),
        (sum(seen), _SEEN, "frames of all things"),
        (sum(len(span.samples) for span in spans), _SAMPLES, "samples"),
        (sum(len(o.points) for row in ledger.shown for o in row.outlines), _POINTS, "points of outlines"),
    )
    yield from (f"it has {found} {what}" for found, most, what in totals if found > most)
    for index, row in enumerate(ledger.shown):
        yield from (f"shown.{index}: {fault}" for fault in _of_row(row))


def _of_row(row: ShownRow) -> Iterator[str]:
    names = (row.kind, row.name, row.quantity, row.across, row.key, row.through, row.wheel, row.turn, row.follows)
    if any(len(name or "") > _NAME for name in (*names, row.style, *row.sizes, *(key for key, *_ in row.axes))):
        yield "a name is longer than any"
    if max(len(row.spans), len(row.numbers), len(row.axes), len(row.sizes), len(row.outlines)) > _SPANS:
        yield "it has more parts than any thing"
    if row.height is not None and not _LETTERS[0] <= row.height <= _LETTERS[1]:
        yield f"height: letters of {row.height!r} frame units"
    if not all(0 <= width <= _LENGTH for width in (row.stroke or 0.0, *(o.stroke for o in row.outlines))):
        yield "stroke: no line is so thick"
    for name, size in row.sizes.items():
        low, high = _COUNTS.get(name, (-_LENGTH, _LENGTH))
        if name not in _VALUES and not low <= size <= high:
            yield f"sizes.{name}: {size!r}"
    corners = (c for _, *ends in row.axes for end in ends for c in end)
    if _are_far(corners) or _are_far(c for o in row.outlines for point in o.points for c in point):
        yield "it reaches farther than any frame"
    for span in row.spans:
        for sample in span.samples:
            yield from (f"on frame {sample.frame}: {fault}" for fault in _of_sample(sample))


def _of_sample(sample: SampleRow) -> Iterator[str]:
    for text in (sample.text or "", sample.script or ""):
        if len(text) > _TEXT or text.count("\n") >= _LINES:
            yield "it says more than any text"
    if max(len(sample.ends), len(sample.values), len(sample.reads), len(sample.colours)) > _MEMBERS:
        yield "it has more parts than any thing"
    if any(len(colour) > _NAME for colour in sample.colours) or not _SIZES[0] <= sample.size <= _SIZES[1]:
        yield "size or colours are those of nothing"
    if _are_far((*sample.box, *(c for end in (*sample.ends, sample.stands or (0.0, 0.0)) for c in end))):
        yield "it lies farther off than any frame reaches"


def _are_far(pixels: Iterable[float]) -> bool:
    return any(not math.isfinite(pixel) or abs(pixel) > _PIXEL for pixel in pixels)
