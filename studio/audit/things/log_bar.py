"""Audit bars on an axis of powers of ten: from the line of 1, as many decades long as the number is away from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from scenes.parts.things.shapes import rectangle
from studio.audit.outlined import Numbers, Outlined, Shape

__all__ = ["LOG_BAR"]

_NONE: Final = Shape(np.zeros((0, 2)))
_RIM, _FINE, _GAP = 0.028, 0.02, 0.25  # frame units, and a share of the width; stated a second time, on purpose


class LogBar(Outlined):
    """A bar about its foot; ``side`` is its width, below 0 where its number is."""

    roles = ("power", "side")

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return wash and ink."""
        long, wide, plus = drawn["power"], abs(drawn["side"]), drawn["side"] > 0
        if long == 0.0:
            ends = [(-0.5, 0.5)] if plus else [(-0.5, -_GAP / 2), (_GAP / 2, 0.5)]
            side = np.array([wide, 0.0, 0.0])
            return [_NONE, Shape(np.concatenate([rectangle(side * a, side * b, _FINE) for a, b in ends]))]
        tip = np.array([0.0, long, 0.0])
        bar = rectangle(np.zeros(3), tip, wide)
        if plus:
            return [_NONE, Shape(bar)]
        rim = tip / abs(long) * min(_RIM, abs(long) / 3)
        inside = rectangle(rim, tip - rim, wide - 2 * min(_RIM, wide / 3))
        return [Shape(bar, faint=True), Shape(np.concatenate([bar, inside[::-1]]))]


LOG_BAR: Final = LogBar()
