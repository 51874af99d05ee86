"""The settings file: everything a lecturer may change, checked before anything is drawn.

`load()` gives frozen `Settings`, or a `SettingsError` with every fault and its line. Nothing here knows manim.
"""

from scenes.parts.settings.base import BeatWords, ClipSettings, SceneWords
from scenes.parts.settings.faults import Fault, SettingsError
from scenes.parts.settings.loader import check, config_path, load
from scenes.parts.settings.models import SCENES, Settings
from scenes.parts.settings.words import Template, fill, names_in, templates

__all__ = [
    "SCENES",
    "BeatWords",
    "ClipSettings",
    "Fault",
    "SceneWords",
    "Settings",
    "SettingsError",
    "Template",
    "check",
    "config_path",
    "fill",
    "load",
    "names_in",
    "templates",
]
