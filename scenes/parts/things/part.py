"""A part of a page: a thing before it has its place. It says what it needs, and is drawn when it knows where.

A storyboard arranges parts with the boxes of `scenes.parts.page` and never says a coordinate. What a part draws it
keeps, so that it can be let onto the stage, and off it, piece by piece.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from scenes.parts.errors import StageError
from scenes.parts.measure import Scale
from scenes.parts.page import Form, Leaf, Measure, Place
from scenes.parts.things.base import Shown

__all__ = ["Draw", "Part", "instead", "or_nothing", "shown_of"]

Draw = Callable[[Place, Mapping[str, Scale]], Sequence[Shown]]
"""Draws a part with its origin at its place, with the scales of the page, by their names."""


class Part:
    """What stands on a page under a name.

    Parameters
    ----------
    forms
        What it needs in each of its forms, the richest first; a need may follow from scales, by their names.
    draw
        What it is made of, with the origin and the form of its place.
    like
        Parts that are like one another have the same form.
    cost
        How much a poorer form counts: so many others become poorer first.
    shortened
        Of words: the beginning of them that would fit into a width.
    """

    def __init__(
        self,
        name: str,
        *forms: Form | Measure,
        draw: Draw,
        like: str = "",
        cost: int = 1,
        shortened: Callable[[float], str] | None = None,
    ) -> None:
        self.name, self.forms, self.like, self.cost = name, forms, like, cost
        self._draw, self.shortened = draw, shortened
        self.place: Place | None = None
        self._shown: tuple[Shown, ...] = ()

    def put(self, place: Place, scales: Mapping[str, Scale]) -> None:
        """Draw it where it has its place; it is drawn once.

        Raises
        ------
        StageError
            If it has been drawn already, in another form or with its origin elsewhere.
        """
        if self.place is None:
            self.place = place
            self._shown = tuple(self._draw(place, scales))
        elif (place.x, place.y, place.form) != (self.place.x, self.place.y, self.place.form):
            raise StageError(f"{self.name}: it stands in one place already")

    @property
    def form(self) -> Form:
        """What it needs in its richest form, where that follows from no scale.

        Raises
        ------
        StageError
            If it does.
        """
        if not isinstance(self.forms[0], Form):
            raise StageError(f"{self.name}: how large it is follows from scales")
        return self.forms[0]

    @property
    def shown(self) -> tuple[Shown, ...]:
        """What it is made of.

        Raises
        ------
        StageError
            If no page has given it a place.
        """
        if self.place is None:
            raise StageError(f"{self.name}: it is on no page")
        return self._shown


def or_nothing(part: Part, like: str, *, cost: int = 1, kind: str = "") -> Leaf:
    """Return a part that is left out where there is no room for it, with all others of that kind on its page.

    So many other things take poorer forms first as its ``cost`` says. What is of another ``kind`` may stay.
    """

    def draw(place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        return part._draw(place, scales) if place.form < len(part.forms) else ()

    made = Part(part.name, *part.forms, Form.fixed(), draw=draw)
    leaf = Leaf(made.name, *made.forms, like=like, cost=cost, part=made)
    leaf.kind = kind
    return leaf


def instead(part: Part, like: str) -> Leaf:
    """Return a part that stands only where those of another kind are left out."""

    def draw(place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        return part._draw(replace(place, form=place.form - 1), scales) if place.form else ()

    made = Part(part.name, Form.fixed(), *part.forms, draw=draw)
    return Leaf(made.name, *made.forms, like=like, part=made)


def shown_of(*parts: Part | Shown) -> list[Shown]:
    """Return what parts are made of, in their order; what is drawn already stays as it is."""
    found: list[Shown] = []
    for part in parts:
        found += part.shown if isinstance(part, Part) else [part]
    return found
