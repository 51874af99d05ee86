"""The gate of a local slope: a post across the wire, and on it a plate that says by what it multiplies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.errors import StageError
from scenes.parts.measure import Scale
from scenes.parts.page import Form, Place
from scenes.parts.recipe.quantity import Quantity, Role
from scenes.parts.theme import FINE, LABEL, POST, VALUE, Theme
from scenes.parts.things.base import Paint, Shown, Source
from scenes.parts.things.figure import Figure
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.lettering import Align, Lettering
from scenes.parts.things.letters import room_of
from scenes.parts.things.outlined import Numbers
from scenes.parts.things.part import Part
from scenes.parts.things.readout import Form as Written
from scenes.parts.things.shapes import rectangle
from scenes.parts.things.strips import plate, rod
from scenes.parts.things.wire import placed

__all__ = ["POST_DOWN", "Plate", "Post", "bare_post", "fits_a_plate", "gate", "live_gate", "named_over", "posts"]

Points = npt.NDArray[np.float64]
POST_DOWN: Final = 0.58  # of a post, under the wire
_BESIDE, _ABOVE, _INSIDE = 0.13, 0.125, 0.045  # what a plate leaves free around its text; over an exponent at least
_BRACKET: Final = 0.1  # beside what ends with a bracket, which no digit is read with
_WIDEST: Final = 2.2  # of what a plate says
_TIMES: Final = 0.1  # from the sign to a live number
_OVER: Final = 0.09  # from a plate to its title
_BY_TITLE: Final = 0.15  # from a title to what a plate says behind it
_OVER_IT, _ON_IT, _BARE = range(3)  # where its title stands, if it does
_HEIGHTS: Final = (VALUE, LABEL)  # of what it says
_CORNER: Final = 0.07
_CLEAR: Final = 0.11  # width within which the post covers the wire
_UP: Final = np.array([0.0, 1.0, 0.0])


class Plate(Figure):
    """A plate about its middle; what it says is lettering over it.

    Parameters
    ----------
    of
        The local slope, or whatever the plate says.
    room
        Its width and height.
    colour
        Of its rim: the weights' where the slope is a weight, else ink.
    """

    kind = "plate"

    def __init__(
        self, of: Quantity, *, origin: tuple[float, float], room: tuple[float, float], theme: Theme, colour: str
    ) -> None:
        paints = [Paint(colour), Paint(theme.colour("body"))]
        super().__init__(origin=origin, sizes={"width": room[0], "height": room[1]}, paints=paints, of=of)

    @property
    def rim(self) -> Paint:
        """How its rim is painted."""
        return Paint(self.submobjects[0].paint.colour)

    @classmethod
    def shapes(cls, sizes: Numbers) -> Sequence[Points]:
        """Return rim and body."""
        outer, inner = (plate(sizes["width"] - 2 * by, sizes["height"] - 2 * by, _CORNER - by) for by in (0.0, FINE))
        return [np.concatenate([outer, inner[::-1]]), inner]


class Post(Figure):
    """A post across the wire, about the point where they cross; the ribbon lies over it."""

    kind = "post"

    @classmethod
    def shapes(cls, sizes: Numbers) -> Sequence[Points]:
        """Return what clears the wire, and the post."""
        low, high = -_UP * sizes["down"], _UP * sizes["up"]
        return [rectangle(low, high, _CLEAR), rod(low, high, POST)]


def gate(
    pen: LetterPen,
    name: str,
    content: Lettering | Sequence[Lettering] | None = None,
    *,
    form: Written = "factor",
    widest: Form | None = None,
    title: Lettering | None = None,
    heights: Sequence[float] = _HEIGHTS,
    called: str = "",
) -> Part:
    """Return the plate of a local slope and what it says: its origin is its middle. Its post follows with `posts`.

    Parameters
    ----------
    name
        The slope; it gives the gate its colour: that of weights where it is one, else ink.
    content
        What the plate says, words or a formula, the first for which there is room; none: the slope as ``form`` writes
        it.
    widest
        The room of a number at its widest moment, where a sweep moves it.
    title
        What the gate is, small and centred over its plate or, where that is too high, on it, before what it says.
    heights
        Of what is written without ``content``, the first for which there is room.
    """
    quantity = pen.quantities[name]
    role: Role = "weight" if quantity.row.role == "weight" else "ink"

    def face(said: Lettering) -> _Face:
        (left, right, *_), (up, down, *_) = widest or _ink(said)
        middle = said.height_of_type / 2
        half = max(middle + _ABOVE, up - middle + _INSIDE, down + middle + _INSIDE)
        beside = _BRACKET if widest is None and said.script().endswith(")") else _BESIDE
        room = left + right + 2 * beside, 2 * half
        return _Face(said.height_of_type, room, lambda x, low: [said.at(x + (left - right) / 2, low)])

    write = partial(pen.readout, name, form=form, align="left", colour=role)
    said = [content] if isinstance(content, Lettering) else content
    made = said or [write(height=each) for each in (heights if widest is None else heights[:1])]
    return _plated(pen, quantity, role, called or f"gate {name}", list(map(face, made)), title)


def live_gate(
    pen: LetterPen,
    source: Source,
    moments: Iterable[float],
    *,
    called: str,
    as_one: bool = False,
    centred: bool = False,
    form: Written = "number",
    title: Lettering | None = None,
) -> Part:
    """Return the gate of a slope that a sweep moves: "times", and close behind it the number.

    Parameters
    ----------
    moments
        The slopes on the way; there is room for the widest of them.
    as_one
        Whether both are one text, and stand in the middle of the plate; a negative number stands in brackets.
    centred
        Whether the number stands in the middle of the room of the widest.
    form
        ``operand``: a negative number stands in brackets.
    title
        As of a `gate` at rest.
    """
    align: Align = "centre" if centred or as_one else "left"
    role: Role = "weight" if source.now.row.role == "weight" else "ink"
    moments = list(moments)

    def face(height: float) -> _Face:
        sign = pen.sign("times", height=height)
        said = pen.live_readout(source, height=height, align=align, form="factor" if as_one else form)
        widest, times = max(sum(said.sides_of(value)) for value in moments), room_of(sign).across
        before = 0.0 if as_one else times.least + _TIMES
        width = before + widest + 2 * _BESIDE

        def write(x: float, low: float) -> Sequence[Shown]:
            left = x - width / 2 + _BESIDE
            signs = [] if as_one else [sign.at(left + times.before, low)]
            return [*signs, said.at(left + before + (0.0 if align == "left" else widest / 2), low)]

        return _Face(height, (width, height + 2 * _ABOVE), write)

    return _plated(pen, pen.quantities[source.now.name], role, called, list(map(face, _HEIGHTS)), title)


def fits_a_plate(said: Lettering) -> bool:
    """Return whether a text is short enough for a plate between two dials."""
    left, right = (_ink(said).across.before, _ink(said).across.after)
    return left + right <= _WIDEST


def named_over(part: Part) -> Sequence[Shown]:
    """Return the title over the plate of a gate at rest; one on the plate has to come with it."""
    return [] if placed(part).form % len((_OVER_IT, _ON_IT)) == _ON_IT else part.shown[1:-1]


def posts(theme: Theme, wire: Part | Place, *gates: Part, beyond: float = POST_DOWN) -> list[Post]:
    """Return the posts that carry plates, from beyond the wire to each: they lie under the plates and the ribbon.

    A plate may hang under its wire as well as stand over it.

    Parameters
    ----------
    wire
        Something whose origin lies on the wire, such as a dial.
    beyond
        How far they go on behind the wire.

    Raises
    ------
    StageError
        If one of them is on no page yet, or a gate stands on the wire.
    """
    found, y = [], placed(wire).y
    for part in gates:
        at, plate_of = placed(part), next(shown for shown in part.shown if isinstance(shown, Plate))
        reach = abs(at.y - y) - plate_of.sizes["height"] / 2 + FINE
        if reach <= 0.0:
            raise StageError(f"{part.name}: it stands on its wire")
        sizes = {"up": reach, "down": beyond} if at.y > y else {"up": beyond, "down": reach}
        paints = [Paint(theme.colour("background")), plate_of.rim]
        found.append(Post(origin=(at.x, y), sizes=sizes, paints=paints, of=plate_of.of))
    return found


def bare_post(pen: LetterPen, name: str, *, called: str) -> Part:
    """Return the post of the gate with this slope, before it says anything; its origin lies on its wire."""
    of = pen.quantities[name]
    paints = [Paint(pen.theme.colour("background")), Paint(pen.theme.colour(of.row.role))]

    def draw(place: Place, _: object) -> Sequence[Shown]:
        return [Post(origin=(place.x, place.y), sizes=dict.fromkeys(("up", "down"), POST_DOWN), paints=paints, of=of)]

    return Part(called, Form.fixed(_CLEAR / 2, _CLEAR / 2, POST_DOWN, POST_DOWN), draw=draw)


@dataclass(frozen=True)
class _Face:
    """What a plate says in letters of one height: its size, and what writes it, about a middle on a baseline."""

    height: float
    room: tuple[float, float]
    write: Callable[[float, float], Sequence[Shown]]


def _plated(
    pen: LetterPen, of: Quantity, role: Role, called: str, faces: Sequence[_Face], title: Lettering | None
) -> Part:
    """Return the part of a plate, in letters as large as may be; its title is over it, or on it, or left out."""
    large, small = faces[0], faces[-1]
    titled = [(large, _OVER_IT), (large, _ON_IT), (small, _OVER_IT), (small, _BARE)]
    ways = titled if title else [(face, _BARE) for face in faces]

    def more(where: int) -> float:
        return room_of(title).across.least + _BY_TITLE if title and where == _ON_IT else 0.0

    def form(face: _Face, where: int) -> Form:
        side, half = (face.room[0] + more(where)) / 2, face.room[1] / 2
        bare = Form.fixed(side, side, half, half)
        return Form.widest(bare, _above(title, half + _OVER)) if title and where == _OVER_IT else bare

    def draw(place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        face, where = ways[place.form]
        (width, high), by, low = face.room, more(where), place.y - face.height / 2
        room, colour = (width + by, high), pen.theme.colour(role)
        shown: list[Shown] = [Plate(of, origin=(place.x, place.y), room=room, theme=pen.theme, colour=colour)]
        if title and where == _OVER_IT:
            shown.append(title.at(place.x, place.y + high / 2 + _OVER))
        elif title and where == _ON_IT:
            shown.append(title.at(place.x - (width + _BY_TITLE) / 2 + _BESIDE, low))
        return [*shown, *face.write(place.x + by / 2, low)]

    like = "titles of gates" if title else "numbers of gates" if len(ways) > 1 else ""
    return Part(called, *(form(*way) for way in ways), draw=draw, like=like)


def _above(title: Lettering, over: float) -> Form:
    """Return what a text needs that stands so far over an origin."""
    (left, right, *_), (up, *_) = room_of(title)
    return Form.fixed(left, right, over + up, 0.0)


def _ink(said: Lettering) -> Form:
    """Return how far the ink of a text reaches from the point that is placed."""
    points = np.concatenate([piece.points for piece in said.submobjects if len(piece.points)]) - said.offset
    (left, bottom, _), (right, top, _) = points.min(axis=0), points.max(axis=0)
    return Form.fixed(-left, right, top, -bottom)
