"""Workers live on from task to task; one that dies or is stopped takes nothing with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from studio.jobs import ROOT
from studio.workers import Answer, Task, Workers

HELPERS = """
import os, pathlib, sys, time

def me(pause):
    print("noise")
    time.sleep(pause)
    return os.getpid()

def dies():
    print("a last word", file=sys.stderr, flush=True)
    os._exit(7)

def fails():
    raise ValueError("not\\nso")

def waits(folder):
    part = pathlib.Path(folder) / f"{os.getpid()}.part"
    try:
        part.touch()
        time.sleep(60)
    finally:
        part.unlink()
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "helpers.py").write_text(HELPERS)
    return os.environ | {"PYTHONPATH": str(tmp_path)}


def run(environment: dict[str, str], size: int, *tasks: Task) -> list[Answer]:
    return Workers(size, environment).run(tasks, lambda _: None)


def test_a_worker_does_many_tasks_and_what_it_prints_is_no_answer(environment: dict[str, str]) -> None:
    answers = run(environment, 1, *[Task("helpers:me", (0.0,))] * 4)
    assert len({answer.value for answer in answers}) == 1
    assert answers[0].value != os.getpid()


def test_no_more_workers_are_begun_than_were_asked_for(environment: dict[str, str]) -> None:
    answers = run(environment, 2, *[Task("helpers:me", (0.2,))] * 5)
    assert len({answer.value for answer in answers}) == 2


def test_a_task_that_fails_says_why_and_the_worker_goes_on(environment: dict[str, str]) -> None:
    failed, then = run(environment, 1, Task("helpers:fails", ()), Task("helpers:me", (0.0,)))
    assert (failed.value, failed.failure) == (None, "ValueError: not so")
    assert "Traceback" in failed.details
    assert then.failure == ""


def test_a_worker_that_dies_is_said_with_its_last_words_and_another_takes_over(environment: dict[str, str]) -> None:
    dead, then = run(environment, 1, Task("helpers:dies", ()), Task("helpers:me", (0.0,)))
    assert (dead.failure, dead.details) == ("the process ended with exit code 7", "a last word\n")
    assert isinstance(then.value, int)


def test_no_worker_is_left_when_all_is_done(environment: dict[str, str]) -> None:
    for answer in run(environment, 2, *[Task("helpers:me", (0.1,))] * 2):
        with pytest.raises(ProcessLookupError):
            os.kill(answer.value, 0)


STOPPED = """
import sys
from studio.workers import Task, Workers
import os
try:
    Workers(2, os.environ).run([Task("helpers:waits", (sys.argv[1],))] * 3, print)
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_ends_the_workers_and_lets_them_tidy_up(
    sent: signal.Signals, environment: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "parts"
    folder.mkdir()
    parent = subprocess.Popen([sys.executable, "-c", STOPPED, str(folder)], cwd=ROOT, env=environment)
    end = time.monotonic() + 20
    while len(list(folder.iterdir())) < 2 and time.monotonic() < end:
        time.sleep(0.05)
    workers = [int(path.stem) for path in folder.iterdir()]
    parent.send_signal(sent)
    assert parent.wait(20) == 130
    assert len(workers) == 2
    assert list(folder.iterdir()) == []
    for worker in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)


def test_a_worker_goes_on_with_the_kin_that_it_knows_and_none_is_idle_for_it(environment: dict[str, str]) -> None:
    kin = ["film", "gear", "gear", "film", "gear", "gear", "gear"]
    answers = run(environment, 2, *[Task("helpers:me", (0.2,), each) for each in kin])
    assert [answer.task.kin for answer in answers] == kin, "in the order of the tasks"
    workers = [[a.value for a in answers if a.task.kin == each] for each in ("film", "gear")]
    assert [len(set(each)) for each in workers] == [1, 2], "the last of the larger kin goes to whoever waits"
