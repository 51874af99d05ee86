"""Settings of `learning_step`: the published digits, how runs end, what lies on the maps, and what is refused."""

from __future__ import annotations

import re
from typing import Any, get_args

import numpy as np
import pytest
from claim_cases import ends_so, learned
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from lecturer_cases import CLIP, drawn
from stage_cases import dry_run
from test_settings_gears import faults
from truth_cases import changed, settings_in_use, shown_or_refused

from core import CoreError
from scenes.parts.recipe.by_core import evaluate, number
from scenes.parts.recipe.terms import Constant
from scenes.parts.settings import SettingsError, load
from scenes.parts.settings.endings import Ending, lowest
from scenes.parts.settings.learning_step import LearningStep
from scenes.parts.type.numbers import format_resting


def clip(**changes: Any) -> LearningStep:
    """The clip with some of its keys changed."""
    with settings_in_use(changed("LearningStep", changes)):
        found = load().clip("LearningStep")
    assert isinstance(found, LearningStep)
    return found


def shown(made: LearningStep, *names: str, digits: int = 4) -> list[str]:
    """Numbers as they would stand on screen."""
    return [format_resting(made.quantities()[name].number, digits) for name in names]


# -- the published digits of STORYBOARDS ------------------------------------------------------------------------------


def test_the_first_step_has_its_published_digits() -> None:
    made = clip()
    assert shown(made, "dL_dw1", "dL_dw2", "dL_dx") == ["0.2847", "−0.9728", "0.3417"]
    assert shown(made, "new_w1", "new_w2") == ["1.058", "−0.3136"]
    assert shown(made, "predicted", "real", "gap") == ["0.5137", "0.4025", "0.1112"]


def test_at_a_small_rate_the_slope_nearly_keeps_its_promise() -> None:
    made = clip(rate=0.01)
    assert shown(made, "predicted", "real") == ["0.01027", "0.01023"]
    assert made.quantities()["gap"].number == pytest.approx(4.67e-5, rel=2e-3)


def test_the_loss_falls_step_by_step_as_published() -> None:
    found = [format_resting(loss, 2) for loss in evaluate(clip().first.along(lambda run: run.value("L"))).tolist()]
    assert found == ["0.68", "0.28", "0.13", "0.066", "0.033", "0.016", "0.0073", "0.0033", "0.0015"]
    long = clip(first_steps=17).first
    losses = [number(long.at(step).value("L")) for step in (16, 17)]
    assert losses[0] > 1e-6 > losses[1]


def test_w1_turns_round_where_w2_changes_its_sign() -> None:
    made = clip()
    assert made.first.turning("w1", "w2") == 2
    known = made.quantities()
    assert [known[f"turn_step_{key}"].number for key in ("before", "after")] == [2.0, 3.0]
    assert shown(made, "turn_w2_before", "turn_w2_after", digits=3) == ["−0.0208", "0.177"]
    assert [known[f"turn_gradient_{key}"].number for key in ("before", "after")] == pytest.approx(
        [0.00443, -0.02666], rel=1e-3
    )


def test_where_w1_turns_round_the_answer_is_still_below_the_target_so_that_no_step_went_past_it() -> None:
    made, known = clip(), clip().quantities()
    for when in ("before", "after"):
        run = made.first.at(int(known[f"turn_step_{when}"].number))
        by, gradient = (known[f"turn_{name}_{when}"].number for name in ("w2", "gradient"))
        assert number(run.delta("y")) < 0.0
        assert by * gradient < 0.0, "what comes back is multiplied by w2"


def test_the_promised_fall_is_made_of_each_step_times_its_slope_and_the_gap_lies_between_both_ends() -> None:
    known = clip().quantities()
    made = sum(known[f"up_{w}"].number * known[f"dL_d{w}"].number for w in ("w1", "w2"))
    assert made == pytest.approx(known["predicted"].number, rel=1e-13)
    assert known["gap_L"].value == pytest.approx([known["promised"].number, known["new_L"].number])
    assert shown(clip(), "rule_L", "rule_h", digits=3) == ["−1.17", "0.305"]


