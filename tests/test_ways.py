"""Branches, stacks and the plus: a push along a bent way keeps its thickness; two that meet add, edge to edge."""

from __future__ import annotations

from typing import Final

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from quantity_cases import lies, places, quantity
from shape_cases import lengths, same, whole

from scenes.parts.measure import Scale
from scenes.parts.theme import HOLLOW, RING, Theme
from scenes.parts.things.branch import Branch, course
from scenes.parts.things.plus import Plus
from scenes.parts.things.stack import Stack
from studio.audit.things.branch import BRANCH
from studio.audit.things.plus import PLUS
from studio.audit.things.stack import STACK

THEME: Final = Theme.of("dark", {}, "Source Sans 3")
INK, SCALE = THEME.colour("gradient"), Scale("ribbon", 0.5)
ROOM: Final = {"lead": 0.5, "foot": 0.1, "rim": HOLLOW[0]}
ways = st.tuples(st.sampled_from([-1.0, 1.0]), st.floats(1.0, 4.0), st.one_of(st.just(0.0), st.floats(-3.0, 3.0)))
small = st.one_of(st.just(0.0), st.floats(-0.6, 0.6).filter(lambda v: abs(v) > 1e-9))
pushes = st.tuples(small, small)


def stacked(upper: float, lower: float, side: float = 1.0) -> tuple[dict[str, float], dict[str, float]]:
    """What a stack draws, and its sizes, with its ways on one side."""
    sizes = {"across": 2.4 * side, "upper": 1.5, "lower": -1.5, **ROOM, "fold": 1.1, "tail": 1.7}
    return {"upper": upper, "lower": lower, "sum": upper + lower}, sizes


def branch(push: float, place: tuple[float, float] = (0.0, 0.0)) -> Branch:
    return Branch(quantity(push), SCALE, origin=place, end=(-2.0, 1.2), lead=0.5, foot=0.3, theme=THEME, colour=INK)


def stack(upper: float, lower: float, total: float | None = None, place: tuple[float, float] = (0.0, 0.0)) -> Stack:
    numbers = [quantity(v) for v in (upper, lower, upper + lower if total is None else total)]
    how = {"lead": 0.5, "foot": 0.02, "fold": 1.1, "tail": 1.65}
    ends = {"upper": (2.2, 1.4), "lower": (2.2, -1.4)}
    return Stack(numbers, SCALE, origin=place, **ends, **how, theme=THEME, colour=INK)


# -- branches ---------------------------------------------------------------------------------------------------------


@given(push=lengths, way=ways)
def test_both_sides_say_the_same_branch_and_its_number_is_read_back(
    push: float, way: tuple[float, float, float]
) -> None:
    side, across, rise = way
    sizes = {"across": side * across, "rise": rise, **ROOM}
    shapes = Branch.shapes({"push": push}, sizes)
    assert whole(shapes)
    assert same(shapes, BRANCH.shapes({"push": push}, sizes))
    assert Branch.read(shapes, sizes)["push"] == pytest.approx(push, rel=1e-9, abs=1e-12)


@given(way=ways)
def test_a_way_is_level_at_both_ends_and_its_width_is_measured_across_it(way: tuple[float, float, float]) -> None:
    side, across, rise = way
    middle, over = course((0.0, 0.0), (side * across, rise), lead=0.5, foot=0.1)
    assert np.hypot(*over.T) == pytest.approx(1.0)
    assert over[[0, -1]].tolist() == pytest.approx(np.array([[0.0, 1.0], [0.0, 1.0]]))
    mean = (over[1:] + over[:-1]) / 2  # a chord of an arc lies across the mean of its ends' directions
    assert np.einsum("ij,ij->i", np.diff(middle, axis=0), mean) == pytest.approx(0.0, abs=1e-9)
    assert (np.diff(middle[:, 0]) * side >= -1e-9).all()


@given(push=st.floats(-1e3, 1e3), place=places)
def test_a_branch_stands_where_it_is_put_and_shows_its_number(push: float, place: tuple[float, float]) -> None:
    shown = branch(push, place)
    assert shown.fault() is None
    assert shown.reading().value == pytest.approx(push, abs=1e-6)


@pytest.mark.parametrize("push", [0.6, -0.3])
def test_every_change_of_a_branch_is_a_fault(push: float) -> None:
    for what, lie in lies(branch(push)):
        assert lie.fault() is not None, what
    thick = branch(push)
    for piece, points in zip(thick.submobjects, branch(push * 1.02).outlines(), strict=True):
        piece.points = points
    assert thick.fault() is not None


@pytest.mark.parametrize("share", [0.0, 0.3, 0.8, 1.0])
def test_a_branch_is_poured_from_its_node_and_then_is_whole(share: float) -> None:
    shown = branch(0.6, (1.0, 2.0))
    for piece, outline in zip(shown.submobjects, shown.unfolded(share), strict=True):
        piece.points = outline
    points = np.concatenate([piece.points for piece in shown.submobjects])
    assert bool(len(points)) == (share > 0)
    assert (shown.fault() is None) == (share == 1.0)


# -- stacks -----------------------------------------------------------------------------------------------------------


