"""The bracket that says how thick a push of 1 is: beside L, where the ribbon begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.errors import StageError
from scenes.parts.measure import Scale
from scenes.parts.page import Form, Place
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import FINE, LABEL
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.lettering import Align
from scenes.parts.things.letters import room_of
from scenes.parts.things.outlined import Numbers, Outlined
from scenes.parts.things.part import Part
from scenes.parts.things.shapes import rectangle

__all__ = ["Bracket", "bracket"]

Points = npt.NDArray[np.float64]
_HALF: Final = 0.07  # of the lines across its ends
_GAP: Final = 0.14  # to the words over it
_UP: Final = np.array([0.0, 1.0, 0.0])
_SIDE: Final = np.array([1.0, 0.0, 0.0])


class Bracket(Outlined):
    """An upright bar about the origin, as long as the ribbon's scale x 1, with a line across each end.

    Raises
    ------
    StageError
        If its quantity is not the push of 1 that L gives itself: another length would be no legend.
    """

    kind = "bracket"
    roles = ("length",)

    def __init__(self, push: Quantity, scale: Scale, *, origin: tuple[float, float], colour: str) -> None:
        if push.number != 1.0:
            raise StageError(f"bracket of {push.name}: it shows a push of 1, not of {push.number!r}")
        super().__init__([(push, scale)], origin=origin, sizes={"half": _HALF}, paints=[Paint(colour)])

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        """Return the bar and both lines across."""
        thick = min(FINE, drawn["length"] / 3)
        end, across, inset = _UP * drawn["length"] / 2, _SIDE * sizes["half"], _UP * thick / 2
        lines = [rectangle(p - across, p + across, thick) for p in (inset - end, end - inset)]
        return [np.concatenate([rectangle(2 * inset - end, end - 2 * inset, FINE), *lines])]

    @classmethod
    def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
        """Return how far it reaches upward from end to end."""
        return {"length": float(np.ptp(shapes[0][:, 1]))}


def bracket(pen: LetterPen, name: str, words: str, *, behind: bool = False, over: bool = False) -> Part:
    """Return the bracket of a push of 1 with its words on its left or, where there is less room, over it.

    Or ``behind`` it, at its right, so that it can stand close to what is pushed; or, said so, always ``over`` it.

    Its origin is its middle, on the wire.

    Parameters
    ----------
    name
        The push, such as ``dL_dL``.
    words
        Key of the words that say so.
    """
    aligns: tuple[Align, Align] = ("centre", "left" if behind else "right")
    above, aside = (pen.words(words, height=LABEL, colour="gradient", align=align) for align in aligns)
    (left, right, *_), (up, *_) = room_of(above)
    width = room_of(aside).across.least

    def draw(place: Place, scales: Mapping[str, Scale]) -> tuple[Shown, ...]:
        unit, colour = scales["ribbon"], pen.theme.colour("gradient")
        shown = Bracket(pen.quantities[name], unit, origin=(place.x, place.y), colour=colour)
        if over or place.form == 1:
            return shown, above.at(place.x, place.y + unit.per_unit / 2 + _GAP)
        return shown, aside.at(place.x + (1 if behind else -1) * (_HALF + _GAP), place.y - LABEL / 2)

    def tall(scales: Mapping[str, float]) -> Form:
        half = scales["ribbon"] / 2
        return Form.fixed(max(left, _HALF), max(right, _HALF), half + _GAP + up, half)

    def wide(scales: Mapping[str, float]) -> Form:
        half = max(scales["ribbon"] / 2, LABEL)
        left, right = (_HALF, _HALF + _GAP + width)[:: 1 if behind else -1]
        return Form.fixed(left, right, half, half)

    return Part(f"bracket {name}", *((wide,) if behind else (tall,) if over else (wide, tall)), draw=draw)