@pytest.mark.parametrize(
    ("changes", "signs"),
    [
        ({}, ("about", "equation")),  # 1 - 0.834 ** 2 is 0.304, -0.667 - 0.5 is -1.167
        ({"activation": "relu", "loss": "absolute_error"}, ("equation", "equation")),  # 1 and -1
        ({"activation": "square", "x": 0.3, "loss": "squared_error"}, ("equation", "about")),
    ],
)
def test_a_slope_equals_its_rule_only_if_what_is_shown_says_so(changes: dict[str, Any], signs: tuple[str, str]) -> None:
    with settings_in_use(changed("LearningStep", changes)):
        stage = dry_run("LearningStep", frame_rate=1.0)
    assert (stage.closes("rule_h"), stage.closes("rule_L")) == signs  # type: ignore[attr-defined]


def test_the_numbers_where_a_weight_turns_stand_in_their_plane_near_its_marks_the_name_over_the_first() -> None:
    turning = dry_run("LearningRates", frame_rate=1.0).turning  # type: ignore[attr-defined]
    upper, lower = turning.planes
    (name, before), (after,) = upper.over
    assert before.get_right()[0] < after.get_left()[0]
    assert name.get_bottom()[1] > before.get_top()[1]
    for plane in (upper, lower):
        for line, dot, plumb in zip(plane.over, plane.marked, plane.plumbs, strict=True):
            for piece in line:
                assert plane.across.start[0] < piece.get_left()[0] < piece.get_right()[0] < plane.across.end[0]
                assert plane.up.start[1] < piece.get_bottom()[1] < piece.get_top()[1] < plane.up.end[1]
            (x, y, _), number = dot.place, line[-1]
            (left, low, _), (right, top, _) = plumb.get_corner([-1, -1, 0]), plumb.get_corner([1, 1, 0])
            assert left - 0.02 < x < right + 0.02
            assert low - 0.02 < y < top + 0.02
            assert min(abs(number.get_center()[0] - end) for end in (left, right)) < 0.1
            assert np.hypot(*(number.get_center() - dot.place)[:2]) < 1.1


def test_the_mark_after_one_step_stands_at_the_lowest_loss_there() -> None:
    known = clip().quantities()
    assert 10.0 ** known["first_log"].number == pytest.approx(known["first_best_L"].number)
    assert known["first_step"].number == 1.0


def test_the_rates_have_their_published_losses() -> None:
    made = clip()
    assert shown(made, "one_L_0", "one_L_1", "one_L_2", digits=3) == ["0.671", "0.278", "0.0285"]
    assert shown(made, "last_L_0", "last_L_1", "last_L_2", digits=2) == ["0.51", "6.4×10^−8", "140"]
    assert shown(made, "last_L_0", "last_L_2") == ["0.5073", "138.8"]
    far = [number(made.race.loss(2, step)) for step in range(1, 9)]
    assert far == pytest.approx([0.0285, 0.3872, 0.0281, 0.0575, 0.1174, 0.2397, 0.4857, 0.9777], abs=6e-5)


def test_from_the_third_step_on_the_large_rate_jumps_farther_each_time() -> None:
    made = clip()
    errors = [number(made.race.each[2].at(step).delta("y")) for step in range(3, 9)]
    ratios = np.array(errors[1:]) / np.array(errors[:-1])
    assert ratios == pytest.approx([-1.43] * 5, abs=0.03)


def test_the_powers_of_ten_hold_all_losses_and_no_more() -> None:
    assert clip().ranges()["decades"] == (-8.0, 3.0)


def test_the_leader_after_one_step_is_not_the_winner() -> None:
    known = clip().quantities()
    assert (known["first_best"].number, known["best"].number) == (2.5, 0.5)
    assert known["best_L"].number == known["last_L_1"].number


DEAD: dict[str, Any] = {  # softplus is flat where large steps lead
    **{"x": 2.0, "w1": 0.5, "w2": 0.5, "target": 10.0, "activation": "softplus"},
    **{"rates": [0.001, 0.02, 0.1, 0.5], "steps": 30},
}

# -- how runs end -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "ends"),
    [
        ({}, ["crawls", "arrives", "flies_off"]),
        ({"activation": "relu", "rates": [1.2]}, ["stuck"]),
        ({"activation": "square", "rates": [3.0]}, ["ended"]),
        ({"rates": [0.5], "steps": 2}, ["crawls"]),
        ({"w2": 0.0, "x": 0.0}, ["stuck"] * 3),
        (DEAD, ["crawls", "arrives", "no_lower", "flat"]),
        ({"rates": [0.5, 2.5], "steps": 6}, ["crawls", "unsteady"]),
        ({"loss": "binary_cross_entropy_with_logits", "target": 0.3, "rates": [3.0]}, ["arrives"]),
    ],
)
def test_how_a_run_ends_is_told_by_its_numbers(changes: dict[str, Any], ends: list[str]) -> None:
    race = clip(**changes).race
    assert [race.ends(i) for i in range(len(race.each))] == ends


