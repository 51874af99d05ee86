"""Two trains from one value and the differential that adds their turns: a value that is used twice, as gears.

Where a gear would be too small for teeth, and where the wheels find no room, there is no such picture.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from typing import Final

from pydantic import Field

from scenes.parts.gears.two_paths import NoRoom, TwoPaths
from scenes.parts.measure import Scale
from scenes.parts.plans.differential_plan import FanOutPlan
from scenes.parts.plans.wheel_plan import WheelPlan
from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.terms import Moving, Term
from scenes.parts.settings.base import SceneWords, Swept, Text
from scenes.parts.settings.fitting import round_below
from scenes.parts.settings.said import highest, widest
from scenes.parts.settings.words import templates
from scenes.parts.theme import LABEL, SAY

__all__ = ["TwoTrains", "TwoTrainsWords", "room_in"]

BEATS: Final = "share_shaft", "drive_on", "turn_gears", "roll_between", "ask_y", "double_half", "say_claim"
WORDS: Final = "half", "unsigned", "added", "measured", "estimate", "again"
"""The beats of the page with the gears, and the keys of the words at the right of the racks."""

TEETH: Final = 20, 24  # of a gear of a gradient of 1: the fewer, the larger; with more, smaller gears have teeth
SECOND: Final = 195, 200, 205, 207, 210  # degrees, to v from the wheel that drives its rack: the flatter, the lower
MOST_TURN, MOST_DRIFT = math.pi / 4, 0.1  # how far x turns; a share of a tooth
APART: Final = 0.18  # of a gradient of 1: of two gears on one shaft that differ by less, about a tooth, the teeth blur
PAGE, GAPS = (12.8, 6.78), 0.34  # a page, in units of a frame 8 high, and what stays free around its sentence
NUMBER, BESIDE = 1.0, 0.16  # the room of a number, and what stays free beside it
BEFORE: Final = 0.8  # so far before the bar of y both racks end at least: there words begin that are beside them
SMALLEST: Final = 0.4  # radius of a gear of a gradient of 1
TRIES: Final = 3  # of a size: the height gives one, and the width perhaps a smaller one


class TwoTrainsWords(SceneWords):
    """The labels of a scene that tells two ways as gears, too."""

    title: Text = Field(description="The title, small over every page.")
    ratio_u: Text = Field(description="What stands beside the first gear of x: its radius is the slope of its way.")
    ratio_v: Text = Field(description="What stands beside the other gear of x.")
    turns: Text = Field(description="What stands before how far the gears of u and v turn.")
    radius: Text = Field(description="What stands beside a gear whose radius is 1.")
    half_radius: Text = Field(description="What stands beside the gear of y, which is half as large.")
    rack: Text = Field(description="What stands before how far each of the two racks moves.")
    larger: Text = Field(description="How much larger turns are drawn.")
    middle: Text = Field(description="Over how far the wheel between both racks takes its bar: half of both.")
    estimate: Text = Field(description="That the gears are an estimate, with the slopes at x.")
    half_turn: Text = Field(description="How a dial is read, right of the title.")
    run: Text = Field(description="What stands at the run of the triangle of a slope.")
    half: Text = Field(description="The tempting wrong answer, before its number: half of each way.")
    unsigned: Text = Field(description="The same where the ways differ in sign: both without their signs.")
    added: Text = Field(description="What stands beside what x feels.")
    measured: Text = Field(description="What stands beside how far y moves per turn of x, when x is nudged.")
    again: Text = Field(description="By how much y moves when everything is computed again.")


def room_in(words: SceneWords) -> tuple[float, float]:
    """Return width and height of what a page has for the gears: under its sentences, with words at their right."""
    said = {key: template.sentence for key, template in templates(words).items()}
    sentences = [said[beat] for beat in words.beats() if beat in BEATS]
    high = highest([said["title"]], LABEL, PAGE[0]) + highest(sentences, SAY, PAGE[0])
    beside = widest([said[key] for key in WORDS], LABEL) - BEFORE
    wide = max(beside, widest([said["middle"]], LABEL), 2 * NUMBER)
    return PAGE[0] - NUMBER - 3 * BESIDE - wide, PAGE[1] - high - GAPS


@dataclass(frozen=True)
class TwoTrains:
    """The gears of two ways.

    Attributes
    ----------
    shares
        What comes back along each way: how far each turns for a turn of x.
    turn
        By how much x is turned.
    room
        Width and height that there are for the gears; None where none are shown.
    """

    shares: tuple[Term, Term]
    turn: float
    room: tuple[float, float] | None

    @cached_property
    def plan(self) -> FanOutPlan | None:
        """Where all stands about the pinion's hub; None where there is no such picture."""
        slopes = number(self.shares[0]), number(self.shares[1])
        one, other = map(abs, slopes)
        if self.room is None or abs(one - other) < APART:
            return None
        for teeth, second in product(TEETH, SECOND):
            if paths := _laid_out(slopes, teeth, second, self.room):
                return FanOutPlan(paths, (0.0, 0.0), self._scales(paths.plus.pitch_radius))
        return None

    def _scales(self, radius: float) -> Mapping[str, Scale]:
        angle = MOST_TURN / self.turn
        return {
            "scale": Scale("gear", radius),
            "half_scale": Scale("gear", radius / 2),
            "turn_scale_deg": Scale("gear_turn", angle),
            "travel": Scale("gear_turn", radius * angle),
            "half_travel": Scale("gear_turn", radius * angle / 2),
        }

    @property
    def scales(self) -> Mapping[str, Scale]:
        """The scales of radii, angles and ways, under names of their own."""
        return {f"gear_{name}": scale for name, scale in (self.plan.scales if self.plan else {}).items()}

    @property
    def wheels(self) -> Mapping[str, WheelPlan]:
        """The wheels that stay in place."""
        return self._still

    @cached_property
    def _still(self) -> Mapping[str, WheelPlan]:
        return self.plan.still() if self.plan else {}

    def rows(self, dx: Term) -> dict[str, Row]:
        """Return what follows x while it is turned; the pinion of the differential turns by v less u."""
        u, v = (share * dx for share in self.shares)
        turns = {"x": ("Delta x", dx), "u": ("Delta u", u), "v": ("Delta v", v), "y": ("Delta y", u + v)}
        found = {f"turn_{name}": Row(symbol, term) for name, (symbol, term) in turns.items()}
        return {**found, "turn_apart": Row("Delta v - Delta u", v - u)}

    @cached_property
    def _planned(self) -> Callable[[float], Mapping[str, WheelPlan]]:
        return lru_cache(maxsize=64)(self._travelling)

    def _travelling(self, dx: float) -> Mapping[str, WheelPlan]:
        turns = self.rows(Moving("turn_x", dx))
        assert self.plan is not None
        return self.plan.travelling(number(turns["turn_u"].term), number(turns["turn_v"].term))

    @property
    def sweeps(self) -> Mapping[str, Swept]:
        """The turn of x, and everything with it."""
        return {"gears": Swept("turn_x", 0.0, self.turn, self.rows, self._planned)} if self.plan else {}


@lru_cache(maxsize=256)
def _laid_out(slopes: tuple[float, float], teeth: int, second: int, room: tuple[float, float]) -> TwoPaths | None:
    """Return the mechanism as large as there is room, or None if there is none or its teeth would come out of step."""
    width, height = room
    try:
        radius = height / _sized(slopes, teeth, second, 1.0).height
        for _ in range(TRIES):
            paths = _sized(slopes, teeth, second, round_below(radius))
            left, _, right, _ = paths.box
            if right - left <= width:
                return paths if paths.drift <= MOST_DRIFT else None
            radius = max(paths.plus.pitch_radius * width / (right - left), SMALLEST)
    except NoRoom:
        return None
    return None


def _sized(slopes: tuple[float, float], teeth: int, second: int, radius: float) -> TwoPaths:
    return TwoPaths(slopes, teeth, 2 * radius / teeth, MOST_TURN, math.radians(second))
