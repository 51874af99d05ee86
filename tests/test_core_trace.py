"""The trace: scalars, sweeps, batches, vectors, Jacobians, compositions; one line goes back through all of them."""

import inspect
from collections.abc import Callable
from itertools import pairwise

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import (
    FUNCTIONS,
    CoreError,
    Layer,
    Trace,
    backward_pass,
    complex_step,
    compose,
    dense,
    elementwise,
    forward_pass,
    gradient_check,
    record,
    scale,
    softmax,
)
from core.checks import relative_error
from core.trace import flow_back

RNG = np.random.default_rng(5)
EXAMPLE = [scale(1.2), elementwise("tanh"), scale(-0.8)]


def network(*sizes: int, f: str = "tanh", seed: int = 0) -> list[Layer]:
    """Dense layers of these sizes with a function between them."""
    rng = np.random.default_rng(seed)
    layers = [dense(rng.normal(size=(o, i)) / i**0.5, rng.normal(size=o)) for i, o in pairwise(sizes)]
    return [step for layer in layers for step in (layer, elementwise(f))][:-1]


def test_the_recurrence_is_one_line_and_stands_in_one_place() -> None:
    assert inspect.getsource(flow_back).count("delta = local[l].vjp(delta)\n") == 1


def test_the_worked_example_is_met_within_four_ulp() -> None:
    trace = record(EXAMPLE, 1, target=0.5, loss="half_squared_error")
    published = {
        0.8336546070121552: trace.h[2],
        -0.6669236856097243: trace.h[3],
        0.2847480465272111: trace.grads[0]["w"],
        -0.9728113065401505: trace.grads[2]["w"],
        0.3416976558326533: trace.delta[0],
    }
    for digits, found in published.items():
        assert abs(float(found) - digits) <= 4 * np.spacing(abs(digits))


@given(
    st.lists(
        st.tuples(st.floats(-2, 2), st.sampled_from(["tanh", "sigmoid", "sin", "softplus"])), min_size=1, max_size=6
    ),
    st.floats(-2, 2),
)
def test_scalar_chains_agree_with_mpmath_at_fifty_digits(chain: list[tuple[float, str]], x: float) -> None:
    exact = {
        "tanh": mpmath.tanh,
        "sin": mpmath.sin,
        "sigmoid": lambda v: 1 / (1 + mpmath.exp(-v)),
        "softplus": lambda v: mpmath.log(1 + mpmath.exp(v)),
    }
    slopes = {
        "tanh": lambda v: mpmath.sech(v) ** 2,
        "sin": mpmath.cos,
        "sigmoid": lambda v: 1 / (mpmath.exp(v / 2) + mpmath.exp(-v / 2)) ** 2,
        "softplus": lambda v: 1 / (1 + mpmath.exp(-v)),
    }
    with mpmath.workdps(50):
        value, rate, condition = mpmath.mpf(x), mpmath.mpf(1), 1.0
        for w, name in chain:
            rate *= w * slopes[name](w * value)
            condition += float(abs(w)) * (1 + float(abs(value)))
            value = exact[name](w * value)
        trace = record([step for w, name in chain for step in (scale(w), elementwise(name))], x)
        assert float(abs(trace.h[-1] - value)) < 1e-15 * condition**2
        assert float(abs(trace.delta[0] - rate)) < 1e-14 * condition**2 * max(1e-3, float(abs(rate)))


def test_steps_of_a_trace_are_gears_that_multiply() -> None:
    trace = record(EXAMPLE, 1, target=0.5, loss="half_squared_error")
    steps = list(trace)
    assert len(steps) == 3
    for i, step in enumerate(steps):
        assert step.layer is EXAMPLE[i]
        assert float(step.delta_in) == float(step.delta_out * step.local.gain)
        assert step.h_out is trace.h[i + 1]
        assert step.grads is trace.grads[i]
    assert float(trace.seed) == 1.0


