"""A name that goes where its wheel goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from scenes.parts.recipe.quantity import Quantity
from scenes.parts.things.answers import Place, Stated, Told
from scenes.parts.things.base import Bound, Paint, Reading, Source
from scenes.parts.things.lettering import Symbol
from scenes.parts.things.wheel import Wheel, followed_by, unplanned, wheel_fields

__all__ = ["NameTag"]

Points = npt.NDArray[np.float64]


class NameTag(Symbol, Bound):
    """The symbol of a quantity that keeps over the hub of a wheel, on a line at a fixed height.

    Parameters
    ----------
    over
        How far over the hub its baseline lies, or over the pitch circle.
    on_top
        Whether it keeps over the top of the pitch circle, and not over the hub.
    """

    def __init__(
        self, quantity: Quantity, wheel: Wheel, *, over: float, height: float, colour: str, on_top: bool = False
    ) -> None:
        self.quantity_named, self.wheel, self.over, self.on_top = quantity, wheel, over, on_top
        self.set_type(height, "centre")
        Bound.__init__(self, quantity, [Paint(colour)])

    @property
    def sources(self) -> tuple[Source, ...]:
        """What its wheel follows."""
        return (self.source, *((self.wheel.follow.source,) if self.wheel.follow else ()))

    @property
    def place(self) -> tuple[float, float]:
        """Where the middle of its baseline is."""
        x, y = self.keeps_over
        return x, y + self.over

    @property
    def keeps_over(self) -> tuple[float, float]:
        """The hub of its wheel, or the top of its pitch circle."""
        x, y, _ = self.wheel.hub.tolist()
        return x, y + self.on_top * self.wheel.plan.pitch_radius

    def grounds(self) -> tuple[object, ...]:
        """Return the quantities of this frame, and where its wheel stands."""
        return (*super().grounds(), self.wheel.stands)

    def told(self) -> Told:
        """Return what is typeset, and what its wheel follows: a name shows no number."""
        return replace(super().told(), value=None, followed=followed_by(self.wheel))

    def fields(self, place: Place) -> dict[str, Any]:
        """Return the wheel that it names."""
        sizes = {"on_top": 1.0} if self.on_top else {}
        return {**super().fields(place), **wheel_fields(self.wheel), "sizes": sizes}

    def unstated(self, stated: Stated) -> str | None:
        """Return whether the settings plan no wheel like the one that it keeps over."""
        return super().unstated(stated) or unplanned(self.name, self.wheel, stated)

    def outlines(self) -> Sequence[Points]:
        """Return the symbol over its wheel."""
        return [points + np.array([*self.place, 0.0]) for points in super().outlines()]

    def reading(self) -> Reading:
        """Return the characters, and the hub that they keep over."""
        return Reading(text=self.text, ends=(self.keeps_over,), stands=self.wheel.stands)

    def fault(self) -> str | None:
        """Return what is drawn wrongly: outline, or place."""
        return super().fault() or (None if np.abs(self.offset).max() <= 1e-6 else "it was moved away from its wheel")
