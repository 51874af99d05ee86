"""The frames of a video, streamed: only those that are wanted are converted, one at a time, whatever the length."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

import av
import numpy as np

from scenes.parts.film.film_file import FilmFileError
from studio.audit.frames import UNALTERED, Altered, Bytes, Colours, Picture

__all__ = ["pictures", "refresh"]

_WEIGHTS: Final = {1: (0.2126, 0.0722)}  # of red and blue in luma, by the file's own tag; 1 is BT.709
_BT601: Final = (0.299, 0.114)
_FULL_RANGE: Final = 2
_BITS: Final = 8
_SLICES: Final = range(1, 6)  # kinds of H.264 units that hold a part of a picture
_COUNTED: Final = b"\x01"  # of H.264 in mp4, mov and mkv, where a length stands before each unit
_REFRESH: Final = 5  # the one behind which nothing refers to what was before it


def _pass(index: int, luma: Bytes) -> None:
    """Watch nothing."""


def pictures(
    video: Path,
    wanted: Collection[int] | None = None,
    watch: Callable[[int, Bytes], None] = _pass,
    until: int = -1,
    repeats: int = 1,
    again: Callable[[int, Bytes], None] = _pass,
    most: tuple[int, int] | None = None,
    altered: Altered = UNALTERED,
    since: int = 0,
) -> Iterator[Picture]:
    """Yield the frames of a video whose numbers are ``wanted`` (all if None), in order.

    Parameters
    ----------
    watch
        Sees number and luma of every frame on the way to the last that is wanted, and ``until`` another.
    repeats
        How often the file holds each frame; only the first time it counts, and the others are seen ``again``.
    most
        Width and height that a picture has at most: a copy that was made larger holds no more than was rendered.
    altered
        What was done to all frames, and is undone.
    since
        The first frame that anybody needs: those before it are neither watched nor, as far as one can do without
        them, decoded.

    Raises
    ------
    FilmFileError
        If the file is no video, or breaks off.
    """
    last = max(until, max(wanted, default=-1)) if wanted is not None else None
    try:
        with av.open(str(video)) as container:
            stream = container.streams.video[0]
            begin = refresh(video, since * repeats)
            packets = islice(container.demux(stream), begin, None)
            for at, frame in enumerate((frame for packet in packets for frame in packet.decode()), begin):
                index, times = divmod(at, repeats)
                if index < since:
                    continue
                if last is not None and index > last:
                    return
                if most is not None and frame.height > most[1]:
                    frame = frame.reformat(*most)
                if times:
                    again(index, altered.luma(_luma(frame)))
                    continue
                if watch is not _pass:
                    watch(index, altered.luma(_luma(frame)))
                if wanted is None or index in wanted:
                    yield _picture(index, frame, altered)
    except (av.error.FFmpegError, OSError, IndexError) as error:
        raise FilmFileError(f"{video}: this is not a video that can be read: {error}") from error


def refresh(video: Path, frame: int) -> int:
    """Return the last frame up to one at which a decoder can begin as well; it is number 0 unless the codec says so.

    Packets are counted: at a refresh all frames before it have been shown, unless who cut the film has marked
    some that are only decoded.
    """
    found = 0
    with av.open(str(video)) as container:
        stream = container.streams.video[0]
        told = stream.codec_context.extradata or b""
        if not frame or stream.codec_context.name != "h264" or told[:1] != _COUNTED:
            return found
        size = (told[4] & 3) + 1  # bytes that say how long a unit is
        for at, packet in enumerate(islice(container.demux(stream), frame + 1)):
            if packet.is_discard:
                return 0
            if packet.is_keyframe and _refreshes(bytes(packet), size):
                found = at
    return found


def _refreshes(packet: bytes, size: int) -> bool:
    """Return whether the first part of a picture in a packet says that nothing behind refers to what was before."""
    at = 0
    while at + size < len(packet):
        kind = packet[at + size] & 31
        if kind in _SLICES:
            return kind == _REFRESH
        at += size + int.from_bytes(packet[at : at + size], "big")
    return False


def _picture(index: int, frame: Any, altered: Altered) -> Picture:
    if frame.format.name not in ("yuv420p", "yuvj420p"):
        frame = frame.reformat(format="yuv420p", dst_colorspace=5)  # 5: BT.601
        colours = Colours(grey=altered.grey)
    else:
        red, blue = _WEIGHTS.get(int(frame.colorspace), _BT601)
        full = int(frame.color_range) == _FULL_RANGE or frame.format.name == "yuvj420p"
        colours = Colours(red, blue, full, altered.grey)
    luma, cb, cr = (_plane(plane) for plane in frame.planes[:3])
    return Picture(index, altered.luma(luma), altered.chroma(cb), altered.chroma(cr), colours)


def _luma(frame: Any) -> Bytes:
    """Return the luma of a frame as its file keeps it, or in BT.601 where it keeps none of eight bits."""
    plain = frame.format.name.startswith("yuv") and frame.format.components[0].bits == _BITS
    return _plane((frame if plain else frame.reformat(format="yuv420p", dst_colorspace=5)).planes[0])


def _plane(plane: Any) -> Bytes:
    rows = np.frombuffer(plane, dtype=np.uint8).reshape(-1, plane.line_size)
    return np.array(rows[: plane.height, : plane.width])
