"""What is drawn in pixels: outlines, the ink that they leave, and what must be known of a clip to place them.

Sizes that the ledger does not give (the line of a curve, the ticks of a ruler) are stated here a second time, on
purpose: an audit that took them from the stage would follow the stage into an error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import Ledger
from scenes.parts.settings.models import Fonts
from scenes.parts.theme import FRAME_WIDTH
from studio.audit.custody import settings_of
from studio.audit.frames import SINGLE, Window
from studio.audit.glyphs import coverage
from studio.audit.planned import PlannedWheels, ranges_of_ledger, wheels_of_ledger
from studio.audit.script import Script

__all__ = ["NOTHING", "Facts", "Piece", "ink_of", "on_axis"]

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Facts:
    """What a ledger says of the whole clip, for a picture of a certain size.

    Attributes
    ----------
    unit, unit_across
        Pixels per frame unit, upwards and across; they may differ in a copy of another size.
    ground
        The background, ``#RRGGBB``.
    family
        The family that words are set in.
    script
        What the clip may write, by its settings; None where they cannot be used.
    quantities
        The values of each.
    ranges
        The ranges of the clip's axes by their keys.
    middle
        The middle of the frame, in pixels, shape (2,).
    wheels
        The wheels that the settings plan.
    """

    unit: float
    unit_across: float
    ground: str
    family: str
    script: Script | None
    quantities: Mapping[str, Array]
    ranges: Mapping[str, tuple[float, float]]
    middle: Array
    wheels: PlannedWheels

    @classmethod
    def of(cls, ledger: Ledger, height: int, width: int) -> Facts:
        """Return the facts of a clip for a picture of this size."""
        settings, _ = settings_of(ledger)
        return cls(
            unit=height / ledger.video.frame_height,
            unit_across=width / FRAME_WIDTH,  # manim keeps the frame's width and lets its height follow the pixels
            ground=ledger.video.background,
            family=(settings.fonts if settings else Fonts()).words,
            script=Script.of(settings, ledger.clip),
            quantities={row.name: np.array([value.number for value in row.values]) for row in ledger.quantities},
            ranges=ranges_of_ledger(ledger),
            middle=np.array([width / 2, height / 2]),
            wheels=wheels_of_ledger(ledger),
        )

    def values(self, name: str | None) -> Array:
        """Return the values of a quantity; none if there is no such quantity."""
        return self.quantities.get(name or "", np.zeros(0))

    @property
    def units(self) -> Array:
        """Pixels per frame unit across and down, of frame units that point right and up, shape (2,)."""
        return np.array([self.unit_across, -self.unit])

    def placed(self, points: Array, hub: Array) -> Array:
        """Return points about a hub, shape (n, 2 or 3) in frame units, in pixels, shape (n, 2)."""
        return np.asarray(points[:, :2] * self.units + hub)

    def framed(self, pixel: tuple[float, float]) -> Array:
        """Return where a pixel lies in frame units that point right and up from the middle of the frame, shape (2,)."""
        return np.asarray((np.array(pixel) - self.middle) / self.units)

    def pixel(self, point: Array | tuple[float, float]) -> Array:
        """Return where a point of the frame lies in pixels, shape (2,)."""
        return np.asarray(np.array(point) * self.units + self.middle)

    def range(self, key: str) -> tuple[float, float]:
        """Return the range that the settings give an axis, (0, 0) if they do not."""
        return self.ranges.get(key, (0.0, 0.0))


@dataclass(frozen=True)
class Piece:
    """An outline in pixels, shape (4 k, 2): filled, or a line of width ``stroke``; ``straight`` if it has no bend."""

    points: Array
    stroke: float = 0.0
    straight: bool = False


NOTHING: Final = Piece(np.zeros((0, 2)))


def ink_of(pieces: Sequence[Piece], window: Window) -> Array:
    """Return how much of each pixel of a window the pieces cover together, 0 to 1."""
    covered = [coverage(piece.points, window, piece.stroke, straight=piece.straight) for piece in pieces]
    if len(covered) == 1:
        return covered[0]
    left = np.ones(window.shape, SINGLE)
    for cover in covered:
        left *= 1 - cover
    return 1 - left


def on_axis(axis: tuple[str, tuple[float, float], tuple[float, float]], values: Array, facts: Facts) -> Array:
    """Return where values lie on an axis (its key and both ends in pixels), shape (n, 2)."""
    key, start, end = axis
    low, high = facts.range(key)
    share = (values - low) / ((high - low) or 1.0)
    return np.asarray(np.array(start) + share[:, None] * (np.array(end) - np.array(start)))
