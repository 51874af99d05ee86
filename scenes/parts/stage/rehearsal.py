"""The rehearsal: a clip built without its frames, so that everything a render would refuse is found in half a second.

Whatever stands on the stage is checked as in a render: the guard, the truth of what rests and of what follows a sweep,
and the lettering at every rest. What cannot be read does not end a rehearsal, so that one names all of it.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from manim import config

from core import CoreError
from scenes.parts.errors import LayoutError, Refusal, StageError
from scenes.parts.settings import SettingsError, load
from scenes.parts.stage.motions import Motion
from scenes.parts.stage.overlaps import layout_faults
from scenes.parts.stage.record import Sample
from scenes.parts.stage.stage import Stage
from scenes.parts.theme import FRAME_HEIGHT, FRAME_WIDTH, HOLD_LEAST
from scenes.parts.things.answers import Told
from scenes.parts.things.base import Reading, Shown

__all__ = ["DRAFT", "Hold", "Notes", "Rehearsal", "refusals", "rehearse", "storyboard"]

Picture = npt.NDArray[np.uint8]

DRAFT: Final = (854, 480, 15)
"""Pixels across, pixels down and frames per second of a draft: what a rehearsal counts its frames by."""

_UNMEASURED: Final = Sample(0, Reading(), Told(), (0.0, 0.0, 0.0, 0.0), ())

MOMENTS: Final = 16  # of a sweep that are looked at; a render looks at every frame


@dataclass(frozen=True)
class Hold:
    """The picture of a beat: a frame of the rest that closes it.

    Attributes
    ----------
    number
        Which beat of the clip it is, from 1.
    picture
        Shape (pixels down, pixels across, 3).
    """

    number: int
    beat: str
    picture: Picture


@dataclass
class Notes:
    """What a rehearsal has found so far, and drawn.

    Attributes
    ----------
    faults
        What cannot be read at a rest, by what is said of it.
    beats
        The names of the beats so far.
    holds
        The pictures of those that were asked for.
    """

    faults: dict[str, LayoutError] = field(default_factory=dict)
    beats: list[str] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)


class Rehearsal(Stage):
    """A stage whose motions jump to their ends; mixed in before a storyboard by :func:`rehearse`."""

    def __init__(self, notes: Notes, draw: Sequence[str] | bool) -> None:
        super().__init__()
        self.notes = notes
        self._wanted, self._drawing = draw, False

    @contextmanager
    def beat(self, name: str, *, least: float = HOLD_LEAST) -> Iterator[None]:
        """Play a beat; its hold is drawn when somebody wants to see it."""
        name = self.told_as(name)
        self.notes.beats.append(name)
        with super().beat(name, least=least):
            yield
            self._drawing = self._wanted if isinstance(self._wanted, bool) else name in self._wanted
        if self._drawing:
            self.notes.holds.append(Hold(len(self.notes.beats), name, self.renderer.get_frame()[..., :3]))
        self._drawing = False

    def _sampled(self, shown: Shown) -> Sample:
        """Measure nothing: no ledger is written."""
        return _UNMEASURED

    def _note(self, *spans: Any) -> None:
        """Note nothing, either."""

    def _look(self) -> None:
        self._refuse(layout_faults(self.standing))

    def _refuse(self, faults: Iterable[LayoutError]) -> None:
        for fault in faults:
            self.notes.faults.setdefault(str(fault), fault)

    def _run(self, *motions: Any, **kwargs: Any) -> None:
        """Begin the motions, look at what tracks at some of their frames, and put everything where they end."""
        self.compile_animation_data(*motions, **kwargs)
        for animation in self.animations:
            animation._setup_scene(self)
            begin = animation.remember if isinstance(animation, Motion) and not self._tracking else animation.begin
            begin()  # where nothing tracks, nobody looks at the first moment
        first, frames = self.writer.frames, self._frames()
        for frame in _some_of(frames) if self._tracking else ():
            self.writer.frames = first + frame
            self.update_to_time(frame / self.camera.frame_rate)
        for animation in self.animations:
            animation.finish()
            animation.clean_up_from_scene(self)
        if self._drawing:
            self.renderer.static_image = None
            self.renderer.update_frame(self)
        self.writer.frames = first + frames

    def _frames(self) -> int:
        """Return how many frames manim would draw of what plays now."""
        step = 1 / self.camera.frame_rate
        if self.is_current_animation_frozen_frame():
            return int(self.duration / step)
        return len(np.arange(0, self.duration, step))


def rehearse(
    clip: str,
    notes: Notes,
    *,
    size: tuple[int, int, int] = DRAFT,
    draw: Sequence[str] | bool = False,
    stage: type[Stage] | None = None,
) -> None:
    """Build a clip of the settings in use without its frames.

    Parameters
    ----------
    notes
        Where it is noted what cannot be read, and what is drawn; an error loses nothing of it.
    size
        Pixels across, pixels down, frames per second.
    draw
        Whether the hold of every beat is drawn, or the names of those beats whose is.
    stage
        The storyboard, when it is not the scene's own.

    Raises
    ------
    SettingsError, LayoutError, StageError, CoreError
        As a render would, but for what cannot be read.
    """
    width, height, frame_rate = size
    board = stage or storyboard(load(whole=False).clip(clip).scene)
    silent = {"dry_run": True, "progress_bar": "none", "verbosity": "ERROR", "write_all": False}
    frame = {"frame_width": FRAME_WIDTH, "frame_height": FRAME_HEIGHT}
    pixels = {"pixel_width": width, "pixel_height": height, "frame_rate": float(frame_rate)}
    with _configured({**silent, **frame, **pixels}):
        made: Rehearsal = type(clip, (Rehearsal, board), {"__module__": board.__module__})(notes, draw)
        made.setup()
        made.construct()


@contextmanager
def _configured(given: Mapping[str, Any]) -> Iterator[None]:
    """Change manim's settings for a while, and no others: `tempconfig` sets its renderer anew, which takes long."""
    before = {key: config[key] for key in given}
    config.update(given)
    try:
        yield
    finally:
        config.update(before)