@given(st.lists(st.floats(-3, 3), min_size=1, max_size=5), st.sampled_from(sorted(FUNCTIONS)))
def test_a_sweep_is_as_many_scalar_traces_at_once(xs: list[float], name: str) -> None:
    bent = elementwise(name)
    before = [elementwise("softplus")] if name in ("log", "sqrt", "reciprocal") else []
    layers = [scale(1.1), *before, bent, scale(-0.6)]
    sweep = record(layers, xs, target=np.full(len(xs), 0.2), loss="half_squared_error")
    assert sweep.sweep
    for i, x in enumerate(xs):
        one = record(layers, x, target=0.2, loss="half_squared_error")
        pairs = [*zip(sweep.h, one.h, strict=True), *zip(sweep.delta, one.delta, strict=True)]
        pairs += [(sweep.loss, one.loss), (sweep.jacobian(), one.jacobian())]
        pairs += [(sweep.grads[k]["w"], one.grads[k]["w"]) for k in (0, len(layers) - 1)]
        pairs += [(a.gain, b.gain) for a, b in zip(sweep.local, one.local, strict=True)]
        for many, alone in pairs:
            assert many.shape == (len(xs),)
            assert np.shape(alone) == ()
            assert float(many[i]) == pytest.approx(float(alone), rel=1e-13, abs=1e-300)


def test_a_sweep_may_have_any_shape() -> None:
    trace = record(EXAMPLE, np.linspace(-1, 1, 6).reshape(2, 3))
    assert {np.shape(a) for a in (*trace.h, *trace.delta, trace.loss, trace.grads[0]["w"])} == {(2, 3)}


def test_a_batch_is_the_sum_of_its_samples_and_mean_divides_by_samples() -> None:
    net, X, T = network(3, 4, 2), RNG.normal(size=(5, 3)), RNG.normal(size=(5, 2))
    whole = record(net, X, target=T, loss="half_squared_error")
    mean = record(net, X, target=T, loss="half_squared_error", reduction="mean")
    alone = [record(net, x, target=t, loss="half_squared_error") for x, t in zip(X, T, strict=True)]
    assert float(whole.loss) == pytest.approx(sum(float(one.loss) for one in alone), rel=1e-14)
    assert float(mean.loss) == pytest.approx(float(whole.loss) / 5, rel=1e-15)
    assert whole.delta[0] == pytest.approx(np.stack([one.delta[0] for one in alone]), rel=1e-12)
    for k, name in ((0, "W"), (0, "b"), (2, "W"), (2, "b")):
        assert whole.grads[k][name] == pytest.approx(sum(one.grads[k][name] for one in alone), rel=1e-12)
        assert mean.grads[k][name] == pytest.approx(whole.grads[k][name] / 5, rel=1e-13)
        assert whole.grads[k][name].shape == net[k].params[name].shape


def test_a_scale_between_matrices_has_one_gradient_the_sum_over_all_entries() -> None:
    net = [dense(RNG.normal(size=(4, 3))), scale(0.7), dense(RNG.normal(size=(2, 4)))]
    rows = gradient_check(net, RNG.normal(size=(6, 3)), target=np.ones((6, 2)), loss="half_squared_error")
    assert max(row.relative_error for row in rows) < 1e-12
    assert [row.entry for row in rows if row.layer == 1] == [()]


def test_jacobian_rows_are_outputs_and_columns_inputs() -> None:
    net = network(3, 4, 2)
    x = RNG.normal(size=3)
    J = forward_pass(net, x).jacobian()
    assert J.shape == (2, 3)
    for i in range(2):
        row = complex_step(lambda v, i=i: forward_pass(net, v).h[-1][i], x)
        assert J[i] == pytest.approx(row, rel=1e-13)
        assert backward_pass(forward_pass(net, x), np.eye(2)[i]).delta[0] == pytest.approx(J[i], rel=1e-14)


def test_jacobian_of_a_batch_is_one_per_sample_and_maps_chain_by_their_matrices() -> None:
    net, X = [*network(3, 4, 2), softmax()], RNG.normal(size=(5, 3))
    batch = forward_pass(net, X)
    assert batch.jacobian().shape == (5, 2, 3)
    for i, x in enumerate(X):
        one = forward_pass(net, x)
        assert batch.jacobian()[i] == pytest.approx(one.jacobian(), rel=1e-12)
        product = np.linalg.multi_dot([m.matrix for m in reversed(one.local)])
        assert one.jacobian() == pytest.approx(product, rel=1e-12)
    assert np.array_equal(batch.jacobian(1, 1)[0], np.eye(4))
    assert batch.jacobian(1, 2).shape == (5, 4, 4)


