"""A quantity is the value of a term; there is no other way to make one, and nobody can change it."""

from __future__ import annotations

import copy
import dataclasses
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import elementwise, record, scale
from scenes.parts.errors import StageError
from scenes.parts.recipe.quantity import Quantities, Quantity, Row
from scenes.parts.recipe.recipe import Recipe, Run
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.recipe.terms import Constant, Grid, Moving, Term
from scenes.parts.settings import load

LAYERS = (scale(1.2), elementwise("tanh"), scale(-0.8))
TRACE = record(LAYERS, 1.0, target=0.5, loss="half_squared_error")
RUN = Run.of(
    Recipe.chain(("w1", "tanh", "w2"), "xzhy", ("w1", "w2"), "half_squared_error"),
    **{"x": Constant(1.0), "w1": Constant(1.2), "w2": Constant(-0.8), "t": Constant(0.5)},
)
OPEN = RUN.but(x=Grid(Constant(-2.0), Constant(2.0), 5), t=Constant(0.5))


def read(term: Term) -> Quantity:
    """The quantity of a term."""
    return Quantities.read({"q": Row("q", term)})["q"]


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (RUN.value("x"), TRACE.h[0]),
        (RUN.value("y"), TRACE.h[3]),
        (RUN.delta("x"), TRACE.delta[0]),
        (RUN.slope("h"), TRACE.local[1].gain),
        (RUN.grad("w1"), TRACE.grads[0]["w"]),
        (RUN.grad("w2"), TRACE.grads[2]["w"]),
        (RUN.value("L"), TRACE.loss),
        (RUN.delta("L"), TRACE.seed),
        (RUN.slope("L"), TRACE.delta[3]),
        (RUN.share("z", "h"), TRACE.delta[1]),
    ],
    ids=str,
)
def test_a_term_has_the_very_number_of_the_trace(term: Term, value: float) -> None:
    number = read(term).number
    assert type(number) is float
    assert number.hex() == float(value).hex()


@pytest.mark.parametrize(
    ("term", "name"),
    [(RUN.value("q"), "q"), (RUN.delta("w1"), "w1"), (RUN.grad("x"), "x"), (RUN.slope("t"), "t"), (RUN.grad("z"), "z")],
    ids=str,
)
def test_a_reading_that_a_run_does_not_have_is_named(term: Term, name: str) -> None:
    with pytest.raises(LookupError, match=name):
        read(term)


@pytest.mark.parametrize(
    "term", [0.5, 1.0, np.float64(1), None, Constant(2.0), Constant(1.001), Constant(0.0)], ids=repr
)
def test_a_number_that_nobody_computed_is_no_quantity(term: Any) -> None:
    with pytest.raises(StageError, match=r"^quantity 'q': .* is a number that nobody computed$"):
        read(term)


def test_a_bare_1_is_a_quantity_since_every_value_has_the_slope_1_by_itself() -> None:
    assert read(Constant(1.0)).number == 1.0


@given(value=st.floats(allow_nan=False))
def test_no_quantity_can_be_made_from_a_number(value: float) -> None:
    with pytest.raises(StageError, match="cannot be made from a number"):
        Quantity("y", Row("y", RUN.value("y")), value)


def test_no_quantity_can_be_changed_or_copied_with_another_number() -> None:
    y = read(RUN.value("y"))
    with pytest.raises(dataclasses.FrozenInstanceError):
        y.value = 0.5  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        y.row.symbol = "z"  # type: ignore[misc]


def follow(x: float) -> Quantities:
    """What follows x in the worked example without its loss."""
    run = Run.of(Recipe.chain(("w1", "tanh", "w2"), "xzhy", ("w1", "w2")), **dict(RUN.inputs)).but(x=Moving("x", x))
    return Quantities.read({"y": Row("y", run.value("y")), "d": Row("d", run.delta("x"))})


def test_a_deep_copy_is_the_same_object_so_that_an_animation_cannot_part_from_its_source() -> None:
    y = read(RUN.value("y"))
    sweep = Sweep(1.0, follow)
    live = sweep["y"]
    assert copy.deepcopy(y) is y
    assert copy.deepcopy(sweep) is sweep
    assert copy.deepcopy([live])[0] is live


def test_a_sweep_is_a_read_only_array_of_its_own() -> None:
    run = Run.of(Recipe.chain(("tanh",), "xy"), x=OPEN.input("x"))
    q = read(run.value("y"))
    assert isinstance(q.value, np.ndarray)
    np.testing.assert_array_equal(q.value, np.tanh(np.linspace(-2, 2, 5)))
    with pytest.raises(ValueError, match="read-only"):
        q.value[0] = 1.0
    with pytest.raises(TypeError, match="sweep of 5 values"):
        _ = q.number


def test_the_table_of_quantities_cannot_be_written_to() -> None:
    quantities = Quantities.read({"y": Row("y", RUN.value("y"))})
    with pytest.raises(TypeError):
        quantities["y"] = read(RUN.value("x"))  # type: ignore[index]
    with pytest.raises(KeyError):
        quantities["nothing"]


@given(x=st.floats(-50, 50))
def test_what_a_sweep_gives_is_what_the_core_gives_for_that_input(x: float) -> None:
    sweep = Sweep(0.0, follow)
    y, d = sweep["y"], sweep["d"]
    sweep.x = x
    fresh = record(LAYERS, x + 0.0)  # a minus zero is a zero
    assert y.now.number.hex() == float(fresh.h[3]).hex()
    assert d.now.number.hex() == float(fresh.delta[0]).hex()


@pytest.mark.parametrize("clip", list(load().clips))
def test_every_term_of_every_clip_is_finite(clip: str) -> None:
    settings = load().clip(clip)
    quantities = settings.quantities()
    assert set(quantities) == set(settings.table())
    assert all(np.all(np.isfinite(q.value)) for q in quantities.values())


RECIPES = {
    "TwoLayerNetwork": "z = w1 * x; h = tanh(z); y = w2 * h; L = half_squared_error(y, t)",
    "TwoLayerAbsolute": "z = w1 * x; h = tanh(z); y = w2 * h; L = absolute_error(y, t)",
    "ToyChain": "h1 = tanh(x); h2 = square(h1); y = identity(h2)",
    "ChainRuleGears": "z = w1 * x; h = tanh(z); y = w2 * h; L = half_squared_error(y, t)",
    "ChainRuleGearsSine": "h1 = square(x); h2 = w1 * h1; y = sin(h2); L = half_squared_error(y, t)",
    "PushThroughGears": "z = w1 * x; h = tanh(z); y = w2 * h; L = half_squared_error(y, t)",
    "FunctionGears": "h = tanh(x)",
    "FanOut": "u = identity(x); v = tanh(x); y = u + v",
}


@pytest.mark.parametrize("clip", RECIPES)
def test_the_recipe_of_a_clip_is_that_of_the_lesson(clip: str) -> None:
    """Two engines would follow a wrong recipe alike; here it is compared with words that people read."""
    settings = load().clip(clip)
    run = settings.along if clip == "ToyChain" else settings.run if clip != "FunctionGears" else None
    run = run or settings.shown[0].run(settings.given("sweep_seconds"))
    assert str(run.recipe) == RECIPES[clip]
