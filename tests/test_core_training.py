"""Learning: one step down, and many."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from core import CoreError, dense, descent_step, elementwise, record, scale, train

EXAMPLE = [scale(1.2), elementwise("tanh"), scale(-0.8)]
GOAL = {"target": 0.5, "loss": "half_squared_error"}


def test_a_step_moves_every_weight_against_its_gradient_and_leaves_x_alone() -> None:
    trace = record(EXAMPLE, 1, **GOAL)
    after = descent_step(EXAMPLE, trace, 0.1)
    assert float(after[0].params["w"]) == pytest.approx(1.2 - 0.1 * 0.2847480465272111, rel=1e-15)
    assert float(after[2].params["w"]) == pytest.approx(-0.8 + 0.1 * 0.9728113065401505, rel=1e-15)
    assert after[1].name == "tanh"
    assert float(EXAMPLE[0].params["w"]) == 1.2


def test_training_keeps_the_weights_before_every_step_and_after_the_last() -> None:
    history = train(EXAMPLE, 1, 0.5, 30, **GOAL)
    assert len(history) == 31
    assert float(history[0].loss) == pytest.approx(0.6808554440184913, rel=1e-15)
    assert float(history[-1].loss) < 1e-4
    for before, after in pairwise(history):
        assert float(after.loss) < float(before.loss)
        assert float(record(before.layers, 1, **GOAL).loss) == float(before.loss)
        for layer, moved in zip(descent_step(before.layers, before, 0.5), after.layers, strict=True):
            assert layer.params == moved.params


def test_a_low_rate_is_slow_and_a_high_one_leaves_what_is_finite_or_does_not_fall() -> None:
    assert train(EXAMPLE, 1, 0.01, 30, **GOAL)[-1].loss > 0.2
    assert train(EXAMPLE, 1, 2.5, 30, **GOAL)[-1].loss > 0.5
    with pytest.raises(CoreError, match="is not finite"):
        train([scale(1.0), scale(1.0)], 3, 100.0, 50, **GOAL)


def test_a_small_net_learns_exclusive_or() -> None:
    rng = np.random.default_rng(3)
    net = [dense(rng.normal(size=(8, 2)), rng.normal(size=8)), elementwise("tanh"), dense(rng.normal(size=(2, 8)))]
    X = [[0, 0], [0, 1], [1, 0], [1, 1]]
    history = train(net, X, 0.5, 400, target=[0, 1, 1, 0], loss="softmax_cross_entropy", reduction="mean")
    answers = history[-1].h[-1].argmax(axis=1)
    assert answers.tolist() == [0, 1, 1, 0]


@pytest.mark.parametrize(
    "rate", [0.0, -0.1, float("nan"), float("inf"), "0.1", None, [0.1], Fraction(1, 10), 1j * 0, 1j, 1 + 1j, 0.1 + 0j]
)
def test_a_rate_is_one_positive_number(rate: object) -> None:
    with pytest.raises(CoreError, match=r"^a rate is (one positive number|not an array of finite numbers)"):
        descent_step(EXAMPLE, record(EXAMPLE, 1, **GOAL), rate)


def test_a_sweep_has_too_many_gradients_to_step_along() -> None:
    with pytest.raises(CoreError, match="one gradient for each x"):
        descent_step(EXAMPLE, record(EXAMPLE, [1.0, 2.0]), 0.1)


@pytest.mark.parametrize("steps", [-3, -1, 2.5, "3", None])
def test_steps_are_a_whole_number_from_zero_on(steps: object) -> None:
    with pytest.raises(CoreError, match=r"^steps are a whole number from 0 on, not"):
        train(EXAMPLE, 1, 0.1, steps, **GOAL)


def test_no_step_at_all_leaves_the_first_trace() -> None:
    assert [float(trace.loss) for trace in train(EXAMPLE, 1, 0.1, 0, **GOAL)] == [
        float(record(EXAMPLE, 1, **GOAL).loss)
    ]
    assert len(train(EXAMPLE, 1, 0.1, np.int64(2), **GOAL)) == 3


def test_a_step_moves_matrices_and_biases_too() -> None:
    net = [dense([[1.0, 2.0], [3.0, 4.0]], [0.5, -0.5]), scale(2.0, 0.25)]
    trace = record(net, [[1.0, -1.0], [0.5, 2.0]], target=np.zeros((2, 2)), loss="squared_error")
    for layer, found, after in zip(net, trace.grads, descent_step(net, trace, 0.01), strict=True):
        for name, value in layer.params.items():
            assert after.params[name].tolist() == (value - 0.01 * found[name]).tolist()
            assert not np.array_equal(after.params[name], value)


def test_a_step_along_another_network_is_refused() -> None:
    with pytest.raises(ValueError, match="argument"):
        descent_step(EXAMPLE[:2], record(EXAMPLE, 1, **GOAL), 0.1)
