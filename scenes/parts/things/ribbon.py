"""The ribbon: a push that flows back along an edge, so thick as it is large, and changes at the gate in its middle.

Between gates its thickness is constant; at a gate it changes smoothly. Chevrons say which way it flows. It is solid
where the push is positive, hollow where it is negative: where the two sides differ in sign it changes from one to the
other at the gate, and is not drawn together there. Zero width is kept for exactly zero: such a ribbon ends at the gate,
in a ring.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Scale
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import HOLLOW, RIBBON, RING, Theme
from scenes.parts.things.base import Paint, Source
from scenes.parts.things.outlined import Numbers, Outlined
from scenes.parts.things.shapes import disc, polygon, spatial

__all__ = ["Ribbon"]

Points = npt.NDArray[np.float64]
_NOTHING: Final = np.zeros((0, 3))
_GATE: Final = np.zeros(3)
_BELOW: Final = 0.45  # from its edge to the middle of a number that comes out of it
_STEPS: Final = 24  # straight pieces of a smooth change
_CHEVRON: Final = (0.2, 0.13, 0.05)  # how far beyond the change, half its height at most, and its width along the wire
_THINNEST: Final = 0.14  # of a ribbon that has chevrons


class Ribbon(Outlined):
    """The push on both sides of a gate: what comes out of it on its left, what comes in from the right.

    Parameters
    ----------
    out, into
        The gradient on the left of the gate, and that on its right.
    left, right
        How far the ribbon reaches from the gate, which is its origin.
    onward
        Whether it goes to the right, as a change of what goes in is; a push comes back to the left.
    """

    kind = "ribbon"
    roles = ("out", "into")
    measures = False  # dials lie on it, with their letters

    def __init__(
        self,
        out: Quantity | Source,
        into: Quantity | Source,
        scale: Scale,
        *,
        origin: tuple[float, float],
        left: float,
        right: float,
        theme: Theme,
        colour: str,
        onward: bool = False,
    ) -> None:
        self.onward = onward
        sizes = {"left": left, "right": right, "turn": min(RIBBON, left, right), "rim": HOLLOW[0]}
        sizes["way"] = 1.0 if onward else -1.0
        paints = [
            Paint(theme.mixed(colour, HOLLOW[1])),
            Paint(colour),
            Paint(theme.colour("background")),
            Paint(colour),
        ]
        super().__init__([(out, scale), (into, scale)], origin=origin, sizes=sizes, paints=paints)

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        """Return the wash of what is hollow, all other ink, the ground in chevrons and round a zero, its ring."""
        return cls.poured(drawn, sizes, -sizes["left"])

    @classmethod
    def poured(cls, drawn: Numbers, sizes: Numbers, front: float) -> Sequence[Points]:
        """Return the outlines from a front on, as it pours leftward along its edge."""
        wash, ink = [_NOTHING], [_NOTHING]
        for x, width, hollow in _runs(drawn, sizes, front):
            up = np.stack([x, width / 2], axis=1)
            down = np.stack([x, -width / 2], axis=1)[::-1]
            band = polygon(spatial(np.concatenate([up, down])))
            if not hollow:
                ink.append(band)
                continue
            rim = np.minimum(sizes["rim"], width / 3)[:, None] * np.array([0.0, 1.0])
            wash.append(band)
            ink += [polygon(spatial(np.concatenate([up, (up - rim)[::-1]])))]
            ink += [polygon(spatial(np.concatenate([down + rim[::-1], down[::-1]])))]
        ends = front <= 0.0 and 0.0 in (drawn["out"], drawn["into"])
        ground, ring = (disc(_GATE, RING[0]), disc(_GATE, *RING)) if ends else (_NOTHING, _NOTHING)
        marks = list(_chevrons(drawn, sizes, front))
        ink += [points for points, hollow in marks if hollow]
        cleared = np.concatenate([ground, *(points for points, hollow in marks if not hollow)])
        return [np.concatenate(wash), np.concatenate(ink), cleared, ring]

    @classmethod
    def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
        """Return the thickness at both ends, negative where the ribbon is hollow."""
        wash, ink, *_ = shapes
        found = {}
        for role, x in (("out", -sizes["left"]), ("into", sizes["right"])):
            at = ink[np.abs(ink[:, 0] - x) < 1e-9, 1]
            hollow = bool((np.abs(wash[:, 0] - x) < 1e-9).any())
            found[role] = float(np.ptp(at)) * (-1.0 if hollow else 1.0) if len(at) else 0.0
        return found

    def unfolded(self, share: float) -> Sequence[Points]:
        """Return it at its origin as far as it has come: 0 is nothing, 1 all of it."""
        onward = self.onward
        values = [scale.per_unit * source.now.number for source, scale in self.numbers]
        drawn: Mapping[str, float] = dict(zip(self.roles, values[::-1] if onward else values, strict=True))
        turned = {"left": self.sizes["right"], "right": self.sizes["left"], "way": -1.0} if onward else {}
        sizes, way = {**self.sizes, **turned}, np.array([-1.0 if onward else 1.0, 1.0, 1.0])
        front = sizes["right"] - share * (sizes["right"] + sizes["left"])
        poured = [np.asarray(points * way + self.origin) for points in self.poured(drawn, sizes, front)]
        return super().unfolded(share) if share >= 1.0 else poured

    @property
    def mouth(self) -> Points:
        """Under what comes out of its gate."""
        source, scale = self.numbers[0]
        low = abs(scale.per_unit * source.now.number) / 2 + _BELOW
        aside = np.array([(self.sizes["left"] + self.sizes["turn"]) / 2, low, 0.0])
        return np.asarray(self.origin + self.offset - aside)


def _runs(drawn: Numbers, sizes: Numbers, front: float) -> Iterator[tuple[Points, Points, bool]]:
    """Yield the stretches of a ribbon: where each lies, how thick it is there, and whether it is hollow."""
    out, into, turn = drawn["out"], drawn["into"], sizes["turn"]
    x = np.concatenate([[-sizes["left"]], turn * np.linspace(-1.0, 1.0, _STEPS + 1), [sizes["right"]]])
    whole = ((out, np.full(x.shape, True)),)
    for push, where in whole if _alike(drawn) else ((out, x <= 0), (into, x >= 0)):
        if push != 0 and front < x[where][-1]:
            yield *_from(front, x[where], _widths(drawn, sizes, push, x[where])), push < 0


def _chevrons(drawn: Numbers, sizes: Numbers, front: float) -> Iterator[tuple[Points, bool]]:
    """Yield a chevron on each side of the gate, the way that it flows, and whether the ribbon is hollow there."""
    beyond, high, thick = _CHEVRON
    for push, side, reach in ((drawn["out"], -1, sizes["left"]), (drawn["into"], 1, sizes["right"])):
        at, half = side * (sizes["turn"] + beyond), min(high, abs(push) / 4)
        if abs(push) < _THINNEST or reach < abs(at) + beyond or front > at - half / 2:
            continue
        way = sizes["way"]
        tip, end, back = (
            np.array(p) for p in ((at + way * half / 2, 0.0), (at - way * half / 2, half), (-way * thick, 0.0))
        )
        low = end * [1.0, -1.0]
        yield polygon(spatial(np.array([tip, end, end + back, tip + back, low + back, low]))), push < 0


def _alike(drawn: Numbers) -> bool:
    """Return whether both sides have the same sign; the product of two tiny numbers would be 0."""
    return bool(np.sign(drawn["out"]) * np.sign(drawn["into"]) > 0)


def _widths(drawn: Numbers, sizes: Numbers, push: float, x: Points) -> Points:
    """Return how thick a ribbon is at each x, on the side of the gate where it carries a push."""
    out, into, turn = abs(drawn["out"]), abs(drawn["into"]), sizes["turn"]
    if 0.0 in (out, into):  # it ends at the gate
        return abs(push) * _eased(np.abs(x) / turn)
    share = _eased((x + turn) / (2 * turn))
    return out * (1 - share) + into * share


def _eased(share: Points) -> Points:
    share = np.clip(share, 0.0, 1.0)
    return np.asarray(share**2 * (3 - 2 * share))


def _from(front: float, x: Points, width: Points) -> tuple[Points, Points]:
    """Return what lies on the right of a front."""
    if front <= x[0]:
        return x, width
    later = x > front
    return np.append(front, x[later]), np.append(np.interp(front, x, width), width[later])
