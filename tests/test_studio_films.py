"""Films are drawn and audited side by side, each audited as soon as it is there. Children and audits are stand-ins."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from audit_cases import film
from settings_cases import BASE

from studio.audit import command
from studio.audit.finding import Finding
from studio.films import Audited, Film, Films, in_worker
from studio.jobs import ROOT, Job
from studio.rehearsals import Rehearsal, Rehearsals
from studio.render import Order, render
from studio.workers import Answer, Task, Workers

CLIPS = {"Net": "two_layer_network", "Variant": "two_layer_network", "Chain": "toy_chain"}


class Studio:
    """Audits that find what they are told to, and drawing that does what it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, media: Path) -> None:
        self.media = media
        self.found: dict[str, dict[str, object]] = {}
        self.seconds = {"Net": 0.0, "Variant": 0.0, "Chain": 0.0}
        self.broken: set[str] = set()
        self.audited: list[str] = []
        self.events: list[tuple[float, str]] = []
        monkeypatch.setattr(Workers, "one", lambda workers, task: self.audit(task))

    def audit(self, task: Task) -> Answer:
        clip = Path(task.arguments[0]).stem
        self.audited.append(clip)
        self.events.append((time.monotonic(), f"{clip} audited"))
        found = {"closing": f"audited: {clip}, ok", "wrong": "", "code": 0} | self.found.get(clip, {})
        return Answer(task, None if found.get("dies") else found, "the process ended with exit code 7")

    def take(self, job: Job) -> list[str]:
        code = (
            "import pathlib, sys, time\n"
            f"time.sleep({self.seconds[job.clip]})\n"
            f"if {job.clip in self.broken}: sys.exit('manim broke')\n"
            f"f = pathlib.Path({str(job.film)!r}); f.parent.mkdir(parents=True, exist_ok=True)\n"
            f"f.write_text('a film'); pathlib.Path({str(job.ledger)!r}).write_text({job.clip!r})"
        )
        return [sys.executable, "-c", code]

    def render(self, at_once: int = 2, *, force: bool = False) -> int:
        order = Order((), "l", at_once, force, self.media, audit=True)
        return render(order, command=self.take)


