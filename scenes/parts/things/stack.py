"""The stack: two pushes meet at a node and add, edge to edge, and their sum goes on.

Pushes of one sign lie side by side, so that the sum is as thick as both. Of two signs the smaller one is folded over
the larger, edge to edge: what sticks out is the sum.
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
        How far both go on side by side, or one folded over the other, to the other side of the node.
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
        shades = wash, colour, ground, wash, colour, ground, ground, colour
        paints = [Paint(shade) for shade in shades]
        super().__init__([(number, scale) for number in numbers], origin=origin, sizes=sizes, paints=paints)

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        """Return wash and ink of what lies below; ground, wash and ink of what is folded over; seam; and the ring."""
        return cls.poured(drawn, sizes, 1.0, 1.0)

    @classmethod
    def poured(cls, drawn: Numbers, sizes: Numbers, came: float, gone: float) -> Sequence[Points]:
        """Return the outlines where a share of both ways has come, and of the tail behind the node has gone on."""
        upper, lower, total, rim = drawn["upper"], drawn["lower"], drawn["sum"], sizes["rim"]
        seam = (abs(lower) - abs(upper)) / 2
        middles = {"upper": seam + abs(upper) / 2, "lower": seam - abs(lower) / 2}
        below = [band(_way(sizes, role, middle).until(came), drawn[role], rim) for role, middle in middles.items()]
        over, clear = (_NOTHING, _NOTHING), _NOTHING
        end = gone * sizes["tail"]
        until = min(end, sizes["fold"])
        if upper * lower >= 0.0 or 0.0 in (upper, lower):
            below += [band(_straight(sizes, 0.0, until, middle), drawn[role], rim) for role, middle in middles.items()]
            rest = 0.0
        else:
            large, small = ("upper", "lower") if abs(upper) >= abs(lower) else ("lower", "upper")
            side = 1.0 if large == "upper" else -1.0
            folded = _straight(sizes, 0.0, until, seam + side * abs(drawn[small]) / 2)
            below.append(band(_straight(sizes, 0.0, until, middles[large]), drawn[large], rim))
            over, clear = band(folded, drawn[small], rim), band(folded, abs(drawn[small]), rim)[1]
            rest = seam + side * (abs(drawn[large]) - abs(total) / 2)
        below.append(band(_straight(sizes, sizes["fold"], end, rest), total, rim))
        wash, ink = (np.concatenate(parts) for parts in zip(*below, strict=True))
        between = _seam(drawn, sizes, seam, until) if min(upper, lower) > 0.0 else _NOTHING
        nothing = total == 0.0 and gone >= 1.0
        ring = [disc(_mirrored(sizes, sizes["fold"], 0.0), *radii) for radii in ((RING[0],), RING) if nothing]
        return [wash, ink, clear, *over, between, *(ring or [_NOTHING] * 2)]

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


def _way(sizes: Numbers, role: str, middle: float) -> Course:
    """Return the way of one of the two, from its end to the node, where its middle lies so high."""
    return course((0.0, middle), (sizes["across"], sizes[role]), sizes["lead"], sizes["foot"]).back


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
