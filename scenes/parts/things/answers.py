"""What a thing answers when the stage asks: what is drawn, what the core says, what the settings must state for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from scenes.parts.measure import Scale

__all__ = ["Place", "Reading", "Remedy", "Stated", "Told", "unstated_scale"]

Place = Callable[[float, float], tuple[float, float]]
"""Where a point of the frame lies in pixels."""


class Remedy(NamedTuple):
    """What a lecturer can do about a thing in the way.

    Attributes
    ----------
    turn
        Its turn among such: 0 words, 1 numbers, 2 what measures.
    told
        What to do.
    key
        The setting to do it to.
    """

    turn: int
    told: str
    key: str


@dataclass(frozen=True)
class Reading:
    """What a thing shows, measured from its drawn outlines, not from the number it was given.

    Attributes
    ----------
    text
        The characters, for lettering.
    value
        The number that its geometry stands for under its scale or axis, for the rest.
    values
        The further numbers that it stands for, where there is more than one.
    ends
        The points between which it is measured, each (x, y) in frame units.
    angle
        By how many radians a wheel has turned from rest, counter-clockwise positive.
    stands
        Where the origin of a wheel's train stands, (x, y) in frame units.
    """

    text: str | None = None
    value: float | None = None
    values: tuple[float, ...] = ()
    ends: tuple[tuple[float, float], ...] = ()
    angle: float | None = None
    stands: tuple[float, float] | None = None


@dataclass(frozen=True)
class Told:
    """What the core says of a thing on one frame; beside it stands what is drawn, its :class:`Reading`.

    Attributes
    ----------
    value
        The number of its own quantity.
    values
        The numbers of the further quantities that it shows.
    turned, followed
        The numbers that turn a wheel, and that its place and size follow.
    script
        What is typeset, for lettering.
    """

    value: float | None = None
    values: tuple[float, ...] = ()
    turned: float | None = None
    followed: float | None = None
    script: str | None = None


class Stated(Protocol):
    """What the settings of a clip state: a thing that goes beyond it may not enter the stage."""

    @property
    def scales(self) -> Sequence[Scale]:
        """Every scale."""

    @property
    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """The range of each axis by its key."""

    @property
    def profiles(self) -> Mapping[str, Mapping[str, float]]:
        """The numbers that the outline of each wheel that is not round follows from."""

    @property
    def formatter(self) -> object:
        """What writes every number."""

    def wrote(self, words: Any) -> bool:
        """Return whether words come from the settings."""

    def planned(self, wheel: Any) -> bool:
        """Return whether a wheel stands as the settings plan it."""


def unstated_scale(name: str, scale: Scale | None, stated: Stated) -> str | None:
    """Return the fault of a scale that no setting states, or None."""
    if scale is None or scale in stated.scales:
        return None
    return f"{name}: a scale of {scale.per_unit!r} units per unit is stated nowhere in the settings"
