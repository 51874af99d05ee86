"""Functions side by side: a plot each, and under it the bars of slope x what comes in = what is passed back.

All plots share their axes, all bars one scale; of the bars there are those of two inputs, in turn.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from scenes.parts.page import LABEL as LABEL_GAP
from scenes.parts.page import LOOSE, ROWS, TOUCH, Column, Row
from scenes.parts.recipe.quantity import Role
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import LABEL, VALUE
from scenes.parts.things.bar_line import Bar, BarLine, room_behind, unit_of
from scenes.parts.things.base import Shown
from scenes.parts.things.function_plot import FunctionPlot
from scenes.parts.things.ground import Ground
from scenes.parts.things.lettering import Lettering, Operator
from scenes.parts.things.pen import Pen

__all__ = ["BARS", "Swaps"]

BARS: Final = ("slope", "in", "out", "other_slope", "other_in", "other_out")
"""The bars of a column by their quantities; beside them stand ``h``, and slope and what goes out as before and now."""

SLOPES: Final = (("slope", "h", None), (None, "before", "now"))
PUSHES: Final = (BARS[:3], SLOPES[0], BARS[3:], *((None, "out_before", now) for now in ("out_now", "other_out")))
"""What stands there at one time, time after time: slopes alone, or all that comes in and goes out."""

SAID: Final[tuple[tuple[str, Role], ...]] = (("slope", "ink"), ("into", "gradient"), ("out", "gradient"))
"""Keys of the words under them, and their colours."""

AGAIN: Final[Mapping[str, tuple[str, str, Role]]] = {
    "before": ("slope", "before", "ink"),
    "now": ("other_slope", "now", "ink"),
    "out_before": ("out", "before", "gradient"),
    "out_now": ("other_out", "now", "gradient"),
}
"""Bars that stand there once more: of what, and key and colour of the word under them."""


class Swaps:
    """Columns; their quantities are those of `settings.swapped.Swapped`.

    Parameters
    ----------
    count
        How many functions there are.
    told
        The functions of which all is told that comes in and goes out; of the others slopes alone.
    unit, words
        A push of 1, and the key of the words at its bracket.
    sums
        Of which functions it is told in numbers how what comes in follows, each behind what its names begin with.

    Attributes
    ----------
    plots, unit, sweep
        The plot of each function, the bracket, and what moves the points.
    """

    def __init__(
        self,
        pen: Pen,
        sweep: Sweep,
        count: int,
        told: Sequence[int],
        unit: str,
        words: str,
        *,
        sums: Collection[tuple[str, int]] = (),
    ) -> None:
        self.pen, self.sweep, self.sums, numbers = pen, sweep, sums, range(count)
        answers = ([f"y_{i}", f"other_y_{i}"] for i in numbers)
        now = sweep["now_z"]
        self.plots = [FunctionPlot(pen, i, a, now, sweep[f"now_h_{i}"]) for i, a in zip(numbers, answers, strict=True)]
        turns = [SLOPES if i not in told else PUSHES if len(told) == count else (BARS[:3], *SLOPES) for i in numbers]
        self._bars = [self._bars_of(i, {name for turn in each for name in turn}) for i, each in enumerate(turns)]
        self._lines = [self._line(i, each) for i, each in enumerate(turns)]
        BarLine.alike(*self._lines)
        self.unit = unit_of(pen, unit, words, beside=self._lines[0])

    def _bars_of(self, i: int, needed: set[str | None]) -> dict[str, Bar]:
        pen, said = self.pen, [*SAID, *SAID]
        bars = {name: Bar(pen, f"{name}_{i}", self._word(*each)) for name, each in zip(BARS, said, strict=True)}
        for before in (each for each, function in self.sums if function == i):
            name = f"{before}in"
            bars[name] = Bar(pen, f"{name}_{i}", bars[name].said, self._follows(before, i), leads=bool(before))
        for name, (quantity, key, role) in AGAIN.items():
            bars[name] = Bar(pen, f"{quantity}_{i}", self._word(key, role))
        bars["h"] = Bar(pen, f"h_{i}", pen.symbol(f"h_{i}", height=VALUE))
        return {name: bar for name, bar in bars.items() if name in needed}

    def _follows(self, before: str, i: int) -> Sequence[Lettering]:
        """Return how what comes in follows: the slope of the loss, times the weight behind."""
        pen, error = self.pen, f"{before}error_{i}"
        equals: Operator = "=" if pen.equals(f"{before}in_{i}", error, "w2") == "equation" else "approx"
        factors = pen.readout(error, height=LABEL), pen.readout("w2", height=LABEL, form="factor")
        return [pen.sign(equals, height=LABEL), *factors]

    def _word(self, key: str, role: Role = "ink") -> Lettering:
        return self.pen.words(key, height=LABEL, colour=role, align="centre")

    def _line(self, i: int, turns: Sequence[Sequence[str | None]]) -> BarLine:
        made = [[self._bars[i][name] if name else None for name in turn] for turn in turns]
        signs: Sequence[Operator] = ("times", "=") if BARS[:3] in turns else ()
        return BarLine(self.pen, f"bars {i}", made, signs)

    @property
    def box(self) -> Row:
        """All columns as a box, with the bracket beside them."""
        pairs = zip(self.plots, self._lines, strict=True)
        columns = (Column(plot.part, ROWS, line.part, anchor=1) for plot, line in pairs)
        return Row(self.unit, LABEL_GAP, Row(*columns, gap=LOOSE, equal=True), room_behind(self._lines[-1]), gap=TOUCH)

    # -- what is drawn, a list with one for each function, or for some of them ----------------------------------------

    def column(self, i: int) -> list[Shown]:
        """Return all that may go out of focus in the column of a function: not the ground of its plot."""
        shown = *self.plots[i].part.shown, *self._lines[i].part.shown
        return [each for each in shown if not isinstance(each, Ground)]

    def _of(self, functions: Sequence[int]) -> Sequence[int]:
        return functions or range(len(self.plots))

    def _plots(self, functions: Sequence[int]) -> list[FunctionPlot]:
        return [self.plots[i] for i in self._of(functions)]

    @property
    def frames(self) -> list[Shown]:
        """The plots without their points."""
        return [shown for plot in self.plots for shown in (*plot.frame, plot.curve)]

    @property
    def baselines(self) -> list[Shown]:
        """What the bars stand on."""
        return [line.baseline for line in self._lines]

    def signs(self, functions: Sequence[int] = ()) -> list[Shown]:
        """Return what stands between the names of the bars."""
        return [sign for i in self._of(functions) for sign in self._lines[i].signs]

    def points(self, k: int, functions: Sequence[int] = ()) -> list[Shown]:
        """Return the points: at the first input (0), as the sweep moves them (1), or at rest at the other (2)."""
        return [plot.dots[k] for plot in self._plots(functions)]

    @property
    def foot(self) -> list[Shown]:
        """What goes in, under the points."""
        return [plot.foot for plot in self.plots]

    def feet(self, k: int) -> list[Shown]:
        """Return what goes in at the first input (0) or, where it is not too near it, at the other (1), as numbers."""
        return [foot for plot in self.plots for foot in plot.feet[k : k + 1]]

    def leaders(self, k: int) -> list[Shown]:
        """Return what leads from there to the points."""
        return [plot.leaders[k] for plot in self.plots]

    def answers(self, k: int, functions: Sequence[int] = ()) -> list[Shown]:
        """Return the answers of the network over the plots: at the first input (0), or at the other (1)."""
        return [plot.answers[k] for plot in self._plots(functions)]

    def slopes(self, k: int, functions: Sequence[int] = ()) -> list[Shown]:
        """Return the triangles at the first input (0), or at the other (1)."""
        return [plot.slopes[k] for plot in self._plots(functions)]

    def _named(self, name: str, functions: Sequence[int]) -> list[Bar]:
        return [self._bars[i][name] for i in self._of(functions) if name in self._bars[i]]

    def bars(self, name: str, functions: Sequence[int] = ()) -> list[Shown]:
        """Return the bars of that name."""
        return [bar.bar for bar in self._named(name, functions)]

    def numbers(self, name: str, functions: Sequence[int] = ()) -> list[Shown]:
        """Return their numbers."""
        return [bar.number for bar in self._named(name, functions)]

    def said(self, name: str, functions: Sequence[int] = ()) -> list[Shown]:
        """Return what stands under them."""
        return [bar.said for bar in self._named(name, functions)]

    def follows(self, before: str, i: int) -> list[Shown]:
        """Return how what comes in to a function follows, if there was room for it."""
        return list(self._bars[i][f"{before}in"].told)

    def whole(self, *names: str) -> list[Shown]:
        """Return all of those bars."""
        return [shown for n in names for shown in (*self.bars(n), *self.numbers(n), *self.said(n))]
