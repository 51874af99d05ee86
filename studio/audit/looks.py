"""Which frames of a film are looked at, and what stands on each of them by its ledger."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from scenes.parts.film.ledger import Ledger, SampleRow, ShownRow, SpanRow
from studio.audit.canvas import Look
from studio.audit.kinds import KINDS

__all__ = ["ALL", "FIRST", "SECOND", "SETTLING", "Looks", "Part", "looks_at", "looks_of_part", "watched"]

Box = tuple[float, float, float, float]
Looks = Mapping[int, list[tuple[bool, Look]]]
"""By the frame, all that stands on it, and whether it is to be looked at or only in the way."""

Part = tuple[float, float]
"""Which of the looks at a film, as shares of all of them: from and to."""

_HERE: Final = 0.42  # whoever looks at the first part recomputes the ledger meanwhile
ALL: Final[Part] = (0.0, 1.0)
FIRST: Final[Part] = (0.0, _HERE)
SECOND: Final[Part] = (_HERE, 1.0)

SETTLING: Final = 6
"""Frames until an encoder has drawn sharply what has come."""

_ANYWHERE: Final[Box] = (-math.inf, -math.inf, math.inf, math.inf)


def looks_at(ledger: Ledger, every: int | None = None) -> Looks:
    """Return all that stands on each frame of interest, and whether it is to be looked at or only in the way.

    Of a sweep each so many frames one is looked at, and one more where as much as half is left; unless it is said how
    many, one a second.
    """
    every = every or max(1, round(ledger.video.frame_rate))
    wanted: dict[int, set[int]] = defaultdict(set)
    passing = _passing(ledger)
    for index, row in enumerate(ledger.shown):
        for span in row.spans:
            for frame in _frames_of(row, span, every):
                wanted[_uncovered(frame, row, span, passing)].add(index)
    looks: dict[int, list[tuple[bool, Look]]] = {frame: [] for frame in wanted}
    for index, row in enumerate(ledger.shown):
        for at, span in enumerate(row.spans):
            for frame, sample in _samples_of(row, at, looks):
                look = Look(
                    index,
                    row,
                    sample,
                    resting=span.state == "resting",
                    settled=_settled(span, frame),
                    last=span.state == "tracking" or frame == span.last,
                    passing=span.state in ("entering", "leaving"),
                    travelling=span.state == "travelling",
                )
                looks[frame].append((index in wanted[frame], look))
    return looks


def looks_of_part(looks: Looks, part: Part) -> Looks:
    """Return the frames of a part, measured by how many things are to be looked at."""
    done, found = 0, {}
    whole = sum(wanted for each in looks.values() for wanted, _ in each) or 1
    for frame in sorted(looks):
        if part[0] <= done / whole < part[1]:
            found[frame] = looks[frame]
        done += sum(wanted for wanted, _ in looks[frame])
    return found


def watched(looks: Mapping[int, Any], part: Part, last: int) -> tuple[int, int]:
    """Return the first and the last frame that a part watches: parts meet in the frame that one looks at last."""
    before = looks_of_part(looks, (0.0, part[0]))
    first = max(before, default=0)
    own = looks_of_part(looks, part)
    return first, last if part[1] >= ALL[1] else max(own, default=first)


def _frames_of(row: ShownRow, span: SpanRow, every: int) -> Iterator[int]:
    """Yield the frames on which a span is looked at."""
    if span.state == "resting" and span.samples:
        yield from range(span.first, span.last + 1) if every == 1 else {_sharp_from(row, span), span.last}
    if span.state == "tracking":
        yield from (sample.frame for sample in span.samples[::every])
        if (left := (len(span.samples) - 1) % every) > every // 2:
            yield span.samples[-1 - left // 2].frame
    if span.state == "travelling":  # not as it sets out, over what it is a copy of
        yield from {*range(span.first + (every + 1) // 2, span.last, every), span.last}


def _sharp_from(row: ShownRow, span: SpanRow) -> int:
    """Return the first frame of a rest to look at: what is measured needs a few until the encoder settles."""
    return span.first + (0 if KINDS[row.kind].lettered else min(SETTLING, (span.last - span.first) // 2))


def _passing(ledger: Ledger) -> Mapping[int, list[Box]]:
    """Return the boxes of all that comes, goes or travels, by the frame; what is carried in may be anywhere."""
    found: dict[int, list[Box]] = defaultdict(list)
    for row, at, span in ((shown, at, span) for shown in ledger.shown for at, span in enumerate(shown.spans)):
        frames = range(span.first, span.last + 1)
        if span.state == "entering" and KINDS[row.kind].carried:
            for frame in frames:
                found[frame].append(_ANYWHERE)
        elif span.state in ("entering", "leaving", "travelling"):
            for frame, sample in _samples_of(row, at, frames):
                found[frame].append(sample.box)
    return found


def _uncovered(frame: int, row: ShownRow, span: SpanRow, passing: Mapping[int, list[Box]]) -> int:
    """Return the frame of a rest nearest to one on which nothing comes, goes or travels over or beside a thing."""
    if span.state != "resting":
        return frame
    left, top, right, bottom = span.samples[0].box
    beside = bottom - top  # where a digit more would stand
    first, last = min(frame, _sharp_from(row, span)), span.last
    near = (f for by in range(last - first + 1) for f in (frame - by, frame + by) if first <= f <= last)

    def is_free(at: int) -> bool:
        return not any(
            b[0] < right + beside and left < b[2] + beside and b[1] < bottom and top < b[3] for b in passing.get(at, ())
        )

    return next(filter(is_free, near), frame)


def _settled(span: SpanRow, frame: int) -> bool:
    """Return whether a rest is long enough for the encoder to draw it sharply, and whether that has had the time.

    Letters are looked at from their first frame on, which may be the first of a group that is drawn anew, coarsely.
    """
    return span.state != "resting" or (span.last - span.first >= 2 * SETTLING and frame - span.first >= SETTLING)


def _samples_of(row: ShownRow, at: int, frames: Collection[int]) -> Iterator[tuple[int, SampleRow]]:
    """Yield how a thing stands on those frames of a span; what comes or goes stands about where it rests."""
    span = row.spans[at]
    if span.state in ("tracking", "travelling"):
        yield from ((sample.frame, sample) for sample in span.samples if sample.frame in frames)
        return
    near = row.spans[at : at + 2] if span.state == "entering" else reversed(row.spans[: at + 1])
    sample = next((s.samples[0 if span.state == "entering" else -1] for s in near if s.samples), None)
    if sample is not None:
        yield from ((frame, sample) for frame in range(span.first, span.last + 1) if frame in frames)
