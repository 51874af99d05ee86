"""From a render to finished files: chapters, subtitles and ledger, all put in place together, the ledger last."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from manim import config, logger

from scenes.parts.film.computed import computed_rows
from scenes.parts.film.film_file import (
    LEDGER_TAG,
    Chapter,
    facts_of,
    finish_mp4,
    replace_text,
    srt_text,
    video_digest,
    vtt_text,
)
from scenes.parts.film.ledger import (
    BeatRow,
    Ledger,
    OutlineRow,
    SampleRow,
    ShownRow,
    SpanRow,
    Value,
    VideoFacts,
    ledger_text,
    versions,
)
from scenes.parts.stage.guard import axes_of
from scenes.parts.stage.record import Entry, Pixels, Sample, wheel_of
from scenes.parts.theme import STROKES_PER_UNIT
from scenes.parts.things.base import Bound, Piece, Shown
from scenes.parts.things.decor import Decor
from scenes.parts.things.gear_marks import PitchCircle
from scenes.parts.things.lettering import Lettering, Words
from scenes.parts.things.plot import Curve, Dot
from scenes.parts.things.tangent import Tangent

if TYPE_CHECKING:
    from scenes.parts.stage.stage import Stage

__all__ = ["finish"]


def finish(stage: Stage) -> None:
    """Put the finished files of a render in place; a dry run and a still have none.

    For a video: CLIP.mp4 (or its other container), CLIP.ledger.json, and CLIP.srt and CLIP.vtt unless captions are off.
    """
    final, writer = stage.writer.final, stage.writer
    rendered = writer.output_plan.primary_artifact
    if final is None or rendered is None or not rendered.exists():
        return
    ledger = make_ledger(stage, rendered, final.name)
    text = ledger_text(ledger)
    if final.suffix == ".mp4":
        finish_mp4(rendered, rendered.with_name("finished.mp4"), chapters=_chapters(ledger), tags=_tags(ledger, text))
        rendered = rendered.with_name("finished.mp4")
    for suffix, subtitles in _subtitles(ledger, stage.settings.captions):
        replace_text(final.with_suffix(suffix), subtitles)
    rendered.replace(final)
    replace_text(final.with_suffix(".ledger.json"), text)
    writer.final_file_path = final
    logger.info("%s: every number bound; video and ledger ready at '%s'", ledger.clip, final)


def make_ledger(stage: Stage, rendered: Path, file: str) -> Ledger:
    """Return the ledger of what a stage has just rendered into the file ``rendered``."""
    clip, settings = type(stage).__name__, stage.settings
    return Ledger(
        clip=clip,
        scene=stage.clip.scene,
        partial=config.from_animation_number > 0 or math.isfinite(config.upto_animation_number),
        typed_numbers=stage.clip.allow_typed_numbers,
        video=_video_facts(stage, rendered, file),
        settings=settings.resolved(clip),
        settings_digest=settings.digest(clip),
        core_digest=stage.digests["core"],
        scenes_digest=stage.digests["scenes"],
        versions=dict(versions()),
        beats=tuple(BeatRow(**vars(beat)) for beat in stage.beats),
        **computed_rows(stage.quantities),
        shown=tuple(_shown_row(entry, stage.record.pixels) for entry in stage.record.entries),
    )


def _video_facts(stage: Stage, rendered: Path, file: str) -> VideoFacts:
    facts = facts_of(rendered)
    return VideoFacts(
        file=file,
        digest=video_digest(rendered),
        frame_rate=float(config.frame_rate),
        width=facts.width,
        height=facts.height,
        frames=facts.frames,
        frame_height=float(stage.camera.frame_height),
        background=stage.theme.colour("background"),
    )


def _shown_row(entry: Entry, pixels: Pixels) -> ShownRow:
    shown = entry.shown
    scale = getattr(shown, "scale_used", None)
    lettering = shown if isinstance(shown, Lettering) else None
    wheel = wheel_of(shown)
    return ShownRow(
        kind=shown.kind,
        name=entry.name,
        quantity=_quantity_name(shown),
        across=_across_name(shown),
        key=shown.key if isinstance(shown, Words) else None,
        dashes=shown.dashes if isinstance(shown, PitchCircle) else None,
        through=shown.at_y.now.name if isinstance(shown, Tangent) else None,
        wheel=wheel.plan.key if wheel else None,
        turn=wheel.turn.now.name if wheel is shown and wheel.turn else None,
        follows=wheel.follow.source.now.name if wheel and wheel.follow else None,
        scale=scale.per_unit if scale else None,
        height=lettering.height_of_type if lettering else None,
        style=lettering.style if lettering else None,
        stroke=_stroke(shown.submobjects[0]) if isinstance(shown, Curve) else None,
        outlines=tuple(_outline_rows(shown, pixels)) if isinstance(shown, Decor) else (),
        axes=tuple((axis.key, pixels.point(*axis.start[:2]), pixels.point(*axis.end[:2])) for axis in axes_of(shown)),
        spans=tuple(
            SpanRow(
                state=span.state,
                first=span.first,
                last=span.last,
                samples=tuple(_sample_row(s, pixels) for s in span.samples),
            )
            for span in entry.spans
        ),
    )


def _stroke(piece: Piece) -> float:
    return float(piece.get_stroke_width()) / STROKES_PER_UNIT


def _outline_rows(shown: Decor, pixels: Pixels) -> Iterator[OutlineRow]:
    for piece in shown.submobjects:
        points = tuple(pixels.point(float(x), float(y)) for x, y, _ in piece.points)
        yield OutlineRow(points=points, stroke=_stroke(piece) if piece.paint.stroke else 0.0)


def _quantity_name(shown: Shown) -> str | None:
    if isinstance(shown, Bound):
        return shown.quantity.name
    named = getattr(shown, "quantity_named", None)
    return named.name if named else None


def _across_name(shown: Shown) -> str | None:
    if isinstance(shown, Curve):
        return shown.xs.name
    if isinstance(shown, Tangent):
        return shown.at_x.now.name
    return shown.across[0].now.name if isinstance(shown, Dot) and shown.across else None


def _sample_row(sample: Sample, pixels: Pixels) -> SampleRow:
    reading = sample.reading
    return SampleRow(
        frame=sample.frame,
        text=reading.text,
        script=sample.script,
        value=None if sample.value is None else Value.of(sample.value),
        shown=reading.value,
        box=sample.box,
        ends=tuple(pixels.point(x, y) for x, y in reading.ends),
        turned=None if sample.turned is None else Value.of(sample.turned),
        followed=None if sample.followed is None else Value.of(sample.followed),
        angle=reading.angle,
        colours=sample.colours,
    )


def _chapters(ledger: Ledger) -> list[Chapter]:
    """Return a chapter per beat; each lasts until the next begins, the last until the end."""
    rate, frames = ledger.video.frame_rate, ledger.video.frames
    starts = [beat.first for beat in ledger.beats]
    ends = [*starts[1:], frames]
    return [
        Chapter(beat.sentence, start / rate, end / rate)
        for beat, start, end in zip(ledger.beats, starts, ends, strict=True)
    ]


def _tags(ledger: Ledger, text: str) -> dict[str, str]:
    title = ledger.settings["clip"]["words"]["title"]
    return {
        "title": str(title),
        "comment": f"Backgear clip {ledger.clip}; its ledger is in the tag {LEDGER_TAG}",
        LEDGER_TAG: text,
    }


def _subtitles(ledger: Ledger, wanted: bool) -> Iterator[tuple[str, str]]:
    rate = ledger.video.frame_rate
    captions = [(beat.first / rate, (beat.last + 1) / rate, beat.caption) for beat in ledger.beats if beat.caption]
    if wanted and captions:
        yield ".srt", srt_text(captions)
        yield ".vtt", vtt_text(captions)
