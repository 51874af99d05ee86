"""The finished video file: colour tags, title, chapters and the ledger inside it, and the digest that names its frames.

PyAV alone, no manim: an audit and the workshop read with it what the stage wrote.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Final

import av
import srt

__all__ = [
    "ENCODER_OPTIONS",
    "LEDGER_TAG",
    "Chapter",
    "Facts",
    "FilmFileError",
    "chapters_in",
    "facts_of",
    "finish_mp4",
    "read_ledger_tag",
    "read_tags",
    "replace_text",
    "replacing",
    "srt_text",
    "video_digest",
    "vtt_text",
]

ENCODER_OPTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {"x264-params": "colormatrix=smpte170m:colorprim=bt709:transfer=bt709"}
)
"""manim converts frames with the BT.601 matrix and says so nowhere; browsers would assume BT.709."""

LEDGER_TAG: Final = "backgear_ledger"
_MILLISECOND: Final = Fraction(1, 1000)


class FilmFileError(ValueError):
    """A file that cannot be read as a video: one line that names it."""


@dataclass(frozen=True)
class Chapter:
    """A named stretch of a video, in seconds."""

    title: str
    start: float
    end: float


@dataclass(frozen=True)
class Facts:
    """What a video file says of its frames.

    Attributes
    ----------
    codec
        Its short name, such as ``h264``, ``vp9`` or ``gif``.
    transparent
        Whether the frames have an opacity of their own.
    """

    width: int
    height: int
    frame_rate: float
    frames: int
    codec: str
    transparent: bool


def finish_mp4(source: Path, target: Path, *, chapters: Sequence[Chapter], tags: Mapping[str, str]) -> None:
    """Copy the packets of ``source`` into ``target``: index first, with tags and chapters, nothing re-encoded.

    ``target`` is only replaced when the copy is complete.

    Parameters
    ----------
    tags
        ``title`` and whatever else is to be found in the file; values may be megabytes long.

    Raises
    ------
    FilmFileError
        If ``source`` is no video.
    """
    options = {"movflags": "faststart+use_metadata_tags"}
    with (
        _opened(source) as given,
        replacing(target) as temporary,
        av.open(str(temporary), "w", format="mp4", options=options) as made,
    ):
        made.metadata.update(tags)
        made.set_chapters([_chapter(i, chapter) for i, chapter in enumerate(chapters)])
        streams = {stream.index: made.add_stream_from_template(stream) for stream in given.streams}
        for packet in given.demux():
            if packet.dts is not None:
                packet.stream = streams[packet.stream.index]
                made.mux(packet)


def video_digest(path: Path) -> str:
    """Return the SHA-256, in hex, over the encoded video packets in order: a remux keeps it, all else changes it.

    Raises
    ------
    FilmFileError
        If the file is no video.
    """
    digest = hashlib.sha256()
    with _opened(path) as container:
        for packet in container.demux(container.streams.video[0]):
            if packet.size:
                digest.update(bytes(packet))
    return digest.hexdigest()


def read_tags(path: Path) -> dict[str, str]:
    """Return the metadata tags of a video file.

    Raises
    ------
    FilmFileError
        If the file is no video.
    """
    with _opened(path) as container:
        return dict(container.metadata)


def read_ledger_tag(path: Path) -> str | None:
    """Return the text of the ledger inside a video file, or None where there is none; an mkv writes tags in capitals.

    Raises
    ------
    FilmFileError
        If the file is no video.
    """
    return {name.lower(): text for name, text in read_tags(path).items()}.get(LEDGER_TAG)


def chapters_in(path: Path) -> list[Chapter]:
    """Return the chapters of a video file; none where it has none.

    Raises
    ------
    FilmFileError
        If the file is no video.
    """
    with _opened(path) as container:
        return [
            Chapter(
                chapter["metadata"].get("title", ""),
                float(chapter["start"] * (chapter["time_base"] or 0)),
                float(chapter["end"] * (chapter["time_base"] or 0)),
            )
            for chapter in container.chapters()
        ]


def facts_of(path: Path) -> Facts:
    """Return size, frame rate and number of frames of a video file, counted and not believed.

    Raises
    ------
    FilmFileError
        If the file is no video.
    """
    with _opened(path) as container:
        stream = container.streams.video[0]
        stamps = [packet.pts or 0 for packet in container.demux(stream) if packet.size]
        frames = len(stamps)
        codec, form = stream.codec_context.name, stream.format
        transparent = any(part.is_alpha for part in form.components) if form else False
        rate = float(stream.average_rate or _rate_of(stamps, float(stream.time_base or 0)))
        return Facts(stream.width, stream.height, rate, frames, codec, transparent)


def _rate_of(stamps: Sequence[int], tick: float) -> float:
    """Return frames per second of a container that states none: a webm whose stamps are rounded to milliseconds."""
    steps = sorted(later - earlier for earlier, later in pairwise(sorted(stamps)))
    step = steps[len(steps) // 2] * tick if steps else 0.0
    return float(round(1 / step)) if step > 0.0 else 0.0


def replace_text(target: Path, text: str) -> None:
    """Write ``text`` to ``target``, which is only replaced when all of it is written."""
    with replacing(target) as temporary:
        temporary.write_text(text, encoding="utf-8")


def srt_text(captions: Iterable[tuple[float, float, str]]) -> str:
    """Return subtitles (start, end in seconds, text) as a SubRip file.

    Examples
    --------
    >>> print(srt_text([(0.0, 1.5, "It said -0.667.")]).strip())
    1
    00:00:00,000 --> 00:00:01,500
    It said -0.667.
    """
    entries = [
        srt.Subtitle(index, timedelta(seconds=start), timedelta(seconds=end), text)
        for index, (start, end, text) in enumerate(captions, start=1)
    ]
    return str(srt.compose(entries, reindex=False))


def vtt_text(captions: Iterable[tuple[float, float, str]]) -> str:
    """Return subtitles as a WebVTT file, in which ``&``, ``<`` and ``>`` are escaped and blank lines left out.

    Examples
    --------
    >>> print(vtt_text([(0.0, 1.5, "x < 1")]).strip())
    WEBVTT
    <BLANKLINE>
    00:00:00.000 --> 00:00:01.500
    x &lt; 1
    """
    cues = [f"{_clock(start)} --> {_clock(end)}\n{_escaped(text)}\n" for start, end, text in captions]
    return "\n".join(["WEBVTT\n", *cues])


def _clock(seconds: float) -> str:
    return str(srt.timedelta_to_srt_timestamp(timedelta(seconds=seconds))).replace(",", ".")


def _escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "\n".join(line for line in text.splitlines() if line.strip())  # a blank line would end the cue


def _chapter(index: int, chapter: Chapter) -> av.container.core.Chapter:
    start, end = (round(seconds / _MILLISECOND) for seconds in (chapter.start, chapter.end))
    return {"id": index, "start": start, "end": end, "time_base": _MILLISECOND, "metadata": {"title": chapter.title}}


@contextmanager
def _opened(path: Path) -> Iterator[av.container.InputContainer]:
    try:
        container = av.open(str(path))
    except (av.error.FFmpegError, OSError) as error:
        raise FilmFileError(f"{path}: this is not a video that can be read: {error.strerror}") from error
    with container:
        if not container.streams.video:
            raise FilmFileError(f"{path}: there is no picture in this file")
        yield container


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a temporary file beside ``target`` that takes its place when the block ends well, else is removed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield temporary
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
