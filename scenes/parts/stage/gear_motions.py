"""How gears come about: dials grow teeth and become wheels; radii peel off, fall, and stand as bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from scenes.parts.errors import StageError
from scenes.parts.stage.motions import Motion
from scenes.parts.things.spoke import Spoke
from scenes.parts.things.stave import Stave
from scenes.parts.things.strips import beam

__all__ = ["Become", "Fall"]

Points = npt.NDArray[np.float64]
_DIAL_RING: Final = 0.07  # width of a dial's ring


class Become(Motion):
    """Let dials grow teeth: each wheel begins as the ring of a dial, and takes its own place and size.

    Parameters
    ----------
    places
        The middle of each dial.
    radius
        Of the dials, to the middle of their rings.
    """

    def __init__(self, *wheels: Any, places: Sequence[tuple[float, float]], radius: float, **kwargs: Any) -> None:
        self.places, self.radius = {id(w): (*at, 0.0) for w, at in zip(wheels, places, strict=True)}, radius
        super().__init__(*wheels, **kwargs)

    def remember(self) -> None:
        """Store the full outlines."""
        self.full = {id(s): [np.array(p.points) for p in s.submobjects] for s in self.shown}

    def show(self, shown: Any, share: float) -> None:
        """Draw between the ring of the dial and the wheel."""
        start, hub = np.array(self.places[id(shown)]), shown.hub
        for part, piece, points in zip(shown.parts, shown.submobjects, self.full[id(shown)], strict=True):
            if len(points):
                away = points - hub
                far = np.linalg.norm(away, axis=1, keepdims=True)
                along = away / np.where(far == 0.0, 1.0, far)
                first = self._first(part, far)
                piece.points = start + (hub - start) * share + along * (first + (far - first) * share)
            piece.show(min(1.0, 2 * share))

    def _first(self, part: str, far: Points) -> Points:
        """Return how far from the middle of the dial each point begins: at the ring's outer or inner edge."""
        if part in ("hub", "mark"):
            return far * 0.0
        inner = far < (far.min() + far.max()) / 2 if np.ptp(far) > _DIAL_RING else np.full(far.shape, part == "body")
        return np.where(inner, self.radius - _DIAL_RING / 2, self.radius + _DIAL_RING / 2)


class Fall(Motion):
    """Let a radius peel off its spoke, fall, and stand as a bar: upright for plus, hanging for minus.

    Parameters
    ----------
    spoke
        Where it comes from, on the stage.

    Raises
    ------
    StageError
        If the two do not show the same in the same scale.
    """

    def __init__(self, stave: Stave, *, spoke: Spoke, **kwargs: Any) -> None:
        if (stave.quantity, stave.scale_used) != (spoke.quantity, spoke.scale_used):
            raise StageError(f"{spoke.name} cannot fall as {stave.name}: they do not show the same in the same scale")
        self.spoke = spoke
        super().__init__(stave, **kwargs)

    def remember(self) -> None:
        """Store both ends of the bar where it begins and where it stands: its foot, and its other end."""
        (stave,) = self.shown
        length = stave.scale_used.length(stave.quantity.number)
        turn = self.spoke.sizes["direction"]
        hub, tip = self.spoke.origin, np.array([np.cos(turn), np.sin(turn), 0.0]) * length
        up = stave.quantity.number > 0
        self.before = (hub + tip, hub) if up else (hub, hub + tip)
        self.after = stave.origin, stave.origin + np.array([0.0, length if up else -length, 0.0])
        self.widths = self.spoke.sizes["width"], stave.sizes["width"]

    def show(self, shown: Any, share: float) -> None:
        """Draw on its way."""
        start, end = (a + (b - a) * share for a, b in zip(self.before, self.after, strict=True))
        width = self.widths[0] + (self.widths[1] - self.widths[0]) * share
        bar = beam(start, end, width, shown.sizes["rim"], solid=shown.quantity.number > 0)
        for piece, points in zip(shown.submobjects, bar, strict=False):
            piece.points = points
            piece.show(1.0)
        for piece in shown.submobjects[2:]:
            piece.show(1.0)
