"""The outcome of an audit: a table for people, JSON for machines, pictures of what is wrong."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from PIL import ImageDraw
from rich.console import Console
from rich.table import Table
from rich.text import Text

from studio.audit.decoding import pictures
from studio.audit.finding import Finding

__all__ = ["Report", "Summary", "print_report", "printable", "save_pictures"]

_MOST_TOLD: Final = 5  # failures of one check that are told one by one
_MOST_PICTURES: Final = 12
_MARK: Final = (255, 0, 128)  # no colour of any theme


@dataclass(frozen=True)
class Summary:
    """All findings of one check: how many, how many wrong or unsure, and the one nearest to its limit or beyond it."""

    check: str
    count: int
    failed: int
    unsure: int
    worst: Finding

    @property
    def error(self) -> str:
        """The worst error, as the table shows it."""
        return _amount(self.worst.error, self.worst.unit)

    @property
    def limit(self) -> str:
        """The limit that the worst error is measured against."""
        return _amount(self.worst.limit, self.worst.unit) if self.worst.limit else "exact"

    @property
    def verdict(self) -> Text:
        """All right or how many wrong, and how many of which nothing can be said."""
        verdict = Text(f"{self.failed} wrong", "bold red") if self.failed else Text("ok", "green")
        return verdict.append(f", {self.unsure} not read", "yellow") if self.unsure else verdict


@dataclass(frozen=True)
class Report:
    """What an audit of one video found.

    Attributes
    ----------
    notes
        What is worth knowing and not wrong.
    provisos
        What the verdict does not cover, such as words of the lecturer's own.
    """

    video: Path
    clip: str
    original: bool
    notes: tuple[str, ...]
    findings: tuple[Finding, ...]
    provisos: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether everything is right; an audit that looked at nothing found nothing right."""
        return bool(self.findings) and not self.failures

    @property
    def failures(self) -> tuple[Finding, ...]:
        """Everything that is wrong."""
        return tuple(finding for finding in self.findings if not finding.ok)

    @property
    def summaries(self) -> tuple[Summary, ...]:
        """One summary per check, in the order in which they were made."""
        by_check: dict[str, list[Finding]] = {}
        for finding in self.findings:
            by_check.setdefault(finding.check, []).append(finding)
        return tuple(_summary(check, of_it) for check, of_it in by_check.items())

    @property
    def closing(self) -> str:
        """One line: how many checks, the worst of those with a limit, and the verdict."""
        limited = [s.worst for s in self.summaries if s.worst.limit]
        worst = max(limited, key=_strain, default=None)
        told = ""
        if worst is not None:
            error, limit = (_amount(part, worst.unit) for part in (worst.error, worst.limit))
            told = f"worst {worst.check} {error} of {limit}, "
        verdict = "ok" if self.ok else f"{len(self.failures)} wrong"
        unsure = sum(s.unsure for s in self.summaries)
        open_ones = f" ({unsure} of them could not be told)" if unsure else ""
        but = f" ({'; '.join(self.provisos)})" if self.provisos else ""
        return f"audited: {len(self.findings)} checks{open_ones}, {told}{verdict}{but}"

    def plain(self) -> dict[str, Any]:
        """Return the report as JSON can hold it; an error without measure is null."""
        checks = [
            {"check": s.check, "count": s.count, "failed": s.failed, "unsure": s.unsure, "worst": _plain(s.worst)}
            for s in self.summaries
        ]
        return {
            "video": str(self.video),
            "clip": self.clip,
            "ok": self.ok,
            "original_bytes": self.original,
            "notes": list(self.notes),
            "provisos": list(self.provisos),
            "count": len(self.findings),
            "checks": checks,
            "failures": [_plain(finding) for finding in self.failures],
        }


def print_report(report: Report, console: Console) -> None:
    """Print the notes, the table, what is wrong, and the closing line."""
    console.print(Text(printable(f"{report.video} ({report.clip}): {'; '.join(report.notes)}")))
    table = Table("what", "how many", "worst error", "limit", "verdict")
    for summary in report.summaries:
        table.add_row(summary.check, str(summary.count), summary.error, summary.limit, summary.verdict)
    console.print(table)
    for line in _told(report):
        console.print(Text(printable(line)))
    console.print(Text(printable(f"{report.video.name}: {report.closing}")))


def printable(line: str) -> str:
    r"""Return a line in which nothing can move a cursor or change a colour: such characters are written out.

    Examples
    --------
    >>> printable("readout of \x1b[2Jy")
    'readout of \\x1b[2Jy'
    """
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in line)


def save_pictures(report: Report, folder: Path) -> list[Path]:
    """Save the frames on which something is wrong, each place marked, and return the pictures.

    The first dozen frames are saved; a lie that lasts is the same on all of them.
    """
    places: dict[int, list[Finding]] = {}
    for failure in report.failures:
        if failure.frame is not None and (failure.frame in places or len(places) < _MOST_PICTURES):
            places.setdefault(failure.frame, []).append(failure)
    saved = []
    for picture in pictures(report.video, places.keys()) if places else ():
        image = picture.image()
        pen = ImageDraw.Draw(image)
        for box in (failure.box for failure in places[picture.index] if failure.box):
            _mark(pen, box, image.width, image.height)
        folder.mkdir(parents=True, exist_ok=True)
        saved.append(folder / f"{report.video.stem}-frame-{picture.index:06}.png")
        image.save(saved[-1])
    return saved


def _mark(pen: ImageDraw.ImageDraw, box: tuple[float, float, float, float], width: int, height: int) -> None:
    """Draw a box around a place, a little way off."""
    margin, line = height / 90, max(2, height // 240)
    left, top = max(0.0, min(box[0], box[2]) - margin), max(0.0, min(box[1], box[3]) - margin)
    right, bottom = min(width - 1.0, max(box[0], box[2]) + margin), min(height - 1.0, max(box[1], box[3]) + margin)
    if left <= right and top <= bottom:
        pen.rectangle((left, top, right, bottom), outline=_MARK, width=line)


def _told(report: Report) -> Iterator[str]:
    for summary in report.summaries:
        wrong = [finding for finding in report.failures if finding.check == summary.check]
        for finding in islice(wrong, _MOST_TOLD):
            where = "" if finding.frame is None else f"frame {finding.frame}: "
            yield f"{summary.check}: {where}{finding.told}"
        if len(wrong) > _MOST_TOLD:
            yield f"{summary.check}: and {len(wrong) - _MOST_TOLD} more"


def _summary(check: str, findings: list[Finding]) -> Summary:
    failed, unsure = sum(not f.ok for f in findings), sum(f.unsure for f in findings)
    return Summary(check, len(findings), failed, unsure, max(findings, key=_strain))


def _strain(finding: Finding) -> tuple[bool, float]:
    """Return how near to its limit a finding comes, wrong ones first."""
    error = math.inf if math.isnan(finding.error) else finding.error
    return not finding.ok, error / finding.limit if finding.limit else error


def _amount(number: float, unit: str) -> str:
    if not math.isfinite(number):
        return "beyond measure"
    return f"{number:.3g}{unit if unit.startswith('/') else f' {unit}' if unit else ''}"


def _plain(finding: Finding) -> dict[str, Any]:
    numbers = {key: value if math.isfinite(value) else None for key, value in _measures(finding).items()}
    return {**asdict(finding), **numbers}


def _measures(finding: Finding) -> dict[str, float]:
    return {"error": float(finding.error), "limit": float(finding.limit)}
