"""The base of most kinds: outlines about an origin that follow from one to three numbers, each with its stated scale.

A kind says its ``roles``, its :meth:`~Outlined.shapes` and how its numbers are :meth:`~Outlined.read` back from them;
the rest, from the check of every frame to the fields of the ledger, is here. `studio.audit.outlined` is its other half.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from scenes.parts.errors import StageError
from scenes.parts.film.ledger import NumberRow
from scenes.parts.measure import Axis, Scale
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.things.answers import Place, Reading, Stated, Told, unstated_scale
from scenes.parts.things.base import Bound, Paint, Shown, Source, as_source, moved

__all__ = ["Numbers", "Outlined", "Spot"]

Points = npt.NDArray[np.float64]
Numbers = Mapping[str, float]
"""What is drawn for each role: scale times value, in frame units or radians, with its sign; or sizes by their names."""

_TOLERANCE = 1e-6  # frame units, or radians
_NONE: Numbers = MappingProxyType({})


@dataclass(frozen=True)
class Spot:
    """An origin in the plane of two axes: the point that stands for two quantities."""

    x: tuple[Source | Quantity, Axis]
    y: tuple[Source | Quantity, Axis]

    @property
    def axes(self) -> tuple[Axis, Axis]:
        """The axis of x, and that of y."""
        return self.x[1], self.y[1]

    @property
    def sources(self) -> tuple[Source, Source]:
        """What gives x, and what gives y."""
        return as_source(self.x[0]), as_source(self.y[0])

    @property
    def point(self) -> Points:
        """Where it is on this frame, shape (3,)."""
        (x, y), (across, up) = (source.now.number for source in self.sources), self.axes
        return np.array([across.point(x)[0], up.point(y)[1], 0.0])


class Outlined(Bound):
    """Outlines that follow from numbers.

    Parameters
    ----------
    numbers
        For each of the ``roles`` its quantity and its scale: one of the settings, or of an axis that it stands on.
    origin
        Where (0, 0) of the shapes lies: a place, or two quantities on two axes.
    sizes
        Lengths in frame units and angles in radians that the layout chose, by name; the ledger says them.
    paints
        One for each shape.

    Attributes
    ----------
    roles
        What each number is in the drawing, such as ``width``; the first is that of the quantity it is named after.
    product
        The quantity that its numbers give together, such as what an area stands for.
    """

    roles: ClassVar[tuple[str, ...]] = ()
    measures = True

    def __init__(
        self,
        numbers: Sequence[tuple[Quantity | Source, Scale]],
        *,
        origin: tuple[float, float] | Spot,
        sizes: Mapping[str, float] = _NONE,
        paints: Sequence[Paint],
        product: Quantity | None = None,
    ) -> None:
        if len(numbers) != len(self.roles):
            raise StageError(f"{self.kind}: it shows {', '.join(self.roles)}, and was given {len(numbers)} quantities")
        if wrong := next((scale for _, scale in numbers if not isinstance(scale, Scale)), None):
            raise StageError(f"{self.kind}: {wrong!r} is no scale: a scale comes from the settings")
        self.numbers = tuple((as_source(source), scale) for source, scale in numbers)
        self.spot = origin if isinstance(origin, Spot) else None
        self._origin = np.zeros(3) if isinstance(origin, Spot) else np.array([*origin, 0.0])
        self.sizes, self.product = dict(sizes), product
        super().__init__(numbers[0][0], paints, numbers[0][1])

    # -- what a kind says ---------------------------------------------------------------------------------------------

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        """Return one outline for each paint, shape (4 k, 3), about the origin; none, shape (0, 3), where nothing is."""
        raise TypeError(f"{cls.__name__} says no shapes")

    @classmethod
    def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
        """Return what is drawn for each role, measured from shapes; 0 where nothing is drawn for it."""
        raise TypeError(f"{cls.__name__} reads no numbers")

    # -- what follows -------------------------------------------------------------------------------------------------

    @property
    def sources(self) -> tuple[Source, ...]:
        """Everything that it follows."""
        return (*(source for source, _ in self.numbers), *(self.spot.sources if self.spot else ()))

    @property
    def origin(self) -> Points:
        """Where its shapes lie before any move, shape (3,)."""
        return self.spot.point if self.spot else self._origin

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The axes that its origin lies on."""
        return self.spot.axes if self.spot else ()

    def outlines(self) -> Sequence[Points]:
        """Return the shapes of this frame's numbers, at the origin."""
        return self.unfolded(1.0)

    def unfolded(self, share: float) -> Sequence[Points]:
        """Return the shapes of a share of its numbers, as it comes to stand: an arc turns, an area opens."""
        values = (scale.per_unit * source.now.number * share for source, scale in self.numbers)
        shapes = self.shapes(dict(zip(self.roles, values, strict=True)), self.sizes)
        return [np.asarray(points + self.origin) for points in shapes]

    def reading(self) -> Reading:
        """Return the numbers that the drawn outlines stand for, and the origin."""
        origin = self.origin + self.offset
        drawn = self.read([piece.points - origin for piece in self.submobjects], self.sizes)
        pairs = zip(self.roles, self.numbers, strict=True)
        value, *further = (float(drawn[role] / scale.per_unit) for role, (_, scale) in pairs)
        return Reading(value=value, values=tuple(further), ends=((float(origin[0]), float(origin[1])),))

    def told(self) -> Told:
        """Return what the core says of each number."""
        return replace(super().told(), values=tuple(source.now.number for source, _ in self.numbers[1:]))

    def fields(self, place: Place) -> dict[str, Any]:
        """Return its further numbers, its sizes, and what gives its origin."""
        further = zip(self.roles[1:], self.numbers[1:], strict=True)
        rows = [NumberRow(role=role, quantity=s.now.name, scale=scale.per_unit) for role, (s, scale) in further]
        x, y = (source.now.name for source in self.spot.sources) if self.spot else (None, None)
        return {**super().fields(place), "numbers": tuple(rows), "sizes": self.sizes, "across": x, "through": y}

    def unstated(self, stated: Stated) -> str | None:
        """Return whether no setting and no axis states one of the scales, or no setting an axis."""
        of_axes = [axis.scale for axis in self.axes]
        wrong = (unstated_scale(self.name, scale, stated) for _, scale in self.numbers if scale not in of_axes)
        return next(filter(None, wrong), None) or Shown.unstated(self, stated)

    def fault(self) -> str | None:
        """Return what is drawn wrongly: outlines, a number read back from them, or its place beside its axes."""
        return super().fault() or (moved(self, "its axes") if self.spot else None)

    def misread(self, reading: Reading) -> str | None:
        """Return in what one of the numbers differs from its quantity."""
        if wrong := super().misread(reading):
            return wrong
        pairs = zip(self.roles[1:], self.numbers[1:], reading.values, strict=True)
        for role, (source, scale), value in pairs:
            if not abs(value - source.now.number) * scale.per_unit <= _TOLERANCE:
                return f"its {role} shows {value!r}, the core says {source.now.number!r}"
        return None
