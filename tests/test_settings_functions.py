"""Settings of the function gears: what cannot be drawn is refused, in words that name what would fit."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from truth_cases import changed, settings_in_use

from scenes.parts.gears.function_gear import fitting_k
from scenes.parts.settings import load
from scenes.parts.settings.function_gears import FunctionGears
from scenes.parts.settings.loader import check

TANH = {"function": "tanh", "x_range": [-1.5, 1.5], "graph_x": [-2, 2], "graph_h": [-1.2, 1.2]}
RELU = {"function": "relu", "x_range": [-1, 1], "graph_x": [-2, 2], "graph_h": [-1, 2]}


def clip(*pieces: dict[str, Any], **changes: Any) -> FunctionGears:
    """The clip with these functions."""
    with settings_in_use(changed("FunctionGears", {"pieces": [deepcopy(piece) for piece in pieces], **changes})):
        found = load().clip("FunctionGears")
    assert isinstance(found, FunctionGears)
    return found


def faults(*pieces: dict[str, Any], **changes: Any) -> list[str]:
    """The faults of a file in which the clip has these functions."""
    plain = changed("FunctionGears", {"pieces": [deepcopy(piece) for piece in pieces], **changes})
    with settings_in_use(plain) as file:
        return [str(fault).removeprefix(str(file)) for fault in check(Path(file))]


@pytest.mark.parametrize(
    ("piece", "key", "said"),
    [
        ({"function": "tahn"}, "function", "did you mean 'tanh'?"),
        ({"x_range": [1.5, -1.5]}, "x_range", "the first number must be the smaller one"),
        ({"x_range": [-3, 3], "graph_x": [-4, 4]}, "x_range", "must stay within 1/9 and 9, of one sign; it can be"),
        ({"function": "square", "x_range": [-1, 1], "graph_h": [0, 4]}, "x_range", "of one sign"),
        ({"function": "leaky_relu", "graph_h": [-1, 2]}, "x_range", "it can be drawn on"),
        ({"function": "sin", "x_range": [-1.4, 1.4]}, "x_range", "no k keeps the tilt under 40 degrees"),
        ({"k": 0.5}, "k", "the tangent would tilt by over 40 degrees; k = 1.9 fits"),
        ({"k": 4.0}, "k", "a sector would be larger than 345 degrees; k = 1.9 fits"),
        ({"k": 0}, "k", "must be more than 0"),
        ({"graph_x": [-1, 2]}, "graph_x", "does not hold the range of x, [-1.5, 1.5]; [-1.5, 2.0] would"),
        ({"graph_h": [-0.5, 1]}, "graph_h", "which runs from -0.964 to 0.964; [-0.965, 1.0] would"),
        ({"function": "exp", "x_range": [-1, 1], "graph_x": [-1, 800]}, "graph_x", "cannot be computed"),
        ({"function": "exp", "x_range": [0, 800], "graph_x": [0, 800]}, "graph_x", "cannot be computed"),
        ({"function": "exp", "x_range": [0, 800]}, "graph_x", "does not hold the range of x"),
        ({"function": "identity", "graph_h": [-2, 2]}, "function", "turns nearly alike all the way"),
        ({"functon": "tanh"}, "functon", "did you mean 'function'?"),
    ],
)
def test_a_function_that_cannot_be_drawn_is_refused_at_its_key(piece: dict[str, Any], key: str, said: str) -> None:
    found = faults({**TANH, **piece}, circles_at=0.6)
    assert any(f"clips.FunctionGears.pieces[0].{key}: " in fault and said in fault for fault in found), found


def test_a_key_that_is_missing_in_a_list_of_blocks_is_explained() -> None:
    found = faults({key: value for key, value in TANH.items() if key != "graph_h"})
    assert any("pieces[0].graph_h: this key is missing (lowest and highest value of its graph)" in f for f in found)


@pytest.mark.parametrize(
    ("piece", "key", "said"),
    [
        ({"x_range": [0.5, 1]}, "x_range", "must run from below 0 to above it"),
        ({"x_range": [-1, 1], "k": 9}, "x_range", "the disc would turn all the way round"),
    ],
)
def test_a_stop_that_would_not_meet_its_lug_is_refused(piece: dict[str, Any], key: str, said: str) -> None:
    (fault,) = faults(TANH, {**RELU, **piece})
    assert f"pieces[1].{key}: " in fault
    assert said in fault
    fitting = re.search(r"(\[[^]]*\]) would fit$", fault)
    assert fitting, fault
    assert faults(TANH, {**RELU, **piece, key: [float(v) for v in fitting[1][1:-1].split(",")]}) == []


def test_relu_comes_last_and_never_alone() -> None:
    for pieces in ([RELU], [RELU, TANH], [TANH, RELU, TANH]):
        assert any("relu is a lug and stop and comes last" in fault for fault in faults(*pieces)), pieces
    assert any("at most 3 are allowed" in fault for fault in faults(TANH, TANH, TANH, TANH))
    assert faults(TANH, RELU) == []


@pytest.mark.parametrize(
    ("key", "value", "pattern"),
    [
        ("centre_distance", 4.0, r"too large for the frame; ([0-9.]+) would fit$"),
        ("gear_module", 0.4, r"at most ([0-9.]+) fits$"),
    ],
)
def test_what_is_too_large_is_refused_with_a_size_that_fits(key: str, value: float, pattern: str) -> None:
    sizes = {"centre_distance": 2.5, "gear_module": 0.05}
    (fault,) = faults(TANH, **{**sizes, key: value})
    assert f"clips.FunctionGears.{key}: " in fault
    fitting = re.search(pattern, fault)
    assert fitting, fault
    assert faults(TANH, **{**sizes, key: float(fitting[1])}) == []


def test_circles_can_only_be_laid_where_the_first_function_is_and_will_part_from_them() -> None:
    for at, said in ((1.7, "1.7 is no x of tanh on -1.5 to 1.5"), (1.45, "so the circles would not part from it")):
        (fault,) = faults(TANH, circles_at=at)
        assert "clips.FunctionGears.circles_at: " in fault
        assert said in fault
        fitting = re.search(r"; ([-0-9.e]+) (?:is one|would do)$", fault)
        assert fitting, fault
        assert faults(TANH, circles_at=float(fitting[1])) == []


def test_k_is_chosen_as_small_as_it_can_be_drawn_unless_it_is_given() -> None:
    assert clip(TANH).scales()["k_0"].per_unit == fitting_k("tanh", -1.5, 1.5)
    assert clip({**TANH, "k": 1.95}).scales()["k_0"].per_unit == 1.95


def test_each_function_has_a_sweep_of_its_own_with_names_of_its_own() -> None:
    sweeps = clip(TANH, {**TANH, "x_range": [-1, 1]}, RELU).sweeps()
    assert list(sweeps) == ["piece_0", "piece_1", "piece_2"]
    names = [name for sweep in sweeps.values() for name in sweep.names]
    assert len(names) == len(set(names))
    assert [(sweep.input, sweep.low, sweep.high) for sweep in sweeps.values()] == [
        ("x_0", -1.5, 1.5),
        ("x_1", -1.0, 1.0),
        ("x_2", -1.0, 1.0),
    ]


def test_words_that_name_a_function_which_the_clip_lacks_are_refused_but_not_in_a_beat_that_it_lacks() -> None:
    assert faults(TANH) == []
    plain = changed("FunctionGears", {"pieces": [deepcopy(TANH)]})
    plain["clips"]["FunctionGears"]["words"] |= {"title": "Gears of {function_0} and {function_2}"}
    with settings_in_use(plain) as file:
        (fault,) = check(Path(file))
    assert str(fault).endswith("words.title: {function_2} is no function of this clip; it has function_0")
