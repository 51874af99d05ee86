"""What clips of a chain whose input is swept say, whatever they tell of it: which functions, how far, how thick."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Annotated, ClassVar, Final

import numpy as np
from pydantic import Field

from core.errors import CoreError
from core.functions import FUNCTIONS
from scenes.parts.measure import Scale
from scenes.parts.recipe.by_core import evaluate, number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Run
from scenes.parts.recipe.terms import Constant, Term
from scenes.parts.settings.base import ClipSettings, FitScale, Interval, OneOf, Swept
from scenes.parts.settings.faults import Problem
from scenes.parts.settings.fitting import fitted
from scenes.parts.settings.lengths import too_thick
from scenes.parts.settings.swept_chain import SweptChain, roomy
from scenes.parts.settings.symbols import ratio
from scenes.parts.type.numbers import digits_as_live

__all__ = ["SweptClip"]

FunctionName = Annotated[str, OneOf(tuple(FUNCTIONS), "A function.")]

MOST_FUNCTIONS: Final = 10
"""Most functions that are tried; the page says how many have room side by side."""

_DECIMALS: Final = 3  # of a number that changes, in most lessons

THICKEST: Final = 1.1
"""Most that a ribbon may be thick, in units of a frame 8 high."""


class SweptClip(ClipSettings):
    """A clip of `y = f_n(... f_2(f_1(x)))` while x runs from one end to the other, and of the gradient of y."""

    placeholders: ClassVar[tuple[str, ...]] = (
        *("x_low", "x_high", "flat", "half_turn", "first_gate", "first_slope", "last_gate", "last_slope"),
        *("small_y", "small_back", "asked_y", "low_y"),
    )

    functions: tuple[FunctionName, ...] = Field(
        min_length=1, max_length=MOST_FUNCTIONS, description="The functions, first to last."
    )
    x_range: Interval = Field(description="Where x begins and ends, as in [-2, 2].")
    flat: float = Field(default=0.1, gt=0, le=1, description="A gate counts as flat where |slope| is below this.")
    scale: FitScale = Field(
        default="auto", description="How thick a push of 1 is, in units of a frame 8 high; auto: as thick as fits."
    )
    sweep_seconds: float = Field(ge=2, le=60, description="How long one sweep of x takes, in seconds.")

    @cached_property
    def chain(self) -> SweptChain:
        """The chain over the whole range of x."""
        return SweptChain(self.functions, self.given("x_range", 0), self.given("x_range", 1), self.flat)

    @property
    def along(self) -> Run:
        """The chain's run over the whole range at once."""
        return self.chain.along

    def table(self) -> Mapping[str, Row]:
        """Return the quantities: all nodes where the sweep begins, along it, the graphs, and where x stops."""
        chain, low = self.chain, self.given("x_range", 0)
        along, run = chain.rows(chain.along), chain.at(low)
        rows = {**chain.rows(run), **chain.graph_rows(), **chain.stop_rows()}
        swept = ("h_x", "h_y", "d_x", *(f"s_{node}" for node in chain.flat_nodes))
        rows |= {f"sweep_{name}": along[name] for name in swept}
        rows |= {f"x_{end}": Row("x", self.given("x_range", i), typed=True) for i, end in enumerate(("low", "high"))}
        rows["flat"] = Row('"flat"', self.given("flat"), "ink", typed=True)
        half_turn = Constant(chain.half_turn) * Constant(1.0)
        rows["half_turn"] = Row('"half a turn"', half_turn, "quiet", typed=True)
        told = {name: rows[of] for name, of in self._told.items()}
        asked = chain.rows(chain.at(self.asked))
        rows |= {f"asked_s_{node}": asked[f"s_{node}"] for node in chain.nodes[1:]}
        told |= {"asked_y": asked["h_y"], "low_y": rows["h_y"]}
        for name, row in told.items():  # written as beside them
            rows[name] = replace(row, digits=digits_as_live(number(row.term), _DECIMALS))
        rows["push"] = Row(ratio("y", "y"), run.delta("y"), "gradient", typed=True)
        return rows

    def sweeps(self) -> Mapping[str, Swept]:
        """Return the one sweep, of x."""
        return {"x": Swept("h_x", *self.x_range, lambda x: self.chain.rows(self.chain.at(x)))}

    @property
    def asked(self) -> Term:
        """The x at which the class is asked: where y is small and yet much comes back, if that is; else its end."""
        has_small = len(self.chain.cases) > len(self.chain.stops)
        return self.chain.cases[-1] if has_small else self.given("x_range", 1)

    def moments(self, name: str) -> tuple[float, float]:
        """Return the lowest and the highest number that a quantity takes while x sweeps."""
        return self.chain.ends(name)

    def scales(self) -> Mapping[str, Scale]:
        """Return how thick a push of 1 is, and how far a dial turns."""
        thick = fitted(THICKEST, self.chain.pushes.values()) if self.scale == "auto" else self.scale
        return {"ribbon": Scale("scale", thick), "dial": Scale("half_turn", math.pi / self.chain.half_turn)}

    @cached_property
    def _ranges(self) -> Mapping[str, tuple[float, float]]:
        over = {"h_y": self.chain.heights("x"), "d_x": evaluate(self.along.delta("x"))}
        found = {f"over_{name}": roomy(np.append(values, 0.0)) for name, values in over.items()}
        return {**self.chain.ranges(), **found, "x_range": self.x_range}

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """Return the range of x, those of each graph, and those of y and of what comes back to x."""
        return self._ranges

    def named(self) -> Mapping[str, str]:
        """Return the functions by the node that each makes: `function_y` and so on."""
        names = {f"function_{node}": name for node, name in zip(self.chain.nodes[1:], self.functions, strict=True)}
        gates = {f"{end}_gate": f"function_{self.weakest(i)}" for end, i in self._ends.items()}
        return names | {name: names[of] for name, of in gates.items()}

    def weakest(self, case: int) -> str:
        """Return what the gate makes whose slope is nearest to 0 in a case."""
        run = self.chain.at(self.chain.cases[case])
        return min(self.chain.nodes[1:], key=lambda node: abs(number(run.slope(node))))

    @property
    def _ends(self) -> Mapping[str, int]:
        """The first stop and the last."""
        return {"first": 0, "last": len(self.chain.stops) - 1}

    @property
    def _told(self) -> Mapping[str, str]:
        """Of each number that only words need the quantity that it is: slopes where x stops, and a small y."""
        small = len(self.chain.cases) - 1
        slopes = {f"{end}_slope": f"stop_{i}_s_{self.weakest(i)}" for end, i in self._ends.items()}
        return {**slopes, "small_y": f"stop_{small}_y", "small_back": f"stop_{small}_back"}

    def fit(self, digits: int) -> list[Problem]:
        """Return what would not fit, as the base class says: a chain that cannot be computed, a ribbon too thick."""
        try:
            self.scales(), self.quantities(), self.ranges()
            return [*self.chain.poles(), *too_thick(self.scale, self.chain.pushes, THICKEST)]
        except CoreError as error:
            return [Problem(("functions",), f"the chain cannot be computed over the whole range of x: {error}")]
