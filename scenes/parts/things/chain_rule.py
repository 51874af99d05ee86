"""The products of a chain of slopes, in the ways in which they are multiplied: at once, from the front, or back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from scenes.parts.page import (
    GROUP,
    LABEL,
    LINES,
    LOOSE,
    Column,
    Line,
    Pad,
    Rather,
    Row,
    Stack,
    along,
    amid,
    between,
    during,
    on,
)
from scenes.parts.theme import FORMULA, NAME, VALUE
from scenes.parts.things.letter_pen import LetterPen, Shade
from scenes.parts.things.letters import symbol, words
from scenes.parts.things.part import Part
from scenes.parts.things.products import Products
from scenes.parts.things.slots import Filled, Slots

__all__ = ["ChainRule"]

_HEADS: Final = FORMULA, NAME, VALUE  # heights of the slopes in the formula, the first that fits
_OVER: Final = 0.2  # over and under the gradient of a weight


class ChainRule:
    """What the slopes of a chain give, multiplied.

    Parameters
    ----------
    nodes
        The values, first to last; the last is the loss L, the push on a value n is ``dL_dn``, the slope between two of
        them ``front_a_b``, that of the gate which makes n ``local_n``.
    slopes
        What stands on the gates: a weight, or a slope.
    weights
        Those of them that are weights.
    rule
        Keys of words: what comes out of a gate, its slope, what comes in.
    unknown
        Key of the words beside a gradient that is asked for.

    Attributes
    ----------
    asked
        The gradients of the values between the first and the last, not known yet: the name and the words of each.
    formula
        The chain rule, with a slot under each gate for its slope.
    products
        From the front: for each value its row of products, all multiplied anew.
    back
        From the back: what comes out is the slope times what comes in, for one gate after the other, the last first.
    weights
        The gradient of each weight, by its gate: what went in times what comes back.
    """

    def __init__(
        self,
        pen: LetterPen,
        nodes: Sequence[str],
        slopes: Sequence[str],
        weights: Sequence[str],
        rule: Sequence[str],
        unknown: str = "unknown",
    ) -> None:
        self.pen, self.nodes, self.slopes, self.weighted = pen, nodes, slopes, weights
        self.pushes = [f"dL_d{node}" for node in nodes]
        self.formula = self._formula()
        self.asked = [self._asked(push, unknown) for push in self.pushes[1:-1]]
        ends = [nodes[i + 2 :] for i in range(len(slopes))]
        each = zip(nodes, slopes, ends, strict=False)
        rows = [[slope, *(f"front_{start}_{end}" for end in after)] for start, slope, after in each]
        self.products = Products(pen, self.pushes[:-1], slopes, rows)
        heads = [words(pen, key, colour="quiet", align="centre", most=1) for key in rule]
        steps = list(zip(self.pushes, slopes, self.pushes[1:-1], strict=False))
        self.back = Slots(pen, heads, *((out, (slope, into)) for out, slope, into in reversed(steps)), height=NAME)
        self.weights = {i: self._weight(i) for i, slope in enumerate(slopes) if slope in weights}

    def _formula(self) -> Slots:
        whole = f"front_{self.nodes[0]}_{self.nodes[-1]}"
        pairs = zip(self.nodes[1:], self.slopes, strict=True)
        colours: dict[str, Shade] = {f"local_{n}": "weight" if slope in self.weighted else "ink" for n, slope in pairs}
        heads = [
            symbol(
                self.pen, name, height=(FORMULA, NAME, VALUE), colour=colours.get(name, "auto"), called=f"head {name}"
            )
            for name in (whole, *colours)
        ]
        return Slots(self.pen, heads, (whole, self.slopes))

    def _asked(self, push: str, unknown: str) -> list[Part]:
        mark = words(self.pen, unknown, height=VALUE, colour="gradient", called=f"{unknown} {push}")
        return [symbol(self.pen, push, height=VALUE, called=f"asked {push}"), mark]

    def _weight(self, gate: int) -> Slots:
        names = f"dL_d{self.slopes[gate]}", self.nodes[gate], self.pushes[gate + 1]
        heads = [symbol(self.pen, name, height=VALUE, called=f"head {name} of {names[0]}") for name in names]
        return Slots(self.pen, heads, (names[0], names[1:]))

    def multiplied(self, measured: Part, *beats: str) -> Stack:
        """Return the chain rule as lines: each slope under its gate, and what they give under the first value.

        Where the numbers are longer it stands in the middle. Over it stand the gradients that are asked for, under it
        what was ``measured``.
        """
        asked = on(None, *(Row(*pair, gap=LABEL) for pair in self.asked))
        rule = Rather(
            Stack(*map(self._under_gates, (*self.formula.lines, self.formula.head)), gap=LINES),
            amid(len(self.nodes), self.formula.box),
        )
        return Stack(asked, LOOSE, rule, LOOSE, amid(len(self.nodes), measured), beats=beats)

    def _under_gates(self, line: Filled) -> Line:
        result, first, *others = line.cells
        return along(Row(result, LINES, first, anchor=0), *others, gap=LABEL)

    def line(self, slots: Slots, *beats: str) -> Line:
        """Return an equation in the middle of the room under the chain."""
        return amid(len(self.nodes), during(Column(Pad(slots.box, grow=True)), *beats))

    def weights_line(self, *beats: str) -> Line:
        """Return the gradients of the weights, each under its gate; with longer numbers in the middle."""
        boxes = {i: during(Column(Pad(slots.box, 0.0, _OVER)), *beats) for i, slots in self.weights.items()}
        under = between(*(boxes.get(i) for i in range(len(self.slopes))))
        row, column = Column(Row(*boxes.values(), gap=GROUP)), Column(*boxes.values())
        return Rather(under, amid(len(self.nodes), row), amid(len(self.nodes), column))
