"""The words of a clip, layer on layer: of its scene's first clip, of a file of words, and its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from scenes.parts.settings.faults import KeyPath
from scenes.parts.settings.words_file import WordsFile, typed_in

__all__ = ["Layer", "Layers", "Source", "keys_of", "stacked", "uncovered"]

Raw = dict[str, Any]


class Layer(NamedTuple):
    """Words, and whether they are in the language that is wanted: not shipped, where there is a file of words."""

    words: object
    wanted: bool


class Source(NamedTuple):
    """A clip whose words another one takes.

    Attributes
    ----------
    name
        Its name.
    shipped
        Its words in the shipped file.
    typed
        Its words in the file in use.
    holds
        Whether its numbers are those of which the shipped file's words, and their translation, are said.
    """

    name: str
    shipped: object
    typed: object
    holds: bool = True


@dataclass(frozen=True)
class Layers:
    """The words of a clip, the lowest first: those of the clips it takes from, of the file of words, its own.

    Attributes
    ----------
    file
        The file of words, or None.
    sources
        The clips that it takes its words from, itself the last.
    alike
        Whether the others have the same file of words.
    """

    file: WordsFile | None
    sources: tuple[Source, ...]
    alike: bool = True

    def __iter__(self) -> Iterator[Layer]:
        *others, own = self.sources
        for source in others:
            yield from self._shipped(source)
            yield Layer(self._differing(source), wanted=self.alike)
            yield from self._translated(source)
        yield from self._shipped(own)
        yield from self._translated(own)
        yield Layer(self._differing(own), wanted=True)

    @property
    def own(self) -> object:
        """What the clip says itself and the file of words does not replace."""
        return self._differing(self.sources[-1])

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the clips in the file of words, the nearest first."""
        return tuple(source.name for source in reversed(self.sources))

    @property
    def of_any(self) -> object:
        """What is said of any numbers: the words of the other clips; None where there is no other."""
        *others, _ = self.sources
        return stacked(replace(self, sources=tuple(others))) if others else None

    @staticmethod
    def _shipped(source: Source) -> Iterator[Layer]:
        if source.holds:
            yield Layer(source.shipped, wanted=False)

    def _translated(self, source: Source) -> Iterator[Layer]:
        if self.file and source.holds:
            yield Layer(self.file.words(source.name), wanted=True)

    def _differing(self, source: Source) -> object:
        """Return what is typed; where there is a file of words, without what says the same as the shipped file."""
        typed = typed_in(source.typed)
        if not self.file:
            return typed
        below = self.sources[: self.sources.index(source) + 1]
        shipped = stacked(layer for each in below for layer in self._shipped(each))
        return _different(typed, shipped)


def stacked(layers: Iterable[Layer]) -> object:
    """Return the words of layers, each over those before it, key by key; None where nothing is said at all.

    Examples
    --------
    >>> first = Layer({"title": "One", "ask": {"sentence": "Why?", "caption": "Why?"}}, False)
    >>> stacked([first, Layer({"ask": {"sentence": "How?"}}, True)])
    {'title': 'One', 'ask': {'sentence': 'How?', 'caption': 'Why?'}}
    """
    found: object = None
    for layer in layers:
        if layer.words is not None:
            found = _merged(found, layer.words)
    return found


def uncovered(layers: Iterable[Layer], wanted: Sequence[KeyPath]) -> list[KeyPath]:
    """Return those of the keys whose text comes from a layer that is not wanted.

    Examples
    --------
    >>> layers = Layer({"title": "One", "ask": "Why?"}, False), Layer({"title": "Eins"}, True)
    >>> uncovered(layers, [("title",), ("ask",)])
    [('ask',)]
    """
    covered: set[KeyPath] = set()
    for layer in layers:
        keys = set(keys_of(layer.words))
        covered = covered | keys if layer.wanted else covered - keys
    return [key for key in wanted if key not in covered]


def keys_of(words: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Yield the path of every text, or list of texts.

    Examples
    --------
    >>> list(keys_of({"code": ("a", "b"), "ask": {"sentence": "Why?"}}))
    [('code',), ('ask', 'sentence')]
    """
    if isinstance(words, dict):
        for key, value in words.items():
            yield from keys_of(value, (*path, key))
    elif words is not None:
        yield path


def _merged(first: object, own: object) -> object:
    if not isinstance(first, dict) or not isinstance(own, dict):
        return own
    return {**first, **{key: _merged(first.get(key), value) for key, value in own.items()}}


def _different(typed: object, shipped: object) -> object:
    """Return what is typed without what is shipped."""
    if not isinstance(typed, dict) or not isinstance(shipped, dict):
        return None if typed == shipped else typed
    parts = {key: _different(value, shipped.get(key)) for key, value in typed.items()}
    return {key: part for key, part in parts.items() if part is not None or typed[key] is None} or None
