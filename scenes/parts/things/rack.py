"""A bar with teeth that slides as far as its quantity says, and what is read from it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from scenes.parts.plans.rack_plan import RackPlan
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import HUB, MARK_WIDTH
from scenes.parts.things.base import Paint, Reading, Source
from scenes.parts.things.following import Following
from scenes.parts.things.shapes import disc, polygon, rectangle, spatial
from scenes.parts.things.wheel import Wheel

__all__ = ["Rack"]

Points = npt.NDArray[np.float64]


class Rack(Wheel):
    """A rack, or a carriage with its arm: body, rim, its way from its start to the line across it, and the arm's pin.

    It measures what moves it: how far it has come from its start is scale x value, to the right for plus. That way is a
    strip on it; a thin line stands where the line across it stood at the start.
    """

    kind = "rack"
    measures = True
    parts = ("body", "rim", "way", "mark", "pin")
    plan: RackPlan

    def __init__(
        self,
        source: Quantity | Source,
        plan: RackPlan | Following,
        *,
        paints: Sequence[Paint],
        origin: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        super().__init__(source, plan, turn=None, paints=paints, origin=origin)
        self.scale_used = self.plan.travel_scale

    def _unrotated(self) -> list[Points]:
        """Return body, rim, way with its start, line and pin about the middle of its box."""
        plan, nothing = self.plan, np.zeros((0, 3))
        body = polygon(spatial(plan.outline)) if plan.outline is not None else nothing
        start, end = spatial(plan.line)
        way = [polygon(spatial(corners)) for corners in plan.way]
        pin = nothing if plan.pin is None else disc(np.array([*plan.pin, 0.0]), HUB)
        return [body, body, np.concatenate(way), rectangle(start, end, MARK_WIDTH), pin]

    def reading(self) -> Reading:
        """Return what its way from its start stands for, and the middle of its box."""
        body = self.submobjects[0].points
        x, y, _ = ((body.min(axis=0) + body.max(axis=0)) / 2).tolist()
        value = self.plan.travelled(x - self.stands[0])
        return Reading(value=value, ends=((x, y),), stands=(x - self.plan.centre[0], y - self.plan.centre[1]))

    def fault(self) -> str | None:
        """Return what is drawn wrongly: outline, place, or a way that is not the one its value gives."""
        value, expected = self.reading().value or 0.0, self.quantity.number
        if self.quantity.name != self.plan.quantity:
            return f"{self.quantity.name} does not move it, {self.plan.quantity} does"
        if abs(value - expected) * self.plan.travel_scale.per_unit > 1e-6:
            return f"its way stands for {value!r}, the core says {expected!r}"
        return super().fault()
