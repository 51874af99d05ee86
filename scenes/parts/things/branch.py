"""The branch: a push along a bent way, from a node to the level of another; it keeps its thickness all the way.

Where a value is used several times its ways part at a node and meet at another; between them and the node a ribbon
runs along a double bend. Its thickness is measured across its own course, so that a bend makes it no thinner.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Scale
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import HOLLOW, Theme
from scenes.parts.things.base import Paint, Source
from scenes.parts.things.outlined import Numbers, Outlined
from scenes.parts.things.shapes import polygon, spatial

__all__ = ["Branch", "Course", "band", "course"]

Points = npt.NDArray[np.float64]
_NOTHING: Final = np.zeros((0, 3))
_STEPS: Final = 24  # straight pieces of a bend
_LEVEL: Final = 1e-9  # frame units: less is no rise


class Course(NamedTuple):
    """The middle of a band, and the direction across it at each of its points, both of shape (n, 2)."""

    middle: Points
    across: Points

    def until(self, share: float) -> Course:
        """Return its first part: so much of its length.

        Examples
        --------
        >>> course((0.0, 0.0), (4.0, 0.0)).until(0.25).middle[-1].tolist()
        [1.0, 0.0]
        """
        if share >= 1.0:
            return self
        if share <= 0.0:
            return Course(self.middle[:0], self.across[:0])
        steps = np.linalg.norm(np.diff(self.middle, axis=0), axis=1)
        at = np.concatenate([[0.0], np.cumsum(steps)])
        end = at[-1] * min(max(share, 0.0), 1.0)
        here = np.append(at[at < end], end)
        middle, across = (
            np.stack([np.interp(here, at, part[:, i]) for i in (0, 1)], axis=1) for part in (self.middle, self.across)
        )
        return Course(middle, across)

    @property
    def back(self) -> Course:
        """The same from its other end."""
        return Course(self.middle[::-1], self.across[::-1])


def course(start: tuple[float, float], end: tuple[float, float], lead: float = 0.0, foot: float = 0.0) -> Course:
    """Return the way from one point to another: level at both ends, with a bend up or down and one back between them.

    The bends are arcs of one radius, as wide as there is room for; a way that rises farther than it goes has an
    upright piece between them.

    Parameters
    ----------
    lead, foot
        How far it is straight at its start and at its end, in frame units.

    Examples
    --------
    >>> middle, across = course((0.0, 0.0), (3.0, -2.0), lead=0.5, foot=0.5)
    >>> middle[0].tolist(), middle[-1].tolist(), (across[0] + 0.0).tolist()
    ([0.0, 0.0], [3.0, -2.0], [0.0, 1.0])
    """
    (x, y), (to_x, to_y) = start, end
    way, up = (1.0 if to > at else -1.0 for to, at in ((to_x, x), (to_y, y)))
    wide, high = abs(to_x - x) - lead - foot, abs(to_y - y)
    if high < _LEVEL:
        return Course(np.array([start, end]), np.array([[0.0, 1.0]] * 2))
    turn = 2 * np.arctan2(high, wide) if high < wide else np.pi / 2
    radius = wide / (2 * np.sin(turn))
    angles = np.linspace(0.0, turn, _STEPS + 1)
    first = radius * np.stack([np.sin(angles), 1 - np.cos(angles)], axis=1)
    second = (np.array([wide, high]) - first)[::-1]
    bent = np.concatenate([first, second]) + np.array([lead, 0.0])
    both = np.concatenate([angles, angles[::-1]])
    middle = np.concatenate([[[0.0, 0.0]], bent, [[wide + lead + foot, high]]])
    across = np.concatenate([[[0.0, 1.0]], np.stack([-np.sin(both), np.cos(both)], axis=1), [[0.0, 1.0]]])
    return Course(middle * (way, up) + start, across * (way * up, 1.0))


def band(along: Course, push: float | Points, rim: float) -> tuple[Points, Points]:
    """Return the wash and the ink of a band so thick as a push is large: solid for plus, a wash and two rims for minus.

    Of a push that wastes away there is a number for each point of the course, all of one sign.

    Examples
    --------
    >>> wash, ink = band(course((0.0, 0.0), (2.0, 0.0)), 0.5, 0.03)
    >>> len(wash), ink.min(axis=0).tolist(), ink.max(axis=0).tolist()
    (0, [0.0, -0.25, 0.0], [2.0, 0.25, 0.0])
    """
    middle, across = along
    pushes = np.reshape(push, (-1, 1))
    if len(middle) < 2 or not pushes.any():
        return _NOTHING, _NOTHING
    width = np.abs(pushes)
    one, other = middle + across * width / 2, middle - across * width / 2
    whole = _closed(one, other)
    if pushes.max() > 0.0:
        return _NOTHING, whole
    edge = across * np.minimum(rim, width / 3)
    return whole, np.concatenate([_closed(one, one - edge), _closed(other + edge, other)])


def _closed(one: Points, other: Points) -> Points:
    return polygon(spatial(np.concatenate([one, other[::-1]])))


class Branch(Outlined):
    """A push between a node, which is its origin, and the end of a way.

    Parameters
    ----------
    end
        Where it ends, seen from the node.
    lead, foot
        How far it is straight at the node and at its end: what stands there covers it.
    """

    kind = "branch"
    roles = ("push",)
    measures = False  # dials lie on it, with their letters

    def __init__(
        self,
        push: Quantity | Source,
        scale: Scale,
        *,
        origin: tuple[float, float],
        end: tuple[float, float],
        lead: float = 0.0,
        foot: float = 0.0,
        theme: Theme,
        colour: str,
    ) -> None:
        sizes = {"across": end[0], "rise": end[1], "lead": lead, "foot": foot, "rim": HOLLOW[0]}
        paints = [Paint(theme.mixed(colour, HOLLOW[1])), Paint(colour)]
        super().__init__([(push, scale)], origin=origin, sizes=sizes, paints=paints)

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        """Return the wash of what is hollow, and the ink."""
        return band(cls.course(sizes), drawn["push"], sizes["rim"])

    @classmethod
    def course(cls, sizes: Numbers) -> Course:
        """Return its middle, from the node on."""
        return course((0.0, 0.0), (sizes["across"], sizes["rise"]), sizes["lead"], sizes["foot"])

    @classmethod
    def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
        """Return its thickness at its end, negative where it is hollow."""
        wash, ink = shapes
        whole = wash if len(wash) else ink
        if not len(whole):
            return {"push": 0.0}
        half = len(whole) // 2  # along one edge to its end, and across to the other
        return {"push": float(np.linalg.norm(whole[half] - whole[half - 4])) * (-1.0 if len(wash) else 1.0)}

    def unfolded(self, share: float) -> Sequence[Points]:
        """Return it as far as it has come from its node: 0 is nothing, 1 all of it."""
        if share >= 1.0:
            return super().unfolded(share)
        ((source, scale),) = self.numbers
        poured = band(self.course(self.sizes).until(share), scale.per_unit * source.now.number, self.sizes["rim"])
        return [np.asarray(points + self.origin) for points in poured]
