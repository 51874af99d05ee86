"""Settings of the function gears: a picture is found for nearly every function; the rest is refused in plain words."""

from __future__ import annotations

import re
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st
from truth_cases import changed, settings_in_use

from core.functions import FUNCTIONS
from scenes.parts.gears.drawable import NotDrawable, check_range, check_turns
from scenes.parts.gears.found import Found, finest_module, found
from scenes.parts.gears.function_gear import FunctionGear, fitting_k
from scenes.parts.settings import load
from scenes.parts.settings.function_gears import FunctionGears
from scenes.parts.settings.loader import check

TANH = {"function": "tanh", "x_range": [-1.5, 1.5]}
SQUARE = {"function": "square", "x_range": [0.5, 2.0]}
RELU = {"function": "relu", "x_range": [-1, 1]}
STEEP = {"function": "exp", "x_range": [3, 5]}
EVEN = {"function": "identity", "x_range": [-1, 1]}


def plain_with(*pieces: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The shipped settings with these functions."""
    return changed("FunctionGears", {"circles_at": None, "pieces": [deepcopy(piece) for piece in pieces], **changes})


def clip(*pieces: dict[str, Any], **changes: Any) -> FunctionGears:
    """The clip with these functions."""
    with settings_in_use(plain_with(*pieces, **changes)):
        made = load().clip("FunctionGears")
    assert isinstance(made, FunctionGears)
    return made


def faults(*pieces: dict[str, Any], **changes: Any) -> list[str]:
    """The faults of a file in which the clip has these functions."""
    with settings_in_use(plain_with(*pieces, **changes)) as file:
        return [str(fault).removeprefix(str(file)) for fault in check(Path(file))]


# -- what is found ----------------------------------------------------------------------------------------------------


def check_found(name: str, at: Found) -> None:
    """A picture can be drawn with the numbers that were found for it."""
    (low, high), (left, right), (bottom, top), drawn = at.turns, at.across, at.up, at.drawn
    assert left < low < high < right
    assert left <= drawn[0] <= low
    assert high <= drawn[1] <= right
    x = np.linspace(low, high, 101)
    h, slope = FUNCTIONS[name].value(x), FUNCTIONS[name].derivative(x)
    run = at.legs if at.picture == "graph" else at.legs / (1 + np.abs(slope))
    for inside, ends in ((x - run, at.across), (h - slope * run, at.up), (h, at.up)):
        assert (inside >= ends[0] - 1e-9 * np.ptp(ends)).all()
        assert (inside <= ends[1] + 1e-9 * np.ptp(ends)).all()
    if at.picture == "gears":
        check_range(name, low, high)
        check_turns(name, low, high, at.k)
        FunctionGear(name, low, high, at.k, 1.0, finest_module(name, low, high))
    if at.picture != "graph":
        assert 0.74 < (right - left) / (top - bottom) < 2.41


@pytest.mark.parametrize("name", list(FUNCTIONS))
@given(middle=st.floats(-3, 3), width=st.sampled_from([1e-3, 0.2, 1.0, 4.0, 20.0, 1e3]))
@how(max_examples=12, deadline=None)
def test_a_picture_is_found_for_any_function_wherever_it_can_be_computed(
    name: str, middle: float, width: float
) -> None:
    low, high = middle - width / 2, middle + width / 2
    if high <= 0.01 * width and name in ("log", "sqrt"):
        with suppress(NotDrawable):
            found(name, low, high)
    else:
        check_found(name, found(name, low, high))


@pytest.mark.parametrize(
    ("name", "low", "high", "kind"),
    [
        *((name, 0.4, 1.4, "gears") for name in ("tanh", "sigmoid", "sin", "cos", "square", "cube", "exp", "log")),
        *((name, 0.4, 1.4, "gears") for name in ("sqrt", "reciprocal", "softplus", "gelu", "abs", "leaky_relu")),
        *((("relu", 0.4, 1.4, "gears"), ("relu", -1.0, 1.0, "lug"), ("relu", -2.0, -1.0, "lug"))),
        *((("exp", 3.0, 5.0, "graph"), ("tanh", 3.0, 5.0, "graph"), ("cube", -0.1, 0.1, "graph"))),
        *((("sin", -100.0, 100.0, "gears"), ("exp", 0.0, 900.0, "gears"), ("log", -2.0, 3.0, "gears"))),
    ],
)
def test_each_function_has_its_picture(name: str, low: float, high: float, kind: str) -> None:
    at = found(name, low, high)
    assert at.picture == kind
    assert low <= at.turns[0] < at.turns[1] <= high
    check_found(name, at)


def test_a_range_that_can_be_drawn_is_kept_and_k_is_as_small_as_it_can_be_unless_it_is_given() -> None:
    assert found("tanh", -1.5, 1.5).turns == (-1.5, 1.5)
    assert clip(TANH).scales()["k_0"].per_unit == fitting_k("tanh", -1.5, 1.5)
    assert clip({**TANH, "k": 1.95}).scales()["k_0"].per_unit == 1.95


# -- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("piece", "key", "said"),
    [
        ({"function": "tahn"}, "function", "did you mean 'tanh'?"),
        ({"x_range": [1.5, -1.5]}, "x_range", "the first number must be the smaller one"),
        ({"k": 0.5}, "k", "the tangent would tilt by over 40 degrees; k = 1.9 fits"),
        ({"k": 4.0}, "k", "a sector would be larger than 345 degrees; k = 1.9 fits"),
        ({"k": 0}, "k", "must be more than 0"),
        ({"rests_at": 1.5}, "rests_at", "1.5 is not on its way: from -1.5 to below 1.5"),
        ({"function": "relu", "rests_at": 0.5}, "rests_at", "0.5 is not on its way: from -1.5 to below 0"),
        ({"function": "log", "x_range": [-2, -1]}, "x_range", "it cannot be computed there; take another interval"),
        ({"functon": "tanh"}, "functon", "did you mean 'function'?"),
    ],
)
def test_what_cannot_be_drawn_is_refused_at_its_key(piece: dict[str, Any], key: str, said: str) -> None:
    reported = faults({**TANH, **piece})
    assert any(f"clips.FunctionGears.pieces[0].{key}: " in fault and said in fault for fault in reported), reported


@pytest.mark.parametrize(("piece", "at"), [(TANH, -0.75), (RELU, -0.25), (SQUARE, 0.5)])
def test_a_function_comes_to_rest_where_it_is_told_to(piece: dict[str, Any], at: float) -> None:
    told = {**piece, "rests_at": at}
    assert faults(told) == []
    assert clip(told).shown[0].rest == at != clip(piece).shown[0].rest


@pytest.mark.parametrize(
    ("piece", "at"),
    [
        (TANH, 0.6),
        ({"function": "exp", "x_range": [-1, 1]}, -0.2),
        ({"function": "exp", "x_range": [-1, 1]}, -1.0),
        (SQUARE, 0.8),
    ],
)
def test_the_gear_with_the_longer_arm_turns_less_over_the_rims_that_are_shown(piece: dict[str, Any], at: float) -> None:
    with settings_in_use(plain_with(piece)):
        shown = clip(piece).shown[0]
    (low, high), (near, far) = shown.rolled(at), (float(shown.near(at)), 1.0 - float(shown.near(at)))
    f = FUNCTIONS[piece["function"]].value
    turned = high - low, abs(float(f(np.float64(high)) - f(np.float64(low))))
    assert low <= at < high
    assert (near < far) is (turned[0] > turned[1])
    if low < at:  # around an x, arm times turn is the same nearly as well as both rims are short
        assert near * turned[0] == pytest.approx(far * turned[1], rel=0.05)


def test_more_than_has_beats_is_shown_as_graphs() -> None:
    for pieces, pictures in (
        ((TANH, TANH, TANH, SQUARE), ["gears", "gears", "gears", "graph"]),
        ((TANH, RELU, RELU), ["gears", "lug", "graph"]),
        ((TANH, SQUARE, RELU, STEEP), ["gears", "gears", "lug", "graph"]),
    ):
        assert faults(*pieces) == []
        assert [piece.found.picture for piece in clip(*pieces).shown] == pictures


def test_circles_can_only_be_laid_where_the_first_function_is_and_will_part_from_them() -> None:
    for at in (1.7, 1.45):
        (fault,) = faults(TANH, circles_at=at)
        assert f"clips.FunctionGears.circles_at: {at!r} is no x of tanh from -1.5 to 1.5, or the pair" in fault
        fitting = re.search(r"; ([-0-9.e]+) would do$", fault)
        assert fitting, fault
        assert faults(TANH, circles_at=float(fitting[1])) == []


# -- in which order it is told ----------------------------------------------------------------------------------------


def test_gears_come_first_uneven_ones_before_even_ones_then_a_stop_then_graphs() -> None:
    told = clip(STEEP, RELU, EVEN, TANH)
    assert [piece.function for piece in told.shown] == ["tanh", "identity", "relu", "exp"]
    assert [told.of(picture) for picture in ("gears", "lug", "graph")] == [(0, 1), (2,), (3,)]
    assert told.named()["stop"] == "relu"


@pytest.mark.parametrize("pieces", [[RELU], [STEEP], [STEEP, {**STEEP, "function": "cube"}], [EVEN], [RELU, STEEP]])
def test_a_clip_without_any_uneven_pair_is_told_all_the_same(pieces: list[dict[str, Any]]) -> None:
    assert faults(*pieces) == []
    assert clip(*pieces).round_at is None


def test_each_function_has_a_sweep_of_its_own_with_names_of_its_own() -> None:
    sweeps = clip(TANH, {**TANH, "x_range": [-1, 1]}, RELU).sweeps()
    assert list(sweeps) == ["piece_0", "piece_1", "piece_2"]
    names = [name for sweep in sweeps.values() for name in sweep.names]
    assert len(names) == len(set(names))
    ends = [(sweep.input, sweep.low, sweep.high) for sweep in sweeps.values()]
    assert ends == [("x_0", -1.5, 1.5), ("x_1", -1.0, 1.0), ("x_2", -1.0, 1.0)]


def test_words_that_name_a_function_which_the_clip_lacks_are_refused_but_not_in_a_beat_that_it_lacks() -> None:
    assert faults(TANH) == []
    plain = plain_with(TANH)
    plain["clips"]["FunctionGears"]["words"] |= {"title": "Gears of {function_0} and {function_2}"}
    with settings_in_use(plain) as file:
        (fault,) = check(Path(file))
    assert str(fault).endswith("words.title: {function_2} is nothing that this clip has; it has function_0")
