"""Audit spokes, which are gradients from hub to pitch circle, and pushes at teeth, which are the same at every one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.things.shapes import arrow, disc, rectangle
from studio.audit.geometry import Space, Verdict
from studio.audit.outlined import Numbers, Shape
from studio.audit.things.riding import Riding

__all__ = ["SPOKE", "TOOTH_PUSH"]

_NONE: Final = Shape(np.zeros((0, 2)))
_HUB: Final = np.zeros(3)
_WIDE, _RIM, _EYE, _CLEAR = 0.085, 0.028, 0.075, 0.03  # frame units, stated a second time, on purpose
_SHAFT, _HEAD, _DOT = 0.07, 0.2, 0.055


class Spoke(Riding):
    """A bar from the hub, hollow where its gradient is negative."""

    roles = ("length",)

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield numbers and place, and whether the wheel that it stands on is that of its own gradient."""
        yield from super().verdicts(space, row, sample, live)
        plan = space.wheels.plan(row, sample)
        if plan is not None and plan.quantity != row.quantity:
            yield math.inf, f"the settings plan no wheel {row.wheel!r} of {row.quantity}", sample

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return wash and ink of the bar, and over its beginning the ground round the hub, and the hub."""
        length, turn = drawn["length"], sizes.get("direction", 0.0)
        if length == 0.0:
            return [_NONE] * 4
        along = np.array([math.cos(turn), math.sin(turn), 0.0])
        bar = rectangle(_HUB, along * abs(length), _WIDE)
        hub = [Shape(disc(_HUB, _EYE + _CLEAR)), Shape(disc(_HUB, _EYE))]
        if length > 0.0:
            return [_NONE, Shape(bar), *hub]
        rim = min(_RIM, abs(length) / 3)
        inside = rectangle(along * rim, along * (abs(length) - rim), _WIDE - 2 * _RIM)
        return [Shape(bar, faint=True), Shape(np.concatenate([bar, inside[::-1]])), *hub]


class ToothPush(Riding):
    """A dot where two wheels meet, and an arrow along the rim."""

    roles = ("length",)
    unsigned = frozenset(roles)
    ahead = True

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield numbers and place, and whether force times arm turns its wheel the way of the push on that shaft."""
        yield from super().verdicts(space, row, sample, live)
        plan = space.wheels.plan(row, sample)
        if plan is None or plan.ahead is None:
            return
        on_shaft = space.value_at(plan.quantity, sample.frame, False) or 0.0
        moment = row.sizes.get("way", 0.0) * plan.pitch_radius * math.cos(plan.ahead)
        if not _is_positive(moment, on_shaft, plan.share):
            yield math.inf, f"it turns its wheel against the push of {on_shaft!r} on that shaft", sample

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return what it clears, the arrow, and the dot."""
        length, way = drawn["length"], math.copysign(1.0, sizes.get("way", 1.0))
        if not length > 0.0:
            return [_NONE] * 3
        up = np.array([0.0, way, 0.0])
        size = min(_HEAD, length / 2)
        shaft, head = arrow(_HUB, up * length, width=_SHAFT, head=_HEAD, filled=True)
        room = rectangle(_HUB, up * (length - size), _SHAFT * size / _HEAD + 2 * _CLEAR)
        clear = np.concatenate([disc(_HUB, _DOT + _CLEAR), room[::-1]])
        return [Shape(clear), Shape(np.concatenate([shaft, head])), Shape(disc(_HUB, _DOT))]


def _is_positive(*factors: float) -> bool:
    """Return whether a product is more than 0, however tiny its factors are.

    Examples
    --------
    >>> _is_positive(1e-200, 1e-200), _is_positive(-1e-200, 1e-200), _is_positive(0.0, 1.0)
    (True, False, False)
    """
    return bool(np.prod(np.sign(factors)) > 0.0)


SPOKE: Final = Spoke()
TOOTH_PUSH: Final = ToothPush()
