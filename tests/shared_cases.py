"""Films that several processes of the tests look at: the first that wants one draws it, the others wait for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 600.0  # seconds that a film may take on a busy machine
_PLACES: list[Path] = []


def share(place: Path) -> None:
    """Put what is shared into a folder that all processes know."""
    _PLACES.append(place)


def once(name: str, draw: Callable[[Path], object]) -> Path:
    """The folder of this name, in which one process has drawn; what it could not draw, nobody finds there."""
    folder, done = _PLACES[-1] / name, _PLACES[-1] / f"{name}.done"
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        until = time.monotonic() + PATIENCE
        while not done.exists() and time.monotonic() < until:
            time.sleep(0.1)
        return folder
    try:
        draw(folder)
    finally:
        done.touch()
    return folder
