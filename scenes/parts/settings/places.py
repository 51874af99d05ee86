"""Where a problem stands: in the settings file, or in the file of words that a text comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scenes.parts.settings.faults import Fault, KeyPath, Problem
from scenes.parts.settings.layers import Layers
from scenes.parts.settings.words_file import WordsFile
from scenes.parts.settings.yaml12 import Document

__all__ = ["Places"]


@dataclass(frozen=True)
class Places:
    """A settings file and the files of words that it names.

    Attributes
    ----------
    words
        The file of words on top, if there is one.
    layers
        Where the words of each clip come from.
    """

    document: Document
    words: WordsFile | None = None
    layers: Mapping[str, Layers] = field(default_factory=dict)

    def fault(self, problem: Problem) -> Fault:
        """Return the problem with its place."""
        document, key = self._of(problem.key)
        return document.fault(problem._replace(key=key))

    def stands(self, key: KeyPath) -> bool:
        """Return whether the settings file itself has a value at this path, rather than inheriting it."""
        return key in self.document.values

    def _of(self, key: KeyPath) -> tuple[Document, KeyPath]:
        """Return the document in which a key stands, and its path there."""
        layers = self.layers.get(str(key[1])) if len(key) > 3 and (key[0], key[2]) == ("clips", "words") else None
        if layers and layers.file and not _says(layers.own, key[3:]):
            for name in layers.names:
                if (path := ("clips", name, *key[2:])) in layers.file.document.values:
                    return layers.file.document, path
        named = key[:1] == ("names",) and not self.stands(key)
        return (self.words.document if named and self.words else self.document), key


def _says(words: object, path: KeyPath) -> bool:
    """Return whether words hold anything at a path.

    Examples
    --------
    >>> _says({"ask": {"sentence": "Why?"}}, ("ask", "sentence")), _says({"code": ("a",)}, ("title",))
    (True, False)
    """
    for part in path:
        if isinstance(words, tuple):
            return True
        if not isinstance(words, dict) or part not in words:
            return False
        words = words[part]
    return True
