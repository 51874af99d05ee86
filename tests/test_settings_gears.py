"""Settings of the trains of gears: what is refused, in words that name what would fit, and what then does fit."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from truth_cases import changed, settings_in_use

from scenes.parts.recipe.by_core import number
from scenes.parts.settings import SettingsError, load
from scenes.parts.settings.gear_chain import GearChain
from scenes.parts.settings.loader import check
from scenes.parts.type.numbers import Formatter


def clip(name: str, **changes: Any) -> GearChain:
    """A clip with some of its keys changed."""
    with settings_in_use(changed(name, changes)):
        found = load().clip(name)
    assert isinstance(found, GearChain)
    return found


def faults(name: str, changes: Mapping[str, Any]) -> list[str]:
    """The faults of a file in which some keys of a clip are changed."""
    with settings_in_use(changed(name, changes)) as file:
        return [str(fault).removeprefix(str(file)) for fault in check(Path(file))]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"stages": ["w1", "tahn", "w2"]}, "'tahn' is not one of w1, w2, identity"),
        ({"stages": ["w1", "tahn", "w2"]}, "did you mean 'tanh'?"),
        ({"stages": ["w1", "tanh", "w1"]}, "the weight 'w1' is a stage twice"),
        ({"weights": {"weight": 1.2}}, "a weight is called w, or w1 to w9, not 'weight'"),
        ({"stages": []}, "stages: "),
        ({"loss": "softmax_cross_entropy"}, "it compares several outputs"),
        ({"loss": "binary_cross_entropy", "target": 2.0}, "needs a target from 0 to 1, and the target is 2"),
        ({"idler_radius": 0.0}, "idler_radius: "),
        ({"scale": -1.0}, "scale: "),
    ],
)
@pytest.mark.parametrize("name", ["ChainRuleGears", "PushThroughGears"])
def test_what_makes_no_chain_is_refused_in_words(name: str, changes: dict[str, Any], said: str) -> None:
    found = faults(name, changes)
    assert any(said in fault for fault in found), found


@pytest.mark.parametrize(
    ("name", "key", "changes"),
    [
        ("ChainRuleGears", "scale", {"scale": 3.0}),
        ("ChainRuleGears", "turn_scale_deg", {"turn_scale_deg": 2000.0}),
        ("ChainRuleGears", "turn_scale_deg", {"back_turn": 0.3, "turn_scale_deg": 400.0}),
        ("PushThroughGears", "scale", {"scale": 2.0}),
    ],
)
def test_what_does_not_fit_is_refused_with_a_value_that_does(name: str, key: str, changes: dict[str, Any]) -> None:
    (fault,) = faults(name, changes)
    assert f"clips.{name}.{key}: " in fault
    fitting = re.search(r"(?:scale )?([0-9.]+) (?:does|fits|would fit)$", fault)
    assert fitting, fault
    assert faults(name, {**changes, key: float(fitting[1])}) == []


@pytest.mark.parametrize("name", ["ChainRuleGears", "PushThroughGears"])
def test_gradients_too_large_for_any_scale_are_refused_in_words(name: str) -> None:
    steep = {"x": 1e-175, "stages": ["identity"], "weights": {}, "target": 1.0, "loss": "binary_cross_entropy"}
    steep["scale"] = 1.0
    found = faults(name, steep | ({"move_to": 1e-175} if name.startswith("Push") else {}))
    assert any(f"clips.{name}.scale: no train of these gradients fits" in fault for fault in found), found


@pytest.mark.parametrize(
    "changes",
    [{"x": -1.0, "stages": ["w1", "relu", "w2"]}, {"weights": {"w1": 0.0, "w2": -0.8}}, {"target": 0.0, "x": 0.0}],
)
def test_a_chain_whose_gradient_is_exactly_zero_has_free_hubs_and_no_turn_back(changes: dict[str, Any]) -> None:
    assert faults("ChainRuleGears", changes) == faults("PushThroughGears", changes) == []
    turned = clip("ChainRuleGears", **changes)
    assert (turned.deltas[0], turned.turns_back) == (0.0, False)
    assert "turn_back" in turned.left_out
    assert "back_x" not in turned.table()
    assert turned.wheels()["x"].outline is None
    assert "cannot_turn_back" in clip("ChainRuleGears").left_out


@pytest.mark.parametrize("stages", [["square"], ["square", "tanh"], ["square", "w1", "sin"]])
def test_whether_slopes_add_is_asked_of_more_than_one_with_what_they_add_up_to(stages: list[str]) -> None:
    weights = {"w1": 1.5} if "w1" in stages else {}
    turned = clip("ChainRuleGears", x=0.7, stages=stages, weights=weights, loss="none")
    assert ("ask_total" in turned.left_out) == (len(stages) == 1)
    assert number(turned.table()["added"].term) == pytest.approx(math.fsum(turned.slopes))


@pytest.mark.parametrize(
    ("changes", "end"),
    [
        ({"move_to": -2.0}, -0.5),  # at -0.62 y reaches the target, and the slope of the loss is 0
        ({"stages": ["w1", "relu", "w2"], "move_to": -0.5}, 0.025),
        ({"stages": ["square", "w2"], "weights": {"w2": -0.8}, "x": -1.0, "move_to": 1.0}, -0.1),
        ({"weights": {"w1": 3.0}, "stages": ["reciprocal", "w1"], "move_to": -1.0}, 0.7),  # at 0 it is not defined
        ({"weights": {"w1": 0.0, "w2": -0.8}}, 1.0),  # a slope is 0 from the start
        ({"weights": {"w1": 1e3, "w2": -0.8}, "stages": ["w1", "identity", "w2"]}, 1.0),  # decades show it, no bars
        ({}, 0.0),
    ],
)
def test_x_moves_only_as_far_as_no_wheel_jumps(changes: dict[str, Any], end: float) -> None:
    assert faults("PushThroughGears", changes) == []
    made = clip("PushThroughGears", **changes)
    assert number(made.end) == pytest.approx(end) if made.moves else made.x == end
    assert ("move_x" in made.left_out) == (not made.moves)


def test_x_stops_before_gradients_grow_so_much_that_the_train_would_be_a_dot_at_first() -> None:
    steep = {"x": 1.7, "weights": {}, "stages": ["reciprocal", "sqrt", "exp", "square"], "move_to": -1.1}
    made = clip("PushThroughGears", **steep, loss="binary_cross_entropy_with_logits", target=0.6)
    assert 0.0 < number(made.end) < 1.7
    assert max(wheel.pitch_radius for wheel in made.wheels().values()) > 0.25


@pytest.mark.parametrize(
    ("changes", "felt"),
    [
        ({}, {0: "not_least", 1: "least", 3: "most", 4: "not_most"}),
        ({"weights": {}, "stages": ["identity"] * 3, "loss": "none"}, {}),
        ({"weights": {"w1": 0.5}, "stages": ["w1"], "loss": "none"}, {0: "least", 1: "most"}),
        ({"weights": {"w1": 2.0}, "stages": ["w1"], "loss": "none"}, {0: "most", 1: "least"}),
        ({"weights": {"w1": 1e3, "w2": -0.8}, "stages": ["w1", "identity", "w2"]}, {}),
        ({"x": -1.0, "stages": ["w1", "relu", "w2"], "move_to": -1.0}, {0: "least", 1: "least", 4: "most"}),
    ],
)
def test_which_gear_feels_most_and_least_is_said_of_two_at_most(changes: dict[str, Any], felt: dict[int, str]) -> None:
    assert clip("PushThroughGears", **changes).felt == felt


@pytest.mark.parametrize(
    ("changes", "shrinks"),
    [
        ({}, True),
        ({"stages": ["w1", "relu", "w2"], "loss": "absolute_error"}, False),
        ({"stages": ["sin"], "weights": {}, "loss": "none", "turns": [7.0, 3.0]}, False),
    ],
)
def test_a_gap_is_said_to_shrink_only_where_it_does(changes: dict[str, Any], shrinks: bool) -> None:
    made = clip("ChainRuleGears", **changes)
    assert made.gap_shrinks == shrinks
    assert ("turn_less" in made.left_out) == (not shrinks)


@pytest.mark.parametrize(
    ("stages", "built"),
    [
        (["tanh"], [[1], [], [], [], [0]]),
        (["tanh", "sin"], [[2], [1], [], [], [0]]),
        (["tanh", "sin", "cos"], [[3], [2], [1], [], [0]]),
        (["tanh", "sin", "cos", "tanh"], [[4], [3], [2], [1], [0]]),
        (["tanh", "sin", "cos", "tanh", "sin"], [[5], [4], [3], [2], [1, 0]]),
        (["sigmoid"] * 8, [[8], [7], [], [], [6, 5, 4, 3, 2, 1, 0]]),
    ],
)
def test_gears_come_one_by_one_then_in_halves_but_after_two_at_once_of_a_long_chain(
    stages: list[str], built: list[list[int]]
) -> None:
    made = clip("PushThroughGears", weights={}, stages=stages, loss="none")
    assert list(made.built.values()) == built
    assert {beat for beat, gears in made.built.items() if not gears} <= set(made.left_out)


def test_a_slope_is_read_from_the_values_that_its_rule_names() -> None:
    made = clip("PushThroughGears")  # w1, tanh, w2, loss
    assert [made.read_for(i) for i in range(4)] == [[], [2], [], [3, 4]]
    assert clip("PushThroughGears", stages=["cos"], weights={}, loss="none").read_for(0) == [0]


def test_what_a_wheel_means_is_said_of_the_first_that_is_so() -> None:
    assert clip("PushThroughGears").first_marked == {"hollow": 3, "idler": 1}
    assert clip("PushThroughGears", stages=["tanh"], weights={}, loss="none").first_marked == {"idler": 0}
    assert clip("PushThroughTenSigmoids").first_marked == {"idler": 9, "small": 8}


def test_the_scale_that_is_named_has_room_all_the_way_of_x() -> None:
    wide = {"scale": 1.2, "move_to": 2.0}
    (fault,) = faults("PushThroughGears", wide)
    assert "while x moves to 2.0 (move_to 1.0 would leave x where it is), at x = 1.98, the train does not fit" in fault
    assert faults("PushThroughGears", {**wide, "move_to": 1.0}) == []
    assert faults("PushThroughGears", {**wide, "scale": float(re.search(r"scale ([0-9.]+) does$", fault)[1])}) == []


def test_which_gear_feels_most_and_least_is_said_anew_when_x_has_moved() -> None:
    made = clip("PushThroughGears", stages=["w1", "tanh", "w2"])
    assert made.felt_at_end == {1: "least", 2: "least", 4: "most"}


def test_what_a_change_of_x_does_is_computed_again_for_every_value_and_for_both_answers() -> None:
    rows = {name: number(row.term) for name, row in clip("ChainRuleGears", back_turn=0.01).table().items()}
    assert rows["new_z"] == pytest.approx(1.1 * 1.2)
    assert rows["new_L"] - rows["L"] == pytest.approx(rows["recomputed_0"])
    assert rows["back_found"] == pytest.approx(0.009749, abs=1e-5)
    assert rows["guess_found"] == pytest.approx(rows["guess_L"], rel=0.01)


def test_an_answer_beside_which_the_first_turn_would_not_be_seen_is_computed_and_not_turned() -> None:
    vanishing = {"x": 6.2, "weights": {"w1": 1.7}, "stages": ["w1", "gelu", "square", "sigmoid"], "target": 0.2}
    made = clip("ChainRuleGears", **vanishing, loss="binary_cross_entropy_with_logits")
    assert 0.0 < made.deltas[0] < 1e-40 < 1e40 < number(made.answers["back_x"])
    assert (list(made.answers), list(made.tried)) == (["guess_x", "back_x"], ["guess_x"])
    assert made.sweeps()["turn"].high == made.turns[0]
    assert made.angle * made.turns[0] > math.radians(1.0)
    assert list(clip("ChainRuleGears").tried) == ["guess_x", "back_x"]


def test_an_x_that_stays_is_no_sweep() -> None:
    assert clip("PushThroughGears", move_to=1.0).sweeps() == {}
    assert clip("PushThroughGears").sweeps()["x"].input == "moving_x"


@pytest.mark.parametrize("name", ["ChainRuleGears", "PushThroughGears"])
@pytest.mark.parametrize(
    "changes",
    [
        {"weights": {}, "stages": ["sin"] * 9, "loss": "none"},
        {"weights": {"w1": 1.2, "w2": -0.8, "w3": 1.5}, "stages": ["w1", "tanh", "w2", "sigmoid", "w3"]},
        {"weights": {}, "stages": ["identity"] * 12},
        {"weights": {"w1": 1e6, "w2": -0.8}, "stages": ["w1", "identity", "w2"], "target": 3.0},
        {"weights": {}, "stages": ["cos"] * 10, "loss": "none"},
    ],
)
def test_the_scale_of_any_chain_fits_by_itself(name: str, changes: dict[str, Any]) -> None:
    stays = {"move_to": 1.0} if name.startswith("Push") else {}
    assert faults(name, changes | stays) == []
    made = clip(name, **changes, **stays)
    wheels = made.wheels().values()
    assert max(max(plan.sides[:2]) for plan in wheels) <= 6.3
    for node, delta in zip(made.nodes, made.deltas, strict=True):
        assert made.wheels()[node].pitch_radius == pytest.approx(made.unit * abs(delta))


def test_a_bound_is_named_only_where_every_slope_has_one() -> None:
    assert any("has no largest value" in f for f in faults("PushThroughGears", {"stages": ["exp"], "name_bound": True}))
    ten = clip("PushThroughTenSigmoids", **clip_settings("PushThroughTenSigmoids"))
    assert ten.quantities()["bound"].number == 0.25**10


def clip_settings(name: str) -> dict[str, Any]:
    """What a variant takes from the first clip of its scene, so that it can stand alone."""
    made = load().clip(name)
    return {**made.model_dump(mode="json"), "scene": made.scene}


def test_the_nodes_of_weight_function_weight_have_the_names_of_the_lesson() -> None:
    assert clip("PushThroughGears").nodes == ("x", "z", "h", "y", "L")
    assert clip("PushThroughGears", stages=["sin", "w1", "w2"]).nodes == ("x", "h1", "h2", "y", "L")
    assert clip("PushThroughGears", stages=["sin", "w1", "w2"], loss="none").nodes == ("x", "h1", "h2", "y")


def test_an_unknown_clip_of_gears_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(SettingsError, match="did you mean 'ChainRuleGears'"):
        load().clip("ChainRuleGear")


def still_open(name: str, digits: int = 3, **changes: Any) -> set[str]:
    """Results of a clip's sums that what is shown of their numbers does not give."""
    found, formatter = clip(name, **changes), Formatter(digits, digits)
    numbers = {key: each for key, each in found.quantities(digits).items() if isinstance(each.value, float)}
    shown = {key: formatter.text(each) for key, each in numbers.items()}
    return {each.result for each in found.by_hand() if not each.holds(*(shown[key] for key in each.names))}


