"""By how much a loss should fall, made of each weight's step and its slope, by how much it does, and these steps."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import chain

from scenes.parts.page import GROUP, LABEL, LINES, Column, Either, Row
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.quantity import Role
from scenes.parts.things.base import Shown
from scenes.parts.things.cells import Cells
from scenes.parts.things.letters import number, words
from scenes.parts.things.part import shown_of
from scenes.parts.things.pen import Pen
from scenes.parts.things.sums import less
from scenes.parts.type.numbers import parse_shown

__all__ = ["FallTable"]


class FallTable:
    """The fall that slopes promise, step times slope by weight, what it leaves of the loss, the fall found, the steps.

    Its quantities are those of `settings.one_step.OneStep`.

    Parameters
    ----------
    promised, found, moved
        The keys of what both falls are called, and of what stands before how far the weights have moved.
    """

    def __init__(self, pen: Pen, weights: Sequence[str], promised: str, found: str, moved: str) -> None:
        roles: tuple[tuple[str, Role], ...] = ((promised, "gradient"), (found, "loss"), (moved, "weight"))
        *self._said, self._by = (words(pen, key, colour=role, most=1) for key, role in roles)
        self._steps = [number(pen, f"down_{w}", form="equation") for w in weights]
        factors = list(chain.from_iterable(("+", f"up_{w}", "times", f"dL_d{w}") for w in weights))[1:]
        self._made = Cells(pen, "promise", *factors, _equals(pen, weights), "predicted")
        self._left = less(pen, "left", "L", "predicted", "promised")
        self._real = less(pen, "found", "L", "new_L", "real")

    @property
    def box(self) -> Column:
        """Both falls under one another; where there is less room, of each line its end alone."""
        promised, found = self._said
        made, left, real = (each.cells for each in (self._made, self._left, self._real))
        moved: tuple[Item, ...] = self._by, *self._steps
        promise: tuple[Item, ...] = promised, Row(*made, gap=LABEL)
        return Column(
            Either(
                Row(*promise, GROUP, Row(*left, gap=LABEL)),
                Column(Row(*promise), Row(*left, gap=LABEL), gap=LINES, align="left"),
                Row(promised, made[-1]),
            ),
            Either(
                Row(found, Row(*real, gap=LABEL), GROUP, *moved),
                Column(Row(found, Row(*real, gap=LABEL)), Row(*moved), gap=LINES, align="left"),
                Row(found, real[-1], GROUP, Row(*self._steps)),
            ),
            gap=LINES,
            align="left",
        )

    @property
    def promise(self) -> list[Shown]:
        """What the promised fall is made of, and that."""
        return [*self._said[0].shown, *self._made.shown(0, len(self._made.cells))]

    @property
    def left(self) -> list[Shown]:
        """What it leaves of the loss, if there is room for it."""
        return self._left.shown(0, len(self._left.cells))

    @property
    def real(self) -> list[Shown]:
        """The fall that is found."""
        return [*shown_of(self._said[1]), *self._real.shown(0, len(self._real.cells))]

    @property
    def moved(self) -> list[Shown]:
        """How far each weight has moved, after what is said of it where there is room."""
        return [*(self._by.shown if self._by.place else ()), *shown_of(*self._steps)]


def _equals(pen: Pen, weights: Sequence[str]) -> str:
    """Return the sign before the promised fall: of equality only where what is shown gives what is shown."""

    def shown(name: str) -> Decimal:
        return parse_shown(pen.formatter.text(pen.quantities[name]))

    return "=" if sum(shown(f"up_{w}") * shown(f"dL_d{w}") for w in weights) == shown("predicted") else "approx"
