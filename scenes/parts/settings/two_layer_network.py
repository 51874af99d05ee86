"""Settings of the scene `two_layer_network`: x, a weight, a function, a weight, and a loss."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Mapping
from itertools import product
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from core.checks import Nudge, nudge
from core.errors import CoreError
from core.functions import FUNCTIONS
from core.layers import Layer, elementwise, scale
from core.trace import Trace, record
from scenes.parts.measure import Scale
from scenes.parts.recipe.quantity import Role, Row
from scenes.parts.settings.base import BeatWords, ClipSettings, OneOf, Positive, SceneWords, Text
from scenes.parts.settings.faults import Problem, listed
from scenes.parts.settings.fitting import round_below
from scenes.parts.settings.scalar_losses import LOSS_FORMULAS, NEEDS_CLASSES, SCALAR_LOSSES, shrinking, suits_loss
from scenes.parts.type.numbers import format_resting

LONGEST_ARROW = 1.6
"""Longest gradient arrow that has room between two nodes, in units of a frame 8 high."""

LONGEST_ARROWS: Mapping[str, float] = MappingProxyType({"dL_dx": 1.41, "dL_dw1": 1.9, "dL_dw2": 1.9})
"""The same where there is less room or more: left of x, and on the last frames."""

CODE_LINES = 6

WEIGHT_LAYERS: Mapping[str, int] = {"w1": 0, "w2": 2}
"""Which layer of the trace holds each weight (its parameter is called "w" there)."""


class Words(SceneWords):
    """Every word that the scene shows: labels first, then the beats in order."""

    title: Text = Field(description="The title, on screen throughout.")
    said: Text = Field(description="Label of the answer that came out.")
    target: Text = Field(description="Label of the wanted answer.")
    code: tuple[Text, ...] = Field(
        min_length=CODE_LINES, max_length=CODE_LINES, description="The six lines of code beside the picture."
    )
    function: Text = Field(description="What f is in the code, and over its stage.")
    legend: Text = Field(description="What the bar that explains the arrows' length says.")
    local: Text = Field(description="Column head: the local derivative.")
    incoming: Text = Field(description="Column head: the gradient that comes in from the right.")
    outgoing: Text = Field(description="Column head: the gradient that goes out to the left.")
    step: Text = Field(description="Column head: how far a weight is nudged, up and down.")
    predicted: Text = Field(description="Column head: the slope that backpropagation gave.")
    recomputed: Text = Field(description="Column head: the slope found by running the network twice more.")
    gap: Text = Field(description="Column head: recomputed less predicted.")
    magnified: Text = Field(description="Says how much larger a nudge is drawn; {magnification} may stand in it.")
    rounding: Text = Field(description="Said where every gap is as small as rounding alone makes it.")
    turn_up: Text = Field(description="What a negative gradient asks of a weight.")
    turn_down: Text = Field(description="What a positive gradient asks of a weight.")
    stay: Text = Field(description="What a gradient of exactly 0 asks of a weight.")
    data: Text = Field(description="Why nothing is asked of x.")
    pose_question: BeatWords = Field(description="The answer that came out, and the one that was wanted.")
    push_forward: BeatWords = Field(description="The forward pass fills in the values.")
    measure_loss: BeatWords = Field(description="The loss compares the output with the target.")
    ask: BeatWords = Field(description="The question to the class, before the answer.")
    flow_backward: BeatWords = Field(description="The gradient flows back, stage by stage.")
    collect_weight_gradients: BeatWords = Field(description="Each weight's gradient: push behind it times value.")
    nudge_w1: BeatWords = Field(description="Small steps of the first weight confirm its gradient.")
    nudge_w2: BeatWords = Field(description="Small steps of the second weight confirm its gradient.")
    show_full_digits: BeatWords = Field(description="All gradients in full digits.")


TABLE: Mapping[str, Row] = MappingProxyType(
    {
        "x": Row("x", "settings.x", typed=True),
        "w1": Row("w_1", "settings.w1", "weight", typed=True),
        "w2": Row("w_2", "settings.w2", "weight", typed=True),
        "target": Row("t", "settings.target", "ink", typed=True),
        "z": Row("z", "trace.h[1]"),
        "h": Row("h", "trace.h[2]"),
        "y": Row("y", "trace.h[3]"),
        "L": Row("L", "trace.loss", "loss"),
        "local_z": Row("(partial z)/(partial x)", "trace.local[0].gain", "ink"),
        "local_h": Row("(partial h)/(partial z)", "trace.local[1].gain", "ink"),
        "local_y": Row("(partial y)/(partial h)", "trace.local[2].gain", "ink"),
        "local_L": Row("(partial L)/(partial y)", "trace.delta[3]", "ink"),
        "dL_dL": Row("partial L\\/partial L", "trace.seed", "gradient", typed=True),
        "dL_dy": Row("partial L\\/partial y", "trace.delta[3]", "gradient"),
        "dL_dh": Row("partial L\\/partial h", "trace.delta[2]", "gradient"),
        "dL_dz": Row("partial L\\/partial z", "trace.delta[1]", "gradient"),
        "dL_dx": Row("partial L\\/partial x", "trace.delta[0]", "gradient"),
        "dL_dw1": Row("partial L\\/partial w_1", "trace.grads[0]['w']", "gradient"),
        "dL_dw2": Row("partial L\\/partial w_2", "trace.grads[2]['w']", "gradient"),
        "magnification": Row("times", "settings.magnification", "ink"),
        "f": Row("f", "trace.local[1].gain", "ink"),
    }
)
"""Every quantity but the nudges: symbol, where it stands, meaning."""

NUDGE_ROWS: Mapping[str, tuple[str, Role, bool]] = MappingProxyType(
    {
        "step": ("step", "ink", True),
        "nudged": ("numeric", "gradient", False),
        "gap": ("gap", "ink", False),
        "run": ("run", "weight", False),
        "rise": ("rise", "loss", False),
    }
)
"""What is shown of a nudge: attribute, meaning, whether it is an input."""


def _is_rounding(result: Nudge) -> bool:
    """Return whether the gap of a central difference is what rounding of the two losses makes it."""
    largest = max(abs(result.loss_minus), abs(result.loss_plus))
    return abs(result.gap) <= 8 * sys.float_info.epsilon * largest / result.step


def _nudge_row(name: str, weight: str, index: int) -> Row:
    attribute, role, typed = NUDGE_ROWS[name]
    symbol = {"run": f"2 Delta w_{weight[1:]}", "rise": "Delta L"}.get(name, f'"{name}"')
    return Row(symbol, f"nudged['{weight}'][{index}].{attribute}", role, typed)


class TwoLayerNetwork(ClipSettings):
    """A clip of the scene `two_layer_network`: `y = w2 * activation(w1 * x)`, compared with a target by a loss."""

    placeholders: ClassVar[tuple[str, ...]] = (
        *("activation", "loss", "x", "w1", "w2", "target", "z", "h", "y", "L"),
        *("dL_dy", "dL_dh", "dL_dz", "dL_dx", "dL_dw1", "dL_dw2", "magnification"),
    )

    scene: Literal["two_layer_network"] = Field(description="The scene that draws this clip.")
    x: float = Field(description="The input.")
    w1: float = Field(description="The first weight: z = w1 * x.")
    w2: float = Field(description="The second weight: y = w2 * h.")
    target: float = Field(description="The answer that is wanted.")
    activation: Annotated[str, OneOf(tuple(FUNCTIONS), "The function between the weights: h = activation(z).")]
    loss: Annotated[str, OneOf(SCALAR_LOSSES, "How the answer is compared with the target.", NEEDS_CLASSES)]
    scale: Positive = Field(le=1e6, description="Length of the arrow of a gradient of 1, in units of a frame 8 high.")
    nudges: Annotated[tuple[Positive, ...], AfterValidator(shrinking)] = Field(
        min_length=1, max_length=3, description="Steps that show the gap between prediction and truth, shrinking."
    )
    nudge: Positive = Field(le=1, description="The small step that confirms the gradients, equal in every digit shown.")
    words: Words = Field(
        description=f"All words on screen; these names in braces are filled in: {listed(placeholders)}."
    )

    @field_validator("loss")
    @classmethod
    def _target_suits_loss(cls, loss: str, info: ValidationInfo) -> str:
        return suits_loss(loss, info.data.get("target"))

    def layers(self) -> tuple[Layer, ...]:
        """Return the three layers: scale by w1, the activation, scale by w2."""
        return scale(self.w1), elementwise(self.activation), scale(self.w2)

    def trace(self) -> Trace:
        """Return the recorded pass: `h[0..3]` = x, z, h, y.

        Raises
        ------
        CoreError
            A value is not finite, or lies where the loss is not defined.
        """
        return record(self.layers(), self.x, target=self.target, loss=self.loss)

    @property
    def steps(self) -> tuple[float, ...]:
        """The steps by which each weight is nudged, shrinking; the last one confirms."""
        return (*self.nudges, self.nudge)

    @property
    def magnification(self) -> float:
        """How much larger than on the gradients' own scale the confirming nudge is drawn: the run becomes one unit."""
        return 0.5 / self.nudge

    def table(self) -> Mapping[str, Row]:
        """Return the quantities: inputs, values, local derivatives, gradients, and what each nudge gave."""
        places = product(NUDGE_ROWS, WEIGHT_LAYERS, range(len(self.steps)))
        formula = {"loss_formula": Row(LOSS_FORMULAS[self.loss], "trace.loss", "loss")}
        nudges = {f"{name}_{weight}_{i}": _nudge_row(name, weight, i) for name, weight, i in places}
        return {**TABLE, **formula, **nudges}

    def sources(self) -> Mapping[str, object]:
        """Return the trace, the nudges by weight, and the settings."""
        nudged = {weight: [self.nudged(weight, step) for step in self.steps] for weight in WEIGHT_LAYERS}
        return {"trace": self.trace(), "nudged": nudged, "settings": self}

    def scales(self) -> Mapping[str, Scale]:
        """Return the scale of gradients, and that of the confirming nudge, whose run is drawn one unit long."""
        return {"scale": Scale("scale", self.scale), "magnified": Scale("scale", self.scale * self.magnification)}

    def named(self) -> Mapping[str, str]:
        """Return what `{activation}` and `{loss}` stand for."""
        return {"activation": self.activation, "loss": self.loss}

    def only_rounding_is_left(self, weight: str) -> bool:
        """Return whether every gap of a weight's nudges is what rounding makes it: the loss is a parabola there."""
        return all(_is_rounding(self.nudged(weight, step)) for step in self.nudges)

    def nudged(self, weight: str, step: float) -> Nudge:
        """Return the loss a step below and a step above the weight `w1` or `w2`, and the slope between."""
        return nudge(
            self.layers(),
            self.x,
            target=self.target,
            loss=self.loss,
            layer=WEIGHT_LAYERS[weight],
            parameter="w",
            step=step,
        )

    def gradients(self) -> dict[str, float]:
        """Return every gradient that is drawn as an arrow, by its name."""
        trace = self.trace()
        at_nodes = zip(("dL_dx", "dL_dz", "dL_dh", "dL_dy"), trace.delta, strict=True)
        at_weights = ((f"dL_d{name}", trace.grads[layer]["w"]) for name, layer in WEIGHT_LAYERS.items())
        return {name: float(value) for name, value in (*at_nodes, *at_weights)}

    def fit(self, digits: int) -> list[Problem]:
        """Return what would not fit, as the base class says: arrows that are too long, nudges that do not confirm."""
        try:
            return [*self._arrows_too_long(), *self._nudges_that_fail(digits)]
        except CoreError as error:
            return [Problem((), f"the network cannot be computed: {error}")]

    def _arrows_too_long(self) -> Iterator[Problem]:
        drawn = self.gradients()
        room = {name: LONGEST_ARROWS.get(name, LONGEST_ARROW) for name in drawn}
        crowding = {name: self.scale * abs(value) / room[name] for name, value in drawn.items()}
        name = max(crowding, key=lambda name: crowding[name])
        if crowding[name] > 1:
            yield Problem(
                ("scale",),
                f"{self.scale!r} would draw {name} {crowding[name] * room[name]:.4g} units long, "
                f"and {room[name]} is the most that fits; {round_below(self.scale / crowding[name])!r} would fit",
            )

    def _nudges_that_fail(self, digits: int) -> Iterator[Problem]:
        for index, step in enumerate(self.nudges):
            for weight in WEIGHT_LAYERS:
                try:
                    self.nudged(weight, step)
                except CoreError as error:
                    yield Problem(("nudges", index), f"{weight} cannot be nudged by {step!r}: {error}")
        for weight in WEIGHT_LAYERS:
            if not self._confirms(weight, self.nudge, digits):
                yield Problem(("nudge",), self._why_not(weight, digits))
                return

    def _confirms(self, weight: str, step: float, digits: int) -> bool:
        """Return whether nudging the weight gives its gradient, equal in every digit shown."""
        try:
            result = self.nudged(weight, step)
        except CoreError:
            return False
        return format_resting(float(result.numeric), digits) == format_resting(float(result.analytic), digits)

    def _why_not(self, weight: str, digits: int) -> str:
        """Return why the confirming nudge is refused, and what would do instead."""
        told = f"a step of {self.nudge!r} does not give dL_d{weight} in all {digits} digits"
        step = self._confirming_step(digits)
        if step is not None:
            return f"{told}; {step!r} does"
        fewer = next((count for count in range(digits - 1, 1, -1) if self._confirming_step(count)), None)
        if fewer is not None:
            return f"{told}, nor does any other step; digits: {fewer} would do"
        return f"{told}, nor does any other step: the loss has a kink there, or is flat; change a value"

    def _confirming_step(self, digits: int) -> float | None:
        """Return the step nearest to the given one that confirms both weights, if there is one."""
        steps = (
            step for step in _steps_near(self.nudge) if all(self._confirms(w, step, digits) for w in WEIGHT_LAYERS)
        )
        return next(steps, None)


def _steps_near(step: float) -> list[float]:
    """Return steps that are short to write, the nearest to the given one (by ratio) first."""
    steps = [float(f"{lead}e-{power}") for power in range(1, 10) for lead in (1, 2, 5)]
    return sorted(steps, key=lambda other: abs(math.log(other / step)))