@pytest.mark.parametrize("name", ["PushThroughGears", "PushThroughClosedRelu", "ChainRuleGearsSine"])
def test_every_product_on_a_train_gives_the_digits_that_are_shown(name: str) -> None:
    assert still_open(name) == set()


def test_only_the_push_on_x_has_to_bear_a_sign_of_nearly_where_the_product_of_all_slopes_is_shown() -> None:
    assert still_open("ChainRuleGears") == {"dL_dx"}


def test_a_product_that_lies_half_a_digit_off_an_odd_one_bears_the_sign_of_nearly() -> None:
    assert still_open("ChainRuleGearsSine", x=0.6) == {"dL_dh1"}  # 1.5 times 0.613 is 0.9195, and 0.919 is shown


def test_a_weight_is_written_as_it_was_typed_on_its_plate_too() -> None:
    formatter, table = Formatter(3, 3), clip("PushThroughGears").quantities(3)
    assert [formatter.text(table[key]) for key in ("w2", "local_2")] == ["\u22120.8"] * 2


def test_a_quantity_that_no_part_of_a_clip_has_seen_and_that_cannot_be_computed_is_a_fault() -> None:
    """1.4e-320 has so few digits left that the slope of its logarithm is infinite."""
    tiny = -1.1821763091887195e-160
    found = faults("PushThroughGears", {"x": 0.0, "weights": {"w1": tiny, "w2": tiny}, "stages": ["w1", "tanh", "w2"]})
    assert [each.split(": ", 1)[1] for each in found] == [
        "clips.PushThroughGears: it cannot be computed: y (log): slope is not finite"
    ]