def judged(seeds: range) -> dict[str, int]:
    """Count how runs of drawn settings end, and compare each word with the core's trace, run twice as long."""
    counted: dict[str, int] = {}
    for seed in seeds:
        with settings_in_use({"clips": {CLIP: {**drawn("learning_step", seed), "tells": "rates"}}}):
            try:
                made: Any = load().clip(CLIP)
                found = [(made.race.ends(i), learned(made, rate, 2 * made.steps)) for i, rate in enumerate(made.rates)]
            except (SettingsError, CoreError, ValueError):
                continue  # beyond what is finite, as the word says, or refused
        for word, way in found:
            counted[word] = counted.get(word, 0) + 1
            assert ends_so(word, [loss for *_, loss in way], made.steps, lowest(made.network.run)), (seed, word)
    return counted


def test_no_word_of_how_a_run_ends_is_false_for_a_few_settings() -> None:
    counted = judged(range(40_000, 40_040))
    assert counted.keys() >= {"arrives", "crawls", "flat"}, counted


@pytest.mark.proof
def test_no_word_of_how_a_run_ends_is_false_for_hundreds_of_settings() -> None:
    counted = judged(range(40_000, 40_400))
    assert counted.keys() == {*get_args(Ending)} - {"ended"}, counted


def test_a_run_that_leaves_what_is_finite_ends_there_and_says_after_which_step() -> None:
    made = clip(activation="square", rates=[3.0, 0.01])
    last = made.race.each[0].last
    known = made.quantities()
    assert 0 < last < made.steps
    assert known["lasts_0"].number == last
    assert len(np.ravel(known["loss_0"].value)) == len(np.ravel(known["w1_0"].value)) == last + 1
    assert np.isfinite(known["loss_0"].value).all()
    assert known["lasts_1"].number == made.steps


def test_an_exact_zero_has_no_place_among_powers_of_ten() -> None:
    made = clip(activation="identity", w1=1.0, w2=0.5)  # y is the target already
    known = made.quantities()
    assert known["L"].number == 0.0
    assert not [name for name in known if name.startswith("log")]
    assert made.ranges()["decades"] == (-1.0, 0.0)


def test_a_rate_with_which_not_one_step_can_be_taken_is_refused() -> None:
    assert "1e+300 is so large that the first step leaves what can be computed" in str(
        faults("LearningStep", {"tells": "rates", "rates": [0.5, 1e300], "activation": "identity"})
    )


def test_a_rate_with_which_no_weight_moves_is_refused() -> None:
    told = str(faults("LearningStep", {"rate": 1e-20}))
    assert "rate: 1e-20 is so small that the first step moves no weight" in told
    assert "nor would a rate of 1" not in told


def test_it_is_said_that_gradients_are_too_small_for_any_rate() -> None:
    told = str(faults("LearningStep", {"activation": "gelu", "x": 5.0, "w1": -4.0}))
    assert re.search("moves no weight: .*; nor would a rate of 1 do", told)


def test_a_step_of_which_rounding_leaves_less_than_half_is_refused() -> None:
    told = str(faults("LearningStep", {"rate": 6e-17}))
    assert "rate: 6e-17 is so small that more than half of the first step is rounding" in told


@pytest.mark.parametrize("tells", ["step", "rates"])
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"activation": "identity", "w1": 0.5, "w2": 1.0}, "target: with 0.5 the gradient of both weights is 0, "),
        ({"activation": "identity", "w1": 0.1, "w2": 3.0, "target": 0.3}, "is 0 but for rounding, .* 1.3 would do"),
        ({"activation": "relu", "x": -1.0}, "x: with -1.0 the gradient of both weights is 0, .* 1.0 would do"),
        ({"x": 0.0, "w2": 0.0}, "x: with 0.0 the gradient of both weights is 0, .*; 1.0 would do"),
        ({"loss": "binary_cross_entropy_with_logits", "w2": 0.0}, "target: with 0.5 .*; 0.25 would do"),
    ],
)
def test_where_no_weight_has_a_gradient_there_is_no_step_to_tell_and_another_number_is_named(
    changes: dict[str, Any], said: str, tells: str
) -> None:
    assert re.search(said, str(faults("LearningStep", {"tells": tells, **changes})))


