"""What nudges of a weight find, under its gate: the slope as rise over run, the one predicted, and the gaps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scenes.parts.page import LABEL as LABEL_GAP
from scenes.parts.page import LINES, Column, Hung, Row
from scenes.parts.page.boxes import Item
from scenes.parts.settings.nudging import Nudging
from scenes.parts.theme import LABEL
from scenes.parts.things.base import Shown
from scenes.parts.things.formula import Formula
from scenes.parts.things.lettering import Operator
from scenes.parts.things.letters import number, sign, words
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.pen import Pen

__all__ = ["NudgeTable"]


class NudgeTable:
    """Of one weight, line by line: rise ÷ run with its largest step, the gradient, their gap, and the smaller gaps.

    What no more than rounding has made is called so: digits of rounding would be read as a finding. Where the first gap
    is rounding there are no others.

    Parameters
    ----------
    nudging
        The nudges; words of the clip are ``gap``, ``smaller`` before the step of a further gap, and ``rounding``, which
        stands for a gap.
    """

    def __init__(self, pen: Pen, nudging: Nudging, weight: str) -> None:
        self.pen, self.weight = pen, weight
        slope, rise, run = (f"{what}_{weight}_0" for what in ("nudged", "rise", "run"))
        known = (pen.quantities[name] for name in (slope, rise, run))
        equals: Operator = "=" if pen.formatter.divides(*known) else "approx"
        self.found = Formula(pen, slope, "=", rise, "div", run, equals, slope)
        self.predicted = number(pen, f"dL_d{weight}", form="equation", called=f"predicted of {weight}")
        first = nudging.is_rounding(weight, 0)
        steps = range(1 if first else len(nudging.steps))
        self.gaps = [self._gap(i, rounding=nudging.is_rounding(weight, i)) for i in steps]

    def _gap(self, i: int, *, rounding: bool) -> list[Part]:
        """Return the words before a gap, its step but for the first one's, known from the run, and the gap."""
        called = f"{self.weight} {i}"
        how: dict[str, Any] = {"height": LABEL, "colour": "quiet"}
        made = [words(self.pen, "smaller" if i else "gap", most=1, called=f"gap of {called}", **how)]
        if i:
            made.append(number(self.pen, f"step_{self.weight}_{i}", called=f"step of {called}", **how))
        made.append(sign(self.pen, "=", height=LABEL, colour="quiet", called=f"equals {called}"))
        if rounding:
            return [*made, words(self.pen, "rounding", most=1, called=f"rounding {called}", **how)]
        shade: Any = how if i else {}
        return [*made, number(self.pen, f"gap_{self.weight}_{i}", called=f"found gap {called}", **shade)]

    @property
    def box(self) -> Hung:
        """The lines, hung from their upper edge."""
        gaps: list[Item] = [Row(*line, gap=LABEL_GAP) for line in self.gaps]
        return Hung(Column(self.found.box, self.predicted, *gaps, gap=LINES))

    def told(self) -> Sequence[list[Shown]]:
        """Return in turn what is drawn of the slope found and of the gaps; what was predicted is known before."""
        return [shown_of(*(part for part in self.found.parts if part.place)), *(shown_of(*line) for line in self.gaps)]

    @property
    def shown(self) -> list[Shown]:
        """All that is drawn of it."""
        return [*(shown for line in self.told() for shown in line), *self.predicted.shown]
