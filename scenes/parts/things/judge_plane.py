"""Losses over what they judge: curves, each with a dot where the value stands, and its slope there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np

from scenes.parts.measure import Scale
from scenes.parts.page import Form, Need, Place, Region
from scenes.parts.page.labels import Label, place_labels
from scenes.parts.page.near import apart
from scenes.parts.theme import CURVE, LABEL, STROKES_PER_UNIT, VALUE
from scenes.parts.things.base import Shown, Source
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.letters import LOWEST, room_of
from scenes.parts.things.outlined import Spot
from scenes.parts.things.plane import Plane
from scenes.parts.things.plot import Curve, Dot
from scenes.parts.things.readout import Form as Written
from scenes.parts.things.ruler import UNDER, Mark
from scenes.parts.things.slope import Slope
from scenes.parts.things.tangent import Tangent

__all__ = ["AFTER", "BETWEEN", "DOT", "RIGHT", "TANGENT", "JudgePlane", "width_of"]

DOT: Final = 0.09
"""Radius of the dot of a value."""

TANGENT: Final = 0.55
"""Half the length of a tangent."""

AFTER: Final = 0.16
"""From the end of a curve to its name."""

RIGHT: Final = ("above right", "below left", "above", "below", "above left", "below right")
"""Where the name of a curve may stand beside a dot, the best first."""

BETWEEN: Final = 0.18
"""Two pieces of a text."""

UP: Final = ("above", "above left", "above right", "below", "below right", "below left")
"""The same of what is said of a slope there."""

_PIECES: Final = 9  # of a tangent, to find room beside it
_ON_CURVE: Final = 0.06
_KEPT: Final = 0.6  # of its colour, out of focus: so it can be measured beside one that is lit
_LINE, _LAW, _BLOCK = 0.34, 0.32, 0.16  # from one name to the next, from one to its law; more between two with laws
_CLEAR: Final = 0.1  # round a curve
_FOOT: Final = 0.32  # from the numbers at an axis down to what is said under it
_NEAR: Final = (0.1, 0.2, 0.3, 0.45)  # from a dot to what it is called: the first with which there is room


def width_of(piece: Lettering) -> float:
    """Return how wide a piece of a text is."""
    return room_of(piece).across.least


def _boxes(shown: Shown) -> Iterator[Region]:
    """Yield boxes that something lies in as it stands: a tangent in many, a text in one."""
    points = np.concatenate([piece.points[:, :2] for piece in shown.submobjects])
    is_line = isinstance(shown, Tangent)
    for each in pairwise(np.linspace(points[0], points[-1], _PIECES)) if is_line else [points]:
        yield Region(*np.min(each, axis=0).tolist(), *np.max(each, axis=0).tolist())


@dataclass
class JudgePlane(Plane):
    """Curves of losses, each with a dot where the value stands, and its tangent there.

    Parameters
    ----------
    losses
        Which losses, by the ends of the names of `settings.judges.Judges`.
    now
        What gives the value, and of each loss what it says there and its slope: names or what a sweep moves.
    ends
        The keys of what stands at the ends of the curves.
    laws
        Under each of them how that loss follows, by the name of its quantity, where there is one of that name.
    target
        The quantity that is wanted, marked on the axis; an empty one is none.
    feet
        What is said under the axis, where it lies there: the value, with a dot on the axis, and what is wanted.
    """

    losses: Sequence[int] = ()
    now: Mapping[str, Source] = field(default_factory=dict)
    ends: Sequence[str] = ()
    laws: Sequence[str] = ()
    target: str = ""
    feet: Sequence[str] = ()

    @cached_property
    def _ends(self) -> list[Lettering]:
        return [self.pen.name(key, height=LABEL, colour="loss", align="left") for key in self.ends]

    @cached_property
    def _laws(self) -> list[Lettering | None]:
        made = (name in self.pen.quantities and self.pen.symbol(name, height=LABEL, align="left") for name in self.laws)
        return [each or None for each in made] or [None] * len(self._ends)

    @property
    def aside(self) -> float:
        """The names of the curves, and how each follows."""
        return max((AFTER + each.advance for each in (*self._ends, *self._laws) if each), default=0.0)

    @property
    def _around(self) -> tuple[float, float, float, float]:
        left, right, over, under = super()._around
        return left, right, over, under + _FOOT * bool(self.feet)

    @cached_property
    def _said(self) -> list[Lettering]:
        return [self.pen.readout(name, height=LABEL, form="equation") for name in self.feet]

    def _feet(self) -> list[Shown]:
        """Return what is said under the axis, each as near its place as the other lets it, and the dot of the value."""
        if not self._said:
            return []
        (left, low, _), (right, *_), known = self.across.start, self.across.end, self.pen.quantities
        middle, needs = (left + right) / 2, [room_of(each).across for each in self._said]
        at = {name: float(self.across.point(known[name].number)[0]) - middle for name in self.feet}
        order = sorted(range(len(needs)), key=lambda i: at[self.feet[i]])
        places = apart([at[self.feet[i]] for i in order], [needs[i] for i in order], BETWEEN, (right - left) / 2)
        for i, x in zip(order, places, strict=True):
            self._said[i].at(middle + x, low - UNDER - LABEL - _FOOT)
        return [Dot(self.over, self.across, colour=self.pen.theme.colour("value"), radius=_ON_CURVE), *self._said]

    def source(self, name: str) -> Source:
        """Return what gives a number: as it moves, or at rest."""
        return self.now[name]

    def _draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        super()._draw(place, scales)
        self.curves = [self._curve(i) for i in self.losses]
        self.dots = [self._dot(i) for i in self.losses]
        self.tangents = [self._tangent(i) for i in self.losses]
        theme, goals = self.pen.theme, [self.pen.quantities[self.target]] if self.target else []
        self.marks: list[Shown] = [Mark(g, self.across, theme=theme, colour=theme.colour("ink")) for g in goals]
        self.marks += self._feet()
        self._place_ends()
        return [*self.frame, *self.curves, *self.tangents, *self.dots, *self.marks, *self.names_of_curves]

    @property
    def names_of_curves(self) -> list[Shown]:
        """What stands at the ends of the curves."""
        return [each for each in (*self._ends, *self._laws) if each]

    def drawn_of(self, i: int) -> list[Shown]:
        """Return the curve of a loss with its name, and how it follows."""
        of_it = (each[self.losses.index(i)] for each in (self.curves, self._ends, self._laws))
        return [each for each in of_it if each]

    def marked_on(self, i: int) -> list[Shown]:
        """Return the dot on the curve of a loss, and its tangent."""
        return [each[self.losses.index(i)] for each in (self.tangents, self.dots)]

    def _curve(self, i: int) -> Curve:
        y, x = (self.pen.quantities[name] for name in (f"curve_{i}", f"curve_at_{i}"))
        loss = self.pen.theme.colour("loss")
        curve = Curve(y, self.up, x, self.across, colour=loss, stroke=CURVE * STROKES_PER_UNIT)
        curve.keeps = _KEPT
        return curve

    @property
    def over(self) -> Source:
        """The value that is judged."""
        return self.source("over")

    def _dot(self, i: int) -> Dot:
        loss = self.pen.theme.colour("loss")
        return Dot(self.source(f"L_{i}"), self.up, across=(self.over, self.across), colour=loss, radius=_ON_CURVE)

    def slope(self, i: int, name: str) -> list[Slope]:
        """Return the slope of a loss, by the name of its quantity, as a triangle with a run of 1, if there is room."""
        known = self.pen.quantities
        at, high, slope = (known[n] for n in (self.names[0], f"L_{i}", name))
        if at.number - 1.0 < self.across.low or not self.up.low <= high.number - slope.number <= self.up.high:
            return []
        spot = Spot((at, self.across), (high, self.up))
        return [Slope(slope, spot=spot, theme=self.pen.theme, colour=self.pen.theme.colour("ink"))]

    def sides_of(self, slope: Slope, run: str, rise: str) -> list[Lettering]:
        """Return what stands at a triangle where there is room: the words at its run of 1, and the number at its rise.

        Parameters
        ----------
        run, rise
            The key of the words, and the name of the number.
        """
        (x, y, _), tall = slope.origin, slope.source.now.number * self.up.scale.per_unit
        said = self.pen.words(run, height=LABEL, colour="quiet"), self.pen.readout(rise, height=LABEL, align="left")
        out, level, at = "above" if tall < 0.0 else "below", float(y) - tall, float(x)
        ways: list[Sequence[tuple[tuple[float, float], tuple[str, ...]]]] = [
            [((at - self.across.scale.per_unit / 2, level), (out, "above", "below"))],
            [((at, float(y) - tall / 2), ("right", "left")), ((at, level), (f"{out} right", out, *RIGHT))],
        ]
        placed = list[Lettering]()
        for text, tried in zip(said, ways, strict=True):
            others = [*self._ends, *placed]
            if any(self.stand_beside(text.name, point, [text], sides, others) for point, sides in tried):
                placed.append(text)
        return placed

    def at_dot(self, name: str, form: Written) -> list[Lettering]:
        """Return the value of a quantity beside the dot of the only curve, clear of its tangent too; no room: none."""
        said, (x, y, _) = self.pen.readout(name, height=VALUE, form=form, align="left"), map(float, self.dots[0].place)
        return [said] if self.stand_beside(said.name, (x, y), [said], UP, self.tangents) else []

    def stand_beside(self, name: str, at: tuple[float, float], line: Sequence[Lettering], sides: tuple[str, ...],
               others: Sequence[Shown] = ()) -> bool:  # fmt: skip
        """Stand a line of text beside a point, clear of curves and other texts; return whether there is room for it."""
        wide = sum(map(width_of, line)) + BETWEEN * (len(line) - 1)
        tall = max(piece.height_of_type for piece in line)
        form = Form.fixed(0.0, wide, tall, tall * LOWEST)
        (left, low, _), (right, _, _), (_, top, _) = self.across.start, self.across.end, self.up.end
        busy = [*self._busy(), *(box for each in others for box in _boxes(each))]
        for by in _NEAR:
            label = Label(name, *at, (form,), sides, DOT + by)
            if found := place_labels([label], busy, Region(left, low, right, top)):
                x, y = found[name].x, found[name].y
                for piece in line:
                    piece.at(x + room_of(piece).across.before, y)
                    x += width_of(piece) + BETWEEN
                return True
        return False

    def _busy(self) -> Iterator[Region]:
        """Yield boxes that all curves and lines at 0 lie in."""
        yield from self.busy_zeros()
        for curve in self.curves:
            for x, y, _ in curve.submobjects[0].points[::4]:
                yield Region(x - _CLEAR, y - _CLEAR, x + _CLEAR, y + _CLEAR)

    def _tangent(self, i: int) -> Tangent:
        colour, at = self.pen.theme.colour("ink"), (self.over, self.across)
        return Tangent(self.source(f"push_{i}"), at, (self.source(f"L_{i}"), self.up), colour=colour, half=TANGENT)

    def _place_ends(self) -> None:
        """Stand each name beside the end of its curve, as near as the others let it."""
        known, named = self.pen.quantities, list(zip(self.losses, self._ends, strict=False))
        laws = dict(zip(self.losses, self._laws, strict=False))
        at = {i: float(self.up.point(known[f"curve_{i}"].value[-1])[1]) for i, _ in named}  # type: ignore[index]
        left: list[tuple[int, Lettering]] = []
        for (i, name), dot in zip(named, self.dots, strict=False):
            x, y, _ = map(float, dot.place)
            others = [n for _, n in named if n is not name]
            if laws[i] or not self.stand_beside(str(i), (x, y), [name], RIGHT, others):
                left.append((i, name))
        if left:
            named.sort(key=lambda pair: at[pair[0]])
        else:
            return
        low, high = self.up.start[1], self.up.end[1]
        middle, gap = (low + high) / 2, _LINE - LABEL + _BLOCK * any(laws.values())
        needs = [Need(LABEL / 2 + _LAW * bool(laws[i]), LABEL / 2) for i, _ in named]
        places = apart([at[i] - middle for i, _ in named], needs, gap, (high - low) / 2)
        for (i, name), y in zip(named, places, strict=True):
            x, foot = self.across.end[0] + AFTER, middle + y - LABEL / 2
            name.at(x, foot)
            if law := laws[i]:
                law.at(x, foot - _LAW)
