"""The train: one gear per variable, whose pitch radius is the gradient.

r_l = scale * |delta_l|. Then a mesh turns r_l / r_{l+1} = |local_l| times as much out as in, every rim runs at the same
speed, the same push stands at every tooth, and what is felt on a shaft is force times arm: delta_l. A bare mesh
reverses, which is a negative local derivative; a positive one has an idler between.

A quantity that grows turns its gear counter-clockwise. Source: virtual work, sum of torque times turn = 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scenes.parts.gears.rim import Reach, count_at, nearest_module, spread_teeth
from scenes.parts.gears.rows import Disc, DoesNotFit, Hubs, NoRoom, Room, fold, free_room, line_up
from scenes.parts.gears.wheels import ADDENDUM, FEWEST_TEETH, Train, Wheel, circle, towards

__all__ = ["FEWEST_TEETH", "DoesNotFit", "NoRoom", "Train", "Wheel", "circle", "lay_out", "roll_out"]

REACH = 2 * math.pi / 3
"""Turn of the smallest gear with teeth, each way, for which the pitch is kept exact as far as there is room."""


def lay_out(
    deltas: Sequence[float],
    locals_: Sequence[float],
    scale: float,
    *,
    width: float = 13.4,
    height: float = 6.0,
    centre: tuple[float, float] = (0.0, 0.0),
    rows: int = 2,
    idler_radius: float = 0.5,
    gear_module: float = 0.06,
    way: int = 0,
) -> Train:
    """Lay out the train of a scalar chain from its deltas and the signs of its local derivatives.

    Parameters
    ----------
    deltas
        dL/dh_l at every node, front to back; at least two.
    locals_
        Local derivative of each step, one fewer; only the signs are used.
    scale
        Length per unit of delta.
    width, height
        Room for the pitch circles side by side, and for whole wheels one above another.
    centre
        Middle of the train.
    rows
        1: on one line only; 2: in two rows if one line is too long.
    idler_radius
        Of every idler but those round the turn of two rows, which may be larger.
    gear_module
        The largest module; the train takes one at most 20 % smaller, with which its teeth keep step best.
    way
        +1 or -1 if the first gear will only ever stand that way from its rest, positive or negative; then teeth keep
        step further that way, and hardly the other. 0 for both ways.

    Raises
    ------
    DoesNotFit
        With the largest scale that fits.
    NoRoom
        No scale does.
    ValueError
        The deltas are not finite or do not have the signs that the local derivatives give them.

    Examples
    --------
    >>> train = lay_out([0.3417, 0.2847, 0.9335, -1.1669, 1], [1.2, 0.305, -0.8, -1.1669], 1.35)
    >>> [(wheel.kind, round(wheel.centre[0], 2), round(wheel.pitch_radius, 3)) for wheel in train.wheels[:3]]
    [('gear', -5.57, 0.461), ('idler', -4.61, 0.5), ('gear', -3.72, 0.384)]
    """
    _check(deltas, locals_, (scale, idler_radius, gear_module))
    room = Room(width, height, ADDENDUM * gear_module)
    discs, hubs = _placed(deltas, locals_, scale, idler_radius, gear_module, room, rows)
    return _with_teeth(discs, hubs + np.asarray(centre), np.sign(deltas), scale, gear_module, way)


def roll_out(
    deltas: Sequence[float],
    locals_: Sequence[float],
    scale: float,
    *,
    width: float = 13.4,
    height: float = 6.0,
    centre: tuple[float, float] = (0.0, 0.0),
    idler_radius: float = 0.5,
    gear_module: float = 0.06,
) -> tuple[Wheel, ...]:
    """Lay out the train without teeth, on one line: pitch circles that roll on one another.

    Teeth are whole, so a gear with teeth cannot grow little by little; its pitch circle can, while x moves.

    Parameters
    ----------
    deltas, locals_, scale, width, height, centre, idler_radius, gear_module
        As for `lay_out`: there is room for the teeth that the wheels have at rest.

    Raises
    ------
    DoesNotFit, NoRoom, ValueError
        As for `lay_out`.

    Examples
    --------
    >>> [round(wheel.pitch_radius, 2) for wheel in roll_out([0.04, 0.033, 1.03], [1.2, 0.032], 1.0)]
    [0.04, 0.5, 0.03, 0.5, 1.03]
    """
    _check(deltas, locals_, (scale, idler_radius, gear_module))
    room = Room(width, height, ADDENDUM * gear_module)
    discs, hubs = _placed(deltas, locals_, scale, idler_radius, gear_module, room, rows=1)
    signs = [0 if disc.node is None else int(np.sign(deltas[disc.node])) for disc in discs]
    return tuple(
        Wheel(disc.kind, disc.node, (float(x), float(y)), disc.radius, 0, 0.0, sign)
        for disc, (x, y), sign in zip(discs, hubs + np.asarray(centre), signs, strict=True)
    )


def _placed(
    deltas: Sequence[float],
    locals_: Sequence[float],
    scale: float,
    idler_radius: float,
    gear_module: float,
    room: Room,
    rows: int,
) -> tuple[list[Disc], Hubs]:
    """Return the wheels in order and their hubs; DoesNotFit or NoRoom, as `lay_out` says."""

    def place(at: float, idlers: float) -> tuple[list[Disc], Hubs] | None:
        discs = _discs(deltas, locals_, at, idlers, gear_module)
        hubs = line_up(discs)
        if room.holds(discs, hubs):
            return discs, hubs
        return fold(discs, idlers, room) if rows == 2 else None

    placed = place(scale, idler_radius)
    if placed is None:
        where = f"{'on one line ' if rows == 1 else ''}within {room.width:.4g} by {room.height:.4g}"
        raise _refusal(place, scale, idler_radius, where)
    return placed


def _check(deltas: Sequence[float], locals_: Sequence[float], lengths: Sequence[float]) -> None:
    if len(deltas) < 2 or len(locals_) != len(deltas) - 1:
        raise ValueError(f"{len(deltas)} deltas and {len(locals_)} local derivatives: one fewer than deltas are wanted")
    if not (np.isfinite([*deltas, *locals_, *lengths]).all() and min(lengths) > 0):
        raise ValueError("deltas and local derivatives must be finite; scale, idler radius and module more than 0, too")
    for i, ((front, back), slope) in enumerate(zip(pairwise(deltas), locals_, strict=True)):
        if front and np.sign(front) != np.sign(slope) * np.sign(back):
            raise ValueError(f"delta {i} is {front:.4g}, but has the sign of local {slope:.4g} times delta {back:.4g}")


def _discs(
    deltas: Sequence[float], locals_: Sequence[float], scale: float, idler_radius: float, gear_module: float
) -> list[Disc]:
    """Return the wheels in order, idlers where a mesh must not reverse."""
    found: list[Disc] = []
    free = free_room(sum(not delta for delta in deltas))
    for node, delta in enumerate(deltas):
        radius = scale * abs(delta)
        if node and deltas[node - 1] and locals_[node - 1] > 0:
            found.append(Disc("idler", None, idler_radius, idler_radius))
        toothed = 2 * radius >= FEWEST_TEETH * gear_module
        found.append(Disc("free" if not radius else "gear" if toothed else "dot", node, radius, radius or free))
    return found


def _refusal(place: Callable[[float, float], object], scale: float, idler_radius: float, where: str) -> DoesNotFit:
    """Find the largest scale that fits; with smaller idlers, if these are too wide at any scale."""
    for idlers in idler_radius * 0.8 ** np.arange(20):
        radius = idler_radius if idlers == idler_radius else _rounded_down(idlers)
        found = _largest(place, radius, scale)
        if found is not None:
            also = "" if idlers == idler_radius else f" with idlers of radius {radius}, not {idler_radius:.4g}"
            text = f"the train does not fit {where} at scale {scale:.4g}; scale {found} does{also}"
            return DoesNotFit(text, found, radius)
    raise NoRoom(f"no train of these gradients fits {where} at any scale; fewer stages or gentler slopes would")


def _largest(place: Callable[[float, float], object], idlers: float, scale: float) -> float | None:
    """Return the largest scale of three digits, up to the given one, that fits; None if a ten-thousandth does not."""

    def fits(at: float) -> bool:
        return at <= scale and place(_rounded_down(at), idlers) is not None

    at = next((at for at in scale * 0.85 ** np.arange(57) if fits(at)), None)
    if at is None:
        return None
    step = 0.85**0.5
    for _ in range(9):
        at, step = (at / step if fits(at / step) else at), step**0.5
    return _rounded_down(at)


def _rounded_down(scale: float) -> float:
    """Three significant digits, never more than was given."""
    unit = 10.0 ** (math.floor(math.log10(scale)) - 2)
    return float(f"{math.floor(scale / unit) * unit:.3g}")


def _with_teeth(
    discs: Sequence[Disc], hubs: Hubs, signs: NDArray[np.float64], scale: float, gear_module: float, way: int
) -> Train:
    toothed = [disc.kind == "gear" or _beside_gear(discs, i) for i, disc in enumerate(discs)]
    sides = [[j for j in (i - 1, i + 1) if 0 <= j < len(discs) and toothed[j]] for i in range(len(discs))]
    radii = np.array([disc.radius for disc, has in zip(discs, toothed, strict=True) if has])
    mates = np.array([len(side) for side, has in zip(sides, toothed, strict=True) if has])
    reaches = _reaches(discs, REACH * min(radii, default=0.0), way)
    module = nearest_module(radii, mates, reaches[-1], gear_module)
    wheels: list[Wheel] = []
    for i, (disc, (x, y)) in enumerate(zip(discs, hubs, strict=True)):
        sense = int(signs[disc.node]) if disc.node is not None else -wheels[-1].sense
        wheel = Wheel(disc.kind, disc.node, (float(x), float(y)), disc.radius, 0, 0.0, sense)
        if toothed[i]:
            before = wheels[-1] if i and toothed[i - 1] else None
            wheel = _toothed(wheel, [towards(wheel.centre, hubs[j]) for j in sides[i]], before, module, reaches[i])
        wheels.append(wheel)
    return Train(tuple(wheels), scale, module)


def _reaches(discs: Sequence[Disc], reach: float, way: int) -> list[Reach]:
    """How far each rim may move clockwise and counter-clockwise: every contact reverses."""
    if not way:
        return [(reach, reach)] * len(discs)
    found: list[Reach] = [(0.0, reach) if way > 0 else (reach, 0.0)]
    for front, _ in pairwise(discs):
        found.append(found[-1] if front.kind == "free" else found[-1][::-1])
    return found


def _beside_gear(discs: Sequence[Disc], i: int) -> bool:
    """Whether this is an idler and one of the two variables that it joins has a gear with teeth."""
    if discs[i].kind != "idler":
        return False
    ends = [next(disc.kind for disc in side if disc.kind != "idler") for side in (discs[i::-1], discs[i:])]
    return "gear" in ends


def _toothed(wheel: Wheel, mates: list[float], before: Wheel | None, module: float, reach: Reach) -> Wheel:
    """Return the wheel with teeth, in phase with the one before it, if that has any."""
    count = 0.0
    if before is not None:
        count = 0.5 - count_at(before.tooth_angles, mates[0] + math.pi - before.rest_angle)
    angles = spread_teeth(wheel.pitch_radius, module, mates or [0.0], count, reach)
    return replace(
        wheel, teeth=len(angles), rest_angle=float(angles[0]), tooth_angles=tuple((angles - angles[0]).tolist())
    )
