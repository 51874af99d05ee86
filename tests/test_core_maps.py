"""Local maps, Jacobians and what an array means: where square, symmetric or alone would hide a mistake."""

import numpy as np
import pytest

from core import (
    CoreError,
    Function,
    Layer,
    Node,
    backward_pass,
    complex_step,
    compose,
    dense,
    elementwise,
    forward_pass,
    gradient_check,
    record,
    record_graph,
    scale,
    softmax,
    step_curve,
)
from core.layers import Diagonal, Matrix
from core.trace import stage

LOSS = "half_squared_error"
RNG = np.random.default_rng(11)
SQUARE = np.array([[0.3, -1.2, 0.4], [2.0, 0.1, -0.6], [-0.7, 0.9, 1.5]])
"""Square and not symmetric, so that a transposed matrix is another one."""


def by_columns(layers: list[Layer], x: np.ndarray) -> np.ndarray:
    """Jacobian of one vector from forward passes alone: column j is the change along entry j."""
    return np.stack([forward_pass(layers, x + 1e-100j * e).h[-1].imag / 1e-100 for e in np.eye(len(x))], axis=-1)


NETS = {
    "softmax": [softmax()],
    "square": [dense(SQUARE)],
    "square behind a function": [elementwise("tanh"), dense(SQUARE, [0.1, 0.2, 0.3])],
    "two squares": [dense(SQUARE), elementwise("sin"), dense(SQUARE.T + 0.3)],
    "softmax in the middle": [dense(SQUARE), softmax(), dense(SQUARE)],
    "composed": [compose(dense(SQUARE), softmax()), scale(1.5)],
}


@pytest.mark.parametrize("name", NETS)
def test_a_jacobian_agrees_with_forward_passes(name: str) -> None:
    net, x = NETS[name], np.array([0.4, -0.9, 1.3])
    exact = by_columns(net, x)
    assert not np.allclose(exact, exact.T) or name == "softmax"
    assert forward_pass(net, x).jacobian() == pytest.approx(exact, rel=1e-12, abs=1e-15)
    batch = np.stack([x, -x, x[::-1]])
    for row, J in zip(batch, forward_pass(net, batch).jacobian(), strict=True):
        assert pytest.approx(by_columns(net, row), rel=1e-12, abs=1e-15) == J


@pytest.mark.parametrize("batch", [(), (4,)])
def test_vjp_is_a_row_from_the_left_and_jvp_a_column_from_the_right(batch: tuple[int, ...]) -> None:
    fixed, own = Matrix(SQUARE), Matrix(RNG.normal(size=(*batch, 3, 3)))
    d, v = RNG.normal(size=(*batch, 3)), RNG.normal(size=(*batch, 3))
    for J in (fixed, own, Diagonal(RNG.normal(size=(*batch, 3)))):
        for i in np.ndindex(batch):
            one = J.matrix[i] if J.matrix.ndim > 2 else J.matrix
            assert J.vjp(d)[i] == pytest.approx(d[i] @ one, rel=1e-13)
            assert J.jvp(v)[i] == pytest.approx(one @ v[i], rel=1e-13)
    wide = Matrix(RNG.normal(size=(2, 3)))
    assert wide.vjp(np.ones(2)).shape == (3,)
    assert wide.jvp(np.ones(3)).shape == (2,)


def test_a_map_behind_a_slope_takes_its_columns_times_the_slope() -> None:
    slope, gain = np.array([2.0, -1.0, 0.5]), np.array([1.0, 3.0, 5.0])
    assert Diagonal(gain).behind(slope, "J").gain.tolist() == [2.0, -3.0, 2.5]
    assert np.array_equal(Matrix(SQUARE).behind(slope, "J").matrix, SQUARE @ np.diag(slope))
    assert np.array_equal(Matrix(SQUARE).behind(2.0, "J").matrix, 2 * SQUARE)
    both = Matrix(SQUARE).behind(np.stack([slope, gain]), "J").matrix
    assert np.array_equal(both, np.stack([SQUARE @ np.diag(slope), SQUARE @ np.diag(gain)]))
    for J in (Diagonal(gain), Matrix(SQUARE)):
        with pytest.raises(CoreError, match=r"^node 'y': slope is not finite$"):
            J.behind(np.array([np.inf, 1.0, 1.0]), "node 'y': slope")


def test_matrices_and_gains_of_maps_are_read_only() -> None:
    for J in forward_pass([dense(SQUARE), softmax(), elementwise("tanh")], RNG.normal(size=(4, 3))).local:
        for array in (J.matrix, J.gain):
            assert not array.flags.writeable
    assert Diagonal(np.float64(-2.0)).matrix.tolist() == [[-2.0]]
    assert Diagonal(np.array([1.0, -2.0])).matrix.tolist() == [[1.0, 0.0], [0.0, -2.0]]
    assert not np.signbit(Diagonal(np.array([1.0, -2.0])).matrix[1, 0])
    assert Matrix(np.stack([2 * SQUARE, SQUARE])).gain.tolist() == pytest.approx(
        [2 * np.linalg.svd(SQUARE)[1][0], np.linalg.svd(SQUARE)[1][0]], rel=1e-14
    )


