"""Settings of `fan_out`: what the core gives, with weights and without, where gears stand, and what is refused."""

from __future__ import annotations

import itertools
import math
import re
from typing import Any

import numpy as np
import pytest
from fan_out_cases import fan_out_truth
from gear_cases import Polygon, overlap, turned
from stage_cases import dry_run
from test_settings_gears import faults
from truth_cases import changed, settings_in_use

from scenes.parts.plans.rack_plan import RackPlan
from scenes.parts.plans.wheel_plan import WheelPlan
from scenes.parts.settings import load
from scenes.parts.settings.fan_out import FanOut
from scenes.parts.settings.two_ways import THICK, THICKEST
from scenes.parts.things.lettering import Lettering
from scenes.parts.type.numbers import Formatter

MESHES = {("u", "rack_u"), ("pinion", "rack_u"), ("pinion", "rack_v"), ("plus_idler", "rack_v"), ("y", "carriage")}
IN_FRONT = {("pinion", "carriage")}
"""The arm of the carriage lies over the pinion that it holds."""


def clip(**changes: Any) -> FanOut:
    """The clip that is told as gears, with some of its keys changed."""
    with settings_in_use(changed("FanOutGears", changes)):
        found = load().clip("FanOutGears")
    assert isinstance(found, FanOut)
    return found


def drawn(made: FanOut, dx: float) -> dict[str, Polygon]:
    """Every outline as it is planned for the frame on which x has turned by `dx`."""
    swept = made.sweeps()["gears"]
    quantities = swept.quantities(dx)
    plans: dict[str, WheelPlan] = {**made.wheels(), **swept.wheels(dx)}
    found = {}
    for key, plan in plans.items():
        assert plan.outline is not None
        angle = plan.turned(quantities[plan.turn].number) if plan.turn else 0.0
        found[key] = turned(plan.outline, plan.rest + angle, plan.centre)
    return found


# -- numbers ----------------------------------------------------------------------------------------------------------


def test_x_feels_what_comes_back_along_both_ways_as_a_sum() -> None:
    quantities = clip().quantities()
    one, other = (quantities[f"contribution_{name}"].number for name in "uv")
    assert quantities["dL_dx"].number == one + other == pytest.approx(1 + 1 / math.cosh(0.8) ** 2, rel=1e-14)
    assert [quantities[f"dL_d{name}"].number for name in "uvy"] == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(
    "changes",
    [{}, {"x": 0.0, "functions": ["square", "relu"]}, {"weights": [1.2, -0.8]}, {"x": -1.5, "weights": [0.0, 2.0]}],
)
def test_every_number_is_the_one_worked_out_by_hand(changes: dict[str, Any]) -> None:
    made = clip(**changes)
    quantities = made.quantities()
    for name, truth in fan_out_truth(made).items():
        assert quantities[name].value == pytest.approx(truth, rel=1e-13, abs=1e-15), name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("FanOut", ["1.616", "1.464"]),
        ("FanOutCancel", ["1.56236", "1.55360"]),
    ],
)
def test_both_y_have_the_digits_that_leave_how_far_they_are_apart(name: str, shown: list[str]) -> None:
    found, formatter = load().clip(name).quantities(3), Formatter(3, 3)
    assert [formatter.text(found[each]) for each in ("fine_new_y", "fine_y")] == shown
    assert formatter.leaves(*(found[each] for each in ("recomputed", "fine_new_y", "fine_y")))


def test_one_push_and_both_together_are_as_thick_as_there_is_room_for() -> None:
    for functions in (["identity", "tanh"], ["identity", "identity"], ["exp", "square"]):
        made = clip(functions=functions, x=1.5)
        unit = made.scales()["ribbon"].per_unit
        one = max(push for name, push in made.ways.pushes.items() if name != "dL_dx")
        assert unit * one <= THICK
        assert unit * made.ways.pushes["dL_dx"] <= THICKEST
        assert 2.5 * unit * one > THICK or 2.5 * unit * made.ways.pushes["dL_dx"] > THICKEST


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"x": 1.1, "functions": ["identity", "cos"]},
        {"x": 7.0, "functions": ["exp", "square"]},
        {"weights": [5, -3]},
    ],
)
def test_the_nudge_that_is_found_says_what_x_feels(changes: dict[str, Any]) -> None:
    found = clip(**changes).quantities(3)
    assert f"{found['nudged'].number:.4g}" == f"{found['dL_dx'].number:.4g}"
    assert found["nudge_moved"].number / found["nudge_wide"].number == found["nudged"].number
    assert found["nudge_wide"].number == 2 * found["nudge"].number


