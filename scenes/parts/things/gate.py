"""The gate of a local slope: a post across the wire, and on it a plate that says by what it multiplies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Scale
from scenes.parts.page import Form, Place
from scenes.parts.recipe.quantity import Quantity, Role
from scenes.parts.theme import FINE, POST, VALUE, Theme
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.figure import Figure
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.outlined import Numbers
from scenes.parts.things.part import Part
from scenes.parts.things.readout import Form as Written
from scenes.parts.things.shapes import rectangle
from scenes.parts.things.strips import plate, rod

__all__ = ["Gate", "gate"]

Points = npt.NDArray[np.float64]
OVER: Final = 0.90  # of the plate's middle over the wire
TOP, BOTTOM = 0.68, -0.58  # where the post ends
_BESIDE, _ABOVE, _INSIDE = 0.13, 0.125, 0.045  # what a plate leaves free around its text; over an exponent at least
_CORNER: Final = 0.07
_CLEAR: Final = 0.11  # width within which the post covers the wire


class Gate(Figure):
    """Post and plate; they stand under the ribbon, and what the plate says is lettering over it.

    Parameters
    ----------
    of
        The local slope, or whatever the plate says.
    room
        Width and height of the plate.
    colour
        Of post and rim: the weight's where the slope is a weight, else ink.
    """

    kind = "gate"

    def __init__(
        self, of: Quantity, *, origin: tuple[float, float], room: tuple[float, float], theme: Theme, colour: str
    ) -> None:
        sizes = {"width": room[0], "height": room[1], "over": OVER, "top": TOP, "bottom": BOTTOM}
        shades = theme.colour("background"), colour, colour, theme.colour("body")
        super().__init__(origin=origin, sizes=sizes, paints=[Paint(shade) for shade in shades], of=of)

    @classmethod
    def shapes(cls, sizes: Numbers) -> Sequence[Points]:
        """Return what clears the wire, the post, the plate's rim and its body."""
        low, high, middle = (np.array([0.0, sizes[name], 0.0]) for name in ("bottom", "top", "over"))
        outer, inner = (plate(sizes["width"] - 2 * by, sizes["height"] - 2 * by, _CORNER - by) for by in (0.0, FINE))
        rim = np.concatenate([outer, inner[::-1]]) + middle
        return [rectangle(low, high, _CLEAR), rod(low, high, POST), rim, inner + middle]


def gate(
    pen: LetterPen,
    name: str,
    content: Lettering | None = None,
    *,
    form: Written = "factor",
    widest: Form | None = None,
    called: str = "",
) -> Part:
    """Return the gate of a local slope: its origin is where the post crosses the wire.

    Parameters
    ----------
    name
        The slope; it gives the gate its colour: that of weights where it is one, else ink.
    content
        What the plate says, lettering of height VALUE: the slope as ``form`` writes it, or words, or a formula.
    widest
        The room of a number at its widest moment, where a sweep moves it.
    """
    quantity = pen.quantities[name]
    role: Role = "weight" if quantity.row.role == "weight" else "ink"
    said = content if content is not None else pen.readout(name, height=VALUE, form=form, align="left", colour=role)
    (left, right, *_), (up, down, *_) = widest or _ink(said)
    middle = VALUE / 2
    half = max(middle + _ABOVE, up - middle + _INSIDE, down + middle + _INSIDE)
    room = left + right + 2 * _BESIDE, 2 * half

    def draw(place: Place, scales: Mapping[str, Scale]) -> tuple[Shown, ...]:
        origin = place.x, place.y
        shown = Gate(quantity, origin=origin, room=room, theme=pen.theme, colour=pen.theme.colour(role))
        return shown, said.at(place.x + (left - right) / 2, place.y + OVER - middle)

    reach = room[0] / 2
    return Part(called or f"gate {name}", Form.fixed(reach, reach, OVER + half, -BOTTOM), draw=draw)


def _ink(said: Lettering) -> Form:
    """Return how far the ink of a text reaches from the point that is placed."""
    points = np.concatenate([piece.points for piece in said.submobjects if len(piece.points)]) - said.offset
    (left, bottom, _), (right, top, _) = points.min(axis=0), points.max(axis=0)
    return Form.fixed(-left, right, top, -bottom)
