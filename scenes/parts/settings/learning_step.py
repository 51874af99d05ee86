"""Settings of the scene `learning_step`: a network learns, a step at a time, at one rate and then at several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, partial
from typing import ClassVar, Literal

from pydantic import Field

from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.terms import Moving
from scenes.parts.settings.base import BeatWords, Positive, Swept, Text
from scenes.parts.settings.descent import Descent, Race, Rates
from scenes.parts.settings.endings import EndWords
from scenes.parts.settings.faults import Problem, listed
from scenes.parts.settings.loss_map import LossMap
from scenes.parts.settings.one_step import OneStep, StepWords
from scenes.parts.settings.two_weights import WEIGHTS, FlowWords, TwoWeights
from scenes.parts.type.by_hand import ByHand


class Words(FlowWords, StepWords, EndWords):
    """Every word that the scene shows: labels first, then the beats in order."""

    title: Text = Field(description="The title: on the opening card, then small over every page.")
    pose_question: BeatWords = Field(description="The opening card of one step: which way, and how far?")
    pose_rates: BeatWords = Field(description="The opening card of several rates: how large a step?")
    push_back: BeatWords = Field(description="What comes back from the loss: its slope.")
    last_gradient: BeatWords = Field(description="Times what went in: the gradient of the last weight.")
    flow_on: BeatWords = Field(description="The push flows on to the first weight.")
    first_gradient: BeatWords = Field(description="It gives the gradient of the first.")
    keep_data: BeatWords = Field(description="x has a gradient as well, and stays.")
    read_map: BeatWords = Field(description="The map of the loss: both weights are one dot, and each line is one loss.")
    read_waves: BeatWords = Field(description="In place of it, where the loss has too many waves for lines.")
    draw_arrow: BeatWords = Field(description="Rate times gradient as an arrow on the map.")
    ask: BeatWords = Field(description="The question to the class: with the gradient, or against it?")
    point_uphill: BeatWords = Field(description="The lines between both losses light up: the arrow points uphill.")
    take_one_step: BeatWords = Field(description="One step against the gradient.")
    promise_fall: BeatWords = Field(description="The fall that the slopes promise: step times slope, for each weight.")
    measure_fall: BeatWords = Field(description="The fall that the slope promised, and the real one.")
    step_once: BeatWords = Field(description="The rule of a step, and the first one in numbers.")
    go_again: BeatWords = Field(description="Step after step.")
    ask_turn: BeatWords = Field(description="A weight turns round: why? Left out if none does.")
    turn_round: BeatWords = Field(description="It does so because another crosses 0; left out if none does.")
    ask_rates: BeatWords = Field(description="The second question: after one step at each rate, which will win?")
    run_rates: BeatWords = Field(description="All steps at each rate, on the map.")
    compare_rates: BeatWords = Field(description="The loss over the steps, at each rate.")


class LearningStep(TwoWeights):
    """A clip of the scene `learning_step`: `y = w2 * activation(w1 * x)` learns to answer with the target."""

    placeholders: ClassVar[tuple[str, ...]] = (
        *("activation", "loss", "x", "w1", "w2", "target", "y", "L", "dL_dw1", "dL_dw2", "dL_dx", "dL_dy"),
        *("rate", "new_w1", "new_w2", "new_L", "up_L", "predicted", "real", "gap", "first_steps", "then_L", "steps"),
        *("down_w1", "down_w2", "first_best", "first_best_L", "best", "best_L"),
    )
    scene: Literal["learning_step"] = Field(description="The scene that draws this clip.")
    tells: Literal["step", "rates"] = Field(default="step", description="One step; or many steps, at several rates.")
    rate: Positive = Field(description="Learning rate of one step, and of the first steps.")
    first_steps: int = Field(default=8, ge=2, le=20, description="How many steps are taken at first, at one rate.")
    rates: Rates = Field(min_length=1, max_length=4, description="Learning rates that are compared.")
    steps: int = Field(default=20, ge=2, le=60, description="How many steps are taken at each of them.")
    step_seconds: float = Field(default=1.0, ge=0.5, le=20, description="How long the first step takes, in seconds.")
    again_seconds: float = Field(default=3.0, ge=0.5, le=30, description="How long the other steps take, in seconds.")
    words: Words = Field(description=f"All words on screen; names in braces are filled in: {listed(placeholders)}.")

    @cached_property
    def one_step(self) -> OneStep:
        """The first step."""
        return OneStep(self.network, self.given("rate"))

    @cached_property
    def first(self) -> Descent:
        """The steps of the first part."""
        return Descent(self.network.run, self.given("rate"), self.first_steps)

    @cached_property
    def race(self) -> Race:
        """The steps at each of the rates that are compared."""
        rates = (self.given("rates", i) for i in range(len(self.rates)))
        return Race(tuple(Descent(self.network.run, rate, self.steps) for rate in rates))

    @cached_property
    def maps(self) -> tuple[LossMap, LossMap]:
        """The map of the first part, and the one on which rates are compared."""
        made, near = partial(LossMap, self.network.run, WEIGHTS), self.first.points(*WEIGHTS)
        far, back = (*near, *self.race.begin(*WEIGHTS)), self.first.back(*WEIGHTS)
        if self.tells == "step":
            return made((*near[:2], back), "near", (*near[2:],)), made(far[:1], "far", far)  # which is not drawn
        return made((*near,), "near", (back,)), made(far, "far")

    @property
    def instead(self) -> Mapping[str, str]:
        """Return what is said of a map without level lines."""
        return {} if self.maps[0].is_smooth else {"read_map": "read_waves"}

    def table(self) -> Mapping[str, Row]:
        """Return the quantities: the network, the first step, both maps, and every way."""
        rows = self.network_rows() | self.one_step.rows() | self.first.rows("first") | self.race.rows()
        rows |= self.maps[0].rows() | self.maps[1].rows() | self.first.turn_rows(*WEIGHTS)
        rows |= {name: Row("k", self.given(name), "quiet", typed=True) for name in ("steps", "first_steps")}
        rows |= {f"now_{name}": Row("k", Moving(f"now_{name}", 0.0), "quiet") for name in ("step", "race")}
        return rows | {"then_L": Row("L", self.first.at(self.first.last).value("L"), "loss")}

    def by_hand(self) -> Iterable[ByHand]:
        """Return the sums of the network and of the first step."""
        return (*super().by_hand(), *self.one_step.by_hand())

    def sweeps(self) -> Mapping[str, Swept]:
        """Return the rate of the first step, and the steps of the first part and of all rates."""
        steps, race = self.first.counted("now_step"), self.race.longest.counted("now_race")
        return {"rate": self.one_step.sweep, "step": steps, "race": race}

    @cached_property
    def _ranges(self) -> Mapping[str, tuple[float, float]]:
        found = {**self.one_step.ranges(), **self.race.ranges(), **self.first.ranges("first")}
        return found | {**self.maps[0].ranges(), **self.maps[1].ranges()}

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """Return the ranges of the maps and their level lines, and of all that stands over steps or rates."""
        return self._ranges

    def problems(self, digits: int) -> Iterator[Problem]:
        """Yield that there is no step to take, or which rate goes nowhere; else ranges must be computable."""
        race = self.race.problems("rates") if self.tells == "rates" else ()
        late = [*self.no_step(digits)] or [*self.first.problem("rate"), *race]
        if not late:
            self.ranges()
        yield from late
