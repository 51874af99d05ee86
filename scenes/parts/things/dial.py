"""The dial of a variable: an arc from twelve o'clock, clockwise for plus; half a turn is its stated unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Sized
from functools import lru_cache
from typing import ClassVar, Final

import numpy as np
import numpy.typing as npt

from scenes.parts.errors import StageError
from scenes.parts.measure import Scale
from scenes.parts.page import Form, Place
from scenes.parts.recipe.quantity import Quantity, Role
from scenes.parts.theme import NAME, RING, Theme
from scenes.parts.things.base import Paint, Shown, Source
from scenes.parts.things.lettering import Symbol
from scenes.parts.things.outlined import Numbers, Outlined
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.shapes import disc, polygon
from scenes.parts.things.strips import bow

__all__ = ["RADII", "RADIUS", "Dial", "GhostDial", "dial", "dial_radius"]

Points = npt.NDArray[np.float64]
RADIUS: Final = 0.44
RADII: Final = (RADIUS, 0.31)  # of dials that may be smaller where many stand in a line
_ROOM, _BETWEEN = 6.2, 0.14  # half of what many on a line may take; half of what lies between two rings
_WIDE: Final = 0.07  # of the ring
_CLEAR: Final = 0.06  # beyond the radius, what runs through a dial is covered
_DOT, _EYE = 0.085, 0.051  # radii: of the end dot, and of its hole if it is open
_FREE: Final = 0.02  # from what may lie on the ring to the name inside
_INDEXED: Final = 0.96  # of its height: how far a letter with an index reaches from the middle of its ink
_TICK: Final = (0.03, 0.085)  # width, and how far it reaches to both sides of the ring
_GHOST: Final = 0.38  # so much of a colour is left
_TOP: Final = np.pi / 2
_NOTHING: Final = np.zeros((0, 3))
_CENTRE: Final = np.zeros(3)


class Dial(Outlined):
    """A value as an arc on a ring, with a solid dot at its end for plus and an open one for minus.

    Of exactly 0 there is no arc, and the ring of exactly zero lies at twelve o'clock. The name inside is a symbol.

    Parameters
    ----------
    numbers
        The value, with a scale of pi / unit radians.
    colour
        That of the value.

    Raises
    ------
    StageError
        If an arc would pass half a turn: it would point to the wrong side.
    """

    kind = "dial"
    roles: ClassVar[tuple[str, ...]] = ("turn",)
    measures = False  # its name stands inside

    def __init__(
        self,
        numbers: Sequence[tuple[Quantity | Source, Scale]],
        *,
        origin: tuple[float, float],
        theme: Theme,
        colour: str,
        radius: float = RADIUS,
    ) -> None:
        ground = theme.colour("background")
        face, hands = [ground, theme.colour("body"), theme.colour("grid")], self._hands(theme, colour)
        paints = [Paint(shade) for shade in (*face, *hands, colour, ground)]
        super().__init__(numbers, origin=origin, sizes={"radius": radius}, paints=paints)

    def _hands(self, theme: Theme, colour: str) -> list[str]:
        """Return the colours of arc and tick."""
        return [colour, theme.colour("background")]

    def outlines(self) -> Sequence[Points]:
        """Return face, arc, tick and end dot."""
        for role, (source, scale) in zip(self.roles, self.numbers, strict=True):
            if not abs(source.now.number) * scale.per_unit <= np.pi * (1 + 1e-12):
                said = f"{role} {source.now.number!r} passes half a turn, which is {np.pi / scale.per_unit!r}"
                raise StageError(f"{self.name}: its {said} ({scale.key})")
        return super().outlines()

    @property
    def mouth(self) -> Points:
        """Return the lowest point of its ring: its name stands inside."""
        return np.asarray(self.origin + self.offset - np.array([0.0, self.sizes["radius"], 0.0]))

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        """Return what clears its ground, body, ring, arc, tick, end dot and the dot's hole."""
        radius, turn = sizes["radius"], drawn["turn"]
        end = radius * np.array([np.sin(turn), np.cos(turn), 0.0])
        dot = disc(end, *RING) if turn == 0.0 else disc(end, _DOT)
        eye = disc(end, _EYE) if turn < 0.0 else _NOTHING
        return [*_face(radius), _arc(radius, turn), _tick(radius, 0.0), dot, eye]

    @classmethod
    def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
        """Return the angle of the arc."""
        return {"turn": _angle(shapes[3])}


class GhostDial(Dial):
    """A dial that also keeps another value of its variable, such as the one before a step: a pale arc with a notch."""

    kind = "ghost_dial"
    roles = ("turn", "ghost")

    def _hands(self, theme: Theme, colour: str) -> list[str]:
        pale = theme.mixed(colour, _GHOST)
        return [pale, *super()._hands(theme, colour), pale]

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        """Return the shapes of a dial, the ghost under its arc and the ghost's notch over it."""
        clear, body, ring, arc, tick, *dot = super().shapes(drawn, sizes)
        radius, ghost = sizes["radius"], drawn["ghost"]
        return [clear, body, ring, _arc(radius, ghost), arc, tick, _tick(radius, ghost), *dot]

    @classmethod
    def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
        """Return the angles of both arcs."""
        return {"turn": _angle(shapes[4]), "ghost": _angle(shapes[3])}


