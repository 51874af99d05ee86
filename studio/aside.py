"""The second part of a film's frames, looked at in a process of its own while this one does all the rest."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from studio.audit.altered import altered_in
from studio.audit.custody import found
from studio.audit.finding import Finding
from studio.audit.looks import SECOND
from studio.audit.pixels import checks
from studio.workers import Task, Workers

__all__ = ["Aside", "in_worker", "plain", "whole"]


class Aside:
    """A process that looks at the second part of a video's frames from now on; it is stopped when the block is left."""

    def __init__(self, video: Path, ledger: Path | None, every: int | None) -> None:
        self._workers, self._pool = Workers(1, os.environ), ThreadPoolExecutor(1)
        told = str(video.absolute()), str(ledger.absolute()) if ledger else None, every
        self._answer = self._pool.submit(self._workers.one, Task("studio.aside:in_worker", told))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._workers.stop()
        self._pool.shutdown()

    def findings(self) -> Sequence[Finding] | None:
        """Wait for what was found; None where the process could not do it: whoever asks must look himself."""
        answer = self._answer.result()
        return None if answer.value is None else [whole(finding) for finding in answer.value]


def in_worker(video: str, ledger: str | None, every: int | None) -> list[dict[str, Any]]:
    """Look at the second part of a video's frames, here, and return what is found as plain data."""
    custody = found(Path(video), Path(ledger) if ledger else None)
    original, repeats = custody.original, custody.repeats
    how = partial(checks, original=original, repeats=repeats, altered=altered_in(custody))
    looks = how(custody.video, custody.ledger, every, part=SECOND)
    return [plain(finding) for finding in looks]


def plain(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON can hold it, as Python writes it: with infinities.

    Examples
    --------
    >>> lost = Finding("digits", "readout of y", 3, (0.0, 0.0, 9.0, 9.0), float("inf"), 0.8, "", False, "it is gone")
    >>> whole(plain(lost)) == lost
    True
    """
    measures = {"error": float(finding.error), "limit": float(finding.limit), "ok": bool(finding.ok)}
    box = None if finding.box is None else [float(edge) for edge in finding.box]
    return {**asdict(finding), **measures, "box": box, "frame": None if finding.frame is None else int(finding.frame)}


def whole(plain: dict[str, Any]) -> Finding:
    """Return the finding again."""
    box = None if plain["box"] is None else tuple(plain["box"])
    return Finding(**{**plain, "box": box})
