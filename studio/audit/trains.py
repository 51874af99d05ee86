"""Trains as wholes: wheels that mesh stand about one origin, and so does what rides on them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

from scenes.parts.film.ledger import Ledger, Pixel, SampleRow, ShownRow
from studio.audit.finding import Finding
from studio.audit.geometry import LIMIT
from studio.audit.planned import PlannedWheels

__all__ = ["check_trains"]

Standing = tuple[int, int, Pixel, ShownRow, SampleRow]


def check_trains(ledger: Ledger, wheels: PlannedWheels) -> Iterator[Finding]:
    """Yield for each train whether all that belongs to it stands about one origin on every frame."""
    trains: dict[str, list[Standing]] = defaultdict(list)
    for row in ledger.shown:
        for first, last, sample in _standing(row):
            plan = wheels.plan(row, sample)
            if plan is not None and sample.stands is not None:
                trains[plan.train].append((first, last, sample.stands, row, sample))
    for name, standing in trains.items():
        yield _checked(name, sorted(standing, key=lambda one: one[0]))


def _standing(row: ShownRow) -> Iterator[tuple[int, int, SampleRow]]:
    """Yield from which frame to which each sample of what is on a wheel holds."""
    for span in row.spans if row.wheel is not None else ():
        for sample in span.samples:
            yield sample.frame, span.last if span.state == "resting" else sample.frame, sample


def _checked(name: str, standing: list[Standing]) -> Finding:
    """Return the largest distance of two origins that hold on one frame."""
    worst, said, at = 0.0, "", standing[0]
    holds: list[Standing] = []
    for one in standing:
        holds = [other for other in holds if other[1] >= one[0]]
        for other in holds:
            if (off := math.dist(one[2], other[2])) > worst:
                worst, at = off, one
                said = f"{one[3].name} and {other[3].name} of one train stand about two origins"
        holds = [*(other for other in holds if other[2] != one[2] or other[1] > one[1]), one]
    ok = worst <= LIMIT
    what = at[3].name
    return Finding("geometry", what, at[4].frame, at[4].box, worst, LIMIT, "px", ok, "" if ok else f"{what}: {said}")
