"""Many clips: try each one first, draw those that are not drawn yet side by side, and say where they are."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from scenes.parts.settings import Settings, SettingsError, load
from studio.crew import Command, Crew, Outcome, rehearsal, take
from studio.jobs import ROOT, Job, is_current

__all__ = ["Order", "render"]


@dataclass(frozen=True)
class Order:
    """What is to be drawn.

    Parameters
    ----------
    clips
        Names of clips; none means all.
    quality
        A letter of ``QUALITIES``.
    at_once
        How many at a time.
    force
        Whether what is drawn already is drawn again.
    audit
        Whether every film is audited in the end, one line for each.
    """

    clips: Sequence[str] = ()
    quality: str = "l"
    at_once: int = 1
    force: bool = False
    media: Path = ROOT / "media"
    audit: bool = False


def render(order: Order, *, trial: Command = rehearsal, command: Command = take) -> int:
    """Draw what is ordered and return the exit code: 0 when all is drawn, else the worst of the clips' own.

    Raises
    ------
    SettingsError
        If the settings file is wrong, has no such clip, or one of the clips does not fit.
    """
    settings = load()
    jobs = _jobs(order, settings)
    due = [job for job in jobs if order.force or not is_current(job, settings)]
    crew = Crew(order.at_once)
    outcomes: list[Outcome] = []
    for verb, what in (("tried", trial), ("drawn", command)):
        with _progress(verb, len(due)) as tell:
            outcomes = crew.run(due, what, tell)
        failed = [outcome for outcome in outcomes if outcome.code]
        for outcome in failed:
            print(outcome.message, file=sys.stderr)
        if failed and verb == "tried":
            return max(outcome.code for outcome in failed)
    _say_where(jobs, {outcome.job: outcome for outcome in outcomes})
    code = max((outcome.code for outcome in outcomes), default=0)
    return code or (_audited(jobs) if order.audit else 0)


def _audited(jobs: Sequence[Job]) -> int:
    from studio.audit.command import audit_films

    return audit_films([job.film for job in jobs])


def _jobs(order: Order, settings: Settings) -> list[Job]:
    """Return a job for each clip, once, all of which are known and fit."""
    names = list(dict.fromkeys(order.clips)) or list(settings.clips)
    media = order.media.absolute()
    jobs = [Job(name, settings.clip(name).scene, order.quality, media) for name in names]
    if faults := [fault for name in names for fault in settings.fit(name)]:
        raise SettingsError(faults)
    return jobs


def _say_where(jobs: Sequence[Job], outcomes: dict[Job, Outcome]) -> None:
    """Print a line for each clip that is there now."""
    width = max(len(job.clip) for job in jobs)
    for job in jobs:
        outcome = outcomes.get(job)
        if outcome is None or outcome.code == 0:
            how = f"drawn in {outcome.seconds:.0f} s" if outcome else "as it was"
            print(f"{job.clip:<{width}}  {how:<14}  {_shortest(job.film)}")


def _shortest(path: Path) -> str:
    """Return a path as seen from the working directory where that is shorter."""
    return min(str(path), os.path.relpath(path), key=len)


@contextmanager
def _progress(verb: str, total: int) -> Iterator[Callable[[Outcome], None]]:
    """Give a function that shows an outcome: on a bar in a terminal, as a line elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal or not total:
        number = count(1)
        yield lambda o: print(_line(verb, o, f"{next(number)}/{total}"), file=sys.stderr)
        return
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(f"clips {verb}", total=total)
        yield lambda _: bar.advance(task)


def _line(verb: str, outcome: Outcome, number: str) -> str:
    return f"{number} {outcome.job.clip} {'failed' if outcome.code else verb} after {outcome.seconds:.1f} s"
