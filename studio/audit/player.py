"""What a player shows of a video besides its frames as they are: turned, cropped, held, with something beside them."""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import av
import av.logging

from scenes.parts.film.film_file import FilmFileError
from scenes.parts.film.finish import comment_of, subtitles_of
from scenes.parts.film.ledger import Ledger
from studio.audit.finding import Finding

__all__ = ["Played", "beside_the_picture", "check_played", "played_from"]

_SIDE: Final = re.compile(r"^  Stream #\d+:(\d+)|^ {4}Side data:|^ {6}(\S.*)|^ {4}\S", re.MULTILINE)
_HARMLESS: Final = ("CPB properties", "Content Light Level", "Mastering Display")
"""Side data that changes no pixel and no place."""

_UNSAID: Final = 2
_NEAR: Final = {"primaries": (1, _UNSAID, 5, 6, 7), "transfer": (1, _UNSAID, 4, 5, 6, 13)}
"""Codes of ITU-T H.273 with which a player shows the colours as they were drawn, or so nearly that no eye can tell."""

_BRANDS: Final = ("major_brand", "minor_version", "compatible_brands", "handler_name", "vendor_id")
_OURS: Final = ("title", "encoder", "backgear_ledger", "creation_time", "duration", "language", *_BRANDS)
"""Tags that are judged elsewhere, or that a muxer writes by itself."""
_HELD: Final = 0.25  # of a frame
_ROUNDED: Final = 0.0016  # seconds: a webm's stamps are whole milliseconds
_lock = threading.Lock()


@dataclass(frozen=True)
class Played:
    """What a video file asks of a player besides its frames.

    Attributes
    ----------
    side
        What the file says of its picture: a rotation, a crop, in FFmpeg's words.
    aspect
        Width over height of a pixel.
    colours
        For ``primaries``, ``transfer``, ``matrix`` and ``range`` the codes of the file and of its frames.
    stamps
        When each frame is shown, in seconds, in order.
    left_out
        How many frames an edit list leaves out.
    kinds
        The kind of each stream besides the picture: ``video``, ``audio``, ``subtitle``, ``cover``, ``attachment``.
    subtitles
        The text of each stream of subtitles.
    tags
        What stands in the file as text, by name.
    """

    side: tuple[str, ...]
    aspect: float
    colours: Mapping[str, tuple[int, int]]
    stamps: tuple[float, ...]
    left_out: int
    kinds: tuple[str, ...] = ()
    subtitles: tuple[str, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)


def played_from(video: Path) -> Played:
    """Return what a video file asks of a player.

    Raises
    ------
    FilmFileError
        If the file is no video, or breaks off.
    """
    try:
        with av.open(str(video)) as container:
            stream = container.streams.video[0]
            side = _side_data(_dumped(container), stream.index)
            kinds = tuple(_kind(other) for other in container.streams if other.index != stream.index)
            tags = dict(container.metadata) | dict(stream.metadata)
            packets = [packet for packet in container.demux(stream) if packet.size]
        left_out = sum(packet.is_discard for packet in packets)
        stamps = sorted(float((p.pts or 0) * (p.time_base or 0)) for p in packets if not p.is_discard)
        with av.open(str(video)) as container:
            stream = container.streams.video[0]
            said = _codes(stream.codec_context)  # before a frame is decoded: what the container says
            frame = next(container.decode(stream))
            side += _turned(frame) if not side else ()
            aspect = float(stream.sample_aspect_ratio or 1)
            colours = {what: (code, _codes(frame)[what]) for what, code in said.items()}
        return Played(side, aspect, colours, tuple(stamps), left_out, kinds, tuple(_subtitles(video)), tags)
    except (av.error.FFmpegError, OSError, IndexError, StopIteration) as error:
        raise FilmFileError(f"{video}: this is not a video that can be read: {error}") from error


def check_played(played: Played, ledger: Ledger, repeats: int = 1) -> Iterator[Finding]:
    """Yield whether a player shows the frames as they are, each for as long as the others, and nothing over them.

    A copy may hold each frame so many times (``repeats``), each for as much less.
    """
    yield _finding("turned or cropped", "; ".join(played.side), "a player does not show the frames as they are: {}")
    odd = "" if abs(played.aspect - 1) < 1e-3 else f"{played.aspect:.3g}"
    yield _finding("shape of a pixel", odd, "a player makes every pixel {} times as wide as high")
    yield _finding("colour tags", ", ".join(_strange(played)), "a player may change the colours: {}")
    yield _finding("time of a frame", _uneven(played, ledger.video.frame_rate * repeats), "{}")
    more = played.kinds.count("video")
    yield _finding("pictures", str(more) if more else "", "{} more video tracks, and a player may show another one")
    captions = dict(subtitles_of(ledger, True)).get(".srt", "")
    for said in played.subtitles:
        first = _other_line(said, captions)
        yield _finding("subtitles in the file", first, "a track of subtitles says {}")


