"""The command line: exit code 0, 1 or 2, and one line for whatever is wrong with the input."""

from __future__ import annotations

from pathlib import Path
from random import random

import pytest
from settings_cases import BASE, edited

from scenes.parts.theme import PALETTES
from studio import every as studio_every
from studio import render as studio_render
from studio import stills as studio_stills
from studio.cli import THEMES, main
from studio.every import EveryOrder
from studio.jobs import ROOT
from studio.stills import StillsOrder

MEDIA = ROOT / "media"


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[object, str, str]:
    """The exit code, and what was said on both streams."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    out, err = capsys.readouterr()
    return ended.value.code, out, err


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "lesson.yaml"
    file.write_text(BASE, encoding="utf-8")
    monkeypatch.setenv("BACKGEAR_CONFIG", str(file))
    return file


def test_alone_it_says_what_it_can_do(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = ran(capsys)
    assert code == 0
    assert "check" in out
    assert "render" in out


def test_a_right_file_is_one_line_and_exit_code_0_and_is_not_rehearsed_twice(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right = f"{config}: all right: Net, Variant, Chain"
    assert ran(capsys, "check", "--force") == (0, f"{right} (3 rehearsed)\n", "")
    assert ran(capsys, "check", str(config)) == (0, f"{right} (0 rehearsed, 3 unchanged since they were)\n", "")
    config.write_text(edited(("sweep_seconds: 8", f"sweep_seconds: {8 + random() / 10}")), encoding="utf-8")
    assert ran(capsys, "check") == (0, f"{right} (1 rehearsed, 2 unchanged since they were)\n", "")


def test_faults_of_all_clips_are_found_by_rehearsing_and_stand_in_the_order_of_the_file(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = '"title": "title"', f'"title": "{"a long title " * 12}"'
    config.write_text(edited(long), encoding="utf-8")
    code, out, err = ran(capsys, "check")
    assert (code, out) == (2, "")
    *faults, closing = err.splitlines()
    assert [fault.split(": ")[0] for fault in faults] == [f"{config}:17:22", f"{config}:18:3"]
    assert [fault.split(": ")[1] for fault in faults] == ["clips.Net.words.title", "clips.Variant.words.title"]
    assert all("words title" in fault and "too wide" in fault for fault in faults)
    assert closing.startswith(f"{config}: wrong: Net, Variant (")


def test_every_fault_is_a_line_with_its_place_and_exit_code_2(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text(edited(("activation: tanh", "activation: tahn"), ("digits: 4", "digits: four")), encoding="utf-8")
    code, out, err = ran(capsys, "check")
    assert (code, out) == (2, "")
    places = [line.split(": ")[:2] for line in err.splitlines()]
    assert places == [[f"{config}:2:9", "digits"], [f"{config}:12:17", "clips.Net.activation"]]
    assert "did you mean 'tanh'?" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek"], "No such command 'chek'"),
        (["check", "nowhere.yaml"], "nowhere.yaml"),
        (["check", "a.yaml", "b.yaml"], "b.yaml"),
        (["render", "Chian"], "did you mean 'Chain'?"),
        (["render", "-q", "x"], "'x' is not one of"),
        (["render", "-j", "0"], "0 is not in the range"),
        (["render", "--fast"], "--fast"),
        (["render", "--media", "lesson.yaml/films"], "lesson.yaml/films: nothing can be written there"),
    ],
)
def test_wrong_input_is_one_line_and_exit_code_2(
    arguments: list[str],
    said: str,
    config: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(config.parent)
    code, out, err = ran(capsys, *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err


def test_what_is_asked_for_reaches_the_workshop(
    config: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    orders: list[studio_render.Order] = []

    def noted(order: studio_render.Order) -> int:
        orders.append(order)
        return 1

    monkeypatch.setattr(studio_render, "render", noted)
    code, _, _ = ran(capsys, "render", "Net", "-q", "h", "-j", "3", "--force", "--media", str(tmp_path))
    assert code == 1
    assert orders == [studio_render.Order(("Net",), "h", 3, True, tmp_path)]


@pytest.mark.parametrize(
    ("arguments", "ordered"),
    [
        (["stills", "Net:ask", "-j", "2", "--theme", "light"], StillsOrder(("Net:ask",), "l", 2, MEDIA, "light")),
        (["every", "-j", "2"], EveryOrder((), ("l", "m", "h"), ["dark", "light"], 2, MEDIA)),
        (["every", "Net", "-j", "2", "-q", "h", "--theme", "dark"], EveryOrder(("Net",), ("h",), ("dark",), 2, MEDIA)),
        (["render", "-j", "2", "--theme", "light"], studio_render.Order((), "l", 2, theme="light")),
    ],
)
def test_what_is_asked_for_reaches_the_right_workshop(
    arguments: list[str],
    ordered: object,
    config: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    orders: list[object] = []
    for module, name in ((studio_stills, "stills"), (studio_every, "every"), (studio_render, "render")):
        monkeypatch.setattr(module, name, orders.append)
    assert ran(capsys, *arguments)[0] == 0
    assert orders == [ordered]


def test_the_command_knows_the_themes_that_there_are() -> None:
    assert list(PALETTES) == THEMES


def test_a_stop_is_one_line(config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stopped(order: studio_render.Order) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(studio_render, "render", stopped)
    code, _, err = ran(capsys, "render")
    assert code == 130
    assert err.strip().count("\n") == 0
