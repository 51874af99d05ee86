"""Where the teeth of a wheel in a train stand, when its circumference is no whole number of pitches.

A train fixes every radius (it is the gradient) and shares one pitch, so a wheel has room for 16.4 teeth or so and must
carry 16 or 17. Spaced evenly, they would run out of step with the mate by that fraction in every turn, and cut into it.
Here they stand at the exact pitch on both sides of every mesh, as far as they come into it, and the difference is
spread over the teeth between, which meet nobody. For turns that stay within, a mesh is as true as with whole numbers.

A *count* is a continuous tooth number: it grows by one from tooth to tooth, counter-clockwise.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Reach", "count_at", "nearest_module", "spread_teeth"]

Floats = NDArray[np.float64]

IN_MESH = 1.5
"""Pitches on either side of the line of centres within which teeth of two wheels can meet."""

GIVE = 0.125
"""How much longer or shorter a pitch may become where the difference is spread, while there is room for more teeth."""


Reach = tuple[float, float]
"""How far a rim may move clockwise, and counter-clockwise, from rest: two lengths, neither negative."""


def nearest_module(radii: Floats, mates: Floats, reach: Reach, largest: float) -> float:
    """Choose the module, at most 20 % below the largest, with which a train keeps step best.

    For each wheel it is known how many teeth it lacks or has too many and how many of them come into mesh when the rim
    moves by `reach`. The module is the one for which that is least on the worst wheel, and among equals the one whose
    wheels are nearest to whole numbers of teeth.

    Parameters
    ----------
    radii, mates
        Pitch radius of each wheel with teeth, and how many mates it has.

    Examples
    --------
    >>> round(nearest_module(np.array([0.45, 1.0]), np.array([1, 1]), (1.0, 1.0), 0.06), 4)
    0.05
    """
    if not len(radii):
        return largest
    # the exact modules of each wheel are among the candidates, so that one of them can be without any difference
    counts = [range(math.ceil(2 * r / largest), int(2.5 * r / largest) + 1) for r in radii]
    whole = [2 * r / n for r, teeth in zip(radii, counts, strict=True) for n in teeth]
    modules = np.concatenate([np.linspace(0.8, 1.0, 801) * largest, whole])[:, None]
    room = 2 * radii / modules
    arc = 2 * math.pi / np.maximum(mates, 1)
    extra = (np.round(room) - room) / np.maximum(mates, 1)
    less, more = min(reach) / radii, max(reach) / radii
    short, long, between = _parts(arc, extra, 2 * math.pi / room, less, more)
    beyond = np.maximum(less - short, more - long) + math.pi / room
    met = np.abs(extra) * np.clip(beyond / between, 0, 1)
    worst = met.max(axis=1) + 1e-3 * np.max(np.abs(extra) / radii, axis=1) * radii.min()
    return float(modules[np.argmin(worst), 0])


def _parts(arc: Any, extra: Any, pitch: Any, less: Any, more: Any) -> tuple[Floats, Floats, Floats]:
    """Divide the arc between two mates: two angles beside them in which the pitch is exact, and the one between.

    The turn to the one side may be less, to the other more; each wants that much and what is in mesh. Where the arc is
    too short for both, the lesser has its share first. All arguments are numbers or arrays.
    """
    between = np.maximum(1.0, np.abs(extra) / GIVE) * pitch
    exact = np.maximum(arc - between, 0.0)
    short = np.minimum(less + IN_MESH * pitch, exact / 2)
    long = np.minimum(more + IN_MESH * pitch, exact - short)
    return short, long, arc - short - long


def spread_teeth(radius: float, gear_module: float, mates: Sequence[float], count: float, reach: Reach) -> Floats:
    """Directions of a wheel's teeth, ascending within one turn from the first mate on.

    Parameters
    ----------
    radius, gear_module
        Pitch radius and shared module.
    mates
        Directions of the hubs of its mates, at least one.
    count
        The count that is wanted towards the first mate; what the others find there is read by `count_at`.
    reach
        How far the rim may move; the pitch is exact so far, as there is room.
    """
    room = 2 * radius / gear_module
    teeth = round(room)
    ends = [mates[0], *sorted(mates[0] + (mate - mates[0]) % (2 * math.pi) for mate in mates[1:])]
    angles, counts = _knots([*ends, mates[0] + 2 * math.pi], room, teeth, (reach[0] / radius, reach[1] / radius))
    found: Floats = np.interp(np.arange(teeth) + -count % 1.0, counts, angles)
    return found


def _knots(ends: Sequence[float], room: float, teeth: int, turns: tuple[float, float]) -> tuple[Floats, Floats]:
    """Angles from mesh to mesh, and the count at each: straight pieces, at the exact pitch beside every mesh.

    A clockwise turn brings to a mate what lies counter-clockwise of it, at the start of an arc; the other turn what
    lies at the end.
    """
    pitch = 2 * math.pi / room
    angles, counts = [ends[0]], [0.0]
    for start, end in pairwise(ends):
        arc = end - start
        extra = (teeth - room) * arc / (2 * math.pi)
        exact = [float(part) for part in _parts(arc, extra, pitch, min(turns), max(turns))[:2]]
        first, last = exact if turns[0] <= turns[1] else exact[::-1]
        after = counts[-1] + arc / pitch + extra
        angles += [start + first, end - last, end]
        counts += [counts[-1] + first / pitch, after - last / pitch, after]
    return np.array(angles), np.array(counts)


def count_at(tooth_angles: Sequence[float], direction: float) -> float:
    """Continuous tooth number in a direction, by the teeth on either side of it; a full turn adds their number.

    Examples
    --------
    >>> round(count_at([0.0, math.pi / 2, math.pi, 3 * math.pi / 2], -math.pi / 4), 3)
    -0.5
    """
    turns, within = divmod(direction - tooth_angles[0], 2 * math.pi)
    known = np.append(tooth_angles, tooth_angles[0] + 2 * math.pi) - tooth_angles[0]
    return float(turns * len(tooth_angles) + np.interp(within, known, np.arange(len(known))))
