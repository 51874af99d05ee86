"""One test for each bullet of the numeric conventions and for each measured hazard of numerics."""

import numpy as np
import pytest

from core import (
    FUNCTIONS,
    LOSSES,
    CoreError,
    Function,
    Trace,
    complex_step,
    dense,
    elementwise,
    forward_pass,
    gradient_check,
    record,
    scale,
)
from core.errors import as_array

CHAIN = [scale(1.2), elementwise("tanh"), scale(-0.8)]
NET = [dense(np.eye(3) + 0.1), elementwise("softplus"), dense(np.ones((2, 3)), [0.1, 0.2])]


def arrays(trace: Trace) -> list[np.ndarray]:
    """Every array that a trace computed."""
    return [*trace.h, *trace.delta, trace.loss, *(g for found in trace.grads for g in found.values())]


# ---- DESIGN, numeric conventions, bullet by bullet


@pytest.mark.parametrize("x", [1, True, [1, 2], np.array([1], np.int8), np.array([0.1], np.float32)])
def test_everything_is_float64_and_ints_and_lists_are_converted_at_the_border(x: object) -> None:
    assert {a.dtype for a in arrays(record([scale(2), elementwise("square")], x))} == {np.dtype(float)}


def test_complex_numbers_are_allowed_for_checks() -> None:
    assert forward_pass(CHAIN, 1 + 1e-100j).h[-1].dtype == complex


def test_kinks_are_as_published() -> None:
    slopes = {name: float(FUNCTIONS[name].derivative(np.float64(0))) for name in ("relu", "leaky_relu", "abs")}
    assert slopes == {"relu": 0.0, "leaky_relu": 0.01, "abs": 0.0}
    assert float(record([], 0.5, target=0.5, loss="absolute_error").delta[0]) == 0.0


def test_gelu_is_the_exact_one() -> None:
    assert float(FUNCTIONS["gelu"].value(np.float64(1))) == pytest.approx(0.8413447460685429, rel=1e-15)


def test_losses_are_half_a_sum_of_squares_a_sum_of_distances_and_cross_entropies_of_logits() -> None:
    net, x = [dense(np.eye(2))], [3.0, -1.0]
    assert float(record(net, x, target=[1, 1], loss="half_squared_error").loss) == 0.5 * (4 + 4)
    assert float(record(net, x, target=[1, 1], loss="absolute_error").loss) == 4.0
    logits = float(record(net, x, target=0, loss="softmax_cross_entropy").loss)
    assert logits == pytest.approx(np.log1p(np.exp(-4.0)), rel=1e-15)
    both = [
        float(record([], y, target=0.3, loss=name).loss)
        for y, name in (
            (0.7, "binary_cross_entropy_with_logits"),
            (1 / (1 + np.exp(-0.7)), "binary_cross_entropy"),
        )
    ]
    assert both[0] == pytest.approx(both[1], rel=1e-14)


def test_mean_is_over_samples_and_not_over_entries() -> None:
    trace = record(
        [dense(np.eye(2))], np.ones((4, 2)), target=np.zeros((4, 2)), loss="half_squared_error", reduction="mean"
    )
    assert float(trace.loss) == 1.0


def test_with_no_loss_L_is_the_output() -> None:
    trace = record(CHAIN, 1)
    assert float(trace.loss) == float(trace.h[-1])
    assert float(trace.delta[-1]) == 1.0


def test_adding_a_function_is_adding_a_row() -> None:
    cube = Function("cube", lambda x: x**3, lambda x: 3 * x**2, "f = x^3;  f' = 3x^2")
    assert float(record([elementwise(cube)], 2).delta[0]) == 12.0


@pytest.mark.parametrize("x", [-30.0, -19.0, 19.0, 30.0, 300.0])
def test_slopes_of_tanh_and_sigmoid_have_no_cliff_in_the_tails(x: float) -> None:
    e = np.exp(-abs(x))
    assert float(FUNCTIONS["tanh"].derivative(np.float64(x))) == pytest.approx(4 * e * e, rel=1e-8, abs=0)
    assert float(FUNCTIONS["sigmoid"].derivative(np.float64(x))) == pytest.approx(e, rel=1e-7, abs=0)


