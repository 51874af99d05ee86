"""A small settings file for the tests, with line numbers that stay when a scene gets another label."""

from __future__ import annotations

import json
from pathlib import Path

from scenes.parts.settings import BeatWords, SettingsError
from scenes.parts.settings.loader import settings_from
from scenes.parts.settings.models import SCENES, Settings
from scenes.parts.settings.yaml12 import parse


def words(scene: str) -> str:
    """Return words for a scene, on one line; JSON is YAML."""
    fields = SCENES[scene].model_fields["words"].annotation.model_fields
    made = {
        name: {"sentence": name} if field.annotation is BeatWords else ["a"] * 6 if name == "code" else name
        for name, field in fields.items()
    }
    return json.dumps(made)


BASE = f"""\
theme: dark
digits: 4
palette:
  ink: "#FFFFFF"
clips:
  Net:
    scene: two_layer_network
    x: 1.0
    w1: 1.2
    w2: -0.8
    target: 0.5
    activation: tanh
    loss: half_squared_error
    scale: 0.5
    nudges: [0.1, 0.01]
    nudge: 1e-4
    words: {words("two_layer_network")}
  Variant:
    scene: two_layer_network
    activation: sin
  Chain:
    scene: toy_chain
    functions: [tanh, square, identity]
    x_range: [-2, 2]
    scale: 0.5
    sweep_seconds: 8
    words: {words("toy_chain")}
"""


def edited(*changes: tuple[str, str]) -> str:
    """Return the file with each first text, which it must hold, replaced once by the second."""
    text = BASE
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def settings(*changes: tuple[str, str]) -> Settings:
    """Return the settings of the edited file."""
    return settings_from(parse(edited(*changes)))


def faults(text: str) -> list[str]:
    """Return the faults of a file, one text each; none when it is right."""
    try:
        found = settings_from(parse(text))
    except SettingsError as error:
        return str(error).splitlines()
    return list(dict.fromkeys(str(fault) for faults in found.wrong.values() for fault in faults))


def shipped() -> Path:
    """Return the project's own settings file."""
    return Path(__file__).resolve().parents[1] / "config.yaml"
