"""Advice can be followed: what a message says would do is done, by rule and without thinking, until the clip draws."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any, Final

import pytest
from lecturer_cases import CLIP
from truth_cases import plain_settings, settings_in_use

from scenes.parts.settings import SettingsError
from scenes.parts.settings.scalars import resolve
from scenes.parts.stage.rehearsal import refusals

Clip = dict[str, Any]
Key = tuple[str | int, ...]

ROUNDS: Final = 4  # of reading and doing what is said, at most
NUMBER: Final = r"([-+]?[0-9.]+(?:e[-+]?[0-9]+)?)"


def said_of(clip: Clip) -> list[tuple[Key, str]]:
    """Return every refusal of a clip of one's own: the key inside of the clip, and the message."""
    with settings_in_use({"clips": {CLIP: clip}}):
        try:
            return [(tuple(refusal.key[2:]), refusal.message) for refusal in refusals(CLIP)]
        except SettingsError as error:
            return [(parts_of(fault.key.removeprefix(f"clips.{CLIP}")), fault.message) for fault in error.faults]


def parts_of(dotted: str) -> Key:
    """Return the parts of a key as a message prints it."""
    return tuple(int(part) if part.isdigit() else part for part in re.findall(r"[^.\[\]]+", dotted))


def value_at(clip: Clip, key: Key) -> Any:
    found: Any = clip
    for part in key:
        found = found[part]
    return found


def put(clip: Clip, key: Key, value: Any) -> None:
    value_at(clip, key[:-1])[key[-1]] = value


def renamed(clip: Clip, key: Key, name: str) -> None:
    block = value_at(clip, key[:-1])
    block[name] = block.pop(key[-1])


def shortened(clip: Clip, dotted: str) -> None:
    """Take the last word off a text, of a beat off its sentence."""
    key = parts_of(dotted)
    if isinstance(value_at(clip, key), dict):
        key = (*key, "sentence")
    put(clip, key, value_at(clip, key).rsplit(" ", 1)[0])


RULES: Final[dict[str, Callable[[Clip, Key, re.Match[str]], None]]] = {
    r"; so long would do: '([^']+)'": lambda clip, key, found: put(clip, key, found[1]),
    r"; shorten ([\w.]+)": lambda clip, _, found: shortened(clip, found[1]),
    r"; lower digits": lambda clip, _, __: put(clip, ("digits",), clip.get("digits", 3) - 1),
    r"; lower decimals": lambda clip, _, __: put(clip, ("decimals",), clip.get("decimals", 3) - 1),
    rf"; digits: {NUMBER} would do": lambda clip, _, found: put(clip, ("digits",), int(found[1])),
    rf"; (?:\w+ (?:= )?)?{NUMBER} (?:would do|would fit|does|fits)": lambda c, key, found: put(
        c, key, resolve(found[1])
    ),
    rf"it must be at (?:most|least) {NUMBER}": lambda clip, key, found: put(clip, key, resolve(found[1])),
    rf"it must be more than {NUMBER}": lambda clip, key, found: put(clip, key, float(found[1]) + 0.1),
    rf"; at most {NUMBER} are allowed": lambda c, key, found: put(c, key, value_at(c, key)[: int(found[1])]),
    r"there is no such key; .*; did you mean '(\w+)'\?": lambda clip, key, found: renamed(clip, key, found[1]),
    r"; did you mean '(\w+)'\?": lambda clip, key, found: put(clip, key, found[1]),
    r"; use one of (\w+)": lambda clip, key, found: put(clip, key, found[1]),
    rf"; write {NUMBER}": lambda clip, key, found: put(clip, key, resolve(found[1])),
    r"; write it with a decimal point": lambda c, key, _: put(c, key, float(value_at(c, key).replace(",", "."))),
    rf"; a fraction is not worked out; write {NUMBER}": lambda c, key, found: put(c, key, float(found[1])),
    r"; write it without quotes": lambda clip, key, _: put(clip, key, float(value_at(clip, key))),
    r"the first number must be the smaller one": lambda c, key, _: put(c, key, sorted(value_at(c, key))),
    rf"the step shrinks from {NUMBER} to it, so it must be smaller": lambda clip, key, found: put(
        clip, key, float(found[1]) / 10
    ),
}
"""What a message says, and how it is done at its key; the first that is said is done."""


def followed(clip: Clip) -> tuple[Clip, list[str]]:
    """Do what is said until nothing is, and return the clip as it is then with all that was said."""
    clip, heard = deepcopy(clip), list[str]()
    for _ in range(ROUNDS):
        said = said_of(clip)
        if not said:
            return clip, heard
        heard += [message for _, message in said]
        for key, message in said:
            rule, done = next(((r, do) for r, do in RULES.items() if re.search(r, message)), ("", None))
            assert done is not None, f"{key}: no advice that could be followed: {message}"
            found = re.search(rule, message)
            assert found is not None
            done(clip, key, found)
    raise AssertionError(f"following did not help: {heard}")


PIECE: Final = {"function": "tanh", "x_range": [-1.5, 1.5]}
WRONG: Final[tuple[Clip, ...]] = (
    {"scene": "two_layer_network", "scale": 3.0},
    {"scene": "two_layer_network", "nudge": 0.5},
    {"scene": "two_layer_network", "activation": "tahn", "ask_hold": 100},
    {"scene": "two_layer_network", "activatoin": "relu", "x": "\u22121.5", "w1": "1_0", "w2": "0,5", "target": "0.5"},
    {"scene": "two_layer_network", "rate": 0, "digits": 9},
    {"scene": "toy_chain", "scale": 50.0, "x_range": [2.0, -2.0], "flat": 0},
    {"scene": "fan_out", "scale": 50.0, "turn": 1e7},
    {"scene": "learning_step", "scale": 50.0, "steps": 500},
    {"scene": "activation_swap", "scale": 50.0, "other_x": 2.0, "activations": ["log", "tanh", "relu"]},
    {"scene": "chain_rule_gears", "scale": 50.0},
    {"scene": "chain_rule_gears", "turn_scale_deg": 5000.0},
    {"scene": "push_through_gears", "scale": 50.0},
    {"scene": "function_gears", "pieces": [{**PIECE, "k": 0.5}]},
    {"scene": "function_gears", "pieces": [{**PIECE, "k": 4.0}], "circles_at": 1.7},
    {"scene": "chain_of_influence", "smallest": 0.5},
    {"scene": "chain_rule_gears", "idler_radius": 3.0},
    {"scene": "push_through_gears", "idler_radius": 3.0},
    {"scene": "two_layer_network", "words": {"title": "One signal travels back through every gate " * 4}},
    {
        "scene": "two_layer_network",
        "words": {"ask": {"sentence": "Which of the two weights moves the loss, " * 6}},
    },
    {"scene": "extended_chain", "words": {"adding": "grey: each of these bars is drawn as adding would have it " * 2}},
    {"scene": "two_layer_network", "w1": "1/3", "x": "\uff12"},
    {"scene": "one_sweep", "widths": [10, 10, 10, 10, 10], "long": 1000},
)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(clip, id=str(clip)[:70], marks=[] if i % 5 == 0 else [pytest.mark.proof])
        for i, clip in enumerate(WRONG)
    ],
)
def test_following_every_advice_leads_to_a_clip_that_draws(wrong: Clip) -> None:
    assert wrong["scene"] in {clip["scene"] for clip in plain_settings()["clips"].values()}
    clip, heard = followed(wrong)
    assert heard
    assert clip != wrong
