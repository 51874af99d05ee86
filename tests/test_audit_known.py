"""How far an honest number may be off: scales that are large enough for what float64 rounds, and no larger."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.functions import FUNCTIONS as CORE
from scenes.parts.settings.pushed_chain import STEEPEST
from studio.audit.exact import FUNCTIONS, ahead, cross_entropy, judged, larger, linked, softened
from studio.audit.known import MP, Known, dot, exact, is_kept, total
from studio.audit.recompute import REFERENCE

mpf = MP.mpf
ONE = exact(1.0)
RATHER_0 = Known(mpf(10) ** -18, 1.0)
UNKNOWN = Known(mpf(0), 1e15)


def right(known: Known, number: float) -> bool:
    """Whether a number passes."""
    return known.error(number) <= REFERENCE


@given(a=st.floats(-1e6, 1e6), b=st.floats(-1e6, 1e6))
def test_what_float64_makes_of_two_numbers_is_right_and_what_is_a_billionth_beside_it_wrong(a: float, b: float) -> None:
    one, other = exact(a), exact(b)
    for known, number in ((one + other, a + b), (one - other, a - b), (one * other, a * b)):
        assert right(known, number)
        assert not right(known, number + (1e-9 * known.scale or 1e-9))
    if abs(b) > 1e-6:
        assert right(one / other, a / b)


@given(numbers=st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=60))
def test_a_long_sum_may_be_rounded_at_every_step(numbers: list[float]) -> None:
    ones, forward, back = [ONE] * len(numbers), 0.0, 0.0
    for number in numbers:
        forward += number
    for number in reversed(numbers):
        back += number
    for known in (total(map(exact, numbers)), dot(list(map(exact, numbers)), ones)):
        assert right(known, forward)
        assert right(known, back)
        assert not right(known, forward + (3e-12 * sum(map(abs, numbers)) or 1e-9))


def test_a_sum_that_is_rounded_down_twenty_thousand_times_is_still_right() -> None:
    small = 1.1e-16
    assert 1.0 + small == 1.0
    numbers = [ONE, *[exact(small)] * 20000]
    assert right(total(numbers), 1.0)
    assert right(dot(numbers, [ONE] * len(numbers)), 1.0)
    assert not right(total([exact(0.1)] * 50), 5.0 + 2e-11)


def test_a_product_of_two_that_may_be_0_or_1_may_be_1() -> None:
    assert right(UNKNOWN * UNKNOWN, 1.0)
    assert not right(UNKNOWN * UNKNOWN, 10.0)


def test_a_quotient_is_as_rough_as_its_divisor() -> None:
    rough = Known(mpf(10) ** -6, 1.0)
    assert right(ONE / rough, 1 / (1e-6 + 5e-16))
    assert not right(ONE / rough, 1 / (1e-6 + 1e-14))
    assert right(rough / ONE, 1e-6 + 5e-16)
    rougher = Known(mpf("1.2e-13"), 10.0)
    assert right(ONE / rougher, 1 / 1.1e-13)
    assert not right(ONE / rougher, 1 / 1.0e-13)


@pytest.mark.parametrize("place", [0, 1])
def test_a_sum_of_products_is_as_rough_as_either_side(place: int) -> None:
    sides = [[ONE, ONE], [ONE, ONE]]
    sides[place][1] = Known(mpf(1), 1e6)
    assert right(dot(*sides), 2 + 9e-10)
    assert not right(dot([ONE, ONE], [ONE, ONE]), 2 + 9e-12)


def test_what_float64_has_as_it_is_is_sure_and_what_it_rounded_on_the_way_is_not() -> None:
    large = exact(2.0**53)
    assert (exact(1.5) * exact(2.0)).sure
    assert not (exact(0.1) * exact(0.1)).sure
    assert total([exact(1.5), exact(-0.5), ONE]).sure
    assert not total([large, ONE, exact(-(2.0**53))]).sure
    assert not dot([large, ONE], [exact(3.0), ONE]).sure
    assert not (Known(mpf(1), 1.0) * ONE).sure
    assert linked("relu", ONE)[0].sure
    assert not linked("leaky_relu", exact(-100.0))[0].sure  # -1, but by a hundredth that float64 does not have
    assert not is_kept(mpf(2) ** -1070)
    assert not abs(RATHER_0).sure
    assert abs(exact(-2.0)).sure


def test_what_may_lie_on_either_side_of_a_kink_may_have_either_value_and_slope() -> None:
    for place in (RATHER_0, Known(-RATHER_0.value, 1.0)):
        for name, slopes in (("relu", (0.0, 1.0)), ("abs", (-1.0, 0.0, 1.0)), ("leaky_relu", (0.01, 1.0))):
            value, slope = linked(name, place)
            assert all(right(value, number) for number in (0.0, 2e-16))
            assert all(right(slope, number) for number in slopes)
            assert not right(slope, 5.5)
            assert not right(value, 1e-14)


def test_what_is_flat_at_0_may_be_off_by_the_square_of_an_error_or_its_cube() -> None:
    assert right(linked("square", Known(mpf(0), 1.0))[0], 1e-31)
    value, slope = linked("cube", Known(mpf(0), 1.0))
    assert right(value, 1e-46)
    assert right(slope, 1e-31)
    assert not right(value, 1e-40)


@pytest.mark.parametrize("name", ["log", "sqrt", "reciprocal"])
def test_what_may_be_0_but_for_rounding_has_no_value_where_0_has_none(name: str) -> None:
    assert right(linked(name, exact(1e-18))[0], float(FUNCTIONS[name].value(mpf(1e-18))))
    with pytest.raises(ZeroDivisionError, match="no value or no slope"):
        linked(name, RATHER_0)


def test_a_tie_that_rounding_alone_may_make_or_break_has_any_slope_and_another_but_one() -> None:
    left, right_hand = Known(mpf(1), 1.0), Known(mpf(1) - RATHER_0.value, 100.0)
    assert all(right(ahead(left, right_hand), slope) for slope in (0.0, 0.5, 1.0))
    assert all(right(ahead(right_hand, left), slope) for slope in (0.0, 0.5, 1.0))
    assert larger(left, right_hand).scale == 100.0
    assert larger(left, Known(mpf(0), 100.0)).scale == 1.0
    assert not larger(exact(1.0), right_hand).sure
    assert larger(exact(1.0), Known(mpf(0), 1.0)).sure
    assert not right(ahead(exact(1.0), exact(1.0)), 1.0)
    assert ahead(left, left).value == 0.5
    assert not right(ahead(left, left), 1.0)


def test_an_output_that_may_be_its_target_has_no_loss_but_for_rounding_and_any_slope() -> None:
    value, slope = judged("absolute_error", Known(mpf(1), 1.0), ONE)
    assert right(value, 2e-16)
    assert not right(value, 1e-14)
    assert all(right(slope, number) for number in (-1.0, 0.0, 1.0))
    assert right(judged("half_squared_error", Known(mpf(1), 1.0), ONE)[0], 1e-32)


@pytest.mark.parametrize("loss", ["squared_error", "absolute_error", "binary_cross_entropy"])
def test_a_target_that_was_computed_may_be_rounded(loss: str) -> None:
    y, rough, shift = exact(0.25), Known(mpf(1) / 2, 1e6), mpf(10) ** -10 * 8
    moved = [judged(loss, y, Known(rough.value + shift, 1.0, True))[i] for i in (0, 1)]
    for known, other in zip(judged(loss, y, rough), moved, strict=True):
        assert right(known, float(other.value))
    sure = judged("binary_cross_entropy", y, exact(0.5))
    assert not any(right(known, float(known.value) + 1e-11) for known in sure)


def test_a_distribution_that_was_computed_may_be_rounded() -> None:
    row, share = [exact(0.3), exact(-20.0)], Known(mpf(1) / 2, 1e6)
    loss, slopes = cross_entropy(row, [exact(0.5), share])
    assert right(loss, float(loss.value) + 1e-10)
    assert right(slopes[0], float(slopes[0].value) + 1e-10)
    loss, slopes = cross_entropy(row, [exact(0.5), exact(0.5)])
    assert not right(loss, float(loss.value) + 1e-10)
    assert not right(slopes[0], float(slopes[0].value) + 1e-10)


@pytest.mark.parametrize(("y", "t"), [(1.5, 1.0), (-0.5, 0.0), (0.5, 1.5), (0.5, -0.5), (0.0, 1.0), (1.0, 0.0)])
def test_what_is_no_probability_or_none_that_could_be_has_no_cross_entropy(y: float, t: float) -> None:
    with pytest.raises(ArithmeticError):
        judged("binary_cross_entropy", exact(y), exact(t))


def test_a_probability_of_1_but_for_rounding_has_one() -> None:
    assert right(judged("binary_cross_entropy", Known(mpf(1) + RATHER_0.value, 1.0), ONE)[0], 0.0)
    with pytest.raises(ArithmeticError):
        judged("binary_cross_entropy", Known(mpf(1) + mpf(10) ** -10, 1.0), ONE)


def test_what_goes_into_a_softmax_is_as_rough_as_it_is() -> None:
    rough = [Known(mpf(1), 1e6), exact(1.0)]
    (p, _), moved = softened(rough), softened([exact(1.0 + 8e-10), exact(1.0)])
    loss, slopes = cross_entropy(rough, [ONE, exact(0.0)])
    other, turned = cross_entropy([exact(1.0 + 8e-10), exact(1.0)], [ONE, exact(0.0)])
    for known, number in ((p, moved[0]), (loss, other), (slopes[1], turned[1])):
        assert right(known, float(number.value))
        assert not right(known, float(number.value) * (1 + 1e-8))


def test_a_number_is_too_large_or_none_at_all() -> None:
    for number in (math.nan, math.inf, -math.inf):
        with pytest.raises(OverflowError, match="is no number"):
            exact(number)
    with pytest.raises(OverflowError):
        exact(1e308) * exact(1e308)
    assert right(exact(1e200) / exact(1e-100), 1e300)
    assert (Known(mpf(1), 1e200) * Known(mpf(1), 1e200)).scale < math.inf
    assert repr(exact(2.0)) == "Known(2.0, scale=2.0)"


@pytest.mark.parametrize("name", STEEPEST)
def test_no_slope_is_larger_than_at_the_place_that_is_said_to_be_the_steepest(name: str) -> None:
    slopes = [abs(FUNCTIONS[name].slope(mpf(x) / 64)) for x in range(-256, 257)]
    steepest = abs(FUNCTIONS[name].slope(mpf(STEEPEST[name])))
    assert max(slopes) <= steepest


def test_every_function_of_the_core_has_its_second_row() -> None:
    assert set(FUNCTIONS) == set(CORE)
