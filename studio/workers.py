"""A few long-lived child processes that do tasks, so that manim is imported once in each and not once a task."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from queue import Empty, SimpleQueue
from typing import IO, Any, Final

from studio.jobs import ROOT
from studio.together import side_by_side

__all__ = ["Answer", "Task", "Workers"]

PATIENCE: Final = 5.0  # seconds that a worker has to end by itself


@dataclass(frozen=True)
class Task:
    """A function to be called in a worker, ``module:name``, with arguments that JSON can hold.

    A worker that has done one of its ``kin`` has much of it ready, such as the words that two clips have in common.
    """

    function: str
    arguments: tuple[Any, ...]
    kin: str = ""


@dataclass(frozen=True)
class Answer:
    """What a task gave: a value, or why it failed, in one line and in full."""

    task: Task
    value: Any = None
    failure: str = ""
    details: str = ""


class Workers:
    """So many worker processes, each begun when it is needed first.

    Parameters
    ----------
    size
        How many; for no task at all none is begun.
    environment
        The environment variables that they see.

    Examples
    --------
    >>> [answer.value for answer in Workers(1, {}).run([Task("math:sqrt", (9.0,))], lambda answer: None)]
    [3.0]
    """

    def __init__(self, size: int, environment: Mapping[str, str]) -> None:
        self.size, self.environment = size, environment
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._all: list[_Worker] = []
        self._lock = threading.Lock()
        self._stopped = False

    def run(self, tasks: Sequence[Task], tell: Callable[[Answer], None]) -> list[Answer]:
        """Do the tasks, call ``tell`` as each is done, and return all answers in the tasks' order."""
        waiting = list(tasks)
        try:
            answers = side_by_side(max(1, self.size), [partial(self._next, waiting)] * len(tasks), tell, self.stop)
        finally:
            self.stop()
        return [answers.pop([answer.task for answer in answers].index(task)) for task in tasks]

    def one(self, task: Task) -> Answer:
        """Do a task, in a worker that waits, else in a new one, and return the answer."""
        return self._next([task])

    def _next(self, waiting: list[Task]) -> Answer:
        """Do the task that suits a worker best: one of the kin that it knows, else of the smallest that nobody does.

        The largest is left for the end, where several can share it.
        """
        worker = self._free()
        with self._lock:
            left = Counter(task.kin for task in waiting)
            others = {each.kin for each in self._all if each is not worker}
            own = worker.kin if worker else ""
            task = max(waiting, key=lambda task: (task.kin == own, task.kin not in others, -left[task.kin]))
            waiting.remove(task)
            if worker is None:
                return Answer(task, failure="not begun")
            worker.kin = task.kin
        answer = worker.ask(task)
        if answer is None:
            code, said = worker.end()
            return Answer(task, failure=f"the process ended with exit code {code}", details=said)
        self._idle.put(worker)
        return Answer(task, **answer)

    def _free(self) -> _Worker | None:
        """Return a worker that waits, else a new one; None when all is being stopped."""
        try:
            return self._idle.get_nowait()
        except Empty:
            with self._lock:
                if self._stopped:
                    return None
                self._all.append(_Worker(self.environment))
                return self._all[-1]

    def stop(self) -> None:
        """Stop every worker, and begin no more."""
        with self._lock:
            self._stopped = True
        for worker in self._all:
            worker.process.terminate()
        for worker in self._all:
            worker.end()


class _Worker:
    """One process; whatever it prints goes to a file that nobody sees unless it dies."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.kin = ""  # of its last task
        self._ending = threading.Lock()
        self.said: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115  # `end` closes it
        self.process = subprocess.Popen(
            [sys.executable, "-m", "studio.worker"],
            cwd=ROOT,  # manim reads a manim.cfg from the working directory; there is none here
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.said,
            text=True,
            encoding="utf-8",
            start_new_session=True,  # Ctrl-C reaches the one who asks, who stops all
        )

    def ask(self, task: Task) -> dict[str, Any] | None:
        """Return what the process answers, or None when it is no longer there."""
        pipes = self.process.stdin, self.process.stdout
        try:
            print(json.dumps({"function": task.function, "arguments": task.arguments}), file=pipes[0], flush=True)
            line = pipes[1].readline() if pipes[1] else ""
        except OSError:
            return None
        return json.loads(line) if line.endswith("\n") else None

    def end(self) -> tuple[int, str]:
        """Wait for the end of the process and return its exit code and what it said; a second time, nothing."""
        with self._ending:
            if self.said.closed:
                return self.process.wait(), ""
            try:
                code = self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                code = self.process.wait()
            self.said.seek(0)
            said = self.said.read()
            for file in (self.process.stdin, self.process.stdout, self.said):
                _close(file)
            return code, said


def _close(file: IO[str] | None) -> None:
    with suppress(OSError):  # a pipe whose other end is gone
        if file:
            file.close()
