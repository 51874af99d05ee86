"""Clips: what a variant inherits, what its words may hold, what fits, and what its digest depends on."""

from __future__ import annotations

import json
import math
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from unittest import mock

import hypothesis
import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from settings_cases import BASE, edited, faults, settings, shipped

from core.functions import FUNCTIONS
from scenes.parts.recipe.by_core import evaluate, number
from scenes.parts.recipe.nudge import Nudge
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Recipe, Run
from scenes.parts.settings import BeatWords, SettingsError, check, config_path, fill, load
from scenes.parts.settings.base import ClipSettings, Swept, read_only
from scenes.parts.settings.faults import Problem
from scenes.parts.settings.models import SCENES, Settings
from scenes.parts.settings.network import THICKEST
from scenes.parts.settings.network_clip import NetworkClip
from scenes.parts.settings.toy_chain import ToyChain, Words
from scenes.parts.settings.two_layer_network import TwoLayerNetwork
from scenes.parts.settings.two_layers import WEIGHTS
from scenes.parts.settings.words import names_in
from scenes.parts.type.numbers import format_resting


def network(settings: Settings, name: str = "Net") -> TwoLayerNetwork:
    """Return a clip of the scene two_layer_network."""
    clip = settings.clip(name)
    assert isinstance(clip, TwoLayerNetwork)
    return clip


def chain(settings: Settings) -> ToyChain:
    """Return the clip of the scene toy_chain."""
    clip = settings.clip("Chain")
    assert isinstance(clip, ToyChain)
    return clip


def misfits(*changes: tuple[str, str], clip: str = "Net") -> list[str]:
    """Return what does not fit in a clip of the edited file."""
    return [str(fault) for fault in settings(*changes).fit(clip)]


# Inheritance


def test_a_variant_takes_what_it_does_not_say_from_the_first_clip_of_its_scene() -> None:
    made = settings()
    variant = network(made, "Variant")
    assert variant.activation == "sin"
    assert variant.model_copy(update={"activation": "tanh"}) == network(made)


def test_words_are_merged_key_by_key_and_all_else_is_replaced() -> None:
    made = settings(("activation: sin", "nudges: [0.2]\n    words: {title: Other, ask: {caption: Why}}"))
    first, variant = network(made), network(made, "Variant")
    assert variant.words.title == "Other"
    assert variant.words.ask == BeatWords(sentence="ask", caption="Why")
    assert variant.words.code == first.words.code
    assert variant.nudges == (0.2,)


def test_a_variant_inherits_from_the_first_clip_and_not_from_another_variant() -> None:
    made = settings(("  Chain:", "  Third: {scene: two_layer_network, x: 3}\n  Chain:"))
    assert network(made, "Third").activation == "tanh"


def test_the_first_clip_of_a_scene_must_be_complete() -> None:
    text = edited().replace("  Net:", "  Early: {scene: two_layer_network, x: 3}\n  Net:")
    assert any(line.startswith("config.yaml:6:3: clips.Early.w1: this key is missing") for line in faults(text))


def test_clips_are_told_in_the_order_of_the_file() -> None:
    assert settings().clips_of("two_layer_network") == ("Net", "Variant")
    assert settings().clips_of("toy_chain") == ("Chain",)
    assert settings().clips_of("none") == ()


def test_an_unknown_clip_is_told_with_the_nearest_name() -> None:
    with pytest.raises(SettingsError) as caught:
        settings().clip("Varient")
    assert "'Varient' is not one of Net, Variant, Chain; did you mean 'Variant'?" in str(caught.value)
    assert "\n" not in str(caught.value)


# Frozen, strict


def test_nothing_in_the_settings_can_be_changed() -> None:
    made = settings(("digits: 4", "digits: 4\nnames: {relu: ReLU}"))
    for target, name, value in [(made, "digits", 5), (made.palette, "ink", "#000000"), (network(made), "x", 2.0)]:
        with pytest.raises(ValidationError):
            setattr(target, name, value)
    for mapping in (made.clips, made.names):
        assert isinstance(mapping, Mapping)
        with pytest.raises(TypeError):
            mapping["new"] = 1  # type: ignore[index]
    assert isinstance(network(made).nudges, tuple)