@pytest.mark.parametrize(
    ("layers", "x", "message"),
    [
        ([scale(2), elementwise("exp")], 400.0, r"step 1 \(exp\) on h\[1\] of shape \(\): its output is not finite"),
        (
            [elementwise("exp"), elementwise("tanh")],
            [1.0, 800.0],
            r"step 0 \(exp\) on h\[0\] of shape \(2,\): its",
        ),
        ([scale(1e-200), scale(1e200), scale(1e200)], 1e-200, r"step 1 \(scale\): delta is not finite"),
        ([scale(1e-200), scale(1e200)], 1e300, r"step 0 \(scale\): dL_dw is not finite"),
        ([], np.inf, "x is not an array of finite numbers"),
        ([], [0.0, np.nan], "x is not an array of finite numbers"),
    ],
)
def test_what_is_not_finite_is_an_error_that_names_step_and_function(layers: list, x: object, message: str) -> None:
    with pytest.raises(CoreError, match=message):
        record(layers, x)


def test_a_loss_or_a_slope_that_is_not_finite_is_an_error() -> None:
    with pytest.raises(CoreError, match=r"step 0 \(half_squared_error\) .*: its output is not finite"):
        record([], 1e200, target=0, loss="half_squared_error")
    steep = Function("steep", lambda x: x, lambda x: x / 0.0, "")
    with pytest.raises(CoreError, match=r"step 0 \(steep\) on h\[0\] of shape \(\): slope is not finite"):
        record([elementwise(steep)], 1.0)
    with pytest.raises(CoreError, match="target is not an array of finite numbers: nan"):
        record([], 1.0, target=np.nan, loss="absolute_error")


def test_numbers_whose_square_overflows_are_still_finite() -> None:
    assert float(record([dense(np.eye(2))], [1e200, 1e-200], target=[1e200, 0], loss="absolute_error").h[0][0]) == 1e200


def test_nothing_is_clipped_and_no_epsilon_is_added() -> None:
    assert float(record([], 1e-300, target=1, loss="binary_cross_entropy").loss) == pytest.approx(
        690.77552789821, rel=1e-13
    )
    assert float(record([], 1e-300, target=1, loss="binary_cross_entropy").delta[0]) == pytest.approx(-1e300, rel=1e-14)


@pytest.mark.parametrize("name", [name for name in LOSSES if name != "softmax_cross_entropy"])
@pytest.mark.parametrize("shapes", [((2,), (2, 1)), ((2, 1), (2,)), ((2,), ()), ((2, 1), (1, 2))])
def test_a_target_is_not_broadcast_to_another_shape(name: str, shapes: tuple[tuple[int, ...], tuple[int, ...]]) -> None:
    with pytest.raises(CoreError, match=r"the target has shape .*, the output .*; a target is never broadcast"):
        record([], np.full(shapes[0], 0.5), target=np.full(shapes[1], 0.5), loss=name)


@pytest.mark.parametrize("labels", [[-1, 0], [0, 2], [0.5, 1], [0, 1, 1]])
def test_no_label_is_out_of_range(labels: list[float]) -> None:
    with pytest.raises(CoreError, match=r"takes whole labels from 0 to 1 of shape \(2,\)"):
        record([dense(np.eye(2))], np.ones((2, 2)), target=labels, loss="softmax_cross_entropy")


@pytest.mark.parametrize("x", [1.0, [1.0, 2.0]])
def test_no_array_of_a_chain_can_be_written_to_or_shares_memory(x: object) -> None:
    trace = record([elementwise("identity"), *CHAIN, elementwise("relu")], x)
    check_apart(trace)


def test_no_array_of_a_network_can_be_written_to_or_shares_memory() -> None:
    x, target = np.ones((4, 3)), np.zeros((4, 2))
    trace = record([elementwise("identity"), *NET], x, target=target, loss="half_squared_error")
    check_apart(trace)
    assert not any(np.shares_memory(array, given) for array in arrays(trace) for given in (x, target))
    check_apart(record(NET, np.ones(3), target=np.zeros(2), loss="half_squared_error"))


def check_apart(trace: Trace) -> None:
    """No two arrays overlap, and none can be written to: neither its entries nor the trace."""
    every = arrays(trace)
    for i, a in enumerate(every):
        assert not a.flags.writeable
        assert not any(a is b or np.shares_memory(a, b) for b in every[:i] if isinstance(a, np.ndarray))
        with pytest.raises((ValueError, TypeError)):
            a[...] = 0
    for step in trace.local:
        assert not step.gain.flags.writeable
        assert not step.matrix.flags.writeable
    for found in trace.grads:
        with pytest.raises(TypeError):
            found["w"] = 0  # type: ignore[index]
    with pytest.raises(AttributeError):
        trace.loss = 0  # type: ignore[misc]


