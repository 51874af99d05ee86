"""The segments of a film, one per play: encoded from what changes, and joined into frames of one length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import av
import numpy as np
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from scenes.parts.stage.planes import FORMAT, planes_of

__all__ = ["SegmentEncoder", "join_segments"]

_THREADS: Final = 2  # of an encoder, on every machine: an x264 with more of them gives other bytes


class SegmentEncoder(VideoSegmentEncoder):  # type: ignore[misc]  # manim's classes are untyped for mypy
    """An encoder that also takes a frame as what has changed since the one before it; the first changes all.

    Each of its threads encodes frames of its own. PyAV would let all cores share every frame: x264's bytes then depend
    on how many there are and, in a long rest, on which of them is ahead.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        coder = self._stream.codec_context
        coder.thread_type, coder.thread_count = "FRAME", _THREADS
        self._frame = av.VideoFrame(self.spec.width, self.spec.height, FORMAT)
        self._planes = planes_of(self._frame)

    def write_frame(self, pixels: Any, *, repeat: int = 1) -> None:
        """Encode a frame: an array as manim's own encoder takes it, or patches."""
        if isinstance(pixels, np.ndarray):
            super().write_frame(pixels, repeat=repeat)
            return
        for patch in pixels:
            patch.lay(self._planes)
        try:
            for _ in range(repeat):
                self._encode()
        except Exception as error:
            raise self._operation_error("encode", error) from error

    def _encode(self) -> None:
        """Encode the frame as it is; the encoder has copied it when it returns."""
        self._frame.pts, self._frame.time_base = self._next_pts, 1 / self.spec.frame_rate
        self._next_pts += 1
        for packet in self._stream.encode(self._frame):
            self._container.mux(packet)


def join_segments(files: Sequence[str | Path], target: Path, *, rate: Fraction, comment: str) -> None:
    """Put segments behind one another into one video in which every frame is shown equally long.

    Joined by their own clocks, as ffmpeg does it, the last frame of most segments would be a little shorter.

    Parameters
    ----------
    files
        Videos of one encoder, without sound, each frame 1 / ``rate`` seconds long.

    Raises
    ------
    RuntimeError
        If one of them was encoded with other settings than the first: it could not be decoded behind it.
    """
    with av.open(str(target), mode="w") as made:
        made.metadata["comment"] = comment
        with av.open(str(files[0])) as first:
            stream = made.add_stream_from_template(first.streams.video[0])
            header = first.streams.video[0].codec_context.extradata
        stream.time_base = 1 / rate
        packets = list(_packets(files, rate, header))
        late = max(place - frame for place, (_, frame) in enumerate(packets))  # frames are decoded before they are due
        for place, (packet, frame) in enumerate(packets):
            packet.time_base = 1 / rate
            packet.pts, packet.dts, packet.duration = frame, place - late, 1
            packet.stream = stream
            made.mux(packet)


def _packets(files: Iterable[str | Path], rate: Fraction, header: bytes | None) -> Iterator[tuple[Any, int]]:
    """Yield the packets of all segments in the order in which they are decoded, each with its frame of the film."""
    begin = 0
    for file in files:
        with av.open(str(file)) as segment:
            if segment.streams.video[0].codec_context.extradata != header:
                raise RuntimeError(f"{file}: this segment was encoded with other settings than the first")
            found: list[Any] = [packet for packet in segment.demux(segment.streams.video[0]) if packet.size]
            yield from ((packet, begin + round(packet.pts * packet.time_base * rate)) for packet in found)
            begin += len(found)