def test_a_whole_number_may_stand_where_a_number_is_wanted() -> None:
    made = settings(("x: 1.0", "x: 1"), ("pace", "pace") if "pace" in BASE else ("digits: 4", "digits: 4\npace: 2"))
    assert isinstance(network(made).x, float)
    assert made.pace == 2.0


def test_a_name_that_is_not_given_is_the_functions_own() -> None:
    made = settings(("digits: 4", "digits: 4\nnames: {sin: Sinus, absolute_error: Betrag}"))
    assert [made.display_name(n) for n in ("sin", "leaky_relu", "absolute_error")] == ["Sinus", "leaky relu", "Betrag"]


def test_settings_survive_being_written_and_read_again() -> None:
    made = settings()
    plain = json.loads(made.model_dump_json())
    plain["palette"] = {role: colour for role, colour in plain["palette"].items() if colour}
    text = yaml.safe_dump(plain, sort_keys=False, allow_unicode=True)
    assert faults(text) == []
    again = yaml.safe_load(text)
    assert again["clips"]["Variant"]["activation"] == "sin"
    assert TwoLayerNetwork.model_validate_json(network(made).model_dump_json()) == network(made)


# Words


def test_names_in_braces_are_filled_in_and_doubled_braces_become_single() -> None:
    assert fill("{y}, {{y}}, {L}", {"y": "\u22120.6669", "L": "0.6809"}) == "\u22120.6669, {y}, 0.6809"
    assert names_in("{y} {{no}} {L}") == ("y", "L")


def test_a_name_of_one_label_is_allowed_in_that_label_only() -> None:
    local = mock.patch.object(Words, "local_names", {"hatched": ("function",)})
    with local:
        variant = "  Other:\n    scene: toy_chain\n    words: "
        assert faults(BASE + variant + "{hatched: '{function}'}\n") == []
        assert "{function} is not one of" in faults(BASE + variant + "{title: '{function}'}\n")[0]


@pytest.mark.parametrize("number", ["0.5", "0,5", ".5", "1e-3", "3.", "x=2.25", "\u0663\u066b\u0664", "\uff11.\uff12"])
def test_a_decimal_number_typed_in_words_is_refused(number: str) -> None:
    found = faults(edited(("activation: sin", f"words: {{title: 'about {number} here'}}")))
    assert bool(found) == (number != "3."), found


@pytest.mark.parametrize("text", ["2 knobs", "w1 and w2", "h1 = z", "2, 3 and 4", "Day 5.", "x^2", "e2e", "v2.final"])
def test_whole_numbers_and_symbols_may_be_typed(text: str) -> None:
    assert faults(edited(("activation: sin", f"words: {{title: '{text}'}}"))) == []


def test_typed_numbers_may_be_allowed_for_one_clip() -> None:
    allowed = "allow_typed_numbers: true\n    words: {title: 'about 0.5'}"
    assert faults(edited(("activation: sin", allowed))) == []


def test_beats_are_told_in_the_order_of_the_words() -> None:
    words = network(settings()).words
    assert words.beats()[:5] == ("pose_question", "pose_right", "push_forward", "push_on", "measure_loss")
    assert "title" not in words.beats()


# What fits


def test_the_small_file_and_the_shipped_one_fit() -> None:
    assert [fault for name in settings().clips for fault in settings().fit(name)] == []
    assert check(shipped()) == ()


def test_a_ribbon_that_is_too_thick_is_told_with_the_scale_that_fits() -> None:
    told = misfits(("scale: 0.5", "scale: 3"))
    start = "config.yaml:14:12: clips.Net.scale: 3.0 would draw dL_dy 3.501 units thick, "
    assert len(told) == 1
    assert told[0].startswith(f"{start}and {THICKEST} is the most that fits; ")
    fitting = float(told[0].split("; ")[1].split()[0])
    assert misfits(("scale: 0.5", f"scale: {fitting!r}")) == []
    assert misfits(("scale: 0.5", f"scale: {1.01 * fitting!r}")) != []


