"""One function of the scene `function_gears`: the picture that is found for it, and what that picture shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import numpy as np
import numpy.typing as npt
from pydantic import Field

from core.functions import FUNCTIONS
from scenes.parts.gears.found import Found, found
from scenes.parts.gears.profile import DISC, DRIVEN, DRIVER, RING, even_lines, numbers_of
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Recipe, Run
from scenes.parts.recipe.terms import Constant, Grid, Term
from scenes.parts.settings.base import Interval, Model, OneOf, Positive
from scenes.parts.settings.symbols import slope

__all__ = ["Piece", "at_first", "constant"]

Array = npt.NDArray[np.float64]
GRAPH_POINTS = 401
"""Points of a graph."""

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

    @property
    def found(self) -> Found:
        """The picture that it has.

        Raises
        ------
        NotDrawable
            It has none.
        """
        return found(self.function, *self.x_range, self.k)

    def near(self, x: Array | float) -> Array:
        """Return how far from the hub of x its gears touch, as a share of the way to the other hub."""
        ratio = np.abs(FUNCTIONS[self.function].derivative(np.asarray(x, dtype=np.float64)))
        return np.asarray(ratio / (1 + ratio))

    @property
    def is_even(self) -> bool:
        """Whether it is no pair of gears, or one that turns at one ratio all the way."""
        turns = np.linspace(*self.found.turns, 65)
        return self.found.picture != "gears" or float(np.ptp(self.near(turns))) < EVEN

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
        """Return the numbers of its wheels by their names, if it has any."""
        parts = {"gears": (DRIVER, DRIVEN), "lug": (DISC, RING)}.get(self.found.picture, ())
        made = [numbers_of(self.function, self.found, part, self.lines) for part in parts]
        return dict(zip((f"driver_{i}", f"driven_{i}"), made, strict=False))

    # -- its quantities, whose names end in its place in the clip -----------------------------------------------------

    def rows(self, i: int) -> dict[str, Row]:
        """Return what stays: its graph, and the round x that carry a line with their values."""
        (low, high), (first, last, count) = self.found.drawn, self.lines
        kink = (0.0,) if low < 0.0 < high else ()
        curve = self.run(Grid(Constant(low), Constant(high), GRAPH_POINTS, kink))
        even = self.run(Grid(Constant(first), Constant(last), count))
        return {
            **{f"curve_{name}_{i}": Row(name, curve.value(name)) for name in "xh"},
            **{f"ticks_{name}_{i}": Row(name, even.value(name)) for name in "xh"},
        }

    def moving_rows(self, i: int, x: Term) -> dict[str, Row]:
        """Return what follows x: its value, its slope, both sides of the triangle, and both arms of a pair."""
        run, found_here = self.run(x), self.found
        symbol, local, (near, far) = "z" if found_here.picture == "lug" else "x", run.slope("h"), self.arms(x)
        sides = (local, Constant(1.0)) if found_here.picture == "graph" else (near, far)
        rise, length = (Constant(found_here.legs) * side for side in sides)
        rows = {
            f"x_{i}": Row(symbol, run.value("x")),
            f"h_{i}": Row("h", run.value("h")),
            f"local_{i}": Row(slope("h", symbol), local, "ink"),
            f"rise_{i}": Row("Delta h", rise, "ink"),
            f"run_{i}": Row(f"Delta {symbol}", length, "quiet"),
        }
        if found_here.picture != "gears":
            return rows
        minus = "-" if float(FUNCTIONS[self.function].derivative(np.float64(found_here.turns[0]))) < 0 else ""
        arms = {f"near_{i}": Row("r_x", abs(near), "ink"), f"far_{i}": Row("r_h", far, "quiet")}
        return {**rows, **arms, f"arms_{i}": Row(f"{minus} r_x / r_h", near / far, "ink")}

    def round_rows(self, at: Term) -> dict[str, Row]:
        """Return the two round gears that turn alike at an x."""
        near, far = self.arms(at)
        return {
            "circle_x": Row("x", at, typed=True),
            "circle_local": Row(slope("h", "x"), self.run(at).slope("h"), "ink"),
            "circle_near": Row("r_x", abs(near), "ink"),
            "circle_far": Row("r_h", far, "ink"),
        }


def constant(value: float) -> Term:
    """Return a number that was found, not typed, as a term."""
    return Constant(float(value)) * Constant(1.0)


def at_first(piece: Piece) -> Term:
    """Return where x begins."""
    return constant(piece.found.turns[0])
