"""The pixel half of an audit: every thing that a ledger claims is looked at on the frames that it claims it for."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np

from scenes.parts.film.ledger import Ledger, SampleRow, ShownRow, SpanRow
from studio.audit.canvas import Canvas, Look
from studio.audit.colours import check_background, check_layout
from studio.audit.drawn import Facts
from studio.audit.fades import Fades
from studio.audit.finding import Finding
from studio.audit.frames import Bytes, Picture, Window, pictures
from studio.audit.glance import Glance, Mask, Turned
from studio.audit.kinds import KINDS
from studio.audit.limits import REENCODED, STRICT, limits_for
from studio.audit.ratios import check_ratios
from studio.audit.still import Stills
from studio.audit.strays import check_strays
from studio.audit.whole import check_whole

__all__ = ["ALL", "FIRST", "SECOND", "checks"]

_ANYWHERE: Final[Box] = (-math.inf, -math.inf, math.inf, math.inf)
Part = tuple[float, float]
"""Which of the looks at a film, as shares of all of them: from and to."""

_HERE: Final = 0.4  # whoever looks at the first part recomputes the ledger meanwhile
ALL: Final[Part] = (0.0, 1.0)
FIRST: Final[Part] = (0.0, _HERE)
SECOND: Final[Part] = (_HERE, 1.0)

_SETTLING: Final = 6
Progress = Callable[[int, int], None]
Box = tuple[float, float, float, float]


def checks(
    video: Path,
    ledger: Ledger,
    every: int = 10,
    progress: Progress | None = None,
    *,
    original: bool = True,
    repeats: int = 1,
    part: Part = ALL,
) -> Iterator[Finding]:
    """Yield what the pixels of a video show of everything that its ledger claims.

    Parameters
    ----------
    every
        Of a sweep each so many frames one is looked at; of a rest the first and the last frame, and with 1 all.
    progress
        Called with the number of frames looked at and the number of all.
    original
        Whether the file holds the packets that were rendered; else the wider limits hold.
    repeats
        How often a copy holds each frame, where its frame rate is higher.
    part
        Which of the frames; the parts together find what the whole does.

    Raises
    ------
    FilmFileError
        If the file is no video.
    """
    everything = _looks(ledger, every)
    looks, canvas, facts = _of_part(everything, part), Canvas(), None
    moving, traces = _moving(ledger), _Traces(ledger)
    watched = _watched(everything, part, ledger.video.frames - 1)
    stills, fades = Stills(ledger, original, watched), Fades(ledger, original, watched)

    def see(index: int, luma: Bytes) -> None:
        stills.see(index, luma)
        fades.see(index, luma)

    until, most = max(stills.last, fades.until), None if original else (ledger.video.width, ledger.video.height)
    for done, picture in enumerate(pictures(video, looks.keys(), see, until, repeats, stills.see_again, most)):
        facts = facts or Facts.of(ledger, *picture.luma.shape)
        yield from _on_frame(picture, looks[picture.index], ledger, facts, canvas, original)
        if picture.index not in moving:
            settled = moving.isdisjoint(range(picture.index - _SETTLING, picture.index))
            limits = limits_for(picture.luma.shape[0], original and settled)
            passed = traces.until(picture), limits.trace
            yield check_strays(picture, canvas.claimed, facts.ground, limits.stray, canvas.planes(picture), passed)
            at_rest = all(look.resting for _, look in looks[picture.index])
            if original or (settled and at_rest):  # else what changes is smeared
                held = STRICT if original else REENCODED
                yield check_whole(picture, canvas, held.drawn if at_rest else held.moving_drawn, held.beside)
        if progress:
            progress(done + 1, len(looks))
    yield from stills.findings
    yield from fades.findings


def _looks(ledger: Ledger, every: int) -> Mapping[int, list[tuple[bool, Look]]]:
    """Return all that stands on each frame of interest, and whether it is to be looked at or only in the way."""
    wanted: dict[int, set[int]] = defaultdict(set)
    flying = _flying(ledger)
    for index, row in enumerate(ledger.shown):
        for span in row.spans:
            for frame in _frames_of(row, span, every):
                wanted[_uncovered(frame, span, flying)].add(index)
    looks: dict[int, list[tuple[bool, Look]]] = {frame: [] for frame in wanted}
    for index, row in enumerate(ledger.shown):
        for at, span in enumerate(row.spans):
            for frame, sample in _samples_of(row, at, looks):
                look = Look(
                    index,
                    row,
                    sample,
                    resting=span.state == "resting",
                    settled=_settled(span),
                    last=span.state == "tracking" or frame == span.last,
                    passing=span.state in ("entering", "leaving"),
                    travelling=span.state == "travelling",
                )
                looks[frame].append((index in wanted[frame], look))
    return looks


def _of_part(looks: Mapping[int, list[tuple[bool, Look]]], part: Part) -> Mapping[int, list[tuple[bool, Look]]]:
    """Return the frames of a part, measured by how many things are to be looked at."""
    done, found = 0, {}
    whole = sum(wanted for each in looks.values() for wanted, _ in each) or 1
    for frame in sorted(looks):
        if part[0] <= done / whole < part[1]:
            found[frame] = looks[frame]
        done += sum(wanted for wanted, _ in looks[frame])
    return found


def _watched(looks: Mapping[int, Any], part: Part, last: int) -> tuple[int, int]:
    """Return the first and the last frame that a part watches: parts meet in the frame that one looks at last."""
    before = _of_part(looks, (0.0, part[0]))
    first = max(before, default=0)
    own = _of_part(looks, part)
    return first, last if part[1] >= ALL[1] else max(own, default=first)


def _frames_of(row: ShownRow, span: SpanRow, every: int) -> Iterator[int]:
    """Yield the frames on which a span is looked at; what is measured needs a few frames until the encoder settles."""
    if span.state == "resting" and span.samples:
        settling = 0 if KINDS[row.kind].lettered else min(_SETTLING, (span.last - span.first) // 2)
        yield from range(span.first, span.last + 1) if every == 1 else {span.first + settling, span.last}
    if span.state == "tracking":
        yield from (sample.frame for sample in span.samples[::every])
    if span.state == "travelling":  # not as it sets out, over what it is a copy of
        yield from {*range(span.first + (every + 1) // 2, span.last, every), span.last}


def _flying(ledger: Ledger) -> Mapping[int, list[Box]]:
    """Return the boxes of all that travels, by the frame; what is carried in may be anywhere."""
    found: dict[int, list[Box]] = defaultdict(list)
    for row, span in ((shown, span) for shown in ledger.shown for span in shown.spans):
        if span.state == "travelling":
            for sample in span.samples:
                found[sample.frame].append(sample.box)
        elif span.state == "entering" and KINDS[row.kind].carried:
            for frame in range(span.first, span.last + 1):
                found[frame].append(_ANYWHERE)
    return found


def _uncovered(frame: int, span: SpanRow, flying: Mapping[int, list[Box]]) -> int:
    """Return the frame of a rest nearest to one on which nothing travels over or beside a thing, such as its copy."""
    if span.state != "resting":
        return frame
    (left, top, right, bottom), frames = span.samples[0].box, range(span.first, span.last + 1)
    beside = bottom - top  # where a digit more would stand
    covered = {
        f
        for f in frames
        for b in flying.get(f, ())
        if b[0] < right + beside and left < b[2] + beside and b[1] < bottom and top < b[3]
    }
    return min((f for f in frames if f not in covered), key=lambda f: abs(f - frame), default=frame)


def _moving(ledger: Ledger) -> frozenset[int]:
    """Return the frames on which something comes, goes or travels: nothing is claimed of their bare ground."""
    spans = [s for row in ledger.shown for s in row.spans if s.state in ("entering", "leaving", "travelling")]
    return frozenset(frame for span in spans for frame in range(span.first, span.last + 1))


class _Traces:
    """The pixels over which areas have moved so far; pictures come in order, so that each place is marked once."""

    def __init__(self, ledger: Ledger) -> None:
        self._video = ledger.video
        rows = (row for row in ledger.shown if KINDS[row.kind].smears)
        spans = (span for row in rows for span in row.spans if span.state == "tracking")
        self._left = sorted((s for span in spans for s in span.samples), key=lambda s: s.frame, reverse=True)
        self._mask = np.zeros((0, 0), dtype=bool)

    def until(self, picture: Picture) -> Mask:
        """Return the pixels of a frame over which areas have moved before, a mask that grows with the next call."""
        height, width = picture.luma.shape
        if not self._mask.size:
            self._mask = np.zeros((height, width), dtype=bool)
        scale = np.array([width / self._video.width, height / self._video.height])
        while self._left and self._left[-1].frame <= picture.index:
            box = np.array(self._left.pop().box).reshape(2, 2)
            w = Window.around(box * scale).within(width, height)
            self._mask[w.top : w.bottom, w.left : w.right] = True
        return self._mask


def _settled(span: SpanRow) -> bool:
    """Return whether a rest is long enough for the encoder to draw it sharply."""
    return span.state != "resting" or span.last - span.first >= 2 * _SETTLING


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


def _on_frame(
    picture: Picture, looks: list[tuple[bool, Look]], ledger: Ledger, facts: Facts, canvas: Canvas, original: bool
) -> Iterator[Finding]:
    height, width = picture.luma.shape
    limits = limits_for(height, original)
    share = (width / ledger.video.width, height / ledger.video.height)
    placed = [(wanted, look.scaled(share)) for wanted, look in looks]
    canvas.lay(picture, [look for _, look in placed], facts)
    now = {
        look.row.quantity: look.sample.value.number
        for _, look in placed
        if look.row.quantity and look.sample.value is not None
    }
    still = {name: float(values[0]) for name, values in facts.quantities.items() if len(values) == 1}
    yield check_background(picture, facts.ground, limits.ground)
    lettered, turned = [], list[Turned]()
    for wanted, look in placed:
        if not wanted or not KINDS[look.row.kind].looked_at:
            continue
        held = limits if look.settled else limits_for(height, False)
        glance = Glance(
            picture,
            look.row,
            look.sample,
            facts,
            held,
            look.resting,
            {**still, **now},
            hidden=partial(canvas.hidden, look),
            drawn=partial(canvas.covered, look),
            around=partial(canvas.around, look),
            unsure=partial(canvas.unsure, look),
            backdrop=canvas.backdrop,
            turned=turned,
            travelling=look.travelling,
        )
        yield from _on_thing(glance, look, canvas)
        if look.resting and KINDS[look.row.kind].lettered:
            lettered.append(glance)
    yield from check_ratios(turned)
    yield from check_layout(lettered, frozenset(beat.name for beat in ledger.beats))


def _on_thing(glance: Glance, look: Look, canvas: Canvas) -> Iterator[Finding]:
    """Yield what one thing shows on one frame: shape and place, its characters a second time, its colours."""
    kind = KINDS[look.row.kind]
    yield from kind.check(glance)
    if not glance.sharp:
        return
    if look.last:
        yield from kind.check_again(glance)
    if drawing := canvas.drawing(look):
        yield from kind.check_colours(glance, drawing)
