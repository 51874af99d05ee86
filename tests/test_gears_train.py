"""The train: radii are gradients, meshes turn by local derivatives, teeth mesh over the whole move."""

from __future__ import annotations

import math

import numpy as np
import pytest
from gear_cases import Chain, area, chains, overlap, turned, worked_example
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from scenes.parts.gears.rim import count_at
from scenes.parts.gears.rows import SEEN
from scenes.parts.gears.train import FEWEST_TEETH, DoesNotFit, Train, Wheel, lay_out, roll_out
from scenes.parts.theme import RING, SPECK

TABLE = {  # GEARS.md: centre and radius of every wheel of the worked example
    "centre": [-5.570, -4.609, -3.724, -2.840, -1.080, 1.756, 4.681],
    "radius": [0.461, 0.5, 0.384, 0.5, 1.260, 1.575, 1.350],
    "kind": ["gear", "idler", "gear", "idler", "gear", "gear", "gear"],
}
TENTH = 0.1
IN_STEP = 0.015  # drift, in teeth, up to which the play and the form of the teeth hide it


def fitted(chain: Chain, scale: float = 1.0, **room: float) -> Train:
    """The train at this scale or, if it does not fit, at the one that the refusal names."""
    try:
        return lay_out(chain.deltas, chain.locals, scale, **room)  # type: ignore[arg-type]
    except DoesNotFit as refused:
        room["idler_radius"] = refused.idler_radius
        return lay_out(chain.deltas, chain.locals, refused.scale, **room)  # type: ignore[arg-type]


def largest_move(train: Train, chain: Chain, part: float) -> NDArray[np.float64]:
    """Turns of all shafts, as the network's linear picture has them, of which the largest of a gear is `part`.

    Nothing moves if no gear follows x: everything in front of a flat step is free.
    """
    ahead = np.cumprod([1.0, *chain.locals])
    geared = [abs(ahead[w.node]) for w in train.wheels if w.kind == "gear" and w.node is not None]
    most = max(geared, default=0.0)
    return ahead * part * 2 * math.pi / most if most > 1e-6 else 0 * ahead


def common_area(train: Train, turns: NDArray[np.float64], a: int, b: int) -> float:
    """Overlap of two wheels after these turns."""
    angles = train.angles(turns)
    return overlap(*[turned(train.outline(train.wheels[i]), angles[i], train.wheels[i].centre) for i in (a, b)])


def apart(a: Wheel, b: Wheel) -> float:
    return math.dist(a.centre, b.centre)


def test_the_worked_example_stands_where_the_table_has_it() -> None:
    chain = worked_example()
    train = lay_out(chain.deltas, chain.locals, 1.35)
    assert [f"{wheel.centre[0]:.3f}" for wheel in train.wheels] == [f"{x:.3f}" for x in TABLE["centre"]]
    assert [f"{wheel.pitch_radius:.3f}" for wheel in train.wheels] == [f"{r:.3f}" for r in TABLE["radius"]]
    assert [wheel.kind for wheel in train.wheels] == TABLE["kind"]
    assert [wheel.sense for wheel in train.wheels] == [1, -1, 1, -1, 1, -1, 1]
    assert {wheel.centre[1] for wheel in train.wheels} == {0.0}
    ends = train.wheels[0], train.wheels[-1]
    assert f"{apart(*ends) + sum(wheel.pitch_radius for wheel in ends):.2f}" == "12.06"


@given(chains(), st.floats(0.2, 2))
def test_radii_are_gradients_and_ratios_local_derivatives(chain: Chain, scale: float) -> None:
    train = fitted(chain, scale)
    for node, delta in enumerate(chain.deltas):
        assert train.wheel_of(node).pitch_radius == pytest.approx(train.scale * abs(delta), rel=1e-12, abs=0)
    for node, slope in enumerate(chain.locals):
        front, back = train.wheel_of(node), train.wheel_of(node + 1)
        if front.pitch_radius > 1e-290 and back.pitch_radius > 1e-290:
            assert front.pitch_radius / back.pitch_radius == pytest.approx(abs(slope), rel=1e-12)


