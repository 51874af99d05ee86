"""The function gear: its ratio is the core's derivative, its turn the core's value, and its teeth fit all the way."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pytest
from gear_cases import area, crosses_itself, inside, overlap, turned
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core import FUNCTIONS, CoreError
from scenes.parts.gears.drawable import LARGEST_ANGLE, LARGEST_TILT, NotDrawable, k_range
from scenes.parts.gears.function_gear import FunctionGear, fitting_k

FORTY = math.radians(40)
EVERYWHERE = sorted(set(FUNCTIONS) - {"log", "sqrt", "reciprocal"})
"""Functions that are defined for every number."""


class Piece(NamedTuple):
    """A function on an interval."""

    function: str
    low: float
    high: float


@st.composite
def pieces(draw: st.DrawFn) -> Piece:
    """Any core function on any interval that can be drawn, or on the part of it that a refusal names."""
    low = draw(st.floats(-2.5, 2.5))
    piece = Piece(draw(st.sampled_from(EVERYWHERE)), low, low + draw(st.floats(0.5, 3.0)))
    try:
        fitting_k(*piece)
    except NotDrawable as refused:
        assume(refused.ends is not None and refused.ends[1] - refused.ends[0] > 0.3)
        piece = Piece(piece.function, *refused.ends)  # type: ignore[misc]
    return piece


LESSON = [Piece("tanh", -1.5, 1.5), Piece("square", 0.5, 2.0), Piece("sin", -1.2, 1.2), Piece("cos", 0.35, 2.7)]


def drawn(piece: Piece, k: float | None = None) -> FunctionGear:
    return FunctionGear(*piece, k=k or fitting_k(*piece), centre_distance=3.0)


def points_of(pair: FunctionGear, n: int) -> NDArray[np.float64]:
    return np.linspace(pair.low, pair.high, n)


def bodies(pair: FunctionGear, x: float, extra: float = 0.0) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Both outlines in their places at x, the driven turned by so much more."""
    return (
        turned(pair.driver_outline(), float(pair.driver_angle(x))),
        turned(pair.driven_outline(), float(pair.driven_angle(x)) + extra, (pair.centre_distance, 0.0)),
    )


def tooth_area(pair: FunctionGear) -> float:
    """Area of one wave above the line through its valleys."""
    return pair.tooth_height * pair.total_arc / pair.teeth


@given(pieces(), st.floats(0, 1))
def test_the_ratio_of_the_radii_is_the_derivative_of_the_core(piece: Piece, at: float) -> None:
    pair = drawn(piece)
    x = pair.low + at * (pair.high - pair.low)
    near, far = pair.instantaneous_radii(x)
    slope = abs(float(FUNCTIONS[piece.function].derivative(np.float64(x))))
    assert near / far == pytest.approx(slope, rel=1e-12)
    assert near + far == pytest.approx(3.0, rel=1e-12)
    assert pair.ratio(x) == slope
    assert pair.contact(x) == pytest.approx([near, 0.0])


@given(pieces(), st.lists(st.floats(0, 1), min_size=1, max_size=5))
def test_after_any_moves_the_shafts_stand_at_k_times_what_the_core_says(piece: Piece, moves: list[float]) -> None:
    pair = drawn(piece)
    value = FUNCTIONS[piece.function].value
    for at in moves:
        x = pair.low + at * (pair.high - pair.low)
        assert pair.driver_angle(x) == pair.k * (x - pair.low)
        moved = float(value(np.float64(x))) - float(value(np.float64(pair.low)))
        assert pair.driven_angle(x) == -pair.k * abs(moved)


@settings(max_examples=40)
@given(pieces())
def test_equal_arcs_roll_off_both_curves(piece: Piece) -> None:
    """Lengths of fine chords, from the points alone; a chord is short of its arc by some 1e-8."""
    pair = drawn(piece)
    chords = [np.hypot(*np.diff(curve, axis=0).T) for curve in (pair.driver_pitch(8001), pair.driven_pitch(8001))]
    arcs = [np.cumsum(lengths) for lengths in chords]
    assert np.abs(arcs[0] - arcs[1]).max() < 1e-7 * pair.total_arc
    even = np.arange(1, 8001) * pair.total_arc / 8000
    assert np.abs(arcs[0] - even).max() < 1e-6 * pair.total_arc
    assert float(pair.arc_length(pair.high)) == pytest.approx(arcs[1][-1], rel=1e-6)


