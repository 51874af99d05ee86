"""Settings of the scene `two_layer_network`: x, a weight, a function, a weight, and a loss."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar, Literal

from pydantic import Field

from scenes.parts.measure import Scale
from scenes.parts.recipe.quantity import Row
from scenes.parts.settings.base import BeatWords, SceneWords, Text
from scenes.parts.settings.faults import listed
from scenes.parts.settings.network_clip import LearningClip
from scenes.parts.settings.two_layers import TwoLayers
from scenes.parts.settings.two_sizes import sizes_drawn, told_instead
from scenes.parts.type.by_hand import ByHand, difference, product


class Words(SceneWords):
    """Every word that the scene shows: labels first, then the beats in order."""

    title: Text = Field(description="The title: on the opening card, then small over every page.")
    code: tuple[Text, ...] = Field(min_length=6, max_length=6, description="Code: two lines forward, four back.")
    named: Text = Field(description="Under the code: what its names mean.")
    half_turn: Text = Field(description="How a dial is read, under the first one.")
    turns_now: Text = Field(description="How a dial is read in the step, where that makes values far larger.")
    too_low: Text = Field(description="What a dashed ring is, where a bar is too low to be seen.")
    ring: Text = Field(description="What a ring is, where a value is 0.")
    push: Text = Field(description="What the bracket beside L says: how thick a push of 1 is.")
    run: Text = Field(description="At the first triangle: how far its run is.")
    area: Text = Field(description="What half the squared error is, on the number line of the answer.")
    square: Text = Field(description="In the dashed square under the area of a gradient: how large it is.")
    gap: Text = Field(description="Before the gap: the slope that a nudge found less the gradient.")
    rounding: Text = Field(description="In place of a gap that the rounding of both losses can make.")
    pose_question: BeatWords = Field(description="The opening card: the answer that came out, and the one wanted.")
    pose_right: BeatWords = Field(description="In its place, where the answer is the one wanted.")
    push_forward: BeatWords = Field(description="The forward pass: the first dials turn to their values.")
    push_on: BeatWords = Field(description="It goes on through the function and the second weight, to the answer.")
    measure_loss: BeatWords = Field(description="The loss compares the output with the target.")
    ask: BeatWords = Field(description="The question to the class, before the answer.")
    ask_alike: BeatWords = Field(description="In its place, where the larger weight does not move the loss less.")
    flow_backward: BeatWords = Field(description="A push of 1 flows back through the loss.")
    flow_on: BeatWords = Field(description="It flows on through the second weight.")
    flow_through: BeatWords = Field(description="It flows on through the function.")
    flow_out: BeatWords = Field(description="It flows on through the first weight, and out at x.")
    ask_gradient: BeatWords = Field(description="A question: what is the gradient of the first weight?")
    ask_gradient_alike: BeatWords = Field(description="In its place, where that is as large as its input's.")
    collect_weight_gradients: BeatWords = Field(description="The gradient of the first weight is an area.")
    collect_again: BeatWords = Field(description="So is that of the second weight.")
    write_code: BeatWords = Field(description="The same in code, each line with its number.")
    confirm_by_nudging: BeatWords = Field(description="A small step of the second weight confirms its gradient.")
    confirm_again: BeatWords = Field(description="A small step of the first weight does so, too.")
    ask_step: BeatWords = Field(description="A question: which way must the weights go?")
    ask_step_none: BeatWords = Field(description="In its place, where both gradients are exactly 0.")
    take_one_step: BeatWords = Field(description="A step against both gradients, and what it does to the loss.")
    step_none: BeatWords = Field(description="In its place, where both gradients are exactly 0.")
    compare_sizes: BeatWords = Field(description="The sizes of both weights, and of both gradients: the answer.")
    compare_alike: BeatWords = Field(description="In its place, where both gradients are about as large.")
    compare_none: BeatWords = Field(description="In its place, where both gradients are exactly 0.")


class TwoLayerNetwork(TwoLayers, LearningClip):
    """A clip of the scene `two_layer_network`: `y = w2 * activation(w1 * x)`, compared with a target by a loss."""

    placeholders: ClassVar[tuple[str, ...]] = (
        *("activation", "loss", "x", "w1", "w2", "target", "z", "h", "y", "L", "miss", "size_miss"),
        *("dL_dy", "dL_dh", "dL_dz", "dL_dx", "dL_dw1", "dL_dw2", "rate", "new_L", "new_y", "half_turn"),
        *("step_w1", "step_w2", "new_w1", "new_w2", "slopes", "local_h", "moving_half_turn"),
    )

    scene: Literal["two_layer_network"] = Field(description="The scene that draws this clip.")
    words: Words = Field(
        description=f"All words on screen; these names in braces are filled in: {listed(placeholders)}."
    )

    def table(self) -> Mapping[str, Row]:
        """Return the quantities, as the base class says, and how far off the answer is."""
        miss = self.run.value("y") - self.run.input("t")
        rows = {"miss": Row("y - t", miss, "loss"), "size_miss": Row("abs(y - t)", abs(miss), "loss")}
        rows["target"] = Row("t", self.run.input("t"), "ink", typed=True)
        return {**super().table(), **rows}

    @property
    def instead(self) -> Mapping[str, str]:
        """Beats that come in place of others, as gradients are."""
        return told_instead(self.run)

    def by_hand(self) -> Iterable[ByHand]:
        """Return the sums, as the base class says, how far off the answer is, and half the square of that."""
        squared = [product("L", "miss", "miss", over=2)] if self.loss == "half_squared_error" else []
        return (difference("miss", "y", "target"), *super().by_hand(), *squared)

    def scales(self) -> Mapping[str, Scale]:
        """Return how thick a push of 1 is, how far a dial turns, and how long the sides of areas are."""
        return {**super().scales(), **sizes_drawn(self.run)}
