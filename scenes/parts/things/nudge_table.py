"""The table of nudges: for each weight both losses, the slope that they give, the one predicted, and the gaps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scenes.parts.page import LABEL as LABEL_GAP
from scenes.parts.page import LINES, NEAR, Box, Column, Either, Hung, Table
from scenes.parts.page.boxes import Item
from scenes.parts.settings.nudging import Nudging
from scenes.parts.theme import LABEL, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.letters import number, symbol, words
from scenes.parts.things.part import Part, shown_of

__all__ = ["NudgeTable"]


class NudgeTable:
    """A row for each weight: with its largest step both losses, the slope found and the gap; then its other gaps.

    What no more than rounding has made is called so: digits of rounding would be read as a finding.

    Parameters
    ----------
    nudging
        The nudges; the heads are the words ``weight``, ``below``, ``above``, ``recomputed``, ``predicted``, ``gap`` of
        the clip, and ``rounding`` stands for a gap.
    """

    def __init__(self, pen: LetterPen, nudging: Nudging) -> None:
        self.pen, self.steps = pen, range(len(nudging.steps))
        first = f"step_{nudging.weights[0]}_"
        columns = [
            ("weight", ""),
            ("below", f"{first}0"),
            ("above", f"{first}0"),
            ("recomputed", ""),
            ("predicted", ""),
        ]
        self.heads = [self._head(*column) for column in (*columns, *(("gap", f"{first}{i}") for i in self.steps))]
        self.rows = [self._row(nudging, w) for w in nudging.weights]

    def _head(self, key: str, step: str) -> list[Part]:
        """Return the words over a column, and the step that they are about."""
        how: dict[str, Any] = {"align": "right", "height": LABEL}
        made = [words(self.pen, key, colour="quiet", most=1, called=f"head {key} {step}", **how)]
        return [*made, *([number(self.pen, step, called=f"{step} under {key}", **how)] if step else [])]

    def _row(self, nudging: Nudging, w: str) -> list[Part]:
        names = [f"below_{w}_0", f"above_{w}_0", f"nudged_{w}_0", f"dL_d{w}"]
        row = [symbol(self.pen, w, height=VALUE, align="right", called=f"row of {w}")]
        row += [number(self.pen, name, align="right", called=f"{name} of {w}") for name in names]
        return row + [self._gap(nudging, w, i) for i in self.steps]

    def _gap(self, nudging: Nudging, w: str, i: int) -> Part:
        if nudging.is_rounding(w, i):
            return words(self.pen, "rounding", colour="quiet", align="right", called=f"rounding {w} {i}")
        return number(self.pen, f"gap_{w}_{i}", align="right")

    @property
    def box(self) -> Box:
        """The table, hung from its upper edge; where there is no room for both losses, without them."""
        return Hung(Column(Either(self._table(range(len(self.heads))), self._table([0, *range(3, len(self.heads))]))))

    def _table(self, columns: Sequence[int]) -> Table:
        heads: list[Item] = [Column(*h, gap=LABEL_GAP, align="origin", anchor=len(h) - 1) for h in self.heads]
        rows: list[Sequence[Item]] = [heads, *self.rows]
        return Table(*([row[i] for i in columns] for row in rows), gap=NEAR, lines=LINES)

    @property
    def predicted(self) -> list[Part]:
        """What backpropagation gave, weight by weight."""
        return [row[4] for row in self.rows]

    def told(self) -> Sequence[list[Shown]]:
        """Return in turn what is drawn of the heads and of each row, but for what was predicted, known before."""
        told = [[part for head in self.heads for part in head], *([*row[:4], *row[5:]] for row in self.rows)]
        return [shown_of(*(part for part in parts if part.place)) for parts in told]
