"""Audit what stands on a line of centres, arms and round gears: its origin is a hub, its unit the way to the other."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.things.shapes import arc, rectangle
from studio.audit.geometry import Space, Verdict, nan_as_inf
from studio.audit.kind import Kind
from studio.audit.outlined import Numbers, Outlined, Shape, of_axis

__all__ = ["ARM", "ROUND", "Centred"]

_STROKE: Final = 0.028  # of a dashed circle, in frame units


class Centred(Outlined):
    """Outlines about one of two hubs."""

    axes = (1, 1)

    def unstated(self, space: Space, row: ShownRow) -> str:
        """Return what is wrong with the line of centres, or with a length that is not measured on it."""
        if wrong := Kind.unstated(self, space, row):
            return wrong
        if tuple(number.role for number in row.numbers) != self.roles[1:]:
            return f"it does not name what it shows: {', '.join(self.roles)}"
        if row.sizes.get("far") not in (0.0, 1.0):
            return "it does not say at which of the two hubs it stands"
        if not (set(self.roles) <= self.angles or of_axis(space, row.axes[0], row.scale)):
            return "its length is not measured on the line of centres"
        return ""

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield what the base says, and how far its origin is from its hub."""
        yield from super().verdicts(space, row.model_copy(update={"axes": ()}), sample, live)
        if len(sample.ends) == 1:
            _, start, end = row.axes[0]
            off = math.dist(end if row.sizes.get("far") else start, sample.ends[0])
            yield nan_as_inf(off), "it does not stand at its hub", sample


class Arm(Centred):
    """A bar from a hub to the contact."""

    roles, unsigned, carried = ("length",), frozenset({"length"}), True

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return the bar; hub and contact lie on it."""
        reach = -drawn["length"] if sizes["far"] else drawn["length"]
        return [Shape(rectangle(np.zeros(3), np.array([reach, 0.0, 0.0]), sizes["width"]), body=True)]


class Round(Centred):
    """The dashed pitch circle of a round gear."""

    roles, unsigned = ("radius",), frozenset({"radius"})

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return the dashes."""
        dash = math.pi / sizes["dashes"]  # as long as a gap
        middle = math.pi if sizes["far"] else 0.0
        first = [middle + 2 * dash * i - dash / 2 for i in range(int(sizes["dashes"]))]
        ring = [arc(np.zeros(3), drawn["radius"], a, a + dash) for a in first]
        return [Shape(np.concatenate(ring), stroke=_STROKE)]


ARM: Final = Arm()
ROUND: Final = Round()
