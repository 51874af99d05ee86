"""The differential: the output turns by the sum of the inputs, nothing slips, nothing overlaps, all feel one push."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from gear_cases import Polygon, area, crosses_itself, overlap, turned
from hypothesis import given, settings
from hypothesis import strategies as st

from scenes.parts.gears.differential import Differential

turns = st.floats(-1, 1)
plus = Differential(teeth=20, gear_module=0.06)


def parts(one: float, other: float, plus: Differential = plus) -> dict[str, Polygon]:
    """Every outline in its place."""
    angles, shifts = plus.angles(one, other), plus.shifts(one, other)
    up = {"pinion": float(shifts["carriage"])}
    cogs = {
        name: turned(cog.gear.outline(), float(angles[name]), (cog.centre[0], cog.centre[1] + up.get(name, 0.0)))
        for name, cog in plus.cogs.items()
    }
    return cogs | {name: rack.outline() + np.array([0.0, float(shifts[name])]) for name, rack in plus.racks.items()}


@given(turns, turns)
def test_the_output_turns_by_the_sum(one: float, other: float) -> None:
    assert plus.turns(one, other)["output"] == pytest.approx(one + other, rel=1e-12, abs=1e-15)


@given(turns, turns)
def test_at_every_contact_rim_and_rack_move_alike(one: float, other: float) -> None:
    """A rim's point to the right of its hub moves up by turn times radius, one to the left moves down."""
    turned_by, shifts = plus.turns(one, other), plus.shifts(one, other)
    rim = {name: float(turned_by[name]) * cog.gear.pitch_radius for name, cog in plus.cogs.items()}
    hub = float(shifts["carriage"])
    assert rim["input_1"] == pytest.approx(float(shifts["rack_1"]), abs=1e-12)
    assert hub - rim["pinion"] == pytest.approx(float(shifts["rack_1"]), abs=1e-12)
    assert hub + rim["pinion"] == pytest.approx(float(shifts["rack_2"]), abs=1e-12)
    assert -rim["idler"] == pytest.approx(float(shifts["rack_2"]), abs=1e-12)
    assert rim["idler"] == pytest.approx(-rim["input_2"], abs=1e-12)
    assert rim["output"] == pytest.approx(hub, abs=1e-12)


def test_pitch_circles_and_pitch_lines_touch() -> None:
    edge = {name: (cog.centre[0] - cog.gear.pitch_radius, cog.centre[0] + cog.gear.pitch_radius)
            for name, cog in plus.cogs.items()}  # fmt: skip
    bars = plus.racks
    assert edge["input_1"][1] == pytest.approx(bars["rack_1"].left)
    assert edge["pinion"] == pytest.approx((bars["rack_1"].right, bars["rack_2"].left))
    assert edge["idler"] == pytest.approx((bars["rack_2"].right, edge["input_2"][0]))
    assert edge["output"][1] == pytest.approx(bars["carriage"].left)


@settings(max_examples=40)
@given(turns, turns)
def test_no_two_parts_overlap(one: float, other: float) -> None:
    for (a, first), (b, second) in itertools.combinations(parts(one, other).items(), 2):
        assert overlap(first, second, 600) < 0.001 * 3 * plus.gear_module**2, (a, b)


@settings(max_examples=20)
@given(turns, turns)
def test_teeth_that_mesh_strike_each_other_after_their_play(one: float, other: float) -> None:
    placed = parts(one, other)
    play = 0.06 * plus.gear_module
    for cog, bar in (("input_1", "rack_1"), ("pinion", "rack_1"), ("pinion", "rack_2"), ("idler", "rack_2"),
                     ("output", "carriage")):  # fmt: skip
        for way in (play, -play):
            assert overlap(placed[cog], placed[bar] + [0.0, way]) > 0, (cog, bar)


@given(st.floats(-5, 5))
def test_both_inputs_feel_the_push_of_the_output_and_work_is_kept(push: float) -> None:
    one, other = plus.pushes(push)
    assert one == other == pytest.approx(push, rel=1e-12)
    out = float(plus.turns(0.2, -0.7)["output"])
    assert one * 0.2 + other * -0.7 == pytest.approx(push * out, abs=1e-12)


def test_racks_are_closed_simple_and_long_enough() -> None:
    for rack in plus.racks.values():
        outline = rack.outline()
        assert area(outline) > 0
        assert not crosses_itself(outline)
        assert outline[:, 1].max() - outline[:, 1].min() == pytest.approx(rack.high - rack.low)


def test_a_rack_has_straight_flanks_at_the_pressure_angle_of_the_gears_and_teeth_as_thick() -> None:
    rack, gear = plus.racks["carriage"], plus.cogs["output"].gear
    points = rack.outline()
    foot_to_tip = np.diff(points[points[:, 0] < rack.left + gear.gear_module * 1.06][::-1], axis=0)
    flanks = foot_to_tip[(np.abs(foot_to_tip[:, 0]) > 1e-9) & (np.abs(foot_to_tip[:, 1]) < gear.gear_module)]
    assert len(flanks) > 10
    assert np.abs(flanks[:, 1] / flanks[:, 0]) == pytest.approx(math.tan(gear.pressure_angle))
    column = np.array([rack.left, rack.low]) + np.array([[-1e-9, 0.0], [1e-9, 0.0], [1e-9, 9.0], [-1e-9, 9.0]])
    teeth = len(flanks) / 2
    assert overlap(points, column, 40000) / 2e-9 == pytest.approx(teeth * gear.tooth.thickness, rel=2e-3)


@settings(max_examples=30)
@given(turns, turns, st.floats(0, 1), st.sampled_from([-40, -20, 0, 20, 40, 295 - 360]))
def test_racks_that_are_only_as_long_as_they_must_be_still_mesh_and_part_without_a_touch(
    one: float, other: float, share: float, degrees: float
) -> None:
    reaches = [(min(0.0, turn), max(0.0, turn)) for turn in (one, other)]
    short = Differential(24, 0.06, *reaches, direction=math.radians(degrees))
    placed, play = parts(share * one, share * other, short), 0.06 * short.gear_module
    for (a, first), (b, second) in itertools.combinations(placed.items(), 2):
        assert overlap(first, second, 600) < 0.001 * 3 * short.gear_module**2, (a, b)
    for cog, bar in (("input_1", "rack_1"), ("pinion", "rack_1"), ("pinion", "rack_2"), ("idler", "rack_2"),
                     ("output", "carriage")):  # fmt: skip
        for way in (play, -play):
            assert overlap(placed[cog], placed[bar] + [0.0, way]) > 0, (cog, bar)


@pytest.mark.parametrize("reaches", [((0.1, 1.0), (0.0, 0.0)), ((0.0, 0.0), (-1.0, -0.1))])
def test_a_reach_without_the_rest_in_it_is_refused(reaches: tuple[tuple[float, float], tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match="must hold 0"):
        Differential(20, 0.06, *reaches)


@pytest.mark.parametrize("teeth", [16, 18, 22, 0, -20])
def test_teeth_that_do_not_halve_into_gears_are_refused(teeth: int) -> None:
    with pytest.raises(ValueError, match="a multiple of 4 teeth, at least 20"):
        Differential(teeth=teeth)


def test_the_inputs_have_the_radius_that_a_train_gives_them() -> None:
    assert plus.pitch_radius == pytest.approx(plus.cogs["input_1"].gear.pitch_radius)
    assert plus.cogs["output"].gear.pitch_radius == pytest.approx(plus.pitch_radius / 2)
    assert math.isclose(plus.cogs["output"].gear.gear_module, plus.gear_module)
