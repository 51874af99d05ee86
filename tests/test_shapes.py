"""Outlines end exactly where they are said to end, at any length and in any direction."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.parts.things.shapes import arrow, disc, polygon, polyline, rectangle

Points = npt.NDArray[np.float64]
ORIGIN = np.zeros(3)

places = st.tuples(*[st.floats(-8, 8)] * 2).map(lambda p: np.array([*p, 0.0]))
turns = st.floats(-math.pi, math.pi).map(lambda a: np.array([math.cos(a), math.sin(a), 0.0]))
lengths = st.floats(1e-9, 20)
heads = st.floats(0.01, 1)


def along(points: Points, tail: Points, direction: Points) -> Points:
    """How far each point lies from the tail in a direction."""
    return np.asarray((points - tail) @ direction)


def across(points: Points, tail: Points, direction: Points) -> Points:
    """How far each point lies from the line through the tail, to its left."""
    return np.asarray((points - tail) @ np.array([-direction[1], direction[0], 0.0]))


def inside(point: Points, corners: Points) -> bool:
    """Whether a point lies in a convex polygon, its edge included up to rounding."""
    edges = np.roll(corners, -1, axis=0) - corners
    to_point = point - corners
    crossed = edges[:, 0] * to_point[:, 1] - edges[:, 1] * to_point[:, 0]
    return bool(np.all(crossed >= -1e-12) or np.all(crossed <= 1e-12))


def pieces(points: Points) -> Points:
    """The cubic Bezier pieces of an outline, shape (k, 4, 3)."""
    assert len(points) % 4 == 0
    return points.reshape(-1, 4, 3)


@given(tail=places, direction=turns, length=lengths, head=heads, filled=st.booleans())
def test_an_arrow_reaches_from_its_tail_to_its_tip_and_nowhere_else(
    tail: Points, direction: Points, length: float, head: float, filled: bool
) -> None:
    tip = tail + direction * length
    shaft, point = arrow(tail, tip, width=0.3 * head, head=head, filled=filled)
    reach = np.concatenate([along(shaft, tail, direction), along(point, tail, direction)])
    assert reach.min() == pytest.approx(0.0, abs=1e-12)
    assert reach.max() == pytest.approx(length, abs=1e-12)
    assert np.linalg.norm(point - tip, axis=1).min() < 1e-12
    np.testing.assert_allclose((shaft[0] + shaft[-5]) / 2, tail, atol=1e-12)


@given(tail=places, direction=turns, length=st.floats(1e-3, 20), head=heads, filled=st.booleans())
def test_an_arrow_is_the_same_on_both_sides_of_its_line(
    tail: Points, direction: Points, length: float, head: float, filled: bool
) -> None:
    for outline in arrow(tail, tail + direction * length, width=0.3 * head, head=head, filled=filled):
        aside = across(outline, tail, direction)
        assert aside.max() == pytest.approx(-aside.min(), abs=1e-12)


@given(direction=turns, length=lengths, head=heads)
def test_a_head_keeps_its_size_until_two_heads_make_the_arrow_and_then_shrinks_with_the_shaft(
    direction: Points, length: float, head: float
) -> None:
    shaft, point = arrow(ORIGIN, direction * length, width=0.3 * head, head=head, filled=True)
    size = min(head, length / 2)
    assert np.ptp(along(point, ORIGIN, direction)) == pytest.approx(size, abs=1e-12)
    assert np.ptp(across(point, ORIGIN, direction)) == pytest.approx(size, abs=1e-12)
    assert np.ptp(across(shaft, ORIGIN, direction)) == pytest.approx(0.3 * size, abs=1e-12)
    assert along(shaft, ORIGIN, direction).max() == pytest.approx(length - size, abs=1e-12)


@given(one=st.floats(0, 10), more=st.floats(1e-6, 10), filled=st.booleans())
def test_a_longer_arrow_has_no_smaller_head_and_a_longer_shaft(one: float, more: float, filled: bool) -> None:
    def extents(length: float) -> list[float]:
        tip = np.array([length, 0.0, 0.0])
        return [float(np.ptp(part[:, 0])) for part in arrow(ORIGIN, tip, width=0.08, head=0.26, filled=filled)]

    (shaft, head), (longer_shaft, larger_head) = extents(one), extents(one + more)
    assert longer_shaft > shaft
    assert larger_head >= head - 1e-12


@given(tail=places, direction=turns, length=st.floats(0.01, 20), head=heads)
def test_an_open_head_is_the_filled_head_with_a_hole_inside_it(
    tail: Points, direction: Points, length: float, head: float
) -> None:
    tip = tail + direction * length
    filled = arrow(tail, tip, width=0.3 * head, head=head, filled=True)
    hollow = arrow(tail, tip, width=0.3 * head, head=head, filled=False)
    np.testing.assert_array_equal(hollow[0], filled[0])
    np.testing.assert_array_equal(hollow[1][: len(filled[1])], filled[1])
    hole = hollow[1][len(filled[1]) :]
    corners = filled[1][::4]
    assert len(hole) == len(filled[1])
    assert all(inside(point, corners) for point in hole)
    rims = [np.abs(np.linalg.norm(hole - corner, axis=1)).min() for corner in corners]
    assert min(rims) > 0.05 * min(head, length / 2)
    assert signed_area(hole) * signed_area(filled[1]) < 0, "only a hole that runs the other way is left blank"


def signed_area(points: Points) -> float:
    """Area inside the straight lines through the points, positive anticlockwise."""
    x, y = points[:, 0], points[:, 1]
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y) / 2)


def test_an_arrow_of_no_length_is_a_point_and_never_nan() -> None:
    at = np.array([1.0, 2.0, 0.0])
    for outline in arrow(at, at, width=0.1, head=0.26, filled=True):
        np.testing.assert_array_equal(outline, np.broadcast_to(at, outline.shape))


@given(tail=places, direction=turns, length=st.floats(0, 1e-300), filled=st.booleans())
def test_an_arrow_shorter_than_can_be_drawn_is_finite(
    tail: Points, direction: Points, length: float, filled: bool
) -> None:
    for outline in arrow(tail, tail + direction * length, width=0.085, head=0.26, filled=filled):
        assert np.all(np.isfinite(outline))


@given(corners=st.lists(places, min_size=3, max_size=8))
def test_a_polygon_is_closed_and_passes_through_its_corners(corners: list[Points]) -> None:
    outline = polygon(corners)
    assert outline.shape == (4 * len(corners), 3)
    np.testing.assert_array_equal(outline[0], outline[-1])
    np.testing.assert_array_equal(pieces(outline)[:, 0], corners)


@given(corners=st.lists(places, min_size=2, max_size=8))
def test_a_polyline_has_no_gap_and_straight_pieces(corners: list[Points]) -> None:
    bends = pieces(polyline(corners))
    np.testing.assert_array_equal(bends[0, 0], corners[0])
    np.testing.assert_array_equal(bends[-1, 3], corners[-1])
    np.testing.assert_array_equal(bends[1:, 0], bends[:-1, 3])
    thirds = np.linspace(0, 1, 4)[None, :, None]
    np.testing.assert_allclose(bends, bends[:, :1] * (1 - thirds) + bends[:, 3:] * thirds, atol=1e-12)


@given(start=places, direction=turns, length=st.floats(0.01, 20), width=st.floats(0.01, 1))
def test_a_rectangle_is_as_long_and_as_wide_as_asked(
    start: Points, direction: Points, length: float, width: float
) -> None:
    outline = rectangle(start, start + direction * length, width)
    assert np.ptp(along(outline, start, direction)) == pytest.approx(length, abs=1e-12)
    assert np.ptp(across(outline, start, direction)) == pytest.approx(width, abs=1e-12)


def bezier(points: Points) -> Points:
    """Points on the curves themselves, not their handles, shape (n, 3)."""
    t = np.linspace(0, 1, 33)[:, None, None]
    a, b, c, d = (pieces(points)[None, :, i] for i in range(4))
    return np.asarray((1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t**2 * c + t**3 * d).reshape(-1, 3)


@given(centre=places, radius=st.floats(0.01, 2))
def test_a_disc_is_round_to_three_parts_in_ten_thousand_and_exact_at_its_four_ends(
    centre: Points, radius: float
) -> None:
    outline = disc(centre, radius)
    np.testing.assert_allclose(np.linalg.norm(bezier(outline) - centre, axis=1), radius, rtol=3e-4)
    assert outline.max(axis=0) == pytest.approx(centre + np.array([radius, radius, 0]), abs=1e-12)
    assert outline.min(axis=0) == pytest.approx(centre - np.array([radius, radius, 0]), abs=1e-12)
    np.testing.assert_allclose(outline[0], outline[-1], atol=1e-12)


@given(centre=places, radius=st.floats(0.01, 2), share=st.floats(0.1, 0.9))
def test_a_ring_is_a_disc_with_a_round_hole(centre: Points, radius: float, share: float) -> None:
    ring = disc(centre, radius, hole=radius * share)
    outer, hole = np.split(ring, 2)
    np.testing.assert_array_equal(outer, disc(centre, radius))
    np.testing.assert_allclose(np.linalg.norm(bezier(hole) - centre, axis=1), radius * share, rtol=3e-4)
    assert signed_area(outer) * signed_area(hole) < 0
