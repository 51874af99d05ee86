"""`backgear every`: every clip in several qualities and both themes, drawn and audited, and a table of how that went.

What is drawn already and would come out the same is not drawn again, and what was audited and has not changed is not
audited again, so that one may stop it and go on later.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scenes.parts.settings import Settings, config_path, load
from scenes.parts.settings.override import in_theme
from studio.crew import Command, environment, take
from studio.films import Film, Films
from studio.jobs import QUALITIES, ROOT, Job, is_current
from studio.progress import progress
from studio.rehearsals import Rehearsals, faults_of
from studio.render import Order, jobs_of

__all__ = ["EveryOrder", "every"]


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
        settings = in_theme(load(whole=False), theme)
        verdicts |= {job: Verdict("refused", refused[job.clip]) for job in row if job.clip in refused}
        what, left = f"{QUALITIES[quality].folder} {theme}", [job for job in row if job not in verdicts]
        verdicts |= _made(what, left, settings, order.at_once, command)
    print(_table(jobs, verdicts))
    wrong = {f"{clip}: {reason}": None for clip, reason in refused.items()}
    wrong |= {f"{job.clip}: {verdict.reason}": None for job, verdict in verdicts.items() if verdict.reason}
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


def _jobs(order: EveryOrder, quality: str, theme: str) -> list[Job]:
    return jobs_of(Order(order.clips, quality, media=order.media, theme=theme), load(whole=False))


def _refused(order: EveryOrder) -> dict[str, str]:
    """Return why those clips cannot be drawn that cannot, after rehearsing all."""
    settings = load(whole=False)
    names = list(dict.fromkeys(order.clips)) or settings.named
    with progress("clips rehearsed", len(names), lines=False) as tell:
        rehearsals = Rehearsals(settings, config_path(), order.at_once, told=lambda one: tell(one.clip))
        found = [rehearsal for rehearsal in rehearsals.of(names) if rehearsal.code]
    return {rehearsal.clip: "; ".join(map(str, faults_of([rehearsal], config_path()))) for rehearsal in found}


def _made(what: str, jobs: Sequence[Job], settings: Settings, at_once: int, command: Command) -> dict[Job, Verdict]:
    """Draw what is not there yet, audit all, and return what is said of each film."""
    due = [job for job in jobs if not is_current(job, settings)]
    with progress(f"{what}: clips drawn and audited", len(jobs)) as tell:
        films = Films(at_once, environment(config_path(), settings.chosen_theme), command)
        found = films.of(jobs, due, lambda film: tell(f"{what}: {film.told}"))
    return {film.job: _verdict(what, film) for film in found}


def _verdict(what: str, film: Film) -> Verdict:
    if film.outcome and film.outcome.code:
        return Verdict("not drawn", f"{what}: {film.outcome.message}")
    wrong = film.audited.wrong if film.audited else ""
    return Verdict("audit", f"{what}: {wrong}") if wrong else Verdict("ok")


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
