"""The lug and stop of ReLU: it pushes for z > 0, rests at 0 otherwise, and the faces never enter each other."""

from __future__ import annotations

import math

import numpy as np
import pytest
from gear_cases import area, crosses_itself, overlap, turned
from hypothesis import given
from hypothesis import strategies as st

from core import FUNCTIONS
from scenes.parts.gears.drawable import NotDrawable
from scenes.parts.gears.lug import LugAndStop

z_values = st.floats(-5, 5)


def test_the_ring_stands_where_the_core_has_relu() -> None:
    relu = LugAndStop(k=0.6)
    z = np.linspace(-5, 5, 101)
    assert np.array_equal(relu.driver_angle(z), 0.6 * z)
    assert np.array_equal(relu.driven_angle(z), 0.6 * FUNCTIONS["relu"].value(z))
    assert relu.driven_angle(-3.0) == 0


@given(z_values, st.floats(-4, 4))
def test_lug_and_stop_touch_while_it_pushes_and_part_at_zero(z: float, direction: float) -> None:
    relu = LugAndStop(k=0.6, direction=direction)
    gap = float(relu.gap(z))
    assert (gap == 0) == (z >= 0 or 0.6 * z == 0)
    assert gap >= 0


@given(z_values)
def test_disc_and_ring_never_enter_each_other(z: float) -> None:
    relu = LugAndStop(k=0.6)
    lug = turned(relu.driver_outline(), float(relu.driver_angle(z)))
    opening = turned(relu.driven_opening(), float(relu.driven_angle(z)))
    assert overlap(lug, opening) == pytest.approx(area(lug), rel=2e-3)  # all of the disc lies in the opening


@given(st.floats(0, 5))
def test_a_little_more_turn_would_drive_the_lug_into_the_stop(z: float) -> None:
    relu = LugAndStop(k=0.6)
    further = turned(relu.driver_outline(), float(relu.driver_angle(z)) + 0.05)
    opening = turned(relu.driven_opening(), float(relu.driven_angle(z)))
    depth = relu.lug_radius**2 - relu.stop_radius**2
    assert area(further) - overlap(further, opening, 6000) == pytest.approx(0.05 * depth / 2, rel=0.2)


def test_at_its_lowest_the_lug_lies_on_the_back_of_the_stop_and_below_it_is_refused() -> None:
    relu = LugAndStop(k=0.6)
    lug = turned(relu.driver_outline(), float(relu.driver_angle(relu.lowest)))
    assert overlap(lug, relu.driven_opening()) == pytest.approx(area(lug), rel=2e-3)
    with pytest.raises(NotDrawable, match=r"strikes the stop from behind; z from -9\.472 on fits") as refused:
        relu.driver_angle(relu.lowest - 0.01)
    assert refused.value.ends is not None
    relu.driver_angle(refused.value.ends[0])


def test_outlines_are_closed_counter_clockwise_one_within_the_other_and_the_shoe_lies_on_the_ring() -> None:
    relu = LugAndStop(k=1.0, radius=2.0)
    for outline in (relu.driver_outline(), relu.driven_outline(), relu.driven_opening(), relu.brake_outline()):
        assert area(outline) > 0
        assert not np.array_equal(outline[0], outline[-1])
        assert not crosses_itself(outline)
    assert np.hypot(*relu.driven_outline().T) == pytest.approx(2.0)
    assert np.hypot(*relu.driven_opening().T).max() < 2.0
    shoe = np.hypot(*relu.brake_outline().T)
    assert shoe.min() == pytest.approx(2.0)
    assert overlap(relu.brake_outline(), relu.driven_outline()) < 1e-2 * area(relu.brake_outline())


@pytest.mark.parametrize("wrong", [{"k": 0.0}, {"k": math.nan}, {"k": 1.0, "radius": -1.0}])
def test_no_turn_or_no_size_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(NotDrawable, match="k and radius of more than 0"):
        LugAndStop(**wrong)