@settings(max_examples=40)
@given(pieces(), st.floats(0.01, 0.99))
def test_both_pitch_curves_touch_at_the_contact_with_one_tangent(piece: Piece, at: float) -> None:
    pair = drawn(piece)
    x = pair.low + at * (pair.high - pair.low)
    directions = []
    for curve, angle, hub in (
        (pair.driver_pitch(6001), pair.driver_angle(x), (0.0, 0.0)),
        (pair.driven_pitch(6001), pair.driven_angle(x), (3.0, 0.0)),
    ):
        placed = turned(curve, float(angle), hub)
        away = np.hypot(*(placed - pair.contact(x)).T)
        nearest = int(np.clip(away.argmin(), 1, len(placed) - 2))
        assert away[nearest] <= 0.51 * pair.total_arc / 6000
        along = placed[nearest + 1] - placed[nearest - 1]
        directions.append(math.atan2(-along[0], -along[1]))  # both run downward past the contact
    assert directions[0] == pytest.approx(directions[1], abs=3e-3)
    assert -directions[0] == pytest.approx(float(pair.tilt(x)), abs=3e-3)


def test_the_circular_pair_of_this_instant_crosses_the_curves_of_tanh_at_52_degrees() -> None:
    pair = FunctionGear("tanh", -1.5, 1.5, k=1.9)
    crossing = math.atan(abs(math.tan(float(pair.tilt(1.2)))) * pair.k)  # as k = 1 would have it
    assert round(math.degrees(crossing)) == 52


def test_a_linear_rate_would_leave_the_driven_wrong_by_21_degrees() -> None:
    pair = FunctionGear("tanh", -1.5, 1.5, k=2.0)
    share = np.linspace(0, 1, 1001)
    off = pair.driven_angle(points_of(pair, 1001)) - share * pair.driven_angle(pair.high)
    assert round(math.degrees(np.abs(off).max())) == 21


@settings(max_examples=40)
@given(pieces())
def test_outlines_are_closed_counter_clockwise_and_never_cross_themselves(piece: Piece) -> None:
    pair = drawn(piece)
    for outline, hub in zip((pair.driver_outline(10), pair.driven_outline(10)), pair.hub_radii, strict=True):
        assert outline.dtype == np.float64
        assert not np.array_equal(outline[0], outline[-1])
        assert area(outline) > math.pi * hub**2
        assert not crosses_itself(outline)
        assert np.hypot(*outline.T).min() == pytest.approx(hub)


@settings(max_examples=40)
@given(pieces(), st.floats(0, 1))
@example(LESSON[0], 0.0)
@example(LESSON[0], 1.0)
def test_teeth_overlap_by_less_than_a_hundredth_of_one(piece: Piece, at: float) -> None:
    pair = drawn(piece)
    for x in (pair.low, pair.low + at * (pair.high - pair.low), pair.high):
        assert overlap(*bodies(pair, x), lines=1200) < 0.01 * tooth_area(pair)


@pytest.mark.parametrize("piece", LESSON, ids=lambda piece: piece.function)
def test_over_a_whole_sweep_the_teeth_of_the_lesson_hardly_overlap_at_all(piece: Piece) -> None:
    pair = drawn(piece)
    worst = max(overlap(*bodies(pair, x), lines=1200) for x in points_of(pair, 60))
    assert worst < 0.001 * tooth_area(pair)


@settings(max_examples=30)
@given(pieces(), st.floats(0, 1))
def test_teeth_leave_no_gap_beyond_their_play(piece: Piece, at: float) -> None:
    """Turned by a twelfth of a module either way, the driven strikes the driver."""
    pair = drawn(piece)
    pitch = pair.total_arc / pair.teeth
    assume(pair.teeth > 4)
    x = float(np.interp(1.5 * pitch + at * (pair.total_arc - 3 * pitch), pair.arc_length(points_of(pair, 999)),
                        points_of(pair, 999)))  # fmt: skip
    far = float(pair.instantaneous_radii(x)[1])
    for way in (1, -1):
        assert overlap(*bodies(pair, x, way * pitch / math.pi / 12 / far), lines=3000) > 0


