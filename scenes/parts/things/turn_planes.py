"""Two weights over the steps: one turns round where the other changes its sign."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.parts.page import LABEL, ROWS, Column, Either, Row
from scenes.parts.theme import VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.letters import number, sign, symbol
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.pen import Pen
from scenes.parts.things.plane import Sizes
from scenes.parts.things.step_plane import StepPlane

__all__ = ["TurnPlanes"]


class TurnPlanes:
    """Both over one another, each under what changes its sign; the quantities are those of `Descent.turn_rows`.

    Parameters
    ----------
    turns, by
        The weight that turns round, and the one because of which it does.
    key
        With which the names of the quantities along the steps end, and their ranges begin.
    step
        The key of what is counted.
    """

    def __init__(self, pen: Pen, turns: str, by: str, key: str, step: str, sizes: Sizes) -> None:
        self.pen = pen
        self._planes = [self._plane(w, key, step, sizes) for w in (turns, by)]
        gradient = symbol(pen, "turn_gradient_before", height=VALUE)
        self._lines = [[self._name(turns), gradient, *self._change("gradient")], [self._name(by), *self._change(by)]]

    def _plane(self, w: str, key: str, step: str, sizes: Sizes) -> StepPlane:
        marks = [(f"turn_{w}_{when}", f"turn_step_{when}") for when in ("before", "after")]
        keys, paths = (f"{key}_steps", f"{key}_{w}"), [(f"{w}_{key}", f"step_{key}")]
        return StepPlane(self.pen, f"turning {w}", keys, (step, ""), sizes, paths=paths, marks=marks)

    def _name(self, w: str) -> Part:
        return symbol(self.pen, w, called=f"{w} over steps")

    def _change(self, what: str) -> list[Part]:
        before, after = (number(self.pen, f"turn_{what}_{when}") for when in ("before", "after"))
        return [before, sign(self.pen, "arrow.r", called=f"{what} turns"), after]

    @property
    def box(self) -> Column:
        """Both, under one another."""
        pairs = zip(self._lines, self._planes, strict=True)
        return Column(*(each for line, plane in pairs for each in (self._box(line), plane.part)), gap=ROWS)

    def _box(self, line: list[Part]) -> Either:
        """Return a line; where there is less room, what changes under its name."""
        *said, before, to, after = line
        change = Row(before, to, after, gap=LABEL)
        return Either(Row(*line), Row(*line, gap=LABEL), Column(Row(*said), change, gap=LABEL))

    @property
    def told(self) -> Iterator[tuple[list[Shown], list[Shown]]]:
        """Yield what comes first of each, the cause before what turns, and what comes then: where it changes."""
        for line, plane in zip(reversed(self._lines), reversed(self._planes), strict=True):
            yield [*plane.frame, *plane.filled, *shown_of(*line[:-3])], [*plane.marked, *shown_of(*line[-3:])]
