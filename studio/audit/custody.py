"""Chain of custody: which ledger belongs to a video, whether the video still holds the packets that were rendered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from scenes.parts.film.film_file import Facts, FilmFileError, facts_of, read_ledger_tag, video_digest
from scenes.parts.film.ledger import Ledger, LedgerError, digest_of_sources, parse_ledger, read_ledger
from scenes.parts.settings import SCENES, ClipSettings, Settings
from scenes.parts.settings.words import word_problems
from studio.audit.bounds import LARGEST_LEDGER, check_bounds
from studio.audit.finding import Finding

__all__ = ["Custody", "check_custody", "checked_settings", "found", "settings_of"]

_PALETTED: Final = ("gif",)

_TIMES: Final = range(2, 9)  # from 15 frames per second to 120


@dataclass(frozen=True)
class Custody:
    """A video with its ledger.

    Attributes
    ----------
    source
        Where the ledger was found: a path, or ``the video itself``.
    embedded
        The ledger inside the video, where there is one.
    original
        Whether the video holds the very packets that were rendered.
    """

    video: Path
    ledger: Ledger
    source: str
    embedded: Ledger | None
    facts: Facts
    original: bool

    @property
    def share(self) -> float:
        """Size of the video's frames over that of the rendered ones."""
        return self.facts.height / self.ledger.video.height

    @property
    def repeats(self) -> int:
        """How often the video holds each frame: more than once where a copy has twice the frame rate, say."""
        times = round(self.facts.frame_rate / self.ledger.video.frame_rate)
        return times if times in _TIMES and self.facts.frames == times * self.ledger.video.frames else 1


def found(video: Path, given: Path | None = None) -> Custody:
    """Return a video with its ledger: the given one, else the one beside it, else the one inside it.

    Raises
    ------
    FilmFileError
        If the file is no video, or one whose colours cannot be measured.
    LedgerError
        If there is no ledger, or what was found is none.
    """
    _check_file(video, FilmFileError)
    facts = facts_of(video)
    if facts.codec in _PALETTED:
        raise FilmFileError(f"{video}: a gif has too few colours to be measured; mp4, webm and mov can be audited")
    tag = read_ledger_tag(video)
    beside = video.with_suffix(".ledger.json")
    path = given or (beside if beside.exists() else None)
    if path is not None:
        _check_file(path, LedgerError, LARGEST_LEDGER)
    if tag is not None and len(tag) > LARGEST_LEDGER:
        raise LedgerError(f"{video}: the ledger inside it is longer than any")
    ledger = read_ledger(path) if path else None
    same = ledger is not None and path is not None and tag == path.read_text(encoding="utf-8")
    embedded = ledger if same else parse_ledger(tag, f"{video}: the ledger inside it") if tag else None
    ledger = ledger or embedded
    if ledger is None:
        raise LedgerError(f"{video}: no ledger: none beside it ({beside.name}), none inside it, none given (--ledger)")
    for each, where in ((ledger, str(path or video)), (embedded, f"{video}: the ledger inside it")):
        if each is not None:
            check_bounds(each, where)
    original = video_digest(video) == ledger.video.digest
    return Custody(video, ledger, str(path or "the video itself"), embedded, facts, original)


def _check_file(path: Path, kind: type[ValueError], most: int | None = None) -> None:
    """Refuse what would never end to be read: a pipe, a device, a file that is larger than any."""
    if path.exists() and not path.is_file():
        raise kind(f"{path}: this is no file that can be read")
    if most is not None and path.exists() and path.stat().st_size > most:
        raise kind(f"{path}: a file of {path.stat().st_size} bytes is no ledger")


def notes(custody: Custody) -> Iterator[str]:
    """Yield what is worth knowing and not wrong."""
    ledger, facts = custody.ledger, custody.facts
    yield f"ledger: {custody.source}"
    yield "original bytes" if custody.original else "re-encoded, judged by pixels alone"
    if custody.share != 1:
        yield f"scaled from {ledger.video.width} x {ledger.video.height} to {facts.width} x {facts.height}"
    if custody.repeats > 1:
        yield f"every frame stands in it {custody.repeats} times"
    if facts.transparent:
        yield "transparent: it is read as it lies over its own background, how opaque it is was not looked at"
    if ledger.partial:
        yield "partial: only some of the clip was rendered"
    if ledger.typed_numbers:
        yield "its words may hold numbers that nobody computed (allow_typed_numbers)"
    if ledger.core_digest != digest_of_sources("core"):
        yield "made with another core; its values are recomputed with this one"


