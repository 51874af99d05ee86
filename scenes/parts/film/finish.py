"""From a render to finished files: chapters, subtitles and ledger, all put in place together, the ledger last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

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
    ShownRow,
    VideoFacts,
    ledger_text,
    versions,
)
from scenes.parts.recipe.quantity import Quantities

__all__ = ["SUBTITLES", "Rendered", "chapters_of", "comment_of", "finish", "subtitles_of"]


SUBTITLES: Final = (".srt", ".vtt")
"""The suffixes of the files with a film's subtitles."""


@dataclass(frozen=True)
class Rendered:
    """What was rendered: all that the finished files say, without the stage that it was shown on.

    Attributes
    ----------
    file
        The video as it came from the encoder.
    final
        Where the finished video belongs.
    clip, scene
        Their names.
    plays
        The first and the last play that was rendered, where not all were.
    only
        The one beat that was rendered; nothing where all were.
    settings, settings_digest
        The settings of the clip with everything that they leave to others, and what names them.
    digests
        What names the sources of ``core`` and ``scenes`` that it was made with.
    captions
        Whether subtitle files are wanted.
    frame_rate, frame_height, background
        Frames per second; in frame units; ``#RRGGBB``.
    """

    file: Path
    final: Path
    clip: str
    scene: str
    plays: tuple[int, int | None] | None
    only: str
    typed_numbers: bool
    settings: Mapping[str, Any]
    settings_digest: str
    digests: Mapping[str, str]
    captions: bool
    frame_rate: float
    frame_height: float
    background: str
    beats: tuple[BeatRow, ...]
    quantities: Quantities
    shown: tuple[ShownRow, ...]


def finish(rendered: Rendered) -> None:
    """Put the finished files of a render in place.

    CLIP.mp4 (or its other container), CLIP.ledger.json, and CLIP.srt and CLIP.vtt; where captions are off, none of old.
    """
    ledger, final, video = make_ledger(rendered), rendered.final, rendered.file
    text = ledger_text(ledger)
    if final.suffix == ".mp4":
        finish_mp4(video, video.with_name("finished.mp4"), chapters=chapters_of(ledger), tags=_tags(ledger, text))
        video = video.with_name("finished.mp4")
    subtitles = dict(subtitles_of(ledger, rendered.captions))
    for suffix in SUBTITLES:
        if suffix in subtitles:
            replace_text(final.with_suffix(suffix), subtitles[suffix])
        else:
            final.with_suffix(suffix).unlink(missing_ok=True)  # of another film, with other numbers
    video.replace(final)
    replace_text(final.with_suffix(".ledger.json"), text)


def make_ledger(rendered: Rendered) -> Ledger:
    """Return the ledger of what was rendered."""
    return Ledger(
        clip=rendered.clip,
        scene=rendered.scene,
        partial=rendered.plays is not None or bool(rendered.only),
        plays=rendered.plays,
        only=rendered.only,
        typed_numbers=rendered.typed_numbers,
        video=_video_facts(rendered),
        settings=dict(rendered.settings),
        settings_digest=rendered.settings_digest,
        core_digest=rendered.digests["core"],
        scenes_digest=rendered.digests["scenes"],
        versions=dict(versions()),
        beats=rendered.beats,
        **computed_rows(rendered.quantities),
        shown=rendered.shown,
    )


def _video_facts(rendered: Rendered) -> VideoFacts:
    facts = facts_of(rendered.file)
    return VideoFacts(
        file=rendered.final.name,
        digest=video_digest(rendered.file),
        frame_rate=rendered.frame_rate,
        width=facts.width,
        height=facts.height,
        frames=facts.frames,
        frame_height=rendered.frame_height,
        background=rendered.background,
    )


def chapters_of(ledger: Ledger) -> list[Chapter]:
    """Return a chapter per beat; each lasts until the next begins, the last until the end."""
    rate, frames = ledger.video.frame_rate, ledger.video.frames
    spans = pairwise([*(beat.first for beat in ledger.beats), frames])  # none, where a part ends before its first beat
    return [
        Chapter(beat.sentence, start / rate, end / rate) for beat, (start, end) in zip(ledger.beats, spans, strict=True)
    ]


def _tags(ledger: Ledger, text: str) -> dict[str, str]:
    title = ledger.settings["clip"]["words"]["title"]
    return {
        "title": str(title),
        "comment": comment_of(ledger),
        LEDGER_TAG: text,
    }


def comment_of(ledger: Ledger) -> str:
    """Return what a film's tag says to who finds it."""
    return f"Backgear clip {ledger.clip}; its ledger is in the tag {LEDGER_TAG}"


def subtitles_of(ledger: Ledger, wanted: bool) -> Iterator[tuple[str, str]]:
    """Yield suffix and text of every subtitle file that belongs beside a film."""
    rate = ledger.video.frame_rate
    captions = [(beat.first / rate, (beat.last + 1) / rate, beat.caption) for beat in ledger.beats if beat.caption]
    if wanted and captions:
        yield ".srt", srt_text(captions)
        yield ".vtt", vtt_text(captions)
