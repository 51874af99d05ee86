"""A file of words: the words of clips, and the names of functions, in another language.

It has the form of a settings file, `names:` and `clips:` with the `words:` of each clip, and holds nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from scenes.parts.settings import yaml12
from scenes.parts.settings.faults import Fault, KeyPath, Problem, SettingsError, hint, listed, quoted
from scenes.parts.settings.yaml12 import Document

__all__ = ["FILE", "WordsFile", "file_named", "files_named", "found_beside", "typed_in"]

FILE: Final = "file"
"""The key among the words of a clip that names a file of words, where some are typed, too."""

Raw = dict[str, Any]


@dataclass(frozen=True)
class WordsFile:
    """A file of words that was read."""

    document: Document

    @classmethod
    def read(cls, path: Path) -> WordsFile:
        """Read a file of words.

        Raises
        ------
        SettingsError
            If it cannot be read.
        """
        return cls(yaml12.read(path))

    @property
    def name(self) -> str:
        """The file, as messages name it."""
        return self.document.file

    @property
    def names(self) -> Raw:
        """How functions and losses are called."""
        return self._block("names")

    @property
    def clips(self) -> Raw:
        """The clips that it has words for."""
        return self._block("clips")

    def words(self, clip: str) -> object:
        """Return the words of a clip, None where there are none."""
        block = self.clips.get(clip)
        return block.get("words") if isinstance(block, dict) else None

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with its form."""
        return (*self.document.faults, *map(self.document.fault, self._problems()))

    def _block(self, key: str) -> Raw:
        value = self.document.value
        block = value.get(key) if isinstance(value, dict) else None
        return block if isinstance(block, dict) else {}

    def _problems(self) -> Iterator[Problem]:
        if not isinstance(self.document.value, dict):
            yield Problem((), "a file of words holds keys: names: and clips:")
            return
        yield from _only((), self.document.value, ("names", "clips"))
        for name, block in self.clips.items():
            yield from _only(("clips", name), block, ("words",))


def _only(path: KeyPath, block: object, keys: tuple[str, ...]) -> Iterator[Problem]:
    """Yield what stands in a block of blocks beside those that may."""
    if not isinstance(block, dict):
        yield Problem(path, f"a block with {listed(f'{key}:' for key in keys)} is needed here")
        return
    for key, value in block.items():
        if key not in keys:
            told = f"a file of words has no such key here, only {listed(keys)}{hint(str(key), keys)}"
            yield Problem((*path, key), told, at_key=True)
        elif not isinstance(value, dict):
            yield Problem((*path, key), f"{quoted(value)} is not a block of keys")


def file_named(words: object) -> str | None:
    """Return the file of words that a clip's key `words` names, or None.

    Examples
    --------
    >>> file_named("es.yaml"), file_named({"file": "es.yaml", "title": "Uno"}), file_named({"title": "Uno"})
    ('es.yaml', 'es.yaml', None)
    """
    named = words.get(FILE) if isinstance(words, dict) else words
    return named if isinstance(named, str) else None


def typed_in(words: object) -> object:
    """Return the words that a clip's key `words` holds beside the file.

    Examples
    --------
    >>> typed_in("es.yaml"), typed_in({"file": "es.yaml", "title": "Uno"})
    (None, {'title': 'Uno'})
    """
    if isinstance(words, dict):
        return {key: value for key, value in words.items() if key != FILE or not isinstance(value, str)}
    return None if isinstance(words, str) else words


def files_named(raw: object) -> Iterator[tuple[KeyPath, str]]:
    """Yield the path of every key of a settings file that names a file of words, and the file."""
    top = raw if isinstance(raw, dict) else {}
    clips = top.get("clips")
    if named := file_named(top.get("words")):
        yield ("words",), named
    for clip, block in clips.items() if isinstance(clips, dict) else ():
        words = block.get("words") if isinstance(block, dict) else None
        if named := file_named(words):
            yield ("clips", clip, "words", *([FILE] if isinstance(words, dict) else [])), named


def found_beside(named: str, *folders: Path) -> Path:
    """Return the file of that name: beside the settings file, else beside the shipped one."""
    places = [folder / Path(named).expanduser() for folder in folders]
    return next((place for place in places if place.is_file()), places[0])


def unreadable(error: SettingsError) -> bool:
    """Return whether a file of words could not be opened at all, so that the place that names it is what is wrong."""
    return any(not fault.line for fault in error.faults)
