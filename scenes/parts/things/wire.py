"""What joins things on a page: the edges of a network with their heads, dashed leaders, the bead that runs along."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.errors import StageError
from scenes.parts.page import Place
from scenes.parts.recipe.quantity import Role
from scenes.parts.theme import EDGE_LINE, HAIR, Theme
from scenes.parts.things.base import Paint
from scenes.parts.things.branch import Course, band
from scenes.parts.things.decor import Decor
from scenes.parts.things.figure import Figure
from scenes.parts.things.outlined import Numbers
from scenes.parts.things.part import Part
from scenes.parts.things.shapes import disc, polygon, rectangle
from scenes.parts.things.strips import dashes

__all__ = ["FROM", "TO", "Bead", "bead", "bent", "edge", "leader", "placed", "wire"]

Points = npt.NDArray[np.float64]
_HEAD: Final = (0.18, 0.162)  # length and width of an edge's head
FROM, TO = 0.50, 0.54  # of a dial's middle: where an edge begins, and where its tip stands
_DASH: Final = (0.06, 0.05)  # length of a dash, and of the gap behind it
_SHORTEST: Final = 1e-9  # frame units: the two ends are one place
_BEAD: Final = 0.085  # radius


def edge(theme: Theme, start: tuple[float, float], end: tuple[float, float], *, head: Role = "value") -> list[Decor]:
    """Return a line whose head's tip stands at ``end``: it says which way values go, or pushes."""
    tail, tip = (np.array([*point, 0.0]) for point in (start, end))
    length = float(np.linalg.norm(tip - tail))
    if length < _SHORTEST:
        raise StageError("an edge goes from one place to another")
    along = (tip - tail) / length
    size, width = (min(part, part * length / _HEAD[0]) for part in _HEAD)
    neck, side = tip - along * size, np.array([-along[1], along[0], 0.0]) * width / 2
    shapes = [(rectangle(tail, neck, EDGE_LINE), "edge"), (polygon([neck + side, tip, neck - side]), head)]
    return [Decor([Paint(theme.colour(shade))], [points]) for points, shade in shapes if float(np.ptp(points)) > 0]


def bent(theme: Theme, way: Course) -> list[Decor]:
    """Return the edge along a bent way that ends level: its head's tip stands at the end."""
    (before, _), (x, y) = way.middle[-2:]
    size, width = _HEAD
    side = 1.0 if x > before else -1.0
    length = float(np.linalg.norm(np.diff(way.middle, axis=0), axis=1).sum())
    _, line = band(way.until(1 - size / length), EDGE_LINE, 0.0)
    head = polygon([[x - side * size, y + width / 2, 0.0], [x, y, 0.0], [x - side * size, y - width / 2, 0.0]])
    return [Decor([Paint(theme.colour(shade))], [points]) for points, shade in ((line, "edge"), (head, "value"))]


def wire(theme: Theme, *parts: Part | Place) -> list[Decor]:
    """Return the edges between dials, each from its ring to the next one's, in the order of the values."""
    places = [np.array([place.x, place.y]) for place in map(placed, parts)]
    found: list[Decor] = []
    for one, other in pairwise(places):
        away = (other - one) / (np.linalg.norm(other - one) or 1.0)
        (a, b), (c, d) = one + away * FROM, other - away * TO
        found += edge(theme, (float(a), float(b)), (float(c), float(d)))
    return found


def placed(part: Part | Place) -> Place:
    """Return where a part stands.

    Raises
    ------
    StageError
        If no page has given it a place.
    """
    place = part.place if isinstance(part, Part) else part
    if place is None:
        raise StageError(f"{part.name}: it is on no page, so nothing can lead there")
    return place


def leader(theme: Theme, start: tuple[float, float], end: tuple[float, float]) -> Decor:
    """Return the dashed hairline between two points that belong together."""
    a, b = (np.array([*point, 0.0]) for point in (start, end))
    return Decor([Paint(theme.colour("quiet"))], [dashes(a, b, HAIR, *_DASH)])


class Bead(Figure):
    """A dot that runs along an edge while a value goes forward; it shows no number."""

    kind = "bead"

    @classmethod
    def shapes(cls, sizes: Numbers) -> Sequence[Points]:
        """Return the dot."""
        return [disc(np.zeros(3), sizes["radius"])]


def bead(theme: Theme, start: tuple[float, float], *, colour: Role = "value") -> Bead:
    """Return a bead where it starts."""
    return Bead(origin=start, sizes={"radius": _BEAD}, paints=[Paint(theme.colour(colour))])