@pytest.mark.parametrize("ends", [(-1, 1), (2, 1), (0, 4)])
def test_a_jacobian_outside_the_trace_is_refused(ends: tuple[int, int]) -> None:
    with pytest.raises(CoreError, match="0 <= start <= stop <= 3"):
        forward_pass(EXAMPLE, 1).jacobian(*ends)


@given(st.integers(0, 10**6))
def test_vjp_and_jvp_are_adjoint_for_every_kind_of_map(seed: int) -> None:
    rng = np.random.default_rng(seed)
    net = [*network(3, 4, 3, seed=seed), softmax(), compose(scale(2), elementwise("sin")), compose(*network(3, 2))]
    for batch in ((), (5,)):
        for step in forward_pass(net, rng.normal(size=(*batch, 3))).local:
            n_out, n_in = step.matrix.shape[-2:]
            delta, v = rng.normal(size=(*batch, n_out)), rng.normal(size=(*batch, n_in))
            left, right = np.sum(step.vjp(delta) * v, axis=-1), np.sum(delta * step.jvp(v), axis=-1)
            assert left == pytest.approx(right, rel=1e-10, abs=1e-13)


@given(st.integers(0, 10**6))
def test_a_random_direction_agrees_with_the_complex_step(seed: int) -> None:
    rng = np.random.default_rng(seed)
    net, x, v = network(3, 5, 2, seed=seed), rng.normal(size=3), rng.normal(size=3)
    trace = record(net, x, target=1, loss="softmax_cross_entropy")
    along = record(net, x + 1e-100j * v, target=1, loss="softmax_cross_entropy").loss.imag / 1e-100
    assert float(trace.delta[0] @ v) == pytest.approx(float(along), rel=1e-10, abs=1e-13)


def test_gain_keeps_the_sign_of_a_number_and_is_the_largest_stretch_of_a_matrix() -> None:
    trace = forward_pass(EXAMPLE, 1)
    assert [round(float(m.gain), 4) for m in trace.local] == [1.2, 0.305, -0.8]
    assert trace.local[0].matrix.shape == (1, 1)
    assert float(forward_pass([dense([[0, 3], [-4, 0]])], [1, 1]).local[0].gain) == 4.0


def test_a_composition_acts_as_one_gear() -> None:
    parts = [*network(3, 4, 2), scale(0.5)]
    whole, X, T = compose(*parts), RNG.normal(size=(5, 3)), RNG.normal(size=(5, 2))
    apart = record(parts, X, target=T, loss="half_squared_error")
    one = record([whole], X, target=T, loss="half_squared_error")
    assert len(one.layers) == 1
    assert float(one.loss) == float(apart.loss)
    assert one.delta[0] == pytest.approx(apart.delta[0], rel=1e-12)
    assert set(one.grads[0]) == {"0.W", "0.b", "2.W", "2.b", "3.w"}
    for name, gradient in one.grads[0].items():
        k, parameter = name.split(".")
        assert gradient == pytest.approx(apart.grads[int(k)][parameter], rel=1e-12)
    assert float(record([compose(*EXAMPLE)], 1).local[0].gain) == pytest.approx(-0.8 * 1.2 * 0.30502, rel=1e-4)
    assert max(row.relative_error for row in gradient_check([whole], X, target=T, loss="half_squared_error")) < 1e-11


def test_a_composition_in_a_sweep_keeps_its_gradients_apart() -> None:
    xs = np.linspace(-1, 1, 5)
    apart, one = record(EXAMPLE, xs), record([compose(*EXAMPLE)], xs)
    assert one.grads[0]["0.w"] == pytest.approx(apart.grads[0]["w"], rel=1e-14)
    assert one.delta[0] == pytest.approx(apart.delta[0], rel=1e-14)