def beside_the_picture(played: Played, ledger: Ledger) -> Iterator[str]:
    """Yield what a player may give besides the frames, which nobody can judge: it is said with the verdict."""
    named = {"audio": "sound", "cover": "a cover picture", "attachment": "an attached file"}
    yield from (f"not judged: {named[kind]}" for kind in named if kind in played.kinds)
    for name, text in played.tags.items():
        known = name.lower() in _OURS or (name.lower() == "comment" and text == comment_of(ledger))
        if not known and text.strip():
            yield f"not judged: the text {text:.60}{'...' if len(text) > 60 else ''} in the file's tag {name:.30}"


def _dumped(container: Any) -> str:
    """Return FFmpeg's own description of a file; it gives one only while it may log."""
    with _lock:
        before = av.logging.get_level()
        av.logging.set_level(av.logging.INFO)
        try:
            return str(container.dumps_format())
        finally:
            av.logging.set_level(before)


def _side_data(dump: str, index: int) -> tuple[str, ...]:
    r"""Return what stands under the side data of a stream in FFmpeg's description.

    Examples
    --------
    >>> _side_data("  Stream #0:0(und): Video: h264\n    Side data:\n      Frame Cropping: 0/0/9/9", 0)
    ('Frame Cropping: 0/0/9/9',)
    """
    found: list[str] = []
    here = open_ = False
    for line in _SIDE.finditer(dump):
        if line[1] is not None:
            here, open_ = int(line[1]) == index, False
        elif line[2] is None:
            open_ = line[0] == "    Side data:"
        elif here and open_ and not line[2].startswith(_HARMLESS):
            found.append(line[2])
    return tuple(found)


def _turned(frame: Any) -> tuple[str, ...]:
    """Return what the first frame itself says of how it is to be shown."""
    kinds = [each.type.name for each in frame.side_data]
    return ("it is turned or mirrored",) if "DISPLAYMATRIX" in kinds else ()


def _codes(source: Any) -> dict[str, int]:
    """Return the codes of ITU-T H.273 of a frame or of what a container says of all."""
    # of a frame they are FFmpeg's numbers, in which 5 (BT.470 BG) and 6 (SMPTE 170M) are one matrix
    matrix = {5: 6}.get(int(source.colorspace), int(source.colorspace))
    wide = int(source.color_range) or _UNSAID  # FFmpeg's 1: 16 to 235, 2: 0 to 255
    return {
        "primaries": int(source.color_primaries),
        "transfer": int(source.color_trc),
        "matrix": matrix,
        "range": wide,
    }


def _strange(played: Played) -> Iterator[str]:
    """Yield colour tags that are not ours, and those of the file that its frames contradict."""
    for what, (said, of_frames) in played.colours.items():
        if said not in (_UNSAID, of_frames):
            yield f"{what} {said} in the file, {of_frames} in its frames"
        elif of_frames not in _NEAR.get(what, (of_frames,)):
            yield f"{what} {of_frames}"


def _kind(stream: Any) -> str:
    if stream.type == "video":
        return "cover" if stream.disposition & av.stream.Disposition.attached_pic else "video"
    return str(stream.type)


def _subtitles(video: Path) -> Iterator[str]:
    """Yield the text of each stream of subtitles, a cue after the other."""
    with av.open(str(video)) as container:
        for stream in container.streams.subtitles:
            container.seek(0)
            cues = [bytes(packet) for packet in container.demux(stream) if packet.size]
            timed = stream.codec_context.name == "mov_text"  # two bytes of length before each, styles behind
            texts = [cue[2 : 2 + int.from_bytes(cue[:2], "big")] if timed else cue for cue in cues]
            yield "\n".join(text.decode("utf-8", errors="replace") for text in texts)


def _other_line(said: str, captions: str) -> str:
    """Return the first line of subtitles that is none of the captions'."""
    right = {line.strip() for line in captions.splitlines()}
    wrong = [line.strip() for line in said.splitlines() if line.strip() not in right]
    return repr(wrong[0][:80]) if wrong else ""


def _uneven(played: Played, rate: float) -> str:
    """Return which frame is shown too long or too short, or how many are never shown."""
    if played.left_out:
        return f"an edit list leaves out {played.left_out} frames"
    due, steps = 1 / rate, [later - earlier for earlier, later in pairwise(played.stamps)]
    allowed = max(_HELD * due, _ROUNDED)
    off = next((i for i, step in enumerate(steps) if abs(step - due) > allowed), None)
    return "" if off is None else f"frame {off} is shown for {steps[off]:.3f} s, not {due:.3f} s"


def _finding(what: str, odd: str, said: str) -> Finding:
    return Finding("player", what, None, None, math.inf if odd else 0.0, 0.0, "", not odd, said.format(odd) * bool(odd))
