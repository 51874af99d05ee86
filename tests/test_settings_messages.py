"""Every fault that the models find: its place, its key, what is wrong and what is allowed, in plain words."""

from __future__ import annotations

import pytest
from settings_cases import edited, faults

from core.functions import FUNCTIONS
from scenes.parts.settings.faults import Fault, SettingsError
from scenes.parts.settings.models import SCENES
from scenes.parts.settings.two_layer_network import TwoLayerNetwork

Change = tuple[str, str]

FUNCTION_NAMES = ", ".join(FUNCTIONS)
PLACEHOLDERS = ", ".join(f"{{{name}}}" for name in TwoLayerNetwork.placeholders)
COMMON = "theme, palette, digits, decimals, pace, captions, fonts, names, words, clips"
NET = ", ".join([*TwoLayerNetwork.model_fields, *COMMON.split(", ")[:-2]])
WORDS = ", ".join(TwoLayerNetwork.model_fields["words"].annotation.model_fields)
KNOWN = ", ".join(SCENES)
NAME_RULE = "a name is letters A to Z, digits and underscores, and begins with a letter"

CASES: list[tuple[Change, str]] = [
    (("theme: dark", "theme: drak"), "1:8: theme: 'drak' is not one of dark, light"),
    (("digits: 4", "digits: 4.5"), "2:9: digits: 4.5 is not a whole number"),
    (("digits: 4", "digits: true"), "2:9: digits: true is not a whole number"),
    (("digits: 4", "digits: 99"), "2:9: digits: 99 is too large; it must be at most 6"),
    (("digits: 4", "digits: 1"), "2:9: digits: 1 is too small; it must be at least 2"),
    (("digits: 4", "captions: no"), "2:11: captions: 'no' is not true or false"),
    (
        ("digits: 4", "digts: 4"),
        f"2:1: digts: there is no such key; the keys here are {COMMON}; did you mean 'digits'?",
    ),
    (
        ('"#FFFFFF"', "#FFFFFF"),
        "4:7: palette.ink: nothing is written here: "
        "a colour must be quoted, like '#E69F00', because # begins a comment",
    ),
    (
        ('"#FFFFFF"', "white"),
        "4:8: palette.ink: 'white' is no colour; write six hexadecimal digits in quotes, like '#E69F00'",
    ),
    (
        ("  ink:", "  inc:"),
        "4:3: palette.inc: there is no such key; "
        "the keys here are background, ink, quiet, body, grid, edge, value, gradient, weight, loss, negative; "
        "did you mean 'ink'?",
    ),
    (("digits: 4", "names: {relu: 1}"), "2:15: names.relu: 1 is not a text; put it in quotes"),
    (
        ("digits: 4", "palette2: 1"),
        f"2:1: palette2: there is no such key; the keys here are {COMMON}; did you mean 'palette'?",
    ),
    (("digits: 4", "fonts: 1"), "2:8: fonts: 1 is not a block of keys (words)"),
    (
        ("tanh\n    loss", "tahn\n    loss"),
        f"12:17: clips.Net.activation: 'tahn' is not one of {FUNCTION_NAMES}; did you mean 'tanh'?",
    ),
    (("scale: 0.5", "scale: atuo"), "14:12: clips.Net.scale: 'atuo' is not one of auto"),
    (("x: 1.0", "x: '1.0'"), "8:8: clips.Net.x: '1.0' is not a number; write it without quotes"),
    (("x: 1.0", "x: 1,5"), "8:8: clips.Net.x: '1,5' is not a number; write it with a decimal point"),
    (("x: 1.0", "x: true"), "8:8: clips.Net.x: true is not a number"),
    (("x: 1.0", "x: one"), "8:8: clips.Net.x: 'one' is not a number"),
    (
        ("x: 1.0", "x: .nan"),
        "8:8: clips.Net.x: infinity and not-a-number are not allowed; a finite number is needed",
    ),
    (
        ("x: 1.0", "x: 1e999"),
        "8:8: clips.Net.x: 1e999 is larger than a computer can hold; at most 1.8e308 is read",
    ),
    (("x: 1.0", "x:"), "8:7: clips.Net.x: nothing is written here; a number is needed"),
    (
        ("x: 1.0", "x: {a: 1}"),
        "8:5: clips.Net.x: a block of keys stands here; a number is needed (a text that begins with { must be quoted)",
    ),
    (("x: 1.0", "x: [1]"), "8:8: clips.Net.x: a list stands here; a number is needed"),
    (("    x: 1.0\n", ""), "6:3: clips.Net.x: this key is missing (the input)"),
    (("    x: 1.0\n", "    q: 1.0\n"), f"8:5: clips.Net.q: there is no such key; the keys here are {NET}"),
    (
        ("half_squared_error", "softmax_cross_entropy"),
        "13:11: clips.Net.loss: 'softmax_cross_entropy' is no use here: it compares several outputs, one for each "
        "class, and this network has one; use one of half_squared_error, squared_error, absolute_error, "
        "binary_cross_entropy, binary_cross_entropy_with_logits",
    ),
    (
        (
            "target: 0.5\n    activation: tanh\n    loss: half_squared_error",
            "target: 2\n    activation: tanh\n    loss: binary_cross_entropy",
        ),
        "13:11: clips.Net.loss: 'binary_cross_entropy' needs a target from 0 to 1, and the target is 2",
    ),
    (("scale: 0.5", "scale: 0"), "14:12: clips.Net.scale: 0 is too small; it must be more than 0"),
    (
        ("[0.1, 0.01]", "[0.01, 0.1]"),
        "15:13: clips.Net.nudges: the steps must shrink, each smaller than the one before",
    ),
    (
        ("[0.1, 0.01]", "[0.1, 0.1]"),
        "15:13: clips.Net.nudges: the steps must shrink, each smaller than the one before",
    ),
    (("[0.1, 0.01]", "[]"), "15:13: clips.Net.nudges: 0 of them; at least 1 are needed"),
    (("[0.1, 0.01]", "0.1"), "15:13: clips.Net.nudges: 0.1 is not a list such as [1, 2]"),
    (("[0.1, 0.01]", "[0.1, -1]"), "15:19: clips.Net.nudges[1]: -1 is too small; it must be more than 0"),
    (
        ("square, identity]", "sqare]"),
        f"23:23: clips.Chain.functions[1]: 'sqare' is not one of {FUNCTION_NAMES}; did you mean 'square'?",
    ),
    (
        ("[tanh, square, identity]", f"[{', '.join(['tanh'] * 11)}]"),
        "23:16: clips.Chain.functions: 11 of them; at most 10 are allowed",
    ),
    (
        ("x_range: [-2, 2]", "x_range: [2, -2]"),
        "24:14: clips.Chain.x_range: the first number must be the smaller one; found 2.0 and -2.0",
    ),
    (
        ("x_range: [-2, 2]", "x_range: [2]"),
        "24:14: clips.Chain.x_range[1]: too few of them: a value is missing here",
    ),
    (("x_range: [-2, 2]", "x_range: [1, 2, 3]"), "24:14: clips.Chain.x_range: 3 of them; at most 2 are allowed"),
    (("  Net:", "  no-net:"), f"6:3: clips.no-net: a clip cannot be called 'no-net': {NAME_RULE}"),
    (("  Net:", "  ../../tmp/x:"), f"6:3: clips.'../../tmp/x': a clip cannot be called '../../tmp/x': {NAME_RULE}"),
    (("  Net:", "  /etc:"), f"6:3: clips.'/etc': a clip cannot be called '/etc': {NAME_RULE}"),
    (("  Net:", "  N\u00e9t:"), f"6:3: clips.'N\u00e9t': a clip cannot be called 'N\u00e9t': {NAME_RULE}"),
    (("  Net:", "  _Net:"), f"6:3: clips._Net: a clip cannot be called '_Net': {NAME_RULE}"),
    (("  Net:", '  "Net\\n":'), f"6:3: clips.'Net\\n': a clip cannot be called 'Net\\n': {NAME_RULE}"),
    (
        ("  Net:", "  class:"),
        "6:3: clips.class: a clip cannot be called 'class': this word has a meaning of its own in Python",
    ),
    (
        ("  Chain:", "  net:"),
        "21:3: clips.net: a clip cannot be called 'net': "
        "'Net' differs from this name only in capitals, and some computers take them for one file",
    ),
    (
        ("scene: toy_chain", "scene: toychain"),
        f"22:12: clips.Chain.scene: 'toychain' is not one of {KNOWN}; did you mean 'toy_chain'?",
    ),
    (("scene: toy_chain", "scene: 3"), f"22:12: clips.Chain.scene: '3' is not one of {KNOWN}"),
    (
        ("    scene: toy_chain\n", ""),
        f"21:3: clips.Chain.scene: this key is missing; it is one of {KNOWN}",
    ),
    (("  Chain:", "  Other: 3\n  Chain:"), "21:10: clips.Other: a clip is a block of keys, scene: first"),
    (
        ('"title": "title"', '"title": "{activaton}"'),
        f"17:23: clips.Net.words.title: {{activaton}} is not one of {PLACEHOLDERS}; did you mean {{activation}}?",
    ),
    (
        ('"title": "title"', '"title": "{x.__class__}"'),
        f"17:23: clips.Net.words.title: {{x.__class__}} is not one of {PLACEHOLDERS}",
    ),
    (
        ('"title": "title"', '"title": "{x} }"'),
        "17:27: clips.Net.words.title: a brace without its partner; a brace itself is written twice, {{ or }}",
    ),
    (
        ('"title": "title"', '"title": "it is \u22120.5"'),
        "17:30: clips.Net.words.title: the number 0.5 is typed, so nobody checks it; "
        "use a name in braces such as {x}, or say allow_typed_numbers: true for this clip",
    ),
    (('"title": "title"', '"title": " "'), "17:22: clips.Net.words.title: a text is needed here"),
    (('"title": "title"', '"title": 3'), "17:22: clips.Net.words.title: 3 is not a text; put it in quotes"),
    (
        ('"title": "title", ', ""),
        "17:5: clips.Net.words.title: this key is missing (the title: on the opening card, then small over every page)",
    ),
    (('"title": "title"', '"title": "a\\u0007"'), "17:22: clips.Net.words.title: the character U+0007 cannot be drawn"),
    (('"title": "title"', '"title": "a\\ud800"'), "17:22: clips.Net.words.title: the character U+D800 cannot be drawn"),
    (
        ('"title": "title"', f'"title": "{"a" * 401}"'),
        "17:22: clips.Net.words.title: a text of 401 characters; at most 400 are allowed",
    ),
    (
        ("activation: sin", "words: {ask: {sentence: a, captoin: b}}"),
        "20:32: clips.Variant.words.ask.captoin: there is no such key; the keys here are sentence, caption; "
        "did you mean 'caption'?",
    ),
    (("activation: sin", "words: 3"), f"20:12: clips.Variant.words: 3 is not a block of keys ({WORDS})"),
]


