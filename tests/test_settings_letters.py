"""Numbers and letters that are not what they seem to be: each is refused in a line of its own that is true."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenes.parts.settings.loader import check

NUMBERS = {
    "−2": "'−2' is not a number; its sign is U+2212 MINUS SIGN; write -2, with the hyphen of the keyboard",
    "–.5": "'–.5' is not a number; its sign is U+2013 EN DASH; write -.5, with the hyphen of the keyboard",
    "2\u00a0": "'2\\xa0' is not a number; there is U+00A0 NO-BREAK SPACE in it; write 2",
    "1_000": "'1_000' is not a number; write 1000, without underscores",
    "inf": "'inf' is not a number; infinity and not-a-number are not allowed",
    "'2'": "'2' is not a number; write it without quotes",
    "'2,5'": "'2,5' is not a number; write it with a decimal point",
    "\uff11": "'\uff11' is not a number; write 1, with the figures 0 to 9",
    "\u0662\u066b\u0665": "'\u0662\u066b\u0665' is not a number; write 2.5, with the figures 0 to 9",
    "1/3": "'1/3' is not a number; a fraction is not worked out; write 0.3333",
    "0.1234567890123456789": "0.1234567890123456789 has more digits than a computer can hold; the nearest that it can "
    "is 0.12345678901234568",
    "much": "'much' is not a number",
    "1e-400": "1e-400 is so close to 0 that a computer takes it for 0; write 0, or a larger number",
    "-1e400": "-1e400 is larger than a computer can hold; at most 1.8e308 is read",
    "9007199254740993": "9007199254740993 has more digits than a computer can hold; the nearest that it can is "
    "9007199254740992",
}


def found(folder: Path, text: str) -> list[str]:
    """Return the faults of a settings file, without its name."""
    file = folder / "own.yaml"
    file.write_text(text, encoding="utf-8")
    return [str(fault).removeprefix(f"{file}:") for fault in check(file)]


@pytest.mark.parametrize(("typed", "message"), NUMBERS.items(), ids=NUMBERS)
def test_what_is_no_number_says_why_and_what_to_write(typed: str, message: str, tmp_path: Path) -> None:
    faults = found(tmp_path, f"clips: {{A: {{scene: two_layer_network, w1: {typed}}}}}")
    assert faults == [f"1:43: clips.A.w1: {message}"]


@pytest.mark.parametrize("typed", ["0e-500", "-0.0", "9007199254740992", "1e308", "5e-324"])
def test_a_number_that_a_computer_holds_is_none_of_those(typed: str, tmp_path: Path) -> None:
    faults = found(tmp_path, f"clips: {{A: {{scene: two_layer_network, w1: {typed}}}}}")
    assert not any("computer" in fault for fault in faults)


TEXTS = {
    "5\u200b.25": "the character U+200B ZERO WIDTH SPACE cannot be seen; remove it",
    "a\ufeffb": "the character U+FEFF ZERO WIDTH NO-BREAK SPACE cannot be seen; remove it",
    "5\u2009250": "the character U+2009 THIN SPACE cannot be seen; remove it, or write a plain space",
    "5\ufe0f.25": "the character U+FE0F VARIATION SELECTOR-16 cannot be seen; remove it",
    "a\u200cb": "the character U+200C ZERO WIDTH NON-JOINER cannot be seen; remove it",
    "\u202e{dL_dw1}": "the character U+202E RIGHT-TO-LEFT OVERRIDE would turn numbers round; remove it",
    "שלום \u202e{dL_dw1}": "the character U+202E RIGHT-TO-LEFT OVERRIDE would turn numbers round; remove it",
    "a \u200f b": "the character U+200F RIGHT-TO-LEFT MARK is of use only where a script runs from right to left; "
    "remove it",
    "5·25": "the number 5·25 is typed",
    "5․25": "the number 5․25 is typed",
    "５．２５": "the number ５．２５ is typed",
    "5,25": "the number 5,25 is typed",
    "5\u2e3325": "the number 5\u2e3325 is typed",
    "3 10^-4": "the number 10^-4 is typed",
    "3 × 10⁻⁴": "the number 10⁻⁴ is typed",
}


@pytest.mark.parametrize(("text", "message"), TEXTS.items(), ids=map(ascii, TEXTS))
@pytest.mark.parametrize("key", ["title", "ask: {caption"])
def test_what_nobody_sees_carries_no_number_past_the_check(key: str, text: str, message: str, tmp_path: Path) -> None:
    end = "}" if "{" in key else ""
    faults = found(tmp_path, f'clips: {{A: {{scene: two_layer_network, words: {{{key}: "{text}"{end}}}}}}}')
    assert message in faults[0]


@pytest.mark.parametrize("text", ["می\u200cخواهم", "שלום \u200f1", "क्\u200dष", "Été : « x »", "x·y", "1 · 2"])
def test_what_a_script_needs_is_allowed(text: str, tmp_path: Path) -> None:
    assert not found(tmp_path, f'clips: {{A: {{scene: two_layer_network, words: {{title: "{text}"}}}}}}')


def test_a_text_is_never_cut_at_a_hash(tmp_path: Path) -> None:
    lines = "clips:\n  A:\n    scene: two_layer_network  # a comment\n    words:\n      title: {}\n"
    (fault,) = found(tmp_path, lines.format("See equation #3, and more of it"))
    assert fault == (
        "5:14: clips.A.words.title: the text ends before #3, and more of it, a comment; put quotes around the text, "
        "or the comment above it"
    )
    assert not found(tmp_path, lines.format('"See equation #3"  # a comment'))
    assert not found(tmp_path, lines.format("See equation#3"))


def test_a_key_without_a_blank_behind_its_colon_is_found_on_its_own_line(tmp_path: Path) -> None:
    (fault,) = found(tmp_path, "clips:\n  A:\n    scene: two_layer_network\n    w1:1.2\n    w2: 3\n")
    assert fault.startswith("4:5: a key without a colon after it")


def test_a_range_wider_than_any_number_is_one_line(tmp_path: Path) -> None:
    (fault,) = found(tmp_path, "clips: {A: {scene: toy_chain, x_range: [-1e308, 1e308]}}")
    assert fault.startswith("1:40: clips.A.x_range: from -1e+308 to 1e+308 is wider than a computer can hold")


PALETTES = {
    '{ink: "#101010", background: "#111111"}': (
        "palette.ink: '#101010' on '#111111' has a contrast of 1.01, and 4.5 is the least that can be read"
    ),
    '{background: "#F0F0F0"}': "palette.background: quiet '#90999F' on '#F0F0F0' has a contrast of 2.5",
    '{gradient: "#56B4E9", value: "#56B4E8"}': (
        "palette.gradient: '#56B4E9' and the colour of value, '#56B4E8', are 0.58 apart in CIE Lab, and 20 is the least"
    ),
    '{loss: "#FEB251"}': "palette.loss: '#FEB251' and the colour of gradient, '#FEB251', are 0 apart in CIE Lab",
}


@pytest.mark.parametrize(("palette", "message"), PALETTES.items(), ids=PALETTES)
@pytest.mark.parametrize("within", [False, True], ids=["on top", "in a clip"])
def test_a_palette_that_cannot_be_read_or_told_apart_is_refused_with_figures(
    palette: str, message: str, within: bool, tmp_path: Path
) -> None:
    top, own = ("", f", palette: {palette}") if within else (f"palette: {palette}\n", "")
    faults = found(tmp_path, f"{top}clips: {{A: {{scene: two_layer_network{own}}}}}")
    assert message in faults[0]


def test_the_theme_of_a_clip_decides_what_its_palette_is_read_on(tmp_path: Path) -> None:
    clip = "clips: {{A: {{scene: two_layer_network, theme: {}}}}}"
    palette = 'palette: {value: "#56B4E9"}\n'
    assert not found(tmp_path, palette + clip.format("dark"))
    (fault,) = found(tmp_path, palette + clip.format("light"))
    assert "'#56B4E9' on '#FFFFFF' has a contrast of 2.31" in fault


def test_a_good_palette_of_ones_own_is_accepted(tmp_path: Path) -> None:
    palette = 'palette: {gradient: "#E69F00", value: "#56B4E9", background: "#000000"}'
    assert not found(tmp_path, f"{palette}\nclips: {{A: {{scene: two_layer_network}}}}")
