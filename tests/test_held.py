"""Digits near cancellation: as many are shown as hold, what has none is refused, and the audit judges by the same."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from lecturer_cases import CLIP, DRAWS, Changes, drawn, told_of
from mpmath import mp, mpf
from truth_cases import settings_in_use

from core import CoreError
from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.held import MOST, held
from scenes.parts.recipe.recipe import Recipe, Run, Step
from scenes.parts.recipe.terms import Constant, Term
from scenes.parts.settings import SettingsError, load
from scenes.parts.type.numbers import format_resting, last_place, parse_shown, unit_of
from studio.audit.engine import Engine

DIGITS = 6


def used_twice(x: float) -> Term:
    """The slope of x + cos x."""
    steps = ("u", "identity", ("x",)), ("v", "cos", ("x",)), ("y", "add", ("u", "v"))
    return Run.of(Recipe(tuple(Step(*step) for step in steps)), x=Constant(x)).delta("x")


def judged(function: str, loss: str, **inputs: float) -> Run:
    """A network of one weight before a function and one behind it."""
    chain = (("z", "scale", ("x",), ("w1",)), ("h", function, ("z",)), ("y", "scale", ("h",), ("w2",)))
    recipe = Recipe((*(Step(*step) for step in chain), Step("L", loss, ("y", "t"))))
    return Run.of(recipe, **{name: Constant(value) for name, value in inputs.items()})


@pytest.mark.parametrize("x", [1.5, 1.57, 1.5707, 1.570796, 1.57079632])
def test_every_digit_that_holds_is_the_mathematics(x: float) -> None:
    term = used_twice(x)
    with mp.workdps(50):
        truth = 1 - mp.sin(mpf(x))
    digits = held(term)
    if digits:
        shown = parse_shown(format_resting(number(term), digits))
        assert abs(mpf(str(shown)) - truth) <= mpf(10) ** last_place(shown)
    assert digits < MOST


def test_the_nearer_to_cancelling_the_fewer_digits_hold() -> None:
    many = [held(used_twice(x)) for x in (1.0, 1.5, 1.57, 1.5707, 1.570796, 1.57079632)]
    assert many == sorted(many, reverse=True)
    assert many[-1] == 0


def test_what_is_exactly_0_holds_and_what_only_looks_like_it_does_not() -> None:
    met = {"x": 1.0, "w1": 0.5, "w2": 0.8, "t": 0.4}
    exact = judged("identity", "half_squared_error", **met)
    assert (number(exact.delta("y")), held(exact.delta("y")), held(exact.grad("w1"))) == (0.0, MOST, MOST)
    saturated = judged("tanh", "half_squared_error", x=20.0, w1=1.0, w2=1.0, t=1.0)
    assert (number(saturated.delta("y")), held(saturated.delta("y"))) == (0.0, 0)
    closed = judged("relu", "half_squared_error", x=-1.0, w1=1.2, w2=0.7, t=0.3)
    assert (number(closed.grad("w1")), held(closed.grad("w1"))) == (0.0, MOST)


def test_what_no_number_is_taken_from_holds_however_small_it_is() -> None:
    chain = Recipe.chain(("sigmoid",) * 10, "abcdefghijk")
    assert held(Run.of(chain, a=Constant(-30.0)).delta("a")) >= 12


def truly_shown(clip: Changes) -> None:
    """Compare what every number of a clip says in its digits with the reference of the audit."""
    with settings_in_use({"clips": {CLIP: clip}}):
        made: Any = load().clip(CLIP)
        quantities = made.quantities(DIGITS)
        for name, quantity in quantities.items():
            row, value = quantity.row, quantity.value
            if row.typed or quantity.is_rounding or not isinstance(value, float):
                continue
            try:
                (known,) = Engine({}, {}).known(row.term)
            except (ArithmeticError, LookupError):
                continue
            text = format_resting(value, row.significant(DIGITS))
            shown = parse_shown(text)
            off = abs(mpf(str(shown)) - known.value) / mpf(str(unit_of(shown, row.significant(DIGITS))))
            assert off <= 1 if shown else not known.size, f"{name}: {text}, {known.value} {clip}"


NEAR: list[Changes] = [
    {"scene": "two_layer_network", "x": 1.0, "w1": 9.0, "w2": 1.0, "target": 1.0},
    {"scene": "two_layer_network", "target": -0.667},
    {"scene": "two_layer_network", "target": -0.66692},
    {"scene": "fan_out", "functions": ["identity", "cos"], "x": 1.57},
    {"scene": "fan_out", "functions": ["identity", "cos"], "x": 1.570796},
]


@pytest.mark.parametrize("clip", NEAR, ids=str)
def test_near_cancellation_every_digit_shown_is_the_mathematics(clip: Changes) -> None:
    truly_shown(clip)


@pytest.mark.parametrize("scene", [scene for scene in DRAWS if scene != "one_sweep"])  # that one counts
def test_every_digit_shown_of_any_settings_is_the_mathematics(scene: str) -> None:
    computed = 0
    for seed in range(300, 310):
        with contextlib.suppress(SettingsError, CoreError):
            truly_shown(drawn(scene, seed))
            computed += 1
    assert computed >= 3


def test_a_clip_that_would_show_a_number_without_a_digit_that_holds_is_refused() -> None:
    (said,) = told_of({"scene": "fan_out", "functions": ["identity", "cos"], "x": 1.5707963})
    assert "which rounding alone can make of numbers that cancel" in said
    assert not told_of({"scene": "fan_out", "functions": ["identity", "cos"], "x": 1.57})


def test_an_answer_that_is_right_but_for_rounding_is_refused_for_that() -> None:
    right = {"scene": "two_layer_network", "activation": "identity", "w1": 0.8, "w2": -0.4, "x": 1.5, "target": -0.48}
    (said,) = told_of(right)
    assert "dL_dw1 comes out as" in said
    assert "which rounding alone can make" in said
