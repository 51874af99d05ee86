"""A bar with teeth, as a clip's settings plan it: it does not turn, it slides, as far as its quantity says."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Scale
from scenes.parts.plans.wheel_plan import WheelPlan

__all__ = ["RackPlan"]

STRIP: Final = 0.6  # of the line across a bar: how thick the strip of its way is
START: Final = 0.02  # how wide the bar is where its line stood at the start, in frame units

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class RackPlan(WheelPlan):
    """A rack, or the carriage of a differential, for one input of the sweep that moves it.

    Attributes
    ----------
    centre
        Where the middle of its box stands.
    outline
        About that middle.
    start
        Where the middle stands, x, when its quantity is 0.
    travel_scale
        How far it moves to the right for one unit of its quantity.
    line
        Ends of the line across it, about its middle, shape (2, 2), by which its travel is seen: where that line stood
        at the start stands another, and between both is its way.
    pin
        Where the pin of its arm stands, about its middle; None for a bar without an arm.
    """

    start: float = 0.0
    travel_scale: Scale = field(default_factory=lambda: Scale("scale", 1.0))
    line: Array = field(default_factory=lambda: np.zeros((2, 2)), compare=False)
    pin: tuple[float, float] | None = None

    @property
    def sides(self) -> tuple[float, float, float, float]:
        """How far it reaches from the origin of its train: to the left, to the right, up and down."""
        assert self.outline is not None
        points = self.outline + self.centre
        (left, low), (right, high) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
        return -left, right, high, -low

    @property
    def way(self) -> tuple[Array, Array]:
        """Corners of a thin bar where the line stood at the start, and of the strip from there to the line, (4, 2)."""
        (now, low), (_, high) = self.line.tolist()
        start, inside = now - (self.centre[0] - self.start), 0.5 * (1 - STRIP) * (high - low)
        return (
            _upright((start - START / 2, low), (start + START / 2, high)),
            _upright((min(start, now), low + inside), (max(start, now), high - inside)),
        )

    def after(self, way: float) -> RackPlan:
        """Return the bar when it has moved so far to the right from where it stands now."""
        return replace(self, centre=(self.centre[0] + way, self.centre[1]))

    def travelled(self, x: float) -> float:
        """Return the value for which its middle stands at x."""
        return (x - self.start) / self.travel_scale.per_unit


def _upright(one: tuple[float, float], other: tuple[float, float]) -> Array:
    """Return the corners of an upright rectangle between two of them, from low left on, shape (4, 2)."""
    (left, low), (right, high) = one, other
    return np.array([(left, low), (right, low), (right, high), (left, high)])
