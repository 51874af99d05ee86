"""Two weights over the steps: one turns round where the other changes its sign, and beside them why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from scenes.parts.page import GROUP, LINES, NEAR, ROWS, Column, Row, Table
from scenes.parts.theme import VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.letters import number, sign, symbol, words
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.pen import Pen
from scenes.parts.things.plane import Sizes
from scenes.parts.things.step_plane import StepPlane
from scenes.parts.things.wire import leader

__all__ = ["TurnPlanes"]

_WHEN = ("before", "after")
_SIZES = Sizes((2.4, 6.4), (1.0, 1.7), (5, 3))  # of each plane


class TurnPlanes:
    """Both over one another on one axis of steps; at their side what is multiplied to the gradient, before and after.

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
        self._upper = self._plane(turns, key, step)
        self._lower = self._plane(by, key, step)
        for plane in (self._upper, self._lower):
            plane.beside = max(self._upper.room_beside, self._lower.room_beside)
        self._upper.bare = True
        self._steps = [words(pen, step, colour="quiet", align="right", called="step of the turn"), *self._both("step")]
        names = ("push", by, "rest", "gradient")
        self._names = [symbol(pen, f"turn_{n}_before", height=VALUE, align="right", called=f"turn {n}") for n in names]
        self._numbers = [self._both(name) for name in names]
        self._signs = [sign(pen, "times", called=f"turn times {n}") for n in names[1:3]]
        holds = (pen.equals(*(f"turn_{n}_{when}" for n in ("gradient", *names[:3]))) == "equation" for when in _WHEN)
        self._signs.append(sign(pen, "=" if all(holds) else "approx", called="turn gives"))

    def _plane(self, w: str, key: str, step: str) -> StepPlane:
        marks = [(f"turn_{w}_{when}", f"turn_step_{when}") for when in _WHEN]
        keys, paths = (f"{key}_steps", f"{key}_{w}"), [(f"{w}_{key}", f"step_{key}")]
        return StepPlane(self.pen, f"turning {w}", keys, (step, w), _SIZES, paths=paths, marks=marks)

    def _both(self, what: str) -> list[Part]:
        names = (f"turn_{what}_{when}" for when in _WHEN)
        return [number(self.pen, name, align="right", called=f"{name} in the product") for name in names]

    @property
    def box(self) -> Row:
        """Both planes, and the product at their side."""
        rows = zip_longest([None, *self._signs], self._names, self._numbers)
        cells = [[None, *self._steps], *([mark, name, *pair] for mark, name, pair in rows)]
        table = Table(*cells, gap=NEAR, lines=LINES)
        return Row(Column(self._upper.part, self._lower.part, gap=ROWS), GROUP, table, align="middle")

    @property
    def asked(self) -> list[Shown]:
        """Both weights over the steps, and where the one turns."""
        planes = (self._upper, self._lower)
        return [*(shown for plane in planes for shown in (*plane.frame, *plane.filled)), *self._upper.marked]

    @property
    def cause(self) -> Iterator[tuple[Sequence[Shown], Sequence[Shown]]]:
        """Yield why it does, piece by piece, and what each comes from: where the other crosses 0, and the product.

        The numbers of the other come from its marks.
        """
        pairs = zip(self._upper.marked, self._lower.marked, strict=True)
        lines = [leader(self.pen.theme, *((x, y) for x, y, _ in (a.place, b.place))) for a, b in pairs]
        yield [*lines, *self._lower.marked], []
        yield shown_of(*self._steps), []
        for mark, name, pair in zip_longest([None, *self._signs], self._names, self._numbers):
            yield shown_of(*filter(None, (mark, name))), []
            yield shown_of(*pair), self._lower.marked if name is self._names[1] else []
