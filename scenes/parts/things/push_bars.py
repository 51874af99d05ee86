"""Pushes as bars under the values that they come back to, all on one line and one scale, with their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from scenes.parts.measure import Scale
from scenes.parts.page import TOUCH, Form, Line, Need, Place, on
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import FINE, LABEL, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.letters import live, number
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.stave import Stave

__all__ = ["PushBars"]

_WIDE: Final = (0.3, 0.48)  # of a bar, where there are many and where there are few
_BESIDE: Final = 0.1  # from a bar to the number on its left
_OVER: Final = 0.07  # from the line to the foot of a number that stands on it
_LEVELS: Final = 3  # on which numbers stand under the bars, where there is no room beside them


class PushBars:
    """A bar at each of some stations, up and solid for plus, down and hollow for minus, its number beside its foot.

    Parameters
    ----------
    names
        What the bars stand for, station by station.
    ways
        The lowest and the highest of each while it is looked at.
    sweep
        What moves them; none: they are at rest.
    beside
        Whether the numbers stand beside the bars, or else under them.
    aside
        Whether the bars stand at the right of others, out of focus and without numbers.
    """

    def __init__(
        self,
        pen: Pen,
        names: Sequence[str],
        ways: Sequence[tuple[float, float]],
        *,
        scale: str,
        sweep: Sweep | None = None,
        beside: bool = True,
        aside: bool = False,
        called: str = "",
    ) -> None:
        self.pen, self.scale, self.beside = pen, scale, beside
        self.wide = _WIDE[beside]
        self.shift = self.wide + FINE if aside else 0.0
        self.parts, self.numbers = list[Part](), list[Part]()
        for name, way in zip(names, ways, strict=True):
            source, said = (sweep[name] if sweep else pen.quantities[name]), f"{called} {name}"
            text = (
                live(pen, sweep[name], way, called=said, align="right")
                if sweep
                else number(pen, name, called=said, align="right")
            )
            under = number(pen, name, called=said) if not sweep else text
            self.numbers += [] if aside else [text if beside else under]
            self.parts.append(self._part(source, way, text if beside and not aside else None, said))

    def _part(self, source: object, way: tuple[float, float], text: Part | None, called: str) -> Part:
        """Return a bar and, if it has one there, the number on its left: its origin is the foot of the bar."""
        unit = self.pen.scales[self.scale].per_unit
        up, down = max(0.0, way[1]) * unit, max(0.0, -way[0]) * unit
        wide: Need = text.form.across if text else Need()
        left = self.wide / 2 + (_BESIDE + wide.least if text else 0.0)
        form = Form.fixed(
            max(left - self.shift, 0.0), self.wide / 2 + self.shift, max(up, _OVER + VALUE), max(down, FINE)
        )

        def draw(place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
            x, theme = place.x + self.shift, self.pen.theme
            colour = theme.colour("gradient")
            how = {"theme": theme, "colour": colour, "width": self.wide}
            bar = Stave(source, scales[self.scale], origin=(x, place.y), **how)  # type: ignore[arg-type]
            if text is None:
                return [bar]
            at = x - self.wide / 2 - _BESIDE - wide.after
            text.put(Place(text.name, at, place.y + _OVER, 0.0, 0.0, 0.0, 0.0), scales)
            return [bar, *text.shown]

        return Part(f"bar {called}", form, draw=draw)

    def lines(self) -> list[Line | Need]:
        """Return the bars as a line of stations and, if they stand there, their numbers under them."""
        bars: Line = on(*self.parts, gap=TOUCH)
        if self.beside or not self.numbers:
            return [bars]
        return [bars, Need(0.0, LABEL), on(*self.numbers, levels=_LEVELS)]

    @property
    def bars(self) -> list[Stave]:
        """The bars, first to last."""
        return [shown for part in self.parts for shown in part.shown if isinstance(shown, Stave)]

    @property
    def said(self) -> list[Shown]:
        """Their numbers, first to last."""
        return [shown for part in self.numbers for shown in part.shown]

    @property
    def shown(self) -> list[Shown]:
        """All of it."""
        return [*self.bars, *self.said]
