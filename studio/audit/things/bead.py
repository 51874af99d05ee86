"""Audit beads: a dot of its size where it says that it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from scenes.parts.things.shapes import disc
from studio.audit.figure import Figure
from studio.audit.outlined import Numbers, Shape

__all__ = ["BEAD"]


class Bead(Figure):
    """A dot that runs along an edge."""

    def figure(self, sizes: Numbers) -> Sequence[Shape]:
        """Return the dot."""
        return [Shape(disc(np.zeros(3), sizes["radius"]))]


BEAD: Final = Bead()
