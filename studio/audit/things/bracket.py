"""Audit brackets: they are as long as a push of 1 is thick."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.things.shapes import rectangle
from studio.audit.geometry import Space, Verdict
from studio.audit.outlined import Numbers, Outlined, Shape

__all__ = ["BRACKET"]

_THICK: Final = 0.02  # frame units


class Bracket(Outlined):
    """An upright bar of one unit of the ribbon's scale, with a line across each end."""

    roles = ("length",)
    unsigned = frozenset(roles)

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield what the base says, and whether it stands for 1."""
        yield from super().verdicts(space, row, sample, live)
        is_one = sample.value is not None and sample.value.number == 1.0
        yield 0.0 if is_one else math.inf, "it does not stand for a push of 1", sample

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return the bar and both lines across."""
        thick = min(_THICK, drawn["length"] / 3)
        top, half, edge = drawn["length"] / 2, sizes["half"], thick / 2
        ends = [(np.array([-half, y, 0.0]), np.array([half, y, 0.0])) for y in (edge - top, top - edge)]
        bar = rectangle(np.array([0.0, 2 * edge - top, 0.0]), np.array([0.0, top - 2 * edge, 0.0]), _THICK)
        return [Shape(np.concatenate([bar, *(rectangle(a, b, thick) for a, b in ends)]))]


BRACKET: Final = Bracket()
