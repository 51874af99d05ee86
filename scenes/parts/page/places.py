"""Where things stand, in frame units: regions and places. y runs upward."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from scenes.parts.page.needs import SLACK


@dataclass(frozen=True)
class Region:
    """A rectangle of the frame."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Region, slack: float = SLACK) -> bool:
        """Say whether two overlap by more than the slack in both directions."""
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > slack and min(self.top, other.top) - max(self.bottom, other.bottom) > slack

    def holds(self, other: Region, slack: float = SLACK) -> bool:
        """Say whether another lies within it."""
        wide = self.left - slack <= other.left and other.right <= self.right + slack
        return wide and self.bottom - slack <= other.bottom and other.top <= self.top + slack


@dataclass(frozen=True)
class Place:
    """Where a thing stands: its origin, how far it may reach from it, its form, the beats that show it (none: all)."""

    name: str
    x: float
    y: float
    left: float
    right: float
    up: float
    down: float
    form: int = 0
    beats: tuple[str, ...] = ()

    @cached_property
    def region(self) -> Region:
        """The rectangle that is kept for it."""
        return Region(self.x - self.left, self.y - self.down, self.x + self.right, self.y + self.up)
