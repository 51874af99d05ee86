"""Where manim's frames go: a folder of this render alone, so that nothing old is reused and nothing good replaced."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from math import isfinite
from pathlib import Path
from types import FrameType
from typing import Any, Final, NoReturn

from manim import config
from manim.scene.scene_file_writer import SceneFileWriter
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from scenes.parts.film.gif import write_gif
from scenes.parts.settings.override import beat_of_this_run, film_of_this_run
from scenes.parts.stage.camera_rects import Rect
from scenes.parts.stage.planes import FORMAT, Planes
from scenes.parts.stage.segments import SegmentEncoder, join_segments

__all__ = ["StagedWriter", "go_on", "plays_asked", "stoppable"]

_CAME: Final[list[int]] = []  # the signals by which this process was told to stop what is stoppable


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
        self.final: Path | None = _beside(plan.primary_artifact) if plan.output.is_video else None
        self.folder: Path | None = None
        if self.final is not None:
            self.folder = self.final.parent / f".{self.final.stem}.{os.getpid()}.rendering"
            _clear_dead(self.final.parent)
            settings = replace(settings, plan=self._staged(plan, self.folder, self.final))
        super().__init__(settings)
        self._planes = self._planes_for(self.video_encoder)
        self._job: Any = None

    @staticmethod
    def _planes_for(encoder: Any) -> Planes | None:
        """Return the planes of a film whose frames can be changed in part."""
        parts = encoder is not None and encoder.pixel_format == FORMAT and not (encoder.width | encoder.height) & 1
        return Planes(encoder.width, encoder.height) if parts else None

    @staticmethod
    def _staged(plan: Any, folder: Path, final: Path) -> Any:
        return replace(
            plan,
            primary_artifact=folder / final.name,
            segment_cache_dir=folder / "segments",
            subcaption_file=folder / f"{final.stem}.srt",
            concat_manifest=folder / "segments.txt",
        )

    def write_picture(self, pixels: Any, changes: Iterable[Rect], *, repeat: int = 1) -> None:
        """Count and write a frame of which some rectangles have changed since the one before it.

        Parameters
        ----------
        pixels
            The picture, of shape (height, width, 4), which may change again as soon as this returns.
        """
        if self._planes is None:
            kept = self.output_spec.is_video or self.output_spec.is_image_sequence
            self.write_frame(pixels.copy() if kept else pixels, repeat=repeat)
            return
        patches = self._planes.take(pixels, changes)
        if self._job is not self._current_encode_job:
            self._job, patches = self._current_encode_job, [self._planes.whole()]  # a segment begins
        self.write_frame(patches, repeat=repeat)

    def write_frame(self, pixels: Any, *, repeat: int = 1) -> None:
        """Count and write a frame: an array that nobody else will change, or what has changed of the one before."""
        go_on()
        self.frames += repeat
        super().write_frame(pixels, repeat=repeat)

    def _create_segment_encoder(self, target: Path) -> VideoSegmentEncoder:
        return SegmentEncoder(target=target, spec=self.video_encoder)

    def open_partial_movie_stream(self, **kwargs: Any) -> None:
        """Begin a segment: its thread is known to the writer, and so can be ended, before anything may stop this."""
        with _unstopped():
            super().open_partial_movie_stream(**kwargs)

    def close_partial_movie_stream(self) -> None:
        """End a segment: its thread has been told so before anything may stop this."""
        with _unstopped():
            super().close_partial_movie_stream()

    def combine_files(self, input_files: list[str], output_file: Path, *args: Any, **kwargs: Any) -> None:
        """Join segments; of an mp4 every frame lasts equally long, and a GIF is small enough for a page."""
        opaque_gif = self.output_spec.is_gif and not self.output_spec.transparent
        if output_file.suffix != ".mp4" and not opaque_gif:
            super().combine_files(input_files, output_file, *args, **kwargs)
            return
        film = output_file.with_suffix(".mp4")
        film.parent.mkdir(parents=True, exist_ok=True)
        comment = f"Rendered with Manim Community v{version('manim')}"
        join_segments(input_files, film, rate=self.video_encoder.frame_rate, comment=comment)
        if opaque_gif:
            write_gif(film, output_file)
            film.unlink()

    def print_file_ready_message(self, file_path: Any) -> None:
        """Say where a picture is; of a video only the finished file counts, and the stage says where that is."""
        if self.final is None:
            super().print_file_ready_message(file_path)

    def clear(self) -> None:
        """Remove the folder of this render."""
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)


def _clear_dead(folder: Path) -> None:
    """Remove what renders left that were killed, and could not do so themselves."""
    for left in folder.glob(".*.rendering"):
        process = left.suffixes[-2][1:] if len(left.suffixes) > 1 else ""
        if process.isdigit() and not _lives(int(process)):
            shutil.rmtree(left, ignore_errors=True)


def _lives(process: int) -> bool:
    """Return whether there is a process of that number, or nobody can know."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # it is somebody else's
    return True


def plays_asked() -> tuple[int, int | None] | None:
    """Return the first and the last play that manim was asked for (``-n``); None where it is to render all."""
    first, last = config.from_animation_number, config.upto_animation_number
    return (int(first), int(last) if isfinite(last) else None) if first > 0 or isfinite(last) else None


def _beside(whole: Path) -> Path:
    """Return where a film goes: its own place, or, of some animations or one beat alone, one beside it."""
    if film := film_of_this_run():
        return film
    if beat := beat_of_this_run():
        return whole.with_name(f"{whole.stem}.{beat}{whole.suffix}")
    if plays_asked() is None:
        return whole
    first, last = config.from_animation_number, config.upto_animation_number
    return whole.with_name(f"{whole.stem}.{first}-{last if isfinite(last) else 'end'}{whole.suffix}")


@contextmanager
def stoppable() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end the block like any error, so that what the block began is cleared away.

    Python prints an error that comes up while something is thrown away or a module is sought, and goes on; therefore
    what came is remembered, and the block ends with it at the next `go_on`.
    """
    _CAME.clear()
    with _handled(_stop, signal.SIGINT, signal.SIGTERM):
        yield
        go_on()


def go_on() -> None:
    """End what was told to stop and goes on all the same."""
    if _CAME:
        _end(_CAME[-1])


@contextmanager
def _unstopped() -> Iterator[None]:
    """Put off Ctrl-C and SIGTERM until the block has ended."""
    came: list[int] = []
    with _handled(lambda number, frame: came.append(number), signal.SIGINT, signal.SIGTERM):
        yield
    for number in came:
        signal.raise_signal(number)


@contextmanager
def _handled(handler: Callable[[int, FrameType | None], Any], *numbers: int) -> Iterator[None]:
    """Let signals do something else within the block; only the main thread may say what they do."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = [number for number in numbers if signal.getsignal(number) != signal.SIG_IGN]  # as behind nohup
    before = [(number, signal.signal(number, handler)) for number in heard]
    try:
        yield
    finally:
        for number, kept in before:
            signal.signal(number, kept)


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    _CAME.append(number)
    _end(number)


def _end(number: int) -> NoReturn:
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise SystemExit(128 + number)
