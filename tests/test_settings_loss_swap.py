"""Settings of `loss_swap`: the published digits, what a kink gives, what both losses teach, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from test_settings_gears import faults
from truth_cases import changed, settings_in_use

from scenes.parts.recipe.by_core import evaluate
from scenes.parts.settings import load
from scenes.parts.settings.logit import LOGIT_LOSS
from scenes.parts.settings.loss_swap import PARTS, LossSwap
from scenes.parts.type.numbers import format_resting

NEURON: dict[str, Any] = {"w1": 2.0, "b": 2.0, "w2": None, "target": 0.0, "activation": "sigmoid"}
NEURON |= {"losses": ["half_squared_error", "binary_cross_entropy"], "times": 0.5, "rate": 0.15, "steps": 60}


def clip(**changes: Any) -> LossSwap:
    """The clip with some of its keys changed."""
    with settings_in_use(changed("LossSwap", changes)):
        found = load().clip("LossSwap")
    assert isinstance(found, LossSwap)
    return found


def shown(made: LossSwap, *names: str, digits: int = 4) -> list[str]:
    """Numbers as they would stand on screen."""
    return [format_resting(made.quantities()[name].number, digits) for name in names]


def way(made: LossSwap, i: int) -> list[float]:
    """The answer after each step, by one of the losses."""
    return list(evaluate(made.judges.learned_rows(made.ways)[f"way_{i}"].term).tolist())


# -- the published digits of STORYBOARDS ------------------------------------------------------------------------------


def test_both_losses_push_as_published_here_and_where_the_error_is_twice_as_large() -> None:
    made = clip()
    assert shown(made, "y", "miss", "slid_y") == ["−0.6669", "−1.167", "−1.834"]
    assert shown(made, "L_0", "L_1") == ["0.6809", "1.167"]
    assert shown(made, "push_0", "slid_push_0") == ["−1.167", "−2.334"]
    assert [made.quantities()[name].number for name in ("push_1", "slid_push_1")] == [-1.0, -1.0]


def test_on_its_kink_a_slope_is_exactly_0_and_on_both_sides_it_is_1() -> None:
    known = clip().quantities()
    assert [known[f"{side}_push_1"].number for side in ("below", "on", "above")] == [-1.0, 0.0, 1.0]
    assert known["on_push_0"].number == 0.0


def test_all_lines_by_hand_have_their_published_digits() -> None:
    made, names = clip(), ("y", "h", "z", "x", "w1", "w2")
    assert list(made.judges.lines()) == list(names)
    squared = ["−1.167", "0.9335", "0.2847", "0.3417", "0.2847", "−0.9728"]
    absolute = ["−1.000", "0.8000", "0.2440", "0.2928", "0.2440", "−0.8337"]
    assert shown(made, *(f"dL_d{name}_0" for name in names)) == squared
    assert shown(made, *(f"dL_d{name}_1" for name in names)) == absolute
    assert shown(made, *(f"quotient_{name}" for name in names)) == ["1.167"] * 6


def test_from_one_start_at_one_rate_one_arrives_and_the_other_hops() -> None:
    made = clip(steps=20)
    squared = [-0.2461, -0.0160, 0.1356, 0.2442, 0.3230, 0.3793, 0.4187, 0.4457, 0.4639, 0.4761]
    absolute = [-0.3036, 0.0100, 0.3026, 0.6203, 0.2806, 0.5814, 0.2563, 0.5379, 0.2297, 0.4897]
    assert way(made, 0)[1:11] == pytest.approx(squared, abs=6e-5)
    assert way(made, 1)[1:11] == pytest.approx(absolute, abs=6e-5)
    assert way(made, 0)[0] == way(made, 1)[0]


def test_as_a_logit_the_answer_is_pushed_by_chance_minus_truth() -> None:
    losses = ["half_squared_error", LOGIT_LOSS]
    made = clip(losses=losses, target=1.0)
    assert shown(made, "p", "p_miss", "push_1", "L_1") == ["0.3392", "−0.6608", "−0.6608", "1.081"]
    assert shown(made, "dL_dx_1", "dL_dw1_1", "dL_dw2_1") == ["0.1935", "0.1612", "−0.5509"]
    assert shown(clip(losses=losses, target=0.5), "push_1", "p_miss") == ["−0.1608"] * 2
    assert clip().logit is None


def test_how_far_off_both_end_is_said_with_the_push_that_does_not_fade_there() -> None:
    made = clip(steps=15)
    assert shown(made, "off_0", "last_push_0") == ["−0.002941"] * 2
    assert shown(made, "off_1", "last_push_1") == ["0.2269", "1.000"]
    for i in range(2):
        end, aim = evaluate(made.judges.learned_rows(made.ways)[f"off_line_{i}"].term)
        assert (end, aim) == (way(made, i)[-1], made.target)


def test_a_part_is_told_where_it_is_wanted_and_there_is_something_to_tell() -> None:
    parts = ["kink", "hand", "learn", "chance"]
    plain, logit = clip(parts=parts), clip(parts=parts, target=1.0, losses=["squared_error", LOGIT_LOSS])
    assert [part for part in PARTS if plain.tells(part)] == ["kink", "hand", "learn"]
    assert [part for part in PARTS if logit.tells(part)] == ["hand", "learn", "chance"]
    assert not any(clip(parts=[]).tells(part) for part in PARTS)


def test_the_slope_of_a_function_is_said_by_its_values_where_a_line_says_it() -> None:
    tanh, sigmoid = clip().quantities(), clip(**NEURON).quantities()
    assert (tanh["rule_h"].row.symbol, sigmoid["rule_y"].row.symbol) == ("1 - h^2", "y (1 - y)")
    assert tanh["rule_h"].number == pytest.approx(1 - tanh["h"].number ** 2, rel=1e-12)
    assert sigmoid["rule_y"].number == pytest.approx(sigmoid["y"].number * (1 - sigmoid["y"].number), rel=1e-12)
    assert not {"rule_h", "rule_y"} & set(clip(activation="relu").quantities())


@pytest.mark.parametrize(
    ("target", "loss", "law"),
    [
        (0.5, "absolute_error", "|y - t|"),
        (0.5, "squared_error", "(y - t)^2"),
        (1.0, LOGIT_LOSS, "-ln p"),
        (0.0, LOGIT_LOSS, "-ln(1 - p)"),
        (0.25, LOGIT_LOSS, ""),
    ],
)
def test_a_loss_is_written_beside_its_curve_where_a_short_line_says_it(target: float, loss: str, law: str) -> None:
    known = clip(target=target, losses=["half_squared_error", loss]).quantities()
    assert known["loss_law_0"].row.symbol == "inline(1/2) (y - t)^2"
    assert known["loss_law_0"].number == pytest.approx(known["miss"].number ** 2 / 2, rel=1e-12)
    assert (known["loss_law_1"].row.symbol if "loss_law_1" in known else "") == law


def test_the_saturated_neuron_has_its_published_digits() -> None:
    made = clip(**NEURON)
    known = made.quantities()
    assert shown(made, "y", "push_1") == ["0.9820", "0.9820"]
    assert known["push_0"].number == pytest.approx(0.017345, abs=5e-7)
    assert 1 / known["quotient"].number == pytest.approx(56.6, abs=0.05)
    assert known["slid_push_0"].number > known["push_0"].number
    assert 0.0 < known["slid_miss"].number < known["miss"].number


def test_the_shipped_neuron_is_that_one() -> None:
    made = load().clip("LossSwapSaturated")
    assert isinstance(made, LossSwap)
    kept = made.model_dump(mode="json")
    assert {key: kept[key] for key in NEURON} == NEURON


@pytest.mark.parametrize(("i", "below_half", "below_fifth"), [(0, 232, 302), (1, 17, 31)])
def test_the_saturated_neuron_learns_as_late_as_published(i: int, below_half: int, below_fifth: int) -> None:
    made = clip(**NEURON)
    run, rate = made.runs[i], made.given("rate")

    def after(step: int) -> float:
        return float(evaluate(run.after(step, rate).value("y")))

    assert after(below_half - 1) >= 0.5 > after(below_half)
    assert after(below_fifth - 1) >= 0.2 > after(below_fifth)


# -- other numbers ----------------------------------------------------------------------------------------------------


@hypothesis_settings(max_examples=10, deadline=None)
@given(*(st.floats(-2.0, 2.0).filter(lambda value: abs(value) > 0.05) for _ in range(4)))
def test_every_line_differs_by_the_factor_of_the_first(x: float, w1: float, w2: float, target: float) -> None:
    made = clip(x=x, w1=w1, w2=w2, target=target)
    known = made.quantities()
    found = [known[name].number for name in known if name.startswith("quotient_")]
    assert found == pytest.approx([known["quotient"].number] * len(found), rel=1e-12)
    assert known["quotient"].number == pytest.approx(abs(known["miss"].number), rel=1e-12)


def test_everything_that_is_drawn_lies_on_its_axis() -> None:
    for made in (clip(), clip(times=10.0), clip(target=250.0), clip(**NEURON)):
        (low, high), (bottom, top) = (made.ranges()[key] for key in ("over", "L"))
        for key, place in made.judges.places.items():
            assert low < float(evaluate(place)) < high
            for i in range(2):
                assert bottom < made.quantities()[f"{key}L_{i}"].number < top


def test_where_the_second_push_is_0_nothing_is_divided() -> None:
    made = clip(w1=0.0, target=0.0)
    assert not made.judges.has_quotients
    assert not made.judges.kinked
    assert clip(w2=0.0).judges.has_quotients


def test_a_bias_takes_the_push_as_it_comes() -> None:
    made = clip(b=0.5)
    assert made.judges.lines()["b"] == ("", "z")
    assert made.quantities()["dL_db_0"].number == made.quantities()["dL_dz_0"].number


# -- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"losses": ["absolute_error", "absolute_error"]}, "two different losses"),
        ({"parts": ["kinks"]}, "'kinks' is not one of kink, hand, learn, chance"),
        ({"losses": ["absolute_error", "binary_cross_entropy_with_logits"], "target": 2.0}, "target from 0 to 1"),
        ({"losses": ["half_squared_error", "binary_cross_entropy"]}, "cannot be computed"),
        ({"rate": 1e308, "w2": 100.0, "parts": ["learn"]}, "the first step leaves what can be computed"),
        ({"w2": 1e308, "activation": "exp", "w1": 5.0}, "cannot be computed"),
    ],
)
def test_what_cannot_be_compared_is_refused(changes: dict[str, Any], told: str) -> None:
    assert any(told in fault for fault in faults("LossSwap", changes))
