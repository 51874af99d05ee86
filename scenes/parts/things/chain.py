"""A chain of values on a page: dials on a wire, a gate between each two, and the ribbon of what flows back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest
from typing import Final

from scenes.parts.measure import Scale
from scenes.parts.page import (
    NEAR,
    Form,
    Leaf,
    Line,
    Need,
    Over,
    Place,
    Row,
    Stations,
    Turns,
    along,
    between,
    gap,
    on,
)
from scenes.parts.page.boxes import Item
from scenes.parts.theme import POST
from scenes.parts.things.base import Shown, Source, as_source
from scenes.parts.things.gate import POST_DOWN, posts
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.pen import Pen
from scenes.parts.things.ribbon import Ribbon
from scenes.parts.things.wire import wire

__all__ = ["Chain"]

_UNDER_PLATES: Final = gap(0.1)
_LEVELS: Final = gap(0.12)
_BY_PLATES: Final = gap(0.09)  # from a number to the plates at its sides


class Chain:
    """Dials at stations, in several casts that stand in the same places at different times.

    Parameters
    ----------
    dials
        The dials of each cast, first to last; a later cast may have fewer than the first, and so may one of gates.
    gates
        The gates of each cast, one between each two dials: plates on a line over them, whose posts cross the wire.
    pushes
        The gradient at each dial, at rest or as a sweep moves it; none: the chain has no ribbon.
    largest
        The largest of them on the way of a sweep.
    unit
        What stands on the wire behind the last dial: the bracket that says how thick a push of 1 is.
    """

    def __init__(
        self,
        pen: Pen,
        dials: Sequence[Sequence[Part]],
        gates: Sequence[Sequence[Part]],
        pushes: Sequence[str | Source] = (),
        *,
        largest: float = 0.0,
        unit: Part | None = None,
    ) -> None:
        self.pen, self.dials, self.gates, self.largest, self.unit = pen, dials, gates, largest, unit
        self.sources = [as_source(pen.source(push)) for push in pushes]
        self.pushes = [source.now.name for source in self.sources]
        self.scale = "ribbon"

    def stations(
        self,
        *under: Line | Need,
        over: Sequence[Item] = (),
        cast: int | None = 0,
        most: float = 3.0,
        apart: Need = NEAR,
        levels: int = 1,
    ) -> Stations:
        """Return the chain as a box, with lines of things under its stations and gates, which stand ``most`` apart.

        What is ``over`` its dials, a thing for each, stands between the plates of one ``cast`` of gates; if that is
        None, between those of all, where there is little room on up to six lines. Dials are ``apart`` at least.
        Plates with nothing between them stand on up to so many ``levels``.
        """
        with_it = self.gates if cast is None else self.gates[cast : cast + 1] if over else []
        others, plates = _together([each for each in self.gates if each not in with_it]), _together(with_it)
        both = [item for pair in zip_longest(over, plates) for item in pair if item is not None]
        most_levels, between_them = (1, _BY_PLATES) if cast is not None else (6, _LEVELS)
        line = [along(*both, levels=most_levels, gap=between_them, stem=POST)] if over else []
        plates_alone = between(*others, levels=levels, gap=_LEVELS if levels > 1 else NEAR, stem=POST)
        top = Turns(*([plates_alone] if others else []), *line)
        room = Leaf("wire", Form.fixed(0.0, 0.0, self._thickest / 2, max(POST_DOWN, self._thickest / 2)))
        first, *others = _together(self.dials)
        others[-1] = Over(Row(others[-1], self.unit)) if self.unit else others[-1]
        return Stations(top, _UNDER_PLATES, on(Over(first, room), *others, gap=apart), *under, anchor=1, most=most)

    @property
    def _thickest(self) -> float:
        if not self.sources:
            return 0.0
        unit: Scale = self.pen.clip.scales()[self.scale]
        return max(unit.length(value) for value in (self.largest, *(source.now.number for source in self.sources)))

    def put(self, places: Mapping[str, Place], scales: Mapping[str, Scale]) -> None:
        """Draw what follows from where a layout has put plates and dials: wires, posts, and the ribbon."""
        dials, theme = self.dials[0], self.pen.theme
        self.edges = [wire(theme, one, other) for one, other in pairwise(dials)]
        self.posts = [posts(theme, dials[0], *cast) for cast in self.gates]
        spots = [replace(places[gate.name], y=places[dials[0].name].y) for gate in self.gates[0]]
        at = [places[dial.name] for dial in dials]
        self.ribbons = self._ribbons(at, spots, scales[self.scale]) if self.sources else []

    def _ribbons(self, dials: Sequence[Place], gates: Sequence[Place], scale: Scale) -> list[Ribbon]:
        found, theme, colour = [], self.pen.theme, self.pen.theme.colour("gradient")
        for gate, (one, other), (out, into) in zip(gates, pairwise(dials), pairwise(self.sources), strict=True):
            left, right, origin = gate.x - one.x, other.x - gate.x, (gate.x, gate.y)
            found.append(Ribbon(out, into, scale, origin=origin, left=left, right=right, theme=theme, colour=colour))
        return found

    def everything(self) -> list[Shown]:
        """Return all that it is made of from below upward, whether it is on the stage or not."""
        lines = [*(line for edge in self.edges for line in edge), *(post for cast in self.posts for post in cast)]
        parts = [part for cast in (*self.dials, *self.gates) for part in cast]
        return [*lines, *self.ribbons, *shown_of(*parts)]


def _together(casts: Sequence[Sequence[Part]]) -> list[Over]:
    """Return what stands in one place, of every cast that goes as far, place by place."""
    return [Over(*(cast[i] for cast in casts if i < len(cast))) for i in range(max(map(len, casts), default=0))]
