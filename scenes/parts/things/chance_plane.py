"""The S curve that makes a chance of a logit, and the gap between that and the truth: the push of cross-entropy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from scenes.parts.measure import Scale
from scenes.parts.page import Place
from scenes.parts.theme import CURVE, STROKES_PER_UNIT, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.outlined import Spot
from scenes.parts.things.plane import Plane
from scenes.parts.things.plot import Dot
from scenes.parts.things.readout import Form
from scenes.parts.things.stave import Stave

__all__ = ["ChancePlane"]

_AFTER: Final = 0.16  # from a line, or a dot, to what it is called
_HIGH: Final = 1.1  # of the S curve over its axis: then its logit and its chance stand under it
_LINE: Final = 0.42  # from how the curve follows to what stands over that
_UNDER: Final = 0.12  # from the curve to the foot's name
_NAMED: Final[tuple[Form, ...]] = ("equation", "number")
_CLEAR: Final = 0.06  # from a line to a text
_BAR, _THIN, _DOT = 0.1, 0.02, 0.09  # widths of the gap and of the line of the truth; radius


@dataclass
class ChancePlane(Plane):
    """The S curve that makes a chance of a logit, the truth as a line, and from that the push, as a bar to the chance.

    Its quantities are those of `settings.logit.Logit`; ``logit`` is that of the answer, and ``reads`` stands over how
    the curve makes a chance of it.
    """

    logit: str = ""
    reads: Lettering | None = None

    def _draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        super()._draw(place, scales)
        pen, known = self.pen, self.pen.quantities
        self.curve = pen.curve("p_curve", self.up, "p_at", self.across, stroke=CURVE * STROKES_PER_UNIT)
        truth = pen.curve("truth_line", self.up, "truth_at", self.across, stroke=_THIN * STROKES_PER_UNIT)
        y = float(self.up.point(known["target"].number)[1])
        self.aim = [truth, self._goal.at(self.across.end[0] + _AFTER, y - VALUE / 2)]
        at, blue, amber = (known[self.logit], self.across), *map(pen.theme.colour, ("value", "gradient"))
        spot, how = Spot(at, (known["target"], self.up)), {"theme": pen.theme, "colour": amber, "width": _BAR}
        self.gap = Stave(known["p_miss"], self.up.scale, origin=spot, **how)  # type: ignore[arg-type]
        self.dot = Dot(known["p"], self.up, across=at, colour=blue, radius=_DOT)
        self.foot = Dot(known[self.logit], self.across, colour=blue, radius=_DOT)
        self.said = self._said(known["p"].number, known["target"].number, known[self.logit].number)
        self.named = self._foot(known["p"].number, known[self.logit].number)
        self.chance = self._chance(known["p"].number, known["target"].number, known[self.logit].number)
        self.named += self._law(known[self.logit].number)
        return [*self.frame, *self.aim, self.gap, self.curve, self.dot, self.foot, self.said, self.chance, *self.named]

    @property
    def read(self) -> list[Shown]:
        """The curve and the chance that is read off it, without the truth."""
        return [*self.frame, self.curve, self.foot, *self.named, self.dot, self.chance]

    @cached_property
    def _goal(self) -> Lettering:
        return self.pen.readout("target", height=VALUE, form="equation", align="left")

    @property
    def aside(self) -> float:
        """The name of the truth."""
        return _AFTER + self._goal.advance

    def _foot(self, p: float, logit: float) -> list[Lettering]:
        """Return the logit, beside its dot under the S curve, if there is room for it."""
        x, y = float(self.across.point(logit)[0]), self.up.start[1]
        if float(self.up.point(p)[1]) - y < _HIGH:
            return []
        named, bare = (self.pen.readout(self.logit, height=VALUE, form=f, align="left") for f in _NAMED)
        for said in (named, bare):
            left = x - _AFTER - said.advance
            if left > self.across.start[0] and self._curve_over(left) > y + _AFTER + VALUE + _UNDER:
                return [said.at(left, y + _AFTER)]
        return [named.at(self._aside_zero(x + _AFTER, named.advance), y + _AFTER)]

    def _curve_over(self, x: float) -> float:
        """Return how high the S curve is there."""
        logits, chances = (np.asarray(self.pen.quantities[name].value) for name in ("p_at", "p_curve"))
        logit = self.across.low + (x - self.across.start[0]) / self.across.scale.per_unit
        return float(self.up.point(float(np.interp(logit, logits, chances)))[1])

    def _aside_zero(self, x: float, wide: float) -> float:
        """Return where a text begins that would begin there: behind the line at 0, if that would run through it."""
        zero = float(self.across.point(0.0)[0])
        return zero + _CLEAR if x - _CLEAR < zero < x + wide + _CLEAR else x

    def _law(self, logit: float) -> list[Lettering]:
        """Return how the S curve makes a chance, near its end on the other side, if there is room for it."""
        (left, *_), (right, *_), said = self.across.start, self.across.end, self.pen.symbol("law_p", height=VALUE)
        side, wide = -1.0 if logit >= 0.0 else 1.0, said.advance
        if wide + 2 * _AFTER > (right - left) / 2:
            return []
        x = (right if side > 0 else left) - side * (_AFTER + wide / 2)
        y = self._curve_over(x - side * wide / 2)
        foot = y - _AFTER - VALUE if side > 0 else y + _AFTER
        if not self.reads or self.reads.advance > wide + _AFTER:
            return [said.at(x, foot)]
        return [said.at(x, foot - _LINE * (side > 0)), self.reads.at(x, foot + _LINE * (side < 0))]

    def _chance(self, p: float, truth: float, logit: float) -> Lettering:
        """Return the chance, beside its dot, clear of the S curve and of what is said of the gap."""
        x, y = float(self.across.point(logit)[0]), float(self.up.point(p)[1])
        over = float(self.up.point(truth)[1]) - y
        is_short, is_high = 0.0 <= over < 2 * (_AFTER + 2 * VALUE), y + _AFTER + VALUE > self.up.end[1]
        below = (is_short or is_high) and y - self.up.start[1] >= _HIGH
        said = self.pen.readout("p", height=VALUE, form="equation", align="left" if below else "right")
        start = self._aside_zero(x + _AFTER, said.advance)
        return said.at(start, y - _AFTER - VALUE) if below else said.at(x - _AFTER, y + _AFTER)

    def _said(self, p: float, truth: float, logit: float) -> Lettering:
        """Return what the gap is, on the side on which the S curve is far from it."""
        side = -1.0 if truth >= p else 1.0
        said = self.pen.readout("law_p_miss", height=VALUE, form="equation", align="right" if side < 0 else "left")
        x, y = float(self.across.point(logit)[0]), float(self.up.point((p + truth) / 2)[1])
        return said.at(x + side * _AFTER, y - VALUE / 2)
