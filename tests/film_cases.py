"""Films at 720p for the pixel half of an audit, and copies of them with something forged."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any
from unittest.mock import patch

import av
import numpy as np
import numpy.typing as npt
from command_cases import manim, quick_settings
from manim import config, tempconfig
from shared_cases import once

from scenes.parts.film.film_file import ENCODER_OPTIONS
from scenes.parts.film.ledger import Ledger, SampleRow, ShownRow, SpanRow, read_ledger
from scenes.parts.settings.override import BEAT
from scenes.parts.stage.stage import Stage
from studio.audit import pixels
from studio.audit.decoding import pictures
from studio.audit.digits import texts_of
from studio.audit.drawn import Facts, Piece, ink_of
from studio.audit.finding import Finding
from studio.audit.frames import Window, rgb_of
from studio.audit.glance import Around, Glance
from studio.audit.glyphs import Text, advance, slots_of
from studio.audit.limits import STRICT
from studio.audit.pixels import checks

Pixels = npt.NDArray[np.float64]
Picture = npt.NDArray[np.uint8]
Edit = Callable[[Picture], None]


@dataclass(frozen=True)
class Film:
    """A rendered clip and what its ledger says."""

    video: Path
    ledger: Ledger

    @property
    def facts(self) -> Facts:
        return Facts.of(self.ledger, self.ledger.video.height, self.ledger.video.width)

    def found(self, video: Path | None = None, every: int = 10, original: bool = False) -> list[Finding]:
        """What the pixels of the film, or of a copy of it, show; a copy passes for the ``original`` with its digest."""
        return list(checks(video or self.video, self.ledger, every, original=original or video is None))

    def found_where(self, target: Path, plan: Mapping[int, Iterable[Edit]], original: bool = False) -> list[Finding]:
        """What the changed frames alone of a copy show: quicker by far where nothing is asked of all the others."""
        copy = forged(self, target, plan, until=max(plan), alone=original)
        return self.found_on(plan.keys(), copy, original)

    def found_on(self, frames: Collection[int], video: Path | None = None, original: bool = False) -> list[Finding]:
        """What some of the frames show, where nothing is asked of all the others."""

        def asked(looks: Mapping[int, Any], part: object) -> Mapping[int, Any]:
            return {frame: look for frame, look in looks.items() if frame in frames}

        with patch.object(pixels, "looks_of_part", asked):
            return self.found(video, every=10**6, original=original)

    def rest(self, kind: str, name: str, nth: int = 0) -> tuple[ShownRow, SpanRow]:
        """The nth rest of the things of a kind and a name, and its row."""
        rows = [row for row in self.ledger.shown if row.kind == kind and row.name == name]
        return [(row, span) for row in rows for span in row.spans if span.state == "resting"][nth]

    def glance(self, kind: str, name: str) -> Glance:
        """The last frame of the first rest of a thing, nothing else being in its way."""
        row, span = self.rest(kind, name)
        (picture,) = pictures(self.video, {span.last})

        def nothing(window: Window) -> npt.NDArray[np.bool_]:
            return np.zeros(window.shape, dtype=bool)

        def alone(window: Window) -> Around:
            ground = np.full(window.shape, picture.colours.luma(self.facts.ground))
            return Around(ground, np.ones(window.shape), np.zeros(window.shape))

        def bare(window: Window, paint: Callable[[str], Pixels]) -> Pixels:
            return np.ones(window.shape)[..., None] * paint(self.facts.ground)

        views = nothing, nothing, alone, nothing, bare
        return Glance(picture, row, span.samples[0], self.facts, STRICT, True, {}, *views)


def rendered(folder: Path, scene: str, clip: str, old: str = "", new: str = "", beat: str = "") -> Film:
    """A short film of a clip, or of one beat of it, with some text of its settings replaced."""
    settings = quick_settings(folder)
    if old:
        settings.write_text(settings.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with patch.dict(os.environ, {BEAT: beat}):
        done = manim(folder, scene, "-r", "1280,720", "--fps", "10", clip, config=settings)
    assert done.returncode == 0, done.stdout + done.stderr
    return _film_in(folder, scene, f"{clip}.{beat}" if beat else clip)


def shared(scene: str, clip: str) -> Film:
    """The short film of a clip that all processes of the tests look at."""
    return _film_in(once(f"720p-{clip}", lambda folder: rendered(folder, scene, clip)), scene, clip)


def _film_in(folder: Path, scene: str, name: str) -> Film:
    video = folder / f"media/videos/{scene}/720p10/{name}.mp4"
    return Film(video, read_ledger(video.with_suffix(".ledger.json")))


def filmed(stage: type[Stage], folder: Path, lines: int, frame_rate: float) -> Film:
    """The film of a stage, rendered in this process."""
    size = {"pixel_width": round(lines * 8 / 9) * 2, "pixel_height": lines, "frame_rate": frame_rate}
    quiet = {"progress_bar": "none", "verbosity": "ERROR", "format": "mp4", "write_all": False, "dry_run": False}
    with tempconfig({**size, **quiet, "media_dir": str(folder), "write_to_movie": True}):
        config.frame_width, config.frame_height = 128 / 9, size["pixel_height"] / size["pixel_width"] * 128 / 9
        shown = stage()
        shown.render()
    video = shown.writer.final
    assert video is not None
    return Film(video, read_ledger(video.with_suffix(".ledger.json")))


# -- forging --------------------------------------------------------------------------------------------------------


def forged(
    film: Film,
    target: Path,
    edits: Mapping[int, Iterable[Edit]] | None = None,
    *,
    crf: int = 20,
    height: int | None = None,
    order: Callable[[int], int] = lambda index: index,
    alone: bool = False,
    until: int | None = None,
) -> Path:
    """Encode a film again with some of its pixels changed, in another size or with its frames in another order.

    What is changed is changed ``alone`` where all other pixels keep the colours that were decoded: on the way to RGB
    and back the colours of a whole frame blur. Nothing behind the frame ``until`` is there, if one is named.
    """
    given, rate = _decoded(film.video), Fraction(round(film.ledger.video.frame_rate))
    size = (given[0].width, given[0].height) if height is None else (round(height * 8 / 9) * 2, height)
    with av.open(str(target), "w") as container:
        options = {**ENCODER_OPTIONS, "crf": str(crf), "preset": "veryfast"}
        stream = container.add_stream("libx264", rate=rate, options=options)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for index in range(len(given) if until is None else until + 1):
            edited = _edited(given[order(index)], list((edits or {}).get(order(index), ())), alone)
            frame = edited.reformat(*size)
            frame.pts, frame.time_base = index, 1 / rate
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return target


def _decoded(video: Path) -> list[av.VideoFrame]:
    with av.open(str(video)) as container:
        return list(container.decode(video=0))


def _edited(frame: av.VideoFrame, edits: list[Edit], alone: bool) -> av.VideoFrame:
    if not edits:
        return frame
    rgb = np.asarray(frame.reformat(format="rgb24", src_colorspace="ITU601").to_ndarray(), dtype=np.uint8)
    before = _planes(rgb)
    for edit in edits:
        edit(rgb)
    after = _planes(rgb)
    mixed = np.where(after == before, frame.reformat(format="yuv420p").to_ndarray(), after) if alone else after
    return av.VideoFrame.from_ndarray(mixed, format="yuv420p")


def _planes(rgb: Picture) -> Picture:
    """Return luma and both chromas as a film keeps them."""
    frame = av.VideoFrame.from_ndarray(rgb, format="rgb24").reformat(format="yuv420p", dst_colorspace="ITU601")
    return np.asarray(frame.to_ndarray(), dtype=np.uint8)


def through(span: SpanRow, *edits: Edit) -> dict[int, list[Edit]]:
    """The same edits on every frame of a rest."""
    return {frame: list(edits) for frame in range(span.first, span.last + 1)}


def together(*plans: Mapping[int, list[Edit]]) -> dict[int, list[Edit]]:
    """Several forgeries in one file."""
    frames = sorted({frame for plan in plans for frame in plan})
    return {frame: [edit for plan in plans for edit in plan.get(frame, [])] for frame in frames}


def painted(pieces: Iterable[Piece], colour: str, rgb: Picture) -> None:
    """Lay pieces over a picture, as the stage's camera would."""
    pieces = list(pieces)
    window = Window.around(np.concatenate([piece.points for piece in pieces])).within(rgb.shape[1], rgb.shape[0])
    ink = ink_of(pieces, window)[..., None]
    part = rgb[window.top : window.bottom, window.left : window.right]
    part[:] = np.rint(part * (1 - ink) + rgb_of(colour) * ink)


