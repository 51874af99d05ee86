"""The clips of a storyboard: one class per clip that the settings file names, made when somebody asks for it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from manim import config

from scenes.parts.settings import SettingsError, load
from scenes.parts.settings.faults import not_one_of
from scenes.parts.stage.stage import Stage

__all__ = ["offer_clips"]


def offer_clips(storyboard: type[Stage]) -> tuple[Callable[[str], type[Stage]], Callable[[], list[str]]]:
    """Return ``__getattr__`` and ``__dir__`` for a storyboard's module, so that it offers the scene's clips by name.

    Nothing is read until then, unless manim is rendering this very file: its clip names are checked at once, because
    manim would ask on stdin, or render another scene, where a name is wrong.

    Examples
    --------
    The last line of ``scenes/toy_chain.py``::

        __getattr__, __dir__ = offer_clips(ToyChain)
    """
    module = storyboard.__module__
    file = Path(str(sys.modules[module].__file__)).resolve()
    made: dict[str, type[Stage]] = {storyboard.__name__: storyboard}

    def names() -> list[str]:
        return list(load(whole=False).clips_of(file.stem))

    def clip(name: str) -> type[Stage]:
        if name.startswith("_") or name not in names():
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        return made.setdefault(name, type(name, (storyboard,), {"__module__": module, "__doc__": storyboard.__doc__}))

    if config.input_file and Path(config.input_file).resolve() == file:
        _check_request(file.name, names)
    return clip, names


def _check_request(file: str, names: Callable[[], list[str]]) -> None:
    """Stop with a line unless every clip that manim was asked for is one of this file's and fits on a frame."""
    try:
        known = names()
    except SettingsError as error:
        _stop(str(error))
    asked = [name for name in config.scene_names if name]
    if not asked and not config.write_all:
        _stop(f"{file}: which clip? name one of {', '.join(known)}, or say -a for all")
    settings = load(whole=False)
    for name in asked:
        if name in settings.wrong:
            _stop(str(SettingsError(settings.wrong[name])))
        if name not in known:
            _stop(f"{file}: {not_one_of(name, known)}")
    if faults := [fault for name in asked or known for fault in settings.fit(name)]:
        _stop(str(SettingsError(faults)))


def _stop(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    raise SystemExit(2)