@pytest.mark.parametrize("piece", LESSON, ids=lambda piece: piece.function)
def test_the_driven_is_what_the_driver_would_cut_out_of_it(piece: Piece) -> None:
    """The reference: a driver that rolls past cuts the conjugate teeth. Three of them, by points in a grid."""
    pair = drawn(piece)
    pitch, m = pair.total_arc / pair.teeth, pair.total_arc / pair.teeth / math.pi
    table = points_of(pair, 4001)
    sweep = np.interp(np.linspace(0.5, 0.5 + 6 * pitch / pair.total_arc, 120) - 3 * pitch / pair.total_arc,
                      pair.arc_length(table) / pair.total_arc, table)  # fmt: skip
    middle = np.interp(np.linspace(-1.5, 1.5, 75) * pitch + pair.total_arc / 2, pair.arc_length(table), table)
    radii = pair.instantaneous_radii(middle)[1][:, None] + np.linspace(-1.2, 1.2, 48) * m
    angles = np.repeat((math.pi - pair.driven_angle(middle))[:, None], 48, axis=1)
    grid = np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=-1).reshape(-1, 2)
    driver = pair.driver_outline()
    cut = np.zeros(len(grid), dtype=bool)
    for x in sweep:
        placed = turned(grid, float(pair.driven_angle(x)), (3.0, 0.0))
        close = np.hypot(*(placed - pair.contact(x)).T) < 2 * pitch
        cut[close] |= inside(turned(placed[close], -float(pair.driver_angle(x))), driver)
    solid = inside(grid, pair.driven_outline())
    cell = 3 * pitch / 74 * 2.4 * m / 47
    assert np.count_nonzero(cut & solid) * cell < 0.001 * 3 * tooth_area(pair)
    assert np.count_nonzero(~cut & ~solid) * cell < 0.05 * 3 * tooth_area(pair)
    assert np.count_nonzero(cut) > 1000


@given(pieces())
def test_the_k_that_fits_keeps_tilt_and_sectors_within_their_limits(piece: Piece) -> None:
    pair = drawn(piece)
    assert np.abs(pair.tilt(points_of(pair, 999))).max() <= FORTY * (1 + 1e-6)
    turns = [abs(float(angle)) for angle in (pair.driver_angle(pair.high), pair.driven_angle(pair.high))]
    assert max(turns) <= math.radians(345) * (1 + 1e-9)
    assert max(turns) >= math.pi / 2 - 1e-9


@given(pieces())
def test_a_smaller_k_would_tilt_too_far_and_is_answered_with_the_one_that_fits(piece: Piece) -> None:
    least, most = k_range(*piece)
    fits = fitting_k(*piece)
    assert least <= fits <= most * (1 + 1e-9)
    for wrong in (0.98 * least, 1.02 * most):
        with pytest.raises(NotDrawable, match=rf"with k = .*; k = {fits:.6g} fits$") as refused:
            drawn(piece, wrong or math.nan)
        assert drawn(piece, refused.value.k).k == fits


@given(st.sampled_from(EVERYWHERE), st.floats(-6, 6), st.floats(0.1, 12))
def test_what_cannot_be_drawn_is_refused_with_a_part_that_can(name: str, low: float, span: float) -> None:
    refusal = None
    try:
        fitting_k(name, low, low + span)
    except NotDrawable as refused:
        refusal = refused
    slopes = np.abs(FUNCTIONS[name].derivative(np.linspace(low, low + span, 500)))
    if refusal is None:
        assert 1 / 9 - 1e-9 <= slopes.min() <= slopes.max() <= 9 + 1e-9
    elif refusal.ends is None:
        assert str(refusal).endswith("take another interval")
    else:
        assert str(refusal).endswith(f"it can be drawn on {refusal.ends[0]:.6g} to {refusal.ends[1]:.6g}")
        assert low <= refusal.ends[0] < refusal.ends[1] <= low + span
        again = fitting_k(name, *refusal.ends)
        assert FunctionGear(name, *refusal.ends, k=again, centre_distance=3).k == again


@pytest.mark.parametrize(
    ("piece", "said"),
    [
        (Piece("relu", -1, 1), r"must stay within 1/9 and 9, of one sign; it can be drawn on \S+ to 1$"),
        (Piece("relu", -2, -1), "take another interval$"),
        (Piece("abs", -1, 1), "must stay within 1/9 and 9, of one sign; it can be drawn on"),
        (Piece("tanh", 1, -1), "must be finite and run upward"),
        (Piece("tanh", -1, math.inf), "must be finite and run upward"),
    ],
)
def test_refusals_say_what_is_wrong(piece: Piece, said: str) -> None:
    with pytest.raises(NotDrawable, match=said):
        fitting_k(*piece)


def test_teeth_too_coarse_for_the_smallest_radius_are_refused_with_those_that_fit() -> None:
    with pytest.raises(NotDrawable, match=r"module 0\.08 is too coarse .*; at most 0\.0\d+ fits$") as refused:
        FunctionGear("tanh", -1.5, 1.5, k=1.9, centre_distance=1.0)
    FunctionGear("tanh", -1.5, 1.5, k=1.9, centre_distance=1.0, gear_module=float(str(refused.value).split()[-2]))


def test_a_misspelt_function_is_answered_by_the_core() -> None:
    with pytest.raises(CoreError, match="did you mean 'tanh'"):
        fitting_k("tahn", -1, 1)


def test_the_limits_are_those_of_the_design() -> None:
    assert pytest.approx(FORTY) == LARGEST_TILT
    assert pytest.approx(math.radians(345)) == LARGEST_ANGLE
