"""Ratios of turns: neighbouring wheels of a frame against each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from studio.audit.finding import Finding
from studio.audit.glance import Turned

__all__ = ["check_ratios"]

_LEAST_TURN: Final = 1.0  # degrees: of less, a ratio is not to be told


def check_ratios(turned: Sequence[Turned]) -> Iterator[Finding]:
    """Yield whether neighbouring wheels of a frame have turned in the ratio that the ledger gives.

    The error is how far the two measured turns, as a point of the plane, are from the line of that ratio, in degrees.
    """
    for one, other in pairwise(sorted(turned, key=lambda wheel: wheel.place)):
        size = float(np.hypot(one.claimed, other.claimed))
        if size < _LEAST_TURN:
            continue
        error = abs(one.measured * other.claimed - other.measured * one.claimed) / size
        said = f"it and {other.glance.name} turn by {one.measured:.3f} and {other.measured:.3f} degrees"
        limit = (one.limit * abs(other.claimed) + other.limit * abs(one.claimed)) / size
        yield one.glance.finding(
            "ratios", error, limit, "deg", f"{said}, not by {one.claimed:.3f} and {other.claimed:.3f}"
        )
