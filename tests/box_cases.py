"""Copies of a film whose container says something else than its frames, byte by byte where no library writes it."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.bitstream import BitStreamFilterContext

TABLE = "moov/trak/mdia/minf/stbl"
ENTRY = f"{TABLE}/stsd/avc1"
Alter = Callable[[Any, Any], object]
ASS = b"[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name\nStyle: Default\n\n[Events]\nFormat: Text\n"
"""Header that FFmpeg's encoders of subtitles ask for."""


def boxes(data: bytes, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Kind, start and size of each box in a stretch of an mp4."""
    while start + 8 <= end:
        size, kind = struct.unpack(">I4s", data[start : start + 8])
        yield kind.decode("latin1"), start, size
        start += size


def way_to(data: bytes, path: str) -> list[tuple[int, int]]:
    """Start and size of each box on the way to one."""
    start, end, way = 0, len(data), []
    for name in path.split("/"):
        _, start, size = next(box for box in boxes(data, start, end) if box[0] == name)
        way.append((start, size))
        start, end = start + (16 if name == "stsd" else 8), start + size
    return way


def with_box(video: Path, target: Path, path: str, new: Callable[[bytes], bytes]) -> Path:
    """A copy of a film with a box exchanged; sizes around it and the places of the frames follow."""
    data = bytearray(video.read_bytes())
    way = way_to(data, path)
    start, size = way[-1]
    box = new(bytes(data[start : start + size]))
    data[start : start + size] = box
    grown = len(box) - size
    for outer, whole in way[:-1]:
        data[outer : outer + 4] = struct.pack(">I", whole + grown)
    places, _ = way_to(data, f"{TABLE}/stco")[-1]
    (count,) = struct.unpack(">I", data[places + 12 : places + 16])
    at = slice(places + 16, places + 16 + 4 * count)
    data[at] = (np.frombuffer(data[at], ">u4") + np.uint32(grown)).astype(">u4").tobytes()
    target.write_bytes(data)
    return target


def clean_aperture(entry: bytes) -> bytes:
    """An entry whose film is shown only in the middle."""
    clap = struct.pack(">I4s8i", 40, b"clap", 100, 1, 60, 1, 0, 1, 0, 1)
    return struct.pack(">I", len(entry) + len(clap)) + entry[4:] + clap


def other_colours(entry: bytes) -> bytes:
    """An entry that says BT.2020, PQ and BT.709, whatever its frames say."""
    at = entry.index(b"colrnclx") + 8
    return entry[:at] + struct.pack(">HHH", 9, 16, 1) + entry[at + 6 :]


def edits(*pieces: tuple[int, int]) -> Callable[[bytes], bytes]:
    """An edit list of these pieces: how long in ms, from which tick on (-1: nothing is shown)."""
    rows = b"".join(struct.pack(">IiI", length, start, 1 << 16) for length, start in pieces)
    return lambda _: struct.pack(">I4sII", 16 + len(rows), b"elst", 0, len(pieces)) + rows


def remuxed(video: Path, target: Path, alter: Alter = lambda *_: None, *, bsf: str = "null") -> Path:
    """A copy of a film, packet by packet, altered on the way or by one of FFmpeg's bitstream filters."""
    options = {"movflags": "faststart+use_metadata_tags"} if target.suffix == ".mp4" else {}
    with av.open(str(video)) as given, av.open(str(target), "w", options=options) as made:
        made.metadata.update(given.metadata)
        made.set_chapters(given.chapters())
        source = given.streams.video[0]
        stream = made.add_stream_from_template(source)
        more = alter(stream, made)
        through = BitStreamFilterContext(bsf, source, stream if bsf != "null" else None)
        for packet in given.demux(source):
            for out in through.filter(packet if packet.dts is not None else None):
                out.stream = stream
                made.mux(out)
        if callable(more):
            more()
    return target


def second_picture(stream: Any, made: Any) -> Callable[[], None]:
    """Another video track, grey all through."""
    other = made.add_stream("libx264", rate=15)
    other.width, other.height, other.pix_fmt = 160, 90, "yuv420p"
    return lambda: _filled(other, made, av.VideoFrame.from_ndarray(np.full((90, 160, 3), 128, np.uint8)))


def sound(stream: Any, made: Any) -> Callable[[], None]:
    """A second of silence."""
    other = made.add_stream("aac", rate=44100)
    other.layout = "mono"
    quiet = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
    quiet.sample_rate = 44100
    return lambda: _filled(other, made, quiet)


def subtitles(text: str) -> Alter:
    """A track of subtitles inside the file that says one line."""

    def alter(stream: Any, made: Any) -> Callable[[], None]:
        other = made.add_stream("mov_text" if made.format.name == "mp4" else "subrip")
        other.codec_context.subtitle_header = ASS
        data = text.encode()

        def write() -> None:
            packet = av.Packet(struct.pack(">H", len(data)) + data if made.format.name == "mp4" else data)
            packet.stream, packet.pts, packet.dts, packet.duration = other, 0, 0, 1000
            packet.time_base = Fraction(1, 1000)
            made.mux(packet)

        return write

    return alter


def _filled(stream: Any, made: Any, frame: Any) -> None:
    for i in range(5):
        frame.pts = i * (1024 if stream.type == "audio" else 1)
        made.mux(stream.encode(frame))
    made.mux(stream.encode(None))