@pytest.mark.parametrize("x", [2.0, [1.0, 2.0]])
def test_jacobians_are_read_only(x: object) -> None:
    for layers in ([scale(2.0)], [elementwise("tanh"), scale(3.0)], []):
        assert not forward_pass(layers, x).jacobian().flags.writeable
    for at in ([1.0, 2.0, 3.0], [[1.0, 2.0, 3.0]]):
        assert not forward_pass([dense(SQUARE)], at).jacobian().flags.writeable
        assert not forward_pass([dense(SQUARE)], at).jacobian(1, 1).flags.writeable


def test_a_jacobian_that_is_not_finite_names_its_step() -> None:
    layers = [scale(1e-200), scale(1e200), scale(1e200)]
    with pytest.raises(CoreError, match=r"^step 0 \(scale\): delta is not finite$"):
        forward_pass([scale(1e200), scale(1e200), scale(1e-200)], 1e-300).jacobian(0, 2)
    assert float(forward_pass(layers, 1e-200).jacobian(0, 2)) == 1.0


# ---- sweeps, vectors, batches


def test_softmax_alone_makes_x_one_vector() -> None:
    passed = forward_pass([softmax()], [1.0, 2.0, 3.0])
    assert not passed.sweep
    assert passed.jacobian().shape == (3, 3)
    trace = record([softmax()], [1.0, 2.0, 3.0], target=[0.2, 0.3, 0.5], loss=LOSS)
    assert trace.loss.ndim == 0
    exact = complex_step(lambda v: record([softmax()], v, target=[0.2, 0.3, 0.5], loss=LOSS).loss, [1.0, 2.0, 3.0])
    assert trace.delta[0] == pytest.approx(exact, rel=1e-13)
    assert not record([elementwise("exp"), softmax()], [1.0, 2.0], target=[1, 0], loss=LOSS).sweep


def test_a_loss_that_mixes_makes_x_one_vector_or_batch() -> None:
    for layers in ([], [scale(2.0)]):
        trace = record(layers, [1.0, 2.0], target=1, loss="softmax_cross_entropy")
        assert not trace.sweep
        assert trace.loss.ndim == trace.seed.ndim == 0
    assert trace.grads[0]["w"].ndim == 0
    assert record([scale(2.0)], [1.0, 2.0], target=[1.0, 1.0], loss=LOSS).sweep


@pytest.mark.parametrize("name", ["tanh", "cube"])
def test_a_net_may_begin_and_end_with_a_function(name: str) -> None:
    net = [elementwise(name), dense(SQUARE, [0.1, 0.0, -0.1]), elementwise("sigmoid")]
    rows = gradient_check(net, RNG.normal(size=(4, 3)), target=np.full((4, 3), 0.3), loss=LOSS, reduction="mean")
    assert max(row.relative_error for row in rows) < 1e-11
    assert {row.layer for row in rows} == {1, None}


def test_the_mean_of_one_vector_is_its_loss() -> None:
    net = [dense(SQUARE)]
    alone = record(net, [1.0, 2.0, 3.0], target=[0, 0, 0], loss=LOSS)
    mean = record(net, [1.0, 2.0, 3.0], target=[0, 0, 0], loss=LOSS, reduction="mean")
    assert float(mean.loss) == float(alone.loss)
    assert mean.delta[0].tolist() == alone.delta[0].tolist()
    label = record(net, [1.0, 2.0, 3.0], target=2, loss="softmax_cross_entropy", reduction="mean")
    assert float(label.loss) == float(record(net, [1.0, 2.0, 3.0], target=2, loss="softmax_cross_entropy").loss)


def test_a_single_number_has_a_mean_too() -> None:
    trace = record([scale(2.0)], 3.0, target=1.0, loss="squared_error", reduction="mean")
    assert (float(trace.loss), float(trace.delta[0])) == (25.0, 20.0)


def test_loss_and_mean_of_a_graph_of_matrices_are_those_of_the_chain() -> None:
    X, labels = RNG.normal(size=(5, 3)), [0, 1, 2, 1, 0]
    layers = [dense(SQUARE), elementwise("tanh"), dense(SQUARE.T)]
    names = ["x", "z", "h", "y"]
    nodes = [Node(name, layer, (before,)) for before, name, layer in zip(names, names[1:], layers, strict=False)]
    for reduction in ("sum", "mean"):
        goal = {"target": labels, "loss": "softmax_cross_entropy", "reduction": reduction}
        chain, graph = record(layers, X, **goal), record_graph(nodes, {"x": X}, **goal)
        assert graph.loss.ndim == 0
        assert float(graph.loss) == float(graph.value["L"]) == float(chain.loss)
        assert float(graph.delta["L"]) == 1.0
        for i, name in enumerate(names):
            assert np.array_equal(graph.value[name], chain.h[i])
            assert np.array_equal(graph.delta[name], chain.delta[i])
        for parameter in ("W", "b"):
            assert np.array_equal(graph.grads["z"][parameter], chain.grads[0][parameter])
    assert float(chain.loss) < 5.0


