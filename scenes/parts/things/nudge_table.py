"""The table of nudges: for each weight both losses, the slope that they give, the one predicted, and the gaps."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.parts.page import LABEL as LABEL_GAP
from scenes.parts.page import LINES, NEAR, Column, Table
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
        first, *_ = nudging.weights
        keys = {"weight": "", "below": "0", "above": "0", "recomputed": "", "predicted": ""}
        self.heads = [self._head(key, step and f"step_{first}_{step}") for key, step in keys.items()]
        self.heads += [self._head("gap", f"step_{first}_{i}", f" {i}") for i in self.steps]
        self.rows = [self._row(nudging, w) for w in nudging.weights]

    def _head(self, key: str, step: str = "", more: str = "") -> list[Part]:
        """Return the words over a column, and the step that they are about."""
        said = words(self.pen, key, colour="quiet", align="right", most=1, called=f"head {key}{more}")
        return [
            said,
            *([number(self.pen, step, height=LABEL, align="right", called=f"{step} under {key}")] if step else []),
        ]

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
    def table(self) -> Table:
        """The table as a box."""
        heads: list[Item] = [Column(*head, gap=LABEL_GAP, align="origin", anchor=len(head) - 1) for head in self.heads]
        return Table(heads, *self.rows, gap=NEAR, lines=LINES)

    @property
    def predicted(self) -> list[Part]:
        """What backpropagation gave, weight by weight."""
        return [row[4] for row in self.rows]

    def told(self) -> Sequence[list[Shown]]:
        """Return in turn what is drawn of the heads and of each row, but for what was predicted, known before."""
        heads = shown_of(*(part for head in self.heads for part in head))
        return [heads, *(shown_of(*row[:4], *row[5:]) for row in self.rows)]
