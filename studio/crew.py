"""Child processes: each job's command runs in one of its own, and all stop together."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scenes.parts.settings.override import BEAT, FILM, THEME
from studio.jobs import ROOT, Job
from studio.leash import PATIENCE

__all__ = ["Command", "Crew", "Outcome", "environment", "take"]

Command = Callable[[Job], list[str]]


@dataclass(frozen=True)
class Outcome:
    """How a job ended: exit code as in the README, one line that says why when it is not 0, seconds that it took."""

    job: Job
    code: int
    message: str
    seconds: float

    @property
    def told(self) -> str:
        """What became of the clip, in a few words."""
        return f"{self.job.name} {'failed' if self.code else 'drawn'} after {self.seconds:.1f} s"


def take(job: Job) -> list[str]:
    """Return the manim command that draws a clip, on a leash."""
    quiet = ["--progress_bar", "none", "--verbosity", "WARNING"]
    manim = [sys.executable, "-m", "studio.leash", "manim", "render", "--media_dir", _media(job), "--format", "mp4"]
    return [*manim, *quiet, f"-q{job.quality}", str(ROOT / "scenes" / f"{job.scene}.py"), job.clip]


def _media(job: Job) -> str:
    """Return a media folder that manim can take; the film's place is said otherwise."""
    braces = set(str(job.media)) & {"{", "}"}  # in which manim looks for names
    return str(Path(tempfile.gettempdir()) / "backgear" / "media" if braces else job.media)


class Crew:
    """Child processes that run at one time, and are stopped together.

    Parameters
    ----------
    environment
        The environment variables that they see.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self._running: dict[int, subprocess.Popen[str]] = {}
        self._lock = threading.Lock()
        self._stopped = False

    def one(self, job: Job, command: list[str]) -> Outcome:
        """Run the command of a job, wait for its end, and tidy up after it."""
        start = time.monotonic()
        leash, held = os.pipe()
        try:
            child = self._start(job, command, leash)
            if child is None:
                return Outcome(job, 1, f"{job.name}: not begun", 0.0)
            said, complaint = child.communicate()
        finally:
            os.close(leash)
            os.close(held)
        with self._lock:
            del self._running[child.pid]
        for left in job.leftovers(child.pid):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        message = _reason(job, child.returncode, said, complaint)
        code = child.returncode if child.returncode in (0, 2) else 1
        return Outcome(job, code, message, time.monotonic() - start)

    def _start(self, job: Job, command: list[str], leash: int) -> subprocess.Popen[str] | None:
        """Start a child in a session of its own: Ctrl-C reaches it once, through `stop`, so that it can tidy up.

        Its standard input is the end of a pipe that only this process holds, so that it can know when this one is gone.
        """
        with self._lock:
            if self._stopped:
                return None
            child = subprocess.Popen(
                command,
                cwd=ROOT,  # manim reads a manim.cfg from the working directory; there is none here
                env={**self.environment, BEAT: job.beat, FILM: str(job.film)},
                stdin=leash,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                errors="replace",
                start_new_session=True,
            )
            self._running[child.pid] = child
            return child

    def stop(self) -> None:
        """Stop every child, so that it can tidy up, and begin no more."""
        with self._lock:
            self._stopped = True
            children = list(self._running.values())
        for child in children:
            child.send_signal(signal.SIGINT)
        end = time.monotonic() + PATIENCE
        for child in children:
            try:
                child.wait(max(0.0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()


def environment(settings: Path, theme: str) -> dict[str, str]:
    """Return a child's: the same settings file whatever its folder, the theme, and lines that rich breaks nowhere."""
    return {**os.environ, "BACKGEAR_CONFIG": str(settings.absolute()), THEME: theme, "COLUMNS": "200"}


def _reason(job: Job, code: int, said: str, complaint: str) -> str:
    """Return one line that says why a child failed; where it does not say so itself, all it said goes into a file."""
    if code == 0:
        _log_file(job).unlink(missing_ok=True)
        return ""
    lines = [line.strip() for line in complaint.splitlines() if line.strip()]
    everything = said + complaint
    if code in (1, 2) and lines and "Traceback" not in everything:
        return lines[-1]
    last = lines[-1] if lines else f"exit code {code}"
    return f"{job.name}: manim broke off: {last} (all that it said is in {_log(job, everything)})"


def _log_file(job: Job) -> Path:
    return job.media / "logs" / f"{job.stem}.log"


def _log(job: Job, text: str) -> Path:
    log = _log_file(job)
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text(text, encoding="utf-8")
    return log
