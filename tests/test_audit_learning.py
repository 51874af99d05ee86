"""Learning, checked step by step: from the claimed weights of the step before, so that no lie can grow slowly."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from engine_cases import run_of, stated, worked
from hypothesis import given
from hypothesis import strategies as st

from core import dense, elementwise, scale, train
from scenes.parts.recipe.by_core import evaluate, weights_after
from scenes.parts.recipe.recipe import Recipe, Run, Step
from scenes.parts.recipe.terms import Along, Grid, Point, Term
from studio.audit.engine import Engine, Learned, check_learning
from studio.audit.recompute import REFERENCE

Claims = list[dict[str, Any]]
RATE = stated("rate", 0.2)
FLOWERS = Recipe(
    (
        Step("z", "dense", ("x",), ("W1", "b1")),
        Step("h", "tanh", ("z",)),
        Step("y", "dense", ("h",), ("W2", "b2")),
        Step("L", "softmax_cross_entropy", ("y", "t")),
    ),
    "mean",
)


def flowers(samples: int = 9) -> Run:
    """A net of 4, 5 and 3 that tells three kinds apart."""
    draw = np.random.default_rng(samples)
    start = {"W1": draw.normal(size=(5, 4)), "b1": np.zeros(5), "W2": draw.normal(size=(3, 5)), "b2": np.zeros(3)}
    return run_of(FLOWERS, x=draw.normal(size=(samples, 4)), t=draw.integers(0, 3, samples).astype(float), **start)


def honest(run: Run, rate: Term, steps: int) -> Claims:
    """What a film shows that learned as the core does."""
    return [{name: np.array(w) for name, w in weights_after(run, rate, step).items()} for step in range(steps + 1)]


@pytest.mark.parametrize(
    ("run", "rate", "steps"),
    [(worked(), RATE, 20), (flowers(), stated("rate", 0.5), 30), (flowers(1), stated("rate", 0.01), 5)],
    ids=["worked example", "flowers", "one flower"],
)
def test_an_honest_descent_is_right_at_every_step(run: Run, rate: Term, steps: int) -> None:
    errors = check_learning(run.after(steps, rate), honest(run, rate, steps))
    assert len(errors) == steps + 1
    assert errors[0] == 0
    assert max(errors) < REFERENCE


def drift(claims: Claims) -> Claims:
    """Every step a billionth more than it was."""
    return [{name: w + 1e-9 * step for name, w in row.items()} for step, row in enumerate(claims)]


def skip(claims: Claims) -> Claims:
    """One step is left out."""
    return [*claims[:5], *claims[6:], claims[-1]]


def stop(claims: Claims) -> Claims:
    """One step is taken to nowhere."""
    return [*claims[:5], *claims[4:-1]]


def back(claims: Claims) -> Claims:
    """The sixth step goes uphill."""
    wrong = {name: 2 * claims[5][name] - claims[6][name] for name in claims[5]}
    return [*claims[:6], wrong, *claims[7:]]


def exchange(claims: Claims) -> Claims:
    """Two weights of the same shape, or of one matrix, change places."""
    changed = copy.deepcopy(claims)
    for row in changed:
        first, last = row[min(row)].reshape(-1), row[max(row)].reshape(-1)
        first[0], last[-1] = last[-1].copy(), first[0].copy()
    return changed


@pytest.mark.parametrize("lie", [drift, skip, stop, back, exchange], ids=lambda lie: lie.__name__)
@pytest.mark.parametrize("run", [worked(), flowers()], ids=["worked example", "flowers"])
def test_a_descent_that_is_another_is_found(run: Run, lie: Callable[[Claims], Claims]) -> None:
    claims = honest(run, RATE, 20)
    assert max(check_learning(run.after(20, RATE), lie(claims))) > REFERENCE


def test_a_drift_is_found_at_its_first_step_and_a_single_lie_at_its_own_and_the_next() -> None:
    run, claims = worked(), honest(worked(), RATE, 20)
    assert all(error > REFERENCE for error in check_learning(run.after(20, RATE), drift(claims))[1:])
    claims[7]["w1"] += 1e-9
    wrong = [step for step, error in enumerate(check_learning(run.after(20, RATE), claims)) if error > REFERENCE]
    assert wrong == [7, 8]


@pytest.mark.parametrize("rate", [0.2 + 1e-9, 0.1, 0.4, -0.2])
def test_a_rate_that_is_another_is_found_at_every_step(rate: float) -> None:
    claims = honest(worked(), stated("rate", rate), 10)
    assert min(check_learning(worked().after(10, RATE), claims)[1:]) > REFERENCE


def test_a_start_that_is_another_is_found() -> None:
    elsewhere = worked().but(w1=stated("w1", 1.2 + 1e-9))
    errors = check_learning(worked().after(10, RATE), honest(elsewhere, RATE, 10))
    assert errors[0] > REFERENCE


def test_the_sum_over_samples_is_not_their_mean() -> None:
    run = flowers()
    summed = Run(Recipe(FLOWERS.steps), run.inputs)
    assert check_learning(run.after(3, RATE), honest(summed, RATE, 3))[1] > REFERENCE


@pytest.mark.parametrize(
    "claims",
    [
        [],
        honest(worked(), RATE, 1),
        [{"w1": 1.2}, {"w1": 1.2}, {"w1": 1.2}],
        [{"w1": 1.2, "w2": [-0.8, -0.8]}] * 3,
        [{"w1": 1.2, "w2": math.nan}] * 3,
        [{"w1": 1.2, "w2": math.inf}] * 3,
    ],
    ids=["nothing", "too few", "not every weight", "another shape", "no number", "infinite"],
)
def test_claims_that_are_not_all_there_are_infinitely_wrong(claims: Claims) -> None:
    assert check_learning(worked().after(2, RATE), claims)[-1] == math.inf


def test_what_has_not_learned_is_an_error() -> None:
    with pytest.raises(LookupError, match="has not learned"):
        check_learning(worked(), [])


def test_claims_may_stand_in_a_row_as_a_ledger_has_them() -> None:
    run, claims = flowers(), honest(flowers(), RATE, 3)
    flat = [{name: w.ravel().tolist() for name, w in row.items()} for row in claims]
    assert check_learning(run.after(3, RATE), flat) == check_learning(run.after(3, RATE), claims)


@pytest.mark.parametrize("run", [worked(), flowers()], ids=["worked example", "flowers"])
def test_what_is_read_after_learning_follows_from_the_claimed_weights(run: Run) -> None:
    claims, later = honest(run, RATE, 6), run.after(6, RATE)
    second = Engine({}, {(run, RATE): claims})
    weight = run.recipe.weights[0]
    losses = Along(tuple(run.after(step, RATE).value("L") for step in range(7)))
    for term in (losses, later.delta("x"), later.grad(weight), later.weight(weight), run.weight(weight)):
        knowns, values = second.known(term), np.ravel(evaluate(term)).tolist()
        assert max(known.error(value) for known, value in zip(knowns, values, strict=True)) < REFERENCE, term


def test_a_reading_goes_by_what_is_claimed_of_its_own_step_and_a_weight_by_the_step_before() -> None:
    run, claims = worked(), honest(worked(), RATE, 4)
    learned: Learned = {(run, RATE): claims}
    later = run.after(3, RATE)
    loss, weight = (float(Engine({}, learned).known(term)[0].value) for term in (later.value("L"), later.weight("w1")))
    claims[3]["w1"] += 0.1
    assert float(Engine({}, learned).known(later.weight("w1"))[0].value) == weight
    assert float(Engine({}, learned).known(later.value("L"))[0].value) != pytest.approx(loss, rel=1e-3)


@pytest.mark.parametrize(
    "learned",
    [
        {},
        {(worked(), stated("rate", 0.3)): [{"w1": 1.2, "w2": -0.8}] * 9},
        {(worked(), RATE): [{"w1": 1, "w2": 2}] * 3},
    ],
    ids=["nothing", "of another rate", "of fewer steps"],
)
def test_what_nobody_claims_is_an_error_that_says_so(learned: Learned) -> None:
    with pytest.raises(LookupError, match="nothing is claimed of the weights after 3 steps at rate"):
        Engine({}, learned).known(worked().after(3, RATE).value("L"))


def test_a_shared_weight_and_a_bias_learn_from_all_of_their_steps() -> None:
    twice = Recipe(
        (
            Step("z", "scale", ("x",), ("w", "b")),
            Step("h", "tanh", ("z",)),
            Step("y", "scale", ("h",), ("w", "b")),
            Step("L", "squared_error", ("y", "t")),
        )
    )
    run = run_of(twice, x=0.7, w=1.1, b=-0.3, t=0.25)
    assert max(check_learning(run.after(8, RATE), honest(run, RATE, 8))) < REFERENCE


def test_a_run_whose_x_is_a_point_of_a_grid_learns_from_the_rounded_point() -> None:
    grid = Grid(stated("low", -0.7), stated("high", 1.1), 7)
    rounded, run = evaluate(grid).tolist(), worked().but(x=Point(grid, 5))
    claims = honest(run, RATE, 3)
    assert max(check_learning(run.after(3, RATE), claims, {grid: rounded})) < REFERENCE
    off = {grid: [x + 1e-6 for x in rounded]}
    assert max(check_learning(run.after(3, RATE), claims, off)) > REFERENCE


# ---------------------------------------------------------------------------------------------- the first engine


def same_bits(claims: Claims, traces: Any, places: dict[str, tuple[int, str]]) -> None:
    """Compare the weights of a run with those of the core's own training."""
    for row, trace in zip(claims, traces, strict=True):
        for name, (layer, parameter) in places.items():
            assert row[name].tobytes() == trace.layers[layer].params[parameter].tobytes()


