"""Wheels that are not round: each turns as its own quantity does, and how far it has turned is what it measures.

One of a function gear's pair, a flat toothed ring with fine lines where x is a round number, so that lines of both meet
at the contact one by one; or the disc or the ring of a lug and stop.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from scenes.parts.gears.profile import DISC, DRIVEN, RING, profile_of
from scenes.parts.measure import Axis, Scale
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import HOLLOW, STROKES_PER_UNIT, Theme
from scenes.parts.things.answers import Place, Stated
from scenes.parts.things.base import Paint, Source
from scenes.parts.things.centred import Centred
from scenes.parts.things.outlined import Numbers
from scenes.parts.things.shapes import polygon, rectangle, spatial

__all__ = ["Sector"]

Points = npt.NDArray[np.float64]
_NOTHING: Final = np.zeros((0, 3))
_LINE: Final = 0.026  # width of a fine line, in frame units
_SLACK: Final = 0.1  # radians beyond which a wheel does not turn: what is less than no turn is rounding


class Sector(Centred):
    """A wheel that is not round.

    Parameters
    ----------
    source, scale
        The quantity that turns it, and radians per unit.
    wheel
        Its name among the profiles of the settings.
    profile
        The numbers that its outline follows from.
    """

    kind = "sector"
    roles = ("turn",)
    measures = False  # its name stands in its hub

    def __init__(
        self,
        source: Quantity | Source,
        scale: Scale,
        *,
        wheel: str,
        profile: Mapping[str, float],
        centres: Axis,
        theme: Theme,
        colour: str,
    ) -> None:
        self.wheel, self.profile = wheel, dict(profile)
        hollow = profile_of(profile).hollow
        sizes = {"size": centres.scale.per_unit, "line": _LINE, **profile}
        rim = Paint(colour, stroke=HOLLOW[0] * STROKES_PER_UNIT) if hollow else Paint(colour)
        wash = Paint(theme.mixed(colour, HOLLOW[1]))
        paints = [Paint(theme.colour("body")), wash, rim, Paint(theme.colour("ink"))]
        far = profile["part"] == DRIVEN
        super().__init__([(source, scale)], centres=centres, far=far, sizes=sizes, paints=paints)

    def fields(self, place: Place) -> dict[str, Any]:
        """Return the name of its profile."""
        return {**super().fields(place), "wheel": self.wheel}

    def unstated(self, stated: Stated) -> str | None:
        """Return whether the settings give it another profile."""
        if stated.profiles.get(self.wheel) != self.profile:
            return f"{self.name}: the settings know no such wheel {self.wheel!r}"
        return super().unstated(stated)

    @property
    def lines(self) -> Sequence[Points]:
        """The outline of each of its fine lines, as it stands now; in their order along x."""
        return np.split(self.submobjects[3].points, max(1, len(self.submobjects[3].points) // 16))

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        """Return body, wash and rim of its ring, and its fine lines."""
        wheel, size = profile_of(sizes), sizes["size"]
        turned = wheel.turned(drawn["turn"])
        c, s = math.cos(turned), math.sin(turned)
        turn = size * np.array([[c, s], [-s, c]])
        body, band = (polygon(spatial(p @ turn)) if len(p) else _NOTHING for p in (wheel.body, wheel.band))
        ends = [spatial(line @ turn) for line in wheel.lines]
        lines = np.concatenate([_NOTHING, *(rectangle(a, b, sizes["line"]) for a, b in ends)])
        if sizes["part"] == RING:
            return [_NOTHING, _NOTHING, np.concatenate([body, band[::-1]]), lines]
        if sizes["part"] == DISC:
            return [_NOTHING, _NOTHING, body, lines]
        return [body, band if wheel.hollow else _NOTHING, band, lines]

    @classmethod
    def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
        """Return how far it is turned, told by the first point of its body."""
        wheel, (x, y, _) = profile_of(sizes), next(points for points in shapes if len(points))[0]
        angle = math.atan2(y, x) - math.atan2(wheel.body[0, 1], wheel.body[0, 0])
        least = _least(sizes) - _SLACK
        return {"turn": wheel.turn(least + (angle - least) % math.tau)}


def _least(sizes: Numbers) -> float:
    """Return the least angle that a wheel is turned by: drivers turn onward, driven ones back, less than a turn."""
    return {DISC: sizes["k"] * sizes["low"], DRIVEN: 2 * _SLACK - math.tau}.get(int(sizes["part"]), 0.0)