def test_a_number_that_is_said_to_do_does() -> None:
    dead = {"activation": "relu", "x": -1.0}
    (told,) = faults("LearningStep", dead)
    (would,) = re.findall(r"; (\S+) would do", str(told))
    assert not faults("LearningStep", {**dead, "x": float(would)})


@pytest.mark.parametrize("rates", [[0.1, 0.1, 2.0], [2.0, 0.1, 0.10]])
def test_the_same_rate_twice_is_nothing_to_compare(rates: list[float]) -> None:
    (told,) = faults("LearningStep", {"tells": "rates", "rates": rates})
    assert "rates: 0.1 is in it twice: at the same rate there is nothing to compare" in str(told)


@pytest.mark.parametrize("rates", [[], [0.1] * 5, [0.0], [-0.5]])
def test_there_are_one_to_four_rates_above_zero(rates: list[float]) -> None:
    assert faults("LearningStep", {"rates": rates})


# -- maps -------------------------------------------------------------------------------------------------------------


def test_both_axes_of_a_map_have_one_scale_and_hold_what_is_to_be_seen() -> None:
    for each in clip().maps:
        (left, right), (low, high) = each.square
        assert right - left == pytest.approx(high - low)
        assert all(left < x < right and low < y < high for x, y in (*each.seen, *each.also))


def test_the_map_is_the_loss_at_each_pair_of_weights() -> None:
    made = clip()
    known = made.quantities()
    xs, ys, grid = (known[f"near_{name}"].value for name in "xyL")
    assert grid.shape == (len(ys), len(xs))
    for row, column in ((0, 0), (7, 31), (40, 40)):
        run = made.run.but(w1=Constant(float(xs[column])), w2=Constant(float(ys[row])))
        assert grid[row, column] == number(run.value("L"))


def test_where_the_loss_cannot_be_computed_all_around_the_map_is_smaller() -> None:
    (low, high), _ = clip(activation="log", w1=0.9, rate=0.02, rates=[0.02]).maps[0].square
    assert 0.0 < low < high


@pytest.mark.parametrize("tells", ["step", "rates"])
def test_where_the_loss_cannot_be_computed_on_one_side_the_map_lies_on_the_other(tells: str) -> None:
    grown = {"activation": "exp", "x": -4.4, "w1": -1.5, "w2": 0.01, "target": -0.04, "rate": 0.1, "rates": [0.1]}
    near, _ = clip(tells=tells, **grown).maps
    (left, right), (low, high) = near.square
    assert right - left == pytest.approx(high - low)
    assert all(left < x < right and low < y < high for x, y in near.seen)
    assert near.seen[0][0] - left < right - near.seen[0][0]


def test_what_is_not_told_is_left_out_of_a_map_on_which_the_loss_could_not_be_computed() -> None:
    pole = {"activation": "reciprocal", "loss": "absolute_error", "x": 8.8, "w1": -0.12, "w2": -0.28, "target": -2.89}
    (_, right), _ = clip(tells="rates", rates=[0.2, 0.5], **pole).maps[0].square
    assert right < 0.0 < clip(tells="rates", rates=[0.2, 0.5], **pole).first.back("w1")[0]


@pytest.mark.parametrize(
    ("changes", "led"),
    [({}, 1), ({"w2": 0.8}, 1), ({"x": 0.4, "rate": 2.0}, 0)],
)
def test_both_ways_have_their_word_and_their_loss_at_the_tip_or_at_the_end_of_a_leader(
    changes: dict[str, Any], led: int
) -> None:
    with settings_in_use(changed("LearningStep", changes)):
        near = dry_run("LearningStep", frame_rate=1.0).near  # type: ignore[attr-defined]
    assert near.found_at == near.pointers
    assert len(near.words) == len(near.losses) == 2
    assert len(near.leads) == led
    for pointer, word, loss in zip(near.pointers, near.words, near.losses, strict=True):
        (left, low, _), (right, top, _) = word.get_corner([-1, -1, 0]), loss.get_corner([1, 1, 0])
        x, y, _ = pointer.mouth
        away = np.hypot(x - np.clip(x, left, right), y - np.clip(y, low, top))
        reaches = [lead for lead in near.leads if np.hypot(*(lead.get_center()[:2] - [x, y])) < away]
        assert away < 0.65 or reaches, "farther off it has a leader"


