"""What lets a wheel change its place or its size: its plan for each value of the input that a sweep moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from scenes.parts.plans.wheel_plan import WheelPlan
from scenes.parts.things.base import Source

__all__ = ["Following"]


@dataclass(frozen=True)
class Following:
    """The plan of one wheel as it stands on each frame.

    Attributes
    ----------
    source
        The input that it follows, live.
    plans
        The plans of such wheels by name, for an input.
    key
        Name of the wheel.
    """

    source: Source
    plans: Callable[[float], Mapping[str, WheelPlan]]
    key: str

    def __deepcopy__(self, memo: dict[int, Any]) -> Following:
        return self

    @property
    def now(self) -> WheelPlan:
        """The plan for the input of this frame."""
        return self.plans(self.source.now.number)[self.key]