def check_custody(custody: Custody) -> Iterator[Finding]:
    """Yield whether ledger and video belong together, frame for frame."""
    ledger, facts = custody.ledger, custody.facts
    told = ledger.video
    if custody.embedded is not None:
        same = custody.embedded == ledger
        said = f"the ledger {custody.source} is not the one inside the video"
        yield _finding("the ledger is the one inside the video", same, said)
    said = f"the ledger tells of {told.frames} frames, the video has {facts.frames}"
    yield _finding("number of frames", told.frames * custody.repeats == facts.frames, said)
    said = f"the ledger tells of {told.frame_rate:g} frames per second, the video has {facts.frame_rate:g}"
    rate = told.frame_rate * custody.repeats
    yield _finding("frame rate", abs(rate - facts.frame_rate) < 1e-3 * rate, said)
    said = f"the ledger tells of {told.width} x {told.height} pixels, the video has {facts.width} x {facts.height}"
    yield _finding("size of a frame", _same_size(custody), said)


def _same_size(custody: Custody) -> bool:
    """Return whether a frame has the size that was rendered, or, re-encoded, the same shape within a pixel."""
    told, facts = custody.ledger.video, custody.facts
    if custody.original:
        return (told.width, told.height) == (facts.width, facts.height)
    return abs(told.width * custody.share - facts.width) <= 2


def settings_of(ledger: Ledger) -> tuple[Settings | None, list[Finding]]:
    """Return the settings that a ledger holds, checked like those of a file, and whether they are sound.

    None where they cannot be used at all.
    """
    name = ledger.clip
    digest = hashlib.sha256(_canonical(ledger.settings).encode()).hexdigest()
    said = "the settings in the ledger are not those that its settings digest was made from"
    findings = [_finding("settings digest", digest == ledger.settings_digest, said, "settings")]
    try:
        settings = checked_settings(name, ledger.settings)
    except (ValidationError, KeyError, TypeError, ValueError) as error:
        said = f"the settings in the ledger cannot be used: {_reason(error)}"
        return None, [*findings, _finding("settings", False, said, "settings")]
    same = _canonical(settings.resolved(name)) == _canonical(ledger.settings)
    said = "the settings in the ledger say something that no settings file says"
    whole = _finding("settings read as a clip of this scene", same, said, "settings")
    clip = settings.clip(name)
    agreed = clip.scene == ledger.scene and clip.allow_typed_numbers == ledger.typed_numbers
    said = "scene or allow_typed_numbers of the ledger are not those of its settings"
    return settings, [*findings, whole, _finding("scene", agreed, said, "settings")]


def checked_settings(name: str, given: Mapping[str, Any]) -> Settings:
    """Return the settings of a clip that a ledger holds, if a settings file could hold them.

    Raises
    ------
    ValidationError, KeyError, TypeError, ValueError
        If none could.
    """
    common = dict(given)
    raw = dict(common.pop("clip"))
    if raw.pop("name") != name:
        raise ValueError("they are another clip's")
    # through JSON text, where a list may stand for the model's tuples
    model = SCENES[raw["scene"]]
    clip: ClipSettings = model.model_validate_json(json.dumps(raw))
    words = clip.model_dump(include={"words"})["words"]
    if problems := word_problems(model, words, typed_numbers=clip.allow_typed_numbers):
        raise ValueError(f"{'.'.join(map(str, problems[0].key))}: {problems[0].message}")
    common["palette"] = {role: colour for role, colour in common["palette"].items() if colour is not None}
    plain = Settings.model_validate_json(json.dumps({**common, "clips": {}}))
    fields = {name: getattr(plain, name) for name in type(plain).model_fields}
    return Settings.model_validate({**fields, "clips": {name: clip}})


def _canonical(settings: dict[str, object]) -> str:
    return json.dumps(settings, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return f"{error} is missing or unknown" if isinstance(error, KeyError) else str(error)


def _finding(what: str, ok: bool, said: str, check: str = "custody") -> Finding:
    return Finding(check, what, None, None, 0.0 if ok else float("inf"), 0.0, "", ok, "" if ok else said)
