"""The ledger's form: exact numbers, one text for one ledger, a published schema, and one line for what is wrong."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_cases import example

from scenes.parts.film.ledger import (
    LedgerError,
    Value,
    digest_of_sources,
    ledger_text,
    parse_ledger,
    read_ledger,
    schema_text,
    versions,
)

ROOT = Path(__file__).resolve().parents[1]


def test_a_ledger_comes_back_from_its_text() -> None:
    assert parse_ledger(ledger_text(example()), "here") == example()


def test_the_text_is_one_compact_line_and_the_same_each_time() -> None:
    text = ledger_text(example())
    assert "\n" not in text
    assert ": " not in text
    assert text == ledger_text(parse_ledger(text, "here"))


def test_the_published_schema_is_the_models_own() -> None:
    published = (ROOT / "ledger.schema.json").read_text(encoding="utf-8")
    assert published == schema_text(), "run: make schemas"


def test_every_field_of_the_example_is_in_the_published_schema() -> None:
    definitions = json.loads(schema_text())["$defs"]
    plain = json.loads(ledger_text(example()))
    assert set(plain) <= set(json.loads(schema_text())["properties"])
    assert set(plain["shown"][0]) <= set(definitions["ShownRow"]["properties"])
    assert set(plain["shown"][0]["spans"][1]["samples"][0]) <= set(definitions["SampleRow"]["properties"])


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_finite_number_survives_exactly_with_its_sign(number: float) -> None:
    back = Value.model_validate_json(Value.of(number).model_dump_json()).number
    assert (back, math.copysign(1.0, back)) == (number, math.copysign(1.0, number))


def test_a_numpy_scalar_is_written_as_the_number_that_it_is() -> None:
    assert Value.of(np.float64(0.1)) == Value(repr="0.1", hex="0x1.999999999999ap-4")


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_not_finite_is_refused(number: float) -> None:
    with pytest.raises(LedgerError, match="cannot stand in a ledger"):
        Value.of(number)


def test_settings_that_are_not_finite_are_refused() -> None:
    with pytest.raises(LedgerError, match="not finite"):
        ledger_text(example(settings={"x": math.nan}))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"repr":"-1.1669236856097243"', '"repr":"-1.1669236856097241"'),
        ('"repr":"-1.1669236856097243"', '"repr":"NaN"'),
        ('"hex":"-0x', '"hex":"0x'),
        ('"hex":"-0x1', '"hex":"-0xz'),
        ("p+0", "p+99999"),
        ('"state":"resting"', '"state":"sleeping"'),
        ('"partial":false', '"partial":0'),
        ('"frame":7', '"frame":7.5'),
        ('"shown":-1.1669', '"shown":NaN'),
        ('"clip":"ToyChain",', ""),
        ('"clip":"ToyChain"', '"clip":"ToyChain","extra":1'),
        ("{", ""),
    ],
)
def test_an_edited_ledger_is_refused_in_one_line_that_names_the_file(old: str, new: str, tmp_path: Path) -> None:
    text = ledger_text(example())
    assert old in text
    file = tmp_path / "ToyChain.ledger.json"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LedgerError) as caught:
        read_ledger(file)
    assert str(caught.value).startswith(f"{file}: not a ledger: ")
    assert "\n" not in str(caught.value)


def test_the_line_says_where_in_the_ledger_the_fault_is() -> None:
    text = ledger_text(example()).replace('"frame":7', '"frame":"7"')
    with pytest.raises(LedgerError, match=r"shown\.0\.spans\.1\.samples\.0\.frame"):
        parse_ledger(text, "here")


def test_a_missing_file_and_a_binary_one_are_one_line_each(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"nowhere\.json: cannot be read: No such file"):
        read_ledger(tmp_path / "nowhere.json")
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LedgerError, match=r"binary\.json: cannot be read: this is not text"):
        read_ledger(tmp_path / "binary.json")


def test_the_digest_of_a_room_knows_every_source_in_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("scenes.parts.film.ledger._ROOT", tmp_path)
    (tmp_path / "core").mkdir()
    seen = set()
    for name, text in [("a.py", "x = 1"), ("a.py", "x = 2"), ("b.py", ""), ("note.txt", "no source")]:
        (tmp_path / "core" / name).write_text(text)
        digest_of_sources.cache_clear()
        seen.add(digest_of_sources("core"))
    digest_of_sources.cache_clear()
    assert len(seen) == 3


def test_versions_name_what_decides_how_a_frame_looks() -> None:
    assert {"python", "numpy", "manim", "typst", "av", "backgear"} <= set(versions())


def test_a_ledger_of_another_format_names_the_version_that_can_audit_it(tmp_path: Path) -> None:
    text = ledger_text(example(versions={"backgear": "0.1.0"})).replace('"format":2', '"format":1')
    file = tmp_path / "ToyChain.ledger.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LedgerError) as caught:
        read_ledger(file)
    said = "a ledger of format 1, made by Backgear 0.1.0; this one reads format 2: audit it with Backgear 0.1.0"
    assert str(caught.value) == f"{file}: {said}"
