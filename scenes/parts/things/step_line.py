"""The step of a weight as a line of arithmetic that follows it: what it was, less rate times gradient, what it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scenes.parts.page import LABEL, ROWS, Box, Column, Either, Row
from scenes.parts.things.base import Shown, Source
from scenes.parts.things.lettering import Operator
from scenes.parts.things.letters import live, number, sign
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen

__all__ = ["StepLine"]


class StepLine:
    """``w - rate x gradient = w`` on one line, on two or, where there is no room, only where the weight stands.

    Parameters
    ----------
    weight, gradient
        Quantities at rest.
    rate, now
        The rate and the weight as a sweep moves them, each with its values on the way, the last one last.
    """

    def __init__(
        self,
        pen: Pen,
        weight: str,
        gradient: str,
        rate: tuple[Source, Sequence[float]],
        now: tuple[Source, Sequence[float]],
    ) -> None:
        self.pen, self.called = pen, f"step of {weight}"
        known, slope = (pen.quantities[name] for name in (weight, gradient))
        closes = pen.formatter.steps(known, slope, rate=rate[1][-1], after=now[1][-1])
        before = [number(pen, weight, called=f"{self.called} from"), self._sign("-", "minus")]
        times = [self._live(*rate, "rate"), self._sign("times", "times")]
        times.append(number(pen, gradient, form="operand", called=f"{self.called} by"))
        after = [self._sign("=" if closes else "approx", "is"), self._live(*now, "now")]
        self._lines = [*before, *times], after

    def _sign(self, of: Operator, name: str) -> Part:
        return sign(self.pen, of, called=f"{self.called} {name}")

    def _live(self, source: Source, moments: Iterable[float], name: str) -> Part:
        return live(self.pen, source, moments, align="left", called=f"{self.called} {name}")

    @property
    def box(self) -> Box:
        """It as a box about its middle."""
        first, second = (Row(*line, gap=LABEL) for line in self._lines)
        whole = Row(*(part for line in self._lines for part in line), gap=LABEL)
        return Either(Column(whole), Column(first, second, gap=ROWS), Column(self._lines[-1][-1]), like="steps")

    @property
    def shown(self) -> list[Shown]:
        """What is drawn of the form that had room."""
        return [shown for line in self._lines for part in line if part.place for shown in part.shown]
