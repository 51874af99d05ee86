"""A GIF of a film, small enough for a page: fewer colours, frames and pixels until it is."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, NamedTuple

import av
from av.filter import Graph

__all__ = ["MOST_BYTES", "GifError", "write_gif"]

MOST_BYTES: Final = 5_000_000
"""The largest GIF that is written."""


class _Size(NamedTuple):
    """Pixels across, frames per second, colours."""

    width: int
    rate: int
    colours: int


_SIZES: Final = (_Size(854, 15, 64), _Size(640, 10, 48), _Size(480, 8, 32), _Size(360, 5, 24))


class GifError(ValueError):
    """A film of which no GIF is small enough: one line."""


def write_gif(film: Path, target: Path, most: int = MOST_BYTES) -> None:
    """Write the best GIF of a film that is small enough.

    Parameters
    ----------
    most
        Bytes that it may have.

    Raises
    ------
    GifError
        If even the poorest would be larger.
    """
    part = target.with_name(f".{target.name}")
    try:
        for size in _SIZES:
            if _encoded(film, part, size, most):
                part.replace(target)
                return
    finally:
        part.unlink(missing_ok=True)
    raise GifError(f"{target}: this GIF would be larger than {most / 1e6:g} MB; name one beat of the clip, CLIP:BEAT")


def _encoded(film: Path, target: Path, size: _Size, most: int) -> bool:
    """Encode a film, and return whether the file stayed small enough; it is not finished when it did not."""
    with av.open(str(film)) as source, av.open(str(target), "w", format="gif") as sink:
        video = source.streams.video[0]
        rate = min(Fraction(size.rate), Fraction(video.average_rate or size.rate))
        graph = _graph(video, size, rate)
        stream: Any = None
        for frame in _filtered(graph, source.decode(video)):
            if stream is None:
                stream = sink.add_stream("gif", rate=rate)
                stream.width, stream.height, stream.pix_fmt = frame.width, frame.height, frame.format.name
            sink.mux(stream.encode(frame))
            if target.stat().st_size > most:
                return False
        if stream is not None:
            sink.mux(stream.encode(None))
    return target.stat().st_size <= most


def _graph(video: Any, size: _Size, rate: Fraction) -> Graph:
    """Return filters that make a palette for what changes, and use it without scattering colours."""
    graph = Graph()
    source = graph.add_buffer(template=video, time_base=video.time_base or Fraction(1, 1000))
    fewer = graph.add("fps", f"fps={rate}")
    smaller = graph.add("scale", f"w=min({size.width}\\,iw):h=-2:flags=lanczos")
    split = graph.add("split")
    palette = graph.add("palettegen", f"stats_mode=diff:max_colors={size.colours}")
    use = graph.add("paletteuse", "dither=none:diff_mode=rectangle")
    sink = graph.add("buffersink")
    for first, second in ((source, fewer), (fewer, smaller), (smaller, split)):
        first.link_to(second)
    split.link_to(palette, 0, 0)
    split.link_to(use, 1, 0)
    palette.link_to(use, 0, 1)
    use.link_to(sink)
    graph.configure()
    return graph


def _filtered(graph: Graph, frames: Iterator[Any]) -> Iterator[Any]:
    for frame in frames:
        graph.push(frame)
    graph.push(None)
    while True:
        try:
            yield graph.pull()
        except (BlockingIOError, EOFError, av.error.EOFError):
            return
