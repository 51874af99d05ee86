"""Audit hubs: a disc of the ground, on which a name lies, and its ring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from scenes.parts.things.shapes import disc
from studio.audit.figure import Figure
from studio.audit.outlined import Numbers, Shape

__all__ = ["HUB"]


class Hub(Figure):
    """A disc with a ring, about its middle."""

    measured = ("radius",)

    def figure(self, sizes: Numbers) -> Sequence[Shape]:
        """Return the disc and the ring."""
        inside = sizes["radius"] - sizes["ring"]
        ring = np.concatenate([disc(np.zeros(3), sizes["radius"]), disc(np.zeros(3), inside)[::-1]])
        return [Shape(disc(np.zeros(3), inside), body=True), Shape(ring)]


HUB: Final = Hub()