def test_gradients_are_right_where_central_differences_are_all_wrong() -> None:
    deep = [elementwise("sigmoid")] * 20 + [scale(1e-9)]
    by_complex_step = gradient_check(deep, 0.3)
    by_difference = gradient_check(deep, 0.3, method="central_difference")
    assert 0 < abs(by_complex_step[-1].analytic) < 1e-20
    assert by_complex_step[-1].relative_error < 1e-12
    assert by_difference[-1].relative_error > 0.5


def test_published_digits_are_met_within_four_ulp() -> None:
    trace = record(CHAIN, 1, target=0.5, loss="half_squared_error")
    found = [trace.h[2], trace.h[3], trace.grads[0]["w"], trace.grads[2]["w"], trace.delta[0]]
    digits = [0.8336546070121552, -0.6669236856097243, 0.2847480465272111, -0.9728113065401505, 0.3416976558326533]
    assert np.abs(np.subtract(found, digits)).tolist() <= (4 * np.spacing(np.abs(digits))).tolist()
    assert all(abs(f - d) <= 4 * np.spacing(abs(d)) for f, d in zip(found, digits, strict=True))


# ---- HAZARDS, numerics, clause by clause


def test_a_column_against_a_row_does_not_become_a_square() -> None:
    with pytest.raises(CoreError, match="never broadcast"):
        record([dense([[1.0]])], np.ones((3, 1)), target=np.ones(3), loss="half_squared_error")


def test_label_minus_one_does_not_wrap_to_the_last_class() -> None:
    with pytest.raises(CoreError, match="whole labels from 0 to 2"):
        record([dense(np.eye(3))], np.ones(3), target=-1, loss="softmax_cross_entropy")


def test_int32_does_not_overflow_in_the_square() -> None:
    assert record([elementwise("square")], np.array([50_000], np.int32)).h[1].tolist() == [2.5e9]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_number_stays_a_number_of_the_same_type_through_every_function(name: str) -> None:
    trace = record([elementwise(name)], np.float32(0.5))
    assert {type(a) for a in (*trace.h, *trace.delta, trace.local[0].gain)} == {np.float64}


def test_going_back_does_not_rewrite_a_stored_delta() -> None:
    trace = record([scale(2), elementwise("identity"), scale(3)], [1.0, 1.0])
    assert [d.tolist() for d in trace.delta] == [[6, 6], [3, 3], [3, 3], [1, 1]]


@pytest.mark.parametrize("name", ["sigmoid", "softplus", "abs"])
@pytest.mark.parametrize("x", [-2.0, 0.0, 2.0])
def test_no_absolute_value_of_a_complex_number_breaks_the_check(name: str, x: float) -> None:
    row = FUNCTIONS[name]
    assert float(complex_step(row.value, x)) == pytest.approx(float(row.derivative(np.float64(x))), rel=1e-14)


def test_a_wrong_sign_is_seen_however_small_the_gradient() -> None:
    wrong = Function("wrong", lambda x: 1e-8 * x, lambda x: -1e-8 * np.ones_like(x), "")
    assert gradient_check([elementwise(wrong)], 1.0)[-1].relative_error == 2.0


def test_weights_are_copied_and_frozen_once_and_never_again() -> None:
    W = np.eye(2)
    layer = dense(W)
    W[0, 0] = 5
    traces = [record([layer], [[1.0, 2.0]], target=[[0, 0]], loss="half_squared_error") for _ in range(2)]
    assert layer.params["W"][0, 0] == 1
    assert all(trace.local[0].matrix is layer.params["W"] for trace in traces)
    assert not layer.params["W"].flags.writeable
    with pytest.raises(TypeError):
        layer.params["W"] = W  # type: ignore[index]


def test_what_came_in_may_change_afterwards_without_changing_the_trace() -> None:
    x = np.array([1.0, 2.0])
    trace = record(CHAIN, x)
    x[:] = 7
    assert trace.h[0].tolist() == [1, 2]
    assert not np.shares_memory(as_array(x, "x"), x)
