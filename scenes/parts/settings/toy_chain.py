"""Settings of the scene `toy_chain`: functions one after the other, while x sweeps over a range."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal

import numpy as np
import numpy.typing as npt
from pydantic import Field

from core.errors import CoreError
from core.functions import FUNCTIONS
from core.layers import Layer, elementwise
from core.trace import Trace, record
from scenes.parts.settings.base import BeatWords, ClipSettings, Interval, OneOf, SceneWords, Text
from scenes.parts.settings.faults import Problem, listed, quoted
from scenes.parts.settings.fitting import round_above, round_below

FunctionName = Annotated[str, OneOf(tuple(FUNCTIONS), "A function.")]

MOST_FUNCTIONS = 5
"""Most functions whose plots have room side by side."""

SWEEP_POINTS = 801
"""Points of the sweep at which `fit` looks, ends included; odd, so that the middle is one of them."""


class Words(SceneWords):
    """Every word that the scene shows: labels first, then the beats in order."""

    local_names: ClassVar[Mapping[str, tuple[str, ...]]] = {"flat": ("function",)}

    title: Text = Field(description="The title, on screen throughout.")
    values: Text = Field(description="Label of the plot of forward values.")
    gradients: Text = Field(description="Label of the plot of gradients.")
    legend: Text = Field(description="What the marks in the plots mean.")
    local: Text = Field(description="Column head: the local derivative.")
    incoming: Text = Field(description="Column head: the gradient that comes in from the right.")
    outgoing: Text = Field(description="Column head: the gradient that goes out to the left.")
    flat: Text = Field(description="Said where a function is flat; {function} may stand in it.")
    pause: Text = Field(description="The mark beside a question.")
    pose_question: BeatWords = Field(description="What the clip asks.")
    show_functions: BeatWords = Field(description="The chain of functions.")
    sweep_forward: BeatWords = Field(description="x sweeps, the values follow.")
    ask: BeatWords = Field(description="The question to the class, before the answer.")
    sweep_gradients: BeatWords = Field(description="x sweeps again, with the gradient at each node.")
    name_flat_places: BeatWords = Field(description="The places where a function is flat, one by one.")
    warn_of_zero: BeatWords = Field(description="A gradient of zero does not mean that learning is done.")


class ToyChain(ClipSettings):
    """A clip of the scene `toy_chain`: `y = f_n(... f_2(f_1(x)))`, and the gradient of y at every node."""

    placeholders: ClassVar[tuple[str, ...]] = ("functions", "x_from", "x_to")

    scene: Literal["toy_chain"] = Field(description="The scene that draws this clip.")
    functions: tuple[FunctionName, ...] = Field(
        min_length=1, max_length=MOST_FUNCTIONS, description="The functions, first to last."
    )
    x_range: Interval = Field(description="Where x begins and ends, as in [-2, 2].")
    value_range: Interval = Field(description="Lowest and highest forward value on the axes.")
    gradient_range: Interval = Field(description="Lowest and highest gradient on the axes.")
    sweep_seconds: float = Field(ge=2, le=60, description="How long one sweep of x takes, in seconds.")
    words: Words = Field(
        description=f"All words on screen; these names in braces are filled in: {listed(placeholders)}."
    )

    def node_names(self) -> tuple[str, ...]:
        """Return the names of the nodes, `x`, `h1`, ..., `y`."""
        return ("x", *(f"h{index}" for index in range(1, len(self.functions))), "y")

    def layers(self) -> tuple[Layer, ...]:
        """Return one elementwise layer for each function."""
        return tuple(elementwise(name) for name in self.functions)

    def sweep(self, points: int = SWEEP_POINTS) -> npt.NDArray[np.float64]:
        """Return the values of x, shape (points,), evenly spaced, both ends included."""
        return np.linspace(*self.x_range, points)

    def trace(self, x: float | npt.NDArray[np.float64] | None = None) -> Trace:
        """Return the recorded pass at x, or over the whole sweep at once; L is the output, so `delta[-1]` is 1.

        Raises
        ------
        CoreError
            A value is not finite.
        """
        return record(self.layers(), self.sweep() if x is None else x)

    def fit(self, digits: int) -> list[Problem]:
        """Return what would not fit, as the base class says: values and gradients beyond the ends of their axes."""
        try:
            trace = self.trace()
        except CoreError as error:
            return [Problem(("functions",), f"the chain cannot be computed over the whole range of x: {error}")]
        return [
            *self._beyond("value_range", "values", trace.h, self.value_range),
            *self._beyond("gradient_range", "gradients", trace.delta, self.gradient_range),
        ]

    def _beyond(
        self, key: str, what: str, nodes: tuple[npt.NDArray[np.float64], ...], interval: tuple[float, float]
    ) -> Iterator[Problem]:
        """Yield a problem when the numbers at some node leave the interval."""
        lows, highs = [float(np.min(a)) for a in nodes], [float(np.max(a)) for a in nodes]
        outside = [i for i in range(len(nodes)) if lows[i] < interval[0] or highs[i] > interval[1]]
        if not outside:
            return
        index = outside[0]
        fitting = [min(interval[0], round_below(min(lows))), max(interval[1], round_above(max(highs)))]
        yield Problem(
            (key,),
            f"{quoted(list(interval))} does not hold the {what} at {self.node_names()[index]}, "
            f"which run from {lows[index]:.4g} to {highs[index]:.4g}; {fitting!r} would",
        )
