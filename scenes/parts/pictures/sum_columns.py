"""The numbers beside a value that goes two ways: sums with a line under what is added, forward and backward."""

from __future__ import annotations

from typing import Final

from manim.mobject.geometry.line import Line

from scenes.parts.pictures.product import tag, tag_width
from scenes.parts.pictures.rows import in_a_row
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import LINE
from scenes.parts.things.arrow import GradientArrow
from scenes.parts.things.base import Shown
from scenes.parts.things.decor import Decor, decor
from scenes.parts.things.lettering import Lettering, Symbol, Words
from scenes.parts.things.pen import Pen
from scenes.parts.things.readout import Readout

__all__ = ["LEFT", "RIGHT", "WAYS", "SumColumns"]

WAYS: Final = ("u", "v")
LEFT, DECIMALS, RIGHT = 0.9, 5.1, 6.7
"""Of the column of numbers: where symbols begin, where decimal points stand, and where lines end."""

LINES: Final = (1.2, 0.5, -0.2, -0.98)
"""Baselines of the column: x, u, v, and under the line what the plus gives."""

AGAIN: Final = -1.58
"""Baseline of what is computed again."""

LAWS: Final = 1.7
"""Where that begins which stands between a turn and its number."""

FIRST, TAGS, COLUMNS, TIMES, EQUALS, OUTGOING = 0.47, 0.84, (1.6, 3.7, 5.74), 3.28, 4.14, 5.12
"""Of the products: where letters and tags begin, middles of the heads, signs, and where results have their points."""

ARROWS: Final = (-1.4, -1.8, -2.22)


