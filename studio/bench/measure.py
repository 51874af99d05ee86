"""Side by side: two things timed in turn, in one process, so that a busy machine slows both."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

ROUNDS = 15
"""Rounds of each comparison; what is reported is the median of their ratios."""

SPAN = 0.02
"""Seconds of processor time that one round spends on each side, at least."""


@dataclass(frozen=True)
class Measure:
    """One line of the report: a ratio, the bar that it should reach and the limit that it must keep."""

    what: str
    ratio: float
    reach: float
    limit: float
    higher_is_better: bool = False
    note: str = ""

    @property
    def verdict(self) -> str:
        """`met`, `kept` (within the limit but short of the bar) or `MISSED`."""
        ratio, reach, limit = (
            (-self.ratio, -self.reach, -self.limit) if self.higher_is_better else (self.ratio, self.reach, self.limit)
        )
        return "met" if ratio <= reach else "kept" if ratio <= limit else "MISSED"


def ratio(ours: Callable[[], object], theirs: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Processor time of `ours` over that of `theirs`: the median over interleaved rounds."""
    sides = [(side, _repeats(side)) for side in (ours, theirs)]
    found = []
    for turn in range(rounds):
        gc.collect()
        order = slice(None, None, 1 if turn % 2 else -1)  # who comes second finds memory warm
        mine, other = [_spent(side, count) / count for side, count in sides[order]][order]
        found.append(mine / other)
    return median(found)


def _repeats(side: Callable[[], object]) -> int:
    """How often to call `side` so that it takes SPAN; the calls also warm it up."""
    count = 1
    while (spent := _spent(side, count)) < SPAN:
        count = max(2 * count, int(count * SPAN / max(spent, 1e-6)))
    return count


def _spent(side: Callable[[], object], count: int) -> float:
    begin = time.process_time()
    for _ in range(count):
        side()
    return time.process_time() - begin
