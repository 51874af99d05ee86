"""A look at one thing on one frame: the picture, what the ledger says of the thing, and what lies around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import SampleRow, ShownRow
from studio.audit.drawn import Facts
from studio.audit.finding import Finding
from studio.audit.frames import Picture, Window, grown
from studio.audit.limits import STRICT, Limits

__all__ = ["Around", "Glance", "Mask", "Turned"]

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
_LEAST_CONTRAST = 0.25  # of that with the ground


@dataclass(frozen=True)
class Around:
    """What a window shows besides one thing, in luma: shape (height, width) each.

    Attributes
    ----------
    below
        Everything that the thing lies on, the background included.
    open_share
        How much of a pixel nothing covers that lies over the thing, 0 to 1.
    above
        What lies over it.
    """

    below: Array
    open_share: Array
    above: Array

    def painted_under(self, ink: Array, luma: float) -> Around:
        """Return the same with something more that the thing lies on."""
        return Around(self.below * (1 - ink) + luma * ink, self.open_share, self.above)

    def painted_over(self, ink: Array, luma: float) -> Around:
        """Return the same with something more that lies over the thing."""
        return Around(self.below, self.open_share * (1 - ink), self.above * (1 - ink) + luma * ink)


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
    around
        What a window shows besides the thing.
    unsure
        Says of which pixels of a window nobody can say what they show besides the thing.
    backdrop
        What lies under all ink in a window, given what a colour is: the background, and on it the bodies of wheels.
    turned
        The turns that were measured on this frame, which a wheel adds its own to.
    travelling
        Whether it is on its way to its place: lines, and what it comes from, may lie across it.
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
    around: Callable[[Window], Around]
    unsure: Callable[[Window], Mask]
    backdrop: Callable[[Window, Callable[[str], Array]], Array]

    turned: list[Turned] = field(default_factory=list)
    travelling: bool = False

    @property
    def colour(self) -> str:
        """The colour that the thing is painted with."""
        return self.sample.colours[0] if self.sample.colours else self.facts.ground

    @property
    def place_limit(self) -> float:
        """How many pixels it may be away from its place."""
        return self.limits.place if self.resting else self.limits.moving_place

    @property
    def sharp(self) -> bool:
        """Whether all can be told: in a sweep of a file that was encoded again, what changes is smeared."""
        return self.resting or self.limits == STRICT

    def window(self, points: Array, margin: float = 2.0) -> Window:
        """Return the part of the frame around points in pixels."""
        height, width = self.picture.luma.shape
        return Window.around(points, margin).within(width, height)

    def ink(self, window: Window) -> Array:
        """Return how much ink of the thing's colour each pixel of a window seems to hold: 0 none, 1 all."""
        return self._as_ink(window.of(self.picture.luma), window)

    def free(self, window: Window) -> Mask:
        """Return the pixels of a window on which the thing can be told.

        Nothing else is drawn there; and what travels has another brightness there than the body that it passes.
        """
        free = ~self.hidden(window)
        return free & self.told(window) if self.travelling else free

    def told(self, window: Window) -> Mask:
        """Return the pixels on which the thing is brighter or darker than what lies under all ink, and those around."""
        whole = self.picture.colours.luma(self.colour) - self.picture.colours.luma(self.facts.ground)
        return ~grown(np.abs(self._contrast(window)) < _LEAST_CONTRAST * abs(whole), 1)

    def _as_ink(self, luma: Array, window: Window) -> Array:
        """Return how far each pixel is from what lies under all ink towards the thing's colour."""
        contrast = self._contrast(window)
        under = self.picture.colours.luma(self.colour) - contrast
        return np.asarray((luma - under) / np.where(np.abs(contrast) > 1, contrast, 1.0))

    def _contrast(self, window: Window) -> Array:
        """Return how much brighter the thing is than what lies under all ink, in luma."""
        under = self.backdrop(window, lambda colour: np.array([self.picture.colours.luma(colour)]))[..., 0]
        return np.asarray(self.picture.colours.luma(self.colour) - under)

    def finding(self, check: str, error: float, limit: float, unit: str = "", said: str = "") -> Finding:
        """Return what was found; it is wrong if the error is above the limit or is no number."""
        ok = bool(error <= limit)
        place = self.picture.index, self.sample.box
        return Finding(check, self.name, *place, float(error), limit, unit, ok, "" if ok else said)

    @property
    def name(self) -> str:
        """What to call the thing."""
        text = self.sample.text
        return f"{self.row.name} {text!r}" if text and (self.row.key or self.sample.value) else self.row.name


@dataclass(frozen=True)
class Turned:
    """A wheel with a mark: by how many degrees it has turned on a frame, as claimed and as measured, and its limit.

    Wheels that are neighbours have places next to each other.
    """

    glance: Glance
    place: int
    claimed: float
    measured: float
    limit: float
