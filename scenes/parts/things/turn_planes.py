"""Two weights over the steps: one turns round where the other changes its sign; beside them the numbers there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scenes.parts.page import ROWS, Column
from scenes.parts.theme import VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.pen import Pen
from scenes.parts.things.plane import Sizes
from scenes.parts.things.step_plane import StepPlane
from scenes.parts.things.wire import leader

__all__ = ["TurnPlanes"]

_WHEN = ("before", "after")
_SIZES = Sizes((2.4, 6.4), (1.0, 1.7), (5, 3))  # of each plane


class TurnPlanes:
    """Both over one another on one axis of steps; over the one its gradient, over the other itself: before and after.

    Its quantities are those of `Descent.turn_rows`.

    Parameters
    ----------
    turns, by
        The weight that turns round, and the one because of which it does.
    key
        With which the names of the quantities along the steps end, and their ranges begin.
    step
        The key of what is counted.
    """

    def __init__(self, pen: Pen, turns: str, by: str, key: str, step: str) -> None:
        self.pen = pen
        self._name = pen.symbol("turn_gradient_before", height=VALUE)
        self._upper = self._plane(turns, key, step, self._moments("gradient"), [self._name])
        self._lower = self._plane(by, key, step, self._moments(by), [])
        for plane in (self._upper, self._lower):
            plane.beside = max(self._upper.room_beside, self._lower.room_beside)
        self._upper.bare = True

    def _plane(
        self, w: str, key: str, step: str, moments: Sequence[Lettering], named: Sequence[Lettering]
    ) -> StepPlane:
        marks = [(f"turn_{w}_{when}", f"turn_step_{when}") for when in _WHEN]
        keys, paths = (f"{key}_steps", f"{key}_{w}"), [(f"{w}_{key}", f"step_{key}")]
        before, after = moments
        how = {"paths": paths, "marks": marks, "over": [[*named, before], [after]]}
        return StepPlane(self.pen, f"turning {w}", keys, (step, w), _SIZES, **how)  # type: ignore[arg-type]

    def _moments(self, what: str) -> list[Lettering]:
        """Return what a quantity was, and what it is then."""
        return [self.pen.readout(f"turn_{what}_{when}", height=VALUE) for when in _WHEN]

    @property
    def box(self) -> Column:
        """Both planes."""
        return Column(self._upper.part, self._lower.part, gap=ROWS)

    @property
    def asked(self) -> list[Shown]:
        """Both weights over the steps, and where the one turns."""
        frames = [shown for plane in (self._upper, self._lower) for shown in (*plane.frame, *plane.filled)]
        return [*frames, *self._upper.marked]

    @property
    def cause(self) -> Iterator[tuple[Sequence[Shown], Sequence[Shown]]]:
        """Yield why it does, piece by piece, and what each comes from: where the other crosses 0, then the numbers.

        The numbers of the other come from its marks.
        """
        foot, marks = self._upper.across.start[1], [dot.place for dot in self._upper.marked]
        lines = [leader(self.pen.theme, (x, y), (x, foot)) for x, y, _ in marks]
        yield [*lines, *self._lower.plumbs, *self._lower.marked], []
        yield [line[0] for line in self._lower.over], self._lower.marked
        yield [*self._upper.plumbs, *(piece for line in self._upper.over for piece in line)], []