def test_what_does_not_fit_in_a_variant_is_told_at_the_variant() -> None:
    told = misfits(("activation: sin", "w1: 100\n    activation: identity"), clip="Variant")
    assert told[0].startswith("config.yaml:18:3: clips.Variant.scale: 0.5 would draw")


def test_a_nudge_that_does_not_confirm_is_told_with_one_that_does() -> None:
    told = misfits(("nudge: 1e-4", "nudge: 0.5"))
    assert len(told) == 1
    assert told[0].startswith(
        "config.yaml:16:12: clips.Net.nudge: a step of 0.5 does not give dL_dw1 in all 4 digits; "
    )
    better = float(told[0].split("; ")[1].split()[0])
    assert misfits(("nudge: 1e-4", f"nudge: {better!r}")) == []


@pytest.mark.parametrize(
    "name", ["TwoLayerNetwork", "TwoLayerRelu", "TwoLayerReluClosed", "TwoLayerSine", "TwoLayerAbsolute"]
)
def test_the_nudges_of_the_shipped_clips_confirm_every_digit_shown(name: str) -> None:
    made = load(shipped())
    clip = network(made, name)
    for weight in WEIGHTS:
        result = Nudge.of(clip.network.run, weight, clip.nudging.steps[-1])
        shown = [format_resting(number(term), made.digits) for term in (result.slope, result.predicted)]
        assert shown[0] == shown[1]


def test_a_kink_that_no_nudge_confirms_is_told_as_such() -> None:
    told = misfits(("w1: 1.2", "w1: 0"), ("activation: tanh", "activation: relu"))
    assert told == [
        "config.yaml:16:12: clips.Net.nudge: a step of 0.0001 does not give dL_dw1 in all 4 digits, "
        "nor does any other step: the loss has a kink at w1 = 0.0: below it the slope is 0, above it 0.4, and a nudge "
        "to both sides finds their mean; change a value"
    ]


@pytest.mark.parametrize(
    ("weight", "step", "rounding"), [("w1", 0, False), ("w1", 2, False), ("w2", 0, True), ("w2", 2, True)]
)
def test_a_gap_that_rounding_can_make_is_told_from_one_that_the_curve_makes(
    weight: str, step: int, rounding: bool
) -> None:
    nudging = network(settings()).nudging
    assert nudging.is_rounding(weight, step) is rounding, "L is a parabola in w2: both sides give its slope exactly"


def test_a_gap_of_exactly_0_is_no_rounding() -> None:
    nudging = network(settings(("activation: tanh", "activation: relu"), ("x: 1.0", "x: -1.0"))).nudging
    assert not any(nudging.is_rounding(weight, step) for weight in WEIGHTS for step in range(3))


def test_digits_that_no_step_gives_are_told_with_the_digits_that_one_does() -> None:
    far = [("target: 0.5", "target: 1e9"), ("scale: 0.5", "scale: 1e-10")]
    told = misfits(("digits: 4", "digits: 6"), *far)[0]
    assert "does not give dL_dw1 in all 6 digits, nor does any other step; digits: " in told
    fewer = told.split("; digits: ")[1].split()[0]
    better = misfits(("digits: 4", f"digits: {fewer}"), *far)
    assert not better or f"in all {fewer} digits; " in better[0]


def test_a_network_that_cannot_be_computed_is_a_fault_and_no_crash() -> None:
    told = misfits(("activation: tanh", "activation: exp"), ("w1: 1.2", "w1: 1000"))
    assert len(told) == 1
    assert told[0].startswith("config.yaml:6:3: clips.Net: the network cannot be computed: ")
    assert "\n" not in told[0]


def test_an_output_that_is_no_probability_is_a_fault_and_no_crash() -> None:
    told = misfits(("half_squared_error", "binary_cross_entropy"))
    assert told[0].startswith("config.yaml:6:3: clips.Net: the network cannot be computed: ")


