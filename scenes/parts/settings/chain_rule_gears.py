"""Settings of the scene `chain_rule_gears`: turn x, and a train of gears turns L."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import ClassVar, Literal

from pydantic import Field

from scenes.parts.settings.base import BeatWords, SceneWords, Text
from scenes.parts.settings.faults import listed
from scenes.parts.settings.said import over_a_line
from scenes.parts.settings.turned_chain import TurnedChain


class Words(SceneWords):
    """Every word that the scene shows: labels first, then the beats in order."""

    local_names: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "ask_total": ("added",),
        "compare": ("dx_0", "predicted_0", "recomputed_0", "gap_0"),
        "turn_back": ("back_x", "guess_x", "back_found"),
        "turn_less_too": ("dx_1", "predicted_1", "recomputed_1", "gap_1"),
        "turn_less": ("dx_1", "predicted_1", "recomputed_1", "gap_1"),
    }

    title: Text = Field(description="The title, small over every page.")
    per_turn: Text = Field(description="What a slope is: turns of the second gear per turn of the first.")
    turned: Text = Field(description="At the gear that is turned: how far, which way, and what that stands for.")
    as_far: Text = Field(description="Under the second gear, before it turns: what one might think.")
    foretold: Text = Field(description="Under how far it turned: that this is what gears say, not the network.")
    hollow: Text = Field(description="What a hollow gear means.")
    idler: Text = Field(description="Where grey wheels stand.")
    free: Text = Field(description="What the bold ring at a gear means: exactly 0.")
    before: Text = Field(description="Before the values before x is turned.")
    after: Text = Field(description="Before the values after x is turned.")
    added: Text = Field(description="Before the sum of all slopes: that it is a guess.")
    answer: Text = Field(description="The answer to how far L turns.")
    push: Text = Field(description="At the arrow at a tooth: what flows back.")
    felt: Text = Field(description="Under x, at the end: what it feels.")
    turns: Text = Field(description="Under L, at the end: how far it turns.")
    step: Text = Field(description="Column head: how far x is turned.")
    predicted: Text = Field(description="Column head: how far L turns, as the gears predict.")
    recomputed: Text = Field(description="Column head: how far L moves when the network is computed again.")
    gap: Text = Field(description="Column head: recomputed less predicted.")
    meet_two_gears: BeatWords = Field(description="Two gears alone, and a question: how far does the second turn?")
    turn_two_gears: BeatWords = Field(description="The first turns, and the second with it.")
    name_slope: BeatWords = Field(description="How far the second turns per turn of the first: the slope.")
    build_train: BeatWords = Field(description="One gear for each value.")
    read_ratios: BeatWords = Field(description="Turns out per turn in at the first meshes.")
    read_others: BeatWords = Field(description="The same at the others, if there are any.")
    ask_total: BeatWords = Field(description="A question to the class: do the slopes add, or multiply?")
    multiply: BeatWords = Field(description="The product of the ratios is dL/dx.")
    read_before: BeatWords = Field(description="All values, before x is turned.")
    turn_x: BeatWords = Field(description="Turn x a little: all turn, and all values are computed again.")
    compare: BeatWords = Field(description="How far L moved: predicted, recomputed, gap.")
    turn_less: BeatWords = Field(description="Turn x less: the gap shrinks faster.")
    turn_less_too: BeatWords = Field(description="Instead, where it does not: no function bends, or x turns too far.")
    ask: BeatWords = Field(description="The question to the class, before the answer.")
    turn_back: BeatWords = Field(description="Two answers, each tried: only dividing turns L as far as was asked.")
    cannot_turn_back: BeatWords = Field(description="Instead, where dL/dx is exactly 0: no turn of L turns x.")
    say_not_turn: BeatWords = Field(description="What flows back is not turn but push.")
    carry_push: BeatWords = Field(description="The push goes on, mesh by mesh, back to x.")
    say_claim: BeatWords = Field(description="One number says both: how far L turns, and how much x feels.")


class ChainRuleGears(TurnedChain):
    """A clip of the scene `chain_rule_gears`."""

    placeholders = ("loss", "x", "y", "L", "target", "dL_dx", "back_L", "degrees", "turned_by")

    scene: Literal["chain_rule_gears"] = Field(description="The scene that draws this clip.")
    words: Words = Field(
        description=f"All words on screen; these names in braces are filled in: {listed(placeholders)}."
    )

    @cached_property
    def largest(self) -> float:
        """Pitch radius of the largest gear of the train, as the base class says; less under sentences of two lines."""
        return super().largest - over_a_line(self.words) / 2
