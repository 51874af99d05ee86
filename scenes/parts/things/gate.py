"""The gate of a local slope: a post across the wire, and on it a plate that says by what it multiplies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.errors import StageError
from scenes.parts.measure import Scale
from scenes.parts.page import Form, Place
from scenes.parts.recipe.quantity import Quantity, Role
from scenes.parts.theme import FINE, POST, VALUE, Theme
from scenes.parts.things.base import Paint, Shown, Source
from scenes.parts.things.figure import Figure
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.lettering import Align, Lettering
from scenes.parts.things.letters import room_of
from scenes.parts.things.outlined import Numbers
from scenes.parts.things.part import Draw, Part
from scenes.parts.things.readout import Form as Written
from scenes.parts.things.shapes import rectangle
from scenes.parts.things.strips import plate, rod
from scenes.parts.things.wire import placed

__all__ = ["POST_DOWN", "Plate", "Post", "fits_a_plate", "gate", "live_gate", "posts"]

Points = npt.NDArray[np.float64]
Sides = tuple[float, float]
POST_DOWN: Final = 0.58  # of a post, under the wire
_BESIDE, _ABOVE, _INSIDE = 0.13, 0.125, 0.045  # what a plate leaves free around its text; over an exponent at least
_BRACKET: Final = 0.1  # beside what ends with a bracket, which no digit is read with
_WIDEST: Final = 2.2  # of what a plate says
_TIMES: Final = 0.1  # from the sign to a live number
_OVER: Final = 0.09  # from a plate to its title
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
    content: Lettering | None = None,
    *,
    form: Written = "factor",
    widest: Form | None = None,
    title: Lettering | None = None,
    heights: Sequence[float] = (VALUE,),
    called: str = "",
) -> Part:
    """Return the plate of a local slope and what it says: its origin is its middle. Its post follows with `posts`.

    Parameters
    ----------
    name
        The slope; it gives the gate its colour: that of weights where it is one, else ink.
    content
        What the plate says, lettering of height VALUE: the slope as ``form`` writes it, or words, or a formula.
    widest
        The room of a number at its widest moment, where a sweep moves it.
    title
        What the gate is, small and centred over its plate, where there is room for it.
    heights
        Of what is written without ``content`` or ``title``, the first for which there is room.
    """
    quantity = pen.quantities[name]
    role: Role = "weight" if quantity.row.role == "weight" else "ink"
    written = partial(pen.readout, name, form=form, align="left", colour=role)
    made = [content] if content is not None else [written(height=height) for height in heights]
    rooms = [_room(said, widest) for said in made]

    def draw(place: Place, scales: Mapping[str, Scale]) -> tuple[Shown, ...]:
        origin, i = (place.x, place.y), 0 if title else place.form
        said, (left, right), (width, half) = made[i], *rooms[i]
        room, colour = (width, 2 * half), pen.theme.colour(role)
        shown = Plate(quantity, origin=origin, room=room, theme=pen.theme, colour=colour)
        over = _title(title, place, half)
        return shown, *over, said.at(place.x + (left - right) / 2, place.y - said.height_of_type / 2)

    (width, half), *smaller = (plate for _, plate in rooms)
    return _plated(called or f"gate {name}", width, half, title, draw, [_bare(*plate) for plate in smaller])


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
    sign, role = pen.sign("times", height=VALUE), "weight" if source.now.row.role == "weight" else "ink"
    said = pen.live_readout(source, height=VALUE, align=align, form="factor" if as_one else form)
    widest, times = max(sum(said.sides_of(value)) for value in moments), room_of(sign).across
    half, middle = VALUE / 2 + _ABOVE, VALUE / 2
    before = 0.0 if as_one else times.least + _TIMES
    width = before + widest + 2 * _BESIDE

    def draw(place: Place, scales: Mapping[str, Scale]) -> tuple[Shown, ...]:
        left, low = place.x - width / 2 + _BESIDE, place.y - middle
        origin, room, colour = (place.x, place.y), (width, 2 * half), pen.theme.colour(role)
        shown = Plate(pen.quantities[source.now.name], origin=origin, room=room, theme=pen.theme, colour=colour)
        signs = [] if as_one else [sign.at(left + times.before, low)]
        number = said.at(left + before + (0.0 if align == "left" else widest / 2), low)
        return shown, *_title(title, place, half), *signs, number

    return _plated(called, width, half, title, draw)


def fits_a_plate(said: Lettering) -> bool:
    """Return whether a text is short enough for a plate between two dials."""
    left, right = (_ink(said).across.before, _ink(said).across.after)
    return left + right <= _WIDEST


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


def _room(said: Lettering, widest: Form | None) -> tuple[Sides, Sides]:
    """Return how far what a plate says reaches to both sides, and how wide the plate is and half as high."""
    (left, right, *_), (up, down, *_) = widest or _ink(said)
    middle = said.height_of_type / 2
    half = max(middle + _ABOVE, up - middle + _INSIDE, down + middle + _INSIDE)
    beside = _BRACKET if widest is None and said.script().endswith(")") else _BESIDE
    return (left, right), (left + right + 2 * beside, half)


def _bare(width: float, half: float) -> Form:
    """Return what a plate needs that is so wide and twice so high."""
    return Form.fixed(width / 2, width / 2, half, half)


def _plated(
    called: str, width: float, half: float, title: Lettering | None, draw: Draw, smaller: Sequence[Form] = ()
) -> Part:
    """Return the part of a plate, with its title where there is room for it; ``smaller`` are poorer forms."""
    bare = _bare(width, half)
    titled = [Form.widest(bare, _above(title, half + _OVER))] if title else []
    like = "titles of gates" if title else "numbers of gates" if smaller else ""
    return Part(called, *titled, bare, *smaller, draw=draw, like=like)


def _title(title: Lettering | None, place: Place, half: float) -> list[Shown]:
    """Return the title of a plate, where there is room for it."""
    return [title.at(place.x, place.y + half + _OVER)] if title and place.form == 0 else []


def _above(title: Lettering, over: float) -> Form:
    """Return what a text needs that stands so far over an origin."""
    (left, right, *_), (up, *_) = room_of(title)
    return Form.fixed(left, right, over + up, 0.0)


def _ink(said: Lettering) -> Form:
    """Return how far the ink of a text reaches from the point that is placed."""
    points = np.concatenate([piece.points for piece in said.submobjects if len(piece.points)]) - said.offset
    (left, bottom, _), (right, top, _) = points.min(axis=0), points.max(axis=0)
    return Form.fixed(-left, right, top, -bottom)
