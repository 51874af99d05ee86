"""Many clips: rehearse each one first, draw those that are not drawn yet side by side, and say where they are.

With an audit, each film is audited as soon as it is drawn, while others are drawn.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scenes.parts.film.gif import GifError, write_gif
from scenes.parts.settings import Settings, config_path, load
from scenes.parts.settings.override import in_theme
from studio.beats import beats_of
from studio.crew import Command, Outcome, environment, take
from studio.films import Film, Films
from studio.jobs import ROOT, Job, folder_of, is_current, made
from studio.progress import progress
from studio.rehearsals import Rehearsal, Rehearsals, faults_of
from studio.variants import write_variants

__all__ = ["Order", "jobs_of", "render", "shortest", "varied"]


@dataclass(frozen=True)
class Order:
    """What is to be drawn.

    Parameters
    ----------
    clips
        Names of clips, or ``CLIP:BEAT`` for one beat alone; none means all.
    quality
        A letter of ``QUALITIES``.
    at_once
        How many at a time.
    force
        Whether what is drawn already is drawn again.
    media
        Where the films go; those of a theme that is not the settings file's own go to a folder of that name in it.
    audit
        Whether every film is audited, one line for each.
    theme
        Another theme than the settings file's.
    changes
        Of the clips' settings, as in ``w1=2`` or ``activation=relu,tanh``; then the variants are drawn.
    gif
        Whether a small GIF of every film is made beside it.
    """

    clips: Sequence[str] = ()
    quality: str = "l"
    at_once: int = 1
    force: bool = False
    media: Path = ROOT / "media"
    audit: bool = False
    theme: str | None = None
    changes: Sequence[str] = ()
    gif: bool = False


def render(order: Order, *, command: Command = take) -> int:
    """Draw what is ordered and return the exit code: 0 when all is drawn, else the worst of the clips' own.

    A clip that is refused stands in no other clip's way.

    When all is drawn, and films are audited, it is the worst of the audits': 0 all right, 1 something wrong.

    Raises
    ------
    SettingsError
        If the settings file is wrong, or has no such clip.
    FolderError
        If the media folder cannot be made.
    """
    said = " ".join(f"--set {change}" for change in order.changes)
    if order.changes:
        order = varied(order, made(order.media.absolute() / "variants"))
    settings = in_theme(load(whole=False), order.theme)
    jobs = jobs_of(order, load(whole=False))
    due = [job for job in jobs if order.force or not is_current(job, settings)]
    refused = _refused(order, settings, [job.clip for job in due], said)
    jobs, due = ([job for job in some if job.clip not in refused] for some in (jobs, due))
    films = _made(order, settings, jobs, due, command)
    outcomes = [film.outcome for film in films if film.outcome]
    for outcome in outcomes:
        if outcome.code:
            print(outcome.message, file=sys.stderr)
    _say_where(jobs, {outcome.job: outcome for outcome in outcomes})
    audited = _say_audited(films)
    failed = {outcome.job for outcome in outcomes if outcome.code}
    gifs = _gifs([job for job in jobs if job not in failed]) if order.gif else 0
    return max([*refused.values(), *(outcome.code for outcome in outcomes), gifs], default=0) or audited


def varied(order: Order, folder: Path) -> Order:
    """Put settings with the variants in use, and return the order for them, or for the beats named of each."""
    bases = list(dict.fromkeys(name.partition(":")[0] for name in order.clips))
    os.environ["BACKGEAR_CONFIG"] = str(write_variants(load(whole=False), bases, order.changes, folder))
    named = list(load(whole=False).named)
    each = len(named) // len(bases)
    of = {base: named[i * each : (i + 1) * each] for i, base in enumerate(bases)}
    parts = [name.partition(":") for name in order.clips]
    clips = [f"{variant}{colon}{beat}" for base, colon, beat in parts for variant in of[base]]
    return replace(order, clips=tuple(clips), changes=())


def _made(order: Order, settings: Settings, jobs: Sequence[Job], due: Sequence[Job], command: Command) -> list[Film]:
    """Draw what is due, and audit all jobs if that is ordered."""
    seen = environment(config_path(), settings.chosen_theme)
    films = Films(order.at_once, seen, command, audit=order.audit, anew=order.force)
    what, concerned = ("clips drawn and audited", jobs) if order.audit else ("clips drawn", due)
    with progress(what, len(concerned)) as tell:
        return films.of(concerned, due, lambda film: tell(film.told))


def _refused(order: Order, settings: Settings, clips: Sequence[str], said: str) -> dict[str, int]:
    """Rehearse clips, print all that ends a render, and return which are refused, each with its exit code.

    A file that was written for what was ``said`` on the command line is none that anybody knows: that is named instead.
    """
    named = [name.partition(":")[0] for name in order.clips] or settings.named
    clips = list(dict.fromkeys([*(name for name in named if name in settings.wrong), *clips]))
    with progress("clips rehearsed", len(clips)) as tell:
        found = Rehearsals(settings, config_path(), order.at_once, told=lambda one: tell(_said(one))).of(clips)
    refused = {rehearsal.clip: rehearsal.code for rehearsal in found if rehearsal.code}
    for fault in faults_of(found, config_path()) if refused else ():
        ours = said and Path(fault.file).name == config_path().name
        print(replace(fault, file=said, line=0) if ours else fault, file=sys.stderr)
    return refused


def jobs_of(order: Order, settings: Settings) -> list[Job]:
    """Return a job for each clip or beat, once, with which nothing is wrong, in a media folder that is there.

    Raises
    ------
    SettingsError
        If there is no such clip or beat.
    FolderError
        If the media folder cannot be made.
    """
    wanted = beats_of(order.clips, settings)
    media = {name: folder_of(order.media.absolute(), settings.for_clip(name), order.theme) for name in wanted}
    jobs = [
        Job(name, settings.clip(name).scene, order.quality, media[name], beat)
        for name, beats in wanted.items()
        for beat in dict.fromkeys(beats) or [""]
    ]
    for folder in {made(order.media.absolute()), *media.values()}:
        made(folder)
    return jobs


def _say_where(jobs: Sequence[Job], outcomes: dict[Job, Outcome]) -> None:
    """Print a line for each clip that is there now."""
    width = max((len(job.name) for job in jobs), default=0)
    for job in jobs:
        outcome = outcomes.get(job)
        if outcome is None or outcome.code == 0:
            how = f"drawn in {outcome.seconds:.0f} s" if outcome else "as it was"
            print(f"{job.name:<{width}}  {how:<14}  {shortest(job.film)}")


def _say_audited(films: Sequence[Film]) -> int:
    """Print a line for each film that was audited, and return the worst exit code."""
    width, code = max((len(film.job.name) for film in films), default=0), 0
    for film in films:
        if film.audited is None:
            continue
        if film.audited.closing:
            print(f"{film.job.name:<{width}}  {film.audited.closing}")
        if film.audited.wrong:
            print(f"{film.job.name}: {film.audited.wrong}", file=sys.stderr)
        code = max(code, film.audited.code)
    return code


def _gifs(jobs: Sequence[Job]) -> int:
    """Make a GIF of every film that has none of its own yet, and return the exit code."""
    code = 0
    for job in jobs:
        target = job.film.with_suffix(".gif")
        try:
            if not target.exists() or target.stat().st_mtime_ns < job.film.stat().st_mtime_ns:
                write_gif(job.film, target)
            print(f"{job.name}: {shortest(target)}, {target.stat().st_size / 1e6:.1f} MB")
        except GifError as error:
            print(error, file=sys.stderr)
            code = 2
    return code


def shortest(path: Path) -> str:
    """Return a path as seen from the working directory where that is shorter."""
    return min(str(path), os.path.relpath(path), key=len)


def _said(rehearsal: Rehearsal) -> str:
    return f"{rehearsal.clip} {'refused' if rehearsal.code else 'rehearsed' if rehearsal.fresh else 'as rehearsed'}"
