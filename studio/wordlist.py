"""Every text of some clips with what is known of it, and a file of words with all of them, ready to be translated."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from scenes.parts.settings import BeatWords, Settings
from scenes.parts.settings.base import LONGEST_TEXT
from scenes.parts.settings.faults import KeyPath
from scenes.parts.settings.gathering import functions_of
from scenes.parts.settings.layers import Layers, keys_of, stacked, uncovered
from scenes.parts.settings.words import names_in
from scenes.parts.settings.words_file import WordsFile
from scenes.parts.theme import SAY
from scenes.parts.type.lines import set_lines

__all__ = ["FROM", "Lines", "Wanted", "at", "wanted_in", "written"]

FROM: Final = "# from: "
"""Begins the comment that holds the text from which the one beneath is to be translated."""

_ROOM: Final = 2 * 12.8 * 0.95  # of a sentence: two lines, less what breaking them costs
_INDENT: Final = "  "

Lines = str | tuple[str, ...]


@dataclass(frozen=True)
class Wanted:
    """What a file of words should hold.

    Attributes
    ----------
    names
        What functions and losses are called now.
    texts
        Of every clip the texts that it needs, each with its path; those that it takes from another clip are there.
    typed
        Of every clip the paths of those that the settings file itself says, which no file of words replaces.
    about
        What each text is for, by clip and path.
    """

    names: Mapping[str, str]
    texts: Mapping[str, Mapping[KeyPath, Lines]]
    typed: Mapping[str, Sequence[KeyPath]]
    about: Mapping[str, Mapping[KeyPath, str]]


@dataclass
class _Written:
    """The words that a new file has so far, as a file of words gives them."""

    clips: dict[str, Any]

    def words(self, clip: str) -> object:
        """Return the words of a clip."""
        return self.clips.get(clip)


def wanted_in(settings: Settings, clips: Sequence[str]) -> Wanted:
    """Return what a file of words for these clips should hold.

    Parameters
    ----------
    settings
        As they are without any file of words.
    """
    new: Any = _Written({})
    texts: dict[str, dict[KeyPath, Lines]] = {}
    typed: dict[str, list[KeyPath]] = {}
    names: dict[str, str] = {}
    for clip in clips:
        words = settings.clip(clip).model_dump(include={"words"})["words"]
        layers = Layers(new, settings.layers[clip].sources)
        own = set(keys_of(layers.own))
        before = stacked(layers)
        lacks = set(uncovered(layers, all_keys := [key for key in keys_of(words) if at(words, key) != ""]))
        needs = [key for key in all_keys if key in lacks or at(before, key) != at(words, key)]
        texts[clip] = {key: at(words, key) for key in needs if key not in own}
        typed[clip] = [key for key in all_keys if key in own]
        new.clips[clip] = _nested(texts[clip])
        held = settings.for_clip(clip)
        names |= {name: held.display_name(name) for name in functions_of(settings.clip(clip))}
    about = {clip: dict(_about(type(getattr(settings.clip(clip), "words")))) for clip in clips}  # noqa: B009  # untyped
    return Wanted(names, texts, typed, about)


def at(words: Any, key: KeyPath) -> Any:
    """Return what stands at a path, None where nothing does."""
    for part in key:
        words = words.get(part) if isinstance(words, dict) else None
    return words


def _nested(texts: Mapping[KeyPath, Lines]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, text in texts.items():
        if len(key) == 1:
            found[str(key[0])] = text
        else:
            found.setdefault(str(key[0]), {})[key[1]] = text
    return found


def _about(model: Any) -> Iterator[tuple[KeyPath, str]]:
    for key, info in model.model_fields.items():
        yield (key,), info.description or ""
        if info.annotation is BeatWords:
            yield (key, "caption"), f"the subtitle, up to {LONGEST_TEXT} characters"


def written(wanted: Wanted, words: WordsFile | None, head: Sequence[str]) -> str:
    """Return a file of words; what ``words`` has already stays as it is there, the rest is as it is now."""
    lines = [*(f"# {line}" for line in head), "", "names:"]
    for name, called in wanted.names.items():
        lines += [f"  {FROM}{called}", f"  {name}: {_quoted(str((words.names if words else {}).get(name, called)))}"]
    lines += ["", "clips:"]
    for clip, texts in wanted.texts.items():
        if texts:
            lines += [f"  {clip}:", "    words:", *_clip(texts, words.words(clip) if words else None, wanted, clip)]
    return "\n".join(lines) + "\n"


def _clip(texts: Mapping[KeyPath, Lines], known: object, wanted: Wanted, clip: str) -> Iterator[str]:
    """Yield the lines of a clip's words, each text under what it is for, what it was made from, and its room."""
    if typed := wanted.typed[clip]:
        yield f"      # typed in the settings file itself: {', '.join('.'.join(map(str, key)) for key in typed)}"
    block: object = None
    for key, text in texts.items():
        deep = _INDENT * (2 + len(key))
        if key[0] != block:
            yield f"{_INDENT * 3}# {wanted.about[clip].get(key[:1], '')}"
            if len(key) > 1:
                yield f"{_INDENT * 3}{key[0]}:"
        block = key[0]
        own = at(known, key)
        yield from _text(deep, key, text, text if own is None else own)


def _text(deep: str, key: KeyPath, text: Lines, own: Any) -> Iterator[str]:
    if isinstance(text, tuple):
        yield f"{deep}{key[-1]}:"
        for line, its in zip(text, own if isinstance(own, tuple) and len(own) == len(text) else text, strict=True):
            yield f"{deep}{_INDENT}{FROM}{line}"
            yield f"{deep}{_INDENT}- {_quoted(str(its))}"
        return
    yield f"{deep}{FROM}{' '.join(text.split())}"
    if note := "; ".join(_notes(key, text)):
        yield f"{deep}# {note}"
    yield f"{deep}{key[-1]}: {_quoted(str(own))}"


def _notes(key: KeyPath, text: str) -> Iterator[str]:
    """Yield how long a text may be, where that is known, and which names in braces it has."""
    if key[-1] == "sentence":
        yield f"{len(text)} of about {_room(text)} characters"
    elif key[-1] == "caption":
        yield f"a subtitle: {len(text)} of {LONGEST_TEXT} characters"
    if names := dict.fromkeys(names_in(text)):
        yield f"names in braces stay: {' '.join(f'{{{name}}}' for name in names)}"


def _room(text: str) -> int:
    """Return how many characters a sentence on two lines may have, if they are as wide as those of this one."""
    wide = set_lines(text, SAY, 1e3, style="words", family="Source Sans 3").width
    return round(len(text) * _ROOM / wide / 5) * 5


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
