"""`backgear every`: every clip in several qualities and both themes, drawn and audited, and a table of how that went.

What is drawn already and would come out the same is not drawn again, and what was audited and has not changed is not
audited again, so that one may stop it and go on later.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scenes.parts.film.ledger import digest_of_sources, versions
from scenes.parts.settings import Settings, config_path, load
from scenes.parts.settings.override import in_theme
from studio import memory
from studio.crew import Command, Crew, environment, take
from studio.jobs import QUALITIES, ROOT, Job, is_current
from studio.progress import progress
from studio.rehearsals import Rehearsals, faults_of
from studio.render import Order, jobs_of
from studio.workers import Answer, Task, Workers

__all__ = ["EveryOrder", "every", "in_worker"]


@dataclass(frozen=True)
class EveryOrder:
    """What is to be drawn and audited.

    Parameters
    ----------
    clips
        Names of clips; none means all.
    qualities
        Letters of ``QUALITIES``.
    at_once
        How many at a time.
    """

    clips: Sequence[str] = ()
    qualities: Sequence[str] = ("l", "m", "h")
    themes: Sequence[str] = ("dark", "light")
    at_once: int = 1
    media: Path = ROOT / "media"


@dataclass(frozen=True)
class Verdict:
    """How it went with one film: one word, and one line that says why where it is not ``ok``."""

    word: str
    reason: str = ""


def every(order: EveryOrder, *, command: Command = take) -> int:
    """Draw and audit what is ordered, print a table, and return the exit code: 0 when all is ok, else 1.

    Raises
    ------
    SettingsError
        If the settings file is wrong, or has no such clip.
    FolderError
        If the media folder cannot be made.
    """
    columns = [(quality, theme) for quality in order.qualities for theme in order.themes]
    jobs = {column: _jobs(order, *column) for column in columns}
    refused = _refused(order)
    verdicts: dict[Job, Verdict] = {}
    for (quality, theme), row in jobs.items():
        settings = in_theme(load(), theme)
        verdicts |= {job: Verdict("refused", refused[job.clip]) for job in row if job.clip in refused}
        what, left = f"{QUALITIES[quality].folder} {theme}", [job for job in row if job not in verdicts]
        verdicts |= _drawn(what, left, settings, order.at_once, command)
        verdicts |= _audited(what, [job for job in left if job not in verdicts], settings, order.at_once)
    print(_table(jobs, verdicts))
    wrong = {f"{job.clip}: {verdict.reason}": None for job, verdict in verdicts.items() if verdict.reason}
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


def _jobs(order: EveryOrder, quality: str, theme: str) -> list[Job]:
    return jobs_of(Order(order.clips, quality, media=order.media, theme=theme), load())


def _refused(order: EveryOrder) -> dict[str, str]:
    """Return why those clips cannot be drawn that cannot, after rehearsing all."""
    names = list(dict.fromkeys(order.clips)) or list(load().clips)
    with progress("clips rehearsed", len(names), lines=False) as tell:
        rehearsals = Rehearsals(load(), config_path(), order.at_once, told=lambda one: tell(one.clip))
        found = [rehearsal for rehearsal in rehearsals.of(names) if rehearsal.code]
    return {rehearsal.clip: "; ".join(map(str, faults_of([rehearsal], config_path()))) for rehearsal in found}


def _drawn(what: str, jobs: Sequence[Job], settings: Settings, at_once: int, command: Command) -> dict[Job, Verdict]:
    """Draw what is not there yet, and return what is said of those films that could not be drawn."""
    due = [job for job in jobs if not is_current(job, settings)]

    with progress(f"{what}: clips drawn", len(due)) as tell:
        crew = Crew(at_once, environment(config_path(), settings.theme))
        outcomes = crew.run(due, command, lambda outcome: tell(f"{what}: {outcome.told}"))
    return {one.job: Verdict("not drawn", f"{what}: {one.message}") for one in outcomes if one.code}


def _audited(what: str, jobs: Sequence[Job], settings: Settings, at_once: int) -> dict[Job, Verdict]:
    """Audit films, but for those that were and have not changed, and return what is said of each."""
    digests = {job: _digest(job) for job in jobs}
    due = [job for job in jobs if memory.recall(digests[job]) != "ok"]
    tasks = [Task("studio.every:in_worker", (str(job.film),)) for job in due]

    def line(answer: Answer) -> str:
        return f"{what}: {Path(answer.task.arguments[0]).stem} audited: {_said(answer) or 'ok'}"

    with progress(f"{what}: films audited", len(due)) as tell:
        workers = Workers(at_once, environment(config_path(), settings.theme))
        answers = workers.run(tasks, lambda answer: tell(line(answer)))
    wrong = {job: said for job, answer in zip(due, answers, strict=True) if (said := _said(answer))}
    for job in due:
        if job not in wrong:
            memory.remember(digests[job], "ok")
    return {job: Verdict("audit", f"{what}: {wrong[job]}") if job in wrong else Verdict("ok") for job in jobs}


def in_worker(film: str) -> str:
    """Audit a film here, and return what is wrong with it, or nothing."""
    from studio.audit.command import audit

    report = audit(Path(film))
    return "; ".join(f"{failure.check}: {failure.told}" for failure in report.failures[:1])


def _said(answer: Answer) -> str:
    return answer.failure if answer.value is None else str(answer.value)


def _digest(job: Job) -> str:
    """Return the digest of all that an audit's verdict depends on: the film, its ledger, and the sources."""
    files = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (job.film, job.ledger)]
    sources = [digest_of_sources(room) for room in ("core", "scenes", "studio")]
    return memory.digest_of("audit", files, sources, dict(versions()))


def _table(jobs: Mapping[tuple[str, str], Sequence[Job]], verdicts: Mapping[Job, Verdict]) -> str:
    """Return a row for each clip, a column for each quality in each theme."""
    head = ["", *(f"{QUALITIES[quality].folder} {theme}" for quality, theme in jobs)]
    rows = [[of_clip[0].clip, *(verdicts[job].word for job in of_clip)] for of_clip in zip(*jobs.values(), strict=True)]
    return "\n".join(_aligned([head, *rows]))


def _aligned(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """Yield rows as lines.

    Examples
    --------
    >>> list(_aligned([["", "480p15 dark"], ["Net", "ok"]]))
    ['     480p15 dark', 'Net  ok']
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