@pytest.mark.parametrize(("change", "fault"), CASES, ids=[fault[:60] for _, fault in CASES])
def test_a_fault_says_where_what_and_what_is_allowed(change: Change, fault: str) -> None:
    assert f"config.yaml:{fault}" in faults(edited(change))


def test_the_file_that_the_cases_change_is_right() -> None:
    assert faults(edited()) == []


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    text = edited(
        ("theme: dark", "theme: drak"),
        ("digits: 4", "digits: 4\ndigits: 5"),
        ("w1: 1.2", "w1: big"),
        ("activation: tanh", "activation: tahn"),
        ('"title": "title"', '"title": "{q}"'),
        ("activation: sin", "activation: sine"),
        ("x_range: [-2, 2]", "x_range: [2, -2]"),
    )
    places = [line.split(": ")[1] for line in faults(text)]
    assert places == [
        "theme",
        "digits",
        "clips.Net.w1",
        "clips.Net.activation",
        "clips.Net.words.title",
        "clips.Variant.activation",
        "clips.Chain.x_range",
    ]


def test_a_fault_that_a_variant_only_inherits_is_told_once() -> None:
    assert len(faults(edited(("x: 1.0", "x: big")))) == 1


def test_a_fault_in_a_text_of_several_lines_is_told_at_its_own_line() -> None:
    block = "words:\n      title: |\n        one {x}\n        two {x} and {q} and {x}\n"
    found = faults(edited(("activation: sin\n", block)))
    assert found[0].startswith("config.yaml:23:21: clips.Variant.words.title: {q} is not one of")


