"""Settings of the scene `toy_chain`: functions one after the other, while x sweeps over a range."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, ClassVar, Literal

import numpy as np
import numpy.typing as npt
from pydantic import Field

from core.errors import CoreError
from core.functions import FUNCTIONS
from scenes.parts.recipe.by_core import evaluate
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Recipe, Run
from scenes.parts.recipe.terms import Grid, Point, Term
from scenes.parts.settings.base import BeatWords, ClipSettings, Interval, OneOf, SceneWords, Swept, Text
from scenes.parts.settings.faults import Problem, listed, quoted
from scenes.parts.settings.fitting import round_above, round_below
from scenes.parts.settings.symbols import ratio

FunctionName = Annotated[str, OneOf(tuple(FUNCTIONS), "A function.")]

MOST_FUNCTIONS = 4
"""Most functions whose plots have room side by side."""

SWEEP_POINTS = 401
"""Points of the sweep at which `fit` looks, ends included; odd, so that the middle is one of them."""


FLAT = 0.1
"""A function counts as flat where its |local derivative| dips below this."""

MOST_FLAT_PLACES = 4
"""Most flat places that are named."""


class Words(SceneWords):
    """Every word that the scene shows: labels first, then the beats in order."""

    local_names: ClassVar[Mapping[str, tuple[str, ...]]] = {"flat": ("function",)}

    title: Text = Field(description="The title, on screen throughout.")
    values: Text = Field(description="Label of the plots of forward values.")
    gradients: Text = Field(description="Label of the plots of gradients.")
    local: Text = Field(description="Column head: the local derivative.")
    incoming: Text = Field(description="Column head: the gradient that comes in from the right.")
    outgoing: Text = Field(description="Column head: the gradient that goes out to the left.")
    flat: Text = Field(description="Said where a function is flat; {function} may stand in it.")
    show_functions: BeatWords = Field(description="The chain of functions.")
    sweep_forward: BeatWords = Field(description="x sweeps, the values follow.")
    ask: BeatWords = Field(description="The question to the class, before the answer.")
    sweep_gradients: BeatWords = Field(description="x sweeps back, with the gradient at each node.")
    name_flat_places: BeatWords = Field(description="The places where a function is flat, one by one.")
    work_out_a_flat_place: BeatWords = Field(description="Local x incoming = outgoing at the first flat place.")
    warn_of_zero: BeatWords = Field(description="A gradient of zero does not mean that learning is done.")


@dataclass(frozen=True)
class FlatPlace:
    """A place of the sweep where a function is nearly flat: which layer, and which point of the sweep."""

    layer: int
    point: int


class ToyChain(ClipSettings):
    """A clip of the scene `toy_chain`: `y = f_n(... f_2(f_1(x)))`, and the gradient of y at every node."""

    placeholders: ClassVar[tuple[str, ...]] = ("x_low", "x_high")

    scene: Literal["toy_chain"] = Field(description="The scene that draws this clip.")
    functions: tuple[FunctionName, ...] = Field(
        min_length=1, max_length=MOST_FUNCTIONS, description="The functions, first to last."
    )
    x_range: Interval = Field(description="Where x begins and ends, as in [-2, 2].")
    value_range: Interval = Field(description="Lowest and highest forward value on the axes.")
    gradient_range: Interval = Field(description="Lowest and highest gradient on the axes.")
    close_range: Interval = Field(description="Lowest and highest number on the enlarged axes of the flat places.")
    sweep_seconds: float = Field(ge=2, le=60, description="How long one sweep of x takes, in seconds.")
    words: Words = Field(
        description=f"All words on screen; these names in braces are filled in: {listed(placeholders)}."
    )

    def node_names(self) -> tuple[str, ...]:
        """Return the names of the nodes, `x`, `h1`, ..., `y`."""
        return ("x", *(f"h{index}" for index in range(1, len(self.functions))), "y")

    def node_symbols(self) -> tuple[str, ...]:
        """Return the symbols of the nodes, in Typst math."""
        return ("x", *(f"h_{index}" for index in range(1, len(self.functions))), "y")

    @cached_property
    def along(self) -> Run:
        """The chain over the whole range of x at once; L is the output, so its gradient is 1."""
        low, high = (self.given("x_range", i) for i in (0, 1))
        return Run.of(Recipe.chain(self.functions, self.node_names()), x=Grid(low, high, SWEEP_POINTS))

    def run(self, x: Term) -> Run:
        """Return the chain at one x."""
        return self.along.but(x=x)

    def flat_places(self) -> tuple[FlatPlace, ...]:
        """Return where a function is flattest, in the order of x: dips of its |local derivative| below `FLAT`."""
        found = []
        for layer, node in enumerate(self.node_names()[1:]):
            slope = np.abs(evaluate(self.along.slope(node)))
            padded = np.concatenate([[np.inf], slope, [np.inf]])
            dips = (slope < FLAT) & (slope <= padded[:-2]) & (slope < padded[2:])
            found += [FlatPlace(layer, int(point)) for point in np.flatnonzero(dips)]
        return tuple(sorted(found, key=lambda place: place.point))[:MOST_FLAT_PLACES]

    def flat_layers(self) -> tuple[int, ...]:
        """Return the functions that are flat somewhere, first to last."""
        return tuple(sorted({place.layer for place in self.flat_places()}))

    def table(self) -> Mapping[str, Row]:
        """Return the quantities: each node at the sweep's start and along it, the ends of the axes, the flat places."""
        rows = self._node_rows(self.run(self.given("x_range", 0)))
        rows |= {f"sweep_{name}": row for name, row in self._node_rows(self.along).items()}
        for key in self.ranges():
            for index, end in enumerate(("low", "high")):
                name = f"{key.removesuffix('_range')}_{end}" if key == "x_range" else f"{key}_{end}"
                rows[name] = Row("x", self.given(key, index), "quiet", typed=True)
        for index, place in enumerate(self.flat_places()):
            rows |= {f"flat_{index}_{name}": row for name, row in self._flat_rows(place).items()}
        return rows

    def sweeps(self) -> Mapping[str, Swept]:
        """Return the one sweep, of x."""
        return {"x": Swept("h_x", *self.x_range, lambda x: self._node_rows(self.run(x)))}

    def _node_rows(self, run: Run) -> dict[str, Row]:
        rows = {}
        for name, symbol in zip(self.node_names(), self.node_symbols(), strict=True):
            rows[f"h_{name}"] = Row(symbol, run.value(name))
            rows[f"d_{name}"] = Row(ratio("y", symbol), run.delta(name), "gradient")
        return rows

    def _flat_rows(self, place: FlatPlace) -> dict[str, Row]:
        """Return what is at a flat place: x, local x incoming = outgoing of the flat function, and dy/dx."""
        grid = self.along.input("x")
        assert isinstance(grid, Grid)
        run = self.run(Point(grid, place.point))
        before, after = self.node_names()[place.layer : place.layer + 2]
        by, of = self.node_symbols()[place.layer : place.layer + 2]
        return {
            "x": Row("x", run.value("x")),
            "local": Row("local", run.slope(after), "ink"),
            "incoming": Row(ratio("y", of), run.delta(after), "gradient"),
            "outgoing": Row(ratio("y", by), run.delta(before), "gradient"),
            "h": Row(of, run.value(after)),
            "y": Row("y", run.value("y")),
            "back": Row(ratio("y", "x"), run.delta("x"), "gradient"),
        }

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """Return the stated ranges of the axes."""
        keys = ("x_range", "value_range", "gradient_range", "close_range")
        return {key: getattr(self, key) for key in keys}

    def named(self) -> Mapping[str, str]:
        """Return the functions by their place: `function_0` and so on."""
        return {f"function_{index}": name for index, name in enumerate(self.functions)}

    def fit(self, digits: int) -> list[Problem]:
        """Return what would not fit, as the base class says: values and gradients beyond the ends of their axes."""
        try:
            values = {name: evaluate(self.along.value(name)) for name in self.node_names()}
            gradients = {name: evaluate(self.along.delta(name)) for name in self.node_names()}
        except CoreError as error:
            return [Problem(("functions",), f"the chain cannot be computed over the whole range of x: {error}")]
        close = {name: values[name] for name in (self.node_names()[layer + 1] for layer in self.flat_layers())}
        return [
            *self._beyond("value_range", "values", values),
            *self._beyond("gradient_range", "gradients", gradients),
            *self._beyond("close_range", "values", close),
            *self._beyond("close_range", "gradients", {"x": gradients["x"]}),
        ]

    def _beyond(self, key: str, what: str, nodes: Mapping[str, npt.NDArray[np.float64]]) -> Iterator[Problem]:
        """Yield a problem when the numbers at some node leave the range ``key``."""
        low, high = self.ranges()[key]
        ends = {name: (float(np.min(a)), float(np.max(a))) for name, a in nodes.items()}
        outside = next((name for name, (least, most) in ends.items() if least < low or most > high), None)
        if outside is None:
            return
        least, most = min(end[0] for end in ends.values()), max(end[1] for end in ends.values())
        fitting = [min(low, round_below(least)), max(high, round_above(most))]
        yield Problem(
            (key,),
            f"{quoted([low, high])} does not hold the {what} at {outside}, "
            f"which run from {ends[outside][0]:.4g} to {ends[outside][1]:.4g}; {fitting!r} would",
        )