def test_a_ribbon_of_a_chain_that_is_too_thick_is_told_with_the_scale_that_fits() -> None:
    told = misfits(("    scale: 0.5\n    sweep", "    scale: 0.6\n    sweep"), clip="Chain")
    assert told == [
        "config.yaml:25:12: clips.Chain.scale: 0.6 would draw the push at h1 1.157 units thick, "
        "and 1.1 is the most that fits; 0.57 would fit"
    ]
    assert misfits(("    scale: 0.5\n    sweep", "    scale: 0.57\n    sweep"), clip="Chain") == []
    assert misfits(("    scale: 0.5\n    sweep", "    scale: auto\n    sweep"), clip="Chain") == []


def test_a_reciprocal_on_both_sides_of_zero_is_refused() -> None:
    change = ("[tanh, square, identity]\n    x_range: [-2, 2]", "[tanh, reciprocal]\n    x_range: [-2, 1.9]")
    told = misfits(change, ("    scale: 0.5\n    sweep", "    sweep"), clip="Chain")
    assert told == [
        "config.yaml:23:23: clips.Chain.functions[1]: h1 goes through 0, where the reciprocal is not defined"
    ]


@pytest.mark.parametrize(
    ("functions", "x_range", "stops"),
    [
        ("[tanh, square, identity]", "[-2, 2]", [0.0, 1.9]),  # of two that mirror each other the last
        ("[relu]", "[-2, 2]", [-1.0]),  # a whole side
        ("[abs]", "[-2, 2]", [-2.0]),  # its slope is 0 at its kink alone: x rests where it begins
        ("[exp, sqrt]", "[-1, 1]", [-1.0]),
        ("[square, identity, square]", "[-1, 1]", [0.0]),  # two gates at one place: one stop
        ("[sin]", "[-15, 15]", [-14.15, -11.0, -7.9, -4.7]),
    ],
)
def test_x_stops_near_the_middle_of_each_stretch_on_which_a_gate_is_flat(
    functions: str, x_range: str, stops: list[float]
) -> None:
    change = ("[tanh, square, identity]\n    x_range: [-2, 2]", f"{functions}\n    x_range: {x_range}")
    quantities = chain(settings(change)).quantities()
    found = [quantities[name].number for name in quantities if re.fullmatch(r"stop_\d_x", name)]
    assert found[: len(stops)] == pytest.approx(stops, abs=1e-12)
    assert len(found) - len(stops) in (0, 1)  # a case that is no stop


def test_first_y_is_small_with_much_of_the_push_then_it_is_not_and_the_claim_stands_where_least_comes_back() -> None:
    def shown(*changes: tuple[str, str]) -> list[list[float]]:
        clip = chain(settings(*changes))
        found = clip.quantities()
        return [[found[f"stop_{i}_{what}"].number for what in ("x", "y", "back")] for i in clip.cases]

    live, flat, claim = shown()
    assert claim == [0.0, 0.0, 0.0]
    assert live[0] == pytest.approx(0.36)
    assert abs(live[1]) < 0.15
    assert abs(live[2]) > 0.5
    assert flat[0] == pytest.approx(1.9)
    assert flat[1] > 0.9
    assert 0.0 < flat[2] < 0.2
    assert shown(("[tanh, square, identity]", "[identity]")) == [[-2.0, -2.0, 1.0]]
    assert shown(("[tanh, square, identity]", "[relu]"))[-1] == [-1.0, 0.0, 0.0]


@pytest.mark.parametrize("x_range", ["[-3, -1]", "[20, 21]"])
def test_the_graph_of_a_value_that_never_moves_reaches_to_both_sides(x_range: str) -> None:
    clip = chain(settings(("[tanh, square, identity]\n    x_range: [-2, 2]", f"[relu, tanh]\n    x_range: {x_range}")))
    for low, high in clip.ranges().values():
        assert low < high
    for run in clip.chain.graphs.values():
        at = evaluate(run.input(run.recipe.steps[0].takes[0]))
        assert at.min() < at.max()


