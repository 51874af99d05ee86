"""The pixel half of an audit: every thing that a ledger claims is looked at on the frames that it claims it for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np

from scenes.parts.film.ledger import Ledger
from studio.audit.canvas import Canvas, Look
from studio.audit.colours import check_background, check_layout
from studio.audit.decoding import pictures
from studio.audit.drawn import Facts
from studio.audit.fades import Fades
from studio.audit.finding import Finding
from studio.audit.frames import UNALTERED, Altered, Bytes, Picture, Window
from studio.audit.glance import Glance, Mask, Turned
from studio.audit.kinds import KINDS
from studio.audit.limits import REENCODED, STRICT, limits_for
from studio.audit.looks import ALL, SETTLING, Part, looks_at, looks_of_part, watched
from studio.audit.ratios import check_ratios
from studio.audit.still import Stills
from studio.audit.strays import check_strays
from studio.audit.whole import check_whole

__all__ = ["checks"]

Progress = Callable[[int, int], None]
Box = tuple[float, float, float, float]


def checks(
    video: Path,
    ledger: Ledger,
    every: int | None = None,
    progress: Progress | None = None,
    *,
    original: bool = True,
    repeats: int = 1,
    altered: Altered = UNALTERED,
    part: Part = ALL,
) -> Iterator[Finding]:
    """Yield what the pixels of a video show of everything that its ledger claims.

    Parameters
    ----------
    every
        Of a sweep each so many frames one is looked at, else one a second; of a rest the first and the last frame, and
        with 1 all.
    progress
        Called with the number of frames looked at and the number of all.
    original
        Whether the file holds the packets that were rendered; else the wider limits hold.
    repeats
        How often a copy holds each frame, where its frame rate is higher.
    altered
        What was done to all frames of a copy.
    part
        Which of the frames; the parts together find what the whole does.

    Raises
    ------
    FilmFileError
        If the file is no video.
    """
    everything = looks_at(ledger, every)
    looks, canvas, facts = looks_of_part(everything, part), Canvas(), None
    moving, traces = _moving(ledger), _Traces(ledger)
    span = watched(everything, part, ledger.video.frames - 1)
    stills, fades = Stills(ledger, original, span), Fades(ledger, original, span)

    def see(index: int, luma: Bytes) -> None:
        stills.see(index, luma)
        fades.see(index, luma)

    until, most = max(stills.last, fades.until), None if original else (ledger.video.width, ledger.video.height)
    read = pictures(video, looks.keys(), see, until, repeats, stills.see_again, most, altered, span[0])
    for done, picture in enumerate(read):
        facts = facts or Facts.of(ledger, *picture.luma.shape)
        yield from _on_frame(picture, looks[picture.index], ledger, facts, canvas, original)
        if picture.index not in moving:
            settled = moving.isdisjoint(range(picture.index - SETTLING, picture.index))
            limits = limits_for(picture.luma.shape[0], original and settled)
            passed = traces.until(picture), limits.trace
            yield check_strays(picture, canvas.claimed, facts.ground, limits.stray, canvas.planes(picture), passed)
            at_rest = all(look.resting for _, look in looks[picture.index])
            if original or (settled and at_rest):  # else what changes is smeared
                held = STRICT if original else REENCODED
                drawn, beside = (held.drawn, held.beside) if at_rest else (held.moving_drawn, held.moving_beside)
                yield check_whole(picture, canvas, drawn, beside)
        if progress:
            progress(done + 1, len(looks))
    yield from stills.findings
    yield from fades.findings


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
