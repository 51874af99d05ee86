"""Decor: shapes that carry no number and no text, such as the circle of a node or the line of an edge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from manim.mobject.geometry.arc import Arc, Circle, CubicBezier
from manim.mobject.geometry.line import DashedLine, Line
from manim.mobject.geometry.polygram import Polygon, Rectangle, RoundedRectangle, Square
from manim.mobject.types.vectorized_mobject import VGroup, VMobject

from scenes.parts.errors import StageError
from scenes.parts.film.ledger import OutlineRow
from scenes.parts.theme import STROKES_PER_UNIT
from scenes.parts.things.answers import Place
from scenes.parts.things.base import Paint, Piece, Shown, moved

__all__ = ["Decor", "decor"]

Points = npt.NDArray[np.float64]
_PLAIN: Final = (Arc, Circle, CubicBezier, DashedLine, Line, Polygon, Rectangle, RoundedRectangle, Square, VGroup)


class Decor(Shown):
    """Shapes without meaning for the numbers, copied from plain manim shapes: never text, an arrow or a dot."""

    kind = "decor"

    def __init__(self, paints: Sequence[Paint], outlines: Sequence[Points]) -> None:
        super().__init__(paints)
        self._fixed = tuple(np.array(points) for points in outlines)
        self.draw()

    def outlines(self) -> Sequence[Points]:
        """Return the outlines it was declared with."""
        return self._fixed

    def fault(self) -> str | None:
        """Return what is drawn wrongly: decor stays where it was declared, so that the ledger says once what it is."""
        return super().fault() or moved(self, "the place where it was declared")

    def fields(self, place: Place) -> dict[str, Any]:
        """Return every outline: decor shows nothing and stays in place, so that an audit needs no more to draw it."""
        return {**super().fields(place), "outlines": tuple(_outline(piece, place) for piece in self.submobjects)}

    def grounds(self) -> tuple[object, ...]:
        """Return nothing: what was declared never changes."""
        return ()


def _outline(piece: Piece, place: Place) -> OutlineRow:
    points = tuple(place(float(x), float(y)) for x, y, _ in piece.points)
    stroke = float(piece.get_stroke_width()) / STROKES_PER_UNIT if piece.paint.stroke else 0.0
    return OutlineRow(points=points, stroke=stroke)


def decor(*shapes: VMobject) -> Decor:
    """Declare plain shapes as decor, so that they may enter the stage.

    Raises
    ------
    StageError
        If one of them is more than a plain shape: text, an arrow, a dot, a plot and a number line can all be read as
        numbers, so they come from bound constructors only.
    """
    paints: list[Paint] = []
    outlines: list[Points] = []
    for member in (m for shape in shapes for m in shape.get_family()):
        in_dashes = any(type(shape) is DashedLine for shape in shapes)
        if type(member) not in _PLAIN and not in_dashes:
            raise StageError(
                f"{type(member).__name__} is no decor: what can be read as a number or a word must be bound"
            )
        if not len(member.points):
            continue
        if member.get_fill_opacity() > 0:
            paints.append(Paint(member.get_fill_color().to_hex(), float(member.get_fill_opacity())))
            outlines.append(member.points)
        if member.get_stroke_opacity() > 0 and member.get_stroke_width() > 0:
            stroke = float(member.get_stroke_width())
            paints.append(Paint(member.get_stroke_color().to_hex(), float(member.get_stroke_opacity()), stroke))
            outlines.append(member.points)
    return Decor(paints, outlines)
