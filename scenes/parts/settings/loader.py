"""From a settings file to `Settings`: read, inherit, check, and report every fault at once."""

from __future__ import annotations

import keyword
import os
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from scenes.parts.settings import yaml12
from scenes.parts.settings.base import ClipSettings
from scenes.parts.settings.faults import Fault, KeyPath, Problem, SettingsError, not_one_of, quoted
from scenes.parts.settings.messages import problems_of
from scenes.parts.settings.models import SCENES, Settings
from scenes.parts.settings.words import word_problems
from scenes.parts.settings.yaml12 import Document

LONGEST_NAME = 64
_SHIPPED = Path(__file__).resolve().parents[3] / "config.yaml"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")

Raw = dict[str, Any]
SomeModel = TypeVar("SomeModel", bound=BaseModel)


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
    settings = _load(*_state(file), *_state(_SHIPPED))
    if whole and settings.wrong:
        raise SettingsError(_in_order(fault for faults in settings.wrong.values() for fault in faults))
    return settings


def shipped() -> Settings:
    """Return the settings that the project itself comes with, whatever file is in use."""
    return load(_SHIPPED)


def _state(file: Path) -> tuple[Path, int, int]:
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
def _load(file: Path, mtime_ns: int, size: int, base: Path, base_mtime_ns: int, base_size: int) -> Settings:
    """Read and check a file; the arguments beside it and its base make the cache notice a change."""
    under = yaml12.read(base).value if base.exists() and file.resolve() != base.resolve() else {}
    return settings_from(yaml12.read(file), under if isinstance(under, dict) else {})


def settings_from(document: Document, base: Raw | None = None) -> Settings:
    """Return the settings that a document holds, with what it does not say as in ``base``.

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
    under = dict(base or {})
    given = under.pop("clips", None)
    clips, faults = _clips(document, raw.get("clips"), given if isinstance(given, dict) else {})
    common = {key: {**under[key], **own} if _are_blocks(under.get(key), own) else own for key, own in raw.items()}
    settings, problems = _validated(Settings, {**under, **common, **({"clips": clips} if "clips" in raw else {})})
    faults += [document.fault(problem) for problem in problems]
    wrong = _by_clip(_in_order([*document.faults, *faults]), raw.get("clips"))
    if settings is None or "" in wrong:
        raise SettingsError(_in_order(fault for found in wrong.values() for fault in found))
    settings._document, settings._wrong = document, wrong
    return settings


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
    by_place: dict[tuple[int, int, str], Fault] = {}
    for fault in faults:
        by_place.setdefault((fault.line, fault.column, fault.key), fault)
    return sorted(by_place.values(), key=lambda fault: (fault.line, fault.column))


def _validated(model: type[SomeModel], raw: object) -> tuple[SomeModel | None, list[Problem]]:
    try:
        return model.model_validate(raw), []
    except ValidationError as error:
        return None, problems_of(model, error)


def _clips(document: Document, raw: object, base: Raw) -> tuple[dict[str, ClipSettings], list[Fault]]:
    """Return the clips that are right, with what they inherit from one another and from ``base``; and all faults."""
    clips: dict[str, ClipSettings] = {}
    if not isinstance(raw, dict) or not raw:
        return clips, [
            document.fault(Problem(("clips",), "at least one clip is needed here, with its name as the key"))
        ]
    problems = _name_problems(raw)
    firsts: dict[str, Raw] = {}
    said: dict[str, list[Problem]] = {}
    for name, named in raw.items():
        known = base.get(name, {})
        own = {"scene": known["scene"], **(named or {})} if known and isinstance(named, dict | None) else named
        model, found = _model_of(own)
        if model is not None:
            scene = own["scene"]
            first = firsts.get(scene) or next((clip for clip in base.values() if clip["scene"] == scene), {})
            given = inherited(inherited(first, known if known.get("scene") == scene else {}), own)
            firsts.setdefault(scene, given)
            clip, found = _clip(model, given)
            found = [p for p in found if p not in said.get(scene, []) or _stands(document, ("clips", name, *p.key))]
            said.setdefault(scene, found)
            if clip is not None:
                clips[name] = clip
        problems += [problem.below(("clips", name)) for problem in found]
    return clips, [document.fault(problem) for problem in problems]


def _stands(document: Document, path: KeyPath) -> bool:
    """Return whether the file itself has a value at this path, rather than inheriting it."""
    return path in document.values


def _model_of(own: object) -> tuple[type[ClipSettings] | None, list[Problem]]:
    """Return the model of the scene that a clip names."""
    if not isinstance(own, dict):
        return None, [Problem((), "a clip is a block of keys, scene: first")]
    if "scene" not in own:
        return None, [Problem(("scene",), f"this key is missing; it is one of {', '.join(SCENES)}")]
    scene = own["scene"]
    if not isinstance(scene, str) or scene not in SCENES:
        return None, [Problem(("scene",), not_one_of(scene if isinstance(scene, str) else quoted(scene), list(SCENES)))]
    return SCENES[scene], []


def _clip(model: type[ClipSettings], raw: Raw) -> tuple[ClipSettings | None, list[Problem]]:
    """Return the clip, or None, and what is wrong with it, its words included."""
    clip, problems = _validated(model, raw)
    typed = raw.get("allow_typed_numbers") is True
    words = word_problems(model, raw.get("words"), typed_numbers=typed)
    return clip, [*problems, *words]


def inherited(first: Raw, own: Raw) -> Raw:
    """Return a clip with what it does not say taken from its scene's first clip: words key by key, all else whole.

    Examples
    --------
    >>> first = {"x": 1, "words": {"title": "One", "ask": {"sentence": "Why?", "caption": "Why?"}}}
    >>> inherited(first, {"x": -1, "words": {"ask": {"sentence": "How?"}}})
    {'x': -1, 'words': {'title': 'One', 'ask': {'sentence': 'How?', 'caption': 'Why?'}}}
    """
    merged = {**first, **own}
    if "words" in own:
        merged["words"] = _merged_words(first.get("words"), own["words"])
    return merged


def _merged_words(first: object, own: object) -> object:
    if not isinstance(first, dict) or not isinstance(own, dict):
        return own
    return {**first, **{key: _merged_words(first.get(key), value) for key, value in own.items()}}


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