@pytest.mark.parametrize(("changes", "closes"), [({}, False), ({"x": 0.4, "functions": ["identity", "square"]}, True)])
def test_a_mean_that_was_rounded_bears_no_sign_of_equality(changes: dict[str, Any], closes: bool) -> None:
    found = clip(**changes).quantities(3)
    mean, *both = (found[name] for name in ("half_moved", "moved_u", "moved_v"))
    assert Formatter(3, 3).halves(mean, *both) == closes, [Formatter(3, 3).text(each) for each in (mean, *both)]


# -- gears ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dx", [0.0, 0.037, 0.1])
@pytest.mark.parametrize("changes", [{}, {"x": 0.8, "functions": ["identity", "cos"]}])
def test_what_is_drawn_meshes_and_nothing_else_touches(dx: float, changes: dict[str, Any]) -> None:
    made = clip(**changes)
    assert made.trains.plan is not None
    placed, m = drawn(made, dx), made.trains.plan.paths.gear_module
    for a, b in itertools.combinations(placed, 2):
        if (a, b) in IN_FRONT or (b, a) in IN_FRONT:
            continue
        assert overlap(placed[a], placed[b], 600) < 0.004 * 3 * m**2, (a, b)
    for wheel, bar in MESHES:
        for play in (0.08 * m, -0.08 * m):
            assert overlap(placed[wheel], placed[bar] + np.array([play, 0.0])) > 0, (wheel, bar)


@pytest.mark.parametrize("dx", [0.0, 0.05, 0.1])
def test_the_pin_of_the_carriage_is_the_hub_of_the_pinion(dx: float) -> None:
    plans = clip().sweeps()["gears"].wheels(dx)
    carriage = plans["carriage"]
    assert isinstance(carriage, RackPlan)
    assert carriage.pin is not None
    assert np.add(carriage.centre, carriage.pin) == pytest.approx(plans["pinion"].centre, abs=1e-12)


def test_the_gear_of_y_has_half_the_radius_of_a_gradient_of_one_and_the_others_the_radius_of_theirs() -> None:
    made = clip()
    quantities, wheels, unit = made.quantities(), made.wheels(), made.scales()["gear_scale"].per_unit
    for key in ("x_u", "x_v", "u", "v", "y"):
        share = 0.5 if key == "y" else 1.0
        gradient = abs(quantities[wheels[key].quantity].number)
        assert wheels[key].pitch_radius == pytest.approx(share * unit * gradient, rel=1e-12), key


@pytest.mark.parametrize(
    "changes",
    [
        {"x": 2.0},
        {"x": -1.0, "functions": ["identity", "relu"]},
        {"x": 1.1, "functions": ["identity", "cos"]},
        {"x": 1.6, "functions": ["identity", "exp"]},
        {"weights": [0.0, 1.0]},
        {"functions": ["identity", "identity"], "weights": [1.0, -1.0]},
    ],
)
def test_what_cannot_mesh_is_told_as_pushes(changes: dict[str, Any]) -> None:
    assert faults("FanOutGears", changes) == []
    made = clip(**changes)
    assert set(made.sweeps()) == {"turn"}
    assert made.wheels() == {}


def test_a_clip_of_pushes_plans_no_gears() -> None:
    made = clip(told="pushes")
    assert set(made.sweeps()) == {"turn"}
    assert made.wheels() == {}


def worded(**words: object) -> dict[str, Any]:
    """The words of the clip, some of them others."""
    return {"words": {**clip().model_dump()["words"], **words}}


def in_two_lines(beat: str) -> dict[str, Any]:
    """Words with one long sentence on the page with the gears."""
    said = {"sentence": "Each way moves its own rack, and no rack moves by more than what its own way gives to it."}
    return worded(**{beat: said})


def test_gears_are_as_large_as_sentences_and_words_beside_them_let_them() -> None:
    changes = worded(), in_two_lines("turn_gears"), in_two_lines("ask_y")
    radius = [clip(**each).scales()["gear_scale"].per_unit for each in changes]
    assert radius[0] > 0.85
    assert 0.7 < radius[1] == radius[2] < radius[0]
    long = worded(measured="a step of {smaller}, which is an estimate, not a sum")
    assert clip(**long).scales()["gear_scale"].per_unit < radius[0]
    assert [faults("FanOutGears", each) for each in (long, *changes)] == [[]] * 4


