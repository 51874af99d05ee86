"""The base of what rides on a wheel: outlines about its hub, or about a point of its pitch circle, wherever that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from scenes.parts.errors import StageError
from scenes.parts.measure import Scale
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.things.answers import Place, Reading, Stated, Told
from scenes.parts.things.base import Paint, Source
from scenes.parts.things.outlined import Outlined
from scenes.parts.things.wheel import Wheel, followed_by, unplanned, wheel_fields

__all__ = ["Riding"]

Points = npt.NDArray[np.float64]
_NONE: Mapping[str, float] = MappingProxyType({})


class Riding(Outlined):
    """Outlines that follow from numbers, about a point of a wheel.

    Parameters
    ----------
    numbers
        As of any `Outlined`.
    wheel
        What it rides on.
    ahead
        Whether it stands where the wheel meets the next one, and not on its hub.

    Raises
    ------
    StageError
        If it should stand where the wheel meets the next one, and it meets none.
    """

    measures = False  # the wheel lies under it, with its letters

    def __init__(
        self,
        numbers: Sequence[tuple[Quantity | Source, Scale]],
        *,
        wheel: Wheel,
        ahead: bool = False,
        sizes: Mapping[str, float] = _NONE,
        paints: Sequence[Paint],
    ) -> None:
        if ahead and wheel.plan.ahead is None:
            raise StageError(f"{self.kind}: wheel {wheel.plan.key!r} meets no next one")
        self.wheel, self.ahead = wheel, ahead
        super().__init__(numbers, origin=(0.0, 0.0), sizes=sizes, paints=paints)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Its numbers, and what its wheel follows."""
        return (*super().sources, *((self.wheel.follow.source,) if self.wheel.follow else ()))

    def grounds(self) -> tuple[object, ...]:
        """Return the quantities of this frame, and where its wheel stands."""
        return (*super().grounds(), self.wheel.stands)

    @property
    def origin(self) -> Points:
        """The hub of its wheel, or where that meets the next wheel, shape (3,)."""
        plan, hub = self.wheel.plan, self.wheel.hub
        if not self.ahead or plan.ahead is None:
            return hub
        return np.asarray(hub + plan.pitch_radius * np.array([np.cos(plan.ahead), np.sin(plan.ahead), 0.0]))

    def reading(self) -> Reading:
        """Return its numbers and its origin, and where that of its train then is."""
        hub = self.wheel.hub + self.offset
        x, y = float(hub[0] - self.wheel.plan.centre[0]), float(hub[1] - self.wheel.plan.centre[1])
        return replace(super().reading(), stands=(x, y))

    def told(self) -> Told:
        """Return its numbers, and what its wheel follows."""
        return replace(super().told(), followed=followed_by(self.wheel))

    def fields(self, place: Place) -> dict[str, Any]:
        """Return the wheel that it rides on."""
        return {**super().fields(place), **wheel_fields(self.wheel)}

    def unstated(self, stated: Stated) -> str | None:
        """Return whether the settings plan no wheel like the one that it rides on."""
        return super().unstated(stated) or unplanned(self.name, self.wheel, stated)

    def fault(self) -> str | None:
        """Return what is drawn wrongly: outlines, numbers, or its place on its wheel."""
        return super().fault() or (None if np.abs(self.offset).max() <= 1e-6 else "it was moved away from its wheel")
