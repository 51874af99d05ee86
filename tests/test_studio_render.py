"""Many clips: rehearsed first, drawn side by side, and nothing half done left behind. The children are stand-ins."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from settings_cases import BASE

from scenes.parts.errors import Refusal
from scenes.parts.settings import SettingsError
from studio.crew import Crew, take
from studio.films import Film, Films
from studio.jobs import ROOT, FolderError, Job
from studio.rehearsals import Rehearsal, Rehearsals
from studio.render import Order, render


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings with the clips Net, Variant and Chain."""
    (tmp_path / "config.yaml").write_text(BASE, encoding="utf-8")
    monkeypatch.setenv("BACKGEAR_CONFIG", str(tmp_path / "config.yaml"))
    found(monkeypatch)


def found(monkeypatch: pytest.MonkeyPatch, *refusals: Refusal) -> None:
    """Let rehearsals find this, and take no time."""

    def rehearsed(self: Rehearsals, clips: Sequence[str]) -> list[Rehearsal]:
        own = {clip: tuple(refusal for refusal in refusals if refusal.key[1] == clip) for clip in clips}
        ended = [Rehearsal(clip, own[clip], faults=self.settings.wrong.get(clip, ())) for clip in clips]
        for rehearsal in ended:
            self.told(rehearsal)
        return ended

    monkeypatch.setattr(Rehearsals, "of", rehearsed)


