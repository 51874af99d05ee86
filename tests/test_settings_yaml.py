"""The reader: YAML 1.2 as the specification has it, and nothing that surprises."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from settings_cases import BASE, faults

from scenes.parts.settings import SettingsError
from scenes.parts.settings.scalars import resolve
from scenes.parts.settings.yaml12 import MOST_BYTES, parse, read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1e-3", 0.001),
        ("-.5", -0.5),
        ("1.", 1.0),
        ("+12", 12),
        ("017", 17),
        ("0o17", 15),
        ("0x1F", 31),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("y", "y"),
        ("1:30", "1:30"),
        ("1_000", "1_000"),
        ("2001-01-01", "2001-01-01"),
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("", None),
        ("null", None),
        ("nULL", "nULL"),
        ("tRUE", "tRUE"),
        (".inf", float("inf")),
        ("-.INF", float("-inf")),
        ("0b1", "0b1"),
        ("=", "="),
        ("\u0663", "\u0663"),
    ],
)
def test_an_unquoted_word_means_what_yaml_1_2_says(text: str, value: object) -> None:
    found = resolve(text)
    assert found == value
    assert type(found) is type(value)


def test_a_quoted_word_is_a_text() -> None:
    assert parse("a: '1'\nb: \"true\"\nc: |\n  1\n").value == {"a": "1", "b": "true", "c": "1\n"}


def test_of_a_repeated_key_the_first_value_is_the_one_that_is_checked_further() -> None:
    assert parse("a: 1\na: 2\n").value == {"a": 1}


def test_every_value_and_every_key_has_its_place() -> None:
    document = parse("a:\n  b: 1\n  c: [2,\n    3]\n")
    assert (document.values["a", "b"].line, document.values["a", "b"].column) == (2, 6)
    assert (document.keys["a", "c"].line, document.keys["a", "c"].column) == (3, 3)
    assert (document.values["a", "c", 1].line, document.values["a", "c", 1].column) == (4, 5)
    assert (document.values["a",].line, document.values["a",].column) == (1, 1)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    document = read(file)
    assert document.text.startswith("a")
    assert document.value == {"a": 1, "b": 2}
    assert (document.values["b",].line, document.values["b",].column) == (2, 4)


REFUSED = [
    ("a: 1\na: 2\n", "config.yaml:2:1: a: this key is repeated; it stands on line 1 already"),
    ("x: {a: 1, b: 2, a: 3}", "config.yaml:1:17: x.a: this key is repeated; it stands on line 1 already"),
    ("a: &n 1\n", "config.yaml:1:4: a: an anchor (&) is not allowed; a text that begins with & must be quoted"),
    ("a: *n\n", "config.yaml:1:4: a: an alias (*) is not allowed; write the value out, or quote a text with *"),
    ("<<: {b: 1}\n", "config.yaml:1:1: '<<': merging with << is not allowed; write the keys out"),
    ("a: !!str 1\n", "config.yaml:1:4: a: a tag (!) is not allowed; a text that begins with ! must be quoted"),
    (
        "a: !!python/object/apply:os.system [ls]\n",
        "config.yaml:1:4: a: a tag (!) is not allowed; a text that begins with ! must be quoted",
    ),
    ("1: 2\n", "config.yaml:1:1: 1: a key must be a word; quote it if it is meant as text"),
    ("true: 2\n", "config.yaml:1:1: true: a key must be a word; quote it if it is meant as text"),
    ("? [a]\n: 3\n", "config.yaml:1:3: a key must be a word"),
    ("a: 1\n---\nb: 2\n", "config.yaml:2:1: a second document; a settings file holds one, so remove the line ---"),
    ("%YAML 1.1\n---\na: 1\n", "config.yaml:1:1: a line that begins with % is not allowed, except %YAML 1.2"),
    ("%TAG ! tag:x,2000:\n---\na: 1\n", "config.yaml:1:1: a line that begins with % is not allowed, except %YAML 1.2"),
    ("a: " + "[" * 30, "config.yaml:1:19: a[0][0][0]: nested deeper than 16 levels"),
    ("a: " + "9" * 41, "config.yaml:1:4: a: a number of 41 characters; at most 40 are read"),
    ("a:\n\t- 1\n", "config.yaml:2:1: a tab cannot stand here; use spaces"),
    ("a: b: c\n", "config.yaml:1:5: a second colon on this line; a text with a colon and a space must be quoted"),
    ("a: 'b\n", "config.yaml:1:4: a quote that is opened here is never closed"),
    (
        "a: {b\nc: 1\n",
        "config.yaml:1:4: a brace { without its }, or a comma is missing; a text that begins with { must be quoted",
    ),
    ("a: {b: Really?}\n", "config.yaml:1:14: a text with a ? must be quoted where it stands in braces or brackets"),
    ("a: [Really?]\n", "config.yaml:1:11: a text with a ? must be quoted where it stands in braces or brackets"),
    ("a: [b\nc: 1\n", "config.yaml:1:4: a list that is opened with [ is not closed, or a comma is missing"),
    ("a: \x07\n", "config.yaml:1:4: the character U+0007 is not allowed in a settings file"),
    ('a: "\\U00110000"\n', "config.yaml:1:1: after this place, something with a backslash names no character"),
]


@pytest.mark.parametrize(("text", "fault"), REFUSED)
def test_what_would_surprise_is_refused_at_its_place(text: str, fault: str) -> None:
    assert fault in faults(text)


@pytest.mark.parametrize("sign", ["[", "{", "- ", "? ", "{a: "])
@pytest.mark.parametrize("count", [17, 5000])
def test_no_depth_exhausts_the_stack(sign: str, count: int) -> None:
    with pytest.raises(SettingsError, match=r"nested deeper than 16 levels|key must be a word"):
        parse(sign * count)


def test_sixteen_levels_are_read() -> None:
    assert parse("[" * 16 + "]" * 16).value is not None


def test_a_missing_file_a_folder_and_what_is_no_text_are_said_so(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"a: 1\nb: caf\xe9\n")
    (tmp_path / "large.yaml").write_bytes(b"#" * (MOST_BYTES + 1))
    for name, said in [
        ("missing.yaml", "missing.yaml: no such file or directory"),
        ("", ": this is not a file"),
        ("latin.yaml", "latin.yaml:2:7: this is not UTF-8 text"),
        ("large.yaml", "large.yaml:1:524289: the file is larger than 512 KiB; what stands from here on is not read"),
        ("a\0b", "null"),
    ]:
        with pytest.raises(SettingsError) as caught:
            read(tmp_path / name)
        assert said in str(caught.value)


def test_a_file_below_the_working_directory_is_named_relative_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError, match=r"^sub/none\.yaml: no such file"):
        read(tmp_path / "sub" / "none.yaml")


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_give_anything_but_a_document_or_a_settings_error(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "fuzz.yaml"
    file.write_bytes(raw)
    with contextlib.suppress(SettingsError):
        assert read(file).text is not None


pieces = st.sampled_from(
    [*BASE.splitlines(keepends=True), *"{}[]:,-?&*!|>'\"%@`#\n \t", "---\n", "<<", "\\U", "!!", "0x", ": "]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(pieces, max_size=40).map("".join))
def test_no_shuffled_file_gives_anything_but_settings_or_plain_faults(text: str) -> None:
    for line in faults(text):
        assert line.startswith("config.yaml:")
        assert "Input should" not in line


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_settings_file_with_one_piece_changed_gives_settings_or_plain_faults(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(BASE)))
    length = data.draw(st.integers(0, 12))
    text = BASE[:start] + data.draw(st.text(max_size=8)) + BASE[start + length :]
    for line in faults(text):
        assert line.startswith("config.yaml:")
        assert "Input should" not in line
