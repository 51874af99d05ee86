"""The values of a train as dials where its gears will stand, with their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

from scenes.parts.page import LABEL, TOUCH, Box, Column, Near
from scenes.parts.page.near import apart
from scenes.parts.things.dial import dial, dial_radius
from scenes.parts.things.gear_train import WITHIN, GearTrain
from scenes.parts.things.letters import number
from scenes.parts.things.part import Part, or_nothing
from scenes.parts.things.pen import Pen

__all__ = ["DialLine"]

_BETWEEN: Final = 0.1  # from dial to dial, at least


class DialLine:
    """A dial for each gear on the hub line of a train, as near to its gear as the others let it.

    Parameters
    ----------
    spots
        The places of the dials that have numbers under them, where there is room.
    target
        Whether the last is a loss: over it stands the answer that is wanted.

    Attributes
    ----------
    dials, values
        The dials; the numbers, by their places, and last the target.
    radius
        Of the dials.
    """

    def __init__(self, pen: Pen, train: GearTrain, spots: Sequence[int], target: bool = False) -> None:
        self.train, self.radius = train, dial_radius(train.nodes)
        self.dials = [dial(pen, name, radius=self.radius, called=f"dial {name}") for name in train.nodes]
        made = ((i, number(pen, train.nodes[i], called=f"at dial {train.nodes[i]}")) for i in spots)
        self._leaves = {i: or_nothing(part, "at dials") for i, part in made}
        wanted = [number(pen, "target", form="equation", called="at dial target")] if target else []
        self._over = [or_nothing(part, "at dials") for part in wanted]
        leaves = {**self._leaves, **dict(enumerate(self._over, len(self.dials)))}
        self.values = {i: cast(Part, leaf.part) for i, leaf in leaves.items()}

    @property
    def columns(self) -> list[float]:
        """Where they stand, x from the origin of the train."""
        needs = [part.form.across for part in self.dials]
        return apart(self.train.columns, needs, _BETWEEN, WITHIN)

    @property
    def box(self) -> Box:
        """They as a box whose origin is that of the train."""
        each = []
        for i, one in enumerate(self.dials):
            over = self._over if i == len(self.dials) - 1 else []
            below = [self._leaves[i]] if i in self._leaves else []
            each.append(Column(*over, one, *below, gap=LABEL, align="origin", anchor=len(over)))
        return Near(each, at=self.columns, gap=TOUCH, within=WITHIN)
