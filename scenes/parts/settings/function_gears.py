"""Settings of the scene `function_gears`: pairs of gears that are not round, each of which turns by a function."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import AfterValidator, Field

from core.errors import CoreError
from scenes.parts.gears.function_gear import FunctionGear, NotDrawable
from scenes.parts.gears.lug import LugAndStop
from scenes.parts.measure import Scale
from scenes.parts.plans.sector_plan import lug_plans, pair_plans
from scenes.parts.plans.wheel_plan import WheelPlan
from scenes.parts.recipe.by_core import evaluate, number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Recipe, Run
from scenes.parts.recipe.terms import Constant, Grid, Moving, Term
from scenes.parts.settings.base import BeatWords, ClipSettings, Positive, SceneWords, Swept, Text, complaint
from scenes.parts.settings.faults import Problem, listed, quoted
from scenes.parts.settings.fitting import round_above, round_below
from scenes.parts.settings.function_piece import GRAPH_POINTS, LARGEST_LUG_TURN, STOPPED, Piece, reach, tooth_room
from scenes.parts.settings.symbols import slope
from scenes.parts.settings.words import names_in

MIDDLE, LINE = -2.95, -0.52
"""Middle of the room for a pair, and the line its hubs stand on, in units of a frame 8 high."""

WIDTH, HEIGHT = 6.7, 4.9
"""Room for a pair as it turns."""

MOST_PIECES = 3
"""Most functions that are pairs of gears; a lug and stop may follow."""

OPTIONAL = {
    "roll_second": "function_1",
    "roll_third": "function_2",
    "rest_at_zero": "stop",
    "push_along": "stop",
}
"""Beats that come only if the clip has a certain function."""

LEAST_PARTING = 0.3
"""By how much the contact of the first pair moves at least, in frame units, from where round gears fit to the end."""


class Words(SceneWords):
    """Every word that the scene shows: labels first, then the beats in order."""

    title: Text = Field(description="The title, on screen throughout.")
    per_turn: Text = Field(description="What a local derivative is: turns out per turn in.")
    circles: Text = Field(description="Said of the ratio of the two round gears that stay as they are.")
    brake: Text = Field(description="Label of the brake of the lug and stop.")
    meet_the_pair: BeatWords = Field(description="The pair of gears of the first function, and its graph.")
    ask: BeatWords = Field(description="The question to the class, before x turns through its range.")
    roll_through: BeatWords = Field(description="x turns through its range; the ratio is read out.")
    fit_circles: BeatWords = Field(description="At one x two round gears would turn alike.")
    part_from_circles: BeatWords = Field(description="x moves on, and the round gears no longer fit.")
    follow_x: BeatWords = Field(description="At each x another pair of round gears would do.")
    roll_second: BeatWords = Field(description="The second function, if there is one.")
    roll_third: BeatWords = Field(description="The third function, if there is one.")
    rest_at_zero: BeatWords = Field(description="The lug and stop: up to 0 nothing is pushed.")
    push_along: BeatWords = Field(description="The lug and stop: from 0 on h is pushed along.")
    say_claim: BeatWords = Field(description="What a derivative is.")


def _in_order(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    smooth = [piece for piece in pieces if not piece.stopped]
    if not smooth or any(piece.stopped for piece in pieces[:-1]):
        raise complaint(f"{STOPPED} is a lug and stop and comes last, after at least one other function")
    if len(smooth) > MOST_PIECES:
        raise complaint(f"{len(smooth)} pairs of gears; at most {MOST_PIECES} are allowed, and then {STOPPED}")
    return pieces


class FunctionGears(ClipSettings):
    """A clip of the scene `function_gears`."""

    placeholders: ClassVar[tuple[str, ...]] = (
        *("function_0", "function_1", "function_2", "stop"),
        *("circle_x", "circle_local"),
    )

    scene: Literal["function_gears"] = Field(description="The scene that draws this clip.")
    pieces: Annotated[tuple[Piece, ...], AfterValidator(_in_order)] = Field(
        min_length=1, max_length=MOST_PIECES + 1, description="The functions, first to last; relu can only be the last."
    )
    circles_at: float = Field(description="The x of the first function at which two round gears are shown beside.")
    centre_distance: Positive = Field(le=10, description="From hub to hub; the frame is 8 units high.")
    gear_module: Positive = Field(default=0.08, le=1, description="Size of the teeth: pitch diameter per tooth.")
    lug_radius: float = Field(default=2.1, ge=1.2, le=2.15, description="Radius of the ring of a lug and stop.")
    sweep_seconds: float = Field(ge=1, le=30, description="How long x takes through the first range, in seconds.")
    words: Words = Field(
        description=f"All words on screen; these names in braces are filled in: {listed(placeholders)}."
    )

    @property
    def stopped(self) -> int | None:
        """Which piece is a lug and stop, if one is."""
        return len(self.pieces) - 1 if self.pieces[-1].stopped else None

    @property
    def smooth(self) -> tuple[Piece, ...]:
        """The pieces that are pairs of gears."""
        return tuple(piece for piece in self.pieces if not piece.stopped)

    def gear(self, i: int) -> FunctionGear:
        """Return the pair of gears of piece ``i``."""
        return self.pieces[i].gear(self.centre_distance, self.gear_module)

    @property
    def lug(self) -> LugAndStop:
        """The lug and stop."""
        return self.pieces[-1].lug(self.lug_radius)

    def hubs(self, i: int) -> tuple[float, float]:
        """Return where the hubs of a piece stand, x of each: what it reaches has its middle in the middle of the room.

        A lug and stop has both on one hub.
        """
        if i == self.stopped:
            return MIDDLE, MIDDLE
        near, far = reach(self.gear(i))
        start = MIDDLE - (near + self.centre_distance + far) / 2 + near
        return start, start + self.centre_distance

    def run(self, i: int, x: Term) -> Run:
        """Return the function of a piece at an x."""
        return Run.of(Recipe.chain((self.pieces[i].function,), "xh"), x=x)

    def contact(self, i: int, x: Term) -> tuple[Term, Term]:
        """Return how far from the hub of driver and driven the gears of a piece touch at an x."""
        ratio, one, distance = abs(self.run(i, x).slope("h")), Constant(1.0), self.given("centre_distance")
        return distance * ratio / (one + ratio), distance / (one + ratio)

    def near(self, x: float) -> float:
        """Return how far from the hub of the first driver its gears touch at an x."""
        return number(self.contact(0, Moving("x_0", x))[0])

    def graph(self, i: int) -> Run:
        """Return the function of a piece along its graph; a kink at 0 is one of the points."""
        low, high = (self.given("pieces", i, "graph_x", j) for j in (0, 1))
        inside = self.pieces[i].graph_x[0] < 0.0 < self.pieces[i].graph_x[1]
        return self.run(i, Grid(low, high, GRAPH_POINTS, (0.0,) if inside else ()))

    def rises(self, i: int) -> bool:
        """Return whether the function of a piece rises over its range."""
        first, last = (number(self.run(i, self.given("pieces", i, "x_range", j)).value("h")) for j in (0, 1))
        return last > first

    # -- what the scene shows -----------------------------------------------------------------------------------------

    def table(self) -> Mapping[str, Row]:
        """Return the quantities: what moves, the ends of the graphs, the graphs, and the two round gears."""
        rows: dict[str, Row] = {}
        for i in range(len(self.pieces)):
            rows |= self._moving_rows(i, self.given("pieces", i, "x_range", 0))
            for key in ("graph_x", "graph_h"):
                for j, end in enumerate(("low", "high")):
                    rows[f"{key}_{i}_{end}"] = Row("x", self.given("pieces", i, key, j), "quiet", typed=True)
            rows[f"curve_x_{i}"] = Row("x", self.graph(i).value("x"))
            rows[f"curve_h_{i}"] = Row("h", self.graph(i).value("h"))
        at = self.given("circles_at")
        near, far = self.contact(0, at)
        rows["circle_x"] = Row("x", at, typed=True)
        rows["circle_local"] = Row(slope("h", "x"), self.run(0, at).slope("h"), "ink")
        return rows | {"circle_near": Row("r_1", near, "ink"), "circle_far": Row("r_2", far, "ink")}

    def _moving_rows(self, i: int, x: Term) -> dict[str, Row]:
        run, symbol = self.run(i, x), "z" if i == self.stopped else "x"
        rows = {
            f"x_{i}": Row(symbol, run.value("x")),
            f"h_{i}": Row("h", run.value("h")),
            f"local_{i}": Row(slope("h", symbol), run.slope("h"), "ink"),
        }
        if i != self.stopped:
            near, far = self.contact(i, x)
            rows |= {f"near_{i}": Row("r_1", near, "ink"), f"far_{i}": Row("r_2", far, "ink")}
        return rows

    def sweeps(self) -> Mapping[str, Swept]:
        """Return the x of each piece, called `piece_0` and so on."""
        return {f"piece_{i}": self._swept(i) for i in range(len(self.pieces))}

    def _swept(self, i: int) -> Swept:
        return Swept(f"x_{i}", *self.pieces[i].x_range, lambda x: self._moving_rows(i, x))

    def scales(self) -> Mapping[str, Scale]:
        """Return the radians per unit of each piece, and that a radius is drawn as it is."""
        turns = {f"k_{i}": Scale(f"pieces[{i}].k", piece.turn) for i, piece in enumerate(self.pieces)}
        return {**turns, "radius": Scale("centre_distance", 1.0)}

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """Return the ranges of the graphs, and that of the line of centres."""
        graphs = {
            f"{key}_{i}": getattr(piece, key) for i, piece in enumerate(self.pieces) for key in ("graph_x", "graph_h")
        }
        return {**graphs, "centre_distance": (0.0, self.centre_distance)}

    def wheels(self) -> Mapping[str, WheelPlan]:
        """Return the wheels of each piece, called `driver_0`, `driven_0` and so on."""
        plans: dict[str, WheelPlan] = {}
        for i in range(len(self.pieces)):
            names, turns = (f"driver_{i}", f"driven_{i}"), (f"x_{i}", f"h_{i}")
            scale, hubs = self.scales()[f"k_{i}"], self.hubs(i)
            if i == self.stopped:
                plans |= lug_plans(self.lug, names, turns=turns, hub=(hubs[0], LINE), scale=scale)
            else:
                plans |= pair_plans(self.gear(i), names, turns=turns, hubs=hubs, line=LINE, scale=scale)
        return plans

    def named(self) -> Mapping[str, str]:
        """Return the functions by their place, and `stop` for the one that is a lug and stop."""
        functions = {f"function_{i}": piece.function for i, piece in enumerate(self.pieces)}
        return functions if self.stopped is None else {**functions, "stop": STOPPED}

    # -- what fits ----------------------------------------------------------------------------------------------------

    def fit(self, digits: int) -> list[Problem]:
        """Return what would not fit, as the base class says: gears that cannot be drawn, graphs that leave their axes.

        What the gears of a piece are is asked only where its interval can be drawn.
        """
        found = [problem for i in range(len(self.pieces)) for problem in self._piece_faults(i)]
        return found or [*self._first_faults(), *self._word_faults()]

    def _piece_faults(self, i: int) -> Iterator[Problem]:
        piece, at = self.pieces[i], ("pieces", i)
        yield from (graph := list(self._graph_faults(i)))
        if any(problem.key[-1] == "graph_x" for problem in graph):
            return  # the range may reach to where the function is not finite
        if piece.stopped:
            yield from self._stop_faults(i)
            return
        try:
            piece.check()
        except NotDrawable as error:
            yield Problem((*at, "x_range" if error.k is None else "k"), str(error))
            return
        try:
            gear = self.gear(i)
        except NotDrawable as error:
            yield Problem(("gear_module",), str(error))
            return
        yield from self._room_faults(gear)

    def _graph_faults(self, i: int) -> Iterator[Problem]:
        piece, at = self.pieces[i], ("pieces", i)
        (low, high), (left, right) = piece.x_range, piece.graph_x
        if not left <= low < high <= right:
            fitting = [min(left, low), max(right, high)]
            told = f"{quoted(list(piece.graph_x))} does not hold the range of x, {quoted(list(piece.x_range))}"
            yield Problem((*at, "graph_x"), f"{told}; {fitting!r} would")
        try:
            h = evaluate(self.graph(i).value("h"))
        except CoreError as error:
            yield Problem((*at, "graph_x"), f"{piece.function} cannot be computed over the whole graph: {error}")
            return
        (bottom, top), least, most = piece.graph_h, float(h.min()), float(h.max())
        if least < bottom or most > top:
            fitting = [min(bottom, round_below(least)), max(top, round_above(most))]
            told = f"{quoted(list(piece.graph_h))} does not hold {piece.function}, which runs from {least:.4g} to"
            yield Problem((*at, "graph_h"), f"{told} {most:.4g}; {fitting!r} would")

    def _stop_faults(self, i: int) -> Iterator[Problem]:
        piece, at = self.pieces[i], ("pieces", i)
        low, high = piece.x_range
        if not low < 0.0 < high:
            told = f"{quoted([low, high])} must run from below 0 to above it, where the lug meets the stop"
            yield Problem((*at, "x_range"), f"{told}; {[min(low, -1.0), max(high, 1.0)]!r} would fit")
            return
        lowest, most = self.lug.lowest, LARGEST_LUG_TURN / piece.turn
        if low < lowest or high > most:
            fitting = [max(low, round_above(lowest)), min(high, round_below(most))]
            told = f"with k = {piece.turn:g} the disc would turn all the way round over {quoted([low, high])}"
            yield Problem((*at, "x_range"), f"{told}; {fitting!r} would fit")

    def _room_faults(self, gear: FunctionGear) -> Iterator[Problem]:
        (near, far), tooth = reach(gear), tooth_room(gear)
        shares = [(radius - tooth) / self.centre_distance for radius in (near, far)]
        most = min((WIDTH - 2 * tooth) / (1 + sum(shares)), (HEIGHT / 2 - tooth) / max(shares))
        if self.centre_distance > most:
            fitting = round_below(most)
            told = f"{self.centre_distance!r} makes the gears of {gear.function} too large for the frame"
            yield Problem(("centre_distance",), f"{told}; {fitting!r} would fit")

    def _word_faults(self) -> Iterator[Problem]:
        """Yield words that name a function which the clip does not have, in beats that it does have."""
        missing = {"stop", *(f"function_{i}" for i in range(MOST_PIECES))} - set(self.named())
        unplayed = [beat for beat, name in OPTIONAL.items() if name in missing]
        texts = self.words.model_dump(exclude=set(unplayed)).items()
        for key, text in texts:
            for part, said in text.items() if isinstance(text, dict) else ((None, text),):
                for name in (name for name in names_in(said) if name in missing):
                    told = f"{{{name}}} is no function of this clip; it has {listed(self.named())}"
                    yield Problem(("words", key, *([part] if part else [])), told, f"{{{name}}}")

    def _first_faults(self) -> Iterator[Problem]:
        piece, gear = self.pieces[0], self.gear(0)
        (low, high), x = piece.x_range, np.linspace(*piece.x_range, 257)
        on = f"{piece.function} on {low!r} to {high!r}"
        parted = np.abs(gear.instantaneous_radii(x)[0] - self.near(high))
        if parted.max() < LEAST_PARTING:
            told = f"{on} turns nearly alike all the way, so nothing would be seen"
            yield Problem(("pieces", 0, "function"), f"{told}; tanh does not")
            return
        fitting = float(f"{x[np.argmax(parted)]:.3g}")
        if not low <= self.circles_at <= high:
            yield Problem(("circles_at",), f"{self.circles_at!r} is no x of {on}; {fitting!r} is one")
        elif abs(self.near(self.circles_at) - self.near(high)) < LEAST_PARTING:
            told = f"{on} turns nearly alike from {self.circles_at!r} to its end, so the circles would not part from it"
            yield Problem(("circles_at",), f"{told}; {fitting!r} would do")
