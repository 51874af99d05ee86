"""A stage that tells two ways as gears, too: one for each way, a wheel between racks, and a gear that doubles it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from scenes.parts.page import Box, Row
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.settings.base import Swept
from scenes.parts.stage.motions import Appear, SweepTo
from scenes.parts.stage.ways import WaysStage
from scenes.parts.things.base import Shown
from scenes.parts.things.two_trains import TwoTrains

__all__ = ["TrainsStage"]


class TrainsStage(WaysStage):
    """A clip about one value that is used twice, which may be told as gears.

    Attributes
    ----------
    gears
        The mechanism; None where none is told, or none would mesh.
    """

    gears: TwoTrains | None = None

    def build_gears(self, swept: Swept, answers: Mapping[str, str]) -> Box:
        """Return the mechanism at rest as a box; ``answers`` are quantities by the keys of the words before them."""
        self.at_rest, self.turning = swept.low, Sweep(swept.low, swept.quantities)
        self.gears = TwoTrains(self.pen, self.turning, answers)
        return Row(self.gears.part)

    def tell_gears(self, beats: Sequence[str]) -> None:
        """Show the same as gears, if there are any.

        Parameters
        ----------
        beats
            Both gears of x, those of u and v, racks, the wheel between them, a question at the gear of y, and its turn.
        """
        if not (trains := self.gears):
            return
        first, *driven, ask, last = beats
        self.keep_only()
        with self.beat(first):
            self.play(Appear(*trains.shaft), Appear(*chain(*trains.said), *trains.ratios))
            self.turn_shafts(self.clip.turn)
        self.leave(*trains.ratios)
        told: tuple[tuple[Sequence[Shown], ...], ...] = (
            ([], trains.driven, trains.driving, trains.driving),
            (trains.told, trains.racks, trains.rolled, []),
            (trains.driven, trains.halving, trains.halved, trains.rolled),
        )
        for beat, (dim, new, said, leaving) in zip(driven, told, strict=True):
            with self.beat(beat):
                self.mesh(dim, new)
                self.turn_shafts(self.clip.turn)
                self.play(Appear(*said))
            self.leave(*leaving)
        with self.asking(ask):
            self.mesh(trains.halving[:1], trains.adding)
        with self.beat(last):
            self.turn_shafts(self.clip.turn)
            self.play(Appear(*trains.sum, *trains.checked))
        self.leave(*trains.checked)

    def mesh(self, dim: Sequence[Shown], new: Sequence[Shown]) -> None:
        """Take what has been told out of focus, turn the shaft of x back, and let new wheels mesh where they rest."""
        self.play(self.unlit(*dim))
        self.turn_shafts(self.at_rest)
        self.play(Appear(*new, under=[*chain(*self.gears.said)] if self.gears else []))

    def turn_shafts(self, to: float) -> None:
        """Turn the shaft of x, and everything with it."""
        self.play(SweepTo(self.turning, to, run_time=self.clip.turn_seconds, steady=False))
