"""Graphs near the point where a function is used, worked out by hand."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import numpy as np

from core.errors import CoreError

KINKED = "relu", "leaky_relu", "abs"
"""Functions with a kink at 0: of their other side more is to be seen."""


def curve_near(
    node: str,
    here: float,
    function: Callable[[Any], Any],
    landmark: float = 0.0,
    past: float = 0.3,
    farthest: float = 1.2,
) -> dict[str, Any]:
    """Up to 122 points about a value, as far as the function is defined and has no pole, and past a landmark nearby."""
    for reach in (farthest, *(each for each in (1.2, 0.6, 0.3, 0.1, 0.03, 0.01) if each < farthest)):
        low, high = here - reach, here + reach
        if reach == farthest and abs(landmark - here) <= 2.0:
            low, high = min(low, landmark - past), max(high, landmark + past)
        at = np.unique(np.append(np.linspace(low, high, 121), here))
        with contextlib.suppress(CoreError):
            made = np.array([float(function(np.float64(one))) for one in at])
            if np.isfinite(made).all() and np.abs(np.diff(made)).max() <= np.ptp(made) / 2:
                return {f"{node}_curve_x": at, f"{node}_curve_y": made}
    return {}
