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
        Bars beside which these stand, as many at least; none: they stand at their stations.
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
        self.pen, self.scale, self.few, self.role, self.aside = pen, scale, few, role, aside
        self.wide = _WIDE[few]
        self.numbers = [
            live(pen, sweep[n], way, align="centre", called=f"{called} {n}")
            if sweep
            else number(pen, n, called=f"{called} {n}")
            for n, way in zip(names, ways, strict=True)
        ]
        self.half = max(self.wide, *(part.form.across.least for part in self.numbers)) / 2
        apart = (self.half + aside.half + _APART if few else self.wide + FINE) if aside else 0.0
        sources = [sweep[n] if sweep else pen.quantities[n] for n in names]
        self.ring: float = max(aside.ring if aside else 0.0, RING[0] if any(low <= 0.0 for low, _ in ways) else 0.0)
        triples = zip(sources, ways, self.numbers, strict=True)
        self.parts = [self._part(source, way, text, -apart if left else apart) for source, way, text in triples]

    def _part(self, source: object, way: tuple[float, float], text: Part, aside: float) -> Part:
        """Return a bar and, where there are few, its number under it: its origin is the foot of one at its station."""
        unit, wide = self.pen.scales[self.scale].per_unit, self.half if self.few else self.wide / 2
        up, down = max(0.0, way[1]) * unit, max(0.0, -way[0]) * unit
        under = max(down, self.ring) + _UNDER
        low = under + VALUE * LOWEST if self.few else max(down, FINE)
        form = Form.fixed(max(wide - aside, 0.0), max(wide + aside, 0.0), max(up, FINE), low)

        def draw(place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
            x, theme = place.x + aside, self.pen.theme
            how = {"theme": theme, "colour": theme.colour(self.role), "width": self.wide}
            bar = Stave(source, scales[self.scale], origin=(x, place.y), **how)  # type: ignore[arg-type]
            if not self.few:
                return [bar]
            text.put(Place(text.name, x, place.y - under, 0.0, 0.0, 0.0, 0.0), scales)
            return [bar, *text.shown]

        return Part(f"bar {text.name}", form, draw=draw)

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
    def shown(self) -> list[Shown]:
        """All of it."""
        return [*self.bars, *self.said]