def refusals(clip: str, notes: Notes | None = None, **how: Any) -> tuple[Refusal, ...]:
    """Rehearse a clip of the settings in use, ``how`` as in :func:`rehearse`, and return all that would end its render.

    Raises
    ------
    SettingsError
        If the settings file is wrong, or has no such clip; what does not fit in the clip is among what is returned.
    """
    settings = load(whole=False)
    if problems := settings.clip(clip).faults(settings.for_clip(clip).digits):
        return tuple(Refusal(2, **problem.below(("clips", clip))._asdict()) for problem in problems)
    notes, at, ends = notes or Notes(), partial(_refusal, clip), []
    try:
        rehearse(clip, notes, **how)
    except (SettingsError, LayoutError, CoreError) as error:
        ends = [at(2, error)]
    except StageError as error:
        ends = [at(1, error)]
    except Exception as error:  # whatever a storyboard may do wrong, the other clips are rehearsed
        ends = [at(1, f"drawing breaks off: {type(error).__name__}: {error}", details=traceback.format_exc())]
    return *(at(2, fault) for fault in notes.faults.values()), *ends


def storyboard(scene: str) -> type[Stage]:
    """Return the one class of a storyboard's file."""
    board: type[Stage] = getattr(import_module(f"scenes.{scene}"), scene.title().replace("_", ""))
    return board


def _some_of(frames: int) -> list[int]:
    """Return some of so many frames, evenly, the first and the last among them.

    Examples
    --------
    >>> _some_of(3)
    [0, 1, 2]
    >>> len(_some_of(120)), _some_of(120)[-1]
    (16, 119)
    """
    return sorted({round(share) for share in np.linspace(0, frames - 1, min(frames, MOMENTS)).tolist()})


def _refusal(clip: str, code: int, error: Exception | str, *, details: str = "") -> Refusal:
    message, key = " ".join(str(error).split()).removeprefix(f"{clip}: "), ""
    if isinstance(error, LayoutError):
        key = error.key
    elif isinstance(error, CoreError) and hasattr(load(whole=False).clip(clip), "functions"):
        key, message = "functions", f"on its way, the chain cannot be computed: {message}"
    path = _path(clip, key)
    return Refusal(code, path, message if path[0] == "clips" else f"{clip}: {message}", details=details)


def _path(clip: str, key: str) -> tuple[str | int, ...]:
    """Return the path of a key that a message names: of a clip, unless it stands at the top of the file."""
    settings = load(whole=False)
    parts = [int(part) if part.isdigit() else part for part in key.split(".")] if key else []
    if parts and (parts[0] == "names" or (len(parts) == 1 and hasattr(settings, key))):
        own = ("clips", clip, *parts)
        return own if settings.says(own) else tuple(parts)
    words: Any = getattr(settings.clip(clip), "words", None)
    beat = parts[:1] == ["words"] and hasattr(getattr(words, str(parts[-1]), None), "sentence")
    return ("clips", clip, *parts, *(["sentence"] if beat else []))