class SumColumns:
    """The columns of a clip of two ways, all on the same lines: values, turns, products, and arrows under them."""

    def __init__(self, pen: Pen, sweep: Sweep) -> None:
        self.pen, self.sweep = pen, sweep

    # -- forward: values and turns -----------------------------------------------------------------------------------

    def values(self) -> list[list[Shown]]:
        """Return x, u, v and y, a row each: letter, what it comes from, and number; the last under a line."""
        rows: list[list[Shown]] = [[self._letter("x", 0), self._number("x", 0)]]
        for i, name in enumerate(WAYS):
            function = self.pen.name(f"function_{i}", colour="quiet", align="left").at(LEFT + 0.75, LINES[i + 1])
            rows.append([self._letter(name, i + 1), function, self._number(name, i + 1)])
        plus = self.pen.words("plus", colour="quiet").at(LEFT + 0.75, LINES[3])
        return [*rows, [self.rule(LEFT), self._letter("y", 3), plus, self._number("y", 3)]]

    def turned(self) -> list[Shown]:
        """Return how far x is turned, and the names of the turns of u, v and y."""
        names = [self._letter(name, i) for i, name in enumerate(("turn", "moved_u", "moved_v", "moved_y"))]
        return [*names, self._number("turn", 0), self.rule(LEFT)]

    def running(self) -> list[Readout]:
        """Return how far u, v and y turn, while they do."""
        return [self._live(f"turn_{name}", i + 1) for i, name in enumerate("uvy")]

    def stopped(self) -> list[Readout]:
        """Return how far u, v and y have turned, at rest."""
        return [self._number(f"moved_{name}", i + 1) for i, name in enumerate("uvy")]

    def again(self) -> list[Lettering]:
        """Return how far y moves when everything is computed again."""
        words = self.pen.words("recomputed", colour="quiet").at(LEFT, AGAIN)
        return [words, self.pen.readout("recomputed", align="point").at(DECIMALS, AGAIN)]

    def laws(self) -> list[list[Lettering]]:
        """Return behind each turn what it is: local derivative times the turn of x, and for y the sum."""
        pen, rows = self.pen, list[list[Lettering]]()
        for way in WAYS:
            rows.append([pen.sign("="), pen.symbol(f"local_{way}"), pen.symbol("turn")])
        rows.append([pen.sign("="), pen.symbol("moved_u"), pen.sign("+"), pen.symbol("moved_v")])
        for row, line in zip(rows, LINES[1:], strict=True):
            in_a_row(row, LAWS, line)
        return rows

    def rule(self, left: float) -> Decor:
        """Return the line under what is added."""
        y = LINES[3] + 0.56
        line = Line([left, y, 0], [RIGHT, y, 0], buff=0, stroke_width=LINE)
        return decor(line.set_color(self.pen.theme.colour("quiet")))

    def _letter(self, name: str, i: int, x: float = LEFT) -> Symbol:
        return self.pen.symbol(name, align="left").at(x, LINES[i])

    def _number(self, name: str, i: int) -> Readout:
        return self.pen.readout(name, align="point").at(DECIMALS, LINES[i])

    def _live(self, name: str, i: int) -> Readout:
        return self.pen.live_readout(self.sweep[name]).at(DECIMALS, LINES[i])

    def note(self, key: str, line: float) -> Words:
        """Return quiet words under the column, on as many lines as they need."""
        return self.pen.words(key, colour="quiet", max_width=RIGHT - LEFT).at(LEFT, line)

    # -- backward: products and their sum -----------------------------------------------------------------------------

    def heads(self) -> list[Lettering]:
        """Return the heads of the products' columns."""
        places = zip(("local", "incoming", "outgoing"), COLUMNS, strict=True)
        return [self.pen.words(key, colour="quiet", align="centre").at(x, LINES[0]) for key, x in places]

    def product(self, way: str) -> tuple[list[Shown], list[Shown]]:
        """Return local x incoming of a way, and = outgoing."""
        pen, i = self.pen, 1 + WAYS.index(way)
        line = LINES[i]
        local, incoming = pen.readout(f"local_{way}"), pen.readout(f"dL_d{way}", form="operand")
        local.at(TAGS + tag_width(local) / 2, line)
        incoming.at(COLUMNS[1], line)
        times, equals = pen.sign("times").at(TIMES, line), pen.sign("=").at(EQUALS, line)
        return [self._letter(way, i, FIRST), tag(pen, local), local, times, incoming], [equals, self._outgoing(way, i)]

    def _outgoing(self, way: str, i: int) -> Readout:
        return self.pen.readout(f"contribution_{way}", align="point").at(OUTGOING, LINES[i])

    def total(self) -> list[Shown]:
        """Return the sum of what comes back, under a line."""
        pen = self.pen
        name = pen.symbol("dL_dx", align="right").at(EQUALS - 0.3, LINES[3])
        plus = pen.sign("+").at(RIGHT - 0.17, (LINES[1] + LINES[2]) / 2)
        number = pen.readout("dL_dx", align="point").at(OUTGOING, LINES[3])
        return [self.rule(EQUALS + 0.2), plus, name, pen.sign("=").at(EQUALS, LINES[3]), number]

    def named_arrows(self) -> list[Symbol]:
        """Return what each of the three arrows stands for."""
        names = zip((*WAYS, "dL_dx"), ARROWS, strict=True)
        return [self.pen.symbol(name, align="right", colour="gradient").at(EQUALS - 0.3, y - 0.18) for name, y in names]

    def added(self) -> list[GradientArrow]:
        """Return the two pushes one behind the other, to the left for minus, and their sum under them."""
        pen, unit = self.pen, self.pen.scales["scale"].per_unit
        first = pen.quantities["contribution_u"].number
        starts = {"contribution_u": 0.0, "contribution_v": first, "dL_dx": 0.0}
        found: list[GradientArrow] = []
        for (name, at), line in zip(starts.items(), ARROWS, strict=True):
            way = -1.0 if pen.quantities[name].number < 0 else 1.0
            found.append(pen.arrow(name, "scale", tail=(OUTGOING + unit * at, line), direction=(way, 0.0)))
        return found
