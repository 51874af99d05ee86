"""The stack: two pushes meet at a node and add, edge to edge, and their sum goes on.

Pushes of one sign lie side by side, so that the sum is as thick as both. Of two signs the smaller one slides over the
larger at the node, edge to edge, and behind it both waste away together: what is left is the sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Scale
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import HOLLOW, RING, Theme
from scenes.parts.things.base import Paint, Source
from scenes.parts.things.branch import Course, band, course
from scenes.parts.things.outlined import Numbers, Outlined
from scenes.parts.things.shapes import disc, rectangle

__all__ = ["Stack"]

Points = npt.NDArray[np.float64]
_NOTHING: Final = np.zeros((0, 3))
_SEAM: Final = 0.03  # between two solid pushes that lie side by side
_LAP: Final = 0.02  # by which a way and what becomes of it lie over one another, so that no hairline parts them
_SLIDES: Final = 12  # straight pieces of where one slides over the other
_WASTES: Final = 24  # and of where both waste away
_END: Final = 1e-9


class Stack(Outlined):
    """Two pushes that come along bent ways to a node, which is the origin, and on its other side their sum.

    Parameters
    ----------
    numbers
        The push of the upper way, that of the lower way, and their sum, on one scale.
    upper, lower
        Where the two ways end, seen from the node; both lie on one side of it.
    lead, foot
        How far they are straight at the node and at their ends.
    fold
        How far both go on side by side, or until nothing but their sum is left, on the other side of the node.
    tail
        How far the sum goes on.
    """

    kind = "stack"
    roles = ("upper", "lower", "sum")
    measures = False  # a dial lies on it, with its letter

    def __init__(
        self,
        numbers: Sequence[Quantity | Source],
        scale: Scale,
        *,
        origin: tuple[float, float],
        upper: tuple[float, float],
        lower: tuple[float, float],
        lead: float,
        foot: float,
        fold: float,
        tail: float,
        theme: Theme,
        colour: str,
    ) -> None:
        rises = {"upper": upper[1], "lower": lower[1]}
        sizes = {
            "across": upper[0],
            **rises,
            "lead": lead,
            "foot": foot,
            "fold": fold,
            "tail": tail,
            "rim": HOLLOW[0],
        }
        wash, ground = theme.mixed(colour, HOLLOW[1]), theme.colour("background")
        shades = wash, colour, wash, colour, ground, ground, colour
        paints = [Paint(shade) for shade in shades]
        super().__init__([(number, scale) for number in numbers], origin=origin, sizes=sizes, paints=paints)

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        """Return wash and ink of what lies below; wash and ink of what slides over it; the seam; and the ring."""
        return cls.poured(drawn, sizes, 1.0, 1.0)

    @classmethod
    def poured(cls, drawn: Numbers, sizes: Numbers, came: float, gone: float) -> Sequence[Points]:
        """Return the outlines where a share of both ways has come, and of the tail behind the node has gone on."""
        upper, lower, total, rim = drawn["upper"], drawn["lower"], drawn["sum"], sizes["rim"]
        seam, against = (abs(lower) - abs(upper)) / 2, upper * lower < 0.0
        middles = {"upper": seam + abs(upper) / 2, "lower": seam - abs(lower) / 2}
        start = sizes["lead"] if against else 0.0
        ways = ((role, _way(sizes, role, middle, start)) for role, middle in middles.items())
        below = [band(way.until(came), drawn[role], rim) for role, way in ways]
        end = sizes["tail"] * gone - (start + _LAP) * (1 - gone)
        until, over = min(end, sizes["fold"]), (_NOTHING, _NOTHING)
        if against:
            under, over = (band(*each, rim) for each in _cancelled(drawn, sizes, seam, until))
            below.append(under)
        else:
            below += [band(_straight(sizes, 0.0, until, middle), drawn[role], rim) for role, middle in middles.items()]
        below.append(band(_straight(sizes, sizes["fold"], end, 0.0), total, rim))
        wash, ink = (np.concatenate(parts) for parts in zip(*below, strict=True))
        between = _seam(drawn, sizes, seam, end) if min(upper, lower) > 0.0 else _NOTHING
        nothing = total == 0.0 and gone >= 1.0
        ring = [disc(_mirrored(sizes, sizes["fold"], 0.0), *radii) for radii in ((RING[0],), RING) if nothing]
        return [wash, ink, *over, between, *(ring or [_NOTHING] * 2)]

    @classmethod
    def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
        """Return how thick both are where they come from, and their sum at its end; negative where it is hollow."""
        wash, ink, *_ = shapes
        middle, found = (sizes["upper"] + sizes["lower"]) / 2, {}
        end = float(_mirrored(sizes, sizes["tail"], 0.0)[0])
        for role, x, side in (("upper", sizes["across"], 1), ("lower", sizes["across"], -1), ("sum", end, 0)):
            at, hollow = (
                part[(np.abs(part[:, 0] - x) < _END) & ((part[:, 1] - middle) * side >= 0), 1] for part in (ink, wash)
            )
            found[role] = float(np.ptp(at)) * (-1.0 if len(hollow) else 1.0) if len(at) else 0.0
        return found

    def unfolded(self, share: float) -> Sequence[Points]:
        """Return it as far as it has come: first along both ways to the node, then the sum on the other side."""
        if share >= 1.0:
            return super().unfolded(share)
        values = (scale.per_unit * source.now.number for source, scale in self.numbers)
        drawn, part = dict(zip(self.roles, values, strict=True)), 0.6
        outlines = self.poured(drawn, self.sizes, min(1.0, share / part), max(0.0, (share - part) / (1 - part)))
        return [np.asarray(points + self.origin) for points in outlines]


def _way(sizes: Numbers, role: str, middle: float, start: float) -> Course:
    """Return the way of one of the two, from its end to so far before the node, where its middle lies so high."""
    begin, lead = float(np.copysign(start, sizes["across"])), sizes["lead"] - start
    return course((begin, middle), (sizes["across"], sizes[role]), lead, sizes["foot"]).back


def _cancelled(drawn: Numbers, sizes: Numbers, seam: float, until: float) -> tuple[tuple[Course, Points], ...]:
    """Return the larger of two pushes against each other, and the smaller, which slides over it, with its thickness.

    Before the node it slides, from where both lie side by side on; behind it both waste away until the sum is left.
    """
    large, small = ("upper", "lower") if abs(drawn["upper"]) >= abs(drawn["lower"]) else ("lower", "upper")
    side, lead, fold = (1.0 if large == "upper" else -1.0), sizes["lead"], sizes["fold"]
    behind = np.concatenate([np.linspace(-lead - _LAP, 0.0, _SLIDES + 1), np.linspace(0.0, fold, _WASTES + 1)[1:]])
    behind = np.append(behind[behind < until], until) if until > behind[0] else behind[:0]
    slid, left = _eased(1.0 + behind / lead), 1.0 - _eased(behind / fold)
    thick = {small: abs(drawn[small]) * left}
    thick[large] = abs(drawn["sum"]) + thick[small]
    middle = (seam + side * abs(drawn[large]) / 2) * (1.0 - slid)
    over = middle - side * thick[large] / 2 + side * thick[small] / 2 * (2 * slid - 1.0)
    found = []
    for role, high in ((large, middle), (small, over)):
        way = np.stack([-np.sign(sizes["across"]) * behind, high], axis=1)
        found.append(
            (Course(way, np.array([[0.0, 1.0]] * len(way)).reshape(-1, 2)), thick[role] * np.sign(drawn[role]))
        )
    return tuple(found)


def _eased(share: Points) -> Points:
    """Return a share from 0 to 1 that sets out and arrives gently."""
    within = np.clip(share, 0.0, 1.0)
    return np.asarray(within * within * (3.0 - 2.0 * within))


def _straight(sizes: Numbers, start: float, end: float, middle: float) -> Course:
    """Return a level piece behind the node; one that has not begun has no length."""
    if end <= start:
        return Course(np.zeros((0, 2)), np.zeros((0, 2)))
    one, other = (_mirrored(sizes, at, middle) for at in (start, end))
    return course((float(one[0]), middle), (float(other[0]), middle))


def _mirrored(sizes: Numbers, behind: float, y: float) -> Points:
    """Return a point so far behind the node: on the side where the ways are not."""
    return np.array([-np.sign(sizes["across"]) * behind, y, 0.0])


def _seam(drawn: Numbers, sizes: Numbers, y: float, until: float) -> Points:
    """Return the line between two that lie side by side, from where they meet as far as both go on."""
    thick = min(_SEAM, drawn["upper"] / 3, drawn["lower"] / 3)
    return rectangle(_mirrored(sizes, -sizes["lead"], y), _mirrored(sizes, until, y), thick)