def test_a_chain_that_cannot_be_computed_is_a_fault_and_no_crash() -> None:
    told = misfits(("[tanh, square, identity]", "[exp, exp, exp, exp]"), clip="Chain")
    assert len(told) == 1
    assert told[0].startswith("config.yaml:23:16: clips.Chain.functions: the chain cannot be computed over the whole")


def test_one_clip_that_does_not_fit_stands_in_no_other_clips_way() -> None:
    made = settings(("scale: 0.5", "scale: 3"))
    assert made.fit("Chain") == ()


numbers = st.floats(allow_nan=False, allow_infinity=False)
steps = st.floats(1e-300, 1)


@hypothesis.settings(max_examples=300, deadline=None)
@given(numbers, numbers, numbers, st.floats(0, 1), st.sampled_from(list(FUNCTIONS)), st.integers(0, 3), steps)
@hypothesis.example(2.0**54, 0.0, 0.0, 0.0, "identity", 0, 1.0)  # floats lie 4 apart there: a graph is one point
def test_no_numbers_make_the_question_whether_a_network_fits_crash(
    x: float, w1: float, w2: float, target: float, activation: str, loss: int, step: float
) -> None:
    names = ("half_squared_error", "absolute_error", "binary_cross_entropy", "binary_cross_entropy_with_logits")
    values = {"x": x, "w1": w1, "w2": w2, "target": target, "activation": activation, "loss": names[loss]}
    clip = network(settings()).model_copy(update={**values, "nudge": step, "nudges": (step,)})
    for problem in clip.fit(4):
        assert "\n" not in problem.message
        assert "nan" not in problem.message


@hypothesis.settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(list(FUNCTIONS)), min_size=1, max_size=5), numbers, numbers)
def test_no_numbers_make_the_question_whether_a_chain_fits_crash(
    functions: list[str], one: float, other: float
) -> None:
    ends = (min(one, other), max(one, other))
    clip = chain(settings()).model_copy(update={"functions": tuple(functions), "x_range": ends})
    for problem in clip.fit(4):
        assert "\n" not in problem.message
        assert "nan" not in problem.message


# Traces


def gradients_of(clip: TwoLayerNetwork) -> dict[str, float]:
    """Every gradient of a clip, by its name."""
    return {key: each.number for key, each in clip.quantities().items() if key.startswith("dL_d") and key != "dL_dL"}


def test_a_clip_builds_the_trace_of_the_worked_example() -> None:
    run = network(settings()).network.run
    assert [number(run.value(name)) for name in "xzhy"] == pytest.approx(
        [1, 1.2, 0.8336546070121552, -0.6669236856097243], rel=1e-15
    )
    assert gradients_of(network(settings())) == pytest.approx(
        {
            "dL_dx": 0.3416976558326533,
            "dL_dz": 0.2847480465272111,
            "dL_dh": 0.9335389484877794,
            "dL_dy": -1.1669236856097243,
            "dL_dw1": 0.2847480465272111,
            "dL_dw2": -0.9728113065401505,
        },
        rel=1e-14,
    )


def test_the_closed_relu_passes_exactly_nothing_back() -> None:
    gradients = gradients_of(network(load(shipped()), "TwoLayerReluClosed"))
    assert [gradients[name] for name in ("dL_dz", "dL_dx", "dL_dw1", "dL_dw2")] == [0, 0, 0, 0]
    assert gradients["dL_dh"] != 0


def test_a_chain_traces_its_whole_sweep_at_once() -> None:
    clip = chain(settings())
    assert clip.chain.nodes == ("x", "h1", "h2", "y")
    x = np.linspace(*clip.x_range, 601)
    np.testing.assert_array_equal(evaluate(clip.along.value("x")), x)
    np.testing.assert_allclose(evaluate(clip.along.delta("x")), 2 * np.tanh(x) / np.cosh(x) ** 2, atol=1e-14)


# Digests


def test_a_digest_depends_on_what_is_said_and_not_on_how() -> None:
    said = settings().digest("Net")
    assert len(said) == 64
    assert settings(("x: 1.0", "x: 1")).digest("Net") == said
    assert settings(("    x: 1.0\n    w1: 1.2\n", "    w1: 12e-1\n    x: 1\n")).digest("Net") == said
    assert settings(("theme: dark\ndigits: 4", "digits: 4\ntheme: dark")).digest("Net") == said


