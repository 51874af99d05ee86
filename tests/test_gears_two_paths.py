"""Two trains from one value and their differential: every mesh true, right signs, nothing in the way of anything."""

from __future__ import annotations

import itertools
import math
from functools import cache

import numpy as np
import pytest
from gear_cases import Polygon, overlap, turned

from scenes.parts.gears.path_search import BELT
from scenes.parts.gears.two_paths import NoRoom, TwoPaths, lying

SLOPES = [(1.0, 0.559), (1.0, -0.93), (-0.93, 1.0), (0.4, 1.2), (1.0, 1.0), (-0.5, -0.5), (1.3, -0.4)]


@cache
def made(slopes: tuple[float, float]) -> TwoPaths:
    """A picture of that pair of slopes."""
    return TwoPaths(slopes, teeth=24, gear_module=0.065, turn=0.8, second=math.radians(210))


def parts(paths: TwoPaths, share: float) -> dict[str, Polygon]:
    """Every outline in its place when x has turned by a share of its turn."""
    x = share * paths.turn
    ways = [slope * x for slope in paths.slopes]
    angles, shifts, plus = paths.plus.angles(*ways), paths.plus.shifts(*ways), paths.plus
    found = {name: lying(rack.outline() + np.array([0.0, float(shifts[name])])) for name, rack in plus.racks.items()}
    for name in ("idler", "pinion", "output"):
        cog, up = plus.cogs[name], float(shifts["carriage"]) if name == "pinion" else 0.0
        found[f"plus {name}"] = lying(
            turned(cog.gear.outline(), float(angles[name]), (cog.centre[0], cog.centre[1] + up))
        )
    for i, train in enumerate(paths.trains):
        for j, (wheel, angle) in enumerate(zip(train.wheels, train.angles([x, ways[i]]), strict=True)):
            found[f"path {i} {j}"] = turned(train.outline(wheel), float(angle), wheel.centre)
    return found


@pytest.mark.parametrize("slopes", SLOPES)
def test_each_path_closes_and_turns_by_its_slope_with_the_idlers_of_its_sign(slopes: tuple[float, float]) -> None:
    paths = made(slopes)
    for slope, train, cog in zip(slopes, paths.trains, paths.inputs, strict=True):
        first, *idlers, last = train.wheels
        assert len(idlers) == (1 if slope > 0 else 2)
        assert first.pitch_radius / last.pitch_radius == pytest.approx(abs(slope), rel=1e-12)
        for one, other in itertools.pairwise(train.wheels):
            apart = math.dist(one.centre, other.centre)
            assert apart == pytest.approx(one.pitch_radius + other.pitch_radius, rel=1e-12)
        turns = train.angles([1.0, slope]) - train.angles([0.0, 0.0])
        rims = turns * [wheel.pitch_radius for wheel in train.wheels]
        assert rims[1:] == pytest.approx(-rims[:-1], rel=1e-12)
        assert last.centre == cog.centre
    (x, above), (same, below) = (train.wheels[0].centre for train in paths.trains)
    assert x == same, "a belt runs straight from the one gear of x to the other"
    assert above - below >= sum(train.wheels[0].pitch_radius for train in paths.trains) + BELT


@pytest.mark.parametrize("slopes", SLOPES)
def test_teeth_stay_in_step_over_the_whole_turn(slopes: tuple[float, float]) -> None:
    assert made(slopes).drift < 0.01


@pytest.mark.parametrize("slopes", SLOPES)
@pytest.mark.parametrize("share", [0.0, 0.37, 1.0])
def test_nothing_lies_over_anything(slopes: tuple[float, float], share: float) -> None:
    paths = made(slopes)
    for (a, first), (b, second) in itertools.combinations(parts(paths, share).items(), 2):
        assert overlap(first, second, 600) < 0.001 * 3 * paths.gear_module**2, (a, b)


@pytest.mark.parametrize("slopes", SLOPES)
def test_all_of_it_lies_in_its_box(slopes: tuple[float, float]) -> None:
    paths = made(slopes)
    left, bottom, right, top = paths.box
    for share in (0.0, 0.5, 1.0):
        points = np.concatenate(list(parts(paths, share).values()))
        assert points.min(axis=0).tolist() >= [left - 1e-9, bottom - 1e-9]
        assert (points <= [right + 1e-9, top + 1e-9]).all()


def test_an_input_gear_meshes_with_its_rack_as_the_differential_places_it() -> None:
    placed = parts(made((1.0, 0.559)), 0.6)
    play = 0.06 * 0.065
    for cog, bar in (("path 0 2", "rack_1"), ("plus pinion", "rack_1"), ("plus pinion", "rack_2"),
                     ("plus idler", "rack_2"), ("plus output", "carriage")):  # fmt: skip
        for way in (play, -play):
            assert overlap(placed[cog], placed[bar] + [way, 0.0]) > 0, (cog, bar)


@pytest.mark.parametrize("slopes", [(1.0, 0.3), (0.0, 1.0), (1.0, -0.01)])
def test_a_slope_too_small_for_teeth_is_refused_with_one_that_would_do(slopes: tuple[float, float]) -> None:
    with pytest.raises(NoRoom, match=r"too small for teeth; 0\.375 would do"):
        made(slopes)


def test_slopes_that_leave_no_room_are_refused() -> None:
    with pytest.raises(NoRoom, match="have no room"):
        _ = made((1.0, 4.0)).trains