def child(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def writes(job: Job) -> list[str]:
    """A child that leaves a film."""
    return child(
        f"import pathlib as p; f = p.Path({str(job.film)!r}); f.parent.mkdir(parents=True, exist_ok=True); f.touch()"
    )


def order(tmp_path: Path, *clips: str, at_once: int = 2) -> Order:
    return Order(clips, "l", at_once, False, tmp_path / "media")


def test_every_clip_is_rehearsed_and_then_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert render(order(tmp_path), command=writes) == 0
    out, err = capsys.readouterr()
    assert [line.split()[0] for line in out.splitlines()] == ["Net", "Variant", "Chain"]
    assert all(Path(ROOT / line.split()[-1]).name.endswith(".mp4") for line in out.splitlines())
    assert [line.split()[2] for line in err.splitlines()] == ["rehearsed"] * 3 + ["drawn"] * 3


def test_a_clip_that_is_named_twice_is_drawn_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert render(order(tmp_path, "Chain", "Chain"), command=writes) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


@pytest.mark.parametrize("code", [1, 2])
def test_what_a_rehearsal_refuses_is_not_drawn_and_all_else_is(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found(monkeypatch, Refusal(1, ("clips", "Chain"), "wrong"), Refusal(code, ("clips", "Net", "x"), "too wide"))
    assert render(order(tmp_path), command=writes) == code
    out, err = capsys.readouterr()
    assert [line.split()[0] for line in out.splitlines()] == ["Variant"]
    file = tmp_path / "config.yaml"
    told = [f"{file}:8:8: clips.Net.x: too wide", f"{file}:21:3: clips.Chain: wrong"]
    assert [line for line in err.splitlines() if "clips." in line] == told
    assert [path.stem for path in (tmp_path / "media").rglob("*.mp4")] == ["Variant"]


def test_a_clip_that_is_wrong_is_told_and_the_others_are_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "config.yaml"
    file.write_text(file.read_text().replace("functions: [tanh, square", "functions: [tangent, square"))
    assert render(order(tmp_path), command=writes) == 2
    out, err = capsys.readouterr()
    assert [line.split()[0] for line in out.splitlines()] == ["Net", "Variant"]
    assert [line for line in err.splitlines() if "clips.Chain.functions" in line]
    assert render(order(tmp_path, "Chain"), command=writes) == 2


@pytest.mark.parametrize("below", ["", "deeper/still"])
def test_a_media_folder_that_cannot_be_made_is_an_error_before_anything_is_rehearsed(
    below: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Rehearsals, "of", None)
    (tmp_path / "media").write_text("a file")
    with pytest.raises(FolderError, match=r"media.*: nothing can be written there: (not a directory|file exists)"):
        render(Order(("Chain",), media=tmp_path / "media" / below), command=writes)


def test_one_clip_that_fails_does_not_keep_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def command(job: Job) -> list[str]:
        return child("import sys; sys.exit('Net: frame 3: wrong')") if job.clip == "Net" else writes(job)

    assert render(order(tmp_path), command=command) == 1
    out, err = capsys.readouterr()
    assert [line.split()[0] for line in out.splitlines()] == ["Variant", "Chain"]
    assert err.splitlines()[-1] == "Net: frame 3: wrong"


def test_a_crash_is_one_line_and_the_rest_is_in_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert render(order(tmp_path, "Chain"), command=lambda _: child("print('before'); 1 / 0")) == 1
    line = capsys.readouterr().err.splitlines()[-1]
    assert line.startswith("Chain: manim broke off: ZeroDivisionError: division by zero (all that it said is in ")
    log = tmp_path / "media/logs/Chain.log"
    assert str(log) in line
    assert "before" in log.read_text()
    assert "Traceback" in log.read_text()
    assert render(order(tmp_path, "Chain"), command=writes) == 0
    assert not log.exists()


def test_an_exit_code_of_its_own_counts_as_a_failed_check(tmp_path: Path) -> None:
    assert render(order(tmp_path, "Chain"), command=lambda _: child("import os; os._exit(77)")) == 1


def test_an_unknown_clip_is_refused_with_the_name_that_was_meant(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="did you mean 'Chain'"):
        render(order(tmp_path, "Chian"), command=writes)


def test_the_children_read_the_same_settings_wherever_the_command_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BACKGEAR_CONFIG", "config.yaml")
    wanted = str(tmp_path / "config.yaml")
    code = f"import sys; from scenes.parts.settings import config_path; sys.exit(str(config_path()) != {wanted!r})"
    assert render(order(tmp_path, "Chain"), command=lambda _: child(code)) == 0


@pytest.mark.parametrize(("theme", "folder"), [("light", "media/light"), ("dark", "media"), (None, "media")])
def test_a_theme_that_is_not_the_files_own_has_a_folder_of_its_own_and_reaches_the_children(
    theme: str | None, folder: str, tmp_path: Path
) -> None:
    jobs: list[Job] = []

    def command(job: Job) -> list[str]:
        jobs.append(job)
        code = "from scenes.parts.settings import load; from scenes.parts.settings.override import of_this_run"
        return child(f"import sys; {code}; sys.exit(of_this_run(load()).theme != {theme or 'dark'!r})")

    assert render(Order(("Chain",), media=tmp_path / "media", theme=theme), command=command) == 0
    assert [job.film for job in jobs] == [tmp_path / folder / "videos/toy_chain/480p15/Chain.mp4"]


def test_no_more_children_run_than_were_asked_for(tmp_path: Path) -> None:
    def notes_time(job: Job) -> list[str]:
        file = str(tmp_path / f"{job.clip}.times")
        return child(
            f"import time; a = time.time(); time.sleep(0.2); open({file!r}, 'w').write(f'{{a}} {{time.time()}}')"
        )

    jobs = [Job(f"C{i}", "toy_chain", "l", tmp_path / "media") for i in range(4)]
    told: list[Film] = []
    films = Films(2, os.environ, notes_time, audit=False).of(jobs, jobs, told.append)
    assert [film.job for film in films] == jobs
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
    assert Crew(os.environ).one(job, child(code)).code == 1
    assert [path.name for path in job.folder.iterdir()] == ["Chain.mp4"]
    assert job.film.read_text() == "good"


STOPPED = '''
import os
import sys
from pathlib import Path
from studio.films import Films
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
    Films(2, os.environ, command).of(jobs, jobs, print)
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


KILLED = """
import os, pathlib, signal, sys, time
from studio.films import Films
from studio.jobs import Job

def command(job):
    return [sys.executable, "-m", "studio.leash", "leashed", str(job.folder / job.clip)]

jobs = [Job(f"C{i}", "toy_chain", "l", pathlib.Path(sys.argv[1])) for i in range(2)]
Films(2, os.environ, command).of(jobs, jobs, print)
"""
LEASHED = """
import os, pathlib, signal, sys, time
note = pathlib.Path(sys.argv[1])
assert __name__ == "__main__" and sys.stdin.read() == ""

def end(number, frame):
    note.with_suffix(".pid").unlink()
    raise SystemExit

signal.signal(signal.SIGTERM, end)
note.with_suffix(".pid").write_text(str(os.getpid()))
time.sleep(60)
"""


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGHUP])
def test_when_the_command_is_killed_its_children_tidy_up_and_end(sent: signal.Signals, tmp_path: Path) -> None:
    folder = Job("C0", "toy_chain", "l", tmp_path).folder
    folder.mkdir(parents=True)
    (tmp_path / "leashed.py").write_text(LEASHED)
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    before = signal.signal(sent, signal.SIG_DFL) if sent != signal.SIGKILL else None  # under nohup it is ignored
    parent = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], cwd=ROOT, env=environment)
    if before is not None:
        signal.signal(sent, before)
    assert until(lambda: len(pids(folder)) == 2)
    children = pids(folder)
    parent.send_signal(sent)
    parent.wait(20)
    assert until(lambda: not list(folder.iterdir()))
    assert until(lambda: not any(map(is_alive, children)))


def pids(folder: Path) -> list[int]:
    return [int(text) for path in folder.glob("*.pid") if (text := path.read_text())]


def until(condition: Callable[[], bool]) -> bool:
    """Wait until something is so, and say whether it became so."""
    end = time.monotonic() + 20
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def test_the_children_are_literal_manim_commands_on_a_leash(tmp_path: Path) -> None:
    command = take(Job("ToyChain", "toy_chain", "m", tmp_path))
    assert command[:5] == [sys.executable, "-m", "studio.leash", "manim", "render"]
    assert command[-2:] == [str(ROOT / "scenes/toy_chain.py"), "ToyChain"]
    assert command[command.index("--media_dir") + 1] == str(tmp_path)
    assert "-qm" in command


@pytest.mark.render
def test_a_clip_is_drawn_once_and_then_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("BACKGEAR_CONFIG", str(tmp_path / "config.yaml"))
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
