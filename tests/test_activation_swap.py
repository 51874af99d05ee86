"""ActivationSwap: the published digits, what is refused, which passes most, what stands on the stage, and lies."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from audit_cases import Plain, check_both_engines_name, forged, honest, sample, told, value, wrong
from stage_cases import dry_run
from swap_cases import swap_truth
from test_settings_gears import faults
from truth_cases import changed, settings_in_use

from scenes.parts.settings import load
from scenes.parts.settings.activation_swap import ActivationSwap
from scenes.parts.stage.rehearsal import refusals
from scenes.parts.stage.stage import Stage
from scenes.parts.things.swaps import BARS

CLIP, PUSHES, LEAKY = "ActivationSwap", "ActivationSwapPushes", "ActivationSwapLeaky"
FUNCTIONS = ("tanh", "relu", "sin", "sigmoid")
PUBLISHED = {
    "h": (0.8337, 1.2, 0.9320, 0.7685),
    "y": (-0.6669, -0.96, -0.7456, -0.6148),
    "slope": (0.3050, 1.0, 0.3624, 0.1779),
    "in": (0.9335, 1.168, 0.9965, 0.8919),
    "out": (0.2847, 1.168, 0.3611, 0.1587),
    "other_slope": (0.3050, 0.0, 0.3624, 0.1779),
}
"""As the storyboard has them, to four digits."""

BACK_AT_X = {"": (0.3417, 1.402, 0.4333, 0.1904), "other_": (-0.0489, 0.0, -0.0854, 0.1170)}
LEAKS = {"leaky_relu": (0.01, 0.004708), "softplus": (0.2315, 0.1579), "gelu": (-0.1180, -0.0441)}
"""Slope at the other place, and what comes back to x there."""


def clip(name: str = CLIP, **changes: Any) -> ActivationSwap:
    with settings_in_use(changed(name, changes)):
        found = load().clip(name)
    assert isinstance(found, ActivationSwap)
    return found


@cache
def stage(name: str = PUSHES) -> Stage:
    return dry_run(name, frame_rate=15.0)


# -- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", PUBLISHED)
def test_the_published_digits_come_out(kind: str) -> None:
    known = clip().quantities()
    assert clip().activations == FUNCTIONS
    for i, digits in enumerate(PUBLISHED[kind]):
        assert known[f"{kind}_{i}"].number == pytest.approx(digits, abs=6e-5 if abs(digits) < 1 else 6e-4), i


@pytest.mark.parametrize("before", BACK_AT_X)
def test_the_weight_passes_the_published_digits_on_to_x(before: str) -> None:
    made = clip()
    for i, digits in enumerate(BACK_AT_X[before]):
        back = made.quantities()[f"{before}out_{i}"].number * made.w1
        assert back == pytest.approx(digits, abs=6e-5 if abs(digits) < 1 else 6e-4), i


def test_a_leak_lets_a_little_through_and_gelu_turns_the_push_round() -> None:
    made = load().clip(LEAKY)
    assert isinstance(made, ActivationSwap)
    for name, (slope, back) in LEAKS.items():
        i = made.activations.index(name)
        assert made.quantities()[f"other_slope_{i}"].number == pytest.approx(slope, abs=6e-5)
        assert made.quantities()[f"other_out_{i}"].number * made.w1 == pytest.approx(back, abs=6e-5)
    assert made.quantities()["other_out_0"].number == 0.0, "ReLU is closed: exactly nothing"


@pytest.mark.parametrize(
    ("changes", "most", "then", "odd"),
    [
        ({}, "relu", "sin", "sigmoid"),
        ({"activations": ["softplus", "gelu", "relu"]}, "gelu", "softplus", "softplus"),
        ({"activations": ["tanh", "cos"], "x": 2.0}, "cos", "cos", "tanh"),
        ({"activations": ["identity", "tanh"], "w1": 0.0}, "identity", "identity", "identity"),
    ],
)
def test_words_speak_of_what_passes_most_whatever_its_sign(
    changes: dict[str, Any], most: str, then: str, odd: str
) -> None:
    named = clip(**changes).named()
    assert (named["most"], named["most_then"], named["odd"]) == (most, then, odd)


@pytest.mark.parametrize("changes", [{}, {"activations": ["exp", "cube"], "x": 3.0}, {"w2": -250.0}, {"scale": 0.3}])
def test_all_bars_have_one_scale_and_all_plots_share_their_axes(changes: dict[str, Any]) -> None:
    made = clip(PUSHES, **changes)
    tall, truth = made.scales()["ribbon"].per_unit, swap_truth(made)
    kinds = ("h", *(f"{before}{what}" for before in ("", "other_") for what in ("slope", "in", "out")))
    sizes = [1.0, 0.0, *(truth[f"{kind}_{i}"] for kind in kinds for i in range(len(made.activations)))]
    assert 0.1 < (max(sizes) - min(sizes)) * tall <= 1.4
    assert made.hanging(tall) >= -min(sizes) * tall
    (left, right), (low, high) = made.ranges().values()
    for i in range(len(made.activations)):
        assert left <= truth[f"curve_z_{i}"].min() <= truth[f"curve_z_{i}"].max() <= right
        assert low <= truth[f"curve_{i}"].min() <= truth[f"curve_{i}"].max() <= high


def test_no_room_is_kept_for_pushes_of_which_nothing_is_told() -> None:
    slopes, pushes = clip(), clip(PUSHES)
    assert slopes.hanging(1.0) < pushes.hanging(1.0)
    assert slopes.scales() == pushes.scales(), "so that bars of both can be compared"


@pytest.mark.parametrize(
    ("changes", "turned"),
    [
        ({}, ("tanh", "sin")),
        ({"target": 0.7}, ("sin",)),
        ({"target": 5.0}, ()),
        ({"w2": 0.8, "target": -0.1}, ("tanh", "sin")),
        ({"other_x": 2.0}, ()),
        ({"loss": "binary_cross_entropy_with_logits", "target": 0.9, "w2": -1.5}, ()),
    ],
)
def test_the_push_turns_round_with_those_whose_answer_goes_past_the_target(
    changes: dict[str, Any], turned: tuple[str, ...]
) -> None:
    made = clip(PUSHES, **changes)
    truth, found = swap_truth(made), [made.activations[i] for i in made.swapped.turned]
    assert tuple(found) == turned
    for i, name in enumerate(made.activations):
        past = (truth[f"y_{i}"] - made.target) * (truth[f"other_y_{i}"] - made.target) < 0.0
        assert (name in found) == (past and truth[f"in_{i}"] * truth[f"other_in_{i}"] < 0.0)


# -- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "key", "said"),
    [
        ({"activations": ["tanh"]}, "activations", "at least 2"),
        ({"activations": [*FUNCTIONS, "gelu", "exp", "cos"]}, "activations", "at most 6"),
        ({"activations": ["tanh", "relu", "tanh"]}, "activations", "'tanh' stands here twice"),
        ({"activations": ["tanh", "log"]}, "", "log is not defined at all of z = -1.2 to 1.2"),
        ({"activations": ["tanh", "reciprocal"]}, "", "reciprocal is not defined at all of z = -1.2 to 1.2"),
        ({"activations": ["tanh", "relo"]}, "activations[1]", "relu"),
        ({"other_x": 1.0}, "other_x", "x is there already"),
        ({"scale": 9.0}, "scale", "would draw"),
        ({"loss": "binary_cross_entropy_with_logits", "target": 1.5}, "loss", "needs a target from 0 to 1"),
    ],
)
def test_what_cannot_be_shown_is_refused_at_its_key(changes: dict[str, Any], key: str, said: str) -> None:
    found = faults(CLIP, changes)
    assert any(f"clips.{CLIP}{key and '.'}{key}: " in line and said in line for line in found), found


def test_bars_that_have_no_room_are_refused_with_what_takes_less() -> None:
    zoo = {"activations": ["sigmoid", "tanh", "relu", "softplus", "gelu", "cube"], "x": 0.5, "other_x": -3, "w1": 2}
    with settings_in_use(changed("ActivationSwap", {**zoo, "w2": 1, "target": 2, "digits": 6})):
        (refusal,) = refusals("ActivationSwap")
    assert refusal.key == ("clips", "ActivationSwap", "activations")
    assert refusal.message.endswith("; other numbers, or fewer activations, take less room")


def test_a_function_that_cannot_be_computed_is_refused() -> None:
    found = faults(CLIP, {"activations": ["exp", "tanh"], "x": 1000.0})
    assert any("the network cannot be computed" in line for line in found), found


# -- what stands on the stage -----------------------------------------------------------------------------------------


def test_slope_times_what_comes_in_is_what_is_passed_back() -> None:
    swaps = stage().swaps  # type: ignore[attr-defined]
    for before in ("", "other_"):
        slopes, into, out = (swaps.bars(f"{before}{what}") for what in ("slope", "in", "out"))
        for one, two, three in zip(slopes, into, out, strict=True):
            assert one.quantity.number * two.quantity.number == pytest.approx(three.quantity.number, rel=1e-14)
    assert len({bar.numbers[0][1].per_unit for name in BARS for bar in swaps.bars(name)}) == 1


def test_all_bars_stand_on_one_line_and_no_bar_moves_aside_for_its_number() -> None:
    swaps = stage().swaps  # type: ignore[attr-defined]
    names = ("h", "slope", "in", "out", "other_slope", "other_in", "other_out", "out_before")
    assert len({round(float(bar.origin[1]), 9) for name in names for bar in swaps.bars(name)}) == 1
    for name in names:
        for bar, number in zip(swaps.bars(name), swaps.numbers(name), strict=True):
            middle = (number.get_left()[0] + number.get_right()[0]) / 2
            assert abs(float(middle - bar.origin[0])) < 0.03, name


def test_no_two_numbers_side_by_side_touch() -> None:
    swaps = stage().swaps  # type: ignore[attr-defined]
    pairs = (("in", "out"), ("slope", "in"), ("other_in", "other_out"), ("out_before", "out_now"))
    for one, other in (*pairs, ("slope", "h")):
        for a, b in zip(swaps.numbers(one), swaps.numbers(other), strict=True):
            apart = b.get_left()[0] - a.get_right()[0]
            up = max(a.get_bottom()[1], b.get_bottom()[1]) - min(a.get_top()[1], b.get_top()[1])
            assert apart > 0.0 or up > 0.0, f"{a.name} and {b.name}"


def test_the_number_of_a_bar_that_stands_is_over_it_and_that_of_one_that_hangs_is_under_it() -> None:
    swaps = stage().swaps  # type: ignore[attr-defined]
    for bar, number in zip(swaps.bars("out_now"), swaps.numbers("out_now"), strict=True):
        low, high = (float(end[1]) for end in (bar.get_bottom(), bar.get_top()))
        if bar.quantity.number < 0.0:
            assert number.get_top()[1] < low
        else:
            assert number.get_bottom()[1] > high


def test_before_and_now_stand_on_one_line_where_slopes_are_told() -> None:
    swaps = stage(CLIP).swaps  # type: ignore[attr-defined]
    assert len({round(float(bar.origin[1]), 9) for name in ("before", "now", "h") for bar in swaps.bars(name)}) == 1
    assert [len(swaps.bars(name)) for name in ("before", "now", "in", "out", "other_out")] == [4, 4, 1, 1, 0]


def test_the_nudge_stands_under_the_gradient_that_it_agrees_with() -> None:
    made = stage(CLIP)
    (said, *_), gradient = made.nudge[0].shown, made.net.part(0, "pass_on").shown[1]  # type: ignore[attr-defined]
    assert 0.0 < gradient.get_bottom()[1] - said.get_top()[1] < 0.3
    assert said.get_left()[0] < gradient.get_right()[0]


@pytest.mark.parametrize(
    ("name", "questions", "last"),
    [
        (CLIP, ["ask", "ask_other"], "say_claim"),
        (PUSHES, ["ask_in", "ask_push"], "say_pushes"),
        (LEAKY, ["ask", "ask_other"], "say_claim"),
    ],
)
def test_a_clip_at_pace_one_takes_no_longer_than_a_class_listens(name: str, questions: list[str], last: str) -> None:
    beats = stage(name).beats
    assert 25.0 < (beats[-1].last + 1) / 15.0 <= 75.0
    assert [beat.name for beat in beats if beat.name.startswith("ask")] == questions
    assert beats[-1].name == last


# -- lies -------------------------------------------------------------------------------------------------------------


@pytest.mark.render
def test_an_honest_film_has_nothing_wrong() -> None:
    assert wrong(honest(CLIP)) == []


@pytest.mark.render
@pytest.mark.parametrize(("name", "lie"), [("other_slope_1", 0.01), ("out_3", 1.0), ("h_3", 0.178)])
def test_what_a_function_does_not_answer_or_pass_is_named_by_both_engines(name: str, lie: float) -> None:
    check_both_engines_name(CLIP, name, lie)


@pytest.mark.render
def test_a_dot_that_rides_beside_its_curve_is_wrong() -> None:
    def edit(plain: Plain) -> None:
        sample(plain, "dot", "now_h_0", "tracking")["value"] = value(0.5)

    assert {"live values", "live reference"} <= set(told(forged(CLIP, edit)))


@pytest.mark.render
def test_bars_on_a_scale_of_their_own_are_wrong() -> None:
    def edit(plain: Plain) -> None:
        row = next(row for row in plain["shown"] if row["kind"] == "stave" and row["quantity"] == "out_3")
        row["scale"] *= 2

    assert "geometry" in told(forged(CLIP, edit))