def erased(points: Pixels, ground: str) -> Edit:
    """Cover the box around some points with the background."""
    window = Window.around(points, 1.0)
    return lambda rgb: rgb.__setitem__(
        (slice(window.top, window.bottom), slice(window.left, window.right)), rgb_of(ground)
    )


def lettering(film: Film, row: ShownRow, sample: SampleRow) -> Text:
    return texts_of(row, sample, film.facts)[0]


def retyped(film: Film, row: ShownRow, sample: SampleRow, text: str) -> Edit:
    """Write other characters into the places of a number, in its own glyphs; blanks and what is longer included."""
    drawn, height, colour = lettering(film, row, sample), row.height or 1.0, sample.colours[0]
    outline = (drawn.points - np.array(drawn.origin)) / drawn.units
    slots = slots_of(sample.text or "", outline, height)
    edits: list[Edit] = []
    for slot, new in zip(slots, text.replace("^", ""), strict=False):
        if new != slot.character:
            edits.append(erased(drawn.pixels(slot.glyph(slot.character, height)), film.facts.ground))
    for slot, new in zip(slots, text.replace("^", ""), strict=False):
        if new not in (slot.character, " "):
            edits.append(written(drawn.pixels(slot.glyph(new, height)), colour))
    if len(text) > len(sample.text or ""):
        behind = slots[-1].shift + np.array([advance(slots[-1].character, height), 0.0])
        glyph = slots[-1].glyph(text[-1], height) - slots[-1].shift + behind
        edits.append(written(drawn.pixels(glyph), colour))
    return lambda rgb: [edit(rgb) for edit in edits] and None


def written(points: Pixels, colour: str) -> Edit:
    return lambda rgb: painted([Piece(points)], colour, rgb)


def wrong(findings: Iterable[Finding]) -> set[tuple[str, str]]:
    """What is wrong; a lie makes the frame as a whole and the fade before it wrong, too, named only where it is all."""
    found = {(finding.check, finding.what) for finding in findings if not finding.ok}
    return {each for each in found if each[0] not in ("all there is", "fades")} or found


def wrong_as_read(findings: Iterable[Finding]) -> set[tuple[str, str]]:
    """What the reading of single frames finds wrong, without the look at what changes between them."""
    return wrong(finding for finding in findings if finding.check not in ("still", "fades"))