@pytest.mark.parametrize(
    "change",
    [
        ("x: 1.0", "x: 1.0000000000000002"),
        ('theme: dark\ndigits: 4\npalette:\n  ink: "#FFFFFF"\n', "theme: light\ndigits: 4\n"),
        ("digits: 4", "digits: 5"),
        ("#FFFFFF", "#FFFFFE"),
        ('"title": "title"', '"title": "Title"'),
        ("loss: half_squared_error", "loss: half_squared_error\n    ask_hold: 5"),
    ],
)
def test_a_digest_changes_with_anything_that_the_clip_depends_on(change: tuple[str, str]) -> None:
    assert settings(change).digest("Net") != settings().digest("Net")


def test_a_digest_does_not_depend_on_the_order_of_names() -> None:
    one = settings(("digits: 4", "digits: 4\nnames: {sin: S, cos: C}"))
    other = settings(("digits: 4", "digits: 4\nnames: {cos: C, sin: S}"))
    assert one.digest("Net") == other.digest("Net")


def test_a_digest_does_not_change_with_another_clip() -> None:
    assert settings(("activation: sin", "activation: cos")).digest("Net") == settings().digest("Net")
    assert settings().digest("Variant") != settings().digest("Net")


def test_what_is_resolved_is_plain_and_complete() -> None:
    resolved = settings().resolved("Variant")
    assert json.loads(json.dumps(resolved)) == resolved
    assert resolved["clip"]["name"] == "Variant"
    assert resolved["clip"]["w1"] == 1.2
    assert resolved["clip"]["words"]["ask"] == {"sentence": "ask", "caption": ""}
    assert "clips" not in resolved


# Files


def test_the_projects_own_file_is_found_from_anywhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BACKGEAR_CONFIG", raising=False)
    assert config_path() == shipped()
    monkeypatch.setenv("BACKGEAR_CONFIG", "")
    assert config_path() == shipped()


def test_the_environment_may_name_another_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(edited(("digits: 4", "digits: 6")), encoding="utf-8")
    monkeypatch.setenv("BACKGEAR_CONFIG", str(tmp_path / "mine.yaml"))
    assert load().digits == 6


def test_a_file_that_changed_is_read_again_and_one_that_did_not_is_not(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text(BASE, encoding="utf-8")
    first = load(file)
    assert load(file) is first
    file.write_text(edited(("digits: 4", "digits: 6")), encoding="utf-8")
    os.utime(file, ns=(1, 1))
    assert load(file).digits == 6


def test_check_returns_the_faults_of_a_file_that_cannot_be_loaded(tmp_path: Path) -> None:
    assert [fault.message for fault in check(tmp_path / "none.yaml")] == ["no such file or directory"]


def test_settings_never_import_manim() -> None:
    code = "import sys, scenes.parts.settings as s; s.load(); sys.exit('manim' in sys.modules)"
    environment = {key: value for key, value in os.environ.items() if key != "BACKGEAR_CONFIG"}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=shipped().parent, env=environment)


def test_the_shipped_file_has_the_clips_of_the_lesson() -> None:
    made = load(shipped())
    assert list(made.clips) == [
        *("TwoLayerNetwork", "TwoLayerRelu", "TwoLayerReluClosed", "TwoLayerSine", "TwoLayerAbsolute"),
        *("ChainOfInfluence", "ChainOfInfluenceSeed"),
        "OneSweep",
        *("ChainRuleGears", "ChainRuleGearsSteeper", "ChainRuleGearsSine"),
        *("PushThroughGears", "PushThroughClosedRelu", "PushThroughTenSigmoids"),
        *("FunctionGears", "FunctionGearsGrowth"),
        *("FanOut", "FanOutGears", "FanOutCancel"),
        "ToyChain",
        *("ExtendedChain", "ExtendedChainClosed", "ExtendedChainDeep"),
        *("LearningStep", "LearningRates", "LearningRatesRelu"),
        *("LossSwap", "LossSwapSettles", "LossSwapChance", "LossSwapSaturated"),
        *("ActivationSwap", "ActivationSwapPushes", "ActivationSwapLeaky"),
    ]
    assert network(made, "TwoLayerReluClosed").x == -1.0
    assert {clip.scene for clip in made.clips.values()} <= set(SCENES)


