"""What a command chose for one run: another theme, one beat alone. The command hands it to its children."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from scenes.parts.settings.faults import Fault, SettingsError, not_one_of
from scenes.parts.settings.models import Settings
from scenes.parts.theme import PALETTES

__all__ = ["BEAT", "FILM", "THEME", "beat_of_this_run", "film_of_this_run", "in_theme", "of_this_run"]

THEME: Final = "BACKGEAR_THEME"
"""The environment variable that holds the theme of a run; without it the settings file's own holds."""


BEAT: Final = "BACKGEAR_BEAT"
"""The environment variable that holds the one beat of a clip that a run draws; without it all are drawn."""


FILM: Final = "BACKGEAR_FILM"
"""The environment variable that holds where a run puts its film, whatever manim is configured to do."""


def film_of_this_run() -> Path | None:
    """Return where the film goes, or None where manim decides."""
    named = os.environ.get(FILM)
    return Path(named) if named else None


def beat_of_this_run() -> str:
    """Return the beat that alone is drawn, or nothing."""
    return os.environ.get(BEAT, "")


def in_theme(settings: Settings, theme: str | None) -> Settings:
    """Return the settings with another theme, or as they are when none is named.

    Raises
    ------
    SettingsError
        There is no such theme.

    Examples
    --------
    >>> in_theme(Settings(clips={}), "light").theme
    'light'
    """
    if theme is not None and theme not in PALETTES:
        raise SettingsError([Fault(THEME, 0, 0, "", not_one_of(theme, list(PALETTES)))])
    return settings.in_theme(theme) if theme else settings


def of_this_run(settings: Settings) -> Settings:
    """Return the settings as the command that started this process wants them."""
    return in_theme(settings, os.environ.get(THEME) or None)
