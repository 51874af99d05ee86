"""Dots and curves stand where their numbers belong, and can be read back to the number."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from manim import config
from quantity_cases import INK, ink, lies, moving, quantity

from scenes.parts.measure import Axis, Scale
from scenes.parts.stage.camera import StageCamera
from scenes.parts.theme import STROKES_PER_UNIT
from scenes.parts.things.plot import Curve, Dot

ranges = st.tuples(st.floats(-100, 100), st.floats(0.01, 100)).map(lambda r: (r[0], r[0] + r[1]))
ends = st.tuples(st.floats(-7, 7), st.floats(-4, 4)).map(lambda p: (*p, 0.0))
shares = st.floats(0, 1)


@st.composite
def axes(draw: st.DrawFn) -> Axis:
    """An axis of any range between any two points."""
    low, high = draw(ranges)
    start, end = draw(ends), draw(ends)
    assume(np.linalg.norm(np.subtract(start, end)) > 0.1)
    return Axis("x_range", low, high, start, end)


def across_and_up(low: float = -2.0, high: float = 2.0) -> tuple[Axis, Axis]:
    """The two axes of a plot."""
    x = Axis("x_range", low, high, (-3.0, 0.0, 0.0), (3.0, 0.0, 0.0))
    return x, Axis("value_range", low, high, (-3.0, -2.0, 0.0), (-3.0, 2.0, 0.0))


@given(axis=axes())
def test_an_axis_puts_its_ends_exactly_at_the_ends_of_its_range(axis: Axis) -> None:
    np.testing.assert_array_equal(axis.point(axis.low), axis.start)
    np.testing.assert_allclose(axis.point(axis.high), axis.end, atol=1e-12)
    np.testing.assert_allclose(axis.point(np.array([axis.low, axis.high])), [axis.start, axis.end], atol=1e-12)


@given(axis=axes(), one=shares, more=st.floats(1e-6, 1))
def test_a_larger_number_lies_further_along_its_axis(axis: Axis, one: float, more: float) -> None:
    span = axis.high - axis.low
    near, far = axis.point(axis.low + one * span), axis.point(axis.low + (one + more) * span)
    along = np.subtract(axis.end, axis.start)
    assert (far - near) @ along > 0


@given(per_unit=st.floats(1e-6, 1e6), value=st.floats(-1e6, 1e6))
def test_a_scale_draws_zero_as_nothing_and_both_signs_alike(per_unit: float, value: float) -> None:
    scale = Scale("scale", per_unit)
    assert scale.length(0.0) == 0.0
    assert scale.length(value) == scale.length(-value) >= 0
    assert scale.value(scale.length(value)) == pytest.approx(abs(value))


@given(axis=axes(), share=shares)
def test_what_is_read_off_a_dot_on_an_axis_is_its_number(axis: Axis, share: float) -> None:
    value = axis.low + share * (axis.high - axis.low)
    dot = Dot(quantity(value), axis, colour=INK)
    assert dot.reading().value == pytest.approx(value, abs=1e-9 * (abs(value) + axis.high - axis.low))
    assert dot.fault() is None
    assert np.all(np.isfinite(ink(dot)))


@given(x=st.floats(-2, 2), y=st.floats(-2, 2))
def test_a_dot_in_the_plane_lies_over_its_x_and_beside_its_y(x: float, y: float) -> None:
    x_axis, y_axis = across_and_up()
    dot = Dot(quantity(y), y_axis, across=(quantity(x), x_axis), colour=INK)
    centre = dot.reading().ends[0]
    assert centre == pytest.approx((1.5 * x, y), abs=1e-9)
    assert dot.reading().value == pytest.approx(y, abs=1e-9)
    assert dot.fault() is None


@given(value=st.floats(-2, 2), other=st.floats(-2, 2))
def test_a_dot_at_another_number_is_a_fault_and_so_is_a_dot_that_was_moved(value: float, other: float) -> None:
    assume(abs(value - other) > 1e-4)
    _, y_axis = across_and_up()
    dot, foreign = (Dot(quantity(v), y_axis, colour=INK) for v in (value, other))
    dot.submobjects[0].points = foreign.submobjects[0].points
    assert dot.fault() is not None
    assert foreign.fault() is None
    assert foreign.shift(np.array([0.0, 1e-3, 0.0])).fault() is not None


def test_a_dot_in_the_plane_that_was_moved_aside_is_a_fault() -> None:
    x_axis, y_axis = across_and_up()
    dot = Dot(quantity(1.0), y_axis, across=(quantity(1.0), x_axis), colour=INK)
    assert dot.shift(np.array([0.01, 0.0, 0.0])).fault() is not None


@given(start=st.floats(-2, 2), end=st.floats(-2, 2))
def test_a_dot_follows_a_moving_number_along_both_axes(start: float, end: float) -> None:
    assume(abs(start - end) > 1e-4)
    x_axis, y_axis = across_and_up()
    sweep = moving(start)
    dot = Dot(sweep["q"], y_axis, across=(sweep["q"], x_axis), colour=INK)
    sweep.x = end
    assert dot.fault() is not None
    dot.draw()
    assert dot.fault() is None
    assert dot.reading().ends[0] == pytest.approx((1.5 * end, end), abs=1e-9)


@given(data=st.lists(st.floats(-2, 2), min_size=2, max_size=40))
def test_a_curve_passes_through_every_computed_point_and_ends_at_the_last(data: list[float]) -> None:
    x_axis, y_axis = across_and_up()
    xs, ys = np.linspace(-2, 2, len(data)), np.array(data)
    curve = Curve(quantity(ys), y_axis, quantity(xs), x_axis, colour=INK)
    points = curve.submobjects[0].points
    corners = np.concatenate([points[::4], points[-1:]])
    np.testing.assert_allclose(corners, np.stack([1.5 * xs, ys, 0 * xs], axis=1), atol=1e-9)
    assert curve.reading().ends == (
        pytest.approx((-3.0, ys[0]), abs=1e-9),
        pytest.approx((3.0, ys[-1]), abs=1e-9),
    )
    assert curve.fault() is None


def test_a_curve_of_narrow_waves_reaches_no_higher_than_its_numbers() -> None:
    x_axis, y_axis = across_and_up()
    xs = np.linspace(-2, 2, 241)
    curve = Curve(quantity(np.cos(30 * xs)), y_axis, quantity(xs), x_axis, colour=INK, stroke=8.0)
    camera = StageCamera()
    camera.show([*curve.submobjects])
    rows = np.flatnonzero((camera.pixel_array[..., :3] > 64).any(axis=(1, 2)))
    high = (camera.pixel_height / 2 - rows[0]) * config.frame_height / camera.pixel_height
    assert 1.0 < high < 1.0 + 0.5 * 8.0 / STROKES_PER_UNIT + 1.5 * config.frame_height / camera.pixel_height


@given(at=st.floats(-2, 2))
def test_a_growing_curve_reaches_exactly_to_the_moving_dot_and_not_beyond(at: float) -> None:
    x_axis, y_axis = across_and_up()
    xs = np.linspace(-2, 2, 41)
    sweep = moving(2.0)
    live = sweep["q"], sweep["q"]
    curve = Curve(quantity(xs), y_axis, quantity(xs), x_axis, colour=INK, until=live)
    assert len(ink(curve)) == 0, "nothing has been swept yet"
    sweep.x = at
    curve.draw()
    assert curve.fault() is None
    if at >= 2:
        return
    drawn = ink(curve)
    tip, root = np.array(curve.reading().ends)
    assert tip == pytest.approx((1.5 * at, at), abs=1e-9)
    assert root == pytest.approx((3.0, 2.0), abs=1e-9)
    assert drawn[:, 0].min() == pytest.approx(1.5 * at, abs=1e-9)
    assert np.all(np.diff(drawn[:, 0]) >= -1e-9), "the line never runs back over itself"


@given(point=st.integers(0, 40), by=st.floats(1e-4, 1))
def test_a_curve_with_one_point_elsewhere_is_a_fault(point: int, by: float) -> None:
    x_axis, y_axis = across_and_up()
    xs = np.linspace(-2, 2, 41)
    honest, bent = xs**2 / 2, xs**2 / 2 + by * (np.arange(41) == point)
    curve, lie = (Curve(quantity(ys), y_axis, quantity(xs), x_axis, colour=INK) for ys in (honest, bent))
    curve.submobjects[0].points = lie.submobjects[0].points
    assert curve.fault() == "its outline is not the one that its value gives"


def test_a_curve_that_was_moved_away_from_its_axes_is_a_fault() -> None:
    x_axis, y_axis = across_and_up()
    xs = np.linspace(-2, 2, 41)
    curve = Curve(quantity(xs), y_axis, quantity(xs), x_axis, colour=INK)
    assert curve.shift(np.array([0.0, 0.5, 0.0])).fault() is not None


def test_every_change_of_shape_of_what_is_plotted_is_a_fault() -> None:
    x_axis, y_axis = across_and_up()
    xs = np.linspace(-2, 2, 41)
    shown = [
        Dot(quantity(1.0), y_axis, colour=INK),
        Curve(quantity(np.sin(xs)), y_axis, quantity(xs), x_axis, colour=INK),
    ]
    for thing in shown:
        for lie, changed in lies(thing):
            if isinstance(thing, Dot) and lie == "turned":
                continue  # a disc turned about its middle is the same disc
            assert changed.fault() is not None, f"{thing.kind} {lie}"
