"""The number line: its line with a tick at each round number, the numbers at the ticks, and marks of what is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from scenes.parts.errors import StageError
from scenes.parts.measure import Axis
from scenes.parts.page import ticks
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import FINE, LABEL, POST, Theme
from scenes.parts.things.answers import Told
from scenes.parts.things.base import Bound, Paint, Reading, Source, moved
from scenes.parts.things.figure import Figure
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.outlined import Numbers
from scenes.parts.things.readout import as_math
from scenes.parts.things.shapes import rectangle
from scenes.parts.things.strips import rod
from scenes.parts.type.numbers import format_typed
from scenes.parts.type.typeset import Outline

__all__ = ["Mark", "Ruler", "Tick", "tick_labels"]

Points = npt.NDArray[np.float64]
_HALF: Final = 0.07  # of a tick
UNDER: Final = 0.24  # from the line to the top of the numbers
BESIDE: Final = 0.17  # from an upright line to its numbers
_MARK: Final = (0.195, 0.20, 0.12)  # half its length; of what clears its ground half the length, and the width
_UP: Final = np.array([0.0, 1.0, 0.0])
MOST: Final = 5  # ticks


class Ruler(Figure):
    """The line of an axis from left to right, or upward, with a tick at each multiple of a round step.

    Parameters
    ----------
    axis
        The range that the settings state, and where it lies.
    most
        How many ticks there may be, 2 or more.
    """

    kind = "ruler"

    def __init__(self, axis: Axis, *, theme: Theme, most: int = MOST) -> None:
        across, up = axis.end[0] - axis.start[0], axis.end[1] - axis.start[1]
        if min(across, up) != 0 or across + up <= 0:
            raise StageError(f"ruler: its axis {axis.key} runs from left to right, or upward")
        self.axis = axis
        sizes = {"length": across + up, "low": axis.low, "high": axis.high, "most": float(most)}
        sizes |= {"upright": 1.0} if up else {}
        paints = [Paint(theme.colour("grid")), Paint(theme.colour("quiet"))]
        super().__init__(origin=axis.start[:2], sizes=sizes, paints=paints)

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The axis whose line it is."""
        return (self.axis,)

    @classmethod
    def shapes(cls, sizes: Numbers) -> Sequence[Points]:
        """Return the line and its ticks."""
        length, low, high = sizes["length"], sizes["low"], sizes["high"]
        along = np.roll(_UP, 0 if sizes.get("upright") else -1)
        half = _HALF * np.roll(along, 1 if along[0] else -1)
        at = [(value - low) / (high - low) * length for value in ticks(low, high, int(sizes["most"]))]
        lines = [rectangle(along * x - half, along * x + half, FINE) for x in at]
        return [rectangle(np.zeros(3), along * length, FINE), np.concatenate(lines)]

    def fault(self) -> str | None:
        """Return what is drawn wrongly: dots are read from it, so it stays where it was built."""
        return super().fault() or moved(self, "what is drawn on it")

    @property
    def name(self) -> str:
        """The kind and the axis."""
        return f"{self.kind} of {self.axis.key}"

    @name.setter
    def name(self, value: str) -> None:
        """Ignore the name that manim gives every mobject."""


class Tick(Lettering):
    """The number at a tick of an axis: it follows from the range that the settings state, and stands centred under it.

    At an axis that runs upward it stands to the left of its tick.

    Raises
    ------
    StageError
        If the axis has no tick there.
    """

    kind = "tick"
    dims_by_colour = True

    def __init__(self, axis: Axis, value: float, *, colour: str, most: int = MOST, height: float = LABEL) -> None:
        super().__init__([Paint(colour)])
        self.axis, self.value, self.most = axis, value, most
        if value not in ticks(axis.low, axis.high, most):
            raise StageError(f"tick of {axis.key}: there is none at {value!r}")
        self.upright = axis.start[0] == axis.end[0]
        self.set_type(height, "right" if self.upright else "centre")
        self.draw()
        x, y, _ = (float(place) for place in axis.point(value))
        self.at(*((x - BESIDE, y - self._middle) if self.upright else (x, y - UNDER - height)))

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The axis whose tick it names."""
        return (self.axis,)

    @property
    def name(self) -> str:
        """The kind and the axis."""
        return f"{self.kind} of {self.axis.key}"

    @name.setter
    def name(self, value: str) -> None:
        """Ignore the name that manim gives every mobject."""

    @property
    def text(self) -> str:
        """The number as it stands on screen."""
        return format_typed(self.value)

    def script(self) -> str:
        """Return the Typst math of the number."""
        return as_math(self.text)

    def told(self) -> Told:
        """Return the number."""
        return replace(super().told(), value=self.value)

    def fields(self, place: Any) -> dict[str, Any]:
        """Return how many ticks there may be."""
        return {**super().fields(place), "sizes": {"most": float(self.most)}}

    @property
    def _middle(self) -> float:
        """How high the middle of its ink lies over its baseline."""
        ink = self.outline().parts[0][:, 1]
        return float(ink.min() + ink.max()) / 2

    def _anchor(self, outline: Outline) -> float:
        if self.upright:
            return super()._anchor(outline)
        ink = np.concatenate(list(outline.parts.values()))
        return float(ink[:, 0].min() + ink[:, 0].max()) / 2

    def fault(self) -> str | None:
        """Return what is drawn wrongly: beside its tick a number would be another one."""
        ink, along = np.concatenate([piece.points for piece in self.submobjects]), int(self.upright)
        off = (ink[:, along].min() + ink[:, along].max()) / 2 - self.axis.point(self.value)[along]
        return super().fault() or (None if abs(off) <= 1e-6 else "it does not stand at its tick")


def tick_labels(axis: Axis, theme: Theme, *, most: int = MOST, height: float = LABEL) -> list[Tick]:
    """Return the number at each tick of an axis."""
    colour = theme.colour("quiet")
    return [Tick(axis, v, colour=colour, most=most, height=height) for v in ticks(axis.low, axis.high, most)]


class Mark(Bound):
    """What is wanted, as a bold line across an axis that lies flat."""

    kind = "mark"
    measures = True

    def __init__(self, source: Quantity | Source, axis: Axis, *, theme: Theme, colour: str) -> None:
        self.axis = axis
        super().__init__(source, [Paint(theme.colour("background")), Paint(colour)])

    @property
    def axes(self) -> tuple[Axis, ...]:
        """Its axis."""
        return (self.axis,)

    def outlines(self) -> Sequence[Points]:
        """Return what clears its ground, and the line."""
        place, (half, clear, width) = self.axis.point(self.quantity.number), _MARK
        cleared = rectangle(place - _UP * clear, place + _UP * clear, width)
        return [cleared, rod(place - _UP * half, place + _UP * half, POST)]

    def reading(self) -> Reading:
        """Return the number under the middle of the drawn line."""
        points = self.submobjects[1].points
        centre = (points.min(axis=0) + points.max(axis=0)) / 2
        return Reading(value=self.axis.value(centre), ends=((float(centre[0]), float(centre[1])),))

    def fault(self) -> str | None:
        """Return what is drawn wrongly: beside its axis it would be read as another number."""
        return super().fault() or moved(self, "its axis")
