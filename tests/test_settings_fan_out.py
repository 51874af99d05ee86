"""Settings of `fan_out`: what the core gives, where wheels stand, and what is refused, with what would fit."""

from __future__ import annotations

import itertools
import math
import re
from typing import Any

import numpy as np
import pytest
from gear_cases import Polygon, overlap, turned
from test_settings_gears import faults
from truth_cases import changed, settings_in_use

from scenes.parts.plans.rack_plan import RackPlan
from scenes.parts.plans.wheel_plan import WheelPlan
from scenes.parts.settings import load
from scenes.parts.settings.fan_out import FanOut

MESHES = {("u", "rack_u"), ("pinion", "rack_u"), ("pinion", "rack_v"), ("plus_idler", "rack_v"), ("y", "carriage")}
IN_FRONT = {("pinion", "carriage")}
"""The arm of the carriage lies over the pinion that it holds."""


def clip(**changes: Any) -> FanOut:
    """The clip with some of its keys changed."""
    with settings_in_use(changed("FanOut", changes)):
        found = load().clip("FanOut")
    assert isinstance(found, FanOut)
    return found


def drawn(made: FanOut, dx: float) -> dict[str, Polygon]:
    """Every outline as it is planned for the frame on which x has turned by `dx`."""
    swept = made.sweeps()["turn"]
    quantities = swept.quantities(dx)
    plans: dict[str, WheelPlan] = {**made.wheels(), **swept.wheels(dx)}
    found = {}
    for key, plan in plans.items():
        assert plan.outline is not None
        angle = plan.turned(quantities[plan.turn].number) if plan.turn else 0.0
        found[key] = turned(plan.outline, plan.rest + angle, plan.centre)
    return found


def test_y_feels_what_comes_back_along_both_ways_as_a_sum() -> None:
    quantities = clip().quantities()
    one, other = (quantities[f"contribution_{name}"].number for name in "uv")
    assert quantities["dL_dx"].number == one + other == pytest.approx(1 + 1 / math.cosh(0.8) ** 2, rel=1e-14)
    assert [quantities[f"dL_d{name}"].number for name in "uvy"] == [1.0, 1.0, 1.0]


@pytest.mark.parametrize("dx", [0.0, 0.037, 0.1])
@pytest.mark.parametrize("changes", [{}, {"x": 1.2, "functions": ["identity", "cos"]}])
def test_what_is_drawn_meshes_and_nothing_else_touches(dx: float, changes: dict[str, Any]) -> None:
    made = clip(**changes)
    placed, m = drawn(made, dx), 2 * made.scale / 24
    on_x = {key for key in placed if key.startswith("x_")}
    for a, b in itertools.combinations(placed, 2):
        if {a, b} <= on_x or (a, b) in IN_FRONT or (b, a) in IN_FRONT:
            continue  # one before the other, on one shaft or round it; true meshes of it are tried with the geometry
        assert overlap(placed[a], placed[b], 600) < 0.004 * 3 * m**2, (a, b)
    for wheel, bar in MESHES:
        for play in (0.08 * m, -0.08 * m):
            assert overlap(placed[wheel], placed[bar] + np.array([play, 0.0])) > 0, (wheel, bar)


@pytest.mark.parametrize("dx", [0.0, 0.05, 0.1])
def test_the_pin_of_the_carriage_is_the_hub_of_the_pinion(dx: float) -> None:
    plans = clip().sweeps()["turn"].wheels(dx)
    carriage = plans["carriage"]
    assert isinstance(carriage, RackPlan)
    assert carriage.pin is not None
    assert np.add(carriage.centre, carriage.pin) == pytest.approx(plans["pinion"].centre, abs=1e-12)


def test_the_gear_of_y_has_half_the_radius_of_a_gradient_of_one_and_the_others_the_radius_of_theirs() -> None:
    made = clip()
    quantities, wheels = made.quantities(), made.wheels()
    for key in ("x_u", "x_v", "u", "v", "y"):
        share = 0.5 if key == "y" else 1.0
        gradient = abs(quantities[wheels[key].quantity].number)
        assert wheels[key].pitch_radius == pytest.approx(share * made.scale * gradient, rel=1e-12), key


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"x": -1.0, "functions": ["identity", "relu"]}, "the slope of relu is exactly 0 at x = −1"),
        ({"x": 2.0}, "the slope of tanh is 0.07065 at x = 2"),
        ({"functions": ["identity", "tahn"]}, "did you mean 'tanh'?"),
        ({"functions": ["identity"]}, "functions"),
        ({"functions": ["identity", "exp"], "x": 800.0}, "the graph cannot be computed"),
        ({"functions": ["identity", "exp"], "x": 1.6}, "leave no room for the wheels between, at any scale"),
        ({"turn": 0.0}, "turn: "),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_one_line(changes: dict[str, Any], said: str) -> None:
    (fault,) = faults("FanOut", changes)
    assert said in fault


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        ("scale", {"scale": 1.1}),
        ("turn_scale_deg", {"functions": ["square", "identity"], "x": 0.7}),
        ("turn_scale_deg", {"turn_scale_deg": 1500.0}),
        ("turn_scale_deg", {"turn": 0.3}),
    ],
)
def test_what_is_too_large_is_refused_with_a_value_that_fits(key: str, changes: dict[str, Any]) -> None:
    (fault,) = faults("FanOut", changes)
    assert f"clips.FanOut.{key}: " in fault
    fitting = re.search(r"([0-9.]+) would fit$", fault)
    assert fitting, fault
    assert faults("FanOut", {**changes, key: float(fitting[1])}) == []
