"""A chain of values on a page: dials on a wire, a gate between each two, and the ribbon of what flows back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from scenes.parts.measure import Scale
from scenes.parts.page import TOUCH, Form, Leaf, Line, Need, Over, Place, Stations, between, on
from scenes.parts.things.base import Shown
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.pen import Pen
from scenes.parts.things.ribbon import Ribbon
from scenes.parts.things.wire import wire

__all__ = ["Chain"]


class Chain:
    """Dials at stations, in several casts that stand in the same places at different times.

    Parameters
    ----------
    dials
        The dials of each cast, first to last.
    gates
        The gates of each cast, one between each two dials; each crosses the wire.
    pushes
        The gradient at each dial.
    """

    def __init__(
        self, pen: Pen, dials: Sequence[Sequence[Part]], gates: Sequence[Sequence[Part]], pushes: Sequence[str]
    ) -> None:
        self.pen, self.dials, self.gates, self.pushes = pen, dials, gates, pushes
        self.scale, self.name = "ribbon", f"gates of {dials[0][0].name}"

    def stations(self, *under: Line | Need) -> Stations:
        """Return the chain as a box, with lines of things under its stations and gates."""
        forms = [form for cast in self.gates for gate in cast for form in gate.forms if isinstance(form, Form)]
        up, down = max(form.upright.before for form in forms), max(form.upright.after for form in forms)
        wide = [max((cast[i].forms[0] for cast in self.gates), key=_width) for i in range(len(self.gates[0]))]
        plates = [
            Leaf(f"{self.name} {i}", Form(form.across, Need())) for i, form in enumerate(wide) if isinstance(form, Form)
        ]
        room = Leaf("wire", Form.fixed(0.0, 0.0, up, max(down, self._thickest / 2)))
        first, *others = [Over(*(cast[i] for cast in self.dials)) for i in range(len(self.dials[0]))]
        return Stations(between(*plates), TOUCH, on(Over(first, room), *others), *under, anchor=1)

    @property
    def _thickest(self) -> float:
        unit = self.pen.clip.scales()[self.scale]
        return max(float(unit.length(self.pen.quantities[name].number)) for name in self.pushes)

    def put(self, places: dict[str, Place], scales: dict[str, Scale]) -> None:
        """Draw what stands where a layout has put plates and dials: the gates of every cast, the wires, the ribbon."""
        level = places[self.dials[0][0].name].y
        spots = [replace(places[f"{self.name} {i}"], y=level) for i in range(len(self.gates[0]))]
        for cast in self.gates:
            for gate, spot in zip(cast, spots, strict=True):
                gate.put(spot, scales)
        pairs = pairwise(places[dial.name] for dial in self.dials[0])
        self.edges = [wire(self.pen.theme, one, other) for one, other in pairs]
        self.ribbons = self._ribbons([places[dial.name] for dial in self.dials[0]], spots, scales[self.scale])

    def _ribbons(self, dials: Sequence[Place], gates: Sequence[Place], scale: Scale) -> list[Ribbon]:
        found, theme, colour = [], self.pen.theme, self.pen.theme.colour("gradient")
        for gate, (one, other), names in zip(gates, pairwise(dials), pairwise(self.pushes), strict=True):
            out, into = (self.pen.quantities[name] for name in names)
            spans = {"left": gate.x - one.x, "right": other.x - gate.x}
            found.append(Ribbon(out, into, scale, origin=(gate.x, gate.y), **spans, theme=theme, colour=colour))
        return found

    @property
    def wires(self) -> list[Shown]:
        """All edges."""
        return [shown for edge in self.edges for shown in edge]

    def everything(self) -> list[Shown]:
        """Return all that it is made of, whether it is on the stage or not."""
        parts = [part for cast in (*self.dials, *self.gates) for part in cast]
        return [*self.wires, *shown_of(*parts), *self.ribbons]


def _width(form: object) -> float:
    return form.across.least if isinstance(form, Form) else 0.0
