"""How far dials turn and how thick ribbons are: what every scene with dials and ribbons asks of its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from core.errors import CoreError
from scenes.parts.settings.faults import Problem
from scenes.parts.settings.fitting import round_below, round_up

__all__ = ["half_turn", "too_thick"]

FARTHEST, HEADROOM = 1e300, 1.02
"""The largest value that a dial shows, and room for what lies between the values that were asked."""


def half_turn(values: Iterable[float]) -> float:
    """Return what half a turn of a dial stands for: 1, 2, 5 x 10^k, no smaller than any of the values.

    Raises
    ------
    CoreError
        A value is beyond what a dial shows: what a whole turn of it stands for would be no finite number.

    Examples
    --------
    >>> half_turn([0.3, -1.0]), half_turn([0.8, 0.1])
    (2.0, 1.0)
    """
    largest = max(abs(value) for value in values)
    if largest > FARTHEST:
        raise CoreError(f"a value reaches {largest:.4g}, and a dial shows none beyond {FARTHEST:.0e}")
    return round_up(max(1.0, HEADROOM * largest))


def too_thick(scale: float | str, drawn: Mapping[str, float], most: float) -> Iterator[Problem]:
    """Yield the problem of a typed scale that draws something too thick, with the scale that would do.

    Parameters
    ----------
    scale
        Units per 1, or ``auto``, which always fits.
    drawn
        How large each thing is that is drawn so thick, by its name.

    Examples
    --------
    >>> [problem.message for problem in too_thick(0.5, {"dL_dy": -3.0}, 0.9)]
    ['0.5 would draw dL_dy 1.5 units thick, and 0.9 is the most that fits; 0.299 would fit']
    """
    name = max(drawn, key=lambda name: abs(drawn[name]))
    size = abs(drawn[name])
    if not isinstance(scale, str) and scale * size > most:
        told = f"{scale!r} would draw {name} {scale * size:.4g} units thick, and {most} is the most that fits"
        yield Problem(("scale",), f"{told}; {round_below(most / size)!r} would fit")