def test_of_two_wrong_names_each_is_told_at_its_own_place() -> None:
    found = faults(edited(("activation: sin", "words: {title: 'a {q} and {q}'}")))
    assert [line.split(": ")[0] for line in found] == ["config.yaml:20:23", "config.yaml:20:31"]


def test_a_number_that_a_variant_inherits_and_forbids_is_told_at_the_variant() -> None:
    allowed = ("scale: 0.5", "scale: 0.5\n    allow_typed_numbers: true")
    text = edited(allowed, ('"title": "title"', '"title": "0.5"'))
    assert faults(text) == []
    found = faults(text.replace("activation: sin", "allow_typed_numbers: false\n    x: 0.5"))
    assert len(found) == 1
    assert found[0].startswith("config.yaml:19:3: clips.Variant.words.title: the number 0.5 is typed")


@pytest.mark.parametrize("text", ["", "a", "[1]", "# nothing\n"])
def test_a_file_without_keys_is_told_what_to_hold(text: str) -> None:
    assert faults(text) == ["config.yaml:1:1: a settings file holds keys, such as theme: and clips:"]


@pytest.mark.parametrize("text", ["theme: dark\nclips: {}\n", "theme: dark\nclips:\n", "theme: dark\nclips: [a]\n"])
def test_a_file_without_clips_is_told_so(text: str) -> None:
    assert "clips: at least one clip is needed here, with its name as the key" in faults(text)[0]


def test_very_many_faults_are_cut_short_in_the_text_but_not_in_the_error() -> None:
    error = SettingsError(Fault("f", n, 1, "k", "m") for n in range(1, 101))
    assert len(error.faults) == 100
    assert str(error).splitlines()[-1] == "... and 60 more"


ODD_VALUES = [
    "",
    "~",
    "3",
    "-1e300",
    ".inf",
    "true",
    "text",
    "[]",
    "[1]",
    "[[]]",
    "{}",
    "{a: 1}",
    '""',
    "0x1F",
    "[a, b, c]",
]


@pytest.mark.parametrize("value", ODD_VALUES)
@pytest.mark.parametrize("line", range(len(edited().splitlines())))
def test_no_value_anywhere_brings_out_the_language_of_a_library(line: int, value: str) -> None:
    lines = edited().splitlines()
    lines[line] = f"{lines[line].partition(':')[0]}: {value}"
    for fault in faults("\n".join(lines)):
        assert not any(word in fault for word in ("nput should", "valid ", "type=", "pydantic", "instance"))
