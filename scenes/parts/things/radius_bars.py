"""The radii of a train as bars on one baseline under their gears, each with its number and its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Scale
from scenes.parts.page import NEAR, Form, Need, Place
from scenes.parts.page.near import apart
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import FINE, LABEL, VALUE
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.decor import Decor
from scenes.parts.things.gear_train import WITHIN
from scenes.parts.things.letters import live, number, symbol
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.shapes import rectangle
from scenes.parts.things.stave import WIDE, Stave
from scenes.parts.things.wire import leader

__all__ = ["RadiusBars"]

Array = npt.NDArray[np.float64]
_NAME: Final = 0.14  # from the baseline to the name on its other side, and on to the number
_APART: Final = 0.12  # between what stands at one bar and at the next
_OVER: Final = 0.17  # from a gear down to what stands under it
_TAG: Final = 0.16  # from a bar or its name to the top of what stands under it
_CLEAR, _SHORTEST = 0.08, 0.15  # between a gear or a bar and what leads from one to the other; how long that is
_LINE: Final = 0.42  # from one line of numbers to the next
_PAST: Final = 0.2  # of the baseline beyond the outer bars
_NAMED: Final = _NAME + LABEL + _NAME + VALUE  # name and number, from the baseline on


class RadiusBars:
    """Bars as long as the radii over them, in the same scale.

    Parameters
    ----------
    names
        Quantities whose magnitudes are the radii.
    columns, below
        Where each gear stands, x from the origin of the train, and how far it reaches down from the hub line.
    moments
        The numbers of each on the way of a sweep; there is room for all of them.
    tags
        What stands at some of the bars beside name and number, by their places: under the lower of bar and name.
    sweep, prefix
        What moves them, and what stands before their names there.
    """

    def __init__(
        self,
        pen: Pen,
        names: Sequence[str],
        *,
        scale: str,
        columns: Sequence[float],
        below: Sequence[float],
        moments: Sequence[Sequence[float]],
        tags: Mapping[int, Part] | None = None,
        sweep: Sweep | None = None,
        prefix: str = "moving_",
        called: str = "bars",
    ) -> None:
        self.pen, self.names, self.scale, self.columns = pen, tuple(names), scale, np.array(columns)
        self.tags, self.below, self.live = dict(tags or {}), tuple(below), sweep is not None
        self.sources = [sweep[f"{prefix}{name}"] if sweep else pen.quantities[name] for name in names]
        rows = np.array(moments) * pen.scales[scale].per_unit
        self.up, self.down = np.maximum(rows, 0).max(axis=0), np.maximum(-rows, 0).max(axis=0)
        ways = zip(self.names, np.array(moments).T.tolist(), strict=True)
        self.numbers = [
            live(pen, sweep[f"{prefix}{n}"], way, called=f"{called} {n}")
            if sweep
            else number(pen, n, called=f"{called} {n}")
            for n, way in ways
        ]
        self.symbols = [symbol(pen, n, height=LABEL, called=f"{called} name {n}") for n in names]
        self.drop = float(np.max(np.array(below) + _OVER + np.where(self.down > 0, _NAMED, 0.0) + self.up))
        self.levels, self.places, self.needs = self._spread()
        self.part = Part(called, self._room(), draw=self._draw)
        self.staves: list[Stave] = []

    def _spread(self) -> tuple[int, Array, list[Need]]:
        """Return on how many lines the numbers stand, 0 at their names; where each bar stands, and its room."""
        sides = [(n.form.across, w.form.across) for n, w in zip(self.symbols, self.numbers, strict=True)]
        widths = [max(WIDE, n.least, w.least, self._tagged(i)) / 2 for i, (n, w) in enumerate(sides)]
        under = [Need(width, width) for width in widths]
        places = np.array(apart(self.columns.tolist(), under, _APART, WITHIN))
        if max(widths[0] - places[0], widths[-1] + places[-1]) <= WITHIN:
            return 0, places, under
        nodes = (name.removeprefix("dL_d") for name in self.names)  # shorter, where there are many
        self.symbols = [
            symbol(self.pen, n, height=LABEL, called=part.name) for n, part in zip(nodes, self.symbols, strict=True)
        ]
        sides = [(part.form.across, w) for part, (_, w) in zip(self.symbols, sides, strict=True)]
        names_only = [Need(n.least / 2, n.least / 2) for n, _ in sides]
        widest = max(w.least for _, w in sides)
        places = np.array(apart(self.columns.tolist(), names_only, 0.1, WITHIN - widest / 2 + names_only[0].before))
        step = float(np.diff(places).min()) if len(places) > 1 else widest
        needs = [
            Need(max(n.before, w.least / 2), max(n.before, w.least / 2))
            for n, (_, w) in zip(names_only, sides, strict=True)
        ]
        return max(1, int(np.ceil((widest + NEAR.least) / step))), places, needs

    def _reach(self) -> tuple[float, float]:
        """Return how far bars and numbers reach to the left and to the right of the origin."""
        past = WIDE / 2 + _PAST
        pairs = list(zip(self.needs, self.places.tolist(), strict=True))
        left, right = max(n.before - x for n, x in pairs), max(n.after + x for n, x in pairs)
        return max(left, past - pairs[0][1]), max(right, past + pairs[-1][1])

    def _room(self) -> Form:
        left, right = self._reach()
        under = LABEL + _NAME if (self.up > 0).any() or not self.down.any() else 0.0
        tags = max((self._under(i) + LABEL for i in self.tags), default=0.0)
        deep = max(float(self.down.max()), under if self.levels else _NAMED, tags)
        lines = max(deep, self._deepest + self.levels * _LINE)
        return Form.fixed(left, right, 0.0, self.drop + lines + 0.08)

    def _tagged(self, i: int) -> float:
        """Return how wide the tag at a bar is."""
        return self.tags[i].form.across.least if i in self.tags else 0.0

    def _under(self, i: int) -> float:
        """Return how far under the baseline what else stands at a bar has its own: under its number, or its tip."""
        if self.levels:
            return self._deepest + _NAME + VALUE + (self.levels - 1) * _LINE + _TAG + LABEL
        return (float(self.down[i]) if self.down[i] > 0 else _NAMED) + _TAG + LABEL

    @property
    def _deepest(self) -> float:
        """How far under the baseline bars and names reach."""
        return max(float(self.down.max()), LABEL + _NAME)

    def _draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        theme, line = self.pen.theme, place.y - self.drop
        xs = (self.places + place.x).tolist()
        colour = theme.colour("gradient")
        for source, x in zip(self.sources, xs, strict=True):
            self.staves.append(Stave(source, scales[self.scale], origin=(x, line), theme=theme, colour=colour))
        self.leaders = {} if self.live else self._leaders(place, xs, line)
        self.baseline = self._line(xs[0] - WIDE / 2 - _PAST, xs[-1] + WIDE / 2 + _PAST, line)
        low = line - self._deepest - _NAME
        for i, (x, each, name) in enumerate(zip(xs, self.numbers, self.symbols, strict=True)):
            minus = self.down[i] > 0
            name.put(_at(name.name, x, line + _NAME if minus else line - _NAME - LABEL), scales)
            y = (
                low - VALUE - (i % self.levels) * _LINE
                if self.levels
                else line + (_NAMED - VALUE if minus else -_NAMED)
            )
            each.put(_at(each.name, _middle(x, each), y), scales)
            if i in self.tags:
                tag = self.tags[i]
                tag.put(_at(tag.name, _middle(x, tag), line - self._under(i)), scales)
        return [self.baseline, *self.staves]

    def _leaders(self, place: Place, bars: Sequence[float], line: float) -> dict[int, Decor]:
        """Return what leads from each gear straight down to its bar, or to the name over it, where they are apart."""
        found = {}
        for i, (bar, below, up, down) in enumerate(zip(bars, self.below, self.up, self.down, strict=True)):
            x, top = place.x + float(self.columns[i]), line + (_NAMED if down > 0 else float(up)) + _CLEAR
            foot = place.y - below - _CLEAR
            if abs(x - bar) < WIDE / 2 and foot - top > _SHORTEST:
                found[i] = leader(self.pen.theme, (x, foot), (x, top))
        return found

    def _line(self, left: float, right: float, y: float) -> Decor:
        bar = rectangle(np.array([left, y, 0.0]), np.array([right, y, 0.0]), FINE)
        return Decor([Paint(self.pen.theme.colour("quiet"))], [bar])

    @property
    def everything(self) -> list[Shown]:
        """All that it is made of."""
        labels = (shown for i in range(len(self.staves)) for shown in self.labels(i))
        return [self.baseline, *self.staves, *labels]

    def labels(self, i: int) -> list[Shown]:
        """Return name and number of one of the bars, its tag, and what leads to it."""
        more = [*(self.tags[i].shown if i in self.tags else ()), *([self.leaders[i]] if i in self.leaders else ())]
        return [*self.symbols[i].shown, *self.numbers[i].shown, *more]


def _middle(x: float, part: Part) -> float:
    """Return where the origin of a part lies whose middle is at x."""
    across = part.form.across
    return x + (across.before - across.after) / 2


def _at(name: str, x: float, y: float) -> Place:
    return Place(name, x, y, 0.0, 0.0, 0.0, 0.0)