@given(chains())
def test_one_push_at_the_end_is_felt_through_the_lever_arms_as_every_delta(chain: Chain) -> None:
    """Force equals torque / arm at every contact; an idler turns freely, so both its forces are alike."""
    train = fitted(chain)
    torque: dict[int, float] = {len(train.wheels) - 1: chain.deltas[-1]}
    for a, b in reversed(train.contacts):
        front, back = train.wheels[a], train.wheels[b]
        torque[a] = -torque[b] * front.pitch_radius / back.pitch_radius
    for i, felt in torque.items():
        wheel = train.wheels[i]
        if wheel.node is not None:
            assert felt == pytest.approx(chain.deltas[wheel.node], rel=1e-11)
            assert np.sign(felt) == wheel.sense


@given(chains())
def test_wheels_that_follow_each_other_touch_and_no_others_do(chain: Chain) -> None:
    train = fitted(chain)
    rolling = set(train.contacts)
    for i, front in enumerate(train.wheels):
        for j, back in enumerate(train.wheels[i + 1 :], start=i + 1):
            between = apart(front, back) - front.pitch_radius - back.pitch_radius
            unseen = {front.kind, back.kind} == {"dot"} and max(front.pitch_radius, back.pitch_radius) < 1.5 * SEEN
            if (i, j) in rolling and not unseen:
                assert between == pytest.approx(0, abs=1e-9)
            else:
                assert between > -1e-9
            assert SEEN == SPECK
            if unseen and (i, j) in rolling and max(front.pitch_radius, back.pitch_radius) < SEEN:
                assert apart(front, back) > 2 * RING[0]
    assert {wheel.node for wheel in train.wheels} - {None} == set(range(len(chain.deltas)))


@given(chains(), st.floats(7, 14), st.floats(2, 7), st.integers(1, 2))
def test_all_wheels_stay_within_the_room_or_the_refusal_names_what_fits(
    chain: Chain, width: float, height: float, rows: int
) -> None:
    room = {"width": width, "height": height, "rows": rows, "centre": (0.5, -0.25)}
    train = fitted(chain, 2.0, **room)  # type: ignore[arg-type]
    for wheel in train.wheels:
        assert abs(wheel.centre[0] - 0.5) + wheel.pitch_radius <= width / 2 + 1e-9
        tip = train.tooth(wheel).tip_radius if wheel.teeth else wheel.pitch_radius
        assert abs(wheel.centre[1] + 0.25) + tip <= height / 2 + 1e-9
        assert rows == 2 or wheel.centre[1] == -0.25


def test_the_scale_that_a_refusal_names_is_the_largest_of_three_digits() -> None:
    chain = worked_example()
    with pytest.raises(
        DoesNotFit, match=r"does not fit on one line within 10 by 6 at scale 1.35; scale 1\.\d+ does$"
    ) as refused:
        lay_out(chain.deltas, chain.locals, 1.35, width=10.0, rows=1)
    named = refused.value.scale
    assert named == math.floor((10 - 2) / (2 * np.abs(chain.deltas).sum()) * 100) / 100
    assert isinstance(refused.value, ValueError)


def test_idlers_that_are_too_many_for_any_scale_are_answered_with_a_smaller_idler() -> None:
    with pytest.raises(DoesNotFit, match=r"scale \S+ does with idlers of radius 0\.\d+, not 0.5") as refused:
        lay_out([0.9**k for k in range(40)][::-1], [0.9] * 39, 1.0)
    again = lay_out(
        [0.9**k for k in range(40)][::-1], [0.9] * 39, refused.value.scale, idler_radius=refused.value.idler_radius
    )
    assert len(again.wheels) == 79


