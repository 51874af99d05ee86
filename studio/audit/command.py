"""`backgear audit`: one video after another, checked against its ledger, the mathematics and its own pixels."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import IO, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from scenes.parts.film.film_file import FilmFileError, replace_text
from scenes.parts.film.ledger import Ledger, LedgerError
from scenes.parts.film.played import Frames
from studio.audit.altered import altered_in
from studio.audit.beside import check_beside
from studio.audit.claims import check_claims
from studio.audit.custody import Custody, check_custody, found, notes, settings_of
from studio.audit.finding import Finding
from studio.audit.frames import UNALTERED, Altered
from studio.audit.kinds import check_kinds
from studio.audit.looks import FIRST, SECOND
from studio.audit.pixels import checks
from studio.audit.player import beside_the_picture, check_played, played_from
from studio.audit.provisos import provisos
from studio.audit.recompute import check_quantities, recipes_of
from studio.audit.reenact import Again, Playing, another_version, check_reenacted, frames_fault
from studio.audit.report import Report, print_report, printable, save_pictures
from studio.audit.second import second_reader_name

__all__ = ["AuditOrder", "audit", "run"]

_WIDTH = 120  # of the table where there is no terminal
_CLAIMED = ("contrast", "layout", "sizes")  # checks of what a ledger says of a frame, whatever its pixels are

Tell = Callable[[int, int], None]


class Elsewhere(Protocol):
    """Another process that looks at the second part of a video's frames."""

    def findings(self) -> Sequence[Finding] | None:
        """Wait for what was found; None where it could not look."""


Begun = Callable[[Path, Path | None, int | None], AbstractContextManager[Elsewhere]]
"""Begins to look, at a video with a given ledger or its own, and every so many frames of a sweep."""


_BeginsAgain = Callable[[Ledger], tuple[Playing | None, str, list[Finding]]]


@dataclass(frozen=True)
class AuditOrder:
    """What is to be audited.

    Parameters
    ----------
    ledger
        The ledger to believe, for one video; else the one beside or inside it.
    every
        Of a sweep every so many frames one is looked at, else one a second.
    report
        Where the report as JSON goes; ``-`` is the standard output, and the table then goes to stderr.
    pictures
        The folder for pictures of what is wrong; by default one beside each video.
    """

    videos: Sequence[Path]
    ledger: Path | None = None
    every: int | None = None
    report: str | None = None
    pictures: Path | None = None


def run(order: AuditOrder, begun: Begun | None = None, again: Again | None = None) -> int:
    """Audit every video, print what was found, and return the exit code: 0 all right, 1 something wrong, 2 no input.

    Parameters
    ----------
    begun
        What begins to look at the second part of a video's frames elsewhere, if anything does.
    again
        What plays a clip again, to compare its ledger with; without it that is not done, and the verdict says so.
    """
    to_stdout = order.report == "-"
    console = _console(sys.stderr if to_stdout else sys.stdout)
    reports, code = [], 0
    for video in order.videos:
        try:
            with _progress(video.name) as tell:
                report = audit(video, order.every, ledger=order.ledger, progress=tell, begun=begun, again=again)
            reports.append(report)
            print_report(report, console)
            code = max(code, 0 if report.ok else 1)
            folder = order.pictures or video.with_name(f"{video.stem}.failures")
            for picture in save_pictures(report, folder):
                console.print(f"the place is marked in {picture}", highlight=False)
        except (FilmFileError, LedgerError, OSError) as error:
            print(f"backgear: {printable(' '.join(str(error).split()))}", file=sys.stderr)
            code = 2
    if order.report:
        _write(order.report, reports, code)
    return code


def audit(
    video: Path,
    every: int | None = None,
    *,
    ledger: Path | None = None,
    progress: Tell | None = None,
    begun: Begun | None = None,
    again: Again | None = None,
) -> Report:
    """Return what an audit of a video finds.

    The frames are looked at only if the ledger can belong to the video: as many frames, of the same shape. What
    has ``begun`` elsewhere, if anything has, looks at the second part of them meanwhile, and the clip is played
    ``again`` if anything can do so.

    Raises
    ------
    FilmFileError
        If the file is no video.
    LedgerError
        If there is no ledger, or what was found is none.
    """
    with ExitStack() as stack:
        other = stack.enter_context(begun(video, ledger, every)) if begun and video.exists() else None
        custody = found(video, ledger)
        check_kinds(custody.ledger, custody.source)
        return _audited(custody, every, progress, other, partial(_begun_again, stack, again))


