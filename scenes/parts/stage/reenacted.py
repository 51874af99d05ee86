"""A clip played once more without a picture: everything that may stand on its film, when, where and in which colour.

Manim's own loop counts the frames and the stage measures what it shows, both as in a render; only nothing is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import tempconfig
from manim.utils.exceptions import EndSceneEarlyException

from scenes.parts.errors import StageError
from scenes.parts.film.played import Frames, Played
from scenes.parts.settings import Settings
from scenes.parts.stage.camera import StageRenderer
from scenes.parts.stage.rehearsal import storyboard
from scenes.parts.stage.stage import Stage
from scenes.parts.theme import FRAME_HEIGHT, FRAME_WIDTH
from scenes.parts.things.base import Shown

__all__ = ["reenacted"]


class _Blind(StageRenderer):
    """A renderer that draws nothing and counts the frames."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def update_frame(self, *args: Any, **kwargs: Any) -> None:
        """Draw nothing."""

    def render(self, scene: Any, time: float, moving_mobjects: Sequence[Any] | None = None) -> None:
        """Count a frame of a play."""
        self._write(1)

    def _write(self, count: int) -> None:
        if self.skip_animations:
            return
        self.file_writer.frames += count
        if self.file_writer.frames > self._most:
            raise StageError(f"it would have more than {self._most} frames")


class _Unseen(Stage):
    """A stage on which only that moves which is measured; mixed in before a storyboard."""

    def update_to_time(self, t: float) -> None:
        """Move everything to time ``t``, unless nobody measures it: every motion ends where it ends."""
        if self._tracking:
            super().update_to_time(t)

    def _check(self, shown: Shown) -> None:
        """Prove nothing: what stands here is what a film is compared with."""


def reenacted(settings: Settings, clip: str, frames: Frames) -> Played:
    """Return what stands on the film of a clip of the settings.

    Raises
    ------
    SettingsError, LayoutError, StageError, CoreError
        As a render would, or if there would be more frames than the film has.
    """
    board = storyboard(settings.clip(clip).scene)
    first, last = frames.plays or (0, None)
    silent = {"dry_run": True, "progress_bar": "none", "verbosity": "ERROR", "write_all": False}
    units = {"frame_width": FRAME_WIDTH, "frame_height": FRAME_HEIGHT}
    pixels = {"pixel_width": frames.width, "pixel_height": frames.height, "frame_rate": frames.rate}
    plays = {"from_animation_number": first, "upto_animation_number": -1 if last is None else last}
    with tempconfig({**silent, **units, **pixels, **plays}):
        made: Stage = type(clip, (_Unseen, board), {"__module__": board.__module__})(
            given=settings, renderer=_Blind(frames.most), only=frames.only
        )
        try:
            made.setup()
            made.construct()
        except EndSceneEarlyException:
            pass  # the last play that was asked for is over
        return Played(
            frames=made.writer.frames,
            frame_height=float(made.camera.frame_height),
            background=made.theme.colour("background"),
            beats=made.beat_rows(),
            shown=made.record.rows(),
        )
