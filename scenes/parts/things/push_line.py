"""The push on each shaft, as a number close under its gear: the next one times the slope between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from scenes.parts.page import NEAR, ROWS, Box, Column, Near, Row, gap
from scenes.parts.page.near import apart
from scenes.parts.page.needs import SLACK
from scenes.parts.theme import NAME, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.gear_train import WITHIN, GearTrain
from scenes.parts.things.letters import number, sign, symbol
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.wire import leader, placed

__all__ = ["PushLine"]

_ASIDE: Final = 0.3  # so far beside its gear a number has a leader to it
_FROM: Final = 0.08  # under a gear, where a leader begins
_UNDER: Final = 0.18  # from a gear to the top of its number
_NEARLY: Final = gap(0.12)  # from a sign to its number


class PushLine:
    """Numbers under the gears, on a few lines where gears are close; before one that is only nearly a product is ≈.

    Parameters
    ----------
    spots
        The places of the gears that have one.
    pushes
        The gradient at each gear.
    slopes
        The slope between each gear and the next: times the push on that it is the push on this.
    """

    def __init__(
        self, pen: Pen, train: GearTrain, pushes: Sequence[str], slopes: Sequence[str], spots: Sequence[int]
    ) -> None:
        self.pen, self.train = pen, train
        self.spots = tuple(spots)
        nearly = [i for i in spots if i + 1 in spots and pen.equals(pushes[i], slopes[i], pushes[i + 1]) == "about"]
        self.signs = {i: sign(pen, "approx", called=f"push {pushes[i]} is nearly") for i in nearly}
        self.numbers = [number(pen, pushes[i], called=f"push {pushes[i]}") for i in spots]
        named = self.spots if train.crowded else ()
        self.names = [symbol(pen, train.nodes[i], called=f"node {train.nodes[i]}") for i in named]

    @property
    def parts(self) -> list[Part]:
        """Its parts."""
        return [*self.numbers, *self.signs.values(), *self.names]

    @property
    def box(self) -> Box:
        """It as a box whose origin is that of the train."""
        pairs = zip_longest(self.names, map(self._signed, self.spots, self.numbers))
        each = [Column(*filter(None, pair), gap=ROWS, align="origin", anchor=0) for pair in pairs]
        at = [self.train.columns[i] for i in self.spots]
        return Near(each, at=at, levels=2, within=WITHIN, drops=self._drops)

    def drop(self, at: int) -> float:
        """Return how far under the hub line one of its numbers hangs where all are on one line."""
        return self._drops[at]

    @property
    def _drops(self) -> list[float]:
        """How far under the hub line each hangs where all are on one line: its gear and all names are over it."""
        high = _UNDER + (NAME if self.names else VALUE)
        names = max(map(self.train.name_under, range(len(self.train.nodes))))
        at, needs = [self.train.columns[i] for i in self.spots], [part.form.across for part in self.numbers]
        found = []
        for own, moved, need in zip(at, apart(at, needs, NEAR.least, WITHIN), needs, strict=True):
            half = (need.least + abs(moved - own)) / 2  # between its gear and where its neighbours move it
            found.append(max(self.train.under((own + moved) / 2, half), names) + high)
        return found

    def _signed(self, i: int, part: Part) -> Box:
        """Return a number with what stands before it."""
        before = [self.signs[i]] if i in self.signs else []
        return Row(*before, part, gap=_NEARLY, anchor=len(before))

    def arriving(self, i: int) -> list[Shown]:
        """Return the number under gear ``i``, if it has one, and a leader to it where it stands aside."""
        if i not in self.spots:
            return []
        at = self.spots.index(i)
        before = self.signs[i].shown if i in self.signs else ()
        shown = [*(self.names[at].shown if self.names else ()), *before, *self.numbers[at].shown]
        place, (x, y) = placed(self.names[at] if self.names else self.numbers[at]), self.train.hub(i)
        first = max(placed(part).y for part in self.names or self.numbers)
        hung = abs(y - self._drops[at] - place.y) < SLACK
        if abs(place.x - x) < _ASIDE or hung or place.y < first:  # to a second line it would run over the first
            return shown
        foot, top = y - self.train.below[i] - _FROM, place.y + 1.3 * NAME
        return [leader(self.pen.theme, (x, foot), (place.x, top)), *shown]
