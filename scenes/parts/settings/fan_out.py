"""Settings of the scene `fan_out`: a value that goes two ways to a plus, and whose gradients add on the way back."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from core.errors import CoreError
from core.functions import FUNCTIONS
from scenes.parts.gears.two_paths import NoRoom, TwoPaths
from scenes.parts.gears.wheels import FEWEST_TEETH
from scenes.parts.measure import Scale
from scenes.parts.plans.differential_plan import FanOutPlan
from scenes.parts.plans.wheel_plan import WheelPlan
from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Recipe, Run, Step
from scenes.parts.recipe.terms import Moving, Term
from scenes.parts.settings.base import BeatWords, ClipSettings, OneOf, Positive, SceneWords, Swept, Text
from scenes.parts.settings.faults import Problem, listed, quoted
from scenes.parts.settings.fitting import round_below
from scenes.parts.settings.symbols import ratio
from scenes.parts.type.numbers import format_typed

TEETH = 24
"""Of a gear of a gradient of 1: at 1080 lines they are 15 pixels high, and a slope of 0.375 still has a gear."""

WIDTH, HEIGHT, MIDDLE = 6.15, 5.0, (-2.63, -0.5)
"""Room for the mechanism, and the middle of it, in units of a frame 8 high."""

MOST_TURN, MOST_DRIFT = math.pi / 2, 0.1
"""A quarter of a turn of x, and a share of a tooth."""

Path = Annotated[str, OneOf(tuple(FUNCTIONS), "The function of a path.")]


class Words(SceneWords):
    """Every word that the scene shows: labels first, then the beats in order."""

    title: Text = Field(description="The title, on screen throughout.")
    legend: Text = Field(description="What the bar of a push of 1 says: it is a radius.")
    plus: Text = Field(description="What comes out of the plus.")
    idler: Text = Field(description="What the grey wheels and bars are for.")
    recomputed: Text = Field(description="How far y moves when everything is computed again.")
    mean: Text = Field(description="How the plus adds: by the wheel between its bars, and half a radius.")
    half: Text = Field(description="How the plus hands a push on: half the radius, a half for each bar.")
    per_turn: Text = Field(description="What a local derivative is: turns out per turn in.")
    local: Text = Field(description="Column head: the local derivative.")
    incoming: Text = Field(description="Column head: the gradient that comes in from the right.")
    outgoing: Text = Field(description="Column head: the gradient that goes out to the left.")
    open_head: Text = Field(description="What an arrow with an open head means.")
    meet_the_paths: BeatWords = Field(description="x goes two ways, and a plus adds what comes out.")
    turn_x: BeatWords = Field(description="x is turned: both ways turn, and the plus adds the turns.")
    read_slopes: BeatWords = Field(description="The local derivative of each way.")
    ask: BeatWords = Field(description="The question to the class, before the push flows back.")
    push_back: BeatWords = Field(description="The plus hands the push on to both, whole.")
    multiply_back: BeatWords = Field(description="Each way multiplies the push by its local derivative.")
    add_up: BeatWords = Field(description="On the shaft of x the two pushes add.")
    say_claim: BeatWords = Field(description="Where a value is used twice, its gradients add.")


class FanOut(ClipSettings):
    """A clip of the scene `fan_out`."""

    placeholders: ClassVar[tuple[str, ...]] = (
        *("function_0", "function_1", "x", "u", "v", "y", "local_u", "local_v"),
        *("turn", "moved_u", "moved_v", "moved_y", "recomputed", "gap", "contribution_u", "contribution_v", "dL_dx"),
    )

    scene: Literal["fan_out"] = Field(description="The scene that draws this clip.")
    x: float = Field(description="The value that is used twice.")
    functions: tuple[Path, Path] = Field(description="The functions of the two ways; what they give is added.")
    scale: Positive = Field(
        le=1e6, description="Pitch radius of the gear of a gradient of 1; the frame is 8 units high."
    )
    turn_scale_deg: Positive = Field(le=1e6, description="By how many degrees a gear turns for a change of 1.")
    turn: Positive = Field(le=1e6, description="By how much x is turned.")
    turn_seconds: float = Field(ge=0.5, le=20, description="How long a turn takes, in seconds.")
    words: Words = Field(
        description=f"All words on screen; these names in braces are filled in: {listed(placeholders)}."
    )

    @cached_property
    def run(self) -> Run:
        """Both ways and their sum at the clip's own x."""
        ways = (Step(name, function, ("x",)) for name, function in zip("uv", self.functions, strict=True))
        return Run.of(Recipe((*ways, Step("y", "add", ("u", "v")))), x=self.given("x"))

    @cached_property
    def slopes(self) -> tuple[float, float]:
        """The local derivative of each way."""
        return number(self.run.slope("u")), number(self.run.slope("v"))

    def turned(self, dx: Term) -> dict[str, Term]:
        """Return by how much all change to first order when x changes by `dx`."""
        u, v = self.run.slope("u") * dx, self.run.slope("v") * dx
        return {"x": dx, "u": u, "v": v, "y": u + v}

    # -- what the scene shows -----------------------------------------------------------------------------------------

    def table(self) -> Mapping[str, Row]:
        """Return the quantities: both passes, the local derivatives, the contributions, and what the turn does."""
        run, dx = self.run, self.given("turn")
        rows = {"x": Row("x", run.input("x"), typed=True), "turn": Row("Delta x", dx, typed=True)}
        rows |= {name: Row(name, run.value(name)) for name in "uvy"}
        for name in "xuvy":  # that of y is 1 by definition, and what it is added up from feels as much
            rows[f"dL_d{name}"] = Row(ratio("y", name), run.delta(name), "gradient", typed=name != "x")
        for name in "uv":
            rows[f"local_{name}"] = Row(ratio(name, "x"), run.slope(name), "ink")
            rows[f"contribution_{name}"] = Row(f"({ratio('y', 'x')})_{name}", run.share("x", name), "gradient")
        turns = self.turned(dx)
        rows |= {f"moved_{name}": Row(f"Delta {name}", turns[name]) for name in "uvy"}
        recomputed = run.but(x=run.input("x") + dx).value("y") - run.value("y")
        rows |= {"recomputed": Row('"recomputed"', recomputed), "gap": Row('"gap"', recomputed - turns["y"])}
        return rows | self._turning_rows(Moving("turn_x", 0.0))

    def _turning_rows(self, dx: Term) -> dict[str, Row]:
        """Return what follows x while it is turned; the pinion of the differential turns by v less u."""
        turns = self.turned(dx)
        rows = {f"turn_{name}": Row(f"Delta {name}", turn) for name, turn in turns.items()}
        return rows | {"turn_apart": Row("Delta v - Delta u", turns["v"] - turns["u"])}

    def sweeps(self) -> Mapping[str, Swept]:
        """Return what is turned: x, and everything with it."""
        planned = lru_cache(maxsize=64)(self._travelling)
        return {"turn": Swept("turn_x", 0.0, self.turn, self._turning_rows, planned)}

    def _travelling(self, dx: float) -> Mapping[str, WheelPlan]:
        turns = self.turned(Moving("turn_x", dx))
        return self.plan.travelling(number(turns["u"]), number(turns["v"]))

    def scales(self) -> Mapping[str, Scale]:
        """Return the scales of radii, of angles in radians, and of the ways of racks and carriage."""
        angle = math.radians(self.turn_scale_deg)
        return {
            "scale": Scale("scale", self.scale),
            "half_scale": Scale("scale", self.scale / 2),
            "turn_scale_deg": Scale("turn_scale_deg", angle),
            "travel": Scale("turn_scale_deg", self.scale * angle),
            "half_travel": Scale("turn_scale_deg", self.scale * angle / 2),
        }

    def named(self) -> Mapping[str, str]:
        """Return the functions by their place."""
        return {f"function_{i}": name for i, name in enumerate(self.functions)}

    def laid_out(self, scale: float, degrees: float) -> TwoPaths:
        """Return the mechanism at a scale of radii, and one of turns.

        Raises
        ------
        NoRoom
            It does not fit the frame, or its teeth would come out of step.
        """
        turn = self.turn * math.radians(degrees)
        if turn > MOST_TURN:
            raise NoRoom(
                f"x would turn by {math.degrees(turn):.0f} degrees; {math.degrees(MOST_TURN):.0f} are the most"
            )
        paths = _laid_out(self.slopes, scale, turn)
        left, bottom, right, top = paths.box
        if right - left > WIDTH or top - bottom > HEIGHT or paths.drift > MOST_DRIFT:
            raise NoRoom("the mechanism is too large for the frame")
        return paths

    @cached_property
    def plan(self) -> FanOutPlan:
        """Where everything stands on the frame.

        Raises
        ------
        NoRoom
            It does not fit.
        """
        paths = self.laid_out(self.scale, self.turn_scale_deg)
        left, bottom, right, top = paths.box
        place = MIDDLE[0] - (left + right) / 2, MIDDLE[1] - (bottom + top) / 2
        return FanOutPlan(paths, place, self.scales())

    def wheels(self) -> Mapping[str, WheelPlan]:
        """Return the wheels that stay in place."""
        return self.plan.still()

    # -- what fits ----------------------------------------------------------------------------------------------------

    def fit(self, digits: int) -> list[Problem]:
        """Return what would not fit, as the base class says: slopes without a gear, a turn or gears too large."""
        try:
            return list(self._faults())
        except CoreError as error:
            return [Problem((), f"the graph cannot be computed: {error}")]

    def _faults(self) -> Iterator[Problem]:
        self.quantities()
        least = FEWEST_TEETH / TEETH
        for i, (name, slope) in enumerate(zip(self.functions, self.slopes, strict=True)):
            if abs(slope) < least:
                size = "exactly 0" if slope == 0 else f"{slope:.4g}"
                told = (
                    f"the slope of {name} is {size} at x = {format_typed(self.x)}, so x has no gear with teeth for it"
                )
                yield Problem(
                    ("functions", i), f"{quoted(name)}: {told}; slopes from {least:g} on have one, up or down"
                )
                return
        if not self._fits(self.scale, self.turn_scale_deg):
            yield self._too_large()

    def _fits(self, scale: float, degrees: float) -> bool:
        try:
            self.laid_out(scale, degrees)
        except NoRoom:
            return False
        return True

    def _too_large(self) -> Problem:
        """Return what is too large, with what would fit: the turn alone, if that will do, else the scale."""
        smaller = [round_below(share * self.turn_scale_deg) for share in _SHARES]
        if degrees := next((d for d in smaller if self._fits(self.scale, d)), None):
            angle = self.turn * self.turn_scale_deg
            told = f"{self.turn_scale_deg!r} would turn x by {angle:.0f} degrees, farther than the racks have room for"
            return Problem(("turn_scale_deg",), f"{told}; {degrees!r} would fit")
        least = min(self.turn_scale_deg, round_below(math.degrees(MOST_TURN / 2) / self.turn))
        scales = [round_below(share * self.scale) for share in _SHARES]
        if scale := next((s for s in scales if self._fits(s, least)), None):
            told = f"{self.scale!r} makes the gears of {listed(self.functions)} too large for the frame"
            return Problem(("scale",), f"{told}; {scale!r} would fit")
        slopes = " and ".join(f"{slope:.4g}" for slope in self.slopes)
        return Problem(("functions",), f"slopes of {slopes} leave no room for the wheels between, at any scale")


_SHARES = tuple(0.97**i for i in range(1, 90))


@lru_cache(maxsize=256)
def _laid_out(slopes: tuple[float, float], scale: float, turn: float) -> TwoPaths:
    return TwoPaths(slopes, teeth=TEETH, gear_module=2 * scale / TEETH, turn=turn)