def test_the_shipped_words_name_no_function_and_no_loss_outright() -> None:
    made = load(shipped())
    names = {made.display_name(n).lower() for n in ("tanh", "relu", "sin", "half_squared_error", "absolute_error")}
    for clip in made.clips.values():
        text = json.dumps(clip.model_dump(mode="json")["words"]).lower()
        assert not [name for name in names if name in text]


def test_the_shipped_sentences_are_short_enough_to_be_read() -> None:
    for clip in load(shipped()).clips.values():
        for beat in clip.model_dump()["words"].values():
            if isinstance(beat, dict):
                for sentence in beat["sentence"].replace("?", ".").split(". "):
                    assert len(sentence.split()) <= 12, sentence


def test_a_clip_that_does_not_say_what_it_shows_cannot_be_made() -> None:
    class Silent(NetworkClip):
        """A clip of a network that says none."""

    with pytest.raises(TypeError, match="abstract"):
        Silent(scene="two_layer_network")


def test_what_follows_a_swept_input_is_computed_anew_wherever_the_input_stands() -> None:
    chain = Recipe.chain(("tanh",), "xy")
    rows = {"x": "x", "y": "y"}
    swept = Swept(
        "x", -1.0, 2.0, lambda x: {name: Row(name, Run.of(chain, x=x).value(node)) for name, node in rows.items()}
    )
    assert swept.names == {"x", "y"}
    assert (swept.low, swept.high, swept.wheels(0.3)) == (-1.0, 2.0, {})
    for at in (-1.0, 0.25, 2.0):
        found = swept.quantities(at)
        assert (found["x"].number, found["y"].number) == (at, pytest.approx(math.tanh(at), rel=1e-15))


def test_a_clip_says_of_itself_by_name_what_moves_what_turns_and_in_which_measure() -> None:
    made = load(shipped())
    for clip in made.clips.values():
        for told in (clip.sweeps(), clip.scales(), clip.wheels(), clip.profiles(), clip.ranges(), clip.named()):
            assert isinstance(told, Mapping)
            assert all(isinstance(name, str) for name in told)
        assert clip.quantities() is clip.quantities()
        for name, swept in clip.sweeps().items():
            assert swept.low <= swept.high, name  # alike where nothing moves
            assert swept.input in swept.names, name


def test_a_mapping_that_came_into_the_settings_may_change_afterwards_without_changing_them() -> None:
    own = {"relu": "ReLU"}
    kept, made = read_only(own), Settings(clips={}, names=own)
    own["relu"] = own["tanh"] = "another"
    assert dict(kept) == dict(made.names) == {"relu": "ReLU"}
    with pytest.raises(TypeError):
        kept["relu"] = "another"  # type: ignore[index]


def test_a_clip_that_moves_and_turns_nothing_says_so_with_nothing() -> None:
    class Still(ClipSettings):
        """A clip that shows no quantity."""

        def table(self) -> Mapping[str, Row]:
            return {}

        def fit(self, digits: int) -> list[Problem]:
            return []

    clip = Still(scene="still")
    told = (clip.sweeps(), clip.scales(), clip.wheels(), clip.profiles(), clip.ranges(), clip.named())
    assert told == ({},) * 6
    assert dict(clip.quantities()) == {}


@pytest.mark.parametrize("file", ["config.yaml", "de.yaml"])
def test_no_words_name_a_colour_that_the_other_theme_exchanges(file: str) -> None:
    told = (Path(__file__).parents[1] / file).read_text(encoding="utf-8").partition("clips:")[2]
    assert told
    assert re.findall(r"(?i)\b(?:white|black|weiße?[nrs]?|schwarze?[nrs]?)\b", told) == []