@lru_cache
def _face(radius: float) -> tuple[Points, ...]:
    """Return what clears its ground, body and ring: all that no number turns."""
    ring = disc(_CENTRE, radius + _WIDE / 2, radius - _WIDE / 2)
    return disc(_CENTRE, radius + _CLEAR), disc(_CENTRE, radius), ring


def _arc(radius: float, turn: float) -> Points:
    return bow(radius, _WIDE, _TOP, _TOP - turn) if turn else _NOTHING


def _tick(radius: float, turn: float) -> Points:
    """Return a line across the ring, so many radians clockwise from twelve o'clock."""
    width, half = _TICK
    out, across = np.array([np.sin(turn), np.cos(turn), 0.0]), np.array([np.cos(turn), -np.sin(turn), 0.0]) * width / 2
    inner, outer = out * (radius - half), out * (radius + half)
    return polygon([inner + across, outer + across, outer - across, inner - across])


def _angle(arc: Points) -> float:
    """Return by how many radians a drawn arc turns, clockwise, added up from its pieces along the outer edge."""
    if not len(arc):
        return 0.0
    edge = arc[: (len(arc) - 8) // 2]
    ends = np.concatenate([edge[::4], edge[-1:]])
    return float(-np.diff(np.unwrap(np.arctan2(ends[:, 1], ends[:, 0]))).sum())


# -- a dial as a part of a page ---------------------------------------------------------------------------------------


def dial_radius(values: Sized) -> float:
    """Return the radius of dials that stand side by side: of many, a smaller one."""
    return min(RADIUS, _ROOM / len(values) - _BETWEEN)


def dial(
    pen: Pen,
    name: str,
    *,
    source: Source | None = None,
    ghost: str | Source | None = None,
    symbol: str | None = None,
    radius: float | tuple[float, ...] = RADIUS,
    called: str = "",
    scale: str = "dial",
) -> Part:
    """Return the dial of a quantity, with its name inside.

    Parameters
    ----------
    name
        The part's name: a quantity.
    source
        The quantity as a sweep moves it.
    ghost
        Another value that it keeps in sight.
    symbol
        The quantity whose symbol stands inside, where it is another.
    radius
        Several are tried in their order; all dials of a page then have the same.
    called
        The part's name, where a page has the dial twice.
    scale
        How far it turns for 1, by its name among those that the settings state.
    """
    quantity = pen.quantities[name]
    kept = pen.quantities[ghost] if isinstance(ghost, str) else ghost
    sources = [source or quantity, *([kept] if kept else [])]
    made, colour = GhostDial if kept else Dial, pen.theme.colour(quantity.row.role)
    radii = radius if isinstance(radius, tuple) else (radius,)

    def draw(place: Place, scales: Mapping[str, Scale]) -> tuple[Shown, ...]:
        numbers = [(each, scales[scale]) for each in sources]
        shown = made(numbers, origin=(place.x, place.y), theme=pen.theme, colour=colour, radius=radii[place.form])
        return shown, _inside(pen, symbol or name, quantity.row.role, (place.x, place.y), radii[place.form])

    reaches = (each + max(_DOT, RING[0]) for each in radii)
    forms = (Form.fixed(left=reach, right=reach, up=reach, down=reach) for reach in reaches)
    return Part(called or name, *forms, draw=draw, like="dials" if len(radii) > 1 else "")


def _inside(pen: Pen, name: str, colour: Role, middle: tuple[float, float], radius: float) -> Symbol:
    """Return a symbol inside a dial, so small that the end dot lies on it at no angle; without an index it is as small.

    It stands about half its height, else about the middle of its ink.
    """
    room, (x, y) = radius - _DOT - _FREE, middle
    reach = max(_INDEXED * NAME, _reach(pen.symbol(name, height=NAME))[1])
    letter = pen.symbol(name, height=NAME * min(1.0, room / reach), colour=colour)
    half, (heart, _) = letter.height_of_type / 2, _reach(letter)
    if np.linalg.norm(_ink(letter) - (0.0, half), axis=1).max() <= room:
        return letter.at(x, y - half)
    return letter.at(x - float(heart[0]), y - float(heart[1]))


def _ink(letter: Symbol) -> Points:
    return np.concatenate([piece.points[:, :2] for piece in letter.submobjects])


def _reach(letter: Symbol) -> tuple[Points, float]:
    """Return the middle of what is drawn of a letter, from the point that is placed, and how far it reaches from it."""
    ink = _ink(letter)
    middle = (ink.min(axis=0) + ink.max(axis=0)) / 2
    return middle, float(np.linalg.norm(ink - middle, axis=1).max())
