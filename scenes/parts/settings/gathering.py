"""The clips of a settings file: each with what it takes from others, from the shipped file and from files of words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial, reduce
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from core.errors import CoreError
from core.functions import FUNCTIONS, LOSSES
from scenes.parts.settings.base import ClipSettings
from scenes.parts.settings.colours import palette_problems
from scenes.parts.settings.faults import KeyPath, Problem, dotted, listed, not_one_of, quoted
from scenes.parts.settings.layers import Layers, Source, keys_of, stacked, uncovered
from scenes.parts.settings.messages import problems_of
from scenes.parts.settings.models import COMMON, SCENES, Settings
from scenes.parts.settings.words import word_problems
from scenes.parts.settings.words_file import WordsFile, file_named
from scenes.parts.settings.yaml12 import Document

__all__ = ["Gathered", "functions_of", "model_of", "of_numbers", "validated"]

MOST_MISSING: Final = 6  # texts that a message names

Raw = dict[str, Any]
SomeModel = TypeVar("SomeModel", bound=BaseModel)


@dataclass
class Gathered:
    """What was found in the clips of a settings file, one after the other.

    Parameters
    ----------
    document
        The settings file.
    base
        The shipped clips, as they are written.
    top
        What holds for every clip, with what the shipped file says.
    files
        The files of words, by the path of the key that names them.

    Attributes
    ----------
    clips
        Those with which nothing is wrong.
    common
        What holds for each clip of what may stand on top, where it says any of it itself.
    problems
        What is wrong with each clip, keys from the top of the file.
    layers
        Where the words of each come from.
    """

    document: Document
    base: Raw
    top: Raw
    files: Mapping[KeyPath, WordsFile]
    clips: dict[str, ClipSettings] = field(default_factory=dict)
    common: dict[str, Settings] = field(default_factory=dict)
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    layers: dict[str, Layers] = field(default_factory=dict)
    _blocks: dict[str, Raw] = field(default_factory=dict)
    _firsts: dict[str, str] = field(default_factory=dict)
    _said: dict[str, list[Problem]] = field(default_factory=dict)

    def take(self, name: str, named: object) -> None:
        """Take a clip as it is written."""
        known = self.base.get(name, {})
        own = {"scene": known["scene"], **(named or {})} if known and isinstance(named, dict | None) else named
        model, found = model_of(own)
        if model is None or not isinstance(own, dict):
            self.problems[name] = [problem.below(("clips", name)) for problem in found]
            return
        first = self._firsts.setdefault(own["scene"], name)
        given = self._given(name, own, known if known.get("scene") == own["scene"] else {})
        self._blocks[name] = given
        clip, found = self._checked(name, model, given)
        if clip is not None and not found:
            self.clips[name] = clip
        here = [p for p in found if p not in self._said.get(first, []) or self._stands(name, p)]
        self._said.setdefault(first, found)
        self.problems[name] = [p.below(("clips", name)) for p in here] or (self.problems[first] if found else [])

    def _stands(self, name: str, problem: Problem) -> bool:
        return ("clips", name, *problem.key) in self.document.values

    def _given(self, name: str, own: Raw, known: Raw) -> Raw:
        """Return all keys of a clip, with what it inherits."""
        shipped: Raw = next((clip for clip in self.base.values() if clip["scene"] == own["scene"]), {})
        first = self._blocks.get(self._firsts[own["scene"]], shipped)
        given = reduce(partial(_over, SCENES[own["scene"]].belongs), map(_flat, (first, known, own)))
        layers = self.layers[name] = self._layers(name, own["scene"])
        if "words" in own and own["words"] is None:
            return {**given, "words": None}
        words = stacked(layers)
        return {**given, "words": words} if words is not None else given

    def _layers(self, name: str, scene: str) -> Layers:
        """Return where the words of a clip come from: its scene's first shipped clip, the file's first, itself."""
        shipped = next((clip for clip, block in self.base.items() if block["scene"] == scene), None)
        first = self._firsts[scene]
        sources = dict.fromkeys(clip for clip in (shipped, first, name) if clip is not None)
        file = self._file(name) or self._file(first)
        each = (self._source(clip, scene, first=clip == shipped) for clip in sources)
        return Layers(file, tuple(each), file is self._file(first))

    def _source(self, name: str, scene: str, *, first: bool) -> Source:
        known, named = self.base.get(name, {}), self._named(name)
        if known.get("scene") != scene:
            return Source(name, None, named.get("words"))
        same = first or all(known.get(key) == named[key] for key in named if of_numbers(key))
        return Source(name, known.get("words"), named.get("words"), same)

    def _named(self, name: str) -> Raw:
        clips = self.document.value["clips"]
        block = clips.get(name)
        return block if isinstance(block, dict) else {}

    def _file(self, name: str) -> WordsFile | None:
        """Return the file of words that a clip names, else the one on top."""
        below = self.files.get(("clips", name, "words")), self.files.get(("clips", name, "words", "file"))
        named = next((file for file in below if file), None)
        asked = named is not None or file_named(self._named(name).get("words")) is not None
        return named if asked else self.files.get(("words",))

    def _checked(self, name: str, model: type[ClipSettings], given: Raw) -> tuple[ClipSettings | None, list[Problem]]:
        """Return the clip, or None, and what is wrong with it, its words and common keys included."""
        own, common = _parted(model, given)
        clip, problems = validated(model, own, also=tuple(COMMON))
        typed = own.get("allow_typed_numbers") is True
        problems += word_problems(model, own.get("words"), typed_numbers=typed)
        file = self.layers[name].file
        names = file.names if file and file is not self.files.get(("words",)) else {}
        if common or names:
            problems += self._hold(name, common, names)
        if clip is not None and file:
            problems += self._missing(name, clip, file, common.get("names"))
        return clip, problems

    def _hold(self, name: str, common: Raw, names: Raw) -> Iterator[Problem]:
        """Keep what holds for a clip alone; yield what is wrong with it."""
        under = {**self.top, "names": {**self.top.get("names", {}), **names}}
        blocks = {key: {**under[key], **own} for key, own in common.items() if _are_blocks(under.get(key), own)}
        holds, problems = validated(Settings, {**under, **common, **blocks, "clips": {}})
        if holds is not None:
            self.common[name] = holds
            problems = list(palette_problems(holds.theme, holds.palette.model_dump()))
        own = {"palette", "theme"} & set(common)  # each of both decides with the other whether all can be read
        yield from (problem for problem in problems if problem.key[0] in {*common, *(["palette"] if own else [])})

    def _missing(self, name: str, clip: ClipSettings, file: WordsFile, names: object) -> Iterator[Problem]:
        """Yield which texts a file of words lacks, all in one."""
        words = clip.model_dump(include={"words"})["words"]
        wanted = [key for key in keys_of(words) if _at(words, key) != ""]
        lacks = [dotted(key) for key in uncovered(self.layers[name], wanted)]
        top = self.document.value.get("names")
        known = [*file.names, *(key for said in (top, names) if isinstance(said, dict) for key in said)]
        lacks += [f"names.{function}" for function in functions_of(clip) if function not in known]
        if lacks:
            more = f" and {len(lacks) - MOST_MISSING} more" if len(lacks) > MOST_MISSING else ""
            told = f"{file.name} lacks {listed(lacks[:MOST_MISSING])}{more}"
            yield Problem(("words",), f"{told}; `backgear words -w {file.name} {name}` says all that is missing")


def of_numbers(key: str) -> bool:
    """Return whether a clip's words may be about what one of its keys says: not about its looks and times.

    Examples
    --------
    >>> of_numbers("w1"), of_numbers("theme"), of_numbers("ask_hold")
    (True, False, False)
    """
    return key not in COMMON and key not in ("scene", "words") and not key.endswith(("_hold", "_seconds"))


def functions_of(clip: ClipSettings) -> tuple[str, ...]:
    """Return the functions and losses whose names a clip may show."""
    try:
        each = (name for some in clip.named().values() for name in some.split(", "))
        return tuple(dict.fromkeys(name for name in each if name in FUNCTIONS or name in LOSSES))
    except CoreError:
        return ()  # that is said when it is tried whether the clip fits


def validated(
    model: type[SomeModel], raw: object, *, also: tuple[str, ...] = ()
) -> tuple[SomeModel | None, list[Problem]]:
    """Return the model filled in, or None, and what is wrong; ``also`` are keys that it may have, too."""
    try:
        return model.model_validate(raw), []
    except ValidationError as error:
        return None, problems_of(model, error, also)


def _flat(block: Raw) -> Raw:
    """Return a clip's keys, what may stand on top marked where the scene has a key of the same name.

    Examples
    --------
    >>> _flat({"x": 1, "names": {"relu": "Ramp"}})
    {'x': 1, ' names': {'relu': 'Ramp'}}
    """
    return {f" {key}" if key == "names" and isinstance(value, dict) else key: value for key, value in block.items()}


def _over(belongs: Mapping[str, str], first: Raw, own: Raw) -> Raw:
    """Return what a clip says over what it inherits, but for what belongs to what it says itself.

    Examples
    --------
    >>> _over({"circles_at": "pieces"}, {"pieces": "one", "circles_at": 0.6, "x": 1}, {"pieces": "two"})
    {'pieces': 'two', 'x': 1}
    """
    lost = {key for key, of in belongs.items() if of in own and own[of] != first.get(of)}
    return {**{key: value for key, value in first.items() if key not in lost}, **own}


def _parted(model: type[ClipSettings], given: Raw) -> tuple[Raw, Raw]:
    """Return the keys of a clip that are its scene's, and those that may stand on top, too."""
    common = {key.strip(): value for key, value in given.items() if key.strip() in COMMON and _is_common(model, key)}
    return {
        key: value for key, value in given.items() if not (key.strip() in COMMON and _is_common(model, key))
    }, common


def _is_common(model: type[ClipSettings], key: str) -> bool:
    return key.startswith(" ") or key not in model.model_fields


def _are_blocks(*values: object) -> bool:
    return all(isinstance(value, dict) for value in values)


def _at(words: Any, key: KeyPath) -> Any:
    for part in key:
        words = words[part]
    return words


def model_of(own: object) -> tuple[type[ClipSettings] | None, list[Problem]]:
    """Return the model of the scene that a clip names."""
    if not isinstance(own, dict):
        return None, [Problem((), "a clip is a block of keys, scene: first")]
    if "scene" not in own:
        return None, [Problem(("scene",), f"this key is missing; it is one of {', '.join(SCENES)}")]
    scene = own["scene"]
    if not isinstance(scene, str) or scene not in SCENES:
        return None, [Problem(("scene",), not_one_of(scene if isinstance(scene, str) else quoted(scene), list(SCENES)))]
    return SCENES[scene], []
