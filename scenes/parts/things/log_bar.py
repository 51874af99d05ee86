"""A bar on an axis of powers of ten: upward from the line that it stands on for what is larger, downward for less."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Scale
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import FINE, HOLLOW, Theme
from scenes.parts.things.base import Paint, Source
from scenes.parts.things.outlined import Numbers, Outlined
from scenes.parts.things.shapes import rectangle
from scenes.parts.things.strips import beam

__all__ = ["LogBar"]

Points = npt.NDArray[np.float64]
_NOTHING: Final = np.zeros((0, 3))
_SIDE, _UP = np.array([1.0, 0.0, 0.0]), np.array([0.0, 1.0, 0.0])
_GAP: Final = 0.25  # of its width: between both halves of the line that stands for -1


class LogBar(Outlined):
    """A bar about its foot, which stands on the line of a power of ten: as many decades long as its number is over it.

    Solid for plus, hollow for minus; a number that is as large as its line is a line on the foot, in one piece or in
    two.

    Parameters
    ----------
    power
        How many powers of ten the magnitude of its number is over its line, with the length of a decade.
    side
        The sign of the number, 1 or -1, with the width of a bar.
    origin
        Its foot, in the middle.
    number
        The number itself, which both give together with the power of its line.
    """

    kind = "log_bar"
    roles: ClassVar[tuple[str, ...]] = ("power", "side")

    def __init__(
        self,
        power: tuple[Quantity | Source, Scale],
        side: tuple[Quantity | Source, Scale],
        *,
        origin: tuple[float, float],
        theme: Theme,
        colour: str,
        number: Quantity | None = None,
    ) -> None:
        paints, sizes = [Paint(theme.mixed(colour, HOLLOW[1])), Paint(colour)], {"rim": HOLLOW[0]}
        super().__init__([power, side], origin=origin, sizes=sizes, paints=paints, product=number)

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        """Return wash and ink."""
        long, wide = drawn["power"], abs(drawn["side"])
        if long == 0.0:
            return [_NOTHING, _line(wide, whole=drawn["side"] > 0)]
        return beam(np.zeros(3), _UP * long, wide, sizes["rim"], solid=drawn["side"] > 0)

    @classmethod
    def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
        """Return how far it reaches, downward for less than 1, and how wide it is, below 0 where it is hollow."""
        wash, ink = shapes
        wide = float(np.ptp(ink[:, 0]))
        if float(np.ptp(ink[:, 1])) <= FINE * (1 + 1e-9) and not len(wash) and len(ink) in (16, 32) and _flat(ink):
            return {"power": 0.0, "side": wide if len(ink) == 16 else -wide}
        start, end = (ink[0] + ink[11]) / 2, (ink[3] + ink[8]) / 2
        return {"power": float(end[1] - start[1]), "side": -wide if len(wash) else wide}

    def unfolded(self, share: float) -> Sequence[Points]:
        """Return it as it grows from its foot, as wide as it is."""
        (power, decade), (side, unit) = self.numbers
        drawn = {"power": decade.per_unit * power.now.number * share, "side": unit.per_unit * side.now.number}
        return [np.asarray(points + self.origin) for points in self.shapes(drawn, self.sizes)]


def _line(wide: float, *, whole: bool) -> Points:
    """Return the line on its foot that stands for 1, or that in two pieces which stands for -1."""
    ends = [(-0.5, 0.5)] if whole else [(-0.5, -_GAP / 2), (_GAP / 2, 0.5)]
    return np.concatenate([rectangle(_SIDE * wide * a, _SIDE * wide * b, FINE) for a, b in ends])


def _flat(ink: Points) -> bool:
    """Return whether an outline is that of a line on the foot: half of it lies on either side."""
    return abs(float(ink[:, 1].max() + ink[:, 1].min())) < 1e-9
