"""What stands beside the frames of a film: subtitle files next to it, chapters and a title inside it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from scenes.parts.film.film_file import chapters_in, read_tags
from scenes.parts.film.finish import chapters_of, subtitles_of
from scenes.parts.film.ledger import Ledger
from studio.audit.finding import Finding

__all__ = ["check_beside"]

_LARGEST: Final = 1 << 20  # bytes of a subtitle file
_LATE: Final = 0.002  # seconds: containers round times


def check_beside(video: Path, ledger: Ledger) -> Iterator[Finding]:
    """Yield whether subtitles, chapters and title say what the beats of the ledger say, where they are there."""
    expected = dict(subtitles_of(ledger, True))
    for suffix in (".srt", ".vtt"):
        if (file := video.with_suffix(suffix)).exists():
            yield _finding("subtitles", file.name, _subtitles(file, expected.get(suffix, "")))
    yield _finding("chapters", video.name, _chapters(video, ledger))
    title, wanted = read_tags(video).get("title"), str(ledger.settings["clip"]["words"]["title"])
    if title is not None:
        yield _finding("title", video.name, _difference([title], [wanted]))


def _subtitles(file: Path, expected: str) -> str:
    if not file.is_file() or file.stat().st_size > _LARGEST:
        return "this is no file of subtitles"
    said = file.read_text(encoding="utf-8-sig", errors="replace")
    return _difference(*([line.strip() for line in text.splitlines() if line.strip()] for text in (said, expected)))


def _chapters(video: Path, ledger: Ledger) -> str:
    found, wanted = chapters_in(video), chapters_of(ledger)
    if not found:
        return ""
    if said := _difference([chapter.title for chapter in found], [chapter.title for chapter in wanted]):
        return said
    pairs = ((a.start - b.start, a.end - b.end) for a, b in zip(found, wanted, strict=True))
    late = max((abs(off) for pair in pairs for off in pair), default=0.0)
    return f"a chapter is {late:.3f} s off" if late > _LATE else ""


def _difference(found: list[str], wanted: list[str]) -> str:
    """Return the first line that is another than it should be; nothing where all are the same."""
    for number, (said, right) in enumerate(zip(found, wanted, strict=False), start=1):
        if said != right:
            return f"line {number} says {said!r:.80}, and {right!r:.80} is right"
    return "" if len(found) == len(wanted) else f"there are {len(found)} lines, and {len(wanted)} are right"


def _finding(check: str, what: str, said: str) -> Finding:
    told = f"{what}: {said}" if said else ""
    return Finding(check, what, None, None, math.inf if said else 0.0, 0.0, "", not said, told)
