"""What a nudge of a weight finds: the loss over it, the slope as rise over run, the gradient, and the gap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from scenes.parts.page import GROUP, LINES, Column, Row, gap
from scenes.parts.page import LABEL as LABEL_GAP
from scenes.parts.settings.nudging import Nudging
from scenes.parts.theme import LABEL, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.formula import Formula
from scenes.parts.things.lettering import Operator
from scenes.parts.things.letters import number, sign, symbol, words
from scenes.parts.things.part import Part, or_nothing, shown_of
from scenes.parts.things.pen import Pen
from scenes.parts.things.secant import secant
from scenes.parts.things.tangent import Tangent

__all__ = ["NudgeTable"]

_CLOSE: Final = gap(LINES.least - 0.025, LINES.least)  # from one line to the next, closer where there is little room


class NudgeTable:
    """Of one weight: its graph with the largest step, if there is room; as lines rise ÷ run, the gradient, the gap.

    What no more than rounding has made is called so: digits of rounding would be read as a finding. A gap stands behind
    ≈ where what is shown of both does not leave it.

    Parameters
    ----------
    nudging
        The nudges; words of the clip are ``gap``, and ``rounding``, which stands for a gap.
    """

    def __init__(self, pen: Pen, nudging: Nudging, weight: str) -> None:
        self.pen, self.weight = pen, weight
        self.picture = or_nothing(secant(pen, weight), "secants", cost=4)
        slope, rise, run = (f"{what}_{weight}_0" for what in ("nudged", "rise", "run"))
        if pen.quantities[slope].no_digit_holds:
            self.found = [symbol(pen, slope, height=VALUE), sign(pen, "="), self._rounding(slope)]
        else:
            self.found = Formula(pen, slope, "=", rise, "div", run, "=", slope).parts
        self.predicted = number(pen, f"predicted_{weight}_0", form="equation", called=f"predicted {weight}")
        self.gap = self._gap(f"gap_{weight}_0", is_rounding=nudging.is_rounding(weight, 0))

    def _gap(self, name: str, *, is_rounding: bool) -> list[Part]:
        """Return the word for a gap, a sign of equality, and the gap."""
        how: dict[str, Any] = {"height": LABEL, "colour": "quiet"}
        known = (self.pen.quantities[name.replace("gap", of)] for of in ("gap", "nudged", "predicted"))
        equals: Operator = "=" if is_rounding or self.pen.formatter.leaves(*known) else "approx"
        before = [words(self.pen, "gap", most=1, called=f"words {name}", **how)]
        before.append(sign(self.pen, equals, called=f"equals {name}", **how))
        return [*before, self._rounding(name) if is_rounding else number(self.pen, name, **how)]

    def _rounding(self, name: str) -> Part:
        """Return the words that stand for a number of which rounding alone makes every digit."""
        return words(self.pen, "rounding", height=LABEL, colour="quiet", most=1, called=f"rounding {name}")

    @property
    def box(self) -> Column:
        """The graph, and beside it the lines, set from the left."""
        head, *quotient, equals, slope = self.found
        lines = filter(None, ([head], quotient, [equals, slope], [self.predicted], self.gap))
        found = Column(*(Row(*line, gap=LABEL_GAP) for line in lines), gap=_CLOSE, align="left")
        return Column(Row(self.picture, GROUP, found, align="top"))

    @property
    def graph(self) -> Sequence[Shown]:
        """What is drawn of the graph."""
        return self.picture.part.shown if isinstance(self.picture.part, Part) else ()

    def told(self) -> Sequence[list[Shown]]:
        """Return in turn what is drawn of the graph, the nudge on it, the slope found, the gradient, and the gap."""
        drawn: list[list[Shown]] = [[], [], []]
        if self.graph:
            at = next(i for i, shown in enumerate(self.graph) if isinstance(shown, Tangent))
            (tangent, curve, *legs), dots = self.graph[at:-2], self.graph[-2:]
            drawn = [[*self.graph[:at], curve, *dots], legs, [tangent]]
        lines = [shown_of(*self.found), [*drawn[2], *self.predicted.shown], shown_of(*self.gap)]
        return [each for each in (*drawn[:2], *lines) if each]