@given(both=pushes, side=st.sampled_from([-1.0, 1.0]))
def test_both_sides_say_the_same_stack_and_its_numbers_are_read_back(both: tuple[float, float], side: float) -> None:
    drawn, sizes = stacked(*both, side)
    shapes = Stack.shapes(drawn, sizes)
    assert whole(shapes)
    assert same(shapes, STACK.shapes(drawn, sizes))
    assert Stack.read(shapes, sizes) == pytest.approx(drawn, abs=1e-9)


def edges(upper: float, lower: float) -> tuple[float, float, float, float]:
    """Top and bottom of both bands at the node, the upper one first."""
    drawn, sizes = stacked(upper, lower)
    wash, ink, *_ = Stack.shapes(drawn, sizes)
    points = np.concatenate([wash, ink])
    lead = points[np.abs(points[:, 0] - sizes["lead"]) < 1e-6, 1]
    seam = (abs(lower) - abs(upper)) / 2
    over, under = lead[lead >= seam - 1e-6], lead[lead <= seam + 1e-6]
    return float(over.max()), float(over.min()), float(under.max()), float(under.min())


@pytest.mark.parametrize("both", [(0.5, 0.28), (0.1, 0.4), (-0.3, -0.2), (0.5, -0.4), (-0.2, 0.6)])
def test_at_the_node_they_lie_edge_to_edge_the_upper_one_above(both: tuple[float, float]) -> None:
    top, one, other, bottom = edges(*both)
    assert one == pytest.approx(other)
    assert top - one == pytest.approx(abs(both[0]))
    assert other - bottom == pytest.approx(abs(both[1]))
    assert top == pytest.approx(-bottom)


@pytest.mark.parametrize("both", [(0.5, -0.4), (-0.2, 0.6), (0.3, -0.5), (0.4, -0.4)])
def test_of_two_signs_the_smaller_slides_over_the_larger_and_both_waste_away_to_their_sum(
    both: tuple[float, float],
) -> None:
    drawn, sizes = stacked(*both)
    wash, ink, over_wash, over_ink, *_ = Stack.shapes(drawn, sizes)
    below, smaller = np.concatenate([ink, wash]), min(both[::-1], key=abs)
    assert bool(len(over_wash)) == (smaller < 0)
    over, was = np.concatenate([over_wash, over_ink]), None
    for x in (0.0, *(-sizes["fold"] * share for share in (0.25, 0.5, 0.75))):
        low, high, least, most = (
            f(part[np.abs(part[:, 0] - x) < 1e-9, 1]) for part in (below, over) for f in (min, max)
        )
        assert high - low - (most - least) == pytest.approx(abs(sum(both)))  # what sticks out is the sum
        assert low == pytest.approx(least) or high == pytest.approx(most)  # edge to edge
        assert low == pytest.approx(-high)
        assert was is None or most - least < was
        was = most - least
    tail = below[np.abs(below[:, 0] + sizes["tail"]) < 1e-9, 1]
    assert float(np.ptp(tail) if len(tail) else 0.0) == pytest.approx(abs(sum(both)))


def test_of_a_sum_of_exactly_zero_a_ring_is_left_and_of_nothing_else() -> None:
    for both, ring in (((0.4, -0.4), True), ((0.0, 0.0), True), ((0.4, 0.0), False), ((0.4, -0.39), False)):
        *_, clear, drawn = Stack.shapes(*stacked(*both))
        assert bool(len(drawn)) == bool(len(clear)) == ring
        assert not ring or float(np.ptp(drawn[:, 1])) == pytest.approx(2 * RING[0])


@pytest.mark.parametrize("both", [(0.6, 0.4), (0.6, -0.4), (-0.3, -0.9)])
def test_every_change_of_a_stack_is_a_fault(both: tuple[float, float]) -> None:
    shown = stack(*both, place=(1.0, -0.5))
    assert shown.fault() is None
    for what, lie in lies(stack(*both)):
        assert lie.fault() is not None, what
    for other in (both[::-1], (-both[0], both[1]), (both[0] * 1.02, both[1])):  # order, sign, thickness
        lie = stack(*both)
        for piece, points in zip(lie.submobjects, stack(*other).outlines(), strict=True):
            piece.points = points
        assert lie.fault() is not None, other


@pytest.mark.parametrize("share", [0.0, 0.4, 0.8, 1.0])
def test_a_stack_is_poured_along_both_ways_to_the_node_and_beyond_it(share: float) -> None:
    shown = stack(0.6, -0.4)
    for piece, outline in zip(shown.submobjects, shown.unfolded(share), strict=True):
        piece.points = outline
    points = np.concatenate([piece.points for piece in shown.submobjects])
    assert bool(len(points)) == (share > 0)
    assert not len(points) or (points[:, 0].min() < -1e-9) == (share > 0.6)
    assert (shown.fault() is None) == (share == 1.0)


# -- the plus ---------------------------------------------------------------------------------------------------------


def test_both_sides_say_the_same_plus_and_every_change_of_it_is_a_fault() -> None:
    shown = Plus(quantity(1.0), origin=(1.0, 2.0), theme=THEME)
    assert shown.fault() is None
    assert same([p.points - shown.origin for p in shown.submobjects], PLUS.figure(shown.sizes))
    for what, lie in lies(Plus(quantity(1.0), origin=(1.0, 2.0), theme=THEME)):
        assert lie.fault() is not None or what == "turned round", what
