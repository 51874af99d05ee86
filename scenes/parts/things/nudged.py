"""What a nudge of a chain does: each value moves on its number line, and at each gate stands change out over change in.

A brace over each line is as wide as the change. Pairs of braces are fractions; where nothing is divided by nothing a
fraction gives no ratio.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Final

import numpy as np

from scenes.parts.measure import Scale
from scenes.parts.page import LABEL as LABEL_GAP
from scenes.parts.page import (
    Column,
    Form,
    Hung,
    Leaf,
    Need,
    Place,
    Rather,
    Slot,
    Stack,
    Turns,
    along,
    amid,
    between,
    during,
    gap,
    on,
)
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import EDGE_LINE, LABEL, VALUE
from scenes.parts.things.base import Paint, Shown, Source
from scenes.parts.things.brace import BRACE_UP, Brace
from scenes.parts.things.decor import Decor
from scenes.parts.things.gate import gate, live_gate
from scenes.parts.things.letters import live, number, room_of, symbol, words
from scenes.parts.things.number_line import FEW, RULED
from scenes.parts.things.part import Part, or_nothing, shown_of
from scenes.parts.things.pen import Pen
from scenes.parts.things.ruler import UNDER, Ruler, spaced_ticks
from scenes.parts.things.shapes import rectangle

__all__ = ["Fraction", "Nudged", "NudgedLine"]

_DOT: Final = 0.085  # radius
_LIFT: Final = 0.16  # from a line to the feet of the brace over it
_END: Final = 0.2  # half of a tick's number at an end of the line
_OVER, _BESIDE = 0.09, 0.12  # from the bar of a fraction to what stands over and under it, and beside it
_LEAST: Final = 0.5  # how wide a bar is at least
_LAST: Final = 9  # of values on two levels: other things take poorer forms first
_UNDER_FEET: Final = gap(0.05, 0.36)  # from a number line to the fractions, which come when it has left


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
    whole
        How far it moves in all.
    """

    pen: Pen
    value: str
    now: Source
    change: Source
    whole: str
    key: str
    scale: str

    @property
    def part(self) -> Part:
        """The line as a part of a page, about its middle: last come the dot at rest, one that moves, and the brace."""
        low, high = self.pen.clip.ranges()[self.key]
        half = self.pen.clip.scales()[self.scale].per_unit * (high - low) / 2

        def draw(place: Place, _: Mapping[str, Scale]) -> tuple[Shown, ...]:
            theme, (x, y) = self.pen.theme, (place.x, place.y)
            axis = self.pen.axis(self.key, ((x - half, y), (x + half, y)))
            labels, most = spaced_ticks(axis, theme, FEW)
            ends = [labels[0], *labels[1:][-1:]] if labels else []
            start = self.pen.quantities[self.value]
            whole, colour = self.pen.quantities[self.whole], self.pen.colour_of(start)
            brace = Brace(self.change, origin=(start, axis), lift=_LIFT, theme=theme, colour=colour, product=whole)
            ruled = Ruler(axis, theme=theme, most=most), *(ends if place.form == 0 else [])
            dots = (self.pen.dot(each, axis, radius=_DOT) for each in (self.value, self.now))
            return *ruled, *dots, brace

        labels, _ = spaced_ticks(self.pen.axis(self.key, ((-half, 0.0), (half, 0.0))), self.pen.theme, FEW)
        xs = [float(x) for label in labels for piece in label.submobjects for x in piece.points[:, 0]]
        bare, up = Need(half + _END, half + _END), _LIFT + BRACE_UP
        ruled = Need(max(bare.before, -min(xs, default=0.0)), max(bare.after, *xs, 0.0))
        forms = (Form(across, Need(up, down)) for across, down in ((ruled, UNDER + LABEL), (bare, _DOT)))
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
    widest, lowest
        The largest of both on their way; and of each the lowest, 0 if it never goes to the left.
    """

    pen: Pen
    out: Source
    into: Source
    ratio: Source | None
    scale: str
    widest: float
    lowest: tuple[float, float]

    @property
    def part(self) -> Part:
        """The fraction as a part of a page: its origin is the middle of its bar."""
        half = max(_LEAST, self.pen.clip.scales()[self.scale].per_unit * self.widest) / 2
        names = [self.pen.symbol(s.now.name, height=LABEL, align="right") for s in (self.out, self.into)]
        wide = max(room_of(name).across.least for name in names)

        def draw(place: Place, scales: Mapping[str, Scale]) -> tuple[Shown, ...]:
            left, ink = place.x - half, Paint(self.pen.theme.colour("ink"))
            start, end = (np.array([x, place.y, 0.0]) for x in (left, place.x + half))
            bar = Decor([ink], [rectangle(start, end, EDGE_LINE)])
            feet = place.y + _OVER, place.y - _OVER - BRACE_UP
            for name, foot in zip(names, feet, strict=True):
                name.at(left - _BESIDE, foot + (BRACE_UP - LABEL) / 2)
            triples = zip((self.out, self.into), self.lowest, feet, strict=True)
            return bar, *names, *(self._brace(source, left, low, y, scales[self.scale]) for source, low, y in triples)

        high = _OVER + BRACE_UP
        form = Form.fixed(half + _BESIDE + wide, half, high, high)
        return Part(f"fraction {self.out.now.name} by {self.into.now.name}", form, draw=draw)

    def _brace(self, source: Source, left: float, low: float, y: float, scale: Scale) -> Brace:
        """Return a brace that stays right of where the bar begins, also one that goes to the left."""
        product, colour = self.ratio.now if self.ratio else None, self.pen.colour_of(source.now)
        return Brace(
            source, scale, origin=(left - scale.per_unit * low, y), theme=self.pen.theme, colour=colour, product=product
        )


class Nudged:
    """Everything that follows the nudge, value by value and gate by gate.

    Parameters
    ----------
    sweep
        The nudge: of a value n it moves ``now_n``, ``moved_n``, ``seen_n`` and, where there is one, ``ratio_n``; after
        the whole nudge n has moved by ``change_n``, after the smallest by ``least_n``.
    nodes, slopes
        The values, first to last, and what stands on the gates between them.
    moments
        The values of each of these quantities on the way of the nudge.
    scale
        How wide a change of 1 is, by its key; the ranges are ``line_n``.
    glass
        Key of the words that say how the fractions are enlarged.

    Attributes
    ----------
    step, changes, least
        The nudge itself, as it moves; by how much each value moves in all; and, but for the first, in the end.
    lines, fractions
        The number line of each value, and the fraction of each gate.
    gates
        The ratio of each gate, on a plate; where there is none, its slope.
    """

    def __init__(
        self,
        pen: Pen,
        sweep: Sweep,
        nodes: Sequence[str],
        slopes: Sequence[str],
        moments: Mapping[str, Sequence[float]],
        *,
        scale: str = "change",
        glass: str = "glass",
    ) -> None:
        self.pen, self.sweep, self.scale, self._moments = pen, sweep, scale, moments
        step = f"moved_{nodes[0]}"
        self.glass = words(pen, glass, colour="quiet", align="centre", most=1)
        self.step = live(pen, sweep[step], moments[step], symbol=step)
        self.changes = [number(pen, f"change_{n}", form=("equation", "number")) for n in nodes]
        self.least = [number(pen, f"least_{n}", height=LABEL, form=("equation", "number")) for n in nodes[1:]]
        self.lines = [self._line(n).part for n in nodes]
        self.fractions = [self._fraction(*pair) for pair in pairwise(nodes)]
        rules = [symbol(pen, f"rule_{node}", height=(VALUE, LABEL)) for node in nodes[1:]]
        self._rules = [or_nothing(part, "rules of slopes") for part in rules]
        self.gates = [self._gate(*pair) for pair in zip(nodes[1:], slopes, strict=True)]

    def _line(self, node: str) -> NudgedLine:
        now, moved = (self.sweep[f"{of}_{node}"] for of in ("now", "moved"))
        return NudgedLine(self.pen, node, now, moved, f"change_{node}", f"line_{node}", self.scale)

    def _fraction(self, before: str, node: str) -> Part:
        out, into = (self.sweep[f"seen_{n}"] for n in (node, before))
        moments = [self._moments[f"seen_{n}"] for n in (node, before)]
        widest, (over, under) = max(map(abs, chain(*moments))), (min(0.0, *each) for each in moments)
        ratio = self.sweep[f"ratio_{node}"] if f"ratio_{node}" in self._moments else None
        return Fraction(self.pen, out, into, ratio, self.scale, widest, (over, under)).part

    def _gate(self, node: str, slope: str) -> Part:
        name, called = f"ratio_{node}", f"live gate {node}"
        if name not in self._moments:
            return gate(self.pen, slope, called=called)
        return live_gate(self.pen, self.sweep[name], self._moments[name], called=called, form="operand")

    def stack(self, values: Sequence[Part], target: Part, read: Part, beats: tuple[str, str, str, str, str]) -> Stack:
        """Return all of it as lines of stations.

        Parameters
        ----------
        values, target
            What stands under the values in the first beat and in the last; and, behind the last gate, what is wanted.
        read
            How the dials are read, under the first of them in the first beat.
        beats
            When nothing moves yet, when braces open, when they are fractions, when these settle, and why to what.
        """
        first, second, third, settling, last = beats
        plain = [item for value in values for item in (during(value, first, last), None)]
        plain[-3] = during(target, first, last)
        pairs = zip(self.changes[1:], self.least, strict=True)
        others = (Slot(during(all_, second, third), during(Column(end), settling)) for all_, end in pairs)
        first_moved = Slot(during(self.changes[0], second), during(Column(self.step), third, settling))
        why = between(*self._rules, gap=LABEL_GAP), amid(len(self.lines), during(self.glass, settling))
        feet = on(Leaf("feet of braces", Form.fixed()))
        under = Stack(feet, _UNDER_FEET, between(*self.fractions), LABEL_GAP, Turns(*why))
        lines = Turns(on(Hung(during(read, first))), on(*self.lines, gap=LABEL_GAP), under)
        said = Rather(*(along(*plain, levels=levels, gap=LABEL_GAP) for levels in (1, 2)), cost=_LAST)
        row = Turns(said, on(first_moved, *others, gap=LABEL_GAP))
        return Stack(row, LABEL_GAP, lines, beats=beats)

    @property
    def rules(self) -> list[Shown]:
        """How the slopes follow from the values, under the fractions; nothing where there is no room for it."""
        return shown_of(*(leaf.part for leaf in self._rules if isinstance(leaf.part, Part)))

    @property
    def ruled(self) -> list[Shown]:
        """The number lines with their ticks."""
        return [shown for part in self.lines for shown in part.shown[:-3]]

    @property
    def dots(self) -> tuple[list[Shown], list[Shown]]:
        """On each line the dot at rest, and the one that moves."""
        return [part.shown[-3] for part in self.lines], [part.shown[-2] for part in self.lines]

    @property
    def braces(self) -> list[Shown]:
        """The braces over the number lines."""
        return [part.shown[-1] for part in self.lines]

    @property
    def pairs(self) -> tuple[list[Shown], list[Shown]]:
        """The braces in the fractions, and for each that one over a number line that shows the same."""
        ends = [(out, into) for into, out in pairwise(self.braces)]
        return [s for part in self.fractions for s in part.shown[-2:]], [s for pair in ends for s in pair]

    @property
    def ratios(self) -> tuple[list[Shown], list[Shown]]:
        """The ratios on their plates, and for each a brace of the fraction that gives it."""
        pairs = zip(self.gates, self.fractions, strict=True)
        found = [(part.shown[-1], f.shown[-2]) for part, f in pairs if f.shown[-2].product]
        return [ratio for ratio, _ in found], [brace for _, brace in found]