def _begun_again(stack: ExitStack, again: Again | None, ledger: Ledger) -> tuple[Playing | None, str, list[Finding]]:
    """Begin to play a clip again; return it, or why it is not played, and what is wrong with its frames."""
    if changed := another_version(ledger):
        return None, changed, []
    if again is None:
        return None, "nobody asked for it", []
    if (frames := Frames.of(ledger)) is None:
        return None, "no film has such frames", [frames_fault(ledger)]
    return stack.enter_context(again(ledger, frames)), "", []


def _audited(
    custody: Custody, every: int | None, progress: Tell | None, elsewhere: Elsewhere | None, again: _BeginsAgain
) -> Report:
    told, findings, altered = list(notes(custody)), list(check_custody(custody)), UNALTERED
    belongs = all(finding.ok for finding in findings)
    played = played_from(custody.video)
    findings += check_played(played, custody.ledger, custody.repeats)
    settings, of_settings = settings_of(custody.ledger)
    findings += of_settings
    playing, why, of_frames = again(custody.ledger) if belongs and settings is not None else (None, "", [])
    findings += of_frames
    if settings is not None:
        clip = settings.clip(custody.ledger.clip)
        told += (f"it computes {recipe}" for recipe in recipes_of(clip))
        findings += check_beside(custody.video, custody.ledger)
        findings += check_quantities(custody.ledger, clip)
        findings += (_placed(f, custody) for f in check_claims(custody.ledger, settings, clip))
    if belongs and settings is not None and all(f.ok for f in findings if f.check == "timeline"):
        told.append(second_reader_name() or "no second reader: it comes with the extra 'audit'")
        altered = altered_in(custody)
        told += altered.told
        seen = (_or_open(f, altered) for f in _pixels(custody, every, progress, elsewhere, altered))
        findings += (_placed(f, custody) for f in seen) if custody.share > 1 else seen  # which is made smaller first
    else:
        told.append("its frames were not looked at: the ledger cannot be this video's")
    if playing is not None:
        findings += (_placed(f, custody) for f in check_reenacted(custody.ledger, playing.played()))
    doubts = [f"not re-enacted: {why}"] if why else []
    doubts += altered.doubts
    doubts += beside_the_picture(played, custody.ledger)
    doubts += provisos(settings, custody.ledger.clip) if settings is not None else []
    return Report(custody.video, custody.ledger.clip, custody.original, tuple(told), tuple(findings), tuple(doubts))


def _pixels(
    custody: Custody, every: int | None, progress: Tell | None, elsewhere: Elsewhere | None, altered: Altered
) -> Iterator[Finding]:
    """Yield what the frames show; a ledger so strange that they cannot be compared with it is wrong, and no crash."""
    try:
        original, repeats = custody.original, custody.repeats
        how = partial(checks, original=original, repeats=repeats, altered=altered)
        looked = partial(how, custody.video, custody.ledger, every, progress)
        if elsewhere is None:
            yield from looked()
            return
        yield from looked(part=FIRST)
        yield from looked(part=SECOND) if (other := elsewhere.findings()) is None else other
    except FilmFileError:
        raise
    except (LookupError, ArithmeticError, ValueError) as error:
        said = f"the frames cannot be compared with what the ledger claims: {type(error).__name__}: {error}"
        yield Finding("pixels", "frames", None, None, float("inf"), 0.0, "", False, said)


def _or_open(finding: Finding, altered: Altered) -> Finding:
    """Return a finding; where the noise of a copy may have made it, it is neither right nor wrong."""
    reach = finding.limit * altered.leeway(finding.unit)
    if finding.ok or finding.check in _CLAIMED or not finding.limit < finding.error <= reach:
        return finding
    return replace(finding, ok=True, unsure=True, said="")


def _placed(finding: Finding, custody: Custody) -> Finding:
    """Return a finding whose place is in pixels of the video, which may be scaled."""
    if finding.box is None or custody.share == 1:
        return finding
    left, top, right, bottom = (edge * custody.share for edge in finding.box)
    return replace(finding, box=(left, top, right, bottom))


def _write(where: str, reports: Sequence[Report], code: int) -> None:
    plain = {"format": 1, "exit_code": code, "audits": [report.plain() for report in reports]}
    text = json.dumps(plain, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    if where == "-":
        sys.stdout.write(text)
    else:
        replace_text(Path(where), text)


def _console(stream: IO[str]) -> Console:
    console = Console(file=stream, highlight=False, soft_wrap=True)
    if not console.is_terminal:
        console.width = _WIDTH
    return console


@contextmanager
def _progress(name: str) -> Iterator[Tell | None]:
    """Give a function that shows how many frames are looked at; only a terminal has a bar."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(f"{name}: frames", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
