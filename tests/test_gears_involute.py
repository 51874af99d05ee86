"""Spur gears: true involutes, teeth that fill the spaces of their mate, and no overlap however they turn."""

from __future__ import annotations

import math

import numpy as np
import pytest
from gear_cases import area, overlap, turned
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scenes.parts.gears.involute import SpurGear, Tooth, meshing_angle, shift_against_undercut

teeth = st.integers(18, 70)
small = st.integers(10, 17)


def free_of_interference(gear: SpurGear, mate: SpurGear) -> bool:
    """Whether no tip reaches past the point where the line of action leaves the other's base circle."""
    along = (gear.pitch_radius + mate.pitch_radius) * math.sin(gear.pressure_angle)
    return all(g.tip_radius**2 <= g.base_radius**2 + along**2 for g in (gear, mate))


def pair(n: int, mate_n: int, module: float = 0.1) -> tuple[SpurGear, SpurGear]:
    """A gear with the shift that it needs, and a mate with the opposite one."""
    shift = shift_against_undercut(n)
    return (
        SpurGear(n * module / 2, n, profile_shift=shift),
        SpurGear(mate_n * module / 2, mate_n, profile_shift=-shift),
    )


def common_area(gear: SpurGear, mate: SpurGear, angle: float, direction: float, points: int = 8) -> float:
    """Overlap of two gears that mesh, in teeth."""
    far = gear.pitch_radius + mate.pitch_radius
    hub = (far * math.cos(direction), far * math.sin(direction))
    other = turned(mate.outline(points), meshing_angle(gear, angle, mate, direction), hub)
    return overlap(turned(gear.outline(points), angle), other) / tooth_area(gear)


def tooth_area(gear: SpurGear) -> float:
    """Area of one tooth above the root circle."""
    return (area(gear.outline(20)) - math.pi * gear.root_radius**2) / gear.teeth


@given(teeth, st.floats(0.05, 3), st.integers(3, 12))
def test_an_outline_is_closed_counter_clockwise_between_root_and_tip(n: int, radius: float, points: int) -> None:
    gear = SpurGear(radius, n)
    outline = gear.outline(points)
    far = np.hypot(*outline.T)
    assert outline.dtype == np.float64
    assert not np.array_equal(outline[0], outline[-1])
    assert gear.root_radius * (1 - 1e-12) <= far.min() <= far.max() <= gear.tip_radius * (1 + 1e-12)
    assert math.pi * gear.root_radius**2 < area(outline) < math.pi * gear.tip_radius**2
    steps = np.diff(np.unwrap(np.arctan2(outline[:, 1], outline[:, 0])))
    assert steps.sum() == pytest.approx(2 * math.pi, abs=4 * math.pi / n)


@given(teeth, st.floats(math.radians(15), math.radians(28)), st.floats(-0.2, 0.4))
def test_every_point_of_a_flank_lies_on_a_line_unwound_from_the_base_circle(n: int, slope: float, shift: float) -> None:
    try:
        gear = SpurGear(1.0, n, pressure_angle=slope, profile_shift=shift)
    except ValueError:
        assume(False)
    radii, half = gear.tooth.flank(12)
    above = radii > gear.base_radius * (1 + 1e-9)
    unwound = np.sqrt(radii[above] ** 2 - gear.base_radius**2)  # the taut string
    foot = half[above] + unwound / gear.base_radius - np.arctan2(unwound, gear.base_radius)
    # the string's free length is the arc that it has left, and all points have the same start of it
    assert np.ptp(foot) < 1e-9


@given(teeth)
def test_tooth_and_space_share_the_pitch_circle_but_for_the_play(n: int) -> None:
    gear = SpurGear(1.0, n, backlash=0.06)
    radii, half = gear.tooth.flank(4001)
    at_pitch = np.interp(1.0, radii[1:], half[1:])
    assert 2 * at_pitch == pytest.approx((math.pi / 2 - 0.03) * gear.gear_module, rel=1e-5)


