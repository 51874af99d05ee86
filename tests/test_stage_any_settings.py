"""Settings drawn at random: a clip is refused in words, or shows what the core computes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from truth_cases import changed, shown_or_refused
from truth_checks import check_spans, check_truth

from core.functions import FUNCTIONS, LOSSES
from scenes.parts.stage.stage import Stage

numbers = st.one_of(
    st.sampled_from([0.0, 1.0, -1.0, 0.5, -0.8, 1.2]),
    st.floats(-3, 3).map(lambda v: round(v, 2)),
    st.floats(-3, 3),
    st.floats(-1e-6, 1e-6).map(lambda v: round(v, 9)),
)
common = st.fixed_dictionaries(
    {
        "digits": st.integers(2, 6),
        "decimals": st.integers(1, 4),
        "theme": st.sampled_from(["dark", "light"]),
        "pace": st.sampled_from([0.5, 1.0, 4.0]),
    }
)
networks = st.fixed_dictionaries(
    {
        "x": numbers,
        "w1": numbers,
        "w2": numbers,
        "target": st.one_of(numbers, st.sampled_from([0.0, 0.25, 1.0])),
        "activation": st.sampled_from(list(FUNCTIONS)),
        "loss": st.sampled_from(list(LOSSES)),
        "scale": st.sampled_from(["auto", 0.05, 0.3, 1.0]),
        "nudge": st.sampled_from([1e-4, 1e-3]),
        "rate": st.sampled_from([0.5, 0.01, 3.0]),
        "step_seconds": st.just(1.0),
        "nudges": st.sampled_from([[0.1], [0.1, 0.01], [0.5, 0.1, 0.01]]),
    }
)
intervals = st.tuples(st.sampled_from([-2.0, -1.0, 0.0, 0.3]), st.sampled_from([1.0, 2.0, 2.5])).map(list)
chains = st.fixed_dictionaries(
    {
        "functions": st.lists(st.sampled_from(list(FUNCTIONS)), min_size=1, max_size=6),
        "x_range": intervals,
        "flat": st.sampled_from([0.1, 0.1, 0.3, 1e-3]),
        "scale": st.sampled_from(["auto", "auto", 0.05, 1.0]),
        "sweep_seconds": st.just(3.0),
    }
)
stages = st.lists(st.sampled_from([*FUNCTIONS, "w1", "w2"]), min_size=1, max_size=5).filter(
    lambda names: names.count("w1") < 2 and names.count("w2") < 2
)
trains = st.fixed_dictionaries(
    {
        "x": numbers,
        "weights": st.fixed_dictionaries({"w1": numbers, "w2": numbers}),
        "stages": st.one_of(st.just(["w1", "tanh", "w2"]), stages),
        "target": st.one_of(numbers, st.sampled_from([0.0, 0.25, 1.0])),
        "loss": st.sampled_from([*LOSSES, "none"]),
        "scale": st.sampled_from([0.05, 0.3, 1.0]),
        "idler_radius": st.sampled_from([0.3, 0.65]),
    }
)
turning = st.fixed_dictionaries(
    {
        "turn_scale_deg": st.sampled_from([30, 480]),
        "turns": st.sampled_from([[0.1, 0.01], [0.5, 0.2]]),
        "turn_seconds": st.just(1.0),
    }
)
drawable = st.sampled_from(
    [
        *(("tanh", -1.5, 1.5), ("sigmoid", -1.0, 1.2), ("exp", -1.0, 1.0), ("sin", -1.0, 1.1), ("softplus", -1.0, 2.0)),
        *(("cos", 0.4, 1.4), ("square", 0.6, 1.8), ("square", -2.0, -0.6)),
    ]
)
anything = st.tuples(st.sampled_from(list(FUNCTIONS)), st.floats(-2, 0.4), st.floats(0.5, 2))


def piece(parts: tuple[str, float, float], wide: float, k: float | None) -> dict[str, Any]:
    """A function on an interval, which may be so many times as wide."""
    name, low, high = parts
    return {"function": name, "x_range": [low * wide, high * wide], **({"k": k} if k else {})}


ks = st.sampled_from([*[None] * 9, 1.5])
wide = st.sampled_from([1.0, 1.0, 1.0, 1e-6, 0.1, 3.0, 1e4])
smooth_pieces = st.builds(piece, drawable, wide, ks)
stops = st.builds(piece, st.tuples(st.just("relu"), st.floats(-2.5, 0.1), st.floats(0.2, 2)), wide, ks)
function_clips = st.fixed_dictionaries(
    {
        "pieces": st.tuples(
            st.lists(smooth_pieces, min_size=1, max_size=2),
            st.lists(st.builds(piece, anything, wide, ks), max_size=2) | st.lists(stops, max_size=1),
        ).map(lambda parts: [*parts[0], *parts[1]]),
        "circles_at": st.sampled_from([None, None, None, 0.7]),
        "sweep_seconds": st.just(2.0),
    }
)
fan_outs = st.fixed_dictionaries(
    {
        "x": st.one_of(st.floats(-1.5, 1.5), numbers),
        "functions": st.lists(st.sampled_from(list(FUNCTIONS)), min_size=2, max_size=2),
        "weights": st.one_of(st.none(), st.tuples(numbers, numbers).map(list)),
        "scale": st.sampled_from(["auto", 0.1, 0.5]),
        "turn": st.sampled_from([0.05, 0.1]),
        "turn_seconds": st.just(1.0),
    }
)
influences = st.fixed_dictionaries(
    {
        **{name: numbers for name in ("x", "w1", "w2", "target")},
        "activation": st.sampled_from(list(FUNCTIONS)),
        "loss": st.sampled_from(["half_squared_error", "squared_error", "absolute_error"]),
        "names": st.sampled_from([["z", "h"], ["h1", "h2"]]),
        "step": st.sampled_from([0.1, 0.1, 0.01, 2.0]),
        "smallest": st.sampled_from([0.001, 0.001, 1e-5]),
        "step_seconds": st.just(1.0),
    }
)
counted = st.fixed_dictionaries(
    {"long": st.integers(2, 60), "widths": st.lists(st.integers(1, 1000), min_size=3, max_size=4)}
)
swaps = st.fixed_dictionaries(
    {
        **{name: numbers for name in ("x", "other_x", "w1", "w2", "target")},
        "activations": st.lists(st.sampled_from(list(FUNCTIONS)), min_size=2, max_size=4, unique=True),
        "tells": st.sampled_from(["slopes", "pushes"]),
        "loss": st.sampled_from(["half_squared_error", "squared_error", "absolute_error"]),
        "scale": st.sampled_from(["auto", "auto", 0.3]),
        "sweep_seconds": st.just(1.0),
    }
)
moved = st.tuples(trains, st.sampled_from([0.0, 0.4, -0.7])).map(lambda two: two[0] | {"move_to": two[0]["x"] + two[1]})
ANY: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "TwoLayerNetwork": networks,
    "ToyChain": chains,
    "ChainRuleGears": st.tuples(trains, turning).map(lambda two: two[0] | two[1]),
    "PushThroughGears": moved,
    "FanOut": fan_outs,
    "FanOutGears": fan_outs,
    "FunctionGears": function_clips,
    "ChainOfInfluence": influences,
    "OneSweep": counted,
    "ActivationSwap": swaps,
}
few = settings(max_examples=3, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def check_any(clip: str, changes: dict[str, Any], all_clips: dict[str, Any]) -> None:
    """A clip with any settings is refused in one line with words, or tells the truth."""
    stage = shown_or_refused(clip, changed(clip, changes, all_clips))
    if isinstance(stage, Stage):
        check_truth(stage)
        check_spans(stage)
        return
    assert "Traceback" not in stage
    for line in stage.splitlines():
        assert re.search(rf"clips\.{clip}", line) or line.startswith(f"{clip}: "), line


@pytest.mark.parametrize("clip", ANY)
@given(data=st.data(), all_clips=common)
@few
def test_a_clip_of_any_settings_tells_the_truth_or_is_refused_in_words(
    clip: str, data: st.DataObject, all_clips: dict[str, Any]
) -> None:
    check_any(clip, data.draw(ANY[clip]), all_clips)


@pytest.mark.proof
@pytest.mark.parametrize("clip", ANY)
@given(data=st.data(), all_clips=common)
@settings(few, max_examples=60)
def test_a_clip_of_many_settings_tells_the_truth_or_is_refused_in_words(
    clip: str, data: st.DataObject, all_clips: dict[str, Any]
) -> None:
    check_any(clip, data.draw(ANY[clip]), all_clips)
