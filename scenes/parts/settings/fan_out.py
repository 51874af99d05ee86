"""Settings of the scene `fan_out`: a value that goes two ways to a plus, and whose gradients add on the way back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from core.errors import CoreError
from core.functions import FUNCTIONS
from scenes.parts.measure import Scale
from scenes.parts.plans.wheel_plan import WheelPlan
from scenes.parts.recipe.quantity import Quantities, Row
from scenes.parts.recipe.recipe import Run
from scenes.parts.recipe.terms import Moving
from scenes.parts.settings.base import BeatWords, ClipSettings, FitScale, FitStep, OneOf, Positive, Swept, Text
from scenes.parts.settings.faults import Problem, listed
from scenes.parts.settings.graphs import graph_ranges
from scenes.parts.settings.two_trains import TwoTrains, TwoTrainsWords, room_in
from scenes.parts.settings.two_ways import TwoWays
from scenes.parts.type.by_hand import ByHand, difference, quotient

Path = Annotated[str, OneOf(tuple(FUNCTIONS), "The function of a way.")]


class Words(TwoTrainsWords):
    """Every word that the scene shows: labels first, then the beats in order."""

    push: Text = Field(description="What the bracket beside y says: how thick a push of 1 is.")
    turned: Text = Field(description="What stands beside by how much x is turned, and a tenth of it.")
    predicted: Text = Field(description="What stands beside the two changes added up.")
    recomputed: Text = Field(description="What stands beside the change of y when everything is computed again.")
    gap: Text = Field(description="What stands beside what both changes added miss.")
    meet_the_paths: BeatWords = Field(description="x goes two ways, and a plus adds what comes out.")
    read_slopes: BeatWords = Field(description="Each gate has a slope, read off its graph.")
    turn_x: BeatWords = Field(description="x is turned, and both ways change; how far y moves is asked.")
    move_y: BeatWords = Field(description="The plus adds both changes.")
    compare: BeatWords = Field(description="Everything is computed again, and compared with both changes added.")
    closer: BeatWords = Field(description="The same for a tenth of the turn; left out where no gap shrinks faster.")
    ask: BeatWords = Field(description="The question to the class, before the push flows back.")
    push_back: BeatWords = Field(description="The plus hands the push on to both, whole.")
    multiply_back: BeatWords = Field(description="Each gate multiplies the push by its slope: the first way.")
    multiply_other: BeatWords = Field(description="The other way does so, too.")
    add_up: BeatWords = Field(description="At x the two pushes add.")
    share_shaft: BeatWords = Field(description="Both ways as gears that x turns; left out where they would not mesh.")
    drive_on: BeatWords = Field(description="Both drive the gears of u and v; left out with the gears.")
    turn_gears: BeatWords = Field(description="Each way moves a rack; left out with the gears.")
    roll_between: BeatWords = Field(
        description="A wheel between both takes a bar along, halfway; left out with the gears."
    )
    ask_y: BeatWords = Field(description="Another question to the class: does y turn as far; left out with the gears.")
    double_half: BeatWords = Field(description="A gear of half the radius doubles that; left out with the gears.")
    say_claim: BeatWords = Field(description="What x feels, beside the tempting wrong answer and what was measured.")
    say_sum: BeatWords = Field(description="In its place, where the tempting answer is as large as the right one.")


class FanOut(ClipSettings):
    """A clip of the scene `fan_out`: `y = f(x) + g(x)`, or with weights `y = f(w1 * x) + g(w2 * x)`."""

    placeholders: ClassVar[tuple[str, ...]] = (
        *("function_0", "function_1", "x", "u", "v", "y", "local_u", "local_v", "dL_du", "dL_dv"),
        *("turn", "moved_u", "moved_v", "moved_y", "new_y", "recomputed", "gap", "smaller", "closer", "smaller_gap"),
        *("contribution_u", "contribution_v", "dL_dx", "tempting", "tempting_moved", "half_moved"),
        *("nudge", "nudge_wide", "nudge_moved", "nudged", "half_turn"),
    )

    scene: Literal["fan_out"] = Field(description="The scene that draws this clip.")
    told: Literal["pushes", "gears"] = Field(
        default="pushes", description="Tell it as pushes; or the same as gears, where these would mesh."
    )
    x: float = Field(description="The value that is used twice.")
    functions: tuple[Path, Path] = Field(description="The functions of the two ways; what they give is added.")
    weights: tuple[float, float] | None = Field(
        default=None, description="By what x is multiplied on each way before its function; left out: by nothing."
    )
    scale: FitScale = Field(
        default="auto", description="How thick a push of 1 is, in units of a frame 8 high; auto: as thick as fits."
    )
    turn: Positive = Field(le=1e6, description="By how much x is turned.")
    nudge: FitStep = Field(
        default="auto", description="By how much x is nudged to both sides in the end; auto: it is found."
    )
    turn_seconds: float = Field(ge=0.5, le=20, description="How long a turn takes, in seconds.")
    words: Words = Field(
        description=f"All words on screen; these names in braces are filled in: {listed(placeholders)}."
    )

    @cached_property
    def ways(self) -> TwoWays:
        """Both ways and their sum at the clip's own x."""
        weights = {f"w{i + 1}": self.given("weights", i) for i in range(len(self.weights or ()))}
        return TwoWays.of(self.given("x"), self.functions, weights, self.given("turn"))

    @property
    def run(self) -> Run:
        """What the clip computes."""
        return self.ways.run

    @property
    def instead(self) -> Mapping[str, str]:
        """Beats that come in place of others: where the tempting answer is right, nearly."""
        return {} if self.ways.tempts else {"say_claim": "say_sum"}

    def by_hand(self) -> Iterable[ByHand]:
        """Return how far y moves, computed again, and per turn of x, and what the nudge says."""
        felt = quotient("dL_dx", "moved_y", "turn"), quotient("nudged", "nudge_moved", "nudge_wide")
        return difference("recomputed", "new_y", "y"), *felt

    def quantities(self, digits: int | None = None) -> Quantities:
        """Return every quantity, as the base class says; both y can be taken from one another by hand."""
        known = super().quantities(digits)
        return known if digits is None else self.ways.as_fine(known, digits)

    @cached_property
    def trains(self) -> TwoTrains:
        """The same as gears, where they are told and mesh."""
        return TwoTrains(self.ways.shares, self.turn, room_in(self.words) if self.told == "gears" else None)

    def table(self) -> Mapping[str, Row]:
        """Return the quantities: of both ways, and of the gears at rest."""
        nudge = self.ways.nudge if self.nudge == "auto" else self.given("nudge")
        rows, gears = self.ways.rows(nudge), self.trains.rows(Moving("turn_x", 0.0))
        return {**rows, **self.ways.swept.table(self.x), **gears}

    def wheels(self) -> Mapping[str, WheelPlan]:
        """Return the wheels that stay in place."""
        return self.trains.wheels

    def sweeps(self) -> Mapping[str, Swept]:
        """Return what is turned: x, and everything with it; and the gears."""
        return {"turn": self.ways.swept, **self.trains.sweeps}

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """Return the ranges of the two graphs."""
        return graph_ranges(self.ways.run, ("u", "v"))

    def scales(self) -> Mapping[str, Scale]:
        """Return how thick a push of 1 and a change of 1 are, how far a dial turns, and the scales of the gears."""
        return {**self.ways.scales(self.scale), **self.trains.scales}

    def named(self) -> Mapping[str, str]:
        """Return the functions by their place."""
        return {f"function_{i}": name for i, name in enumerate(self.functions)}

    def fit(self, digits: int) -> list[Problem]:
        """Return what would not fit, as the base class says: a ribbon that is too thick, what cannot be computed."""
        try:
            self.quantities(), self.scales()
            return list(self.ways.too_thick(self.scale))
        except CoreError as error:
            return [Problem((), f"the two ways cannot be computed: {error}")]
