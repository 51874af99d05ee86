"""From a settings file to `Settings`: read, inherit, check, and report every fault at once."""

from __future__ import annotations

import keyword
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from scenes.parts.settings import yaml12
from scenes.parts.settings.colours import palette_problems
from scenes.parts.settings.faults import Fault, KeyPath, Problem, SettingsError, quoted
from scenes.parts.settings.gathering import Gathered, model_of, validated
from scenes.parts.settings.models import COMMON, Settings
from scenes.parts.settings.places import Places
from scenes.parts.settings.words_file import WordsFile, file_named, files_named, found_beside, typed_in, unreadable
from scenes.parts.settings.yaml12 import Document

LONGEST_NAME = 64
_SHIPPED = Path(__file__).resolve().parents[3] / "config.yaml"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")

Raw = dict[str, Any]
Wrong = dict[str, tuple[Fault, ...]]
State = tuple[Path, int, int]


def config_path() -> Path:
    """Return the settings file in use: the one that `BACKGEAR_CONFIG` names, else the project's own."""
    named = os.environ.get("BACKGEAR_CONFIG")
    return Path(named).expanduser().absolute() if named else _SHIPPED


def load(path: Path | None = None, *, whole: bool = True) -> Settings:
    """Return the checked settings; a file that has not changed since the last call is not read again.

    Parameters
    ----------
    path
        The file, `config_path()` by default. What it does not say it takes from the project's own.
    whole
        Whether all of it must be right; else what is wrong with a clip waits in `Settings.wrong`.

    Raises
    ------
    SettingsError
        Something is wrong with the file; the error holds every fault. Whether a clip *fits* is not asked here but by
        `Settings.fit` and `check`, so that a clip that does not fit stands in no other clip's way.
    """
    file = Path(path) if path is not None else config_path()
    named = {
        found_beside(name, file.parent, _SHIPPED.parent) for _, name in files_named(_document(*_state(file)).value)
    }
    settings = _load(_state(file), _state(_SHIPPED), tuple(map(_state, sorted(named))))
    if whole and settings.wrong:
        raise SettingsError(_in_order(fault for faults in settings.wrong.values() for fault in faults))
    return settings


def shipped() -> Settings:
    """Return the settings that the project itself comes with, whatever file is in use."""
    return load(_SHIPPED)


def without_files_of_words(path: Path) -> Settings:
    """Return the settings of a file as they are without any file of words: what is there to be translated.

    Raises
    ------
    SettingsError
        Something is wrong with the file outside of the clips.
    """
    document, base = _document(*_state(path)), _base(_state(_SHIPPED))
    bare = replace(document, value=_without_files(document.value))
    return settings_from(bare, base if isinstance(base, dict) else {}, path.parent)


def _without_files(raw: object) -> object:
    """Return the value of a settings file without what names files of words."""
    if not isinstance(raw, dict):
        return raw
    bare = {key: value for key, value in raw.items() if key != "words"}
    clips = raw.get("clips")
    for name, block in clips.items() if isinstance(clips, dict) else ():
        if isinstance(block, dict) and file_named(block.get("words")):
            typed = typed_in(block["words"])
            block = {**block, "words": typed} if typed else {k: v for k, v in block.items() if k != "words"}
            bare["clips"] = {**bare["clips"], name: block}
    return bare


def _state(file: Path) -> State:
    try:
        state = file.stat()
    except (OSError, ValueError):
        return file, 0, 0
    return file.absolute(), state.st_mtime_ns, state.st_size


def check(path: Path | None = None) -> tuple[Fault, ...]:
    """Return every fault of a settings file, those of `load` or else what does not fit in any clip."""
    try:
        settings = load(path)
    except SettingsError as error:
        return error.faults
    return tuple(fault for name in settings.clips for fault in settings.fit(name))


@lru_cache(maxsize=8)
def _load(file: State, base: State, words: tuple[State, ...]) -> Settings:
    """Read and check a file; of all that it depends on the arguments say the state, so that the cache sees a change."""
    document = _document(*file)
    itself = file[0].resolve() == base[0].resolve()
    under = _base(base) if words or not itself else {}  # translated, the shipped file stands under itself
    return settings_from(document, under if isinstance(under, dict) else {}, file[0].parent)


@lru_cache(maxsize=8)
def _document(file: Path, mtime_ns: int, size: int) -> Document:
    return yaml12.read(file)


def _base(base: State) -> object:
    return _document(*base).value if base[0].exists() else {}