@pytest.fixture
def studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Studio:
    (tmp_path / "config.yaml").write_text(BASE, encoding="utf-8")
    monkeypatch.setenv("BACKGEAR_CONFIG", str(tmp_path / "config.yaml"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(Rehearsals, "of", lambda rehearsals, clips: [Rehearsal(clip) for clip in clips])
    return Studio(monkeypatch, tmp_path / "media")


def test_lines_come_in_the_order_of_the_clips_whatever_is_ready_first(
    studio: Studio, capsys: pytest.CaptureFixture[str]
) -> None:
    studio.seconds["Net"] = 0.5
    assert studio.render(3) == 0
    out, err = capsys.readouterr()
    assert studio.audited[-1] == "Net"
    assert [line.split()[0] for line in out.splitlines()] == [*CLIPS, *CLIPS]
    assert out.splitlines()[-3:] == [f"{clip:<7}  audited: {clip}, ok" for clip in CLIPS]
    assert err.splitlines()[-1].startswith("3/3 Net drawn after ")
    assert err.splitlines()[-1].endswith("s, audited: ok")


def test_a_film_is_audited_while_others_are_drawn(studio: Studio) -> None:
    studio.seconds["Net"] = 1.0
    assert studio.render(2) == 0
    assert studio.audited == ["Variant", "Chain", "Net"]
    assert studio.events[0][0] < studio.events[2][0] - 0.2


def test_something_wrong_is_exit_1_and_the_other_films_are_audited(
    studio: Studio, capsys: pytest.CaptureFixture[str]
) -> None:
    studio.found["Variant"] = {"closing": "audited: 9 checks, 1 wrong", "wrong": "pixels: it is gone", "code": 1}
    assert studio.render() == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[-2:] == ["Variant  audited: 9 checks, 1 wrong", "Chain    audited: Chain, ok"]
    assert err.splitlines()[-1] == "Variant: pixels: it is gone"


@pytest.mark.parametrize(
    ("found", "code", "said"),
    [
        ({"closing": "", "wrong": "Chain.mp4: this is not a video", "code": 2}, 2, "Chain.mp4: this is not a video"),
        ({"dies": True}, 1, "the audit broke off: the process ended with exit code 7"),
    ],
)
def test_an_audit_that_could_not_be_made_is_one_line(
    found: dict[str, object], code: int, said: str, studio: Studio, capsys: pytest.CaptureFixture[str]
) -> None:
    studio.found["Chain"] = found
    assert studio.render() == code
    out, err = capsys.readouterr()
    assert out.splitlines()[-1].startswith("Variant  audited: ")
    assert err.splitlines()[-1] == f"Chain: {said}"


def test_what_could_not_be_drawn_is_not_audited_and_its_code_counts(
    studio: Studio, capsys: pytest.CaptureFixture[str]
) -> None:
    studio.broken = {"Variant"}
    assert studio.render(1) == 1
    out, err = capsys.readouterr()
    assert studio.audited == ["Net", "Chain"]
    assert [line.split()[0] for line in out.splitlines()] == ["Net", "Chain"] * 2
    assert err.splitlines()[-1] == "manim broke"


def test_a_film_that_vanishes_after_it_was_drawn_is_one_line(tmp_path: Path) -> None:
    job = Job("Chain", "toy_chain", "l", tmp_path)
    (gone,) = Films(1, os.environ).of([job], [], lambda _: None)
    assert gone == Film(job, None, Audited("", f"{job.film}: No such file or directory", 2))


def test_what_passed_and_has_not_changed_is_told_again_and_not_audited_again(
    studio: Studio, capsys: pytest.CaptureFixture[str]
) -> None:
    studio.found["Net"] = {"closing": "audited: 1 wrong", "wrong": "digits: it is gone", "code": 1}
    assert studio.render() == 1
    before = capsys.readouterr().out.splitlines()[-3:]
    studio.audited.clear()
    assert studio.render() == 1
    assert capsys.readouterr().out.splitlines()[-3:] == before
    assert studio.audited == ["Net"]
    studio.audited.clear()
    studio.render(force=True)
    assert sorted(studio.audited) == sorted(CLIPS)


@pytest.mark.render
def test_an_audit_in_a_worker_is_plain_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Finding("digits", "readout of y", 12, None, 0.2, 0.6, "", True, "")
    monkeypatch.setattr(command, "checks", lambda *_, **__: iter([seen]))
    found = in_worker(str(film("TwoLayerNetwork")))
    assert (found["wrong"], found["code"]) == ("", 0)
    assert found["closing"].endswith(", ok")
    monkeypatch.setattr(command, "checks", lambda *_, **__: iter([replace(seen, ok=False, said="it is gone")]))
    assert in_worker(str(film("TwoLayerNetwork")))["wrong"] == "digits: readout of y: it is gone"
    gone = in_worker(str(tmp_path / "none.mp4"))
    assert (gone["closing"], gone["code"]) == ("", 2)
    assert "none.mp4" in gone["wrong"]


STOPPED = """
import os
import sys
from pathlib import Path
from studio import films
from studio.audit import command
from studio.audit.finding import Finding
from studio.films import Films
from studio.jobs import Job
from studio.workers import Task

films._digest = lambda job: job.clip
films.memory.recall = lambda digest: None
films.Task = lambda function, arguments: Task("helpers:waits", (sys.argv[1],))
draws = [sys.executable, "-c", "import sys, helpers; helpers.waits(sys.argv[1])", sys.argv[1]]
jobs = [Job(name, "toy_chain", "l", Path(sys.argv[1]).parent) for name in ("drawn", "due")]
try:
    Films(2, os.environ, lambda job: draws).of(jobs, jobs[1:], print)
except KeyboardInterrupt:
    sys.exit(130)
"""
HELPERS = """
import os, pathlib, signal, sys, time

def waits(folder):
    part = pathlib.Path(folder) / f"{os.getpid()}.part"
    try:
        part.touch()
        time.sleep(60)
    finally:
        part.unlink()
"""


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_ends_what_draws_and_what_audits_and_lets_both_tidy_up(sent: signal.Signals, tmp_path: Path) -> None:
    (tmp_path / "helpers.py").write_text(HELPERS)
    folder = tmp_path / "parts"
    folder.mkdir()
    own = os.environ | {"PYTHONPATH": str(tmp_path)}
    parent = subprocess.Popen([sys.executable, "-c", STOPPED, str(folder)], cwd=ROOT, env=own)
    end = time.monotonic() + 20
    while len(list(folder.iterdir())) < 2 and time.monotonic() < end:
        time.sleep(0.05)
    children = [int(path.stem) for path in folder.iterdir()]
    parent.send_signal(sent)
    assert parent.wait(20) == 130
    assert len(children) == 2
    assert list(folder.iterdir()) == []
    for child in children:
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)
