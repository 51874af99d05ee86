"""One function of the scene `function_gears`: the picture that is found for it, and what that picture shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import numpy as np
import numpy.typing as npt
from pydantic import Field, PrivateAttr

from core.functions import FUNCTIONS
from scenes.parts.gears.found import Found, found
from scenes.parts.gears.profile import DISC, DRIVEN, DRIVER, RING, even_lines, numbers_of
from scenes.parts.recipe.by_core import evaluate
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Recipe, Run
from scenes.parts.recipe.terms import Along, Constant, Grid, Point, Term
from scenes.parts.settings.base import Interval, Model, OneOf, Positive
from scenes.parts.settings.graphs import SLOPE_FORMULAS
from scenes.parts.settings.symbols import ratio, slope

__all__ = ["CHORDS", "Piece", "at_first", "constant"]

Array = npt.NDArray[np.float64]
CHORDS = ("one", "other")
"""Two equal turns of x, the one at smaller x first."""

GRAPH_POINTS = 401
"""Points of a graph."""

LEAST_PARTING = 0.1
"""By how much the contact of a pair moves at least from where round gears fit, as a share of the way between hubs."""

NAMED = 0.27
"""Of the height of a graph: how much of it there is at least beyond the level leg of a triangle that is named."""

ROLLED, RIM_POINTS = 0.5, 65
"""How long the piece of rim is that both gears are shown to roll, as a share of the way between hubs; its points."""

EVEN = 0.02
"""By how much the contact of a pair moves, as a share of the way from hub to hub, where its ratio counts as one."""


class Piece(Model):
    """A function, and where x runs; of what cannot turn gears the longest part that can is shown."""

    function: Annotated[str, OneOf(tuple(FUNCTIONS), "A function.")] = Field(description="The function: h = f(x).")
    x_range: Interval = Field(description="Where x begins and ends.")
    k: Positive | None = Field(
        default=None,
        description="By how many radians both gears turn for a change of 1; left out, as little as can be drawn well.",
    )
    rests_at: float | None = Field(
        default=None, description="The x at which it comes to rest and is read; left out, after a third of its turn."
    )

    _alone: bool = PrivateAttr(default=False)

    def as_graph(self) -> Piece:
        """Return the same as a graph, whatever else it could be."""
        made = self.model_copy()
        made._alone = True
        return made

    @property
    def found(self) -> Found:
        """The picture that it has.

        Raises
        ------
        NotDrawable
            It has none.
        """
        return found(self.function, *self.x_range, self.k, alone=self._alone)

    def near(self, x: Array | float) -> Array:
        """Return how far from the hub of x its gears touch, as a share of the way to the other hub."""
        ratio = np.abs(FUNCTIONS[self.function].derivative(np.asarray(x, dtype=np.float64)))
        return np.asarray(ratio / (1 + ratio))

    @property
    def is_even(self) -> bool:
        """Whether it is no pair of gears, or one that turns at one ratio all the way."""
        turns = np.linspace(*self.found.turns, 65)
        return self.found.picture != "gears" or float(np.ptp(self.near(turns))) < EVEN

    @property
    def rest(self) -> float:
        """Where x comes to rest: as said, or after a third of its turn; of a lug half way to the stop, untouched."""
        if self.rests_at is not None:
            return self.rests_at
        low, high = self.found.turns
        at = low / 2 if self.found.picture == "lug" else low + (high - low) / 3
        return min(max(float(f"{at:.2g}"), low), high)

    @property
    def turned_past(self) -> str:
        """Why it cannot come to rest at the x that is said, if it cannot."""
        low, high = self.found.turns[0], 0.0 if self.found.picture == "lug" else self.found.turns[1]
        if self.rests_at is None or low <= self.rests_at < high:
            return ""
        return f"{self.rests_at!r} is not on its way: from {low:.4g} to below {high:.4g}"

    # -- round gears that turn alike at one x -------------------------------------------------------------------------

    def parts(self, at: float) -> bool:
        """Return whether it parts from the round gears that fit it at an x, by the end of its turn."""
        low, high = self.found.turns
        part = abs(float(self.near(at)) - float(self.near(high))) if low <= at <= high else 0.0
        return not self.is_even and part >= LEAST_PARTING

    def round_at(self, wanted: float | None) -> float | None:
        """Return the x at which round gears are laid over it: the one that is wanted, or one from which it parts."""
        x = np.linspace(*self.found.turns, 67)[1:-1]
        parted = np.abs(self.near(x) - self.near(x[-1]))
        best = float(f"{x[np.argmin(np.abs(parted - min(parted.max(), 2.5 * LEAST_PARTING)))]:.2g}")
        return next((at for at in (wanted, best) if at is not None and self.parts(at)), None)

    def run(self, x: Term) -> Run:
        """Return the function at an x."""
        return Run.of(Recipe.chain((self.function,), "xh"), x=x)

    def arms(self, x: Term) -> tuple[Term, Term]:
        """Return both arms at an x, shares of the way from hub to hub; that of x is negative where f falls."""
        local, one = self.run(x).slope("h"), Constant(1.0)
        return local / (one + abs(local)), one / (one + abs(local))

    @property
    def lines(self) -> tuple[float, float, int]:
        """The first and the last x that carries a fine line, and how many do."""
        return even_lines(*self.found.turns)

    def wheels(self, i: int) -> Mapping[str, Mapping[str, float]]:
        """Return the numbers of its wheels by their names, if it has any; a plain one has no fine lines."""
        parts = {"gears": (DRIVER, DRIVEN), "lug": (DISC, RING)}.get(self.found.picture, ())
        made = [numbers_of(self.function, self.found, part, self.lines) for part in parts]
        plain = {f"plain_{i}": {**made[1], "lines": 0.0}} if made else {}
        return {**dict(zip((f"driver_{i}", f"driven_{i}"), made, strict=False)), **plain}

    def line_ends(self, at: float) -> tuple[float, float]:
        """Return where round gears that fit at an x have turned h there, and at the end of the turn of x."""
        row, far = FUNCTIONS[self.function], self.found.turns[1] - at
        h, local = (float(f(np.float64(at))) for f in (row.value, row.derivative))
        return h, h + local * far

    def named_up(self, at: float | None) -> tuple[float, ...]:
        """Return how far up or down a graph reaches that has room to name the level leg of its triangle.

        It is that at an x, or at its x of rest. Of gears only: of nothing else the legs are arms, which have names.
        """
        if self.found.picture != "gears":
            return ()
        at = self.rest if at is None else at
        h, local = self.line_ends(at)[0], float(FUNCTIONS[self.function].derivative(np.float64(at)))
        low, high = self.found.up
        foot, room = h - local * self.found.legs / (1 + abs(local)), float(np.copysign(NAMED * (high - low), local))
        return ((0.0 if 0.0 < foot / room < 1.0 else foot) - room,)  # a line through 0 would cross the name

    # -- its quantities, whose names end in its place in the clip -----------------------------------------------------

    def rows(self, i: int) -> dict[str, Row]:
        """Return what stays: its graph, and the round x that carry a line with their values."""
        (low, high), even = self.found.drawn, self.run(self._even)
        kink = (0.0,) if low < 0.0 < high else ()
        curve = self.run(Grid(Constant(low), Constant(high), GRAPH_POINTS, kink))
        return {
            **{f"curve_{name}_{i}": Row(name, curve.value(name)) for name in "xh"},
            **{f"ticks_{name}_{i}": Row(name, even.value(name)) for name in "xh"},
        }

    @property
    def _even(self) -> Grid:
        first, last, count = self.lines
        return Grid(Constant(first), Constant(last), count)

    def chord_rows(self) -> dict[str, Row]:
        """Return two equal turns of x with the turns of h: between the fine lines of the steepest and flattest part.

        With them comes where h would carry its lines if equal turns of x were equal turns of h.
        """
        (low, high), rows = self.found.turns, dict[str, Row]()
        grid = self._even if self.lines[2] > len(CHORDS) else Grid(Constant(low), Constant(high), len(CHORDS) + 1)
        first, last = (self.run(constant(end)).value("h") for end in self.lines[:2])
        rows["guess_h"] = Row("h", Grid(first, last, self.lines[2]), "loss")
        turns = np.abs(np.diff(FUNCTIONS[self.function].value(evaluate(grid))))
        turns, end = (turns / turns.max()).round(9), len(turns) - 1
        steepest, flattest = (end - int(found(turns[::-1])) for found in (np.argmax, np.argmin))
        ends = (0, end) if self.is_even else (steepest, flattest)
        for name, i in zip(CHORDS, sorted(ends), strict=True):
            before, after = (self.run(Point(grid, j)) for j in (i, i + 1))
            run, rise = (after.value(of) - before.value(of) for of in "xh")
            rows |= {f"{name}_x": Row("x", after.value("x")), f"{name}_h": Row("h", after.value("h"))}
            rows |= {f"{name}_run": Row("Delta x", run, "quiet"), f"{name}_rise": Row("Delta h", rise, "ink")}
        return rows

    def moving_rows(self, i: int, x: Term) -> dict[str, Row]:
        """Return what follows x: its value, its slope, both sides of the triangle, and both arms of a pair."""
        run, found_here = self.run(x), self.found
        local, (near, far) = run.slope("h"), self.arms(x)
        rise, length = self._legs(x)
        rows = {
            f"x_{i}": Row("x", run.value("x")),
            f"h_{i}": Row("h", run.value("h")),
            f"local_{i}": Row(slope("h", "x"), local, "ink"),
            f"rise_{i}": Row("Delta h", rise, "ink"),
            f"run_{i}": Row("Delta x", length, "quiet"),
        }
        if formula := SLOPE_FORMULAS.get(self.function, ""):
            rows[f"rule_{i}"] = Row(formula.format(x="x", y="h"), local, "ink")
        if found_here.picture != "gears":
            return rows
        minus = "-" if float(FUNCTIONS[self.function].derivative(np.float64(found_here.turns[0]))) < 0 else ""
        arms = {f"near_{i}": Row("r_x", abs(near), "ink"), f"far_{i}": Row("r_h", far, "quiet")}
        return {**rows, **arms, f"arms_{i}": Row(f"{minus} r_x / r_h", near / far, "ink")}

    def _legs(self, x: Term) -> tuple[Term, Term]:
        """Return rise and run of the triangle at an x."""
        sides = (self.run(x).slope("h"), Constant(1.0)) if self.found.picture == "graph" else self.arms(x)
        rise, run = (Constant(self.found.legs) * side for side in sides)
        return rise, run

    def round_rows(self, at: Term) -> dict[str, Row]:
        """Return two round gears that turn alike at an x, and where they would turn h from there to the end."""
        (near, far), run, end = self.arms(at), self.run(at), constant(self.found.turns[1])
        return {
            **self._still_rows("circle", at),
            **self._still_rows("end", end),
            "circle_x": Row("x", at, typed=True),
            "circle_local": Row(slope("h", "x"), run.slope("h"), "loss"),
            "circle_near": Row("r_x", abs(near), "ink"),
            "circle_far": Row("r_h", far, "ink"),
            "line_end": Row("h", self.by_circles(at, end), "loss"),
            "line_x": Row("x", Along((at, end))),
            "line_h": Row("h", Along((run.value("h"), self.by_circles(at, end))), "loss"),
        }

    def rolled_rows(self, at: float) -> dict[str, Row]:
        """Return the pieces of both rims that roll on one another around an x: equally long, before it and after it.

        The hub of x is at 0, that of h at 1; as x grows the gears turn so that what comes to touch comes from below.
        """
        first, last = map(constant, self.rolled(at))
        here, along = constant(at), Grid(first, last, RIM_POINTS)
        (near, far), run = self.arms(along), self.run(along)
        rises = Constant(float(np.sign(FUNCTIONS[self.function].derivative(np.float64(at)))))
        sides = {"x": (near, along - here), "h": (far, rises * (run.value("h") - self.run(here).value("h")))}
        rows = {"rim_law": Row("r_x dot Delta x approx r_h dot Delta h", abs(self.arms(here)[0]), "ink")}
        for name, (arm, turned) in sides.items():
            angle = Constant(self.found.k) * turned
            out, down = (abs(arm) * Run.of(Recipe.chain((of,), "ab"), a=angle).value("b") for of in ("cos", "sin"))
            across = out if name == "x" else Constant(1.0) - out
            rows |= {
                f"rim_{name}_across": Row("r", across, "ink"),
                f"rim_{name}_up": Row("r", down - down - down, "ink"),
            }
        return rows

    def rolled(self, at: float) -> tuple[float, float]:
        """Return from where to where x goes while the rims that are shown roll: around an x, as far as it turns.

        On all of that way the same arm is the longer one, so that its gear turns less, if a fifth of it does for that.
        """
        (low, high), most = self.found.turns, ROLLED / 2 / (self.found.k * max(float(self.near(at)), 1e-9))
        ways = [(max(low, at - most * share), min(high, at + most * share)) for share in (1.0, 0.8, 0.6, 0.4, 0.2)]
        longer = ((self.near(np.linspace(*way, RIM_POINTS)) - 0.5) * (self.near(at) - 0.5) for way in ways)
        return next((way for way, more in zip(ways, longer, strict=True) if bool((more > 0.0).all())), ways[0])

    def _still_rows(self, name: str, at: Term) -> dict[str, Row]:
        """Return point, triangle and slope at an x that does not move."""
        run, (rise, length) = self.run(at), self._legs(at)
        return {
            f"{name}_x": Row("x", run.value("x")),
            f"{name}_h": Row("h", run.value("h")),
            f"{name}_slope": Row(ratio("h", "x"), run.slope("h"), "ink"),
            f"{name}_rise": Row("Delta h", rise, "ink"),
            f"{name}_run": Row("Delta x", length, "quiet"),
        }

    def by_circles(self, at: Term, x: Term) -> Term:
        """Return where round gears that fit at one x would turn h, at another x."""
        run = self.run(at)
        return run.value("h") + run.slope("h") * (x - at)


def constant(value: float) -> Term:
    """Return a number that was found, not typed, as a term."""
    return Constant(float(value)) * Constant(1.0)


def at_first(piece: Piece) -> Term:
    """Return where x begins."""
    return constant(piece.found.turns[0])