@given(x=st.floats(-2, 2), w1=st.floats(-2, 2), w2=st.floats(-2, 2), t=st.floats(-2, 2))
def test_a_chain_learns_bit_for_bit_as_the_core_trains(x: float, w1: float, w2: float, t: float) -> None:
    run = worked().but(**{name: stated(name, value) for name, value in {"x": x, "w1": w1, "w2": w2, "t": t}.items()})
    layers = [scale(run.input("w1").value), elementwise("tanh"), scale(run.input("w2").value)]  # type: ignore[attr-defined]
    traces = train(layers, x, 0.2, 5, target=t, loss="half_squared_error")
    same_bits(honest(run, RATE, 5), traces, {"w1": (0, "w"), "w2": (2, "w")})


@pytest.mark.parametrize("samples", [1, 9])
def test_a_net_learns_bit_for_bit_as_the_core_trains(samples: int) -> None:
    run = flowers(samples)
    start = {name: evaluate(run.input(name)) for name in ("W1", "b1", "W2", "b2", "x", "t")}
    layers = [dense(start["W1"], start["b1"]), elementwise("tanh"), dense(start["W2"], start["b2"])]
    goal = {"target": start["t"].astype(int), "loss": "softmax_cross_entropy", "reduction": "mean"}
    traces = train(layers, start["x"], 0.2, 5, **goal)
    same_bits(honest(run, RATE, 5), traces, {"W1": (0, "W"), "b1": (0, "b"), "W2": (2, "W"), "b2": (2, "b")})
