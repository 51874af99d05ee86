"""What nudges of a weight find: the loss over it, the slope as rise over run, the gradient, and the gaps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scenes.parts.page import LABEL as LABEL_GAP
from scenes.parts.page import ROWS, Column, Row
from scenes.parts.page.boxes import Item
from scenes.parts.settings.nudging import Nudging
from scenes.parts.theme import LABEL
from scenes.parts.things.base import Shown
from scenes.parts.things.formula import Formula
from scenes.parts.things.lettering import Operator
from scenes.parts.things.letters import number, sign, words
from scenes.parts.things.part import Part, or_nothing, shown_of
from scenes.parts.things.pen import Pen
from scenes.parts.things.secant import secant
from scenes.parts.things.tangent import Tangent

__all__ = ["NudgeTable"]


class NudgeTable:
    """Of one weight: its graph with the largest step, if there is room; as lines rise ÷ run, the gradient, the gaps.

    What no more than rounding has made is called so: digits of rounding would be read as a finding. Where the first gap
    is rounding there are no others. A gap stands behind ≈ where what is shown of both does not leave it.

    Parameters
    ----------
    nudging
        The nudges; words of the clip are ``gap``, ``smaller`` before the step of a further gap, and ``rounding``, which
        stands for a gap.
    """

    def __init__(self, pen: Pen, nudging: Nudging, weight: str) -> None:
        self.pen, self.weight = pen, weight
        self.picture = or_nothing(secant(pen, weight), "secants", cost=4)
        slope, rise, run = (f"{what}_{weight}_0" for what in ("nudged", "rise", "run"))
        known = (pen.quantities[name] for name in (slope, rise, run))
        equals: Operator = "=" if pen.formatter.divides(*known) else "approx"
        self.found = Formula(pen, slope, "=", rise, "div", run, equals, slope).parts
        self.predicted = number(pen, f"predicted_{weight}", form="equation")
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
        equals: Operator = "=" if i or rounding or self._closes else "approx"
        made.append(sign(self.pen, equals, height=LABEL, colour="quiet", called=f"equals {called}"))
        if rounding:
            return [*made, words(self.pen, "rounding", most=1, called=f"rounding {called}", **how)]
        shade: Any = how if i else {}
        return [*made, number(self.pen, f"gap_{self.weight}_{i}", called=f"found gap {called}", **shade)]

    @property
    def _closes(self) -> bool:
        """Whether the slope that is shown, less the gradient that is shown, is the gap that is shown."""
        named = (f"gap_{self.weight}_0", f"nudged_{self.weight}_0", f"predicted_{self.weight}")
        return self.pen.formatter.leaves(*(self.pen.quantities[name] for name in named))

    @property
    def lines(self) -> Column:
        """The lines, set from the left, a long one on several."""
        symbol, *quotient, equals, slope = self.found
        found = [[symbol], quotient, [equals, slope]]
        gaps = [part for line in self.gaps for part in (line[:-2], line[-2:])][2:]
        rows: list[Item] = [Row(*line, gap=LABEL_GAP) for line in (*found, [self.predicted], self.gaps[0], *gaps)]
        return Column(Column(*rows, gap=ROWS, align="left"))

    @property
    def graph(self) -> Sequence[Shown]:
        """What is drawn of the graph."""
        return self.picture.part.shown if isinstance(self.picture.part, Part) else ()

    def told(self) -> Sequence[list[Shown]]:
        """Return in turn what is drawn of the graph, the nudge on it, the slope found, the gradient, and the gaps."""
        drawn: list[list[Shown]] = [[], [], []]
        if self.graph:
            at = next(i for i, shown in enumerate(self.graph) if isinstance(shown, Tangent))
            (tangent, curve, *legs), dots = self.graph[at:-2], self.graph[-2:]
            drawn = [[*self.graph[:at], curve, *dots], legs, [tangent]]
        lines = [shown_of(*self.found), [*drawn[2], *self.predicted.shown], *(shown_of(*line) for line in self.gaps)]
        return [each for each in (*drawn[:2], *lines) if each]
