"""Two weights over the steps: one turns round where the other changes its sign; beside them the numbers there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scenes.parts.page import ROWS, Column, Either
from scenes.parts.theme import LABEL, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.pen import Pen
from scenes.parts.things.plane import Sizes
from scenes.parts.things.step_plane import StepPlane
from scenes.parts.things.wire import leader

__all__ = ["TurnPlanes"]

_WHEN = ("before", "after")
_HEIGHTS = (VALUE, LABEL)  # of the numbers at the marks
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
        self._pairs = [self._pair(turns, by, key, step, height) for height in _HEIGHTS]

    def _pair(self, turns: str, by: str, key: str, step: str, height: float) -> tuple[StepPlane, StepPlane]:
        name = self.pen.symbol("turn_gradient_before", height=height)
        upper = self._plane(turns, key, step, self._moments("gradient", height), [name])
        lower = self._plane(by, key, step, self._moments(by, height), [])
        upper.beside = lower.beside = max(upper.room_beside, lower.room_beside)
        upper.bare = True
        return upper, lower

    def _plane(
        self, w: str, key: str, step: str, moments: Sequence[Lettering], named: Sequence[Lettering]
    ) -> StepPlane:
        marks = [(f"turn_{w}_{when}", f"turn_step_{when}") for when in _WHEN]
        keys, paths = (f"{key}_steps", f"{key}_{w}"), [(f"{w}_{key}", f"step_{key}")]
        before, after = moments
        how = {"paths": paths, "marks": marks, "over": [[*named, before], [after]]}
        called = f"turning {w}" if before.height_of_type == VALUE else f"small turning {w}"
        return StepPlane(self.pen, called, keys, (step, w), _SIZES, **how)  # type: ignore[arg-type]

    def _moments(self, what: str, height: float) -> list[Lettering]:
        """Return what a quantity was, and what it is then."""
        return [self.pen.readout(f"turn_{what}_{when}", height=height) for when in _WHEN]

    @property
    def box(self) -> Column:
        """Both planes; where there is little room, with smaller numbers."""
        return Column(Either(*(Column(upper.part, lower.part, gap=ROWS) for upper, lower in self._pairs)))

    @property
    def planes(self) -> tuple[StepPlane, StepPlane]:
        """Both, as they have their places."""
        return next(pair for pair in self._pairs if pair[0].part.place)

    @property
    def asked(self) -> list[Shown]:
        """Both weights over the steps, and where the one turns."""
        frames = [shown for plane in self.planes for shown in (*plane.frame, *plane.filled)]
        return [*frames, *self.planes[0].marked]

    @property
    def cause(self) -> Iterator[tuple[Sequence[Shown], Sequence[Shown]]]:
        """Yield why it does, piece by piece, and what each comes from: where the other crosses 0, then the numbers.

        The numbers of the other come from its marks.
        """
        upper, lower = self.planes
        foot, marks = upper.across.start[1], [dot.place for dot in upper.marked]
        lines = [leader(self.pen.theme, (x, y), (x, foot)) for x, y, _ in marks]
        yield [*lines, *lower.plumbs, *lower.marked], []
        yield [line[0] for line in lower.over], lower.marked
        yield [*upper.plumbs, *(piece for line in upper.over for piece in line)], []
