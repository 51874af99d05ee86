"""Fan-out: contributions per edge, sums at nodes, shared weights, residual blocks, a kernel that slides."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import CoreError, Node, complex_step, dense, elementwise, record, record_graph, scale

LOSS = "half_squared_error"


def fan(w: float, u: float) -> list[Node]:
    """One value used by two nodes whose values are added."""
    return [
        Node("h", elementwise("tanh"), ("x",)),
        Node("a", scale(w), ("h",)),
        Node("b", elementwise("sin"), ("h",)),
        Node("y", scale(u), ("a", "b", "x")),
    ]


@given(st.floats(-2, 2), st.floats(-2, 2), st.floats(-2, 2))
def test_fan_out_agrees_with_the_complex_step(x: float, w: float, u: float) -> None:
    trace = record_graph(fan(w, u), {"x": x}, target=0.3, loss=LOSS)
    exact = complex_step(lambda v: record_graph(fan(w, u), {"x": v}, target=0.3, loss=LOSS).loss, x)
    assert float(trace.delta["x"]) == pytest.approx(float(exact), rel=1e-12, abs=1e-13)


def test_every_edge_contributes_once_and_the_node_has_the_sum() -> None:
    trace = record_graph(fan(0.5, 2.0), {"x": 0.7}, target=0.3, loss=LOSS)
    assert set(trace.contribution) == {
        ("y", "L"),
        ("x", "h"),
        ("h", "a"),
        ("h", "b"),
        ("a", "y"),
        ("b", "y"),
        ("x", "y"),
    }
    for name in ("x", "h", "a", "b"):
        shares = [share for (source, _), share in trace.contribution.items() if source == name]
        assert float(trace.delta[name]) == pytest.approx(sum(map(float, shares)), rel=1e-15)
    assert float(trace.contribution["a", "y"]) == float(trace.contribution["b", "y"])


def test_a_graph_without_fan_out_is_the_chain() -> None:
    layers = [scale(1.2), elementwise("tanh"), scale(-0.8)]
    chain = record(layers, 1, target=0.5, loss=LOSS)
    names = ["x", "z", "h", "y"]
    nodes = [Node(name, layer, (before,)) for before, name, layer in zip(names, names[1:], layers, strict=False)]
    graph = record_graph(nodes, {"x": 1}, target=0.5, loss=LOSS)
    assert [float(graph.delta[name]) for name in names] == [float(d) for d in chain.delta]
    assert float(graph.grads["z"]["w"]) == float(chain.grads[0]["w"])


def test_a_residual_block_passes_the_push_on_beside_what_it_computes() -> None:
    nodes = [Node("f", dense(np.diag([2.0, 3.0])), ("x",)), Node("y", elementwise("identity"), ("x", "f"))]
    trace = record_graph(nodes, {"x": [1.0, 1.0]}, target=[0, 0], loss=LOSS)
    assert trace.value["y"].tolist() == [3, 4]
    assert trace.delta["x"].tolist() == [3 + 2 * 3, 4 + 3 * 4]


def test_the_gradient_of_a_shared_kernel_is_the_sum_over_its_positions() -> None:
    pixels, taps = [0.2, -0.4, 0.9, 0.1, 0.5], [0.3, -0.7, 0.2]

    def sliding(values: np.ndarray) -> tuple[list, list[Node]]:
        kernel = [scale(w) for w in values]
        nodes = [Node(f"k{j}p{i}", kernel[j], (f"p{i + j}",)) for i in range(3) for j in range(3)]
        nodes += [Node(f"o{i}", elementwise("tanh"), tuple(f"k{j}p{i}" for j in range(3))) for i in range(3)]
        return kernel, [*nodes, Node("y", elementwise("identity"), ("o0", "o1", "o2"))]

    inputs = {f"p{i}": p for i, p in enumerate(pixels)}
    kernel, nodes = sliding(np.array(taps))
    trace = record_graph(nodes, inputs, target=0.4, loss=LOSS)
    exact = complex_step(lambda v: record_graph(sliding(v)[1], inputs, target=0.4, loss=LOSS).loss, taps)
    assert [float(trace.shared_gradient(tap, "w")) for tap in kernel] == pytest.approx(exact.tolist(), rel=1e-13)


def test_a_sweep_through_a_graph_keeps_its_samples_apart() -> None:
    xs = np.linspace(-1, 1, 4)
    sweep = record_graph(fan(0.5, 2.0), {"x": xs}, target=np.full(4, 0.3), loss=LOSS)
    for i, x in enumerate(xs):
        one = record_graph(fan(0.5, 2.0), {"x": x}, target=0.3, loss=LOSS)
        assert float(sweep.delta["x"][i]) == pytest.approx(float(one.delta["x"]), rel=1e-14)
        assert float(sweep.grads["a"]["w"][i]) == pytest.approx(float(one.grads["a"]["w"]), rel=1e-14)


def test_a_scale_in_a_graph_of_matrices_has_one_gradient() -> None:
    nodes = [Node("a", dense(np.eye(3)), ("x",)), Node("y", scale(2.0), ("a", "x"))]
    trace = record_graph(nodes, {"x": np.ones((5, 3))}, target=np.zeros((5, 3)), loss=LOSS)
    assert float(trace.grads["y"]["w"]) == 5 * 3 * 4 * 2


def test_what_leads_nowhere_has_no_push() -> None:
    nodes = [Node("idle", elementwise("exp"), ("x",)), Node("y", scale(2), ("x",))]
    trace = record_graph(nodes, {"x": 1.0})
    assert float(trace.delta["idle"]) == 0.0
    assert float(trace.delta["x"]) == 2.0


def test_arrays_of_a_graph_are_read_only_and_apart() -> None:
    trace = record_graph(fan(0.5, 2.0), {"x": [0.1, 0.2]}, target=[0, 0], loss=LOSS)
    every = [*trace.value.values(), *trace.delta.values(), *trace.contribution.values()]
    for i, a in enumerate(every):
        assert not a.flags.writeable
        assert not any(np.shares_memory(a, b) for b in every[:i])


@pytest.mark.parametrize(
    ("nodes", "message"),
    [
        ([Node("y", scale(1), ("q",))], r"node 'y' .*\('q',\)"),
        ([Node("x", scale(1), ("x",))], "node 'x'"),
        ([Node("y", scale(1), ())], "node 'y'"),
        ([Node("y", scale(1), ("x", "v"))], "node 'y'"),
        ([Node("y", elementwise("exp"), ("big",))], r"y.*\(?exp.* is not finite"),
        ([], "a graph has nodes"),
    ],
)
def test_a_node_that_cannot_be_computed_is_named(nodes: list[Node], message: str) -> None:
    with pytest.raises(CoreError, match=message):
        record_graph(nodes, {"x": 1.0, "v": [1.0, 2.0], "big": 1e3})


def test_a_push_that_grows_beyond_all_numbers_is_an_error_that_names_the_node() -> None:
    weights = {"a": 1e-200, "b": 1e200, "y": 1e200}
    nodes = [Node(name, scale(w), (into,)) for (name, w), into in zip(weights.items(), "xab", strict=True)]
    with pytest.raises(CoreError, match=r"\(b: scale\): delta is not finite"):
        record_graph(nodes, {"x": 1.0})


def test_asking_for_the_gradient_of_a_layer_that_is_not_there_is_an_error() -> None:
    trace = record_graph(fan(0.5, 2.0), {"x": 1.0})
    with pytest.raises(CoreError, match="no node of this graph"):
        trace.shared_gradient(scale(0.5), "w")
