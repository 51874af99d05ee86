"""What a film costs beyond its encoding: a whole render against the encoder alone, given the very same frames."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from manim import tempconfig

from scenes.parts.settings import load
from scenes.parts.stage.segments import SegmentEncoder
from scenes.parts.stage.stage import Stage
from studio.bench.measure import Measure
from studio.bench.stage import render_settings

__all__ = ["Cost", "cost_of_film", "first_clips", "measures"]

REACH, LIMIT = 1.15, 1.5
SIZE = (1920, 1080, 60.0)


@dataclass
class Cost:
    """Processor seconds of a render and of encoding what it wrote, and how many frames that were."""

    render: float = 0.0
    encoding: float = 0.0
    frames: int = 0


class _Again:
    """Encodes each segment of a stage again as soon as it is written, so that a busy machine slows both alike.

    It does so twice, and the second counts: the first pays for memory that the render has just given back.

    Attributes
    ----------
    spent
        Processor seconds in all; ``encoding``: of the encoding that counts.
    """

    def __init__(self, stage: Stage, folder: Path) -> None:
        self.writer, self.target = stage.writer, folder / "again.mp4"
        self.spent = self.encoding = 0.0
        self.frames: list[tuple[Any, int]] = []
        self._write, self._end = self.writer.write_frame, self.writer.end_animation
        for name, method in (("write_frame", self.write), ("end_animation", self.end)):
            setattr(self.writer, name, method)

    def write(self, frame: Any, *, repeat: int = 1) -> None:
        """Write a frame, and keep it."""
        self._write(frame, repeat=repeat)
        self.frames.append((frame, repeat))

    def end(self, allow_write: bool = False) -> None:
        """End a segment, wait until it is encoded, and encode it again."""
        self._end(allow_write)
        self.writer.join_all_encode_jobs()
        first, second = self.encode(), self.encode()
        self.spent, self.encoding, self.frames = self.spent + first + second, self.encoding + second, []

    def encode(self) -> float:
        """Encode the frames of a segment, and return the processor seconds that it took."""
        begin = time.process_time()
        encoder = SegmentEncoder(target=self.target, spec=self.writer.video_encoder)
        for frame, repeat in self.frames:
            encoder.write_frame(frame, repeat=repeat)
        encoder.finish()
        return time.process_time() - begin


def first_clips() -> list[type[Stage]]:
    """Return the first clip of every scene that the settings file has, in its order: a new scene comes by itself."""
    first: dict[str, str] = {}
    for name, clip in load().clips.items():
        first.setdefault(clip.scene, name)
    return [getattr(import_module(f"scenes.{scene}"), name) for scene, name in first.items()]


def measures() -> Iterator[Measure]:
    """Measure whole clips at 1080p60."""
    for clip in first_clips():
        cost = cost_of_film(clip, *SIZE)  # once: encoded segment by segment beside it, so that load moves both
        note = f"({cost.frames} frames, {1e3 * (cost.render - cost.encoding) / cost.frames:.2f} ms each beyond it)"
        found = cost.render / cost.encoding
        yield Measure(f"render of {clip.__name__} / encoding, 1080p60", found, REACH, LIMIT, note=note)


def cost_of_film(clip: type[Stage], width: int, height: int, frame_rate: float) -> Cost:
    """Render ``clip``, and encode its frames again, segment by segment, with the stage's own encoder."""
    with TemporaryDirectory() as folder, tempconfig(render_settings(Path(folder), width, height, frame_rate)):
        begin = time.process_time()
        stage = clip()
        again = _Again(stage, Path(folder))
        stage.render()
        return Cost(time.process_time() - begin - again.spent, again.encoding, stage.writer.frames)