@hypothesis_settings(max_examples=25, deadline=None)
@given(
    x=st.floats(-3, 3),
    w1=st.floats(-3, 3),
    w2=st.floats(-3, 3),
    target=st.floats(-3, 3),
    rate=st.floats(1e-4, 3.0),
    activation=st.sampled_from(["tanh", "relu", "sigmoid", "identity", "sin", "softplus"]),
)
def test_whatever_the_numbers_a_step_is_what_its_parts_say(activation: str, **changes: float) -> None:
    made = clip(activation=activation, **changes)
    known = made.quantities()
    for w in ("w1", "w2"):
        step = -made.rate * known[f"dL_d{w}"].number
        assert known[f"new_{w}"].number == pytest.approx(known[w].number + step, rel=1e-12, abs=1e-15)
        assert known[f"down_{w}"].number == -known[f"up_{w}"].number == pytest.approx(step, rel=1e-14)
    squares = sum(known[f"dL_d{w}"].number ** 2 for w in ("w1", "w2"))
    assert known["predicted"].number == pytest.approx(made.rate * squares, rel=1e-13)
    assert known["gap"].number == pytest.approx(known["predicted"].number - known["real"].number, abs=1e-15)


def test_the_last_picture_answers_the_first_question_with_how_far_each_weight_has_moved() -> None:
    made: Any = dry_run("LearningStep", frame_rate=1.0)
    steps = [s for s in made.falls.moved if hasattr(s, "quantity")]
    assert [s.quantity.name for s in steps] == ["down_w1", "down_w2"]
    assert [s.text for s in steps] == ["−0.142", "0.486"]
    assert all(s in made.standing for s in made.falls.moved)


CLEAR = 0.06  # frame units: what is as near as that is misread


@pytest.mark.parametrize("w1", [3.2, -0.5])
def test_no_number_on_the_map_lies_on_a_leader_to_an_axis(w1: float) -> None:
    near = {"tells": "rates", "x": -0.41, "w1": w1, "w2": -0.94, "target": -2.6, "rate": 0.01, "rates": [0.01, 0.1]}
    changes = near | {"activation": "square", "loss": "squared_error"}
    stage: Any = shown_or_refused("LearningStep", changed("LearningStep", changes))
    assert not isinstance(stage, str), stage
    (x, y, _), (left, foot, _) = stage.near.start.place, stage.near.across.start
    for text in stage.near.here:
        low, high = text.get_corner([-1, -1, 0]) - CLEAR, text.get_corner([1, 1, 0]) + CLEAR
        assert high[0] < left or not low[1] < y < high[1]
        assert not (low[0] < x < high[0] and foot < high[1])


WAVY = {"x": -3.3, "w1": 4.3, "w2": 4.9, "activation": "sin", "loss": "squared_error", "target": 4.8, "rate": 0.1}


def test_of_a_loss_with_more_waves_than_a_grid_tells_there_are_no_level_lines_and_nothing_is_said_of_any() -> None:
    """With 41 places across 14 waves, lines would be drawn where there are none."""
    smooth, wavy = clip(), clip(**WAVY)
    for made, is_smooth in ((smooth, True), (wavy, False)):
        assert all(loss_map.is_smooth == is_smooth for loss_map in made.maps)
        assert {f"{loss_map.key}_L" in made.table() for loss_map in made.maps} == {is_smooth}
        assert {f"{loss_map.key}_out" in made.table() for loss_map in made.maps} == {is_smooth}
    assert (smooth.instead, wavy.instead) == ({}, {"read_map": "read_waves"})
    for changes, are_drawn in (({}, True), (WAVY, False)):
        with settings_in_use(changed("LearningStep", changes)):
            near = dry_run("LearningStep", frame_rate=1.0).near  # type: ignore[attr-defined]
        assert bool(near.levels) == are_drawn


@pytest.mark.parametrize("activation", ["tanh", "relu", "softplus", "gelu", "abs", "sigmoid"])
def test_a_bend_is_no_wave(activation: str) -> None:
    assert clip(activation=activation, loss="absolute_error", x=3.4).maps[0].is_smooth
