"""Round numbers, and the ticks that are made of them."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.parts.page import decades, round_index, round_number, ticks

RANGES = st.tuples(st.integers(-1000, 1000), st.integers(1, 1000), st.integers(-8, 8), st.floats(0.5, 2.0)).map(
    lambda parts: (parts[0] * parts[3] * 10.0 ** parts[2], (parts[0] + parts[1]) * parts[3] * 10.0 ** parts[2])
)


def is_round(value: float) -> bool:
    return f"{value:e}".partition("e")[0] in ("1.000000", "2.000000", "5.000000")


@given(value=st.floats(1e-300, 1e300))
def test_the_round_number_below_is_below_and_the_next_is_not(value: float) -> None:
    index = round_index(value)
    assert round_number(index) <= value < round_number(index + 1)


@given(index=st.integers(-60, 60))
def test_round_numbers_are_one_two_five_and_come_back(index: int) -> None:
    assert is_round(round_number(index))
    assert round_index(round_number(index)) == index
    assert round_number(index) < round_number(index + 1)


@pytest.mark.parametrize("value", [0.0, -1.0, math.inf, math.nan])
def test_what_no_round_number_is_below_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="positive and finite"):
        round_index(value)


@given(ends=RANGES, most=st.integers(2, 12))
def test_ticks_are_in_range_even_few_and_as_fine_as_may_be(ends: tuple[float, float], most: int) -> None:
    low, high = ends
    found = ticks(low, high, most)
    assert 1 <= len(found) <= most
    assert len(found) >= 2 or most < 5
    assert low <= found[0]
    assert found[-1] <= high
    if len(found) > 1:
        exact = [Fraction(repr(tick)) for tick in found]
        steps = {b - a for a, b in pairwise(exact)}
        assert len(steps) == 1
        (step,) = steps
        assert is_round(float(step))
        assert all(tick % step == 0 for tick in exact)
        finer = Fraction(repr(round_number(round_index(float(step)) - 1)))
        assert math.floor(Fraction(repr(high)) / finer) - math.ceil(Fraction(repr(low)) / finer) + 1 > most


@given(ends=RANGES, most=st.integers(2, 12))
def test_ticks_of_a_mirrored_range_are_mirrored_and_zero_is_exact(ends: tuple[float, float], most: int) -> None:
    low, high = ends
    assert ticks(-high, -low, most) == tuple(-tick for tick in reversed(ticks(low, high, most)))
    assert all(tick == 0.0 or abs(tick) > 1e-12 for tick in ticks(low, high, most))
    if high > 0.0 and -high / 2 <= 0.0:
        assert 0.0 in ticks(-high / 2, high, 5)


@given(low=st.floats(-300, 299), span=st.floats(0.01, 300), most=st.integers(2, 9))
def test_decades_are_whole_powers_in_range_with_one_stride(low: float, span: float, most: int) -> None:
    first, last = 10.0**low, 10.0 ** min(low + span, 305.0)
    found = decades(first, last, most)
    assert len(found) <= most
    powers = [round(math.log10(value)) for value in found]
    assert [float(f"1e{power}") for power in powers] == list(found)
    assert all(first <= value <= last for value in found)
    strides = {b - a for a, b in pairwise(powers)}
    assert len(strides) <= 1
    if found and 1.0 < first * 10 < last:
        inner = [k for k in range(-310, 310) if Fraction(repr(first)) <= Fraction(10) ** k <= Fraction(repr(last))]
        stride = next(s for s in range(1, 700) if len([k for k in inner if k % s == 0]) <= most)
        assert powers == [k for k in inner if k % stride == 0]


@pytest.mark.parametrize("ends", [(1.0, 1.0), (2.0, 1.0), (math.nan, 1.0), (0.0, math.inf)])
def test_a_range_that_is_none_is_refused(ends: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match=r"ticks need a range and two places|an axis of decades"):
        ticks(*ends)
    with pytest.raises(ValueError, match=r"ticks need a range and two places|an axis of decades"):
        decades(*ends)


def test_an_axis_of_decades_has_no_zero_and_no_axis_has_one_tick() -> None:
    with pytest.raises(ValueError, match="begins above 0"):
        decades(0.0, 1.0)
    with pytest.raises(ValueError, match="two places"):
        ticks(0.0, 1.0, 1)
