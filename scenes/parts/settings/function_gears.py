"""Settings of the scene `function_gears`: functions, and the stretch of each on which it turns its gears."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from pydantic import Field

from scenes.parts.settings.base import BeatWords, SceneWords, Text
from scenes.parts.settings.faults import Problem, listed
from scenes.parts.settings.round_gears import RoundGears
from scenes.parts.settings.words import unknown_names

NEEDS = {
    **{"opposite": "one_run", "compare_turns": "one_rise", "roll_same": "rim_x_up", "check_rule": "rule_0"},
    **dict.fromkeys(("roll_second", "ask_last"), "near_1"),
    **dict.fromkeys(("fit_circles", "ask_round", "part_from_circles"), "circle_x"),
    **dict.fromkeys(("ask_stop", "rest_at_zero", "push_along"), "stop"),
    "roll_third": "near_2",
}
"""Beats and words that come only with a certain pair of gears, a stop, round gears, or a rule for the slope."""


class Words(SceneWords):
    """Every word that the scene shows: labels first, then the beats in order."""

    title: Text = Field(description="The title, small over every page.")
    per_turn: Text = Field(description="What a slope is: turns out per turn in.")
    same_length: Text = Field(description="What the pieces of both rims are that roll on one another.")
    axles: Text = Field(description="Said under both arms: they are shares of the way between the axles.")
    even: Text = Field(description="What the lines are called that stand where equal turns of h would.")
    circles: Text = Field(description="What the two round gears are called.")
    brake: Text = Field(description="Label of the brake that holds h where nothing pushes it.")
    opposite: Text = Field(description="Said under the first pair: which way h counts.")
    rising: Text = Field(description="Said in the end: where a pair says the derivative.")
    part: Text = Field(description="Said where gears can turn on a part of the range only.")
    meet_the_pair: BeatWords = Field(description="The pair of the first function rolls; its even lines go to the axis.")
    ask: BeatWords = Field(description="The question to the class, with the answer that tempts.")
    compare_turns: BeatWords = Field(description="Two equal turns of x, and how far h turns in each: unequally far.")
    turn_alike: BeatWords = Field(description="In their place, of functions that all have one slope throughout.")
    measure_arms: BeatWords = Field(description="Both arms, from each axle to the contact, and under the pair as bars.")
    ask_farther: BeatWords = Field(description="A question to the class: the same length of rim; which turns farther?")
    roll_same: BeatWords = Field(description="Both rims roll the same length: why the arms say how far h turns.")
    roll_through: BeatWords = Field(description="Both arms become the triangle under the tangent; x turns through.")
    check_rule: BeatWords = Field(description="The rule for the slope says the same; left out where there is none.")
    fit_circles: BeatWords = Field(description="At one x two round gears would turn alike.")
    ask_round: BeatWords = Field(description="A question: do the round gears keep up as x turns on?")
    part_from_circles: BeatWords = Field(description="x moves on, and the round gears turn h elsewhere.")
    ask_last: BeatWords = Field(description="A question to the class before the last further function.")
    roll_second: BeatWords = Field(description="The second function, if there is one.")
    roll_third: BeatWords = Field(description="The third function, if there is one.")
    ask_stop: BeatWords = Field(description="A question: would gears do what the lug and stop will?")
    rest_at_zero: BeatWords = Field(description="The lug and stop: up to 0 nothing is pushed.")
    push_along: BeatWords = Field(description="The lug and stop: from 0 on h is pushed along.")
    only_a_graph: BeatWords = Field(description="A function of which no gears can be cut: the triangle alone.")
    say_claim: BeatWords = Field(description="What a derivative is.")


class FunctionGears(RoundGears):
    """A clip of the scene `function_gears`."""

    placeholders: ClassVar[tuple[str, ...]] = (
        *("function_0", "function_1", "function_2", "asked", "stop"),
        *("circle_x", "circle_local", "one_run", "one_rise", "other_rise", "line_end", "end_h"),
    )

    belongs: ClassVar[Mapping[str, str]] = {"circles_at": "pieces"}

    scene: Literal["function_gears"] = Field(description="The scene that draws this clip.")
    sweep_seconds: float = Field(ge=1, le=30, description="How long x takes through the first range, in seconds.")
    words: Words = Field(
        description=f"All words on screen; these names in braces are filled in: {listed(placeholders)}."
    )

    # -- what fits ----------------------------------------------------------------------------------------------------

    def fit(self, digits: int) -> list[Problem]:
        """Return what would not fit, as the base class says: functions of which nothing can be drawn."""
        return [*self.piece_faults()] or [*self.circle_faults(), *self._word_faults()]

    def _word_faults(self) -> Iterator[Problem]:
        """Yield words that name what the clip does not have, in beats that it does have."""
        known = {*self.named(), *self.table()}
        return unknown_names(self.words, known, listed(self.named()), {b for b, n in NEEDS.items() if n not in known})
