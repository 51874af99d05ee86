"""Many clips: tried first, drawn side by side, and nothing half done left behind. The children here are stand-ins."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from settings_cases import BASE

from scenes.parts.settings import SettingsError
from studio.crew import Crew, Outcome, rehearsal, take
from studio.jobs import ROOT, Job
from studio.render import Order, render


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings with the clips Net, Variant and Chain."""
    (tmp_path / "config.yaml").write_text(BASE, encoding="utf-8")
    monkeypatch.setenv("BACKGEAR_CONFIG", str(tmp_path / "config.yaml"))


def child(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def writes(job: Job) -> list[str]:
    """A child that leaves a film."""
    return child(
        f"import pathlib as p; f = p.Path({str(job.film)!r}); f.parent.mkdir(parents=True, exist_ok=True); f.touch()"
    )


def passes(job: Job) -> list[str]:
    return child("")


def order(tmp_path: Path, *clips: str, at_once: int = 2) -> Order:
    return Order(clips, "l", at_once, False, tmp_path / "media")


def test_every_clip_is_tried_and_then_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert render(order(tmp_path), trial=passes, command=writes) == 0
    out, err = capsys.readouterr()
    assert [line.split()[0] for line in out.splitlines()] == ["Net", "Variant", "Chain"]
    assert all(Path(ROOT / line.split()[-1]).name.endswith(".mp4") for line in out.splitlines())
    assert [line.split()[2] for line in err.splitlines()] == ["tried"] * 3 + ["drawn"] * 3


def test_a_clip_that_is_named_twice_is_drawn_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert render(order(tmp_path, "Chain", "Chain"), trial=passes, command=writes) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


@pytest.mark.parametrize(("code", "expected"), [(1, 1), (2, 2)])
def test_a_trial_that_fails_ends_it_before_anything_is_drawn(
    code: int, expected: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def trial(job: Job) -> list[str]:
        said = f"print('noise', file=sys.stderr); print('{job.clip}: too wide', file=sys.stderr); sys.exit({code})"
        return child(f"import sys; {said if job.clip == 'Variant' else ''}")

    assert render(order(tmp_path), trial=trial, command=writes) == expected
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[-1] == "Variant: too wide"
    assert not (tmp_path / "media").exists()


def test_one_clip_that_fails_does_not_keep_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def command(job: Job) -> list[str]:
        return child("import sys; sys.exit('Net: frame 3: wrong')") if job.clip == "Net" else writes(job)

    assert render(order(tmp_path), trial=passes, command=command) == 1
    out, err = capsys.readouterr()
    assert [line.split()[0] for line in out.splitlines()] == ["Variant", "Chain"]
    assert err.splitlines()[-1] == "Net: frame 3: wrong"


def test_a_crash_is_one_line_and_the_rest_is_in_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert render(order(tmp_path, "Chain"), trial=passes, command=lambda _: child("print('before'); 1 / 0")) == 1
    line = capsys.readouterr().err.splitlines()[-1]
    assert line.startswith("Chain: manim broke off: ZeroDivisionError: division by zero (all that it said is in ")
    log = tmp_path / "media/logs/Chain.log"
    assert str(log) in line
    assert "before" in log.read_text()
    assert "Traceback" in log.read_text()
    assert render(order(tmp_path, "Chain"), trial=passes, command=writes) == 0
    assert not log.exists()


def test_an_exit_code_of_its_own_counts_as_a_failed_check(tmp_path: Path) -> None:
    assert render(order(tmp_path, "Chain"), trial=lambda _: child("import os; os._exit(77)")) == 1


def test_an_unknown_clip_is_refused_with_the_name_that_was_meant(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="did you mean 'Chain'"):
        render(order(tmp_path, "Chian"), trial=passes, command=writes)


def test_the_children_read_the_same_settings_wherever_the_command_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BACKGEAR_CONFIG", "config.yaml")
    wanted = str(tmp_path / "config.yaml")
    code = f"import sys; from scenes.parts.settings import config_path; sys.exit(str(config_path()) != {wanted!r})"
    assert render(order(tmp_path, "Chain"), trial=lambda _: child(code), command=passes) == 0


def test_no_more_children_run_than_were_asked_for(tmp_path: Path) -> None:
    def notes_time(job: Job) -> list[str]:
        file = str(tmp_path / f"{job.clip}.times")
        return child(
            f"import time; a = time.time(); time.sleep(0.2); open({file!r}, 'w').write(f'{{a}} {{time.time()}}')"
        )

    jobs = [Job(f"C{i}", "toy_chain", "l", tmp_path / "media") for i in range(4)]
    told: list[Outcome] = []
    outcomes = Crew(2).run(jobs, notes_time, told.append)
    assert [outcome.job for outcome in outcomes] == jobs
    assert len(told) == 4
    spans = [tuple(map(float, (tmp_path / f"{job.clip}.times").read_text().split())) for job in jobs]
    assert max(sum(a <= start < b for a, b in spans) for start, _ in spans) <= 2


def test_what_a_dead_child_left_beside_the_film_is_removed(tmp_path: Path) -> None:
    job = Job("Chain", "toy_chain", "l", tmp_path / "media")
    job.folder.mkdir(parents=True)
    job.film.write_text("good")
    code = (
        "import os, pathlib, signal\n"
        f"beside = pathlib.Path({str(job.folder)!r})\n"
        "(beside / f'.Chain.{os.getpid()}.rendering' / 'segments').mkdir(parents=True)\n"
        "(beside / f'.Chain.mp4.{os.getpid()}.part').touch()\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert [outcome.code for outcome in Crew(1).run([job], lambda _: child(code), lambda _: None)] == [1]
    assert [path.name for path in job.folder.iterdir()] == ["Chain.mp4"]
    assert job.film.read_text() == "good"


STOPPED = '''
import sys
from pathlib import Path
from studio.crew import Crew
from studio.jobs import Job

CODE = """
import os, pathlib, sys, time
pathlib.Path(f"{sys.argv[1]}.{os.getpid()}.rendering").mkdir()
time.sleep(60)
"""

def command(job):
    return [sys.executable, "-c", CODE, str(job.folder / f".{job.clip}")]

jobs = [Job(f"C{i}", "toy_chain", "l", Path(sys.argv[1])) for i in range(3)]
try:
    Crew(2).run(jobs, command, print)
except KeyboardInterrupt:
    sys.exit(130)
'''


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_ends_the_children_and_removes_what_they_began(sent: signal.Signals, tmp_path: Path) -> None:
    folder = Job("C0", "toy_chain", "l", tmp_path).folder
    folder.mkdir(parents=True)
    parent = subprocess.Popen([sys.executable, "-c", STOPPED, str(tmp_path)], cwd=ROOT)
    end = time.monotonic() + 20
    while len(list(folder.iterdir())) < 2 and time.monotonic() < end:
        time.sleep(0.05)
    children = [int(path.name.split(".")[2]) for path in folder.iterdir()]
    parent.send_signal(sent)
    assert parent.wait(20) == 130
    assert len(children) == 2
    assert list(folder.iterdir()) == []
    for process in children:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_the_children_are_literal_manim_commands(tmp_path: Path) -> None:
    job = Job("ToyChain", "toy_chain", "m", tmp_path)
    for command in (take(job), rehearsal(job)):
        assert command[:3] == [sys.executable, "-m", "manim"]
        assert command[-2:] == [str(ROOT / "scenes/toy_chain.py"), "ToyChain"]
        assert command[command.index("--media_dir") + 1] == str(tmp_path)
    assert "-qm" in take(job)
    assert "--dry_run" in rehearsal(job)


@pytest.mark.render
def test_a_clip_is_drawn_once_and_then_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (ROOT / "config.yaml").read_text(encoding="utf-8").replace("pace: 1.0", "pace: 4.0")
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    assert render(order(tmp_path, "ToyChain")) == 0
    assert "drawn in" in capsys.readouterr().out
    folder = tmp_path / "media/videos/toy_chain/480p15"
    files = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert set(files) == {"ToyChain.mp4", "ToyChain.ledger.json", "ToyChain.srt", "ToyChain.vtt"}
    assert render(order(tmp_path, "ToyChain")) == 0
    assert "as it was" in capsys.readouterr().out
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == files
