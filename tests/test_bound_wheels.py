"""Wheels and what is drawn on them: radius, angle and direction are read back from the outline, and a lie is found."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from quantity_cases import INK, moving, places, quantity, scales, values

from scenes.parts.gears.involute import SpurGear
from scenes.parts.gears.train import circle
from scenes.parts.measure import Scale
from scenes.parts.plans.wheel_plan import MARK, WheelPlan
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import RING, Theme
from scenes.parts.things.base import Shown
from scenes.parts.things.gear_marks import AngleScale, Sense
from scenes.parts.things.spoke import Spoke, ToothPush
from scenes.parts.things.wheel import Gear, Idler, Wheel, ring_paints

TURN = Scale("turn_scale_deg", math.radians(480))
THEME = Theme.of("dark", {}, "Source Sans 3")
GROUND = THEME.colour("background")
COLOURS = {"paints": ring_paints(THEME, INK)}
turned = st.lists(st.floats(-0.25, 0.25), min_size=1, max_size=6)


def plan(value: float, scale: Scale, *, idler: bool = False, share: float = 1.0, toothed: bool = True) -> WheelPlan:
    """The plan of a wheel of 24 teeth at (1, -0.5), whose gradient is `value`."""
    radius = scale.length(value)
    outline = (SpurGear(radius, 24).outline() if toothed else circle(radius)) if radius else None
    wanted, mark = None if idler else scale, MARK if toothed else None
    shape = {"mark": mark, "hollow": not idler and value < 0, "ahead": 0.0}
    return WheelPlan("x", (1.0, -0.5), radius, outline, 0.1, "q", wanted, "q", TURN, share, **shape)


def gear(value: float, scale: float = 1.0, sweep: Sweep | None = None, at: tuple[float, float] = (0.0, 0.0)) -> Gear:
    """A gear whose radius is that of a gradient, turned by a sweep, in a train that stands there."""
    of = Scale("scale", scale)
    return Gear(quantity(value), plan(value, of), turn=sweep["q"] if sweep else None, origin=at, **COLOURS)


@given(value=values.filter(bool), scale=scales)
def test_the_radius_of_a_gear_is_its_gradient(value: float, scale: float) -> None:
    drawn = gear(value, scale)
    assert drawn.fault() is None or abs(value) * scale > 1e3  # far beyond any frame the tolerance is rounding
    (x0, y0), (x1, y1) = drawn.reading().ends
    assert math.hypot(x1 - x0, y1 - y0) == pytest.approx(scale * abs(value), rel=1e-9)


@given(steps=turned)
def test_after_any_moves_a_gear_stands_at_the_angle_of_its_value_and_nothing_adds_up(steps: list[float]) -> None:
    sweep = moving(0.0)
    drawn = gear(1.2, sweep=sweep)
    for step in steps:
        sweep.x = step
        drawn.draw()
        assert drawn.reading().angle == pytest.approx(TURN.per_unit * step, abs=1e-12)
        assert drawn.fault() is None
    sweep.x = 0.0
    drawn.draw()
    np.testing.assert_array_equal(drawn.submobjects[0].points, gear(1.2, sweep=moving(0.0)).submobjects[0].points)


@given(step=st.floats(-0.25, 0.25), share=st.floats(-3, 3).filter(lambda s: abs(s) > 0.1))
def test_an_idler_turns_by_its_share_the_other_way_where_that_is_negative(step: float, share: float) -> None:
    sweep = moving(step)
    drawn = Idler(quantity(0.7), plan(0.7, Scale("scale", 1.0), idler=True, share=share), turn=sweep["q"], **COLOURS)
    assert drawn.reading().angle == pytest.approx(share * TURN.per_unit * step, abs=1e-12)
    assert drawn.reading().value is None
    assert drawn.fault() is None


def test_a_gradient_too_small_for_teeth_is_a_disc_and_one_of_exactly_zero_a_ring() -> None:
    small = Gear(quantity(1e-3), plan(1e-3, Scale("scale", 1.0), toothed=False), turn=None, **COLOURS)
    free = Gear(quantity(0.0), plan(0.0, Scale("scale", 1.0)), turn=None, **COLOURS)
    drawn = {name: len(small.part(name)) > 0 for name in small.parts}
    assert drawn == {"body": False, "wash": False, "ring": True, "rim": True, "mark": False, "hub": False}
    assert float(np.ptp(small.part("ring")[:, 0])) == pytest.approx(2e-3, rel=1e-3)
    assert small.reading().value == pytest.approx(1e-3)
    assert [name for name in free.parts if len(free.part(name))] == ["ring"]
    assert float(np.ptp(free.part("ring")[:, 0])) == pytest.approx(2 * RING[0])
    assert (small.fault(), free.fault(), free.reading().value) == (None, None, 0.0)


@given(value=values.filter(lambda v: abs(v) > 0.1))
def test_a_gear_is_hollow_exactly_where_its_gradient_is_negative(value: float) -> None:
    drawn = gear(value)
    assert (len(drawn.part("ring")) > 0, len(drawn.part("wash")) > 0) == (value > 0, value < 0)
    other = replace(drawn.plan, hollow=value > 0)
    assert "its ring is" in str(Gear(quantity(value), other, turn=None, **COLOURS).fault())


@given(at=places)
def test_a_gear_says_where_the_origin_of_its_train_stands(at: tuple[float, float]) -> None:
    drawn = gear(0.9, at=at)
    assert drawn.reading().stands == pytest.approx(at, abs=1e-9)
    assert drawn.reading().ends[0] == pytest.approx((at[0] + 1.0, at[1] - 0.5))
    drawn.stand(1.0, np.array([0.5, 0.25, 0.0]))
    assert drawn.reading().stands == pytest.approx((at[0] + 0.5, at[1] + 0.25), abs=1e-9)
    assert drawn.fault() is None


def test_the_mark_of_a_wheel_points_up_at_rest() -> None:
    (x0, y0), (x1, y1) = gear(0.9).reading().ends
    assert math.atan2(y1 - y0, x1 - x0) == pytest.approx(MARK)


def spoke_of(value: float, scale: float = 1.0, at: tuple[float, float] = (0.0, 0.0)) -> Spoke:
    return Spoke(gear(value, scale, at=at), Scale("scale", scale), theme=THEME, colour=INK)


@given(value=values.filter(lambda v: 1e-6 < abs(v) < 1e3), at=places)
def test_the_length_of_a_spoke_and_whether_it_is_hollow_give_the_gradient_back(
    value: float, at: tuple[float, float]
) -> None:
    spoke = spoke_of(value, at=at)
    assert spoke.reading().value == pytest.approx(value, rel=1e-6, abs=1e-9)
    assert (len(spoke.submobjects[0].points) > 0) == (value < 0)
    assert spoke.reading().ends == (pytest.approx((at[0] + 1.0, at[1] - 0.5)),)
    assert spoke.fault() is None


@given(value=values.filter(lambda v: 0.1 < abs(v) < 10))
def test_the_push_at_a_tooth_stands_on_the_pitch_circle_and_has_one_length_whatever_the_gradient(value: float) -> None:
    push = ToothPush(quantity(1.0), Scale("tooth_scale", 0.6), wheel=gear(value), theme=THEME)
    ((x, y),) = push.reading().ends
    assert (x, y) == pytest.approx((1.0 + abs(value), -0.5))
    assert push.reading().value == pytest.approx(1.0)
    ink = push.submobjects[1].points[:, 1] - y
    assert (ink.max() if value > 0 else -ink.min()) == pytest.approx(0.6)
    assert push.fault() is None
    dot, room = push.submobjects[0].get_subpaths()  # what it clears: round the same way, or there is a hole in both
    assert turns_left(dot) == turns_left(room)


def turns_left(path: np.ndarray) -> bool:
    """Whether an outline goes round its inside counter-clockwise."""
    x, y = path[:, 0], path[:, 1]
    return float(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1))) > 0


@given(value=values.filter(lambda v: abs(v) > 1e-3), at=places, radius=st.floats(0.2, 2))
def test_a_push_is_counter_clockwise_exactly_where_it_is_positive(
    value: float, at: tuple[float, float], radius: float
) -> None:
    sense = Sense(gear(value, at=at), radius=radius, colour=INK)
    assert sense.fault() is None
    a, b = (np.subtract(end, sense.wheel.hub[:2]) for end in sense.reading().ends)
    assert (a[0] * b[1] - a[1] * b[0] > 0) == (value > 0)


@given(value=st.floats(-0.7, 0.7).filter(lambda v: v == 0 or abs(v) > 1e-6), hub=places)
def test_the_angle_of_a_slice_is_its_number(value: float, hub: tuple[float, float]) -> None:
    angle = AngleScale(quantity(value), TURN, hub=hub, radius=0.5, colour=INK, ground=GROUND)
    assert angle.reading().value == pytest.approx(value, abs=1e-9)
    assert angle.fault() is None


def turned_by(shown: Wheel, degrees: float) -> Wheel:
    """Return a wheel turned on its hub."""
    return shown.copy().rotate(math.radians(degrees), about_point=np.array([*shown.plan.centre, 0.0]))


def test_a_wheel_turned_by_a_twentieth_of_a_degree_is_found_out() -> None:
    drawn = gear(1.2, sweep=moving(0.05))
    assert drawn.fault() is None
    for degrees in (0.05, -0.05, 15.0):  # 15 degrees are one tooth: the outline falls on itself, the mark does not
        assert turned_by(drawn, degrees).fault(), degrees


@pytest.mark.parametrize(
    "shown",
    [
        gear(1.2),
        spoke_of(0.9),
        spoke_of(-0.9),
        AngleScale(quantity(0.1), TURN, hub=(0.0, 0.0), radius=0.5, colour=INK, ground=GROUND),
        Sense(gear(-0.9), radius=0.6, colour=INK),
    ],
    ids=lambda shown: shown.kind,
)
def test_what_is_scaled_or_mirrored_afterwards_is_found_out(shown: Shown) -> None:
    assert shown.fault() is None
    assert shown.copy().scale(1.01, about_point=np.zeros(3)).fault()
    assert shown.copy().stretch(-1, 0, about_point=np.zeros(3)).fault()


def test_a_wheel_that_was_moved_off_its_shaft_is_found_out() -> None:
    assert gear(1.2).copy().shift([0.01, 0, 0]).fault() == "it was moved away from its shaft"


def test_a_gear_whose_plan_is_that_of_another_gradient_is_found_out() -> None:
    of = Scale("scale", 1.0)
    assert Gear(quantity(0.8), plan(1.2, of), turn=None, **COLOURS).fault()