@pytest.mark.parametrize("steps", [10_000])
def test_a_chain_of_ten_thousand_steps_runs_without_recursion(steps: int) -> None:
    layers = [scale(1.0001), elementwise("sin")] * (steps // 2)
    trace = record(layers, 0.5)
    assert len(trace.delta) == steps + 1
    exact = complex_step(lambda x: forward_pass(layers, x).h[-1], 0.5)
    assert relative_error(trace.delta[0], exact) < 1e-11
    assert float(trace.jacobian()) == float(trace.delta[0])


def test_an_empty_chain_hands_x_to_the_loss() -> None:
    trace = record([], 2.0, target=0.5, loss="absolute_error")
    assert (float(trace.h[0]), float(trace.loss), float(trace.delta[0])) == (2.0, 1.5, 1.0)
    assert list(trace) == []


def test_with_no_loss_L_is_the_output_if_it_is_one_number_per_sample() -> None:
    assert float(record(EXAMPLE, 1).loss) == float(record(EXAMPLE, 1).h[3])
    column = record(network(3, 1), RNG.normal(size=(4, 3)))
    assert float(column.loss) == pytest.approx(float(np.sum(column.h[-1])), rel=1e-15)
    with pytest.raises(CoreError, match=r"step 1 \(output\) on h\[1\] of shape \(2,\): with no loss, L is the output"):
        record(network(3, 2), np.ones(3))


def test_a_vector_function_goes_back_from_any_row_and_L_is_then_that_row_times_y() -> None:
    forward = forward_pass(network(3, 2), np.ones(3))
    trace = backward_pass(forward, [2.0, -1.0])
    assert isinstance(trace, Trace)
    assert trace.delta[0] == pytest.approx([2.0, -1.0] @ forward.jacobian(), rel=1e-14)
    assert float(trace.loss) == pytest.approx(float([2.0, -1.0] @ forward.h[-1]), rel=1e-14)
    sweep = backward_pass(forward_pass(EXAMPLE, [1.0, 2.0]), [2.0, -1.0])
    assert sweep.loss.tolist() == (sweep.h[-1] * [2.0, -1.0]).tolist()
    assert sweep.seed.tolist() == [1.0, 1.0]
    with pytest.raises(CoreError, match=r"delta has shape \(3,\), the output \(2,\)"):
        backward_pass(forward, [1, 2, 3])


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (
            lambda: record(network(3, 4, 2), np.ones(4)),
            r"step 0 \(dense\) on h\[0\] of shape \(4,\): W has shape \(4, 3\)",
        ),
        (lambda: record([dense(np.eye(2))], 1.0), r"step 0 \(dense\) on h\[0\] of shape \(\): W has shape \(2, 2\)"),
        (lambda: record([dense(np.eye(2))], np.ones((2, 2, 2))), r"h must be \(2,\) or \(samples, 2\)"),
        (lambda: record([scale(1), softmax()], 1.0), r"step 1 \(softmax\) on h\[1\] of shape \(\)"),
        (lambda: dense([[1, 2]], [1, 2]), r"W \(n_out, n_in\) and b \(n_out,\), not \(1, 2\) and \(2,\)"),
        (lambda: dense([1, 2]), r"dense takes W"),
        (lambda: scale([1, 2]), r"a scale takes single numbers, not \[1, 2\] and None"),
        (lambda: scale("two"), r"w is not an array of finite numbers: 'two'"),
        (lambda: scale("1.5"), r"w is not an array of finite numbers: '1.5'"),
        (lambda: record([], []), r"x is not an array of finite numbers: \[\]"),
        (lambda: record([], [[1], [2, 3]]), r"x is not an array of finite numbers"),
        (lambda: record([], None), r"x is not an array of finite numbers: None"),
        (lambda: record([], 10**400), r"x is not an array of finite numbers"),
        (lambda: elementwise("tahn"), r"did you mean 'tanh'"),
        (lambda: record(EXAMPLE, 1, target=1), r"a loss takes a target"),
        (lambda: record(EXAMPLE, 1, loss="absolute_error"), r"a loss takes a target"),
        (lambda: record(EXAMPLE, 1, reduction="max"), r"'max' is none of sum, mean"),
        (lambda: record(EXAMPLE, [1, 2], reduction="mean"), r"a mean is over \(samples, n\), not \(2,\)"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_line_that_names_it(build: Callable[[], object], message: str) -> None:
    with pytest.raises(CoreError, match=message) as refused:
        build()
    assert "\n" not in str(refused.value)
