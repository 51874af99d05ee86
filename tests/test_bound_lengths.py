"""Arrows and bars are as long as their numbers under the stated scale, and say the sign by side and head."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from quantity_cases import INK, Points, ink, lies, moving, places, quantity, scales, turns, values

from scenes.parts.errors import StageError
from scenes.parts.measure import Scale
from scenes.parts.things.arrow import Bar, GradientArrow, Legend


def arrow_of(
    value: float, per_unit: float = 1.0, tail: tuple[float, float] = (0.0, 0.0), **given: object
) -> GradientArrow:
    return GradientArrow(quantity(value), Scale("scale", per_unit), tail=tail, colour=INK, **given)  # type: ignore[arg-type]


def bar_of(value: float, per_unit: float = 1.0, base: tuple[float, float] = (0.0, 0.0), **given: object) -> Bar:
    return Bar(quantity(value), Scale("scale", per_unit), base=base, colour=INK, **given)  # type: ignore[arg-type]


def shaft_and_head(arrow: GradientArrow) -> tuple[Points, Points]:
    shaft, head, _ = (piece.points for piece in arrow.submobjects)
    return shaft, head


def is_hollow(head: Points) -> bool:
    """Whether a head has a second outline inside the first."""
    return len(head) == 2 * 3 * 4


@given(value=values, per_unit=scales, tail=places, direction=turns)
def test_what_is_read_off_an_arrow_is_its_number(
    value: float, per_unit: float, tail: tuple[float, float], direction: tuple[float, float]
) -> None:
    assume(abs(value * per_unit) < 1e4)
    arrow = arrow_of(value, per_unit, tail, direction=direction)
    assert arrow.reading().value == pytest.approx(value, rel=1e-9, abs=1e-9 / per_unit)
    assert arrow.fault() is None
    assert np.all(np.isfinite(ink(arrow)))


@given(value=values, per_unit=scales, base=places, direction=turns)
def test_what_is_read_off_a_bar_is_its_number(
    value: float, per_unit: float, base: tuple[float, float], direction: tuple[float, float]
) -> None:
    assume(abs(value * per_unit) < 1e4)
    bar = bar_of(value, per_unit, base, direction=direction)
    assert bar.reading().value == pytest.approx(value, rel=1e-9, abs=1e-9 / per_unit)
    assert bar.fault() is None
    assert np.all(np.isfinite(ink(bar)))


@given(value=st.floats(1e-6, 100), direction=turns)
def test_an_arrow_and_the_arrow_of_the_opposite_number_lie_on_the_two_sides_of_the_baseline(
    value: float, direction: tuple[float, float]
) -> None:
    left = np.array([-direction[1], direction[0], 0.0])
    plus, minus = (ink(arrow_of(v, direction=direction)) @ left for v in (value, -value))
    assert plus.max() < 0 < minus.min()
    assert plus.min() == pytest.approx(-minus.max(), abs=1e-9)


def test_above_a_baseline_that_runs_left_stands_the_positive_arrow_and_below_it_the_negative() -> None:
    assert ink(arrow_of(0.7))[:, 1].min() > 0
    assert ink(arrow_of(-0.7))[:, 1].max() < 0


@given(value=values)
def test_a_negative_arrow_has_an_open_head_and_a_positive_one_a_filled_head(value: float) -> None:
    assume(value != 0)
    assert is_hollow(shaft_and_head(arrow_of(value))[1]) == (value < 0)


@given(per_unit=scales, direction=turns, zero=st.sampled_from([0.0, -0.0]))
def test_zero_is_a_ring_where_the_arrow_would_begin_and_nothing_else(
    per_unit: float, direction: tuple[float, float], zero: float
) -> None:
    arrow = arrow_of(zero, per_unit, (1.0, 2.0), direction=direction)
    shaft, head = shaft_and_head(arrow)
    assert len(shaft) == len(head) == 0
    ring = arrow.submobjects[2].points
    centre = (ring.min(axis=0) + ring.max(axis=0)) / 2
    distances = np.linalg.norm(ring - centre, axis=1)
    assert np.linalg.norm(centre - [1.0, 2.0, 0.0]) == pytest.approx(0.15), "as far from the baseline as an arrow"
    assert distances.max() < 0.15, "it does not touch the baseline"
    assert distances.min() > 0.03, "a ring has a hole"
    assert arrow.reading().value == 0.0
    assert arrow.fault() is None


@given(length=st.floats(1e-15, 0.049), sign=st.sampled_from([-1, 1]))
def test_what_is_too_short_to_see_has_a_mark_and_is_not_shown_as_zero(length: float, sign: int) -> None:
    arrow = arrow_of(sign * length)
    speck, ring = arrow.submobjects[2].points, arrow_of(0.0).submobjects[2].points
    assert np.ptp(speck[:, 0]) >= 0.1 - 1e-12
    assert speck.shape != ring.shape
    assert (speck[:, 1].mean() > 0) == (sign > 0)


@given(length=st.floats(0.06, 10), sign=st.sampled_from([-1, 1]))
def test_what_can_be_seen_has_no_mark(length: float, sign: int) -> None:
    assert len(arrow_of(sign * length).submobjects[2].points) == 0


@given(one=st.floats(0, 50), more=st.floats(1e-6, 50), sign=st.sampled_from([-1, 1]))
def test_the_larger_number_has_the_longer_arrow_and_the_longer_bar(one: float, more: float, sign: int) -> None:
    def length(shown: GradientArrow | Bar) -> float:
        ends = np.array(shown.reading().ends or [(0.0, 0.0)] * 2)
        return float(np.linalg.norm(ends[1] - ends[0]))

    assert length(arrow_of(sign * (one + more))) > length(arrow_of(sign * one))
    assert length(bar_of(sign * (one + more))) > length(bar_of(sign * one))


@given(value=st.floats(0.01, 100), per_unit=st.floats(0.01, 10))
def test_a_bar_runs_one_way_for_a_positive_number_and_as_far_the_other_way_for_the_negative(
    value: float, per_unit: float
) -> None:
    up, down = ink(bar_of(value, per_unit))[:, 1], ink(bar_of(-value, per_unit))[:, 1]
    assert up.min() == pytest.approx(0.0, abs=1e-12)
    assert up.max() == pytest.approx(value * per_unit)
    assert down.min() == pytest.approx(-value * per_unit)
    assert down.max() == pytest.approx(0.0, abs=1e-12)


def test_a_bar_of_zero_is_a_thin_line_on_its_base() -> None:
    bar = bar_of(0.0, base=(1.0, 1.0), width=0.4)
    assert np.ptp(ink(bar)[:, 1]) <= 0.02 + 1e-12
    assert np.ptp(ink(bar)[:, 0]) == pytest.approx(0.4)
    assert bar.reading().value == 0.0


@given(per_unit=scales, start=places)
def test_a_legend_is_one_unit_long(per_unit: float, start: tuple[float, float]) -> None:
    legend = Legend(Scale("scale", per_unit), start=start, colour=INK)
    assert legend.reading().value == pytest.approx(1.0, rel=1e-9)
    assert np.ptp(np.array(legend.reading().ends)[:, 0]) == pytest.approx(per_unit)
    assert np.array(legend.reading().ends)[0] == pytest.approx(start)
    assert legend.fault() is None


@pytest.mark.parametrize("value", [0.8336, -0.6669, 0.02, -0.001, 3.0])
@pytest.mark.parametrize("make", [arrow_of, bar_of])
def test_every_change_of_shape_is_a_fault_that_is_named(make: type[GradientArrow], value: float) -> None:
    for lie, changed in lies(make(value)):
        painted = "it counts as shown but is painted away"
        reason = painted if lie == "painted away" else "its outline is not the one that its value gives"
        assert changed.fault() == reason, lie


@given(value=values, by=places)
def test_an_arrow_and_a_bar_may_be_moved_because_their_length_is_what_counts(
    value: float, by: tuple[float, float]
) -> None:
    assume(abs(value) < 1e3)
    for shown in (arrow_of(value), bar_of(value)):
        moved = shown.shift(np.array([*by, 0.0]))
        assert moved.fault() is None
        assert moved.reading().value == pytest.approx(value, rel=1e-9, abs=1e-9)


@given(one=st.floats(-5, 5), other=st.floats(-5, 5))
def test_the_outline_of_another_number_is_a_fault(one: float, other: float) -> None:
    assume(abs(one - other) > 1e-4)
    for make in (arrow_of, bar_of):
        honest, foreign = make(one), make(other)
        for piece, points in zip(honest.submobjects, foreign.submobjects, strict=True):
            piece.points = points.points
        assert honest.fault() is not None


@given(start=st.floats(-5, 5), end=st.floats(-5, 5))
def test_an_arrow_follows_a_moving_number_only_when_it_is_drawn_again_and_is_faulty_until_then(
    start: float, end: float
) -> None:
    assume(abs(start - end) > 1e-4)
    sweep = moving(start)
    arrow = GradientArrow(sweep["q"], Scale("scale", 1.0), tail=(0.0, 0.0), colour=INK)
    arrow.shift(np.array([1.0, 1.0, 0.0]))
    sweep.x = end
    assert arrow.fault() is not None
    arrow.draw()
    assert arrow.fault() is None
    assert arrow.reading().value == pytest.approx(end, abs=1e-9)


@given(values_through=st.lists(st.sampled_from([0.0, -0.0, 0.5, -0.5, 1e-9, -2.0]), min_size=2, max_size=6))
def test_a_moved_arrow_stays_where_it_was_put_while_its_number_passes_through_zero(values_through: list[float]) -> None:
    sweep = moving(1.0)
    arrow = GradientArrow(sweep["q"], Scale("scale", 1.0), tail=(0.0, 0.0), colour=INK)
    arrow.shift(np.array([1.0, 2.0, 0.0]))
    for value in values_through:
        sweep.x = value
        arrow.draw()
        assert arrow.fault() is None
        there = GradientArrow(quantity(value), Scale("scale", 1.0), tail=(1.0, 2.0), colour=INK)
        np.testing.assert_allclose(ink(arrow), ink(there), atol=1e-9)


@pytest.mark.parametrize("number", [0.5, 1, np.float64(0.5), None, "y"])
def test_no_arrow_and_no_bar_is_made_of_a_number(number: object) -> None:
    scale = Scale("scale", 1.0)
    with pytest.raises(StageError, match="is no quantity"):
        GradientArrow(number, scale, tail=(0.0, 0.0), colour=INK)  # type: ignore[arg-type]
    with pytest.raises(StageError, match="is no quantity"):
        Bar(number, scale, base=(0.0, 0.0), colour=INK)  # type: ignore[arg-type]