@settings(max_examples=30)
@given(chains(), st.floats(-1 / 3, 1 / 3))
@example(worked_example(), 1 / 3)
def test_turns_of_the_linear_picture_keep_all_rims_at_one_speed(chain: Chain, part: float) -> None:
    train = fitted(chain)
    turns = largest_move(train, chain, part)
    moved = train.angles(turns) - train.angles(0 * turns)
    for a, b in train.contacts:
        rims = [moved[i] * train.wheels[i].pitch_radius for i in (a, b)]
        assert rims[0] == pytest.approx(-rims[1], rel=1e-9, abs=1e-12)


@given(chains(), st.lists(st.floats(-9, 9), min_size=1, max_size=6))
def test_every_shaft_stands_exactly_where_its_quantity_has_it_after_any_moves(chain: Chain, moves: list[float]) -> None:
    train = fitted(chain)
    for move in [*moves, 0.0]:
        turns = move * np.arange(1, len(chain.deltas) + 1)
        for wheel, angle in zip(train.wheels, train.angles(turns), strict=True):
            if wheel.node is not None:
                assert angle == wheel.rest_angle + turns[wheel.node]
            if move == 0:
                assert angle == wheel.rest_angle


def test_angles_of_a_whole_film_come_at_once() -> None:
    chain = worked_example()
    train = lay_out(chain.deltas, chain.locals, 1.35)
    frames = np.random.default_rng(1).normal(size=(30, 5))
    assert np.array_equal(train.angles(frames)[17], train.angles(frames[17]))


@pytest.mark.parametrize("way", [1, -1])
def test_the_worked_example_keeps_step_over_a_third_of_a_turn_the_way_that_was_said(way: int) -> None:
    chain = worked_example()
    train = lay_out(chain.deltas, chain.locals, 1.35, way=way)
    for part in np.linspace(0, 1 / 3, 9):
        turns = largest_move(train, chain, way * part)
        assert np.abs(train.drift(turns)).max() < TENTH / 50
        for a, b in train.meshes:
            assert common_area(train, turns, a, b) == 0


def test_the_worked_example_keeps_step_within_a_twentieth_of_a_tooth_over_a_third_of_a_turn_either_way() -> None:
    chain = worked_example()
    train = lay_out(chain.deltas, chain.locals, 1.35)
    for part in np.linspace(-1 / 3, 1 / 3, 41):
        assert np.abs(train.drift(largest_move(train, chain, part))).max() < TENTH / 2


@given(chains(), st.floats(-1, 1), st.integers(-1, 1))
def test_drift_stays_below_a_tenth_for_an_eighth_of_a_turn_and_whatever_way_was_said(
    chain: Chain, share: float, way: int
) -> None:
    train = fitted(chain, 1.35, way=way)
    part = share / 8 if way == 0 else way * abs(share) / 8
    assert np.abs(train.drift(largest_move(train, chain, part))).max(initial=0) < TENTH


@given(chains(), st.floats(-1 / 3, 1 / 3))
def test_drift_is_at_least_what_the_teeth_at_the_line_of_centres_are_out_of_step(chain: Chain, part: float) -> None:
    """Counted again from the outlines' own directions, without knowing which tooth is which."""
    train = fitted(chain)
    turns = largest_move(train, chain, part)
    angles = train.angles(turns)
    for (a, b), drift in zip(train.meshes, train.drift(turns), strict=True):
        front, back = train.wheels[a], train.wheels[b]
        towards = math.atan2(back.centre[1] - front.centre[1], back.centre[0] - front.centre[0])
        seen = count_at(front.tooth_angles, towards - angles[a]) + count_at(
            back.tooth_angles, towards + math.pi - angles[b]
        )
        assert abs(seen % 1 - 0.5) <= abs(drift) + 1e-9


def test_rims_that_run_apart_by_one_tooth_have_drifted_by_one() -> None:
    train = lay_out([-0.5, 1.0], [-0.5], 1.0)
    pitch = 2 * math.pi / train.wheels[0].teeth
    assert train.drift([pitch, 0.0]) == pytest.approx([-1])
    assert train.drift([0.0, 0.5 * 2 * math.pi / train.wheels[1].teeth]) == pytest.approx([-0.5])


