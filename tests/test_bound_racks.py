"""Racks on the stage: they slide as far as their quantity says, and every lie that one tells is refused."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest
from stage_cases import dry_run, refusal

from scenes.parts.errors import StageError
from scenes.parts.plans.rack_plan import RackPlan
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.motions import Appear, SweepTo
from scenes.parts.stage.stage import Stage
from scenes.parts.things.base import Paint
from scenes.parts.things.following import Following
from scenes.parts.things.gear_pen import GearPen
from scenes.parts.things.rack import Rack

INK = {"paints": [Paint("#FFFFFF"), Paint("#FFFFFF", stroke=2.5), Paint("#FFFFFF"), Paint("#FFFFFF"), Paint("#FFFFFF")]}


def turning(stage: Stage) -> Sweep:
    """The sweep that turns x."""
    return Sweep(0.0, stage.clip.sweeps()["gears"].quantities)


def shown(stage: Stage, *things: Rack) -> None:
    """Put racks on the stage and rest a moment, so that they are looked at."""
    stage.add(*things)
    stage.play(Appear(stage.pen.words("title")))


def pushed_by_hand(stage: Stage) -> None:
    shown(stage, GearPen(stage.pen).rack("rack_u", follow=turning(stage)["turn_x"]).shift(np.array([0.01, 0.0, 0.0])))


def lifted(stage: Stage) -> None:
    shown(stage, GearPen(stage.pen).rack("carriage", follow=turning(stage)["turn_x"]).shift(np.array([0.0, 0.01, 0.0])))


def of_another_turn(stage: Stage) -> None:
    follow = turning(stage)["turn_x"]
    rack = GearPen(stage.pen).rack("rack_u", follow=follow)
    assert rack.follow is not None
    shown(stage, Rack(follow.sweep["turn_v"], rack.follow, **INK))


def against_its_turn(stage: Stage) -> None:
    """Planned as the settings would not: it goes to the left."""
    sweep = turning(stage)
    plan = GearPen(stage.pen).rack("rack_u", follow=sweep["turn_x"]).plan

    def other_way(at: float) -> dict[str, RackPlan]:
        assert plan.start is not None
        return {"rack_u": dataclasses.replace(plan, centre=(plan.start - at, plan.centre[1]))}

    shown(stage, Rack(sweep["turn_u"], Following(sweep["turn_x"], other_way, "rack_u"), **INK))


def repainted(stage: Stage) -> None:
    rack = GearPen(stage.pen).rack("rack_v", follow=turning(stage)["turn_x"])
    rack.submobjects[1].set_stroke("#FF0000")
    shown(stage, rack)


@pytest.mark.parametrize(
    ("lie", "said"),
    [
        (pushed_by_hand, "rack of turn_u: its way stands for"),
        (lifted, "rack of turn_y: it was moved away from its shaft"),
        (of_another_turn, "turn_v does not move it, turn_u does"),
        (against_its_turn, "the settings know no such wheel 'rack_u'"),
        (repainted, "rack of turn_v: it was painted otherwise"),
    ],
    ids=lambda part: part.__name__ if callable(part) else "",
)
def test_a_lie_about_a_rack_is_refused_by_name(lie: Callable[[Stage], None], said: str) -> None:
    code, line = refusal("FanOutGears", lie)
    assert code == 1, line
    assert said in line


def test_a_rack_goes_as_far_as_its_input_rolls_and_back_again() -> None:
    def there(stage: Stage) -> None:
        sweep = turning(stage)
        rack = GearPen(stage.pen).rack("rack_u", follow=sweep["turn_x"])
        gear = GearPen(stage.pen).gear("u", turn=sweep["turn_u"])
        start = rack.reading().ends[0][0]
        stage.play(Appear(rack, gear))
        stage.play(SweepTo(sweep, stage.clip.turn, run_time=1.0, steady=False))
        rolled = gear.plan.pitch_radius * (gear.reading().angle or 0.0)
        assert rack.reading().ends[0][0] - start == pytest.approx(rolled, abs=1e-9)
        assert rolled == pytest.approx(stage.clip.scales()["gear_scale"].per_unit * np.radians(45), abs=1e-9)
        stage.play(SweepTo(sweep, 0.0, run_time=1.0, steady=False))
        assert rack.reading().ends[0][0] == pytest.approx(start, abs=1e-12)

    dry_run("FanOutGears", there)


def test_a_wheel_is_no_rack_and_a_rack_must_follow_what_moves_it() -> None:
    def wrongly(stage: Stage) -> None:
        sweep = turning(stage)
        with pytest.raises(StageError, match="the settings plan a wheel of that name, no rack"):
            GearPen(stage.pen).rack("pinion", follow=sweep["turn_x"])
        with pytest.raises(StageError, match="do not let it follow turn_u"):
            GearPen(stage.pen).rack("rack_u", follow=sweep["turn_u"])

    dry_run("FanOutGears", wrongly)


def test_a_number_on_a_rack_is_refused() -> None:
    def over(stage: Stage) -> None:
        rack = GearPen(stage.pen).rack("rack_v", follow=turning(stage)["turn_x"])
        stage.add(rack, stage.pen.readout("v").at(*rack.plan.centre))
        stage.rest(1.0)

    code, line = refusal("FanOutGears", over)
    assert code == 2
    assert "rack of turn_v lies over readout of v" in line
