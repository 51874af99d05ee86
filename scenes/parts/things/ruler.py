"""The number line: its line with a tick at each round number, the numbers at the ticks, and marks of what is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
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
from scenes.parts.type.numbers import format_resting, format_tick
from scenes.parts.type.typeset import Outline

__all__ = ["UNDER", "Mark", "Ruler", "Tick", "beside_ticks", "is_upright", "ruled", "spaced_ticks", "tick_labels"]

Points = npt.NDArray[np.float64]
_HALF: Final = 0.07  # of a tick
UNDER: Final = 0.24  # from the line to the top of the numbers
_MARK: Final = (0.195, 0.20, 0.12)  # half its length; of what clears its ground half the length, and the width
_SIDE, _UP = np.array([1.0, 0.0, 0.0]), np.array([0.0, 1.0, 0.0])
BESIDE: Final = 0.16  # from an upright line to its numbers
MOST: Final = 5  # ticks
_APART: Final = 0.08  # the numbers of two ticks


class Ruler(Figure):
    """The line of an axis, from left to right or upright, with a tick at each multiple of a round step.

    Parameters
    ----------
    axis
        The range that the settings state, and where it lies.
    most
        How many ticks there may be, 2 or more.
    """

    kind = "ruler"

    def __init__(self, axis: Axis, *, theme: Theme, most: int = MOST) -> None:
        (run, rise), upright = (axis.end[i] - axis.start[i] for i in (0, 1)), is_upright(axis)
        if (rise if upright else run) <= 0.0 or (run if upright else rise) != 0.0:
            raise StageError(f"ruler: its axis {axis.key} runs from left to right, or upright")
        self.axis = axis
        sizes = {"length": rise if upright else run, "low": axis.low, "high": axis.high, "most": float(most)}
        sizes |= {"upright": 1.0} if upright else {}
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
        at = [(value - low) / (high - low) * length for value in ticks(low, high, int(sizes["most"]))]
        along, across = (_UP, _SIDE) if sizes.get("upright") else (_SIDE, _UP)
        lines = [rectangle(along * x - across * _HALF, along * x + across * _HALF, FINE) for x in at]
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


def is_upright(axis: Axis) -> bool:
    """Return whether an axis stands upright."""
    return axis.start[0] == axis.end[0]


class Tick(Lettering):
    """The number at a tick of an axis: it follows from the range that the settings state, and stands centred under it.

    On the left of an axis that stands upright its middle stands as high as the tick.
    Of an axis of exponents it may be the ``power`` of ten.

    Raises
    ------
    StageError
        If the axis has no tick there.
    """

    kind = "tick"
    dims_by_colour = True

    def __init__(
        self, axis: Axis, value: float, *, colour: str, most: int = MOST, height: float = LABEL, power: bool = False
    ) -> None:
        super().__init__([Paint(colour)])
        self.axis, self.value, self.most, self.power = axis, value, most, power
        self._way = int(is_upright(axis))
        if value not in ticks(axis.low, axis.high, most):
            raise StageError(f"tick of {axis.key}: there is none at {value!r}")
        self.set_type(height, "right" if self._way else "centre")
        self.draw()
        x, y, _ = axis.point(value)
        if self._way:
            self.at(float(x) - BESIDE, float(y) - self._middle(self.outlines()[0]))
        else:
            self.at(float(x), float(y) - UNDER - height)

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
        return format_resting(10.0**self.value, 1) if self.power else format_tick(self.value)

    def script(self) -> str:
        """Return the Typst math of the number."""
        return as_math(self.text)

    def told(self) -> Told:
        """Return the number."""
        return replace(super().told(), value=self.value)

    def fields(self, place: Any) -> dict[str, Any]:
        """Return how many ticks there may be."""
        sizes = {"most": float(self.most), **({"power": 1.0} if self.power else {})}
        return {**super().fields(place), "sizes": sizes}

    def _anchor(self, outline: Outline) -> float:
        ink = np.concatenate(list(outline.parts.values()))
        return float(ink[:, 0].max()) if self._way else float(ink[:, 0].min() + ink[:, 0].max()) / 2

    def _middle(self, ink: Points) -> float:
        """Return the middle of some ink, along the axis."""
        return float(ink[:, self._way].min() + ink[:, self._way].max()) / 2

    def fault(self) -> str | None:
        """Return what is drawn wrongly: beside its tick a number would be another one."""
        ink = np.concatenate([piece.points for piece in self.submobjects])
        off = self._middle(ink) - float(self.axis.point(self.value)[self._way])
        return super().fault() or (None if abs(off) <= 1e-6 else "it does not stand at its tick")


def tick_labels(
    axis: Axis, theme: Theme, *, most: int = MOST, height: float = LABEL, powers: bool = False
) -> list[Tick]:
    """Return the number at each tick of an axis; of an axis of powers of ten, the powers."""
    colour = theme.colour("quiet")
    at = ticks(axis.low, axis.high, most)
    return [Tick(axis, v, colour=colour, most=most, height=height, power=powers) for v in at]


def spaced_ticks(axis: Axis, theme: Theme, most: int) -> tuple[list[Tick], int]:
    """Return the numbers at the ticks, as many as stand apart, if any do, and of at most how many ticks they are."""
    for few in range(most, 1, -1):
        labels = tick_labels(axis, theme, most=few)
        ends = [_span(label, int(is_upright(axis))) for label in labels]
        if labels and all(end + _APART <= start for (_, end), (start, _) in pairwise(ends)):
            return labels, few
    return [], most


def ruled(axis: Axis, theme: Theme, *, most: int = MOST) -> tuple[Ruler, list[Tick]]:
    """Return the line of an axis and the numbers at its ticks, as many as stand apart: one at least."""
    labels, few = spaced_ticks(axis, theme, most)
    if labels:
        return Ruler(axis, theme=theme, most=few), labels
    return Ruler(axis, theme=theme, most=2), tick_labels(axis, theme, most=2)[:1]


def beside_ticks(limits: tuple[float, float], theme: Theme, *, most: int = MOST) -> float:
    """Return how much room the numbers of an upright axis of some range need on its left."""
    axis = Axis("", *limits, (0.0, 0.0, 0.0), (0.0, 1.0, 0.0))
    return max(-_span(tick, 0)[0] for few in range(2, most + 1) for tick in tick_labels(axis, theme, most=few))


def _span(label: Tick, way: int) -> tuple[float, float]:
    """Return where a number begins and ends, across or upright."""
    ink = np.concatenate([piece.points[:, way] for piece in label.submobjects])
    return float(ink.min()), float(ink.max())


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

    @property
    def unit(self) -> float:
        """Frame units for one unit along its axis."""
        return self.axis.scale.per_unit

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
