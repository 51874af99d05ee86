"""Audit half squares: the leg and the area, each by itself, and the corner at the target."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.things.shapes import disc, polygon
from studio.audit.geometry import Space, Verdict
from studio.audit.outlined import Numbers, Outlined, Shape

__all__ = ["HALF_SQUARE"]

Array = npt.NDArray[np.float64]
_EDGE, _SPECK, _ZERO = 0.032, 0.05, (0.12, 0.06)  # frame units
_NOTHING: Final = np.zeros((0, 3))
_AGREE: Final = 1e-9  # relative


class HalfSquare(Outlined):
    """A right-angled triangle on an axis whose leg is the miss, and whose area the loss."""

    roles = ("area", "leg")
    unsigned = frozenset({"area"})

    def unstated(self, space: Space, row: ShownRow) -> str:
        """Return what is wrong with its scales, which are both that of its axis, or nothing."""
        scales = {row.scale, *(number.scale for number in row.numbers), row.sizes.get("unit")}
        if len(scales) > 1 or len(row.axes) != 2 or row.axes[0] != row.axes[1] or row.across != row.through:
            return "its leg is not measured along the axis that it stands on"
        return super().unstated(space, row)

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield what the base says, whether it stands on its axis, and whether its loss is half a square."""
        yield from super().verdicts(space, row, sample, live)
        if len(sample.ends) != 1 or len(row.axes) != 2:
            return
        _, (x0, y0), (x1, y1) = row.axes[0]
        x, y = sample.ends[0]
        off = abs((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) / (math.hypot(x1 - x0, y1 - y0) or 1.0)
        yield off + abs(y1 - y0), "it does not stand on its axis", sample
        loss, miss = (value.number if value else math.nan for value in (sample.value, *sample.values[:1]))
        agree = abs(loss - miss**2 / 2) <= _AGREE * max(loss, 1e-300)
        yield 0.0 if agree else math.inf, f"{loss!r} is not half the square of {miss!r}", sample

    def moves(self, role: str, drawn: Numbers, sizes: Numbers) -> float:
        """Return how far the upright edge grows with the area, on a leg that stays."""
        return 2 * sizes["unit"] / abs(drawn["leg"]) if role == "area" and drawn["leg"] else 1.0

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return the area and its edges."""
        leg = drawn["leg"]
        if leg == 0.0:
            return [Shape(_NOTHING), Shape(disc(np.zeros(3), *_ZERO))]
        height = 2 * sizes["unit"] * drawn["area"] / abs(leg)
        whole = polygon([[leg, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, height, 0.0]])
        speck = disc(np.zeros(3), _SPECK) if abs(leg) < _SPECK else _NOTHING
        return [Shape(whole, body=True), Shape(np.concatenate([whole, _hole(leg, height), speck]))]


def _hole(leg: float, height: float) -> Array:
    """Return the triangle inside edges of constant width, the other way round."""
    slant = math.hypot(leg, height)
    left = abs(leg) - _EDGE * (abs(leg) + height + slant) / height  # what remains of the leg
    if left <= 0.0 or height <= 0.0:
        return _NOTHING
    up, side = left * height / abs(leg), math.copysign(1.0, leg)
    inner = [[_EDGE, _EDGE + up, 0.0], [_EDGE, _EDGE, 0.0], [_EDGE + left, _EDGE, 0.0]]
    return polygon(np.array(inner) * [side, 1.0, 1.0])


HALF_SQUARE: Final = HalfSquare()
