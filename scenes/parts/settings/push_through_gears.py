"""Settings of the scene `push_through_gears`: push L, and every earlier gear feels it; the radius is the gradient."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from scenes.parts.settings.base import BeatWords, Text
from scenes.parts.settings.faults import listed
from scenes.parts.settings.pushed_chain import PushedChain
from scenes.parts.settings.wheel_words import WheelWords


class Words(WheelWords):
    """Every word that the scene shows: labels first, then the beats in order."""

    local_names: ClassVar[Mapping[str, tuple[str, ...]]] = {"name_bound": ("bound",)}

    title: Text = Field(description="The title, small over every page.")
    half_turn: Text = Field(description="How dials are read, at the end of the head's line.")
    legend: Text = Field(description="At an arrow at a tooth: the force, the same at each.")
    arms: Text = Field(description="Under the push on a shaft: force times radius.")
    hollow: Text = Field(description="What a hollow gear means.")
    guess_first: Text = Field(description="What one might think that the first value feels.")
    guess_last: Text = Field(description="What one might think that the last value feels.")
    most: Text = Field(description="Under the gear that feels the push most.")
    least: Text = Field(description="Under the gear that feels it least.")
    not_most: Text = Field(description="Under the last gear, where another feels it more.")
    not_least: Text = Field(description="Under the first gear, where another feels it less.")
    back: Text = Field(description="Before the row that is multiplied from the back, or over it.")
    front: Text = Field(description="Before the row that is multiplied from the front, or over it.")
    at_most: Text = Field(description="Says that the product of the steepest slopes is the most it could be.")
    in_truth: Text = Field(description="Says that this is the product here.")
    square: Text = Field(description="In the dashed square at an area: how large it is.")
    model: Text = Field(description="What the model leaves out.")
    open_push: BeatWords = Field(description="The values, as dials: the last one will be pushed.")
    read_values: BeatWords = Field(description="A number under each dial.")
    ask: BeatWords = Field(description="The question to the class, with tempting answers.")
    grow_teeth: BeatWords = Field(description="The last value becomes a gear of radius 1, the one before it the next.")
    multiply_once: BeatWords = Field(description="The next gear: its radius is the one behind it times the slope.")
    multiply_again: BeatWords = Field(description="The next one, in the same way.")
    multiply_on: BeatWords = Field(description="Of a chain with more gears some of those that are left.")
    multiply_back: BeatWords = Field(description="So back to x: each radius is the next one times the slope.")
    push_back: BeatWords = Field(description="Push the last gear by 1: the same force at every tooth.")
    read_radii: BeatWords = Field(description="The radii fall and stand as bars on a baseline.")
    read_decades: BeatWords = Field(description="All radii as dots on powers of ten, where bars cannot show them.")
    say_most: BeatWords = Field(description="Which feels the push most, which least, beside the guesses.")
    ask_bound: BeatWords = Field(description="A question: would push get through such slopes at their steepest?")
    name_bound: BeatWords = Field(description="The most that the product of such slopes could be, and what it is.")
    span_area: BeatWords = Field(description="The last weight's gradient: what went in, what comes back.")
    collect_weight_gradients: BeatWords = Field(description="The gradients of all other weights, in the same way.")
    ask_ways: BeatWords = Field(description="A question: the slopes from the front, the same numbers on the way?")
    go_both_ways: BeatWords = Field(description="From the front or from the back, the same dL/dx.")
    ask_moved: BeatWords = Field(description="A question: which feels the push most when x has moved?")
    move_x: BeatWords = Field(description="x moves, and every radius with it.")
    say_model: BeatWords = Field(description="What the gears are a model of.")


class PushThroughGears(PushedChain):
    """A clip of the scene `push_through_gears`."""

    placeholders: ClassVar[tuple[str, ...]] = (
        *("loss", "x", "y", "L", "target", "dL_dx", "dL_dy", "move_to", "half_turn"),
    )

    scene: Literal["push_through_gears"] = Field(description="The scene that draws this clip.")
    words: Words = Field(
        description=f"All words on screen; these names in braces are filled in: {listed(placeholders)}."
    )
