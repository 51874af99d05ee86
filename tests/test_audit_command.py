"""The command: exit codes, the table, the JSON, and the picture of what is wrong."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from audit_cases import Plain, encoded_again, film, forged, honest, sample
from PIL import Image

import studio.audit.command as module
from scenes.parts.film.ledger import Ledger, ledger_text
from studio import together
from studio.audit.command import AuditOrder, audit, run
from studio.audit.finding import Finding
from studio.cli import main

pytestmark = pytest.mark.render
NET = "TwoLayerNetwork"
SEEN = Finding("digits", "readout of y", 12, (20.0, 30.0, 60.0, 40.0), 0.2, 0.6, "", True, "")


def looks(*findings: Finding) -> object:
    """A stand-in for the reading of frames, which `test_audit_*` of the pixels test."""

    def checks(video: Path, ledger: Ledger, every: int, progress: object, **how: object) -> Iterator[Finding]:
        yield from findings

    return checks


@pytest.fixture(autouse=True)
def honest_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "checks", looks(SEEN))
    monkeypatch.setattr(together, "processors", lambda: 1)  # no other process, which would look itself


@pytest.fixture
def video(tmp_path: Path) -> Path:
    """A copy of the film, with nothing beside it."""
    return Path(shutil.copy(film(NET), tmp_path / "film.mp4"))


def leave(*arguments: object) -> int:
    with pytest.raises(SystemExit) as caught:
        main(["audit", *map(str, arguments)])
    return int(str(caught.value.code))


def test_an_honest_film_ends_well_with_one_closing_line(video: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert leave(video) == 0
    said = capsys.readouterr().out
    assert "original bytes" in said
    assert "it computes z = w1 * x; h = tanh(z); y = w2 * h; L = half_squared_error(y, t)" in said
    assert said.splitlines()[-1].startswith("film.mp4: audited: ")
    assert said.splitlines()[-1].endswith("worst digits 0.2 of 0.6, ok")
    assert "wrong" not in said


def test_a_lie_in_the_ledger_is_told_and_the_place_marked(video: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def edit(plain: Plain) -> None:
        sample(plain, "readout", "y")["text"] = "−0.6696"

    ledger = video.with_name("lie.ledger.json")
    ledger.write_text(ledger_text(forged(NET, edit)), encoding="utf-8")
    pictures = video.with_name("pictures")
    assert leave(video, "--ledger", ledger, "--save-failures", pictures) == 1
    said = capsys.readouterr().out
    assert "readout of y: it claims to show '−0.6696'" in said
    (picture,) = pictures.glob("film-frame-*.png")
    assert str(picture) in said


def test_the_picture_is_the_frame_with_a_box_around_the_place(
    video: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wrong = replace(SEEN, ok=False, error=2.0, said="it reads '7'")
    monkeypatch.setattr(module, "checks", looks(wrong))
    assert run(AuditOrder([video], pictures=tmp_path / "p")) == 1
    picture = np.asarray(Image.open(tmp_path / "p" / "film-frame-000012.png").convert("RGB"))
    assert picture.shape == (90, 160, 3)
    rows, columns = np.nonzero((picture == (255, 0, 128)).all(axis=-1))
    assert (columns.min(), rows.min(), columns.max(), rows.max()) == (19, 29, 61, 41)


def test_pictures_go_beside_the_film_when_no_folder_is_named(video: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "checks", looks(replace(SEEN, ok=False, said="it reads '7'")))
    assert leave(video) == 1
    assert (video.with_name("film.failures") / "film-frame-000012.png").exists()


def test_the_report_as_json_says_all_that_is_wrong(video: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "checks", looks(SEEN, replace(SEEN, ok=False, error=float("inf"), said="it is gone")))
    file = video.with_name("report.json")
    assert leave(video, "--json", file) == 1
    plain = json.loads(file.read_text(encoding="utf-8"))
    (told,) = plain["audits"]
    (failure,) = told["failures"]
    assert (plain["exit_code"], told["ok"], told["original_bytes"], told["clip"]) == (1, False, True, NET)
    assert (failure["said"], failure["frame"], failure["error"]) == ("it is gone", 12, None)
    assert {row["check"]: row["failed"] for row in told["checks"]}["digits"] == 1
    assert told["count"] == sum(row["count"] for row in told["checks"])


def test_the_report_on_the_standard_output_is_nothing_but_json(video: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert leave(video, "--json", "-") == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["audits"][0]["ok"] is True
    assert "audited: " in said.err


def test_what_is_no_film_is_one_line_and_exit_2_and_the_others_are_audited(
    video: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert leave(video.with_name("none.mp4"), video) == 2
    said = capsys.readouterr()
    assert len(said.err.splitlines()) == 1
    assert "none.mp4" in said.err
    assert "film.mp4: audited: " in said.out


def test_a_film_without_a_ledger_is_one_line_and_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert leave(encoded_again(film(NET), tmp_path / "bare.mp4")) == 2
    assert capsys.readouterr().err.startswith("backgear: ")


def test_a_film_with_a_ledger_of_format_1_is_one_line_and_exit_2(
    video: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = video.with_suffix(".ledger.json")
    text = ledger_text(honest(NET)).replace('"format":2', '"format":1')
    old.write_text(re.sub('"backgear":"[^"]*"', '"backgear":"0.1.0"', text), encoding="utf-8")
    assert leave(video) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("this one reads format 2: audit it with Backgear 0.1.0")


@pytest.mark.parametrize("arguments", [("--every", "0"), ("--ledger", "a.json", "b.mp4"), ()])
def test_a_wrong_command_line_is_exit_2(arguments: tuple[str, ...], video: Path) -> None:
    assert leave(*arguments, *([video] if arguments else [])) == 2


def test_the_frames_of_a_film_that_the_ledger_cannot_belong_to_are_not_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("the frames were looked at")

    monkeypatch.setattr(module, "checks", never)
    short = encoded_again(film(NET), tmp_path / "short.mp4", drop=3)
    report = audit(short, ledger=film(NET).with_suffix(".ledger.json"))
    assert not report.ok
    assert "its frames were not looked at: the ledger cannot be this video's" in report.notes


def test_a_ledger_so_strange_that_frames_cannot_be_compared_is_wrong_and_no_crash(
    video: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stumble(*_: object, **__: object) -> Iterator[Finding]:
        raise KeyError("no such thing")
        yield SEEN

    monkeypatch.setattr(module, "checks", stumble)
    assert leave(video) == 1
    assert "the frames cannot be compared with what the ledger claims: KeyError" in capsys.readouterr().out
