"""A train without teeth on the stage: pitch circles that change and move while x does."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.parts.recipe.sweep import Live
from scenes.parts.things.base import Shown
from scenes.parts.things.gear_pen import GearPen
from scenes.parts.things.pen import Pen

__all__ = ["RollingTrain"]


class RollingTrain:
    """The wheels that the clip's settings let follow an input, the gradient on each gear, and its name over it.

    Parameters
    ----------
    nodes
        Names of the nodes, first to last.
    follow
        The input.
    names_line
        The baseline of the names.
    """

    def __init__(self, pen: Pen, nodes: Sequence[str], follow: Live, *, names_line: float) -> None:
        wheels = GearPen(pen).followers(follow)
        self.gears = [GearPen(pen).gear(wheel.key, follow=follow) for wheel in wheels if wheel.now.radius_scale]
        self.idlers = [GearPen(pen).idler(wheel.key, follow=follow) for wheel in wheels if not wheel.now.radius_scale]
        self.spokes = [GearPen(pen).spoke(gear) for gear in self.gears]
        over = names_line - self.gears[0].plan.centre[1]
        self.names = [
            GearPen(pen).name_tag(name, gear, over=over) for name, gear in zip(nodes, self.gears, strict=True)
        ]

    @property
    def parts(self) -> list[Shown]:
        """Everything, what lies lowest first."""
        return [*self.idlers, *self.gears, *self.spokes, *self.names]