def test_a_graph_of_matrices_with_a_scale_and_a_loss_passes_the_complex_step() -> None:
    X, T = RNG.normal(size=(4, 3)), RNG.normal(size=(4, 3))

    def graph(w: object) -> object:
        nodes = [Node("a", dense(SQUARE), ("x",)), Node("y", scale(w), ("a", "x"), "product")]
        return record_graph(nodes, {"x": X}, target=T, loss=LOSS, reduction="mean")

    exact = complex_step(lambda w: graph(w).loss, 0.7)
    assert float(graph(0.7).grads["y"]["w"]) == pytest.approx(float(exact), rel=1e-13)


def test_a_shared_matrix_has_the_sum_of_its_gradients_and_an_unknown_parameter_is_named() -> None:
    shared = dense(SQUARE)
    nodes = [Node("a", shared, ("x",)), Node("h", elementwise("tanh"), ("a",)), Node("y", shared, ("h",))]
    trace = record_graph(nodes, {"x": [0.3, -0.2, 0.5]}, target=[0, 0, 0], loss=LOSS)
    total = trace.shared_gradient(shared, "W")
    assert total == pytest.approx(trace.grads["a"]["W"] + trace.grads["y"]["W"], rel=1e-15)
    assert not total.flags.writeable
    alone = record_graph(nodes[:1], {"x": [0.3, -0.2, 0.5]}, target=[0, 0, 0], loss=LOSS)
    assert not np.shares_memory(alone.shared_gradient(shared, "W"), alone.grads["a"]["W"])
    with pytest.raises(CoreError, match=r"no node of this graph uses that layer \(dense\) with a parameter 'w'"):
        trace.shared_gradient(shared, "w")
    with pytest.raises(CoreError, match=r"uses that layer \(tanh\) with a parameter 'W'"):
        trace.shared_gradient(nodes[1].layer, "W")


# ---- the loss as a stage, and the way back from any row


def test_the_last_stage_tells_whether_x_is_a_sweep() -> None:
    assert not stage([scale(1.0)], 1.0, LOSS).mixes
    assert stage([scale(1.0), softmax()], [1.0], LOSS).mixes
    assert stage([scale(1.0)], 1, "softmax_cross_entropy").mixes
    assert (
        not forward_pass([scale(2.0), stage([scale(2.0)], [1.0, 1.0], LOSS)], [1.0, 2.0]).local[1].gain.flags.writeable
    )


def test_the_way_back_through_a_batch_begins_with_any_rows() -> None:
    forward, rows = forward_pass([dense(SQUARE), elementwise("tanh")], RNG.normal(size=(2, 3))), RNG.normal(size=(2, 3))
    trace = backward_pass(forward, rows)
    assert trace.delta[-1].tolist() == rows.tolist()
    assert trace.delta[0] == pytest.approx(np.einsum("bi,bij->bj", rows, forward.jacobian()), rel=1e-13)
    assert float(trace.loss) == pytest.approx(float(np.sum(rows * forward.h[-1])), rel=1e-14)
    assert float(trace.seed) == 1.0
    assert trace.layers == forward.layers
    assert len(trace.h) == len(forward.h)


def test_a_target_of_shares_may_be_off_by_a_millionth_and_by_no_more() -> None:
    for off, fits in ((5e-7, True), (-5e-7, True), (2e-6, False), (-2e-6, False), (1e-3, False), (1e-2, False)):
        goal = {"target": [0.25, 0.75 + off], "loss": "softmax_cross_entropy"}
        if fits:
            assert np.isfinite(record([], [0.1, 0.2], **goal).loss)
        else:
            with pytest.raises(CoreError, match="whose sum is 1"):
                record([], [0.1, 0.2], **goal)


# ---- the checks


def test_a_check_tells_the_analytic_from_the_numeric_column() -> None:
    wrong = Function("wrong", np.sin, lambda x: 3 * np.cos(x), "")
    row = gradient_check([elementwise(wrong)], 0.4)[-1]
    assert row.analytic == pytest.approx(3 * np.cos(0.4), rel=1e-14)
    assert row.numeric == pytest.approx(np.cos(0.4), rel=1e-14)
    assert row.relative_error == pytest.approx(2 / 3, rel=1e-14)


def test_a_step_curve_measures_from_what_it_is_told_is_exact() -> None:
    assert step_curve(np.sin, 1.0, 2 * np.cos(1.0), [1e-20], "complex_step")[0] == pytest.approx(0.5, rel=1e-14)
    curve = step_curve(np.sin, 1.0, float(np.cos(1.0)), [1e-3, 1e-1], "central_difference")
    assert curve == pytest.approx([1e-6 / 6, 1e-2 / 6], rel=1e-2)
    assert not curve.flags.writeable
