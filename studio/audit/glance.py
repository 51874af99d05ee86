"""A look at one thing on one frame: the picture, what the ledger says of the thing, and what lies around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scenes.parts.ledger import SampleRow, ShownRow
from studio.audit.drawn import Facts
from studio.audit.finding import Finding
from studio.audit.frames import Picture, Window
from studio.audit.limits import Limits

__all__ = ["Glance", "Mask"]

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Glance:
    """One thing on one frame; boxes and ends of the sample are in pixels of this picture.

    Attributes
    ----------
    resting
        Whether it is at rest, or follows a sweep.
    now
        The values of quantities on this frame.
    hidden
        Says which pixels of a window something else is drawn on, its soft edge included.
    drawn
        The same of the thing itself.
    """

    picture: Picture
    row: ShownRow
    sample: SampleRow
    facts: Facts
    limits: Limits
    resting: bool
    now: Mapping[str, float]
    hidden: Callable[[Window], Mask]
    drawn: Callable[[Window], Mask]

    @property
    def colour(self) -> str:
        """The colour that the thing is painted with."""
        return self.sample.colours[0] if self.sample.colours else self.facts.ground

    @property
    def place_limit(self) -> float:
        """How many pixels it may be away from its place."""
        return self.limits.place if self.resting else self.limits.moving_place

    def window(self, points: Array, margin: float = 2.0) -> Window:
        """Return the part of the frame around points in pixels."""
        height, width = self.picture.luma.shape
        return Window.around(points, margin).within(width, height)

    def ink(self, window: Window) -> Array:
        """Return how much ink of the thing's colour each pixel of a window seems to hold: 0 none, 1 all."""
        ground, colour = (self.picture.colours.luma(c) for c in (self.facts.ground, self.colour))
        contrast = colour - ground
        return (window.of(self.picture.luma) - ground) / (contrast if abs(contrast) > 1 else 1.0)

    def finding(self, check: str, error: float, limit: float, unit: str = "", said: str = "") -> Finding:
        """Return what was found; it is wrong if the error is above the limit or is no number."""
        ok = bool(error <= limit)
        place = self.picture.index, self.sample.box
        return Finding(check, self.name, *place, float(error), limit, unit, ok, "" if ok else said)

    @property
    def name(self) -> str:
        """What to call the thing."""
        text = self.sample.text
        return f"{self.row.name} {text!r}" if text and self.row.kind in ("readout", "words") else self.row.name