@pytest.mark.parametrize(
    "changes", [{}, {"x": 0.8, "functions": ["identity", "cos"]}, {"x": 0.1, "weights": [-0.6, 1.0]}]
)
def test_the_way_of_a_rack_reaches_from_its_start_to_its_line_and_lies_on_it(changes: dict[str, Any]) -> None:
    made = clip(**changes)
    for dx in (0.0, 0.04, 0.1):
        for name in "uvy":
            rack = made.sweeps()["gears"].wheels(dx)["carriage" if name == "y" else f"rack_{name}"]
            assert isinstance(rack, RackPlan)
            start, strip = rack.way
            assert np.ptp(strip[:, 0]) == pytest.approx(abs(rack.centre[0] - rack.start), abs=1e-12)
            assert start[:, 0].mean() + rack.centre[0] == pytest.approx(rack.start + rack.line[0, 0], abs=1e-12)
            assert rack.outline is not None
            assert (start.min(axis=0) > rack.outline.min(axis=0)).all()
            assert (start.max(axis=0) < rack.outline.max(axis=0)).all()


# -- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"functions": ["identity", "tahn"]}, "did you mean 'tanh'?"),
        ({"functions": ["identity"]}, "functions"),
        ({"weights": [1.0]}, "weights"),
        ({"functions": ["identity", "exp"], "x": 800.0}, "the two ways cannot be computed"),
        ({"functions": ["identity", "sqrt"], "x": -1.0}, "the two ways cannot be computed"),
        ({"turn": 0.0}, "turn: "),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_one_line(changes: dict[str, Any], said: str) -> None:
    (fault,) = faults("FanOut", changes)
    assert said in fault


@pytest.mark.parametrize(
    "changes", [{"scale": 0.8}, {"scale": 0.7, "functions": ["identity", "identity"]}, {"scale": 5.0, "x": -3.0}]
)
def test_a_scale_that_is_too_large_is_refused_with_one_that_fits(changes: dict[str, Any]) -> None:
    (fault,) = faults("FanOut", changes)
    assert "clips.FanOut.scale: " in fault
    fitting = re.search(r"([0-9.]+) would fit$", fault)
    assert fitting, fault
    assert faults("FanOut", {**changes, "scale": float(fitting[1])}) == []


# -- what has little room ---------------------------------------------------------------------------------------------

LONG = {"x": -6.7, "functions": ["exp", "square"], "weights": [-2.1, 4.66], "told": "pushes"}
LONGER = {"x": 6.78, "functions": ["sigmoid", "sigmoid"], "weights": [-4.78, -2.57], "told": "pushes"}


def arranged(changes: dict[str, Any]) -> Any:
    """The stage of such a clip with everything where it has its place."""
    with settings_in_use(changed("FanOut", changes)):
        return dry_run("FanOut", lambda stage: stage.arrange())  # type: ignore[attr-defined]


@pytest.mark.parametrize(("changes", "in_turn"), [({}, False), (LONGER, True)])
def test_where_numbers_are_long_a_column_takes_the_place_of_the_one_before(
    changes: dict[str, Any], in_turn: bool
) -> None:
    assert arranged(changes).compared.in_turn == in_turn


@pytest.mark.parametrize(
    ("name", "changes", "lines"),
    [
        ("FanOut", {}, 1),
        ("FanOutCancel", {}, 3),
        ("FanOut", {"x": -8.34, "functions": ["gelu", "tanh"]}, 0),  # −1.00 less −1.00 is not 2.52×10^−8
    ],
)
def test_both_y_stand_in_a_line_or_under_one_another_or_not_at_all(
    name: str, changes: dict[str, Any], lines: int
) -> None:
    with settings_in_use(changed(name, changes)):
        stage = dry_run(name, lambda stage: stage.arrange())  # type: ignore[attr-defined]
    assert len({float(shown.offset[1]) for shown in stage.again}) == lines  # type: ignore[attr-defined]
    assert len(stage.again) == (5 if lines else 0)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("name", "key"), [("FanOut", "v"), ("FanOutCancel", "v")])
def test_a_rise_has_its_number_whether_it_is_solid_or_hollow(name: str, key: str) -> None:
    graph, *_ = dry_run(name, lambda stage: stage.arrange()).graphs[key]  # type: ignore[attr-defined]
    assert f"readout of local_{key}" in [shown.name for shown in graph.shown if isinstance(shown, Lettering)]


@pytest.mark.parametrize("changes", [{}, {"weights": [2.0, -1.0]}, LONG, LONGER])
def test_no_post_runs_through_what_the_ways_enclose(changes: dict[str, Any]) -> None:
    stage = arranged(changes)
    rows = [
        row.place
        for cells in (stage.compared.cells, stage.judged.cells)
        for row in cells[:1] + cells[-1:]
        for row in row
    ]
    high, low = max(place.region.top for place in rows), min(place.region.bottom for place in rows)
    for side, way in zip((-1, 1), stage.ways.posts, strict=True):
        for post in (post for cast in way for post in cast):
            end = post.origin[1] + side * post.sizes["down" if side < 0 else "up"]
            assert end >= high - 1e-9 if side < 0 else end <= low + 1e-9, post.of.name