def settings_from(document: Document, base: Raw | None = None, folder: Path = _SHIPPED.parent) -> Settings:
    """Return the settings that a document holds, with what it does not say as in ``base``.

    Parameters
    ----------
    folder
        Where files of words are looked for.

    Raises
    ------
    SettingsError
        With every fault of the document and of its values, in the order of the file, if there is one outside of the
        clips; what is wrong with a clip waits in `Settings.wrong`.
    """
    raw = document.value
    if not isinstance(raw, dict):
        where = Problem((), "a settings file holds keys, such as theme: and clips:")
        raise SettingsError([*document.faults, document.fault(where)])
    files, wrong = _words_files(document, folder)
    under, names = _under(base or {}, raw, files.get(("words",)))
    common = {key: {**under[key], **own} if _are_blocks(under.get(key), own) else own for key, own in raw.items()}
    top = {**under, **common, **({"names": names} if names else {})}
    gathered = Gathered(document, _shipped_clips(base or {}), _common(top), files)
    faults = [*document.faults, *_taken(gathered, raw.get("clips"))]
    settings, problems = validated(Settings, {**top, **({"clips": gathered.clips} if "clips" in raw else {})})
    if settings is not None:
        problems = list(palette_problems(settings.theme, settings.palette.model_dump()))
    places = Places(document, files.get(("words",)), gathered.layers)
    faults += [places.fault(problem) for problem in problems]
    wrong = _added(wrong, _by_clip(_in_order(faults), raw.get("clips")))
    wrong = _added(wrong, {name: tuple(map(places.fault, found)) for name, found in gathered.problems.items() if found})
    if settings is None or "" in wrong:
        raise SettingsError(_in_order(fault for found in wrong.values() for fault in found))
    wrong = {name: tuple(_in_order(found)) for name, found in wrong.items()}
    settings._places, settings._wrong, settings._common = places, wrong, gathered.common
    return settings


def _under(base: Raw, raw: Raw, words: WordsFile | None) -> tuple[Raw, Raw]:
    """Return what the file is based on, and the names that hold: shipped, translated, typed here."""
    under = {key: value for key, value in base.items() if key not in ("clips", "words")}
    shipped, typed = under.get("names", {}), raw.get("names", {})
    if not words or not _are_blocks(shipped, typed):
        return under, {}
    own = {name: called for name, called in typed.items() if shipped.get(name) != called}
    return under, {**shipped, **words.names, **own}


def _shipped_clips(base: Raw) -> Raw:
    clips = base.get("clips")
    return {name: clip for name, clip in clips.items() if model_of(clip)[0]} if isinstance(clips, dict) else {}


def _common(top: Raw) -> Raw:
    return {key: value for key, value in top.items() if key in COMMON}


def _taken(gathered: Gathered, clips: object) -> Iterator[Fault]:
    """Let the clips be taken; yield what is wrong with their names."""
    document = gathered.document
    if not isinstance(clips, dict) or not clips:
        yield document.fault(Problem(("clips",), "at least one clip is needed here, with its name as the key"))
        return
    yield from map(document.fault, _name_problems(clips))
    for name, named in clips.items():
        gathered.take(name, named)


def _words_files(document: Document, folder: Path) -> tuple[dict[KeyPath, WordsFile], Wrong]:
    """Return the files of words that a document names, by the key that names them, and what is wrong with them."""
    files: dict[KeyPath, WordsFile] = {}
    wrong: Wrong = {}
    for key, named in files_named(document.value):
        clip = str(key[1]) if len(key) > 1 else ""
        try:
            files[key] = file = WordsFile.read(found_beside(named, folder, _SHIPPED.parent))
            found = file.faults
        except SettingsError as error:
            reason = f"the file of words {quoted(named)} cannot be read: {error.faults[0].message}"
            found = (document.fault(Problem(key, reason)),) if unreadable(error) else error.faults
        wrong = _added(wrong, {clip: found} if found else {})
    return files, wrong


def _added(wrong: Wrong, more: Wrong) -> Wrong:
    return {name: (*wrong.get(name, ()), *more.get(name, ())) for name in dict.fromkeys((*wrong, *more))}


def _by_clip(faults: Iterable[Fault], clips: object) -> dict[str, tuple[Fault, ...]]:
    """Return the faults of each clip in which there are any, and under no name those that are of none."""
    found: dict[str, tuple[Fault, ...]] = {}
    names = clips if isinstance(clips, dict) else {}
    for fault in faults:
        name = next((name for name in names if f"{fault.key}.".startswith(f"clips.{name}.")), "")
        found[name] = (*found.get(name, ()), fault)
    return found


def _are_blocks(*values: object) -> bool:
    return all(isinstance(value, dict) for value in values)


def _in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Return the faults as they stand in the file, one for each place: the first found explains those after it."""
    by_place: dict[tuple[str, int, int, str], Fault] = {}
    for fault in faults:
        by_place.setdefault((fault.file, fault.line, fault.column, fault.key), fault)
    return sorted(by_place.values(), key=lambda fault: (fault.file, fault.line, fault.column))


def _name_problems(names: Iterable[str]) -> list[Problem]:
    """Return what is wrong with the names of clips, which become names of classes and of files."""
    problems: list[Problem] = []
    by_lower: dict[str, str] = {}
    for name in names:
        reason = _refusal(name)
        twin = by_lower.setdefault(name.lower(), name)
        if twin != name:
            reason = f"'{twin}' differs from this name only in capitals, and some computers take them for one file"
        if reason:
            problems.append(Problem(("clips", name), f"a clip cannot be called {quoted(name)}: {reason}", at_key=True))
    return problems


def _refusal(name: str) -> str:
    if not _NAME.fullmatch(name):
        return "a name is letters A to Z, digits and underscores, and begins with a letter"
    if len(name) > LONGEST_NAME:
        return f"it has {len(name)} characters, and {LONGEST_NAME} is the most"
    return "this word has a meaning of its own in Python" if keyword.iskeyword(name) else ""
