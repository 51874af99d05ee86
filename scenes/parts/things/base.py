"""What every drawn thing has in common: pieces whose outlines follow from a quantity, and a check that they do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from operator import is_
from typing import Any, ClassVar, Final, Protocol, cast

import numpy as np
import numpy.typing as npt
from manim.constants import LineJointType
from manim.mobject.types.vectorized_mobject import VGroup, VMobject
from manim.utils.color import ManimColor

from scenes.parts.errors import StageError
from scenes.parts.measure import Axis, Scale
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import DIM
from scenes.parts.things.answers import Place, Reading, Remedy, Stated, Told, unstated_scale

__all__ = ["TOLERANCE", "Bound", "Paint", "Piece", "Reading", "Shown", "Source", "as_source", "moved"]

Points = npt.NDArray[np.float64]
TOLERANCE: Final = 1e-6
"""By how much what is drawn may be off, in frame units: 0.0003 px at 2160p."""

_STEEP = 10.0  # lengths are shorter; of a slope beyond, a share


class Source(Protocol):
    """What a bound mobject asks for its quantity: a fixed quantity, or one that a sweep moves."""

    @property
    def now(self) -> Quantity:
        """Return the quantity as it stands on this frame."""


@dataclass(frozen=True)
class Fixed:
    """The source of a quantity that stays."""

    now: Quantity

    def __deepcopy__(self, memo: dict[int, Any]) -> Fixed:
        return self


def as_source(source: Any) -> Source:
    """Return the source of a quantity, fixed or live.

    Raises
    ------
    StageError
        If it is neither: a number typed in a storyboard comes from no trace.
    """
    if isinstance(source, Quantity):
        return Fixed(source)
    if isinstance(getattr(source, "now", None), Quantity):
        return cast(Source, source)
    raise StageError(f"{source!r} is no quantity: a number on screen comes from a trace")


@dataclass(frozen=True)
class Paint:
    """How a piece is painted: filled, or stroked when ``stroke`` (manim's width) is not 0."""

    colour: str
    opacity: float = 1.0
    stroke: float = 0.0


@lru_cache(maxsize=4096)
def _rgba(colour: str, opacity: float) -> Points:
    """Return what manim does, shape (1, 4): it parses each colour anew, which takes long."""
    return np.array([ManimColor(colour).to_rgba_with_alpha(opacity)])


@cache
def _blank() -> Mapping[str, Any]:
    """Return what manim gives every new mobject: worked out for each, it takes a tenth of a rehearsal."""
    made: Mapping[str, Any] = vars(VMobject(joint_type=LineJointType.ROUND))  # a mitre reaches past the numbers
    return made


def _begin(mobject: VMobject, members: Iterable[VMobject] = ()) -> None:
    """Give a new mobject all that manim does; what may be changed in place is its own."""
    vars(mobject).update(_blank())
    mobject.submobjects, mobject.updaters = list(members), []
    mobject.fill_rgbas, mobject.stroke_rgbas, mobject.background_stroke_rgbas = (np.zeros((1, 4)) for _ in range(3))
    mobject.points = np.zeros((0, 3))


class Piece(VMobject):  # type: ignore[misc]  # manim's classes are untyped for mypy
    """One outline with one paint."""

    def __init__(self, paint: Paint) -> None:
        _begin(self)
        fill = 0.0 if paint.stroke else paint.opacity
        self.fill_opacity, self.stroke_width, self.stroke_opacity = fill, paint.stroke, paint.opacity
        self.fill_rgbas, self.stroke_rgbas = (_rgba(paint.colour, of).copy() for of in (fill, paint.opacity))
        self.paint, self.tone = paint, paint.colour

    def show(self, share: float, colour: str | None = None) -> None:
        """Paint at ``share`` of the full opacity, in another colour if one is given."""
        opacity, self.tone = self.paint.opacity * share, colour or self.paint.colour
        rgbas = self.stroke_rgbas if self.paint.stroke else self.fill_rgbas
        rgbas[:] = _rgba(self.tone, opacity)

    @property
    def repainted(self) -> bool:
        """Whether it was painted past :meth:`show`: in another colour, in several, or with another stroke."""
        rgbas = self.stroke_rgbas if self.paint.stroke else self.fill_rgbas
        width = float(self.get_stroke_width())
        return len(rgbas) != 1 or _hex(rgbas[0].tobytes()) != self.tone.upper() or width != self.paint.stroke

    @property
    def shown(self) -> float:
        """The share of its full opacity that the piece is painted with now."""
        rgbas = self.stroke_rgbas if self.paint.stroke else self.fill_rgbas
        return float(rgbas[0, 3]) / self.paint.opacity


class Shown(VGroup):  # type: ignore[misc]  # manim's classes are untyped for mypy
    """A thing that may stand on the stage: it says what kind it is, what it shows and whether it shows it truly.

    Attributes
    ----------
    measures
        Whether it is read by its length or its place: it may lie beside a text, and over a line, but not over a text.
    dims_by_colour
        Whether it takes the quiet colour out of focus, as thin letters do, instead of fading.
    keeps
        The share of its colour that it keeps out of focus.
    size
        How large it is, over how large it is built: 1 but for lettering on its way.
    """

    kind: ClassVar[str] = "decor"
    measures: ClassVar[bool] = False
    dims_by_colour: ClassVar[bool] = False
    keeps: float = DIM

    def __init__(self, paints: Sequence[Paint]) -> None:
        _begin(self, map(Piece, paints))
        self.dimmed, self.size = False, 1.0
        self._drawn: tuple[Points, ...] = ()
        self._drawn_for: tuple[object, ...] = ()

    def outlines(self) -> Sequence[Points]:
        """Return the outline that each piece should have now, shape (4 k, 3) each, before any move."""
        raise TypeError(f"{type(self).__name__} says no outlines")

    def bodies(self) -> Sequence[Points]:
        """Return the parts that it is drawn of, each convex but for teeth: what is read must not lie under any."""
        return [piece.points for piece in self.submobjects]

    def draw(self) -> None:
        """Write the outlines of this moment into the pieces, where the thing stands now."""
        offset, grounds = self.offset, self.grounds()
        if not grounds or not self._is_drawn_for(grounds):
            self._drawn, self._drawn_for = tuple(self.outlines()), grounds
        self.stand(self.size, offset)

    def stand(self, size: float, offset: Points) -> None:
        """Stand so many times as large as it is built, and then so far away, shape (3,)."""
        self.size = size
        for piece, points in zip(self.submobjects, self._drawn, strict=True):
            piece.points = size * points + offset

    def grounds(self) -> tuple[object, ...]:
        """Return the objects that the outlines follow from: while they are the same ones, so are the outlines."""
        return ()

    def _expected(self) -> Sequence[Points]:
        """Return the outlines as they should be, computed anew when what they follow from is another object."""
        return self._drawn if self._is_drawn_for(self.grounds()) else self.outlines()

    def _is_drawn_for(self, grounds: Sequence[object]) -> bool:
        return len(grounds) == len(self._drawn_for) and all(map(is_, grounds, self._drawn_for))

    @property
    def offset(self) -> Points:
        """How far the thing was moved since it was built, shape (3,)."""
        for piece, points in zip(self.submobjects, self._drawn, strict=False):
            if len(points) and len(piece.points):
                return np.asarray(piece.points[0] - self.size * points[0])
        return np.zeros(3)

    @property
    def mouth(self) -> Points:
        """Where a number comes out of it, shape (3,): the middle of what is drawn last, such as the end of an arc."""
        drawn = [piece.points for piece in self.submobjects if len(piece.points)] or [np.zeros((1, 3))]
        return np.asarray((drawn[-1].min(axis=0) + drawn[-1].max(axis=0)) / 2)

    def reading(self) -> Reading:
        """Return what is drawn."""
        return Reading()

    def told(self) -> Told:
        """Return what the core says of it on this frame."""
        return Told()

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The axes that it is drawn on."""
        return ()

    def fields(self, place: Place) -> dict[str, Any]:
        """Return what the ledger says of it once: fields of a `ShownRow` that stay, none that says nothing."""
        return {"axes": tuple((axis.key, place(*axis.start[:2]), place(*axis.end[:2])) for axis in self.axes)}

    def unstated(self, stated: Stated) -> str | None:
        """Return in what it goes beyond the clip's settings, or None: a scale, a range, words, a wheel."""
        for axis in self.axes:
            if stated.ranges.get(axis.key) != (axis.low, axis.high):
                return f"{self.name}: no setting states the range {axis.low!r} to {axis.high!r} ({axis.key})"
        return None

    @property
    def to_read(self) -> str | None:
        """The number that somebody has to read who sees it for the first time."""
        return None

    @property
    def remedy(self) -> Remedy | None:
        """What a lecturer can do where it is in the way, by the keys of the settings."""
        return None

    def fault(self) -> str | None:
        """Return what is drawn wrongly, or None: outlines as they should be up to one move, all of one opacity."""
        drawn, expected = [piece.points for piece in self.submobjects], self._expected()
        if [np.shape(points) for points in drawn] != [np.shape(points) for points in expected]:
            return "its outline is not the one that its value gives"
        if drawn and not _same(_joined(drawn), self.size * _joined(expected) + self.offset):
            return "its outline is not the one that its value gives"
        if any(piece.repainted for piece in self.submobjects):
            return "it was painted otherwise than it says"
        if any(piece.shown < (0.3 if self.dimmed else 0.999) for piece in self.submobjects):
            return "it counts as shown but is painted away"
        return None

    @property
    def name(self) -> str:
        """What to call it in a message and in the ledger."""
        return self.kind

    @name.setter
    def name(self, value: str) -> None:
        """Ignore the name that manim gives every mobject."""

    @property
    def colours(self) -> tuple[str, ...]:
        """The colours its pieces are painted with now, as ``#RRGGBB``."""
        return tuple(_hex((p.stroke_rgbas if p.paint.stroke else p.fill_rgbas)[0].tobytes()) for p in self.submobjects)


def _joined(outlines: Sequence[Points]) -> Points:
    """Return outlines as one array: many small ones take much longer to compare."""
    return outlines[0] if len(outlines) == 1 else np.concatenate(outlines)


def _same(drawn: Points, expected: Points) -> bool:
    """Return whether two outlines agree in every point, NaN never agreeing."""
    return drawn.shape == expected.shape and (not len(drawn) or bool(np.abs(drawn - expected).max() <= TOLERANCE))


def moved(shown: Shown, place: str) -> str | None:
    """Return the fault of a thing that is not where it was built, or None."""
    return None if np.abs(shown.offset).max() <= TOLERANCE else f"it was moved away from {place}"


@lru_cache(maxsize=256)
def _hex(rgba: bytes) -> str:
    red, green, blue, _ = np.frombuffer(rgba)
    return "#{:02X}{:02X}{:02X}".format(*(round(float(part) * 255) for part in (red, green, blue)))


class Bound(Shown):
    """A thing whose outlines follow from a quantity, and from a stated scale where a length is measured."""

    kind: ClassVar[str] = "readout"

    def __init__(self, source: Quantity | Source, paints: Sequence[Paint], scale: Scale | None = None) -> None:
        self.source = as_source(source)
        if scale is not None and not isinstance(scale, Scale):
            raise StageError(f"{self.kind}: {scale!r} is no scale: a scale comes from the settings")
        self.scale_used = scale
        super().__init__(paints)
        self.draw()

    @property
    def sources(self) -> tuple[Source, ...]:
        """Everything that it follows."""
        return (self.source,)

    def grounds(self) -> tuple[object, ...]:
        """Return the quantities of this frame: a sweep makes new ones for every input."""
        return tuple(source.now for source in self.sources)

    @property
    def quantity(self) -> Quantity:
        """The quantity as it stands on this frame."""
        return self.source.now

    def told(self) -> Told:
        """Return the number of the quantity; a whole sweep has none."""
        value = self.quantity.value
        return replace(super().told(), value=value if isinstance(value, float) else None)

    def fields(self, place: Place) -> dict[str, Any]:
        """Return the quantity and the scale."""
        scale = self.scale_used.per_unit if self.scale_used else None
        return {**super().fields(place), "quantity": self.quantity.name, "scale": scale}

    def unstated(self, stated: Stated) -> str | None:
        """Return whether no setting states the scale, or the range of an axis."""
        return unstated_scale(self.name, self.scale_used, stated) or super().unstated(stated)

    @property
    def remedy(self) -> Remedy | None:
        """What makes it shorter: a lower scale."""
        return Remedy(2, f"lower {self.scale_used.key}", self.scale_used.key) if self.scale_used else None

    @property
    def unit(self) -> float:
        """Frame units for one unit of the quantity, by which it is told whether what is drawn is right."""
        return self.scale_used.per_unit if self.scale_used else 1.0

    @property
    def name(self) -> str:
        """The kind and the quantity."""
        return f"{self.kind} of {self.quantity.name}"

    @name.setter
    def name(self, value: str) -> None:
        """Ignore the name that manim gives every mobject."""

    def fault(self) -> str | None:
        """Return what is drawn wrongly: the outline, or a value read back from it that differs from the quantity's."""
        return super().fault() or self.misread(self.reading())

    def misread(self, reading: Reading) -> str | None:
        """Return in what the reading differs from the quantity."""
        if reading.value is None:
            return None
        expected = self.quantity.number
        least = max(1.0, abs(expected) * self.unit / _STEEP)
        return (
            None
            if abs(reading.value - expected) * self.unit <= TOLERANCE * least
            else f"it shows {reading.value!r}, the core says {expected!r}"
        )
