"""Values joined in a graph: products, quotients, maxima, constants, and one value that enters a node twice."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import (
    JOINS,
    CoreError,
    GraphTrace,
    Node,
    complex_step,
    dense,
    elementwise,
    gradient_check,
    record,
    record_graph,
    scale,
)

LOSS = "half_squared_error"
PLAIN = elementwise("identity")
numbers = st.floats(-3, 3).filter(lambda x: abs(x) > 0.1)


def one(join: str, *inputs: str, layer: object = PLAIN) -> list[Node]:
    return [Node("y", layer, inputs, join)]


def slopes(trace: GraphTrace, node: str = "y") -> list[object]:
    return [edge.local.gain.tolist() for edge in trace.edges[node]]


@pytest.mark.parametrize(
    ("join", "a", "b", "value", "along"),
    [
        ("sum", 3, 5, 8, [1, 1]),
        ("product", 3, 5, 15, [5, 3]),
        ("quotient", 3, 8, 0.375, [0.125, -3 / 64]),
        ("maximum", 3, 5, 5, [0, 1]),
        ("maximum", -3, -5, -3, [1, 0]),
        ("maximum", 4, 4, 4, [0.5, 0.5]),
        ("maximum", 1e308, -1e308, 1e308, [1, 0]),
        ("maximum", 5e-324, 0, 5e-324, [1, 0]),
    ],
)
def test_a_join_has_one_value_and_a_slope_along_each_edge(
    join: str, a: float, b: float, value: float, along: list[float]
) -> None:
    trace = record_graph(one(join, "a", "b"), {"a": a, "b": b})
    assert float(trace.value["y"]) == value
    assert slopes(trace) == along
    assert [edge.source for edge in trace.edges["y"]] == ["a", "b"]
    assert [float(edge.share) for edge in trace.edges["y"]] == along
    assert [float(trace.delta[name]) for name in "ab"] == along


def test_the_table_holds_four_joins() -> None:
    assert list(JOINS) == ["sum", "product", "quotient", "maximum"]


@given(st.sampled_from(sorted(JOINS)), st.sampled_from(["tanh", "identity", "cube"]), numbers, numbers)
def test_every_join_agrees_with_the_complex_step(join: str, name: str, a: float, b: float) -> None:
    nodes = one(join, "a", "b", layer=elementwise(name))
    trace = record_graph(nodes, {"a": a, "b": b}, target=0.3, loss=LOSS)
    for moved, fixed in (("a", {"b": b}), ("b", {"a": a})):
        exact = complex_step(
            lambda v, m=moved, f=fixed: record_graph(nodes, {m: v, **f}, target=0.3, loss=LOSS).loss,
            {"a": a, "b": b}[moved],
        )
        assert float(trace.delta[moved]) == pytest.approx(float(exact), rel=1e-11, abs=1e-13)


@pytest.mark.parametrize("join", JOINS)
def test_a_share_is_the_push_times_the_slope_along_its_edge(join: str) -> None:
    nodes = [*one(join, "a", "b", layer=elementwise("tanh")), Node("z", scale(-3.0), ("y",))]
    trace = record_graph(nodes, {"a": [0.7, 0.2], "b": [0.9, -0.4]}, target=[1, 2], loss=LOSS)
    for name, edges in trace.edges.items():
        for edge in edges:
            assert edge.share.tolist() == (trace.delta[name] * edge.local.gain).tolist()
            assert edge.share.tolist() == trace.contribution[edge.source, name].tolist()
    assert trace.edges["L"][0].local.gain.tolist() == (trace.value["z"] - [1, 2]).tolist()


def test_a_maximum_at_a_tie_is_answered_by_the_complex_step_with_the_convention_too() -> None:
    found = [
        float(complex_step(lambda v, b=b: record_graph(one("maximum", "a", "b"), {"a": v, "b": b}).loss, 2.0))
        for b in (1.0, 2.0, 3.0)
    ]
    assert found == [1.0, 0.5, 0.0]


@pytest.mark.parametrize(
    ("join", "value", "along"), [("sum", 6, [1, 1]), ("product", 9, [3, 3]), ("maximum", 3, [0.5, 0.5])]
)
def test_a_value_that_enters_a_node_twice_has_two_edges_and_one_contribution(
    join: str, value: float, along: list[float]
) -> None:
    trace = record_graph(one(join, "x", "x"), {"x": 3})
    assert float(trace.value["y"]) == value
    assert slopes(trace) == along
    assert float(trace.contribution["x", "y"]) == float(trace.delta["x"]) == sum(along)
    assert set(trace.contribution) == {("x", "y"), ("y", "L")}


def test_a_value_divided_by_itself_pushes_back_nothing() -> None:
    trace = record_graph(one("quotient", "x", "x"), {"x": 4})
    assert (float(trace.value["y"]), slopes(trace), float(trace.delta["x"])) == (1.0, [0.25, -0.25], 0.0)


def test_a_sum_takes_the_same_value_three_times() -> None:
    assert float(record_graph(one("sum", "x", "x", "x"), {"x": 2}).delta["x"]) == 3.0


@pytest.mark.parametrize(
    ("join", "inputs", "value", "slope"),
    [
        ("sum", "xc", [5, 3], [1, 1]),
        ("product", "xc", [4, 0], [4, 4]),
        ("product", "cx", [4, 0], [4, 4]),
        ("quotient", "xc", [0.25, 0], [0.25, 0.25]),
        ("maximum", "xc", [4, 4], [0, 0]),
    ],
)
def test_one_constant_serves_a_whole_sweep_and_has_no_push(
    join: str, inputs: str, value: list[float], slope: list[float]
) -> None:
    trace = record_graph(one(join, *inputs), {"x": [1.0, 0.0] if join != "sum" else [1.0, -1.0]}, {"c": 4})
    assert trace.value["y"].tolist() == value
    assert trace.delta["x"].tolist() == slope
    assert float(trace.value["c"]) == 4.0
    assert "c" not in trace.delta
    assert set(trace.contribution) == {("x", "y"), ("y", "L")}
    assert [edge.source for edge in trace.edges["y"]] == list(inputs)
    assert {edge.share.shape for edge in trace.edges["y"]} == {(2,)}


def test_what_is_made_of_constants_alone_is_a_node_like_others() -> None:
    nodes = [Node("d", elementwise("square"), ("c",)), Node("y", PLAIN, ("x", "d"), "product")]
    trace = record_graph(nodes, {"x": 2}, constants={"c": 3})
    assert (float(trace.value["y"]), float(trace.delta["x"]), float(trace.delta["d"])) == (18.0, 9.0, 2.0)


@pytest.mark.parametrize("shape", [(3,), (5, 3)])
@pytest.mark.parametrize("join", ["product", "quotient", "maximum"])
def test_a_join_in_front_of_a_matrix_has_a_matrix_along_each_edge(join: str, shape: tuple[int, ...]) -> None:
    rng = np.random.default_rng(4)
    W, a, b = rng.normal(size=(2, 3)), rng.normal(size=shape), rng.normal(size=shape)
    nodes, goal = one(join, "a", "b", layer=dense(W)), {"target": np.ones((*shape[:-1], 2)), "loss": LOSS}
    trace = record_graph(nodes, {"a": a, "b": b}, **goal)
    assert {edge.local.matrix.shape for edge in trace.edges["y"]} == {(*shape[:-1], 2, 3)}
    for name, fixed in (("a", {"b": b}), ("b", {"a": a})):
        exact = complex_step(
            lambda v, n=name, f=fixed: record_graph(nodes, {n: v, **f}, **goal).loss, trace.value[name]
        )
        assert trace.delta[name] == pytest.approx(exact, rel=1e-12, abs=1e-14)
    assert trace.grads["y"]["W"] == pytest.approx(trace.delta["y"].reshape(-1, 2).T @ joined(join, a, b).reshape(-1, 3))


def joined(join: str, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return {"product": a * b, "quotient": a / b, "maximum": np.maximum(a, b)}[join]


def test_a_constant_factor_in_front_of_a_matrix_is_a_factor_of_its_edge() -> None:
    W = [[1.0, 2.0], [3.0, 5.0]]
    trace = record_graph(one("product", "x", "c", layer=dense(W)), {"x": [1, 1]}, {"c": 2}, target=[0, 0], loss=LOSS)
    assert trace.edges["y"][0].local.matrix.tolist() == [[2, 4], [6, 10]]
    assert trace.delta["x"].tolist() == [6 * 2 + 16 * 6, 6 * 4 + 16 * 10]


def test_a_norm_made_of_joins_has_the_gradient_of_the_norm() -> None:
    nodes = [
        Node("aa", PLAIN, ("a", "a"), "product"),
        Node("bb", PLAIN, ("b", "b"), "product"),
        Node("r", elementwise("sqrt"), ("aa", "bb")),
        Node("y", PLAIN, ("a", "r"), "quotient"),
    ]
    trace = record_graph(nodes, {"a": 3, "b": 4})
    assert float(trace.value["y"]) == pytest.approx(0.6, rel=1e-15)
    assert float(trace.delta["a"]) == pytest.approx(16 / 125, rel=1e-14)
    assert float(trace.delta["b"]) == pytest.approx(-12 / 125, rel=1e-14)


@pytest.mark.parametrize(
    ("nodes", "message"),
    [
        (one("quotient", "x", "zero"), "^node 'y': the quotient of its inputs is not finite$"),
        (one("quotient", "zero", "zero"), "^node 'y': the quotient of its inputs is not finite$"),
        (one("product", "big", "big"), "^node 'y': the product of its inputs is not finite$"),
        (one("quotient", "x", "tiny"), "^node 'y': slope is not finite$"),
        (one("product", "x"), r"^node 'y' needs .* of one shape, two but for a sum, not \('x',\)$"),
        (one("maximum", "x", "x", "x"), "two but for a sum, not"),
        (one("quotient"), r"node 'y' needs a new name, and a tuple of inputs before it, .* not \(\)"),
        (one("product", "x", "pair"), r"of one shape, .* not \('x', 'pair'\)"),
        (one("prodct", "x", "x"), "^'prodct' is none of sum, product, quotient, maximum; did you mean 'product'"),
        (one(["sum"], "x"), "is none of sum, product"),
        ([Node("y", PLAIN, "x")], r"^node 'y' needs .* a tuple of inputs .*, not 'x'$"),
        ([Node("y", PLAIN, "xx", "product")], "a tuple of inputs .*, not 'xx'$"),
        (one("sum", "x", "three"), r"of one shape, .* not \('x', 'three'\)"),
        ([Node("c", PLAIN, ("x",))], "node 'c' needs a new name"),
        ([Node("L", PLAIN, ("x",))], "node 'L' needs a new name"),
        (one("sum", "zero", layer=elementwise("log")), r"\(y: log\) .*: it is not defined at 0"),
    ],
)
def test_a_join_that_cannot_be_computed_is_refused_in_one_line_that_names_its_node(
    nodes: list[Node], message: str
) -> None:
    inputs = {"x": 1.0, "zero": 0.0, "big": 1e200, "tiny": 1e-200, "pair": [1.0, 2.0]}
    with pytest.raises(CoreError, match=message) as refused:
        record_graph(nodes, inputs, constants={"c": 1.0, "three": [1.0, 2.0, 3.0]})
    assert "\n" not in str(refused.value)


def test_an_input_and_a_constant_of_one_name_are_refused() -> None:
    with pytest.raises(CoreError, match="no input that is a constant, too"):
        record_graph(one("sum", "x"), {"x": 1}, {"x": 2})


def test_edges_are_read_only_and_share_no_memory_with_what_else_was_computed() -> None:
    nodes = [*one("product", "x", "x"), Node("z", scale(2.0, 1.0), ("y", "x"))]
    trace = record_graph(nodes, {"x": [0.1, 0.2]}, target=[0, 0], loss=LOSS)
    every = [edge.share for edges in trace.edges.values() for edge in edges]
    every += [*trace.value.values(), *trace.delta.values(), *trace.contribution.values(), *trace.grads["z"].values()]
    for i, a in enumerate(every):
        assert not a.flags.writeable
        assert not any(np.shares_memory(a, b) for b in every[:i])
    assert not any(edge.local.gain.flags.writeable for edges in trace.edges.values() for edge in edges)


@pytest.mark.parametrize("field", ["value", "delta", "contribution", "grads", "edges"])
def test_no_mapping_of_a_graph_can_be_written_to(field: str) -> None:
    with pytest.raises(TypeError):
        getattr(record_graph(one("sum", "x"), {"x": 1}), field)["x"] = 0


@pytest.mark.parametrize("field", ["value", "delta", "grads", "edges"])
def test_a_name_that_is_not_in_a_graph_is_answered_with_the_nearest(field: str) -> None:
    trace = record_graph([Node("wide", PLAIN, ("x",))], {"x": 1})
    with pytest.raises(CoreError, match="did you mean 'wide'"):
        getattr(trace, field)["wid"]


# ---- a scale with a bias


def test_a_scale_may_have_a_bias() -> None:
    trace = record([scale(2.0, b=0.5), elementwise("square")], 3)
    assert [float(h) for h in trace.h] == [3.0, 6.5, 42.25]
    assert {name: float(g) for name, g in trace.grads[0].items()} == {"w": 39.0, "b": 13.0}
    assert float(trace.local[0].gain) == 2.0
    assert list(scale(2.0).params) == ["w"]


def test_the_gradient_of_a_bias_passes_the_complex_step_alone_and_between_matrices() -> None:
    rows = gradient_check([scale(1.2, -0.3), elementwise("tanh")], 0.7, target=0.2, loss=LOSS)
    assert [(row.layer, row.parameter) for row in rows] == [(0, "w"), (0, "b"), (None, "x")]
    rng = np.random.default_rng(2)
    net = [dense(rng.normal(size=(4, 3))), scale(0.7, 0.1), dense(rng.normal(size=(2, 4)))]
    rows += gradient_check(net, rng.normal(size=(6, 3)), target=np.ones((6, 2)), loss=LOSS)
    assert max(row.relative_error for row in rows) < 1e-12
    assert [row.entry for row in rows if (row.layer, row.parameter) == (1, "b")] == [()]


def test_a_bias_in_a_sweep_has_one_gradient_per_x() -> None:
    assert record([scale(2.0, 1.0)], [1.0, 5.0]).grads[0]["b"].tolist() == [1.0, 1.0]


def test_a_bias_is_one_number() -> None:
    with pytest.raises(CoreError, match=r"^a scale takes single numbers, not 1.0 and \[0.5\]$"):
        scale(1.0, [0.5])
