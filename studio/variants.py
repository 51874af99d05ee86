"""Variants of clips without a file of one's own: each value of a key with each value of the others."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any, Final

from scenes.parts.settings import Settings, yaml12
from scenes.parts.settings.faults import Fault, SettingsError
from scenes.parts.settings.gathering import of_numbers
from scenes.parts.settings.loader import LONGEST_NAME, shipped
from scenes.parts.settings.models import COMMON

__all__ = ["write_variants"]

MOST: Final = 1000
"""Variants at one time: more are a slip of the fingers."""

Change = tuple[str, Any]


def write_variants(settings: Settings, clips: Sequence[str], changes: Sequence[str], folder: Path) -> Path:
    """Write a settings file with the variants of some clips, and return where it is.

    Parameters
    ----------
    changes
        As in ``w1=2`` or ``activation=relu,tanh``: a key of a clip, dots between the parts of its path, and values.

    Raises
    ------
    SettingsError
        If there is no such clip, or no clip is named, or a change cannot be read.
    """
    if not clips:
        raise SettingsError([_fault(changes[0], f"name the clip that this is for: one of {', '.join(settings.clips)}")])
    found: dict[str, Any] = {}
    for clip in dict.fromkeys(clips):
        for combination in _combinations(changes):
            whole = _whole(settings, clip)
            if any(of_numbers(key.partition(".")[0]) for key, _ in combination):
                whole |= _words_of_any(settings, clip)
            found[_name(clip, combination, found)] = _changed(whole, combination)
    common = settings.model_dump(mode="json", exclude={"clips"}, exclude_none=True)
    for clip in clips:
        common["names"] |= settings.for_clip(clip).names
    text = json.dumps({**common, "clips": found}, ensure_ascii=False, indent=1)  # JSON is YAML, without anchors
    file = folder / f"{hashlib.sha256(text.encode()).hexdigest()[:12]}.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def _whole(settings: Settings, clip: str) -> dict[str, Any]:
    """Return all that a clip says, and what holds for it otherwise than for other clips."""
    held, top = (
        some.model_dump(mode="json", include=set(COMMON) - {"names"}, exclude_none=True)
        for some in (settings.for_clip(clip), settings)
    )
    own = {key: value for key, value in held.items() if value != top[key]}
    return {**own, **settings.clip(clip).model_dump(mode="json")}


def _words_of_any(settings: Settings, clip: str) -> dict[str, Any]:
    """Return the words that a shipped clip has of its scene, if others of its own are said of its own numbers."""
    layers, known = settings.layers[clip], shipped().layers.get(clip)
    words = layers.of_any if known is not None and known.sources[-1].typed == layers.sources[-1].typed else None
    return {} if words is None else {"words": words}


def _combinations(changes: Sequence[str]) -> list[tuple[Change, ...]]:
    """Return every value of every key with every value of the others.

    Examples
    --------
    >>> _combinations(["w1=2,-1", "activation=relu"])
    [(('w1', 2), ('activation', 'relu')), (('w1', -1), ('activation', 'relu'))]
    """
    choices = [[(key, value) for value in values] for key, values in map(_read, changes)]
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > MOST:
        raise SettingsError([_fault(changes[-1], f"these would be {count} variants of a clip, and {MOST} is the most")])
    return list(product(*choices))


def _read(change: str) -> tuple[str, Sequence[Any]]:
    key, is_set, text = change.partition("=")
    if not is_set or not key.strip() or not text.strip():
        raise SettingsError([_fault(change, "a change is KEY=VALUE, or KEY=VALUE,VALUE for a variant of each")])
    document = yaml12.parse(f"[{text}]", f"--set {change}")
    if document.faults:
        raise SettingsError(document.faults)
    return key.strip(), document.value


def _changed(clip: dict[str, Any], changes: Sequence[Change]) -> dict[str, Any]:
    """Return the clip with some of its keys changed, however deep they are."""
    for key, value in changes:
        *path, last = key.split(".")
        block: Any = clip
        for part in path:
            block = _inside(block, part, key)
        if isinstance(block, list):
            _inside(block, last, key)
            block[int(last)] = value
        else:
            block[last] = value
    return clip


def _inside(block: Any, part: str, key: str) -> Any:
    """Return what stands under a part of a key's path; an empty block where nothing does yet."""
    if isinstance(block, list) and part.isdigit() and int(part) < len(block):
        return block[int(part)]
    inner = block.setdefault(part, {}) if isinstance(block, dict) else None
    if not isinstance(inner, dict | list):
        raise SettingsError([_fault(key, f"there is nothing in {part!r} that could be changed")])
    return inner


def _name(clip: str, changes: Sequence[Change], taken: Mapping[str, Any]) -> str:
    """Return what a variant is called: after its clip and what is changed.

    Examples
    --------
    >>> _name("Net", [("w1", -0.5), ("activation", "relu")], {})
    'Net_w1_m0_5_activation_relu'
    """
    text = "_".join(f"{key} {value}".replace("-", "m") for key, value in changes)
    name = re.sub(r"[^A-Za-z0-9]+", "_", f"{clip}_{text}").strip("_")[: LONGEST_NAME - 4]
    lower = {other.lower() for other in taken}
    return next(n for n in (name, *(f"{name}_{i}" for i in range(2, MOST + 2))) if n.lower() not in lower)


def _fault(change: str, message: str) -> Fault:
    return Fault(f"--set {change}", 0, 0, "", message)
