"""The reader's rates, counted: at least 200 planted lies in numbers, and at least 200 honest numbers."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from test_audit_pixels import Edit, Film, chain, forged, network, retyped, together

from scenes.parts.ledger import SampleRow, ShownRow

__all__ = ["chain", "network"]

pytestmark = [pytest.mark.render, pytest.mark.proof]
SEEDS = (1, 2, 3)
Lie = tuple[int, str]


def lie_in(text: str, random: Random) -> str:
    """A number that differs in one digit, in its sign, or by two digits that changed places."""
    places = [i for i, character in enumerate(text) if character.isdigit()]
    swaps = [(i, j) for i, j in pairwise(places) if text[i] != text[j]]
    kind = random.choice(["digit", "digit", "sign" if text[0] == "−" else "digit", "swap" if swaps else "digit"])
    if kind == "sign":
        return " " + text[1:]
    if kind == "swap":
        i, j = random.choice(swaps)
        return text[:i] + text[j] + text[i + 1 : j] + text[i] + text[j + 1 :]
    i = random.choice(places)
    return text[:i] + random.choice([c for c in "0123456789" if c != text[i]]) + text[i + 1 :]


def planted(film: Film, seed: int) -> tuple[dict[int, list[Edit]], set[Lie]]:
    """A lie in every number of a film: through its first rest, and on every tenth frame of its sweeps."""
    random, plans, lies = Random(seed), [], set()

    def plant(row: ShownRow, sample: SampleRow, frames: range) -> None:
        edit = retyped(film, row, sample, lie_in(sample.text or "", random))
        plans.append({frame: [edit] for frame in frames})
        lies.add((sample.frame, f"{row.name} {sample.text!r}"))

    for row in film.ledger.shown:
        for span in row.spans if row.kind == "readout" else ():
            if span.state == "resting":
                plant(row, span.samples[0], range(span.first, span.last + 1))
            for sample in span.samples[::10] if span.state == "tracking" else ():
                plant(row, sample, range(sample.frame, sample.frame + 1))
    return together(*plans), lies


def test_every_planted_lie_is_caught_and_no_honest_number_is_doubted(
    network: Film, chain: Film, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told, caught, honest, doubted, worst, nearest = 0, 0, 0, 0, 0.0, float("inf")
    for film in (network, chain):
        for copy in (None, forged(film, tmp_path / "23.mp4", crf=23), forged(film, tmp_path / "30.mp4", crf=30)):
            read = [finding for finding in film.found(copy) if finding.check == "digits"]
            honest, doubted = honest + len(read), doubted + sum(not finding.ok for finding in read)
            worst = max(worst, *(finding.error for finding in read))
        for seed in SEEDS:
            edits, lies = planted(film, seed)
            read = [f for f in film.found(forged(film, tmp_path / "lie.mp4", edits)) if f.check == "digits"]
            found = {(f.frame, f.what): f.error for f in read if (f.frame, f.what) in lies}
            told, caught = told + len(found), caught + sum(error > 1 for error in found.values())
            nearest = min(nearest, *found.values())
    with capsys.disabled():
        print(f"\nnumbers: {caught} of {told} lies caught (nearest {nearest:.2f}),", end=" ")
        print(f"{doubted} of {honest} honest ones doubted (worst {worst:.2f})")
    assert told >= 200
    assert honest >= 200
    assert caught == told
    assert doubted == 0
