"""A part of a film is looked at in another process: together both find what one alone finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from audit_cases import film

import studio.audit.command as module
from scenes.parts.film.ledger import Ledger
from studio.aside import Aside
from studio.audit.command import audit
from studio.audit.finding import Finding
from studio.audit.looks import ALL, FIRST, SECOND, looks_of_part
from studio.workers import Answer, Workers

NET = "TwoLayerNetwork"
SEEN = Finding("digits", "readout of y", 12, (20.0, 30.0, 60.0, 40.0), 0.2, 0.6, "", True, "")


@pytest.mark.parametrize("weights", [[1], [0, 0], [5, 1, 1, 1, 1], [1, 1, 1, 1, 9], [0, 3, 0, 3, 0, 4], [2] * 50])
def test_the_parts_have_every_frame_once(weights: list[int]) -> None:
    looks: Any = {7 * i: [(True, None)] * n + [(False, None)] for i, n in enumerate(weights)}
    first, second = looks_of_part(looks, FIRST), looks_of_part(looks, SECOND)
    assert [*first, *second] == sorted(looks) == [*looks_of_part(looks, ALL)]
    if len(weights) > 1 and sum(weights):
        assert first
        assert all(frame < other for frame in first for other in second)


@pytest.mark.render
def test_two_processes_find_what_one_finds() -> None:
    one, two = audit(film(NET)), audit(film(NET), begun=Aside)
    between = ("still", "fades")  # of a part they come last
    others = [[finding for finding in each.findings if finding.check not in between] for each in (one, two)]
    assert others[0] == others[1]
    fades = [[finding for finding in each.findings if finding.check == "fades"] for each in (one, two)]
    assert fades[0] == fades[1] != []


@pytest.mark.render
def test_what_the_other_process_finds_wrong_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    lie = replace(SEEN, frame=400, ok=False, error=float("inf"), said="it is gone")
    monkeypatch.setattr(module, "checks", parts())
    monkeypatch.setattr(Aside, "findings", lambda aside: [lie])
    report = audit(film(NET), begun=Aside)
    assert report.failures == (lie,)
    assert [finding for finding in report.findings if finding.check == "digits"] == [SEEN, lie]


@pytest.mark.render
@pytest.mark.parametrize("answer", [{"failure": "the process ended with exit code 9"}, {"failure": "KeyError: 'x'"}])
def test_what_the_other_process_could_not_do_is_done_here(
    answer: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "checks", parts())
    monkeypatch.setattr(Workers, "one", lambda workers, task: Answer(task, **answer))
    report = audit(film(NET), begun=Aside)
    assert [finding.frame for finding in report.findings if finding.check == "digits"] == [12, 13]


def parts() -> Any:
    """A stand-in for looking that finds something on another frame in each part."""

    def checks(
        video: Path,
        ledger: Ledger,
        every: int,
        progress: object,
        *,
        part: tuple[float, float],
        **how: object,
    ) -> Iterator[Finding]:
        yield replace(SEEN, frame=12 if part == FIRST else 13)

    return checks