@settings(max_examples=60)
@given(teeth, teeth, st.floats(-7, 7), st.floats(-4, 4))
def test_teeth_that_mesh_do_not_overlap(n: int, mate_n: int, angle: float, direction: float) -> None:
    assert common_area(*pair(n, mate_n), angle, direction, points=16) < 1e-4


@settings(max_examples=60)
@given(small, st.integers(30, 70), st.floats(0, 1))
def test_a_small_gear_with_the_shift_that_it_needs_meshes_with_a_large_one(n: int, mate_n: int, angle: float) -> None:
    gear, mate = pair(n, mate_n)
    assert gear.profile_shift > 0
    assert free_of_interference(gear, mate)
    assert common_area(gear, mate, angle, 0.0, points=16) < 1e-4


def test_without_its_shift_a_gear_of_nine_teeth_is_cut_into() -> None:
    worst = [
        max(common_area(gear, mate, angle, 0.0, points=16) for angle in np.linspace(0, 0.7, 8))
        for gear, mate in ((SpurGear(0.45, 9), SpurGear(2.5, 50)), pair(9, 50))
    ]
    assert not free_of_interference(SpurGear(0.45, 9), SpurGear(2.5, 50))
    assert worst[0] > 3e-4
    assert worst[1] == 0


@settings(max_examples=40)
@given(teeth, teeth, st.floats(-3, 3))
def test_teeth_that_mesh_touch_once_the_play_is_taken_up(n: int, mate_n: int, angle: float) -> None:
    gear, mate = pair(n, mate_n)
    far = gear.pitch_radius + mate.pitch_radius
    at = meshing_angle(gear, angle, mate, 0.0)
    play = gear.backlash * gear.gear_module / mate.pitch_radius / 2
    body = turned(gear.outline(30), angle)
    for way in (1, -1):
        taken_up = turned(mate.outline(30), at + way * 1.3 * play, (far, 0.0))
        assert overlap(body, taken_up) > 0


@given(teeth, teeth, st.floats(-7, 7), st.floats(-4, 4), st.floats(-7, 7))
def test_two_gears_that_mesh_still_do_when_their_rims_have_moved_alike(
    n: int, mate_n: int, angle: float, direction: float, turn: float
) -> None:
    gear, mate = pair(n, mate_n)
    moved = meshing_angle(gear, angle + turn, mate, direction) - meshing_angle(gear, angle, mate, direction)
    teeth_apart = (moved + turn * n / mate_n) * mate_n / (2 * math.pi)
    assert teeth_apart == pytest.approx(round(teeth_apart), abs=1e-9)


@given(teeth, teeth, st.floats(-7, 7), st.floats(-4, 4))
def test_meshing_goes_both_ways(n: int, mate_n: int, angle: float, direction: float) -> None:
    gear, mate = pair(n, mate_n)
    back = meshing_angle(mate, meshing_angle(gear, angle, mate, direction), gear, direction + math.pi)
    teeth_apart = (back - angle) * n / (2 * math.pi)
    assert teeth_apart == pytest.approx(round(teeth_apart), abs=1e-8)


@given(st.integers(4, 17))
def test_with_the_shift_a_rack_just_reaches_the_end_of_the_involute(n: int) -> None:
    shift, slope = shift_against_undercut(n), math.radians(20)
    deepest = n / 2 - 1 + shift  # radius that the rack's tip reaches, for module 1
    assert deepest >= n / 2 * math.cos(slope) ** 2 - 1e-12
    assert shift == 0 or deepest == pytest.approx(n / 2 * math.cos(slope) ** 2)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: SpurGear(1.0, 3),
        lambda: SpurGear(-1.0, 20),
        lambda: SpurGear(1.0, 8, profile_shift=1.0),
        lambda: SpurGear(1.0, 20, backlash=-7.0),
        lambda: Tooth(0.1, 0.1),
    ],
)
def test_a_tooth_that_cannot_be_drawn_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"^a (gear|tooth)"):
        wrong()  # type: ignore[operator]