@settings(max_examples=40)
@given(chains(), st.floats(-1 / 12, 1 / 12))
def test_teeth_overlap_by_less_than_a_hundredth_of_one_over_a_twelfth_of_a_turn(chain: Chain, part: float) -> None:
    train = fitted(chain, 1.35)
    turns = largest_move(train, chain, part)
    for a, b in train.meshes:
        assert common_area(train, turns, a, b) < 0.01 * tooth_area(train, train.wheels[a])


@settings(max_examples=40)
@given(chains(), st.floats(-1 / 3, 1 / 3))
@example(worked_example(), 0.25)
@example(worked_example(), -0.25)
def test_however_far_they_turn_teeth_in_step_overlap_by_less_than_a_hundredth_of_one(chain: Chain, part: float) -> None:
    train = fitted(chain)
    turns = largest_move(train, chain, part)
    for (a, b), drift in zip(train.meshes, train.drift(turns), strict=True):
        if abs(drift) < IN_STEP:
            assert common_area(train, turns, a, b) < 0.01 * tooth_area(train, train.wheels[a])


@settings(max_examples=25)
@given(chains(), st.floats(-1 / 6, 1 / 6))
@example(worked_example(), 1 / 6)
def test_teeth_in_step_leave_no_gap_beyond_their_play(chain: Chain, part: float) -> None:
    """Turned by its play and as much again as the step may be out, each wheel strikes the next, either way."""
    train = fitted(chain)
    turns = largest_move(train, chain, part)
    angles = train.angles(turns)
    for (a, b), drift in zip(train.meshes, train.drift(turns), strict=True):
        if abs(drift) < IN_STEP:
            front, back = train.wheels[a], train.wheels[b]
            still = turned(train.outline(front, 20), angles[a], front.centre)
            play = (0.05 / 2 * 1.5 + math.pi * IN_STEP) * train.gear_module / back.pitch_radius
            for way in (play, -play):
                assert overlap(still, turned(train.outline(back, 20), angles[b] + way, back.centre)) > 0


def tooth_area(train: Train, wheel: Wheel) -> float:
    root = train.tooth(wheel).root_radius
    return (area(train.outline(wheel, 20)) - math.pi * root**2) / wheel.teeth


@given(chains())
def test_teeth_are_whole_and_nearly_evenly_spaced(chain: Chain) -> None:
    train = fitted(chain)
    for wheel in train.wheels:
        assert len(wheel.tooth_angles) == wheel.teeth
        if wheel.teeth:
            room = 2 * wheel.pitch_radius / train.gear_module
            assert abs(wheel.teeth - room) <= 0.5
            steps = np.diff([*wheel.tooth_angles, 2 * math.pi]) * wheel.pitch_radius / (math.pi * train.gear_module)
            assert 0.75 < steps.min() <= steps.max() < 1.25
            assert wheel.tooth_angles[0] == 0


@given(chains(), st.floats(0.03, 0.1))
def test_a_gear_has_teeth_unless_it_is_too_small_and_a_hub_without_gradient_meshes_with_nothing(
    chain: Chain, module: float
) -> None:
    train = fitted(chain, gear_module=module)
    assert 0.8 * module - 1e-12 <= train.gear_module <= module
    for i, wheel in enumerate(train.wheels):
        if wheel.kind == "idler":
            assert wheel.teeth or not {train.wheels[i - 1].kind, train.wheels[i + 1].kind} & {"gear"}
        else:
            room = 2 * wheel.pitch_radius / module
            kind = "free" if chain.deltas[wheel.node or 0] == 0 else "gear" if room >= FEWEST_TEETH else "dot"
            assert wheel.kind == kind
            assert bool(wheel.teeth) == (kind == "gear")
        if wheel.kind == "free":
            assert wheel.sense == 0
            assert i not in {j for pair in train.contacts for j in pair}


