"""The triangle under a tangent with two sides that both measure: a run to the left of the point, and the rise to it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import Theme
from scenes.parts.things.base import Source
from scenes.parts.things.outlined import Numbers, Outlined, Spot
from scenes.parts.things.slope import Slope

__all__ = ["Legs"]

Points = npt.NDArray[np.float64]


class Legs(Slope):
    """Run and rise of a tangent; each is measured on its own axis. The rise is hollow where the tangent falls.

    Parameters
    ----------
    rise, run
        Both sides; their ratio is the local slope.
    beyond
        How far the tangent goes on behind the point, in frame units; of a chord not at all.
    """

    kind = "legs"
    roles = ("rise", "run")

    def __init__(
        self,
        rise: Quantity | Source,
        run: Quantity | Source,
        *,
        spot: Spot,
        theme: Theme,
        colour: str,
        beyond: float | None = None,
    ) -> None:
        across, up = spot.axes
        numbers = [(rise, up.scale), (run, across.scale)]
        sizes = self.widths if beyond is None else {**self.widths, "beyond": beyond}
        Outlined.__init__(self, numbers, origin=spot, sizes=sizes, paints=self.paints(theme, colour))

    def made_of(self, rise: Points, run: Points) -> dict[int, Points]:
        """Return which of its pieces come from two bars, one for each side, by their numbers."""
        starts = {0: run, 2: rise, 3: rise}
        return {i: bar for i, bar in starts.items() if len(self.submobjects[i].points)}

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        """Return the run, the tangent, the body of a hollow rise, and the ink of the rise."""
        return super().shapes(drawn, {**sizes, "run": drawn["run"]})

    @classmethod
    def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
        """Return the rise, and how long the level side is."""
        return {**super().read(shapes, sizes), "run": float(np.ptp(shapes[0][:, 0]))}
