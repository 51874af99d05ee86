"""Films: each drawn in a process of its own and audited as soon as it is there, several at a time.

What was audited and has not changed since, neither the film nor what an audit depends on, is not audited again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from scenes.parts.film.ledger import digest_of_sources, versions
from studio import memory
from studio.crew import Command, Crew, Outcome, take
from studio.jobs import Job
from studio.together import side_by_side
from studio.workers import Answer, Task, Workers

__all__ = ["Audited", "Film", "Films", "in_worker"]


@dataclass(frozen=True)
class Audited:
    """What an audit has found.

    Parameters
    ----------
    closing
        One line: how many checks, and the verdict; nothing where there was no audit.
    wrong
        What is wrong first of all, or nothing.
    code
        The exit code: 0 all right, 1 something wrong, 2 no film or no ledger.
    """

    closing: str
    wrong: str = ""
    code: int = 0


@dataclass(frozen=True)
class Film:
    """What became of a job: how drawing it ended, if it was drawn, and its audit, if it was audited."""

    job: Job
    outcome: Outcome | None = None
    audited: Audited | None = None

    @property
    def told(self) -> str:
        """All of it in one line."""
        drawn = self.outcome.told if self.outcome else f"{self.job.name} as it was"
        return f"{drawn}, audited: {self.audited.wrong or 'ok'}" if self.audited else drawn


class Films:
    """Draws and audits films, so many at a time.

    Parameters
    ----------
    size
        How many.
    environment
        The environment variables that the processes see.
    command
        What draws a film.
    audit
        Whether films are audited.
    anew
        Whether those are, too, that were audited and have not changed.
    """

    def __init__(
        self,
        size: int,
        environment: Mapping[str, str],
        command: Command = take,
        *,
        audit: bool = True,
        anew: bool = False,
    ) -> None:
        self.size, self.command, self.audit, self.anew = size, command, audit, anew
        self._crew, self._workers = Crew(environment), Workers(size, environment)

    def of(self, jobs: Sequence[Job], due: Collection[Job], tell: Callable[[Film], None]) -> list[Film]:
        """Draw those jobs that are ``due``, audit all that are drawn, and return all in the jobs' order.

        When this is interrupted, by Ctrl-C or SIGTERM, every process is stopped and tidied up after first.
        """
        try:
            return side_by_side(self.size, [partial(self._one, job, job in due) for job in jobs], tell, self._stop)
        finally:
            self._workers.stop()

    def _one(self, job: Job, due: bool) -> Film:
        outcome = self._crew.one(job, self.command(job)) if due else None
        drawn = outcome is None or outcome.code == 0
        return Film(job, outcome, self._audited(job) if drawn and self.audit else None)

    def _audited(self, job: Job) -> Audited:
        try:
            digest = _digest(job)
        except OSError as error:
            return Audited("", f"{error.filename}: {error.strerror}", 2)
        known = None if self.anew else memory.recall(digest)
        if isinstance(known, str):
            return Audited(known)
        found = _found(self._workers.one(Task("studio.films:in_worker", (str(job.film),))))
        if found.code == 0:
            memory.remember(digest, found.closing)
        return found

    def _stop(self) -> None:
        self._crew.stop()
        self._workers.stop()


def in_worker(film: str) -> dict[str, Any]:
    """Audit a film here, and return the parts of an :class:`Audited`."""
    from scenes.parts.film.film_file import FilmFileError
    from scenes.parts.film.ledger import LedgerError
    from studio.again import Replay
    from studio.audit.command import audit

    try:
        report = audit(Path(film), again=Replay)
    except (FilmFileError, LedgerError, OSError) as error:
        return {"closing": "", "wrong": " ".join(str(error).split()), "code": 2}
    wrong = [f"{failure.check}: {failure.told}" for failure in report.failures] or [""]
    return {"closing": report.closing, "wrong": wrong[0], "code": 0 if report.ok else 1}


def _found(answer: Answer) -> Audited:
    return Audited("", f"the audit broke off: {answer.failure}", 1) if answer.value is None else Audited(**answer.value)


def _digest(job: Job) -> str:
    """Return the digest of all that an audit's verdict depends on: the film, its ledger, and the sources."""
    files = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (job.film, job.ledger)]
    sources = [digest_of_sources(room) for room in ("core", "scenes", "studio")]
    return memory.digest_of("audit", files, sources, dict(versions()))
