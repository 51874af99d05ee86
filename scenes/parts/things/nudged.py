"""What a nudge of the first value of a chain does: every value on its number line, change out over change in at each gate.

A brace over each line is as wide as the change. Pairs of braces are fractions; where nothing is divided by nothing a
fraction gives no ratio.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from scenes.parts.measure import Scale
from scenes.parts.page import Form, Need, Place
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import LABEL, LINE, STROKES_PER_UNIT
from scenes.parts.things.base import Paint, Shown, Source
from scenes.parts.things.brace import BRACE_UP, Brace
from scenes.parts.things.decor import Decor
from scenes.parts.things.gate import live_gate
from scenes.parts.things.letters import live, room_of
from scenes.parts.things.number_line import FEW, RULED
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.ruler import UNDER, Ruler, spaced_ticks
from scenes.parts.things.shapes import rectangle

__all__ = ["Fraction", "Nudged", "NudgedLine"]

_DOT: Final = 0.085  # radius
_LIFT: Final = 0.16  # from a line to the feet of the brace over it
_END: Final = 0.2  # half of a tick's number at an end of the line
_OVER, _BESIDE = 0.09, 0.12  # from the bar of a fraction to what stands over and under it, and beside it
_LEAST: Final = 0.5  # how wide a bar is at least


@dataclass(frozen=True)
class NudgedLine:
    """The number line of a value: where it stands at rest, a dot that moves, and a brace from the one to the other.

    Attributes
    ----------
    value
        The value at rest.
    key
        The range, as the settings state it; the line is as long as its scale ``scale`` says.
    now, change
        Where it stands, and how far it has moved.
    """

    pen: Pen
    value: str
    now: Source
    change: Source
    key: str
    scale: str

    @property
    def part(self) -> Part:
        """The line as a part of a page: its origin is its middle. What stands first is ruled, the rest as named."""
        low, high = self.pen.clip.ranges()[self.key]
        half = self.pen.clip.scales()[self.scale].per_unit * (high - low) / 2

        def draw(place: Place, _: Mapping[str, Scale]) -> tuple[Shown, ...]:
            theme, (x, y) = self.pen.theme, (place.x, place.y)
            axis = self.pen.axis(self.key, ((x - half, y), (x + half, y)))
            labels, most = spaced_ticks(axis, theme, FEW)
            start = self.pen.quantities[self.value]
            how = {"lift": _LIFT, "theme": theme, "colour": self.pen.colour_of(start)}
            moving = self.pen.dot(self.now, axis, radius=_DOT), Brace(self.change, origin=(start, axis), **how)  # type: ignore[arg-type]
            ruled = Ruler(axis, theme=theme, most=most), *(labels if place.form == 0 else [])
            return *ruled, self.pen.dot(self.value, axis, radius=_DOT), *moving

        across, up = Need(half + _END, half + _END), _LIFT + BRACE_UP
        forms = (Form(across, Need(up, down)) for down in (UNDER + LABEL, _DOT))
        return Part(f"line of {self.value}", *forms, draw=draw, like=RULED)


@dataclass(frozen=True)
class Fraction:
    """Change out over change in, both as braces on one scale, with their names.

    Attributes
    ----------
    out, into
        Both changes.
    ratio
        What they give; nothing where there is none.
    widest
        The largest of both on their way.
    """

    pen: Pen
    out: Source
    into: Source
    ratio: Source | None
    scale: str
    widest: float

    @property
    def part(self) -> Part:
        """The fraction as a part of a page: its origin is the middle of its bar."""
        half = max(_LEAST, self.pen.clip.scales()[self.scale].per_unit * self.widest) / 2
        names = [self.pen.symbol(s.now.name, height=LABEL, align="right") for s in (self.out, self.into)]
        wide = max(room_of(name).across.least for name in names)

        def draw(place: Place, scales: Mapping[str, Scale]) -> tuple[Shown, ...]:
            left, ink = place.x - half, Paint(self.pen.theme.colour("ink"))
            ends = [np.array([x, place.y, 0.0]) for x in (left, place.x + half)]
            bar = Decor([ink], [rectangle(*ends, LINE / STROKES_PER_UNIT)])
            feet = place.y + _OVER, place.y - _OVER - BRACE_UP
            for name, foot in zip(names, feet, strict=True):
                name.at(left - _BESIDE, foot + (BRACE_UP - LABEL) / 2)
            pairs = zip((self.out, self.into), feet, strict=True)
            return bar, *names, *(self._brace(source, left, y, scales[self.scale]) for source, y in pairs)

        high = _OVER + BRACE_UP
        form = Form.fixed(half + _BESIDE + wide, half, high, high)
        return Part(f"fraction {self.out.now.name} by {self.into.now.name}", form, draw=draw)

    def _brace(self, source: Source, left: float, y: float, scale: Scale) -> Brace:
        """Return a brace that begins where the bar does, also one that goes to the left."""
        now, product = source.now, self.ratio.now if self.ratio else None
        start = left + max(0.0, -scale.per_unit * now.number)
        colour = self.pen.colour_of(now)
        return Brace(source, scale, origin=(start, y), theme=self.pen.theme, colour=colour, product=product)


class Nudged:
    """Everything that follows the nudge, value by value and gate by gate.

    Parameters
    ----------
    sweep
        The nudge: of a value n it moves ``now_n``, ``moved_n``, ``seen_n`` and, where there is one, ``ratio_n``.
    nodes
        The values, first to last.
    moments
        The values of each of these quantities on the way of the nudge.
    scale
        How wide a change of 1 is, by its key; the ranges are ``line_n``.

    Attributes
    ----------
    changes, lines, fractions
        How far each value has moved, as a number; its number line; and the fraction of each gate.
    gates
        The ratio of each gate, on a plate; None where there is none.
    """

    def __init__(
        self, pen: Pen, sweep: Sweep, nodes: Sequence[str], moments: Mapping[str, Sequence[float]], scale: str
    ) -> None:
        self.pen, self.sweep, self.scale, self._moments = pen, sweep, scale, moments
        moved = [f"moved_{node}" for node in nodes]
        self.changes = [live(pen, sweep[name], moments[name], symbol=name) for name in moved]
        pairs = zip(nodes, moved, strict=True)
        self.lines = [NudgedLine(pen, n, sweep[f"now_{n}"], sweep[m], f"line_{n}", scale).part for n, m in pairs]
        self.fractions = [self._fraction(*pair) for pair in pairwise(nodes)]
        self.gates = [self._gate(node) for node in nodes[1:]]

    def _fraction(self, before: str, node: str) -> Part:
        changes = [f"seen_{node}", f"seen_{before}"]
        widest = max(abs(moment) for name in changes for moment in self._moments[name])
        ratio = self.sweep[f"ratio_{node}"] if f"ratio_{node}" in self._moments else None
        return Fraction(self.pen, *(self.sweep[name] for name in changes), ratio, self.scale, widest).part

    def _gate(self, node: str) -> Part | None:
        moments = self._moments.get(f"ratio_{node}")
        if moments is None:
            return None
        return live_gate(self.pen, self.sweep[f"ratio_{node}"], moments, called=f"live gate {node}")

    def braces(self) -> list[tuple[Shown, Shown]]:
        """Return for each brace in a fraction that one over a number line that shows the same."""
        over = [part.shown[-1] for part in self.lines]
        ends = zip(self.fractions, over, over[1:], strict=False)
        return [pair for part, into, out in ends for pair in zip(part.shown[-2:], (out, into), strict=True)]
