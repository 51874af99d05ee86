"""A clip played again without its picture, in a process of its own that may use so much time and memory and no more."""

from __future__ import annotations

import gc
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict
from types import TracebackType
from typing import Any, Final, Self

from pydantic import ValidationError

from scenes.parts.film.ledger import Ledger
from scenes.parts.film.played import Frames, Played
from studio.workers import Task, Workers

__all__ = ["Replay", "in_worker"]

_MEMORY: Final = 4 << 30  # bytes of addresses, which are many more than bytes: a clip takes a third of a GiB
_SECONDS: Final = 60  # of the processor, to import what is needed and to lay out the pages
_PER_FRAME: Final = 0.05  # seconds of the processor: several times what a frame takes in a full sweep


class Replay:
    """A process that plays the clip of a ledger from now on; it is stopped when the block is left."""

    def __init__(self, ledger: Ledger, frames: Frames) -> None:
        self._workers, self._pool = Workers(1, {**os.environ, "OPENBLAS_NUM_THREADS": "1"}), ThreadPoolExecutor(1)
        told = ledger.clip, ledger.settings, asdict(frames)
        self._answer = self._pool.submit(self._workers.one, Task("studio.again:in_worker", told))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._workers.stop()
        self._pool.shutdown()

    def played(self) -> Played | str:
        """Wait for what stands on the film; why the clip cannot be played, where it cannot."""
        answer = self._answer.result()
        if answer.value is None:
            return f"playing it takes more time or memory than any clip does, or breaks off ({answer.failure:.120})"
        try:
            return answer.value["refused"] or Played.model_validate_json(answer.value["played"])
        except ValidationError as error:
            return f"what it shows cannot stand in a ledger: {error.errors(include_url=False)[0]['msg']}"


def in_worker(clip: str, settings: dict[str, Any], frames: dict[str, Any]) -> dict[str, str]:
    """Play a clip here with settings that are checked like a file's; return what stands on its film, or why not."""
    _bound(frames["most"])
    gc.disable()  # what a clip makes lives as long as this process, which looks through it in vain again and again
    from core import CoreError
    from scenes.parts.errors import LayoutError, StageError
    from scenes.parts.settings import SettingsError
    from scenes.parts.stage.reenacted import reenacted
    from studio.audit.custody import checked_settings

    plays = frames["plays"] and tuple(frames["plays"])
    try:
        played = reenacted(checked_settings(clip, settings), clip, Frames(**{**frames, "plays": plays}))
    except (SettingsError, LayoutError, StageError, CoreError) as error:
        return {"refused": " ".join(str(error).split()), "played": ""}
    return {"refused": "", "played": played.model_dump_json(exclude_defaults=True)}


def _bound(frames: int) -> None:
    """Let this process end where it takes much more than the clip of so many frames can."""
    with suppress(ImportError):  # Windows has no such limits
        import resource

        seconds = _SECONDS + int(_PER_FRAME * frames)
        for what, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, seconds)):
            hard = resource.getrlimit(what)[1]
            with suppress(ValueError, OSError):  # a Mac does not limit addresses
                resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
