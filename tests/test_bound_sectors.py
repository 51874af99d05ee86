"""Wheels that are not round, and tangents: angle and slope are read back from the outline, and a lie is found."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from quantity_cases import INK, moving, quantity

from core.functions import FUNCTIONS
from scenes.parts.gears.function_gear import FunctionGear
from scenes.parts.gears.lug import LugAndStop
from scenes.parts.measure import Axis, Scale
from scenes.parts.plans.sector_plan import SectorPlan, lug_plans, pair_plans, round_values
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.things.base import Paint
from scenes.parts.things.tangent import Tangent
from scenes.parts.things.wheel import Sector

COLOURS = {"paints": [Paint("#222222"), Paint(INK, stroke=2.5), Paint(INK), Paint("#000000"), Paint(INK)]}
K = 2.0
SCALE = Scale("k_0", K)
GEARS = [("tanh", -1.4, 1.4), ("square", 0.6, 1.8), ("cos", 0.5, 1.3), ("exp", -1.0, 0.8)]


def plans(name: str = "tanh", low: float = -1.4, high: float = 1.4) -> tuple[SectorPlan, SectorPlan]:
    """Driver and driven of a function, both turned by the quantity `q`."""
    gear = FunctionGear(name, low, high, K, 2.5, 0.05)
    found = pair_plans(gear, ("in", "out"), turns=("q", "q"), hubs=(-3.0, -0.5), line=0.25, scale=SCALE)
    return found["in"], found["out"]


def sector(plan: SectorPlan, sweep: Sweep) -> Sector:
    """The wheel of a plan."""
    return Sector(sweep["q"], plan, **COLOURS)


@given(moves=st.lists(st.floats(-1.4, 1.4), min_size=1, max_size=6))
def test_after_any_moves_a_driver_stands_at_k_times_how_far_x_is_from_its_first(moves: list[float]) -> None:
    sweep = moving(-1.4)
    drawn = sector(plans()[0], sweep)
    first = [np.array(piece.points) for piece in drawn.submobjects]
    for x in moves:
        sweep.x = x
        drawn.draw()
        assert drawn.reading().angle == pytest.approx(K * (x + 1.4), abs=1e-12)
        assert drawn.reading().value == pytest.approx(x, abs=1e-12)
        assert drawn.fault() is None
    sweep.x = -1.4
    drawn.draw()
    for piece, points in zip(drawn.submobjects, first, strict=True):
        np.testing.assert_array_equal(piece.points, points)


@pytest.mark.parametrize("piece", GEARS, ids=lambda piece: piece[0])
@given(share=st.floats(0, 1))
def test_a_driven_wheel_turns_clockwise_by_k_times_how_far_f_has_gone_whether_it_rises_or_falls(
    piece: tuple[str, float, float], share: float
) -> None:
    name, low, high = piece
    first, here = (float(FUNCTIONS[name].value(np.float64(x))) for x in (low, low + share * (high - low)))
    drawn = sector(plans(*piece)[1], moving(here))
    assert drawn.reading().angle == pytest.approx(-K * abs(here - first), abs=1e-12)
    assert drawn.reading().value == pytest.approx(here, abs=1e-12)
    assert drawn.fault() is None


@pytest.mark.parametrize("piece", GEARS, ids=lambda piece: piece[0])
def test_lines_of_both_wheels_meet_one_by_one_at_the_contact_when_x_is_a_round_number(
    piece: tuple[str, float, float],
) -> None:
    name, low, high = piece
    driver, driven = plans(*piece)
    at = round_values(low, high)
    middle = int(np.argmin(np.abs(at - (low + high) / 2)))
    assert len(driver.ticks) == len(driven.ticks) == len(at) - 1 >= 3
    for x, one, other in zip(np.delete(at, middle), driver.ticks, driven.ticks, strict=True):
        h = float(FUNCTIONS[name].value(x))
        for line, plan, value, towards in ((one, driver, float(x), 0.0), (other, driven, h, math.pi)):
            angles = np.arctan2(line[:, 1], line[:, 0]) + plan.turned(value) - towards
            np.testing.assert_allclose(np.sin(angles / 2), 0, atol=1e-9)
    turned = driver.mark + driver.turned(float(at[middle]))
    assert math.sin(turned / 2) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("piece", GEARS, ids=lambda piece: piece[0])
def test_marks_and_lines_lie_on_their_wheel_and_not_on_its_teeth(piece: tuple[str, float, float]) -> None:
    from gear_cases import inside

    for plan in plans(*piece):
        mark = np.array([math.cos(plan.mark), math.sin(plan.mark)])
        points = np.concatenate([plan.ticks.reshape(-1, 2), [mark * plan.mark_from, mark * plan.pitch_radius]])
        assert plan.outline is not None
        assert inside(points, plan.outline).all()
        assert plan.reach == pytest.approx(np.hypot(*plan.outline.T).max())


@given(low=st.floats(-50, 50), span=st.floats(1e-2, 100))
def test_round_values_are_round_evenly_spaced_few_and_well_inside(low: float, span: float) -> None:
    at = round_values(low, low + span)
    assert 2 <= len(at) <= 13
    steps = np.diff(at)
    np.testing.assert_allclose(steps, steps[0], rtol=1e-6)
    assert at[0] > low + 0.2 * steps[0]
    assert at[-1] < low + span - 0.2 * steps[0]
    assert float(f"{steps[0]:.2g}") == pytest.approx(steps[0], rel=1e-6)


@given(z=st.floats(-2, 2))
def test_the_disc_of_a_lug_turns_with_z_and_the_ring_with_relu_of_z(z: float) -> None:
    lug = LugAndStop(1.2, 2.0)
    disc, ring = lug_plans(lug, ("disc", "ring"), turns=("q", "q"), hub=(0.0, 0.0), scale=Scale("k_1", 1.2)).values()
    turned = sector(disc, moving(z)).reading().angle, sector(ring, moving(max(z, 0.0))).reading().angle
    assert turned == (pytest.approx(1.2 * z, abs=1e-12), pytest.approx(max(0.0, 1.2 * z), abs=1e-12))
    assert turned[0] == pytest.approx(float(lug.driver_angle(z)))
    assert turned[1] == pytest.approx(float(lug.driven_angle(z)))


@pytest.mark.parametrize("degrees", [0.05, -0.05, 15.0, 120.0])
def test_a_sector_turned_by_a_twentieth_of_a_degree_is_found_out(degrees: float) -> None:
    for plan in plans():
        drawn = sector(plan, moving(0.5))
        assert drawn.fault() is None
        hub = np.array([*plan.centre, 0.0])
        assert drawn.copy().rotate(math.radians(degrees), about_point=hub).fault(), plan.key


def test_a_sector_that_is_scaled_mirrored_or_moved_is_found_out() -> None:
    drawn = sector(plans()[0], moving(0.5))
    hub = np.array([*drawn.plan.centre, 0.0])
    assert drawn.copy().scale(1.01, about_point=hub).fault()
    assert drawn.copy().stretch(-1, 0, about_point=hub).fault()
    assert drawn.copy().shift([0.01, 0, 0]).fault() == "it was moved away from its shaft"


def test_a_sector_that_another_quantity_turns_is_found_out() -> None:
    plan = dataclasses.replace(plans()[0], turn="h")
    assert sector(plan, moving(0.5)).fault() == "q turns it, and should not: h does"


# -- tangents ---------------------------------------------------------------------------------------------------------

X_AXIS = Axis("graph_x_0", -2.0, 2.0, (1.0, 0.0, 0.0), (5.0, 0.0, 0.0))
H_AXIS = Axis("graph_h_0", -1.0, 4.0, (3.0, -1.0, 0.0), (3.0, 1.5, 0.0))


def tangent(slope: float, x: float, h: float) -> Tangent:
    """A line through (x, h) in a plane whose axes have different units."""
    return Tangent(quantity(slope), (quantity(x), X_AXIS), (quantity(h), H_AXIS), colour=INK)


@given(slope=st.floats(-9, 9), x=st.floats(-2, 2), h=st.floats(-1, 4))
def test_the_slope_of_a_tangent_is_its_number_and_it_passes_through_its_point(slope: float, x: float, h: float) -> None:
    drawn = tangent(slope, x, h)
    assert drawn.reading().value == pytest.approx(slope, abs=1e-9)
    start, end = (np.array(end) for end in drawn.reading().ends)
    assert (start + end) / 2 == pytest.approx(np.array([X_AXIS.point(x)[0], H_AXIS.point(h)[1]]), abs=1e-9)
    assert math.dist(start, end) == pytest.approx(1.8)
    assert drawn.fault() is None


@given(slope=st.floats(-4, 4), by=st.floats(1e-4, 3))
def test_a_tangent_of_another_slope_or_through_another_point_is_found_out(slope: float, by: float) -> None:
    drawn = tangent(slope, 0.5, 1.0)
    for lie in (tangent(slope + by, 0.5, 1.0), tangent(slope, 0.5 + by, 1.0), tangent(slope, 0.5, 1.0 + by)):
        other = tangent(slope, 0.5, 1.0)
        other.submobjects[0].points = lie.submobjects[0].points
        assert other.fault()
    assert drawn.copy().shift([0.0, 1e-3, 0.0]).fault() == "it was moved away from its axes"
    assert drawn.copy().rotate(0.01).fault()
    assert drawn.fault() is None


def test_a_tangent_follows_its_point_and_its_slope() -> None:
    sweep = moving(0.5)
    drawn = Tangent(sweep["q"], (sweep["q"], X_AXIS), (sweep["q"], H_AXIS), colour=INK)
    sweep.x = 1.25
    assert drawn.fault() is not None
    drawn.draw()
    assert drawn.fault() is None
    assert drawn.reading().value == pytest.approx(1.25)
