"""Where manim's frames go: a folder of this render alone, so that nothing old is reused and nothing good replaced."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from manim.scene.scene_file_writer import SceneFileWriter

__all__ = ["StagedWriter", "stoppable"]


class StagedWriter(SceneFileWriter):  # type: ignore[misc]  # manim's classes are untyped for mypy
    """A file writer that counts the frames it writes, and renders a video into a hidden folder beside its final place.

    Attributes
    ----------
    final
        Where the finished video belongs, or None when no video is written.
    frames
        How many frames were written so far: the index of the next frame.
    """

    def __init__(self, settings: Any) -> None:
        plan = settings.plan
        self.frames = 0
        self.final: Path | None = plan.primary_artifact if plan.output.is_video else None
        self.folder: Path | None = None
        if self.final is not None:
            self.folder = self.final.parent / f".{self.final.stem}.{os.getpid()}.rendering"
            settings = replace(settings, plan=self._staged(plan, self.folder, self.final))
        super().__init__(settings)

    @staticmethod
    def _staged(plan: Any, folder: Path, final: Path) -> Any:
        return replace(
            plan,
            primary_artifact=folder / final.name,
            segment_cache_dir=folder / "segments",
            subcaption_file=folder / f"{final.stem}.srt",
            concat_manifest=folder / "segments.txt",
        )

    def write_frame(self, pixels: Any, *, repeat: int = 1) -> None:
        """Count and write a frame."""
        self.frames += repeat
        super().write_frame(pixels, repeat=repeat)

    def print_file_ready_message(self, file_path: Any) -> None:
        """Say where a picture is; of a video only the finished file counts, and the stage says where that is."""
        if self.final is None:
            super().print_file_ready_message(file_path)

    def clear(self) -> None:
        """Remove the folder of this render."""
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def stoppable() -> Iterator[None]:
    """Let SIGTERM end the block like any error, so that what the block began is cleared away."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may say what a signal does
        return
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _stop(number: int, frame: object) -> NoReturn:
    raise SystemExit(128 + number)
