"""One beat of a clip, drawn by the command: where it is told to, whatever the computer is set up to do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from command_cases import command, environment, quick_settings

from scenes.parts.film.ledger import read_ledger

pytestmark = pytest.mark.render
COMMAND = (sys.executable, "-m", "studio", "render", "-j", "1", "--gif")
CONFIGURED = """\
[CLI]
video_dir = {0}/elsewhere
output_file = Other
frame_height = 4
frame_width = 4
"""


def test_a_beat_goes_where_it_should_whatever_the_folder_is_called_and_manim_is_set_up_to_do(tmp_path: Path) -> None:
    home, media = tmp_path / "home", tmp_path / "m'{}é"
    (home / ".config/manim").mkdir(parents=True)
    (home / ".config/manim/manim.cfg").write_text(CONFIGURED.format(tmp_path), encoding="utf-8")
    seen = {"HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config"), "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "studio",
            "render",
            "-j",
            "1",
            "--gif",
            "--media",
            str(media),
            "ToyChain:show_functions",
        ],
        env={**environment(tmp_path, quick_settings(tmp_path)), **seen},
        cwd=Path(__file__).resolve().parents[1],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (tmp_path / "elsewhere").exists()
    folder = media / "videos/toy_chain/480p15"
    assert {path.name for path in folder.iterdir()} >= {
        "ToyChain.show_functions.mp4",
        "ToyChain.show_functions.gif",
        "ToyChain.show_functions.ledger.json",
    }
    ledger = read_ledger(folder / "ToyChain.show_functions.ledger.json")
    assert [beat.name for beat in ledger.beats] == ["show_functions"]
    assert ledger.video.frame_height == pytest.approx(8, abs=0.01)
    assert "ToyChain:show_functions" in done.stdout
    assert r"m'{}\xe9" in done.stdout


def test_where_nothing_can_be_written_it_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "media").touch()
    done = subprocess.run(
        command("toy_chain", "-r", "320,180", "--fps", "5", "ToyChain"),
        cwd=tmp_path,
        env=environment(tmp_path, quick_settings(tmp_path)),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("ToyChain: ")
    assert "nothing can be written there" in line
