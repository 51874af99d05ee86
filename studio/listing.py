"""What there is to draw: the clips of the settings file, and of a clip its beats and what may be set in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from scenes.parts.settings import load

__all__ = ["listing"]


def listing(clips: Sequence[str] = ()) -> str:
    """Return a line for each clip, or all about those that are named.

    Raises
    ------
    SettingsError
        If the settings file is wrong, or has no such clip.
    """
    settings = load(whole=False)
    if not clips:
        width = max(map(len, settings.named))
        wrong = {name: "(wrong: backgear check says why)" for name in settings.wrong}
        return "\n".join(f"{name:<{width}}  {wrong.get(name) or settings.clip(name).scene}" for name in settings.named)
    return "\n\n".join("\n".join(_about(name, settings.clip(name))) for name in clips)


def _about(name: str, clip: Any) -> Iterator[str]:
    yield f"{name} ({clip.scene})"
    yield f"  beats: {', '.join(clip.words.beats())}"
    values = clip.model_dump(mode="json", exclude={"scene", "words"})
    width = max(map(len, values))
    for key, value in values.items():
        about = type(clip).model_fields[key].description
        yield f"  {key:<{width}}  {_said(value)}{f'  ({about})' if about else ''}"


def _said(value: Any) -> str:
    """Return a value as it is written in a settings file, on one line.

    Examples
    --------
    >>> _said({"x": 1.0, "stages": ["w1", "tanh"]})
    '{x: 1.0, stages: [w1, tanh]}'
    """
    return yaml.safe_dump([value], default_flow_style=True, sort_keys=False, width=1e6).strip()[1:-1]