def test_a_closed_relu_leaves_hubs_in_front_of_it_free() -> None:
    train = lay_out([0.0, 0.0, 0.8, -1.0, 1.0], [1.2, 0.0, -0.8, -1.0], 1.0)
    assert [wheel.kind for wheel in train.wheels] == ["free", "free", "gear", "gear", "gear"]
    assert train.contacts == ((2, 3), (3, 4))


def test_a_hub_that_meshes_with_nothing_keeps_room_beside_it_and_none_over_it() -> None:
    train = lay_out([0.0, 0.5, -1.0, 1.0], [0.0, -0.5, -1.0], 0.5, rows=1, height=1.3)
    free, first, *_ = (wheel.centre for wheel in train.wheels)
    assert first[0] - free[0] == pytest.approx(0.8 + 0.25)


def test_two_gears_make_one_mesh() -> None:
    train = lay_out([-0.5, 1.0], [-0.5], 1.0)
    assert train.meshes == ((0, 1),)
    assert train.wheels[1].teeth == 2 * train.wheels[0].teeth
    assert train.drift([2 * math.pi, -math.pi]) == pytest.approx([0], abs=1e-9)


@pytest.mark.parametrize("nodes", [2, 3, 7, 20, 60])
@pytest.mark.parametrize("seed", range(3))
def test_chains_of_any_length_up_to_sixty_are_laid_out(nodes: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    slopes = np.exp(random.normal(0, 0.15, nodes - 1)) * random.choice([-1, 1], nodes - 1)
    deltas = np.append(np.cumprod(slopes[::-1])[::-1], 1.0)
    train = fitted(Chain(tuple(deltas), tuple(slopes)), 1.35, idler_radius=0.3)
    assert sum(wheel.node is not None for wheel in train.wheels) == nodes


@pytest.mark.parametrize(
    ("deltas", "slopes", "scale", "fault"),
    [
        ([1.0], [], 1.0, "one fewer than deltas"),
        ([1.0, 1.0], [1.0, 1.0], 1.0, "one fewer than deltas"),
        ([math.nan, 1.0], [1.0], 1.0, "must be finite"),
        ([1.0, 1.0], [1.0], 0.0, "scale, idler radius and module more than 0"),
        ([1.0, 1.0], [-1.0], 1.0, r"delta 0 is 1, but has the sign of local -1 times delta 1"),
        ([1.0, 0.0], [1.0], 1.0, "delta 0 is 1"),
    ],
)
def test_what_is_no_chain_is_refused(deltas: list[float], slopes: list[float], scale: float, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        lay_out(deltas, slopes, scale)


@given(chain=chains(), scale=st.sampled_from([0.01, 0.1, 1.0]))
def test_without_teeth_wheels_stand_where_they_do_with_teeth_and_growing_moves_them_little(
    chain: Chain, scale: float
) -> None:
    room = {"width": 100.0, "height": 50.0}
    try:
        rolling = roll_out(chain.deltas, chain.locals, scale, **room)
    except DoesNotFit as refused:
        scale = refused.scale
        room["idler_radius"] = refused.idler_radius
        rolling = roll_out(chain.deltas, chain.locals, scale, **room)
    toothed = lay_out(chain.deltas, chain.locals, scale, rows=1, **room)
    for plain, gear in zip(rolling, toothed.wheels, strict=True):
        assert plain.centre == pytest.approx(gear.centre, abs=1e-9)
        assert (plain.node, plain.pitch_radius, plain.teeth) == (gear.node, gear.pitch_radius, 0)
    grown = roll_out(chain.deltas, chain.locals, scale * (1 - 1e-6), **room)
    size = sum(wheel.pitch_radius for wheel in rolling)
    assert max(apart(a, b) for a, b in zip(rolling, grown, strict=True)) <= 4e-6 * size
