"""Which beats of which clips are meant: `CLIP` is all of a clip, `CLIP:BEAT` one beat of it."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import CoreError
from scenes.parts.settings import ClipSettings, Settings, SettingsError
from scenes.parts.settings.base import SceneWords
from scenes.parts.settings.faults import Fault, not_one_of

__all__ = ["beats_of"]


def beats_of(names: Sequence[str], settings: Settings) -> dict[str, list[str]]:
    """Return the beats of each clip that are asked for and right, none where all are.

    Raises
    ------
    SettingsError
        If there is no such clip, or the clip has no such beat.
    """
    wanted: dict[str, list[str]] = {}
    whole: set[str] = set()
    for name in names or settings.clips:
        clip, colon, beat = name.partition(":")
        if clip in settings.wrong:
            continue
        words: SceneWords | None = getattr(settings.clip(clip), "words", None)
        beats = words.beats() if words else ()
        if colon and beat not in beats:
            raise SettingsError([Fault(name, 0, 0, "", not_one_of(beat, beats))])
        whole |= set() if colon else {clip}
        wanted.setdefault(clip, []).extend([_told_as(settings.clip(clip), beat)] if colon else [])
    return {clip: [] if clip in whole else beats for clip, beats in wanted.items()}


def _told_as(clip: ClipSettings, beat: str) -> str:
    """Return the beat that comes in place of one, as the clip's numbers are; itself, where these cannot be computed."""
    try:
        return clip.instead.get(beat, beat)
    except CoreError:
        return beat
