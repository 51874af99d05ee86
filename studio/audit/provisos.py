"""What no audit can judge, because it is the lecturer's own: it is said with the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scenes.parts.settings import ClipSettings, Settings
from scenes.parts.settings.loader import shipped
from scenes.parts.settings.words import Template, templates

__all__ = ["provisos"]


def provisos(settings: Settings, clip: str) -> Iterator[str]:
    """Yield what of a clip's settings is the lecturer's own and is not computed: words, numbers in them, names."""
    own, ours = settings.clip(clip), shipped()
    known = {template for each in ours.clips.values() if each.scene == own.scene for template in _words(each).values()}
    if strange := [key for key, template in _words(own).items() if template not in known]:
        more = f" and {len(strange) - 1} more" if len(strange) > 1 else ""
        yield f"the lecturer's own words: {strange[0]}{more}"
    if own.allow_typed_numbers:
        yield "the lecturer's own numbers: its words may hold some that nobody computed (allow_typed_numbers)"
    renamed = [
        f"{name} is called {called!r:.60}"
        for name, called in settings.names.items()
        if called != ours.display_name(name)
    ]
    if renamed:
        yield f"the lecturer's own names: {renamed[0]}{f' and {len(renamed) - 1} more' if len(renamed) > 1 else ''}"


def _words(clip: ClipSettings) -> Mapping[str, Template]:
    words = getattr(clip, "words", None)
    return templates(words) if words is not None else {}
