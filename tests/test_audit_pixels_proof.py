"""The reader's rates, counted: at least 200 planted lies in numbers, and at least 200 honest numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
import pytest
from film_cases import Edit, Film, forged, retyped, together

from scenes.parts.film.ledger import SampleRow, ShownRow
from studio.audit.finding import Finding

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
    """A lie in every number of a film, through its first rest and on every tenth frame of its sweeps; where it ends."""
    random, plans, lies = Random(seed), [], set()

    def plant(row: ShownRow, sample: SampleRow, frames: range) -> None:
        edit = retyped(film, row, sample, lie_in(sample.text or "", random))
        plans.append({frame: [edit] for frame in frames})
        lies.add((frames[-1], f"{row.name} {sample.text!r}"))

    for row in film.ledger.shown:
        for span in row.spans if row.kind == "readout" else ():
            if span.state == "resting":
                plant(row, span.samples[0], range(span.first, span.last + 1))
            for sample in span.samples[::10] if span.state == "tracking" else ():
                plant(row, sample, range(sample.frame, sample.frame + 1))
    return together(*plans), lies


@dataclass
class Rates:
    """What one reader found."""

    told: int = 0
    caught: int = 0
    honest: int = 0
    doubted: int = 0
    unsure: int = 0
    unread: int = 0
    worst: float = 0.0
    nearest: float = np.inf

    def see_honest(self, read: Sequence[Finding]) -> None:
        self.honest, self.unsure = self.honest + len(read), self.unsure + sum(f.unsure for f in read)
        self.doubted += sum(not f.ok for f in read)
        self.worst = max(self.worst, *(f.error for f in read))

    def see_lies(self, read: Sequence[Finding], lies: set[Lie]) -> None:
        found = {(f.frame, f.what): f for f in read if (f.frame, f.what) in lies}
        self.told, self.unread = self.told + len(found), self.unread + sum(f.unsure for f in found.values())
        self.caught += sum(not f.ok for f in found.values())
        self.nearest = min(self.nearest, *(f.error for f in found.values() if not f.unsure))

    def __str__(self) -> str:
        return (
            f"{self.caught} of {self.told} lies caught (nearest {self.nearest:.2f}), {self.doubted} of {self.honest} "
            f"honest numbers doubted (worst {self.worst:.2f}), {self.unread} and {self.unsure} of them not read"
        )


def test_every_planted_lie_is_caught_and_no_honest_number_is_doubted(
    network: Film, chain: Film, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rates = {"digits": Rates(), "second reader": Rates()}
    for film in (network, chain):
        for copy in (None, forged(film, tmp_path / "23.mp4", crf=23), forged(film, tmp_path / "30.mp4", crf=30)):
            found = film.found(copy)
            for reader, rate in rates.items():
                rate.see_honest([finding for finding in found if finding.check == reader])
        for seed in SEEDS:
            edits, lies = planted(film, seed)
            found = film.found(forged(film, tmp_path / "lie.mp4", edits))
            for reader, rate in rates.items():
                rate.see_lies([finding for finding in found if finding.check == reader], lies)
    with capsys.disabled():
        print("", *(f"{reader}: {rate}" for reader, rate in rates.items()), sep="\n")
    for rate in rates.values():
        assert rate.told >= 200
        assert rate.honest >= 200
        assert rate.caught == rate.told - rate.unread
        assert rate.doubted == 0
        assert rate.unread + rate.unsure <= rate.told / 50
    assert rates["digits"].unread + rates["digits"].unsure == 0
