"""Pushes as bars under the values that they come back to, all on one line and one scale, each over its number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from scenes.parts.measure import Scale
from scenes.parts.page import TOUCH, Form, Line, Need, Place, on
from scenes.parts.recipe.quantity import Role
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import FINE, LABEL, RING, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.letters import LOWEST, live, number
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.stave import Stave

__all__ = ["PushBars"]

_WIDE: Final = (0.3, 0.48)  # of a bar, where there are many and where there are few
_UNDER: Final = 0.1 + VALUE  # from a bar, or from the line under it, to the foot of its number
_APART: Final = 0.2  # between the numbers of two bars at one station
_CLOSE, _NEAR = 0.08, 0.14  # between two bars there; between what is at one and at the other at rest
_LEVELS: Final = 3  # on which numbers stand under the bars, where many stand close


class PushBars:
    """A bar at each of some stations, up and solid for plus, down and hollow for minus, over its number.

    Parameters
    ----------
    names
        What the bars stand for, station by station.
    ways
        The lowest and the highest of each while it is looked at.
    sweep
        What moves them; none: they are at rest.
    few
        Whether bars stand so far apart that each number has its place right under its bar.
    aside
        Bars beside which these stand, as many at least; none: they stand at their stations. Beside bars at rest they
        are close by, with their numbers over both where all of them stand up, and else each as near as the numbers
        under both have room.
    left
        Whether they stand left of those, and not right.
    """

    def __init__(
        self,
        pen: Pen,
        names: Sequence[str],
        ways: Sequence[tuple[float, float]],
        *,
        scale: str,
        sweep: Sweep | None = None,
        few: bool = True,
        aside: PushBars | None = None,
        left: bool = False,
        role: Role = "gradient",
        called: str = "",
    ) -> None:
        self.pen, self.scale, self.few, self.role, self.aside, self.called = pen, scale, few, role, aside, called
        self.wide, self.sweep = _WIDE[few], sweep
        self.numbers = [
            live(pen, sweep[n], way, align="centre", called=f"{called} {n}")
            if sweep
            else number(pen, n, called=f"{called} {n}")
            for n, way in zip(names, ways, strict=True)
        ]
        self.half = max(self.wide, *(part.form.across.least for part in self.numbers)) / 2
        sources = [sweep[n] if sweep else pen.quantities[n] for n in names]
        self.ring: float = max(aside.ring if aside else 0.0, RING[0] if any(low <= 0.0 for low, _ in ways) else 0.0)
        self.ways, sign = ways, -1.0 if left else 1.0
        self.asides = [[sign * apart for apart in self._asides(i)] for i in range(len(ways))]
        self.parts = [self._part(i, source) for i, source in enumerate(sources)]

    def _asides(self, i: int) -> Sequence[float]:
        """Return how far from its station a bar stands, the best first; the last has its number under it."""
        if not self.aside:
            return [0.0]
        if not self.few:
            return [self.wide + FINE]
        far = self.half + self.aside.half + _APART
        if self.aside.sweep:
            return [far]
        return [self.wide + _CLOSE, far] if all(low >= 0.0 for low, _ in self.ways) else [self._near(i, self.aside)]

    def _near(self, i: int, other: PushBars) -> float:
        """Return how far a bar at rest stands from another, so that neither meets the other or its number."""
        (bar, number), (other_bar, other_number) = self._spans(i), other._spans(i)
        pairs = [(bar, other_number), (number, other_bar), (number, other_number)]
        meeting = (a[0] + b[0] + _NEAR for a, b in pairs if a[1] < b[2] and b[1] < a[2])
        return max([self.wide + _CLOSE, *meeting])

    def _spans(self, i: int) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
        """Return of a bar and of the number under it half of how wide it is, and from where down to where it is."""
        unit = self.pen.scales[self.scale].per_unit
        down = max(-self.ways[i][0] * unit, self.ring)
        bar, foot = (self.wide / 2, -max(0.0, self.ways[i][1]) * unit, down), down + _UNDER
        return bar, (self.numbers[i].form.across.least / 2, foot - VALUE, foot + VALUE * LOWEST)

    def _part(self, i: int, source: object) -> Part:
        """Return a bar and, where there are few, its number: its origin is the foot of one at its station."""
        unit, wide = self.pen.scales[self.scale].per_unit, self.half if self.few else self.wide / 2
        ways, text = [self.ways[i], *(self.aside.ways[i : i + 1] if self.aside else ())], self.numbers[i]
        up, down = max(0.0, self.ways[i][1]) * unit, max(0.0, -self.ways[i][0]) * unit
        under = max(down, self.ring) + _UNDER
        over = max(self.ring, *(way[1] * unit for way in ways)) + _UNDER - VALUE
        low = under + VALUE * LOWEST if self.few else max(down, FINE)
        asides = self.asides[i]
        each = [(over + VALUE, self.ring)] * (len(asides) - 1) + [(max(up, FINE), low)]
        forms = [
            Form.fixed(max(wide - aside, 0.0), max(wide + aside, 0.0), *around)
            for aside, around in zip(asides, each, strict=True)
        ]

        def draw(place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
            x, theme = place.x + asides[place.form], self.pen.theme
            how = {"theme": theme, "colour": theme.colour(self.role), "width": self.wide}
            bar = Stave(source, scales[self.scale], origin=(x, place.y), **how)  # type: ignore[arg-type]
            if not self.few:
                return [bar]
            y = place.y + (over if place.form < len(asides) - 1 else -under)
            text.put(Place(text.name, x, y, 0.0, 0.0, 0.0, 0.0), scales)
            return [bar, *text.shown]

        return Part(f"bar {text.name}", *forms, draw=draw, like=f"bars of {self.called}" if forms[1:] else "")

    def lines(self) -> list[Line | Need]:
        """Return the bars as a line of stations and, where they are many, their numbers under them."""
        bars: Line = on(*self.parts, gap=TOUCH)
        return [bars] if self.few or self.aside else [bars, Need(0.0, LABEL), on(*self.numbers, levels=_LEVELS)]

    @property
    def bars(self) -> list[Stave]:
        """The bars, first to last."""
        return [shown for part in self.parts for shown in part.shown if isinstance(shown, Stave)]

    @property
    def said(self) -> list[Shown]:
        """Their numbers, first to last."""
        return [shown for part in self.numbers if part.place for shown in part.shown]

    @property
    def is_over(self) -> bool:
        """Whether numbers stand over these bars and those beside which they are."""
        return any(part.place and part.place.form < len(part.forms) - 1 for part in self.parts)

    @property
    def shown(self) -> list[Shown]:
        """All of it."""
        return [*self.bars, *self.said]
